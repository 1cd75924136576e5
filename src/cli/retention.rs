//! `relata study retention`: until when a study may be kept.

use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::{Failure, StudyArg, input, print, remark};
use crate::store::Study;
use crate::study::retention::CHANGED;

const EXAMPLES: &str = "Examples:
  relata study retention
  relata study retention --until 2027-12-31
  relata study retention --months 24
  relata study retention --none";

/// Arguments of `study retention`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct RetentionArgs {
    /// The last day on which the study may be kept
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, group = "change")]
    until: Option<Date>,

    /// So many months from today
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=1200), group = "change")]
    months: Option<i64>,

    /// No day at all
    #[arg(long, group = "change")]
    none: bool,
}

fn day(text: &str) -> Result<Date, String> {
    let day: Date = text.parse().map_err(|_| "write a day such as 2027-12-31".to_owned())?;
    // Days of five-digit and negative years are written in another form, and no study needs them.
    (1..=9999)
        .contains(&day.year())
        .then_some(day)
        .ok_or_else(|| "that is no day to keep a study until".to_owned())
}

pub(super) fn run(study: &StudyArg, args: RetentionArgs) -> Result<ExitCode, Failure> {
    let until = match (args.until, args.months, args.none) {
        (Some(day), ..) => Some(day),
        (_, Some(months), _) => {
            let day = today().checked_add(months.months());
            Some(day.map_err(|_| Failure::refused("that is too far away to be a day"))?)
        }
        (.., true) => None,
        _ => {
            let opened = study.look()?;
            let kept = match opened.keep_until_changed()? {
                true => Some(CHANGED.to_owned()),
                false => opened.keep_until()?,
            };
            print(&(kept.unwrap_or_else(|| "no day set".into()) + "\n"))?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    // Not through the flag: it would remind of the day that is just being changed.
    let mut opened = Study::open_existing(&study.there()?)?;
    opened.set_keep_until(until.map(|day| day.to_string()).as_deref())?;
    match until {
        Some(day) => remark(&format!("to be kept until {day}; nothing is erased by itself")),
        None => remark("no day set until which the study may be kept"),
    }
    Ok(ExitCode::SUCCESS)
}

/// Today, as the calendar on the wall shows it.
pub(super) fn today() -> Date {
    let now = Timestamp::from_millisecond(input::now()).unwrap_or(Timestamp::UNIX_EPOCH);
    now.to_zoned(TimeZone::system()).date()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn only_days_are_taken_for_days() {
        assert_eq!(day("2027-12-31"), Ok(date(2027, 12, 31)));
        for other in ["2027-02-30", "tomorrow", "31-12-2027", "-000001-01-01", ""] {
            assert!(day(other).is_err(), "{other}");
        }
    }
}
