//! The smallest virtual card: a thread that speaks the protocol of vsmartcard's vpcd reader.
//!
//! The card is the TCP client. Every message is two bytes of length and a payload; one byte from
//! the reader is a control (0 power off, 1 power on, 2 reset, 4 give the answer to reset), more is
//! a command.

use std::io::{ErrorKind, Read, Result, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What the card does with a command.
#[derive(Clone, Copy, Debug)]
pub enum Reaction {
    /// Answers with these bytes.
    Answer(&'static [u8]),
    /// Answers with so many bytes, the last two of them `90 00`.
    Long(usize),
    /// Leaves the reader without an answer.
    Leave,
    /// Begins an answer and leaves the reader.
    LeaveHalfway,
}

/// What happened to the card.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub power_offs: usize,
    pub resets: usize,
    pub commands: Vec<Vec<u8>>,
}

/// A card in a reader, until it is dropped.
pub struct Card {
    stream: TcpStream,
    thread: Option<JoinHandle<()>>,
    seen: Arc<Mutex<Seen>>,
}

pub const ATR: [u8; 8] = [0x3B, 0x85, 0x01, 0x54, 0x4F, 0x59, 0x36, 0x30];

impl Card {
    /// Puts a card into the reader on `port`. It answers every command with `90 00`.
    pub fn insert(port: u16) -> Self {
        Self::insert_with(port, ATR.to_vec(), |_| Reaction::Answer(&[0x90, 0x00]))
    }

    pub fn insert_with(
        port: u16,
        atr: Vec<u8>,
        react: impl Fn(&[u8]) -> Reaction + Send + 'static,
    ) -> Self {
        let stream = connect(port);
        let seen = Arc::new(Mutex::new(Seen::default()));
        let thread = {
            let (mut stream, seen) = (stream.try_clone().expect("clone"), Arc::clone(&seen));
            // The card's end is the end of the stream, in whichever way it comes.
            thread::spawn(move || drop(serve(&mut stream, &atr, &seen, react)))
        };
        Self {
            stream,
            thread: Some(thread),
            seen,
        }
    }

    pub fn seen(&self) -> Seen {
        self.seen.lock().expect("seen").clone()
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        let _gone_already = self.stream.shutdown(Shutdown::Both);
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the card's thread");
        }
    }
}

/// The reader listens when its driver is loaded and looks for a card now and then; one that has
/// just lost its card closes the old connection first.
fn connect(port: u16) -> TcpStream {
    for _ in 0..1000 {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => {
                stream.set_nodelay(true).expect("no delay");
                return stream;
            }
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                thread::sleep(Duration::from_millis(5));
            }
            Err(error) => panic!("port {port}: {error}"),
        }
    }
    panic!("no reader listens on port {port}");
}

fn serve(
    stream: &mut TcpStream,
    atr: &[u8],
    seen: &Mutex<Seen>,
    react: impl Fn(&[u8]) -> Reaction,
) -> Result<()> {
    loop {
        let mut length = [0; 2];
        receive(stream, &mut length)?;
        let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
        receive(stream, &mut message)?;
        match message.as_slice() {
            [4] => send(stream, atr)?,
            [0] => seen.lock().expect("seen").power_offs += 1,
            [2] => seen.lock().expect("seen").resets += 1,
            [] | [_] => {}
            command => {
                seen.lock().expect("seen").commands.push(message.clone());
                match react(command) {
                    Reaction::Answer(answer) => send(stream, answer)?,
                    Reaction::Long(length) => {
                        let mut answer = vec![0xA5; length - 2];
                        answer.extend([0x90, 0x00]);
                        send(stream, &answer)?;
                    }
                    Reaction::Leave => return stream.shutdown(Shutdown::Both),
                    Reaction::LeaveHalfway => {
                        stream.write_all(&[0x00, 0x0A, 0xA5])?;
                        return stream.shutdown(Shutdown::Both);
                    }
                }
            }
        }
    }
}

/// Debian 12's vpcd sends length and payload apart; without a quick acknowledgement of the first,
/// each command takes 40 ms longer. The option holds for one receipt only.
fn receive(stream: &mut TcpStream, bytes: &mut [u8]) -> Result<()> {
    let mut filled = 0;
    while filled < bytes.len() {
        rustix::net::sockopt::set_tcp_quickack(&*stream, true)?;
        match stream.read(&mut bytes[filled..])? {
            0 => return Err(ErrorKind::UnexpectedEof.into()),
            count => filled += count,
        }
    }
    Ok(())
}

fn send(stream: &mut TcpStream, payload: &[u8]) -> Result<()> {
    let length = u16::try_from(payload.len()).expect("a short message");
    stream.write_all(&[&length.to_be_bytes(), payload].concat())
}
