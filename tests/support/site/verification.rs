//! The verification of a client's chain, which never ends the handshake: the page says what it
//! came to, as the person at the browser sees nothing of an alert.

use std::sync::{Arc, LazyLock, OnceLock};

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, ring};
use rustls::pki_types::{
    AlgorithmIdentifier, CertificateDer, InvalidSignature, SignatureVerificationAlgorithm,
    UnixTime, alg_id,
};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, RootCertStore,
    SignatureScheme,
};

use super::certificate::{Presented, Verdict};

/// What client certificates are held against.
#[derive(Clone, Debug)]
pub struct Trust {
    webpki: Arc<dyn ClientCertVerifier>,
    issuing: Arc<Vec<CertificateDer<'static>>>,
    hints: Arc<[DistinguishedName]>,
}

impl Trust {
    /// Trusts these roots, and knows these issuing authorities, which clients may leave out.
    ///
    /// # Panics
    ///
    /// When one of them is no certificate.
    pub fn new(roots: Vec<Vec<u8>>, issuing: Vec<Vec<u8>>) -> Self {
        let mut store = RootCertStore::empty();
        for root in roots {
            store.add(root.into()).expect("a root certificate");
        }
        // Some clients offer what one of these names has issued and nothing else.
        let mut hints = store.subjects();
        let mut issuers = RootCertStore::empty();
        for authority in &issuing {
            let authority = CertificateDer::from(authority.clone());
            issuers.add(authority).expect("an authority's certificate");
        }
        hints.extend(issuers.subjects());
        let webpki =
            WebPkiClientVerifier::builder_with_provider(Arc::new(store), Arc::new(provider()))
                .build()
                .expect("there are roots");
        Self {
            webpki,
            issuing: Arc::new(issuing.into_iter().map(CertificateDer::from).collect()),
            hints: hints.into(),
        }
    }
}

/// The verifier of one connection, which keeps what it saw.
#[derive(Debug)]
pub struct Witness {
    trust: Trust,
    presented: OnceLock<Presented>,
    scheme: OnceLock<SignatureScheme>,
}

impl Witness {
    /// Nothing seen yet.
    pub fn new(trust: &Trust) -> Self {
        Self {
            trust: trust.clone(),
            presented: OnceLock::new(),
            scheme: OnceLock::new(),
        }
    }

    /// The certificate, if one came.
    pub fn presented(&self) -> Option<&Presented> {
        self.presented.get()
    }

    /// How the client proved to have its key.
    pub fn scheme(&self) -> Option<SignatureScheme> {
        self.scheme.get().copied()
    }
}

impl ClientCertVerifier for Witness {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &self.trust.hints
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let known = self.trust.issuing.iter().cloned();
        let chain: Vec<_> = intermediates.iter().cloned().chain(known).collect();
        let checked = self
            .trust
            .webpki
            .verify_client_cert(end_entity, &chain, now);
        let verdict = match checked {
            Ok(_) => Verdict::Trusted,
            Err(Error::InvalidCertificate(
                CertificateError::Expired | CertificateError::ExpiredContext { .. },
            )) => Verdict::Expired,
            Err(error) => Verdict::Refused(error.to_string()),
        };
        let presented = Presented::read(end_entity, verdict)
            .map_err(|_| Error::InvalidCertificate(CertificateError::BadEncoding))?;
        // A handshake has one client certificate.
        let _ = self.presented.set(presented);
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let _ = self.scheme.set(signed.scheme);
        self.trust
            .webpki
            .verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let _ = self.scheme.set(signed.scheme);
        self.trust
            .webpki
            .verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.trust.webpki.supported_verify_schemes()
    }
}

/// What the service computes with: *ring*, and the one habit of the cards' authorities it refuses.
pub fn provider() -> CryptoProvider {
    let mut provider = ring::default_provider();
    provider.signature_verification_algorithms = WebPkiSupportedAlgorithms {
        all: &ALGORITHMS,
        mapping: provider.signature_verification_algorithms.mapping,
    };
    provider
}

/// ecdsa-with-SHA384 with a NULL beside it, as FINEID authorities write it (RFC 5758 forbids it).
#[derive(Debug)]
struct WithNull(&'static dyn SignatureVerificationAlgorithm);

impl SignatureVerificationAlgorithm for WithNull {
    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        self.0.verify_signature(public_key, message, signature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.0.public_key_alg_id()
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        AlgorithmIdentifier::from_slice(ECDSA_WITH_SHA384_AND_NULL)
    }
}

static ALGORITHMS: LazyLock<Vec<&'static dyn SignatureVerificationAlgorithm>> =
    LazyLock::new(|| {
        let mut all = ring::default_provider()
            .signature_verification_algorithms
            .all
            .to_vec();
        let plain = all.iter().copied().find(|algorithm| {
            algorithm.signature_alg_id() == alg_id::ECDSA_SHA384
                && algorithm.public_key_alg_id() == alg_id::ECDSA_P384
        });
        let plain = plain.expect("ring verifies P-384 with SHA-384");
        all.push(Box::leak(Box::new(WithNull(plain))));
        all
    });

/// 1.2.840.10045.4.3.3 and NULL, DER.
const ECDSA_WITH_SHA384_AND_NULL: &[u8] = &[
    0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03, 0x05, 0x00,
];
