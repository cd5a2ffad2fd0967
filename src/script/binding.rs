//! Names bound to bytes while a script is played, and bytes compared with items.

use zeroize::Zeroizing;

use crate::model::Item;

/// Why bytes are not what a script says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Difference {
    /// Too few or too many bytes.
    #[error("{found} bytes where the script has {expected}")]
    Length {
        /// How many the script has.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A byte differs.
    #[error("byte {position} differs")]
    Byte {
        /// The first that does, from 0.
        position: usize,
    },
    /// A name stood for other bytes before.
    #[error("{{{name}}} stood for other bytes before")]
    Rebound {
        /// Which name.
        name: String,
    },
    /// The same PIN was presented under another name: "right after wrong" was the same again.
    #[error("{{{name}}} has the bytes that were presented as {{{earlier}}}")]
    Repeated {
        /// What the script calls it here.
        name: String,
        /// What it was called before.
        earlier: String,
    },
    /// A PIN or PUK travelled as data that anyone may print.
    #[error("{{{name}}} was not sent as a secret")]
    NotSecret {
        /// What the script calls it.
        name: String,
    },
    /// A command came after the last exchange.
    #[error("the script has ended")]
    Ended,
    /// The script has the card reset here, and a command came first.
    #[error("the transaction had to end with a reset")]
    ResetExpected,
}

/// Which bytes each name stands for so far in a run. Secrets are wiped with it.
#[derive(Default)]
pub(crate) struct Bindings {
    secrets: Vec<(String, Zeroizing<Vec<u8>>)>,
    varying: Vec<(String, Vec<u8>)>,
}

impl Bindings {
    /// The bytes of a secret presented before.
    pub(crate) fn secret(&self, name: &str) -> Option<&[u8]> {
        find(&self.secrets, name).map(|bytes| bytes.as_slice())
    }

    /// The bytes that a varying name stands for: those met before, otherwise the sample.
    pub(crate) fn varying<'a>(&'a self, name: &str, sample: &'a [u8]) -> &'a [u8] {
        find(&self.varying, name).map_or(sample, Vec::as_slice)
    }

    /// Binds a secret: the same name is the same bytes, and two names never are.
    pub(crate) fn bind_secret(&mut self, name: &str, bytes: &[u8]) -> Result<(), Difference> {
        if let Some(before) = self.secret(name) {
            return (before == bytes).then_some(()).ok_or(Difference::Rebound {
                name: name.to_owned(),
            });
        }
        if let Some((earlier, _)) = self.secrets.iter().find(|(_, known)| ***known == *bytes) {
            return Err(Difference::Repeated {
                name: name.to_owned(),
                earlier: earlier.clone(),
            });
        }
        self.secrets
            .push((name.to_owned(), Zeroizing::new(bytes.to_vec())));
        Ok(())
    }

    fn bind_varying(&mut self, name: &str, bytes: &[u8]) -> Result<(), Difference> {
        match find(&self.varying, name) {
            Some(before) if before == bytes => Ok(()),
            Some(_) => Err(Difference::Rebound {
                name: name.to_owned(),
            }),
            None => {
                self.varying.push((name.to_owned(), bytes.to_vec()));
                Ok(())
            }
        }
    }

    /// Compares bytes with items, binding names on the way. `as_secret` says whether what carried
    /// the bytes hides them from print.
    pub(crate) fn compare(
        &mut self,
        items: &[Item],
        bytes: &[u8],
        as_secret: bool,
    ) -> Result<(), Difference> {
        let mut rest = bytes;
        let mut position = 0;
        for item in items {
            let Some((part, after)) = rest.split_at_checked(item.len()) else {
                // Short: an earlier byte that differs says more than the length does.
                if let Item::Bytes(expected)
                | Item::File {
                    bytes: expected, ..
                } = item
                {
                    same(expected, rest, position)?;
                }
                return Err(length(items, bytes));
            };
            match item {
                Item::Bytes(expected)
                | Item::File {
                    bytes: expected, ..
                } => {
                    same(expected, part, position)?;
                }
                Item::Varying { name, .. } => self.bind_varying(name, part)?,
                Item::Secret { name, .. } if !as_secret => {
                    return Err(Difference::NotSecret { name: name.clone() });
                }
                Item::Secret { name, .. } => self.bind_secret(name, part)?,
            }
            position += part.len();
            rest = after;
        }
        if rest.is_empty() {
            Ok(())
        } else {
            Err(length(items, bytes))
        }
    }
}

fn find<'a, T>(names: &'a [(String, T)], name: &str) -> Option<&'a T> {
    names
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value)
}

fn same(expected: &[u8], found: &[u8], start: usize) -> Result<(), Difference> {
    match expected.iter().zip(found).position(|(one, two)| one != two) {
        Some(index) => Err(Difference::Byte {
            position: start + index,
        }),
        None => Ok(()),
    }
}

fn length(items: &[Item], bytes: &[u8]) -> Difference {
    Difference::Length {
        expected: items.iter().map(Item::len).sum(),
        found: bytes.len(),
    }
}
