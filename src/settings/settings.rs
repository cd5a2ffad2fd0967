//! All settings, and where each was decided.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use siru_text::Language;
use toml_edit::Item;

use crate::key::Key;
use crate::kinds::{Appearance, Contact, WeakPins, Zoom};
use crate::layer::{Layer, Machine};
use crate::pattern::Pattern;
use crate::problem::{Problem, What};

/// Who decided a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Nobody.
    #[default]
    Default,
    /// The person, in their own file.
    User,
    /// The administrator of the machine.
    Machine,
}

/// A value, and whether the person may change it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value<T> {
    /// What holds.
    pub value: T,
    /// Who decided it.
    pub origin: Origin,
    /// Whether the machine keeps people from changing it. A locked value that the machine does not
    /// give, or gives wrongly, is the default.
    pub locked: bool,
}

/// Everything that can be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language of the programs; `None` is the system's.
    pub language: Value<Option<Language>>,
    /// How the window looks.
    pub appearance: Value<Appearance>,
    /// How large everything in the window is.
    pub zoom: Value<Zoom>,
    /// Readers that no program of ours shows or touches: the built-in patterns, the machine's and
    /// the person's together.
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
}

impl Settings {
    /// Those of this machine and person, with what was wrong in their files.
    pub fn load() -> (Self, Vec<Problem>) {
        let user = match user_file() {
            Some(file) => Layer::read(&file),
            None => Layer::of(PathBuf::new(), toml_edit::DocumentMut::new()),
        };
        Self::of_layers(Machine::This.layer(), user)
    }

    /// Those of a machine and a person who decided nothing.
    pub fn defaults() -> Self {
        let nothing = || Layer::of(PathBuf::new(), toml_edit::DocumentMut::new());
        Self::of_layers(nothing(), nothing()).0
    }

    /// Those of two files, either of which may be missing.
    pub fn from_files(machine: &Path, user: &Path) -> (Self, Vec<Problem>) {
        Self::of_layers(Layer::read(machine), Layer::read(user))
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
        }
    }

    /// The language to speak: the one that was decided, or else the system's.
    pub fn spoken(&self) -> Language {
        self.language.value.unwrap_or_else(Language::system)
    }

    fn of_layers(mut machine: Layer, mut user: Layer) -> (Self, Vec<Problem>) {
        let locked = machine.locked();
        user.refuse_what_is_the_machines();
        let mut layers = Layers {
            machine: &mut machine,
            user: &mut user,
            locked: &locked,
        };
        let language = layers.choose(Key::Language, |item| {
            text(item, Language::from_tag).map(Some)
        });
        let appearance = layers.choose(Key::Appearance, |item| text(item, Appearance::from_word));
        let zoom = layers.choose(Key::Zoom, zoom);
        let weak_pins = layers.choose(Key::WeakPins, |item| text(item, WeakPins::from_word));
        let autostart = layers.choose(Key::Autostart, |item| item.as_bool().ok_or(What::WrongType));
        let (left_out, left_out_by_user) = layers.left_out();
        let contact = contact(layers.machine);
        let settings = Self {
            language,
            appearance,
            zoom,
            left_out,
            left_out_by_user,
            weak_pins,
            contact,
            autostart,
        };
        let mut problems = machine.problems;
        problems.append(&mut user.problems);
        (settings, problems)
    }
}

impl Default for Settings {
    /// What holds where nobody decided anything.
    fn default() -> Self {
        let nothing = || Layer::of(PathBuf::new(), toml_edit::DocumentMut::new());
        Self::of_layers(nothing(), nothing()).0
    }
}

/// The file of this person, whether it is there or not; `None` for a person without a home.
pub(crate) fn user_file() -> Option<PathBuf> {
    let folders = ProjectDirs::from("fi", "siru", "Siru")?;
    Some(folders.config_dir().join("config.toml"))
}

/// The places in the order of their weight.
struct Layers<'a> {
    machine: &'a mut Layer,
    user: &'a mut Layer,
    locked: &'a [Key],
}

impl Layers<'_> {
    fn choose<T: Default>(
        &mut self,
        key: Key,
        parse: impl Fn(&Item) -> Result<T, What>,
    ) -> Value<T> {
        let locked = self.locked.contains(&key);
        let machine = self.machine.value(key, &parse);
        let user = self.user.value(key, &parse).filter(|_| !locked);
        let (value, origin) = match (user, machine) {
            (Some(value), _) => (value, Origin::User),
            (None, Some(value)) => (value, Origin::Machine),
            (None, None) => (T::default(), Origin::Default),
        };
        Value {
            value,
            origin,
            locked,
        }
    }

    /// A person may leave out more readers than the machine, never fewer.
    fn left_out(&mut self) -> (Value<Vec<Pattern>>, Vec<Pattern>) {
        let locked = self.locked.contains(&Key::LeftOut);
        let of_machine = patterns(self.machine);
        let mut of_user = patterns(self.user);
        if locked {
            of_user.clear();
        }
        let origin = if !of_user.is_empty() {
            Origin::User
        } else if !of_machine.is_empty() {
            Origin::Machine
        } else {
            Origin::Default
        };
        let all = Pattern::built_in()
            .chain(of_machine)
            .chain(of_user.iter().cloned());
        let value = Value {
            value: all.collect(),
            origin,
            locked,
        };
        (value, of_user)
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

/// Whom to ask, one line for each language: whatever could spoil the window is refused.
fn contact(machine: &mut Layer) -> Value<Contact> {
    let mut lines = Vec::new();
    let section = machine.value(Key::Contact, |item| {
        let section = item.as_table_like().ok_or(What::WrongType)?;
        Ok(Language::ALL.map(|language| section.get(language.tag()).map(line)))
    });
    let given = section.is_some();
    for found in section.unwrap_or_default() {
        lines.push(match found {
            Some(Ok(line)) => line,
            Some(Err(what)) => {
                machine.report(Some(Key::Contact), what);
                None
            }
            None => None,
        });
    }
    let mut lines = lines.into_iter();
    // In the order of `Language::ALL`.
    let [finnish, swedish, english] = [(); 3].map(|()| lines.next().flatten());
    Value {
        value: Contact {
            finnish,
            swedish,
            english,
        },
        origin: if given {
            Origin::Machine
        } else {
            Origin::Default
        },
        locked: true,
    }
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
