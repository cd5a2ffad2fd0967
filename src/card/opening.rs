//! What is read when a card is opened, and whether it all fits together.
//!
//! The answer to reset, the card's own directory and its answers to questions about its PINs are
//! three witnesses. Where they disagree, a PIN could reach the wrong counter, so the card is only
//! looked at (*FINEID S4-1*, *S4-2*: the references of the two differ).

use siru_apdu::select::FilePath;
use siru_apdu::{CardChannel, Conversation, ExchangeError, StatusWord};

use crate::access::{Access, ReadOnlyReason};
use crate::error::OpenError;
use crate::file::{self, Extent};
use crate::pin::{self, PinRole, PinState, PinStates};
use crate::pkcs15::{ObjectDirectory, PinAttributes, TokenInfo};
use crate::profile::{
    self, CardProfile, CounterSource, FINEID_V4, PinFacts, PinScheme, UNKNOWN, Writing,
};

/// What opening a card found out.
pub(crate) struct Facts {
    pub token: TokenInfo,
    pub access: Access,
    pub directory: ObjectDirectory,
    pub pins: Vec<PinAttributes>,
    pub states: PinStates,
}

impl Facts {
    /// Reads everything in one transaction. `recognised` is what the answer to reset says.
    pub fn read(
        channel: &mut dyn CardChannel,
        recognised: Option<&'static CardProfile>,
    ) -> Result<Self, OpenError> {
        let contactless = profile::is_contactless(channel.atr());
        let mut conversation = match pin::begin(channel) {
            Ok(conversation) => conversation,
            Err(ExchangeError::Refused { status }) => {
                return Err(closed_application(
                    status,
                    contactless,
                    recognised.is_some(),
                ));
            }
            Err(error) => return Err(error.into()),
        };
        let profile = recognised.unwrap_or(&UNKNOWN);
        let (states, probe) = match recognised {
            Some(profile) => probe(&mut conversation, profile)?,
            None => (PinStates::UNKNOWN, Err(ReadOnlyReason::UnknownGeneration)),
        };
        let token = read_token(&mut conversation, profile)?;
        if recognised.is_none() && !names_fineid(&token) {
            return Err(OpenError::Foreign);
        }
        let directory = read_directory(&mut conversation, profile)?;
        let pins = read_pins(&mut conversation, profile, &directory)?;
        let access = judge(profile, probe, &token, &pins);
        Ok(Self {
            token,
            access,
            directory,
            pins,
            states,
        })
    }
}

/// What a card is whose application could not be selected.
fn closed_application(status: StatusWord, contactless: bool, known: bool) -> OpenError {
    match status {
        // Without contacts the application stays closed until PACE.
        StatusWord::SECURITY_STATUS_NOT_SATISFIED => OpenError::Contactless,
        _ if contactless && known => OpenError::Contactless,
        _ if !known || siru_apdu::conversation::says_absent(status) => OpenError::Foreign,
        _ => OpenError::Unreachable(ExchangeError::Refused { status }),
    }
}

/// Reads the counters, and with them whether the card knows the references of its generation.
/// Nothing is presented.
fn probe(
    conversation: &mut Conversation<'_>,
    profile: &CardProfile,
) -> Result<(PinStates, Result<(), ReadOnlyReason>), ExchangeError> {
    let mut verdict = Ok(());
    if profile.counters == CounterSource::EmptyVerify {
        // A card that knows the citizen reference as well is none of this generation.
        let status = pin::ask(conversation, FINEID_V4.pin1.reference)?;
        if !pin::says_no_such_pin(status) {
            verdict = Err(ReadOnlyReason::ProbeDisagrees { status });
        }
    }
    let pin1 = pin::read_state(conversation, profile, PinRole::Authentication)?;
    if pin1.state == PinState::Unknown {
        verdict = Err(ReadOnlyReason::ProbeDisagrees {
            status: pin1.status,
        });
    }
    if verdict.is_err() {
        return Ok((
            PinStates {
                pin1: pin1.state,
                ..PinStates::UNKNOWN
            },
            verdict,
        ));
    }
    let pin2 = pin::read_state(conversation, profile, PinRole::Signature)?;
    if pin::says_no_such_pin(pin2.status) {
        let status = pin2.status;
        verdict = Err(ReadOnlyReason::ProbeDisagrees { status });
    }
    let states = PinStates {
        pin1: pin1.state,
        pin2: pin2.state,
        puk: pin::read_state(conversation, profile, PinRole::Unblocking)?.state,
    };
    Ok((states, verdict))
}

fn read_token(
    conversation: &mut Conversation<'_>,
    profile: &CardProfile,
) -> Result<TokenInfo, ExchangeError> {
    let path = FilePath::new(profile.files.token_info);
    let content = file::read(conversation, &path, Extent::Object, file::MAX_DIRECTORY)?;
    Ok(content.as_deref().map(TokenInfo::parse).unwrap_or_default())
}

fn read_directory(
    conversation: &mut Conversation<'_>,
    profile: &CardProfile,
) -> Result<ObjectDirectory, ExchangeError> {
    let path = FilePath::new(profile.files.object_directory);
    let content = file::read(conversation, &path, Extent::Whole, file::MAX_DIRECTORY)?;
    Ok(content
        .as_deref()
        .map(ObjectDirectory::parse)
        .unwrap_or_default())
}

fn read_pins(
    conversation: &mut Conversation<'_>,
    profile: &CardProfile,
    directory: &ObjectDirectory,
) -> Result<Vec<PinAttributes>, ExchangeError> {
    let known = [FilePath::new(profile.files.authentication_objects)];
    let paths = match directory.authentication_objects.as_slice() {
        [] => &known[..],
        named => named,
    };
    let mut pins = Vec::new();
    for path in paths {
        let content = file::read(conversation, path, Extent::Whole, file::MAX_DIRECTORY)?;
        let parsed = content.as_deref().and_then(PinAttributes::parse_all);
        pins.extend(parsed.unwrap_or_default());
    }
    Ok(pins)
}

/// Whether an unknown card says in words that it is a FINEID card: others carry PKCS #15 too.
fn names_fineid(token: &TokenInfo) -> bool {
    [&token.manufacturer, &token.label]
        .into_iter()
        .flatten()
        .any(|text| {
            let text = text.to_uppercase();
            ["FINEID", "VRK", "DVV", "HENKILOKORTTI"]
                .iter()
                .any(|word| text.contains(word))
        })
}

fn judge(
    profile: &CardProfile,
    probe: Result<(), ReadOnlyReason>,
    token: &TokenInfo,
    pins: &[PinAttributes],
) -> Access {
    if let Err(reason) = probe {
        return Access::ReadOnly(reason);
    }
    if profile.writing != Writing::Proven {
        return Access::ReadOnly(ReadOnlyReason::UnprovenGeneration);
    }
    if token.serial.is_none() {
        return Access::ReadOnly(ReadOnlyReason::NoSerialNumber);
    }
    // Without a readable directory the generation's own table holds.
    if pins.is_empty() || directory_agrees(profile, pins) {
        Access::Full
    } else {
        Access::ReadOnly(ReadOnlyReason::DirectoryDisagrees)
    }
}

/// Whether the directory names PIN1 and PIN2, and the PUK where it names one, as the generation
/// does: every entry has a reference of the generation, its role, its padding and its lengths.
fn directory_agrees(profile: &CardProfile, pins: &[PinAttributes]) -> bool {
    let names = |facts: &PinFacts| pins.iter().any(|pin| pin.reference == facts.reference.0);
    let entry_agrees = |pin: &PinAttributes| {
        let is_puk = pin.reference == profile.puk.reference.0;
        let is_pin = [&profile.pin1, &profile.pin2]
            .iter()
            .any(|facts| facts.reference.0 == pin.reference);
        (is_puk || is_pin)
            && !(is_pin && pin.is_unblocking)
            && form_agrees(profile.scheme, pin, is_puk)
    };
    names(&profile.pin1) && names(&profile.pin2) && pins.iter().all(entry_agrees)
}

fn form_agrees(scheme: PinScheme, pin: &PinAttributes, is_puk: bool) -> bool {
    let longest = pin.max_length.unwrap_or(pin.stored_length);
    let sane = pin.min_length <= 8 && pin.min_length <= longest;
    sane && match scheme {
        PinScheme::Padded { stored_length, pad } => {
            // A directory may leave out that the PUK is padded; it may not say otherwise.
            let padded = pin.pad == Some(pad) || (is_puk && pin.pad.is_none());
            pin.stored_length == stored_length && padded && longest <= stored_length
        }
        PinScheme::Plain { max_length } => pin.pad.is_none() && longest <= max_length,
    }
}
