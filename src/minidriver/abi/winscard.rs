//! The smart card service of Windows, by the handles of the caller.

use std::ptr;

use siru_apdu::Protocol;
use windows_sys::Win32::Foundation::SCARD_E_PROTO_MISMATCH;
use windows_sys::Win32::Security::Credentials as card;

use crate::service::{CardStatus, Fault, Service};

/// `winscard.dll`.
#[derive(Debug)]
pub struct Winscard;

impl Service for Winscard {
    fn status(&self, handle: usize) -> Result<CardStatus, Fault> {
        let (mut state, mut protocol, mut length) = (0, 0, 36);
        let mut atr = [0; 36];
        // SAFETY: all room is ours, and as long as it says; the names are not asked for.
        let code = unsafe {
            card::SCardStatusW(
                handle,
                ptr::null_mut(),
                ptr::null_mut(),
                &raw mut state,
                &raw mut protocol,
                atr.as_mut_ptr(),
                &raw mut length,
            )
        };
        check(code)?;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        Ok(CardStatus {
            atr: atr.get(..length).unwrap_or(&atr).to_vec(),
            protocol: match protocol {
                card::SCARD_PROTOCOL_T0 => Protocol::T0,
                card::SCARD_PROTOCOL_T1 => Protocol::T1,
                _ => return Err(Fault::new(SCARD_E_PROTO_MISMATCH.cast_unsigned())),
            },
        })
    }

    fn transmit(
        &self,
        handle: usize,
        protocol: Protocol,
        command: &[u8],
        answer: &mut [u8],
    ) -> Result<usize, Fault> {
        let request = card::SCARD_IO_REQUEST {
            dwProtocol: match protocol {
                Protocol::T0 => card::SCARD_PROTOCOL_T0,
                Protocol::T1 => card::SCARD_PROTOCOL_T1,
            },
            cbPciLength: REQUEST_LENGTH,
        };
        let sent = u32::try_from(command.len()).unwrap_or(u32::MAX);
        let mut length = u32::try_from(answer.len()).unwrap_or(u32::MAX);
        // SAFETY: command and answer are slices of those lengths, the request is ours.
        let code = unsafe {
            card::SCardTransmit(
                handle,
                &raw const request,
                command.as_ptr(),
                sent,
                ptr::null_mut(),
                answer.as_mut_ptr(),
                &raw mut length,
            )
        };
        check(code)?;
        Ok(usize::try_from(length).unwrap_or(usize::MAX))
    }

    fn reset(&self, handle: usize) -> Result<(), Fault> {
        let mut protocol = 0;
        let protocols = card::SCARD_PROTOCOL_T0 | card::SCARD_PROTOCOL_T1;
        // SAFETY: the number is ours.
        let code = unsafe {
            card::SCardReconnect(
                handle,
                card::SCARD_SHARE_SHARED,
                protocols,
                card::SCARD_RESET_CARD,
                &raw mut protocol,
            )
        };
        check(code)
    }
}

const fn check(code: i32) -> Result<(), Fault> {
    match code {
        0 => Ok(()),
        code => Err(Fault::new(code.cast_unsigned())),
    }
}

/// An SCARD_IO_REQUEST has two numbers of four bytes.
const REQUEST_LENGTH: u32 = 8;
