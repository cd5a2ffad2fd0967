//! The window: takes messages in, hands commands out, draws what the model says.

use std::sync::mpsc::Receiver;
use std::time::Instant;

use eframe::{CreationContext, Frame};
use egui::{Context, RawInput, Ui};
use siru_apdu::{ReaderName, Readers};
use siru_login::Anchors;
use siru_sim::{Control, VirtualReaders};
use siru_text::Language;

use crate::instance::{self, Asked, Instance};
use crate::model::{Command, Message, Model, update};
use crate::view::{hold_close, view};
use crate::words::Speech;
use crate::worker::{ConnectReaders, Wake, Worker};
use crate::{appearance, theme};

/// Where cards come from.
pub enum Source {
    /// Real readers.
    Pcsc(ConnectReaders),
    /// Virtual cards in this process.
    Demo(VirtualReaders),
}

/// Everything behind the window.
pub struct App {
    /// Dropped first: a start that comes while the threads end opens a window of its own.
    instance: Option<Instance>,
    model: Model,
    speech: Speech,
    worker: Worker,
    inbox: Receiver<Message>,
    demo: Option<Control>,
}

impl App {
    /// Starts the threads and dresses the window.
    pub fn new(creation: &CreationContext<'_>, source: Source, language: Language) -> Self {
        let context = creation.egui_ctx.clone();
        theme::install(&context);
        appearance::follow_system(&context);
        let wake: Wake = std::sync::Arc::new(move || context.request_repaint());
        Self::start(source, language, wake)
    }

    /// The same without a window, for tests.
    pub fn start(source: Source, language: Language, wake: Wake) -> Self {
        let (connect, demo): (ConnectReaders, _) = match source {
            Source::Pcsc(connect) => (connect, None),
            Source::Demo(readers) => {
                let control = readers.control();
                // A mutex, because the virtual readers are cloned by several threads.
                let readers = std::sync::Mutex::new(readers);
                let connect = move || {
                    let readers = readers
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner);
                    Box::new(readers.clone()) as Box<dyn Readers>
                };
                (std::sync::Arc::new(connect), Some(control))
            }
        };
        let (worker, inbox) = Worker::start(connect, wake);
        let model = Model::new(language, demo.is_some());
        Self {
            instance: None,
            model,
            speech: Speech::new(language),
            worker,
            inbox,
            demo,
        }
    }

    /// Has the log-in test trust these roots.
    #[must_use]
    pub fn trusting(mut self, anchors: Anchors) -> Self {
        self.worker.trust(anchors);
        self
    }

    /// Does what later starts of the program ask for.
    #[must_use]
    pub fn answering(mut self, instance: Instance, context: &Context) -> Self {
        let context = context.clone();
        instance.wake_by(std::sync::Arc::new(move || context.request_repaint()));
        self.instance = Some(instance);
        self
    }

    /// What the window knows.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// Takes in what the threads found out.
    pub fn take_in(&mut self) {
        while let Ok(message) = self.inbox.try_recv() {
            self.apply(message);
        }
    }

    /// Does what other starts of the program asked for.
    fn answer(&mut self, context: &Context) {
        let Some(instance) = &self.instance else {
            return;
        };
        for asked in instance.asked().collect::<Vec<_>>() {
            instance::come_forward(context);
            // One that is open stays as it is, with what was typed.
            if asked == Asked::LogInTest && self.model.login.is_none() {
                self.apply(Message::TestLogin(self.only_card()));
            }
        }
    }

    /// The reader of the card, when there is one and no other.
    fn only_card(&self) -> Option<ReaderName> {
        let mut with_card = self.model.readers.iter().filter(|one| one.card().is_some());
        match (with_card.next(), with_card.next()) {
            (Some(reader), None) => Some(reader.name.clone()),
            _ => None,
        }
    }

    /// Takes in one message and has its commands carried out.
    pub fn apply(&mut self, message: Message) {
        let may_change_cards = matches!(
            message,
            Message::Performed { .. } | Message::LoggedIn { .. }
        );
        let commands = update(&mut self.model, message, Instant::now());
        if let Some(instance) = self.instance.as_ref().filter(|_| may_change_cards) {
            instance.tell_tray();
        }
        self.speech.speak(self.model.language);
        for command in commands {
            match (command, &self.demo) {
                (Command::SwitchCard(reader), Some(control)) => {
                    // In or out, whichever is possible; the watch reports what came of it.
                    if control.remove(&reader).is_err() && control.reinsert(&reader).is_err() {
                        log::warn!("the card in {reader:?} can be moved neither in nor out");
                    }
                }
                (command, _) => self.worker.carry_out(command),
            }
        }
    }

    /// Draws the window and takes in what the person did.
    pub fn show(&mut self, ui: &mut Ui) {
        let messages = view(ui, &mut self.model, &self.speech, Instant::now());
        if !messages.is_empty() {
            for message in messages {
                self.apply(message);
            }
            // What was drawn is not true any more.
            ui.ctx().request_repaint();
        }
    }
}

impl eframe::App for App {
    fn raw_input_hook(&mut self, context: &Context, input: &mut RawInput) {
        if let Some(message) = hold_close(input, &self.model) {
            self.apply(message);
            context.request_repaint();
        }
    }

    fn logic(&mut self, context: &Context, _frame: &mut Frame) {
        self.take_in();
        self.answer(context);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        self.show(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        theme::palette(visuals).window.to_normalized_gamma_f32()
    }
}

#[cfg(test)]
impl App {
    /// Types into the fields of the form, as a person would.
    pub(crate) fn type_for_test(&mut self, entered: &str, new: &str) {
        if let Some(form) = &mut self.model.form {
            form.entered.insert(entered, 0);
            form.new.insert(new, 0);
            form.repeated.insert(new, 0);
        }
    }
}
