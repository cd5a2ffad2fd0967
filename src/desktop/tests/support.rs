//! Virtual cards, a window without a display, and a way to wait for threads without sleeping.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use egui::{Context, FullOutput, TexturesDelta};
use egui_kittest::{Harness, TestRenderer};
use image::RgbaImage;
use siru_apdu::{CardPresence, ReaderName, ReaderState, Readers};
use siru_card::{Certificate, FineidCard, Purpose};
use siru_settings::Sources;
use siru_sim::{Image, VirtualReaders};
use siru_text::Language;

use crate::app::{App, Beginning, Source};
use crate::model::{Card, Holder, Message, Model, update};
use crate::store::Store;
use crate::theme;
use crate::view::view;
use crate::words::Speech;

/// Virtual readers with these cards.
pub(crate) fn readers(images: &[&str]) -> VirtualReaders {
    let images: Vec<Image> = images
        .iter()
        .map(|name| Image::parse(name).unwrap())
        .collect();
    VirtualReaders::demo(&images).unwrap()
}

/// The name of the reader of the card with this number, counted from one.
pub(crate) fn reader(number: usize) -> ReaderName {
    ReaderName::new(format!("Demo reader {number}"))
}

/// The card of an image as the worker would report it in the end.
pub(crate) fn card(image: &str) -> Card {
    let mut readers = readers(&[image]);
    let mut card = FineidCard::open(readers.connect(&reader(1)).unwrap()).unwrap();
    let leaf = card.certificate(Purpose::Authentication).unwrap().unwrap();
    let der = leaf.der.clone();
    let validity = (leaf.certificate.not_before, leaf.certificate.not_after);
    let holder = leaf
        .certificate
        .holder
        .map_or(Holder::NotKnown, Holder::Known);
    Card {
        leaf: Some(der),
        validity: Some(validity),
        ..Card::of(&card, holder)
    }
}

/// The certificates that a card of an image presents: its own for log-in, then the authorities'.
pub(crate) fn certificates(image: &str) -> Vec<Certificate> {
    let mut readers = readers(&[image]);
    let mut card = FineidCard::open(readers.connect(&reader(1)).unwrap()).unwrap();
    let mut all = card.certificates().unwrap();
    all.retain(|one| one.purpose != Purpose::Signature);
    all.into_iter().map(|one| one.certificate).collect()
}

/// A report of the watch: readers with or without a card.
pub(crate) fn report(cards: &[bool], events: u32) -> Message {
    let state = |(index, present): (usize, &bool)| ReaderState {
        name: reader(index + 1),
        presence: if *present {
            CardPresence::Card { atr: vec![0x3B] }
        } else {
            CardPresence::Empty
        },
        events,
    };
    Message::Readers(Ok(cards.iter().enumerate().map(state).collect()))
}

/// A model in which every reader holds one of these cards.
pub(crate) fn model(images: &[&str]) -> Model {
    let now = Instant::now();
    let mut model = Model::new(Language::English, false);
    update(&mut model, report(&vec![true; images.len()], 1), now);
    for (index, image) in images.iter().enumerate() {
        let generation = model.readers[index].generation;
        let look = Ok(Box::new(card(image)));
        update(
            &mut model,
            Message::Looked {
                reader: reader(index + 1),
                generation,
                look,
            },
            now,
        );
    }
    model
}

/// A window that shows a model nobody works for; what the person does is applied and remembered.
pub(crate) struct Still {
    pub(crate) model: Model,
    pub(crate) speech: Speech,
    pub(crate) messages: Vec<String>,
    /// How many requests were made.
    pub(crate) requests: usize,
}

impl Still {
    pub(crate) fn new(model: Model) -> Self {
        let speech = Speech::new(model.language);
        Self {
            model,
            speech,
            messages: Vec::new(),
            requests: 0,
        }
    }

    pub(crate) fn show(&mut self, ui: &mut egui::Ui) {
        let now = Instant::now();
        for message in view(ui, &mut self.model, &self.speech, now) {
            self.messages.push(format!("{message:?}"));
            for command in update(&mut self.model, message, now) {
                self.requests += usize::from(matches!(command, crate::model::Command::Perform(_)));
            }
            self.speech.speak(self.model.language);
            ui.ctx().request_repaint();
        }
    }
}

/// A window of the usual size over `model`.
pub(crate) fn still(model: Model) -> Harness<'static, Still> {
    window(
        Still::new(model),
        [1000.0, 720.0],
        egui::Theme::Light,
        Still::show,
    )
}

/// Draws the window for its tests.
#[derive(Default)]
pub(crate) struct Pictures(siru_rasteriser::Rasteriser);

impl TestRenderer for Pictures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.handle_delta(delta);
    }

    fn render(&mut self, context: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let drawn = self.0.render(context, output);
        drawn.ok_or_else(|| "too few pixels".to_owned())
    }
}

/// A window over anything that draws itself.
pub(crate) fn window<State: 'static>(
    state: State,
    size: [f32; 2],
    look: egui::Theme,
    show: impl FnMut(&mut State, &mut egui::Ui) + 'static,
) -> Harness<'static, State> {
    let mut show = show;
    Harness::builder()
        .with_size(size)
        .with_theme(look)
        .with_context_setup(theme::install)
        .renderer(Pictures::default())
        .build_ui_state(move |ui, state| show(state, ui), state)
}

/// Settings that nobody decided and that are written nowhere.
fn nobodys() -> Store {
    let nowhere = PathBuf::from("/dev/null/config.toml");
    Store::Of(Sources::at(nowhere.clone(), nowhere))
}

/// The program without a window, on virtual cards, with a bell that rings for every message.
pub(crate) fn app(readers: &VirtualReaders) -> (App, Receiver<()>) {
    app_of(readers, Beginning::with(nobodys(), Some(Language::English)))
}

/// The same with settings of its own.
pub(crate) fn app_of(readers: &VirtualReaders, beginning: Beginning) -> (App, Receiver<()>) {
    app_from(Source::Demo(readers.clone()), beginning)
}

/// The same with readers that are given out for real ones, or not.
pub(crate) fn app_from(source: Source, beginning: Beginning) -> (App, Receiver<()>) {
    let (ring, bell) = mpsc::channel();
    let ring = std::sync::Mutex::new(ring);
    let wake = Arc::new(move || {
        let _heard = ring.lock().unwrap().send(());
    });
    (App::start(source, beginning, wake), bell)
}

/// Waits until the program has found out enough for `done`.
pub(crate) fn wait(app: &mut App, bell: &Receiver<()>, done: impl Fn(&Model) -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    app.take_in();
    while !done(app.model()) {
        let left = deadline.saturating_duration_since(Instant::now());
        bell.recv_timeout(left)
            .expect("something should have happened by now");
        app.take_in();
    }
}
