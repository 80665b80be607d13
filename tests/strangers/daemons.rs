//! Programs that stay and work on folders: smstools and gammu-smsd.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::rehearsal::{Daemon, Rehearsal, program, until};
use super::{TEXTS, first_plane};

/// What stands in the files of a folder, those that are still being written left out.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let ready = entries.filter(|path| !path.to_string_lossy().ends_with(".LOCK"));
    let mut paths: Vec<_> = ready.collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

/// Both sides have every text, in whatever order.
fn same(mut one: Vec<String>, mut other: Vec<String>) {
    one.sort();
    other.sort();
    assert_eq!(one, other);
}

#[test]
fn smstools_sends_and_receives_the_same_texts() {
    let Some(smsd) = program("smsd") else { return };
    let lab = Rehearsal::start();
    let [outgoing, checked, incoming, failed] =
        ["outgoing", "checked", "incoming", "failed"].map(|name| lab.folder(name));
    let of = |name: &str| lab.path(name).display().to_string();
    let settings = format!(
        "devices = LAB\noutgoing = {}\nchecked = {}\nincoming = {}\nfailed = {}\nlogfile = {}\ninfofile = {}\n\
         pidfile = {}\ndelaytime = 1\nreceive_before_send = no\nautosplit = 3\nincoming_utf8 = yes\n\
         decode_unicode_text = yes\n[LAB]\ndevice = {}\nincoming = yes\ninit = AT+CPMS=\"ME\",\"ME\",\"ME\"\n\
         baudrate = 115200\n",
        outgoing.display(),
        checked.display(),
        incoming.display(),
        failed.display(),
        of("smsd.log"),
        of("smsd.working"),
        of("smsd.pid"),
        lab.port()
    );
    let settings = lab.write("smsd.conf", &settings);
    let wanted = TEXTS.map(first_plane).to_vec();
    for (number, text) in wanted.iter().enumerate() {
        // A file is taken as soon as it is there: it has to be whole then.
        let to = lab.echo().trim_start_matches('+');
        let file = lab.write("message", &format!("To: {to}\nAlphabet: UTF-8\n\n{text}"));
        fs::rename(file, outgoing.join(format!("message{number}"))).unwrap();
    }
    let _smsd = Daemon::start(Command::new(smsd).arg("-t").arg("-c").arg(settings));
    until("smstools' sending", || (lab.heard().len() == TEXTS.len()).then_some(()));
    same(lab.heard(), wanted.clone());
    let came = until("smstools' receiving", || {
        let files = files(&incoming);
        (files.len() >= TEXTS.len()).then_some(files)
    });
    let texts = came.iter().map(|file| {
        let file = String::from_utf8_lossy(file).into_owned();
        file.split_once("\n\n").unwrap().1.to_owned()
    });
    same(texts.collect(), wanted);
    assert_eq!(files(&failed), Vec::<Vec<u8>>::new());
}

#[test]
fn gammu_smsd_sends_and_receives_the_same_texts() {
    let Some(smsd) = program("gammu-smsd") else { return };
    let lab = Rehearsal::start();
    let [inbox, outbox, sent, error] = ["inbox", "outbox", "sent", "error"].map(|name| lab.folder(name));
    let settings = format!(
        "[gammu]\ndevice = {}\nconnection = at115200\nsynchronizetime = no\n[smsd]\nservice = files\n\
         logfile = {}\ninboxpath = {}/\noutboxpath = {}/\nsentsmspath = {}/\nerrorsmspath = {}/\n\
         inboxformat = unicode\noutboxformat = unicode\ntransmitformat = auto\ncommtimeout = 1\nchecksecurity = 0\n\
         multiparttimeout = 5\n",
        lab.port(),
        lab.path("smsd.log").display(),
        inbox.display(),
        outbox.display(),
        sent.display(),
        error.display()
    );
    let settings = lab.write("smsdrc", &settings);
    for (number, text) in TEXTS.iter().enumerate() {
        // With a byte order mark a file is UCS-2; otherwise it is taken as it stands.
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        let file = lab.path("message");
        fs::write(&file, units.flat_map(u16::to_be_bytes).collect::<Vec<u8>>()).unwrap();
        let name = format!("OUTA20260801_00000{number}_00_{}_lab.txt", lab.echo());
        fs::rename(file, outbox.join(name)).unwrap();
    }
    let _smsd = Daemon::start(Command::new(smsd).env("LC_ALL", "C.UTF-8").arg("-c").arg(settings));
    until("gammu-smsd's sending", || (lab.heard().len() == TEXTS.len()).then_some(()));
    same(lab.heard(), TEXTS.map(str::to_owned).to_vec());
    // A long text may come as one file for each part, whose names stand in their order.
    let wanted: usize = TEXTS.iter().map(|text| text.encode_utf16().count()).sum();
    let came = until("gammu-smsd's receiving", || {
        let joined: String = files(&inbox).iter().map(|file| utf_16(file)).collect();
        (joined.encode_utf16().count() >= wanted).then_some(joined)
    });
    assert_eq!(came.encode_utf16().count(), wanted, "{came:?}");
    for text in TEXTS {
        assert!(came.contains(text), "{text:?} is not in {came:?}");
    }
    assert_eq!(files(&error), Vec::<Vec<u8>>::new());
}

/// UTF-16 in the order of bytes that its mark tells. gammu-smsd writes as many units as there were septets, and leaves
/// behind the text what stood in its memory.
fn utf_16(file: &[u8]) -> String {
    let (pairs, _) = file.as_chunks::<2>();
    let little = pairs.first() == Some(&[0xFF, 0xFE]);
    let unit = |pair: &[u8; 2]| if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) };
    let units: Vec<u16> =
        pairs.iter().map(unit).filter(|unit| *unit != 0xFEFF).take_while(|unit| *unit != 0).collect();
    String::from_utf16_lossy(&units)
}
