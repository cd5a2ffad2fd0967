//! The order of the readers: it stays while the window is open, whatever is unplugged and plugged
//! in again, so that "card reader 2" in printed instructions means one and the same thing.

use siru_apdu::ReaderName;

/// The places of all readers that have been seen, in the order in which they came.
#[derive(Debug, Default)]
pub struct ReaderOrder {
    places: Vec<Place>,
}

#[derive(Debug)]
struct Place {
    /// The reader that has the place, or had it last.
    name: ReaderName,
    /// Its name without the number that the service gives it anew when it is plugged in.
    model: String,
}

impl ReaderOrder {
    /// The places of these readers, counted from zero; each gets one of its own. A reader that was
    /// here before gets its place back, also when the service has numbered it differently since.
    pub(super) fn places_of(&mut self, present: &[ReaderName]) -> Vec<usize> {
        present
            .iter()
            .map(|name| {
                self.known(name)
                    .or_else(|| self.left_by_its_like(name, present))
                    .unwrap_or_else(|| self.new_place(name))
            })
            .collect()
    }

    fn known(&self, name: &ReaderName) -> Option<usize> {
        self.places.iter().position(|place| place.name == *name)
    }

    /// A place whose reader of the same model is gone, taken over.
    fn left_by_its_like(&mut self, name: &ReaderName, present: &[ReaderName]) -> Option<usize> {
        let model = model_of(name);
        let index = self
            .places
            .iter()
            .position(|place| place.model == model && !present.contains(&place.name))?;
        self.places.get_mut(index)?.name = name.clone();
        Some(index)
    }

    fn new_place(&mut self, name: &ReaderName) -> usize {
        self.places.push(Place {
            name: name.clone(),
            model: model_of(name),
        });
        self.places.len() - 1
    }
}

/// pcsc-lite ends every name with the number of the reader and of the slot in it, "00 00" in
/// hexadecimal; Windows ends it with one number. Neither says which device it is.
pub(super) fn model_of(name: &ReaderName) -> String {
    let text = name.to_text();
    text.trim_end_matches(|character: char| character.is_ascii_hexdigit() || character == ' ')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(order: &mut ReaderOrder, names: &[&str]) -> Vec<usize> {
        let names: Vec<_> = names.iter().map(|name| ReaderName::new(*name)).collect();
        order.places_of(&names)
    }

    #[test]
    fn a_reader_that_comes_back_gets_its_place_back() {
        let mut order = ReaderOrder::default();
        let (desk, wall) = ("Desk Reader 00 00", "Wall Reader 01 00");
        assert_eq!(places(&mut order, &[desk, wall]), [0, 1]);
        assert_eq!(places(&mut order, &[wall]), [1]);
        assert_eq!(places(&mut order, &[wall, desk]), [1, 0]);
        // Numbered anew by the service.
        assert_eq!(places(&mut order, &[wall]), [1]);
        assert_eq!(places(&mut order, &["Desk Reader 02 00", wall]), [0, 1]);
        assert_eq!(places(&mut order, &[]), Vec::<usize>::new());
        assert_eq!(places(&mut order, &[wall, "Third 00 00"]), [1, 2]);
    }

    #[test]
    fn readers_of_one_model_keep_their_places() {
        let mut order = ReaderOrder::default();
        let (first, second) = ("Reader 00 00", "Reader 01 00");
        assert_eq!(places(&mut order, &[first, second]), [0, 1]);
        assert_eq!(places(&mut order, &[second]), [1]);
        assert_eq!(places(&mut order, &[second, first]), [1, 0]);
        // A third of the kind takes no place whose reader is there.
        assert_eq!(
            places(&mut order, &[second, first, "Reader 02 00"]),
            [1, 0, 2]
        );
    }
}
