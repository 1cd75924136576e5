//! Fits against an independent computation, the published example of lavaan, and simulated worlds in which four factors are the truth.

use serde::Deserialize;

use super::*;
use crate::rng::Rng;

const EXPECTED: &str = include_str!("../../../tests/fixtures/validity/expected.json");

#[derive(Deserialize)]
struct Expected {
    factor_of: Vec<usize>,
    groups: Vec<Moments>,
    rows: Vec<Vec<f64>>,
    four: Case,
    single: Case,
    configural: Case,
    metric: Case,
    scalar: Case,
    turned: Vec<f64>,
    yes_rows: Vec<Vec<f64>>,
    yes_also: Vec<Vec<f64>>,
    intercept: Case,
    intercept_configural: Case,
    intercept_metric: Case,
    intercept_scalar: Case,
}

#[derive(Deserialize)]
struct Moments {
    n: usize,
    means: Vec<f64>,
    covariance: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct Case {
    chi_squared: f64,
    df: usize,
    p: f64,
    baseline: f64,
    baseline_df: usize,
    cfi: f64,
    tli: f64,
    rmsea: f64,
    low: f64,
    high: f64,
    close: f64,
    srmr: f64,
    estimates: Vec<f64>,
    errors: Vec<f64>,
    scaling: Option<f64>,
    robust: Option<[f64; 6]>,
}

fn expected() -> (Expected, Vec<GroupMoments>) {
    let expected: Expected = serde_json::from_str(EXPECTED).unwrap();
    let group = |it: &Moments| GroupMoments {
        n: it.n,
        means: it.means.clone(),
        covariance: it.covariance.clone(),
        cases: Vec::new(),
    };
    let groups = expected.groups.iter().map(group).collect();
    (expected, groups)
}

fn same(found: &FitIndices, case: &Case) {
    let near = |name: &str, one: f64, other: f64, by: f64| {
        assert!((one - other).abs() < by, "{name}: {one} {other}");
    };
    assert_eq!((found.df, found.baseline.1), (case.df, case.baseline_df));
    near("chi", found.chi_squared, case.chi_squared, 1e-5);
    near("p", found.p, case.p, 1e-6);
    near("baseline", found.baseline.0, case.baseline, 1e-6);
    let plain = found.uncorrected;
    let pairs = [(plain.cfi, case.cfi), (plain.tli, case.tli), (plain.rmsea, case.rmsea)];
    pairs.iter().for_each(|(one, other)| near("index", *one, *other, 1e-6));
    near("low", plain.rmsea_interval.low, case.low, 1e-6);
    near("high", plain.rmsea_interval.high, case.high, 1e-6);
    near("close", plain.close, case.close, 1e-6);
    near("srmr", found.srmr, case.srmr, 1e-5);
    let mut estimates = Vec::new();
    for solution in &found.solutions {
        estimates.extend(solution.loadings.iter().copied());
        for (one, row) in solution.correlations.iter().enumerate() {
            estimates.extend(row.iter().take(one).copied().map(Option::unwrap));
        }
        estimates.extend(solution.random_intercept);
    }
    assert_eq!(estimates.len(), case.estimates.len());
    for (one, (value, se)) in estimates.iter().zip(case.estimates.iter().zip(&case.errors)) {
        near("estimate", one.value.abs(), value.abs(), 1e-5);
        near("se", one.se.unwrap(), *se, 1e-4);
    }
}

#[test]
fn fits_equal_an_independent_computation() {
    let (expected, groups) = expected();
    let one = &groups[..1];
    same(&confirm(one, FactorModel::new(&expected.factor_of), Equal::Nothing).unwrap(), &expected.four);
    same(&confirm(one, FactorModel::new(&[0; 12]), Equal::Nothing).unwrap(), &expected.single);
    // The same from the cases, with what kurtosis makes of χ².
    let cases = [GroupMoments::of(&expected.rows).unwrap()];
    let single = vec![0; expected.factor_of.len()];
    for (factor_of, case) in [(&expected.factor_of, &expected.four), (&single, &expected.single)] {
        let fit = confirm(&cases, FactorModel::new(factor_of), Equal::Nothing).unwrap();
        same(&fit, case);
        let scaling = fit.corrected.unwrap().scaling;
        assert!((scaling - case.scaling.unwrap()).abs() < 1e-6, "{scaling} {:?}", case.scaling);
        let found = fit.indices();
        let ends = found.rmsea_interval;
        let found = [found.cfi, found.tli, found.rmsea, ends.low, ends.high, found.close];
        for (one, other) in found.iter().zip(case.robust.unwrap()) {
            assert!((one - other).abs() < 1e-6, "{found:?} {:?}", case.robust);
        }
    }
    same(
        &confirm(&groups, FactorModel::new(&expected.factor_of), Equal::Nothing).unwrap(),
        &expected.configural,
    );
    same(
        &confirm(&groups, FactorModel::new(&expected.factor_of), Equal::Loadings).unwrap(),
        &expected.metric,
    );
    same(
        &confirm(&groups, FactorModel::new(&expected.factor_of), Equal::Intercepts).unwrap(),
        &expected.scalar,
    );
}

#[test]
fn fits_with_a_random_intercept_equal_an_independent_computation() {
    let (expected, _) = expected();
    let [one, other] = [&expected.yes_rows, &expected.yes_also].map(|rows| GroupMoments::of(rows).unwrap());
    let model =
        FactorModel { factor_of: &expected.factor_of, random_intercept: Some(expected.turned.as_slice()) };
    let fit = confirm(std::slice::from_ref(&one), model, Equal::Nothing).unwrap();
    same(&fit, &expected.intercept);
    let scaling = fit.corrected.unwrap().scaling;
    assert!((scaling - expected.intercept.scaling.unwrap()).abs() < 1e-6, "{scaling}");
    let both = [one, other];
    for (equal, case) in [
        (Equal::Nothing, &expected.intercept_configural),
        (Equal::Loadings, &expected.intercept_metric),
        (Equal::Intercepts, &expected.intercept_scalar),
    ] {
        same(&confirm(&both, model, equal).unwrap(), case);
    }
    let short = FactorModel { random_intercept: Some(&expected.turned[1..]), ..model };
    assert_eq!(confirm(&both, short, Equal::Nothing), Err(Uncomputable::Ragged));
}

/// Holzinger and Swineford 1939, both schools: the covariances that lavaan shows of its example, and what its tutorial says of three factors.
#[test]
fn the_example_of_lavaan() {
    let lower: [&[f64]; 9] = [
        &[1.358],
        &[0.407, 1.382],
        &[0.580, 0.451, 1.275],
        &[0.505, 0.209, 0.208, 1.351],
        &[0.441, 0.211, 0.112, 1.098, 1.660],
        &[0.455, 0.248, 0.244, 0.896, 1.015, 1.196],
        &[0.085, -0.097, 0.088, 0.220, 0.143, 0.144, 1.183],
        &[0.264, 0.110, 0.212, 0.126, 0.181, 0.165, 0.535, 1.022],
        &[0.458, 0.244, 0.374, 0.243, 0.295, 0.236, 0.373, 0.457, 1.015],
    ];
    let covariance = (0..9).map(|i| (0..9).map(|j| lower[i.max(j)][i.min(j)]).collect()).collect();
    let group = GroupMoments { n: 301, means: vec![0.0; 9], covariance, cases: Vec::new() };
    let found = confirm(&[group], FactorModel::new(&[0, 0, 0, 1, 1, 1, 2, 2, 2]), Equal::Nothing).unwrap();
    // Covariances of three decimals: χ² is 85.306 with all of them.
    assert!((found.chi_squared - 85.306).abs() < 0.2, "{}", found.chi_squared);
    assert!((found.baseline.0 - 918.852).abs() < 1.0, "{}", found.baseline.0);
    assert_eq!((found.df, found.baseline.1), (24, 36));
    let plain = found.uncorrected;
    let ends = plain.rmsea_interval;
    let values = [plain.cfi, plain.tli, plain.rmsea, ends.low, ends.high, found.srmr];
    for (value, published) in values.iter().zip([0.931, 0.896, 0.092, 0.071, 0.114, 0.065]) {
        assert!((value - published).abs() < 0.001, "{value} {published}");
    }
    let loadings = [0.772, 0.424, 0.581, 0.852, 0.855, 0.838, 0.570, 0.723, 0.665];
    for (found, published) in found.solutions[0].loadings.iter().zip(loadings) {
        assert!((found.value - published).abs() < 0.002, "{found:?} {published}");
    }
    let visual_textual = found.solutions[0].correlations[1][0].unwrap();
    // lavaan's standardised solution: .459 with a standard error of .064 (the covariance of factors with variance 1).
    assert!(
        (visual_textual.value - 0.459).abs() < 0.001 && (visual_textual.se.unwrap() - 0.064).abs() < 0.001
    );
}

#[test]
fn the_slope_is_that_of_finite_differences() {
    let (expected, groups) = expected();
    let sample: Vec<GroupMatrices> = groups.iter().map(|group| GroupMatrices::of(group).unwrap()).collect();
    for equal in [Equal::Nothing, Equal::Loadings, Equal::Intercepts] {
        for random_intercept in [None, Some(expected.turned.as_slice())] {
            let model = FactorModel { factor_of: &expected.factor_of, random_intercept };
            for (slope, by_differences) in Parameters::new(&sample, model, equal).checked_slope(&sample) {
                assert!((slope - by_differences).abs() < 1e-6, "{slope} {by_differences}");
            }
        }
    }
}

#[test]
fn what_cannot_be_estimated_says_why() {
    let (expected, groups) = expected();
    let model = FactorModel::new(&expected.factor_of);
    let few = GroupMoments { n: 12, ..groups[0].clone() };
    assert_eq!(
        confirm(&[few], model, Equal::Nothing),
        Err(Uncomputable::TooFewCases { needed: 13, found: 12 })
    );
    let twice = GroupMoments {
        covariance: (0..12)
            .map(|i| (0..12).map(|j| groups[0].covariance[i.min(10)][j.min(10)]).collect())
            .collect(),
        ..groups[0].clone()
    };
    assert_eq!(confirm(&[twice], model, Equal::Nothing), Err(Uncomputable::Singular));
    let lone = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    assert_eq!(
        confirm(&groups[..1], FactorModel::new(&lone), Equal::Nothing),
        Err(Uncomputable::TooFewItems { needed: 2, found: 1 })
    );
    let mut flat = groups[0].clone();
    (0..12).for_each(|i| (flat.covariance[3][i], flat.covariance[i][3]) = (0.0, 0.0));
    assert_eq!(confirm(&[flat], model, Equal::Nothing), Err(Uncomputable::NoVariance));
}

#[test]
fn a_heywood_case_is_named() {
    // The first item would need a loading of √(.8·.8/.5) > 1.
    let matrix = [[1.0, 0.8, 0.8, 0.5], [0.8, 1.0, 0.5, 0.3], [0.8, 0.5, 1.0, 0.3], [0.5, 0.3, 0.3, 1.0]];
    let covariance = matrix.iter().map(|row| row.to_vec()).collect();
    let group = GroupMoments { n: 200, means: vec![0.0; 4], covariance, cases: Vec::new() };
    let fit = confirm(&[group], FactorModel::new(&[0; 4]), Equal::Nothing).unwrap();
    assert_eq!((fit.solutions[0].heywood.clone(), fit.is_improper()), (vec![0], true));
}

/// In a world where four factors are the truth, χ² rejects as often as its level says.
#[test]
fn a_true_model_is_rejected_as_often_as_the_level_says() {
    let factor_of: Vec<usize> = (0..12).map(|item| item / 3).collect();
    let model = FactorModel::new(&factor_of);
    let (raw, corrected, mean) = rejected(model, (200, 300));
    // χ² has the mean of its degrees of freedom, 48; a share of 200 has an error of .015.
    assert!((0.02..=0.12).contains(&raw), "{raw}");
    assert!((0.02..=0.09).contains(&corrected), "{corrected}");
    assert!((mean - 48.0).abs() < 2.0, "{mean}");
    // With few cases χ² is too large, and the correction takes that back.
    let (few, corrected_of_few, _) = rejected(model, (200, 60));
    assert!(few > 0.08, "{few}");
    assert!((0.01..=0.09).contains(&corrected_of_few), "{corrected_of_few}");
}

/// Where people say yes more or less readily and every third statement is turned round, four factors alone are rejected, and not beside a
/// random intercept.
#[test]
fn a_random_intercept_takes_up_yes_saying() {
    let factor_of: Vec<usize> = (0..12).map(|item| item / 3).collect();
    let turned: Vec<f64> = (0..12).map(|item| if item % 3 == 2 { -1.0 } else { 1.0 }).collect();
    let beside = FactorModel { factor_of: &factor_of, random_intercept: Some(&turned) };
    let alone = FactorModel::new(&factor_of);
    let (_, corrected, mean) = rejected(beside, (200, 300));
    assert!((0.01..=0.09).contains(&corrected), "{corrected}");
    assert!((mean - 47.0).abs() < 2.0, "{mean}");
    let rows = |rng: &mut Rng| -> Vec<Vec<f64>> { (0..300).map(|_| case(beside, rng)).collect() };
    let fit =
        confirm(&[GroupMoments::of(&rows(&mut Rng::new(2006))).unwrap()], alone, Equal::Nothing).unwrap();
    assert!(fit.corrected.unwrap().p < 0.001, "{fit:?}");
}

/// Somebody's answers: norms that go together, and yes-saying of a quarter of the variance where a model has it.
fn case(model: FactorModel, rng: &mut Rng) -> Vec<f64> {
    let common = rng.normal();
    let factors: Vec<f64> = (0..4).map(|_| 0.5 * common + 0.75_f64.sqrt() * rng.normal()).collect();
    let yes = if model.random_intercept.is_some() { 0.58 * rng.normal() } else { 0.0 };
    let of_item = |(item, factor): (usize, &usize)| {
        let weight = model.random_intercept.map_or(0.0, |weights| weights[item]);
        0.7 * factors[*factor] + weight * yes + 0.714 * rng.normal()
    };
    model.factor_of.iter().enumerate().map(of_item).collect()
}

/// The share of studies in which χ² rejects four factors that are the truth, the same of χ² put right, and the mean of χ².
fn rejected(model: FactorModel, (studies, n): (u32, usize)) -> (f64, f64, f64) {
    let mut rng = Rng::new(1969);
    let (mut rejected, mut corrected, mut sum, mut unsettled) = (0, 0, 0.0, 0);
    for _ in 0..studies {
        let rows: Vec<Vec<f64>> = (0..n).map(|_| case(model, &mut rng)).collect();
        // Few cases may have a solution that runs away.
        let Ok(fit) = confirm(&[GroupMoments::of(&rows).unwrap()], model, Equal::Nothing) else {
            unsettled += 1;
            continue;
        };
        rejected += u32::from(fit.p < 0.05);
        corrected += u32::from(fit.corrected.unwrap().p < 0.05);
        sum += fit.chi_squared;
    }
    assert!(unsettled * 50 <= studies, "{unsettled}");
    let share = |count: u32| f64::from(count) / f64::from(studies);
    (share(rejected), share(corrected), sum / f64::from(studies))
}
