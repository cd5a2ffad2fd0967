//! The way to a virtual card: channels that share it, transactions that exclude each other.

use std::sync::{Arc, MutexGuard};

use siru_apdu::{
    CardChannel, CardTransaction, ChannelError, CommandApdu, Disposition, Protocol, ReaderError,
    ReaderName, ResponseApdu,
};

use super::{Inserted, State, World, lock_card};
use crate::fault::Outcome;

/// A shared connection to the card of one reader.
#[derive(Debug)]
pub(super) struct VirtualChannel {
    world: Arc<World>,
    reader: ReaderName,
    number: u64,
    insertion: u64,
    known_resets: u64,
    atr: Vec<u8>,
    protocol: Protocol,
}

impl VirtualChannel {
    pub(super) fn open(world: &Arc<World>, name: &ReaderName) -> Result<Self, ReaderError> {
        let mut state = world.lock();
        if state.stopped {
            return Err(ReaderError::NoService);
        }
        let number = state.next_number();
        let reader = state.reader(name).ok_or(ReaderError::ReaderGone)?;
        if reader.held {
            return Err(ReaderError::Busy);
        }
        let inserted = reader.card.clone().ok_or(ReaderError::NoCard)?;
        drop(state);
        if inserted.mute {
            return Err(ReaderError::Mute);
        }
        let protocol = lock_card(&inserted.card).card.preferred_protocol();
        Ok(Self {
            world: Arc::clone(world),
            reader: name.clone(),
            number,
            insertion: inserted.number,
            known_resets: inserted.resets,
            atr: inserted.atr,
            protocol,
        })
    }

    /// The card, if it is still the one this channel was opened to.
    fn inserted<'a>(&self, state: &'a mut State) -> Result<&'a mut Inserted, ChannelError> {
        if state.stopped {
            return Err(ChannelError::ServiceStopped);
        }
        let reader = state.reader(&self.reader).ok_or(ChannelError::ReaderGone)?;
        reader
            .card
            .as_mut()
            .filter(|inserted| inserted.number == self.insertion)
            .ok_or(ChannelError::CardRemoved)
    }

    /// Reports a reset by somebody else, once.
    fn notice_reset(&mut self, resets: u64) -> Result<(), ChannelError> {
        if self.known_resets == resets {
            return Ok(());
        }
        self.known_resets = resets;
        Err(ChannelError::CardReset)
    }

    /// Stays until the card is pulled or the service stops, as behind a card that never answers.
    fn hang(&self, mut state: MutexGuard<'_, State>) -> ChannelError {
        loop {
            if let Err(gone) = self.inserted(&mut state) {
                return gone;
            }
            state = self.world.wait(state);
        }
    }
}

impl CardChannel for VirtualChannel {
    fn atr(&self) -> &[u8] {
        &self.atr
    }

    fn protocol(&self) -> Protocol {
        self.protocol
    }

    fn transaction(&mut self) -> Result<Box<dyn CardTransaction + '_>, ChannelError> {
        let world = Arc::clone(&self.world);
        let mut state = world.lock();
        loop {
            let inserted = self.inserted(&mut state)?;
            if inserted.transaction.is_none() {
                self.notice_reset(inserted.resets)?;
                inserted.transaction = Some(self.number);
                return Ok(Box::new(VirtualTransaction { channel: self }));
            }
            state = world.wait(state);
        }
    }
}

/// Exclusive use of the card, given up when dropped.
#[derive(Debug)]
struct VirtualTransaction<'a> {
    channel: &'a mut VirtualChannel,
}

impl CardTransaction for VirtualTransaction<'_> {
    fn transmit(&mut self, command: &CommandApdu) -> Result<ResponseApdu, ChannelError> {
        let world = Arc::clone(&self.channel.world);
        let mut state = world.lock();
        let inserted = self.channel.inserted(&mut state)?;
        self.channel.notice_reset(inserted.resets)?;
        let card = Arc::clone(&inserted.card);
        drop(state);
        let wire = command.to_wire(self.channel.protocol);
        let outcome = lock_card(&card).exchange(&wire, self.channel.protocol);
        match outcome {
            Outcome::Answer(bytes) => {
                // The card may have been pulled while it was at work.
                self.channel.inserted(&mut world.lock())?;
                ResponseApdu::from_bytes(&bytes)
            }
            Outcome::Removed => {
                world.change(|state| {
                    // Somebody else may have pulled it in the meantime.
                    if self.channel.inserted(state).is_ok()
                        && let Some(reader) = state.reader(&self.channel.reader)
                    {
                        reader.remove();
                    }
                });
                Err(ChannelError::CardRemoved)
            }
            Outcome::Reset => {
                self.channel.known_resets = world.change(|state| {
                    let inserted = self.channel.inserted(state)?;
                    inserted.resets += 1;
                    Ok::<_, ChannelError>(inserted.resets)
                })?;
                Err(ChannelError::CardReset)
            }
            Outcome::Hang => Err(self.channel.hang(world.lock())),
        }
    }

    fn end(self: Box<Self>, disposition: Disposition) -> Result<(), ChannelError> {
        if disposition == Disposition::Leave {
            return Ok(());
        }
        let world = Arc::clone(&self.channel.world);
        let mut state = world.lock();
        let inserted = self.channel.inserted(&mut state)?;
        inserted.resets += 1;
        self.channel.known_resets = inserted.resets;
        let card = Arc::clone(&inserted.card);
        drop(state);
        lock_card(&card).card.reset();
        Ok(())
    }
}

impl Drop for VirtualTransaction<'_> {
    fn drop(&mut self) {
        self.channel.world.change(|state| {
            if let Ok(inserted) = self.channel.inserted(state)
                && inserted.transaction == Some(self.channel.number)
            {
                inserted.transaction = None;
            }
        });
    }
}
