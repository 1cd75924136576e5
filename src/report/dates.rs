//! Days and instants as people write them, in UTC.

use crate::instrument::Language;
use crate::interview::Instant;
use crate::text;
use crate::texts::timestamp;

/// A day and time of ISO 8601 as people write it, in UTC.
pub(super) fn moment(at: &str, language: &Language) -> String {
    let Ok(at) = at.parse::<jiff::Timestamp>() else { return at.to_owned() };
    let at = at.to_zoned(jiff::tz::TimeZone::UTC);
    format!("{}, {} UTC", date(at.date(), language), at.strftime("%H:%M"))
}

/// A day of ISO 8601 as people write it.
pub(super) fn day(day: &str, language: &Language) -> String {
    day.parse().map_or_else(|_| day.to_owned(), |day| date(day, language))
}

/// The day of an instant as people write it, in UTC.
pub(super) fn day_of(at: Instant, language: &Language) -> String {
    let at = timestamp(at);
    day(at.split('T').next().unwrap_or_default(), language)
}

fn date(day: jiff::civil::Date, language: &Language) -> String {
    let (day, month, year) = (day.day().unsigned_abs(), day.month().unsigned_abs(), day.year().to_string());
    text!(language, "report-date", day, month, year)
}
