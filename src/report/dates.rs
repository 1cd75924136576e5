//! Days and instants as people write them, in UTC.

use crate::instrument::Language;

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

fn date(day: jiff::civil::Date, language: &Language) -> String {
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const NL: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let month = usize::from(day.month().unsigned_abs()).saturating_sub(1);
    let months = if language.as_str() == "nl" { NL } else { EN };
    format!("{} {} {}", day.day(), months.get(month).copied().unwrap_or_default(), day.year())
}
