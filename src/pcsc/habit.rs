//! What the service does when there is no reader.

use pcsc::Error;

/// Whether the service stays when the last reader goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceHabit {
    /// As pcsc-lite does: a service that cannot be found was not started, or is not installed.
    Stays,
    /// As Windows does: it ends the service with the last reader, with all that was had from it, and
    /// begins another with the next one. A service that cannot be found says that there is no reader.
    GoesWithLastReader,
}

impl ServiceHabit {
    /// That of the service on this system.
    pub const OF_THIS_SYSTEM: Self = if cfg!(windows) {
        Self::GoesWithLastReader
    } else {
        Self::Stays
    };

    /// Whether `error`, in a context that was asked for just now, means that there is no reader.
    pub(crate) const fn is_no_reader(self, error: Error) -> bool {
        matches!(self, Self::GoesWithLastReader)
            && matches!(error, Error::NoService | Error::ServiceStopped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_service_that_goes_with_its_readers_says_by_its_absence_that_there_is_none() {
        let goes = ServiceHabit::GoesWithLastReader;
        for error in [Error::NoService, Error::ServiceStopped] {
            assert!(goes.is_no_reader(error), "{error}");
            assert!(!ServiceHabit::Stays.is_no_reader(error), "{error}");
        }
        for error in [Error::InvalidHandle, Error::NoAccess, Error::CommError] {
            assert!(!goes.is_no_reader(error), "{error}");
        }
    }
}
