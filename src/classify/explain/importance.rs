//! The importance of a group of features: how much the log loss rises when its values are permuted among rows that the fit was
//! not trained on (permutation importance; Breiman 2001, Fisher, Rudin and Dominici 2019).
//!
//! Owns the permutations. All columns of a group are permuted together, including missing values, so that related values stay
//! together. Refuses the training rows, which a fit may have memorised.

use serde::{Deserialize, Serialize};

use super::together::FeatureGroup;
use super::{ExplainError, ExplainOptions};
use crate::classify::dataset::Dataset;
use crate::classify::evaluate::{Division, EvaluateError};
use crate::classify::metrics::{LEAST_PROBABILITY, Metric};
use crate::classify::model::Scorer;
use crate::classify::parallel;
use crate::classify::train::{Training, train};
use crate::psychometrics::LEVEL;
use crate::psychometrics::bootstrap::percentile_interval;
use crate::rng::Rng;

/// What the groups of features are worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Importance {
    /// How rows were divided.
    pub division: Division,
    /// Permutations of each group.
    pub repeats: usize,
    /// Resamples behind the intervals.
    pub resamples: usize,
    /// Out-of-fold log loss with nothing permuted.
    pub log_loss: f64,
    /// The groups, the most valuable first.
    pub groups: Vec<Worth>,
}

/// What one group is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Worth {
    /// The group.
    pub group: String,
    /// Its features.
    pub columns: Vec<String>,
    /// Mean change of the out-of-fold log loss, above zero where the group helps; a 95 % percentile interval over held-out rows, or
    /// over groups of rows where those were left out together.
    #[serde(flatten)]
    pub change: Metric,
}

/// The worth of each group of features.
pub(super) fn importance(
    data: &Dataset,
    how: &Training,
    division: Division,
    plan: &ExplainOptions<'_>,
) -> Result<Importance, ExplainError> {
    // One permutation for each repeat, the same for every group, so that groups differ only by their features.
    let donors: Vec<Vec<usize>> = (0..plan.repeats.max(1))
        .map(|repeat| Rng::for_purpose(plan.seed, &format!("importance, repeat {repeat}")).order(data.len()))
        .collect();
    let places: Vec<Vec<usize>> = plan
        .together
        .iter()
        .map(|group| group.columns.iter().filter_map(|c| data.names().iter().position(|n| n == c)).collect())
        .collect();
    let found = parallel::map((0..division.names.len()).collect(), |part| {
        of_part(data, how, &division, part, &places, &donors)
    });
    let mut loss = vec![0.0; data.len()];
    let mut changes = vec![vec![0.0; data.len()]; places.len()];
    for part in found {
        for (row, own, of_groups) in part? {
            loss[row] = own;
            changes.iter_mut().zip(of_groups).for_each(|(all, change)| all[row] = change);
        }
    }
    let units = units(data.len(), &division, plan.groups.is_some());
    let mut groups: Vec<Worth> = plan
        .together
        .iter()
        .zip(&changes)
        .map(|(group, changes)| worth(group, changes, &units, plan))
        .collect();
    groups.sort_by(|a, b| b.change.value.unwrap_or(0.0).total_cmp(&a.change.value.unwrap_or(0.0)));
    Ok(Importance {
        repeats: donors.len(),
        resamples: plan.resamples,
        log_loss: mean(&loss),
        groups,
        division,
    })
}

/// A row, its loss, and by how much each group's permutation changes it.
type Found = (usize, f64, Vec<f64>);

fn of_part(
    data: &Dataset,
    how: &Training,
    division: &Division,
    part: usize,
    places: &[Vec<usize>],
    donors: &[Vec<usize>],
) -> Result<Vec<Found>, EvaluateError> {
    let (inside, outside): (Vec<usize>, Vec<usize>) =
        (0..data.len()).partition(|&row| division.part[row] != part);
    let model = train(&data.subset(&inside)?, how).map_err(|why| EvaluateError::Part {
        part: division.names.get(part).cloned().unwrap_or_default(),
        why,
    })?;
    let scorer = Scorer::new(&model)?;
    let loss = |row: usize, values: &[f64]| -> Result<f64, EvaluateError> {
        let share = scorer.probabilities(values)?[data.labels()[row].index()];
        Ok(-share.clamp(LEAST_PROBABILITY, 1.0).ln())
    };
    let mut found = Vec::with_capacity(outside.len());
    let mut values = Vec::new();
    for row in outside {
        let own = loss(row, data.row(row))?;
        let mut changes = Vec::with_capacity(places.len());
        for columns in places {
            let mut sum = 0.0;
            for order in donors {
                values.clear();
                values.extend_from_slice(data.row(row));
                let donor = data.row(order[row]);
                columns.iter().for_each(|&column| values[column] = donor[column]);
                sum += loss(row, &values)? - own;
            }
            changes.push(sum / donors.len() as f64);
        }
        found.push((row, own, changes));
    }
    Ok(found)
}

/// What is drawn for an interval: single rows, or the rows of each group.
fn units(rows: usize, division: &Division, by_group: bool) -> Vec<Vec<usize>> {
    if !by_group {
        return (0..rows).map(|row| vec![row]).collect();
    }
    let mut units = vec![Vec::new(); division.names.len()];
    division.part.iter().enumerate().for_each(|(row, &part)| units[part].push(row));
    units
}

fn worth(group: &FeatureGroup, changes: &[f64], units: &[Vec<usize>], plan: &ExplainOptions<'_>) -> Worth {
    let mut rng = Rng::for_purpose(plan.seed, "intervals of importance");
    let sums: Vec<(f64, usize)> =
        units.iter().map(|rows| (rows.iter().map(|&row| changes[row]).sum(), rows.len())).collect();
    let interval = percentile_interval(sums.len(), plan.resamples, LEVEL, &mut rng, |drawn| {
        let (sum, rows) =
            drawn.iter().fold((0.0, 0), |(sum, rows), &unit| (sum + sums[unit].0, rows + sums[unit].1));
        Some(sum / rows as f64)
    });
    Worth {
        group: group.name.clone(),
        columns: group.columns.clone(),
        change: Metric { value: Some(mean(changes)), interval },
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
