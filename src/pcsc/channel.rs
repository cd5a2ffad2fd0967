//! A connection to one card, and on it transactions in which no other program is served.
//!
//! The connection stays with the card it was made to. When another program resets that card, the
//! next transaction says so once and goes on with the reset card; when the card is pulled, the
//! connection is over, whatever lies in the reader afterwards.

use std::ffi::CStr;
use std::thread;
use std::time::Duration;

use pcsc::{Card, Context, Protocols, ShareMode};
use siru_apdu::{
    CardChannel, CardTransaction, ChannelError, CommandApdu, Disposition, Protocol, ReaderError,
    ResponseApdu,
};
use zeroize::Zeroizing;

use crate::error::{Cause, while_talking};

/// A connection to the card in one reader, shared with other programs.
///
/// Dropping it leaves the card powered and unreset (`SCardDisconnect` with `SCARD_LEAVE_CARD`).
pub struct PcscChannel {
    card: LeftCard,
    link: Link,
}

impl PcscChannel {
    /// Connects (`SCardConnect`), and waits about a second for a program that holds the card for
    /// itself. Nothing is sent to the card.
    pub(crate) fn open(context: &Context, reader: &CStr) -> Result<Self, ReaderError> {
        let mut busy = BUSY_WAITS.iter();
        let mut powerless = POWER_WAITS.iter();
        loop {
            let cause = match Self::try_open(context, reader) {
                Ok(channel) => return Ok(channel),
                Err(error) => Cause::from(error),
            };
            let wait = match cause {
                Cause::Busy => busy.next(),
                // Another program cut the power or reset the card at this very moment; or, to
                // pcsc-lite, the card does not answer its reset.
                Cause::CardReset | Cause::CardUnpowered => powerless.next(),
                _ => None,
            };
            match wait {
                Some(wait) => thread::sleep(*wait),
                None => return Err(cause.into()),
            }
        }
    }

    fn try_open(context: &Context, reader: &CStr) -> Result<Self, pcsc::Error> {
        let card = LeftCard::new(context.connect(reader, ShareMode::Shared, PROTOCOLS)?);
        let (atr, protocol) = facts(card.get()?)?;
        Ok(Self {
            card,
            link: Link {
                atr,
                protocol,
                over: None,
                own_reset: false,
            },
        })
    }
}

impl CardChannel for PcscChannel {
    fn atr(&self) -> &[u8] {
        &self.link.atr
    }

    fn protocol(&self) -> Protocol {
        self.link.protocol
    }

    fn transaction(&mut self) -> Result<Box<dyn CardTransaction + '_>, ChannelError> {
        let Self { card, link } = self;
        let card = card.get_mut().map_err(while_talking)?;
        let transaction = link.begin(card).map_err(|cause| link.failed(cause))?;
        Ok(Box::new(PcscTransaction {
            transaction,
            link,
            void: false,
        }))
    }
}

/// Exclusive use of the card, from `SCardBeginTransaction` to `SCardEndTransaction`.
///
/// Dropping it, in a panic as well, ends it and leaves the card. If the process dies inside, the
/// service resets the card: a PIN presented in a transaction is not left to other programs.
pub struct PcscTransaction<'channel> {
    transaction: pcsc::Transaction<'channel>,
    link: &'channel mut Link,
    /// The card was reset inside the transaction. What the caller selected and verified is gone,
    /// so nothing more is sent on the strength of it.
    void: bool,
}

impl CardTransaction for PcscTransaction<'_> {
    fn transmit(&mut self, command: &CommandApdu) -> Result<ResponseApdu, ChannelError> {
        if self.void {
            return Err(ChannelError::CardReset);
        }
        let wire = command.to_wire(self.link.protocol);
        let mut answer = Zeroizing::new([0; ANSWER_LENGTH]);
        match self.transaction.transmit2(&wire, answer.as_mut_slice()) {
            Ok(bytes) => ResponseApdu::from_bytes(bytes),
            // The card has answered; only the answer did not fit.
            Err((pcsc::Error::InsufficientBuffer, length)) => {
                Err(ChannelError::LongAnswer { length })
            }
            Err((error, _)) => {
                log::debug!("{:?}: {error}", command.instruction());
                Err(self.explain(error))
            }
        }
    }

    fn end(self: Box<Self>, disposition: Disposition) -> Result<(), ChannelError> {
        let Self {
            transaction, link, ..
        } = *self;
        let wanted = match disposition {
            Disposition::Leave => pcsc::Disposition::LeaveCard,
            Disposition::Reset => pcsc::Disposition::ResetCard,
        };
        let Err((mut transaction, error)) = transaction.end(wanted) else {
            link.own_reset = disposition == Disposition::Reset;
            return Ok(());
        };
        let cause = Cause::from(error);
        // pcsc-lite checks for a reset by others before anything else, and then neither resets nor
        // lets go of the card: acknowledge it first. Any other trouble with a reset is met by
        // asking for it in another way.
        let acknowledgement = match (cause, disposition) {
            (Cause::CardReset | Cause::CardUnpowered, _) => pcsc::Disposition::LeaveCard,
            (_, Disposition::Reset) => pcsc::Disposition::ResetCard,
            (_, Disposition::Leave) => return Err(link.failed(cause)),
        };
        transaction
            .reconnect(ShareMode::Shared, PROTOCOLS, acknowledgement)
            .map_err(|_| link.failed(cause))?;
        link.own_reset = disposition == Disposition::Reset;
        match transaction.end(wanted) {
            // On Windows, to connect anew has ended it already, and the card was reset.
            Ok(()) | Err((_, pcsc::Error::NotTransacted)) => Ok(()),
            Err((_, error)) => Err(link.failed(error.into())),
        }
    }
}

impl PcscTransaction<'_> {
    /// Finds out what an error in a transmission was about.
    fn explain(&mut self, error: pcsc::Error) -> ChannelError {
        let cause = match Cause::from(error) {
            // A driver reports a pulled card as it likes; the service knows better. Asking it
            // sends nothing to the card.
            Cause::Unexplained(_) => match facts(&self.transaction) {
                Ok(_) => error.into(),
                Err(status) => Cause::from(status),
            },
            cause => cause,
        };
        if cause.is_reset() {
            self.void = true;
            // Done now, so that the next transaction need not report the same reset again.
            let transaction = &mut self.transaction;
            let renewed = reconnect(|| {
                transaction.reconnect(ShareMode::Shared, PROTOCOLS, pcsc::Disposition::LeaveCard)
            });
            if let Err(cause) = renewed.and_then(|()| self.link.check(&self.transaction)) {
                return self.link.failed(cause);
            }
        }
        self.link.failed(cause)
    }
}

/// What a connection knows of its card.
struct Link {
    atr: Vec<u8>,
    protocol: Protocol,
    /// Why the connection is over, once it is. `SCardReconnect` would let it pass from a pulled card
    /// to the next one in the same reader; nothing may bring it back to life.
    over: Option<Cause>,
    /// The last transaction ended in a reset. pcsc-lite reports it to whoever asked for it, too.
    own_reset: bool,
}

impl Link {
    /// Begins a transaction. After a reset by another program it fails, once.
    fn begin<'card>(&mut self, card: &'card mut Card) -> Result<pcsc::Transaction<'card>, Cause> {
        if let Some(cause) = self.over {
            return Err(cause);
        }
        if std::mem::take(&mut self.own_reset) {
            // In a transaction of its own: on Windows, to connect anew ends the one it is done in.
            self.acknowledge_own_reset(card)?;
        }
        let mut transaction = match card.transaction2() {
            Ok(transaction) => transaction,
            Err((card, error)) => {
                let cause = error.into();
                acknowledge(cause, || {
                    card.reconnect(ShareMode::Shared, PROTOCOLS, pcsc::Disposition::LeaveCard)
                })?;
                return Err(cause);
            }
        };
        // Older Windows begins a transaction with a card that was reset as if nothing had been,
        // and tells of it only when asked.
        if let Err(cause) = self.check(&transaction) {
            acknowledge(cause, || {
                transaction.reconnect(ShareMode::Shared, PROTOCOLS, pcsc::Disposition::LeaveCard)
            })?;
            return Err(cause);
        }
        Ok(transaction)
    }

    /// Connects to the card that this program has reset itself, if the service tells of that: there
    /// is nothing to pass on.
    fn acknowledge_own_reset(&mut self, card: &mut Card) -> Result<(), Cause> {
        match card.transaction2() {
            Ok(mut transaction) => match self.check(&transaction) {
                Ok(()) => Ok(()),
                Err(cause) => acknowledge(cause, || {
                    transaction.reconnect(
                        ShareMode::Shared,
                        PROTOCOLS,
                        pcsc::Disposition::LeaveCard,
                    )
                }),
            },
            Err((card, error)) => acknowledge(error.into(), || {
                card.reconnect(ShareMode::Shared, PROTOCOLS, pcsc::Disposition::LeaveCard)
            }),
        }
    }

    /// Asks the service (`SCardStatus`) whether this is still the card that was connected to.
    fn check(&mut self, card: &Card) -> Result<(), Cause> {
        let (atr, protocol) = facts(card)?;
        if atr != self.atr {
            return Err(Cause::CardGone);
        }
        self.protocol = protocol;
        Ok(())
    }

    /// Remembers a cause after which this connection must not be used again.
    fn failed(&mut self, cause: Cause) -> ChannelError {
        let error = ChannelError::from(cause);
        if error.is_gone() {
            self.over = Some(cause);
        }
        error
    }
}

/// A card that is left as it is when it goes out of scope. `pcsc::Card` alone would reset it.
struct LeftCard(Option<Card>);

impl LeftCard {
    const fn new(card: Card) -> Self {
        Self(Some(card))
    }

    fn get(&self) -> Result<&Card, pcsc::Error> {
        self.0.as_ref().ok_or(pcsc::Error::InvalidHandle)
    }

    fn get_mut(&mut self) -> Result<&mut Card, pcsc::Error> {
        self.0.as_mut().ok_or(pcsc::Error::InvalidHandle)
    }
}

impl Drop for LeftCard {
    fn drop(&mut self) {
        let Some(card) = self.0.take() else {
            return;
        };
        let Err((card, error)) = card.disconnect(pcsc::Disposition::LeaveCard) else {
            return;
        };
        log::debug!("SCardDisconnect: {error}");
        match Cause::from(error) {
            // No card can be reached through this connection, so dropping it resets none.
            Cause::ReaderGone | Cause::HandleLost | Cause::ServiceGone => drop(card),
            // A connection that leaks harms nobody; a reset would.
            _ => std::mem::forget(card),
        }
    }
}

/// Connects again after a reset; any other cause stays.
fn acknowledge(cause: Cause, again: impl FnMut() -> Result<(), pcsc::Error>) -> Result<(), Cause> {
    if cause.is_reset() {
        reconnect(again)
    } else {
        Err(cause)
    }
}

/// Connects again to a card that was reset. Some services report a reset once more just here.
fn reconnect(mut again: impl FnMut() -> Result<(), pcsc::Error>) -> Result<(), Cause> {
    match again() {
        Err(pcsc::Error::ResetCard | pcsc::Error::UnpoweredCard) => again().map_err(Cause::from),
        result => result.map_err(Cause::from),
    }
}

/// The answer to reset and the protocol in force (`SCardStatus`).
fn facts(card: &Card) -> Result<(Vec<u8>, Protocol), pcsc::Error> {
    let mut names = [0; NAMES_LENGTH];
    let mut atr = [0; pcsc::MAX_ATR_SIZE];
    let status = card.status2(&mut names, &mut atr)?;
    let protocol = match status.protocol2() {
        Some(pcsc::Protocol::T0) => Protocol::T0,
        Some(pcsc::Protocol::T1) => Protocol::T1,
        Some(pcsc::Protocol::RAW) => return Err(pcsc::Error::ProtoMismatch),
        // The protocol is agreed on after each reset, so a reset came in between.
        None => return Err(pcsc::Error::ResetCard),
    };
    Ok((status.atr().to_vec(), protocol))
}

/// Both protocols of ISO/IEC 7816-3; the card decides.
const PROTOCOLS: Protocols = Protocols::T0.union(Protocols::T1);

/// A program that holds a card for itself is mostly done within a second.
const BUSY_WAITS: [Duration; 4] = [
    Duration::from_millis(100),
    Duration::from_millis(200),
    Duration::from_millis(300),
    Duration::from_millis(400),
];

/// Power comes back within a few connection attempts.
const POWER_WAITS: [Duration; 5] = [Duration::from_millis(50); 5];

/// A short response has 258 bytes; what exceeds it is to be counted, not cut.
const ANSWER_LENGTH: usize = 512;

/// All names of one reader; pcsc-lite allows 128 bytes, Windows several names.
const NAMES_LENGTH: usize = 2048;
