//! The log-in by the person's own browser: the test that covers everything between card and page.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::anchors::Anchors;
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
}

impl BrowserTest {
    /// How long a browser is waited for: time enough to find the card, its reader and its PIN.
    pub const PATIENCE: Duration = Duration::from_secs(15 * 60);

    /// Begins to listen. `pool` holds certificates of authorities that a browser may leave out;
    /// `page` makes the page for a verdict.
    ///
    /// # Errors
    ///
    /// [`BrokenLink::NoServer`] when this computer has no port to listen on.
    pub fn start(
        anchors: Anchors,
        pool: Vec<Vec<u8>>,
        page: impl Fn(&Verdict) -> Page + Send + Sync + 'static,
    ) -> Result<Self, BrokenLink> {
        let judge = Judge {
            anchors,
            pool: Arc::new(Mutex::new(pool)),
        };
        let judging = judge.clone();
        let answer = move |arrival: &Arrival| page(&judging.verdict(arrival)).to_html();
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
        let mut last = Verdict::broken(BrokenLink::NobodyCame);
        while let Some(verdict) = self.next(deadline.saturating_duration_since(Instant::now())) {
            if !matches!(verdict.link(), Some(BrokenLink::NothingPresented { .. })) {
                return verdict;
            }
            meanwhile(&verdict);
            last = verdict;
        }
        last
    }
}

impl Judge {
    fn lock(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn verdict(&self, arrival: &Arrival) -> Verdict {
        let Some((leaf, sent)) = arrival.certificates.split_first() else {
            let by = arrival.program;
            return Verdict::broken(BrokenLink::NothingPresented { by });
        };
        let mut pool = sent.to_vec();
        pool.extend(self.lock().iter().cloned());
        let protocols = vec![arrival.protocol];
        judge(leaf, &pool, protocols, &self.anchors, SystemTime::now()).verdict
    }
}
