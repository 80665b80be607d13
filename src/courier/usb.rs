//! Says what a USB device with a serial port probably is, from its vendor and product number.
//! The numbers are those of the public USB ID registry; a number that is not here is shown as the device names itself.

/// What a vendor and product number stand for: `None` as product is every other product of that vendor.
type Known = (u16, Option<u16>, &'static str);

const MODEM: &str = "one of its ports takes AT commands";

/// Products before their vendor's rest.
const KNOWN: [Known; 41] = [
    (0x0403, Some(0x6001), "FTDI FT232R USB-serial bridge"),
    (0x0403, Some(0x6010), "FTDI FT2232 USB-serial bridge, two ports"),
    (0x0403, Some(0x6011), "FTDI FT4232 USB-serial bridge, four ports"),
    (0x0403, Some(0x6014), "FTDI FT232H USB-serial bridge"),
    (0x0403, Some(0x6015), "FTDI FT-X USB-serial bridge"),
    (0x0403, None, "FTDI USB-serial bridge"),
    (0x10c4, Some(0xea60), "CP210x USB-serial bridge"),
    (0x10c4, Some(0xea70), "CP2105 USB-serial bridge, two ports"),
    (0x10c4, Some(0xea71), "CP2108 USB-serial bridge, four ports"),
    (0x1a86, Some(0x7523), "CH340 USB-serial bridge"),
    (0x1a86, Some(0x7522), "CH340K USB-serial bridge"),
    (0x1a86, Some(0x5523), "CH341 USB-serial bridge"),
    (0x1a86, Some(0x55d3), "CH343 USB-serial bridge"),
    (0x1a86, Some(0x55d4), "CH9102 USB-serial bridge"),
    (0x1a86, None, "WCH USB-serial bridge"),
    (0x067b, Some(0x2303), "PL2303 USB-serial bridge"),
    (0x067b, None, "Prolific USB-serial bridge"),
    (0x04e2, None, "Exar USB-serial bridge"),
    (0x0483, Some(0x5740), "STM32 virtual serial port, as some trackers have"),
    (0x1e0e, None, "SIMCom modem (A7670, SIM7600 and others)"),
    (0x2c7c, None, "Quectel modem"),
    (0x12d1, None, "Huawei modem"),
    (0x1546, Some(0x01a6), "u-blox 6 satellite receiver"),
    (0x1546, Some(0x01a7), "u-blox 7 satellite receiver"),
    (0x1546, Some(0x01a8), "u-blox 8 satellite receiver"),
    (0x1546, Some(0x01a9), "u-blox 9 satellite receiver"),
    (0x1546, None, "u-blox modem or satellite receiver"),
    (0x19d2, None, "ZTE modem"),
    (0x1199, None, "Sierra Wireless modem"),
    (0x1bc7, None, "Telit modem"),
    (0x2cb7, None, "Fibocom modem"),
    (0x2dee, None, "MeiG modem"),
    (0x05c6, None, "Qualcomm modem"),
    (0x0e8d, None, "MediaTek chip, as in some modems and trackers"),
    (0x1782, None, "Unisoc (Spreadtrum) chip, as in some modems and trackers"),
    (0x303a, None, "Espressif board"),
    (0x2341, None, "Arduino board"),
    (0x2e8a, None, "Raspberry Pi board"),
    (0x0525, Some(0xa4a7), "Linux gadget serial port"),
    (0x1d6b, Some(0x0104), "Linux gadget serial port"),
    (0x091e, None, "Garmin device"),
];

/// What the device with these numbers probably is.
pub(super) fn name(vendor: u16, product: u16) -> Option<String> {
    let found = KNOWN.iter().find(|(v, p, _)| *v == vendor && p.is_none_or(|p| p == product))?;
    let text = found.2;
    // Which of several ports it is differs by model and mode, so none is promised.
    let modem = text.contains("modem") && !text.contains("chip");
    Some(if modem { format!("{text}; {MODEM}") } else { text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_bridges_and_modems_are_known() {
        assert_eq!(name(0x10c4, 0xea60).unwrap(), "CP210x USB-serial bridge");
        assert_eq!(name(0x1a86, 0x7523).unwrap(), "CH340 USB-serial bridge");
        assert_eq!(name(0x0403, 0x6001).unwrap(), "FTDI FT232R USB-serial bridge");
        assert_eq!(name(0x067b, 0x2303).unwrap(), "PL2303 USB-serial bridge");
        for product in [0x9001, 0x9011] {
            assert!(name(0x1e0e, product).unwrap().starts_with("SIMCom modem (A7670"));
            assert!(name(0x1e0e, product).unwrap().ends_with("takes AT commands"));
        }
        assert_eq!(name(0x2c7c, 0x0125).unwrap(), "Quectel modem; one of its ports takes AT commands");
        assert_eq!(name(0xdead, 0xbeef), None);
    }

    #[test]
    fn a_product_stands_before_its_vendors_rest() {
        for (at, (vendor, product, _)) in KNOWN.iter().enumerate() {
            let hidden = KNOWN[..at].iter().any(|(v, p, _)| v == vendor && (p.is_none() || p == product));
            assert!(!hidden, "{vendor:04x}:{product:04x?} is never reached");
        }
    }
}
