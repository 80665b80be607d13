//! Programs that are run once for each job: gammu, and a script with python-gsmmodem.

use std::process::Command;

use super::rehearsal::{Rehearsal, program, python};
use super::{TEXTS, first_plane};

#[test]
fn gammu_sends_and_reads_the_same_texts() {
    let Some(gammu) = program("gammu") else { return };
    let lab = Rehearsal::start();
    let settings = format!("[gammu]\ndevice = {}\nconnection = at115200\nsynchronizetime = no\n", lab.port());
    let settings = lab.write("gammurc", &settings);
    let run = |args: &[&str]| {
        let mut command = Command::new(&gammu);
        command.env("LC_ALL", "C.UTF-8").arg("-c").arg(&settings).args(args);
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "gammu {args:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
        said
    };
    assert!(run(&["identify"]).contains("homing"));
    for text in TEXTS {
        let plain = homing::sms::measure(text).alphabet == homing::sms::Alphabet::Gsm7;
        let mut args = vec!["sendsms", "TEXT", lab.echo(), "-autolen", "500", "-text", text];
        args.extend((!plain).then_some("-unicode"));
        run(&args);
    }
    assert_eq!(lab.heard(), TEXTS);
    // gammu shows the parts of a long text one behind the other, with a header in front of each.
    let shown = run(&["getallsms"]);
    let is_text = |line: &&str| !line.is_empty() && !line.contains(" : ") && !line.starts_with("Location ");
    let shown: Vec<&str> = shown.lines().filter(is_text).filter(|line| *line != "SMS message").collect();
    let joined = shown.concat();
    for text in TEXTS {
        assert!(joined.contains(text), "{text:?} is not in {shown:#?}");
    }
}

/// Sends the first text and is told of its coming back, sends the others and looks into the store for them (of several
/// announcements that come together it hears only one), and then sends one that nobody answers, with a report about it.
const SCRIPT: &str = r#"
import queue, sys, time
from gsmmodem.modem import GsmModem, SentSms
port, echo, nobody, first, *texts = sys.argv[1:]
came = queue.Queue()
modem = GsmModem(port, 115200, smsReceivedCallbackFunc=lambda sms: came.put(sms.text), AT_CNMI="2,1,0,0")
modem.smsTextMode = False
modem.connect()
print(modem.manufacturer, modem.model)
modem.sendSms(echo, first)
print(came.get(timeout=60))
modem.write("AT+CNMI=2,0,0,0")
for text in texts:
    modem.sendSms(echo, text)
    back = ""
    while len(back) < len(text):
        back += "".join(sms.text for sms in modem.listStoredSms(delete=True))
    print(back)
modem.write("AT+CNMI=2,0,0,2")
sent = modem.sendSms(nobody, "report", waitForDeliveryReport=True, deliveryTimeout=60)
print(sent.status == SentSms.FAILED)
modem.close()
"#;

#[test]
fn python_gsmmodem_sends_and_receives_the_same_texts_and_a_report() {
    let Some(python) = python() else { return };
    let lab = Rehearsal::start();
    let script = lab.write("script.py", SCRIPT);
    let texts = TEXTS.map(first_plane);
    let mut command = Command::new(python);
    command.arg(script).args([lab.port(), lab.echo(), "+99950000000"]).args(&texts);
    let output = command.env("PYTHONIOENCODING", "utf-8").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let heard = lab.heard();
    assert_eq!(heard[..texts.len()], texts);
    let mut lines = said.lines();
    assert_eq!(lines.next(), Some("homing lab"));
    for text in &texts {
        // Its table has a backquote at 5F, where TS 23.038 has the section mark, which it sends right.
        assert_eq!(lines.next(), Some(text.replace('\u{a7}', "`").as_str()));
    }
    assert_eq!(lines.next(), Some("True"), "the report did not come: {said}");
}
