//! The card generations, as data: what a generation is, is written down and never computed.

mod citizen;
mod organisation;
mod retired;
mod signing;
mod unknown;

use siru_apdu::TriesLeft;
use siru_apdu::select::{ApplicationId, FileId};

use crate::certificate::CardKind;
use crate::pin::PinRole;

pub use citizen::{FINEID_V3_0, FINEID_V3_1, FINEID_V4};
pub use organisation::{COSMO_V7, COSMO_X, IDEAL_CITIZ};
pub use retired::SETCOS;
pub use signing::{DigestLoading, KeyFamily, KeyReference, SigningFacts};
pub use unknown::UNKNOWN;

/// The application of ISO/IEC 7816-15 (PKCS #15), which every FINEID card carries.
pub const PKCS15: ApplicationId = ApplicationId(b"\xA0\x00\x00\x00\x63PKCS-15");

/// One generation of cards.
#[derive(Debug, PartialEq, Eq)]
pub struct CardProfile {
    /// The name in interfaces, as in `fineid-v4`. Never changes.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// Whose cards they are; [`CardKind::Unknown`] where only a certificate tells.
    pub issued_to: CardKind,
    /// How its answer to reset is recognised.
    pub historical_bytes: &'static [HistoricalBytes],
    /// Whether Siru writes to it.
    pub writing: Writing,
    /// How PINs are put into commands.
    pub scheme: PinScheme,
    /// How the counters are read without spending a try.
    pub counters: CounterSource,
    /// What sets a PIN anew.
    pub unlocking: UnlockProcedure,
    /// PIN1.
    pub pin1: PinFacts,
    /// PIN2.
    pub pin2: PinFacts,
    /// The PUK or activation code.
    pub puk: PinFacts,
    /// How its keys sign.
    pub signing: SigningFacts,
    /// Where the files lie when the card's own directory does not say.
    pub files: FileTable,
}

impl CardProfile {
    /// The facts about one code.
    pub const fn pin(&self, role: PinRole) -> &PinFacts {
        match role {
            PinRole::Authentication => &self.pin1,
            PinRole::Signature => &self.pin2,
            PinRole::Unblocking => &self.puk,
        }
    }
}

/// A pattern for the historical bytes of an answer to reset (ISO/IEC 7816-3). The interface bytes
/// and the check byte are not compared: they differ between readers and printed notes.
#[derive(Debug, PartialEq, Eq)]
pub enum HistoricalBytes {
    /// Exactly these.
    Exactly(&'static [u8]),
    /// These, and then whatever the batch of cards has.
    StartWith(&'static [u8]),
    /// Whatever the batch has, and then these.
    EndWith(&'static [u8]),
    /// These where a value is given; `None` stands for any byte.
    Like(&'static [Option<u8>]),
}

/// Whether a generation's PINs may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// How its PINs work is documented and was seen on cards.
    Proven,
    /// How its PINs work is a guess.
    Unproven,
    /// Out of use.
    Retired,
}

/// How digits become the data field of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinScheme {
    /// ASCII digits filled up to a fixed length (*FINEID S4-1*, PIN objects that need padding).
    Padded {
        /// The length of the block in bytes.
        stored_length: usize,
        /// What fills it up.
        pad: u8,
    },
    /// ASCII digits as they are (*FINEID S4-2 v4.0*).
    Plain {
        /// The most digits the card stores.
        max_length: usize,
    },
}

impl PinScheme {
    /// The most digits a code on the card can have.
    pub const fn max_length(self) -> usize {
        match self {
            Self::Padded { stored_length, .. } => stored_length,
            Self::Plain { max_length } => max_length,
        }
    }
}

/// Where a generation keeps its counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CounterSource {
    /// GET DATA of the PIN's container, tag `DF21`: PIN1, PIN2 and PUK.
    Container,
    /// VERIFY without data, answered `63Cx`.
    EmptyVerify,
}

/// How a PIN is set anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnlockProcedure {
    /// RESET RETRY COUNTER with PUK and new PIN together.
    PukInCommand,
    /// VERIFY of the PUK, then RESET RETRY COUNTER with the new PIN alone.
    VerifyPukFirst,
}

/// The reference P2 under which a command names a PIN, PUK or activation code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PinReference(pub u8);

/// The facts about one code of a generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinFacts {
    /// How commands name it.
    pub reference: PinReference,
    /// The fewest digits of a value that is on the card already.
    pub min_entered: usize,
    /// The fewest digits of a new value (*DVV, Managing PIN codes*).
    pub min_new: usize,
    /// The most digits of a new value (*DVV, Managing PIN codes*).
    pub max_new: usize,
    /// How many wrong entries lock it, as published.
    pub max_tries: TriesLeft,
}

/// The fixed table of *FINEID S1* for cards whose directory does not say where a file lies.
#[derive(Debug, PartialEq, Eq)]
pub struct FileTable {
    /// EF.CIAInfo: serial number, label, manufacturer.
    pub token_info: &'static [FileId],
    /// EF.OD: where the directories lie.
    pub object_directory: &'static [FileId],
    /// EF.AOD: PINs.
    pub authentication_objects: &'static [FileId],
    /// EF.PrKD: keys.
    pub private_keys: &'static [FileId],
    /// EF.CD: certificates.
    pub certificates: &'static [&'static [FileId]],
    /// The certificate for log-in.
    pub authentication_certificate: &'static [FileId],
    /// The certificate for signatures.
    pub signature_certificate: &'static [FileId],
    /// Certificates of the authorities.
    pub authorities: &'static [&'static [FileId]],
}

/// The table of *FINEID S1*; generations differ in where the authorities' certificates lie.
const FINEID_FILES: FileTable = FileTable {
    token_info: &[FileId(0x5032)],
    object_directory: &[FileId(0x5031)],
    authentication_objects: &[FileId(0x4401)],
    private_keys: &[FileId(0x4402)],
    certificates: &[&[FileId(0x4403)], &[FileId(0x4404)], &[FileId(0x4405)]],
    authentication_certificate: &[FileId(0x4331)],
    signature_certificate: &[FileId(0x5016), FileId(0x4332)],
    authorities: &[&[FileId(0x4336)], &[FileId(0x4334)]],
};

/// What an answer to reset alone tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognition {
    /// A known generation.
    Known(&'static CardProfile),
    /// Nothing: the card may be anything.
    Unknown,
}

/// Finds the generation an answer to reset belongs to. A hint: cards of other countries share the
/// manufacturer's bytes, so the application has to be there as well.
pub fn recognise(atr: &[u8]) -> Recognition {
    let Some(historical) = historical_bytes(atr) else {
        return Recognition::Unknown;
    };
    let known = PROFILES.iter().find(|profile| {
        profile
            .historical_bytes
            .iter()
            .any(|pattern| pattern.fits(historical))
    });
    known.map_or(Recognition::Unknown, |profile| Recognition::Known(profile))
}

/// Whether the answer to reset is the one a PC/SC system makes up for a contactless card
/// (*PC/SC part 3*, "ATR for contactless smart cards").
pub fn is_contactless(atr: &[u8]) -> bool {
    matches!(atr, [0x3B, 0x80..=0x8F, 0x80, 0x01, ..])
}

/// The generations in the order they are tried. Their patterns do not overlap.
pub const PROFILES: &[&CardProfile] = &[
    &FINEID_V4,
    &FINEID_V3_1,
    &FINEID_V3_0,
    &COSMO_X,
    &IDEAL_CITIZ,
    &COSMO_V7,
    &SETCOS,
];

/// The historical bytes of an answer to reset (ISO/IEC 7816-3, "Answer-to-Reset").
fn historical_bytes(atr: &[u8]) -> Option<&[u8]> {
    let [_, format, rest @ ..] = atr else {
        return None;
    };
    let length = usize::from(format & 0x0F);
    let mut rest = rest;
    let mut present = format & 0xF0;
    loop {
        let skipped = (present & 0x70).count_ones() as usize;
        rest = rest.get(skipped..)?;
        if present & 0x80 == 0 {
            return rest.get(..length);
        }
        let (next, after) = rest.split_first()?;
        present = next & 0xF0;
        rest = after;
    }
}

impl HistoricalBytes {
    fn fits(&self, historical: &[u8]) -> bool {
        match self {
            Self::Exactly(bytes) => historical == *bytes,
            Self::StartWith(bytes) => historical.starts_with(bytes),
            Self::EndWith(bytes) => historical.ends_with(bytes),
            Self::Like(bytes) => {
                bytes.len() == historical.len()
                    && bytes
                        .iter()
                        .zip(historical)
                        .all(|(want, have)| want.is_none_or(|byte| byte == *have))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use siru_apdu::hex;

    use super::*;

    #[test]
    fn every_documented_answer_to_reset_is_recognised() {
        let cases = [
            ("3B7F9600008031B865B08505102412246082 9000", "fineid-v4"),
            ("3B7F9600008031B865B0850500111224608290 00", "fineid-v4"),
            ("3B7F9600008031B865B08504021B1200F6829000", "fineid-v3.1"),
            ("3B7F9600008031B865B0850300EF1200F6829000", "fineid-v3.0"),
            (
                "3BDD96008031FE450031B8640429ECC17394018083 49",
                "fineid-org-cosmo-x",
            ),
            (
                "3BDD96008031FE450031B8640429ECC17394018082 48",
                "fineid-org-ideal-citiz",
            ),
            (
                "3BDF96008031FE450031B8640429ECC173940180829000 DA",
                "fineid-org-cosmo-v7",
            ),
            (
                "3BDF96008031FE450031B8640429ECC173940180829000 00",
                "fineid-org-cosmo-v7",
            ),
            ("3B7B00000080620051564669 6E454944", "fineid-setcos"),
            ("3B7B180000806201 5456 46696E454944", "fineid-setcos"),
            ("3B7B9400008062125156 46696E454944", "fineid-setcos"),
            ("3B6400FF806203A2", "fineid-setcos"),
            ("3B6400008062 0151", "fineid-setcos"),
            (
                "3B9F94401E0067 0043464953451052 66FF819000",
                "fineid-setcos",
            ),
            ("3B6E00000062000057415641 4E5410819000", "fineid-setcos"),
        ];
        for (atr, expected) in cases {
            let atr = hex::parse(&atr.replace(' ', "")).expect("hex");
            match recognise(&atr) {
                Recognition::Known(profile) => assert_eq!(profile.id, expected, "{atr:02X?}"),
                Recognition::Unknown => panic!("{expected}: {atr:02X?} is not recognised"),
            }
        }
    }

    #[test]
    fn foreign_and_broken_answers_to_reset_are_not() {
        for atr in [
            "",
            "3B",
            "3B7F",
            "3BFF9600FF",
            "3B8501544F593630A6",
            "3B02",
            "3B7F9600",
        ] {
            let atr = hex::parse(atr).expect("hex");
            assert_eq!(recognise(&atr), Recognition::Unknown, "{atr:02X?}");
        }
    }

    #[test]
    fn no_two_generations_claim_the_same_card() {
        let ids: std::collections::HashSet<_> = PROFILES.iter().map(|profile| profile.id).collect();
        assert_eq!(ids.len(), PROFILES.len());
    }

    #[test]
    fn contactless_cards_are_told_by_the_shape_of_their_answer() {
        let contactless = hex::parse(
            "3B8F80018031B865B085051024122460829000 22"
                .replace(' ', "")
                .as_str(),
        );
        assert!(is_contactless(&contactless.expect("hex")));
        let contact = hex::parse("3B7F9600008031B865B085051024122460829000").expect("hex");
        assert!(!is_contactless(&contact));
    }
}
