//! One run of one script: transactions, commands with their secrets in place, answers compared.

use std::collections::VecDeque;
use std::sync::Arc;

use siru_apdu::{CardChannel, CardTransaction, ChannelError, CommandApdu, Disposition, Protocol};
use zeroize::Zeroizing;

use super::error::{AnswerMismatch, DriveError};
use crate::binding::Bindings;
use crate::model::{Action, Event, Exchange, Item, Outcome, Place, Script};
use crate::secrets::{SecretError, Secrets};
use crate::shown::Shown;

/// One run of one script.
pub(super) struct Run<'a> {
    pub(super) actions: VecDeque<(Arc<str>, Action)>,
    bindings: Bindings,
    secrets: &'a mut dyn Secrets,
    pub(super) done: usize,
}

impl<'a> Run<'a> {
    pub(super) fn new(script: &Script, secrets: &'a mut dyn Secrets) -> Self {
        let mut actions = VecDeque::new();
        for step in script.all_steps() {
            let title: Arc<str> = step.title.as_str().into();
            for action in &step.actions {
                actions.push_back((Arc::clone(&title), action.clone()));
            }
        }
        Self {
            actions,
            bindings: Bindings::default(),
            secrets,
            done: 0,
        }
    }

    /// Plays, in one transaction, up to a reset of ours, an event or the end. An event needs the
    /// transaction to be over: no other program could reset the card inside it.
    pub(super) fn stretch(&mut self, channel: &mut dyn CardChannel) -> Result<(), DriveError> {
        let protocol = channel.protocol();
        let mut transaction: Option<Box<dyn CardTransaction + '_>> = None;
        let mut channel = Some(channel);
        loop {
            let (step, exchange) = match self.actions.front() {
                Some((step, Action::EndWithReset(place))) => {
                    let at = (Arc::clone(step), place.clone());
                    self.actions.pop_front();
                    let open = match (transaction, channel) {
                        (Some(open), _) => Ok(open),
                        (None, Some(channel)) => channel.transaction(),
                        (None, None) => return Ok(()),
                    };
                    return open
                        .and_then(|open| open.end(Disposition::Reset))
                        .map_err(|source| failed(&at.0, &at.1, source));
                }
                Some((step, Action::Exchange(exchange)))
                    if matches!(exchange.outcome, Outcome::Response(_)) =>
                {
                    (Arc::clone(step), exchange.clone())
                }
                _ => return Ok(()),
            };
            if let Some(channel) = channel.take() {
                let open = channel.transaction();
                transaction = Some(open.map_err(|e| failed(&step, &exchange.place, e))?);
            }
            if let (Some(open), Outcome::Response(items)) = (&mut transaction, &exchange.outcome) {
                self.exchange(open.as_mut(), protocol, &step, &exchange, items)?;
            }
            self.actions.pop_front();
        }
    }

    fn exchange(
        &mut self,
        transaction: &mut dyn CardTransaction,
        protocol: Protocol,
        step: &Arc<str>,
        exchange: &Exchange,
        items: &[Item],
    ) -> Result<(), DriveError> {
        let command = self.command(step, exchange)?;
        let response = transaction
            .transmit(&command)
            .map_err(|source| failed(step, &exchange.place, source))?;
        self.done += 1;
        let bytes = response.to_bytes();
        self.bindings
            .compare(items, &bytes, false)
            .map_err(|difference| {
                DriveError::Answer(Box::new(AnswerMismatch {
                    place: exchange.place.clone(),
                    step: Arc::clone(step),
                    command: Shown::command(&command, protocol),
                    expected: Shown::expected(items),
                    found: Shown::answer(&bytes),
                    difference,
                }))
            })
    }

    pub(super) fn next_event(&mut self) -> Option<(Arc<str>, Exchange, Event)> {
        let event = match self.actions.front() {
            Some((_, Action::Exchange(exchange))) => match exchange.outcome {
                Outcome::Event(event) => event,
                Outcome::Response(_) => return None,
            },
            _ => return None,
        };
        match self.actions.pop_front() {
            Some((step, Action::Exchange(exchange))) => Some((step, exchange, event)),
            _ => None,
        }
    }

    /// Sends the command that is to meet an event. The transaction itself may meet it already.
    pub(super) fn meet(
        &mut self,
        channel: &mut dyn CardChannel,
        step: &Arc<str>,
        exchange: &Exchange,
        event: Event,
    ) -> Result<(), DriveError> {
        let command = self.command(step, exchange)?;
        let outcome = channel
            .transaction()
            .and_then(|mut transaction| transaction.transmit(&command));
        self.done += 1;
        match outcome {
            Ok(_) => Err(DriveError::Answered {
                place: exchange.place.clone(),
                step: Arc::clone(step),
                event,
            }),
            // Drivers report a pulled card in several ways; all of them mean that it is gone.
            Err(error) if event == Event::Remove && error.is_gone() => Ok(()),
            Err(error) if Event::from_error(&error) == event => Ok(()),
            Err(source) => Err(failed(step, &exchange.place, source)),
        }
    }

    /// The command with its secrets in place.
    fn command(&mut self, step: &Arc<str>, exchange: &Exchange) -> Result<CommandApdu, DriveError> {
        let length = exchange.command.iter().map(Item::len).sum();
        let mut bytes = Zeroizing::new(Vec::with_capacity(length));
        for item in &exchange.command {
            match item {
                Item::Bytes(part) | Item::File { bytes: part, .. } => bytes.extend(part),
                Item::Varying { name, sample } => {
                    bytes.extend(self.bindings.varying(name, sample));
                }
                Item::Secret { name, length } => {
                    self.ask(step, exchange, name, *length)?;
                    bytes.extend(self.bindings.secret(name).unwrap_or_default());
                }
            }
        }
        CommandApdu::from_bytes(&bytes).map_err(|source| DriveError::NotACommand {
            place: exchange.place.clone(),
            source,
        })
    }

    /// Sees to it that a secret is known and that no other has the same bytes.
    fn ask(
        &mut self,
        step: &Arc<str>,
        exchange: &Exchange,
        name: &str,
        length: usize,
    ) -> Result<(), DriveError> {
        if self.bindings.secret(name).is_some() {
            return Ok(());
        }
        let bytes = match self.secrets.secret(name, length) {
            Ok(bytes) if bytes.len() == length => Ok(bytes),
            Ok(_) => Err(SecretError::Length),
            Err(error) => Err(error),
        }
        .map_err(|source| DriveError::Secret {
            place: exchange.place.clone(),
            step: Arc::clone(step),
            name: name.to_owned(),
            source,
        })?;
        self.bindings
            .bind_secret(name, &bytes)
            .map_err(|difference| DriveError::SameSecret {
                place: exchange.place.clone(),
                step: Arc::clone(step),
                difference,
            })
    }
}

fn failed(step: &Arc<str>, place: &Place, source: ChannelError) -> DriveError {
    DriveError::Channel {
        place: place.clone(),
        step: Arc::clone(step),
        source,
    }
}
