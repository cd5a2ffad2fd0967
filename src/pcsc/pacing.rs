//! How fast a watch may go: at most ten wake-ups a second, and patience while the service is away.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Keeps a watch from spinning when a service or a driver reports changes without end. A handful
/// of changes at once, as when four cards are inserted together, is let through without delay.
#[derive(Default)]
pub(crate) struct Pace {
    wakes: VecDeque<Instant>,
}

impl Pace {
    /// How long to rest before the next wait, when the last one ended at `now`.
    pub(crate) fn rest(&mut self, now: Instant) -> Duration {
        self.wakes.push_back(now);
        if self.wakes.len() <= WAKES_PER_SECOND {
            return Duration::ZERO;
        }
        self.wakes.pop_front();
        self.wakes.front().map_or(Duration::ZERO, |oldest| {
            Duration::from_secs(1).saturating_sub(now.saturating_duration_since(*oldest))
        })
    }
}

/// A time without a service. Trying again costs little, so a service that was restarted is found
/// within a second; one that stays away for a minute is asked for less often.
pub(crate) struct Outage {
    since: Instant,
    delay: Duration,
}

impl Outage {
    /// Begins at `now`.
    pub(crate) const fn new(now: Instant) -> Self {
        Self {
            since: now,
            delay: FIRST_DELAY,
        }
    }

    /// How long to wait before the next try; each is twice the one before, up to a limit.
    pub(crate) fn delay(&mut self, now: Instant) -> Duration {
        let limit = if now.saturating_duration_since(self.since) < PATIENCE {
            LONGEST_DELAY_AT_FIRST
        } else {
            LONGEST_DELAY
        };
        let delay = self.delay.min(limit);
        self.delay = delay.saturating_mul(2);
        delay
    }
}

const WAKES_PER_SECOND: usize = 10;
const FIRST_DELAY: Duration = Duration::from_millis(250);
const LONGEST_DELAY_AT_FIRST: Duration = Duration::from_secs(1);
const LONGEST_DELAY: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_changes_at_once_are_let_through_and_an_endless_stream_is_slowed_to_ten_a_second() {
        let mut pace = Pace::default();
        let start = Instant::now();
        let mut now = start;
        for _ in 0..10 {
            assert_eq!(pace.rest(now), Duration::ZERO);
        }
        let mut wakes = 10_u32;
        while now.duration_since(start) < Duration::from_secs(10) {
            now += pace.rest(now);
            wakes += 1;
        }
        assert!(wakes <= 10 * 11 + 1, "{wakes} wake-ups in ten seconds");
    }

    #[test]
    fn an_occasional_change_is_never_delayed() {
        let mut pace = Pace::default();
        let mut now = Instant::now();
        for _ in 0..100 {
            assert_eq!(pace.rest(now), Duration::ZERO);
            now += Duration::from_millis(120);
        }
    }

    #[test]
    fn a_service_is_asked_for_every_second_at_first_and_every_five_later() {
        let mut now = Instant::now();
        let mut outage = Outage::new(now);
        let mut delays = Vec::new();
        for _ in 0..70 {
            let delay = outage.delay(now);
            delays.push(delay.as_millis());
            now += delay;
        }
        assert!(delays.starts_with(&[250, 500, 1000, 1000]), "{delays:?}");
        assert!(
            delays.iter().take(60).all(|delay| *delay <= 1000),
            "{delays:?}"
        );
        assert_eq!(delays.last(), Some(&5000));
    }
}
