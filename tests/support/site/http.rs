//! As much of HTTP/1.1 (RFC 9112) as forms and links need. Every answer closes its connection, so
//! that every page is a handshake.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};

/// What a browser asks for.
#[derive(Debug, Default)]
pub struct Request {
    /// GET or POST.
    pub method: String,
    /// The path, without a query.
    pub path: String,
    /// The fields of a form.
    pub form: BTreeMap<String, String>,
    /// The cookie by which the service knows the browser.
    pub session: Option<String>,
}

impl Request {
    /// Reads one; `None` when the other side has closed instead.
    ///
    /// # Errors
    ///
    /// When the connection breaks, or what comes is no request.
    pub fn read(stream: impl Read) -> Result<Option<Self>> {
        let mut stream = BufReader::new(stream.take(LONGEST));
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let mut words = line.split_whitespace();
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Err(malformed());
        };
        let path = target.split_once('?').map_or(target, |(path, _)| path);
        let mut request = Self {
            method: method.to_owned(),
            path: path.to_owned(),
            ..Self::default()
        };
        let mut length = 0;
        loop {
            let mut field = String::new();
            stream.read_line(&mut field)?;
            if field.trim().is_empty() {
                break;
            }
            let (name, value) = field.split_once(':').ok_or_else(malformed)?;
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().map_err(|_| malformed())?,
                "cookie" => request.session = session(value),
                _ => {}
            }
        }
        let mut body = vec![0; usize::try_from(LONGEST).map_or(length, |most| length.min(most))];
        stream.read_exact(&mut body)?;
        request.form = fields(&String::from_utf8_lossy(&body));
        Ok(Some(request))
    }

    /// A field of the form; empty when there is none.
    pub fn field(&self, name: &str) -> &str {
        self.form.get(name).map_or("", String::as_str)
    }
}

/// What the service answers.
#[derive(Debug)]
pub struct Response {
    /// The status line after the version.
    pub status: &'static str,
    /// Where the browser is to go.
    pub location: Option<&'static str>,
    /// The cookie to set.
    pub session: Option<String>,
    /// The page.
    pub body: String,
}

impl Response {
    /// Writes it out.
    ///
    /// # Errors
    ///
    /// When the connection breaks.
    pub fn write(&self, mut stream: impl Write) -> Result<()> {
        let mut head = format!(
            "HTTP/1.1 {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nConnection: close\r\n",
            self.status,
            self.body.len()
        );
        if let Some(location) = self.location {
            head += &format!("Location: {location}\r\n");
        }
        if let Some(session) = &self.session {
            head += &format!("Set-Cookie: {COOKIE}={session}; Path=/; Secure; HttpOnly\r\n");
        }
        stream.write_all(format!("{head}\r\n{}", self.body).as_bytes())?;
        stream.flush()
    }
}

/// Text as it may stand in a page.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn session(cookies: &str) -> Option<String> {
    cookies
        .split(';')
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value.to_owned())
}

/// The fields of `application/x-www-form-urlencoded`.
fn fields(body: &str) -> BTreeMap<String, String> {
    body.split('&')
        .filter_map(|field| field.split_once('='))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits: Vec<u8> = rest.by_ref().take(2).collect();
                let digits = String::from_utf8_lossy(&digits);
                u8::from_str_radix(&digits, 16).unwrap_or(b'?')
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn malformed() -> Error {
    Error::from(ErrorKind::InvalidData)
}

const COOKIE: &str = "session";
/// No form of this service comes near, in bytes.
const LONGEST: u64 = 64 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_with_a_cookie_is_read() {
        let text = "POST /login?from=card HTTP/1.1\r\nHost: localhost\r\n\
             Cookie: other=1; session=abc\r\nContent-Length: 33\r\n\r\n\
             name=%C3%85sa+S&password=a%26b%3D";
        let request = Request::read(text.as_bytes()).expect("a request");
        let request = request.expect("more than nothing");
        assert_eq!(
            (request.method.as_str(), request.path.as_str()),
            ("POST", "/login")
        );
        assert_eq!(request.session.as_deref(), Some("abc"));
        assert_eq!(
            (request.field("name"), request.field("password")),
            ("Åsa S", "a&b=")
        );
        assert!(Request::read(&b""[..]).expect("an end").is_none());
        assert!(Request::read(&b"nonsense\r\n\r\n"[..]).is_err());
    }
}
