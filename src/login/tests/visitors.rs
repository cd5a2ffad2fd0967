//! Browsers that come to the test server, in the shape of a TLS client.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::client::ClientConfig;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::SingleCertAndKey;
use rustls::{ClientConnection, DigitallySignedStruct, Error, SignatureScheme, StreamOwned};

use super::{KeyInSoftware, Specimen, anchors};
use crate::browser::BrowserTest;
use crate::key::{CardKey, certified};
use crate::page::Page;
use crate::verdict::{BrokenLink, Protocol, Verdict};

/// A browser whose person said that the server's certificate is all right.
#[derive(Debug)]
struct SaysYes;

impl ServerCertVerifier for SaysYes {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        default_provider()
            .signature_verification_algorithms
            .supported_schemes()
    }
}

fn page(verdict: &Verdict) -> Page {
    let holder = verdict.presented().and_then(|one| one.leaf.holder.clone());
    Page {
        language: "en",
        title: "Test".to_owned(),
        headline: verdict.name().to_owned(),
        good: verdict.link().is_none(),
        sentences: Vec::new(),
        next_step: None,
        rows: vec![(
            "Holder".to_owned(),
            holder.map(|name| name.to_string()).unwrap_or_default(),
        )],
    }
}

fn waiting(image: &str) -> BrowserTest {
    BrowserTest::start(anchors(), Specimen::of(image).authorities, None, page).unwrap()
}

fn port(test: &BrowserTest) -> (u16, String) {
    let address = test.address();
    let rest = address.strip_prefix("https://localhost:").unwrap();
    let (port, path) = rest.split_once('/').unwrap();
    (port.parse().unwrap(), format!("/{path}"))
}

/// What a browser shows, with the certificate of a virtual card or with none.
fn visit(port: u16, path: &str, image: Option<&str>) -> String {
    let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(SaysYes));
    let config = match image {
        None => builder.with_no_client_auth(),
        Some(image) => {
            let key: Arc<dyn CardKey> = Arc::new(KeyInSoftware::of(image));
            let leaf = Specimen::of(image).leaf;
            let (certified, _) = certified(vec![leaf], &key, Protocol::Tls13);
            builder.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(certified)))
        }
    };
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let mut stream = StreamOwned::new(connection, socket);
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut shown = String::new();
    stream.read_to_string(&mut shown).unwrap();
    shown
}

const SOON: Duration = Duration::from_secs(20);
const AT_ONCE: Duration = Duration::from_millis(50);

#[test]
fn the_page_says_who_logged_in() {
    let test = waiting("v4");
    let (port, path) = port(&test);
    let shown = visit(port, &path, Some("v4"));
    assert!(shown.starts_with("HTTP/1.1 200 OK\r\n"), "{shown}");
    let verdict = test.next(SOON).unwrap();
    let holder = verdict.presented().unwrap().leaf.holder.clone().unwrap();
    assert!(verdict.link().is_none());
    assert!(shown.contains(&*holder), "{shown}");
    assert!(shown.contains("logged-in"));
    assert!(shown.contains("Cache-Control: no-store"));
}

#[test]
fn a_browser_without_a_certificate_gets_a_page_and_may_come_again() {
    let test = waiting("v3");
    let (port, path) = port(&test);
    assert!(visit(port, &path, None).contains("nothing-presented"));
    let first = test.next(SOON).unwrap();
    assert_eq!(
        first.link(),
        Some(&BrokenLink::NothingPresented { by: None })
    );
    assert!(visit(port, &path, Some("v3")).contains("logged-in"));
    assert!(test.next(SOON).unwrap().link().is_none());
}

#[test]
fn what_the_module_shows_without_a_pin_is_the_reason_when_nothing_comes() {
    let start = |module: &str| {
        let pool = Specimen::of("v4").authorities;
        BrowserTest::start(anchors(), pool, Some(module.into()), page)
    };
    assert_eq!(
        start("/nowhere/module.so").err(),
        Some(BrokenLink::NoModule)
    );
    let test = start("lib.rs").unwrap();
    let (port, path) = port(&test);
    assert!(visit(port, &path, None).contains("module-unusable"));
    // It is waited on: the reason may be put right, and the browser come again.
    let verdict = test.wait(SOON, |told| {
        assert_eq!(told.link(), Some(&BrokenLink::ModuleUnusable));
        visit(port, &path, Some("v4"));
    });
    assert_eq!(verdict.name(), "logged-in");
    test.ender().end();
    assert_eq!(test.wait(SOON, |_| {}).name(), "module-unusable");
}

#[test]
fn a_browser_is_known_by_what_it_calls_itself() {
    use siru_browser::Program;
    let cases = [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            Some(Program::Firefox),
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            Some(Program::Chromium),
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
            None,
        ),
        ("curl/8.0", None),
    ];
    for (agent, by) in cases {
        let test = waiting("v4");
        let (port, path) = port(&test);
        let request = format!("{path} HTTP/1.1\r\nuser-agent: {agent}\r\nX-Rest:");
        assert!(visit(port, &request, None).contains("nothing-presented"));
        let verdict = test.next(SOON).unwrap();
        assert_eq!(
            verdict.link(),
            Some(&BrokenLink::NothingPresented { by }),
            "{agent}"
        );
    }
}

#[test]
fn who_does_not_know_the_path_is_no_visitor() {
    let test = waiting("v4");
    let (port, _) = port(&test);
    assert!(visit(port, "/", Some("v4")).starts_with("HTTP/1.1 404"));
    assert!(test.next(AT_ONCE).is_none());
}

#[test]
fn a_silent_connection_keeps_nobody_waiting_and_ends_with_the_test() {
    let test = waiting("v4");
    let (port, path) = port(&test);
    let mut silent = TcpStream::connect(("127.0.0.1", port)).unwrap();
    assert!(visit(port, &path, Some("v4")).contains("logged-in"));
    drop(test);
    let mut end = Vec::new();
    // Closed or reset, but not left open.
    let _ended = silent.read_to_end(&mut end);
    assert!(end.is_empty());
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
}

#[test]
fn every_test_has_a_port_and_a_path_of_its_own() {
    let (one, other) = (waiting("v4"), waiting("v4"));
    assert_ne!(port(&one).0, port(&other).0);
    assert_ne!(port(&one).1, port(&other).1);
}

#[test]
fn the_wait_goes_on_until_a_certificate_came_or_somebody_ends_it() {
    let test = waiting("v4");
    let (port, path) = port(&test);
    assert!(visit(port, &path, None).contains("nothing-presented"));
    let verdict = test.wait(SOON, |told| {
        assert_eq!(
            told.link(),
            Some(&BrokenLink::NothingPresented { by: None })
        );
        visit(port, &path, Some("v4"));
    });
    assert_eq!(verdict.name(), "logged-in");
    // What was ended before anybody came says so, and what came last otherwise.
    test.ender().end();
    assert_eq!(
        test.wait(SOON, |_| {}).link(),
        Some(&BrokenLink::NobodyCame)
    );
    visit(port, &path, None);
    let ender = test.ender();
    let verdict = test.wait(SOON, |_| ender.end());
    assert_eq!(
        verdict.link(),
        Some(&BrokenLink::NothingPresented { by: None })
    );
}
