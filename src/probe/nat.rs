//! How long this network keeps a way open that nobody uses: an echo of the user's own is asked to answer after growing
//! times of silence, each from a fresh socket, and whether the answer still arrives tells whether the way was kept.
//! It speaks to that echo only; the keep-alive variant opens a few connections to any server and says no byte.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use super::probed::Ended;
use super::socket::Way;
use super::trial;
use crate::tracker::Transport;

/// What kind of traffic goes before the silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// One datagram.
    UdpOnce,
    /// Several datagrams in both directions: many networks keep such a way longer.
    UdpStream,
    /// A connection.
    Tcp,
    /// A connection on which the system's keep-alive asks after the silence; no application byte.
    KeepAlive,
}

impl Method {
    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::UdpOnce => "udp-once",
            Self::UdpStream => "udp-stream",
            Self::Tcp => "tcp",
            Self::KeepAlive => "tcp-keep-alive",
        }
    }

    /// By what it travels.
    #[must_use]
    pub fn transport(self) -> Transport {
        match self {
            Self::UdpOnce | Self::UdpStream => Transport::Udp,
            Self::Tcp | Self::KeepAlive => Transport::Tcp,
        }
    }
}

/// What became of one time of silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The way was still open.
    Kept,
    /// The answer did not arrive any more.
    Lost,
    /// The connection was ended: by a FIN, or by the error of this name.
    Cut(Option<String>),
    /// Nothing could be asked: why.
    Untold(String),
}

impl Fate {
    /// The word in JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Lost => "lost",
            Self::Cut(_) => "cut",
            Self::Untold(_) => "untold",
        }
    }
}

/// One time of silence and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// How it was asked.
    pub method: Method,
    /// How long nothing was said.
    pub idle: Duration,
    /// What became of it.
    pub fate: Fate,
}

/// What is measured.
#[derive(Debug, Clone)]
pub struct NatOptions {
    /// Where the echo, or for [`Method::KeepAlive`] any server, is.
    pub target: SocketAddr,
    /// How; each once.
    pub methods: Vec<Method>,
    /// From where.
    pub way: Way,
    /// How long an answer may take beyond the silence.
    pub timeout: Duration,
    /// The longest silence.
    pub most: Duration,
}

/// What one method came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// The method.
    pub method: Method,
    /// Every step that was taken to its end, the shortest first.
    pub steps: Vec<Step>,
}

impl Limit {
    /// The longest silence below the first that was not kept.
    #[must_use]
    pub fn kept(&self) -> Option<Duration> {
        let lost = self.lost().map(|step| step.idle);
        let kept = self.steps.iter().filter(|step| step.fate == Fate::Kept);
        kept.map(|step| step.idle).filter(|idle| lost.is_none_or(|lost| *idle < lost)).max()
    }

    /// The shortest silence that was not kept.
    #[must_use]
    pub fn lost(&self) -> Option<&Step> {
        self.steps.iter().find(|step| matches!(step.fate, Fate::Lost | Fate::Cut(_)))
    }

    /// Whether it is known how long the way is kept, up to the longest silence that was asked for.
    #[must_use]
    pub fn is_known(&self, most: Duration) -> bool {
        self.lost().is_some() || self.kept().is_some_and(|kept| kept >= most)
    }

    /// Why not all was measured, when that is so.
    #[must_use]
    pub fn untold(&self, most: Duration) -> Option<&str> {
        if self.is_known(most) {
            return None;
        }
        self.steps.iter().find_map(|step| match &step.fate {
            Fate::Untold(why) => Some(why.as_str()),
            _ => None,
        })
    }
}

/// What all came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Where it was asked.
    pub target: SocketAddr,
    /// One for each method, in the order in which they were given.
    pub limits: Vec<Limit>,
    /// The longest silence that was asked for.
    pub most: Duration,
    /// How it ended.
    pub ended: Ended,
}

/// The times of silence up to the longest, in seconds: the steps grow, so that a limit up to five minutes
/// is known to a quarter of itself or, below 4 s, to a second.
const LADDER: [u64; 34] = [
    1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 17, 20, 25, 30, 35, 40, 45, 50, 55, 60, 70, 80, 90, 105, 120, 150, 180,
    210, 240, 300, 600, 1_200, 1_800, 3_600,
];

/// The most connections of the keep-alive variant: it may go to a server of somebody else.
const POLITE: u32 = 6;

/// The times of silence that are tried, the shortest first.
#[must_use]
pub fn ladder(method: Method, most: Duration) -> Vec<Duration> {
    let mut steps: Vec<Duration> = match method {
        Method::KeepAlive => {
            (1..=POLITE).map(|part| Duration::from_secs((most * part / POLITE).as_secs().max(1))).collect()
        }
        _ => LADDER.map(Duration::from_secs).into_iter().filter(|step| *step < most).chain([most]).collect(),
    };
    steps.dedup();
    steps
}

/// Measures until all is known or `stop` says how the run ended.
pub async fn nat(
    options: &NatOptions,
    stop: impl Future<Output = Ended>,
    mut tell: impl FnMut(&Step),
) -> Measured {
    let mut limits: Vec<Limit> =
        options.methods.iter().map(|method| Limit { method: *method, steps: Vec::new() }).collect();
    let mut jobs = Jobs::begin(options);
    let mut stop = std::pin::pin!(stop);
    let mut ended = Ended::Complete;
    // Each turn takes one finished job of a bounded number.
    loop {
        let step = tokio::select! {
            step = jobs.set.join_next() => step,
            how = &mut stop => { ended = how; None }
        };
        let Some(step) = step else { break };
        // A job that was called off is none.
        let Ok(step) = step else { continue };
        tell(&step);
        let Some(limit) = limits.iter_mut().find(|limit| limit.method == step.method) else { continue };
        // One that could not be asked says nothing of longer ones, unless none could.
        let in_vain = matches!(step.fate, Fate::Untold(_)) && limit.kept().is_none();
        if in_vain || matches!(step.fate, Fate::Lost | Fate::Cut(_)) {
            jobs.call_off(step.method, step.idle);
        }
        limit.steps.push(step);
    }
    for limit in &mut limits {
        limit.steps.sort_by_key(|step| step.idle);
    }
    Measured { target: options.target, limits, most: options.most, ended }
}

struct Jobs {
    set: JoinSet<Step>,
    handles: Vec<(Method, Duration, tokio::task::AbortHandle)>,
}

impl Jobs {
    /// All times of silence at once: what is asked costs the longest one, not their sum.
    fn begin(options: &NatOptions) -> Self {
        let mut jobs = Self { set: JoinSet::new(), handles: Vec::new() };
        for method in &options.methods {
            for (place, idle) in (0_u32..).zip(ladder(*method, options.most)) {
                let (method, options) = (*method, options.clone());
                let handle = jobs.set.spawn(async move {
                    // So many sockets at one moment would look like an attack.
                    sleep(Duration::from_millis(20) * place).await;
                    let fate = trial::run(method, idle, &options).await;
                    Step { method, idle, fate }
                });
                jobs.handles.push((method, idle, handle));
            }
        }
        jobs
    }

    /// Longer times are not waited for once a shorter one was not kept.
    fn call_off(&mut self, method: Method, idle: Duration) {
        for (own, longer, handle) in &self.handles {
            if *own == method && *longer > idle {
                handle.abort();
            }
        }
    }
}
