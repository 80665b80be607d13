//! QR codes that open a phone's SMS app with number and text filled in.

use qrcode::render::{svg, unicode};
use qrcode::{EcLevel, QrCode};

/// What a code says to a phone: a message to a number, or the bare text where no number is known.
/// `SMSTO:number:text` is what the camera apps of Android and iOS turn into a ready message.
#[must_use]
pub fn payload(phone: Option<&str>, text: &str) -> String {
    match phone {
        Some(phone) => format!("SMSTO:{phone}:{text}"),
        None => text.to_owned(),
    }
}

fn code(payload: &str) -> Option<QrCode> {
    // Medium: what a printed sheet needs when it is folded or dirty.
    QrCode::with_error_correction_level(payload, EcLevel::M).ok()
}

/// A code drawn with half blocks. On `paper` (black on white, which the terminal colours) the dark modules are drawn;
/// else the light ones, as most terminals write light on dark. It brings its own quiet zone.
/// None when the text is too long for any code.
#[must_use]
pub fn terminal(payload: &str, paper: bool) -> Option<String> {
    use unicode::Dense1x2::{Dark, Light};
    let (dark, light) = if paper { (Dark, Light) } else { (Light, Dark) };
    Some(code(payload)?.render::<unicode::Dense1x2>().dark_color(dark).light_color(light).build())
}

/// A code as an SVG picture. None when the text is too long for any code.
#[must_use]
pub fn picture(payload: &str) -> Option<String> {
    let code = code(payload)?;
    Some(code.render::<svg::Color<'_>>().min_dimensions(220, 220).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_with_a_number_opens_the_sms_app_and_without_one_holds_the_text() {
        assert_eq!(payload(Some("+573001234567"), "GMT,E,0#"), "SMSTO:+573001234567:GMT,E,0#");
        assert_eq!(payload(None, "GMT,E,0#"), "GMT,E,0#");
    }

    #[test]
    fn a_terminal_code_fits_a_screen_of_80_by_24() {
        let text = terminal(&payload(Some("+573001234567"), "SERVER,1,d.plaspy.com,8888#"), false).unwrap();
        assert!(text.lines().count() <= 22, "{}", text.lines().count());
        assert!(text.lines().all(|line| line.chars().count() <= 80));
    }
}
