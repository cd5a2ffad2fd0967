//! Making the scripts: the middleware plays a scenario with a virtual card, and all that is said
//! between the two is written down.

use std::fs;
use std::path::PathBuf;

use siru_apdu::{CardChannel, Readers};
use siru_script::{
    Action, Item, Labels, Recorder, Recording, Script, Source, SourceKind, Start, StartState, Tape,
};
use siru_sim::{Fault, FaultKind, Image, Model};

use crate::acts::{Scenario, Stage, Trouble};
use crate::bench::Bench;
use crate::cards::{self, Folder};
use crate::scenarios;
use crate::scripts;

/// A virtual card that is listened to.
struct RecordingStage {
    bench: Bench,
    image: Image,
    tape: Tape,
}

impl RecordingStage {
    fn new(image: Image) -> Self {
        Self {
            bench: Bench::holding(cards::card(image)),
            image,
            tape: Tape::new(),
        }
    }

    /// Which VERIFY carries the PIN: organisation cards are first asked for the counter by one
    /// that carries nothing.
    fn presenting_verify(&self) -> u64 {
        if self.image.model == Model::Organisation {
            2
        } else {
            1
        }
    }
}

impl Stage for RecordingStage {
    fn connect(&mut self) -> Box<dyn CardChannel> {
        let reader = &self.bench.reader;
        let channel = self.bench.readers.connect(reader).expect("a card is in");
        Box::new(Recorder::on(channel, self.tape.clone()))
    }

    fn step(&mut self, title: &str) {
        self.tape.step(title);
    }

    fn prepare(&mut self, trouble: Trouble) {
        let at_verify = |kind| Fault::at_instruction(kind, VERIFY, self.presenting_verify());
        let fault = match trouble {
            Trouble::ResetFirst => Fault::at_exchange(FaultKind::Reset, 1),
            Trouble::ResetAtVerify => at_verify(FaultKind::Reset),
            Trouble::PulledAtVerify => at_verify(FaultKind::DropBefore),
        };
        let reader = &self.bench.reader;
        self.bench
            .control
            .plan(reader, fault)
            .expect("a card is in");
    }

    fn put_back(&mut self) {
        let reader = &self.bench.reader;
        self.bench
            .control
            .reinsert(reader)
            .expect("a card was pulled");
    }
}

/// Plays a scenario, and gives the script of it. What `open` says is included, not repeated.
///
/// # Panics
///
/// When the scenario does not go as it should, or the middleware says of a counter what is not so.
pub fn record(folder: Folder, scenario: &Scenario) -> Recording {
    let mut recording = perform(folder, scenario);
    if scenario.script != OPEN {
        let (_, open) = scenarios::of(folder.name, OPEN).expect("a scenario of that name");
        include(&mut recording.script, perform(folder, open).script, folder);
    }
    recording
}

/// The files of a recording that are missing in `apdu-scripts`, or say something else there.
pub fn outdated(folder: Folder, scenario: &Scenario, recording: &Recording) -> Vec<PathBuf> {
    let script = scripts::file(folder.name, scenario.script);
    let bodies = recording.bodies.iter().map(|body| {
        let path = scripts::folder().join(folder.name).join(&body.path);
        (path, body.bytes.clone())
    });
    let text = recording.script.to_string().into_bytes();
    bodies
        .chain([(script, text)])
        .filter(|(path, bytes)| !fs::read(path).is_ok_and(|kept| kept == *bytes))
        .map(|(path, _)| path)
        .collect()
}

fn perform(folder: Folder, scenario: &Scenario) -> Recording {
    let image = scenario.image(folder);
    let name = format!("{}/{}", folder.name, scenario.script);
    let mut stage = RecordingStage::new(image);
    let said = scenario
        .play(folder, &mut stage)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    for (said, is) in said.into_iter().zip(stage.bench.tries()) {
        if let Some(said) = said.tries() {
            assert_eq!(said, is, "{name}: the counters of the card are others");
        }
    }
    assert_eq!(stage.bench.verified(), [false; 3], "{name}: left verified");
    let labels = Labels {
        about: scenario.about.iter().map(ToString::to_string).collect(),
        card: folder.name.to_owned(),
        source: Source {
            kind: SourceKind::Simulated,
            detail: format!("by the virtual card {image}; not yet checked on a card"),
        },
        start: cards::starts(image),
    };
    let mut recording = stage.tape.finish(labels).expect("a card was connected to");
    assert!(!recording.private, "{name}: not a test certificate");
    if is_activated_with_a_pin(&recording.script, image) {
        rename(&mut recording.script, "PIN1", "ACTIVATION");
    }
    recording
}

/// Replaces the steps of `open` by an `include:`, if the script begins with them.
fn include(script: &mut Script, open: Script, folder: Folder) {
    let own = script.steps.strip_prefix(open.steps.as_slice());
    if let Some(own) = own.map(<[_]>::to_vec) {
        script.steps = own;
        script.included.push(open);
        script
            .header
            .include
            .push(format!("{}/{OPEN}.apdu", folder.name));
    }
}

/// Whether both PINs of the card are one activation PIN, which a recorder cannot know.
fn is_activated_with_a_pin(script: &Script, image: Image) -> bool {
    let not_activated = |start: &Start| start.state == StartState::NotActivated;
    image.model == Model::V4 && script.header.start.iter().any(not_activated)
}

fn rename(script: &mut Script, from: &str, to: &str) {
    let actions = script.steps.iter_mut().flat_map(|step| &mut step.actions);
    let exchanges = actions.filter_map(|action| match action {
        Action::Exchange(exchange) => Some(exchange),
        Action::EndWithReset(_) => None,
    });
    for item in exchanges.flat_map(|exchange| &mut exchange.command) {
        match item {
            Item::Secret { name, .. } if name == from => to.clone_into(name),
            _ => {}
        }
    }
}

/// The scenario that does nothing but open the card, and the script that others include.
pub const OPEN: &str = "open";

const VERIFY: u8 = 0x20;
