//! The images: which virtual cards there are, under names a person types.

use std::fmt;
use std::str::FromStr;

/// The card an image imitates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Model {
    /// Citizen card v3.0, Gemalto MultiApp v3: RSA-2048, and a P-256 second signature key.
    V3,
    /// Citizen card v4, Thales MultiApp v5: P-384.
    V4,
    /// Organisation card, Idemia Cosmo X: P-384, T=1, plain PINs.
    Organisation,
    /// Citizen card of before 2017, Setec SetCOS: to be recognised, not used.
    SetCos,
    /// An Estonian card: another ATR, another application.
    Foreign,
    /// A card of the same maker as the citizen cards, without the Finnish application.
    Lookalike,
    /// A card that does not answer its reset.
    Mute,
}

/// The state an image begins in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// In use, five tries everywhere.
    Normal,
    /// As it leaves the issuer: not activated.
    Fresh,
    /// PIN1 has no try left.
    Locked,
    /// PIN2 has no try left.
    Pin2Locked,
    /// PIN1 has one try left.
    LastTry,
    /// PIN1 has no try left, the PUK one.
    PukLow,
    /// Neither PIN1 nor the PUK has a try left.
    PukSpent,
    /// The certificates have expired.
    Expired,
    /// PIN1 has one try left, and the PUK has none: a wrong PIN1 would be locked for good.
    LastTryPukSpent,
    /// Not activated, and PIN1 has no try left.
    FreshLocked,
    /// Not activated, and neither PIN1 nor the PUK has a try left.
    FreshPukSpent,
}

impl Variant {
    /// Whether the card is as it left the issuer, with PINs the holder never set.
    pub const fn is_fresh(self) -> bool {
        matches!(self, Self::Fresh | Self::FreshLocked | Self::FreshPukSpent)
    }
}

/// A model in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Image {
    /// The card it imitates.
    pub model: Model,
    /// The state it begins in.
    pub variant: Variant,
}

/// There is no image of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such image; siru-sim --images lists them")]
pub struct UnknownImage;

impl Image {
    /// Every image there is.
    pub const ALL: [Self; 33] = [
        Self::new(Model::V3, Variant::Normal),
        Self::new(Model::V3, Variant::Fresh),
        Self::new(Model::V3, Variant::Locked),
        Self::new(Model::V3, Variant::Pin2Locked),
        Self::new(Model::V3, Variant::LastTry),
        Self::new(Model::V3, Variant::PukLow),
        Self::new(Model::V3, Variant::PukSpent),
        Self::new(Model::V3, Variant::Expired),
        Self::new(Model::V3, Variant::LastTryPukSpent),
        Self::new(Model::V4, Variant::Normal),
        Self::new(Model::V4, Variant::Fresh),
        Self::new(Model::V4, Variant::Locked),
        Self::new(Model::V4, Variant::Pin2Locked),
        Self::new(Model::V4, Variant::LastTry),
        Self::new(Model::V4, Variant::PukLow),
        Self::new(Model::V4, Variant::PukSpent),
        Self::new(Model::V4, Variant::Expired),
        Self::new(Model::V4, Variant::LastTryPukSpent),
        Self::new(Model::V4, Variant::FreshLocked),
        Self::new(Model::V4, Variant::FreshPukSpent),
        Self::new(Model::Organisation, Variant::Normal),
        Self::new(Model::Organisation, Variant::Fresh),
        Self::new(Model::Organisation, Variant::Locked),
        Self::new(Model::Organisation, Variant::Pin2Locked),
        Self::new(Model::Organisation, Variant::LastTry),
        Self::new(Model::Organisation, Variant::PukLow),
        Self::new(Model::Organisation, Variant::PukSpent),
        Self::new(Model::Organisation, Variant::Expired),
        Self::new(Model::Organisation, Variant::LastTryPukSpent),
        Self::new(Model::SetCos, Variant::Normal),
        Self::new(Model::Foreign, Variant::Normal),
        Self::new(Model::Lookalike, Variant::Normal),
        Self::new(Model::Mute, Variant::Normal),
    ];

    /// A model in a state.
    pub const fn new(model: Model, variant: Variant) -> Self {
        Self { model, variant }
    }

    /// Finds the image of a name such as `v4-locked`.
    ///
    /// # Errors
    ///
    /// [`UnknownImage`] when [`Self::ALL`] has none of that name.
    pub fn parse(name: &str) -> Result<Self, UnknownImage> {
        Self::ALL
            .into_iter()
            .find(|image| image.to_string() == name)
            .ok_or(UnknownImage)
    }

    /// One line that says what the card is and in which state.
    pub fn description(self) -> String {
        let model = match self.model {
            Model::V3 => "citizen card v3.0 (2017-2021), RSA-2048",
            Model::V4 => "citizen card v4 (2023 on), P-384",
            Model::Organisation => "organisation card, P-384, T=1",
            Model::SetCos => "citizen card of before 2017, recognised but not supported",
            Model::Foreign => "an Estonian card, not ours",
            Model::Lookalike => "a card by the maker of ours, without the Finnish application",
            Model::Mute => "a card that does not answer, as if put in upside down",
        };
        let state = match (self.variant, self.model) {
            (Variant::Normal, _) => return model.to_owned(),
            (Variant::Fresh, Model::V4) => {
                "not activated: both PINs are the activation PIN 1234567"
            }
            (Variant::Fresh, _) => "not activated: the PINs are unset, activation code 12345678",
            (Variant::Locked, _) => "PIN1 locked",
            (Variant::Pin2Locked, _) => "PIN2 locked",
            (Variant::LastTry, _) => "PIN1 has one try left",
            (Variant::PukLow, _) => "PIN1 locked, the PUK has one try left",
            (Variant::PukSpent, _) => "PIN1 locked, PUK locked for good",
            (Variant::Expired, _) => "certificates expired",
            (Variant::LastTryPukSpent, _) => "PIN1 has one try left, PUK locked for good",
            (Variant::FreshLocked, _) => "not activated, PIN1 locked",
            (Variant::FreshPukSpent, _) => "not activated, PIN1 locked, PUK locked for good",
        };
        format!("{model}; {state}")
    }
}

impl fmt::Display for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.model {
            Model::V3 => "v3",
            Model::V4 => "v4",
            Model::Organisation => "organisation",
            Model::SetCos => "setcos",
            Model::Foreign => "foreign",
            Model::Lookalike => "lookalike",
            Model::Mute => "mute",
        })?;
        f.write_str(match self.variant {
            Variant::Normal => "",
            Variant::Fresh => "-fresh",
            Variant::Locked => "-locked",
            Variant::Pin2Locked => "-pin2-locked",
            Variant::LastTry => "-last-try",
            Variant::PukLow => "-puk-low",
            Variant::PukSpent => "-puk-spent",
            Variant::Expired => "-expired",
            Variant::LastTryPukSpent => "-last-try-puk-spent",
            Variant::FreshLocked => "-fresh-locked",
            Variant::FreshPukSpent => "-fresh-puk-spent",
        })
    }
}

impl FromStr for Image {
    type Err = UnknownImage;

    fn from_str(name: &str) -> Result<Self, UnknownImage> {
        Self::parse(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_image_is_found_by_its_own_name() {
        for image in Image::ALL {
            assert_eq!(Image::parse(&image.to_string()), Ok(image));
        }
        assert_eq!(
            Image::parse("v4-puk-spent").unwrap().variant,
            Variant::PukSpent
        );
        assert_eq!(Image::parse("v5"), Err(UnknownImage));
    }
}
