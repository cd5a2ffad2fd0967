//! The card as a function from command bytes to answer bytes.
//!
//! Strict on purpose: whatever a real card might refuse, this one does, so that a client that works
//! here sends nothing doubtful.

use siru_apdu::Protocol;

use crate::file_system::FileSystem;
use crate::frame::Frame;
use crate::ledger::{Counters, Entry, Ledger};
use crate::reference_data::ReferenceData;
use crate::security_environment::{Circumstances, KeyPurpose, SecurityEnvironment};
use crate::status;

/// What a card is to the reader and to the application that asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A FINEID card.
    Fineid,
    /// Another card: it answers, and refuses whatever FINEID asks.
    Foreign,
    /// A card that does not answer its reset.
    Mute,
}

/// Habits in which real cards differ or may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Habits {
    /// Whether PIN1, too, is good for one signature only.
    pub authentication_user_consent: bool,
    /// Whether GET DATA `80 CA 9F7F` answers.
    pub answers_production_data: bool,
}

/// A virtual card.
#[derive(Debug, Clone)]
pub struct SimulatedCard {
    pub(crate) nature: Nature,
    pub(crate) serial: String,
    pub(crate) atr: Vec<u8>,
    pub(crate) files: FileSystem,
    pub(crate) secrets: ReferenceData,
    pub(crate) security: SecurityEnvironment,
    pub(crate) habits: Habits,
    pub(crate) preferred_protocol: Protocol,
    pub(crate) ledger: Ledger,
    pub(crate) exchanges: u64,
    /// Response data that waits for GET RESPONSE.
    pub(crate) pending: Vec<u8>,
}

/// Response data and status word of one command.
type Answer = (Vec<u8>, u16);

impl SimulatedCard {
    /// The answer to reset; empty for a card that does not answer.
    pub fn atr(&self) -> &[u8] {
        &self.atr
    }

    /// What kind of card this is to a reader.
    pub fn nature(&self) -> Nature {
        self.nature
    }

    /// The card's serial as EF.CIAInfo tells it.
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// The protocol a reader and this card agree on.
    pub fn preferred_protocol(&self) -> Protocol {
        self.preferred_protocol
    }

    /// Tries left of PIN1, PIN2 and the PUK.
    pub fn counters(&self) -> Counters {
        self.secrets.counters()
    }

    /// Whether PIN1, PIN2 and the PUK are verified now.
    pub fn verified(&self) -> [bool; 3] {
        let secrets = &self.secrets;
        [
            &secrets.authentication,
            &secrets.signature,
            &secrets.unblocking,
        ]
        .map(|secret| secret.verified)
    }

    /// The content of a file at a path from the application root.
    pub fn file(&self, path: &[u16]) -> Option<&[u8]> {
        self.files.content(path)
    }

    /// Replaces a file, puts one where there was none, or takes one away: a card with a history.
    pub fn set_file(&mut self, path: &[u16], content: Option<Vec<u8>>) {
        self.files.set_content(path, content);
    }

    /// Gives the card another answer to reset, as if its chip came from another batch.
    pub fn set_answer_to_reset(&mut self, atr: Vec<u8>) {
        self.atr = atr;
    }

    /// Writes into `ledger` from now on.
    pub fn use_ledger(&mut self, ledger: &Ledger) {
        self.ledger = ledger.clone();
    }

    /// The ledger this card writes into.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Reset or loss of power: everything but values and counters is forgotten.
    pub fn reset(&mut self) {
        self.files.reset();
        self.secrets.reset();
        self.security.reset();
        self.pending.clear();
        self.ledger.reset(&self.serial, self.exchanges);
    }

    /// Carries out one command. The answer ends with the status word, whatever the bytes are.
    pub fn handle(&mut self, command: &[u8], protocol: Protocol) -> Vec<u8> {
        self.exchanges += 1;
        self.ledger.exchange();
        let before = self.counters();
        let frame = Frame::parse(command, protocol);
        let (mut bytes, status) = match frame {
            Ok(frame) => self.answer(&frame),
            Err(refusal) => {
                self.pending.clear();
                (Vec::new(), refusal)
            }
        };
        self.record_attempt(command, before, Some(status));
        bytes.extend_from_slice(&status.to_be_bytes());
        bytes
    }

    /// Notes a command that never reached the card, for the ledger's sake.
    pub(crate) fn miss(&mut self, command: &[u8]) {
        self.exchanges += 1;
        self.ledger.exchange();
        self.record_attempt(command, self.counters(), None);
    }

    fn record_attempt(&self, command: &[u8], before: Counters, status: Option<u16>) {
        let [
            _,
            instruction @ (0x20 | 0x24 | 0x2C),
            p1,
            reference,
            length,
            data @ ..,
        ] = command
        else {
            return;
        };
        if data.is_empty() {
            return;
        }
        let complete = usize::from(*length) == data.len();
        self.ledger.record(Entry {
            card: self.serial.clone(),
            exchange: self.exchanges,
            instruction: *instruction,
            p1: *p1,
            reference: *reference,
            length: data.len(),
            well_formed: complete && self.secrets.is_well_formed(*instruction, data),
            executed: status.is_some(),
            status,
            before,
            after: self.counters(),
        });
    }

    fn answer(&mut self, frame: &Frame<'_>) -> Answer {
        if frame.instruction == GET_RESPONSE && frame.class == 0x00 {
            return self.get_response(frame);
        }
        self.pending.clear();
        match self.dispatch(frame) {
            Ok((data, status)) => self.deliver(frame, data, status),
            Err(refusal) => (Vec::new(), refusal),
        }
    }

    fn dispatch(&mut self, frame: &Frame<'_>) -> Result<Answer, u16> {
        match frame.class {
            0x00 | 0x80 => {}
            0x10 => return Err(status::CHAINING_NOT_SUPPORTED),
            class if class & 0x0C != 0 => return Err(status::SECURE_MESSAGING_NOT_SUPPORTED),
            _ => return Err(status::UNKNOWN_CLASS),
        }
        if self.nature != Nature::Fineid {
            return Err(match frame.instruction {
                SELECT => status::FILE_NOT_FOUND,
                _ => status::UNKNOWN_INSTRUCTION,
            });
        }
        let &Frame { p1, p2, data, .. } = frame;
        match (frame.class, frame.instruction) {
            (0x00, SELECT) => Ok((self.files.select(p1, p2, data)?, status::OK)),
            (0x00, READ_BINARY) => {
                let expected = frame.expected.ok_or(status::WRONG_LENGTH)?;
                self.files.read(p1, p2, expected)
            }
            (0x00, VERIFY | CHANGE_REFERENCE_DATA | RESET_RETRY_COUNTER | GET_DATA) => {
                if !self.files.application_selected() {
                    return Err(status::UNKNOWN_INSTRUCTION);
                }
                self.present(frame)
            }
            (0x00, MANAGE_SECURITY_ENVIRONMENT | PERFORM_SECURITY_OPERATION) => {
                if !self.files.application_selected() {
                    return Err(status::CONDITIONS_NOT_SATISFIED);
                }
                self.secure(frame)
            }
            (0x80, GET_PRODUCTION_DATA)
                if (p1, p2) == (0x9F, 0x7F) && self.habits.answers_production_data =>
            {
                Ok((production_data(), status::OK))
            }
            (0x00, GET_PRODUCTION_DATA)
                if (p1, p2) == (0xDF, 0x30) && self.security.also_setcos =>
            {
                Ok((SETCOS_VERSION.to_vec(), status::OK))
            }
            (0x80, _) => Err(status::UNKNOWN_CLASS),
            _ => Err(status::UNKNOWN_INSTRUCTION),
        }
    }

    /// Commands about PINs and the PUK.
    fn present(&mut self, frame: &Frame<'_>) -> Result<Answer, u16> {
        let &Frame { p1, p2, data, .. } = frame;
        if frame.instruction == GET_DATA {
            let [0xA0, 0x03, 0x83, 0x01, reference] = data else {
                return Err(status::WRONG_DATA);
            };
            if (p1, p2) != (0x00, 0xFF) {
                return Err(status::WRONG_PARAMETERS);
            }
            let container = self
                .secrets
                .container(*reference)
                .ok_or(status::REFERENCE_NOT_FOUND)?;
            return Ok((container, status::OK));
        }
        if frame.expected.is_some() {
            // An Le tells of a client that hopes for an answer these commands do not have.
            return Err(status::WRONG_LENGTH);
        }
        match frame.instruction {
            VERIFY => self.secrets.verify(p1, p2, data)?,
            CHANGE_REFERENCE_DATA => self.secrets.change(p1, p2, data)?,
            _ => self.secrets.reset_retry_counter(p1, p2, data)?,
        }
        Ok((Vec::new(), status::OK))
    }

    /// Commands that prepare and make a signature.
    fn secure(&mut self, frame: &Frame<'_>) -> Result<Answer, u16> {
        let &Frame { p1, p2, data, .. } = frame;
        let in_signature = self.files.in_signature();
        match (frame.instruction, p1, p2) {
            (MANAGE_SECURITY_ENVIRONMENT, ..) => {
                self.security.set(p1, p2, data, in_signature)?;
                Ok((Vec::new(), status::OK))
            }
            (_, 0x90, 0xA0) => {
                self.security.load_hash(data)?;
                Ok((Vec::new(), status::OK))
            }
            (_, 0x9E, 0x9A) => {
                let signed = self.security.sign(
                    frame,
                    Circumstances {
                        authentication_verified: self.secrets.authentication.verified,
                        signature_verified: self.secrets.signature.verified,
                        in_signature,
                    },
                )?;
                match signed.purpose {
                    KeyPurpose::Signature => self.secrets.signature.verified = false,
                    KeyPurpose::Authentication if self.habits.authentication_user_consent => {
                        self.secrets.authentication.verified = false;
                    }
                    KeyPurpose::Authentication => {}
                }
                self.ledger
                    .signature(&self.serial, self.exchanges, signed.reference);
                Ok((signed.signature, status::OK))
            }
            _ => Err(status::WRONG_PARAMETERS),
        }
    }

    /// Hands data over as the protocol allows.
    fn deliver(&mut self, frame: &Frame<'_>, data: Vec<u8>, status: u16) -> Answer {
        if data.is_empty() {
            return (data, status);
        }
        match (frame.expected, frame.protocol) {
            (None, Protocol::T0) if !frame.data.is_empty() || frame.instruction == SELECT => {
                let length = data.len();
                self.pending = data;
                (Vec::new(), status::bytes_available(length))
            }
            (None, _) => (Vec::new(), status::WRONG_LENGTH),
            (Some(expected), _) if expected < data.len() => {
                (Vec::new(), status::wrong_expected_length(data.len()))
            }
            // READ BINARY has decided about Le itself; anything else on T=0 must be asked exactly.
            (Some(expected), Protocol::T0)
                if expected != data.len() && frame.instruction != READ_BINARY =>
            {
                (Vec::new(), status::wrong_expected_length(data.len()))
            }
            _ => (data, status),
        }
    }

    fn get_response(&mut self, frame: &Frame<'_>) -> Answer {
        if self.pending.is_empty() {
            return (Vec::new(), status::CONDITIONS_NOT_SATISFIED);
        }
        if (frame.p1, frame.p2) != (0, 0) {
            return (Vec::new(), status::WRONG_PARAMETERS);
        }
        let Some(expected) = frame.expected.filter(|_| frame.data.is_empty()) else {
            return (Vec::new(), status::WRONG_LENGTH);
        };
        if expected > self.pending.len() {
            return (
                Vec::new(),
                status::wrong_expected_length(self.pending.len()),
            );
        }
        let rest = self.pending.split_off(expected);
        let data = std::mem::replace(&mut self.pending, rest);
        let status = match self.pending.len() {
            0 => status::OK,
            length => status::bytes_available(length),
        };
        (data, status)
    }
}

/// Card production life cycle data: 42 bytes that say nothing about a virtual card.
fn production_data() -> Vec<u8> {
    crate::encoding::object(&[0x9F, 0x7F], &[0x00; 42])
}

/// The version of the SetCOS EID applet, by which OpenSC recognises cards it can sign with.
const SETCOS_VERSION: &[u8] = b"v2.0\0";

const VERIFY: u8 = 0x20;
const MANAGE_SECURITY_ENVIRONMENT: u8 = 0x22;
const CHANGE_REFERENCE_DATA: u8 = 0x24;
const PERFORM_SECURITY_OPERATION: u8 = 0x2A;
const RESET_RETRY_COUNTER: u8 = 0x2C;
const SELECT: u8 = 0xA4;
const READ_BINARY: u8 = 0xB0;
const GET_RESPONSE: u8 = 0xC0;
const GET_PRODUCTION_DATA: u8 = 0xCA;
const GET_DATA: u8 = 0xCB;
