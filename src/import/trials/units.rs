//! The unit of latencies, judged by their median. Refuses to convert by itself: a wrong guess would change every score, so the
//! user has to name the unit.

use crate::import::table::TableError;

/// Milliseconds between which the median latency of a task with words lies: faster than 20 ms is not a reaction, slower than
/// 100 s not one to a word.
const USUAL_MS: (f64, f64) = (20.0, 100_000.0);
/// A typical median. Units differ by factors of a thousand, so only one brings a median near it.
const TYPICAL_MS: f64 = 1_000.0;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// In messages.
    pub name: &'static str,
    /// As `--latency-unit` takes it.
    pub flag: &'static str,
    /// Its length.
    pub milliseconds: f64,
}

/// As most programs write them.
pub const MILLISECONDS: Unit = Unit { name: "milliseconds", flag: "ms", milliseconds: 1.0 };
/// As PsychoPy writes them.
pub const SECONDS: Unit = Unit { name: "seconds", flag: "s", milliseconds: 1e3 };
/// As loggers of hardware write them.
pub const MICROSECONDS: Unit = Unit { name: "microseconds", flag: "us", milliseconds: 1e-3 };

impl Unit {
    /// Whether numbers with this median may be latencies in this unit.
    fn fits(self, median: f64) -> bool {
        (USUAL_MS.0..=USUAL_MS.1).contains(&(median * self.milliseconds))
    }

    /// The unit in which numbers with this median are latencies, if there is one.
    pub fn of(median: f64) -> Option<Self> {
        let far = |unit: &Self| (median * unit.milliseconds / TYPICAL_MS).ln().abs();
        let units = [MILLISECONDS, SECONDS, MICROSECONDS];
        let nearest = units.into_iter().min_by(|one, other| far(one).total_cmp(&far(other)))?;
        nearest.fits(median).then_some(nearest)
    }

    /// The evidence against latencies with this median being in this unit, if any.
    pub fn doubt(self, column: &str, median: f64) -> Option<Doubt> {
        if self.fits(median) {
            return None;
        }
        let than = if median * self.milliseconds < USUAL_MS.0 { "shorter" } else { "longer" };
        let of = Self::of(median).filter(|unit| *unit != self);
        let looks = match of {
            Some(unit) => format!("the column `{column}` looks like {}", unit.name),
            None => format!("the column `{column}` looks like no latencies"),
        };
        let sentence = format!(
            "{looks}: most latencies of all respondents would be {than} than anybody's in {}",
            self.name
        );
        let help = match of {
            Some(unit) => format!("say so with --latency-unit {}", unit.flag),
            None => "no unit makes them latencies; --latency names the column that has them".into(),
        };
        Some(Doubt { sentence, help })
    }
}

/// Implausible latencies in the given unit.
pub struct Doubt {
    sentence: String,
    /// How to name the right unit or column.
    pub help: String,
}

impl Doubt {
    /// As an error.
    pub fn refused(self) -> TableError {
        TableError::new(self.sentence).help(self.help)
    }
}

/// The median, `NaN` left out; of an even count the upper of the two in the middle.
pub fn median(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<f64> = numbers.filter(|number| !number.is_nan()).collect();
    let middle = numbers.len() / 2;
    (!numbers.is_empty()).then(|| *numbers.select_nth_unstable_by(middle, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_unit_leads_to_the_right_one() {
        let units = [MILLISECONDS, SECONDS, MICROSECONDS];
        for truth in units {
            for usual in [300.0, 700.0, 1_000.0, 2_500.0, 9_000.0] {
                let median = usual / truth.milliseconds;
                assert_eq!(Unit::of(median), Some(truth), "{usual} in {}", truth.name);
                for told in units {
                    let doubt = told.doubt("rt", median);
                    assert_eq!(
                        doubt.is_none(),
                        told == truth,
                        "{usual} in {} told as {}",
                        truth.name,
                        told.name
                    );
                    let said = doubt.map(|doubt| doubt.sentence + &doubt.help).unwrap_or_default();
                    assert!(
                        told == truth || said.contains(truth.name) && said.ends_with(truth.flag),
                        "{said}"
                    );
                }
            }
        }
        for none in [0.0, 1e12] {
            assert_eq!(Unit::of(none), None);
            assert!(SECONDS.doubt("rt", none).unwrap().help.contains("no unit"));
        }
        assert_eq!(median([3.0, f64::NAN, 1.0, 2.0].into_iter()), Some(2.0));
        assert_eq!(median([f64::NAN].into_iter()), None);
    }
}
