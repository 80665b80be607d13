//! What couriers report of the messages they were given. One law: an attempt that was let out is never called not
//! sent but by its courier's own word, and nothing is sent again but after such a word or a passing refusal.

use std::cmp::Reverse;
use std::time::Duration;

use super::conversation::Hand;
use super::entry::{AttemptState, CourierId, Entry, Why};
use super::receipts::delivered;
use super::{Act, Engine, Now, Turn};
use crate::engine::mail::{AttemptId, Cause, News, Order, Outcome};
use crate::engine::session::{Cut, Purpose};
use crate::engine::standing::{Reason, Standing};

/// The pause before what did not leave is handed over again; it doubles, up to a minute.
const AGAIN: Duration = Duration::from_secs(2);
/// The wait for an answer where neither the profile nor a courier says how long.
const LEAST: Duration = Duration::from_secs(1);

impl Engine {
    pub(super) fn news(&mut self, now: Now, courier: CourierId, news: News, turn: &mut Turn) {
        let Some(at) = self.find(courier) else { return };
        match news {
            News::Up(capacity) => {
                let courier = &mut self.couriers[at];
                courier.up = Some(capacity);
                courier.looked = true;
                courier.down = None;
                courier.since = None;
                let id = courier.id;
                self.hurry(now, id);
            }
            News::Down { cause, last } => self.down(now, at, cause, last, turn),
            News::Prompt(attempt) => self.prompt(now, at, attempt, turn),
            News::Outcome(attempt, outcome) => self.outcome(now, at, attempt, outcome, turn),
            News::Inbound(inbound) => self.inbound(now, at, inbound, turn),
            News::Receipt(receipt) => self.receipt(now, at, &receipt, turn),
            News::Notice(_) => {}
        }
    }

    /// A courier that knows how long answers take ends the waits of an earlier run sooner, which began without it.
    fn hurry(&mut self, now: Now, id: CourierId) {
        let of = |(index, one): (&usize, &super::Conversation)| {
            (one.resumed && one.courier == Some(id)).then_some(*index)
        };
        let waits: Vec<usize> = self.conversations.iter().filter_map(of).collect();
        for index in waits {
            let at = now.tick + self.window(index);
            let conversation = self.conversations.get_mut(&index);
            if let Some(Hand::Waiting { until, .. }) = conversation.map(|one| &mut one.hand)
                && at < *until
            {
                *until = at;
                self.timers.push(Reverse((at, index)));
            }
        }
    }

    /// A courier does not work; one that never will again leaves what it had to the others.
    fn down(&mut self, now: Now, at: usize, cause: Cause, last: bool, turn: &mut Turn) {
        let courier = &mut self.couriers[at];
        courier.up = None;
        courier.down = Some((cause.sentence.clone(), last));
        courier.since.get_or_insert(now.tick);
        if !last {
            return;
        }
        let id = courier.id;
        for index in std::mem::take(&mut courier.ready) {
            self.requeue(index);
        }
        // It has had its last word: what it says nothing of, nobody will.
        let left = |(index, one): (&usize, &super::Conversation)| match one.hand {
            Hand::Given { attempt, committed_ms } if one.courier == Some(id) => {
                Some((*index, attempt, committed_ms))
            }
            _ => None,
        };
        let left: Vec<_> = self.conversations.iter().filter_map(left).collect();
        for (_, attempt, committed_ms) in left {
            let outcome = match committed_ms {
                Some(_) => Outcome::Unknown(cause.clone()),
                None => Outcome::NotSent(cause.clone()),
            };
            self.outcome(now, at, attempt, outcome, turn);
        }
    }

    /// W2: a courier waits for the word that lets a message out.
    fn prompt(&mut self, now: Now, at: usize, attempt: AttemptId, turn: &mut Turn) {
        let id = self.couriers[at].id;
        let index = self.attempts.get(&attempt).copied();
        let conversation = index.and_then(|index| self.conversations.get_mut(&index));
        let Some((index, conversation)) = index.zip(conversation) else {
            turn.acts.push(Act::Give(id, Order::Abort(attempt)));
            return;
        };
        let Hand::Given { attempt: ours, committed_ms: committed_ms @ None } = &mut conversation.hand else {
            return;
        };
        if *ours != attempt {
            return;
        }
        *committed_ms = Some(now.wall_ms);
        let messages = u32::try_from(conversation.words.messages).unwrap_or(u32::MAX);
        let sets = conversation.words.purpose == Purpose::Command;
        let day = self.couriers[at].let_out(now.wall_ms, messages);
        turn.entries.push(Entry::Committed { attempt, at_ms: now.wall_ms, day, messages });
        if sets {
            self.items[index].set_at = Some(now.tick);
        }
        if sets && self.items[index].standing == Standing::Planned {
            self.sent(now, index, turn);
        }
        turn.acts.push(Act::Give(id, Order::Release(attempt)));
    }

    /// The first command that changes a tracker is on its way.
    fn sent(&mut self, now: Now, index: usize, turn: &mut Turn) {
        self.stand(index, Standing::Sent);
        turn.entries.push(Entry::Standing {
            tracker: self.items[index].id,
            standing: Standing::Sent,
            reason: None,
            sentence: "its commands are on their way".to_owned(),
            done: false,
            firmware: [None, None],
            at_ms: now.wall_ms,
        });
    }

    fn outcome(&mut self, now: Now, at: usize, attempt: AttemptId, outcome: Outcome, turn: &mut Turn) {
        let index = self.attempts.get(&attempt).copied();
        let Some((index, conversation)) =
            index.and_then(|index| Some((index, self.conversations.get_mut(&index)?)))
        else {
            return self.late(now, at, attempt, outcome, turn);
        };
        let (committed_ms, in_doubt) = match &conversation.hand {
            Hand::Given { attempt: ours, committed_ms } if *ours == attempt => (*committed_ms, false),
            Hand::Waiting { attempt: ours, committed_ms, doubt: Some(_), .. } if *ours == attempt => {
                (Some(*committed_ms), true)
            }
            // It was settled: there is nothing that a second word could change.
            _ => return,
        };
        let messages = u32::try_from(conversation.words.messages).unwrap_or(u32::MAX);
        if !in_doubt {
            self.couriers[at].in_hand = self.couriers[at].in_hand.saturating_sub(1);
            if committed_ms.is_none() {
                self.couriers[at].keep(messages);
            }
        }
        if self.couriers[at].fared(&outcome) {
            self.trip(at, &outcome);
        }
        match outcome {
            Outcome::Accepted { references } => {
                self.accepted(now, at, index, attempt, committed_ms, references, turn);
            }
            Outcome::Unknown(_) if in_doubt => {}
            Outcome::Unknown(cause) => self.unknown(now, index, attempt, committed_ms, &cause, turn),
            Outcome::NotSent(cause) => self.not_sent(now, index, attempt, cause, turn),
            Outcome::Rejected { cause, temporary } => {
                self.rejected(now, index, attempt, cause, temporary, turn)
            }
        }
    }

    /// Nothing more is given to a courier: it refuses whatever it gets, be it a SIM card without credit or a gateway that
    /// does not know us. What waits for it goes to the others; what comes by it still counts.
    fn trip(&mut self, at: usize, outcome: &Outcome) {
        let (Outcome::Rejected { cause, .. } | Outcome::NotSent(cause)) = outcome else { return };
        self.couriers[at].tripped = Some(cause.sentence.clone());
        for index in std::mem::take(&mut self.couriers[at].ready) {
            self.requeue(index);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all of it is what an acceptance tells")]
    fn accepted(
        &mut self,
        now: Now,
        at: usize,
        index: usize,
        attempt: AttemptId,
        committed_ms: Option<i64>,
        references: Vec<String>,
        turn: &mut Turn,
    ) {
        let courier = self.couriers[at].id;
        for reference in &references {
            self.references.insert((courier, reference.clone()), (attempt, index));
            if let Some(conversation) = self.conversations.get_mut(&index) {
                conversation.references.push((courier, reference.clone()));
            }
        }
        let (state, at_ms) = (AttemptState::Accepted, now.wall_ms);
        turn.entries.push(Entry::Attempt { attempt, state, references, cause: None, at_ms });
        self.await_answer(now, index, attempt, committed_ms, None, turn);
    }

    fn unknown(
        &mut self,
        now: Now,
        index: usize,
        attempt: AttemptId,
        committed_ms: Option<i64>,
        cause: &Cause,
        turn: &mut Turn,
    ) {
        if let Some(reference) = self.conversations.get_mut(&index).and_then(|one| one.delivered.take()) {
            // Its report was faster than the word that did not come.
            turn.entries.push(delivered(attempt, reference, now));
            return self.await_answer(now, index, attempt, committed_ms, None, turn);
        }
        turn.entries.push(Entry::Attempt {
            attempt,
            state: AttemptState::Unknown,
            references: Vec::new(),
            cause: Some((cause.code.clone(), cause.sentence.clone())),
            at_ms: now.wall_ms,
        });
        self.await_answer(now, index, attempt, committed_ms, Some(cause.sentence.clone()), turn);
    }

    /// The wait for an answer begins.
    fn await_answer(
        &mut self,
        now: Now,
        index: usize,
        attempt: AttemptId,
        committed_ms: Option<i64>,
        doubt: Option<String>,
        turn: &mut Turn,
    ) {
        let until = now.tick + self.window(index);
        let committed_ms = committed_ms.unwrap_or(now.wall_ms);
        if let Some(conversation) = self.conversations.get_mut(&index) {
            conversation.hand = Hand::Waiting { attempt, committed_ms, until, doubt };
            self.timers.push(Reverse((until, index)));
        }
        self.look(now, index, turn);
    }

    /// How long the answer to the command at hand may take.
    pub(super) fn window(&self, index: usize) -> Duration {
        let Some(conversation) = self.conversations.get(&index) else { return LEAST };
        let usual = conversation.words.timeout;
        let courier = conversation.courier.and_then(|id| self.find(id)).map(|at| &self.couriers[at]);
        let knows = courier.and_then(|courier| courier.up.as_ref()).and_then(|up| up.answer_within);
        self.policy.answer_within.unwrap_or_else(|| knows.map_or(usual, |knows| knows.min(usual))).max(LEAST)
    }

    /// Nothing of it left this machine: it is handed over again, a few times.
    fn not_sent(&mut self, now: Now, index: usize, attempt: AttemptId, cause: Cause, turn: &mut Turn) {
        self.kept_back(now, attempt, (cause.code, cause.sentence.clone()), turn);
        let Some(conversation) = self.conversations.get_mut(&index) else { return };
        let messages = conversation.words.messages;
        self.messages = self.messages.saturating_sub(messages as u64);
        let item = &mut self.items[index];
        item.messages = item.messages.saturating_sub(u32::try_from(messages).unwrap_or(u32::MAX));
        conversation.kept += 1;
        if conversation.kept >= self.policy.tries {
            return self.cut(now, index, Reason::NotSent, cause.sentence, Cut::Kept, turn);
        }
        self.attempts.remove(&attempt);
        let pause = (AGAIN * 2_u32.saturating_pow(conversation.kept - 1)).min(Duration::from_secs(60));
        conversation.hand = Hand::Ready { not_before: now.tick + pause, why: Why::NotSent };
        self.make_ready(now, index);
    }

    /// The network or the gateway refused it: a refusal that passes is waited out, a few times.
    fn rejected(
        &mut self,
        now: Now,
        index: usize,
        attempt: AttemptId,
        cause: Cause,
        temporary: bool,
        turn: &mut Turn,
    ) {
        turn.entries.push(Entry::Attempt {
            attempt,
            state: AttemptState::Rejected,
            references: Vec::new(),
            cause: Some((cause.code.clone(), cause.sentence.clone())),
            at_ms: now.wall_ms,
        });
        let Some(conversation) = self.conversations.get_mut(&index) else { return };
        let pause =
            self.policy.pauses.get(conversation.refused).copied().filter(|_| temporary || cause.of_courier);
        let Some(pause) = pause else {
            // Many sentences name their code already.
            let code = cause.code.filter(|code| !cause.sentence.contains(code));
            let code = code.map(|code| format!(" ({code})")).unwrap_or_default();
            return self.cut(
                now,
                index,
                Reason::Rejected,
                format!("{}{code}", cause.sentence),
                Cut::Refused,
                turn,
            );
        };
        self.attempts.remove(&attempt);
        conversation.refused += 1;
        conversation.hand = Hand::Ready { not_before: now.tick + pause, why: Why::Temporary };
        self.make_ready(now, index);
    }
}
