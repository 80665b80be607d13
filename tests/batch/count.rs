//! The checker of every test that kills: what the lab saw against what the journal says. It knows the documents of
//! both and nothing of how either came about.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde_json::{Value, json};

use crate::homing::Said;

/// What was counted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Messages that the lab's network took.
    pub(crate) submitted: usize,
    /// Messages that reached their tracker.
    pub(crate) arrived: usize,
    /// Attempts that the journal says were let out.
    pub(crate) let_out: usize,
    /// Of these, those of which it says that nobody knows whether they arrived.
    pub(crate) unknown: usize,
    /// Trackers that stand unknown.
    pub(crate) standing_unknown: usize,
    /// Attempts of which it says that the program ended before they were let out, or before a word came of them.
    pub(crate) cut: [usize; 2],
    /// Attempts that are not settled.
    pub(crate) open: usize,
    /// Taken or answered by the journal's word, and never seen by the network.
    pub(crate) lost: Vec<String>,
    /// Seen by the network more often than the journal has attempts, or let out in two attempts without a person's word.
    pub(crate) twice: Vec<String>,
    /// Seen by the network, and nowhere in the journal.
    pub(crate) foreign: Vec<String>,
}

impl Count {
    /// Fails unless all that left is written, and all that is written left or is unknown.
    #[track_caller]
    pub(crate) fn must_be_right(&self) {
        let wrong = [&self.lost, &self.twice, &self.foreign];
        assert!(wrong.iter().all(|list| list.is_empty()) && self.open == 0, "{self}\n{wrong:#?}");
        assert_eq!(self.arrived, self.submitted, "the lab lost something: {self}");
    }

    /// Fails unless a run ended as all that the trackers of these tests can: proven, or in doubt where something is.
    #[track_caller]
    pub(crate) fn must_fit(&self, last: &Said) {
        let in_doubt = last.code == 3 && self.unknown > 0;
        assert!(last.code == 0 || in_doubt, "{self}\n{last}");
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "submitted {} = arrived {}, let out {}, of these unknown {} (trackers that stand unknown: {}), \
             cut off before Ctrl-Z {} and behind it {}, open {}, lost {}, twice {}, foreign {}",
            self.submitted,
            self.arrived,
            self.let_out,
            self.unknown,
            self.standing_unknown,
            self.cut[0],
            self.cut[1],
            self.open,
            self.lost.len(),
            self.twice.len(),
            self.foreign.len()
        )
    }
}

/// One tracker's number and one text.
type Message = (String, String);

/// An attempt that was let out: the references that the network gave it, and whether its outcome is unknown.
struct LetOut {
    references: Vec<String>,
    unknown: bool,
}

/// Counts the lab's events against a report of the whole batch. `phones` are the trackers' numbers by their names.
pub(crate) fn count(events: &[Value], report: &Value, phones: &HashMap<String, String>) -> Count {
    let mut counted = Count::default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    // What the network took, by whom it was for and what it said: the references.
    let mut taken: BTreeMap<Message, Vec<String>> = BTreeMap::new();
    for event in events {
        let message = (word(&event["to"]), word(&event["text"]));
        match event["kind"].as_str() {
            Some("submit") if event["refused"].is_null() => {
                assert!(event["part"].is_null(), "a long message is not counted: {event}");
                counted.submitted += 1;
                taken.entry(message).or_default().push(event["reference"].to_string());
            }
            Some("deliver") => counted.arrived += 1,
            _ => {}
        }
    }
    for (message, attempts) in let_out(report, phones, &mut counted) {
        counted.let_out += attempts.len();
        let seen = taken.remove(&message).unwrap_or_default();
        settle(&message, attempts, seen, &mut counted);
    }
    for ((to, text), seen) in taken {
        counted.foreign.push(format!("{text} to {to}, {} times", seen.len()));
    }
    counted
}

fn let_out(
    report: &Value,
    phones: &HashMap<String, String>,
    counted: &mut Count,
) -> BTreeMap<Message, Vec<LetOut>> {
    let mut all: BTreeMap<Message, Vec<LetOut>> = BTreeMap::new();
    for tracker in report["trackers"].as_array().unwrap() {
        counted.standing_unknown += usize::from(tracker["standing"] == "unknown");
        let phone = &phones[tracker["name"].as_str().unwrap()];
        for command in tracker["commands"].as_array().unwrap() {
            let message = (phone.clone(), command["text"].as_str().unwrap().to_owned());
            let mut may_have_arrived = 0;
            for attempt in command["attempts"].as_array().unwrap() {
                let cause = attempt["cause"].as_str().unwrap_or_default();
                counted.cut[0] += usize::from(cause.contains("ended before it was let out"));
                counted.cut[1] += usize::from(cause.contains("ended before a word came"));
                let state = attempt["state"].as_str().unwrap();
                counted.open += usize::from(matches!(state, "handed" | "committed" | "accepted"));
                let unknown = state == "unknown";
                counted.unknown += usize::from(unknown);
                if matches!(state, "handed" | "not_sent" | "rejected") {
                    continue;
                }
                may_have_arrived += usize::from(state != "superseded");
                let references = attempt["references"].as_array().unwrap().iter();
                let references = references.map(|one| one.as_str().unwrap().to_owned()).collect();
                // What a person had sent once more may have arrived or not.
                let unknown = unknown || state == "superseded";
                all.entry(message.clone()).or_default().push(LetOut { references, unknown });
            }
            if may_have_arrived > 1 {
                counted.twice.push(format!("{} to {phone}, in {may_have_arrived} attempts", message.1));
            }
        }
    }
    all
}

/// Gives each attempt what the network saw of it: by its reference first, then whatever is left.
fn settle(message: &Message, attempts: Vec<LetOut>, mut seen: Vec<String>, counted: &mut Count) {
    let (to, text) = message;
    let (named, unnamed): (Vec<_>, Vec<_>) = attempts.into_iter().partition(|one| !one.references.is_empty());
    for attempt in named {
        match seen.iter().position(|reference| attempt.references.contains(reference)) {
            Some(at) => drop(seen.swap_remove(at)),
            None => counted.lost.push(format!("{text} to {to}, as {}", attempt.references.join(" "))),
        }
    }
    // Whoever says less is served last.
    let (unknown, sure): (Vec<_>, Vec<_>) = unnamed.into_iter().partition(|one| one.unknown);
    for _ in sure {
        if seen.pop().is_none() {
            counted.lost.push(format!("{text} to {to}, answered without a reference"));
        }
    }
    seen.truncate(seen.len().saturating_sub(unknown.len()));
    counted.twice.extend(seen.into_iter().map(|reference| format!("{text} to {to}, as {reference}")));
}

/// A log and a report that agree: one tracker, one question, one command whose outcome is unknown.
fn agreeing() -> (Vec<Value>, Value, HashMap<String, String>) {
    let submit = |text: &str, reference: u8| json!({"kind": "submit", "to": "+1", "text": text, "reference": reference, "part": null, "refused": null});
    let deliver = |text: &str| json!({"kind": "deliver", "to": "+1", "text": text});
    let log = vec![submit("ASK#", 0), deliver("ASK#"), submit("SET#", 1), deliver("SET#")];
    let attempt =
        |state: &str, references: &[&str]| json!({"state": state, "references": references, "cause": null});
    let command = |text: &str, attempts: Value| json!({"text": text, "attempts": attempts});
    let report = json!({"trackers": [{"name": "A", "standing": "unknown", "commands": [
        command("ASK#", json!([attempt("not_sent", &[]), attempt("answered", &["0"])])),
        command("SET#", json!([attempt("unknown", &[])])),
    ]}]});
    (log, report, HashMap::from([("A".to_owned(), "+1".to_owned())]))
}

#[test]
fn what_agrees_is_right_and_an_unknown_message_may_have_left_or_not() {
    let (mut log, report, phones) = agreeing();
    let counted = count(&log, &report, &phones);
    counted.must_be_right();
    assert_eq!((counted.submitted, counted.let_out, counted.unknown), (2, 2, 1), "{counted}");
    log.truncate(2);
    count(&log, &report, &phones).must_be_right();
}

#[test]
fn a_second_submission_a_lost_one_a_foreign_one_and_an_open_attempt_are_each_noticed() {
    let (log, report, phones) = agreeing();
    let of = |log: &[Value], report: &Value| {
        let counted = count(log, report, &phones);
        (counted.lost.len(), counted.twice.len(), counted.foreign.len(), counted.open)
    };
    let again = [&log[..], &log[..2]].concat();
    assert_eq!(of(&again, &report), (0, 1, 0, 0));
    // What is unknown may have left once, and not twice.
    let again = [&log[..], &log[2..]].concat();
    assert_eq!(of(&again, &report), (0, 1, 0, 0));
    assert_eq!(of(&log[2..], &report), (1, 0, 0, 0));
    // Another message's reference is not this one's.
    let mut other = log.clone();
    other[0]["reference"] = json!(7);
    assert_eq!(of(&other, &report), (1, 1, 0, 0));
    let mut other = log.clone();
    other[0]["text"] = json!("ELSE#");
    assert_eq!(of(&other, &report), (1, 0, 1, 0));
    // Two attempts of which both may have arrived are one too many, but for a person who wanted the second.
    let second = json!({"state": "answered", "references": ["1"], "cause": null});
    let mut two = report.clone();
    two["trackers"][0]["commands"][1]["attempts"].as_array_mut().unwrap().push(second);
    assert_eq!(of(&[&log[..], &log[2..]].concat(), &two), (0, 1, 0, 0));
    two["trackers"][0]["commands"][1]["attempts"][0]["state"] = json!("superseded");
    assert_eq!(of(&log, &two), (0, 0, 0, 0));
    let mut open = report.clone();
    open["trackers"][0]["commands"][0]["attempts"][1]["state"] = json!("accepted");
    assert_eq!(of(&log, &open), (0, 0, 0, 1));
}
