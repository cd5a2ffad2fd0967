//! How a certificate stands at a moment.

use std::time::{Duration, SystemTime};

use super::Timestamp;

/// Whether a certificate is valid at a moment, and for how long still. Days are those of universal
/// time, like the dates that are shown; the end counts to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// It becomes valid later.
    NotYet,
    /// It is valid, and ends in so many days: today when there is none left.
    Valid {
        /// Days until the day of its end.
        days_left: u64,
    },
    /// It ended so many days ago: today when that is none.
    Expired {
        /// Days since the day of its end.
        days_ago: u64,
    },
}

impl Validity {
    /// How a certificate with these dates stands at `now`.
    pub fn at(not_before: Timestamp, not_after: Timestamp, now: SystemTime) -> Self {
        let end = not_after.to_system_time();
        if now < not_before.to_system_time() {
            Self::NotYet
        } else if now > end {
            Self::Expired {
                days_ago: day(now).saturating_sub(day(end)),
            }
        } else {
            Self::Valid {
                days_left: day(end).saturating_sub(day(now)),
            }
        }
    }
}

/// The number of a day, counted from 1970.
fn day(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap_or_default().as_secs() / DAY.as_secs()
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_by_the_calendar_and_the_end_to_the_second() {
        let second = Duration::from_secs(1);
        // Noon of a day, so that both sides of midnight are tried.
        let end = SystemTime::UNIX_EPOCH + DAY * 20_000 + DAY / 2;
        let begin = end - DAY * 100;
        let at = |now| {
            let stamp = |time| Timestamp::of(time).unwrap();
            Validity::at(stamp(begin), stamp(end), now)
        };
        let cases = [
            (begin - second, Validity::NotYet),
            (begin, Validity::Valid { days_left: 100 }),
            (end - DAY, Validity::Valid { days_left: 1 }),
            (end - DAY / 2, Validity::Valid { days_left: 0 }),
            (end - DAY / 2 - second, Validity::Valid { days_left: 1 }),
            (end, Validity::Valid { days_left: 0 }),
            (end + second, Validity::Expired { days_ago: 0 }),
            (end + DAY / 2, Validity::Expired { days_ago: 1 }),
            (end + DAY * 12, Validity::Expired { days_ago: 12 }),
        ];
        for (now, expected) in cases {
            assert_eq!(at(now), expected, "{now:?}");
        }
    }
}
