//! The one key container of a card: the key for log-in, by which Windows knows it and in the forms
//! in which Windows takes its public half.
//!
//! The key signs and does nothing else, so it is a signature key (`AT_SIGNATURE`). An RSA key is told
//! as a PUBLICKEYBLOB (*CryptoAPI*, little-endian), a key on a curve as a BCRYPT_ECCKEY_BLOB.

use siru_card::{KeyType, PublicKey};
use windows_sys::Win32::Security::Cryptography as crypto;

use crate::context::Minidriver;
use crate::digest::{self, Purpose};
use crate::error::Error;

/// The number of the container.
pub const CONTAINER: u8 = 0;

impl Minidriver {
    /// The public key of a container, as `CONTAINER_INFO` has it.
    ///
    /// # Errors
    ///
    /// [`Error::NoKeyContainer`] for any other container than the one there is.
    pub fn public_key(&mut self, container: u8) -> Result<Vec<u8>, Error> {
        if container != CONTAINER {
            return Err(Error::NoKeyContainer);
        }
        blob(&self.identity()?.public).ok_or(Error::NoKeyContainer)
    }

    /// The file `cmapfile`: one CONTAINER_MAP_RECORD.
    ///
    /// # Errors
    ///
    /// [`Error::NoKeyContainer`] when the card has no certificate for log-in.
    pub fn container_map(&mut self) -> Result<Vec<u8>, Error> {
        let public = self.identity()?.public;
        let name = digest::as_text(digest::identifier(Purpose::Container, public.info()));
        let mut record = Vec::with_capacity(MAP_RECORD);
        for unit in name.encode_utf16() {
            record.extend_from_slice(&unit.to_le_bytes());
        }
        record.resize(MAP_NAME, 0);
        let flags = crypto::CONTAINER_MAP_VALID_CONTAINER | crypto::CONTAINER_MAP_DEFAULT_CONTAINER;
        record.push(u8::try_from(flags).map_err(|_| Error::Internal)?);
        record.push(0);
        let bits = u16::try_from(bits(public.key_type())).map_err(|_| Error::Internal)?;
        record.extend_from_slice(&bits.to_le_bytes());
        record.extend_from_slice(&0_u16.to_le_bytes());
        Ok(record)
    }
}

/// How long a key is, in bits.
pub const fn bits(key: KeyType) -> usize {
    match key {
        KeyType::Rsa { bits } => bits,
        KeyType::P256 => 256,
        KeyType::P384 => 384,
        KeyType::Unknown => 0,
    }
}

/// Whether `key_spec` is the word for keys of this kind.
pub const fn key_spec_names(key: KeyType, key_spec: u32) -> bool {
    match key {
        KeyType::Rsa { .. } => matches!(key_spec, crypto::AT_SIGNATURE | crypto::AT_KEYEXCHANGE),
        KeyType::P256 => key_spec == AT_ECDSA_P256,
        KeyType::P384 => key_spec == AT_ECDSA_P384,
        KeyType::Unknown => false,
    }
}

/// Whether a key of this kind is what a caller means by `key_spec`, which signs with any key in the one
/// place that keys for signatures have.
pub const fn key_spec_fits(key: KeyType, key_spec: u32) -> bool {
    match key_spec {
        crypto::AT_SIGNATURE | crypto::AT_KEYEXCHANGE => true,
        AT_ECDSA_P256 => matches!(key, KeyType::P256),
        AT_ECDSA_P384 => matches!(key, KeyType::P384),
        _ => false,
    }
}

fn blob(public: &PublicKey) -> Option<Vec<u8>> {
    if let Some((modulus, exponent)) = public.rsa_numbers() {
        let mut blob = vec![PUBLIC_KEY_BLOB, BLOB_VERSION, 0, 0];
        blob.extend_from_slice(&crypto::CALG_RSA_SIGN.to_le_bytes());
        blob.extend_from_slice(b"RSA1");
        blob.extend_from_slice(&u32::try_from(modulus.len() * 8).ok()?.to_le_bytes());
        let mut number: Vec<u8> = exponent.into_iter().rev().collect();
        if number.len() > 4 {
            return None;
        }
        number.resize(4, 0);
        blob.extend_from_slice(&number);
        blob.extend(modulus.into_iter().rev());
        return Some(blob);
    }
    let magic = match public.key_type() {
        KeyType::P256 => crypto::BCRYPT_ECDSA_PUBLIC_P256_MAGIC,
        KeyType::P384 => crypto::BCRYPT_ECDSA_PUBLIC_P384_MAGIC,
        _ => return None,
    };
    let point = public.point()?;
    let coordinates = point.strip_prefix(&[0x04])?;
    let mut blob = magic.to_le_bytes().to_vec();
    blob.extend_from_slice(&u32::try_from(coordinates.len() / 2).ok()?.to_le_bytes());
    blob.extend_from_slice(coordinates);
    Some(blob)
}

/// The name in a record: 40 characters of UTF-16.
const MAP_NAME: usize = 80;
/// The whole record.
const MAP_RECORD: usize = MAP_NAME + 6;
/// bType and bVersion of a PUBLICKEYBLOB (`wincrypt.h`).
const PUBLIC_KEY_BLOB: u8 = 0x06;
const BLOB_VERSION: u8 = 0x02;
/// Key specifications of `cardmod.h` that are not in the system's own bindings.
pub const AT_ECDSA_P256: u32 = 3;
/// As [`AT_ECDSA_P256`].
pub const AT_ECDSA_P384: u32 = 4;
