//! The value of a cell: an option, a point, a number, a date. Refuses to guess: a cell without a counterpart has no value.

use super::map::DayOrder;
use super::pattern::{LabelPattern, plain};
use super::targets::{AnswerOptions, ScalePoints};
use crate::import::table::said_yes_or_no;
use crate::instrument::numeral::{Numeral, numeral};

/// The longest cell, in bytes, that is read as several answers: far above all options of a question together.
const LONGEST: usize = 4_096;
/// Separators of several answers in one cell, besides spaces.
const BETWEEN: [char; 3] = [',', ';', '|'];

impl AnswerOptions {
    /// The option that a cell names, by its name or a label.
    pub fn find(&self, cell: &str) -> Option<usize> {
        if let Some(at) = self.names.iter().position(|name| name == cell) {
            return Some(at);
        }
        let text = plain(cell);
        let by_name = |at: &usize| self.names[*at].to_lowercase() == text;
        let by_label = |at: &usize| self.labels[*at].iter().any(|label| label.is(&text));
        let found: Vec<usize> = (0..self.names.len()).filter(|at| by_name(at) || by_label(at)).collect();
        // Two options with the same text can't be distinguished.
        match found.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The options that a cell lists, with any separator, also where a label contains that separator. `mapped` says what values stand
    /// for in place of names and labels: an option, or nothing.
    pub fn list<'a>(
        &self,
        cell: &str,
        mapped: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Option<Vec<usize>> {
        let mapped: Vec<(String, Option<usize>)> = mapped
            .into_iter()
            .filter(|(value, _)| !value.is_empty())
            .filter_map(|(value, to)| {
                let to = if to.is_empty() { None } else { Some(self.find(to)?) };
                Some((plain(value), to))
            })
            .collect();
        (cell.len() <= LONGEST).then(|| self.rest(&plain(cell), &mapped, &mut Vec::new()))?
    }

    fn rest(
        &self,
        text: &str,
        mapped: &[(String, Option<usize>)],
        found: &mut Vec<usize>,
    ) -> Option<Vec<usize>> {
        let text = text.trim_start();
        if text.is_empty() {
            return Some(found.clone());
        }
        let mut begins: Vec<(usize, Option<usize>)> = Vec::new();
        for (value, to) in mapped.iter().filter(|(value, _)| text.starts_with(value)) {
            if to.is_none_or(|to| !found.contains(&to)) {
                begins.push((value.len(), *to));
            }
        }
        let is_mapped = |text: &str| mapped.iter().any(|(value, _)| value == text);
        for at in (0..self.names.len()).filter(|at| !found.contains(at)) {
            let name = self.names[at].to_lowercase();
            let labels = self.labels[at].iter().filter_map(LabelPattern::fixed);
            let own = labels.chain([name.as_str()]).filter(|own| text.starts_with(own) && !is_mapped(own));
            begins.extend(own.map(|own| (own.len(), Some(at))));
        }
        // The longest first, because one label may begin with another.
        begins.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        begins.dedup();
        // Of values that are none the longest is meant, so that a cell full of them is read in one way.
        let mut is_blank = false;
        begins.retain(|(_, at)| at.is_some() || !std::mem::replace(&mut is_blank, true));
        for &(length, at) in &begins {
            // A text that is the name of one option and the label of another is ambiguous.
            if begins.iter().any(|(other, option)| *other == length && *option != at) {
                continue;
            }
            let after = &text[length..];
            let next = after.trim_start();
            let next = match next.strip_prefix(BETWEEN) {
                Some(next) => next,
                None if next.is_empty() || next.len() < after.len() => next,
                None => continue,
            };
            let so_far = found.len();
            found.extend(at);
            if let Some(all) = self.rest(next, mapped, found) {
                return Some(all);
            }
            found.truncate(so_far);
        }
        None
    }
}

impl ScalePoints {
    /// Whether a number is one of the points.
    pub fn has(&self, point: i64) -> bool {
        (self.from..=self.to).contains(&point) && (point - self.from) % self.step == 0
    }

    /// The point that a label names.
    pub fn labelled(&self, cell: &str) -> Option<i64> {
        let text = plain(cell);
        let mut found = self.labels.iter().filter(|(_, label)| label.is(&text)).map(|(point, _)| *point);
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }
}

/// The whole number in a cell, with whatever sign programs write `.0` behind it.
pub(super) fn whole(cell: &str) -> Option<i64> {
    let minus = cell.strip_prefix('−').map(|rest| format!("-{rest}"));
    match numeral(minus.as_deref().unwrap_or(cell))? {
        Numeral::Sure { value, .. } if value.fract() == 0.0 && value.abs() < 1e15 => Some(value as i64),
        _ => None,
    }
}

/// Whether a cell of an option's own column says that the option was chosen.
pub(super) fn ticked(cell: &str, name: &str, labels: &[LabelPattern]) -> Option<bool> {
    const TICKED: [&str; 4] = ["x", "checked", "selected", "ticked"];
    const LEFT: [&str; 3] = ["unchecked", "not selected", "not checked"];
    let text = plain(cell);
    if TICKED.contains(&text.as_str())
        || text == name.to_lowercase()
        || labels.iter().any(|label| label.is(&text))
    {
        return Some(true);
    }
    if LEFT.contains(&text.as_str()) {
        return Some(false);
    }
    said_yes_or_no(&text).or_else(|| match whole(cell) {
        Some(1) => Some(true),
        Some(0) => Some(false),
        _ => None,
    })
}

/// The parts of a date in a cell, and the text after them.
pub(super) fn day_parts(cell: &str) -> Option<([i64; 3], &str)> {
    let cell = cell.trim();
    let end = cell.find(|c: char| !c.is_ascii_digit() && !"-/.".contains(c)).unwrap_or(cell.len());
    let (day, rest) = cell.split_at(end);
    let mut parts = day.split(['-', '/', '.']).map(|part| part.parse::<i64>().ok());
    let found = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some((found, rest))
}

/// The year, month and day of `Mar 1, 2026`, `1 March 2026` or `01-Mar-2026`, and the text after them.
fn day_in_english(cell: &str) -> Option<((i64, i64, i64), &str)> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let mut rest = cell;
    let mut parts = [""; 3];
    for part in &mut parts {
        let text = rest.trim_start_matches([' ', ',', '-', '.', '/']);
        let letters = text.starts_with(|c: char| c.is_ascii_alphabetic());
        let more = |c: char| if letters { c.is_ascii_alphabetic() } else { c.is_ascii_digit() };
        (*part, rest) = text.split_at(text.find(|c| !more(c)).unwrap_or(text.len()));
    }
    let month = |text: &str| {
        let name = text.to_lowercase();
        let is = |month: &&str| name.len() >= 3 && month.starts_with(&name);
        MONTHS.iter().position(is).map(|at| at as i64 + 1)
    };
    let number = |text: &str| text.parse::<i64>().ok();
    let [a, b, c] = parts;
    let found = match (month(a), month(b)) {
        (Some(month), None) => (number(c)?, month, number(b)?),
        (None, Some(month)) => (number(c)?, month, number(a)?),
        _ => return None,
    };
    Some((found, rest))
}

/// The day in a cell; years have four digits.
pub(super) fn day(cell: &str, order: Option<DayOrder>) -> Option<(jiff::civil::Date, &str)> {
    let ((year, month, day), rest) = match day_parts(cell) {
        None => day_in_english(cell)?,
        Some(([a, b, c], rest)) => match order {
            _ if a > 999 => ((a, b, c), rest),
            Some(DayOrder::Dmy) => ((c, b, a), rest),
            Some(DayOrder::Mdy) => ((c, a, b), rest),
            _ => return None,
        },
    };
    if !(1000..=9999).contains(&year) {
        return None;
    }
    let date = jiff::civil::Date::new(year as i16, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    Some((date, rest))
}

/// What a cell reveals about its clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClockTime {
    /// Nothing: local time.
    Wall,
    /// The short name of a time zone, such as `EST`, which several zones share: local time, in a zone that has to be told.
    Named,
    /// UTC; the local time is unknown.
    Utc,
    /// So many minutes ahead of UTC.
    Ahead(i32),
}

/// The short name of a time zone behind a clock, and the clock.
fn zone_name(clock: &str) -> Option<(&str, &str)> {
    let (clock, name) = clock.trim_end_matches(')').rsplit_once([' ', '('])?;
    let is_name = (2..=5).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    (is_name && name != "AM" && name != "PM").then(|| (clock.trim_end_matches(['(', ' ']), name))
}

/// Names that one zone alone has, with the minutes that it is ahead.
const ZONES: [(&str, i32); 4] = [("CET", 60), ("MEZ", 60), ("CEST", 120), ("MESZ", 120)];

/// What the short name of a zone says of a clock: of one that several share, such as `EST`, that it is a winter time. Others are not read,
/// because a summer time is an hour off what the map gives.
fn named_zone(name: &str) -> Option<ClockTime> {
    match ZONES.iter().find(|(known, _)| *known == name) {
        Some((_, ahead)) => Some(ClockTime::Ahead(*ahead)),
        None => (name.len() == 3 && name.ends_with("ST") && name != "BST").then_some(ClockTime::Named),
    }
}

/// The instant in a cell; a clock without a time zone, or with the short name of one, is read as UTC.
pub(super) fn instant(cell: &str, order: Option<DayOrder>) -> Option<(i64, ClockTime)> {
    let (date, rest) = day(cell, order)?;
    let rest = rest.trim_start_matches(['T', ' ', ',']).trim();
    let upper = rest.to_uppercase().replace("A.M.", "AM").replace("P.M.", "PM");
    let (rest, utc) = match upper.split_once("GMT").or_else(|| upper.split_once("UTC")) {
        Some((before, offset)) => (before.trim().to_owned(), Some(offset.trim().to_owned())),
        None => (upper.clone(), None),
    };
    let (clock, zone) = match rest.rfind(['+', '-']).filter(|_| utc.is_none()) {
        Some(at) => (rest[..at].trim(), Some(rest[at..].to_owned())),
        None => match rest.strip_suffix('Z') {
            Some(clock) => (clock, Some(String::new())),
            None => (rest.as_str(), utc),
        },
    };
    let (clock, shows) = match zone {
        None => match zone_name(clock) {
            Some((clock, name)) => (clock, named_zone(name)?),
            None => (clock, ClockTime::Wall),
        },
        Some(zone) if zone.is_empty() => (clock, ClockTime::Utc),
        Some(zone) => (clock, ClockTime::Ahead(minutes(&zone)?)),
    };
    let (clock, half) = match (clock.strip_suffix("AM"), clock.strip_suffix("PM")) {
        (Some(clock), _) => (clock.trim(), Some(0)),
        (_, Some(clock)) => (clock.trim(), Some(12)),
        _ => (clock, None),
    };
    let mut parts = clock.split(':').map(str::trim);
    let number = |text: Option<&str>| match text {
        None | Some("") => Some(0.0),
        Some(text) => text.parse::<f64>().ok().filter(|number| (0.0..61.0).contains(number)),
    };
    let (hours, minute, second) = (number(parts.next())?, number(parts.next())?, number(parts.next())?);
    if parts.next().is_some() || hours >= 24.0 || hours.fract() != 0.0 || minute.fract() != 0.0 {
        return None;
    }
    let hours = half.map_or(hours, |half| hours % 12.0 + f64::from(half));
    let midnight = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond();
    let wall = midnight + ((hours * 60.0 + minute) * 60_000.0 + second * 1000.0) as i64;
    let ahead = if let ClockTime::Ahead(minutes) = shows { minutes } else { 0 };
    Some((wall - i64::from(ahead) * 60_000, shows))
}

/// Minutes of `+01:00`, `+0100` and `+1`.
fn minutes(zone: &str) -> Option<i32> {
    let (sign, digits) = match (zone.strip_prefix('-'), zone.strip_prefix('+')) {
        (Some(digits), _) => (-1, digits),
        (_, Some(digits)) => (1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    let number: i32 = digits.parse().ok()?;
    let found = if digits.len() > 2 { number / 100 * 60 + number % 100 } else { number * 60 };
    (found <= 15 * 60).then_some(sign * found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> AnswerOptions {
        let list = [
            ("ease", "Easy to reach"),
            ("terms", "Price, terms and all"),
            ("cost", "Price"),
            ("no", "Terms"),
        ];
        AnswerOptions {
            names: list.iter().map(|(name, _)| (*name).to_owned()).collect(),
            labels: list.iter().map(|(_, label)| LabelPattern::of(label).into_iter().collect()).collect(),
        }
    }

    #[test]
    fn several_answers_in_a_cell() {
        let options = options();
        for (cell, found) in [
            ("ease cost", &[0, 2][..]),
            ("Easy to reach, Price, terms and all", &[0, 1]),
            ("Price, Easy to reach", &[2, 0]),
            ("Price, terms and all, Price", &[1, 2]),
            ("ease;no", &[0, 3]),
            ("ease , no | cost", &[0, 3, 2]),
            ("cost", &[2]),
            ("", &[]),
        ] {
            assert_eq!(options.list(cell, []).as_deref(), Some(found), "{cell}");
        }
        // `terms` is the name of one option and the label of another.
        for cell in ["ease other", "Price, else", "ease ease", "ease terms"] {
            assert_eq!(options.list(cell, []), None, "{cell}");
        }
        let mapped =
            [("1", "Price"), ("2", "ease"), ("3", "no"), ("12", "terms"), ("-99", ""), ("ease", "no")];
        for (cell, found) in [
            ("1,2", &[2, 0][..]),
            ("12", &[1]),
            ("12; 1", &[1, 2]),
            ("2 3", &[0, 3]),
            ("2,Price", &[0, 2]),
            ("-99,3", &[3]),
            // The map says what a name stands for.
            ("ease", &[3]),
        ] {
            assert_eq!(options.list(cell, mapped).as_deref(), Some(found), "{cell}");
        }
        for cell in ["1,4", "121", "1,1"] {
            assert_eq!(options.list(cell, mapped), None, "{cell}");
        }
        assert_eq!(options.find("PRICE"), Some(2));
        assert_eq!(options.find("Price, terms and all"), Some(1));
        assert_eq!(options.find("Terms"), None);
    }

    #[test]
    fn days_and_instants() {
        let utc = 1_773_483_693_000;
        for (cell, order, expected) in [
            ("2026-03-14 10:21:33", None, Some((utc, ClockTime::Wall))),
            ("2026-03-14T11:21:33.000+01:00", None, Some((utc, ClockTime::Ahead(60)))),
            ("2026-03-14T10:21:33.000Z", None, Some((utc, ClockTime::Utc))),
            ("2026/03/14 11:21:33 AM GMT+1", None, Some((utc, ClockTime::Ahead(60)))),
            ("2026/03/14 10:21:33 pm UTC", None, Some((utc + 12 * 3_600_000, ClockTime::Utc))),
            ("2026/03/14 10:21:33 AM EST", None, Some((utc, ClockTime::Named))),
            ("2026-03-14 12:21:33 (CEST)", None, Some((utc, ClockTime::Ahead(120)))),
            ("2026-03-14 11:21:33 AM CET", None, Some((utc, ClockTime::Ahead(60)))),
            ("2026-07-14 10:21:33 AM EDT", None, None),
            ("2026/03/14 10:21:33 a.m. GMT-5", None, Some((utc + 5 * 3_600_000, ClockTime::Ahead(-300)))),
            ("Mar 14, 2026 10:21:33 AM", None, Some((utc, ClockTime::Wall))),
            ("14 March 2026, 10:21:33 UTC", None, Some((utc, ClockTime::Utc))),
            ("14-Sept-2026", None, Some((1_789_344_000_000, ClockTime::Wall))),
            ("14 Ma 2026 10:21:33", None, None),
            ("Mar 14, 26 10:21:33", None, None),
            ("2026-03-14 10:21:33 somewhere", None, None),
            ("3/14/2026 10:21:33", Some(DayOrder::Mdy), Some((utc, ClockTime::Wall))),
            ("14-03-2026 10:21:33", Some(DayOrder::Dmy), Some((utc, ClockTime::Wall))),
            ("14-03-2026 10:21:33", None, None),
            ("2026-02-30 10:00:00", None, None),
            ("2026-03-14 25:00", None, None),
            ("soon", None, None),
        ] {
            assert_eq!(instant(cell, order), expected, "{cell}");
        }
        assert_eq!(day("2026-03-14", None).map(|(day, _)| day.to_string()).as_deref(), Some("2026-03-14"));
        assert_eq!(day("4/3/26", Some(DayOrder::Dmy)), None);
    }

    #[test]
    fn numbers_and_ticks() {
        assert_eq!(whole("7.0"), Some(7));
        assert_eq!(whole("−3"), Some(-3));
        assert_eq!(whole("3.5"), None);
        assert_eq!(ticked("Y", "a", &[]), Some(true));
        assert_eq!(ticked("FALSE", "a", &[]), Some(false));
        assert_eq!(ticked("a", "a", &[]), Some(true));
        assert_eq!(ticked("2", "a", &[]), None);
        assert_eq!(["Ja", "false", "1", "x"].map(said_yes_or_no), [Some(true), Some(false), None, None]);
    }
}
