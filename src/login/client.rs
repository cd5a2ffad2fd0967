//! The browser's part: a handshake with the test server in which a key proves itself.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::client::ClientConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::ServerName;
use rustls::sign::SingleCertAndKey;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConnection, RootCertStore, StreamOwned};

use crate::key::{CardKey, certified};
use crate::server::{Arrival, TestServer};
use crate::verdict::{BrokenLink, Protocol};

/// Logs in to `server` with `certificates`, the own one first, and says what arrived there. The key
/// signs once.
pub(crate) fn log_in(
    server: &TestServer,
    certificates: Vec<Vec<u8>>,
    key: &Arc<dyn CardKey>,
    protocol: Protocol,
) -> Result<Arrival, BrokenLink> {
    let (certified, fault) = certified(certificates, key, protocol);
    let failed = |error: &dyn std::error::Error| {
        log::info!("the {} handshake broke off: {error}", protocol.name());
        fault
            .take()
            .unwrap_or(BrokenLink::HandshakeFailed(protocol))
    };
    let config = config(server, certified, protocol).map_err(|error| failed(&error))?;
    let name = ServerName::try_from("localhost").map_err(|error| failed(&error))?;
    let connection =
        ClientConnection::new(Arc::new(config), name).map_err(|error| failed(&error))?;
    let asked = || -> std::io::Result<()> {
        let socket = TcpStream::connect(server.address())?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        let mut stream = StreamOwned::new(connection, socket);
        let path = server.path();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        let mut page = Vec::new();
        stream.read_to_end(&mut page).map(|_| ())
    };
    asked().map_err(|error| failed(&error))?;
    let arrival = server
        .arrival(PATIENCE)
        .ok_or(BrokenLink::HandshakeFailed(protocol))?;
    // A key of a kind, or a module without a mechanism, that no scheme fits is not even asked.
    if arrival.certificates.is_empty() {
        return Err(BrokenLink::NoSignature(protocol));
    }
    Ok(arrival)
}

fn config(
    server: &TestServer,
    certified: rustls::sign::CertifiedKey,
    protocol: Protocol,
) -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(server.certificate().to_vec().into())?;
    let version = match protocol {
        Protocol::Tls12 => &TLS12,
        Protocol::Tls13 => &TLS13,
    };
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[version])?
        .with_root_certificates(roots)
        .with_client_cert_resolver(Arc::new(SingleCertAndKey::from(certified)));
    Ok(config)
}

/// How long a card may take to sign.
const PATIENCE: Duration = Duration::from_secs(60);
