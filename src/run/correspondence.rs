//! One tracker by short messages: hands a text to a [`Post`], lets it out, waits for the answer that belongs to it.
//! It owns the clock and the waiting; whether a line is an answer is the listener's to say, and nothing is deleted
//! from a courier's store before [`Courier::forget`].

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::Interruptible;
use crate::courier::{Answer, Courier, Happening, Listener, Post, Trouble, Wait};
use crate::engine::{
    AttemptId, Capacity, Cause, Fate, Inbound, News, Order, Outcome, Receipt, Recipient, Sender, StoreKey,
};

/// How patient a correspondence is.
#[derive(Debug, Clone)]
pub struct Patience {
    /// For a courier to become ready: a modem may still look for its network.
    pub ready: Duration,
    /// For the network or the gateway to take a message. Couriers have time-outs of their own, which come first.
    pub outcome: Duration,
    /// Pauses before a message that was refused for now is tried again; none left, it counts as refused.
    pub pauses: Vec<Duration>,
    /// The wait for an answer was given by the user: a courier that knows better is not asked.
    pub fixed: bool,
}

impl Default for Patience {
    fn default() -> Self {
        let pauses = [5, 20, 60].map(Duration::from_secs).to_vec();
        Self { ready: Duration::from_secs(120), outcome: Duration::from_secs(600), pauses, fixed: false }
    }
}

/// How far the clocks of this machine and of a service centre may be apart.
const SKEW_MS: i64 = 120_000;

/// A conversation by short messages with one tracker.
pub struct Correspondence {
    post: Post,
    news: Receiver<News>,
    to: Recipient,
    patience: Patience,
    next: u64,
    up: Option<Capacity>,
    down: Option<Down>,
    /// The latest time a service centre gave an answer that counted: what is dated before it answers nothing new.
    newest_ms: Option<i64>,
    seen: HashSet<(Sender, Option<i64>, String)>,
    /// What messages were called that were accepted: a report about one of them tells nothing of another.
    references: HashSet<String>,
    taken: Vec<StoreKey>,
    /// A person wants it to end.
    stopped: Arc<AtomicBool>,
    _interruptible: Interruptible,
}

#[derive(Debug, Clone)]
struct Down {
    cause: Cause,
    last: bool,
}

/// What the wait for one thing ended with.
enum Met<T> {
    This(T),
    TimeOut,
    Gone(Cause),
    Stopped,
}

/// How soon a person who stops it is heard.
const LOOK: Duration = Duration::from_millis(100);

/// A message in hand.
struct Sent {
    id: AttemptId,
    /// When it was let out, by this machine's clock.
    at_ms: i64,
    answer: Answer,
}

impl Correspondence {
    /// With the tracker behind `to`, by way of `post` and what it tells.
    #[must_use]
    pub fn new(post: Post, news: Receiver<News>, to: Recipient, patience: Patience) -> Self {
        // Gateways refuse an id they have seen, so it must differ from those of every run before.
        let next = u64::try_from(wall_ms()).unwrap_or_default().saturating_mul(1000);
        let stopped = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopped);
        Self {
            stopped,
            _interruptible: Interruptible::new(move || stop.store(true, Ordering::SeqCst)),
            post,
            news,
            to,
            patience,
            next,
            up: None,
            down: None,
            newest_ms: None,
            seen: HashSet::new(),
            references: HashSet::new(),
            taken: Vec::new(),
        }
    }

    /// Waits until the courier works, and says what it is.
    ///
    /// # Errors
    /// [`Trouble::NotSent`] when it does not.
    pub fn ready(&mut self, listener: &mut dyn Listener) -> Result<Capacity, Trouble> {
        let until = Instant::now() + self.patience.ready;
        loop {
            if let Some(capacity) = &self.up {
                return Ok(capacity.clone());
            }
            if let Some(Down { cause, last: true }) = &self.down {
                return Err(Trouble::NotSent(cause.clone()));
            }
            match self.hear(until) {
                Met::This(news) => self.note(news, listener),
                Met::Gone(cause) => return Err(Trouble::NotSent(cause)),
                Met::Stopped => return Err(Trouble::Stopped { sent: Some(false) }),
                Met::TimeOut => {
                    let cause = self.down.as_ref().map(|down| down.cause.clone());
                    let silent = || Cause::new(format!("{} did not become ready", self.post.spec()));
                    return Err(Trouble::NotSent(cause.unwrap_or_else(silent)));
                }
            }
        }
    }

    /// The next news, unless a person stops it meanwhile.
    fn hear(&mut self, until: Instant) -> Met<News> {
        loop {
            if self.stopped.load(Ordering::SeqCst) {
                return Met::Stopped;
            }
            match self.hear_out(until.min(Instant::now() + LOOK)) {
                Met::TimeOut if Instant::now() < until => {}
                met => return met,
            }
        }
    }

    /// The next news, whatever a person wants: what was let out is waited for.
    fn hear_out(&mut self, until: Instant) -> Met<News> {
        match self.news.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(news) => Met::This(news),
            Err(RecvTimeoutError::Timeout) => Met::TimeOut,
            Err(RecvTimeoutError::Disconnected) => {
                let cause = self.down.as_ref().map(|down| down.cause.clone());
                Met::Gone(cause.unwrap_or_else(|| Cause::new("the courier has stopped")))
            }
        }
    }

    /// Takes news that no message in hand waits for.
    fn note(&mut self, news: News, listener: &mut dyn Listener) {
        match news {
            News::Up(capacity) => {
                self.down = None;
                listener.happens(&Happening::Up(capacity.clone()));
                self.up = Some(capacity);
            }
            News::Down { cause, last } => {
                self.up = None;
                listener.happens(&Happening::Down(cause.clone()));
                self.down = Some(Down { cause, last });
            }
            News::Inbound(inbound) if self.seen.contains(&same(&inbound)) => {
                self.post.give(Order::Leave(inbound.key));
                self.again(inbound, listener);
            }
            News::Inbound(inbound) => {
                self.post.give(Order::Leave(inbound.key));
                let why = self.why_not(&inbound, None).unwrap_or_else(|| {
                    "it came before the next question, and after the wait for the one before".to_owned()
                });
                self.ignore(&inbound, why, listener);
            }
            News::Receipt(receipt) => {
                self.taken.extend(receipt.key);
                listener.happens(&Happening::Fate(receipt.fate));
            }
            News::Notice(cause) => listener.happens(&Happening::Notice(cause)),
            News::Prompt(_) | News::Outcome(..) => {}
        }
    }

    /// Hands a text over and lets it out.
    fn hand(&mut self, text: &str, listener: &mut dyn Listener) -> Result<(Sent, Outcome), Trouble> {
        let id = AttemptId(self.next);
        self.next += 1;
        self.post.give(Order::Hand { id, to: self.to.clone(), text: text.to_owned() });
        let mut sent = Sent { id, at_ms: wall_ms(), answer: Answer::default() };
        let mut out = false;
        let until = Instant::now() + self.patience.outcome;
        loop {
            match if out { self.hear_out(until) } else { self.hear(until) } {
                Met::This(News::Prompt(prompt)) if prompt == id => {
                    sent.at_ms = wall_ms();
                    out = true;
                    self.post.give(Order::Release(id));
                }
                Met::This(News::Outcome(of, outcome)) if of == id => {
                    self.keep(&outcome);
                    return Ok((sent, outcome));
                }
                Met::This(News::Inbound(inbound)) if out => {
                    // A tracker can be quicker than the network's own word.
                    self.take(inbound, &mut sent, listener);
                }
                Met::This(news) => self.note(news, listener),
                Met::Gone(cause) if out => return Err(Trouble::Unknown(cause)),
                Met::Gone(cause) => return Err(Trouble::NotSent(cause)),
                Met::TimeOut if out => {
                    return Err(Trouble::Unknown(Cause::new("no word came of what became of it")));
                }
                Met::Stopped => {
                    self.post.give(Order::Abort(id));
                    return Err(Trouble::Stopped { sent: Some(false) });
                }
                Met::TimeOut => {
                    self.post.give(Order::Abort(id));
                    return Err(Trouble::NotSent(Cause::new("the courier did not take it")));
                }
            }
        }
    }

    fn keep(&mut self, outcome: &Outcome) {
        if let Outcome::Accepted { references } = outcome {
            self.references.extend(references.iter().cloned());
        }
    }

    /// Waits for the answer to a message that may have arrived. In doubt, an answer or a later word of the network
    /// settles it.
    fn wait(
        &mut self,
        mut sent: Sent,
        mut doubt: Option<Cause>,
        wait: Wait,
        listener: &mut dyn Listener,
    ) -> Result<Answer, Trouble> {
        let mut until = Instant::now() + wait.timeout;
        loop {
            if listener.is_enough(&sent.answer) {
                return Ok(sent.answer);
            }
            match self.hear(until) {
                Met::This(News::Outcome(id, outcome @ Outcome::Accepted { .. })) if id == sent.id => {
                    self.keep(&outcome);
                    doubt = None;
                    listener.happens(&Happening::Accepted);
                    until = Instant::now() + wait.timeout;
                }
                Met::This(News::Receipt(receipt))
                    if doubt.is_some() && self.is_delivered(&receipt, &sent) =>
                {
                    doubt = None;
                    self.note(News::Receipt(receipt), listener);
                    until = Instant::now() + wait.timeout;
                }
                Met::This(News::Inbound(inbound)) => self.take(inbound, &mut sent, listener),
                Met::This(news) => self.note(news, listener),
                Met::Gone(cause) if doubt.is_none() && sent.answer.is_silent() => {
                    // It was accepted; that no answer can come any more is the courier's fault, not the tracker's.
                    return Err(Trouble::Unknown(cause));
                }
                Met::Stopped => return Err(Trouble::Stopped { sent: Some(true) }),
                Met::TimeOut | Met::Gone(_) => break,
            }
        }
        match doubt {
            Some(cause) => Err(Trouble::Unknown(cause)),
            None => Ok(sent.answer),
        }
    }

    /// Whether a report can only be about a message in doubt, and says that it arrived: to its recipient, done with
    /// after it was let out, and about none that was accepted.
    fn is_delivered(&self, receipt: &Receipt, sent: &Sent) -> bool {
        let to_it = receipt.recipient.as_ref().zip(self.to.phone.as_ref());
        receipt.fate == Fate::Delivered
            && to_it.is_some_and(|(recipient, phone)| recipient.is(phone))
            // A service centre's time has whole seconds.
            && receipt.at_ms.is_some_and(|at_ms| at_ms + 1000 > sent.at_ms)
            && !self.references.contains(&receipt.reference)
    }

    /// Takes a message as part of the answer, or says why it is none.
    fn take(&mut self, inbound: Inbound, sent: &mut Sent, listener: &mut dyn Listener) {
        self.post.give(Order::Leave(inbound.key));
        if self.seen.contains(&same(&inbound)) {
            return self.again(inbound, listener);
        }
        if let Some(why) = self.why_not(&inbound, Some(sent.at_ms)) {
            return self.ignore(&inbound, why, listener);
        }
        self.seen.insert(same(&inbound));
        self.newest_ms = self.newest_ms.max(inbound.sent_ms);
        self.taken.push(inbound.key);
        let lines = inbound.text.split(['\r', '\n']).map(str::to_owned);
        let all = sent.answer.lines.drain(..).chain(lines).collect();
        sent.answer = Answer::typed(all);
    }

    /// The same message twice: the network or the modem doubled it. What it says was taken already.
    fn again(&mut self, inbound: Inbound, listener: &mut dyn Listener) {
        self.taken.push(inbound.key);
        let why = "it came already".to_owned();
        listener.happens(&Happening::Ignored { why, matters: false, text: inbound.text });
    }

    /// Why a message answers nothing that was let out at `at_ms`.
    fn why_not(&self, inbound: &Inbound, at_ms: Option<i64>) -> Option<String> {
        let from_it = self.to.phone.is_some_and(|phone| inbound.sender.is(&phone));
        if !from_it {
            return Some(format!("it is from {}, not from the tracker", inbound.sender));
        }
        if inbound.old {
            return Some("it was there before anything was sent".to_owned());
        }
        let (missing, of) = inbound.missing;
        if missing > 0 {
            return Some(format!("{missing} of its {of} parts did not come"));
        }
        let sent_ms = inbound.sent_ms?;
        if self.newest_ms.is_some_and(|newest| sent_ms < newest) {
            return Some("it is dated before an answer that came already".to_owned());
        }
        if at_ms.is_some_and(|at_ms| sent_ms < at_ms - SKEW_MS) {
            return Some(
                "it is dated before the question; if it is the answer, this machine's clock is wrong"
                    .to_owned(),
            );
        }
        None
    }

    fn ignore(&mut self, inbound: &Inbound, why: String, listener: &mut dyn Listener) {
        let from_it = self.to.phone.is_some_and(|phone| inbound.sender.is(&phone));
        let matters = from_it && !inbound.old;
        listener.happens(&Happening::Ignored { why, matters, text: inbound.text.clone() });
    }
}

impl Courier for Correspondence {
    fn spec(&self) -> &str {
        self.post.spec()
    }

    fn ask(&mut self, bytes: &[u8], wait: Wait, listener: &mut dyn Listener) -> Result<Answer, Trouble> {
        let capacity = self.ready(listener)?;
        while let Ok(news) = self.news.try_recv() {
            self.note(news, listener);
        }
        let timeout = match capacity.answer_within {
            Some(within) if !self.patience.fixed => within.min(wait.timeout),
            _ => wait.timeout,
        };
        let wait = Wait { timeout, ..wait };
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut pauses = self.patience.pauses.clone().into_iter();
        loop {
            let (sent, outcome) = self.hand(&text, listener)?;
            match outcome {
                Outcome::Accepted { .. } => {
                    listener.happens(&Happening::Accepted);
                    return self.wait(sent, None, wait, listener);
                }
                Outcome::Unknown(cause) => return self.wait(sent, Some(cause), wait, listener),
                Outcome::NotSent(cause) => return Err(Trouble::NotSent(cause)),
                Outcome::Rejected { cause, temporary } => {
                    let Some(pause) = pauses.next().filter(|_| temporary) else {
                        return Err(Trouble::Rejected(cause));
                    };
                    listener.happens(&Happening::Again { cause, pause });
                    self.rest(pause, listener);
                }
            }
        }
    }

    fn is_up(&self) -> bool {
        self.up.is_some()
    }

    fn forget(&mut self) {
        for key in self.taken.drain(..) {
            self.post.give(Order::Forget(key));
        }
    }
}

impl Correspondence {
    /// Lets time pass without missing news.
    fn rest(&mut self, pause: Duration, listener: &mut dyn Listener) {
        let until = Instant::now() + pause;
        while let Met::This(news) = self.hear(until) {
            self.note(news, listener);
        }
    }
}

/// What two deliveries of one message have in common.
fn same(inbound: &Inbound) -> (Sender, Option<i64>, String) {
    (inbound.sender.clone(), inbound.sent_ms, inbound.text.clone())
}

fn wall_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
