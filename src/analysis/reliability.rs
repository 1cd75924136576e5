//! Reliability of every scale, over complete cases, with what could not be computed said so.

use serde::Serialize;

use super::experience::{points, title};
use super::measured::{Measured, Member};
use super::respondents::numbers;
use crate::instrument::kinds::Key;
use crate::instrument::{Construct, Instrument, Language, Method, Perspective, Reads, RelationalModel};
use crate::measures::Timed;
use crate::measures::association::{score_of, se_of};
use crate::psychometrics::LEVEL;
use crate::psychometrics::descriptive::{correlation_matrix, mean, sd, variance};
use crate::psychometrics::factor::{minres, omega_total};
use crate::psychometrics::reliability::{alpha_interval_of, cronbach_alpha};
use crate::text;

/// Reliability of a scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReliabilityLine {
    /// The scale's name.
    pub name: String,
    /// Its title.
    pub label: String,
    /// Whose norms.
    pub perspective: Perspective,
    /// Items.
    pub items: usize,
    /// Respondents with all items.
    pub n: usize,
    /// Respondents with some.
    pub incomplete: usize,
    /// Mean of the scores in the points of the scale.
    pub mean: Option<f64>,
    /// Their standard deviation.
    pub sd: Option<f64>,
    /// Cronbach's α over complete cases, with a bootstrap interval where one was worked out.
    pub alpha: Option<f64>,
    /// Interval of α.
    pub alpha_interval: Option<(f64, f64)>,
    /// ω_total of a one-factor solution.
    pub omega: Option<f64>,
    /// Reliability of an indirect measure, from its own standard errors: 1 − mean(SE²)/variance.
    pub indirect: Option<f64>,
    /// Why there is no coefficient, where there is none.
    pub reason: Option<String>,
    /// The model whose people the mean counts, because nearly all scores of its norm lie at the two ends.
    #[serde(skip)]
    pub(super) counts: Option<RelationalModel>,
}

/// From this share of the widest spread that scores with such a mean could have, they lie at the two ends.
const AT_THE_ENDS: f64 = 0.5;

/// Respondents drawn for the interval of one α, over all resamples, because it is recomputed whenever a filter changes; `relata stats` has
/// a flag. With so many respondents that resamples get few, the interval is narrow anyhow.
const DRAWS: usize = 300_000;
pub(crate) const MOST_RESAMPLES: usize = 1_000;
pub(crate) const FEWEST_RESAMPLES: usize = 200;
/// Any number serves, as long as it stays.
pub(crate) const SEED: u64 = 2012;

pub(super) fn scales(
    measured: &Measured,
    main: &Instrument,
    complete: &[&Member],
    language: &Language,
) -> Vec<ReliabilityLine> {
    (0..main.scales.len()).filter_map(|index| line(measured, main, index, complete, language)).collect()
}

fn line(
    measured: &Measured,
    main: &Instrument,
    index: usize,
    complete: &[&Member],
    language: &Language,
) -> Option<ReliabilityLine> {
    let scale = main.scales.get(index)?;
    let label = title(main, scale, language);
    let mut line = ReliabilityLine {
        name: scale.name.clone(),
        label,
        perspective: scale.perspective,
        items: points(main, index).map_or(0, |(items, _)| items),
        n: 0,
        incomplete: 0,
        mean: None,
        sd: None,
        alpha: None,
        alpha_interval: None,
        omega: None,
        indirect: None,
        reason: None,
        counts: None,
    };
    match scale.method.reads() {
        Reads::Points | Reads::Recommendation => {
            let (rows, whose): (Vec<_>, Vec<usize>) =
                rows(measured, main, index, complete).into_iter().unzip();
            of_points(&mut line, (&rows, &whose), scale.min_valid, scale.method == Method::Sum, language);
            if let (Construct::Model(model), Some((_, ends))) = (&scale.construct, points(main, index)) {
                line.counts = line.lies_at(ends).then_some(*model);
            }
        }
        Reads::Words | Reads::Sorting => {
            of_errors(&mut line, &indirect(measured, scale.method, complete), language);
        }
        // Shares of one whole hang together by arithmetic; a coefficient of them would say nothing.
        Reads::Choices | Reads::Extremes => return None,
    }
    Some(line)
}

impl ReliabilityLine {
    /// Leaves no figure.
    pub(super) fn hide(&mut self) {
        (self.n, self.incomplete) = (0, 0);
        (self.mean, self.sd, self.alpha, self.omega, self.indirect) = (None, None, None, None, None);
        self.alpha_interval = None;
    }

    /// Whether the scores lie at these ends: scores between two ends with this mean spread widest when all of them do.
    fn lies_at(&self, (low, high): (f64, f64)) -> bool {
        let (Some(mean), Some(sd)) = (self.mean, self.sd) else { return false };
        sd > 0.0 && sd * sd >= AT_THE_ENDS * (mean - low) * (high - mean)
    }
}

/// The points of a scale by session, each with a number for its respondent, of every version of the instrument in which the scale has the very same items.
fn rows(
    measured: &Measured,
    main: &Instrument,
    index: usize,
    complete: &[&Member],
) -> Vec<(Vec<Option<f64>>, usize)> {
    let name = &main.scales[index].name;
    let wanted = item_columns(main, index);
    // Versions are few and sessions many: each version is looked at once.
    let versions: Vec<(&String, usize)> = measured
        .instruments
        .iter()
        .filter_map(|(hash, version)| {
            let there = version.scales.iter().position(|scale| scale.name == *name)?;
            same_columns(&item_columns(version, there), &wanted).then_some((hash, there))
        })
        .collect();
    let of_version = |(member, respondent): (&&Member, usize)| {
        let (_, there) = versions.iter().find(|(hash, _)| **hash == member.facts.hash)?;
        Some((member.digest.parts.of_scale(*there).to_vec(), respondent))
    };
    complete.iter().zip(numbers(complete.iter().copied())).filter_map(of_version).collect()
}

/// The columns that feed a scale with points: the item of each by index, its name, and whether it is put the other way round.
pub fn item_columns(instrument: &Instrument, scale: usize) -> Vec<(usize, String, bool)> {
    let mut columns = Vec::new();
    for (index, item) in instrument.items.iter().enumerate() {
        let names = item.question.columns();
        for feed in item.question.feeds().into_iter().filter(|feed| feed.scale == scale) {
            if let Key::Points { reverse, .. } = feed.key {
                columns.extend(names.get(feed.column).map(|column| (index, column.name.clone(), reverse)));
            }
        }
    }
    columns
}

/// Whether two versions of a scale have the very same columns with the same keying, wherever these stand in the questionnaire.
pub(super) fn same_columns(one: &[(usize, String, bool)], other: &[(usize, String, bool)]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| (&a.1, a.2) == (&b.1, b.2))
}

fn of_points(
    line: &mut ReliabilityLine,
    (rows, whose): (&[Vec<Option<f64>>], &[usize]),
    needed: usize,
    sum: bool,
    language: &Language,
) {
    line.n = rows.iter().filter(|row| !row.is_empty() && row.iter().all(Option::is_some)).count();
    line.incomplete = rows.iter().filter(|row| row.iter().any(Option::is_some)).count() - line.n;
    let factor = if sum { line.items as f64 } else { 1.0 };
    let score = |row: &Vec<Option<f64>>| {
        let valid: Vec<f64> = row.iter().copied().flatten().collect();
        (valid.len() >= needed).then(|| factor * valid.iter().sum::<f64>() / valid.len() as f64)
    };
    let scores: Vec<f64> = rows.iter().filter_map(score).collect();
    (line.mean, line.sd) = (mean(&scores).ok(), sd(&scores).ok());
    if line.items < 2 {
        line.reason = Some(text!(language, "analysis-reliability-one-question-no-reliability"));
        return;
    }
    match cronbach_alpha(rows) {
        Ok(alpha) => line.alpha = Some(alpha.value),
        Err(_) => {
            line.reason = Some(too_little(language));
            return;
        }
    }
    let whole = |(row, respondent): (&Vec<Option<f64>>, &usize)| {
        Some((row.iter().copied().collect::<Option<Vec<f64>>>()?, *respondent))
    };
    let (complete, whose): (Vec<Vec<f64>>, Vec<usize>) = rows.iter().zip(whose).filter_map(whole).unzip();
    line.omega = omega(&complete);
    let resamples = (DRAWS / complete.len().max(1)).min(MOST_RESAMPLES);
    if resamples >= FEWEST_RESAMPLES {
        let interval = alpha_interval_of(&complete, &whose, resamples, LEVEL, SEED).ok();
        line.alpha_interval = interval.map(|interval| (interval.low, interval.high));
    }
}

/// ω_total of standardised items from a one-factor solution; none where there is no such solution.
fn omega(complete: &[Vec<f64>]) -> Option<f64> {
    let solution = minres(&correlation_matrix(complete).ok()?, 1).ok()?;
    let loadings: Vec<f64> = solution.loadings.iter().filter_map(|row| row.first().copied()).collect();
    let omega = omega_total(&loadings, &solution.uniqueness);
    omega.is_finite().then_some(omega)
}

/// Scores of an indirect measure with their standard errors.
pub(super) fn indirect(measured: &Measured, method: Method, complete: &[&Member]) -> Vec<(f64, f64)> {
    let of = |member: &&Member| {
        let parts = &member.digest.parts;
        if method.reads() == Reads::Sorting {
            return match parts.timed {
                Some(Timed::Scored(value, Some(se), _)) => Some((value, se)),
                _ => None,
            };
        }
        let key = (member.facts.hash.clone(), member.facts.pool().to_owned());
        let within = measured.norms.get(&key)?.within_sd?;
        let needed = measured
            .instruments
            .get(&key.0)
            .and_then(|version| version.scales.iter().find(|scale| scale.method.reads() == Reads::Words))
            .map_or(1, |scale| scale.min_valid);
        let words = parts.words.as_ref().filter(|words| words.len() >= needed)?;
        Some((score_of(words)?, se_of(words, within)))
    };
    complete.iter().filter_map(of).collect()
}

fn of_errors(line: &mut ReliabilityLine, scores: &[(f64, f64)], language: &Language) {
    let values: Vec<f64> = scores.iter().map(|(value, _)| *value).collect();
    let errors: Vec<f64> = scores.iter().map(|(_, se)| se * se).collect();
    line.n = scores.len();
    (line.mean, line.sd) = (mean(&values).ok(), sd(&values).ok());
    match (variance(&values), mean(&errors)) {
        (Ok(spread), Ok(error)) if spread > 1e-18 => line.indirect = Some((1.0 - error / spread).max(0.0)),
        _ => line.reason = Some(too_little(language)),
    }
}

fn too_little(language: &Language) -> String {
    text!(language, "analysis-reliability-too-few-answers-no")
}
