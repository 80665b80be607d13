//! A modem whose port went away and came back, as the engine is to see it: the same courier that was down for a while,
//! or another modem, which is never taken for it. Pure; who waits for the port, and how long, stands elsewhere.

use std::collections::HashSet;

use crate::engine::{Cause, Inbound, News, StoreKey};
use crate::modem::{About, Key};

/// Bits of a store key that the dialogue itself counts in; above them stands which dialogue it was.
const DIALOGUE: u32 = 40;

/// Returns in a row, without a message accepted in between, after which a modem is not waited for any more.
const RETURNS: u32 = 5;

/// What tells one modem with its SIM card from another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Identity {
    imei: Option<String>,
    imsi: Option<String>,
}

impl Identity {
    fn of(about: &About) -> Self {
        Self { imei: about.imei.clone(), imsi: about.imsi.clone() }
    }

    /// What differs, in words; a modem that does not tell is taken at its port's word.
    fn differs(&self, other: &Self) -> Option<String> {
        let differ = |one: &Option<String>, other: &Option<String>| {
            one.as_ref().zip(other.as_ref()).filter(|(one, other)| one != other).is_some()
        };
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        if differ(&self.imei, &other.imei) {
            let (was, is) = (said(&self.imei), said(&other.imei));
            return Some(format!("another modem is there now: its IMEI is {is}, and it was {was}"));
        }
        if differ(&self.imsi, &other.imsi) {
            let (was, is) = (said(&self.imsi), said(&other.imsi));
            return Some(format!("another SIM card is in it now: its IMSI is {is}, and it was {was}"));
        }
        None
    }
}

/// Where it stands.
#[derive(Debug, Default)]
enum Stand {
    /// At its port.
    #[default]
    There,
    /// Its port is away.
    Away,
    /// A port is there again; what it tells waits until it is known to be the same.
    Back(Vec<News>),
    /// It was another one, or does not hold: nothing more is told.
    Over,
}

/// Remembers who a modem is, through the times that its port was away.
#[derive(Debug, Default)]
pub(super) struct Returning {
    known: Option<Identity>,
    stand: Stand,
    /// Which dialogue it is, from 0.
    dialogue: u64,
    /// Returns since the last message that was accepted.
    in_a_row: u32,
    /// Messages that lay there when the first dialogue began.
    old: HashSet<Print>,
}

/// What two readings of one message have in common.
type Print = (crate::engine::Sender, Option<i64>, String);

impl Returning {
    /// The port is gone. Whether its return is worth waiting for: of a modem that worked, and that was not lost
    /// again and again without getting anything done.
    pub(super) fn lost(&mut self) -> bool {
        let is_waited_for = self.known.is_some() && self.in_a_row < RETURNS;
        if is_waited_for && !matches!(self.stand, Stand::Over) {
            self.stand = Stand::Away;
        }
        is_waited_for
    }

    /// Whether its port is away and may come back.
    pub(super) fn is_away(&self) -> bool {
        matches!(self.stand, Stand::Away)
    }

    /// A port is there again, and a new dialogue begins.
    pub(super) fn back(&mut self) {
        self.dialogue += 1;
        self.in_a_row += 1;
        self.stand = Stand::Back(Vec::new());
    }

    /// It turned out to be another one: nothing may be said to it.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.stand, Stand::Over)
    }

    /// What a store key of this dialogue is called outside: no key of an earlier one, as that is another message.
    pub(super) fn outside(&self, key: Key) -> StoreKey {
        StoreKey(self.dialogue << DIALOGUE | key.0)
    }

    /// What a store key from outside is called in this dialogue; none when it is of an earlier one, whose message is
    /// read again.
    pub(super) fn inside(&self, key: StoreKey) -> Option<Key> {
        (key.0 >> DIALOGUE == self.dialogue).then_some(Key(key.0 & ((1 << DIALOGUE) - 1)))
    }

    /// It is ready: what can be told now.
    pub(super) fn up(&mut self, about: &About, up: News) -> Vec<News> {
        let found = Identity::of(about);
        let other = self.known.as_ref().and_then(|known| known.differs(&found));
        let held = match std::mem::take(&mut self.stand) {
            Stand::Back(held) => held,
            stand => {
                self.stand = stand;
                Vec::new()
            }
        };
        if let Some(sentence) = other {
            self.stand = Stand::Over;
            let cause = Cause::new(sentence)
                .hint("put the right one in, and go on with `homing batch resume` where it was a batch");
            return vec![News::Down { cause, last: true }];
        }
        self.known = Some(found);
        held.into_iter().chain([up]).collect()
    }

    /// What can be told now of what happened.
    pub(super) fn tell(&mut self, news: News) -> Vec<News> {
        let news = match (news, &self.stand) {
            (_, Stand::Over) => return Vec::new(),
            (News::Down { cause, last: true }, Stand::Away) => News::Down { cause, last: false },
            // The parts that are there are read again with the rest.
            (News::Inbound(inbound), Stand::Away) if inbound.missing.0 > 0 => return Vec::new(),
            (News::Inbound(inbound), _) => News::Inbound(self.dated(inbound)),
            (news, _) => news,
        };
        if matches!(news, News::Outcome(_, crate::engine::Outcome::Accepted { .. })) {
            self.in_a_row = 0;
        }
        match &mut self.stand {
            // The engine waits for what lies in the store before it believes in silence.
            Stand::Back(held) if matches!(news, News::Inbound(_) | News::Receipt(_)) => {
                held.push(news);
                Vec::new()
            }
            _ => vec![news],
        }
    }

    /// Old is what lay in the store before anything was asked, in the first dialogue; what came while the port was
    /// away is told as any other message, with its date.
    fn dated(&mut self, inbound: Inbound) -> Inbound {
        let print = (inbound.sender.clone(), inbound.sent_ms, inbound.text.clone());
        if self.dialogue == 0 {
            if inbound.old {
                self.old.insert(print);
            }
            return inbound;
        }
        Inbound { old: self.old.contains(&print), ..inbound }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{AttemptId, Capacity, Outcome, Sender};

    fn about(imei: &str, imsi: &str) -> About {
        About { imei: Some(imei.to_owned()), imsi: Some(imsi.to_owned()), ..About::default() }
    }

    fn up() -> News {
        News::Up(Capacity::default())
    }

    fn lost() -> News {
        News::Down { cause: Cause::new("the port vanished"), last: true }
    }

    fn message(text: &str, old: bool) -> News {
        let sender = Sender::International("447700900123".to_owned());
        let inbound = Inbound {
            key: StoreKey(1),
            sender,
            sent_ms: Some(1),
            text: text.to_owned(),
            missing: (0, 1),
            old,
        };
        News::Inbound(inbound)
    }

    /// One that worked and lost its port.
    fn away() -> Returning {
        let mut one = Returning::default();
        assert_eq!(one.up(&about("1", "2"), up()), [up()]);
        assert!(one.lost());
        one
    }

    #[test]
    fn a_port_that_went_away_is_no_end_of_a_modem_that_worked() {
        let mut one = away();
        assert!(matches!(&one.tell(lost())[..], [News::Down { last: false, .. }]));
        one.back();
        assert_eq!(one.up(&about("1", "2"), up()), [up()]);
    }

    #[test]
    fn a_modem_that_never_worked_is_not_waited_for() {
        let mut one = Returning::default();
        assert!(!one.lost());
        assert_eq!(one.tell(lost()), [lost()]);
    }

    #[test]
    fn another_modem_or_another_sim_card_is_never_taken_for_it_and_nothing_that_it_holds_is_told() {
        for (other, word) in [(about("9", "2"), "IMEI is 9"), (about("1", "9"), "IMSI is 9")] {
            let mut one = away();
            one.back();
            assert_eq!(one.tell(message("VERSION: other", true)), []);
            let told = one.up(&other, up());
            let [News::Down { cause, last: true }] = &told[..] else { panic!("{told:?}") };
            assert!(cause.sentence.contains(word), "{cause:?}");
            assert!(one.is_over());
            assert_eq!(one.tell(message("OK!", false)), []);
        }
    }

    #[test]
    fn what_came_while_it_was_away_is_told_before_it_counts_as_ready_and_as_new() {
        let mut one = Returning::default();
        assert_eq!(one.tell(message("parcel", true)), [message("parcel", true)]);
        one.up(&about("1", "2"), up());
        one.lost();
        one.back();
        assert_eq!(one.tell(message("parcel", true)), []);
        assert_eq!(one.tell(message("OK!", true)), []);
        let told = one.up(&about("1", "2"), up());
        assert_eq!(told, [message("parcel", true), message("OK!", false), up()]);
    }

    #[test]
    fn a_key_of_an_earlier_dialogue_deletes_nothing_in_a_later_one() {
        let mut one = away();
        let early = one.outside(Key(7));
        assert_eq!(one.inside(early), Some(Key(7)));
        one.back();
        assert_eq!(one.inside(early), None);
        assert_eq!(one.inside(one.outside(Key(7))), Some(Key(7)));
    }

    #[test]
    fn a_port_that_goes_again_and_again_is_given_up_but_not_one_that_gets_something_done() {
        let mut one = away();
        for _ in 0..RETURNS {
            one.back();
            one.up(&about("1", "2"), up());
            let was = one.lost();
            assert_eq!(was, one.in_a_row < RETURNS);
        }
        assert!(!one.lost());
        let mut one = away();
        for at in 0..20 {
            one.back();
            one.up(&about("1", "2"), up());
            one.tell(News::Outcome(AttemptId(at), Outcome::Accepted { references: Vec::new() }));
            assert!(one.lost());
        }
    }
}
