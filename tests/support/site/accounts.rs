//! Who may log in, and how: the rules of the service, without a network.
//!
//! An account begins with a name and a password. Its holder links the certificate of a card to it
//! and logs in by card from then on, until a new password removes the link.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use ring::pbkdf2;
use ring::rand::{SecureRandom, SystemRandom};

use super::certificate::{Fingerprint, Presented, Verdict};

/// Why somebody is turned away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Name and password do not go together.
    WrongPassword,
    /// The page is for those who are logged in.
    NotLoggedIn,
    /// The browser sent no certificate.
    NoCertificate,
    /// The certificate has expired.
    Expired,
    /// The chain does not end at a root the service trusts, or is broken otherwise.
    NotTrusted(String),
    /// The certificate is for signatures, not for logging in.
    SignatureCertificate,
    /// No account is linked to the certificate.
    NotLinked,
}

impl Refusal {
    /// The heading of the page that says so.
    pub fn heading(&self) -> &'static str {
        match self {
            Self::WrongPassword => "Wrong user name or password",
            Self::NotLoggedIn => "You are not logged in",
            Self::NoCertificate => "No certificate was sent",
            Self::Expired => "The certificate has expired",
            Self::NotTrusted(_) => "The certificate is not trusted",
            Self::SignatureCertificate => "This is the signature certificate",
            Self::NotLinked => "This card is not linked to an account",
        }
    }

    /// What to do about it.
    pub fn advice(&self) -> String {
        match self {
            Self::WrongPassword => "Try again.".to_owned(),
            Self::NotLoggedIn => "Log in by card, or by user name and password.".to_owned(),
            Self::NoCertificate => "Put the card in and load the page again.".to_owned(),
            Self::Expired => "Get a new card and link it to your account.".to_owned(),
            Self::NotTrusted(reason) => reason.clone(),
            Self::SignatureCertificate => {
                "Choose the authentication certificate, the one for PIN1.".to_owned()
            }
            Self::NotLinked => {
                "Log in by user name and password first, and link the card.".to_owned()
            }
        }
    }
}

/// All accounts.
#[derive(Debug, Default)]
pub struct Accounts {
    by_name: BTreeMap<String, Account>,
}

#[derive(Debug)]
struct Account {
    password: SaltedHash,
    linked: Option<Fingerprint>,
}

impl Accounts {
    /// Opens an account that no card is linked to.
    pub fn enrol(&mut self, name: &str, password: &str) {
        let account = Account {
            password: SaltedHash::of(password),
            linked: None,
        };
        self.by_name.insert(name.to_owned(), account);
    }

    /// Checks a name and a password.
    ///
    /// # Errors
    ///
    /// [`Refusal::WrongPassword`], also when there is no such name.
    pub fn check_password(&self, name: &str, password: &str) -> Result<(), Refusal> {
        let account = self.by_name.get(name).ok_or(Refusal::WrongPassword)?;
        if account.password.fits(password) {
            Ok(())
        } else {
            Err(Refusal::WrongPassword)
        }
    }

    /// Links a certificate to an account, in place of any before.
    ///
    /// # Errors
    ///
    /// A refusal when the certificate is none to log in with.
    pub fn link(&mut self, name: &str, presented: Option<&Presented>) -> Result<(), Refusal> {
        let fingerprint = usable(presented)?.fingerprint;
        let account = self.by_name.get_mut(name).ok_or(Refusal::NotLoggedIn)?;
        account.linked = Some(fingerprint);
        Ok(())
    }

    /// Whose certificate this is.
    ///
    /// # Errors
    ///
    /// A refusal when the certificate is none to log in with, or nobody linked it.
    pub fn owner(&self, presented: Option<&Presented>) -> Result<String, Refusal> {
        let fingerprint = usable(presented)?.fingerprint;
        self.by_name
            .iter()
            .find(|(_, account)| account.linked == Some(fingerprint))
            .map(|(name, _)| name.clone())
            .ok_or(Refusal::NotLinked)
    }

    /// Sets a new password, which removes the link to a card.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotLoggedIn`] when there is no such account.
    pub fn change_password(&mut self, name: &str, password: &str) -> Result<(), Refusal> {
        let account = self.by_name.get_mut(name).ok_or(Refusal::NotLoggedIn)?;
        account.password = SaltedHash::of(password);
        account.linked = None;
        Ok(())
    }
}

/// A certificate one may log in with: trusted, and not for signatures.
fn usable(presented: Option<&Presented>) -> Result<&Presented, Refusal> {
    let presented = presented.ok_or(Refusal::NoCertificate)?;
    match &presented.verdict {
        Verdict::Expired => Err(Refusal::Expired),
        Verdict::Refused(reason) => Err(Refusal::NotTrusted(reason.clone())),
        Verdict::Trusted if !presented.for_authentication => Err(Refusal::SignatureCertificate),
        Verdict::Trusted => Ok(presented),
    }
}

/// What is kept of a password.
#[derive(Debug)]
struct SaltedHash {
    salt: [u8; 16],
    hash: [u8; 32],
}

impl SaltedHash {
    fn of(password: &str) -> Self {
        let (mut salt, mut hash) = ([0; 16], [0; 32]);
        SystemRandom::new()
            .fill(&mut salt)
            .expect("the system has randomness");
        let bytes = password.as_bytes();
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, &salt, bytes, &mut hash);
        Self { salt, hash }
    }

    fn fits(&self, password: &str) -> bool {
        let bytes = password.as_bytes();
        pbkdf2::verify(
            pbkdf2::PBKDF2_HMAC_SHA256,
            ROUNDS,
            &self.salt,
            bytes,
            &self.hash,
        )
        .is_ok()
    }
}

/// Few, because tests wait for it and nobody steals these passwords.
const ROUNDS: NonZeroU32 = NonZeroU32::new(1000).expect("not zero");

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate(fingerprint: u8) -> Presented {
        Presented {
            fingerprint: [fingerprint; 32],
            subject: "CN=SPECIMEN".to_owned(),
            serial: fingerprint.to_string(),
            for_authentication: true,
            verdict: Verdict::Trusted,
        }
    }

    #[test]
    fn a_card_is_linked_by_password_and_then_logs_in() {
        let (card, other) = (certificate(1), certificate(2));
        let mut accounts = Accounts::default();
        accounts.enrol("aino", "first");
        assert_eq!(accounts.owner(Some(&card)), Err(Refusal::NotLinked));
        assert_eq!(
            accounts.check_password("aino", "second"),
            Err(Refusal::WrongPassword)
        );
        assert_eq!(
            accounts.check_password("eino", "first"),
            Err(Refusal::WrongPassword)
        );
        assert_eq!(accounts.check_password("aino", "first"), Ok(()));
        assert_eq!(accounts.link("aino", Some(&card)), Ok(()));
        assert_eq!(accounts.owner(Some(&card)), Ok("aino".to_owned()));
        assert_eq!(accounts.owner(Some(&other)), Err(Refusal::NotLinked));
    }

    #[test]
    fn a_new_password_and_a_renewed_card_end_the_link() {
        let (card, renewed) = (certificate(1), certificate(2));
        let mut accounts = Accounts::default();
        accounts.enrol("aino", "first");
        assert_eq!(accounts.link("aino", Some(&card)), Ok(()));
        assert_eq!(accounts.change_password("aino", "second"), Ok(()));
        assert_eq!(accounts.owner(Some(&card)), Err(Refusal::NotLinked));
        assert_eq!(
            accounts.check_password("aino", "first"),
            Err(Refusal::WrongPassword)
        );
        assert_eq!(accounts.check_password("aino", "second"), Ok(()));

        assert_eq!(accounts.link("aino", Some(&renewed)), Ok(()));
        assert_eq!(accounts.owner(Some(&renewed)), Ok("aino".to_owned()));
        assert_eq!(accounts.owner(Some(&card)), Err(Refusal::NotLinked));
    }

    #[test]
    fn only_a_trusted_authentication_certificate_is_linked_or_let_in() {
        let mut accounts = Accounts::default();
        accounts.enrol("aino", "first");
        let with = |verdict| Presented {
            verdict,
            ..certificate(1)
        };
        let signature = Presented {
            for_authentication: false,
            ..certificate(1)
        };
        let untrusted = "UnknownIssuer".to_owned();
        for (presented, refusal) in [
            (None, Refusal::NoCertificate),
            (Some(with(Verdict::Expired)), Refusal::Expired),
            (
                Some(with(Verdict::Refused(untrusted.clone()))),
                Refusal::NotTrusted(untrusted),
            ),
            (Some(signature), Refusal::SignatureCertificate),
        ] {
            assert_eq!(
                accounts.link("aino", presented.as_ref()),
                Err(refusal.clone())
            );
            assert_eq!(accounts.owner(presented.as_ref()), Err(refusal));
        }
    }
}
