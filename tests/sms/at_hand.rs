//! `homing modem`: the modem at hand, what lies in it, its PIN, and who else has its port.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use nix::fcntl::OFlag;

use crate::homing::{Homing, Said};
use crate::lab::Lab;
use crate::modem::{First, Letter, Modem, Sender, honest};
use crate::{JSON, NUMBER, send};

/// A number for tests by its maker's papers (Twilio's magic numbers), of nobody here.
const STRANGER: &str = "+15005550001";

fn tracker(more: &[&str]) -> Lab {
    Lab::with(&format!("profile,phone,apn\nistartek-vt,{NUMBER},internet\n"), more)
}

#[test]
fn info_tells_what_the_modem_is_and_changes_nothing() {
    let lab = tracker(&[]);
    let table = Homing::new(&["modem", "info", lab.port()]).run();
    assert_eq!(table.code, 0, "{table}");
    let number = lab.ready()["numbers"][0].as_str().unwrap();
    for part in ["homing", "001010000000008", number, "registered at home", "Homing Lab"] {
        assert!(table.out.contains(part), "{part}: {table}");
    }
    let said = Homing::new(&["modem", "info", &lab.via(), "--format", "json"]).run();
    let info = said.json();
    assert_eq!((said.code, &info["ready"], &info["card"]), (0, &true.into(), &"ready".into()), "{said}");
    assert_eq!((&info["number"], &info["pdu_mode"]), (&number.into(), &true.into()), "{said}");
    assert_eq!(lab.submitted(), [""; 0]);
}

#[test]
fn inbox_lists_what_lies_there_and_deletes_nothing() {
    // A stranger's message comes in while a question waits for its answer: nobody takes it.
    let modem = Modem::plug(First::Taken, |text, _| {
        let stranger = Letter { from: Sender::Number(STRANGER), text: "hello".to_owned(), age: 0 };
        Vec::from_iter(text.contains(",801").then_some(stranger))
    });
    let list = |more: &[&str]| Homing::new(&["modem", "inbox", modem.path()]).args(more).run();
    assert!(list(&[]).out.contains("no message is there"));
    let said = send(&format!("modem:{}", modem.path()), &["--timeout", "1s"]).run();
    assert_eq!(said.code, 3, "{said}");
    for _ in 0..2 {
        let found = list(&["--format", "json"]).json();
        let messages = found["messages"].as_array().unwrap();
        assert_eq!((messages.len(), &found["complete"]), (1, &true.into()), "{found:#}");
        assert_eq!(
            (&messages[0]["text"], &messages[0]["from"]),
            (&"hello".into(), &STRANGER.into()),
            "{found:#}"
        );
    }
    assert!(list(&["--phone", STRANGER]).out.contains("hello"));
    assert!(list(&["--phone", NUMBER]).out.contains("no message is there"));
}

/// `inbox` with a PIN from a file.
fn with_pin(lab: &Lab, pin: &str) -> Said {
    let file = lab.path("pin");
    fs::write(&file, pin).unwrap();
    Homing::new(&["modem", "inbox", &format!("{}?pin=file:{}", lab.via(), file.display())]).run()
}

fn entered(lab: &Lab) -> usize {
    lab.commands().iter().filter(|line| line.starts_with("+CPIN=")).count()
}

#[test]
fn a_pin_is_entered_once_a_run_and_never_as_the_last_try() {
    let lab = tracker(&["--fault", "pin"]);
    let said = Homing::new(&["modem", "info", lab.port()]).run();
    said.assert_err(1, &["the SIM card waits for its PIN", "error: this modem could not send now"]);
    let said = Homing::new(&["modem", "inbox", lab.port()]).run();
    said.assert_err(4, &["the list may not be whole: the SIM card waits for its PIN", "hint: give its PIN"]);
    let said = Homing::new(&["modem", "inbox", &format!("{}?pin=1234", lab.via())]).run();
    said.assert_err(2, &["a PIN does not belong on the command line"]);
    assert_eq!(entered(&lab), 0);
    // The card has three tries (TS 31.101): two wrong ones are ours, the last one nobody's.
    for (run, count, why) in
        [(1, 1, "check the PIN"), (2, 2, "check the PIN"), (3, 2, "one try left"), (4, 2, "one try left")]
    {
        let said = with_pin(&lab, "9876");
        said.assert_err(4, &[why]);
        assert_eq!(entered(&lab), count, "run {run}: {said}");
        assert!(!said.says("9876"), "{said}");
    }
}

#[test]
fn what_modem_it_is_is_told_behind_a_pin_that_is_given() {
    let lab = tracker(&["--fault", "pin"]);
    let file = lab.path("pin");
    fs::write(&file, "9876\n").unwrap();
    let via = format!("{}?pin=file:{}", lab.via(), file.display());
    let said = Homing::new(&["modem", "info", &via]).run();
    assert!(said.code == 1 && said.says("check the PIN"), "{said}");
    let said = Homing::new(&["modem", "inbox", &via]).run();
    assert!(said.out.contains("no message was read") && !said.says("no message is there"), "{said}");
    fs::write(&file, "1234\n").unwrap();
    let lab = tracker(&["--fault", "pin"]);
    let via = format!("{}?pin=file:{}", lab.via(), file.display());
    let said = Homing::new(&["modem", "info", &via]).run();
    assert!(said.code == 0 && said.out.contains("ready"), "{said}");
    assert_eq!(entered(&lab), 1);
}

#[test]
fn the_right_pin_opens_the_card_and_messages_go() {
    let lab = tracker(&["--fault", "pin"]);
    let file = lab.path("pin");
    // The lab's own help names it.
    fs::write(&file, "1234\n").unwrap();
    let said =
        send(&format!("{}?pin=file:{}", lab.via(), file.display()), &JSON).args(&["--timeout", "10s"]).run();
    said.assert_outcome(0, "verified", "");
    assert_eq!(entered(&lab), 1, "{said}");
}

/// A process of this name that has the port open and locked (`flock`) until it is dropped.
struct Holder(Child);

impl Holder {
    fn start(name: &str, port: &str) -> Holder {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join(name);
        assert!(Command::new("cp").arg("/bin/sleep").arg(&program).status().unwrap().success());
        let open = OpenOptions::new().read(true).write(true).custom_flags(OFlag::O_NOCTTY.bits()).open(port);
        let device = open.unwrap();
        // The lock goes with the open file to the process.
        device.lock().unwrap();
        let mut command = Command::new(&program);
        let child = command.arg("600").stdin(device).stdout(Stdio::null()).spawn().unwrap();
        // The kernel gives the name once the program runs.
        let named = format!("/proc/{}/comm", child.id());
        for _ in 0..1000 {
            if fs::read_to_string(&named).is_ok_and(|comm| comm.trim() == name) {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Holder(child)
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn whoever_holds_the_port_is_named_and_modem_manager_with_its_remedies() {
    let modem = Modem::plug(First::Taken, honest);
    let remedies = ["ENV{ID_MM_DEVICE_IGNORE}=\"1\"", "mmcli -m N --inhibit"];
    for (name, is, hints) in [
        ("ModemManager", format!("error: {} is in use by ModemManager (pid ", modem.path()), remedies),
        ("minicom", format!("error: {} is in use by ", modem.path()), ["close ", "or wait until it is done"]),
    ] {
        let _holder = Holder::start(name, modem.path());
        let via = format!("modem:{}", modem.path());
        for said in [send(&via, &[]).run(), Homing::new(&["modem", "info", modem.path()]).run()] {
            said.assert_err(4, &[&is, hints[0], hints[1]]);
        }
        assert_eq!(modem.bytes_received(), 0);
    }
}

#[test]
fn what_is_no_modem_is_told() {
    let port = crate::support::pty::DevicePort::open();
    Homing::new(&["modem", "info", port.path()]).run().assert_err(4, &["nothing at this port answers AT"]);
    Homing::new(&["modem", "info", "/dev/ttyNOTHERE7"])
        .run()
        .assert_err(4, &["there is no port /dev/ttyNOTHERE7"]);
    Homing::new(&["modem", "info", "gateway:x"]).run().assert_err(2, &["gateway:x is no modem"]);
}
