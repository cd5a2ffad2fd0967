//! Commands and their whole answers: GET RESPONSE after `61xx`, the right length after `6Cxx`,
//! within a budget, and never a second time for a command that could cost a try.

use std::time::{Duration, Instant};

use crate::channel::{CardChannel, CardTransaction, ChannelError, Disposition, Protocol};
use crate::command::{CommandApdu, ExpectedLength};
use crate::instruction::Instruction;
use crate::response::ResponseApdu;
use crate::status::StatusWord;

/// What one conversation may use up before it is ended: a card must not keep a program busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// How many times a command may go out and an answer come back.
    pub exchanges: u32,
    /// How many bytes of data may come back in all.
    pub bytes: usize,
    /// How long it may take from the first command to the start of the last.
    pub time: Duration,
}

impl Budget {
    /// Enough for every file of a FINEID card, over a slow reader.
    pub const DEFAULT: Self = Self {
        exchanges: 256,
        bytes: 64 * 1024,
        time: Duration::from_secs(60),
    };
}

/// Why a command has no answer that could be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// The card could not be talked to. A command that was under way may have been carried out.
    #[error(transparent)]
    Channel(#[from] ChannelError),
    /// The conversation has used up what it may. The command was not sent any more.
    #[error("the card has taken too long")]
    BudgetSpent,
    /// The command was sent, and its answer does not come to an end.
    #[error("the card's answer does not come to an end ({status})")]
    AnswerIncomplete {
        /// What the card last said.
        status: StatusWord,
    },
    /// The card refused a command that everything else depends on, such as SELECT.
    #[error("the card refused to be talked to ({status})")]
    Refused {
        /// What it said.
        status: StatusWord,
    },
    /// A command that could cost a try was about to be sent in a way that may repeat it, or its
    /// data field is longer than 255 bytes. Nothing was sent.
    #[error("the command may not be sent this way")]
    NotSendable,
}

/// A transaction in which whole answers are exchanged.
pub struct Conversation<'channel> {
    transaction: Box<dyn CardTransaction + 'channel>,
    protocol: Protocol,
    left: Budget,
    started: Instant,
}

impl<'channel> Conversation<'channel> {
    /// Starts on `transaction`, with the default budget.
    pub fn new(transaction: Box<dyn CardTransaction + 'channel>, protocol: Protocol) -> Self {
        Self::with_budget(transaction, protocol, Budget::DEFAULT)
    }

    /// Begins a transaction on `channel`, and starts on it where the card was left.
    ///
    /// # Errors
    ///
    /// Whatever the error, no command has been sent.
    pub fn begin(channel: &'channel mut dyn CardChannel) -> Result<Self, ChannelError> {
        let protocol = channel.protocol();
        Ok(Self::new(channel.transaction()?, protocol))
    }

    /// Starts on `transaction`, with a budget of its own.
    pub fn with_budget(
        transaction: Box<dyn CardTransaction + 'channel>,
        protocol: Protocol,
        budget: Budget,
    ) -> Self {
        Self {
            transaction,
            protocol,
            left: budget,
            started: Instant::now(),
        }
    }

    /// The protocol in force.
    pub const fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Sends a command that may be repeated, and collects its whole answer. After `6Cxx` the
    /// command goes out once more with the length the card named.
    ///
    /// # Errors
    ///
    /// [`ExchangeError::NotSendable`] for a command that presents a PIN or makes a signature;
    /// nothing is sent then.
    pub fn repeatable(&mut self, command: &CommandApdu) -> Result<ResponseApdu, ExchangeError> {
        let once_only = command.instruction().is_once_only();
        // An empty VERIFY presents nothing: it may be asked again like any other question.
        if once_only && !is_question(command) {
            return Err(ExchangeError::NotSendable);
        }
        let response = self.transmit(command)?;
        let Some(length) = response.status.right_length() else {
            return self.collect(response);
        };
        let [class, instruction, p1, p2] = command.header();
        let corrected = CommandApdu::new(Instruction(instruction), p1, p2)
            .class(class)
            .data(command.command_data().bytes())
            .expect(ExpectedLength::from_le(length));
        let response = self.transmit(&corrected)?;
        self.collect(response)
    }

    /// Sends a command exactly once, whatever the card answers, and collects its whole answer.
    /// The command is consumed: a second time needs a new command, and thus a new decision.
    ///
    /// # Errors
    ///
    /// After [`ExchangeError::Channel`] the card may have carried the command out, and a try of a
    /// PIN or PUK may be gone. After [`ExchangeError::NotSendable`] nothing was sent.
    pub fn once(&mut self, command: CommandApdu) -> Result<ResponseApdu, ExchangeError> {
        let response = self.transmit(&command)?;
        drop(command);
        self.collect(response)
    }

    /// Ends the transaction.
    ///
    /// # Errors
    ///
    /// A reset that could not be done may leave a PIN verified for other programs.
    pub fn end(self, disposition: Disposition) -> Result<(), ChannelError> {
        self.transaction.end(disposition)
    }

    /// Fetches what waits behind `61xx` (ISO/IEC 7816-4, GET RESPONSE). The command itself has
    /// been carried out; only its answer is still on the card.
    fn collect(&mut self, first: ResponseApdu) -> Result<ResponseApdu, ExchangeError> {
        let mut whole = first;
        while let Some(waiting) = whole.status.bytes_waiting() {
            let fetch = CommandApdu::new(Instruction::GET_RESPONSE, 0x00, 0x00)
                .expect(ExpectedLength::from_le(waiting));
            let mut part = self.fetch(&fetch, whole.status)?;
            if let Some(length) = part.status.right_length() {
                let fetch = CommandApdu::new(Instruction::GET_RESPONSE, 0x00, 0x00)
                    .expect(ExpectedLength::from_le(length));
                part = self.fetch(&fetch, whole.status)?;
            }
            if part.data.is_empty() && part.status.bytes_waiting().is_some() {
                return Err(ExchangeError::AnswerIncomplete {
                    status: part.status,
                });
            }
            whole.data.append(&mut part.data);
            whole.status = part.status;
        }
        Ok(whole)
    }

    /// GET RESPONSE. When the budget ends here, a command has been carried out before.
    fn fetch(
        &mut self,
        fetch: &CommandApdu,
        waiting: StatusWord,
    ) -> Result<ResponseApdu, ExchangeError> {
        self.transmit(fetch).map_err(|error| match error {
            ExchangeError::BudgetSpent => ExchangeError::AnswerIncomplete { status: waiting },
            other => other,
        })
    }

    fn transmit(&mut self, command: &CommandApdu) -> Result<ResponseApdu, ExchangeError> {
        if command.command_data().bytes().len() > usize::from(u8::MAX) {
            return Err(ExchangeError::NotSendable);
        }
        self.left.exchanges = self
            .left
            .exchanges
            .checked_sub(1)
            .ok_or(ExchangeError::BudgetSpent)?;
        if self.started.elapsed() > self.left.time {
            return Err(ExchangeError::BudgetSpent);
        }
        log::trace!("> {command:?}");
        let response = self.transaction.transmit(command)?;
        log::trace!("< {} bytes, {:?}", response.data.len(), response.status);
        self.left.bytes = self.left.bytes.checked_sub(response.data.len()).ok_or(
            ExchangeError::AnswerIncomplete {
                status: response.status,
            },
        )?;
        Ok(response)
    }
}

/// An empty VERIFY asks for a counter. It may carry a zero Le: some cards want five bytes under T=0.
fn is_question(command: &CommandApdu) -> bool {
    command.instruction() == Instruction::VERIFY && command.command_data().bytes().is_empty()
}

/// Whether an answer says that something does not exist, in any of the ways cards say it.
pub const fn says_absent(status: StatusWord) -> bool {
    matches!(
        status,
        StatusWord::FILE_NOT_FOUND | StatusWord::REFERENCE_DATA_NOT_FOUND
    )
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;
    use crate::hex;

    /// Plays answers in order and keeps what was sent.
    struct Played<'a> {
        answers: VecDeque<Vec<u8>>,
        sent: &'a mut Vec<String>,
    }

    impl CardTransaction for Played<'_> {
        fn transmit(&mut self, command: &CommandApdu) -> Result<ResponseApdu, ChannelError> {
            self.sent
                .push(hex::Hex(&command.to_wire(Protocol::T0)).to_string());
            let answer = self.answers.pop_front().ok_or(ChannelError::CardRemoved)?;
            ResponseApdu::from_bytes(&answer)
        }

        fn end(self: Box<Self>, _disposition: Disposition) -> Result<(), ChannelError> {
            Ok(())
        }
    }

    fn played(
        answers: &[&str],
        run: impl FnOnce(&mut Conversation<'_>) -> Result<ResponseApdu, ExchangeError>,
    ) -> (Result<ResponseApdu, ExchangeError>, Vec<String>) {
        let mut sent = Vec::new();
        let answers = answers
            .iter()
            .map(|text| hex::parse(text).expect("hex"))
            .collect();
        let transaction = Box::new(Played {
            answers,
            sent: &mut sent,
        });
        let mut conversation = Conversation::new(transaction, Protocol::T0);
        let result = run(&mut conversation);
        drop(conversation);
        (result, sent)
    }

    fn read() -> CommandApdu {
        CommandApdu::new(Instruction::READ_BINARY, 0, 0).expect(ExpectedLength::MAX)
    }

    fn verify() -> CommandApdu {
        CommandApdu::new(Instruction::VERIFY, 0, 0x11).secret("PIN1", b"1234\0\0\0\0\0\0\0\0")
    }

    #[test]
    fn what_waits_behind_61xx_is_fetched() {
        let (result, sent) = played(&["61 02", "AA 61 01", "BB 90 00"], |c| {
            c.repeatable(&read())
        });
        let response = result.expect("an answer");
        assert_eq!(
            (response.data, response.status),
            (vec![0xAA, 0xBB], StatusWord::OK)
        );
        assert_eq!(sent, ["00 B0 00 00 00", "00 C0 00 00 02", "00 C0 00 00 01"]);
    }

    #[test]
    fn a_read_is_repeated_once_with_the_length_the_card_names() {
        let (result, sent) = played(&["6C 01", "AA 90 00"], |c| c.repeatable(&read()));
        assert_eq!(result.expect("an answer").data, [0xAA]);
        assert_eq!(sent, ["00 B0 00 00 00", "00 B0 00 00 01"]);
        let (result, sent) = played(&["6C 01", "6C 02", "90 00"], |c| c.repeatable(&read()));
        assert_eq!(result.expect("an answer").status, StatusWord(0x6C02));
        assert_eq!(sent.len(), 2);
    }

    #[test]
    fn a_pin_goes_out_once_whatever_the_card_answers() {
        for word in 0..=u16::MAX {
            let answer = format!("{word:04X}");
            let (_, sent) = played(&[&answer, "90 00", "90 00"], |c| c.once(verify()));
            let presented = sent
                .iter()
                .filter(|command| command.starts_with("00 20"))
                .count();
            assert_eq!(presented, 1, "{answer}");
        }
    }

    #[test]
    fn no_once_only_command_passes_as_repeatable() {
        for instruction in [
            Instruction::VERIFY,
            Instruction::CHANGE_REFERENCE_DATA,
            Instruction::RESET_RETRY_COUNTER,
            Instruction::PERFORM_SECURITY_OPERATION,
        ] {
            let command = CommandApdu::new(instruction, 0, 0x11).secret("PIN1", b"1234");
            let (result, sent) = played(&["90 00"], |c| c.repeatable(&command));
            assert!(
                matches!(result, Err(ExchangeError::NotSendable)),
                "{instruction:?}"
            );
            assert!(sent.is_empty());
        }
    }

    #[test]
    fn a_card_that_never_ends_is_left() {
        let endless = vec!["61 10"; 500];
        let (result, sent) = played(&endless, |c| c.repeatable(&read()));
        assert!(matches!(
            result,
            Err(ExchangeError::AnswerIncomplete { .. })
        ));
        assert_eq!(sent.len(), 2);
        let full = format!("{} 61 00", "AA ".repeat(256));
        let (result, sent) = played(&vec![full.as_str(); 500], |c| c.repeatable(&read()));
        assert!(matches!(
            result,
            Err(ExchangeError::AnswerIncomplete { .. })
        ));
        assert!(sent.len() <= 257, "{}", sent.len());
    }

    #[test]
    fn data_too_long_for_a_short_command_is_not_sent() {
        let long = CommandApdu::new(Instruction::SELECT, 4, 0).data(vec![0; 256]);
        let (result, sent) = played(&["90 00"], |c| c.repeatable(&long));
        assert!(matches!(result, Err(ExchangeError::NotSendable)));
        assert!(sent.is_empty());
    }
}
