//! What the machine's administrator decided about log-ins, as for the PKCS #11 module, and the log they
//! want of them.

use siru_policy::LogFile;
/// Settings of the card module, from the registry. A card module has no way to ask the person whether
/// they know what the last try would cost.
pub use siru_policy::ModuleSettings as Settings;

/// Begins the log, where the machine wants one. It tells nothing of arguments, PINs or what is said to
/// cards.
pub(crate) fn begin_log(settings: &Settings) {
    if let Some(log) = LogFile::of_this_user("siru-minidriver", settings.log_level) {
        log.start();
    }
}
