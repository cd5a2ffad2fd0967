//! A private display, and what is to be seen on it.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use siru_tests::rig::wait_until;

/// What was to be seen: points of four bytes, row by row.
#[derive(Default, PartialEq, Eq)]
pub struct Picture {
    points: Vec<u8>,
    row: usize,
}

impl Picture {
    /// Of a file as xwd writes it (XWDFile.h): numbers, a table of colours of twelve bytes each, and
    /// the points.
    fn of_file(file: &[u8]) -> Self {
        if file.is_empty() {
            return Self::default();
        }
        let number = |index: usize| {
            let bytes = file[4 * index..4 * index + 4].try_into().expect("a header");
            usize::try_from(u32::from_be_bytes(bytes)).expect("a length")
        };
        Self {
            points: file[number(0) + 12 * number(19)..].to_vec(),
            row: number(12),
        }
    }

    /// How many colours there are; none when there was nothing to be seen.
    #[must_use]
    pub fn colours(&self) -> usize {
        self.points.chunks(4).collect::<HashSet<_>>().len()
    }

    /// Whether there is something in the yellow of a chip that is ready; a sign of warning has another.
    #[must_use]
    pub fn is_yellow(&self) -> bool {
        // Blue, green, red.
        let yellow = |point: &&[u8]| point[0] < 0x70 && point[1] > 0xB0 && point[2] > 0xE0;
        self.points.chunks_exact(4).filter(yellow).count() > 20
    }

    /// Whether a point is darker than not.
    #[must_use]
    pub fn is_dark(&self, across: usize, down: usize) -> bool {
        let at = self.row * down + 4 * across;
        self.points
            .get(at..at + 3)
            .is_some_and(|point| point.iter().all(|colour| *colour < 0x80))
    }
}

/// A display with a window manager, and nobody else on it.
pub struct Screen {
    server: Child,
    manager: Child,
    name: String,
}

impl Screen {
    /// Starts both.
    ///
    /// # Panics
    ///
    /// When they do not start.
    #[must_use]
    pub fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x900x24"])
            .args(["+extension", "GLX", "-noreset", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        let mut number = String::new();
        BufReader::new(server.stdout.take().expect("a pipe"))
            .read_line(&mut number)
            .expect("the number of the display");
        let name = format!(":{}", number.trim());
        let manager = Command::new("openbox")
            .env("DISPLAY", &name)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("openbox starts");
        Self {
            server,
            manager,
            name,
        }
    }

    /// Lets a program show itself here, drawn without a graphics card.
    pub fn lend<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("DISPLAY", &self.name)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
    }

    /// Waits until the window with this title shows a picture: many colours, as the edges of letters
    /// have, beside a background. Its number.
    ///
    /// # Panics
    ///
    /// When none comes, or it stays blank.
    #[must_use]
    pub fn wait_drawn(&self, title: &str) -> String {
        let mut window = String::new();
        let title = format!("^{title}$");
        // Who cannot draw gives its window up for another that can.
        wait_until("a window with a picture", || {
            let found = self.xdotool(&["search", "--onlyvisible", "--name", &title]);
            found.trim().clone_into(&mut window);
            self.picture(&window).colours() > 100
        });
        window
    }

    /// How many windows with this title are to be seen.
    #[must_use]
    pub fn count(&self, title: &str) -> usize {
        let title = format!("^{title}$");
        self.xdotool(&["search", "--onlyvisible", "--name", &title])
            .lines()
            .count()
    }

    /// Puts a window away, as a person does who clicks on its first button.
    pub fn minimise(&self, window: &str) {
        self.xdotool(&["windowminimize", window]);
    }

    /// Whether a window has the keyboard.
    #[must_use]
    pub fn is_in_front(&self, window: &str) -> bool {
        self.xdotool(&["getactivewindow"]).trim() == window
    }

    /// Waits until a window shows the same for a while; what it shows.
    ///
    /// # Panics
    ///
    /// When it never rests.
    #[must_use]
    pub fn wait_rest(&self, window: &str) -> Picture {
        let mut picture = self.picture(window);
        wait_until("the window to rest", || {
            let now = self.picture(window);
            let rests = now == picture;
            picture = now;
            rests
        });
        picture
    }

    /// The number of the visible window with this title, if there is one.
    #[must_use]
    pub fn window(&self, title: &str) -> Option<String> {
        let found = self.xdotool(&["search", "--onlyvisible", "--name", &format!("^{title}$")]);
        found.lines().next().map(str::to_owned)
    }

    /// Presses the mouse at a place in a window.
    pub fn click(&self, window: &str, across: u32, down: u32) {
        let place = [across, down].map(|number| number.to_string());
        self.xdotool(&[
            "mousemove",
            "--window",
            window,
            &place[0],
            &place[1],
            "click",
            "1",
        ]);
    }

    /// Types letters and digits, slowly enough for a program under Wine.
    pub fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "60", text]);
    }

    /// Presses a key by its name.
    pub fn key(&self, name: &str) {
        self.xdotool(&["key", name]);
    }

    fn xdotool(&self, arguments: &[&str]) -> String {
        let output = Command::new("xdotool")
            .args(arguments)
            .env("DISPLAY", &self.name)
            .output()
            .expect("xdotool starts");
        String::from_utf8(output.stdout).expect("text")
    }

    /// What a window shows; nothing when there is no such window.
    ///
    /// # Panics
    ///
    /// When what is seen cannot be read.
    #[must_use]
    pub fn picture(&self, window: &str) -> Picture {
        let output = Command::new("xwd")
            .args(["-silent", "-id", window])
            .env("DISPLAY", &self.name)
            .output()
            .expect("xwd starts");
        Picture::of_file(&output.stdout)
    }

    /// Waits until a point of a window is dark.
    ///
    /// # Panics
    ///
    /// When it never is.
    pub fn wait_dark(&self, window: &str, across: usize, down: usize) {
        wait_until("something dark", || {
            self.picture(window).is_dark(across, down)
        });
    }

    /// Waits until a window shows something else than it did, and goes on showing it.
    ///
    /// # Panics
    ///
    /// When it does not.
    pub fn wait_changed(&self, window: &str, before: &Picture) {
        let mut last = Picture::default();
        wait_until("the window to change", || {
            let now = self.picture(window);
            let settled = now == last && now != *before;
            last = now;
            settled
        });
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        for child in [&mut self.manager, &mut self.server] {
            let _killed = child.kill();
            let _waited = child.wait();
        }
    }
}
