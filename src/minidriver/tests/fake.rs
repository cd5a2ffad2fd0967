//! A smart card service with one virtual card behind every handle but 0.

use std::sync::{Arc, Mutex, MutexGuard};

use siru_apdu::Protocol;
use siru_sim::{Image, Ledger, Personalisation, SimulatedCard};
use windows_sys::Win32::Foundation::SCARD_E_INVALID_HANDLE;

use crate::context::Minidriver;
use crate::error::Error;
use crate::service::{CardStatus, Fault, Service};
use crate::settings::Settings;

/// A handle.
pub(crate) const HANDLE: usize = 0x51;

#[derive(Clone)]
pub(crate) struct FakeService {
    card: Arc<Mutex<SimulatedCard>>,
    trouble: Arc<Mutex<Option<(usize, Trouble)>>>,
    pub(crate) ledger: Ledger,
}

/// What goes wrong with one command.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trouble {
    /// The service says this code, and the card never got the command.
    Before(i32),
    /// The same, after the card did what it was told.
    After(i32),
    /// The card did it and answers something else.
    Answers(&'static [u8]),
}

fn made(image: &str, ledger: &Ledger) -> SimulatedCard {
    let image = Image::parse(image).expect("an image");
    let mut card = Personalisation::new(image).build().expect("a card");
    card.use_ledger(ledger);
    card
}

impl FakeService {
    pub(crate) fn with(image: &str) -> Self {
        let ledger = Ledger::default();
        Self {
            card: Arc::new(Mutex::new(made(image, &ledger))),
            trouble: Arc::default(),
            ledger,
        }
    }

    pub(crate) fn try_acquire(&self, last_try_in_login: bool) -> Result<Minidriver, Error> {
        let settings = Settings {
            last_try_in_login,
            ..Settings::default()
        };
        Minidriver::acquire(Arc::new(self.clone()), HANDLE, settings)
    }

    pub(crate) fn acquire(&self, last_try_in_login: bool) -> Minidriver {
        self.try_acquire(last_try_in_login).expect("a card")
    }

    /// Has something go wrong once, after `commands` more.
    pub(crate) fn trouble_after(&self, commands: usize, trouble: Trouble) {
        *self.trouble.lock().expect("the plan") = Some((commands, trouble));
    }

    /// Whether that is still to come; then it will not.
    pub(crate) fn was_spared(&self) -> bool {
        self.trouble.lock().expect("the plan").take().is_some()
    }

    fn trouble_now(&self) -> Option<Trouble> {
        let mut plan = self.trouble.lock().expect("the plan");
        match plan.take() {
            Some((0, trouble)) => Some(trouble),
            Some((more, trouble)) => {
                *plan = Some((more - 1, trouble));
                None
            }
            None => None,
        }
    }

    /// Another card comes to lie behind the handles.
    pub(crate) fn swap(&self, image: &str) {
        *self.card() = made(image, &self.ledger);
    }

    /// What the card answers to a reset.
    pub(crate) fn atr(&self) -> Vec<u8> {
        self.card().atr().to_vec()
    }

    /// Has the card answer to a reset as another generation does.
    pub(crate) fn answer_to_reset_with(&self, atr: &[u8]) {
        self.card().set_answer_to_reset(atr.to_vec());
    }

    /// Whether PIN1 is verified.
    pub(crate) fn verified(&self) -> bool {
        self.card().verified()[0]
    }

    fn card(&self) -> MutexGuard<'_, SimulatedCard> {
        self.card.lock().expect("a card")
    }
}

impl Service for FakeService {
    fn status(&self, handle: usize) -> Result<CardStatus, Fault> {
        if handle == 0xBAD {
            return Err(Fault::new(SCARD_E_INVALID_HANDLE.cast_unsigned()));
        }
        let card = self.card();
        Ok(CardStatus {
            atr: card.atr().to_vec(),
            protocol: card.preferred_protocol(),
        })
    }

    fn transmit(
        &self,
        _handle: usize,
        protocol: Protocol,
        command: &[u8],
        answer: &mut [u8],
    ) -> Result<usize, Fault> {
        let trouble = self.trouble_now();
        if let Some(Trouble::Before(code)) = trouble {
            return Err(Fault::new(code.cast_unsigned()));
        }
        let mut bytes = self.card().handle(command, protocol);
        match trouble {
            Some(Trouble::After(code)) => return Err(Fault::new(code.cast_unsigned())),
            Some(Trouble::Answers(other)) => bytes = other.to_vec(),
            _ => {}
        }
        answer[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }

    fn reset(&self, _handle: usize) -> Result<(), Fault> {
        self.card().reset();
        Ok(())
    }
}
