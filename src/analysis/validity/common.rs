//! Correlations between self-reports without common method variance.
//!
//! For scores x and y, g is a score on the first factor of all other ratings of the respondent (minimum residual solution; weights λ/ψ of
//! standardised answers, Bartlett 1937), and what is left is the partial correlation r_xy·g = (r_xy − r_xg·r_yg)/√((1 − r_xg²)(1 − r_yg²)) with Fisher's
//! interval, 1/√(n − 4) (Podsakoff and others 2003: a general factor that is measured by other items than those of x and y).

use serde::Serialize;

use super::super::IntervalEstimate;
use super::super::estimate::{Uncorrelated, fisher};
use super::super::experience::{intention, satisfaction};
use super::{FEWEST_FOR_COMMON, Ground};
use crate::instrument::{Construct, Perspective, Reads};
use crate::psychometrics::descriptive::{correlation, correlation_matrix, mean, sd};
use crate::psychometrics::factor::minres;
use crate::psychometrics::normal;
use crate::psychometrics::{Interval, LEVEL};

/// Fewest other ratings that a general factor is made of, and the share of them that a session has to have.
const FEWEST_ITEMS: usize = 6;
const MOST_OF_THEM: f64 = 0.8;

/// Relations before and after a general factor is taken out.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Common {
    /// Cases, one for each respondent.
    pub cases: usize,
    /// The relations.
    pub lines: Vec<CommonLine>,
}

/// A relation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CommonLine {
    /// Explicit sentiment.
    pub said: String,
    /// What it goes with: a norm.
    pub with: String,
    /// Sessions with all three scores.
    pub n: usize,
    /// Other ratings behind the general factor.
    pub items: usize,
    /// The correlation; none where a score has no variance.
    pub before: Option<IntervalEstimate>,
    /// Without the general factor.
    pub after: Option<IntervalEstimate>,
    /// How both go with the general factor.
    pub general: Option<(f64, f64)>,
}

pub(super) fn common(ground: &Ground) -> Common {
    let who = ground.everybody();
    let mut found = Common { cases: who.len(), lines: Vec::new() };
    let main = ground.main;
    let recommendation = main.scales.iter().position(|scale| {
        scale.method.reads() == Reads::Recommendation && scale.perspective == Perspective::Own
    });
    let said = [recommendation, satisfaction(main), intention(main)];
    let norms = main.scales.iter().enumerate().filter(|(_, scale)| {
        scale.perspective == Perspective::Own
            && matches!(scale.construct, Construct::Model(_))
            && scale.method.is_of_points()
    });
    let norms: Vec<usize> = norms.map(|(index, _)| index).collect();
    for said in said.into_iter().flatten() {
        found.lines.extend(norms.iter().filter_map(|norm| line(ground, &who, said, *norm)));
    }
    found
}

fn line(ground: &Ground, who: &[usize], said: usize, norm: usize) -> Option<CommonLine> {
    let general = general(ground, who, &[said, norm])?;
    let of = |session: usize, known: f64| {
        let score = |scale| ground.answers.score(ground.main, scale, session);
        Some([score(said)?, score(norm)?, known])
    };
    let rows: Vec<[f64; 3]> =
        who.iter().zip(&general.scores).filter_map(|(session, known)| of(*session, (*known)?)).collect();
    if rows.len() < FEWEST_FOR_COMMON {
        return None;
    }
    let [x, y, g] = [0, 1, 2].map(|at| rows.iter().map(|row| row[at]).collect::<Vec<f64>>());
    let found = |before, after, with_factor| CommonLine {
        said: ground.label(said),
        with: ground.label(norm),
        n: rows.len(),
        items: general.items,
        before,
        after,
        general: with_factor,
    };
    if Uncorrelated::of(&x, &y).is_some_and(Uncorrelated::is_constant) {
        return Some(found(None, None, None));
    }
    let before = fisher(&x, &y)?;
    let (xg, yg) = (correlation(&x, &g).ok()?, correlation(&y, &g).ok()?);
    let after = partial(before.value, xg, yg, rows.len())?;
    Some(found(Some(before), Some(after), Some((xg, yg))))
}

/// A correlation without what both have in common with a third, with Fisher's interval.
pub(super) fn partial(xy: f64, xg: f64, yg: f64, n: usize) -> Option<IntervalEstimate> {
    let value = (xy - xg * yg) / ((1.0 - xg * xg) * (1.0 - yg * yg)).sqrt();
    let half = normal::critical(LEVEL) / (n as f64 - 4.0).sqrt();
    let z = value.atanh();
    let interval = Interval::between((z - half).tanh(), (z + half).tanh())?;
    value.is_finite().then(|| IntervalEstimate::of(value, interval))
}

struct General {
    /// By case; none with too few answers.
    scores: Vec<Option<f64>>,
    items: usize,
}

/// Scores on the first factor of all ratings but those of some scales.
fn general(ground: &Ground, who: &[usize], without: &[usize]) -> Option<General> {
    let columns = &ground.answers.columns;
    let items: Vec<usize> = without.iter().flat_map(|scale| ground.answers.of_scale(*scale)).collect();
    // A question may feed several scales: it counts once, and not at all where it feeds one of the two.
    let excluded = |at: usize| items.iter().any(|other| columns[*other].item == columns[at].item);
    let mut seen = std::collections::BTreeSet::new();
    let mut standard: Vec<Vec<Option<f64>>> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let own = ground.main.scales[column.scale].perspective == Perspective::Own;
        if !own || excluded(at) || !seen.insert((column.item, &column.name)) {
            continue;
        }
        let values: Vec<Option<f64>> = who.iter().map(|session| column.answers[*session].value()).collect();
        let known: Vec<f64> = values.iter().copied().flatten().collect();
        if (known.len() as f64) < MOST_OF_THEM * who.len() as f64 {
            continue;
        }
        let (centre, spread) = (mean(&known).ok()?, sd(&known).ok()?);
        if spread > 1e-9 {
            standard.push(values.iter().map(|value| value.map(|value| (value - centre) / spread)).collect());
        }
    }
    if standard.len() < FEWEST_ITEMS {
        return None;
    }
    let enough = |case: usize| {
        let known = standard.iter().filter(|values| values[case].is_some()).count();
        known as f64 >= MOST_OF_THEM * standard.len() as f64
    };
    // What few did not answer stands at the mean of all.
    let row =
        |case: usize| -> Vec<f64> { standard.iter().map(|values| values[case].unwrap_or(0.0)).collect() };
    let rows: Vec<Option<Vec<f64>>> = (0..who.len()).map(|case| enough(case).then(|| row(case))).collect();
    let known: Vec<Vec<f64>> = rows.iter().flatten().cloned().collect();
    if known.len() < FEWEST_FOR_COMMON {
        return None;
    }
    let solution = minres(&correlation_matrix(&known).ok()?, 1).ok()?;
    let weights: Vec<f64> = solution
        .loadings
        .iter()
        .zip(&solution.uniqueness)
        .map(|(loading, unique)| loading.first().copied().unwrap_or(0.0) / unique)
        .collect();
    let score = |row: Vec<f64>| row.iter().zip(&weights).map(|(value, weight)| value * weight).sum();
    Some(General { scores: rows.into_iter().map(|row| row.map(score)).collect(), items: standard.len() })
}
