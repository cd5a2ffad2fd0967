//! Attributes: what an object says of itself, in the bytes PKCS #11 wants.

use cryptoki_sys::{CK_ATTRIBUTE_TYPE, CK_BBOOL, CK_FALSE, CK_TRUE, CK_ULONG};

/// One attribute of a search: its type and the value it must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which attribute.
    pub kind: CK_ATTRIBUTE_TYPE,
    /// Its value.
    pub value: Vec<u8>,
}

/// The value of an attribute of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// These bytes.
    Bytes(Vec<u8>),
    /// It never leaves the card.
    Sensitive,
    /// The object has no such attribute.
    Absent,
}

impl Value {
    /// A truth value.
    pub fn truth(value: bool) -> Self {
        let value: CK_BBOOL = if value { CK_TRUE } else { CK_FALSE };
        Self::Bytes(vec![value])
    }

    /// A number.
    pub fn number(value: CK_ULONG) -> Self {
        Self::Bytes(value.to_ne_bytes().to_vec())
    }

    /// Several numbers.
    pub fn numbers(values: &[CK_ULONG]) -> Self {
        Self::Bytes(
            values
                .iter()
                .flat_map(|value| value.to_ne_bytes())
                .collect(),
        )
    }

    /// Whether it is these bytes.
    pub fn is(&self, wanted: &[u8]) -> bool {
        matches!(self, Self::Bytes(value) if value == wanted)
    }

    /// Text or bytes.
    pub fn bytes(value: impl Into<Vec<u8>>) -> Self {
        Self::Bytes(value.into())
    }
}
