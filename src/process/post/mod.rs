//! Words from one program of a session to another: "come forward", "something changed".
//!
//! The one who listens has a named pipe, whose name holds the session and the person: two people at
//! one computer, or one who is there twice, have windows of their own. Other people may not write to
//! the pipe (*Named Pipe Security and Access Rights*: the default gives them reading at most), and
//! whoever speaks makes sure that the pipe is one of its own session. A word and its answer are
//! lines; nothing secret is among them.

use std::env;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use interprocess::ConnectWaitMode;
use interprocess::os::windows::named_pipe::{
    DuplexPipeStream, PipeListener, PipeListenerOptions, pipe_mode::Bytes,
};

use crate::abi;

/// Who listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// The window of the session.
    Window,
    /// The icon in the tray of the session.
    Tray,
    /// A test.
    #[cfg(test)]
    Test(&'static str),
}

/// Why nobody is listening, or somebody else is.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The pipe cannot be had; most often another program of the session has it.
    #[error("the pipe cannot be had")]
    Pipe(#[source] io::Error),
    /// There is no thread to listen.
    #[error("there is no thread to listen")]
    Thread(#[source] io::Error),
}

/// Why a word did not arrive.
#[derive(Debug, thiserror::Error)]
pub enum TellError {
    /// Nobody listens.
    #[error("nobody listens")]
    Nobody,
    /// Whoever listens did not take it in: it is about to end, or does not know the word.
    #[error("the word was refused")]
    Refused,
    /// Whoever listens did not answer in time. The word may have been heard.
    #[error("there was no answer in time")]
    Late,
    /// Somebody of another session listens; nothing was said.
    #[error("the pipe belongs to another session")]
    Stranger,
    /// The pipe, or the thread that would speak into it, failed.
    #[error("the pipe failed")]
    Pipe(#[from] io::Error),
}

/// What became of wanting to be the only one at an address.
#[derive(Debug)]
pub enum Claim {
    /// This program listens there now.
    Held(Listener),
    /// Another one does, and took the word in.
    Passed,
}

/// Why a program is neither the one at its address nor could say its word to that one.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// The pipe is there, but no word gets through.
    #[error(transparent)]
    Tell(#[from] TellError),
    /// Nobody has the pipe, and yet it cannot be had.
    #[error(transparent)]
    Listen(#[from] ListenError),
}

/// Says `word` to the program at `address`, or else listens there.
///
/// # Errors
///
/// Whoever listens hangs, or belongs to another person; or the system refuses.
pub fn claim<Hear>(address: Address, word: &'static str, hear: Hear) -> Result<Claim, ClaimError>
where
    Hear: Fn(&str) -> bool + Send + Sync + 'static,
{
    let hear = Arc::new(hear);
    let end = Instant::now() + PATIENCE;
    loop {
        match tell(address, word) {
            Ok(()) => return Ok(Claim::Passed),
            Err(TellError::Nobody) => {
                let hear = Arc::clone(&hear);
                match Listener::start(address, move |word| hear(word)) {
                    Ok(listener) => return Ok(Claim::Held(listener)),
                    Err(error) if Instant::now() > end => return Err(error.into()),
                    // Another start came first, this very moment.
                    Err(_) => {}
                }
            }
            Err(TellError::Refused) if Instant::now() < end => {}
            Err(error) => return Err(error.into()),
        }
        // Who is just closing leaves the address free.
        thread::sleep(CLOSING);
    }
}

/// Somebody who listens, until this is dropped.
#[derive(Debug)]
pub struct Listener {
    address: Address,
    ended: Arc<AtomicBool>,
    /// Hears the end of the thread.
    gone: Receiver<()>,
}

impl Listener {
    /// Listens at an address where nobody does. `hear` is told each word, on a thread of its own,
    /// and says whether it was taken in.
    ///
    /// # Errors
    ///
    /// Somebody listens there already, or the system refuses.
    pub fn start<Hear>(address: Address, hear: Hear) -> Result<Self, ListenError>
    where
        Hear: Fn(&str) -> bool + Send + Sync + 'static,
    {
        let name = address.name().map_err(ListenError::Pipe)?;
        // The first instance of a name or none: two starts at one moment cannot both have it.
        let pipe = PipeListenerOptions::new()
            .path(name.as_str())
            .create_duplex::<Bytes>()
            .map_err(ListenError::Pipe)?;
        let ended = Arc::new(AtomicBool::new(false));
        let (going, gone) = mpsc::channel();
        let work = {
            let ended = Arc::clone(&ended);
            move || {
                listen(pipe, &ended, &Arc::new(hear));
                drop(going);
            }
        };
        thread::Builder::new()
            .name("listener".to_owned())
            .spawn(work)
            .map_err(ListenError::Thread)?;
        Ok(Self {
            address,
            ended,
            gone,
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Release);
        // The thread waits for somebody to come; this is somebody.
        let woken = self.address.name().and_then(|name| connect(&name));
        match woken {
            // Then the name is free. Should somebody else have been woken, it is not ours to free.
            Ok(_stream) => drop(self.gone.recv_timeout(PATIENCE)),
            Err(error) => log::debug!("the listener goes with the process: {error}"),
        }
    }
}

/// Says a word to whoever listens at `address`, lets that program come before all others, and waits
/// until it was taken in.
///
/// # Errors
///
/// [`TellError`].
pub fn tell(address: Address, word: &'static str) -> Result<(), TellError> {
    let (done, result) = mpsc::channel();
    let work = move || {
        // Too late for whoever waited.
        let _late = done.send(speak(address, word));
    };
    // A pipe knows no time limit.
    thread::Builder::new()
        .name("speaker".to_owned())
        .spawn(work)?;
    result
        .recv_timeout(PATIENCE)
        .unwrap_or(Err(TellError::Late))
}

/// Says a word to whoever listens at `address`, if anybody does, and waits for nothing. While one such
/// word is on its way to somebody who hangs, no other goes out.
pub fn mention(address: Address, word: &'static str) {
    static ON_ITS_WAY: AtomicBool = AtomicBool::new(false);
    if ON_ITS_WAY.swap(true, Ordering::Relaxed) {
        return;
    }
    let work = move || {
        let spoken = speak(address, word);
        ON_ITS_WAY.store(false, Ordering::Relaxed);
        if let Err(error) = spoken {
            log::debug!("{address:?} was not told of {word}: {error}");
        }
    };
    let speaker = thread::Builder::new().name("speaker".to_owned());
    if let Err(error) = speaker.spawn(work) {
        ON_ITS_WAY.store(false, Ordering::Relaxed);
        log::warn!("no thread to tell {address:?} of {word}: {error}");
    }
}

fn speak(address: Address, word: &str) -> Result<(), TellError> {
    let stream = match connect(&address.name()?) {
        Ok(stream) => stream,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(TellError::Nobody),
        Err(error) => return Err(error.into()),
    };
    if stream.server_session_id()? != abi::session()? {
        return Err(TellError::Stranger);
    }
    // Windows lets only the program in front, or one that it allows, bring a window forward.
    let allowed = winsafe::AllowSetForegroundWindow(Some(stream.server_process_id()?));
    if let Err(error) = allowed {
        log::debug!("the other program may not come forward: {error}");
    }
    let mut stream = BufReader::new(&stream);
    writeln!(stream.get_mut(), "{word}")?;
    let mut answer = String::new();
    stream.take(LONGEST).read_line(&mut answer)?;
    match answer.trim_end() {
        TAKEN => Ok(()),
        _ => Err(TellError::Refused),
    }
}

fn connect(name: &str) -> io::Result<DuplexPipeStream<Bytes>> {
    DuplexPipeStream::connect_by_path_with_wait_mode(name, ConnectWaitMode::Timeout(PATIENCE))
}

/// Takes in whoever comes until it is ended.
fn listen<Hear>(pipe: PipeListener<Bytes, Bytes>, ended: &AtomicBool, hear: &Arc<Hear>)
where
    Hear: Fn(&str) -> bool + Send + Sync + 'static,
{
    let mut failures = 0;
    while failures < MOST_FAILURES {
        let caller = pipe.accept();
        if ended.load(Ordering::Acquire) {
            return;
        }
        let taken = caller.and_then(|caller| {
            let hear = Arc::clone(hear);
            // Whoever comes and says nothing keeps nobody else waiting.
            thread::Builder::new()
                .name("caller".to_owned())
                .spawn(move || attend(&caller, hear.as_ref()))
        });
        match taken {
            Ok(_thread) => failures = 0,
            Err(error) => {
                log::warn!("somebody came and could not be heard: {error}");
                failures += 1;
            }
        }
    }
    log::error!("no program can reach this one any more");
}

fn attend(caller: &DuplexPipeStream<Bytes>, hear: &dyn Fn(&str) -> bool) {
    let mut caller = BufReader::new(caller);
    let mut word = String::new();
    let answered = (&mut caller)
        .take(LONGEST)
        .read_line(&mut word)
        .and_then(|_length| {
            let answer = if hear(word.trim_end()) {
                TAKEN
            } else {
                REFUSED
            };
            writeln!(caller.get_mut(), "{answer}")
        });
    if let Err(error) = answered {
        log::debug!("somebody came and went: {error}");
    }
}

impl Address {
    fn name(self) -> io::Result<String> {
        let who = match self {
            Self::Window => "Siru",
            Self::Tray => "Tray",
            #[cfg(test)]
            Self::Test(name) => name,
        };
        let session = abi::session()?;
        // No name of a person holds what separates folders, which no pipe's name may hold either.
        let person = env::var("USERNAME").unwrap_or_default();
        Ok(format!(r"\\.\pipe\fi.siru.{who}-{session}-{person}"))
    }
}

/// To the window: come forward.
pub const SHOW_DEVICES: &str = "show-devices";

/// To the window: come forward with the log-in test.
pub const LOG_IN_TEST: &str = "log-in-test";

/// To the icon in the tray: cards or settings may be different now.
pub const CHANGED: &str = "changed";

/// How long the other program may take. It takes a few milliseconds.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long a program that is closing is given before it is asked again.
const CLOSING: Duration = Duration::from_millis(20);

/// The longest word or answer, in bytes.
const LONGEST: u64 = 64;

/// How often in a row nobody could be taken in before that is given up.
const MOST_FAILURES: u32 = 10;

const TAKEN: &str = "taken";
const REFUSED: &str = "refused";

#[cfg(test)]
mod tests;
