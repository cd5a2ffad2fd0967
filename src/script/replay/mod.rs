//! Playing the card: a script answers the middleware, and nothing but the script is accepted.

use std::collections::VecDeque;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use siru_apdu::{
    CardChannel, CardTransaction, ChannelError, CommandApdu, CommandData, Disposition, Protocol,
    ResponseApdu,
};

use crate::binding::{Bindings, Difference};
use crate::model::{Action, Event, Exchange, Failure, Item, Outcome, Place, Script, Target};
use crate::parse::ParseError;
use crate::shown::Shown;

/// A card played from a script.
///
/// The order is strict and every exchange must be used: call [`ReplayCard::finish`] at the end.
/// A clone is a further connection to the same card, so that one can be kept while another is
/// given away. After `! reset` a transaction gets nothing but that error, and the script goes on
/// in the next one. After `! remove` (and a reader or service that is gone) the connection gets
/// nothing but that error, and the script goes on over a connection made afterwards.
pub struct ReplayCard {
    target: Arc<Target>,
    play: Arc<Mutex<Play>>,
    /// How many times the card had been pulled when this connection was made.
    made_after: u32,
}

impl Clone for ReplayCard {
    fn clone(&self) -> Self {
        let made_after = self.play().pulled;
        Self {
            target: Arc::clone(&self.target),
            play: Arc::clone(&self.play),
            made_after,
        }
    }
}

/// Why a script cannot be played, or was not played as it is written.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// The script names no card: it is there to be included.
    #[error("the script names no card, atr and protocol")]
    Fragment,
    /// No step has this title.
    #[error("the script has no step \"{title}\"")]
    NoSuchStep {
        /// The title asked for.
        title: String,
    },
    /// A command was not the one the script has.
    #[error(transparent)]
    Mismatch(#[from] Box<Mismatch>),
    /// The script has more than was used.
    #[error("{place}, step \"{step}\": {left} of the script's actions were not used, from here on")]
    Leftover {
        /// Where the first unused one is written.
        place: Place,
        /// Its step.
        step: Arc<str>,
        /// How many there are.
        left: usize,
    },
}

/// A command that is not the one the script has. Prints both sides, without any PIN.
#[derive(Clone, Debug, thiserror::Error)]
pub struct Mismatch {
    /// Where the expected command is written; the last one's place after the end.
    pub place: Place,
    /// The title of its step.
    pub step: Arc<str>,
    /// What the script has; `None` after its end.
    pub expected: Option<Shown>,
    /// What was sent.
    pub found: Shown,
    /// Where they part.
    pub difference: Difference,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}, step \"{}\": {}",
            self.place, self.step, self.difference
        )?;
        match &self.expected {
            Some(expected) => writeln!(f, "  expected > {expected}")?,
            None => writeln!(f, "  expected no command")?,
        }
        write!(f, "  but got  > {}", self.found)
    }
}

impl ReplayCard {
    /// The card of `script`, at its first step (that of the first included script).
    ///
    /// # Errors
    ///
    /// [`ReplayError::Fragment`].
    pub fn new(script: &Script) -> Result<Self, ReplayError> {
        let target = script.header.target.clone().ok_or(ReplayError::Fragment)?;
        let mut actions = VecDeque::new();
        for step in script.all_steps() {
            let title: Arc<str> = step.title.as_str().into();
            for action in &step.actions {
                actions.push_back((Arc::clone(&title), action.clone()));
            }
        }
        Ok(Self {
            target: Arc::new(target),
            play: Arc::new(Mutex::new(Play {
                actions,
                bindings: Bindings::default(),
                gone: None,
                pulled: 0,
                failed: None,
                last: (Arc::from(""), Place::default()),
            })),
            made_after: 0,
        })
    }

    /// The card of `script` in the middle of it: everything before the step `title` counts as
    /// used, so that a test can begin with the operation it is about.
    ///
    /// # Errors
    ///
    /// [`ReplayError::NoSuchStep`] and [`ReplayError::Fragment`].
    pub fn starting_at(script: &Script, title: &str) -> Result<Self, ReplayError> {
        let card = Self::new(script)?;
        let first = |play: &Play| play.actions.iter().position(|(step, _)| **step == *title);
        let mut play = card.play();
        let before = first(&play).ok_or_else(|| ReplayError::NoSuchStep {
            title: title.to_owned(),
        })?;
        play.actions.drain(..before);
        drop(play);
        Ok(card)
    }

    /// Reads a script and plays it from the start.
    ///
    /// # Errors
    ///
    /// When the script cannot be read or names no card.
    pub fn load(path: &Path) -> Result<Self, LoadError> {
        Ok(Self::new(&Script::load(path)?)?)
    }

    /// How many actions are still to come.
    pub fn left(&self) -> usize {
        self.play().actions.len()
    }

    /// Says whether the whole script was played, and as it is written.
    ///
    /// # Errors
    ///
    /// The first [`Mismatch`], or [`ReplayError::Leftover`].
    pub fn finish(&self) -> Result<(), ReplayError> {
        let play = self.play();
        if let Some(mismatch) = &play.failed {
            return Err(ReplayError::Mismatch(mismatch.clone()));
        }
        match play.actions.front() {
            None => Ok(()),
            Some((step, action)) => Err(ReplayError::Leftover {
                place: action.place().clone(),
                step: Arc::clone(step),
                left: play.actions.len(),
            }),
        }
    }

    /// A panic in one test thread must not hide what the script has to say.
    fn play(&self) -> MutexGuard<'_, Play> {
        self.play.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why [`ReplayCard::load`] has no card.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The script cannot be read.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// The script cannot be played.
    #[error(transparent)]
    Replay(#[from] ReplayError),
}

impl CardChannel for ReplayCard {
    fn atr(&self) -> &[u8] {
        &self.target.atr
    }

    fn protocol(&self) -> Protocol {
        self.target.protocol
    }

    fn transaction(&mut self) -> Result<Box<dyn CardTransaction + '_>, ChannelError> {
        let mut play = self.play();
        if self.made_after < play.pulled {
            return Err(play.gone.unwrap_or(Event::Remove).to_error());
        }
        play.gone = None;
        drop(play);
        Ok(Box::new(ReplayTransaction { card: self }))
    }
}

struct ReplayTransaction<'a> {
    card: &'a ReplayCard,
}

impl CardTransaction for ReplayTransaction<'_> {
    fn transmit(&mut self, command: &CommandApdu) -> Result<ResponseApdu, ChannelError> {
        self.card
            .play()
            .transmit(command, self.card.target.protocol)
    }

    /// A reset the script has is used up; one it does not have costs nobody anything and passes.
    fn end(self: Box<Self>, disposition: Disposition) -> Result<(), ChannelError> {
        let mut play = self.card.play();
        let expected = matches!(play.actions.front(), Some((_, Action::EndWithReset(_))));
        if expected && disposition == Disposition::Reset {
            play.advance();
            return Ok(());
        }
        match play.gone {
            Some(event) => Err(event.to_error()),
            None => Ok(()),
        }
    }
}

/// How far a script has been played.
struct Play {
    actions: VecDeque<(Arc<str>, Action)>,
    bindings: Bindings,
    /// What ended the transaction at hand.
    gone: Option<Event>,
    /// How many times every connection came to an end.
    pulled: u32,
    /// The first mismatch. Nothing is answered after it.
    failed: Option<Box<Mismatch>>,
    /// Step and place of the action used last.
    last: (Arc<str>, Place),
}

impl Play {
    fn transmit(
        &mut self,
        command: &CommandApdu,
        protocol: Protocol,
    ) -> Result<ResponseApdu, ChannelError> {
        if let Some(mismatch) = &self.failed {
            return Err(ChannelError::Driver(mismatch.clone()));
        }
        if let Some(event) = self.gone {
            return Err(event.to_error());
        }
        let exchange = match self.actions.front() {
            Some((_, Action::Exchange(exchange))) => exchange.clone(),
            Some((_, Action::EndWithReset(_))) => {
                return Err(self.fail(None, command, protocol, Difference::ResetExpected));
            }
            None => return Err(self.fail(None, command, protocol, Difference::Ended)),
        };
        let hidden = matches!(command.command_data(), CommandData::Secret { .. });
        let compared = self
            .bindings
            .compare(&exchange.command, &command.to_wire(protocol), hidden);
        if let Err(difference) = compared {
            return Err(self.fail(Some(&exchange), command, protocol, difference));
        }
        self.advance();
        match exchange.outcome {
            Outcome::Response(items) => ResponseApdu::from_bytes(&self.answer(&items)),
            Outcome::Event(event) => {
                self.note(event);
                Err(event.to_error())
            }
        }
    }

    /// Remembers what an event leaves behind. After a lost answer the card is still there.
    fn note(&mut self, event: Event) {
        match event {
            Event::Reset => self.gone = Some(event),
            Event::Remove | Event::Fail(Failure::ReaderGone | Failure::ServiceStopped) => {
                self.gone = Some(event);
                self.pulled += 1;
            }
            Event::Fail(Failure::ShortAnswer | Failure::LongAnswer | Failure::Driver) => {}
        }
    }

    fn advance(&mut self) {
        if let Some((step, action)) = self.actions.pop_front() {
            self.last = (step, action.place().clone());
        }
    }

    /// What varies is answered as it was met before, otherwise with the sample.
    fn answer(&self, items: &[Item]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for item in items {
            match item {
                Item::Bytes(part) | Item::File { bytes: part, .. } => bytes.extend(part),
                Item::Varying { name, sample } => {
                    bytes.extend(self.bindings.varying(name, sample));
                }
                // The parser lets no secret into an answer.
                Item::Secret { .. } => {}
            }
        }
        bytes
    }

    fn fail(
        &mut self,
        expected: Option<&Exchange>,
        command: &CommandApdu,
        protocol: Protocol,
        difference: Difference,
    ) -> ChannelError {
        let (step, place) = match self.actions.front() {
            Some((step, action)) => (Arc::clone(step), action.place().clone()),
            None => self.last.clone(),
        };
        let mismatch = Box::new(Mismatch {
            place,
            step,
            expected: expected.map(|exchange| Shown::expected(&exchange.command)),
            found: Shown::command(command, protocol),
            difference,
        });
        self.failed = Some(mismatch.clone());
        ChannelError::Driver(mismatch)
    }
}

#[cfg(test)]
mod tests;
