//! `siru-desktop`: options, window, exit code.
#![forbid(unsafe_code)]
// No console window beside it.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::ExitCode;
use std::sync::Arc;

use eframe::NativeOptions;
use egui::ViewportBuilder;
use siru_desktop::app::{App, Beginning, Source};
use siru_desktop::instance::{self, Start};
use siru_desktop::options::Options;
use siru_desktop::store::Store;
use siru_desktop::words::Speech;
use siru_desktop::{drawing, say};
use siru_login::Anchors;
use siru_pcsc::PcscReaders;
use siru_process::notice::{self, Kind};
use siru_process::{hardening, options};
use siru_sim::VirtualReaders;

fn main() -> ExitCode {
    hardening::harden();
    let options: Options = options::parse();
    let mut beginning = Beginning::with(Store::Own, options.lang);
    beginning
        .settings
        .begin_log("siru-desktop", &beginning.problems);
    let speech = Speech::new(beginning.language);
    match Anchors::with_files(&options.trust) {
        Ok(anchors) => beginning.anchors = anchors,
        Err(unusable) => {
            let file = unusable.file.display().to_string();
            return complain(&say!(speech, "no-roots", file = file));
        }
    }
    let source = match options.images() {
        None => Source::Pcsc(Arc::new(|| Box::new(PcscReaders::new()))),
        Some(images) => match VirtualReaders::demo(&images) {
            Ok(readers) => Source::Demo(readers),
            Err(error) => {
                return complain(&say!(speech, "no-demo", reason = error.to_string()));
            }
        },
    };
    let instance = match &source {
        Source::Demo(_) => instance::alone(options.show),
        Source::Pcsc(_) => match instance::start(options.show) {
            Start::First(instance) => instance,
            Start::Passed => return ExitCode::SUCCESS,
        },
    };
    let title = say!(speech, "window-title");
    let shown = drawing::show(&title, native_options(&title), move |creation| {
        App::new(creation, source, beginning).answering(instance, &creation.egui_ctx)
    });
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let what = say!(speech, "no-window", reason = error.to_string());
            complain(&format!("{what}\n{}", say!(speech, "no-window-next")))
        }
    }
}

fn native_options(title: &str) -> NativeOptions {
    let mut viewport = ViewportBuilder::default()
        .with_app_id("fi.siru.Siru")
        .with_title(title)
        .with_inner_size([1000.0, 740.0])
        .with_min_inner_size([640.0, 400.0]);
    let icon = include_bytes!("../../assets/icon-256.png");
    match eframe::icon_data::from_png_bytes(icon) {
        Ok(icon) => viewport = viewport.with_icon(icon),
        Err(error) => log::warn!("the window has no icon: {error}"),
    }
    NativeOptions {
        viewport,
        centered: true,
        ..NativeOptions::default()
    }
}

/// There is no window to say it in.
fn complain(what: &str) -> ExitCode {
    notice::say(Kind::Complaint, &format!("siru-desktop: {what}"));
    ExitCode::FAILURE
}
