//! How every piece of work on a card begins: a transaction, the application, and which card it is.

use siru_apdu::select::{FilePath, select_application};
use siru_apdu::{CardChannel, ChannelError, Conversation, ExchangeError, StatusWord};

use crate::file::{self, Extent};
use crate::pkcs15::{SerialNumber, serial_at_start};
use crate::profile::{CardProfile, PKCS15};

/// Begins a transaction and selects the application: before that, cards know no PIN.
pub(crate) fn begin(channel: &mut dyn CardChannel) -> Result<Conversation<'_>, ExchangeError> {
    // A transaction that only brings the news of another program's reset is spent on it.
    match channel.transaction() {
        Ok(_) | Err(ChannelError::CardReset) => {}
        Err(error) => return Err(error.into()),
    }
    let mut conversation = Conversation::begin(channel)?;
    let response = conversation.repeatable(&select_application(PKCS15))?;
    if response.status == StatusWord::OK {
        Ok(conversation)
    } else {
        Err(ExchangeError::Refused {
            status: response.status,
        })
    }
}

/// Reads the serial number with as few exchanges as it takes.
pub(crate) fn read_serial(
    conversation: &mut Conversation<'_>,
    profile: &CardProfile,
) -> Result<Option<SerialNumber>, ExchangeError> {
    let path = FilePath::new(profile.files.token_info);
    let start = file::read(conversation, &path, Extent::Start, file::MAX_DIRECTORY)?;
    Ok(start.as_deref().and_then(serial_at_start))
}
