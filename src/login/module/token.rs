//! The token to log in with: found by its certificate, so that a PIN goes to the card that was seen.

use cryptoki::context::Pkcs11;
use cryptoki::error::Error;
use cryptoki::object::{Attribute, AttributeType, CertificateType, ObjectClass};
use cryptoki::session::Session;
use cryptoki::slot::{Slot, TokenInfo};
use siru_card::{Certificate, KeyType};

use super::answer::{Doing, broken};
use crate::chain::Certified;
use crate::verdict::BrokenLink;

/// A token and its certificate for log-in.
#[derive(Debug)]
pub(crate) struct Token {
    /// Where it is.
    pub slot: Slot,
    /// What ties certificate and private key together.
    pub id: Vec<u8>,
    /// The certificate, DER.
    pub certificate: Vec<u8>,
    /// The kind of its key.
    pub key: KeyType,
    /// The other certificates on the token, DER.
    pub authorities: Vec<Vec<u8>>,
}

/// Finds the token that shows the certificate `seen`, or the only one there is.
pub(super) fn find(context: &Pkcs11, seen: Option<&[u8]>) -> Result<Token, BrokenLink> {
    let looking = |error: Error| broken(Doing::Looking, &error);
    let slots = context.get_slots_with_token().map_err(looking)?;
    if slots.is_empty() {
        let readers = context.get_all_slots().map_err(looking)?;
        return Err(if readers.is_empty() {
            BrokenLink::NoReader
        } else {
            BrokenLink::NoCard
        });
    }
    let (mut tokens, mut links) = (Vec::new(), Vec::new());
    for slot in slots {
        match read(context, slot, seen) {
            Ok(token) => tokens.push(token),
            Err(link) => links.push(link),
        }
    }
    // A card that is the right one in every respect but its PIN.
    let shut = links.iter().position(is_about_pin);
    match (tokens.pop(), tokens.is_empty(), shut) {
        (Some(token), true, None) => Ok(token),
        (Some(token), true, Some(_)) if seen.is_some() => Ok(token),
        (Some(_), ..) => Err(BrokenLink::SeveralCards),
        (None, _, Some(shut)) => Err(links.swap_remove(shut)),
        // A card in another reader says nothing about the one that was seen.
        (None, _, None) if seen.is_some() && links.len() > 1 => Err(BrokenLink::AnotherCard),
        (None, _, None) => Err(links.pop().unwrap_or(BrokenLink::NoCard)),
    }
}

/// The certificates of authorities on all tokens; what cannot be read is left out.
pub(super) fn authorities(context: &Pkcs11) -> Result<Vec<Vec<u8>>, BrokenLink> {
    let looking = |error: Error| broken(Doing::Looking, &error);
    let mut found = Vec::new();
    for slot in context.get_slots_with_token().map_err(looking)? {
        let shown = context
            .open_ro_session(slot)
            .map_err(looking)
            .and_then(|session| certificates(&session));
        for Shown { value, .. } in shown.unwrap_or_default() {
            if Certified::parse(&value).is_some_and(|one| one.may_issue(0)) {
                found.push(value);
            }
        }
    }
    Ok(found)
}

const fn is_about_pin(link: &BrokenLink) -> bool {
    matches!(
        link,
        BrokenLink::PinLocked
            | BrokenLink::NotActivated
            | BrokenLink::LookOnly
            | BrokenLink::LastTry
    )
}

fn read(context: &Pkcs11, slot: Slot, seen: Option<&[u8]>) -> Result<Token, BrokenLink> {
    let looking = |error: Error| broken(Doing::Looking, &error);
    let session = context.open_ro_session(slot).map_err(looking)?;
    let token = certificate_for_log_in(&session, slot, seen)?;
    // The module knows the state of the PIN only after it has read the card.
    let info = context.get_token_info(slot).map_err(looking)?;
    refuse_early(&info)?;
    Ok(token)
}

/// What C_Login would refuse anyway is told before a PIN is asked for.
fn refuse_early(info: &TokenInfo) -> Result<(), BrokenLink> {
    if info.user_pin_locked() {
        Err(BrokenLink::PinLocked)
    } else if info.user_pin_to_be_changed() {
        Err(BrokenLink::NotActivated)
    } else if !info.user_pin_initialized() {
        Err(BrokenLink::LookOnly)
    } else if info.user_pin_final_try() {
        Err(BrokenLink::LastTry)
    } else {
        Ok(())
    }
}

/// The certificate for log-in. Its private key is looked for after the log-in, by the same CKA_ID:
/// before, modules hide it.
fn certificate_for_log_in(
    session: &Session,
    slot: Slot,
    seen: Option<&[u8]>,
) -> Result<Token, BrokenLink> {
    let mut chosen: Option<(Vec<u8>, Vec<u8>, KeyType)> = None;
    let mut authorities = Vec::new();
    let mut any = false;
    for Shown { id, value } in certificates(session)? {
        any = true;
        let Some(certified) = Certified::parse(&value) else {
            continue;
        };
        let der = certified.der().to_vec();
        let meant = match seen {
            Some(seen) => Certified::parse(seen).is_some_and(|seen| seen.der() == der),
            None => certified.may_log_in() && !certified.may_issue(0),
        };
        let said: &Certificate = certified.said();
        if meant && chosen.is_none() {
            chosen = Some((id, der, said.key));
        } else {
            authorities.push(der);
        }
    }
    let (id, certificate, key) = chosen.ok_or(if seen.is_some() && any {
        BrokenLink::AnotherCard
    } else {
        BrokenLink::NoCertificate
    })?;
    Ok(Token {
        slot,
        id,
        certificate,
        key,
        authorities,
    })
}

/// A certificate object.
struct Shown {
    id: Vec<u8>,
    value: Vec<u8>,
}

fn certificates(session: &Session) -> Result<Vec<Shown>, BrokenLink> {
    let looking = |error: Error| broken(Doing::Looking, &error);
    let template = [
        Attribute::Class(ObjectClass::CERTIFICATE),
        Attribute::CertificateType(CertificateType::X_509),
    ];
    let mut found = Vec::new();
    for object in session.find_objects(&template).map_err(looking)? {
        let attributes = session
            .get_attributes(object, &[AttributeType::Id, AttributeType::Value])
            .map_err(looking)?;
        let (mut id, mut value) = (Vec::new(), Vec::new());
        for attribute in attributes {
            match attribute {
                Attribute::Id(bytes) => id = bytes,
                Attribute::Value(bytes) => value = bytes,
                _ => {}
            }
        }
        found.push(Shown { id, value });
    }
    Ok(found)
}
