//! Whether the pictures can be told from each other.

use crate::picture::{Picture, Pixels};

const SIDES: &[u32] = if cfg!(windows) {
    &[16, 20, 24, 32, 48]
} else {
    &[22, 32, 48]
};

/// The pixels of every picture that is drawn, in one size.
fn drawn(size: usize) -> Vec<(Picture, Pixels)> {
    Picture::ALL
        .into_iter()
        .filter(|picture| *picture != Picture::Foreign)
        .map(|picture| (picture, picture.pixels().remove(size)))
        .collect()
}

#[test]
fn every_picture_is_there_in_every_size() {
    for picture in Picture::ALL {
        let pixels = picture.pixels();
        let sides: Vec<u32> = pixels.iter().map(|pixels| pixels.side).collect();
        assert_eq!(sides, SIDES, "{picture:?}");
        for pixels in pixels {
            let side = usize::try_from(pixels.side).unwrap();
            assert_eq!(pixels.argb.len(), side * side * 4);
        }
    }
}

#[test]
fn a_usable_card_is_yellow_and_nothing_else_is() {
    for (picture, pixels) in (0..SIDES.len()).flat_map(drawn) {
        let yellow = pixels.argb.chunks(4).filter(|pixel| {
            matches!(pixel, [255, red, green, blue] if *red > 240 && *green > 180 && *blue < 100)
        });
        let usable = matches!(picture, Picture::Ready | Picture::Notice);
        assert_eq!(
            yellow.count() * 40 > pixels.argb.len() / 4,
            usable,
            "{picture:?}"
        );
    }
}

#[test]
fn without_colours_they_still_differ() {
    let grey = |pixels: &Pixels| -> Vec<i32> {
        let weighed = |pixel: &[u8]| {
            let [alpha, red, green, blue] = [0, 1, 2, 3].map(|part| i32::from(pixel[part]));
            alpha * (red * 3 + green * 6 + blue) / 2550
        };
        pixels.argb.chunks(4).map(weighed).collect()
    };
    let opaque = |pixels: &Pixels| -> Vec<bool> {
        pixels.argb.chunks(4).map(|pixel| pixel[0] > 127).collect()
    };
    for size in 0..SIDES.len() {
        let all = drawn(size);
        for (index, (one, of_one)) in all.iter().enumerate() {
            for (other, of_other) in &all[index + 1..] {
                let pairs = grey(of_one).into_iter().zip(grey(of_other));
                let differing = pairs
                    .filter(|(one, other)| (one - other).abs() > 40)
                    .count();
                assert!(differing * 20 > of_one.argb.len() / 4, "{one:?} {other:?}");
                assert_ne!(opaque(of_one), opaque(of_other), "{one:?} {other:?}");
            }
        }
    }
}
