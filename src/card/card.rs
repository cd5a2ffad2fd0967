//! One open card: recognised, read, and ready for PIN work.

use siru_apdu::select::{FileId, FilePath};
use siru_apdu::{CardChannel, Conversation, TriesLeft};

use crate::access::{Access, ReadOnlyReason};
use crate::certificate::{CardCertificate, CardKind, Purpose};
use crate::error::{OpenError, ReadError};
use crate::file::{self, Extent};
use crate::identity::{AuthenticationObject, CardIdentity};
use crate::opening::Facts;
use crate::pin::{
    self, Afterwards, Answer, Consent, PUK_BESIDE_ACTIVATION_PIN, PinOutcome, PinRequest, PinRole,
    PinRules, PinStates, Terms,
};
use crate::pkcs15::{
    CertificateObject, ObjectDirectory, PinAttributes, PrivateKeyObject, TokenInfo,
};
use crate::profile::{self, CardProfile, PinReference, Recognition, UNKNOWN, Writing};
use crate::rules::{attributes_of, rules_for};
use crate::sign::Environment;

/// A FINEID card in a reader. It owns the connection; dropping it leaves the card as it is.
pub struct FineidCard {
    pub(crate) channel: Box<dyn CardChannel>,
    pub(crate) profile: &'static CardProfile,
    pub(crate) identity: CardIdentity,
    token: TokenInfo,
    pub(crate) access: Access,
    kind: CardKind,
    directory: ObjectDirectory,
    pins: Vec<PinAttributes>,
    objects: Vec<AuthenticationObject>,
    puk_rules: PinRules,
    pub(crate) states: PinStates,
    /// What the card's keys were last told to sign with.
    pub(crate) environment: Environment,
}

impl FineidCard {
    /// Recognises the card and reads its counters, serial number and PIN directory, in one
    /// transaction. No code is presented and no try is used.
    ///
    /// # Errors
    ///
    /// [`OpenError`] names what the card is instead, or why it could not be talked to.
    pub fn open(mut channel: Box<dyn CardChannel>) -> Result<Self, OpenError> {
        let recognised = match profile::recognise(channel.atr()) {
            Recognition::Known(profile) if profile.writing == Writing::Retired => {
                return Err(OpenError::Legacy { profile });
            }
            Recognition::Known(profile) => Some(profile),
            Recognition::Unknown => None,
        };
        let facts = Facts::read(channel.as_mut(), recognised)?;
        let profile = recognised.unwrap_or(&UNKNOWN);
        let identity = CardIdentity {
            serial: facts.token.serial.clone(),
            atr: channel.atr().to_vec(),
        };
        let mut card = Self {
            channel,
            profile,
            identity,
            token: facts.token,
            access: facts.access,
            kind: profile.issued_to,
            directory: facts.directory,
            pins: facts.pins,
            objects: Vec::new(),
            puk_rules: PinRules {
                min_entered: 0,
                max_entered: 0,
                min_new: 0,
                max_new: 0,
            },
            states: facts.states,
            environment: None,
        };
        card.fix_rules();
        Ok(card)
    }

    /// Its generation.
    pub const fn profile(&self) -> &'static CardProfile {
        self.profile
    }

    /// Which card it is, for binding a request to it.
    pub const fn identity(&self) -> &CardIdentity {
        &self.identity
    }

    /// What the card says about itself.
    pub const fn token(&self) -> &TokenInfo {
        &self.token
    }

    /// Whether Siru writes to it.
    pub const fn access(&self) -> Access {
        self.access
    }

    /// Whom it was issued to. For organisation and healthcare cards [`CardKind::Unknown`] until the
    /// certificate for authentication was read.
    pub const fn kind(&self) -> CardKind {
        self.kind
    }

    /// PIN1 and PIN2.
    pub fn objects(&self) -> &[AuthenticationObject] {
        &self.objects
    }

    /// How many digits the PUK or activation code takes.
    pub const fn puk_rules(&self) -> PinRules {
        self.puk_rules
    }

    /// How many wrong entries lock the PUK for good, as published.
    pub fn puk_max_tries(&self) -> Option<TriesLeft> {
        self.max_tries(PinRole::Unblocking)
    }

    /// The states as last read from the card. Unknown where nothing was read since its last command.
    pub const fn states(&self) -> &PinStates {
        &self.states
    }

    /// Reads the counters again. No try is used.
    ///
    /// # Errors
    ///
    /// [`ReadError::AnotherCard`] when the card was swapped; the states are unknown then.
    pub fn refresh(&mut self) -> Result<PinStates, ReadError> {
        self.states = PinStates::UNKNOWN;
        self.environment = None;
        let mut conversation =
            begin_on_same_card(self.channel.as_mut(), self.profile, &self.identity)?;
        self.states = pin::read_states(&mut conversation, self.profile)?;
        Ok(self.states)
    }

    /// Reads the certificate of a person for a purpose, where the generation has it, or where the
    /// card's own directory says it lies. `None` when there is no readable one.
    ///
    /// The one for authentication tells the kind of card, and with it the lengths of new PINs.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when the card could not be talked to or was swapped.
    pub fn certificate(&mut self, purpose: Purpose) -> Result<Option<CardCertificate>, ReadError> {
        let path = match purpose {
            Purpose::Authentication => self.profile.files.authentication_certificate,
            Purpose::Signature => self.profile.files.signature_certificate,
            Purpose::CertificateAuthority => return Ok(None),
        };
        let mut found = self.read_certificate(&FilePath::new(path), Some(purpose))?;
        if found.is_none() {
            found = self
                .certificates()?
                .into_iter()
                .find(|found| found.purpose == purpose);
        }
        self.learn_kind(found.iter());
        Ok(found)
    }

    /// Reads all certificates: those of the person first, then those of the authorities. Walks the
    /// card's directory, and then the places where the generation keeps what the directory left out.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when the card could not be talked to or was swapped.
    pub fn certificates(&mut self) -> Result<Vec<CardCertificate>, ReadError> {
        let (entries, keys) = self.read_certificate_directory()?;
        let mut places: Vec<(FilePath, Option<Purpose>)> = entries
            .iter()
            .map(|entry| (entry.path.clone(), self.purpose_of(entry, &keys)))
            .collect();
        let files = &self.profile.files;
        let mut known = vec![
            (files.authentication_certificate, Purpose::Authentication),
            (files.signature_certificate, Purpose::Signature),
        ];
        known.extend(
            files
                .authorities
                .iter()
                .map(|path| (*path, Purpose::CertificateAuthority)),
        );
        for (path, purpose) in known.into_iter().filter(|(path, _)| !path.is_empty()) {
            let path = FilePath::new(path);
            if !places.iter().any(|(place, _)| *place == path) {
                places.push((path, Some(purpose)));
            }
        }
        let mut certificates = Vec::new();
        for (path, purpose) in places {
            let Some(found) = self.read_certificate(&path, purpose)? else {
                continue;
            };
            let known = |other: &CardCertificate| other.der == found.der;
            if !certificates.iter().any(known) {
                certificates.push(found);
            }
        }
        certificates.sort_by_key(|found| found.purpose);
        self.learn_kind(certificates.iter());
        Ok(certificates)
    }

    /// Takes the kind of card, and with it the lengths of new PINs, from the certificate for
    /// authentication. Where its issuer has an unfamiliar name, the generation goes on to tell.
    pub(crate) fn learn_kind<'a>(&mut self, mut found: impl Iterator<Item = &'a CardCertificate>) {
        let leaf = found.find(|found| found.purpose == Purpose::Authentication);
        if let Some(leaf) = leaf
            && leaf.certificate.kind != CardKind::Unknown
        {
            self.kind = leaf.certificate.kind;
            self.fix_rules();
        }
    }

    /// Performs a request: the one way to present a PIN or PUK. `seen` is the card the person
    /// saw when they confirmed, `consent` what they accepted.
    ///
    /// Nothing is sent unless the card is the same, its counter could be taken into account, the
    /// digits keep the rules and the consent covers the risk. The counters of the codes involved
    /// are read back; the others are unknown until [`FineidCard::refresh`].
    pub fn perform(
        &mut self,
        request: PinRequest,
        seen: &CardIdentity,
        consent: Consent,
    ) -> PinOutcome {
        self.environment = None;
        self.present(request, seen, consent, Afterwards::Forget)
    }

    /// Presents the codes of a request and takes note of the counters.
    pub(crate) fn present(
        &mut self,
        request: PinRequest,
        seen: &CardIdentity,
        consent: Consent,
        afterwards: Afterwards,
    ) -> PinOutcome {
        let terms = self.terms(request.role(), seen, consent, afterwards);
        let outcome = pin::perform(self.channel.as_mut(), &terms, request);
        let unsent = matches!(outcome.answer, Answer::NotSent(_));
        let known = outcome.after.or(outcome.before.filter(|_| unsent));
        self.states = known.unwrap_or(PinStates::UNKNOWN);
        outcome
    }

    /// What holds for a request about `role`.
    pub(crate) fn terms<'seen>(
        &self,
        role: PinRole,
        seen: &'seen CardIdentity,
        consent: Consent,
        afterwards: Afterwards,
    ) -> Terms<'seen> {
        Terms {
            profile: self.profile,
            access: self.access,
            rules: self.rules(role),
            puk_rules: self.puk_rules,
            seen,
            consent,
            afterwards,
        }
    }

    fn read_certificate(
        &mut self,
        path: &FilePath,
        purpose: Option<Purpose>,
    ) -> Result<Option<CardCertificate>, ReadError> {
        self.environment = None;
        let mut conversation =
            begin_on_same_card(self.channel.as_mut(), self.profile, &self.identity)?;
        let content = file::read(
            &mut conversation,
            path,
            Extent::Object,
            file::MAX_CERTIFICATE,
        )?;
        drop(conversation);
        Ok(content.and_then(|der| CardCertificate::from_file(der, purpose)))
    }

    /// What the directory says of certificates, and of the keys they belong to.
    fn read_certificate_directory(
        &mut self,
    ) -> Result<(Vec<CertificateObject>, Vec<PrivateKeyObject>), ReadError> {
        let or_else = |found: &[FilePath], known: &[&[FileId]]| {
            if found.is_empty() {
                known.iter().map(|path| FilePath::new(path)).collect()
            } else {
                found.to_vec()
            }
        };
        let files = &self.profile.files;
        let certificate_files = or_else(&self.directory.certificates, files.certificates);
        let key_files = or_else(&self.directory.private_keys, &[files.private_keys]);
        let mut conversation =
            begin_on_same_card(self.channel.as_mut(), self.profile, &self.identity)?;
        let mut read = |path: &FilePath| {
            file::read(&mut conversation, path, Extent::Whole, file::MAX_DIRECTORY)
        };
        let (mut entries, mut keys) = (Vec::new(), Vec::new());
        for path in &certificate_files {
            if let Some(content) = read(path)? {
                entries.append(&mut CertificateObject::parse_all(&content));
            }
        }
        for path in &key_files {
            if let Some(content) = read(path)? {
                keys.append(&mut PrivateKeyObject::parse_all(&content));
            }
        }
        Ok((entries, keys))
    }

    /// A certificate is for what its key is for, and the key for what the PIN is that opens it.
    /// `None` when the directory does not join them.
    fn purpose_of(&self, entry: &CertificateObject, keys: &[PrivateKeyObject]) -> Option<Purpose> {
        if entry.is_authority {
            return Some(Purpose::CertificateAuthority);
        }
        let Some(key) = keys.iter().find(|key| key.id == entry.id) else {
            return Some(Purpose::CertificateAuthority);
        };
        if key.signs_for_person {
            return Some(Purpose::Signature);
        }
        let opens = self.pins.iter().find(|pin| pin.auth_id == key.auth_id)?;
        match PinReference(opens.reference) {
            reference if reference == self.profile.pin1.reference => Some(Purpose::Authentication),
            reference if reference == self.profile.pin2.reference => Some(Purpose::Signature),
            _ => None,
        }
    }

    fn max_tries(&self, role: PinRole) -> Option<TriesLeft> {
        match self.access {
            Access::ReadOnly(ReadOnlyReason::UnknownGeneration) => None,
            _ => Some(self.profile.pin(role).max_tries),
        }
    }

    fn rules(&self, role: PinRole) -> PinRules {
        self.objects
            .iter()
            .find(|object| object.role == role)
            .map_or(self.puk_rules, |object| object.rules)
    }

    /// Sets the lengths from the generation, the kind of card and the card's own directory.
    fn fix_rules(&mut self) {
        self.puk_rules = rules_for(self.profile, self.kind, &self.pins, PinRole::Unblocking);
        let has_activation_pin = [self.states.pin1, self.states.pin2]
            .iter()
            .any(|state| state.is_activation_pin());
        if has_activation_pin {
            let min = self.puk_rules.min_entered.max(PUK_BESIDE_ACTIVATION_PIN);
            self.puk_rules.min_entered = min;
        }
        self.objects = [PinRole::Authentication, PinRole::Signature]
            .into_iter()
            .map(|role| AuthenticationObject {
                role,
                label: attributes_of(&self.pins, self.profile, role)
                    .and_then(|attributes| attributes.label.clone()),
                rules: rules_for(self.profile, self.kind, &self.pins, role),
                max_tries: self.max_tries(role),
            })
            .collect();
    }
}

pub(crate) fn begin_on_same_card<'channel>(
    channel: &'channel mut dyn CardChannel,
    profile: &CardProfile,
    identity: &CardIdentity,
) -> Result<Conversation<'channel>, ReadError> {
    let mut conversation = pin::begin(channel)?;
    let serial = pin::read_serial(&mut conversation, profile)?;
    if serial == identity.serial {
        Ok(conversation)
    } else {
        Err(ReadError::AnotherCard)
    }
}
