//! A TLS server on this computer that asks for a client certificate and shows one page.
//!
//! Every connection has a thread: browsers open connections ahead of need and leave them silent,
//! and one in which a person is choosing a certificate may last for minutes. All end with the
//! server.

mod exchange;
mod identity;
#[cfg(test)]
mod tests;
mod verifier;

use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustls::crypto::ring::default_provider;
use rustls::server::{NoServerSessionStorage, ServerConfig};
use rustls::version::{TLS12, TLS13};
use siru_browser::Program;

use crate::verdict::{BrokenLink, Protocol};

/// What a client presented in a handshake that came to its end.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    /// Its certificates, DER, its own first; none when it had none.
    pub certificates: Vec<Vec<u8>>,
    /// In which version of the protocol.
    pub protocol: Protocol,
    /// The family of browsers it says to belong to.
    pub program: Option<Program>,
    /// Why it had no certificate, as far as whoever answered it found out.
    pub reason: Option<BrokenLink>,
}

/// Makes the page for a client, in HTML, and may note what it found out meanwhile.
pub(crate) type Answer = Arc<dyn Fn(&mut Arrival) -> String + Send + Sync>;

/// The server. It listens until it is dropped.
#[derive(Debug)]
pub(crate) struct TestServer {
    address: SocketAddr,
    path: String,
    certificate: Vec<u8>,
    shared: Arc<Shared>,
    arrivals: Receiver<Option<Arrival>>,
    ender: Ender,
    listening: Option<JoinHandle<()>>,
}

/// Ends the wait for a browser.
#[derive(Clone, Debug)]
pub struct Ender(Sender<Option<Arrival>>);

impl Ender {
    /// Nobody is waited for any more.
    pub fn end(&self) {
        // Whoever waited may have gone already.
        let _heard = self.0.send(None);
    }
}

/// Why the server could not be started.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServerError {
    #[error("no port on 127.0.0.1: {0}")]
    Network(#[from] io::Error),
    #[error("no certificate for localhost: {0}")]
    Certificate(#[from] rcgen::Error),
    #[error("no TLS: {0}")]
    Tls(#[from] rustls::Error),
}

#[derive(Debug, Default)]
struct Shared {
    stopping: AtomicBool,
    connections: Mutex<Vec<Connection>>,
}

/// A connection that is being served.
#[derive(Debug)]
struct Connection {
    number: u64,
    stream: TcpStream,
}

impl TestServer {
    /// Listens on a free port of 127.0.0.1, under a path nobody can guess.
    pub fn start(answer: Answer) -> Result<Self, ServerError> {
        let identity = identity::localhost()?;
        let certificate = identity.certificate.to_vec();
        let provider = Arc::new(default_provider());
        let path = identity::unguessable_path(&provider)?;
        let verifier = verifier::AskForAny::new(provider.signature_verification_algorithms);
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13, &TLS12])?
            .with_client_cert_verifier(Arc::new(verifier))
            .with_single_cert(vec![identity.certificate], identity.key)?;
        // Every connection proves the key anew.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let (sender, arrivals) = mpsc::channel();
        let visitor = Visitor {
            config: Arc::new(config),
            path: path.clone(),
            answer,
            sender: sender.clone(),
        };
        let listening = thread::Builder::new()
            .name("log-in test".to_owned())
            .spawn({
                let shared = Arc::clone(&shared);
                move || listen(&listener, &visitor, &shared)
            })?;
        Ok(Self {
            address,
            path,
            certificate,
            shared,
            arrivals,
            ender: Ender(sender),
            listening: Some(listening),
        })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The only path it answers, with its slash.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its own certificate, DER.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// The next client that asked for the page. `None`: none came in time, or the wait was ended.
    pub fn arrival(&self, patience: Duration) -> Option<Arrival> {
        self.arrivals.recv_timeout(patience).ok().flatten()
    }

    /// With which the wait can be ended from elsewhere.
    pub fn ender(&self) -> Ender {
        self.ender.clone()
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // Wakes the listener, which looks at nothing but the flag then.
        let woken = TcpStream::connect(self.address);
        if let (Some(listening), Ok(_)) = (self.listening.take(), woken)
            && listening.join().is_err()
        {
            log::error!("the thread of the test server has panicked");
        }
        // Only now: what was accepted last is among them.
        for connection in self.shared.lock().drain(..) {
            let _ended = connection.stream.shutdown(Shutdown::Both);
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes a connection off the list when it has been served: its descriptor is not kept open.
struct Served {
    number: u64,
    shared: Arc<Shared>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let mut connections = self.shared.lock();
        connections.retain(|connection| connection.number != self.number);
    }
}

/// What is needed to serve a connection.
#[derive(Clone)]
struct Visitor {
    config: Arc<ServerConfig>,
    path: String,
    answer: Answer,
    sender: Sender<Option<Arrival>>,
}

fn listen(listener: &TcpListener, visitor: &Visitor, shared: &Arc<Shared>) {
    for number in 0.. {
        let accepted = listener.accept();
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        let received = accepted.and_then(|(stream, _)| receive(number, stream, visitor, shared));
        if let Err(error) = received {
            log::warn!("a connection could not be served: {error}");
            // Too many open files, most likely: the next attempt would fail at once as well.
            thread::sleep(PAUSE);
        }
    }
}

fn receive(
    number: u64,
    stream: TcpStream,
    visitor: &Visitor,
    shared: &Arc<Shared>,
) -> io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_write_timeout(Some(SILENCE))?;
    stream.set_nodelay(true)?;
    let connection = Connection {
        number,
        stream: stream.try_clone()?,
    };
    {
        let mut connections = shared.lock();
        if connections.len() >= MOST_CONNECTIONS {
            // The oldest is the one most likely opened ahead and never used.
            let _ended = connections.remove(0).stream.shutdown(Shutdown::Both);
        }
        connections.push(connection);
    }
    let served = Served {
        number,
        shared: Arc::clone(shared),
    };
    let visitor = visitor.clone();
    thread::Builder::new()
        .name("log-in visitor".to_owned())
        .spawn(move || {
            let _served = served;
            if let Err(error) = exchange::serve(stream, &visitor) {
                // A browser that does not trust the server yet breaks off, and comes again.
                log::debug!("a connection broke off: {error}");
            }
        })?;
    Ok(())
}

/// How long a connection may be silent: a person chooses a certificate and types a PIN meanwhile.
const SILENCE: Duration = Duration::from_secs(300);

const MOST_CONNECTIONS: usize = 32;

/// How long the listener rests when the system has no connection to give.
const PAUSE: Duration = Duration::from_millis(100);
