//! Building a card from an image: files, certificates, secrets and keys.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use siru_apdu::Protocol;

use crate::authorities::{Chain, Line};
use crate::card::{Habits, Nature, SimulatedCard};
use crate::certificate::{self, Subject, Usage, Validity};
use crate::contents;
use crate::directory::ReferenceEncoding;
use crate::file_system::{EndOfFile, FileSystem};
use crate::image::{Image, Model, Variant};
use crate::ledger::Ledger;
use crate::reference_data::{ReferenceData, Scheme, Secret};
use crate::security_environment::{CardKey, KeyPurpose, SecurityEnvironment, SigningStyle};
use crate::software_key::{KeyError, SoftwareKey};
use crate::specimen::{self, Specimen};
use crate::status;

/// PIN1 of every activated card.
pub const PIN1: &str = "1234";
/// PIN2 of every activated card.
pub const PIN2: &str = "123456";
/// The PUK, or activation code, of every card.
pub const PUK: &str = "12345678";
/// Both PINs of a v4 card that is not activated.
pub const ACTIVATION_PIN: &str = "1234567";

/// An image, and the habits its card is to have.
#[derive(Debug, Clone)]
pub struct Personalisation {
    /// The card and its state.
    pub image: Image,
    /// The day the card is used: validity is reckoned from here.
    pub now: SystemTime,
    /// How references 82 and 83 are written in the directories.
    pub references: ReferenceEncoding,
    /// What overlong reads get.
    pub end_of_file: EndOfFile,
    /// Tries after a success, five on the cards in use.
    pub try_limit: u8,
    /// Whether VERIFY with P1 = FF is honoured or answers 6A86.
    pub honours_unverify: bool,
    /// Whether PIN1, too, is good for one signature only.
    pub authentication_user_consent: bool,
    /// Whether the card also takes the commands with which OpenSC's driver for SetCOS cards signs.
    /// No card in use does; it lets OpenSC sign with the same virtual card, for comparison.
    pub also_setcos: bool,
    /// The status word for a file that is not there: 6A82, or 6A88 on some old cards.
    pub missing_file: u16,
    /// A protocol other than the one a reader agrees on with such a card.
    pub protocol: Option<Protocol>,
    /// A serial other than the image's own, so that two cards of one image can be told apart.
    pub serial: Option<String>,
}

impl Personalisation {
    /// The habits of the cards in use, today.
    pub fn new(image: Image) -> Self {
        Self {
            image,
            now: SystemTime::now(),
            references: ReferenceEncoding::default(),
            end_of_file: EndOfFile::default(),
            try_limit: 5,
            honours_unverify: true,
            authentication_user_consent: false,
            also_setcos: false,
            missing_file: status::FILE_NOT_FOUND,
            protocol: None,
            serial: None,
        }
    }

    /// Builds the card.
    ///
    /// # Errors
    ///
    /// [`KeyError`] when a key that ships with the crate cannot be used.
    pub fn build(&self) -> Result<SimulatedCard, KeyError> {
        let serial = self.serial.clone().unwrap_or_else(|| self.own_serial());
        let mut card = SimulatedCard {
            nature: match self.image.model {
                Model::Foreign | Model::Lookalike => Nature::Foreign,
                Model::Mute => Nature::Mute,
                _ => Nature::Fineid,
            },
            atr: answer_to_reset(self.image.model).to_vec(),
            files: self.file_system(&serial),
            serial,
            secrets: self.secrets(),
            security: SecurityEnvironment::new(SigningStyle::LoadedHash, Vec::new()),
            habits: Habits {
                authentication_user_consent: self.authentication_user_consent,
                answers_production_data: matches!(self.image.model, Model::V3 | Model::V4),
            },
            preferred_protocol: Protocol::T0,
            ledger: Ledger::default(),
            exchanges: 0,
            pending: Vec::new(),
        };
        match self.image.model {
            Model::V3 => self.issue_v3(&mut card)?,
            Model::V4 => self.issue_v4(&mut card)?,
            Model::Organisation => self.issue_organisation(&mut card)?,
            Model::SetCos | Model::Foreign | Model::Lookalike | Model::Mute => {}
        }
        card.security.also_setcos = self.also_setcos;
        if let Some(protocol) = self.protocol {
            card.preferred_protocol = protocol;
        }
        Ok(card)
    }

    /// Whom the card is issued to; `None` for a card without certificates.
    pub fn holder(&self) -> Option<Specimen> {
        match (self.image.model, self.image.variant) {
            (Model::V3, _) => Some(specimen::AINO),
            (Model::V4, variant) if variant.is_fresh() => Some(specimen::PAIVI),
            (Model::V4, _) => Some(specimen::BJORN),
            (Model::Organisation, _) => Some(specimen::ASA),
            (Model::SetCos | Model::Foreign | Model::Lookalike | Model::Mute, _) => None,
        }
    }

    fn own_serial(&self) -> String {
        let last = self.variant_number();
        match self.image.model {
            Model::V3 => format!("AB{}", 1_234_560 + last),
            // The printed number is the end of a longer one.
            Model::V4 => format!("9246102411CD{}", 2_345_670 + last),
            Model::Organisation => format!("EF{}", 3_456_780 + last),
            Model::SetCos => "24600000000000123450".to_owned(),
            Model::Foreign => "FOREIGN".to_owned(),
            Model::Lookalike => "LOOKALIKE".to_owned(),
            Model::Mute => "MUTE".to_owned(),
        }
    }

    fn variant_number(&self) -> u32 {
        match self.image.variant {
            Variant::Normal => 0,
            Variant::Fresh => 1,
            Variant::Locked => 2,
            Variant::Pin2Locked => 3,
            Variant::LastTry => 4,
            Variant::PukLow => 5,
            Variant::PukSpent => 6,
            Variant::Expired => 7,
            Variant::LastTryPukSpent => 8,
            Variant::FreshLocked => 9,
            Variant::FreshPukSpent => 10,
        }
    }

    fn file_system(&self, serial: &str) -> FileSystem {
        let mut files = FileSystem::new(self.end_of_file, self.missing_file);
        contents::write_directories(&mut files, self.image.model, serial, self.references);
        if self.also_setcos {
            contents::add_key_file(&mut files, self.image.model, self.references);
        }
        files
    }

    fn secrets(&self) -> ReferenceData {
        let (scheme, references) = match self.image.model {
            Model::Organisation => (Scheme::Plain, [0x03, 0x04, 0x12]),
            // A SetCOS card is only recognised: no reference of today's scheme exists there.
            Model::SetCos => (Scheme::Padded, [0x01, 0x02, 0x00]),
            _ => (Scheme::Padded, [0x11, 0x82, 0x83]),
        };
        let second_minimum = if scheme == Scheme::Plain { 4 } else { 6 };
        let [mut pin1, mut pin2] = match (self.image.variant, self.image.model) {
            (variant, Model::V4) if variant.is_fresh() => [Some(ACTIVATION_PIN); 2],
            (variant, _) if variant.is_fresh() => [None, None],
            _ => [Some(PIN1), Some(PIN2)],
        }
        .map(|digits| Secret::new(0, 4, digits));
        let mut puk = Secret::new(0, 8, Some(PUK));
        pin2.min_length = second_minimum;
        for (secret, reference) in [&mut pin1, &mut pin2, &mut puk].into_iter().zip(references) {
            secret.reference = reference;
            secret.limit = self.try_limit;
            secret.tries = self.try_limit;
            secret.changed = !self.image.variant.is_fresh();
        }
        match self.image.variant {
            Variant::Locked
            | Variant::PukLow
            | Variant::PukSpent
            | Variant::FreshLocked
            | Variant::FreshPukSpent => pin1.tries = 0,
            Variant::Pin2Locked => pin2.tries = 0,
            Variant::LastTry | Variant::LastTryPukSpent => pin1.tries = 1,
            Variant::Normal | Variant::Fresh | Variant::Expired => {}
        }
        match self.image.variant {
            Variant::PukLow => puk.tries = 1,
            Variant::PukSpent | Variant::LastTryPukSpent | Variant::FreshPukSpent => puk.tries = 0,
            _ => {}
        }
        ReferenceData {
            scheme,
            authentication: pin1,
            signature: pin2,
            unblocking: puk,
            honours_unverify: self.honours_unverify,
        }
    }

    fn issue_v3(&self, card: &mut SimulatedCard) -> Result<(), KeyError> {
        let keys = [
            (
                0x01,
                SoftwareKey::rsa(include_bytes!("keys/v3-authentication.der"))?,
            ),
            (
                0x02,
                SoftwareKey::rsa(include_bytes!("keys/v3-signature.der"))?,
            ),
            (
                0x03,
                SoftwareKey::p256(include_bytes!("keys/v3-signature-2.der"))?,
            ),
        ];
        self.issue(card, Line::CitizenRsa, keys.into())
    }

    fn issue_v4(&self, card: &mut SimulatedCard) -> Result<(), KeyError> {
        let (authentication, signature): (&[u8], &[u8]) = match self.image.variant {
            variant if variant.is_fresh() => (
                include_bytes!("keys/v4-fresh-authentication.der"),
                include_bytes!("keys/v4-fresh-signature.der"),
            ),
            _ => (
                include_bytes!("keys/v4-authentication.der"),
                include_bytes!("keys/v4-signature.der"),
            ),
        };
        let keys = [
            (0x01, SoftwareKey::p384(authentication)?),
            (0x02, SoftwareKey::p384(signature)?),
        ];
        self.issue(card, Line::CitizenEc, keys.into())
    }

    fn issue_organisation(&self, card: &mut SimulatedCard) -> Result<(), KeyError> {
        let keys = [
            (
                0x01,
                SoftwareKey::p384(include_bytes!("keys/organisation-authentication.der"))?,
            ),
            (
                0x82,
                SoftwareKey::p384(include_bytes!("keys/organisation-signature.der"))?,
            ),
        ];
        card.preferred_protocol = Protocol::T1;
        self.issue(card, Line::OrganisationEc, keys.into())
    }

    /// Certifies the keys, the first for authentication, and puts keys and certificates in.
    fn issue(
        &self,
        card: &mut SimulatedCard,
        line: Line,
        keys: Vec<(u8, SoftwareKey)>,
    ) -> Result<(), KeyError> {
        let Some(holder) = self.holder() else {
            return Ok(());
        };
        let chain = Chain::new(line)?;
        card.files.add(0x4334, chain.root_certificate.clone());
        let issuing_file = if line == Line::OrganisationEc {
            0x4333
        } else {
            0x4336
        };
        card.files
            .add(issuing_file, chain.issuing_certificate.clone());
        let validity = self.validity();
        let first_serial = holder.number + 10 * self.variant_number();
        let mut card_keys = Vec::new();
        for (serial, (reference, key)) in (first_serial..).zip(keys) {
            let usage = if reference == 0x01 {
                Usage::Authentication
            } else {
                Usage::Signature
            };
            let at_work = holder.position.is_some() && usage == Usage::Authentication;
            let mail = format!("{}@siru.invalid", holder.mailbox);
            let subject = Subject {
                name: certificate::holder_name(&holder),
                key: &key,
                usage,
                principal: at_work.then(|| mail.clone()),
                mail: Some(mail),
            };
            let certificate = certificate::issue(&chain.issuing, &subject, serial, validity)?;
            match reference {
                0x01 => card.files.add(0x4331, certificate),
                0x03 => card.files.add_to_signature(0x4335, certificate),
                _ => card.files.add_to_signature(0x4332, certificate),
            }
            let purpose = match usage {
                Usage::Authentication => KeyPurpose::Authentication,
                _ => KeyPurpose::Signature,
            };
            card_keys.push(CardKey {
                reference,
                purpose,
                key,
            });
        }
        let style = match line {
            Line::OrganisationEc => SigningStyle::InlineDigest,
            Line::CitizenRsa | Line::CitizenEc => SigningStyle::LoadedHash,
        };
        card.security = SecurityEnvironment::new(style, card_keys);
        Ok(())
    }

    fn validity(&self) -> Validity {
        let regime_change = UNIX_EPOCH + ACTIVATION_PINS_BEGIN;
        let recently = self.now - 30 * DAY;
        let not_before = match (self.image.variant, self.image.model) {
            (Variant::Expired, _) => self.now - 2000 * DAY,
            // The date tells which way of activation a citizen card wants.
            (variant, Model::V3) if variant.is_fresh() => recently.min(regime_change - 60 * DAY),
            (variant, Model::V4) if variant.is_fresh() => recently.max(regime_change),
            (variant, _) if variant.is_fresh() => recently,
            _ => self.now - 400 * DAY,
        };
        let not_after = not_before + 1825 * DAY;
        match self.image.variant {
            Variant::Expired => Validity {
                not_before,
                not_after,
            },
            _ => Validity {
                not_before,
                not_after: not_after.max(self.now + 365 * DAY),
            },
        }
    }
}

/// The answers to reset, historical bytes and all.
fn answer_to_reset(model: Model) -> &'static [u8] {
    match model {
        Model::V3 => &[
            0x3B, 0x7F, 0x96, 0x00, 0x00, 0x80, 0x31, 0xB8, 0x65, 0xB0, 0x85, 0x03, 0x00, 0xEF,
            0x12, 0x00, 0xF6, 0x82, 0x90, 0x00,
        ],
        Model::V4 => &[
            0x3B, 0x7F, 0x96, 0x00, 0x00, 0x80, 0x31, 0xB8, 0x65, 0xB0, 0x85, 0x05, 0x10, 0x24,
            0x12, 0x24, 0x60, 0x82, 0x90, 0x00,
        ],
        Model::Organisation => &[
            0x3B, 0xDD, 0x96, 0x00, 0x80, 0x31, 0xFE, 0x45, 0x00, 0x31, 0xB8, 0x64, 0x04, 0x29,
            0xEC, 0xC1, 0x73, 0x94, 0x01, 0x80, 0x83, 0x49,
        ],
        Model::SetCos => &[
            0x3B, 0x7B, 0x94, 0x00, 0x00, 0x80, 0x62, 0x12, 0x51, 0x56, 0x46, 0x69, 0x6E, 0x45,
            0x49, 0x44,
        ],
        Model::Foreign => &[
            0x3B, 0xFE, 0x18, 0x00, 0x00, 0x80, 0x31, 0xFE, 0x45, 0x45, 0x73, 0x74, 0x45, 0x49,
            0x44, 0x20, 0x76, 0x65, 0x72, 0x20, 0x31, 0x2E, 0x30, 0xA8,
        ],
        Model::Lookalike => &[
            0x3B, 0x7F, 0x96, 0x00, 0x00, 0x80, 0x31, 0xB8, 0x65, 0xB0, 0x85, 0x05, 0x00, 0x39,
            0x12, 0x01, 0xF6, 0x82, 0x90, 0x00,
        ],
        Model::Mute => &[],
    }
}

const DAY: Duration = Duration::from_secs(86_400);

/// 2026-01-13: citizen cards issued from here on come with an activation PIN.
const ACTIVATION_PINS_BEGIN: Duration = Duration::from_secs(1_768_262_400);
