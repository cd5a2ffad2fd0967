//! The options of `siru-sim`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Parser, ValueEnum};
use siru_sim::directory::ReferenceEncoding;
use siru_sim::file_system::EndOfFile;
use siru_sim::image::UnknownImage;
use siru_sim::{Fault, Image, Personalisation};

/// Puts virtual Finnish certificate cards into PC/SC readers.
///
/// The readers come from pcscd with vsmartcard's driver (Debian package vsmartcard-vpcd): its first
/// reader listens on port 35963, the second on 35964. Every program on the machine sees the cards
/// as if they were real. They belong to persons who do not exist, and sign nothing anybody trusts.
///
/// PIN1 is 1234, PIN2 is 123456, the PUK 12345678; on v4-fresh both PINs are 1234567.
#[derive(Debug, Parser)]
#[command(version, after_long_help = CONSOLE_HELP)]
pub struct Options {
    /// The card to put in; --images lists what there is
    #[arg(long, default_value = "v4")]
    pub image: Image,

    /// The port of the reader the card goes into
    #[arg(long, default_value_t = 35963)]
    pub port: u16,

    /// Several cards at once, instead of --image and --port
    #[arg(long = "card", value_name = "IMAGE@PORT", conflicts_with_all = ["image", "port"])]
    pub cards: Vec<Placement>,

    /// The machine on which the driver listens
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,

    /// Append one JSON object per PIN command, signature and reset to this file
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,

    /// How long every exchange takes, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub latency: u64,

    /// A fault for every card put in at the start, such as drop-after@20 (see below)
    #[arg(long = "fault", value_name = "FAULT")]
    pub faults: Vec<Fault>,

    /// Tries of each PIN and of the PUK
    #[arg(long, value_name = "COUNT", default_value_t = 5,
          value_parser = clap::value_parser!(u8).range(1..=15))]
    pub tries: u8,

    /// What the card answers to a read beyond the end of a file
    #[arg(long, value_enum, default_value_t = Ending::WrongLength)]
    pub end_of_file: Ending,

    /// Write references 82 and 83 in the directories as one byte instead of two
    #[arg(long)]
    pub short_references: bool,

    /// Refuse VERIFY with P1 = FF, which clears a verified PIN
    #[arg(long)]
    pub no_unverify: bool,

    /// Let PIN1, too, be good for one signature only
    #[arg(long)]
    pub pin1_once: bool,

    /// Let OpenSC's driver for SetCOS cards sign with RSA cards, for comparison
    #[arg(long)]
    pub also_setcos: bool,

    /// Go on after standard input has ended, until terminated
    #[arg(long)]
    pub stay: bool,

    /// List the images and end
    #[arg(long)]
    pub images: bool,
}

impl Options {
    /// The cards to begin with.
    pub fn placements(&self) -> Vec<Placement> {
        if self.cards.is_empty() {
            vec![Placement {
                image: self.image,
                port: self.port,
            }]
        } else {
            self.cards.clone()
        }
    }

    /// How a card of `image` is to be built.
    pub fn personalisation(&self, image: Image) -> Personalisation {
        Personalisation {
            try_limit: self.tries,
            end_of_file: self.end_of_file.into(),
            references: match self.short_references {
                true => ReferenceEncoding::SignExtended,
                false => ReferenceEncoding::Unsigned,
            },
            honours_unverify: !self.no_unverify,
            authentication_user_consent: self.pin1_once,
            also_setcos: self.also_setcos,
            ..Personalisation::new(image)
        }
    }
}

/// An image and the port of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The card.
    pub image: Image,
    /// The reader's port.
    pub port: u16,
}

/// The text is no placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParsePlacementError {
    /// There is no image of that name.
    #[error(transparent)]
    Image(#[from] UnknownImage),
    /// There is no @, or no port after it.
    #[error("write IMAGE@PORT, such as v4@35963")]
    Form,
}

impl FromStr for Placement {
    type Err = ParsePlacementError;

    fn from_str(text: &str) -> Result<Self, ParsePlacementError> {
        let (image, port) = text.split_once('@').ok_or(ParsePlacementError::Form)?;
        let port = port.parse().map_err(|_| ParsePlacementError::Form)?;
        Ok(Self {
            image: image.parse()?,
            port,
        })
    }
}

/// [`EndOfFile`] by the words of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Ending {
    /// 6Cxx
    WrongLength,
    /// 6282 and what is left
    Warning,
    /// 6B00
    OutOfRange,
}

impl From<Ending> for EndOfFile {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::WrongLength => Self::WrongLength,
            Ending::Warning => Self::Warning,
            Ending::OutOfRange => Self::OutOfRange,
        }
    }
}

const CONSOLE_HELP: &str = "\
While it runs, standard input takes one command per line, and every one is answered by one line that
begins with ok or error:
  insert IMAGE PORT    put a new card in (a port not used yet is taken into use)
  remove PORT          pull the card
  reinsert PORT        put the pulled card back, with the tries it had
  swap PORT IMAGE      pull the card and put another one in
  fault PORT FAULT     let something go wrong, once
  clear PORT           forget the faults that have not struck
  latency PORT MS      make every exchange take this long
  counters PORT        tries left and more, as JSON
  quit                 end; so does the end of input

A FAULT is KIND@INS, KIND@INS#N or KIND@#N: it strikes the Nth command from now with that
instruction (in hex: 20 VERIFY, 24 CHANGE, 2C UNBLOCK, 2A sign, A4 SELECT, B0 READ), or the Nth of
any. KIND is one of
  drop-before          the card is pulled before it sees the command
  drop-after           the card obeys, and is pulled before it answers
  status-before=6F00   this answer instead of obeying
  status-after=6F00    the card obeys, and this comes instead of its answer
  reset                the card loses its state just before the command
  empty, one-byte      the card obeys, and next to nothing comes back
  long                 the card obeys, and too much comes back
  hang                 the card obeys and never answers; remove it to go on";
