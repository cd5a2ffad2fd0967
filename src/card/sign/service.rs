//! Making a signature on a card whose PIN was verified before, in as few exchanges as it takes.
//!
//! The security environment (algorithm and key) stays set on a card until something else is
//! selected, set or reset. So it is set once, ahead of the first signature, and a signature relies
//! on it. Whether it still held is never assumed: a refusal, or a signature that the certificate's
//! key does not confirm, has everything set anew, and nothing unconfirmed is ever handed out.

use siru_apdu::select::{ApplicationId, select_application};
use siru_apdu::{CardChannel, ChannelError, Conversation, ExchangeError, StatusWord};

use super::algorithm::SignatureAlgorithm;
use super::commands;
use super::public_key::PublicKey;
use super::request::SignatureRequest;
use crate::profile::{DigestLoading, KeyReference, PKCS15};

/// Why there is no signature. No PIN was presented and no try used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The card wants the PIN first: it was never presented, another program had the card forget it,
    /// or the card asks for it anew for each signature.
    #[error("the card wants the PIN first")]
    NotVerified,
    /// Another program reset the card, which has forgotten the PIN.
    #[error("another program reset the card")]
    CardReset,
    /// The key in the certificate is of another kind than the algorithm, or the card is one that
    /// Siru only looks at.
    #[error("this key does not sign this way")]
    NotPossible,
    /// The card refused.
    #[error("the card refused to sign ({status})")]
    Refused {
        /// What it said.
        status: StatusWord,
    },
    /// The card gave something that its certificate's key does not confirm.
    #[error("the card's signature does not fit its certificate")]
    NotConfirmed,
    /// The card could not be talked to.
    #[error(transparent)]
    Unreachable(#[from] ExchangeError),
}

impl From<ChannelError> for SignError {
    fn from(error: ChannelError) -> Self {
        Self::Unreachable(error.into())
    }
}

/// A private key as commands reach it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    /// How MSE SET names it.
    pub reference: KeyReference,
    /// How the digest gets to it.
    pub digest: DigestLoading,
    /// What has to be selected for it.
    pub application: Option<ApplicationId>,
}

/// What a card was told to sign with, as far as this connection knows.
pub(crate) type Environment = Option<(KeyReference, SignatureAlgorithm)>;

/// Sets the environment ahead of a signature. A card that refuses is asked again when it signs.
pub(crate) fn prepare(
    conversation: &mut Conversation<'_>,
    key: Key,
    algorithm: SignatureAlgorithm,
) -> Result<Environment, ExchangeError> {
    let set = conversation.repeatable(&commands::set_environment(algorithm, key.reference))?;
    Ok((set.status == StatusWord::OK).then_some((key.reference, algorithm)))
}

/// Makes one signature and has `public` confirm it.
pub(crate) fn sign(
    channel: &mut dyn CardChannel,
    environment: &mut Environment,
    key: Key,
    public: &PublicKey,
    request: &SignatureRequest,
) -> Result<Vec<u8>, SignError> {
    if !public.fits(request.algorithm) {
        return Err(SignError::NotPossible);
    }
    let relied_on = std::mem::take(environment);
    let conversation = Conversation::begin(channel).map_err(|error| unreachable(error.into()))?;
    let mut work = Work {
        conversation,
        key,
        public,
        request,
    };
    let wanted = Some((key.reference, request.algorithm));
    if relied_on == wanted {
        match work.compute() {
            Ok(signature) => {
                *environment = wanted;
                return Ok(signature);
            }
            Err(SignError::Unreachable(error)) => return Err(unreachable(error)),
            // Another program may have set or selected something else meanwhile.
            Err(error) => log::debug!("the environment has to be set anew: {error}"),
        }
    }
    let signed = work.set_environment().and_then(|()| work.compute());
    let signature = signed.map_err(|error| match error {
        SignError::Unreachable(error) => unreachable(error),
        error => error,
    })?;
    if key.application.is_none() {
        *environment = wanted;
    }
    Ok(signature)
}

/// A reset in the midst of it is news of its own.
fn unreachable(error: ExchangeError) -> SignError {
    match error {
        ExchangeError::Channel(ChannelError::CardReset) => SignError::CardReset,
        error => error.into(),
    }
}

struct Work<'a, 'channel> {
    conversation: Conversation<'channel>,
    key: Key,
    public: &'a PublicKey,
    request: &'a SignatureRequest,
}

impl Work<'_, '_> {
    /// Sets algorithm and key. The application is selected when the card shows that it is not:
    /// whether selecting it makes a card forget PIN1 is not known.
    fn set_environment(&mut self) -> Result<(), SignError> {
        if let Some(application) = self.key.application {
            self.select(application)?;
        }
        let mut status = self.set()?;
        if status != StatusWord::OK && self.key.application.is_none() {
            self.select(PKCS15)?;
            status = self.set()?;
        }
        match status {
            StatusWord::OK => Ok(()),
            status => Err(SignError::Refused { status }),
        }
    }

    fn set(&mut self) -> Result<StatusWord, ExchangeError> {
        let command = commands::set_environment(self.request.algorithm, self.key.reference);
        Ok(self.conversation.repeatable(&command)?.status)
    }

    fn select(&mut self, application: ApplicationId) -> Result<(), SignError> {
        let command = select_application(application);
        match self.conversation.repeatable(&command)?.status {
            StatusWord::OK => Ok(()),
            status => Err(SignError::Refused { status }),
        }
    }

    /// Gives the card the digest, takes the signature and has it confirmed.
    fn compute(&mut self) -> Result<Vec<u8>, SignError> {
        let digest = &self.request.digest;
        let command = match self.key.digest {
            DigestLoading::Loaded => {
                let loaded = self.conversation.once(commands::load_digest(digest))?;
                accepted(loaded.status)?;
                commands::sign_loaded(self.public.signature_length())
            }
            DigestLoading::Inline => commands::sign_inline(digest),
        };
        let signed = self.conversation.once(command)?;
        accepted(signed.status)?;
        if self.public.confirms(self.request, &signed.data) {
            Ok(signed.data)
        } else {
            Err(SignError::NotConfirmed)
        }
    }
}

const fn accepted(status: StatusWord) -> Result<(), SignError> {
    match status {
        StatusWord::OK => Ok(()),
        StatusWord::SECURITY_STATUS_NOT_SATISFIED => Err(SignError::NotVerified),
        status => Err(SignError::Refused { status }),
    }
}
