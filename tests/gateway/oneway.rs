//! What a gateway cannot do for a job is said before the question: what cannot be proven where no answer comes back, whom
//! it cannot reach, and jobs that are none. Nothing is asked or paid for meanwhile.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;
use tempfile::TempDir;

use crate::answering::{Reply, Server};
use crate::homing::{Homing, Said, all};
use crate::phone::{self, Phone, Trick};

/// A folder with a configuration and a CSV.
struct Desk(TempDir);

const FLEET: &str =
    "profile,phone,apn\nistartek-pt32,+573001234567,internet\nistartek-pt32,+573001234568,internet\n";

impl Desk {
    fn new(config: &str) -> Desk {
        let desk = Desk(TempDir::new().unwrap());
        desk.write("config.toml", config);
        desk.write("fleet.csv", FLEET);
        desk
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn run(&self, args: &[&str]) -> Said {
        Homing::new(&["--config", &self.path("config.toml")]).args(args).run()
    }

    fn batch(&self, args: &[&str]) -> Said {
        let (fleet, journal) = (self.path("fleet.csv"), self.path("journal.db"));
        self.run(&[&["batch", "run", &fleet, "--journal", &journal][..], args].concat())
    }

    fn has_journal(&self) -> bool {
        Path::new(&self.path("journal.db")).exists()
    }
}

/// A table of the configuration.
fn office(definition: &str, url: &str, more: &str) -> String {
    format!(
        "[gateway.office]\ndefinition = \"{definition}\"\nurl = \"{url}\"\nread_timeout = \"1s\"\n{more}\n"
    )
}

/// By its document, an empty answer is this app's success; no answer of a tracker comes back by it.
fn traccar() -> (Server, Desk) {
    let server = Server::start(|_| Reply::Whole(200, String::new(), String::new()));
    let desk = Desk::new(&office("traccar", &server.url(), "key = \"k-hunter2\""));
    (server, desk)
}

const WAY: [&str; 4] = ["--via", "gateway:office", "--timeout", "100ms"];
const SEND: [&str; 6] = ["send", "istartek-pt32", "--phone", "+573001234567", "--apn", "internet"];
const LOST: &str =
    "no answer of a tracker can come back by gateway:office: `sent` is the best that it proves";
const MORE: &str = "(`homing batch run --expect-report`) or `homing batch confirm` proves more";
/// The plan of `homing generate istartek-pt32 --apn internet`.
const COMMANDS: [&str; 4] = ["GMT,E,0#", "APN,internet#", "SERVER,1,d.plaspy.com,8888#", "TIMER,60#"];

/// The messages that came, with their numbers.
fn messages(server: &Server) -> Vec<(String, String)> {
    let body = |seen: crate::answering::Seen| serde_json::from_str::<serde_json::Value>(&seen.body).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    server.seen().into_iter().map(body).map(|body| (text(&body["to"]), text(&body["message"]))).collect()
}

/// A job with further arguments.
type Run<'r> = &'r dyn Fn(&[&str]) -> Said;

#[test]
fn what_a_one_way_gateway_cannot_prove_is_said_before_the_question() {
    let (server, desk) = traccar();
    let send = |args: &[&str]| desk.run(&[&SEND, args].concat());
    let batch = |args: &[&str]| desk.batch(args);
    // Only the commands are counted: no question is paid for.
    let rows: [(Run<'_>, &str); 2] = [
        (&send, "up to 4 short messages to +573001234567 (4 to set it)"),
        (&batch, "up to 8 short messages to 2 trackers"),
    ];
    for (run, question) in rows {
        let said = run(&[&WAY[..], &["--no-identify"]].concat());
        said.assert_err(2, &[LOST, MORE, "which dialect is obeyed is not checked", "--yes sends without"]);
        let (lost, asked) = (said.err.find(LOST), said.err.find(question));
        assert!(lost < asked, "{said}");
        // Without a word nothing is sent, as nobody could be asked first, also where nothing would be sent.
        for word in ["--yes", "--dry-run"] {
            let said = run(&[&WAY[..], &[word]].concat());
            said.assert_err(2, &[LOST, "none can be asked which dialect it obeys", "--no-identify sends"]);
        }
        let said = run(&[&WAY[..], &["--no-identify", "--dry-run"]].concat());
        assert_eq!(said.code, 0, "{said}");
        assert!(said.says(LOST) && said.says("nothing was sent") && !said.says("PARAM#"), "{said}");
        assert!(COMMANDS.iter().all(|text| said.out.contains(text)), "{said}");
    }
    assert!(server.seen().is_empty() && !desk.has_journal(), "{:?}", server.seen());
}

#[test]
fn jobs_of_questions_are_refused_where_nobody_can_answer() {
    let (server, desk) = traccar();
    let phone = ["--phone", "+573001234567"];
    let rows: [&[&str]; 4] = [
        &["verify", "istartek-pt32", "--apn", "internet"],
        &["identify"],
        &["send", "istartek-pt32", "--routine", "verify", "--no-identify"],
        &["send", "istartek-pt32", "--step", "status", "--no-identify"],
    ];
    all(&rows, |args| {
        let said = desk.run(&[args, &WAY[..], &phone, &["--yes"]].concat());
        let way_out = "a gateway by which answers come: `homing gateway list` names them";
        said.assert_err(2, &["no answer", "can come back", way_out]);
    });
    let said = desk.batch(&[&WAY[..], &["--yes", "--no-identify", "--routine", "verify"]].concat());
    said.assert_err(2, &["fleet.csv:2", "questions only"]);
    assert!(server.seen().is_empty() && !desk.has_journal(), "{:?}", server.seen());
}

#[test]
fn one_tracker_ends_as_sent_with_every_command_once_and_no_question() {
    let (server, desk) = traccar();
    let said = desk.run(&[&SEND[..], &WAY, &["--yes", "--no-identify", "--format", "json"]].concat());
    said.assert_outcome(3, "sent", "one_way");
    assert!(said.json()["hint"].as_str().unwrap().contains("homing batch confirm"), "{said}");
    assert_eq!(said.json()["questions"], json!([]), "{said}");
    let sent = COMMANDS.map(|text| ("+573001234567".to_owned(), text.to_owned()));
    assert_eq!(messages(&server), sent);
}

#[test]
fn a_batch_ends_as_sent_and_says_what_would_prove_more() {
    let (server, desk) = traccar();
    let second = "istartek-pt32,,+573001234568,internet\n";
    let first = "istartek-pt32,869912033012424,+573001234567,internet\n";
    desk.write("fleet.csv", &format!("profile,imei,phone,apn\n{first}{second}"));
    let said = desk.batch(&[&WAY[..], &["--yes", "--no-identify"]].concat());
    said.assert_err(3, &[LOST, "homing batch confirm fleet --from FILE", "--expect-report"]);
    assert!(said.out.contains("fleet: 2 sent"), "{said}");
    let of = |number: &str| {
        let all = messages(&server).into_iter();
        all.filter(|(to, _)| to == number).map(|(_, text)| text).collect::<Vec<_>>()
    };
    assert_eq!(
        (of("+573001234567"), of("+573001234568")),
        (COMMANDS.map(str::to_owned).into(), COMMANDS.map(str::to_owned).into())
    );
    let journal = desk.path("journal.db");
    let report = desk.run(&["batch", "report", "fleet", "--journal", &journal, "--format", "json"]).json();
    for tracker in report["trackers"].as_array().unwrap() {
        assert_eq!((&tracker["standing"], &tracker["reason"]), (&json!("sent"), &json!("one_way")));
    }
    // Who is seen on the platform afterwards has arrived.
    std::thread::sleep(Duration::from_millis(1100));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let seen = ::homing::units::rfc_3339_seconds(i64::try_from(now).unwrap() * 1000);
    desk.write("units.csv", &format!("imei,seen\n869912033012424,{seen}\n"));
    let confirm = ["batch", "confirm", "fleet", "--journal", &journal, "--from", &desk.path("units.csv")];
    let columns = ["--id-column", "imei", "--seen-column", "seen", "--slack", "1ms"];
    let said = desk.run(&[&confirm[..], &columns].concat());
    assert!(said.code == 3 && said.out.contains("fleet: 1 of 2 trackers reporting"), "{said}");
}

#[test]
fn a_batch_that_was_begun_with_questions_is_not_gone_on_with_where_nobody_can_answer() {
    let phone = Phone::start(Trick::None, None);
    let (server, desk) = traccar();
    let config = fs::read_to_string(desk.path("config.toml")).unwrap();
    desk.write(
        "config.toml",
        &format!(
            "{config}[gateway.phone]\ndefinition = \"capcom6\"\nurl = \"{}\"\nuser = \"sms\"\npassword = \"pw-hunter2\"\npoll = \"20ms\"\n",
            phone.url()
        ),
    );
    desk.write("fleet.csv", &format!("profile,phone,apn\nistartek-pt32,{},internet\n", phone::TRACKER));
    let said = desk.batch(&["--via", "gateway:phone", "--yes", "--timeout", "5s", "--max-sms", "1"]);
    assert!(said.err.contains("the one short message of --max-sms is used up"), "{said}");
    let journal = desk.path("journal.db");
    let resume = ["batch", "resume", "fleet", "--journal", &journal, "--yes", "--via"];
    let said = desk.run(&[&resume[..], &["gateway:office"]].concat());
    said.assert_err(2, &[LOST, "the batch was begun with questions", "--name NAME --no-identify"]);
    let said = desk.run(&[&resume[..], &["gateway:phone", "--via", "gateway:office"]].concat());
    said.assert_err(2, &["answers come back by gateway:phone and not by gateway:office", "two batches"]);
    assert!(server.seen().is_empty(), "{:?}", server.seen());
    let said = desk.run(&[&resume[..], &["gateway:phone", "--max-sms", "20"]].concat());
    assert!(said.code == 0 && said.out.contains("fleet: 1 verified"), "{said}");
}

#[test]
fn a_gateway_that_answers_by_a_webhook_only_is_one_way_until_somebody_listens() {
    let server = Server::start(|_| Reply::Whole(200, String::new(), "{}".to_owned()));
    let desk = Desk::new(&office("./hooked.toml", &server.url(), ""));
    desk.write(
        "hooked.toml",
        "schema = 1\nid = \"hooked\"\nname = \"Hooked\"\ntwo_way = true\nidempotent = false\nto_format = \"e164\"\n\
         [send]\nmethod = \"POST\"\nurl = \"{base}/send\"\nstatus = [200]\n[send.json]\nto = \"{to}\"\nmessage = \"{text}\"\n\
         [webhook]\nfrom = \"/from\"\ntext = \"/text\"\n",
    );
    let said = desk.run(&[&SEND[..], &WAY, &["--yes"]].concat());
    said.assert_err(2, &[LOST, "--webhook ADDR takes what the gateway receives", "--no-identify"]);
    let said = desk.run(&[&["identify", "--phone", "+573001234567", "--yes"][..], &WAY].concat());
    said.assert_err(2, &["--webhook ADDR takes what the gateway receives; else use a modem"]);
    let said = desk.batch(&[&WAY[..], &["--yes"]].concat());
    said.assert_err(2, &["webhook = \"ADDR\" in its table of the configuration takes"]);
    assert!(server.seen().is_empty(), "{:?}", server.seen());
    // With an ear it is asked first, and nothing is said of one way.
    let said = desk.run(&[&SEND[..], &WAY, &["--yes", "--webhook", "127.0.0.1:0"]].concat());
    assert!(said.code == 3 && !said.says("no answer of a tracker can come back"), "{said}");
    assert!(messages(&server).iter().all(|(_, text)| !COMMANDS.contains(&text.as_str())));
}

#[test]
fn trackers_that_a_gateway_cannot_reach_are_told_all_at_once_before_anything_is_sent() {
    let rows = [
        ("1nce", "client_id = \"fleet\"\nclient_secret = \"cs-hunter2\"", "iccid", "--iccid", "ICCID"),
        ("onomondo", "api_key = \"k-hunter2\"", "sim_id", "--sim-id", "SIM id at the gateway"),
    ];
    for (definition, more, column, flag, what) in rows {
        let server = Server::start(|_| Reply::Whole(201, String::new(), "{}".to_owned()));
        let desk = Desk::new(&office(definition, &server.url(), more));
        let yes = ["--yes", "--no-identify"];
        let said = desk.run(&[&SEND[..], &WAY, &yes].concat());
        said.assert_err(
            2,
            &[
                "gateway:office reaches a tracker by its ",
                what,
                "which is not given",
                &format!("give it as {flag}"),
            ],
        );
        let header = format!("profile,phone,{column},apn\n");
        let row = |id: &str| format!("istartek-pt32,+57300123456{},{id},internet\n", id.len() % 10);
        let fleet =
            header + &row("") + &row("8944110202600000178") + "istartek-pt32,+573001234999,,internet\n";
        desk.write("fleet.csv", &fleet);
        let said = desk.batch(&[&WAY[..], &yes].concat());
        let of = |line: u32| format!("fleet.csv:{line}: {column}: gateway:office reaches a tracker by its ");
        said.assert_err(
            2,
            &[&of(2), &of(4), &format!("fill the column {column}"), "2 of 3 rows", "--skip-bad"],
        );
        assert!(!said.err.contains(&of(3)), "{said}");
        assert!(server.seen().is_empty() && !desk.has_journal(), "{said}");
        // Without the column at all, each row is told too.
        desk.write("fleet.csv", FLEET);
        desk.batch(&[&WAY[..], &yes].concat()).assert_err(2, &[&of(2), &of(3)]);
        // The rows that can be reached go alone when that is said.
        desk.write("fleet.csv", &fleet);
        let said = desk.batch(&[&WAY[..], &["--dry-run", "--no-identify", "--skip-bad"]].concat());
        assert!(said.code == 1 && said.out.contains("1 tracker, 4 to 4 short messages"), "{said}");
    }
}

#[test]
fn a_dry_run_needs_no_gateway_that_is_set_up_and_says_that_it_is_not() {
    let desk = Desk::new(&office("traccar", "http://127.0.0.1:9", "key = \"env:HOMING_TEST_NO_SUCH_KEY\""));
    for said in [
        desk.run(&[&SEND[..], &WAY, &["--dry-run"]].concat()),
        desk.batch(&[&WAY[..], &["--dry-run"]].concat()),
    ] {
        assert!(said.code == 0 && said.says("HOMING_TEST_NO_SUCH_KEY, which is not set"), "{said}");
        assert!(said.out.contains("SERVER,1,d.plaspy.com,8888#"), "{said}");
    }
    desk.batch(&[&WAY[..], &["--yes"]].concat()).assert_err(2, &["HOMING_TEST_NO_SUCH_KEY"]);
}
