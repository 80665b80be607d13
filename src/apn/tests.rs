//! Expectations are what the published XML says, looked up by hand or by another XML reader, never by this room.

use std::io::Write as _;

use super::*;

fn built_in() -> Database {
    Database::built_in().unwrap()
}

fn sim(imsi: &str) -> Sim {
    Sim::Imsi(imsi.parse().unwrap())
}

fn network(text: &str) -> Sim {
    Sim::Network(text.parse().unwrap())
}

#[test]
fn three_operators_of_three_countries_are_found_by_imsi_with_user_and_password() {
    let database = built_in();
    for (imsi, number, country, operator, key) in [
        // Three digits of MNC.
        (
            "732101123456789",
            "732-101",
            "Colombia",
            "Claro",
            ("internet.comcel.com.co", "COMCELWEB", "COMCELWEB"),
        ),
        // Two, and a zero in front.
        ("334020123456789", "334-02", "Mexico", "Telcel", ("internet.itelcel.com", "webgprs", "webgprs2002")),
        ("234301234567890", "234-30", "Britain", "EE", ("everywhere", "eesecure", "secure")),
        ("214041234567890", "214-04", "Spain", "Yoigo", ("internet", "", "")),
    ] {
        let choice = choose(&database, &sim(imsi), None).unwrap();
        assert_eq!(choice.access.key(), key, "{imsi}");
        assert_eq!(choice.network.to_string(), number);
        assert_eq!(
            (choice.found[0].operator.name.as_str(), choice.found[0].operator.country.as_str()),
            (operator, country)
        );
        let sentence = choice.sentence(&database);
        for word in
            [key.0, operator, country, number, "mobile-broadband-provider-info 20230416 of 2023-04-16"]
        {
            assert!(sentence.contains(word), "{sentence}");
        }
        assert!(
            key.2.is_empty() || key.2 == key.1 || !sentence.contains(key.2),
            "the password is in: {sentence}"
        );
    }
}

#[test]
fn several_access_points_are_offered_and_words_choose_among_them() {
    // Tigo and UNE of Colombia share 732-103, with three access points between them.
    let database = built_in();
    let error = choose(&database, &network("732103"), None).unwrap_err();
    assert_eq!(error.rule(), "apn-several");
    let text = error.to_string();
    for word in
        ["3 access points", "web.colombiamovil.com.co (Tigo, postpaid)", "www.une.net.co", "une4glte.net.co"]
    {
        assert!(text.contains(word), "{text}");
    }
    assert!(error.fix().contains("auto:Tigo"), "{}", error.fix());
    let chosen =
        |words| choose(&database, &network("732103"), Some(words)).map(|choice| choice.access.apn.clone());
    assert_eq!(chosen("tigo").as_deref(), Ok("web.colombiamovil.com.co"));
    assert_eq!(chosen("UNE,LTE (4G)").as_deref(), Ok("une4glte.net.co"));
    assert_eq!(chosen("www.une.net.co").as_deref(), Ok("www.une.net.co"));
    assert_eq!(chosen("UNE").map_err(|error| error.rule()), Err("apn-several"));
    let error = chosen("Claro").unwrap_err();
    assert!(
        error.to_string().contains("`Claro` is none of the access points of the network 732-103"),
        "{error}"
    );
    assert_eq!(chosen("").map_err(|error| error.rule()), Err("apn-not-there"));
}

#[test]
fn auto_is_told_from_an_apn() {
    let words = |text| Auto::read(text).map(|auto| auto.words);
    assert_eq!(words("auto"), Some(None));
    assert_eq!(words(" AUTO "), Some(None));
    assert_eq!(words("auto:Tigo"), Some(Some("Tigo")));
    assert_eq!(words("Auto: UNE, LTE (4G) "), Some(Some("UNE, LTE (4G)")));
    for apn in ["automatic", "internet", "auto.net", "", "autos:x"] {
        assert_eq!(words(apn), None, "{apn}");
    }
}

#[test]
fn the_zeros_of_a_network_count() {
    // 722-34 is Personal and 722-340 Arnet, both of Argentina; 214-07 is Movistar of Spain, 214-7 nothing.
    let database = built_in();
    let arnet = choose(&database, &network("722-340"), None).unwrap();
    assert_eq!(
        (arnet.found[0].operator.name.as_str(), arnet.access.apn.as_str()),
        ("Arnet", "arnet.personal.com")
    );
    // An IMSI does not say which of the two it is: both are offered.
    let either = choose(&database, &sim("722340123456789"), None).unwrap_err().to_string();
    assert!(either.contains("Arnet") && either.contains("gprs.personal.com"), "{either}");
    for text in ["2147", "21407x", "214-7", "", "214", "2140777", "21a07", "214--07", "٢١٤٠٧"] {
        assert!(text.parse::<Network>().is_err(), "{text}");
    }
    for text in ["21407", "214-07", "214 07", " 214/07 "] {
        assert_eq!(text.parse::<Network>().unwrap().to_string(), "214-07");
    }
}

#[test]
fn a_card_of_no_country_and_one_of_nobody_are_told_apart() {
    let database = built_in();
    let error = choose(&database, &sim("901405101234567"), None).unwrap_err();
    assert_eq!(error.rule(), "apn-international");
    assert!(error.to_string().contains("901-405"), "{error}");
    let error = choose(&database, &sim("732999123456789"), None).unwrap_err();
    assert_eq!(error.rule(), "apn-unknown-network");
    assert!(error.to_string().contains("732-999 or 732-99"), "{error}");
    // The database has its networks and nothing else.
    let error = choose(&database, &network("218-90"), None).unwrap_err();
    assert_eq!(error.rule(), "apn-none-known");
    assert!(error.to_string().contains("BH GSM") && error.to_string().contains("218-90"), "{error}");
}

/// By hand from the published file: the uses of Ucell's and Tunisiana's are not said, AT&T's are of other names.
#[test]
fn what_is_not_said_to_be_for_the_internet_is_offered_as_that_and_taken_only_by_words() {
    let database = built_in();
    for (number, offered, words, apn, doubt) in [
        ("434-05", "internet (Ucell, use not said)", "Ucell", "internet", "does not say that it is for"),
        (
            "605-03",
            "internet.tunisiana.com (Tunisiana, Internet, use not said)",
            "Tunisiana",
            "internet.tunisiana.com",
            "does not say that it is for the internet",
        ),
        (
            "310-280",
            "broadband (AT&T, ATT Broadband, mms-internet-hipri-fota)",
            "broadband",
            "broadband",
            "says that it is for mms-internet-hipri-fota",
        ),
    ] {
        let error = choose(&database, &network(number), None).unwrap_err();
        assert_eq!(error.rule(), "apn-not-said");
        assert!(
            error.to_string().contains(offered) && error.fix().contains("auto:"),
            "{error}: {}",
            error.fix()
        );
        let choice = choose(&database, &network(number), Some(words)).unwrap();
        assert_eq!(choice.access.apn, apn);
        assert!(choice.sentence(&database).contains(doubt), "{}", choice.sentence(&database));
        assert_eq!(choose(&database, &network(number), Some("x")).unwrap_err().rule(), "apn-not-there");
    }
    // Sunrise has one for the internet, which counts alone until words ask for the other.
    let sunrise =
        |words| choose(&database, &network("228-02"), words).map(|choice| choice.access.apn.clone());
    assert!(sunrise(None).is_ok_and(|apn| apn != "wap.sunrise.ch"));
    assert_eq!(sunrise(Some("wap.sunrise.ch")).as_deref(), Ok("wap.sunrise.ch"));
}

#[test]
fn the_words_that_are_offered_choose_the_entry_they_are_offered_for() {
    let database = built_in();
    let (mut tried, mut without) = (0, 0);
    for operator in &database.operators {
        let all: Vec<Found<'_>> = database
            .of_networks(&operator.networks)
            .into_iter()
            .flat_map(|operator| operator.access.iter().map(move |access| Found { operator, access }))
            .collect();
        for one in &all {
            tried += 1;
            let Some(words) = words_for(*one, &all) else {
                without += 1;
                continue;
            };
            let left = narrow(&all, &words);
            assert!(
                !left.is_empty() && left.iter().all(|other| other.access.key() == one.access.key()),
                "{words}"
            );
        }
    }
    assert!(tried > 900 && without * 50 < tried, "{without} of {tried} cannot be chosen by words");
}

#[test]
fn countries_are_found_by_code_name_and_part_of_a_name() {
    let database = built_in();
    let names =
        |wanted| database.of_country(wanted).iter().map(|one| one.country.clone()).collect::<Vec<_>>();
    assert!(
        names("co").iter().all(|name| name == "Colombia") && names("CO").len() == names("Colombia").len()
    );
    assert!(names("Saudi").iter().all(|name| name == "Saudi Arabia") && !names("Saudi").is_empty());
    // The database calls it Britain; people do not.
    assert!(names("United Kingdom").iter().all(|name| name == "Britain") && !names("GB").is_empty());
    assert_eq!((names("United Kingdom"), names("uk").len()), (names("gb"), 0));
    assert!(names("xx").is_empty() && names("").is_empty());
    assert_eq!(database.country_of("732"), Some("Colombia"));
    assert_eq!(database.country_of("901"), None);
}

/// A document by hand, with what the published one has: comments, a DTD, other languages, references, and access points
/// that are not for the internet.
const XML: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE serviceproviders SYSTEM "serviceproviders.2.dtd">
<!-- nothing & nobody -->
<serviceproviders format="2.0">
<country code="co"><name>Colombia</name>
  <provider primary="true">
    <name xml:lang="es">El Claro</name><name>Cl&amp;ro &#x41;</name>
    <gsm>
      <network-id mcc="732" mnc="101"/><network-id mcc="73" mnc="1"/>
      <apn value="mms"><usage type="mms"/><username>no</username></apn>
      <apn value=" internet.comcel.com.co "><plan type="postpaid"/><plan type="prepaid"/><usage type="internet"/>
        <name>Data
          plan</name><username>COMCEL&lt;WEB</username><password><![CDATA[p&w]]></password></apn>
      <apn value="unsaid"/>
      <apn value="other"><usage type="mms"/><usage type="fota"/></apn>
    </gsm>
    <cdma><name>other</name><username>cdma</username></cdma>
  </provider>
  <provider><name>CDMA only</name><cdma/></provider>
</country>
</serviceproviders>"#;

fn origin() -> Origin {
    Origin { name: "by hand".to_owned(), day: "2026-11-25".to_owned(), file: None }
}

#[test]
fn the_published_form_is_read_as_its_dtd_has_it() {
    let database = xml::read(XML, origin()).unwrap();
    let access = Access {
        apn: "internet.comcel.com.co".to_owned(),
        plans: vec!["postpaid".to_owned(), "prepaid".to_owned()],
        label: "Data plan".to_owned(),
        user: "COMCEL<WEB".to_owned(),
        password: "p&w".to_owned(),
        usage: Vec::new(),
    };
    let other = |apn: &str, usage: &[&str]| Access {
        apn: apn.to_owned(),
        usage: usage.iter().map(|&one| one.to_owned()).collect(),
        ..Access::default()
    };
    let operator = Operator {
        name: "Cl&ro A".to_owned(),
        code: "co".to_owned(),
        country: "Colombia".to_owned(),
        networks: vec!["732101".parse().unwrap()],
        access: vec![access],
        others: vec![other("unsaid", &[]), other("other", &["mms", "fota"])],
    };
    assert_eq!(database.operators, [operator]);
}

#[test]
fn another_document_and_a_damaged_one_are_refused() {
    for text in ["", "no xml", "<html/>", r#"<serviceproviders format="3.0"/>"#] {
        assert_eq!(xml::read(text, origin()).unwrap_err(), XmlError::Format, "{text}");
    }
    let long =
        format!(r#"<serviceproviders format="2.0"><country code="a"><name>{}</name>"#, "x".repeat(2000));
    let deep = format!(r#"<serviceproviders format="2.0">{}"#, "<a>".repeat(100_000));
    for text in [long.as_str(), deep.as_str()] {
        assert!(matches!(xml::read(text, origin()), Err(XmlError::Limit { .. })));
    }
    let bomb = r#"<!DOCTYPE serviceproviders [<!ENTITY a "aaaa">]><serviceproviders format="2.0"><country code="a"><name>&a;"#;
    assert!(xml::read(bomb, origin()).unwrap_err().to_string().contains("no entity is called a"));
    // Cut anywhere it is refused or, behind its end, the same; and nothing panics.
    for end in (0..XML.len()).filter(|end| XML.is_char_boundary(*end)) {
        assert!(xml::read(&XML[..end], origin()).is_err(), "cut at {end}");
    }
}

#[test]
fn no_damage_makes_a_reader_panic_or_an_entry_that_is_none() {
    let compact_text =
        "D\tname\t1\t2026-01-01\nC\tco\tColombia\nP\tClaro\t732-101\nA\tinternet\tpostpaid\tx\tu\tp\n";
    let mut chance = crate::units::Chance::new(7);
    let marks = [
        "<",
        ">",
        "&",
        ";",
        "\"",
        "'",
        "/",
        "<a>",
        "</a>",
        "&#0;",
        "&#x110000;",
        "<![CDATA[",
        "--",
        "\t",
        "\n",
        "\0",
        "é",
    ];
    let mut read = 0;
    for _ in 0..4_000 {
        for (text, is_xml) in [(XML, true), (compact_text, false)] {
            let mut text: Vec<char> = text.chars().collect();
            for _ in 0..=chance.below(3) {
                let at = chance.below(text.len() as u64) as usize;
                let to = (at + chance.below(4) as usize).min(text.len());
                text.splice(at..to, chance.pick(&marks).copied().unwrap_or_default().chars());
            }
            let text: String = text.into_iter().collect();
            let database = if is_xml { xml::read(&text, origin()).ok() } else { compact::read(&text).ok() };
            let networks = database.iter().flat_map(|one| &one.operators).flat_map(|one| &one.networks);
            assert!(
                networks
                    .clone()
                    .all(|network| network.to_string().parse::<Network>().as_ref() == Ok(network))
            );
            read += usize::from(database.is_some());
        }
    }
    assert!((500..7_500).contains(&read), "{read} of 8,000 were read");
}

#[test]
fn a_compact_form_with_a_broken_line_is_refused() {
    let line = |text: &str| compact::read(text).unwrap_err().to_string();
    assert!(line("D\tname\t1\t2026-01-01\nX\tfoo").contains("line 2"));
    assert!(line("P\tname").contains("without a country"));
    assert!(line("C\tco\tColombia\nA\tinternet").contains("without an operator"));
    assert!(line("C\tco\tColombia\nP\tClaro\t7321").contains("a network that is none"));
    assert_eq!(compact::read(""), Err(CompactError::NoName));
}

#[test]
fn a_newer_copy_of_the_system_counts_and_a_broken_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("serviceproviders.xml");
    let nothing = system::newest(&path).unwrap();
    assert!(nothing.unread.is_none() && nothing.database.origin.file.is_none());
    // Written now, which is after the edition that is built in.
    std::fs::File::create(&path).unwrap().write_all(XML.as_bytes()).unwrap();
    let newer = system::newest(&path).unwrap().database;
    assert_eq!(newer.operators.len(), 1);
    assert!(newer.origin.to_string().starts_with(&path.display().to_string()));
    // An older one does not.
    let old = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_600_000_000);
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
    assert!(system::newest(&path).unwrap().database.origin.file.is_none());
    std::fs::write(&path, "broken").unwrap();
    let broken = system::newest(&path).unwrap();
    assert!(broken.database.operators.len() > 500);
    assert!(broken.unread.unwrap().to_string().contains("serviceproviders.xml is no database"));
    // A file that was named is not passed over.
    assert!(open(&Which::File(path)).is_err());
}
