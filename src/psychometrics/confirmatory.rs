//! Confirmatory factor analysis: correlated factors, each item on one of them, and a random intercept where it is wanted, by maximum
//! likelihood over complete cases, in one group or in several.
//!
//! Σ = ΛΦΛᵀ + ψwwᵀ + Θ and μ = ν + Λα + wκ; F = Σ_g n_g/N·[ln|Σ_g| + tr(S_gΣ_g⁻¹) − ln|S_g| − p + (m_g − μ_g)ᵀΣ_g⁻¹(m_g − μ_g)] with covariances over n;
//! χ² = N·F (Jöreskog 1969, 1971; Bollen 1989). Factors have variance 1 (in the first group, where loadings are equal over groups). The random
//! intercept goes with no factor; its weights w are given (Maydeu-Olivares and Coffman 2006). CFI (Bentler
//! 1990), TLI (Tucker and Lewis 1973), RMSEA with its interval and the test of close fit (Steiger 1990; Browne and Cudeck 1993), SRMR
//! (Bentler 1995), all as lavaan prints them. Refuses to say what fits well.

mod search;
mod solution;
#[cfg(test)]
mod tests;

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};
use serde::Serialize;

use super::distribution::{chi_squared_above, noncentral_below, noncentrality};
use super::{Estimate, Interval, Uncomputable, finite};
use search::{Parameters, Settled};

/// The RMSEA up to which a fit is called close in the test of close fit (Browne and Cudeck 1993).
pub const CLOSE: f64 = 0.05;
/// The level of the interval of RMSEA, as is usual.
pub const RMSEA_LEVEL: f64 = 0.90;

/// What the cases of a group come to.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupMoments {
    /// Cases.
    pub n: usize,
    /// Means of the items.
    pub means: Vec<f64>,
    /// Their covariances, over n.
    pub covariance: Vec<Vec<f64>>,
    /// The cases themselves; none where only moments are known.
    pub cases: Vec<Vec<f64>>,
}

impl GroupMoments {
    /// The means and covariances of complete cases.
    ///
    /// # Errors
    /// No cases, rows that differ in length, or a value that is not finite.
    pub fn of(rows: &[Vec<f64>]) -> Result<Self, Uncomputable> {
        let (n, items) = (rows.len(), rows.first().map_or(0, Vec::len));
        if rows.iter().any(|row| row.len() != items) {
            return Err(Uncomputable::Ragged);
        }
        if n < 2 {
            return Err(Uncomputable::TooFewCases { needed: 2, found: n });
        }
        if rows.iter().flatten().any(|value| !value.is_finite()) {
            return Err(Uncomputable::NotFinite);
        }
        let mean = |i: usize| rows.iter().map(|row| row[i]).sum::<f64>() / n as f64;
        let means: Vec<f64> = (0..items).map(mean).collect();
        let product = |i: usize, j: usize| {
            rows.iter().map(|row| (row[i] - means[i]) * (row[j] - means[j])).sum::<f64>() / n as f64
        };
        let covariance = (0..items).map(|i| (0..items).map(|j| product(i, j)).collect()).collect();
        Ok(Self { n, means, covariance, cases: rows.to_vec() })
    }
}

/// Which items there are, and what moves them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FactorModel<'a> {
    /// By item: its factor.
    pub factor_of: &'a [usize],
    /// By item: the weight of an intercept that differs from person to person: 1, or −1 where answers were turned round since they were
    /// given, as yes-saying moves them.
    pub random_intercept: Option<&'a [f64]>,
}

impl<'a> FactorModel<'a> {
    /// Items on factors, and nothing else.
    pub fn new(factor_of: &'a [usize]) -> Self {
        Self { factor_of, random_intercept: None }
    }

    fn factors(&self) -> usize {
        self.factor_of.iter().max().map_or(0, |most| most + 1)
    }
}

/// What is held equal over groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Equal {
    /// Nothing but which item belongs where: configural.
    Nothing,
    /// Loadings: metric.
    Loadings,
    /// Loadings and intercepts: scalar.
    Intercepts,
}

/// How well a model fits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FitIndices {
    /// Cases, in all groups.
    pub n: usize,
    /// χ² of the model.
    pub chi_squared: f64,
    /// Its degrees of freedom.
    pub df: usize,
    /// The share of χ² above that.
    pub p: f64,
    /// χ² put right for few cases and for answers that are not normal; none over several groups, or without the cases.
    pub corrected: Option<Corrected>,
    /// χ² and degrees of freedom of the model in which nothing goes with anything.
    pub baseline: (f64, usize),
    /// What follows from χ² as it is; [`FitIndices::indices`] from the corrected one where there is one.
    pub uncorrected: Indices,
    /// Standardised root mean square residual.
    pub srmr: f64,
    /// What was estimated, by group.
    pub solutions: Vec<ConfirmatorySolution>,
}

/// χ² divided by what kurtosis makes of it (Satorra and Bentler 1994) and held back for few cases (Swain 1975; as Fouladi 2000 does with Bartlett's).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Corrected {
    /// What χ² is divided by: tr(UΓ)/df; 1 where answers are normal.
    pub scaling: f64,
    /// What it is multiplied by for few cases.
    pub few: f64,
    /// χ² after both.
    pub chi_squared: f64,
    /// The share of χ² above that.
    pub p: f64,
    /// Indices of fit after both.
    pub indices: Indices,
}

/// Indices of fit: the baseline and the model each beyond their degrees of freedom.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Indices {
    /// Comparative fit index.
    pub cfi: f64,
    /// Tucker–Lewis index.
    pub tli: f64,
    /// Root mean square error of approximation.
    pub rmsea: f64,
    /// Its 90 % interval; an end at zero is one.
    pub rmsea_interval: Interval,
    /// p of the hypothesis that RMSEA is at most [`CLOSE`].
    pub close: f64,
}

/// What was estimated in a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConfirmatorySolution {
    /// Standardised loading of each item on its factor, with its standard error.
    pub loadings: Vec<Estimate>,
    /// Correlations of factors, with their standard errors where factors have variance 1; none between one factor and itself.
    pub correlations: Vec<Vec<Option<Estimate>>>,
    /// Means of the factors: zero in the first group.
    pub means: Vec<f64>,
    /// Items whose own variance came out at zero or below: Heywood cases.
    pub heywood: Vec<usize>,
    /// Whether some factors go together as no variables can.
    pub impossible: bool,
    /// The share of an item's variance that the random intercept makes, in the mean over items; below zero where its variance comes out there.
    pub random_intercept: Option<Estimate>,
}

impl FitIndices {
    /// Indices of fit: after correction where that is known.
    pub fn indices(&self) -> Indices {
        self.corrected.map_or(self.uncorrected, |corrected| corrected.indices)
    }

    /// Whether an estimate is one that cannot be: a variance below zero, or a correlation beyond one.
    pub fn is_improper(&self) -> bool {
        self.solutions.iter().any(|found| !found.heywood.is_empty() || found.impossible)
    }
}

/// Fits a model in all groups at once.
///
/// # Errors
/// Weights that are not one an item, fewer cases in a group than items + 1, a factor of a single item, no degrees of freedom, covariances that cannot be inverted, or a search that did
/// not settle.
pub fn confirm(
    groups: &[GroupMoments],
    model: FactorModel,
    equal: Equal,
) -> Result<FitIndices, Uncomputable> {
    let (items, factors) = (model.factor_of.len(), model.factors());
    let sound = |group: &GroupMoments| {
        group.means.len() == items
            && group.covariance.len() == items
            && group.covariance.iter().all(|row| row.len() == items)
    };
    let weighted = model.random_intercept.is_none_or(|weights| weights.len() == items);
    if groups.is_empty() || !weighted || !groups.iter().all(sound) {
        return Err(Uncomputable::Ragged);
    }
    if let Some(group) = groups.iter().find(|group| group.n <= items) {
        return Err(Uncomputable::TooFewCases { needed: items + 1, found: group.n });
    }
    // A factor of two items leans on the other factors; one of a single item is that item.
    let of_factor = |factor: usize| model.factor_of.iter().filter(|of| **of == factor).count();
    let least = (0..factors).map(of_factor).min().unwrap_or(0);
    let needed = if factors == 1 { 3 } else { 2 };
    if least < needed {
        return Err(Uncomputable::TooFewItems { needed, found: least });
    }
    let sample: Vec<GroupMatrices> = groups.iter().map(GroupMatrices::of).collect::<Result<_, _>>()?;
    let model = Parameters::new(&sample, model, equal);
    let settled = model.settle(&sample)?;
    fit(&sample, &model, &settled)
}

/// A group in the form that the search wants.
struct GroupMatrices<'a> {
    cases: &'a [Vec<f64>],
    n: f64,
    means: DVector<f64>,
    covariance: DMatrix<f64>,
    log_determinant: f64,
}

impl<'a> GroupMatrices<'a> {
    fn of(group: &'a GroupMoments) -> Result<Self, Uncomputable> {
        let items = group.means.len();
        let covariance = DMatrix::from_fn(items, items, |i, j| group.covariance[i][j]);
        if covariance.iter().chain(&group.means).any(|value| !value.is_finite()) {
            return Err(Uncomputable::NotFinite);
        }
        let spread: Vec<f64> = covariance.diagonal().iter().map(|variance| variance.sqrt()).collect();
        if spread.iter().any(|sd| sd.is_nan() || *sd <= 0.0) {
            return Err(Uncomputable::NoVariance);
        }
        let correlation = DMatrix::from_fn(items, items, |i, j| covariance[(i, j)] / (spread[i] * spread[j]));
        let factored = super::factor::factored(correlation)?;
        let log_determinant = log_determinant(&factored) + 2.0 * spread.iter().map(|sd| sd.ln()).sum::<f64>();
        let means = DVector::from_vec(group.means.clone());
        Ok(Self { cases: &group.cases, n: group.n as f64, means, covariance, log_determinant })
    }
}

fn log_determinant(factored: &Cholesky<f64, Dyn>) -> f64 {
    2.0 * factored.l_dirty().diagonal().iter().map(|pivot| pivot.ln()).sum::<f64>()
}

fn fit(sample: &[GroupMatrices], model: &Parameters, settled: &Settled) -> Result<FitIndices, Uncomputable> {
    let n: f64 = sample.iter().map(|group| group.n).sum();
    let (items, groups) = (model.items(), sample.len());
    let moments = groups * items * (items + 1) / 2;
    let means = if model.has_means() { groups * items } else { 0 };
    let Some(df) = (moments + means).checked_sub(model.parameters()).filter(|df| *df > 0) else {
        return Err(Uncomputable::TooFewItems { needed: items + 1, found: items });
    };
    let chi_squared = finite(n * settled.discrepancy)?.max(0.0);
    let apart = |group: &GroupMatrices| {
        let variances = group.covariance.diagonal().iter().map(|variance| variance.ln()).sum::<f64>();
        group.n * (variances - group.log_determinant)
    };
    let baseline = (sample.iter().map(apart).sum::<f64>().max(0.0), groups * items * (items - 1) / 2);
    let plain = Scaled { chi_squared, df, scaling: 1.0 };
    let plain_baseline = Scaled { chi_squared: baseline.0, df: baseline.1, scaling: 1.0 };
    Ok(FitIndices {
        n: n.round() as usize,
        chi_squared,
        df,
        p: chi_squared_above(chi_squared, df as f64).ok_or(Uncomputable::NotFinite)?,
        corrected: corrected(sample, model, settled, [plain, plain_baseline]),
        baseline,
        uncorrected: indices(plain, plain_baseline, (n, groups))?,
        srmr: srmr(sample, model, settled, n),
        solutions: model.solutions(settled),
    })
}

/// χ² of a model, and what it has to be divided by to be one.
#[derive(Clone, Copy)]
struct Scaled {
    chi_squared: f64,
    df: usize,
    scaling: f64,
}

impl Scaled {
    /// How far it lies beyond what chance makes of it.
    fn beyond(self) -> f64 {
        self.chi_squared - self.scaling * self.df as f64
    }
}

/// With scalings of 1 the usual indices, else those of Brosseau-Liard, Savalei and Li (2012; 2014), which tend to what the usual ones would
/// be if answers were normal.
fn indices(model: Scaled, baseline: Scaled, (n, groups): (f64, usize)) -> Result<Indices, Uncomputable> {
    let (df, scaling) = (model.df as f64, model.scaling);
    let beyond = model.beyond().max(0.0);
    let most = beyond.max(baseline.beyond());
    let tli = 1.0 - (model.beyond() / df) / (baseline.beyond() / baseline.df as f64);
    let chi_squared = model.chi_squared / scaling;
    let rmsea = |beyond: f64| (beyond / (n * df)).sqrt() * (groups as f64).sqrt();
    let tail = (1.0 - RMSEA_LEVEL) / 2.0;
    let end = |share: f64| {
        let found = noncentrality(chi_squared, df, share).ok_or(Uncomputable::NotConverged)?;
        Ok::<_, Uncomputable>(rmsea(scaling * found))
    };
    let at_close = n * df * CLOSE * CLOSE / groups as f64 / scaling;
    let below = noncentral_below(chi_squared, df, at_close).ok_or(Uncomputable::NotConverged)?;
    Ok(Indices {
        cfi: if most > 0.0 { 1.0 - beyond / most } else { 1.0 },
        tli: finite(tli)?,
        rmsea: rmsea(beyond),
        rmsea_interval: Interval { low: end(1.0 - tail)?, high: end(tail)? },
        close: 1.0 - below,
    })
}

fn corrected(
    sample: &[GroupMatrices],
    model: &Parameters,
    settled: &Settled,
    [plain, baseline]: [Scaled; 2],
) -> Option<Corrected> {
    let [group] = sample else { return None };
    let right = |plain: Scaled, trace: f64| {
        let few = swain(group.n, model.items(), plain.df);
        (few, Scaled { chi_squared: few * plain.chi_squared, scaling: trace / plain.df as f64, ..plain })
    };
    let (few, found) = right(plain, model.trace(group, settled)?);
    let (_, baseline) = right(baseline, independence_trace(group)?);
    let chi_squared = found.chi_squared / found.scaling;
    let p = chi_squared_above(chi_squared, found.df as f64)?;
    let indices = indices(found, baseline, (group.n, 1)).ok()?;
    Some(Corrected { scaling: found.scaling, few, chi_squared, p, indices })
}

/// tr(UΓ) of the model in which nothing goes with anything: the variances of products of two items over the products of their variances.
fn independence_trace(group: &GroupMatrices) -> Option<f64> {
    if group.cases.is_empty() {
        return None;
    }
    let items = group.means.len();
    let mut trace = 0.0;
    for i in 0..items {
        for j in 0..i {
            let off = |case: &Vec<f64>, item: usize| case[item] - group.means[item];
            let squares = group.cases.iter().map(|case| (off(case, i) * off(case, j)).powi(2)).sum::<f64>();
            let variance = squares / group.n - group.covariance[(i, j)].powi(2);
            trace += variance / (group.covariance[(i, i)] * group.covariance[(j, j)]);
        }
    }
    Some(trace)
}

/// What χ² of one group is multiplied by where cases are few (Swain 1975; Herzog and Boomsma 2009): 1 − [p(2p² + 3p − 1) − q(2q² + 3q − 1)]/(12·df·(n − 1)),
/// where q(q + 1)/2 is the number of parameters.
fn swain(n: f64, items: usize, df: usize) -> f64 {
    let (p, df) = (items as f64, df as f64);
    let q = ((1.0 + 4.0 * p * (p + 1.0) - 8.0 * df).max(0.0).sqrt() - 1.0) / 2.0;
    let cubic = |x: f64| x * (2.0 * x * x + 3.0 * x - 1.0);
    (1.0 - (cubic(p) - cubic(q)) / (12.0 * df * (n - 1.0))).max(0.0)
}

/// Bentler's: residuals of covariances by the spreads of the sample, and of means where they are modelled; groups count with their cases.
fn srmr(sample: &[GroupMatrices], model: &Parameters, settled: &Settled, n: f64) -> f64 {
    let items = model.items();
    let of_group = |(group, implied): (&GroupMatrices, &search::Implied)| {
        let variance = |i: usize| group.covariance[(i, i)];
        let mut squares = 0.0;
        for i in 0..items {
            for j in 0..=i {
                let left = group.covariance[(i, j)] - implied.covariance[(i, j)];
                squares += left * left / (variance(i) * variance(j));
            }
        }
        let mut count = items * (items + 1) / 2;
        if model.has_means() {
            squares += (0..items).map(|i| implied.off[i].powi(2) / variance(i)).sum::<f64>();
            count += items;
        }
        group.n / n * (squares / count as f64).sqrt()
    };
    sample.iter().zip(&settled.implied).map(of_group).sum()
}
