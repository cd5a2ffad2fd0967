//! Playing the middleware: a script's commands go to a card, and its answers are compared.

mod error;
mod run;

use std::error::Error;

use siru_apdu::CardChannel;

use crate::model::{Event, Failure, Place, Script, StartState};
use crate::secrets::Secrets;
pub use error::{AnswerMismatch, Atr, DriveError};
use run::Run;

/// The tries a driven script must leave on a card unless it is told to spend them.
const MIN_TRIES_LEFT: usize = 2;

/// The hands at a test bench: what a script's events need beside the card itself.
pub trait Bench {
    /// Has the card reset as by another program, so that the next command meets it.
    ///
    /// # Errors
    ///
    /// Whatever the bench has to say; the run ends with it.
    fn reset(&mut self) -> Result<(), BenchError>;

    /// Pulls the card, so that the next command meets it.
    ///
    /// # Errors
    ///
    /// As for [`Bench::reset`].
    fn remove(&mut self) -> Result<(), BenchError>;

    /// Has the reader or the service fail, so that the next command meets it.
    ///
    /// # Errors
    ///
    /// As for [`Bench::reset`]; most benches cannot do this.
    fn fail(&mut self, failure: Failure) -> Result<(), BenchError>;

    /// Puts everything back after [`Bench::remove`] and [`Bench::fail`] when the script goes on.
    /// Gives the channel to go on with when the old one is of no more use.
    ///
    /// # Errors
    ///
    /// As for [`Bench::reset`].
    fn restore(&mut self) -> Result<Option<Box<dyn CardChannel>>, BenchError>;
}

/// What a bench reports.
pub type BenchError = Box<dyn Error + Send + Sync>;

/// Plays scripts to cards. Stops at the first answer that differs.
#[derive(Default)]
pub struct Driver<'a> {
    bench: Option<&'a mut dyn Bench>,
    spend_tries: bool,
    any_card: bool,
    tries: Vec<(String, u8)>,
}

impl<'a> Driver<'a> {
    /// A driver that has no bench, takes only the card of the script and leaves at least two
    /// tries of every PIN.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets `bench` make the script's events happen.
    #[must_use]
    pub fn bench(mut self, bench: &'a mut dyn Bench) -> Self {
        self.bench = Some(bench);
        self
    }

    /// Lets scripts spend the last tries: for virtual cards, and for cards meant to be locked.
    #[must_use]
    pub fn spend_tries(mut self) -> Self {
        self.spend_tries = true;
        self
    }

    /// Takes a card with another answer to reset than the script has.
    #[must_use]
    pub fn any_card(mut self) -> Self {
        self.any_card = true;
        self
    }

    /// Says how many tries a PIN or PUK has on the card at hand; otherwise `start:` is believed.
    #[must_use]
    pub fn tries_left(mut self, secret: &str, tries: u8) -> Self {
        self.tries.push((secret.to_owned(), tries));
        self
    }

    /// Sends the commands of `script` in order and compares the answers. Every command is sent
    /// once. Gives the number of exchanges.
    ///
    /// # Errors
    ///
    /// [`DriveError`]. A try may be gone only if an earlier command presented a wrong PIN, or if
    /// the error is [`DriveError::Channel`] at a command that presents one.
    pub fn run(
        &mut self,
        script: &Script,
        channel: &mut dyn CardChannel,
        secrets: &mut dyn Secrets,
    ) -> Result<usize, DriveError> {
        self.check(script, channel)?;
        let mut run = Run::new(script, secrets);
        let mut replaced: Option<Box<dyn CardChannel>> = None;
        loop {
            let channel: &mut dyn CardChannel = match &mut replaced {
                Some(channel) => channel.as_mut(),
                None => &mut *channel,
            };
            run.stretch(channel)?;
            let Some((step, exchange, event)) = run.next_event() else {
                if run.actions.is_empty() {
                    return Ok(run.done);
                }
                continue;
            };
            self.arrange(&exchange.place, event)?;
            run.meet(channel, &step, &exchange, event)?;
            if event != Event::Reset && !run.actions.is_empty() {
                let restored = match &mut self.bench {
                    Some(bench) => bench.restore(),
                    None => Ok(None),
                };
                let restored = restored.map_err(|source| DriveError::Bench {
                    place: exchange.place.clone(),
                    source,
                })?;
                if restored.is_some() {
                    replaced = restored;
                }
            }
        }
    }

    /// Everything that can be said before the first command.
    fn check(&self, script: &Script, channel: &dyn CardChannel) -> Result<(), DriveError> {
        let target = script.header.target.as_ref().ok_or(DriveError::Fragment)?;
        if !self.any_card && channel.atr() != target.atr {
            return Err(DriveError::OtherCard {
                expected: Atr(target.atr.clone()),
                found: Atr(channel.atr().to_vec()),
            });
        }
        if channel.protocol() != target.protocol {
            return Err(DriveError::OtherProtocol {
                expected: target.protocol,
                found: channel.protocol(),
            });
        }
        if self.spend_tries {
            return Ok(());
        }
        for secret in script.spent_secrets() {
            let spends = script.spends(&secret);
            let left = self.tries_of(script, &secret).map_or(0, usize::from);
            if left < spends + MIN_TRIES_LEFT {
                return Err(DriveError::TooFewTries { secret, spends });
            }
        }
        Ok(())
    }

    fn tries_of(&self, script: &Script, secret: &str) -> Option<u8> {
        let told = self.tries.iter().rev().find(|(name, _)| name == secret);
        told.map(|(_, tries)| *tries).or_else(|| {
            let start = script.header.start.iter();
            start
                .filter(|start| start.secret == secret)
                .find_map(|start| match start.state {
                    StartState::Tries(tries) => Some(tries),
                    StartState::NotActivated => None,
                })
        })
    }

    fn arrange(&mut self, place: &Place, event: Event) -> Result<(), DriveError> {
        let Some(bench) = &mut self.bench else {
            return Err(DriveError::NoBench {
                place: place.clone(),
                event,
            });
        };
        match event {
            Event::Reset => bench.reset(),
            Event::Remove => bench.remove(),
            Event::Fail(failure) => bench.fail(failure),
        }
        .map_err(|source| DriveError::Bench {
            place: place.clone(),
            source,
        })
    }
}

#[cfg(test)]
mod tests;
