//! A Windows program that has loaded one of our modules: the PKCS #11 module (`host/host.c`), or the card
//! module (`minidriver/main.c`).

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use crate::wine::{Wine, made, shipped, wine};

/// What a function of the module returned, and what it gave.
pub type Returned = (u32, Vec<u8>);

/// The running program.
pub struct Host {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Host {
    /// Starts one with the PKCS #11 module loaded and initialised.
    ///
    /// # Panics
    ///
    /// When that does not succeed.
    #[must_use]
    pub fn start(wine: &Wine) -> Self {
        let mut host = Self::begin_program(wine, "host.exe", "siru_pkcs11.dll");
        let begun = host.answer();
        assert_eq!(begun, (0, vec![2, 40]), "C_Initialize");
        host
    }

    /// Starts one with the card module loaded, of which no card was acquired yet.
    ///
    /// # Panics
    ///
    /// When that does not succeed.
    #[must_use]
    pub fn start_card_module(wine: &Wine) -> Self {
        let mut host = Self::begin_program(wine, "minidriver.exe", "siru_minidriver.dll");
        assert_eq!(host.answer(), (0, vec![]), "CardAcquireContext");
        host
    }

    fn begin_program(_wine: &Wine, program: &str, module: &str) -> Self {
        let mut child = wine(made(program))
            .arg(shipped(module))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the host starts");
        let orders = child.stdin.take().expect("a pipe");
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        Self {
            child,
            orders,
            answers,
        }
    }

    /// Does what a line says, without waiting for the answer.
    ///
    /// # Panics
    ///
    /// When the host is gone.
    pub fn begin(&mut self, order: &str) {
        writeln!(self.orders, "{order}").expect("the host listens");
    }

    /// Waits for the answer to a line.
    ///
    /// # Panics
    ///
    /// When the host is gone or answers something else.
    pub fn answer(&mut self) -> Returned {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("an answer");
        assert!(!line.starts_with("crash"), "the host ended: {line}");
        let (code, bytes) = line
            .trim_end_matches(['\r', '\n'])
            .split_once(' ')
            .unwrap_or_else(|| panic!("the host ended: {line}"));
        let bytes = (0..bytes.len() / 2)
            .map(|at| u8::from_str_radix(&bytes[2 * at..2 * at + 2], 16).expect("hexadecimal"))
            .collect();
        (u32::from_str_radix(code, 16).expect("a code"), bytes)
    }

    /// Does what a line says, and gives its answer.
    ///
    /// # Panics
    ///
    /// When the host is gone.
    pub fn order(&mut self, order: &str) -> Returned {
        self.begin(order);
        self.answer()
    }

    /// Does what a line says, which has to go well; what it gave.
    ///
    /// # Panics
    ///
    /// When it does not go well.
    pub fn succeed(&mut self, order: &str) -> Vec<u8> {
        let (returned, given) = self.order(order);
        let what = order.split(' ').next().unwrap_or_default();
        assert_eq!(returned, 0, "{what} returned {returned:#x}");
        given
    }

    /// Ends the module and the program.
    ///
    /// # Panics
    ///
    /// When they do not end well.
    pub fn finish(mut self) {
        drop(self.orders);
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("an answer");
        assert!(line.starts_with("0 "), "how it ended: {line}");
        let status = self.child.wait().expect("its end");
        assert!(status.success(), "{status}");
    }
}
