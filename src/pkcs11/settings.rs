//! What the machine's administrator decided about the module, and the log they want of it.

use siru_policy::LogFile;
/// Settings of the module, from the machine's file or the registry.
pub use siru_policy::ModuleSettings as Settings;

/// Begins the log, where the machine wants one. It tells nothing of arguments, PINs or what is said to
/// cards.
pub(crate) fn begin_log(settings: &Settings) {
    let Some(log) = LogFile::of_this_user("siru-pkcs11", settings.log_level) else {
        return;
    };
    log.start();
    let host = std::env::current_exe();
    let host = host
        .ok()
        .and_then(|path| path.file_name().map(ToOwned::to_owned));
    log::info!("loaded by {}", host.unwrap_or_default().display());
}
