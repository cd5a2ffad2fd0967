//! The log-in by this process: the module is loaded as a browser loads it, and its key signs.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use siru_card::Pin;

use crate::anchors::Anchors;
use crate::client;
use crate::judgement::judge;
use crate::key::CardKey;
use crate::module::{Loaded, Token};
use crate::server::TestServer;
use crate::verdict::{BrokenLink, Presented, Protocol, Verdict};

/// What is tried.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// The module.
    pub module: &'a Path,
    /// The certificate, DER, on the card the person saw. PIN1 goes to no other card. `None`: the
    /// only card the module shows.
    pub seen: Option<&'a [u8]>,
    /// The roots a service trusts.
    pub anchors: &'a Anchors,
    /// The moment for which validity is judged.
    pub now: SystemTime,
}

/// Everything that can be known before a PIN is there holds.
#[derive(Debug)]
pub struct Ready {
    /// What will be presented.
    pub presented: Presented,
    /// The authorities above it, DER, for a browser that does not send them.
    pub authorities: Vec<Vec<u8>>,
}

/// Follows the links as far as they can be followed without a PIN: module, card, certificate, chain.
/// Whoever calls this first asks nobody for a PIN in vain.
///
/// # Errors
///
/// The verdict, when a link is broken already. No PIN was sent and no try was used.
pub fn look(plan: &Plan<'_>) -> Result<Ready, Box<Verdict>> {
    let module = Loaded::load(plan.module).map_err(stopped)?;
    let token = module.token(plan.seen).map_err(stopped)?;
    judged(plan, &token)
}

/// The certificates of authorities that the module shows on all cards: browsers do not send the root.
/// None when the module shows none; that it is broken is told by the test itself.
pub fn authorities(module: &Path) -> Vec<Vec<u8>> {
    let shown = Loaded::load(module).and_then(|module| module.authorities());
    shown.unwrap_or_else(|link| {
        log::info!("no authorities: {link}");
        Vec::new()
    })
}

/// Logs in with PIN1: once in TLS 1.3 and once in TLS 1.2, with one signature of the card each. A
/// card that wants PIN1 again for the second one has proven its key with the first.
///
/// PIN1 is presented once at most. Afterwards the module has logged out and is finalised, whatever
/// happened.
pub fn attempt(plan: &Plan<'_>, pin: Pin) -> Verdict {
    try_attempt(plan, pin).unwrap_or_else(|verdict| *verdict)
}

fn try_attempt(plan: &Plan<'_>, pin: Pin) -> Result<Verdict, Box<Verdict>> {
    let module = Loaded::load(plan.module).map_err(stopped)?;
    let token = module.token(plan.seen).map_err(stopped)?;
    let ready = judged(plan, &token)?;
    let server = start_server()?;
    let presented = ready.presented.clone();
    let key = module
        .log_in(&token, pin)
        .map_err(|link| stopped_with(link, presented))?;
    // The key is gone, and with it the log-in, before the module ends.
    Ok(prove(
        plan,
        &server,
        &token.certificate,
        ready,
        Arc::new(key),
    ))
}

/// Has `key` sign one handshake of each version, and judges what arrived at the server.
pub(crate) fn prove(
    plan: &Plan<'_>,
    server: &TestServer,
    certificate: &[u8],
    ready: Ready,
    key: Arc<dyn CardKey>,
) -> Verdict {
    let mut certificates = vec![certificate.to_vec()];
    certificates.extend(ready.authorities);
    let (mut protocols, mut pin_each_time) = (Vec::new(), false);
    for protocol in [Protocol::Tls13, Protocol::Tls12] {
        match client::log_in(server, certificates.clone(), &key, protocol) {
            Ok(arrival) => {
                protocols.push(arrival.protocol);
                certificates = arrival.certificates;
            }
            // A card may want its PIN for each signature; the first one has proven the key.
            Err(BrokenLink::PinDropped) if !protocols.is_empty() => pin_each_time = true,
            Err(link) => {
                let presented = Presented {
                    protocols,
                    ..ready.presented
                };
                return *stopped_with(link, presented);
            }
        }
    }
    let Some((leaf, sent)) = certificates.split_first() else {
        return Verdict::broken(BrokenLink::NothingPresented { by: None });
    };
    let mut verdict = judge(leaf, sent, protocols, plan.anchors, plan.now).verdict;
    if let Some(presented) = verdict.presented_mut() {
        presented.pin_each_time = pin_each_time;
    }
    verdict
}

/// A server that answers with nothing but its readiness: this process knows its own verdict.
pub(crate) fn start_server() -> Result<TestServer, Box<Verdict>> {
    TestServer::start(Arc::new(|_| String::new())).map_err(|error| {
        log::warn!("{error}");
        stopped(BrokenLink::NoServer)
    })
}

fn judged(plan: &Plan<'_>, token: &Token) -> Result<Ready, Box<Verdict>> {
    ready(plan, &token.certificate, &token.authorities)
}

/// What a service would say of the certificate, before anybody has to type a PIN for it.
pub(crate) fn ready(
    plan: &Plan<'_>,
    certificate: &[u8],
    pool: &[Vec<u8>],
) -> Result<Ready, Box<Verdict>> {
    let judged = judge(certificate, pool, Vec::new(), plan.anchors, plan.now);
    match judged.verdict {
        Verdict::LoggedIn(presented)
        // Whether the key works can be told all the same.
        | Verdict::Broken {
            link: BrokenLink::RootNotKnown { .. },
            presented: Some(presented),
        } => Ok(Ready {
            presented: *presented,
            authorities: judged.authorities,
        }),
        broken @ Verdict::Broken { .. } => Err(Box::new(broken)),
    }
}

fn stopped(link: BrokenLink) -> Box<Verdict> {
    Box::new(Verdict::broken(link))
}

fn stopped_with(link: BrokenLink, presented: Presented) -> Box<Verdict> {
    Box::new(Verdict::Broken {
        link,
        presented: Some(Box::new(presented)),
    })
}
