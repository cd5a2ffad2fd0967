//! Which script stands for what the middleware does, on which virtual card. Whoever adds a script
//! that plays the card adds a scenario here.

use siru_card::{
    Consent, PinRole::Authentication as A, PinRole::Signature as S, PinRole::Unblocking as P, Risk,
};
use siru_script::Event;
use siru_sim::{Model, Variant};

use crate::acts::{Act, Ask, Expected, Present, Scenario, Trouble};
use crate::cards::{
    ALL, CITIZEN, FOLDERS, FRESH_CITIZEN, FRESH_ORGANISATION, Folder, UNSAID, pin1, pin1_and_puk,
    pin2, pin2_and_puk, tries,
};
use crate::signatures::Signs;

/// The scenario of a script, if it has one.
pub fn of(folder: &str, script: &str) -> Option<(Folder, &'static Scenario)> {
    all().find(|(place, scenario)| place.name == folder && scenario.script == script)
}

/// Every scenario in every folder that has it.
pub fn all() -> impl Iterator<Item = (Folder, &'static Scenario)> {
    FOLDERS.into_iter().flat_map(|folder| {
        SCENARIOS
            .iter()
            .filter(move |scenario| scenario.models.contains(&folder.model))
            .map(move |scenario| (folder, scenario))
    })
}

/// The table.
pub const SCENARIOS: &[Scenario] = &[
    Scenario {
        script: "open",
        models: ALL,
        variant: Variant::Normal,
        about: &[
            "The card is opened: application, counters, serial number, PIN directory. Nothing is spent.",
        ],
        acts: &[],
    },
    Scenario {
        script: "status-fresh",
        models: ALL,
        variant: Variant::Normal,
        about: &["The counters of a card in use, read twice: reading spends nothing."],
        acts: &[Act::Refresh("Read the counters again", tries(5, 5, 5))],
    },
    Scenario {
        script: "status-blocked",
        models: ALL,
        variant: Variant::Locked,
        about: &["PIN1 is locked; everything else has five tries."],
        acts: &[Act::Refresh("Read the counters again", tries(0, 5, 5))],
    },
    Scenario {
        script: "not-activated",
        models: CITIZEN,
        variant: Variant::Fresh,
        about: &["A card as it leaves the issuer: neither PIN is activated."],
        acts: &[Act::Refresh("Read the counters again", FRESH_CITIZEN)],
    },
    Scenario {
        script: "not-activated",
        models: &[Model::Organisation],
        variant: Variant::Fresh,
        about: &["A card as it leaves the issuer: neither PIN is activated."],
        acts: &[Act::Refresh("Read the counters again", FRESH_ORGANISATION)],
    },
    Scenario {
        script: "pin1-wrong-then-right",
        models: ALL,
        variant: Variant::Normal,
        about: &[
            "PIN1 entered wrong once, then right: the counter must come back to 5,",
            "and the card must be left without a verified PIN.",
        ],
        acts: &[
            Act::Present(Present {
                answer: Expected::Wrong(A, 4),
                left: pin1(4),
                ..right("Check PIN1, wrong", Ask::Check("PIN1.wrong"))
            }),
            Act::Present(right("Check PIN1, right", Ask::Check("PIN1"))),
        ],
    },
    Scenario {
        script: "pin2-wrong-then-right",
        models: ALL,
        variant: Variant::Normal,
        about: &["PIN2 entered wrong once, then right."],
        acts: &[
            Act::Present(Present {
                answer: Expected::Wrong(S, 4),
                left: pin2(4),
                ..right_pin2("Check PIN2, wrong", Ask::Check("PIN2.wrong"))
            }),
            Act::Present(right_pin2("Check PIN2, right", Ask::Check("PIN2"))),
        ],
    },
    Scenario {
        script: "pin1-last-try",
        models: ALL,
        variant: Variant::LastTry,
        about: &["The last try of PIN1, and it is wrong: 63C0 or 6983, and PIN1 is locked."],
        acts: &[Act::Present(Present {
            consent: Consent::Accepted(Risk::LocksPin),
            answer: Expected::WrongAndLocked(A),
            left: pin1_and_puk(0, 5),
            ..right(
                "Check PIN1, wrong, at the last try",
                Ask::Check("PIN1.wrong"),
            )
        })],
    },
    Scenario {
        script: "pin1-last-try-refused",
        models: ALL,
        variant: Variant::LastTry,
        about: &[
            "The last try of PIN1 without consent: the counters are read, and no VERIFY follows.",
        ],
        acts: &[Act::Present(Present {
            answer: Expected::ConsentNeeded(A, Risk::LocksPin, 1),
            left: pin1_and_puk(1, 5),
            ..right(
                "Check PIN1 without consent to the last try",
                Ask::Check("PIN1.wrong"),
            )
        })],
    },
    Scenario {
        script: "pin1-blocked",
        models: ALL,
        variant: Variant::Locked,
        about: &["PIN1 is locked: the counters are read, and not even the right PIN is sent."],
        acts: &[Act::Present(Present {
            answer: Expected::NotSentAsLocked(A),
            left: pin1_and_puk(0, 5),
            ..right("Check PIN1 while it is locked", Ask::Check("PIN1"))
        })],
    },
    Scenario {
        script: "pin1-change",
        models: ALL,
        variant: Variant::Normal,
        about: &["PIN1 changed, then the new one checked."],
        acts: &[
            Act::Present(right("Change PIN1", Ask::Change("PIN1", "PIN1.new"))),
            Act::Present(right("Check PIN1, the new one", Ask::Check("PIN1.new"))),
        ],
    },
    Scenario {
        script: "pin1-change-wrong-old",
        models: ALL,
        variant: Variant::Normal,
        about: &["PIN1 changed with a wrong current PIN: one try gone, the old PIN stays."],
        acts: &[
            Act::Present(Present {
                answer: Expected::Wrong(A, 4),
                left: pin1(4),
                ..right(
                    "Change PIN1, the current one wrong",
                    Ask::Change("PIN1.wrong", "PIN1.new"),
                )
            }),
            Act::Present(right("Check PIN1, the old one", Ask::Check("PIN1"))),
        ],
    },
    Scenario {
        script: "pin2-change",
        models: ALL,
        variant: Variant::Normal,
        about: &["PIN2 changed, then the new one checked."],
        acts: &[
            Act::Present(right_pin2("Change PIN2", Ask::Change("PIN2", "PIN2.new"))),
            Act::Present(right_pin2(
                "Check PIN2, the new one",
                Ask::Check("PIN2.new"),
            )),
        ],
    },
    Scenario {
        script: "unlock-pin1",
        models: ALL,
        variant: Variant::Locked,
        about: &["PIN1 is locked; the PUK sets a new one."],
        acts: &[
            Act::Present(Present {
                left: pin1_and_puk(5, 5),
                ..right("Unlock PIN1", Ask::Unlock("PUK", "PIN1.new"))
            }),
            Act::Present(right("Check PIN1, the new one", Ask::Check("PIN1.new"))),
        ],
    },
    Scenario {
        script: "unlock-pin2",
        models: ALL,
        variant: Variant::Pin2Locked,
        about: &["PIN2 is locked; the PUK sets a new one."],
        acts: &[
            Act::Present(Present {
                left: pin2_and_puk(5, 5),
                ..right_pin2("Unlock PIN2", Ask::Unlock("PUK", "PIN2.new"))
            }),
            Act::Present(right_pin2(
                "Check PIN2, the new one",
                Ask::Check("PIN2.new"),
            )),
        ],
    },
    Scenario {
        script: "unlock-wrong-puk",
        models: ALL,
        variant: Variant::Locked,
        about: &[
            "PIN1 is locked and the PUK is wrong once: one try of the PUK gone, back after the right one.",
        ],
        acts: &[
            Act::Present(Present {
                answer: Expected::Wrong(P, 4),
                left: pin1_and_puk(0, 4),
                ..right(
                    "Unlock PIN1, the PUK wrong",
                    Ask::Unlock("PUK.wrong", "PIN1.new"),
                )
            }),
            Act::Present(Present {
                left: pin1_and_puk(5, 5),
                ..right("Unlock PIN1, the PUK right", Ask::Unlock("PUK", "PIN1.new"))
            }),
        ],
    },
    Scenario {
        script: "puk-spent",
        models: ALL,
        variant: Variant::PukLow,
        about: &[
            "The last try of the PUK, and it is wrong: a locked PIN1 stays locked for good.",
            "Afterwards the PUK is not sent any more.",
        ],
        acts: &[
            Act::Present(Present {
                consent: Consent::Accepted(Risk::DestroysPuk),
                answer: Expected::WrongAndLocked(P),
                left: pin1_and_puk(0, 0),
                ..right(
                    "Unlock PIN1, the PUK wrong at its last try",
                    Ask::Unlock("PUK.wrong", "PIN1.new"),
                )
            }),
            Act::Present(Present {
                consent: Consent::All,
                answer: Expected::NotSentAsLocked(P),
                left: pin1_and_puk(0, 0),
                ..right(
                    "Unlock PIN1 while the PUK is locked",
                    Ask::Unlock("PUK", "PIN1.new"),
                )
            }),
        ],
    },
    Scenario {
        script: "activate",
        models: &[Model::V3, Model::Organisation],
        variant: Variant::Fresh,
        about: &[
            "The PINs are unset; the activation code of the letter, which is the PUK, sets each.",
        ],
        acts: &[
            Act::Present(Present {
                left: pin1_and_puk(5, 5),
                ..right("Activate PIN1", Ask::Unlock("PUK", "PIN1.new"))
            }),
            Act::Present(Present {
                left: pin2_and_puk(5, 5),
                ..right_pin2("Activate PIN2", Ask::Unlock("PUK", "PIN2.new"))
            }),
            Act::Refresh("Read the counters again", tries(5, 5, 5)),
        ],
    },
    Scenario {
        script: "activate",
        models: &[Model::V4],
        variant: Variant::Fresh,
        about: &[
            "Both PINs are the activation PIN of the letter; each is changed to one of the holder's own.",
        ],
        acts: &[
            Act::Present(right(
                "Activate PIN1",
                Ask::Change("ACTIVATION", "PIN1.new"),
            )),
            Act::Present(right_pin2(
                "Activate PIN2",
                Ask::Change("ACTIVATION", "PIN2.new"),
            )),
            Act::Refresh("Read the counters again", tries(5, 5, 5)),
        ],
    },
    Scenario {
        script: "read-certificates",
        models: ALL,
        variant: Variant::Normal,
        about: &["Every certificate on the card, found by its directory."],
        acts: &[Act::ReadCertificates("Read the certificates")],
    },
    Scenario {
        script: "removed-during-verify",
        models: ALL,
        variant: Variant::Normal,
        about: &[
            "The card is pulled while PIN1 is being checked: nobody knows whether a try is gone,",
            "so the counters are read when a card is back.",
        ],
        acts: &[
            Act::Present(Present {
                trouble: Some(Trouble::PulledAtVerify),
                answer: Expected::Lost(Event::Remove),
                left: UNSAID,
                ..right("Check PIN1, the card pulled", Ask::Check("PIN1"))
            }),
            Act::OpenAgain("Open the card again", tries(5, 5, 5)),
        ],
    },
    Scenario {
        script: "reset-by-other",
        models: ALL,
        variant: Variant::Normal,
        about: &[
            "Another program resets the card before PIN1 is checked: the application is selected,",
            "the serial number and the counters are read again, and PIN1 is sent once.",
        ],
        acts: &[Act::Present(Present {
            trouble: Some(Trouble::ResetFirst),
            ..right(
                "Check PIN1, the card reset before anything was sent",
                Ask::Check("PIN1"),
            )
        })],
    },
    Scenario {
        script: "reset-during-verify",
        models: ALL,
        variant: Variant::Normal,
        about: &["Another program's reset meets the very VERIFY: it is not sent again."],
        acts: &[Act::Present(Present {
            trouble: Some(Trouble::ResetAtVerify),
            answer: Expected::Lost(Event::Reset),
            ..right("Check PIN1, the card reset at VERIFY", Ask::Check("PIN1"))
        })],
    },
    Scenario {
        script: "sign-auth-rsa-pkcs1",
        models: &[Model::V3],
        variant: Variant::Normal,
        about: &[
            "A log-in: RSA with SHA-256 by the authentication key. The environment was set for PSS,",
            "as most log-ins want it, so it is set once more.",
            "The digest is that of the four letters \"Siru\"; the signature fits the certificate.",
        ],
        acts: &[Act::Sign("Sign with PKCS #1 v1.5", Signs::Pkcs1)],
    },
    Scenario {
        script: "sign-auth-ec",
        models: &[Model::V4, Model::Organisation],
        variant: Variant::Normal,
        about: &[
            "A log-in: ECDSA with SHA-384 by the P-384 authentication key.",
            "The digest is that of the four letters \"Siru\"; the signature fits the certificate.",
        ],
        acts: &[Act::Sign("Sign with ECDSA", Signs::Ecdsa)],
    },
];

/// Everything is right, and nothing is lost.
const fn right(title: &'static str, ask: Ask) -> Present {
    Present {
        title,
        role: A,
        ask,
        consent: Consent::Ordinary,
        trouble: None,
        answer: Expected::Done,
        left: pin1(5),
    }
}

/// The same for PIN2.
const fn right_pin2(title: &'static str, ask: Ask) -> Present {
    Present {
        role: S,
        left: pin2(5),
        ..right(title, ask)
    }
}
