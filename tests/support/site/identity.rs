//! The certificate of the server itself, under a test authority made for the occasion.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// A server's certificate and key, and the authority clients are to trust.
pub struct Identity {
    /// The authority's certificate.
    pub authority_pem: String,
    /// The server's certificate.
    pub certificate: CertificateDer<'static>,
    /// Its key, PKCS #8.
    key: Vec<u8>,
}

impl Identity {
    /// A new authority, and a certificate for `localhost` and 127.0.0.1.
    ///
    /// # Panics
    ///
    /// When the system has no randomness.
    pub fn new() -> Self {
        let mut authority = named("Siru TEST Server Authority", vec![]);
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let authority_key = KeyPair::generate().expect("a key");
        let authority_certificate = authority.self_signed(&authority_key).expect("signed");
        let issuer = Issuer::new(authority, authority_key);

        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let mut server = named("localhost", names);
        server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        server.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate().expect("a key");
        let certificate = server.signed_by(&key, &issuer).expect("signed");
        Self {
            authority_pem: authority_certificate.pem(),
            certificate: certificate.der().clone(),
            key: key.serialize_der(),
        }
    }

    /// The server's key.
    pub fn key(&self) -> PrivateKeyDer<'static> {
        PrivatePkcs8KeyDer::from(self.key.clone()).into()
    }
}

fn named(common_name: &str, alternatives: Vec<String>) -> CertificateParams {
    let mut params = CertificateParams::new(alternatives).expect("ASCII names");
    params
        .distinguished_name
        .push(DnType::CommonName, common_name);
    // As long as the specimens' own authorities.
    params.not_before = rcgen::date_time_ymd(2020, 1, 1);
    params.not_after = rcgen::date_time_ymd(2049, 12, 31);
    params
}
