//! Firefox's own remote protocol: JSON with its length before it, over TCP.

use std::io::{BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};

/// Whose eyes a script sees with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// The page's.
    Content,
    /// The browser's own.
    Chrome,
}

/// A session with a browser.
pub struct Marionette {
    stream: BufReader<TcpStream>,
    last: u64,
    context: Context,
}

impl Marionette {
    /// Connects and begins a session that waits for no page and touches no prompt. `goes_on`: to
    /// pages whose certificate is not trusted.
    ///
    /// # Panics
    ///
    /// When the browser does not answer as expected.
    pub fn connect(port: u16, goes_on: bool) -> Self {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("the browser listens");
        stream
            .set_read_timeout(Some(LONGEST_SILENCE))
            .expect("a time limit");
        let mut marionette = Self {
            stream: BufReader::new(stream),
            last: 0,
            context: Context::Content,
        };
        let greeting = marionette.receive();
        assert_eq!(greeting["marionetteProtocol"], 3, "{greeting}");
        // As Marionette takes them: not in the frame that WebDriver has for alternatives.
        let wanted = json!({
            "acceptInsecureCerts": goes_on,
            "pageLoadStrategy": "none",
            "unhandledPromptBehavior": "ignore",
            "timeouts": { "script": SCRIPT_MILLISECONDS },
        });
        let session = marionette
            .ask("WebDriver:NewSession", &wanted)
            .unwrap_or_else(|error| panic!("no session: {error}"));
        let granted = &session["capabilities"]["pageLoadStrategy"];
        assert_eq!(*granted, wanted["pageLoadStrategy"], "{session}");
        marionette
    }

    /// Gives a command; its result, or the browser's complaint.
    pub fn ask(&mut self, command: &str, parameters: &Value) -> Result<Value, Value> {
        self.last += 1;
        let text = json!([0, self.last, command, parameters]).to_string();
        let message = format!("{}:{text}", text.len());
        self.stream
            .get_mut()
            .write_all(message.as_bytes())
            .expect("the browser reads");
        loop {
            let answer = self.receive();
            if answer[1] == self.last {
                return match &answer[2] {
                    Value::Null => Ok(answer[3].clone()),
                    error => Err(error.clone()),
                };
            }
        }
    }

    /// Runs a script; what it returns.
    pub fn run(&mut self, context: Context, script: &str, argument: Value) -> Result<Value, Value> {
        if self.context != context {
            let name = match context {
                Context::Content => "content",
                Context::Chrome => "chrome",
            };
            self.ask("Marionette:SetContext", &json!({ "value": name }))?;
            self.context = context;
        }
        let call = json!({ "script": script, "args": [argument], "sandbox": null });
        let result = self.ask("WebDriver:ExecuteScript", &call)?;
        Ok(result["value"].clone())
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut byte = [0];
            self.stream
                .read_exact(&mut byte)
                .expect("the browser answers");
            match byte {
                [b':'] => break,
                [digit] => length = length * 10 + usize::from(digit - b'0'),
            }
        }
        let mut text = vec![0; length];
        self.stream
            .read_exact(&mut text)
            .expect("the browser answers");
        serde_json::from_slice(&text).expect("JSON")
    }
}

/// A script whose page goes away may never end by itself.
const SCRIPT_MILLISECONDS: u64 = 5000;

/// On a busy machine the browser may be silent for long.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);
