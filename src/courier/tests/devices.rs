//! The hand-written devices themselves: that they obey what the facts say, and nothing else.

use super::support::device::{Brain, Habits};
use super::support::hash::HashDevice;
use super::support::numeric::NumericDevice;
use super::{ask, ask_briefly, open};

#[test]
fn the_hash_tracker_obeys_what_is_right() {
    let mut tracker = HashDevice::new();
    for command in [
        "GMT,E,0#",
        "APN,internet,user,pass#",
        "SERVER,0,54.85.159.138,8888,1#",
        "SERVER,1,d.plaspy.com,8888#",
        "TIMER,60#",
    ] {
        assert_eq!(tracker.hear(command).unwrap(), "OK!", "{command}");
    }
    let settings = tracker.settings();
    for (name, value) in [
        ("apn", "internet"),
        ("apn_user", "user"),
        ("apn_password", "pass"),
        ("server", "d.plaspy.com"),
        ("port", "8888"),
        ("transport", "tcp"),
        ("interval", "60"),
        ("timezone", "0.0"),
    ] {
        assert_eq!(settings[name], value, "{name}");
    }
    assert!(tracker.hear("PARAM#").unwrap().contains(";APN:internet;IP:d.plaspy.com:8888;"));
    assert!(tracker.hear("FACTORY#").unwrap().starts_with("OK, The terminal will restart"));
    assert_eq!(tracker.settings(), HashDevice::new().settings());
}

#[test]
fn the_hash_tracker_refuses_what_is_wrong() {
    for command in [
        "SERVER,0,d.plaspy.com,8888#",
        "SERVER,1,54.85.159.138,8888#",
        "SERVER,1,8888,d.plaspy.com#",
        "SERVER,2,d.plaspy.com,8888#",
        "SERVER,1,d.plaspy.com,0#",
        "SERVER,1,d.plaspy.com,65536#",
        "SERVER,1,d.plaspy.com,8888,2#",
        "SERVER,1,d.plaspy.com#",
        "SERVER,1, d.plaspy.com,8888#",
        "APN,#",
        "APN,internet,user#",
        "TIMER,60s#",
        "TIMER,1#",
        "TIMER,60,60#",
        "GMT,N,0#",
        "GMT,E,13#",
        "GMT,E,1,20#",
        "PARAM,1#",
    ] {
        let mut tracker = HashDevice::new();
        assert_eq!(tracker.hear(command).unwrap(), "Error:Number of parameters errors!", "{command}");
        assert_eq!(tracker.settings(), HashDevice::new().settings(), "{command}");
    }
    let mut tracker = HashDevice::new();
    for command in ["server,1,d.plaspy.com,8888#", "0000,801#", "AT#", "#", "TIMER,60#TIMER,60#"] {
        let answer = tracker.hear(command).unwrap();
        assert!(answer == "instruction error!" || answer.starts_with("Error:"), "{command}: {answer}");
    }
    assert_eq!(tracker.hear("TIMER,60"), None);
    assert_eq!(tracker.settings(), HashDevice::new().settings());
}

#[test]
fn the_numeric_tracker_obeys_what_is_right() {
    let mut tracker = NumericDevice::new();
    for (command, answer) in [
        ("0000,109,internet,user,pass", "109,OK"),
        ("0000,808,109", "808,109,internet,user,pass"),
        ("0000,109,CMNET", "109,OK"),
        ("0000,100,2,54.85.159.138,8888", "100,OK"),
        ("0000,100,1,d.plaspy.com,8888", "100,OK"),
        ("0000,808,100", "808,100,1,d.plaspy.com,8888"),
        ("0000,101,87.172.73.51,8011", "101,OK"),
        ("0000,102,10,,60", "102,OK"),
        ("0000,102,60", "102,OK"),
        ("0000,808,102", "808,102,60"),
        ("0000,103,0", "103,OK"),
        ("0000,601,-480", "601,OK"),
        ("0000,801", "801,143190870823,869912033012424,VT100_V100"),
        ("0000,802", "802,0000000F,03,01,31,12,4.15,00.00"),
        ("0000,803", "803,12345678901234567890"),
        ("0000,808,103", "808,103,Unsupport"),
        ("0000,910,3", "910,OK"),
        ("0000,999", "999,Unsupport"),
        ("0000,600,PW37", "600,OK"),
        ("0000,801", "801,Failed"),
        ("PW37,612,2", "612,OK"),
        ("0000,612,3", "612,OK"),
    ] {
        assert_eq!(tracker.hear(command).unwrap(), answer, "{command}");
    }
    assert_eq!(tracker.settings(), NumericDevice::new().settings());
}

#[test]
fn the_numeric_tracker_refuses_what_is_wrong() {
    for command in [
        "1234,100,1,d.plaspy.com,8888",
        "0000,100,3,d.plaspy.com,8888",
        "0000,100,d.plaspy.com,8888",
        "0000,100,1,8888,d.plaspy.com",
        "0000,100,1,d.plaspy.com,65535",
        "0000,100, 1,d.plaspy.com,8888",
        "0000,100,1,d.plaspy.com,8888,0",
        "0000,101,1,d.plaspy.com,8888",
        "0000,102,",
        "0000,102,70000",
        "0000,102,10,60,",
        "0000,103,2",
        "0000,109,",
        "0000,601,721",
        "0000,600,12345",
        "0000,612,4",
        "0000,910",
        "0000,801,",
    ] {
        let mut tracker = NumericDevice::new();
        assert!(tracker.hear(command).unwrap().ends_with(",Failed"), "{command}");
        assert_eq!(tracker.settings(), NumericDevice::new().settings(), "{command}");
    }
    let mut tracker = NumericDevice::with_password("PW37");
    assert_eq!(tracker.hear("PW37,801").unwrap(), "801,143190870823,869912033012424,VT100_V100");
    for command in ["VERSION#", "PARAM#", "SERVER,1,d.plaspy.com,8888#", "AT", "0000801"] {
        assert_eq!(tracker.hear(command), None, "{command}");
    }
}

#[test]
fn habits_change_how_a_device_behaves_on_the_line() {
    let device = NumericDevice::plug(Habits {
        refuse: Some(",103,"),
        obey_silently: Some(",102,"),
        only_claim: Some(",109,"),
        silent_after: Some(4),
        ..Habits::default()
    });
    let mut cable = open(&device);
    assert_eq!(ask(&mut cable, "0000,103,1", "103").lines, ["103,Failed"]);
    assert!(ask_briefly(&mut cable, "0000,102,60").is_silent());
    assert_eq!(ask(&mut cable, "0000,109,internet", "109").lines, ["109,OK"]);
    assert_eq!(ask(&mut cable, "0000,100,1,d.plaspy.com,8888", "100").lines, ["100,OK"]);
    assert!(ask_briefly(&mut cable, "0000,801").is_silent());
    let settings = device.settings();
    assert_eq!((&*settings["reliable"], &*settings["interval"], &*settings["apn"]), ("0", "60", "CMNET"));
    assert_eq!(settings["server"], "d.plaspy.com");
    assert_eq!(device.commands_once(5).len(), 5);
}
