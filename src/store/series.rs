//! Series of respondents' codes, such as `K4P-001`, `K4P-002`. Owns which code comes next, and that none is given twice: even a
//! code whose session was erased is not reused, because the next respondent must not be taken for the erased one. Of an erased
//! code it keeps only how far its series had come.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::error::{Problem, StoreError};
use super::{Study, rename, settings};

/// The highest number given in each series, by the prefix of the series.
pub(super) type Given = BTreeMap<String, u32>;

/// The series of codes numbered by hand or by an older relata.
const BY_HAND: &str = "R";
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
const DIGITS: &[u8; 8] = b"23456789";

impl Study {
    /// Whether an unused code may belong to an erased respondent: its series had come this far when one was erased.
    pub fn may_be_erased(&self, code: &str) -> Result<bool, StoreError> {
        self.read(|connection| {
            let kept = kept(connection)?;
            let given =
                |(series, number): (&str, u32)| kept.get(series).is_some_and(|given| number <= *given);
            Ok(numbered(code).is_some_and(given)
                && !rename::codes(connection)?.iter().any(|known| known == code))
        })
    }

    /// The next code in the study's own series, such as `K4P-001`. The prefix comes from the id of the study, so that two
    /// laptops that each create one do not give two respondents the same code. A study whose codes are numbered `R017`
    /// continues that series.
    pub fn free_code(&self) -> Result<String, StoreError> {
        self.read(|connection| free(connection, self.study_id()))
    }
}

/// See [`Study::free_code`].
pub(super) fn free(connection: &Connection, study: &str) -> Result<String, Problem> {
    let given = kept(connection)?.into_iter().map(|(series, number)| format!("{series}{number:03}"));
    let known: Vec<String> = rename::codes(connection)?.into_iter().chain(given).collect();
    let codes = || known.iter().map(String::as_str);
    let mark = mark(study);
    Ok(next_in(codes(), &mark).or_else(|| next_in(codes(), BY_HAND)).unwrap_or_else(|| format!("{mark}001")))
}

/// How far each series in the study has come.
pub(super) fn given(connection: &Connection) -> Result<Given, Problem> {
    let mut given = kept(connection)?;
    for code in rename::codes(connection)? {
        join(&mut given, numbered(&code).map(|(series, number)| (series.to_owned(), number)));
    }
    Ok(given)
}

/// Keeps the higher number of each series.
pub(super) fn join(given: &mut Given, others: impl IntoIterator<Item = (String, u32)>) {
    for (series, number) in others {
        let highest = given.entry(series).or_default();
        *highest = number.max(*highest);
    }
}

/// Records how far each series has come, for when the codes themselves are erased.
pub(super) fn keep(connection: &Connection, given: &Given) -> Result<(), Problem> {
    if given.is_empty() {
        return Ok(());
    }
    let text = serde_json::to_string(given).map_err(|why| Problem::Unkeepable(why.to_string()))?;
    settings::set(connection, settings::GIVEN, &text)
}

fn kept(connection: &Connection) -> Result<Given, Problem> {
    let text = settings::get(connection, settings::GIVEN)?.unwrap_or_default();
    let mut given: Given = serde_json::from_str(&text).unwrap_or_default();
    given.retain(|series, number| is_series(series) && *number < u32::MAX);
    Ok(given)
}

/// Series and number of a code that relata could have given. `u32::MAX` has no successor, so it does not count.
fn numbered(code: &str) -> Option<(&str, u32)> {
    let digits = code.len() - code.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (series, number) = code.split_at_checked(code.len() - digits)?;
    let number = number.parse().ok().filter(|number| *number < u32::MAX)?;
    is_series(series).then_some((series, number))
}

/// Whether relata numbers this series; any other prefix may be a name.
fn is_series(series: &str) -> bool {
    match series.as_bytes() {
        [one, two, three, b'-'] => LETTERS.contains(one) && DIGITS.contains(two) && LETTERS.contains(three),
        _ => series == BY_HAND,
    }
}

/// The code after the highest one in use; none if the series is not in use.
fn next_in<'a>(codes: impl Iterator<Item = &'a str>, mark: &str) -> Option<String> {
    let digits =
        |code: &'a str| code.strip_prefix(mark).filter(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    // Skips a number without a successor, and one whose successor is taken.
    let codes: Vec<&str> = codes.collect();
    let next = |code: &&'a str| {
        let next = digits(code)?.parse::<u32>().ok()?.checked_add(1)?;
        let code = format!("{mark}{next:03}");
        (!codes.contains(&code.as_str())).then_some((next, code))
    };
    codes.iter().filter_map(next).max().map(|(_, code)| code)
}

/// A consonant, a digit, a consonant and a hyphen: 3,200 prefixes, none of them a word, and none with a letter that could be
/// mistaken for another one or for a digit.
fn mark(study: &str) -> String {
    // FNV-1a, because the ids only have to spread evenly.
    let hash = study.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let pick = |from: &[u8], shift: u32| char::from(from[((hash >> shift) % from.len() as u64) as usize]);
    format!("{}{}{}-", pick(LETTERS, 8), pick(DIGITS, 24), pick(LETTERS, 40))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::is_new_code;

    #[test]
    fn a_series_goes_on_and_no_code_comes_twice() {
        let next = |codes: &[&str], mark: &str| next_in(codes.iter().copied(), mark);
        assert_eq!(next(&["R001", "R017", "Rosa", "R+5"], "R").as_deref(), Some("R018"));
        assert_eq!(next(&["R999", "K4P-002"], "R").as_deref(), Some("R1000"));
        assert_eq!(next(&["R999", "K4P-002"], "K4P-").as_deref(), Some("K4P-003"));
        assert_eq!(next(&["anna"], "R"), None);
        // The largest number there is has no next one, and the one before it has.
        assert_eq!(next(&["R4294967295", "R003"], "R").as_deref(), Some("R004"));
        assert_eq!(next(&["R4294967294"], "R").as_deref(), Some("R4294967295"));
        assert_eq!(next(&["R4294967294", "R4294967295"], "R"), None);
        assert_eq!(next(&["R99999999999999999999"], "R"), None);
    }

    #[test]
    fn marks_spread_and_are_codes() {
        let marks: std::collections::BTreeSet<String> =
            (0..2_000).map(|n| mark(&format!("study {n}"))).collect();
        // Of 2,000 draws out of 3,200 about 1,490 differ.
        assert!(marks.len() > 1_400, "{}", marks.len());
        assert!(marks.iter().all(|mark| is_new_code(&format!("{mark}001")) && mark.len() == 4));
    }

    #[test]
    fn what_relata_numbers_is_a_series_and_nothing_else() {
        assert_eq!(numbered("R017"), Some(("R", 17)));
        assert_eq!(numbered("K4P-002"), Some(("K4P-", 2)));
        for other in ["anna3", "R", "K4P-", "R4294967295", "R99999999999999999999", "k4p-1", "AB-1", "", "é1"]
        {
            assert_eq!(numbered(other), None, "{other}");
        }
        assert!((0..50).all(|n| is_series(&mark(&format!("study {n}")))));
    }
}
