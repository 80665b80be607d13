//! The best that can be proven of a tracker, and whether what is claimed of it is true.

use std::time::Duration;

use homing::engine::Standing;
use homing::plan::{self, Ask, Command, What, sets};
use homing::profile::{FormName, Means};
use homing::tracker::Tracker;

use crate::fleet::Member;
use crate::record::File;
use crate::walk::{End, Shown, Walk, Wrong};

/// What the observer says of a tracker.
pub(crate) struct Verdict {
    pub(crate) standing: Standing,
    pub(crate) wrong: Vec<Wrong>,
}

pub(crate) fn judge(member: &Member, file: &File, patience: Option<Duration>) -> Verdict {
    let mut walk = Walk::new(member, file, patience);
    let standing = follow(&mut walk);
    let rest: Vec<Wrong> =
        walk.rest().iter().map(|one| Wrong::Unplanned(format!("{:?} at {:?}", one.text, one.at))).collect();
    let mut wrong = walk.wrong;
    wrong.extend(rest);
    Verdict { standing, wrong }
}

/// Whether everything that the plan gives a value is so in the tracker itself.
pub(crate) fn is_so(member: &Member, file: &File) -> bool {
    member.script.commands.commands.iter().all(|command| {
        sets(&member.profile, command).into_iter().all(|name| {
            let Some(wanted) = member.profile.value(&member.tracker, name) else { return true };
            let kept = file.settings.get(name).map_or("", String::as_str);
            // What stands as the maker set it was never changed, and is not in the record.
            kept.is_empty() || member.profile.same_value(name, &wanted, kept)
        })
    })
}

/// How a command of the plan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Acknowledged,
    Unanswered,
}

fn follow(walk: &mut Walk<'_>) -> Standing {
    if let Some(standing) = questions(walk) {
        return standing;
    }
    let member = walk.member;
    let mut states = Vec::new();
    // Behind a command without an answer, an OK that names no command may be that one's.
    let mut late = false;
    for command in &member.script.commands.commands {
        match walk.command(&member.profile, command) {
            End::Answered(reading) => match reading.means {
                Means::Ok if late && !reading.telling => states.push(State::Unanswered),
                Means::Ok | Means::Value => states.push(State::Acknowledged),
                Means::Pending => unreachable!("a pending answer ends nothing"),
                _ => return Standing::Refused,
            },
            End::Unanswered => {
                late = true;
                states.push(State::Unanswered);
            }
            End::Unknown => {
                let shown = walk.reads(&member.script.reads);
                if !shown.carries(member, command) {
                    return Standing::Unknown;
                }
                late = true;
                states.push(State::Acknowledged);
            }
            End::Refused => return Standing::Failed,
            End::Kept => return cut(&states),
        }
    }
    let shown = walk.reads(&member.script.reads);
    proven(member, &states, &shown)
}

/// The conversation ended at a command that did not leave.
fn cut(states: &[State]) -> Standing {
    if states.is_empty() { Standing::Planned } else { Standing::Sent }
}

/// Asks until the dialect is known; where it is not, what that comes to.
fn questions(walk: &mut Walk<'_>) -> Option<Standing> {
    let member = walk.member;
    let (mut recognised, mut told, mut doubt) = (false, false, false);
    for command in &member.script.questions.commands {
        let tells = member.profile.readable(command.step).any(|name| name == "imei");
        if recognised && (told || !tells) {
            continue;
        }
        match walk.command(&member.profile, command) {
            End::Answered(reading) => {
                if matches!(reading.means, Means::BadPassword | Means::NotAuthorised) {
                    return Some(Standing::Refused);
                }
                recognised = true;
                if let Some((_, imei)) = reading.values.iter().find(|(name, _)| name == "imei") {
                    told = true;
                    if Some(imei.as_str()) != member.tracker.imei.as_ref().map(|imei| imei.as_str()) {
                        return Some(Standing::Failed);
                    }
                }
            }
            End::Unanswered => {}
            End::Unknown => doubt = true,
            End::Refused => return Some(Standing::Failed),
            End::Kept => return Some(Standing::Planned),
        }
    }
    if recognised {
        return None;
    }
    for command in others(member) {
        match walk.command(&member.other, &command) {
            End::Answered(_) => return Some(Standing::Failed),
            End::Unanswered => {}
            End::Unknown => doubt = true,
            End::Refused => return Some(Standing::Failed),
            End::Kept => return Some(Standing::Planned),
        }
    }
    Some(if doubt { Standing::Unknown } else { Standing::Planned })
}

/// The question of the dialect that it may be mistaken for.
fn others(member: &Member) -> Vec<Command> {
    let Some(alternative) = member.profile.alternatives.first() else { return Vec::new() };
    let steps = [alternative.tell.value.clone()];
    let ask = Ask { what: What::Steps(&steps), ..Ask::routine("identify", FormName::Sms) };
    let same = Tracker { imei: member.tracker.imei, phone: member.tracker.phone, ..Tracker::default() };
    plan::plan(&member.other, &same, &ask).map(|plan| plan.commands).unwrap_or_default()
}

/// Where a conversation that came to its end leaves a tracker.
fn proven(member: &Member, states: &[State], shown: &Shown) -> Standing {
    let profile = &*member.profile;
    let commands = &member.script.commands.commands;
    let names = commands.iter().flat_map(|command| sets(profile, command));
    let wanted: Vec<(String, String)> = names
        .filter_map(|name| Some((name.to_owned(), profile.value(&member.tracker, name)?.into_owned())))
        .collect();
    let found = |name: &str| shown.values.get(name);
    if wanted
        .iter()
        .any(|(name, value)| found(name).is_some_and(|found| !profile.same_value(name, value, found)))
    {
        return Standing::Failed;
    }
    let open = wanted.iter().any(|(name, _)| found(name).is_none() && shown.open.contains(name));
    let each = states
        .iter()
        .zip(commands)
        .all(|(state, command)| *state == State::Acknowledged || shown.carries(member, command));
    if !open && each && found("server").is_some() && found("port").is_some() {
        Standing::Verified
    } else if states.iter().all(|state| *state == State::Acknowledged) {
        Standing::Acknowledged
    } else {
        Standing::Sent
    }
}
