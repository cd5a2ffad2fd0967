//! The options of `siru-tray`.

use clap::Parser;

/// Show in the tray whether a Finnish certificate card is ready
///
/// Ends with 0 when it is told to, or when another one shows the icon already, and with 1 when
/// there is no desktop session to show it in.
#[derive(Debug, Parser)]
#[command(name = "siru-tray", version)]
pub struct Options {
    /// Do nothing unless the settings want the icon in every session; for autostart entries
    #[arg(long)]
    pub autostart: bool,
}
