//! What is told to a person at once: a headline, what it means, and what to do next.

/// How good or bad a message is, for colour, sound and icon. Never the only sign of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// It worked.
    Good,
    /// Neither: an answer to a question, or nothing happened.
    Neutral,
    /// It did not work, or care is needed; nothing is lost for good.
    Warning,
    /// Something is locked, or may be lost for good.
    Bad,
}

/// What is told to a person at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// A few words, without a full stop.
    pub headline: String,
    /// Whole sentences: what happened, whether a try was used, what is left.
    pub detail: Vec<String>,
    /// The way out, when there is one to name.
    pub next_step: Option<String>,
    /// How good or bad it is.
    pub tone: Tone,
}

impl Message {
    pub(crate) const fn new(tone: Tone, headline: String) -> Self {
        Self {
            headline,
            detail: Vec::new(),
            next_step: None,
            tone,
        }
    }

    pub(crate) fn say(mut self, sentence: String) -> Self {
        self.detail.push(sentence);
        self
    }

    pub(crate) fn next(mut self, step: String) -> Self {
        self.next_step = Some(step);
        self
    }
}
