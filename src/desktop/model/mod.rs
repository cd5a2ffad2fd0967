//! What the window knows, and how every message changes it. No drawing, no card, no clock but the
//! one that is handed in: all of it can be tested by calling [`update`].

pub mod card;
pub mod field;
pub mod form;
pub mod reader;
#[cfg(test)]
mod tests;

use std::time::Instant;

use siru_apdu::{ReaderError, ReaderName, ReaderState};
use siru_card::{
    Answer, CardIdentity, CardKind, Consent, Operation, PinOutcome, PinRequest, PinRole, PinStates,
    Refusal, Risk,
};
use siru_text::Language;

pub use card::{Card, Holder, Object};
pub use field::{Field, Verdict};
pub use form::{Block, Check, Finished, Form, Phase};
pub use reader::{Content, LookError, Reader};

/// Everything the window shows.
#[derive(Debug)]
pub struct Model {
    /// The language of all words.
    pub language: Language,
    /// Whether the cards are virtual ones.
    pub demo: bool,
    /// How the smart card service is.
    pub service: Service,
    /// All readers, in the order of the service.
    pub readers: Vec<Reader>,
    /// The selected identification object.
    pub form: Option<Form>,
    /// The row to which the keyboard goes back from a closed form; the view takes this when it has
    /// seen to it.
    pub back_to: Option<(ReaderName, PinRole)>,
    last_generation: u64,
    last_ticket: u64,
}

/// How the smart card service is.
#[derive(Debug)]
pub enum Service {
    /// It has not answered yet.
    Starting,
    /// It runs.
    Running,
    /// It cannot be asked. The watch waits for it and reports when it is back.
    Failed(ReaderError),
}

/// Something happened.
#[derive(Debug)]
pub enum Message {
    /// The watch reported all readers, or that it cannot.
    Readers(Result<Vec<ReaderState>, ReaderError>),
    /// A card was looked at: first its counters, then once more with its holder.
    Looked {
        /// In which reader.
        reader: ReaderName,
        /// The generation it was asked for.
        generation: u64,
        /// What was seen.
        look: Result<Box<Card>, LookError>,
    },
    /// A request was carried out, or not.
    Performed {
        /// In which reader.
        reader: ReaderName,
        /// The generation it was asked for.
        generation: u64,
        /// The number of the request.
        ticket: u64,
        /// What came of it, or why the card could not be reached; nothing was sent then.
        outcome: Result<Box<PinOutcome>, LookError>,
        /// All counters, read after it; `None` when they could not be read.
        states: Option<PinStates>,
    },
    /// The person selected an identification object.
    Select {
        /// The reader of its card.
        reader: ReaderName,
        /// PIN1 or PIN2.
        role: PinRole,
        /// Whether the keyboard should go to the form at once.
        enter: bool,
    },
    /// The person chose what to do with the selected object.
    Operate(Operation),
    /// The person accepted what a wrong entry would bring about, or took that back.
    Accept(bool),
    /// The person confirmed the form.
    Submit,
    /// The person is done with the selected object.
    Close,
    /// The person wants all cards read again.
    ReadAgain,
    /// The person chose another language.
    Speak(Language),
    /// The person takes a virtual card out or puts it back.
    SwitchCard(ReaderName),
}

/// Something to be done outside the model.
#[derive(Debug)]
pub enum Command {
    /// Look at the card in a reader and report with [`Message::Looked`].
    Look {
        /// The reader.
        reader: ReaderName,
        /// To be given back.
        generation: u64,
    },
    /// Carry out one request, once, and report with [`Message::Performed`].
    Perform {
        /// The reader.
        reader: ReaderName,
        /// To be given back.
        generation: u64,
        /// To be given back.
        ticket: u64,
        /// What the person confirmed.
        request: PinRequest,
        /// The card the person saw.
        seen: CardIdentity,
        /// What the person accepted.
        consent: Consent,
        /// The kind of the card the person saw.
        kind: CardKind,
    },
    /// The reader is gone; nothing will be asked of it any more.
    Forget(ReaderName),
    /// Take a virtual card out or put it back.
    SwitchCard(ReaderName),
}

impl Model {
    /// Nothing is known yet.
    pub const fn new(language: Language, demo: bool) -> Self {
        Self {
            language,
            demo,
            service: Service::Starting,
            readers: Vec::new(),
            form: None,
            back_to: None,
            last_generation: 0,
            last_ticket: 0,
        }
    }

    /// The reader of that name.
    pub fn reader(&self, name: &ReaderName) -> Option<&Reader> {
        self.readers.iter().find(|reader| reader.name == *name)
    }

    /// The card of the open form, while it is there.
    pub fn form_card(&self) -> Option<&Card> {
        let form = self.form.as_ref()?;
        self.reader(&form.reader)?.card()
    }

    /// Whether a request is on its way.
    pub fn is_running(&self) -> bool {
        self.form.as_ref().is_some_and(Form::is_running)
    }

    fn reader_mut(&mut self, name: &ReaderName, generation: u64) -> Option<&mut Reader> {
        self.readers
            .iter_mut()
            .find(|reader| reader.name == *name && reader.generation == generation)
    }

    fn next_generation(&mut self) -> u64 {
        self.last_generation += 1;
        self.last_generation
    }
}

/// Takes one message in and says what is to be done about it.
pub fn update(model: &mut Model, message: Message, now: Instant) -> Vec<Command> {
    match message {
        Message::Readers(Ok(states)) => readers_changed(model, states, now),
        Message::Readers(Err(error)) => service_failed(model, error),
        Message::Looked {
            reader,
            generation,
            look,
        } => looked(model, &reader, generation, look),
        Message::Performed {
            reader,
            generation,
            ticket,
            outcome,
            states,
        } => performed(model, reader, generation, ticket, outcome, states),
        Message::Select {
            reader,
            role,
            enter,
        } => {
            select(model, reader, role, enter);
            Vec::new()
        }
        Message::Operate(operation) => {
            if let Some(form) = model
                .form
                .as_mut()
                .filter(|form| form.phase == Phase::Editing)
            {
                form.operate(operation);
            }
            Vec::new()
        }
        Message::Accept(yes) => {
            accept(model, yes);
            Vec::new()
        }
        Message::Submit => submit(model, now).into_iter().collect(),
        Message::Close => {
            if !model.is_running() {
                model.back_to = model.form.take().map(|form| (form.reader, form.role));
            }
            Vec::new()
        }
        Message::ReadAgain => read_again(model),
        Message::Speak(language) => {
            model.language = language;
            Vec::new()
        }
        Message::SwitchCard(reader) => vec![Command::SwitchCard(reader)],
    }
}

fn readers_changed(model: &mut Model, states: Vec<ReaderState>, now: Instant) -> Vec<Command> {
    model.service = Service::Running;
    let mut known = std::mem::take(&mut model.readers);
    let mut commands = Vec::new();
    for state in states {
        let found = known.iter().position(|reader| reader.name == state.name);
        let reader = match found.map(|index| known.swap_remove(index)) {
            Some(reader) if !reader.differs(&state) => reader,
            Some(mut reader) => {
                reader.begin(state, model.next_generation(), now);
                card_gone(model, &reader.name);
                reader
            }
            None => Reader::new(state, model.next_generation(), now),
        };
        if matches!(reader.content, Content::Looking(since) if since == now) {
            let (reader, generation) = (reader.name.clone(), reader.generation);
            commands.push(Command::Look { reader, generation });
        }
        model.readers.push(reader);
    }
    for reader in known {
        card_gone(model, &reader.name);
        commands.push(Command::Forget(reader.name));
    }
    commands
}

fn service_failed(model: &mut Model, error: ReaderError) -> Vec<Command> {
    model.service = Service::Failed(error);
    let gone = std::mem::take(&mut model.readers);
    let forget = |reader: Reader| {
        card_gone(model, &reader.name);
        Command::Forget(reader.name)
    };
    gone.into_iter().map(forget).collect()
}

/// The card of the open form may have left `reader`. While a request is on its way its answer
/// decides what is said.
fn card_gone(model: &mut Model, reader: &ReaderName) {
    if let Some(form) = model.form.as_mut().filter(|form| form.reader == *reader)
        && !form.is_running()
    {
        form.wipe();
        form.phase = Phase::CardGone;
    }
}

fn looked(
    model: &mut Model,
    name: &ReaderName,
    generation: u64,
    look: Result<Box<Card>, LookError>,
) -> Vec<Command> {
    let Some(reader) = model.reader_mut(name, generation) else {
        return Vec::new();
    };
    reader.content = match look {
        Ok(card) => Content::Card(Box::new(card.after(reader.card()))),
        Err(error) => Content::Failed(error),
    };
    let identity = reader.card().map(|card| card.identity.clone());
    let Some(form) = model.form.as_mut() else {
        return Vec::new();
    };
    match form.phase {
        // The card of the form is back, wherever it was put in: the person goes on.
        Phase::CardGone if identity.as_ref() == Some(&form.identity) => {
            form.reader = name.clone();
            form.phase = Phase::Editing;
            form.wants_focus = true;
        }
        Phase::Editing if form.reader == *name && identity.as_ref() != Some(&form.identity) => {
            card_gone(model, name);
        }
        _ => {}
    }
    Vec::new()
}

fn performed(
    model: &mut Model,
    name: ReaderName,
    generation: u64,
    ticket: u64,
    outcome: Result<Box<PinOutcome>, LookError>,
    states: Option<PinStates>,
) -> Vec<Command> {
    let mut commands = Vec::new();
    let other_card = matches!(
        outcome.as_ref().map(|outcome| &outcome.answer),
        Ok(Answer::NotSent(Refusal::AnotherCard))
    );
    let reader = model.reader_mut(&name, generation);
    let still_there = reader.is_some();
    let kind = reader
        .as_ref()
        .and_then(|reader| reader.card())
        .map_or(CardKind::Unknown, |card| card.kind);
    if let Some(reader) = reader {
        // Counters are shown only as they were read; when they could not be, they are read anew.
        reader.set_states(states);
        if states.is_none() || other_card {
            commands.push(Command::Look {
                reader: name,
                generation,
            });
        }
    }
    if let Some(form) = model.form.as_mut()
        && matches!(form.phase, Phase::Running { ticket: running, .. } if running == ticket)
    {
        form.wipe();
        form.finished = Some(Finished { outcome, kind });
        form.phase = if still_there {
            Phase::Editing
        } else {
            Phase::CardGone
        };
        form.wants_focus = still_there;
    }
    commands
}

fn select(model: &mut Model, reader: ReaderName, role: PinRole, enter: bool) {
    if model.is_running() {
        return;
    }
    let Some(card) = model.reader(&reader).and_then(Reader::card) else {
        return;
    };
    let same = model.form.as_ref().is_some_and(|form| {
        form.reader == reader && form.role == role && form.identity == card.identity
    });
    if !same {
        model.form = Some(Form::open(reader, card, role));
    }
    if let Some(form) = &mut model.form {
        form.wants_focus |= enter;
    }
}

fn accept(model: &mut Model, yes: bool) {
    let Some(risk) = model
        .form
        .as_ref()
        .zip(model.form_card())
        .map(|(form, card)| form.risk(card).0)
    else {
        return;
    };
    if let Some(form) = model
        .form
        .as_mut()
        .filter(|form| form.phase == Phase::Editing)
    {
        form.accepted = (yes && risk != Risk::None).then_some(risk);
    }
}

fn submit(model: &mut Model, now: Instant) -> Option<Command> {
    let form = model.form.as_ref()?;
    let reader = model.reader(&form.reader)?;
    let card = reader.card()?;
    if !form.can_submit(card) {
        return None;
    }
    let (risk, kind, generation) = (form.risk(card).0, card.kind, reader.generation);
    let ticket = model.last_ticket + 1;
    let form = model.form.as_mut()?;
    let (consent, seen) = (form.consent(risk), form.identity.clone());
    // Everything a rule could object to was checked by `can_submit`; the digits are gone already.
    let request = form.take_request().ok()?;
    form.phase = Phase::Running { ticket, since: now };
    form.finished = None;
    let reader = form.reader.clone();
    model.last_ticket = ticket;
    Some(Command::Perform {
        reader,
        generation,
        ticket,
        request,
        seen,
        consent,
        kind,
    })
}

fn read_again(model: &Model) -> Vec<Command> {
    if model.is_running() {
        return Vec::new();
    }
    model
        .readers
        .iter()
        .filter(|reader| reader.holds_card())
        .map(|reader| Command::Look {
            reader: reader.name.clone(),
            generation: reader.generation,
        })
        .collect()
}
