//! The server's own certificate, made for one test, and the path that only its link knows.

use std::time::{Duration, SystemTime};

use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, SanType};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

pub(super) struct Identity {
    pub certificate: CertificateDer<'static>,
    pub key: PrivateKeyDer<'static>,
}

/// A new key and a certificate for it that it signed itself: valid for a day, for this computer.
pub(super) fn localhost() -> Result<Identity, rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut parameters = CertificateParams::new(vec!["localhost".to_owned()])?;
    let loopback = std::net::Ipv4Addr::LOCALHOST.into();
    parameters
        .subject_alt_names
        .push(SanType::IpAddress(loopback));
    parameters
        .distinguished_name
        .push(DnType::CommonName, "Siru log-in test (this computer)");
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let now = SystemTime::now();
    // Clocks of browsers and computers differ a little.
    parameters.not_before = (now - HOUR).into();
    parameters.not_after = (now + HOUR * 24).into();
    let certificate = parameters.self_signed(&key)?;
    Ok(Identity {
        certificate: certificate.der().clone(),
        key: PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
    })
}

/// A path of 64 random bits. Other programs and users of the computer may find the port, but not
/// what is asked of it.
pub(super) fn unguessable_path(provider: &CryptoProvider) -> Result<String, rustls::Error> {
    let mut random = [0; 8];
    provider.secure_random.fill(&mut random)?;
    Ok(format!("/{:016x}", u64::from_be_bytes(random)))
}

const HOUR: Duration = Duration::from_secs(3600);
