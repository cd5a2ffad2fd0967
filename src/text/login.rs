//! What came of a log-in test: which link is broken, and how to repair it.
//!
//! The same sentences stand on the command line, in the window and on the page in the browser.

use i18n_embed_fl::fl;
use siru_apdu::ReaderError;
use siru_browser::{Registration as Place, State};
use siru_card::{CardKind, OpenError, PinRole, Timestamp};
use siru_login::{BrokenLink, Page, Presented, Registration, Untrusted, Verdict};

use crate::catalogue::Texts;
use crate::codes::{issuer_selector, selector};
use crate::message::{Message, Tone};

const PIN1: &str = selector(PinRole::Authentication);

impl Texts {
    /// The verdict in words. `registration` says which browsers know the module.
    pub fn login(&self, verdict: &Verdict, registration: &Registration) -> Message {
        let loader = self.loader();
        let message = match verdict {
            Verdict::LoggedIn(_) => {
                let message = Message::new(Tone::Good, fl!(loader, "login-done"))
                    .say(fl!(loader, "login-done-detail"));
                self.without_module(message, registration)
            }
            Verdict::Broken { link, presented } => {
                let kind = presented
                    .as_ref()
                    .map_or(CardKind::Unknown, |presented| presented.leaf.kind);
                self.broken(link, registration, kind)
            }
        };
        match verdict.presented() {
            Some(presented) if presented.pin_each_time => {
                message.say(fl!(loader, "login-pin-each-time"))
            }
            _ => message,
        }
    }

    /// Who presented what: labels and values, in the order in which they are shown.
    pub fn login_rows(&self, presented: &Presented) -> Vec<(String, String)> {
        let loader = self.loader();
        let leaf = &presented.leaf;
        let mut rows = Vec::new();
        if let Some(holder) = &leaf.holder {
            rows.push((fl!(loader, "login-holder"), holder.to_string()));
        }
        rows.push((fl!(loader, "login-subject"), leaf.subject.to_string()));
        rows.push((fl!(loader, "login-issuer"), leaf.issuer.to_string()));
        rows.push((fl!(loader, "login-serial"), leaf.serial.to_string()));
        rows.push((fl!(loader, "login-key"), leaf.key.to_string()));
        rows.push((fl!(loader, "login-until"), self.date(leaf.not_after)));
        let names = presented.authorities.iter();
        let names: Vec<_> = names
            .map(|one| one.common_name.as_ref().unwrap_or(&one.subject).to_string())
            .collect();
        if !names.is_empty() {
            rows.push((fl!(loader, "login-chain"), names.join(" → ")));
        }
        let versions: Vec<_> = presented.protocols.iter().map(|one| one.name()).collect();
        if !versions.is_empty() {
            rows.push((fl!(loader, "login-protocols"), versions.join(", ")));
        }
        rows
    }

    /// The page that a browser shows.
    pub fn login_page(&self, verdict: &Verdict, registration: &Registration) -> Page {
        let message = self.login(verdict, registration);
        Page {
            language: self.language().tag(),
            title: fl!(self.loader(), "login-title"),
            headline: message.headline,
            good: message.tone == Tone::Good,
            sentences: message.detail,
            next_step: message.next_step,
            rows: verdict
                .presented()
                .map(|presented| self.login_rows(presented))
                .unwrap_or_default(),
        }
    }

    /// What a person needs to know before their browser opens: it will warn, and why.
    pub fn login_in_browser(&self) -> Message {
        let loader = self.loader();
        Message::new(Tone::Neutral, fl!(loader, "login-browser"))
            .say(fl!(loader, "login-browser-detail"))
            .next(fl!(loader, "login-browser-next"))
    }

    fn broken(&self, link: &BrokenLink, registration: &Registration, kind: CardKind) -> Message {
        match link {
            BrokenLink::NoModule
            | BrokenLink::ModuleUnusable
            | BrokenLink::ModuleRefused(_)
            | BrokenLink::NoServer
            | BrokenLink::NoBrowser => self.program_broken(link),
            BrokenLink::NotActivated
            | BrokenLink::PinLocked
            | BrokenLink::PinUnknown
            | BrokenLink::LastTry
            | BrokenLink::WrongPin { .. } => self.pin_broken(link, kind),
            BrokenLink::NotRegistered => {
                let message = self
                    .warning(fl!(self.loader(), "login-unregistered"))
                    .say(fl!(self.loader(), "login-done-detail"));
                self.without_module(message, registration)
            }
            BrokenLink::NothingPresented { by } => {
                self.nothing_presented(&registration.of_program(*by))
            }
            BrokenLink::NobodyCame => {
                let message = self
                    .warning(fl!(self.loader(), "login-nobody"))
                    .say(fl!(self.loader(), "login-nobody-detail"))
                    .next(fl!(self.loader(), "login-nobody-next"));
                match registration.is_known() {
                    Some(false) => self.without_module(message, registration),
                    _ => message,
                }
            }
            BrokenLink::NoService => self.reader_error(&ReaderError::NoService),
            BrokenLink::UnknownCard => self.open_error(&OpenError::Foreign),
            BrokenLink::NoReader
            | BrokenLink::NoCard
            | BrokenLink::SeveralCards
            | BrokenLink::AnotherCard
            | BrokenLink::LookOnly
            | BrokenLink::NoCertificate
            | BrokenLink::CardRemoved
            | BrokenLink::PinDropped => self.card_broken(link),
            BrokenLink::NoSignature(protocol) => self
                .warning(fl!(self.loader(), "login-no-signature"))
                .say(fl!(
                    self.loader(),
                    "login-no-signature-detail",
                    protocol = protocol.name()
                ))
                .next(fl!(self.loader(), "login-helpdesk")),
            BrokenLink::HandshakeFailed(protocol) => self
                .warning(fl!(self.loader(), "login-handshake"))
                .say(fl!(
                    self.loader(),
                    "login-handshake-detail",
                    protocol = protocol.name()
                ))
                .next(fl!(self.loader(), "login-again")),
            BrokenLink::WrongCertificate
            | BrokenLink::NotYetValid { .. }
            | BrokenLink::Expired { .. }
            | BrokenLink::Unreadable => self.certificate_broken(link),
            BrokenLink::RootNotKnown { root } => self
                .warning(fl!(self.loader(), "login-root"))
                .say(fl!(
                    self.loader(),
                    "login-root-detail",
                    name = root.to_string()
                ))
                .next(fl!(self.loader(), "login-root-next")),
            BrokenLink::ChainNotTrusted(untrusted) => self.untrusted(untrusted),
        }
    }

    fn program_broken(&self, link: &BrokenLink) -> Message {
        let loader = self.loader();
        let bad = |headline| Message::new(Tone::Bad, headline);
        match link {
            BrokenLink::NoModule => bad(fl!(loader, "login-no-module"))
                .say(fl!(loader, "login-no-module-detail"))
                .next(fl!(loader, "login-install")),
            BrokenLink::ModuleRefused(answer) => bad(fl!(loader, "login-module-refused"))
                .say(fl!(
                    loader,
                    "login-module-refused-detail",
                    answer = answer.to_string()
                ))
                .next(fl!(loader, "login-again")),
            BrokenLink::NoServer => bad(fl!(loader, "login-no-server"))
                .say(fl!(loader, "login-no-server-detail"))
                .next(fl!(loader, "login-helpdesk")),
            BrokenLink::NoBrowser => self
                .warning(fl!(loader, "login-no-browser"))
                .next(fl!(loader, "login-no-browser-next")),
            _ => bad(fl!(loader, "login-module-unusable"))
                .say(fl!(loader, "login-module-unusable-detail"))
                .next(fl!(loader, "login-install")),
        }
    }

    fn pin_broken(&self, link: &BrokenLink, kind: CardKind) -> Message {
        let loader = self.loader();
        match link {
            BrokenLink::PinLocked => Message::new(Tone::Bad, fl!(loader, "pin-locked"))
                .say(fl!(loader, "left-now-locked", code = PIN1))
                .next(fl!(loader, "next-unlock", kind = issuer_selector(kind))),
            BrokenLink::PinUnknown => Message::new(Tone::Bad, fl!(loader, "answer-lost"))
                .say(fl!(loader, "try-unknown"))
                .next(fl!(loader, "next-look-at-counters")),
            BrokenLink::LastTry => self
                .warning(fl!(loader, "login-last-try"))
                .say(fl!(loader, "login-last-try-detail"))
                .say(fl!(loader, "try-not-used"))
                .next(fl!(loader, "login-last-try-next")),
            BrokenLink::WrongPin { tries_left } => {
                let message = self
                    .warning(fl!(loader, "check-failed"))
                    .say(fl!(loader, "wrong-detail", code = PIN1))
                    .say(fl!(loader, "try-used"))
                    .say(match *tries_left {
                        Some(tries) => fl!(loader, "left-now", code = PIN1, tries = tries),
                        None => fl!(loader, "left-now-unknown"),
                    });
                message.next(match tries_left {
                    Some(0 | 1) => fl!(loader, "next-last-try", code = PIN1),
                    _ => fl!(loader, "next-forgotten"),
                })
            }
            _ => self
                .warning(fl!(loader, "state-not-activated"))
                .say(fl!(loader, "not-usable-detail", code = PIN1))
                .say(fl!(loader, "try-not-used"))
                .next(fl!(loader, "next-activate")),
        }
    }

    fn card_broken(&self, link: &BrokenLink) -> Message {
        let loader = self.loader();
        match link {
            BrokenLink::NoReader => self
                .warning(fl!(loader, "login-no-reader"))
                .next(fl!(loader, "login-no-reader-next")),
            BrokenLink::NoCard => self.reader_error(&ReaderError::NoCard),
            BrokenLink::SeveralCards => self
                .warning(fl!(loader, "login-several-cards"))
                .next(fl!(loader, "login-several-cards-next")),
            BrokenLink::AnotherCard => self
                .warning(fl!(loader, "read-another-card"))
                .say(fl!(loader, "login-another-card-detail"))
                .say(fl!(loader, "try-not-used"))
                .next(fl!(loader, "read-again")),
            BrokenLink::LookOnly => self
                .warning(fl!(loader, "login-look-only"))
                .say(fl!(loader, "read-only"))
                .say(fl!(loader, "try-not-used"))
                .next(fl!(loader, "login-again")),
            BrokenLink::CardRemoved => self
                .warning(fl!(loader, "login-card-removed"))
                .say(fl!(loader, "channel-card-removed"))
                .next(fl!(loader, "login-again")),
            BrokenLink::PinDropped => self
                .warning(fl!(loader, "login-pin-dropped"))
                .say(fl!(loader, "login-pin-dropped-detail"))
                .next(fl!(loader, "login-pin-dropped-next")),
            _ => self
                .warning(fl!(loader, "login-no-certificate"))
                .say(fl!(loader, "login-no-certificate-detail"))
                .next(fl!(loader, "login-helpdesk")),
        }
    }

    fn certificate_broken(&self, link: &BrokenLink) -> Message {
        let loader = self.loader();
        match link {
            BrokenLink::WrongCertificate => self
                .warning(fl!(loader, "login-wrong-certificate"))
                .say(fl!(loader, "login-wrong-certificate-detail"))
                .next(fl!(loader, "login-wrong-certificate-next")),
            BrokenLink::NotYetValid { from } => self
                .warning(fl!(loader, "login-not-yet"))
                .say(fl!(loader, "login-not-yet-detail", date = self.date(*from)))
                .next(fl!(loader, "login-clock")),
            BrokenLink::Expired { until } => self
                .warning(fl!(loader, "login-expired"))
                .say(fl!(
                    loader,
                    "login-expired-detail",
                    date = self.date(*until)
                ))
                .next(fl!(loader, "login-expired-next")),
            _ => self
                .warning(fl!(loader, "login-unreadable"))
                .next(fl!(loader, "login-helpdesk")),
        }
    }

    fn untrusted(&self, untrusted: &Untrusted) -> Message {
        let loader = self.loader();
        let why = match untrusted {
            Untrusted::MissingIssuer { issuer } => {
                fl!(loader, "login-untrusted-missing", name = issuer.to_string())
            }
            Untrusted::UnknownRoot { root } => {
                fl!(loader, "login-untrusted-root", name = root.to_string())
            }
            Untrusted::UnfitAuthority { authority } => {
                fl!(
                    loader,
                    "login-untrusted-unfit",
                    name = authority.to_string()
                )
            }
            Untrusted::BadSignature { subject } => {
                fl!(loader, "login-untrusted-forged", name = subject.to_string())
            }
        };
        self.warning(fl!(loader, "login-untrusted"))
            .say(why)
            .next(match untrusted {
                Untrusted::UnfitAuthority { .. } => fl!(loader, "login-unfit-next"),
                Untrusted::BadSignature { .. } => fl!(loader, "login-forged-next"),
                Untrusted::MissingIssuer { .. } | Untrusted::UnknownRoot { .. } => {
                    fl!(loader, "login-untrusted-next")
                }
            })
    }

    /// `registration` is that of the browser that came, when it is known which.
    fn nothing_presented(&self, registration: &Registration) -> Message {
        let loader = self.loader();
        let message = self.warning(fl!(loader, "login-nothing"));
        match registration.is_known() {
            Some(false) => self.without_module(message, registration),
            Some(true) => {
                let message = message
                    .say(fl!(loader, "login-nothing-registered"))
                    .next(fl!(loader, "login-nothing-next"));
                self.without_module(message, registration)
            }
            None => message
                .say(fl!(loader, "login-nothing-unknown"))
                .next(fl!(loader, "login-nothing-next")),
        }
    }

    /// Names the browsers that do not load the module, and what to do about them.
    fn without_module(&self, mut message: Message, registration: &Registration) -> Message {
        let loader = self.loader();
        let apart = |place: &&Place| matches!(place.state, State::Unreachable(_));
        let (shut_off, open): (Vec<_>, Vec<_>) = registration.without.iter().partition(apart);
        let mut said = Vec::new();
        if !open.is_empty() {
            let places = open.iter().map(|place| self.registration_place(place));
            let names = places.collect::<Vec<_>>().join("; ");
            said.push(fl!(loader, "login-without", names = names));
        }
        for place in open.iter().chain(&shut_off) {
            if matches!(place.state, State::Unreachable(_)) {
                let (name, state) = (
                    self.registration_place(place),
                    self.registration_state(&place.state),
                );
                said.push(format!("{name}: {state}."));
            }
            // Other modules beside it are not what is missing.
            let alone = Place {
                neighbours: Vec::new(),
                ..(**place).clone()
            };
            for advice in self.registration_advice(&alone) {
                if !said.contains(&advice) {
                    said.push(advice);
                }
            }
        }
        if !open.is_empty() {
            message.next_step = Some(fl!(loader, "login-register"));
        } else if message.next_step.is_none() {
            // What to install instead is the last that was said.
            message.next_step = said.pop();
        }
        message.detail.extend(said);
        message
    }

    const fn warning(&self, headline: String) -> Message {
        Message::new(Tone::Warning, headline)
    }

    /// A day as the language writes it.
    fn date(&self, time: Timestamp) -> String {
        let (year, month, day) = time.date();
        // As text: as numbers they would be grouped, and lose their leading zeros.
        fl!(
            self.loader(),
            "date",
            year = format!("{year:04}"),
            month = format!("{month:02}"),
            day = format!("{day:02}")
        )
    }
}
