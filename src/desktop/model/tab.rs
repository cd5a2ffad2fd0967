//! The tabs of the window.

/// One of the things the window is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Cards and their PINs.
    #[default]
    Identification,
    /// What the certificates of the cards say, and until when.
    Certificates,
    /// What can be set.
    Settings,
    /// What a person may want to look up, without a network.
    Help,
}

impl Tab {
    /// All of them, in the order they are shown in.
    pub const ALL: [Self; 4] = [
        Self::Identification,
        Self::Certificates,
        Self::Settings,
        Self::Help,
    ];

    /// The one to the right, or to the left; the last is followed by the first.
    #[must_use]
    pub fn beside(self, to_the_right: bool) -> Self {
        let step = if to_the_right { 1 } else { Self::ALL.len() - 1 };
        let place = Self::ALL.iter().position(|tab| *tab == self);
        let next = place.map_or(0, |place| (place + step) % Self::ALL.len());
        Self::ALL.get(next).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_right_through_all_tabs_leads_back() {
        let mut tab = Tab::Identification;
        for expected in [
            Tab::Certificates,
            Tab::Settings,
            Tab::Help,
            Tab::Identification,
        ] {
            assert_eq!(tab.beside(true).beside(false), tab);
            tab = tab.beside(true);
            assert_eq!(tab, expected);
        }
    }
}
