//! A look at the readers: what is in them, read without presenting any PIN.

use siru_apdu::{CardPresence, ReaderError, ReaderName, ReaderState, Readers, TriesLeft};
use siru_card::{
    Access, AuthenticationObject, CardCertificate, CardIdentity, CardKind, CardProfile, FineidCard,
    OpenError, PinRole, PinRules, PinStates, Purpose, ReadError, SafeText, TokenInfo,
};

use crate::connector::Connector;

/// One reader as it was found.
pub(crate) struct Seen {
    /// Its number in the list, from 1.
    pub number: usize,
    /// What the system calls it.
    pub name: ReaderName,
    /// What is in it.
    pub content: Content,
}

/// What is in a reader.
pub(crate) enum Content {
    /// No card.
    Empty,
    /// Something that does not answer.
    Mute,
    /// The reader cannot be asked.
    Unreachable,
    /// A card that could not be connected to.
    NotConnected(ReaderError),
    /// A card that could not be opened.
    NotOpened(OpenError),
    /// A FINEID card.
    Card(Box<CardView>),
}

/// How much of a card is read: every certificate takes time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// The certificate that names the holder.
    Holder,
    /// Every certificate.
    Everything,
}

/// What a card said, after the connection to it was given up.
pub(crate) struct CardView {
    pub identity: CardIdentity,
    pub profile: &'static CardProfile,
    pub token: TokenInfo,
    pub access: Access,
    pub kind: CardKind,
    pub objects: Vec<AuthenticationObject>,
    pub puk_rules: PinRules,
    pub puk_max_tries: Option<TriesLeft>,
    pub states: PinStates,
    /// The certificates read, as far as [`Depth`] asked for them.
    pub certificates: Result<Vec<CardCertificate>, ReadError>,
}

impl Seen {
    /// The reader's name as it may be shown: a driver may put anything into it.
    pub fn shown_name(&self) -> String {
        shown(&self.name)
    }

    /// The card, if there is one to work with.
    pub fn card(&self) -> Option<&CardView> {
        match &self.content {
            Content::Card(card) => Some(card),
            _ => None,
        }
    }
}

/// A reader's name as it may be shown.
pub(crate) fn shown(name: &ReaderName) -> String {
    SafeText::new(&name.to_text()).map_or_else(|| "?".to_owned(), |text| text.to_string())
}

impl CardView {
    fn read(card: &mut FineidCard, depth: Depth) -> Self {
        // Either way the leaf for log-in tells the kind of the card and thus the rules.
        let certificates = match depth {
            Depth::Holder => card
                .certificate(Purpose::Authentication)
                .map(|leaf| leaf.into_iter().collect()),
            Depth::Everything => card.certificates(),
        };
        if let Err(error) = &certificates {
            log::warn!("the certificates cannot be read: {error}");
        }
        Self {
            identity: card.identity().clone(),
            profile: card.profile(),
            token: card.token().clone(),
            access: card.access(),
            kind: card.kind(),
            objects: card.objects().to_vec(),
            puk_rules: card.puk_rules(),
            puk_max_tries: card.puk_max_tries(),
            states: *card.states(),
            certificates,
        }
    }

    /// The certificates that were read.
    pub fn certificates(&self) -> &[CardCertificate] {
        self.certificates.as_deref().unwrap_or_default()
    }

    /// The certificate that names the holder.
    pub fn leaf(&self) -> Option<&CardCertificate> {
        self.certificates()
            .iter()
            .find(|found| found.purpose == Purpose::Authentication)
    }

    /// Whose card it is.
    pub fn holder(&self) -> Option<&SafeText> {
        self.leaf()
            .and_then(|leaf| leaf.certificate.holder.as_ref())
    }

    /// The end of its serial number: enough to tell cards apart where the whole number is not asked
    /// for. `--serial` takes it.
    pub fn short_serial(&self) -> Option<String> {
        self.identity
            .serial()
            .map(|serial| format!("…{}", serial.last_digits(4)))
    }

    /// Its serial number, as text.
    pub fn serial(&self) -> Option<String> {
        self.identity.serial().map(ToString::to_string)
    }

    /// How many digits a code takes.
    pub fn rules(&self, role: PinRole) -> Option<PinRules> {
        match role {
            PinRole::Unblocking => Some(self.puk_rules),
            _ => self
                .objects
                .iter()
                .find(|object| object.role == role)
                .map(|object| object.rules),
        }
    }

    /// How many wrong entries lock a code.
    pub fn max_tries(&self, role: PinRole) -> Option<TriesLeft> {
        match role {
            PinRole::Unblocking => self.puk_max_tries,
            _ => {
                self.objects
                    .iter()
                    .find(|object| object.role == role)?
                    .max_tries
            }
        }
    }
}

/// Looks at every reader.
pub(crate) fn everything(connector: &Connector, depth: Depth) -> Result<Vec<Seen>, ReaderError> {
    let states = connector.readers().list()?;
    Ok(look(connector, (1..).zip(states).collect(), depth))
}

/// Looks at these readers, with their numbers in the list, all at the same time. One that does not
/// answer in time is busy. The connections are given up again.
pub(crate) fn look(
    connector: &Connector,
    states: Vec<(usize, ReaderState)>,
    depth: Depth,
) -> Vec<Seen> {
    let (mut seen, mut works) = (Vec::new(), Vec::new());
    for (number, ReaderState { name, presence, .. }) in states {
        let content = match presence {
            CardPresence::Empty => Content::Empty,
            CardPresence::Mute => Content::Mute,
            CardPresence::Card { .. } => {
                let name = name.clone();
                works.push(move |mut readers: Box<dyn Readers>| {
                    inside(readers.as_mut(), &name, depth)
                });
                // Until it has answered.
                Content::NotConnected(ReaderError::Busy)
            }
            _ => Content::Unreachable,
        };
        seen.push(Seen {
            number,
            name,
            content,
        });
    }
    let asked = seen
        .iter_mut()
        .filter(|one| matches!(one.content, Content::NotConnected(_)));
    for (one, found) in asked.zip(connector.in_time(works)) {
        if let Some(content) = found {
            one.content = content;
        }
    }
    seen
}

fn inside(readers: &mut dyn Readers, name: &ReaderName, depth: Depth) -> Content {
    let channel = match readers.connect(name) {
        Ok(channel) => channel,
        // The card went, or fell silent, since the list was made.
        Err(ReaderError::NoCard) => return Content::Empty,
        Err(ReaderError::Mute) => return Content::Mute,
        Err(ReaderError::ReaderGone) => return Content::Unreachable,
        Err(error) => return Content::NotConnected(error),
    };
    match FineidCard::open(channel) {
        Ok(mut card) => Content::Card(Box::new(CardView::read(&mut card, depth))),
        Err(error) => Content::NotOpened(error),
    }
}
