//! PIN1, PIN2 and the PUK with their counters: VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER.
//!
//! Follows FINEID S4-1 (padded blocks, citizen) and S4-2 v4.0 (plain digits, organisation). Every
//! check that needs no secret comes before the comparison, so that a malformed command costs no try.

use crate::encoding::object;
use crate::ledger::Counters;
use crate::status;

/// How digits travel in a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Citizen: twelve bytes, padded with 00; the PUK travels inside RESET RETRY COUNTER.
    Padded,
    /// Organisation: bare digits; the PUK is verified first.
    Plain,
}

/// One secret of the card.
#[derive(Debug, Clone)]
pub struct Secret {
    /// P2 of the commands that concern it.
    pub reference: u8,
    /// The digits; `None` on a card that was never activated.
    pub value: Option<Vec<u8>>,
    /// Tries left.
    pub tries: u8,
    /// Tries after a success.
    pub limit: u8,
    /// Shortest value the card stores, in digits.
    pub min_length: usize,
    /// Whether the value was replaced since personalisation.
    pub changed: bool,
    /// Whether the secret was presented since the last reset.
    pub verified: bool,
}

impl Secret {
    /// A fresh secret with five tries.
    pub fn new(reference: u8, min_length: usize, digits: Option<&str>) -> Self {
        Self {
            reference,
            value: digits.map(|digits| digits.as_bytes().to_vec()),
            tries: 5,
            limit: 5,
            min_length,
            changed: true,
            verified: false,
        }
    }

    fn probe(&self) -> u16 {
        match (self.verified, &self.value, self.tries) {
            (true, ..) => status::OK,
            (_, None, _) => status::NOT_USABLE,
            (.., 0) => status::BLOCKED,
            (.., tries) => status::tries_left(tries),
        }
    }

    /// Refuses before any form is looked at: no value, or no try left.
    fn usable(&self) -> Result<(), u16> {
        match (&self.value, self.tries) {
            (None, _) => Err(status::NOT_USABLE),
            (_, 0) => Err(status::BLOCKED),
            _ => Ok(()),
        }
    }

    /// Compares, and pays with a try for a mismatch.
    fn present(&mut self, matches: bool) -> Result<(), u16> {
        self.verified = false;
        if matches {
            self.tries = self.limit;
            Ok(())
        } else {
            self.tries = self.tries.saturating_sub(1);
            Err(status::tries_left(self.tries))
        }
    }

    fn store(&mut self, digits: &[u8]) {
        self.value = Some(digits.to_vec());
        self.tries = self.limit;
        self.changed = true;
        self.verified = false;
    }
}

/// The three secrets of a card.
#[derive(Debug, Clone)]
pub struct ReferenceData {
    /// How digits travel.
    pub scheme: Scheme,
    /// PIN1, the basic PIN.
    pub authentication: Secret,
    /// PIN2, the signature PIN.
    pub signature: Secret,
    /// The PUK, or activation code.
    pub unblocking: Secret,
    /// Whether VERIFY with P1 = FF clears the verified state; otherwise it answers 6A86.
    pub honours_unverify: bool,
}

impl ReferenceData {
    /// Tries left of all three.
    pub fn counters(&self) -> Counters {
        Counters {
            pin1: self.authentication.tries,
            pin2: self.signature.tries,
            puk: self.unblocking.tries,
        }
    }

    /// Forgets what was presented, as a reset does.
    pub fn reset(&mut self) {
        self.authentication.verified = false;
        self.signature.verified = false;
        self.unblocking.verified = false;
    }

    /// VERIFY, with digits or as a question.
    pub fn verify(&mut self, p1: u8, reference: u8, data: &[u8]) -> Result<(), u16> {
        let scheme = self.scheme;
        let honours_unverify = self.honours_unverify;
        let secret = self.presentable(reference)?;
        match (p1, data.is_empty()) {
            (0xFF, true) if honours_unverify => {
                secret.verified = false;
                return Ok(());
            }
            (0x00, true) => {
                return match secret.probe() {
                    status::OK => Ok(()),
                    refusal => Err(refusal),
                };
            }
            (0x00, false) => {}
            _ => return Err(status::WRONG_PARAMETERS),
        }
        secret.usable()?;
        let digits = match scheme {
            Scheme::Padded => padded(data, 1)?.first().copied().unwrap_or_default(),
            Scheme::Plain => plain(data)?,
        };
        secret.present(secret.value.as_deref() == Some(digits))?;
        secret.verified = true;
        Ok(())
    }

    /// CHANGE REFERENCE DATA: the old value and the new one.
    pub fn change(&mut self, p1: u8, reference: u8, data: &[u8]) -> Result<(), u16> {
        let scheme = self.scheme;
        if scheme == Scheme::Plain && reference == self.unblocking.reference {
            return Err(status::CONDITIONS_NOT_SATISFIED);
        }
        let secret = self.pin(reference)?;
        if p1 != 0 {
            return Err(status::WRONG_PARAMETERS);
        }
        secret.usable()?;
        let (matches, new) = match scheme {
            Scheme::Padded => {
                let blocks = padded(data, 2)?;
                let new = blocks.get(1).copied().unwrap_or_default();
                long_enough(new, secret.min_length)?;
                (secret.value.as_deref() == blocks.first().copied(), new)
            }
            Scheme::Plain => {
                // Without padding only the stored length tells where the old value ends.
                if !(8..=16).contains(&data.len()) {
                    return Err(status::WRONG_LENGTH);
                }
                all_digits(data)?;
                let old = secret.value.as_deref().unwrap_or_default();
                match data.strip_prefix(old) {
                    Some(new) => {
                        plain(new)?;
                        (true, new)
                    }
                    None => (false, data),
                }
            }
        };
        secret.present(matches)?;
        secret.store(new);
        Ok(())
    }

    /// RESET RETRY COUNTER: a new value for `reference`, against the PUK.
    pub fn reset_retry_counter(&mut self, p1: u8, reference: u8, data: &[u8]) -> Result<(), u16> {
        self.pin(reference)?;
        let new = match self.scheme {
            Scheme::Padded => {
                if p1 != 0x00 {
                    return Err(status::WRONG_PARAMETERS);
                }
                self.unblocking.usable()?;
                let blocks = padded(data, 2)?;
                let new = blocks.get(1).copied().unwrap_or_default();
                long_enough(new, self.pin(reference)?.min_length)?;
                let matches = self.unblocking.value.as_deref() == blocks.first().copied();
                self.unblocking.present(matches)?;
                new
            }
            Scheme::Plain => {
                if p1 != 0x02 {
                    return Err(status::WRONG_PARAMETERS);
                }
                if !self.unblocking.verified {
                    return Err(status::SECURITY_STATUS_NOT_SATISFIED);
                }
                plain(data)?
            }
        };
        self.unblocking.tries = self.unblocking.limit;
        self.pin(reference)?.store(new);
        Ok(())
    }

    /// The PIN container GET DATA answers with; `None` for a reference that has none.
    pub fn container(&self, reference: u8) -> Option<Vec<u8>> {
        if self.scheme == Scheme::Plain {
            return None;
        }
        let secret = [&self.authentication, &self.signature, &self.unblocking]
            .into_iter()
            .find(|secret| secret.reference == reference)?;
        let content = [
            object(&[0x83], &[reference]),
            object(&[0x8C], &[0xF0, 0x00, 0x00, 0x00]),
            object(&[0x9C], &[0xF0, 0x00, 0x00, 0x00]),
            object(&[0xDF, 0x21], &[secret.tries, 0xFF, 0xA5, 0x03]),
            object(&[0xDF, 0x27], &[0xFF, 0xFF]),
            object(&[0xDF, 0x28], &[0x0C]),
            object(&[0xDF, 0x2F], &[u8::from(secret.changed)]),
        ];
        Some(object(&[0xA0], &content.concat()))
    }

    /// Whether a command's data field has the form this card asks for; digits are not looked at
    /// beyond being digits.
    pub fn is_well_formed(&self, instruction: u8, data: &[u8]) -> bool {
        match (self.scheme, instruction) {
            (Scheme::Padded, 0x20) => padded(data, 1).is_ok(),
            (Scheme::Padded, _) => padded(data, 2).is_ok(),
            (Scheme::Plain, 0x24) => (8..=16).contains(&data.len()) && all_digits(data).is_ok(),
            (Scheme::Plain, _) => plain(data).is_ok(),
        }
    }

    /// PIN1 or PIN2.
    fn pin(&mut self, reference: u8) -> Result<&mut Secret, u16> {
        [&mut self.authentication, &mut self.signature]
            .into_iter()
            .find(|secret| secret.reference == reference)
            .ok_or(status::REFERENCE_NOT_FOUND)
    }

    /// A secret VERIFY knows: the citizen's PUK is not among them.
    fn presentable(&mut self, reference: u8) -> Result<&mut Secret, u16> {
        if self.scheme == Scheme::Plain && reference == self.unblocking.reference {
            return Ok(&mut self.unblocking);
        }
        self.pin(reference)
    }
}

/// Splits `count` padded blocks and gives their digits back.
fn padded(data: &[u8], count: usize) -> Result<Vec<&[u8]>, u16> {
    if data.len() != count * STORED_LENGTH {
        return Err(status::WRONG_LENGTH);
    }
    data.chunks(STORED_LENGTH)
        .map(|block| {
            let length = block
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            let (digits, pad) = block.split_at(length);
            if digits.is_empty() || pad.iter().any(|byte| *byte != 0x00) {
                return Err(status::WRONG_DATA);
            }
            Ok(digits)
        })
        .collect()
}

/// Four to eight digits, nothing else.
fn plain(data: &[u8]) -> Result<&[u8], u16> {
    if !(4..=8).contains(&data.len()) {
        return Err(status::WRONG_LENGTH);
    }
    all_digits(data)?;
    Ok(data)
}

fn all_digits(data: &[u8]) -> Result<(), u16> {
    if data.iter().all(u8::is_ascii_digit) {
        Ok(())
    } else {
        Err(status::WRONG_DATA)
    }
}

fn long_enough(digits: &[u8], min_length: usize) -> Result<(), u16> {
    if digits.len() < min_length {
        Err(status::WRONG_DATA)
    } else {
        Ok(())
    }
}

/// Bytes of a padded block.
const STORED_LENGTH: usize = 12;
