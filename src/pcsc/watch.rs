//! Waits for readers and cards to come and go, without asking again and again.
//!
//! The watch looks, and then sleeps in `SCardGetStatusChange` on all readers and on the pseudo
//! reader that stands for plugging in and out, handing over the states of the look: what happened
//! in between ends the wait at once. After each wake-up it looks again, and returns only if
//! something a person would notice has changed. Other programs connecting to a card wake it, too.

use std::mem::{Discriminant, discriminant};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use pcsc::{Context, Error, PNP_NOTIFICATION, ReaderState as RawState, State};
use siru_apdu::{Canceller, ReaderError, ReaderState, ReaderWatch};

use crate::error::while_looking;
use crate::habit::ServiceHabit;
use crate::look::{Look, establish};
use crate::pacing::{Outage, Pace};
use crate::wait::Gate;

/// A watch over all readers, in a context of its own.
pub struct PcscWatch {
    habit: ServiceHabit,
    gate: Arc<Gate>,
    context: Option<Context>,
    /// What was returned last; nothing after an error.
    reported: Option<Vec<ReaderState>>,
    /// The error that was returned last, while it lasts.
    outage: Option<(Discriminant<ReaderError>, Outage)>,
    pace: Pace,
    plugging: Plugging,
    /// How many looks in a row found a card without its answer to reset.
    unsettled: u32,
}

/// How the watch learns of readers being plugged in and out.
enum Plugging {
    /// From the pseudo reader, in the state that was last told of it.
    Told(Option<RawState>),
    /// By looking every second: this service does not know the pseudo reader.
    LookedFor,
}

impl PcscWatch {
    /// A watch that has seen nothing yet. Succeeds without a service.
    pub fn new() -> Self {
        Self::with_habit(ServiceHabit::OF_THIS_SYSTEM)
    }

    /// The same over a service that has another habit than that of this system.
    pub fn with_habit(habit: ServiceHabit) -> Self {
        Self {
            habit,
            gate: Arc::new(Gate::default()),
            context: None,
            reported: None,
            outage: None,
            pace: Pace::default(),
            plugging: Plugging::Told(None),
            unsettled: 0,
        }
    }

    /// Looks, and either has news or waits for the next change.
    fn advance(&mut self) -> Result<Option<Vec<ReaderState>>, Error> {
        let context = match &self.context {
            Some(context) => context.clone(),
            None => self.context.insert(establish()?).clone(),
        };
        let look = Look::settled(&context)?;
        if self.outage.take().is_some() {
            log::info!("the smart card service is back");
        }
        self.unsettled = if look.is_unsettled() {
            self.unsettled.saturating_add(1)
        } else {
            0
        };
        let readers = look.readers();
        if self.reported.as_ref() != Some(&readers) {
            self.reported = Some(readers.clone());
            return Ok(Some(readers));
        }
        self.sleep(&context, look)?;
        Ok(None)
    }

    /// Sleeps until something is different from `look`, or it is time to look anyway.
    fn sleep(&mut self, context: &Context, look: Look) -> Result<(), Error> {
        self.gate.pause(self.pace.rest(Instant::now()));
        let limit = if (1..=UNSETTLED_LOOKS).contains(&self.unsettled) {
            SHORT_SLEEP
        } else {
            LONG_SLEEP
        };
        let asleep = (Instant::now(), SystemTime::now());
        let result = match &mut self.plugging {
            Plugging::Told(told) => {
                let mut states = look.into_known();
                states.push(told.take().unwrap_or_else(pseudo_reader));
                let mut result = self.gate.wait(context, limit, &mut states);
                *told = states.pop().map(|mut state| {
                    state.sync_current_state();
                    state
                });
                if matches!(result, Err(Error::InvalidParameter)) && !states.is_empty() {
                    // pcsc-lite knows sixteen readers and takes no more than sixteen at once: with
                    // all of them there, no other can be plugged in, and unplugging is told.
                    result = self.gate.wait(context, limit, &mut states);
                }
                result
            }
            Plugging::LookedFor => {
                let mut states = look.into_known();
                if states.is_empty() {
                    self.gate.pause(SHORT_SLEEP);
                    Ok(())
                } else {
                    self.gate.wait(context, SHORT_SLEEP, &mut states)
                }
            }
        };
        if jumped(asleep, (Instant::now(), SystemTime::now())) {
            // The computer slept as well. Nothing the service told before need be true now.
            log::debug!("the clock jumped; starting over");
            self.forget();
        }
        match result {
            Ok(()) | Err(Error::Timeout | Error::Cancelled) => Ok(()),
            // A reader was unplugged since the look, or else the pseudo reader is not known here.
            Err(Error::UnknownReader | Error::NoReadersAvailable) => {
                self.probe(context);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Asks for the pseudo reader alone.
    fn probe(&mut self, context: &Context) {
        let answer = context.get_status_change(Duration::ZERO, &mut [pseudo_reader()]);
        if matches!(
            answer,
            Err(Error::UnknownReader | Error::NoReadersAvailable)
        ) {
            log::info!("the service does not tell of readers plugged in; looking every second");
            self.plugging = Plugging::LookedFor;
        }
    }

    /// Takes an error in: what to return, if this error was not returned already.
    fn failed(&mut self, error: Error) -> Option<ReaderError> {
        self.forget();
        self.reported = None;
        let error = while_looking(error);
        let kind = discriminant(&error);
        let now = Instant::now();
        match &mut self.outage {
            None => {
                log::info!("readers cannot be watched: {error}");
                self.outage = Some((kind, Outage::new(now)));
                Some(error)
            }
            Some((last, outage)) => {
                self.gate.pause(outage.delay(now));
                (std::mem::replace(last, kind) != kind).then_some(error)
            }
        }
    }

    /// Takes in that the service went with the last reader: that there is none, if that was not
    /// returned already. Otherwise lets some time pass before it is looked for again.
    fn without_service(&mut self) -> Option<Vec<ReaderState>> {
        self.forget();
        self.outage = None;
        if self.reported.as_ref().is_some_and(Vec::is_empty) {
            self.gate.pause(NO_SERVICE_SLEEP);
            return None;
        }
        log::info!("the smart card service went with the last reader");
        self.reported = Some(Vec::new());
        Some(Vec::new())
    }

    /// Gives up the context and what it told.
    fn forget(&mut self) {
        self.context = None;
        if let Plugging::Told(told) = &mut self.plugging {
            *told = None;
        }
    }
}

impl Default for PcscWatch {
    fn default() -> Self {
        Self::new()
    }
}

impl ReaderWatch for PcscWatch {
    fn next(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        loop {
            if self.gate.is_cancelled() {
                self.forget();
                return Err(ReaderError::Cancelled);
            }
            let is_old = self.context.is_some();
            match self.advance() {
                Ok(None) => {}
                Ok(Some(readers)) => return Ok(readers),
                // What a context says that was had before, it need not say of the service of now.
                Err(error) if is_old && self.habit == ServiceHabit::GoesWithLastReader => {
                    log::debug!("the context is renewed: {error}");
                    self.forget();
                }
                Err(error) if self.habit.is_no_reader(error) => {
                    if let Some(none) = self.without_service() {
                        return Ok(none);
                    }
                }
                Err(error) => {
                    if let Some(error) = self.failed(error) {
                        return Err(error);
                    }
                }
            }
        }
    }

    fn canceller(&self) -> Canceller {
        let gate = Arc::clone(&self.gate);
        Canceller::new(move || gate.cancel())
    }
}

fn pseudo_reader() -> RawState {
    RawState::new(PNP_NOTIFICATION(), State::UNAWARE)
}

/// Whether the clock on the wall went on, or back, without the clock of the process.
fn jumped(before: (Instant, SystemTime), after: (Instant, SystemTime)) -> bool {
    let lived = after.0.saturating_duration_since(before.0);
    match after.1.duration_since(before.1) {
        Ok(passed) => passed.abs_diff(lived) > CLOCK_JUMP,
        Err(backwards) => backwards.duration() > CLOCK_JUMP,
    }
}

/// The longest sleep. pcsc-lite counts the readers at the beginning of a wait, so one plugged in
/// between a look and a wait would otherwise never be told of.
const LONG_SLEEP: Duration = Duration::from_secs(60);

/// The sleep when something is known to come of which the service does not tell.
const SHORT_SLEEP: Duration = Duration::from_secs(1);

/// The sleep while there is no service because there is no reader. Looking costs one call.
const NO_SERVICE_SLEEP: Duration = Duration::from_secs(2);

/// How many short sleeps an answer to reset is given; one that never comes must cost nothing.
const UNSETTLED_LOOKS: u32 = 5;

/// A difference between the clocks that means the computer was suspended.
const CLOCK_JUMP: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suspended_computer_is_noticed_and_a_long_wait_is_not_one() {
        let before = (Instant::now(), SystemTime::now());
        let later = |lived: u64, passed: u64| {
            (
                before.0 + Duration::from_secs(lived),
                before.1 + Duration::from_secs(passed),
            )
        };
        assert!(!jumped(before, later(60, 60)));
        assert!(!jumped(before, later(60, 64)));
        assert!(jumped(before, later(60, 3600)));
        assert!(jumped(
            before,
            (before.0, before.1 - Duration::from_secs(6))
        ));
    }
}
