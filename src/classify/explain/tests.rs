//! Known answers: what is made to matter matters, what is noise does not, and equal seeds agree.

use super::together::{Rest, together};
use super::*;
use crate::classify::train::train;
use crate::instrument::RelationalModel::{CommunalSharing, MarketPricing};
use crate::rng::Rng;

/// `signal` and its copy carry the label, `noise` nothing.
fn table(rows: usize) -> Dataset {
    let mut rng = Rng::new(4);
    let mut values = Vec::new();
    let mut labels = Vec::new();
    for _ in 0..rows {
        let label = rng.below(2);
        let signal = rng.normal() + 2.0 * label as f64;
        values.extend([signal, signal + 0.01 * rng.normal(), rng.normal()]);
        labels.push([CommunalSharing, MarketPricing][label]);
    }
    let names = ["signal_a", "signal_b", "noise"].map(str::to_owned).to_vec();
    Dataset::from_table(names, values, labels, None).unwrap()
}

fn how() -> Training {
    Training { alpha: Some(1.0), calibrate: Calibrate::Off, ..Training::default() }
}

fn plan(data: &Dataset, rest: Rest) -> ExplainOptions<'static> {
    let together = together(data.names(), &[], rest).unwrap();
    ExplainOptions { together, groups: None, resamples: 60, folds: 5, repeats: 5, seed: 1 }
}

#[test]
fn what_matters_is_told_from_noise_and_copies_only_speak_together() {
    let data = table(200);
    let model = train(&data, &how()).unwrap();
    let found = explain(&data, &model, &plan(&data, Rest::Prefix)).unwrap();
    let terms = found.coefficients.as_ref().unwrap();
    assert_eq!((terms.fitted, terms.terms.len()), (60, 6));
    for term in &terms.terms {
        let ends = term.log_odds.interval.unwrap();
        let value = term.log_odds.value.unwrap();
        assert!(ends.low <= value + 0.2 && value - 0.2 <= ends.high);
        let clear = ends.low > 0.0 || ends.high < 0.0;
        assert_eq!(clear, term.column != "noise", "{term:?}");
        assert_eq!(term.same_sign == Some(1.0), term.column != "noise", "{term:?}");
    }
    // Two classes mirror each other.
    assert_eq!(terms.terms[0].log_odds.value, terms.terms[3].log_odds.value.map(|value| -value));
    let worth = |found: &Explanation, name: &str| {
        found.importance.groups.iter().find(|group| group.group == name).unwrap().change
    };
    let (signal, noise) = (worth(&found, "signal"), worth(&found, "noise"));
    assert!(signal.interval.unwrap().low > 0.3, "{signal:?}");
    assert!(noise.value.unwrap().abs() < 0.02 && noise.interval.unwrap().low < 0.0, "{noise:?}");
    assert_eq!(found.importance.groups[0].group, "signal");
    let alone = explain(&data, &model, &plan(&data, Rest::Blocks)).unwrap();
    assert!(worth(&alone, "signal_a").value.unwrap() < 0.7 * signal.value.unwrap());
    assert_eq!(alone.importance.log_loss, found.importance.log_loss);
}

#[test]
fn equal_seeds_agree_and_groups_are_drawn_whole() {
    let data = table(60);
    let model = train(&data, &how()).unwrap();
    let plain = plan(&data, Rest::Blocks);
    assert_eq!(explain(&data, &model, &plain), explain(&data, &model, &plain));
    let of_row: Vec<String> = (0..60).map(|row| format!("org{}", row / 10)).collect();
    let grouped = ExplainOptions { groups: Some(&of_row), ..plain.clone() };
    let found = explain(&data, &model, &grouped).unwrap();
    assert!(found.coefficients.unwrap().by_group);
    assert_eq!(found.importance.division.names.len(), 6);
}

#[test]
fn a_constant_column_is_worth_nothing_and_another_table_is_refused() {
    let data = table(60);
    let values = (0..60).flat_map(|row| [data.row(row)[0], 7.0]).collect();
    let names = vec!["signal".to_owned(), "flat".to_owned()];
    let flat = Dataset::from_table(names, values, data.labels().to_vec(), None).unwrap();
    let model = train(&flat, &how()).unwrap();
    let found = explain(&flat, &model, &plan(&flat, Rest::Blocks)).unwrap();
    let last = found.importance.groups.last().unwrap();
    assert_eq!((last.group.as_str(), last.change.value), ("flat", Some(0.0)));
    assert!(matches!(
        explain(&data, &model, &plan(&data, Rest::Blocks)),
        Err(ExplainError::OtherTable { .. })
    ));
}

#[test]
fn a_form_without_coefficients_has_importance_alone() {
    let data = table(80);
    let model = train(&data, &Training { learner: "gaussian".into(), ..how() }).unwrap();
    let found = explain(&data, &model, &plan(&data, Rest::Prefix)).unwrap();
    assert!(found.coefficients.is_none() && found.importance.groups[0].group == "signal");
}
