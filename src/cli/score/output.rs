//! Collects one score for each respondent, then prints the table with remarks on the meaning of the numbers, the options in force and the
//! number of excluded respondents.

use super::task::Task;
use super::{Common, Se, list};
use crate::cli::table::Listing;
use crate::cli::{Failure, plural, print, remark};
use crate::import::trials::units::{Unit, median};
use crate::import::trials::{RawTrial, Sink, WantedColumns};
use crate::measures::timed::{ErrorMethod, SplitHalf};
use crate::psychometrics::Interval;
use crate::rng::Rng;

const COLUMNS: &[&str] =
    &["respondent", "d", "se", "n_trials", "error_rate", "fast_rate", "excluded", "reason"];

const WITH_PRACTICE: &[&str] = &[
    "respondent",
    "d",
    "se",
    "n_trials",
    "error_rate",
    "fast_rate",
    "excluded",
    "reason",
    "d_practice",
    "d_test",
];

/// Collects scores.
pub struct ScoreTable<'a> {
    task: &'a Task,
    common: &'a Common,
    table: Listing,
    halves: Option<SplitHalf>,
    scored: usize,
    excluded: usize,
    /// Trials without an answer, too fast and too slow ones: respondents who have any, and how many.
    left_out: [Vec<(String, usize)>; 3],
    /// Respondents with impossible latencies, and their median as it stands in the file.
    odd: Vec<(String, f64)>,
    timed: usize,
    /// Trials with an answer, and those of them that count as errors.
    answered: (usize, usize),
}

impl<'a> ScoreTable<'a> {
    pub fn new(task: &'a Task, common: &'a Common) -> Self {
        let table = Listing::new(if task.practice { WITH_PRACTICE } else { COLUMNS });
        let halves = common.split_half.then(|| SplitHalf::new(common.splits as usize, common.seed));
        Self {
            task,
            common,
            table,
            halves,
            scored: 0,
            excluded: 0,
            left_out: Default::default(),
            odd: vec![],
            timed: 0,
            answered: (0, 0),
        }
    }

    fn error_method(&self, name: &str) -> ErrorMethod {
        match self.common.se {
            Se::None => ErrorMethod::None,
            Se::Analytic => ErrorMethod::Analytic,
            // A random stream of its own for each respondent, so that a new row changes no other standard error.
            Se::Bootstrap => ErrorMethod::Bootstrap {
                resamples: self.common.resamples as usize,
                seed: Rng::for_purpose(self.common.seed, name).bits(),
            },
        }
    }

    /// Refuses the file where no respondent's latencies are possible in the given unit, and names single respondents for whom that is so.
    pub fn check_unit(&self, wanted: &WantedColumns) -> Result<(), Failure> {
        let (Some(column), false) = (&wanted.latency, self.odd.is_empty()) else { return Ok(()) };
        let units: Vec<Option<Unit>> = self.odd.iter().map(|(_, median)| Unit::of(*median)).collect();
        let doubt = median(self.odd.iter().map(|(_, median)| *median))
            .filter(|_| self.odd.len() == self.timed && units.iter().all(|unit| *unit == units[0]))
            .and_then(|median| wanted.unit.doubt(column, median));
        if let Some(doubt) = doubt {
            return Err(doubt.refused().into());
        }
        let names: Vec<String> = self.odd.iter().map(|(name, _)| name.clone()).collect();
        let unit = wanted.unit.name;
        remark(&format!("most latencies in `{column}` do not look like {unit} for {}", list(&names)));
        Ok(())
    }

    /// Prints the table and the remarks.
    pub fn print(&self) -> Result<(), Failure> {
        print(&self.table.to_text(self.common.format)?)?;
        self.task.remarks.iter().for_each(|text| remark(text));
        remark(match self.common.se {
            Se::Analytic => "SE: analytic (delta method over trials within blocks)",
            Se::Bootstrap => "SE: bootstrap over trials within blocks",
            Se::None => "SE: none",
        });
        let (fast, slow) = self.task.kept;
        let why = ["without an answer".into(), format!("under {fast} ms"), format!("over {slow} ms")];
        for (respondents, why) in self.left_out.iter().zip(why).filter(|(found, _)| !found.is_empty()) {
            let trials: usize = respondents.iter().map(|(_, count)| count).sum();
            let names: Vec<String> =
                respondents.iter().map(|(name, count)| format!("{name} ({count})")).collect();
            remark(&format!("left out: {} {why}, of {}", plural(trials, "trial"), list(&names)));
        }
        let (answered, errors) = self.answered;
        if self.task.wanted.latency.is_some() && 2 * errors > answered {
            remark(&format!(
                "{errors} of {answered} answers count as errors, more than half: look whether the column says so of right answers (--correct \
                 COLUMN), or counts from 1"
            ));
        }
        let (scored, excluded) = (self.scored, self.excluded);
        remark(&format!("Respondents: {scored} scored, {excluded} excluded, with the reason beside each"));
        if let Some(halves) = &self.halves {
            remark(&match halves.reliability() {
                Some(found) => format!(
                    "Split-half: {:.3}{} (Spearman–Brown, from a mean correlation of {:.3} between random halves; {} respondents, {} splits)",
                    found.full,
                    match found.interval {
                        Some(Interval { low, high }) =>
                            format!(", 95 % interval {low:.3} to {high:.3} by Fisher's z over respondents"),
                        None => String::new(),
                    },
                    found.halves,
                    found.persons,
                    found.splits
                ),
                None => "Split-half: none, it takes three scored respondents whose scores differ".into(),
            });
        }
        Ok(())
    }
}

impl Sink for ScoreTable<'_> {
    fn reset(&mut self) {
        *self = Self::new(self.task, self.common);
    }

    fn respondent(&mut self, name: &str, entries: &[RawTrial]) {
        let (fast, slow) = self.task.kept;
        let counted = [
            entries.iter().filter(|entry| !entry.answered).count(),
            entries.iter().filter(|entry| entry.answered && entry.latency < fast).count(),
            entries.iter().filter(|entry| entry.answered && entry.latency > slow).count(),
        ];
        for (known, count) in self.left_out.iter_mut().zip(counted).filter(|(_, count)| *count > 0) {
            known.push((name.to_owned(), count));
        }
        self.answered.0 += entries.iter().filter(|entry| entry.answered).count();
        self.answered.1 += entries.iter().filter(|entry| entry.answered && !entry.yes).count();
        let unit = self.task.wanted.unit;
        if let Some(median) = median(entries.iter().map(|entry| entry.latency / unit.milliseconds)) {
            self.timed += 1;
            if unit.doubt("", median).is_some() {
                self.odd.push((name.to_owned(), median));
            }
        }
        let cleaned = (self.task.clean)(entries);
        let score = cleaned.score(self.error_method(name));
        if let Some(halves) = &mut self.halves {
            halves.add(&cleaned);
        }
        let outcome = score.outcome();
        let reason = outcome.as_ref().err().map(|why| why.sentence(&self.task.name));
        if reason.is_some() {
            self.excluded += 1
        } else {
            self.scored += 1
        }
        let estimate = match outcome {
            Ok(estimate) => Some(estimate),
            Err(_) if self.common.excluded_too => score.despite_exclusion(),
            Err(_) => None,
        };
        let mut row = vec![
            name.into(),
            estimate.map(|estimate| estimate.d).into(),
            estimate.and_then(|estimate| estimate.se).into(),
            score.n_trials.into(),
            score.error_rate.into(),
            score.fast_rate.into(),
            reason.is_some().into(),
            reason.into(),
        ];
        if self.task.practice {
            for pair in 0..2 {
                row.push(estimate.and_then(|estimate| estimate.pairs.get(pair).copied()).into());
            }
        }
        self.table.push(row);
    }
}
