//! The cards that the installer has Windows hand to this module, against those that it takes.

use std::path::Path;

use siru_apdu::hex;
use siru_sim::Image;

use super::FakeService;

/// A line of the installer's table: the answer to reset of a family, and which of its bits count.
struct Family {
    name: String,
    atr: Vec<u8>,
    mask: Vec<u8>,
}

impl Family {
    fn of(line: &str) -> Self {
        let parts: Vec<_> = line.split('|').map(str::trim).collect();
        let [name, atr, mask] = parts[..] else {
            panic!("{line}");
        };
        Self {
            name: name.to_owned(),
            atr: hex::parse(atr).expect("an answer to reset"),
            mask: hex::parse(mask).expect("a mask"),
        }
    }

    /// As Windows compares.
    fn fits(&self, atr: &[u8]) -> bool {
        let masked = atr.iter().zip(&self.mask).map(|(byte, mask)| byte & mask);
        atr.len() == self.mask.len() && masked.eq(self.atr.iter().copied())
    }
}

fn families() -> Vec<Family> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/msi/atrs.txt");
    let text = std::fs::read_to_string(file).expect("the installer's table");
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(Family::of)
        .collect()
}

#[test]
fn windows_hands_over_the_cards_that_are_taken_and_no_others() {
    let families = families();
    let mut met = vec![false; families.len()];
    for image in Image::ALL {
        let service = FakeService::with(&image.to_string());
        let atr = service.atr();
        let fitting: Vec<_> = (0..families.len())
            .filter(|index| families[*index].fits(&atr))
            .collect();
        match service.try_acquire(false) {
            Ok(_) => {
                assert_eq!(fitting.len(), 1, "{image}");
                met[fitting[0]] = true;
            }
            Err(error) => {
                let text = image.to_string();
                let another = ["setcos", "foreign"]
                    .iter()
                    .any(|name| text.starts_with(name));
                assert!(!another || fitting.is_empty(), "{image}: {error:?}");
            }
        }
    }
    // Generations that differ from a virtual card by their answer only.
    for (family, _) in families.iter().zip(met).filter(|(_, met)| !met) {
        let service = FakeService::with("v3");
        service.answer_to_reset_with(&family.atr);
        assert!(service.try_acquire(false).is_ok(), "{}", family.name);
    }
}

#[test]
fn a_family_is_written_as_windows_compares_it() {
    for family in families() {
        assert_eq!(family.atr.len(), family.mask.len(), "{}", family.name);
        let masked = family.atr.iter().zip(&family.mask);
        assert!(
            masked.clone().all(|(byte, mask)| byte & mask == *byte),
            "{}",
            family.name
        );
    }
}
