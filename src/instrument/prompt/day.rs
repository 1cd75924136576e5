//! Converts an instant to a local day, and checks that a day is not in the future. Owns the one meaning of "today".

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

use super::{Ask, Input, Invalid, TextAsk, TextForm};

/// Minutes ahead of UTC where a day begins first.
const FIRST_ON_EARTH: i32 = 14 * 60;

/// The day at an instant (milliseconds since 1970), where the clock is `offset` minutes ahead of UTC; without an offset, the
/// latest day that it is anywhere on earth. `None` where there is no such day.
pub fn day(at: i64, offset: Option<i32>) -> Option<Date> {
    let ahead = i64::from(offset.unwrap_or(FIRST_ON_EARTH)).checked_mul(60_000)?;
    let instant = Timestamp::from_millisecond(at.checked_add(ahead)?).ok()?;
    Some(instant.to_zoned(TimeZone::UTC).date())
}

/// Noon of a day where the clock on the wall is so many minutes ahead of UTC, in milliseconds since 1970.
pub fn noon(date: Date, offset: i32) -> Option<i64> {
    let noon = date.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).ok()?;
    Some(noon.timestamp().as_millisecond() - i64::from(offset) * 60_000)
}

/// The first day of the calendar that dates are written in, and of the days that statistical programs know; the last is the last with four
/// digits.
const FIRST: Date = jiff::civil::date(1582, 10, 15);

impl Ask {
    /// Rejects a day that statistics programs can't represent, or a future one unless the question accepts it. Checked when a
    /// day is entered, never when it is read.
    pub fn check_day(&self, input: &Input, today: Date) -> Result<(), Invalid> {
        let (Self::Text(TextAsk { form: TextForm::Date { future, max, .. }, .. }), Input::Text(typed)) =
            (self, input)
        else {
            return Ok(());
        };
        match typed.text.trim().parse::<Date>() {
            Ok(day) if day < FIRST => Err(Invalid::DateOutOfRange { min: Some(FIRST), max: *max }),
            Ok(day) if day > today && !future => Err(Invalid::InFuture { today }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_no_program_knows_is_refused_when_it_is_entered() {
        let (min, max, today) = (None, None, jiff::civil::date(2026, 3, 1));
        for future in [false, true] {
            let form = TextForm::Date { min, max, future };
            let ask = Ask::Text(TextAsk { form, max_length: 10, may_be_empty: false, word: None });
            let entered = |text: &str| {
                let typed = super::super::Typed { text: text.into(), ..Default::default() };
                ask.check_day(&Input::Text(typed), today)
            };
            for text in ["0000-01-01", "0001-01-01", "1582-10-14"] {
                assert_eq!(entered(text), Err(Invalid::DateOutOfRange { min: Some(FIRST), max }), "{text}");
            }
            assert_eq!((entered("1582-10-15"), entered("2026-03-01")), (Ok(()), Ok(())));
            assert_eq!(entered("9999-12-31").is_ok(), future);
        }
    }

    #[test]
    fn the_day_is_that_of_the_wall() {
        // 2026-03-01T22:30:00Z.
        let late = 1_772_404_200_000;
        let shown = |offset| day(late, offset).map(|day| day.to_string());
        assert_eq!(shown(Some(0)).as_deref(), Some("2026-03-01"));
        assert_eq!(shown(Some(60)).as_deref(), Some("2026-03-01"));
        assert_eq!(shown(Some(120)).as_deref(), Some("2026-03-02"));
        assert_eq!(shown(Some(-23 * 60)).as_deref(), Some("2026-02-28"));
        assert_eq!(shown(None).as_deref(), Some("2026-03-02"));
        for (at, offset) in [(i64::MAX, Some(1)), (i64::MIN, Some(-1)), (0, Some(i32::MAX))] {
            assert!(day(at, offset).is_none_or(|day| day.year() > 1970));
        }
    }
}
