//! Does the service to log in to judge clients as it should? A software client with the keys of the
//! virtual cards, over real TLS.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use siru_tests::bench::card;
use siru_tests::site::{Offer, Site, Verify};

/// A certificate of a virtual card, and its key.
#[derive(Clone)]
struct Credential {
    chain: Vec<CertificateDer<'static>>,
    key: &'static [u8],
}

impl Credential {
    fn authentication(image: &str) -> Self {
        Self::of(image, &[0x4331])
    }

    fn of(image: &str, path: &[u16]) -> Self {
        let key: &[u8] = match (image.starts_with("v3"), path) {
            (true, [0x4331]) => include_bytes!("../src/sim/keys/v3-authentication.der"),
            (true, _) => include_bytes!("../src/sim/keys/v3-signature.der"),
            (false, [0x4331]) => include_bytes!("../src/sim/keys/v4-authentication.der"),
            (false, _) => include_bytes!("../src/sim/keys/v4-signature.der"),
        };
        let card = card(image);
        let certificate = card.file(path).expect("a certificate").to_vec();
        Self {
            chain: vec![certificate.into()],
            key,
        }
    }
}

/// The service, and a client of it with one cookie.
struct Visitor {
    site: Site,
    roots: Arc<RootCertStore>,
    cookie: String,
}

impl Visitor {
    fn new(test: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
        fs::create_dir_all(&folder).expect("a folder");
        let site = Site::start(&folder);
        let mut roots = RootCertStore::empty();
        let authority = CertificateDer::from_pem_file(site.authority()).expect("PEM");
        roots.add(authority).expect("a certificate");
        Self {
            site,
            roots: Arc::new(roots),
            cookie: String::new(),
        }
    }

    fn ask(&mut self, offer: Offer, credential: Option<&Credential>, request: &str) -> String {
        let provider = Arc::new(default_provider());
        let verifier =
            WebPkiServerVerifier::builder_with_provider(self.roots.clone(), provider.clone());
        let configuration = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS12, &TLS13])
            .expect("versions of the provider")
            .with_webpki_verifier(verifier.build().expect("there are roots"));
        let configuration = match credential {
            None => configuration.with_no_client_auth(),
            Some(Credential { chain, key }) => {
                let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(*key));
                configuration
                    .with_client_auth_cert(chain.clone(), key)
                    .expect("a certificate and its key")
            }
        };
        let name = ServerName::try_from("localhost").expect("a name");
        let connection = ClientConnection::new(Arc::new(configuration), name).expect("a client");
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.site.port(offer)));
        let mut stream = StreamOwned::new(connection, stream.expect("the service listens"));
        let (head, body) = request.split_once('\n').unwrap_or((request, ""));
        let (cookie, length) = (&self.cookie, body.len());
        let text = format!(
            "{head} HTTP/1.1\r\nHost: localhost\r\nCookie: session={cookie}\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(text.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        if let Some((_, rest)) = answer.split_once("Set-Cookie: session=") {
            self.cookie = rest.split(';').next().expect("a value").to_owned();
        }
        answer
    }

    fn expect(&mut self, credential: Option<&Credential>, request: &str, parts: &[&str]) {
        let answer = self.ask(Offer::Both, credential, request);
        for part in parts {
            assert!(answer.contains(part), "{request}: no {part} in {answer}");
        }
    }
}

#[test]
fn every_certificate_of_the_cards_is_verified_at_every_version() {
    let mut visitor = Visitor::new("verified");
    for offer in Offer::ALL {
        for (image, number) in [("v3", "99910017"), ("v4", "99910025")] {
            visitor.site.log.clear();
            let credential = Credential::authentication(image);
            let page = visitor.ask(offer, Some(&credential), "GET /");
            assert!(page.contains("verify=SUCCESS"), "{offer:?} {image}: {page}");
            let [handshake] = &visitor.site.log.all()[..] else {
                panic!("{offer:?} {image}: not one handshake");
            };
            assert_eq!(handshake.verify, Verify::Success);
            assert_eq!(handshake.version, offer.agreed());
            assert!(handshake.subject.contains(number), "{handshake:?}");
            assert!(!handshake.scheme.is_empty(), "{handshake:?}");
        }
        let page = visitor.ask(offer, None, "GET /");
        assert!(page.contains("verify=NONE"), "{offer:?}: {page}");
    }
}

#[test]
fn an_account_is_linked_used_unlinked_and_linked_to_a_renewed_card() {
    let mut visitor = Visitor::new("story");
    visitor.site.enrol("bjorn", "first");
    let [card, renewed] = ["v4", "v4-pin2-locked"].map(Credential::authentication);
    let (card, renewed) = (Some(&card), Some(&renewed));

    visitor.expect(None, "GET /query", &["403", "You are not logged in"]);
    visitor.expect(
        card,
        "GET /card",
        &["403", "This card is not linked to an account"],
    );
    visitor.expect(
        card,
        "POST /login\nname=bjorn&password=second",
        &["403", "Wrong user name or password"],
    );
    visitor.expect(
        card,
        "POST /login\nname=bjorn&password=first",
        &["303", "/query"],
    );
    visitor.expect(card, "GET /query", &["bjorn has no records here"]);
    visitor.expect(card, "POST /link\n", &["The card is linked"]);
    visitor.expect(card, "GET /logout", &["Logged out"]);
    visitor.expect(card, "GET /query", &["You are not logged in"]);

    visitor.expect(card, "GET /card", &["303", "/query"]);
    visitor.expect(card, "GET /query", &["bjorn has no records here"]);
    visitor.expect(
        card,
        "POST /password\npassword=second",
        &["The password is changed"],
    );
    visitor.expect(
        card,
        "GET /card",
        &["This card is not linked to an account"],
    );

    visitor.expect(
        renewed,
        "POST /login\nname=bjorn&password=second",
        &["/query"],
    );
    visitor.expect(renewed, "POST /link\n", &["The card is linked"]);
    visitor.expect(renewed, "GET /card", &["303", "/query"]);
    visitor.expect(
        card,
        "GET /card",
        &["This card is not linked to an account"],
    );
}

#[test]
fn what_cannot_be_let_in_is_told_why() {
    let mut visitor = Visitor::new("refused");
    let signature = Credential::of("v4", &[0x5016, 0x4332]);
    let expired = Credential::authentication("v3-expired");
    let mut untrusted = Credential::authentication("v3");
    untrusted.chain = vec![untrusted_certificate(untrusted.key)];
    visitor.expect(
        Some(&signature),
        "GET /card",
        &["403", "This is the signature certificate"],
    );
    visitor.expect(
        Some(&expired),
        "GET /card",
        &["403", "The certificate has expired"],
    );
    visitor.expect(
        Some(&expired),
        "GET /",
        &["verify=FAILED certificate expired"],
    );
    visitor.expect(
        Some(&untrusted),
        "GET /card",
        &["403", "The certificate is not trusted", "UnknownIssuer"],
    );
    visitor.expect(None, "GET /card", &["403", "No certificate was sent"]);
    visitor.expect(None, "GET /nowhere", &["404"]);
}

/// One that the key's owner signed.
fn untrusted_certificate(key: &[u8]) -> CertificateDer<'static> {
    let key = rcgen::KeyPair::try_from(key).expect("a key");
    let params = rcgen::CertificateParams::new(vec![]).expect("no names");
    let certificate = params.self_signed(&key).expect("signed");
    certificate.der().clone()
}
