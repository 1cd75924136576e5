//! Agreement against published examples, and its edges.

use proptest::prelude::*;

use super::*;
use crate::rng::Rng;

fn near(found: f64, published: f64, digits: i32) {
    assert!((found - published).abs() <= 0.5001 * 10_f64.powi(-digits), "{found} is not {published}");
}

fn plain(units: &Units) -> Result<Estimate, Uncomputable> {
    cohen_kappa(units, Weights::Equal, Spacing::Places, 0.95)
}

/// Units of two coders from a table of counts.
fn table(counts: &[&[usize]]) -> Units {
    let mut rows = Vec::new();
    for (first, row) in counts.iter().enumerate() {
        for (second, count) in row.iter().enumerate() {
            rows.extend(vec![vec![Some(first), Some(second)]; *count]);
        }
    }
    Units::nominal(&rows, &[]).unwrap()
}

/// Units from one line for each coder; a dot is a missing code.
fn lines(coders: &[&str]) -> Units {
    let code = |line: &&str, unit: usize| line.chars().nth(unit)?.to_digit(10).map(f64::from);
    let rows: Vec<Vec<Option<f64>>> =
        (0..coders[0].len()).map(|unit| coders.iter().map(|line| code(line, unit)).collect()).collect();
    Units::new(&rows).unwrap()
}

#[test]
fn krippendorffs_example_at_four_levels() {
    // Krippendorff, Computing Krippendorff's alpha-reliability (2011), section C: four observers, twelve units.
    let units = lines(&["123321412...", "1233224125.3", ".3332342251.", "12332441251."]);
    let alpha = |level| krippendorff_alpha(&units, level).unwrap();
    near(alpha(ScaleType::Nominal), 0.743, 3);
    near(alpha(ScaleType::Ordinal), 0.815, 3);
    near(alpha(ScaleType::Interval), 0.849, 3);
    near(alpha(ScaleType::Ratio), 0.797, 3);
    let interval = krippendorff_interval(&units, ScaleType::Nominal, 0.95, 500, &mut Rng::new(1)).unwrap();
    assert!(interval.low < 0.743 && 0.743 < interval.high && interval.high <= 1.0, "{interval:?}");
}

#[test]
fn fleiss_patients() {
    // Fleiss 1971, table 1: how many of six psychiatrists gave each of 30 patients one of five diagnoses.
    let patients = "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 \
                    00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006";
    let of_patient = |counts: &str| -> Vec<Option<usize>> {
        let times =
            |(diagnosis, count): (usize, char)| vec![Some(diagnosis); count.to_digit(10).unwrap() as usize];
        counts.chars().enumerate().flat_map(times).collect()
    };
    let rows: Vec<_> = patients.split_whitespace().map(of_patient).collect();
    let units = Units::nominal(&rows, &[]).unwrap();
    assert_eq!((units.coders(), units.paired(), units.categories()), (6, 30, 5));
    near(fleiss_kappa(&units, 0.95).unwrap().value, 0.430, 3);
}

#[test]
fn cohens_table() {
    // Cohen 1960, table 1.
    let kappa = plain(&table(&[&[88, 14, 18], &[10, 40, 10], &[2, 6, 12]])).unwrap();
    near(kappa.value, 0.492, 3);
    let interval = kappa.interval.unwrap();
    near((interval.high - interval.low) / 2.0, 1.959_964 * kappa.se.unwrap(), 6);
}

#[test]
fn gwets_example_where_kappa_breaks_down() {
    let units = table(&[&[8, 1], &[0, 1]]);
    near(gwet_ac1(&units, 0.95).unwrap().value, 0.8658, 4);
    near(raw_agreement(&units, 0.95).value, 0.9, 12);
}

#[test]
fn categories_that_nobody_used_count_for_ac1_alone() {
    let rows = vec![vec![Some("a"), Some("a")], vec![Some("b"), Some("a")], vec![Some("b"), Some("b")]];
    let two = Units::nominal(&rows, &[]).unwrap();
    let four = Units::nominal(&rows, &["a", "b", "c", "d"]).unwrap();
    assert!(gwet_ac1(&four, 0.95).unwrap().value > gwet_ac1(&two, 0.95).unwrap().value);
    assert_eq!(plain(&two), plain(&four));
    assert_eq!(fleiss_kappa(&two, 0.95), fleiss_kappa(&four, 0.95));
}

#[test]
fn weights_by_place_and_by_value() {
    // With values 1, 2 and 9 a step from 2 to 9 is one place or seven units.
    let rows: Vec<Vec<Option<f64>>> = [(1.0, 1.0), (1.0, 2.0), (2.0, 9.0), (9.0, 9.0), (2.0, 2.0)]
        .iter()
        .map(|&(one, other)| vec![Some(one), Some(other)])
        .collect();
    let units = Units::new(&rows).unwrap();
    let kappa = |weights, spacing| cohen_kappa(&units, weights, spacing, 0.95).unwrap().value;
    // Linear weights make 1 − κ the mean distance over the one that chance gives; only the second and the third unit differ.
    let by_hand = |values: [f64; 3]| {
        let distance = |i: usize, j: usize| (values[i] - values[j]).abs();
        let (first, second) = ([0.4, 0.4, 0.2], [0.2, 0.4, 0.4]);
        let cells = (0..3).flat_map(|i| (0..3).map(move |j| (i, j)));
        let chance: f64 = cells.map(|(i, j)| first[i] * second[j] * distance(i, j)).sum();
        1.0 - (distance(0, 1) + distance(1, 2)) / 5.0 / chance
    };
    near(kappa(Weights::Linear, Spacing::Places), by_hand([0.0, 1.0, 2.0]), 12);
    near(kappa(Weights::Linear, Spacing::Values), by_hand([1.0, 2.0, 9.0]), 12);
}

#[test]
fn what_cannot_be_compared_says_why() {
    let none: Vec<Vec<Option<f64>>> = vec![vec![Some(1.0), None], vec![None, Some(2.0)]];
    assert_eq!(Units::new(&none), Err(Uncomputable::TooFewCases { needed: 1, found: 0 }));
    assert_eq!(Units::new(&[vec![Some(1.0)]]), Err(Uncomputable::WrongCoders { needed: 2, found: 1 }));
    assert_eq!(Units::new(&[]), Err(Uncomputable::TooFewCases { needed: 1, found: 0 }));
    assert_eq!(Units::new(&[vec![Some(f64::NAN), Some(1.0)]]), Err(Uncomputable::NotFinite));
    assert_eq!(Units::new(&[vec![Some(1.0); 2], vec![Some(1.0)]]), Err(Uncomputable::Ragged));
    let same = table(&[&[5]]);
    assert_eq!(plain(&same), Err(Uncomputable::NoVariance));
    assert_eq!(fleiss_kappa(&same, 0.95), Err(Uncomputable::NoVariance));
    assert_eq!(gwet_ac1(&same, 0.95), Err(Uncomputable::NoVariance));
    for level in [ScaleType::Nominal, ScaleType::Ordinal, ScaleType::Interval, ScaleType::Ratio] {
        assert_eq!(krippendorff_alpha(&same, level), Err(Uncomputable::NoVariance));
    }
    assert_eq!(raw_agreement(&same, 0.95).value, 1.0);
    let below_zero = Units::new(&[vec![Some(-1.0), Some(1.0)]]).unwrap();
    assert_eq!(krippendorff_alpha(&below_zero, ScaleType::Ratio), Err(Uncomputable::OutOfRange));
    let many: Vec<_> = (0..1_200).map(|i| vec![Some(f64::from(i)), Some(f64::from(i))]).collect();
    let many = Units::new(&many).unwrap();
    assert!(matches!(plain(&many), Err(Uncomputable::TooManyCategories { .. })));
    assert_eq!(krippendorff_alpha(&many, ScaleType::Interval), Ok(1.0));
    let three = lines(&["121", "122", "112"]);
    assert_eq!(plain(&three), Err(Uncomputable::WrongCoders { needed: 2, found: 3 }));
    assert!(plain(&three.pair(0, 2).unwrap()).is_ok() && three.pair(0, 3).is_none());
}

#[test]
fn a_single_unit_has_no_standard_error() {
    let units = Units::nominal(&[vec![Some(1), Some(2), Some(1)]], &[]).unwrap();
    let found = fleiss_kappa(&units, 0.95).unwrap();
    assert_eq!((found.se, found.interval), (None, None));
}

fn some_rows() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
    let code = prop::option::weighted(0.8, (0_u8..5).prop_map(f64::from));
    prop::collection::vec(prop::collection::vec(code, 3), 1..15)
}

proptest! {
    #[test]
    fn nothing_is_nan_and_nothing_exceeds_one(rows in some_rows()) {
        let Ok(units) = Units::new(&rows) else { return Ok(()) };
        let mut found: Vec<f64> = [ScaleType::Nominal, ScaleType::Ordinal, ScaleType::Interval, ScaleType::Ratio]
            .into_iter()
            .filter_map(|level| krippendorff_alpha(&units, level).ok())
            .collect();
        let estimates = [fleiss_kappa(&units, 0.95), gwet_ac1(&units, 0.95)];
        found.extend(estimates.iter().flatten().map(|estimate| estimate.value));
        prop_assert!(estimates.iter().flatten().filter_map(|estimate| estimate.se).all(f64::is_finite));
        found.push(raw_agreement(&units, 0.95).value);
        for value in found {
            prop_assert!(value.is_finite() && value <= 1.0 + 1e-12, "{value}");
        }
    }

    #[test]
    fn the_order_of_units_and_of_coders_changes_nothing(rows in some_rows()) {
        let turned: Vec<Vec<Option<f64>>> =
            rows.iter().rev().map(|row| row.iter().rev().copied().collect()).collect();
        let (Ok(units), Ok(turned)) = (Units::new(&rows), Units::new(&turned)) else { return Ok(()) };
        for level in [ScaleType::Nominal, ScaleType::Ordinal, ScaleType::Interval, ScaleType::Ratio] {
            if let (Ok(one), Ok(other)) = (krippendorff_alpha(&units, level), krippendorff_alpha(&turned, level)) {
                prop_assert!((one - other).abs() < 1e-12);
            }
        }
        if let (Ok(one), Ok(other)) = (gwet_ac1(&units, 0.95), gwet_ac1(&turned, 0.95)) {
            prop_assert!((one.value - other.value).abs() < 1e-12);
            prop_assert!((one.se.unwrap_or(0.0) - other.se.unwrap_or(0.0)).abs() < 1e-12);
        }
    }
}

#[test]
fn agreement_of_a_few_is_no_proof_of_agreement_of_all() {
    let rows =
        |n: usize| -> Vec<Vec<Option<u8>>> { (0..n).map(|at| vec![Some((at % 3) as u8); 2]).collect() };
    let low = |n: usize| {
        let units = Units::nominal(&rows(n), &[0, 1, 2]).unwrap();
        let all = [
            cohen_kappa(&units, Weights::Equal, Spacing::Places, 0.95).unwrap(),
            fleiss_kappa(&units, 0.95).unwrap(),
            gwet_ac1(&units, 0.95).unwrap(),
        ];
        let mut rng = crate::rng::Rng::new(1);
        assert!(krippendorff_interval(&units, ScaleType::Nominal, 0.95, 200, &mut rng).is_err());
        all.map(|estimate| {
            let interval = estimate.interval.unwrap();
            assert_eq!((estimate.value, interval.high), (1.0, 1.0));
            interval.low
        })
    };
    // Wilson's 3/(3 + 1.96²) = .4385 against a chance of a third.
    for low in low(3) {
        assert!((low - (3.0 / (3.0 + 3.841_459) - 1.0 / 3.0) / (2.0 / 3.0)).abs() < 1e-6, "{low}");
    }
    for low in low(39) {
        assert!((0.86..0.87).contains(&low), "{low}");
    }
}
