//! What an answer is read as, what it proves, and what of it may be shown.

use std::sync::Arc;

use super::super::*;
use super::rules::TEMPLATE;

fn profile(id: &str) -> Arc<Profile> {
    Arc::clone(Catalogue::built_in().find(id).unwrap())
}

fn read(profile: &Profile, step: &str, text: &str) -> Option<Reading> {
    profile.read_reply(profile.step(step).unwrap(), text)
}

#[test]
fn answers_are_read_as_what_they_say() {
    for (id, step, text, means, values) in [
        ("istartek-vt", "server", "100,OK", Means::Ok, ""),
        ("istartek-vt", "server", " 100, ok\r\n", Means::Ok, ""),
        ("istartek-vt", "server", "100,Failed", Means::Refused, ""),
        ("istartek-vt", "identity", "801,Failed", Means::BadPassword, ""),
        ("istartek-vt", "identity", "801, unsupport", Means::Unsupported, ""),
        (
            "istartek-vt",
            "read-server",
            "808,100,1,d.plaspy.com,8888",
            Means::Value,
            "transport=tcp server=d.plaspy.com port=8888",
        ),
        ("istartek-vt", "read-server", "808,100,0,,", Means::Value, "transport=off server= port="),
        ("istartek-pt32", "server", "OK!", Means::Ok, ""),
        ("istartek-pt32", "server", "Not support!", Means::Unsupported, ""),
        ("istartek-pt32", "param", "instruction error!", Means::Refused, ""),
        (
            "istartek-pt32",
            "param",
            "TIMER:10;TimeZone:-5.5;LANG:EN",
            Means::Value,
            "interval=10 timezone=-05:30",
        ),
    ] {
        let reading = read(&profile(id), step, text).unwrap_or_else(|| panic!("{step}: {text}"));
        let told: Vec<String> =
            reading.values.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!((reading.means, told.join(" ").as_str()), (means, values), "{step}: {text}");
    }
}

#[test]
fn an_answer_that_no_known_form_fits_is_not_read() {
    for (id, step, text) in [
        ("istartek-vt", "server", "OK"),
        ("istartek-vt", "server", "102,OK"),
        ("istartek-vt", "server", "1100,OK"),
        ("istartek-vt", "read-server", "808,102,10,60"),
        ("istartek-vt", "identity", "801,OK"),
        ("istartek-pt32", "interval", "TIMER,60#"),
        ("istartek-pt32", "param", "OK!"),
        ("istartek-pt32", "param", ""),
    ] {
        assert_eq!(read(&profile(id), step, text), None, "{step}: {text}");
    }
}

#[test]
fn a_refusal_is_never_read_as_a_value() {
    let vt = profile("istartek-vt");
    for text in ["808,109,Unsupport", "808,109,Failed", "808, 109, unsupported"] {
        let reading = read(&vt, "read-apn", text).unwrap();
        assert_ne!(reading.means, Means::Value, "{text}");
        assert_eq!(reading.values, [], "{text}");
    }
    // An APN may begin like an OK, and no query is answered with OK.
    let reading = read(&vt, "read-apn", "808,109,ok.operator").unwrap();
    let told: Vec<_> = reading.values.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    assert_eq!(told, [("apn".to_owned(), "ok.operator".to_owned())]);
}

#[test]
fn a_tag_is_heard_with_blanks_after_its_commas_and_not_as_a_pattern() {
    let text = TEMPLATE.replacen("send = \"READ#\"", "tag = \"8.8,100\"\nsend = \"READ#\"", 1);
    let text = text.replacen("match = '^IMEI:", "match = '^{tag},IMEI:", 1);
    let text = text.replacen("examples = [\"IMEI:", "examples = [\"8.8,100,IMEI:", 1);
    let profile = load(&text).unwrap();
    let rest = "IMEI:490154203237518;APN:a,,;IP:b,1,0;TIMER:1;SPEED:1";
    let reads = |tag: &str| read(&profile, "read", &format!("{tag},{rest}")).is_some();
    assert!(reads("8.8,100") && reads("8.8, 100") && reads("8.8,   100"));
    assert!(!reads("8.8 ,100") && !reads("818,100") && !reads("8.8100") && !reads("100"));
}

#[test]
fn an_ok_tells_only_when_no_other_command_would_take_it_for_its_own() {
    let (vt, pt32) = (profile("istartek-vt"), profile("istartek-pt32"));
    assert!(read(&vt, "server", "100,OK").unwrap().telling);
    assert!(!read(&pt32, "server", "OK!").unwrap().telling);
    assert!(read(&pt32, "server", "server ok").unwrap().telling);
    assert!(read(&pt32, "apn", "SET APN OK").unwrap().telling);
    // Only an OK can be mistaken for another's.
    assert!(read(&pt32, "server", "Not support!").unwrap().telling);
}

#[test]
fn a_reading_is_worth_what_its_source_is_worth() {
    assert_eq!(read(&profile("istartek-vt"), "server", "100,OK").unwrap().evidence, Evidence::Vendor);
    assert_eq!(read(&profile("istartek-pt32"), "server", "OK!").unwrap().evidence, Evidence::Inferred);
}

#[test]
fn secret_settings_in_an_answer_are_masked_and_nothing_else_is() {
    let vt = profile("istartek-vt");
    let shown = |step: &str, text: &str| vt.mask_reply(vt.step(step).unwrap(), text);
    assert_eq!(shown("read-apn", "808,109,internet,user,internet"), "808,109,internet,user,****");
    assert_eq!(shown("read-apn", "  808,109,a,b,c\r"), "  808,109,a,b,****\r");
    assert_eq!(shown("read-apn", "808,109,internet"), "808,109,internet");
    assert_eq!(shown("status", "802,0000000F,03,01,31,12,4.15,00.00"), "802,0000000F,03,01,31,12,4.15,00.00");
    assert_eq!(shown("read-apn", "something else"), "something else");
}

#[test]
fn secrets_that_several_patterns_find_are_masked_once() {
    let reply = |pattern: &str| {
        format!(
            "[[step.reply]]\nmeans = \"value\"\nmatch = '{pattern}'\nexamples = [\"PW:aaaabbbbccccdddd\"]\n\
             tells = {{ password = \"x\" }}\nsource = \"manual\"\n"
        )
    };
    let more = [reply("^PW:(?<password>.*)$"), reply("bb(?<password>bb.*)d$"), reply("^PW:(?<password>a+)")];
    let profile = load(&TEMPLATE.replacen(
        "[[step.example]]\nsends = \"READ#\"",
        &(more.concat() + "[[step.example]]\nsends = \"READ#\""),
        1,
    ))
    .unwrap();
    let step = profile.step("read").unwrap();
    assert_eq!(profile.mask_reply(step, "PW:aaaabbbbccccdddd"), "PW:****");
}

#[test]
fn values_that_look_alike_are_the_same_only_where_their_kind_says_so() {
    let catalogue = Catalogue::built_in();
    let vt = catalogue.find("istartek-vt").unwrap();
    for (name, wanted, found, same) in [
        ("interval", "60", "60", true),
        ("interval", "60", "060", true),
        ("interval", "60", " 60 ", true),
        ("interval", "60", "61", false),
        ("interval", "60", "60s", false),
        ("port", "8888", "08888", true),
        ("server", "d.plaspy.com", "D.PLASPY.COM.", true),
        ("server", "54.85.159.138", "54.85.159.138", true),
        ("backup_server", "a.example", "A.example", true),
        ("server", "d.plaspy.com", "d.plaspy.co", false),
        ("apn", "internet", "Internet", true),
        ("apn", "internet", "internet.", false),
        ("apn_user", "user", "User", false),
        ("apn_password", "0123", "123", false),
        ("password", "0000", "000", false),
        ("imei", "490154203237518", "0490154203237518", false),
        ("timezone", "+00:00", "-00:00", false),
        ("transport", "tcp", "TCP", false),
        ("distance_m", "200", "0200", true),
        ("pin", "0012", "12", false),
        ("authorised_1", "0123", "123", false),
    ] {
        assert_eq!(vt.same_value(name, wanted, found), same, "{name}: {wanted:?} {found:?}");
    }
}
