//! Virtual cards in real PC/SC readers: the card's side of vsmartcard's vpcd protocol.
//!
//! The reader driver listens, the card connects. Every message has two bytes of length before it;
//! one byte is an order (power, reset, send the ATR), anything longer a command.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use siru_apdu::Protocol;

use crate::card::Nature;
use crate::fault::{Outcome, TroubledCard};

/// A reader slot of the driver, and the card that lies in it or does not.
#[derive(Debug)]
pub struct VpcdSlot {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    host: String,
    port: u16,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    card: Option<Arc<Mutex<TroubledCard>>>,
    /// The card that was here last, for putting it back.
    removed: Option<TroubledCard>,
    connection: Option<TcpStream>,
    stopping: bool,
}

/// Why a slot could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SlotError {
    /// There is no card in the slot, or none was there to be put back.
    #[error("no card")]
    NoCard,
    /// The system gave no thread for the slot.
    #[error("the slot has no thread")]
    Thread(#[from] std::io::Error),
}

impl VpcdSlot {
    /// An empty slot at the driver's `port`. A thread of its own connects whenever a card is in,
    /// and waits for the driver when it is not there yet.
    ///
    /// # Errors
    ///
    /// [`SlotError::Thread`] when the system has no thread left.
    pub fn open(host: &str, port: u16) -> Result<Self, SlotError> {
        let shared = Arc::new(Shared {
            host: host.to_owned(),
            port,
            state: Mutex::default(),
            changed: Condvar::new(),
        });
        let thread = std::thread::Builder::new()
            .name(format!("card at {port}"))
            .spawn({
                let shared = Arc::clone(&shared);
                move || shared.run()
            })?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }

    /// Puts a card in; one that is there already is pulled first.
    pub fn insert(&self, card: TroubledCard) {
        let mut state = self.shared.lock();
        state.pull();
        state.card = Some(Arc::new(Mutex::new(card)));
        self.shared.changed.notify_all();
    }

    /// Puts the card back that was here last, with its counters as they were.
    ///
    /// # Errors
    ///
    /// [`SlotError::NoCard`] when there was none.
    pub fn reinsert(&self) -> Result<(), SlotError> {
        let removed = self.shared.lock().removed.take().ok_or(SlotError::NoCard)?;
        self.insert(removed);
        Ok(())
    }

    /// Pulls the card.
    ///
    /// # Errors
    ///
    /// [`SlotError::NoCard`] when there is none.
    pub fn remove(&self) -> Result<(), SlotError> {
        if self.shared.lock().pull() {
            Ok(())
        } else {
            Err(SlotError::NoCard)
        }
    }

    /// Whether the driver has taken the card's connection.
    pub fn is_connected(&self) -> bool {
        self.shared.lock().connection.is_some()
    }

    /// Looks at the card, or changes it, once it is between two commands.
    ///
    /// # Errors
    ///
    /// [`SlotError::NoCard`] when there is none.
    pub fn card<T>(&self, work: impl FnOnce(&mut TroubledCard) -> T) -> Result<T, SlotError> {
        let card = self.shared.lock().card.clone().ok_or(SlotError::NoCard)?;
        Ok(work(&mut lock_card(&card)))
    }
}

impl Drop for VpcdSlot {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.stopping = true;
        state.pull();
        drop(state);
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to clean up.
            let _ended = thread.join();
        }
    }
}

impl State {
    fn pull(&mut self) -> bool {
        if let Some(connection) = self.connection.take() {
            // The driver notices either way; an error means it was faster.
            let _closed = connection.shutdown(Shutdown::Both);
        }
        let Some(card) = self.card.take() else {
            return false;
        };
        let mut troubled = lock_card(&card).clone();
        troubled.card.reset();
        self.removed = Some(troubled);
        true
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        while let Some(card) = self.wait_for_card() {
            let Some(mut connection) = self.connect(&card) else {
                continue;
            };
            // Whatever ended the conversation, the next round begins with the card that is in then.
            let _ended = self.serve(&mut connection, &card);
            let mut state = self.lock();
            if state.is_in(&card) {
                state.connection = None;
                drop(state);
                lock_card(&card).card.reset();
            }
        }
    }

    /// Waits until a card is in; `None` when the slot is given up.
    fn wait_for_card(&self) -> Option<Arc<Mutex<TroubledCard>>> {
        let mut state = self.lock();
        loop {
            if state.stopping {
                return None;
            }
            if let Some(card) = &state.card {
                return Some(Arc::clone(card));
            }
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Connects to the driver, waiting for it ever longer, as long as the card stays in.
    fn connect(&self, card: &Arc<Mutex<TroubledCard>>) -> Option<TcpStream> {
        let mut pause = FIRST_PAUSE;
        loop {
            let connection = TcpStream::connect((self.host.as_str(), self.port));
            let mut state = self.lock();
            if state.stopping || !state.is_in(card) {
                return None;
            }
            if let Ok(connection) = connection
                && connection.set_nodelay(true).is_ok()
                && let Ok(handle) = connection.try_clone()
            {
                state.connection = Some(handle);
                return Some(connection);
            }
            // Woken early when the card is pulled or the slot given up.
            drop(self.changed.wait_timeout(state, pause));
            pause = (2 * pause).min(LONGEST_PAUSE);
        }
    }

    fn serve(&self, connection: &mut TcpStream, card: &Mutex<TroubledCard>) -> std::io::Result<()> {
        let mut powered = false;
        loop {
            let message = receive(connection)?;
            match message.as_slice() {
                [] => {}
                [POWER_OFF] => {
                    powered = false;
                    lock_card(card).card.reset();
                }
                [POWER_ON] => powered = true,
                [RESET] => {
                    powered = true;
                    lock_card(card).card.reset();
                }
                [SEND_ATR] => {
                    let atr = answer_to_reset(&lock_card(card), powered);
                    send(connection, &atr)?;
                }
                [_] => {}
                command => {
                    let outcome = {
                        let mut troubled = lock_card(card);
                        let protocol = protocol(&troubled, command);
                        match troubled.exchange(command, protocol) {
                            // The driver cannot tell the client of a reset: it finds its state gone.
                            Outcome::Reset => {
                                Outcome::Answer(troubled.card.handle(command, protocol))
                            }
                            outcome => outcome,
                        }
                    };
                    match outcome {
                        Outcome::Answer(answer) => send(connection, &answer)?,
                        Outcome::Removed => {
                            self.lock().pull();
                            return Ok(());
                        }
                        // Nothing more comes from a driver that waits; pulling the card ends it.
                        Outcome::Reset | Outcome::Hang => {}
                    }
                }
            }
        }
    }
}

impl State {
    fn is_in(&self, card: &Arc<Mutex<TroubledCard>>) -> bool {
        self.card
            .as_ref()
            .is_some_and(|other| Arc::ptr_eq(other, card))
    }
}

/// The ATR, or for a mute card one no driver accepts once the power is on. Before that the question
/// only means "are you there?".
fn answer_to_reset(troubled: &TroubledCard, powered: bool) -> Vec<u8> {
    match troubled.card.nature() {
        Nature::Mute if powered => vec![0x3B; 64],
        Nature::Mute => vec![0x3B, 0x00],
        Nature::Fineid | Nature::Foreign => troubled.card.atr().to_vec(),
    }
}

/// The driver does not say which protocol was chosen. A card that offers both sees it by the shape:
/// only T=1 can carry data and Le in one command.
fn protocol(troubled: &TroubledCard, command: &[u8]) -> Protocol {
    match (troubled.card.preferred_protocol(), command) {
        (Protocol::T1, [_, _, _, _, length, rest @ ..])
            if *length > 0 && rest.len() == usize::from(*length) + 1 =>
        {
            Protocol::T1
        }
        _ => Protocol::T0,
    }
}

fn receive(connection: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut length = [0; 2];
    read_exactly(connection, &mut length)?;
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    read_exactly(connection, &mut message)?;
    Ok(message)
}

/// Reads, acknowledging at once: the driver writes length and body apart, and would otherwise wait
/// 40 ms for the acknowledgement of the first.
fn read_exactly(connection: &mut TcpStream, mut bytes: &mut [u8]) -> std::io::Result<()> {
    while !bytes.is_empty() {
        acknowledge_quickly(connection);
        let count = connection.read(bytes)?;
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes = bytes.get_mut(count..).unwrap_or_default();
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn acknowledge_quickly(connection: &TcpStream) {
    // Slower without it, and not wrong.
    let _set = rustix::net::sockopt::set_tcp_quickack(connection, true);
}

#[cfg(not(target_os = "linux"))]
fn acknowledge_quickly(_connection: &TcpStream) {}

fn send(connection: &mut TcpStream, message: &[u8]) -> std::io::Result<()> {
    let length = u16::try_from(message.len()).map_err(|_| std::io::ErrorKind::InvalidInput)?;
    connection.write_all(&[&length.to_be_bytes(), message].concat())
}

fn lock_card(card: &Mutex<TroubledCard>) -> MutexGuard<'_, TroubledCard> {
    card.lock().unwrap_or_else(PoisonError::into_inner)
}

const POWER_OFF: u8 = 0;
const POWER_ON: u8 = 1;
const RESET: u8 = 2;
const SEND_ATR: u8 = 4;

const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);
