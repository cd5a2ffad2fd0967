//! What came of a log-in test: who logged in, or which link between card and web page is broken.

use siru_browser::Program;
use siru_card::{Access, Certificate, PinState, SafeText, Timestamp};

use crate::module::ModuleAnswer;

/// What came of a log-in test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything holds: a service that trusts the same roots would let this person in.
    LoggedIn(Box<Presented>),
    /// A link is broken.
    Broken {
        /// The first broken link on the way from the program to the service.
        link: BrokenLink,
        /// What was presented, when it came that far.
        presented: Option<Box<Presented>>,
    },
}

/// A certificate that was presented, and what stands above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// The person's certificate.
    pub leaf: Certificate,
    /// The authorities above it, from its issuer up to the root, as far as they are known.
    pub authorities: Vec<Certificate>,
    /// The protocol versions in which its key signed a handshake.
    pub protocols: Vec<Protocol>,
    /// The card wanted PIN1 again after the first signature, though nobody had reset it.
    pub pin_each_time: bool,
}

/// A version of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// TLS 1.2
    Tls12,
    /// TLS 1.3
    Tls13,
}

impl Protocol {
    /// Its usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
        }
    }
}

/// The link that is broken, and so the one to repair first.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrokenLink {
    /// The module is not where it belongs.
    #[error("there is no module")]
    NoModule,
    /// The file cannot be loaded, or is no PKCS #11 module.
    #[error("the module cannot be loaded")]
    ModuleUnusable,
    /// The module answered what nobody expects there.
    #[error("the module answered {0}")]
    ModuleRefused(ModuleAnswer),
    /// The smart card service is not running, or lets nobody in.
    #[error("no smart card service")]
    NoService,
    /// The module sees no reader.
    #[error("no reader")]
    NoReader,
    /// The module sees no card.
    #[error("no card")]
    NoCard,
    /// The module does not know the card.
    #[error("not a supported card")]
    UnknownCard,
    /// More than one card could be meant.
    #[error("more than one card")]
    SeveralCards,
    /// The card that was seen before is not the one the module sees. No PIN was handed over.
    #[error("another card")]
    AnotherCard,
    /// The card is of a kind, or in a state, in which nobody sends it a PIN.
    #[error("the card is only looked at")]
    LookOnly,
    /// The card shows no certificate and key for log-in.
    #[error("no certificate for log-in")]
    NoCertificate,
    /// PIN1 was never set.
    #[error("PIN1 is not activated")]
    NotActivated,
    /// PIN1 is locked.
    #[error("PIN1 is locked")]
    PinLocked,
    /// One try of PIN1 is left, and the module does not risk it.
    #[error("one try of PIN1 is left")]
    LastTry,
    /// PIN1 was wrong, and one try is gone.
    #[error("wrong PIN1")]
    WrongPin {
        /// The tries left, when known.
        tries_left: Option<u8>,
    },
    /// PIN1 was handed over and no answer came back: nobody knows whether a try is gone.
    #[error("what became of PIN1 is not known")]
    PinUnknown,
    /// The card was taken out in the midst of the test.
    #[error("the card was removed")]
    CardRemoved,
    /// Another program reset the card, and the PIN was forgotten before the signature.
    #[error("the PIN was dropped before the signature")]
    PinDropped,
    /// The certificate's key does not sign as TLS wants it.
    #[error("no signature that {} takes", .0.name())]
    NoSignature(Protocol),
    /// The handshake broke off.
    #[error("the {} handshake broke off", .0.name())]
    HandshakeFailed(Protocol),
    /// The server could not be started on this computer.
    #[error("the test server cannot be started")]
    NoServer,
    /// No browser could be started.
    #[error("no browser can be started")]
    NoBrowser,
    /// Card and module work, but no browser is set up to load the module.
    #[error("no browser is set up to load the module")]
    NotRegistered,
    /// The browser came without a certificate.
    #[error("the browser presented no certificate")]
    NothingPresented {
        /// Its family, when it told.
        by: Option<Program>,
    },
    /// No browser came before the test was ended.
    #[error("no browser came")]
    NobodyCame,
    /// The certificate is for signatures, not for log-in.
    #[error("the certificate is for signatures")]
    WrongCertificate,
    /// The certificate is not valid yet.
    #[error("not valid before {from}")]
    NotYetValid {
        /// From when it is.
        from: Timestamp,
    },
    /// The certificate has expired.
    #[error("expired at {until}")]
    Expired {
        /// Until when it was valid.
        until: Timestamp,
    },
    /// The certificate cannot be read.
    #[error("the certificate cannot be read")]
    Unreadable,
    /// The key works, and the way ends at a root that bears a name of the state's roots but is none
    /// of those known here: older cards have such a one, and so may a forger.
    #[error("a root that is not known")]
    RootNotKnown {
        /// Its name.
        root: SafeText,
    },
    /// The way from the certificate up to a trusted root is broken.
    #[error("the chain is not trusted")]
    ChainNotTrusted(Untrusted),
}

/// Where the way up to a trusted root is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untrusted {
    /// The certificate of this issuer is neither on the card nor was it presented.
    MissingIssuer {
        /// Its name.
        issuer: SafeText,
    },
    /// The way ends at this root, which is not a trusted one.
    UnknownRoot {
        /// Its name.
        root: SafeText,
    },
    /// This authority is not valid at the moment, or may not issue certificates.
    UnfitAuthority {
        /// Its name.
        authority: SafeText,
    },
    /// The signature on the certificate of this subject is not its issuer's.
    BadSignature {
        /// The subject.
        subject: SafeText,
    },
}

impl Verdict {
    /// A link that broke before anything was presented.
    pub(crate) const fn broken(link: BrokenLink) -> Self {
        Self::Broken {
            link,
            presented: None,
        }
    }

    /// The broken link, if there is one.
    pub const fn link(&self) -> Option<&BrokenLink> {
        match self {
            Self::LoggedIn(_) => None,
            Self::Broken { link, .. } => Some(link),
        }
    }

    /// What was presented, as far as it came.
    pub fn presented(&self) -> Option<&Presented> {
        match self {
            Self::LoggedIn(presented) => Some(presented),
            Self::Broken { presented, .. } => presented.as_deref(),
        }
    }

    pub(crate) fn presented_mut(&mut self) -> Option<&mut Presented> {
        match self {
            Self::LoggedIn(presented) => Some(presented),
            Self::Broken { presented, .. } => presented.as_deref_mut(),
        }
    }

    /// Its name in JSON, which never changes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::LoggedIn(_) => "logged-in",
            Self::Broken { link, .. } => link.name(),
        }
    }
}

impl BrokenLink {
    /// What the module would refuse for this PIN1, so that nobody has to type it in vain.
    pub fn foreseen(access: Access, pin1: PinState) -> Option<Self> {
        if let Access::ReadOnly(_) = access {
            return Some(Self::LookOnly);
        }
        match pin1 {
            PinState::Locked => Some(Self::PinLocked),
            PinState::NotActivated { .. } => Some(Self::NotActivated),
            PinState::Usable { .. } | PinState::Unknown => {
                let tries = pin1.tries_left().map(|tries| tries.0);
                (tries == Some(1)).then_some(Self::LastTry)
            }
        }
    }

    /// Whether it is PIN1 that stands in the way, whatever the certificate is.
    pub const fn is_about_pin(&self) -> bool {
        matches!(
            self,
            Self::NotActivated
                | Self::PinLocked
                | Self::LastTry
                | Self::WrongPin { .. }
                | Self::PinUnknown
        )
    }

    /// Its name in JSON, which never changes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NoModule => "no-module",
            Self::ModuleUnusable => "module-unusable",
            Self::ModuleRefused(_) => "module-refused",
            Self::NoService => "no-service",
            Self::NoReader => "no-reader",
            Self::NoCard => "no-card",
            Self::UnknownCard => "unknown-card",
            Self::SeveralCards => "several-cards",
            Self::AnotherCard => "another-card",
            Self::LookOnly => "look-only",
            Self::NoCertificate => "no-certificate",
            Self::NotActivated => "not-activated",
            Self::PinLocked => "pin-locked",
            Self::LastTry => "last-try",
            Self::WrongPin { .. } => "wrong-pin",
            Self::PinUnknown => "pin-unknown",
            Self::CardRemoved => "card-removed",
            Self::PinDropped => "pin-dropped",
            Self::NoSignature(_) => "no-signature",
            Self::HandshakeFailed(_) => "handshake-failed",
            Self::NoServer => "no-server",
            Self::NoBrowser => "no-browser",
            Self::NotRegistered => "not-registered",
            Self::NothingPresented { .. } => "nothing-presented",
            Self::NobodyCame => "nobody-came",
            Self::WrongCertificate => "wrong-certificate",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::Expired { .. } => "expired",
            Self::Unreadable => "unreadable",
            Self::RootNotKnown { .. } => "root-not-known",
            Self::ChainNotTrusted(_) => "chain-not-trusted",
        }
    }
}
