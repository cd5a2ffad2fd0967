//! The drawing of the letter: what it is called, and whether its label has room.

use egui::Theme;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotOptions};

use super::support::window;
use crate::widget::letter::letter;

const LABEL: &str = "Aktivointitunnusluku, 8 numeroa";

fn drawn(width: f32, look: Theme) -> Harness<'static, ()> {
    let mut window = window((), [width, 260.0], look, |(), ui| {
        egui::CentralPanel::default().show(ui, |ui| letter(ui, LABEL));
    });
    window.run();
    window
}

#[test]
fn the_letter_is_a_picture_with_a_name() {
    let window = drawn(400.0, Theme::Light);
    window.get_by_role_and_label(Role::Image, LABEL);
}

#[test]
fn the_label_stands_beside_the_sheet_or_below_it() {
    let size = |width| {
        let window = drawn(width, Theme::Light);
        window
            .get_by_role_and_label(Role::Image, LABEL)
            .rect()
            .size()
    };
    let (beside, below) = (size(420.0), size(220.0));
    assert!(beside.x > 250.0, "{beside:?}");
    assert!(below.y > beside.y && below.x <= 220.0, "{below:?}");
}

fn snapshot(name: &str, width: f32, look: Theme) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots");
    let options = SnapshotOptions::new().output_path(folder);
    drawn(width, look).snapshot_options(name, &options);
}

#[test]
fn letter_beside() {
    snapshot("letter", 400.0, Theme::Light);
}

#[test]
fn letter_below_and_dark() {
    snapshot("letter_narrow_dark", 220.0, Theme::Dark);
}
