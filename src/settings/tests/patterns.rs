//! Which names fit a pattern.

use proptest::prelude::*;
use siru_apdu::ReaderName;

use crate::Pattern;

/// What a pattern means, in the shortest words there are.
fn fits(pattern: &[char], name: &[char]) -> bool {
    match (pattern.split_first(), name.split_first()) {
        (None, None) => true,
        (Some((&'*', rest)), _) => {
            fits(rest, name) || matches!(name.split_first(), Some((_, left)) if fits(pattern, left))
        }
        (Some((one, rest)), Some((first, left))) => {
            (*one == '?' || one.to_lowercase().eq(first.to_lowercase())) && fits(rest, left)
        }
        _ => false,
    }
}

fn pattern(text: &str) -> Pattern {
    Pattern::new(text).unwrap()
}

proptest! {
    #[test]
    fn a_pattern_means_what_it_says(text in "[aAbÄä*?]{1,10}", name in "[aAbBÄä*]{0,12}") {
        let expected = fits(
            &text.chars().collect::<Vec<_>>(),
            &name.chars().collect::<Vec<_>>(),
        );
        prop_assert_eq!(pattern(&text).fits(&ReaderName::new(name)), expected);
    }

    #[test]
    fn no_pattern_and_no_name_is_too_much(text in any::<String>(), name in any::<Vec<u8>>()) {
        if let Some(pattern) = Pattern::new(&text) {
            prop_assert_eq!(pattern.text(), &text);
            pattern.fits(&ReaderName::new(name));
        }
    }
}

#[test]
fn many_stars_take_no_time() {
    let text = "*a".repeat(100);
    let name = ReaderName::new("b".repeat(100_000));
    assert!(!pattern(&text).fits(&name));
}

#[test]
fn the_built_in_ones_fit_what_windows_makes_up_and_no_real_reader() {
    let left_out = |name: &str| {
        let name = ReaderName::new(name);
        Pattern::built_in().any(|pattern| pattern.fits(&name))
    };
    for name in [
        "Windows Hello for Business 1",
        "Microsoft Virtual Smart Card 0",
        "Microsoft UICC ISO Reader 6ad4e22a 0",
    ] {
        assert!(left_out(name), "{name}");
    }
    for name in [
        "HID Global OMNIKEY 3x21 Smart Card Reader [OMNIKEY 3x21] 00 00",
        "Microsoft Usbccid Smartcard Reader (WUDF) 0",
        "Virtual PCD 00 00",
    ] {
        assert!(!left_out(name), "{name}");
    }
}

#[test]
fn what_can_be_no_pattern_is_refused() {
    let long = "x".repeat(257);
    for text in ["", "a\nb", &long] {
        assert_eq!(Pattern::new(text), None);
    }
    assert!(Pattern::new(&long[..256]).is_some());
}
