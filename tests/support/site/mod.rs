//! A service to log in to, modelled on a government query service: first by user name and password,
//! then by the card that was linked to the account.
//!
//! It listens on 127.0.0.1 at a port for each choice of TLS versions, asks for a client certificate
//! and goes on without one, and keeps a [`Log`] of the handshakes. There is no resumption.

pub mod accounts;
pub mod certificate;
mod http;
mod identity;
pub mod log;
mod pages;
mod verification;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{fs, thread};

use rustls::server::NoServerSessionStorage;
use rustls::version::{TLS12, TLS13};
use rustls::{
    ProtocolVersion, ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion,
};

pub use self::log::{Handshake, Log, Verify};

use self::http::Request;
use self::identity::Identity;
use self::pages::{Service, Visit};
use self::verification::{Trust, Witness, provider};

/// The choice of TLS versions a port offers, so that no fallback can hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// TLS 1.2 only.
    Tls12,
    /// Both.
    Both,
    /// TLS 1.3 only.
    Tls13,
}

impl Offer {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Tls12, Self::Both, Self::Tls13];

    /// What a client that speaks both agrees on there.
    pub const fn agreed(self) -> &'static str {
        match self {
            Self::Tls12 => "TLSv1.2",
            Self::Both | Self::Tls13 => "TLSv1.3",
        }
    }

    fn versions(self) -> Vec<&'static SupportedProtocolVersion> {
        match self {
            Self::Tls12 => vec![&TLS12],
            Self::Both => vec![&TLS13, &TLS12],
            Self::Tls13 => vec![&TLS13],
        }
    }
}

/// The running service.
pub struct Site {
    /// What came of each handshake.
    pub log: Log,
    ports: [u16; 3],
    authority: PathBuf,
    server: Arc<Server>,
}

impl Site {
    /// Starts it, with trust in the virtual cards' roots, and its authority's certificate as a file
    /// in this folder.
    ///
    /// # Panics
    ///
    /// When it cannot listen or write.
    #[must_use]
    pub fn start(folder: &Path) -> Self {
        let roots = siru_sim::trust_anchors().expect("the simulator's own keys");
        let issuing = siru_sim::issuing_authorities().expect("the simulator's own keys");
        let identity = Identity::new();
        let authority = folder.join("authority.pem");
        fs::write(&authority, &identity.authority_pem).expect("a folder to write to");
        let (log, service) = (Log::default(), Arc::new(Mutex::new(Service::default())));
        let server = Arc::new(Server {
            identity,
            trust: Trust::new(roots, issuing),
            log: log.clone(),
            service,
        });
        Self {
            log,
            ports: Offer::ALL.map(|offer| server.open(offer)),
            authority,
            server,
        }
    }

    /// The port that offers this.
    #[must_use]
    pub fn port(&self, offer: Offer) -> u16 {
        let [tls12, both, tls13] = self.ports;
        match offer {
            Offer::Tls12 => tls12,
            Offer::Both => both,
            Offer::Tls13 => tls13,
        }
    }

    /// The address of a page there.
    #[must_use]
    pub fn url(&self, offer: Offer, path: &str) -> String {
        format!("https://localhost:{}{path}", self.port(offer))
    }

    /// The address of a page at a further port that offers this, where nobody was before.
    ///
    /// # Panics
    ///
    /// When it cannot listen.
    #[must_use]
    pub fn further_url(&self, offer: Offer, path: &str) -> String {
        format!("https://localhost:{}{path}", self.server.open(offer))
    }

    /// The certificate clients are to trust, PEM.
    #[must_use]
    pub fn authority(&self) -> &Path {
        &self.authority
    }

    /// Opens an account that no card is linked to.
    pub fn enrol(&self, name: &str, password: &str) {
        let service = self.server.service.lock();
        let mut service = service.unwrap_or_else(PoisonError::into_inner);
        service.accounts.enrol(name, password);
    }
}

/// What all connections share.
struct Server {
    identity: Identity,
    trust: Trust,
    log: Log,
    service: Arc<Mutex<Service>>,
}

impl Server {
    /// Begins to listen; the port.
    fn open(self: &Arc<Self>, offer: Offer) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let server = self.clone();
        thread::spawn(move || server.listen(&listener, offer, port));
        port
    }

    fn listen(self: Arc<Self>, listener: &TcpListener, offer: Offer, port: u16) {
        for stream in listener.incoming().map_while(Result::ok) {
            let server = self.clone();
            thread::spawn(move || server.serve(stream, offer, port));
        }
    }

    /// One connection: a handshake, a request, an answer.
    fn serve(&self, mut stream: TcpStream, offer: Offer, port: u16) {
        let _ = stream.set_read_timeout(Some(LONGEST_SILENCE));
        // Browsers open connections ahead of need and close them unused.
        if stream.peek(&mut [0]).is_ok_and(|read| read == 0) {
            return;
        }
        let witness = Arc::new(Witness::new(&self.trust));
        let mut connection =
            ServerConnection::new(self.configuration(offer, &witness)).expect("a configuration");
        let mut shaken = Ok(());
        while connection.is_handshaking() && shaken.is_ok() {
            shaken = connection.complete_io(&mut stream).map(|_| ());
        }
        let version = name(connection.protocol_version());
        let presented = witness.presented();
        self.log.note(Handshake {
            port,
            version,
            verify: match &shaken {
                Ok(()) => Verify::of(presented),
                Err(error) => Verify::Broken(error.to_string()),
            },
            subject: presented.map_or_else(String::new, |found| found.subject.clone()),
            serial: presented.map_or_else(String::new, |found| found.serial.clone()),
            scheme: witness
                .scheme()
                .map_or_else(String::new, |scheme| format!("{scheme:?}")),
        });
        if shaken.is_err() {
            // What is left to be sent is the alert.
            let _ = connection.write_tls(&mut stream);
            return;
        }
        let mut stream = StreamOwned::new(connection, stream);
        let Ok(Some(request)) = Request::read(&mut stream) else {
            return;
        };
        let visit = Visit { version, presented };
        let response = self
            .service
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .answer(&request, &visit);
        let _ = response.write(&mut stream);
        stream.conn.send_close_notify();
        let _ = stream.conn.write_tls(&mut stream.sock);
        // Closing with something unread would reset the connection and lose the page.
        let _ = stream.sock.shutdown(Shutdown::Write);
        let mut rest = [0; 1024];
        while stream.sock.read(&mut rest).is_ok_and(|read| read > 0) {}
        let _ = stream.sock.flush();
    }

    /// A configuration for one connection, as its verifier keeps what it saw.
    fn configuration(&self, offer: Offer, witness: &Arc<Witness>) -> Arc<ServerConfig> {
        let chain = vec![self.identity.certificate.clone()];
        let mut configuration = ServerConfig::builder_with_provider(Arc::new(provider()))
            .with_protocol_versions(&offer.versions())
            .expect("versions of the provider")
            .with_client_cert_verifier(witness.clone())
            .with_single_cert(chain, self.identity.key())
            .expect("a certificate and its key");
        configuration.session_storage = Arc::new(NoServerSessionStorage {});
        configuration.send_tls13_tickets = 0;
        Arc::new(configuration)
    }
}

/// A protocol version as nginx and OpenSSL write it.
const fn name(version: Option<ProtocolVersion>) -> &'static str {
    match version {
        Some(ProtocolVersion::TLSv1_2) => "TLSv1.2",
        Some(ProtocolVersion::TLSv1_3) => "TLSv1.3",
        _ => "",
    }
}

/// A person may take long over a PIN while the handshake waits.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);
