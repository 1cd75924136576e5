//! Confirmatory factor analysis of the norms, and its invariance across languages.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{FEWEST_FOR_STRUCTURE, Ground, Unavailable};
use crate::instrument::{Construct, Perspective, RelationalModel};
use crate::psychometrics::confirmatory::{Equal, FactorModel, FitIndices, GroupMoments, confirm};
use crate::psychometrics::distribution::chi_squared_above;

/// The norms of a perspective by confirmatory factor analysis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Structure {
    /// Whose norms.
    pub perspective: Perspective,
    /// Norms with the names of their items, in the order of the factors.
    pub norms: Vec<NormItems>,
    /// How many of these items are put the other way round.
    pub reversed: usize,
    /// Cases with an answer to every item.
    pub cases: usize,
    /// Cases without.
    pub incomplete: usize,
    /// A factor for each norm, beside yes-saying where that was found.
    pub fit: Result<FitIndices, Unavailable>,
    /// Whether yes-saying is part of the fit.
    pub yes_saying: YesSaying,
    /// One factor for all items, beside yes-saying where that was found.
    pub single: Option<FitIndices>,
    /// Invariance across languages.
    pub invariance: Invariance,
}

/// Items that have to stand against others of their own norm before yes-saying can be told from what they are about: a norm that is turned
/// round as a whole goes with the others as its correlations do.
const FEWEST_AGAINST: usize = 2;

/// How readily people say yes, whatever a statement is about: a random intercept that goes with no norm (Maydeu-Olivares and Coffman 2006).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum YesSaying {
    /// No two items stand against others of their norm, or the search did not settle: the fit is without it.
    NotTold,
    /// Its variance came out at zero or below: the fit is without it.
    NotFound,
    /// Part of the fit; with it goes the fit without, where that could be estimated.
    Found(Option<Box<FitIndices>>),
}

/// A norm with its items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NormItems {
    /// Which.
    pub model: RelationalModel,
    /// Names of the columns.
    pub items: Vec<String>,
}

/// Whether languages measure alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Invariance {
    /// Languages with their complete cases, those of most first.
    pub languages: Vec<(String, usize)>,
    /// What was compared; none where not two languages have enough.
    pub tongues: Option<Tongues>,
}

/// The models of invariance over the languages that have enough cases.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tongues {
    /// Which languages.
    pub languages: Vec<String>,
    /// Whether yes-saying is part of these fits: where it was found in all complete cases, and in each of the languages.
    pub yes_saying: bool,
    /// Configural: equal structure.
    pub configural: Result<FitIndices, Unavailable>,
    /// Metric: equal loadings.
    pub metric: Result<FitIndices, Unavailable>,
    /// Scalar: equal intercepts.
    pub scalar: Result<FitIndices, Unavailable>,
    /// Metric against configural, scalar against metric.
    pub steps: [Option<ModelComparison>; 2],
}

/// What holding more equal takes from the fit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ModelComparison {
    /// Rise of χ².
    pub chi_squared: f64,
    /// Rise of its degrees of freedom.
    pub df: usize,
    /// The share of χ² above that rise.
    pub p: f64,
    /// Change of CFI; below zero is worse.
    pub cfi: f64,
    /// Change of RMSEA; above zero is worse.
    pub rmsea: f64,
}

impl ModelComparison {
    fn of(looser: &FitIndices, stricter: &FitIndices) -> Option<Self> {
        let df = stricter.df.checked_sub(looser.df).filter(|df| *df > 0)?;
        let chi_squared = (stricter.chi_squared - looser.chi_squared).max(0.0);
        Some(Self {
            chi_squared,
            df,
            p: chi_squared_above(chi_squared, df as f64)?,
            cfi: stricter.uncorrected.cfi - looser.uncorrected.cfi,
            rmsea: stricter.uncorrected.rmsea - looser.uncorrected.rmsea,
        })
    }
}

pub(super) fn structures(ground: &Ground) -> Vec<Structure> {
    Perspective::ALL.into_iter().filter_map(|perspective| structure(ground, perspective)).collect()
}

/// The structure of a perspective; none where its norms are not asked by points.
fn structure(ground: &Ground, perspective: Perspective) -> Option<Structure> {
    let columns_of = |model: RelationalModel| -> Vec<usize> {
        let scales = ground.main.scales.iter().enumerate();
        let own = scales.filter(|(_, scale)| {
            scale.perspective == perspective && scale.construct == Construct::Model(model)
        });
        own.flat_map(|(index, _)| ground.answers.of_scale(index)).collect()
    };
    let norms: Vec<(RelationalModel, Vec<usize>)> = RelationalModel::ALL
        .into_iter()
        .map(|model| (model, columns_of(model)))
        .filter(|(_, columns)| !columns.is_empty())
        .collect();
    if norms.is_empty() {
        return None;
    }
    let columns: Vec<usize> = norms.iter().flat_map(|(_, columns)| columns.iter().copied()).collect();
    let factor_of: Vec<usize> =
        norms.iter().enumerate().flat_map(|(at, (_, columns))| vec![at; columns.len()]).collect();
    let everybody = ground.everybody();
    let (who, rows) = ground.answers.complete(&columns, &everybody);
    let named = |(model, columns): &(RelationalModel, Vec<usize>)| NormItems {
        model: *model,
        items: columns.iter().map(|at| ground.answers.columns[*at].name.clone()).collect(),
    };
    let reversed = |at: &usize| ground.answers.columns[*at].reversed;
    let weights: Vec<f64> = columns.iter().map(|at| if reversed(at) { -1.0 } else { 1.0 }).collect();
    let of = |model: FactorModel| fitted(&[&rows], model, Equal::Nothing);
    let mut model = FactorModel::new(&factor_of);
    let mut fit = if norms.len() < 2 { Err(Unavailable::TooFewItems) } else { of(model) };
    let mut yes_saying = YesSaying::NotTold;
    let turned = columns.iter().filter(|at| reversed(at)).count();
    let against = |(_, columns): &(RelationalModel, Vec<usize>)| {
        let turned = columns.iter().filter(|at| reversed(at)).count();
        turned.min(columns.len() - turned)
    };
    if norms.iter().map(against).sum::<usize>() >= FEWEST_AGAINST && norms.len() > 1 {
        let beside = FactorModel { random_intercept: Some(&weights), ..model };
        match of(beside) {
            Ok(found) if has_yes_saying(&found) => {
                yes_saying = YesSaying::Found(std::mem::replace(&mut fit, Ok(found)).ok().map(Box::new));
                model = beside;
            }
            Ok(_) => yes_saying = YesSaying::NotFound,
            Err(_) => {}
        }
    }
    let all_on_one = vec![0; columns.len()];
    let single = fit.is_ok().then(|| of(FactorModel { factor_of: &all_on_one, ..model }).ok()).flatten();
    Some(Structure {
        perspective,
        norms: norms.iter().map(named).collect(),
        reversed: turned,
        cases: who.len(),
        incomplete: everybody.len() - who.len(),
        fit,
        yes_saying,
        single,
        invariance: invariance(ground, &who, &rows, model, norms.len()),
    })
}

/// Whether a random intercept has a variance above zero in every group.
pub(super) fn has_yes_saying(fit: &FitIndices) -> bool {
    fit.solutions.iter().filter_map(|found| found.random_intercept).all(|share| share.value > 0.0)
}

fn fitted(groups: &[&[Vec<f64>]], model: FactorModel, equal: Equal) -> Result<FitIndices, Unavailable> {
    if let Some(few) = groups.iter().find(|rows| rows.len() < FEWEST_FOR_STRUCTURE) {
        return Err(Unavailable::TooFew { found: few.len(), needed: FEWEST_FOR_STRUCTURE });
    }
    let groups = groups.iter().map(|rows| GroupMoments::of(rows)).collect::<Result<Vec<_>, _>>()?;
    Ok(confirm(&groups, model, equal)?)
}

fn invariance(
    ground: &Ground,
    who: &[usize],
    rows: &[Vec<f64>],
    model: FactorModel,
    norms: usize,
) -> Invariance {
    let mut by_language: BTreeMap<&str, Vec<Vec<f64>>> = BTreeMap::new();
    for (session, row) in who.iter().zip(rows) {
        by_language.entry(&ground.complete[*session].facts.language).or_default().push(row.clone());
    }
    let mut groups: Vec<(&str, Vec<Vec<f64>>)> = by_language.into_iter().collect();
    groups.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.len()));
    let languages = groups.iter().map(|(name, rows)| ((*name).to_owned(), rows.len())).collect();
    groups.retain(|(_, rows)| rows.len() >= FEWEST_FOR_STRUCTURE);
    if groups.len() < 2 || norms < 2 {
        return Invariance { languages, tongues: None };
    }
    let all: Vec<&[Vec<f64>]> = groups.iter().map(|(_, rows)| rows.as_slice()).collect();
    let yes_saying = model.random_intercept.is_some()
        && fitted(&all, model, Equal::Nothing).is_ok_and(|fit| has_yes_saying(&fit));
    let model = if yes_saying { model } else { FactorModel::new(model.factor_of) };
    let of = |equal| fitted(&all, model, equal);
    let (configural, metric, scalar) = (of(Equal::Nothing), of(Equal::Loadings), of(Equal::Intercepts));
    let step = |looser: &Result<FitIndices, Unavailable>, stricter: &Result<FitIndices, Unavailable>| {
        ModelComparison::of(looser.as_ref().ok()?, stricter.as_ref().ok()?)
    };
    let steps = [step(&configural, &metric), step(&metric, &scalar)];
    let names = groups.iter().map(|(name, _)| (*name).to_owned()).collect();
    Invariance {
        languages,
        tongues: Some(Tongues { languages: names, yes_saying, configural, metric, scalar, steps }),
    }
}
