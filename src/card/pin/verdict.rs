//! What each status word means after a code was presented: one table, without a default that
//! blames the person.

use siru_apdu::{StatusWord, TriesLeft};

use super::outcome::{Answer, TryUse};
use super::request::PinRole;

/// Judges the answer to a command that presented `code`.
pub(super) const fn judge(code: PinRole, status: StatusWord) -> (Answer, TryUse) {
    match status.counter() {
        Some(TriesLeft(0)) => return (Answer::WrongAndLocked { code }, TryUse::Used),
        Some(tries_left) => return (Answer::Wrong { code, tries_left }, TryUse::Used),
        None => {}
    }
    match status {
        StatusWord::OK => (Answer::Done, TryUse::NotUsed),
        // Whether a card counts a command it finds malformed is not known, nor whether this very
        // entry took the last try of a code that is locked now. It is not claimed here: the counters
        // read back tell.
        StatusWord::AUTHENTICATION_METHOD_BLOCKED => (Answer::Locked { code }, TryUse::Unknown),
        StatusWord::REFERENCE_DATA_NOT_USABLE => (Answer::NotUsable { code }, TryUse::Unknown),
        StatusWord::WRONG_LENGTH
        | StatusWord::INCORRECT_DATA
        | StatusWord::SECURITY_STATUS_NOT_SATISFIED
        | StatusWord::CONDITIONS_NOT_SATISFIED
        | StatusWord::INCORRECT_P1_P2
        | StatusWord::REFERENCE_DATA_NOT_FOUND
        | StatusWord::INSTRUCTION_NOT_SUPPORTED => {
            (Answer::CardRefused { status }, TryUse::Unknown)
        }
        _ => (Answer::Unexpected { status }, TryUse::Unknown),
    }
}

/// Settles an unknown try use by the counters of the code that was at stake, read before and after.
pub(super) fn settle(
    judged: TryUse,
    before: Option<TriesLeft>,
    after: Option<TriesLeft>,
) -> TryUse {
    match (judged, before, after) {
        // There was none that could have been used.
        (TryUse::Unknown, Some(TriesLeft(0)), _) => TryUse::NotUsed,
        (TryUse::Unknown, Some(before), Some(after)) if after < before => TryUse::Used,
        (TryUse::Unknown, Some(_), Some(_)) => TryUse::NotUsed,
        (judged, _, _) => judged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_is_said_for_63cx_and_locked_for_6983_and_for_nothing_else() {
        let code = PinRole::Authentication;
        for word in 0..=u16::MAX {
            let (answer, try_use) = judge(code, StatusWord(word));
            let expected = match word {
                0x9000 => matches!((&answer, try_use), (Answer::Done, TryUse::NotUsed)),
                0x63C0 => {
                    matches!(
                        (&answer, try_use),
                        (Answer::WrongAndLocked { .. }, TryUse::Used)
                    )
                }
                0x63C1..=0x63CF => matches!(
                    (&answer, try_use),
                    (Answer::Wrong { tries_left, .. }, TryUse::Used)
                        if u16::from(tries_left.0) == word & 0x0F
                ),
                0x6983 => matches!((&answer, try_use), (Answer::Locked { .. }, TryUse::Unknown)),
                0x6984 => {
                    matches!(
                        (&answer, try_use),
                        (Answer::NotUsable { .. }, TryUse::Unknown)
                    )
                }
                _ => matches!(
                    (&answer, try_use),
                    (
                        Answer::CardRefused { .. } | Answer::Unexpected { .. },
                        TryUse::Unknown
                    )
                ),
            };
            assert!(expected, "{word:04X}: {answer:?} {try_use:?}");
        }
    }

    #[test]
    fn counters_settle_what_the_answer_did_not() {
        let tries = |count| Some(TriesLeft(count));
        assert_eq!(settle(TryUse::Unknown, tries(5), tries(4)), TryUse::Used);
        assert_eq!(settle(TryUse::Unknown, tries(4), tries(4)), TryUse::NotUsed);
        assert_eq!(settle(TryUse::Unknown, tries(3), tries(5)), TryUse::NotUsed);
        assert_eq!(settle(TryUse::Unknown, tries(5), None), TryUse::Unknown);
        assert_eq!(settle(TryUse::Unknown, None, tries(4)), TryUse::Unknown);
        assert_eq!(settle(TryUse::Unknown, tries(1), tries(0)), TryUse::Used);
        assert_eq!(settle(TryUse::Unknown, tries(0), tries(0)), TryUse::NotUsed);
        assert_eq!(settle(TryUse::Unknown, tries(0), None), TryUse::NotUsed);
        assert_eq!(settle(TryUse::Used, tries(5), tries(5)), TryUse::Used);
    }
}
