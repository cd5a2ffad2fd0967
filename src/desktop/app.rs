//! The window: takes messages in, hands commands out, draws what the model says.

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Instant, SystemTime};

use eframe::{CreationContext, Frame};
use egui::{Context, RawInput, Ui};
use siru_apdu::{ReaderName, Readers};
use siru_login::Anchors;
use siru_settings::{Problem, Settings};
use siru_sim::{Control, VirtualReaders};
use siru_text::Language;

use crate::instance::{self, Asked, Instance};
use crate::keyboard::Ahead;
use crate::model::{Command, Message, Model, Reader, SystemLook, Tab, update};
use crate::store::{Edit, Store};
use crate::theme::Look;
use crate::view::{hold_close, view};
use crate::words::Speech;
use crate::worker::{ConnectReaders, Wake, Worker};
use crate::{appearance, export, theme};

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
    /// What the desktop around the window reports.
    system: Option<Receiver<SystemLook>>,
    store: Store,
    readers: SharedReaders,
    anchors: Anchors,
    wake: Wake,
    demo: Option<Control>,
    /// Other readers are to be left out as soon as no request is on its way.
    other_readers: bool,
    /// The look and the size that the window has at the moment.
    dressed: Option<(Look, f32)>,
    /// What was typed faster than the window is drawn.
    ahead: Ahead,
}

/// What a window starts with.
pub struct Beginning {
    /// The language of all words.
    pub language: Language,
    /// Where settings come from and go to.
    pub store: Store,
    /// The settings as they are.
    pub settings: Settings,
    /// What is wrong in their files.
    pub problems: Vec<Problem>,
    /// The roots that log-in tests trust.
    pub anchors: Anchors,
}

impl Beginning {
    /// With the settings of `store`, in `language` or in the one that they say.
    pub fn with(store: Store, language: Option<Language>) -> Self {
        let (settings, problems) = store.read();
        Self {
            language: language.unwrap_or_else(|| settings.spoken()),
            store,
            settings,
            problems,
            anchors: Anchors::built_in(),
        }
    }
}

impl App {
    /// Starts the threads and dresses the window.
    pub fn new(creation: &CreationContext<'_>, source: Source, beginning: Beginning) -> Self {
        let context = creation.egui_ctx.clone();
        theme::install(&context);
        let wake: Wake = Arc::new(move || context.request_repaint());
        let mut app = Self::start(source, beginning, Arc::clone(&wake));
        app.system = Some(appearance::watch(wake));
        app
    }

    /// The same without a window, for tests.
    pub fn start(source: Source, beginning: Beginning, wake: Wake) -> Self {
        let (readers, demo): (SharedReaders, _) = match source {
            Source::Pcsc(connect) => (SharedReaders(connect), None),
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
                (SharedReaders(Arc::new(connect)), Some(control))
            }
        };
        let Beginning {
            language,
            store,
            settings,
            problems,
            anchors,
        } = beginning;
        let (mut worker, inbox) = Worker::start(readers.without(&settings), Arc::clone(&wake));
        worker.trust(anchors.clone());
        let mut model = Model::new(language, demo.is_some());
        model.settings = settings;
        model.problems = problems;
        model.certificates.folder = export::usual_folder();
        model.help.settings_file = store.user_file();
        Self {
            instance: None,
            model,
            speech: Speech::new(language),
            worker,
            inbox,
            system: None,
            store,
            readers,
            anchors,
            wake,
            demo,
            other_readers: false,
            dressed: None,
            ahead: Ahead::default(),
        }
    }

    /// Does what later starts of the program ask for.
    #[must_use]
    pub fn answering(mut self, instance: Instance, context: &Context) -> Self {
        let context = context.clone();
        instance.wake_by(Arc::new(move || context.request_repaint()));
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
        let system: Vec<_> = self.system.iter().flat_map(Receiver::try_iter).collect();
        for look in system {
            self.apply(Message::System(look));
        }
    }

    /// Does what other starts of the program asked for.
    fn answer(&mut self, context: &Context) {
        let Some(instance) = &self.instance else {
            return;
        };
        for asked in instance.asked().collect::<Vec<_>>() {
            instance::come_forward(context);
            self.apply(Message::Open(Tab::Identification));
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
        self.model.clock = Some(SystemTime::now());
        // The tray reads cards once an insertion, and the settings when it starts.
        let concerns_tray = matches!(
            message,
            Message::Performed { .. } | Message::LoggedIn { .. } | Message::Settings { .. }
        );
        let commands = update(&mut self.model, message, Instant::now());
        if let Some(instance) = self.instance.as_ref().filter(|_| concerns_tray) {
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
                (Command::Decide(edit), _) => self.save(&edit),
                (command, _) => self.worker.carry_out(command),
            }
        }
        if self.other_readers && !self.model.is_running() {
            self.other_readers = false;
            self.watch_anew();
        }
    }

    /// Has a decision about a setting take effect: what it says is read back from the files.
    fn save(&mut self, edit: &Edit) {
        let unsaved = self.store.save(edit).err();
        let (settings, problems) = self.store.read();
        let other_readers = self.model.settings.left_out.value != settings.left_out.value;
        self.apply(Message::Settings {
            settings: Box::new(settings),
            problems,
            unsaved,
        });
        self.other_readers |= other_readers;
    }

    /// Other readers are left out from now on. The threads that know the old ones end; what they
    /// are at is waited for, and no request is on its way: its answer would find nobody.
    fn watch_anew(&mut self) {
        let readers = self.readers.without(&self.model.settings);
        let (mut worker, inbox) = Worker::start(readers, Arc::clone(&self.wake));
        worker.trust(self.anchors.clone());
        self.worker = worker;
        // What they found out up to their end still counts, but for which readers there are.
        let last_words = std::mem::replace(&mut self.inbox, inbox);
        for message in last_words.try_iter() {
            if !matches!(message, Message::Readers(_)) {
                self.apply(message);
            }
        }
        // A card that was too slow for that, or whose turn had not come, is looked at anew.
        let left_out = &self.model.settings.left_out.value;
        let kept = |reader: &&Reader| !left_out.iter().any(|pattern| pattern.fits(&reader.name));
        let readers = self.model.readers.iter().filter(kept);
        for reader in readers.filter(|reader| reader.is_being_read()) {
            self.worker.carry_out(Command::Look {
                reader: reader.name.clone(),
                generation: reader.generation,
            });
        }
    }

    /// Draws the window and takes in what the person did.
    pub fn show(&mut self, ui: &mut Ui) {
        self.dress(ui.ctx());
        self.model.clock = Some(SystemTime::now());
        let messages = view(ui, &mut self.model, &self.speech, Instant::now());
        if !messages.is_empty() {
            for message in messages {
                self.apply(message);
            }
            // What was drawn is not true any more.
            ui.ctx().request_repaint();
        }
    }

    /// Gives the window the look and the size that are wanted now.
    fn dress(&mut self, context: &Context) {
        let wanted = (self.model.look(), self.model.settings.zoom.value.factor());
        if self.dressed.replace(wanted) != Some(wanted) {
            let (look, zoom) = wanted;
            theme::dress(context, look);
            context.set_zoom_factor(zoom);
        }
    }
}

/// Makes connections to all readers there are.
struct SharedReaders(ConnectReaders);

impl SharedReaders {
    /// The same without those that the settings leave out.
    fn without(&self, settings: &Settings) -> ConnectReaders {
        let connect = Arc::clone(&self.0);
        Arc::new(settings.readers(move || connect()))
    }
}

impl eframe::App for App {
    fn raw_input_hook(&mut self, context: &Context, input: &mut RawInput) {
        if let Some(message) = hold_close(input, &self.model) {
            self.apply(message);
            context.request_repaint();
        }
        if self.ahead.hold(input) {
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

    /// Types a new PIN for the other identification object, where both are set.
    pub(crate) fn type_other_for_test(&mut self, new: &str) {
        if let Some(form) = &mut self.model.form {
            form.other_new.insert(new, 0);
            form.other_repeated.insert(new, 0);
        }
    }

    /// Offers this folder for files, instead of one that is the person's.
    pub(crate) fn save_in_for_test(&mut self, folder: &std::path::Path) {
        self.model.certificates.folder = Some(folder.to_owned());
    }
}
