//! The people on the cards: specimen persons with numbers beginning with 999, who do not exist.

/// Whom a card is issued to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Specimen {
    /// Given name.
    pub given_name: &'static str,
    /// Surname.
    pub surname: &'static str,
    /// The eight digits of the electronic identification number.
    pub number: u32,
    /// The part of the mail address before the @, in ASCII.
    pub mailbox: &'static str,
    /// Employer and title, on an organisation card.
    pub position: Option<Position>,
}

/// What an organisation card says besides the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Organisation.
    pub organisation: &'static str,
    /// Unit in it.
    pub unit: &'static str,
    /// Title.
    pub title: &'static str,
}

impl Specimen {
    /// The electronic identification number: eight digits and their check character.
    pub fn identification_number(&self) -> String {
        format!("{:08}{}", self.number, check_character(self.number))
    }

    /// The common name of the certificates: citizens in capitals, as on the real cards.
    pub fn common_name(&self) -> String {
        let number = self.identification_number();
        match self.position {
            Some(_) => format!("{} {} {number}", self.surname, self.given_name),
            None => format!("{} {number}", self.capitals()),
        }
    }

    fn capitals(&self) -> String {
        format!("{} {}", self.surname, self.given_name).to_uppercase()
    }
}

/// The remainder of the digits modulo 31, in the alphabet that leaves out what looks alike.
fn check_character(number: u32) -> char {
    let alphabet = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    let index = usize::try_from(number % 31).unwrap_or_default();
    alphabet.chars().nth(index).unwrap_or('0')
}

/// Holder of the v3 card.
pub const AINO: Specimen = Specimen {
    given_name: "Aino",
    surname: "Specimen-Mäkelä",
    number: 99_910_017,
    mailbox: "aino.specimen-makela",
    position: None,
};

/// Holder of the v4 card.
pub const BJORN: Specimen = Specimen {
    given_name: "Björn",
    surname: "Specimen-Åström",
    number: 99_910_025,
    mailbox: "bjorn.specimen-astrom",
    position: None,
};

/// Holder of the v4 card that is not activated yet.
pub const PAIVI: Specimen = Specimen {
    given_name: "Päivi",
    surname: "Specimen-Hyvönen",
    number: 99_910_033,
    mailbox: "paivi.specimen-hyvonen",
    position: None,
};

/// Holder of the organisation card.
pub const ASA: Specimen = Specimen {
    given_name: "Åsa",
    surname: "Specimen-Sjögren",
    number: 99_910_041,
    mailbox: "asa.specimen-sjogren",
    position: Some(Position {
        organisation: "Esimerkkivirasto TEST",
        unit: "Rekisteröintipiste",
        title: "Palveluneuvoja",
    }),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_is_the_one_on_public_specimen_cards() {
        assert_eq!(check_character(99_900_335), 'E');
        assert_eq!(check_character(99_902_038), 'C');
    }

    #[test]
    fn a_citizen_is_written_in_capitals_with_the_number() {
        assert_eq!(BJORN.common_name(), "SPECIMEN-ÅSTRÖM BJÖRN 999100251");
        assert_eq!(ASA.common_name(), "Specimen-Sjögren Åsa 99910041J");
    }
}
