//! Until when a study may be kept, and the reminder when that day is near. Never erases by itself, because erasing at the wrong moment
//! cannot be undone.

use jiff::civil::Date;

use crate::instrument::Language;
use crate::store::Study;
use crate::text;

/// Days before the end of retention from which on opening the study shows a reminder.
const NEAR: i64 = 30;

/// Shown in place of a day that cannot be trusted.
pub const CHANGED: &str = "not known: the day was changed outside relata";

/// That the day until which a study may be kept is near or past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reminder {
    /// It is near or past.
    Near {
        /// The day.
        until: Date,
        /// Days that are left; negative when the day is past.
        days: i64,
    },
    /// There is a day, and it was changed outside relata.
    Changed,
}

impl Reminder {
    /// As a sentence.
    pub fn in_words(&self, language: &Language) -> String {
        let Self::Near { until, days } = self else {
            return text!(language, "study-retention-day-changed");
        };
        let until = until.to_string();
        match days {
            ..0 => text!(language, "study-retention-study-kept-until-until", until),
            0 => text!(language, "study-retention-study-may-kept-until"),
            _ => text!(language, "study-retention-study-may-kept-until-until", until, days),
        }
    }
}

/// The reminder of the day until which a study may be kept, if it is near or past. A setting that cannot be read does not keep the study
/// from being opened.
pub fn reminder(study: &Study, today: Date) -> Option<Reminder> {
    if study.keep_until_changed().unwrap_or_default() {
        return Some(Reminder::Changed);
    }
    let until = study.keep_until().ok()??;
    of(until.parse().ok()?, today)
}

fn of(until: Date, today: Date) -> Option<Reminder> {
    let days = i64::from(today.until(until).ok()?.get_days());
    (days <= NEAR).then_some(Reminder::Near { until, days })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_reminder_begins_thirty_days_before_and_does_not_end() {
        let until = date(2027, 12, 31);
        let on = |day: Date| of(until, day).map(|reminder| reminder.in_words(&Language::fallback()));
        assert_eq!(on(date(2027, 11, 30)), None);
        assert!(on(date(2027, 12, 1)).unwrap().contains("30 days from today"));
        assert!(on(date(2027, 12, 30)).unwrap().contains("1 day from today"));
        assert!(on(until).unwrap().contains("until today"));
        assert!(on(date(2028, 1, 1)).unwrap().contains("past"));
        assert!(on(date(2035, 1, 1)).unwrap().contains("past"));
    }
}
