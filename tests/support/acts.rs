//! What the middleware does with a card in a scenario, and what must come of it.

use siru_apdu::CardChannel;
use siru_card::{
    Answer, Consent, FineidCard, LogOut, Pin, PinOutcome, PinRequest, PinRole, PinState, PinStates,
    Purpose, Refusal, Risk, TryUse,
};
use siru_script::{Event, Specimen};
use siru_sim::{Image, Model, Variant};

use crate::cards::{Folder, start};
use crate::signatures::Signs;

/// What the middleware does, and the name of the script in which it stands.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// The script's name, without folder and ending.
    pub script: &'static str,
    /// The generations of which there is such a script.
    pub models: &'static [Model],
    /// The state of the card at the start.
    pub variant: Variant,
    /// The comment at the top of the script.
    pub about: &'static [&'static str],
    /// What is done after the card was opened.
    pub acts: &'static [Act],
}

impl Scenario {
    /// The virtual card it begins with.
    pub const fn image(&self, folder: Folder) -> Image {
        Image::new(folder.model, self.variant)
    }

    /// Opens the card, does everything, and gives what was last said about the counters.
    ///
    /// # Errors
    ///
    /// What is not as expected.
    pub fn play(&self, folder: Folder, stage: &mut dyn Stage) -> Result<[Left; 3], String> {
        let mut performance = Performance::open(stage, start(self.image(folder)))?;
        for act in self.acts {
            performance.act(act)?;
        }
        Ok(performance.known())
    }
}

/// Where a scenario is played: on a virtual card, or on a script that plays the card.
pub trait Stage {
    /// A new connection to the card.
    fn connect(&mut self) -> Box<dyn CardChannel>;

    /// Says what follows, for whoever writes it down.
    fn step(&mut self, _title: &str) {}

    /// Prepares trouble. In a script it is written already.
    fn prepare(&mut self, _trouble: Trouble) {}

    /// Puts a pulled card back.
    fn put_back(&mut self) {}
}

/// What happens to the card in the midst of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Another program resets it before the first command.
    ResetFirst,
    /// Another program resets it when a PIN is presented with VERIFY.
    ResetAtVerify,
    /// It is pulled when a PIN is presented with VERIFY.
    PulledAtVerify,
}

/// How a code must stand, as far as the middleware says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// So many tries are left; none when it is locked.
    Tries(u8),
    /// It was never activated; so many tries are left, where the card counts them already.
    NotActivated(Option<u8>),
    /// Nothing is said about it.
    Unsaid,
}

impl Left {
    /// The number of tries, where it is said.
    pub const fn tries(self) -> Option<u8> {
        match self {
            Self::Tries(tries) => Some(tries),
            Self::NotActivated(tries) => tries,
            Self::Unsaid => None,
        }
    }

    /// What the middleware says of PIN1, PIN2 and the PUK.
    pub fn of(states: &PinStates) -> [Self; 3] {
        [states.pin1, states.pin2, states.puk].map(|state| match state {
            PinState::NotActivated { tries_left } => {
                Self::NotActivated(tries_left.map(|tries| tries.0))
            }
            state => state
                .tries_left()
                .map_or(Self::Unsaid, |tries| Self::Tries(tries.0)),
        })
    }
}

/// One thing the middleware does after the card was opened.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Presents codes.
    Present(Present),
    /// Reads the counters, which must be these.
    Refresh(&'static str, [Left; 3]),
    /// Reads all certificates; there must be some for each purpose.
    ReadCertificates(&'static str),
    /// Logs in with PIN1, signs what a log-in signs, and logs out.
    Sign(&'static str, Signs),
    /// Opens the card again, after it was put back; the counters must be these.
    OpenAgain(&'static str, [Left; 3]),
}

/// A presentation of codes, and what must come of it.
#[derive(Clone, Copy, Debug)]
pub struct Present {
    /// The title of the step.
    pub title: &'static str,
    /// Which PIN it is about.
    pub role: PinRole,
    /// What is asked for.
    pub ask: Ask,
    /// What the person accepted.
    pub consent: Consent,
    /// What goes wrong.
    pub trouble: Option<Trouble>,
    /// What must come of it.
    pub answer: Expected,
    /// How the codes must stand afterwards; those that are not involved are not read.
    pub left: [Left; 3],
}

/// What must come of a presentation. It says, too, whether a try must be used.
#[derive(Clone, Copy, Debug)]
pub enum Expected {
    /// Done.
    Done,
    /// This code was wrong, and so many tries are left.
    Wrong(PinRole, u8),
    /// This code was wrong, at its last try.
    WrongAndLocked(PinRole),
    /// Nothing was sent: this code is locked.
    NotSentAsLocked(PinRole),
    /// Nothing was sent: the person must accept this risk of this code with so many tries left.
    ConsentNeeded(PinRole, Risk, u8),
    /// This happened in place of an answer.
    Lost(Event),
}

impl Expected {
    fn matches(self, outcome: &PinOutcome) -> bool {
        let cost = match self {
            Self::Done | Self::NotSentAsLocked(_) | Self::ConsentNeeded(..) => TryUse::NotUsed,
            // The counters are read again at once, and there a right PIN has cost nothing.
            Self::Lost(Event::Reset) => TryUse::NotUsed,
            Self::Lost(_) => TryUse::Unknown,
            Self::Wrong(..) | Self::WrongAndLocked(_) => TryUse::Used,
        };
        outcome.try_use == cost
            && match (self, &outcome.answer) {
                (Self::Done, Answer::Done) => true,
                (Self::Wrong(wrong, left), Answer::Wrong { code, tries_left }) => {
                    (wrong, left) == (*code, tries_left.0)
                }
                (Self::WrongAndLocked(wrong), Answer::WrongAndLocked { code }) => wrong == *code,
                (Self::NotSentAsLocked(locked), Answer::NotSent(Refusal::Locked { code })) => {
                    locked == *code
                }
                (
                    Self::ConsentNeeded(at_stake, to_accept, left),
                    Answer::NotSent(Refusal::ConsentNeeded {
                        code,
                        risk,
                        tries_left: Some(tries_left),
                    }),
                ) => (at_stake, to_accept, left) == (*code, *risk, tries_left.0),
                (Self::Lost(event), Answer::AnswerLost(error)) => event == Event::from_error(error),
                _ => false,
            }
    }
}

/// The three requests, with the names that scripts have for the codes.
#[derive(Clone, Copy, Debug)]
pub enum Ask {
    /// Checks this PIN.
    Check(&'static str),
    /// Changes the first to the second.
    Change(&'static str, &'static str),
    /// With the first, a PUK or activation code, sets the PIN to the second.
    Unlock(&'static str, &'static str),
}

/// A card at work, and what was last said about its counters.
pub struct Performance<'stage> {
    stage: &'stage mut dyn Stage,
    card: FineidCard,
    known: [Left; 3],
}

impl<'stage> Performance<'stage> {
    /// Opens the card, whose counters must be these.
    ///
    /// # Errors
    ///
    /// What is not as expected.
    pub fn open(stage: &'stage mut dyn Stage, left: [Left; 3]) -> Result<Self, String> {
        let card = open(stage, left)?;
        Ok(Self {
            stage,
            card,
            known: left,
        })
    }

    /// Does one thing.
    ///
    /// # Errors
    ///
    /// What is not as expected.
    pub fn act(&mut self, act: &Act) -> Result<(), String> {
        match act {
            Act::Present(present) => self.present(present),
            Act::Refresh(title, left) => {
                self.stage.step(title);
                let states = self
                    .card
                    .refresh()
                    .map_err(|error| format!("{title}: {error:?}"))?;
                self.known = *left;
                expect(title, "counters", &Left::of(&states), left)
            }
            Act::ReadCertificates(title) => {
                self.stage.step(title);
                let found = self
                    .card
                    .certificates()
                    .map_err(|error| format!("{title}: {error:?}"))?;
                let mut purposes: Vec<Purpose> = found.iter().map(|found| found.purpose).collect();
                purposes.dedup();
                expect(title, "purposes", &purposes, &PURPOSES.to_vec())
            }
            Act::Sign(title, signs) => self.sign(title, *signs),
            Act::OpenAgain(title, left) => {
                self.stage.put_back();
                self.stage.step(title);
                self.card = open(self.stage, *left)?;
                self.known = *left;
                Ok(())
            }
        }
    }

    fn sign(&mut self, title: &str, signs: Signs) -> Result<(), String> {
        self.stage
            .step("Read the certificate for log-in, and set algorithm and key");
        let found = self.card.identity_certificate(Purpose::Authentication);
        let (_, key) = found
            .map_err(|error| format!("{title}: {error:?}"))?
            .ok_or_else(|| format!("{title}: no certificate"))?;
        self.stage.step("Log in with PIN1");
        let outcome = self
            .card
            .log_in(PinRole::Authentication, pin("PIN1"), Consent::Ordinary);
        if !Expected::Done.matches(&outcome) {
            return Err(format!("{title}: {outcome:?}"));
        }
        self.stage.step(title);
        let request = signs.request(&key);
        let request = request.ok_or_else(|| format!("{title}: no such key"))?;
        let signed = self.card.sign(Purpose::Authentication, &key, &request);
        let signature = signed.map_err(|error| format!("{title}: {error:?}"))?;
        expect(
            title,
            "signature",
            &key.confirms(&request, &signature),
            &true,
        )?;
        self.stage.step("Log out");
        let forgotten = self.card.log_out(PinRole::Authentication);
        expect(title, "forgotten", &forgotten, &LogOut::Forgotten)
    }

    /// What was last said about the counters.
    pub const fn known(&self) -> [Left; 3] {
        self.known
    }

    fn present(&mut self, present: &Present) -> Result<(), String> {
        self.stage.step(present.title);
        if let Some(trouble) = present.trouble {
            self.stage.prepare(trouble);
        }
        let seen = self.card.identity().clone();
        let request = request(present);
        let outcome = self.card.perform(request, &seen, present.consent);
        if !present.answer.matches(&outcome) {
            return Err(format!("{}: {outcome:?}", present.title));
        }
        if let Some(before) = &outcome.before {
            for (said, known) in Left::of(before).into_iter().zip(self.known) {
                if said != Left::Unsaid && known != Left::Unsaid {
                    expect(present.title, "counter before", &said, &known)?;
                }
            }
        }
        if let Some(after) = &outcome.after {
            expect(
                present.title,
                "counters after",
                &Left::of(after),
                &present.left,
            )?;
        }
        let stated = Left::of(self.card.states());
        expect(present.title, "counters", &stated, &present.left)?;
        for (known, left) in self.known.iter_mut().zip(present.left) {
            if left != Left::Unsaid {
                *known = left;
            }
        }
        Ok(())
    }
}

/// The certificates of a card, in the order in which the middleware gives them.
const PURPOSES: [Purpose; 3] = [
    Purpose::Authentication,
    Purpose::Signature,
    Purpose::CertificateAuthority,
];

fn open(stage: &mut dyn Stage, left: [Left; 3]) -> Result<FineidCard, String> {
    let card = FineidCard::open(stage.connect()).map_err(|error| format!("opening: {error:?}"))?;
    expect("opening", "counters", &Left::of(card.states()), &left)?;
    Ok(card)
}

fn request(present: &Present) -> PinRequest {
    let role = present.role;
    match present.ask {
        Ask::Check(name) => PinRequest::check(role, pin(name)),
        Ask::Change(old, new) => PinRequest::change(role, pin(old), pin(new), &pin(new))
            .expect("no two names have the same digits"),
        Ask::Unlock(puk, new) => PinRequest::unlock(role, pin(puk), pin(new), &pin(new))
            .expect("no two names have the same digits"),
    }
}

fn pin(name: &str) -> Pin {
    let digits = Specimen::digits(name, BLOCK).expect("a name of the specimen set");
    Pin::from_digits(digits.as_bytes()).expect("digits")
}

/// Room for any code, so that each has as many digits as it likes.
const BLOCK: usize = 12;

fn expect<T: PartialEq + std::fmt::Debug>(
    title: &str,
    what: &str,
    found: &T,
    expected: &T,
) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{title}: {what}: {found:?} and not {expected:?}"))
    }
}
