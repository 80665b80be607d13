//! How many commands a second one core plans: `cargo bench --bench commands`.
//! Ten runs each, best and median; no assertion, as a clock has no place in a test.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench prints its figures and fails by panicking"
)]

use std::hint::black_box;
use std::time::Instant;

use homing::plan::{Ask, plan};
use homing::profile::{Catalogue, FormName, Profile, tracker_with};
use homing::tracker::Tracker;

const TRACKERS: usize = 50_000;
const RUNS: usize = 10;

fn main() {
    for (id, form) in
        [("istartek-pt32", FormName::Sms), ("istartek-vt", FormName::Sms), ("istartek-vt", FormName::Link)]
    {
        let catalogue = Catalogue::built_in();
        let profile = catalogue.find(id).expect("a built-in profile");
        let trackers: Vec<Tracker> = (0..64).map(tracker).collect();
        let mut rates: Vec<f64> = (0..RUNS).map(|_| rate(profile, &trackers, form)).collect();
        rates.sort_by(f64::total_cmp);
        println!("{id} {form}: best {:.0}, median {:.0} commands/s", rates[RUNS - 1], rates[RUNS / 2]);
    }
}

fn tracker(number: usize) -> Tracker {
    let interval = (60 + number).to_string();
    let settings = [
        ("imei", "868683024748398"),
        ("apn", "internet"),
        ("apn_user", "user"),
        ("apn_password", "pass"),
        ("server", "d.plaspy.com"),
        ("port", "8888"),
        ("interval", interval.as_str()),
    ];
    tracker_with(settings).expect("settings of an example")
}

fn rate(profile: &Profile, trackers: &[Tracker], form: FormName) -> f64 {
    let ask = Ask::routine("provision", form);
    let start = Instant::now();
    let mut commands = 0;
    for number in 0..TRACKERS {
        let made = plan(profile, &trackers[number % trackers.len()], &ask).expect("a plan");
        commands += black_box(made).commands.len();
    }
    commands as f64 / start.elapsed().as_secs_f64()
}
