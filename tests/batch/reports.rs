//! Reports as programs of others read them: a JSON Schema, an XML parser, a CSV that is run again; and that no secret
//! stands in any of them.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use serde_json::{Value, json};

use crate::check::{Edit, Schema};
use crate::desk::{Desk, fleet};
use crate::homing::Said;

/// Every format of a report.
const FORMATS: [&str; 5] = ["table", "json", "csv", "junit", "html"];

/// Passwords that stand nowhere else: of the APN, and of the tracker.
const SECRETS: [&str; 2] = ["Zq-Karte", "Q7x9"];

/// Trackers that end as differently as one run can have it, one of them with a name that breaks formats.
const MIXED: &str = "\
name,profile,imei,phone,apn,apn_user,apn_password,password,notes,owner,lab
\"Rex <&> \"\"1\"\", =x\",istartek-pt32,864183053101175,+447700900101,internet,,,,,Anna,
Lola,istartek-pt32,864183053576319,+447700900192,internet,,,,,Anna,not_authorised
Van 1,istartek-vt,862906064051456,+447700900257,internet,fleet,Zq-Karte,Q7x9,\"two
lines\",Ben,
Van 2,istartek-vt,862906064209831,+447700900283,internet,,,Q7x9,,Ben,wrong_password
Late 1,istartek-pt32,864183053734694,+447700900205,internet,,,,,Ben,
Late 2,istartek-pt32,864183053813886,+447700900218,internet,,,,,Ben,
";

/// A batch of them that stopped: the last ones are open.
fn mixed() -> (Desk, Said) {
    let desk = Desk::new("mixed", MIXED, &[]);
    let said = desk.run(&["--max-sms", "22", "--verbose"]).run();
    said.assert_err(1, &["22 short messages of --max-sms"]);
    (desk, said)
}

#[test]
fn json_is_as_its_schema_says_and_a_broken_document_is_refused() {
    let (desk, _) = mixed();
    let (batch, batches) = (Schema::of("homing.batch/1"), Schema::of("homing.batches/1"));
    let report = desk.report();
    batch.accepts(&report);
    batch.refuses_anything_more_or_else(&report);
    batch.accepts(&desk.batch(&["status", "--json"]).run().json());
    let list = desk.batch(&["list", "--format", "json"]).run().json();
    batches.accepts(&list);
    batches.refuses_anything_more_or_else(&list);
    let standings: Vec<&str> =
        report["trackers"].as_array().unwrap().iter().map(|one| one["standing"].as_str().unwrap()).collect();
    for wanted in ["verified", "refused"] {
        assert!(standings.contains(&wanted), "{standings:?}");
    }
    assert!(report["open"].as_u64().unwrap() > 0);
    batch.refuses(
        &report,
        &[
            ("/schema", Edit::To(json!("homing.batch/2"))),
            ("/counts", Edit::Gone),
            ("/state", Edit::To(json!("running"))),
            ("/open", Edit::To(json!(-1))),
            ("/trackers/0/standing", Edit::To(json!("perfect"))),
            ("/trackers/0/reason", Edit::To(json!("because"))),
            ("/trackers/0/done", Edit::Gone),
            ("/trackers/0/line", Edit::To(json!(0))),
            ("/trackers/0/commands/0/purpose", Edit::To(json!("set"))),
            ("/trackers/0/commands/0/attempts/0/state", Edit::To(json!("sent"))),
            ("/trackers/0/commands/0/attempts/0/because", Edit::To(json!("again"))),
            ("/trackers/0/commands/0/attempts/0/handed", Edit::To(json!("today"))),
            ("/trackers/0/commands/0/attempts/0/evidence/0/note", Edit::Gone),
            ("/trackers/0/commands/0/attempts/0/evidence/0/kind", Edit::To(json!("rumour"))),
        ],
    );
}

#[test]
fn an_xml_parser_reads_the_same_from_junit() {
    let (desk, _) = mixed();
    let report = desk.report();
    let file = desk.path("junit.xml");
    let said = desk.batch(&["report", "--format", "junit", "--out", file.to_str().unwrap()]).run();
    said.assert_err(1, &["written to"]);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let script = "import sys, json, xml.etree.ElementTree as e\n\
                  s = e.parse(sys.argv[1]).getroot().find('testsuite')\n\
                  print(json.dumps([s.attrib, [[c.get('name'), [f.tag for f in c], \
                  [f.get('message') for f in c]] for c in s]]))";
    let read = Command::new("python3").args(["-c", script]).arg(&file).output().unwrap();
    let read: Value = serde_json::from_slice(&read.stdout).unwrap_or_else(|_| panic!("{read:?}"));
    let trackers = report["trackers"].as_array().unwrap();
    let mut counts = [0, 0];
    for (case, tracker) in read[1].as_array().unwrap().iter().zip(trackers) {
        let name = format!("{} ({})", tracker["name"].as_str().unwrap(), tracker["key"].as_str().unwrap());
        assert_eq!(case[0], name);
        let tag = match tracker["standing"].as_str().unwrap() {
            "verified" => json!([]),
            "refused" | "failed" => json!(["failure"]),
            _ => json!(["error"]),
        };
        counts[0] += usize::from(tag == json!(["failure"]));
        counts[1] += usize::from(tag == json!(["error"]));
        assert_eq!(case[1], tag, "{tracker:#}");
        assert!(tag == json!([]) || case[2][0] == tracker["why"], "{case}");
    }
    assert!(counts[0] > 0 && counts[1] > 0, "{counts:?}");
    assert_eq!(read[0]["tests"], trackers.len().to_string());
    assert_eq!(read[0]["failures"], counts[0].to_string());
    assert_eq!(read[0]["errors"], counts[1].to_string());
}

#[test]
fn the_csv_of_a_report_is_a_fleet_again() {
    let (desk, _) = mixed();
    let rows = desk.batch(&["report", "--format", "csv"]).run();
    let again = desk.path("again.csv");
    fs::write(&again, &rows.out).unwrap();
    let dry =
        |file: &std::path::Path| desk.batch(&["run", file.to_str().unwrap(), "--dry-run", "--quiet"]).run();
    let (before, after) = (dry(&desk.csv()), dry(&again));
    assert_eq!((before.code, after.code), (0, 0), "{before}\n{after}");
    // The same messages to the same trackers; only the secrets are not there, which a dry run does not show anyway:
    // without a password of its own the default one counts, and without the APN's there is none.
    let texts = |said: &Said| {
        let lines = said.out.lines().filter(|line| line.starts_with("  ") || line.contains("(istartek"));
        lines.map(|line| line.split(",fleet").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&before), texts(&after));
    assert!(texts(&after).len() > 6 * 6, "{after}");
    // What somebody wrote beside it is still there, and what became of it stands behind.
    for part in ["owner", "Anna", "batch_standing", "verified", "two lines"] {
        assert!(rows.out.contains(part), "{part}: {rows}");
    }
    let only = desk.batch(&["report", "--only", "refused,open", "--format", "csv"]).run();
    let names = ["Lola", "Van 2", "Late"];
    assert!(names.iter().all(|name| only.out.contains(name)) && !only.out.contains("Van 1"), "{only}");
}

#[test]
fn a_page_asks_nothing_of_anybody_and_lets_nothing_of_a_tracker_through() {
    let (desk, _) = mixed();
    let page = desk.batch(&["report", "--format", "html"]).run();
    for outside in ["http://", "https://", "src=", "href=", "@import", "url("] {
        assert!(!page.out.contains(outside), "{outside} stands in the page");
    }
    assert!(page.out.contains("Rex &lt;&amp;&gt; &quot;1&quot;, =x"), "{page}");
    assert_eq!(page.out.matches("<tr class=").count(), 6);
}

#[test]
fn no_report_and_no_word_of_a_run_shows_a_secret_and_the_journal_keeps_no_password_of_a_tracker() {
    let (desk, said) = mixed();
    let mut all = format!("{}{}", said.out, said.err);
    for format in FORMATS {
        let said = desk.batch(&["report", "--format", format, "--verbose"]).run();
        all.push_str(&said.out);
        all.push_str(&said.err);
    }
    for args in [&["status"][..], &["list"], &["resolve"]] {
        let said = desk.batch(args).run();
        all.push_str(&said.out);
        all.push_str(&said.err);
    }
    for secret in SECRETS {
        assert!(!all.contains(secret), "{secret} is shown");
    }
    // The lab's tracker with that password obeyed, so the secret was there to be shown.
    assert!(
        desk.lab.submitted().iter().any(|text| text.contains(SECRETS[0]) && text.starts_with(SECRETS[1]))
    );
    let mut kept = String::new();
    for end in ["", "-wal"] {
        let path = desk.path(&format!("journal.db{end}"));
        let Ok(octets) = fs::read(&path) else { continue };
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
        kept.push_str(&String::from_utf8_lossy(&octets));
    }
    // What a tracker answers is kept as it came, and this one tells the password of its APN: that is why the journal is
    // its user's alone. The password that commands begin with is told by nobody.
    assert!(kept.contains("VERSION#") && !kept.contains(SECRETS[1]), "the tracker's password is kept");
}

#[test]
fn what_a_tracker_answers_drives_no_terminal_no_page_and_no_spreadsheet() {
    let desk = Desk::new("hostile", &fleet(1), &["--fault", "hostile-answer"]);
    let said = desk.run(&["--timeout", "1s", "--verbose"]).run();
    let mut all = vec![("run", format!("{}{}", said.out, said.err))];
    for format in FORMATS {
        all.push((format, desk.batch(&["report", "--format", format]).run().out));
    }
    for (what, text) in &all {
        let control = text.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(control, None, "{what}: {text:?}");
        assert!(!text.contains("<script>alert"), "{what}: {text}");
        let formula = text.lines().flat_map(|line| line.split(',')).find(|cell| cell.starts_with(['=', '@']));
        assert!(*what != "csv" || formula.is_none(), "{text}");
    }
}
