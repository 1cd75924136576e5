//! Whether findings change when missing answers are imputed.

use serde::Serialize;

use super::super::estimate::Uncorrelated;
use super::answers::{ItemColumn, PointAnswer};
use super::{FEWEST_FOR_IMPUTATION, Ground};
use crate::instrument::{Instrument, Reads};
use crate::measures::parts::said_of;
use crate::psychometrics::LEVEL;
use crate::psychometrics::descriptive::{correlation, mean, variance};
use crate::psychometrics::imputation::{self, IMPUTATIONS, PooledEstimate, impute, pool};
use crate::psychometrics::parallel;

/// Figures with and without imputed answers.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Sensitivity {
    /// Sessions.
    pub sessions: usize,
    /// Ratings that were asked, over all sessions.
    pub asked: usize,
    /// Of these, those without an answer.
    pub gone: usize,
    /// Of these, those that could be imputed.
    pub imputed: usize,
    /// Sessions with any of them.
    pub with_gaps: usize,
    /// Ratings that were not asked, over all sessions. They are imputed nowhere.
    pub not_asked: usize,
    /// Imputations, and the seed behind them.
    pub imputations: usize,
    /// Seed of the imputations.
    pub seed: u64,
    /// The figures; none where nothing is missing, or of too few sessions.
    pub lines: Vec<SensitivityLine>,
}

/// What a figure is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SensitivityFigure {
    /// The mean of a scale, by its title.
    Mean(String),
    /// The Net Promoter Score.
    Nps,
    /// The correlation of explicit with associated sentiment.
    SaidAssociated,
}

/// A figure with and without imputed answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SensitivityLine {
    /// Which.
    pub what: SensitivityFigure,
    /// Sessions that have it as they answered.
    pub n: usize,
    /// Its value over these, with an interval by t (of a correlation, by Fisher's z).
    pub without: Option<(f64, f64, f64)>,
    /// Sessions that have it once answers are imputed.
    pub n_imputed: usize,
    /// What the imputations come to: value and ends.
    pub with: Option<(f64, f64, f64)>,
    /// Standard error, degrees of freedom and the fraction of missing information; of a correlation on the scale of Fisher's z.
    pub pooled: Option<PooledEstimate>,
    /// How far the value moves, in standard errors of the one without.
    pub moves: Option<f64>,
    /// Whether it is a correlation with a score without variance.
    pub undefined: bool,
}

pub(super) fn sensitivity(ground: &Ground, seed: u64) -> Sensitivity {
    let columns = &ground.answers.columns;
    let count = |wanted: &dyn Fn(&PointAnswer) -> bool| {
        columns.iter().map(|column| column.answers.iter().filter(|answer| wanted(answer)).count()).sum()
    };
    let is_gone = |answer: &PointAnswer| *answer == PointAnswer::Gone;
    let with_gaps = (0..ground.complete.len())
        .filter(|at| columns.iter().any(|column| column.answers.get(*at).is_some_and(is_gone)))
        .count();
    let mut found = Sensitivity {
        sessions: ground.complete.len(),
        asked: count(&|answer| *answer != PointAnswer::NotAsked),
        gone: count(&is_gone),
        not_asked: count(&|answer| *answer == PointAnswer::NotAsked),
        with_gaps,
        imputations: IMPUTATIONS,
        seed,
        ..Sensitivity::default()
    };
    if found.gone == 0 || ground.complete.len() < FEWEST_FOR_IMPUTATION {
        return found;
    }
    let prepared: Vec<imputation::IncompleteVariable> = columns.iter().map(prepared).collect();
    let sets: Vec<usize> = (0..IMPUTATIONS).collect();
    // Each imputation has a stream of its own, so that they can be drawn beside each other.
    let imputed = parallel::map(sets, |at| impute(&prepared, at, seed));
    let as_answered: Vec<Vec<Option<f64>>> = prepared.iter().map(|column| column.values.clone()).collect();
    found.imputed = imputed.first().map_or(0, |set| {
        let filled = |(before, after): (&Vec<Option<f64>>, &Vec<Option<f64>>)| {
            before.iter().zip(after).filter(|(before, after)| before.is_none() && after.is_some()).count()
        };
        as_answered.iter().zip(set).map(filled).sum()
    });
    found.lines = figures(ground)
        .into_iter()
        .filter_map(|figure| line(&figure, &as_answered, &imputed))
        .filter(|line| line.n > 0)
        .collect();
    found
}

fn prepared(column: &ItemColumn) -> imputation::IncompleteVariable {
    let gaps = (0..column.answers.len()).filter(|at| column.answers[*at] == PointAnswer::Gone).collect();
    let values = column.answers.iter().map(|answer| answer.value()).collect();
    imputation::IncompleteVariable { values, gaps, scale: column.scale }
}

/// Points by column, by session.
type Points = Vec<Vec<Option<f64>>>;

/// A figure, with how its cases are read off points.
struct Figure<'a> {
    what: SensitivityFigure,
    of: Box<dyn Fn(&Points) -> Cases + 'a>,
}

/// What a figure is worked out from.
enum Cases {
    Values(Vec<f64>),
    Pairs(Vec<f64>, Vec<f64>),
}

impl Cases {
    fn n(&self) -> usize {
        match self {
            Self::Values(values) | Self::Pairs(values, _) => values.len(),
        }
    }

    /// An estimate with its squared error and the degrees of freedom of a complete sample; of pairs as Fisher's z.
    fn estimate(&self) -> Option<(f64, f64, f64)> {
        match self {
            Self::Values(values) => {
                let n = values.len() as f64;
                Some((mean(values).ok()?, variance(values).ok()? / n, n - 1.0))
            }
            Self::Pairs(x, y) => {
                let n = x.len() as f64;
                let z = correlation(x, y).ok()?.atanh();
                (n > 4.0 && z.is_finite()).then_some((z, 1.0 / (n - 3.0), n - 2.0))
            }
        }
    }

    /// Whether there is no correlation because one of the two has no variance.
    fn is_undefined(&self) -> bool {
        matches!(self, Self::Pairs(x, y) if Uncorrelated::of(x, y).is_some_and(Uncorrelated::is_constant))
    }

    /// From the scale that is pooled to the one that is shown.
    fn shown(&self, value: f64) -> f64 {
        match self {
            Self::Values(_) => value,
            Self::Pairs(..) => value.tanh(),
        }
    }
}

fn figures<'a>(ground: &'a Ground<'a>) -> Vec<Figure<'a>> {
    let main = ground.main.as_ref();
    let mut found = Vec::new();
    for (index, scale) in main.scales.iter().enumerate().filter(|(_, scale)| scale.method.is_of_points()) {
        let own = ground.answers.of_scale(index);
        if own.is_empty() {
            continue;
        }
        let nps = scale.method.reads() == Reads::Recommendation;
        let needed = scale.min_valid;
        let score = move |points: &Points, session: usize| {
            let known: Vec<f64> = own.iter().filter_map(|at| points[*at][session]).collect();
            (known.len() >= needed).then(|| known.iter().sum::<f64>() / known.len() as f64)
        };
        let sessions = ground.complete.len();
        let of = move |points: &Points| {
            let scores = (0..sessions).filter_map(|session| score(points, session));
            let side = super::super::experience::side;
            Cases::Values(scores.map(|score| if nps { 100.0 * side(score) } else { score }).collect())
        };
        let what = if nps { SensitivityFigure::Nps } else { SensitivityFigure::Mean(ground.label(index)) };
        found.push(Figure { what, of: Box::new(of) });
    }
    let said_associated = move |points: &Points| {
        let pair = |(session, member): (usize, &&super::Member)| {
            let associated = member.gap.as_ref()?.0.indirect?.value;
            Some((said(main, ground, points, session)?, associated))
        };
        let (said, associated) = ground.complete.iter().enumerate().filter_map(pair).unzip();
        Cases::Pairs(said, associated)
    };
    found.push(Figure { what: SensitivityFigure::SaidAssociated, of: Box::new(said_associated) });
    found
}

/// The explicit composite of a session with these points.
fn said(main: &Instrument, ground: &Ground, points: &Points, session: usize) -> Option<f64> {
    let mut by_scale: Vec<Vec<Option<f64>>> = vec![Vec::new(); main.scales.len()];
    for (column, points) in ground.answers.columns.iter().zip(points) {
        by_scale[column.scale].push(points[session]);
    }
    said_of(main, &by_scale).value()
}

fn line(figure: &Figure, as_answered: &Points, imputed: &[Points]) -> Option<SensitivityLine> {
    let cases = (figure.of)(as_answered);
    let without = cases.estimate();
    let sets: Vec<Cases> = imputed.iter().map(|points| (figure.of)(points)).collect();
    let found: Option<Vec<(f64, f64, f64)>> = sets.iter().map(Cases::estimate).collect();
    let pooled = found.as_ref().and_then(|found| {
        let pairs: Vec<(f64, f64)> = found.iter().map(|(value, error, _)| (*value, *error)).collect();
        pool(&pairs, found.first()?.2, LEVEL).ok()
    });
    let alone =
        without.and_then(|(value, error, df)| pool(&[(value, error), (value, error)], df, LEVEL).ok());
    let shown = |pooled: PooledEstimate| {
        let ends = pooled.interval?;
        Some((cases.shown(pooled.value), cases.shown(ends.low), cases.shown(ends.high)))
    };
    let moves = without
        .zip(pooled)
        .and_then(|((value, error, _), pooled)| (error > 0.0).then(|| (pooled.value - value) / error.sqrt()));
    Some(SensitivityLine {
        what: figure.what.clone(),
        n: cases.n(),
        without: alone.and_then(shown),
        n_imputed: sets.first()?.n(),
        with: pooled.and_then(shown),
        pooled,
        moves,
        undefined: cases.is_undefined(),
    })
}
