//! All settings, and where each was decided.

use std::path::Path;

use siru_policy::{Key, LogFile, LogLevel};
use siru_text::Language;
use toml_edit::Item;

use crate::kinds::{Appearance, Contact, WeakPins, Zoom};
use crate::layer::Layer;
use crate::pattern::Pattern;
use crate::problem::{Problem, What};
use crate::sources::Sources;
use crate::value::{Origin, Plain, Value};

/// Everything that can be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language of the programs; `None` is the system's.
    pub language: Value<Option<Language>>,
    /// How the window looks.
    pub appearance: Value<Appearance>,
    /// How large everything in the window is.
    pub zoom: Value<Zoom>,
    /// Readers that window, icon and command leave out: the built-in patterns, the machine's and the
    /// person's together. The module and the minidriver do not ask for them.
    pub left_out: Value<Vec<Pattern>>,
    /// The person's part of [`left_out`](Self::left_out), which is what the person can change.
    /// Empty while the machine locks it.
    pub left_out_by_user: Vec<Pattern>,
    /// What is done about weak new PINs.
    pub weak_pins: Value<WeakPins>,
    /// Whom to ask for help; always the machine's word.
    pub contact: Value<Contact>,
    /// Whether the tray program starts with the session.
    pub autostart: Value<bool>,
    /// Whether the module is registered with the browsers of each person when their session begins.
    pub browser_register: Value<bool>,
    /// Whether the PKCS #11 module shows the signature identity. The module reads it itself.
    pub signature_slot: Value<bool>,
    /// Whether a log-in by the module may spend the last try of a PIN. The module reads it itself.
    pub last_try_in_login: Value<bool>,
    /// How much is written to the log.
    pub log_level: Value<LogLevel>,
}

impl Settings {
    /// Those of this machine and person, with what was wrong in their places.
    pub fn load() -> (Self, Vec<Problem>) {
        Sources::of_this_machine().load()
    }

    /// Those of a machine and a person who decided nothing.
    pub fn defaults() -> Self {
        Self::of_layers(Vec::new()).0
    }

    /// Those of two files, either of which may be missing.
    pub fn from_files(machine: &Path, user: &Path) -> (Self, Vec<Problem>) {
        Sources::at(machine, user).load()
    }

    /// Whether the machine keeps people from changing a setting.
    pub const fn is_locked(&self, key: Key) -> bool {
        match key {
            Key::Language => self.language.locked,
            Key::Appearance => self.appearance.locked,
            Key::Zoom => self.zoom.locked,
            Key::LeftOut => self.left_out.locked,
            Key::WeakPins => self.weak_pins.locked,
            Key::Contact => self.contact.locked,
            Key::Autostart => self.autostart.locked,
            Key::BrowserRegister => self.browser_register.locked,
            Key::SignatureSlot => self.signature_slot.locked,
            Key::LastTryInLogin => self.last_try_in_login.locked,
            Key::LogLevel => self.log_level.locked,
        }
    }

    /// Who decided a setting.
    pub const fn origin(&self, key: Key) -> Origin {
        match key {
            Key::Language => self.language.origin,
            Key::Appearance => self.appearance.origin,
            Key::Zoom => self.zoom.origin,
            Key::LeftOut => self.left_out.origin,
            Key::WeakPins => self.weak_pins.origin,
            Key::Contact => self.contact.origin,
            Key::Autostart => self.autostart.origin,
            Key::BrowserRegister => self.browser_register.origin,
            Key::SignatureSlot => self.signature_slot.origin,
            Key::LastTryInLogin => self.last_try_in_login.origin,
            Key::LogLevel => self.log_level.origin,
        }
    }

    /// A setting as it would stand in a file.
    pub fn plain(&self, key: Key) -> Plain {
        match key {
            Key::Language => match self.language.value {
                Some(language) => Plain::Word(language.tag()),
                None => Plain::Nothing,
            },
            Key::Appearance => Plain::Word(self.appearance.value.word()),
            Key::Zoom => Plain::Number(self.zoom.value.percent()),
            Key::LeftOut => {
                let patterns = self.left_out.value.iter();
                Plain::List(patterns.map(|pattern| pattern.text().to_owned()).collect())
            }
            Key::WeakPins => Plain::Word(self.weak_pins.value.word()),
            Key::Contact => Plain::Lines(self.contact.value.lines()),
            Key::Autostart => Plain::Switch(self.autostart.value),
            Key::BrowserRegister => Plain::Switch(self.browser_register.value),
            Key::SignatureSlot => Plain::Switch(self.signature_slot.value),
            Key::LastTryInLogin => Plain::Switch(self.last_try_in_login.value),
            Key::LogLevel => Plain::Word(self.log_level.value.word()),
        }
    }

    /// Begins the log of a program, where the machine wants one, with what is wrong in the settings.
    pub fn begin_log(&self, program: &'static str, problems: &[Problem]) {
        if let Some(log) = LogFile::of_this_user(program, self.log_level.value) {
            log.start();
        }
        for problem in problems {
            log::warn!("{problem}");
        }
    }

    /// The language to speak: the one that was decided, or else the system's.
    pub fn spoken(&self) -> Language {
        self.language.value.unwrap_or_else(Language::system)
    }

    /// Those of places, the strongest first.
    pub(crate) fn of_layers(mut places: Vec<Layer>) -> (Self, Vec<Problem>) {
        let locked: Vec<Key> = places.iter_mut().flat_map(Layer::locked).collect();
        for place in &mut places {
            if place.origin == Origin::User {
                place.refuse_what_is_the_machines();
            }
        }
        let mut layers = Layers { places, locked };
        let switch = |item: &Item| item.as_bool().ok_or(What::WrongType);
        let language = layers.choose(Key::Language, |item| {
            text(item, Language::from_tag).map(Some)
        });
        let appearance = layers.choose(Key::Appearance, |item| text(item, Appearance::from_word));
        let zoom = layers.choose(Key::Zoom, zoom);
        let (left_out, left_out_by_user) = layers.left_out();
        let weak_pins = layers.choose(Key::WeakPins, |item| text(item, WeakPins::from_word));
        let contact = layers.contact();
        let settings = Self {
            language,
            appearance,
            zoom,
            left_out,
            left_out_by_user,
            weak_pins,
            contact,
            autostart: layers.choose(Key::Autostart, switch),
            browser_register: layers.choose(Key::BrowserRegister, switch),
            signature_slot: layers.choose(Key::SignatureSlot, switch),
            last_try_in_login: layers.choose(Key::LastTryInLogin, switch),
            log_level: layers.choose(Key::LogLevel, |item| text(item, LogLevel::from_word)),
        };
        let problems = layers.places.into_iter().flat_map(|place| place.problems);
        (settings, problems.collect())
    }
}

impl Default for Settings {
    /// What holds where nobody decided anything.
    fn default() -> Self {
        Self::defaults()
    }
}

/// The places in the order of their weight.
struct Layers {
    places: Vec<Layer>,
    locked: Vec<Key>,
}

impl Layers {
    /// The places that may speak of a setting. What a person says where they may not was reported; what
    /// they say about a locked setting is judged and counts for nothing.
    fn speakers(&mut self, key: Key) -> impl Iterator<Item = &mut Layer> {
        let places = self.places.iter_mut();
        places.filter(move |place| place.origin != Origin::User || !key.is_machines())
    }

    fn is_locked(&self, key: Key) -> bool {
        key.is_machines() || self.locked.contains(&key)
    }

    fn choose<T: Default>(
        &mut self,
        key: Key,
        parse: impl Fn(&Item) -> Result<T, What>,
    ) -> Value<T> {
        let locked = self.is_locked(key);
        let mut chosen = None;
        for place in self.speakers(key) {
            let value = place.value(key, &parse);
            if chosen.is_none() && !(locked && place.origin == Origin::User) {
                chosen = value.map(|value| (value, place.origin));
            }
        }
        let (value, origin) = chosen.unwrap_or_default();
        Value {
            value,
            origin,
            locked,
        }
    }

    /// Every place may leave out more readers than the others, never fewer.
    fn left_out(&mut self) -> (Value<Vec<Pattern>>, Vec<Pattern>) {
        let locked = self.is_locked(Key::LeftOut);
        let mut origin = Origin::Default;
        let (mut all, mut of_user) = (Vec::new(), Vec::new());
        for place in self.speakers(Key::LeftOut) {
            let patterns = patterns(place);
            if patterns.is_empty() || (locked && place.origin == Origin::User) {
                continue;
            }
            origin = origin.max(place.origin);
            if place.origin == Origin::User {
                of_user = patterns;
            } else {
                all.extend(patterns);
            }
        }
        let built_in = Pattern::built_in();
        let value = built_in.chain(all).chain(of_user.iter().cloned());
        let value = Value {
            value: value.collect(),
            origin,
            locked,
        };
        (value, of_user)
    }

    /// Whom to ask, one line for each language: whatever could spoil the window is refused.
    fn contact(&mut self) -> Value<Contact> {
        let mut chosen = None;
        for place in self.speakers(Key::Contact) {
            let found = contact(place);
            if chosen.is_none() {
                chosen = found.map(|contact| (contact, place.origin));
            }
        }
        let (value, origin) = chosen.unwrap_or_default();
        Value {
            value,
            origin,
            locked: true,
        }
    }
}

fn text<T>(item: &Item, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, What> {
    let word = item.as_str().ok_or(What::WrongType)?;
    parse(word).ok_or(What::UnknownValue)
}

fn zoom(item: &Item) -> Result<Zoom, What> {
    let percent = item.as_integer().ok_or(What::WrongType)?;
    u8::try_from(percent)
        .ok()
        .and_then(Zoom::new)
        .ok_or(What::UnknownValue)
}

/// The patterns of a place. One that makes no sense is reported, and the others hold.
fn patterns(layer: &mut Layer) -> Vec<Pattern> {
    let list = layer.value(Key::LeftOut, |item| {
        let list = item.as_array().ok_or(What::WrongType)?;
        Ok(list
            .iter()
            .map(|text| {
                Pattern::new(text.as_str().ok_or(What::WrongType)?).ok_or(What::UnknownValue)
            })
            .collect::<Vec<Result<Pattern, What>>>())
    });
    let mut patterns = Vec::new();
    for pattern in list.unwrap_or_default() {
        match pattern {
            Ok(pattern) => patterns.push(pattern),
            Err(what) => layer.report(Some(Key::LeftOut), what),
        }
    }
    patterns
}

fn contact(place: &mut Layer) -> Option<Contact> {
    let lines = place.value(Key::Contact, |item| {
        let section = item.as_table_like().ok_or(What::WrongType)?;
        Ok(Language::ALL.map(|language| section.get(language.tag()).map(line)))
    })?;
    if lines.iter().all(Option::is_none) {
        return None;
    }
    // In the order of `Language::ALL`.
    let [finnish, swedish, english] = lines.map(|found| match found {
        Some(Ok(line)) => line,
        Some(Err(what)) => {
            place.report(Some(Key::Contact), what);
            None
        }
        None => None,
    });
    Some(Contact {
        finnish,
        swedish,
        english,
    })
}

fn line(item: &Item) -> Result<Option<String>, What> {
    let line = item.as_str().ok_or(What::WrongType)?.trim();
    if line.chars().any(char::is_control) || line.chars().count() > LONGEST_LINE {
        return Err(What::UnknownValue);
    }
    Ok((!line.is_empty()).then(|| line.to_owned()))
}

/// How long the line of a contact may be, in characters.
const LONGEST_LINE: usize = 200;
