//! The objects of a token: the certificate of an identity, its public and private key, and the
//! certificates of the authorities. Certificate and keys share one CKA_ID; by it clients join them.

use cryptoki_sys as ck;
use cryptoki_sys::{CK_ATTRIBUTE_TYPE, CK_OBJECT_HANDLE, CK_ULONG};
use siru_card::{CardCertificate, KeyType, PublicKey, Purpose, Timestamp};

use crate::attribute::{Value, Wanted};
use crate::certificate_parts::CertificateParts;
use crate::mechanism;

/// Which object of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    /// The certificate of the identity.
    Certificate,
    /// Its public key.
    PublicKey,
    /// Its private key, for whoever is logged in.
    PrivateKey,
    /// The certificate of an authority, by its place.
    Authority(u8),
}

impl ObjectKind {
    /// The most certificates of authorities on a card.
    pub const MAX_AUTHORITIES: u8 = 8;

    /// The objects of an identity.
    pub const OF_IDENTITY: [Self; 3] = [Self::Certificate, Self::PublicKey, Self::PrivateKey];

    /// A handle that means this object of this insertion of a card, and nothing ever after.
    pub fn handle(self, insertion: u32) -> CK_OBJECT_HANDLE {
        let number = match self {
            Self::Certificate => 1,
            Self::PublicKey => 2,
            Self::PrivateKey => 3,
            Self::Authority(place) => 0x10 + CK_ULONG::from(place),
        };
        CK_ULONG::from(insertion) << 8 | number
    }

    /// What a handle means while that insertion lasts.
    pub fn of_handle(handle: CK_OBJECT_HANDLE, insertion: u32) -> Option<Self> {
        if handle >> 8 != CK_ULONG::from(insertion) {
            return None;
        }
        match u8::try_from(handle & 0xFF).ok()? {
            1 => Some(Self::Certificate),
            2 => Some(Self::PublicKey),
            3 => Some(Self::PrivateKey),
            number => {
                let place = number.checked_sub(0x10)?;
                (place < Self::MAX_AUTHORITIES).then_some(Self::Authority(place))
            }
        }
    }

    const fn class(self) -> CK_ULONG {
        match self {
            Self::Certificate | Self::Authority(_) => ck::CKO_CERTIFICATE,
            Self::PublicKey => ck::CKO_PUBLIC_KEY,
            Self::PrivateKey => ck::CKO_PRIVATE_KEY,
        }
    }

    /// Whether this object could be one that is searched for, judged before the card is read: a
    /// client that looks for other things must not make the card busy.
    pub fn may_match(self, purpose: Purpose, template: &[Wanted]) -> bool {
        template.iter().all(|wanted| {
            let known = match wanted.kind {
                ck::CKA_CLASS => Some(Value::number(self.class())),
                ck::CKA_ID => Some(Value::bytes([self.id(purpose)])),
                kind => self.common(kind),
            };
            known.is_none_or(|value| value.is(&wanted.value))
        })
    }

    /// The identifier the card's own directory uses (*FINEID S4-1*, EF.PrKD and EF.CD).
    const fn id(self, purpose: Purpose) -> u8 {
        match (self, purpose) {
            // Behind all that keys and their certificates have.
            (Self::Authority(place), _) => 0x50 + place,
            (_, Purpose::Signature) => 0x46,
            _ => 0x45,
        }
    }

    /// What holds for every object of a kind, whatever card it is on.
    fn common(self, kind: CK_ATTRIBUTE_TYPE) -> Option<Value> {
        let is_key = matches!(self, Self::PublicKey | Self::PrivateKey);
        let is_private = self == Self::PrivateKey;
        let of_key = |value| if is_key { value } else { Value::Absent };
        let of_private = |value| if is_private { value } else { Value::Absent };
        let of_public = |value| {
            if is_key && !is_private {
                value
            } else {
                Value::Absent
            }
        };
        let of_certificate = |value| if is_key { Value::Absent } else { value };
        Some(match kind {
            ck::CKA_TOKEN => Value::truth(true),
            ck::CKA_PRIVATE => Value::truth(is_private),
            ck::CKA_MODIFIABLE | ck::CKA_COPYABLE | ck::CKA_DESTROYABLE => Value::truth(false),
            ck::CKA_CERTIFICATE_TYPE => of_certificate(Value::number(ck::CKC_X_509)),
            ck::CKA_CERTIFICATE_CATEGORY => of_certificate(Value::number(match self {
                Self::Authority(_) => ck::CK_CERTIFICATE_CATEGORY_AUTHORITY,
                _ => ck::CK_CERTIFICATE_CATEGORY_TOKEN_USER,
            })),
            ck::CKA_TRUSTED if is_private => Value::Absent,
            ck::CKA_TRUSTED => Value::truth(false),
            ck::CKA_DERIVE => of_key(Value::truth(false)),
            ck::CKA_LOCAL => of_key(Value::truth(is_private)),
            ck::CKA_KEY_GEN_MECHANISM => of_key(Value::number(ck::CK_UNAVAILABLE_INFORMATION)),
            ck::CKA_SIGN => of_private(Value::truth(true)),
            ck::CKA_SENSITIVE | ck::CKA_ALWAYS_SENSITIVE | ck::CKA_NEVER_EXTRACTABLE => {
                of_private(Value::truth(true))
            }
            ck::CKA_DECRYPT
            | ck::CKA_SIGN_RECOVER
            | ck::CKA_UNWRAP
            | ck::CKA_EXTRACTABLE
            | ck::CKA_WRAP_WITH_TRUSTED => of_private(Value::truth(false)),
            ck::CKA_ENCRYPT | ck::CKA_VERIFY | ck::CKA_VERIFY_RECOVER | ck::CKA_WRAP => {
                of_public(Value::truth(false))
            }
            _ => return None,
        })
    }
}

/// An identity as the card's certificate describes it.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Log-in or signature.
    pub purpose: Purpose,
    /// The public key, against which signatures are checked.
    pub public: PublicKey,
    certificate: CardCertificate,
    parts: CertificateParts,
    label: String,
}

impl Identity {
    /// An identity of a card. `None` when the certificate cannot be taken apart.
    pub fn new(certificate: CardCertificate, public: PublicKey, label: &str) -> Option<Self> {
        let parts = CertificateParts::of(&certificate.der)?;
        let label = match &certificate.certificate.holder {
            Some(holder) => format!("{label}, {holder}"),
            None => label.to_owned(),
        };
        Some(Self {
            purpose: certificate.purpose,
            public,
            certificate,
            parts,
            label,
        })
    }

    /// An attribute of one of its objects.
    pub fn attribute(
        &self,
        object: ObjectKind,
        kind: CK_ATTRIBUTE_TYPE,
        always_authenticate: bool,
    ) -> Value {
        if let Some(value) = object.common(kind) {
            return value;
        }
        match kind {
            ck::CKA_CLASS => Value::number(object.class()),
            ck::CKA_ID => Value::bytes([object.id(self.purpose)]),
            ck::CKA_LABEL => Value::bytes(self.label.as_bytes()),
            ck::CKA_SUBJECT => Value::bytes(self.parts.subject.as_slice()),
            ck::CKA_PUBLIC_KEY_INFO => Value::bytes(self.public.info()),
            ck::CKA_ALWAYS_AUTHENTICATE if object == ObjectKind::PrivateKey => {
                Value::truth(always_authenticate)
            }
            _ if object == ObjectKind::Certificate => {
                of_certificate(&self.certificate, &self.parts, kind)
            }
            _ => self.of_key(object, kind),
        }
    }

    fn of_key(&self, object: ObjectKind, kind: CK_ATTRIBUTE_TYPE) -> Value {
        let key = self.public.key_type();
        let is_private = object == ObjectKind::PrivateKey;
        let numbers = self.public.rsa_numbers();
        match (kind, key) {
            (ck::CKA_KEY_TYPE, KeyType::Rsa { .. }) => Value::number(ck::CKK_RSA),
            (ck::CKA_KEY_TYPE, KeyType::P256 | KeyType::P384) => Value::number(ck::CKK_EC),
            (ck::CKA_START_DATE | ck::CKA_END_DATE, _) => Value::bytes([]),
            (ck::CKA_MODULUS, _) => numbers.map_or(Value::Absent, |(n, _)| Value::bytes(n)),
            (ck::CKA_PUBLIC_EXPONENT, _) => numbers.map_or(Value::Absent, |(_, e)| Value::bytes(e)),
            (ck::CKA_MODULUS_BITS, KeyType::Rsa { bits }) if !is_private => {
                CK_ULONG::try_from(bits).map_or(Value::Absent, Value::number)
            }
            (ck::CKA_EC_PARAMS, KeyType::P256) => Value::bytes(SECP256R1),
            (ck::CKA_EC_PARAMS, KeyType::P384) => Value::bytes(SECP384R1),
            (ck::CKA_EC_POINT, _) => self.public.point().map_or(Value::Absent, |point| {
                let length = u8::try_from(point.len()).unwrap_or_default();
                // An OCTET STRING; a point on P-384 has 97 bytes, so one byte tells its length.
                Value::Bytes([&[0x04, length][..], &point].concat())
            }),
            (ck::CKA_ALLOWED_MECHANISMS, _) if is_private => {
                let offered = mechanism::family(key).map(mechanism::offered);
                Value::numbers(offered.unwrap_or_default())
            }
            (
                ck::CKA_PRIVATE_EXPONENT
                | ck::CKA_PRIME_1
                | ck::CKA_PRIME_2
                | ck::CKA_EXPONENT_1
                | ck::CKA_EXPONENT_2
                | ck::CKA_COEFFICIENT,
                KeyType::Rsa { .. },
            )
            | (ck::CKA_VALUE, _)
                if is_private =>
            {
                Value::Sensitive
            }
            _ => Value::Absent,
        }
    }
}

/// The certificate of an authority.
#[derive(Clone, Debug)]
pub struct Authority {
    certificate: CardCertificate,
    parts: CertificateParts,
}

impl Authority {
    /// An authority of a card. `None` when its certificate cannot be taken apart.
    pub fn new(certificate: CardCertificate) -> Option<Self> {
        let parts = CertificateParts::of(&certificate.der)?;
        Some(Self { certificate, parts })
    }

    /// An attribute of it.
    pub fn attribute(&self, object: ObjectKind, kind: CK_ATTRIBUTE_TYPE) -> Value {
        if let Some(value) = object.common(kind) {
            return value;
        }
        match kind {
            ck::CKA_CLASS => Value::number(object.class()),
            ck::CKA_ID => Value::bytes([object.id(Purpose::CertificateAuthority)]),
            ck::CKA_LABEL => {
                let name = self.certificate.certificate.common_name.as_deref();
                Value::bytes(name.unwrap_or_default().as_bytes())
            }
            _ => of_certificate(&self.certificate, &self.parts, kind),
        }
    }
}

fn of_certificate(
    certificate: &CardCertificate,
    parts: &CertificateParts,
    kind: CK_ATTRIBUTE_TYPE,
) -> Value {
    match kind {
        ck::CKA_VALUE => Value::bytes(certificate.der.as_slice()),
        ck::CKA_SUBJECT => Value::bytes(parts.subject.as_slice()),
        ck::CKA_ISSUER => Value::bytes(parts.issuer.as_slice()),
        ck::CKA_SERIAL_NUMBER => Value::bytes(parts.serial.as_slice()),
        ck::CKA_START_DATE => date(certificate.certificate.not_before),
        ck::CKA_END_DATE => date(certificate.certificate.not_after),
        ck::CKA_URL => Value::bytes([]),
        _ => Value::Absent,
    }
}

/// A `CK_DATE`: eight digits.
fn date(moment: Timestamp) -> Value {
    let (year, month, day) = moment.date();
    Value::bytes(format!("{year:04}{month:02}{day:02}"))
}

/// Object identifiers as CKA_EC_PARAMS has them (RFC 5480 §2.1.1.1).
const SECP256R1: [u8; 10] = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
const SECP384R1: [u8; 7] = [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_means_one_object_of_one_insertion() {
        let mut kinds = ObjectKind::OF_IDENTITY.to_vec();
        kinds.extend((0..ObjectKind::MAX_AUTHORITIES).map(ObjectKind::Authority));
        for kind in kinds {
            let handle = kind.handle(7);
            assert_eq!(ObjectKind::of_handle(handle, 7), Some(kind));
            assert_eq!(ObjectKind::of_handle(handle, 8), None);
        }
        for handle in [
            0,
            7 << 8,
            7 << 8 | 4,
            7 << 8 | 0xFF,
            ck::CK_UNAVAILABLE_INFORMATION,
        ] {
            assert_eq!(ObjectKind::of_handle(handle, 7), None, "{handle:x}");
        }
    }

    #[test]
    fn searches_for_other_things_are_answered_without_the_card() {
        let wanted = |kind, value: Value| match value {
            Value::Bytes(value) => Wanted { kind, value },
            other => panic!("{other:?} cannot be searched for"),
        };
        let class = |class| wanted(ck::CKA_CLASS, Value::number(class));
        let searches = [
            vec![class(ck::CKO_PROFILE)],
            vec![class(0xCE53_4354)],
            vec![
                class(ck::CKO_CERTIFICATE),
                wanted(ck::CKA_TRUSTED, Value::truth(true)),
            ],
            vec![wanted(ck::CKA_TOKEN, Value::truth(false))],
        ];
        for search in searches {
            for kind in ObjectKind::OF_IDENTITY
                .into_iter()
                .chain([ObjectKind::Authority(0)])
            {
                assert!(
                    !kind.may_match(Purpose::Authentication, &search),
                    "{search:?}"
                );
            }
        }
        let own = [wanted(ck::CKA_ID, Value::bytes([0x45]))];
        assert!(ObjectKind::Certificate.may_match(Purpose::Authentication, &own));
        assert!(!ObjectKind::Authority(0).may_match(Purpose::Authentication, &own));
    }
}
