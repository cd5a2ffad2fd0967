//! The log-in by the person's own browser: the test that covers everything between card and page.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::anchors::Anchors;
use crate::attempt::{Plan, look};
use crate::judgement::judge;
use crate::page::Page;
use crate::server::{Arrival, Ender, TestServer};
use crate::verdict::{BrokenLink, Verdict};

/// A server that waits for a browser. It listens until it is dropped.
#[derive(Debug)]
pub struct BrowserTest {
    server: TestServer,
    judge: Judge,
}

/// How visitors are judged.
#[derive(Clone, Debug)]
struct Judge {
    anchors: Anchors,
    pool: Arc<Mutex<Vec<Vec<u8>>>>,
    module: Option<PathBuf>,
}

impl BrowserTest {
    /// How long a browser is waited for: time enough to find the card, its reader and its PIN.
    pub const PATIENCE: Duration = Duration::from_secs(15 * 60);

    /// Begins to listen. `pool` holds certificates of authorities that a browser may leave out;
    /// `module` is looked at, without a PIN, when a browser has no certificate or none comes; `page`
    /// makes the page for a verdict.
    ///
    /// # Errors
    ///
    /// [`BrokenLink::NoModule`] when there is no such module, and [`BrokenLink::NoServer`] when this
    /// computer has no port to listen on.
    pub fn start(
        anchors: Anchors,
        pool: Vec<Vec<u8>>,
        module: Option<PathBuf>,
        page: impl Fn(&Verdict) -> Page + Send + Sync + 'static,
    ) -> Result<Self, BrokenLink> {
        if module.as_ref().is_some_and(|module| !module.is_file()) {
            return Err(BrokenLink::NoModule);
        }
        let judge = Judge {
            anchors,
            pool: Arc::new(Mutex::new(pool)),
            module,
        };
        let judging = judge.clone();
        let answer = move |arrival: &mut Arrival| {
            if arrival.certificates.is_empty() {
                arrival.reason = judging.reason();
            }
            page(&judging.verdict(arrival)).to_html()
        };
        let server = TestServer::start(Arc::new(answer)).map_err(|error| {
            log::warn!("{error}");
            BrokenLink::NoServer
        })?;
        Ok(Self { server, judge })
    }

    /// The address to open in a browser.
    pub fn address(&self) -> String {
        let (port, path) = (self.server.address().port(), self.server.path());
        format!("https://localhost:{port}{path}")
    }

    /// More certificates of authorities that a browser may leave out.
    pub fn add_authorities(&self, authorities: Vec<Vec<u8>>) {
        self.judge.lock().extend(authorities);
    }

    /// Opens the person's browser on the address.
    ///
    /// # Errors
    ///
    /// [`BrokenLink::NoBrowser`] when none can be started; the address can still be opened by hand.
    pub fn open(&self) -> Result<(), BrokenLink> {
        open::that_detached(self.address()).map_err(|error| {
            log::warn!("no browser: {error}");
            BrokenLink::NoBrowser
        })
    }

    /// With which the wait can be ended from another thread.
    pub fn ender(&self) -> Ender {
        self.server.ender()
    }

    /// The verdict on the next browser that asked for the page. `None`: none came in time, or the
    /// wait was ended.
    ///
    /// One that came without a certificate may come again with one: the page says how.
    pub fn next(&self, patience: Duration) -> Option<Verdict> {
        let arrival = self.server.arrival(patience)?;
        Some(self.judge.verdict(&arrival))
    }
}

impl BrowserTest {
    /// Waits until a browser presented a certificate, whichever; until then `meanwhile` is told of
    /// those that came without one. When the wait ends before, the verdict says how far it came.
    pub fn wait(&self, patience: Duration, mut meanwhile: impl FnMut(&Verdict)) -> Verdict {
        let deadline = Instant::now() + patience;
        let mut last = None;
        let left = || deadline.saturating_duration_since(Instant::now());
        while let Some(arrival) = self.server.arrival(left()) {
            let verdict = self.judge.verdict(&arrival);
            if !arrival.certificates.is_empty() {
                return verdict;
            }
            meanwhile(&verdict);
            last = Some(verdict);
        }
        last.unwrap_or_else(|| {
            let reason = self.judge.reason();
            Verdict::broken(reason.unwrap_or(BrokenLink::NobodyCame))
        })
    }
}

impl Judge {
    fn lock(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why a browser has no certificate to present, as far as the module shows it without a PIN.
    fn reason(&self) -> Option<BrokenLink> {
        let plan = Plan {
            module: self.module.as_deref()?,
            seen: None,
            anchors: &self.anchors,
            now: SystemTime::now(),
        };
        let verdict = look(&plan).err()?;
        verdict.link().filter(|link| keeps_back(link)).cloned()
    }

    fn verdict(&self, arrival: &Arrival) -> Verdict {
        let Some((leaf, sent)) = arrival.certificates.split_first() else {
            let (by, reason) = (arrival.program, arrival.reason.clone());
            return Verdict::broken(reason.unwrap_or(BrokenLink::NothingPresented { by }));
        };
        let mut pool = sent.to_vec();
        pool.extend(self.lock().iter().cloned());
        let protocols = vec![arrival.protocol];
        judge(leaf, &pool, protocols, &self.anchors, SystemTime::now()).verdict
    }
}

/// Whether a browser has nothing to present for this reason. It shows several cards side by side, and
/// knows nothing of roots.
const fn keeps_back(link: &BrokenLink) -> bool {
    !matches!(
        link,
        BrokenLink::SeveralCards | BrokenLink::ChainNotTrusted(_)
    )
}
