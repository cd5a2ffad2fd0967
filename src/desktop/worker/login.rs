//! Log-in tests, each on a thread of its own: a card or a person may take their time.

use std::sync::Arc;
use std::thread;
use std::time::SystemTime;

use siru_browser::Machine;
use siru_login::{
    Anchors, BrokenLink, BrowserTest, Ender, Plan, Registration, Verdict, attempt, authorities,
    module_path,
};
use siru_text::{Language, Texts};

use super::Post;
use crate::model::{LoginOrder, Message};

/// Has the module log in, and reports the verdict whatever becomes of it.
pub(super) fn by_module(order: LoginOrder, anchors: Anchors, post: &Post) {
    let LoginOrder { ticket, pin, seen } = order;
    let promise = Promise::new(ticket, Visitor::Module, post);
    start("log-in test", move || {
        let plan = Plan {
            module: &module_path(&Machine::this()),
            seen: Some(&seen),
            anchors: &anchors,
            now: SystemTime::now(),
        };
        promise.keep(registration().applied_to(attempt(&plan, pin)));
    });
}

/// Waits for the person's browser, in the background. The wait ends with what is given back.
pub(super) fn in_browser(
    ticket: u64,
    language: Language,
    anchors: Anchors,
    post: &Post,
) -> Option<Ender> {
    let promise = Promise::new(ticket, Visitor::Browser, post);
    let registration = registration();
    let texts = Texts::new(language);
    let page = move |verdict: &Verdict| texts.login_page(verdict, &registration);
    let module = Some(module_path(&Machine::this()));
    let test = match BrowserTest::start(anchors, Vec::new(), module, page) {
        Ok(test) => test,
        Err(link) => {
            promise.keep(broken(link));
            return None;
        }
    };
    let ender = test.ender();
    let waits = post.clone();
    start("browser test", move || {
        test.add_authorities(authorities(&module_path(&Machine::this())));
        let address = test.address();
        let heard = waits.send(Message::BrowserAwaited { ticket, address });
        if let Err(link) = test.open() {
            // The address is shown: the person can open it.
            log::info!("{link}");
        }
        if heard {
            promise.keep(test.wait(BrowserTest::PATIENCE, |_| {}));
        }
    });
    Some(ender)
}

/// Which browsers know the module.
fn registration() -> Registration {
    let machine = Machine::this();
    Registration::of(&machine, &module_path(&machine))
}

const fn broken(link: BrokenLink) -> Verdict {
    Verdict::Broken {
        link,
        presented: None,
    }
}

fn start(name: &str, work: impl FnOnce() + Send + 'static) {
    if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(work) {
        // The promise in `work` was dropped, and has reported.
        log::error!("no thread for a log-in test: {error}");
    }
}

/// Who logs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visitor {
    Module,
    Browser,
}

/// Reports for a test whose thread ends before its verdict.
struct Promise {
    ticket: u64,
    visitor: Visitor,
    otherwise: Option<BrokenLink>,
    post: Arc<Post>,
}

impl Promise {
    fn new(ticket: u64, visitor: Visitor, post: &Post) -> Self {
        let otherwise = match visitor {
            Visitor::Module => BrokenLink::PinUnknown,
            Visitor::Browser => BrokenLink::NoServer,
        };
        Self {
            ticket,
            visitor,
            otherwise: Some(otherwise),
            post: Arc::new(post.clone()),
        }
    }

    fn keep(mut self, verdict: Verdict) {
        self.otherwise = None;
        self.report(verdict);
    }

    fn report(&self, verdict: Verdict) {
        let registration = match self.visitor {
            Visitor::Module => registration(),
            Visitor::Browser => registration().after(&verdict),
        };
        // Whoever does not listen any more does not wait either.
        let _heard = self.post.send(Message::LoggedIn {
            ticket: self.ticket,
            verdict: Box::new(verdict),
            registration,
        });
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        if let Some(link) = self.otherwise.take() {
            self.report(broken(link));
        }
    }
}
