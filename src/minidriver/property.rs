//! What Windows asks about a card (`CardGetProperty`), as the bytes of the structures it expects.

use siru_card::KeyType;
use windows_sys::Win32::Security::Cryptography as crypto;

use crate::container::{bits, key_spec_names};
use crate::context::Minidriver;
use crate::error::Error;
use crate::pin::{ROLE_PUK, ROLE_USER};

/// A property: its bytes, and the version of the structure where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The newest version of the structure; the caller asks for this or an older one.
    pub version: Option<u32>,
}

impl Minidriver {
    /// A property by its name; `flags` says about which PIN or key.
    ///
    /// # Errors
    ///
    /// [`Error::UnsupportedFeature`] for what such a card has not, [`Error::InvalidParameter`] for a
    /// name that is none.
    pub fn property(&mut self, name: &str, flags: u32) -> Result<Property, Error> {
        let takes_flags =
            matches!(name, "Key Sizes" | "PIN Information") || name.starts_with("PIN Strength ");
        if !takes_flags && flags != 0 {
            return Err(Error::InvalidParameter);
        }
        match name {
            "Capabilities" => Ok(capabilities()),
            "Free Space" => Ok(free_space()),
            "Key Sizes" => self.key_sizes(flags),
            "PIN Information" => pin_information(flags),
            "Read Only Mode" => Ok(numbers(&[1])),
            "Cache Mode" => Ok(numbers(&[crypto::CP_CACHE_MODE_NO_CACHE])),
            "Supports Windows x.509 Enrollment" | "Key Import Support" => Ok(numbers(&[0])),
            "Card Identifier" => Ok(plain(self.card_identifier().to_vec())),
            "Card Serial Number" => Ok(plain(self.serial())),
            "PIN List" => Ok(numbers(&[pin_set(ROLE_USER) | pin_set(ROLE_PUK)])),
            "Authenticated State" => {
                let authenticated = self.is_authenticated();
                Ok(numbers(&[if authenticated {
                    pin_set(ROLE_USER)
                } else {
                    0
                }]))
            }
            "PIN Strength Verify" | "PIN Strength Change" => match flags {
                ROLE_USER => Ok(numbers(&[crypto::CARD_PIN_STRENGTH_PLAINTEXT])),
                ROLE_PUK => Err(Error::UnsupportedFeature),
                _ => Err(Error::InvalidParameter),
            },
            "PIN Strength Unblock" => match flags {
                ROLE_USER | ROLE_PUK => Ok(numbers(&[crypto::CARD_PIN_STRENGTH_PLAINTEXT])),
                _ => Err(Error::InvalidParameter),
            },
            "Algorithms" | "Padding Schemes" | "Chaining Modes" | "PIV Card" => {
                Err(Error::UnsupportedFeature)
            }
            _ => Err(Error::InvalidParameter),
        }
    }

    /// `CardQueryKeySizes`: the length of the key there is.
    ///
    /// # Errors
    ///
    /// [`Error::UnsupportedFeature`] for another kind of key.
    pub fn key_sizes(&mut self, key_spec: u32) -> Result<Property, Error> {
        if !(1..=LAST_KEY_SPEC).contains(&key_spec) {
            return Err(Error::InvalidParameter);
        }
        let key: KeyType = self.identity()?.public.key_type();
        if !key_spec_names(key, key_spec) {
            return Err(Error::UnsupportedFeature);
        }
        let bits = u32::try_from(bits(key)).map_err(|_| Error::Internal)?;
        let version = crypto::CARD_KEY_SIZES_CURRENT_VERSION;
        Ok(versioned(&[version, bits, bits, bits, 0]))
    }
}

/// Checks a property that is set: what dialogs show, which this module has none of.
///
/// # Errors
///
/// [`Error::UnsupportedFeature`] for a property that cannot be set.
pub fn set_property(name: &str, flags: u32) -> Result<(), Error> {
    match name {
        "Parent Window" | "PIN Context String" if flags == 0 => Ok(()),
        "Parent Window" | "PIN Context String" => Err(Error::InvalidParameter),
        _ => Err(Error::UnsupportedFeature),
    }
}

/// CARD_CAPABILITIES. Certificates are as they are on the card: were compression left to Windows, it
/// would expect them compressed.
pub fn capabilities() -> Property {
    versioned(&[crypto::CARD_CAPABILITIES_CURRENT_VERSION, 1, 0])
}

/// CARD_FREE_SPACE_INFO: no room for anything, and one container at most.
pub fn free_space() -> Property {
    versioned(&[crypto::CARD_FREE_SPACE_INFO_CURRENT_VERSION, 0, 0, 1])
}

/// PIN_INFO. Windows is to cache no PIN: it would present it again without asking the person.
fn pin_information(pin: u32) -> Result<Property, Error> {
    let (purpose, change, unblock) = match pin {
        ROLE_USER => (
            crypto::AuthenticationPin,
            pin_set(ROLE_USER),
            pin_set(ROLE_PUK),
        ),
        ROLE_PUK => (crypto::UnblockOnlyPin, 0, 0),
        _ => return Err(Error::InvalidParameter),
    };
    Ok(versioned(&[
        crypto::PIN_INFO_CURRENT_VERSION,
        crypto::AlphaNumericPinType.cast_unsigned(),
        purpose.cast_unsigned(),
        change,
        unblock,
        crypto::PIN_CACHE_POLICY_CURRENT_VERSION,
        crypto::PinCacheNone.cast_unsigned(),
        0,
        0,
    ]))
}

const fn pin_set(pin: u32) -> u32 {
    1 << pin
}

const fn plain(bytes: Vec<u8>) -> Property {
    Property {
        bytes,
        version: None,
    }
}

fn numbers(numbers: &[u32]) -> Property {
    plain(
        numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect(),
    )
}

/// A structure that begins with its version.
fn versioned(values: &[u32]) -> Property {
    Property {
        version: values.first().copied(),
        ..numbers(values)
    }
}

/// The last key specification of `cardmod.h`, AT_ECDHE_P521.
const LAST_KEY_SPEC: u32 = 8;
