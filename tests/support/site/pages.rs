//! The pages: what each path answers to whom.

use std::collections::BTreeMap;
use std::fmt::Write;

use ring::rand::{SecureRandom, SystemRandom};

use super::accounts::{Accounts, Refusal};
use super::certificate::Presented;
use super::http::{Request, Response, escaped};
use super::log::Verify;

/// The accounts, and who is logged in.
#[derive(Debug, Default)]
pub struct Service {
    /// All accounts.
    pub accounts: Accounts,
    /// The account's name by the session's.
    sessions: BTreeMap<String, String>,
}

/// What is known of the connection on which a request came.
#[derive(Debug)]
pub struct Visit<'a> {
    /// Its protocol, as `TLSv1.3`.
    pub version: &'a str,
    /// The certificate of the handshake.
    pub presented: Option<&'a Presented>,
}

impl Service {
    /// Answers a request.
    pub fn answer(&mut self, request: &Request, visit: &Visit<'_>) -> Response {
        let name = self.visitor(request);
        let answer = match (request.method.as_str(), request.path.as_str()) {
            ("GET", "/") => Ok(page("200 OK", "Who are you?", &who(visit, name.as_deref()))),
            ("GET", "/login") => Ok(page("200 OK", "Log in", LOGIN_FORM)),
            ("POST", "/login") => self.log_in(request),
            ("GET", "/card") => self.log_in_by_card(visit),
            ("GET", "/link") => personal(name).map(|_| page("200 OK", "Link the card", LINK_FORM)),
            ("POST", "/link") => personal(name).and_then(|name| {
                self.accounts.link(&name, visit.presented)?;
                Ok(page(
                    "200 OK",
                    "The card is linked",
                    &said(&name, "may log in by card"),
                ))
            }),
            ("GET", "/password") => {
                personal(name).map(|_| page("200 OK", "New password", PASSWORD_FORM))
            }
            ("POST", "/password") => personal(name).and_then(|name| {
                self.accounts
                    .change_password(&name, request.field("password"))?;
                let text = said(&name, "must link the card again");
                Ok(page("200 OK", "The password is changed", &text))
            }),
            ("GET", "/query") => personal(name).map(|name| {
                page(
                    "200 OK",
                    "Your own records",
                    &said(&name, "has no records here"),
                )
            }),
            ("GET", "/logout") => {
                self.sessions
                    .remove(request.session.as_deref().unwrap_or(""));
                Ok(page("200 OK", "Logged out", ""))
            }
            _ => Ok(page("404 Not Found", "There is no such page", "")),
        };
        answer.unwrap_or_else(|refusal| refused(&refusal))
    }

    fn visitor(&self, request: &Request) -> Option<String> {
        self.sessions.get(request.session.as_ref()?).cloned()
    }

    fn log_in(&mut self, request: &Request) -> Result<Response, Refusal> {
        let (name, password) = (request.field("name"), request.field("password"));
        self.accounts.check_password(name, password)?;
        Ok(self.welcome(name))
    }

    fn log_in_by_card(&mut self, visit: &Visit<'_>) -> Result<Response, Refusal> {
        let name = self.accounts.owner(visit.presented)?;
        Ok(self.welcome(&name))
    }

    /// A new session, and the way to what is shown to those who have one.
    fn welcome(&mut self, name: &str) -> Response {
        let mut random = [0; 16];
        SystemRandom::new()
            .fill(&mut random)
            .expect("the system has randomness");
        let session = format!("{:032x}", u128::from_be_bytes(random));
        self.sessions.insert(session.clone(), name.to_owned());
        Response {
            status: "303 See Other",
            location: Some("/query"),
            session: Some(session),
            body: String::new(),
        }
    }
}

fn personal(name: Option<String>) -> Result<String, Refusal> {
    name.ok_or(Refusal::NotLoggedIn)
}

/// Line by line, for tests to read.
fn who(visit: &Visit<'_>, name: Option<&str>) -> String {
    let verify = Verify::of(visit.presented);
    let mut lines = format!("verify={verify}\nproto={}\n", visit.version);
    if let Some(presented) = visit.presented {
        let _ = write!(
            lines,
            "dn={}\nserial={}\n",
            presented.subject, presented.serial
        );
    }
    let _ = writeln!(lines, "account={}", name.unwrap_or("none"));
    format!("<pre>{}</pre>", escaped(&lines))
}

fn refused(refusal: &Refusal) -> Response {
    let text = format!("<p>{}</p>", escaped(&refusal.advice()));
    page("403 Forbidden", refusal.heading(), &text)
}

fn said(name: &str, what: &str) -> String {
    format!("<p>{} {what}.</p>", escaped(name))
}

fn page(status: &'static str, title: &str, content: &str) -> Response {
    let title = escaped(title);
    // The empty icon spares the browser a connection of its own for one.
    let body = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <link rel=\"icon\" href=\"data:,\"></head><body><h1>{title}</h1>\n{content}\n</body></html>"
    );
    Response {
        status,
        location: None,
        session: None,
        body,
    }
}

const LOGIN_FORM: &str = "<form method=\"post\"><label>User name <input name=\"name\"></label> \
    <label>Password <input name=\"password\" type=\"password\"></label> <button>Log in</button></form> \
    <a href=\"/card\">Log in by card</a>";
const LINK_FORM: &str = "<form method=\"post\"><button>Link this card</button></form>";
const PASSWORD_FORM: &str = "<form method=\"post\">\
    <label>New password <input name=\"password\" type=\"password\"></label> <button>Change</button></form>";
