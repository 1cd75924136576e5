//! The flags of `train` and `evaluate` for a labelled table and how to learn from it. Remarks on columns and rows of no use.

use std::path::PathBuf;

use clap::Args;

use super::choice::{Choices, one_of};
use super::columns::{self, ColumnArgs};
use super::filled::Filled;
use super::{Failure, list, remark};
use crate::classify::dataset::Dataset;
use crate::classify::learner::LEARNERS;
use crate::classify::reference::BASE_RATES;
use crate::classify::train::{Calibrate, ClassWeights, Prior, Training};
use crate::import::table::labelled::{Labelled, LabelledColumns};
use crate::instrument::RelationalModel;

/// Which table, and what of it.
#[derive(Debug, Clone, Args)]
pub(super) struct TableArgs {
    /// CSV file with a header; an empty cell is missing; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub input: PathBuf,

    /// The column with the labels: CS, AR, EM, MP or their full names, in any case
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true, value_parser = super::columns::text)]
    pub label: String,

    #[command(flatten)]
    pub columns: ColumnArgs,
}

/// How to train.
#[derive(Debug, Clone, Args)]
pub(super) struct TrainingArgs {
    /// What learns
    #[arg(long, default_value = LEARNERS[0].id(), value_parser = clap::builder::PossibleValuesParser::new(LEARNERS.iter().map(|l| l.id())))]
    learner: String,

    /// Strength, at least 0.1: of the penalty (in scikit-learn 1/C, with two classes 2/C), or for `tree` a tenth of the rows that a
    /// leaf needs; without it, chosen by inner cross-validation
    #[arg(long)]
    alpha: Option<f64>,

    /// How much each class counts in training
    #[arg(long, default_value = "none", value_parser = one_of(WEIGHTS))]
    class_weights: ClassWeights,

    /// Shares of the classes that predictions assume: `table` (the table's own), `study` (16,7,7,70: what the published study found), `even`, or four
    /// numbers for CS,AR,EM,MP; without it, what the training saw (the table's own unless classes are weighted)
    #[arg(long, value_name = "table|study|even|a,b,c,d", value_parser = prior)]
    prior: Option<Prior>,

    /// Temperature scaling on held-out predictions: `auto` keeps it where it wins out of fold
    #[arg(long, default_value = "auto", value_parser = one_of(CALIBRATE))]
    calibrate: Calibrate,

    /// Equal seeds give equal results
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

const WEIGHTS: Choices<ClassWeights> = &[
    ("none", "Every row counts alike", ClassWeights::None),
    ("balanced", "Every class counts alike", ClassWeights::Balanced),
];

const CALIBRATE: Choices<Calibrate> =
    &[("on", "", Calibrate::On), ("off", "", Calibrate::Off), ("auto", "", Calibrate::Auto)];

impl TrainingArgs {
    /// Remarks on the prior in use, as shares of the existing labels that sum to 1, because they may be typed with any sum.
    pub fn say_prior(&self, labels: &[RelationalModel]) {
        let asked = match self.prior {
            Some(Prior::Shares(asked)) => asked,
            None if self.class_weights == ClassWeights::None => {
                remark(
                    "prior: the shares of the labels among the rows that it learns from; --prior takes others",
                );
                return;
            }
            _ => return,
        };
        let sum: f64 = labels.iter().map(|label| asked[label.index()]).sum();
        let share = |label: &RelationalModel| format!("{label} {:.3}", asked[label.index()] / sum);
        let shares: Vec<String> = labels.iter().map(share).collect();
        remark(&format!("prior, as asked, as shares of one: {}", shares.join(", ")));
    }

    pub fn training(&self, basis: String) -> Training {
        Training {
            learner: self.learner.clone(),
            seed: self.seed,
            basis,
            alpha: self.alpha,
            class_weights: self.class_weights,
            calibrate: self.calibrate,
            prior: self.prior.unwrap_or(Prior::AsTrained),
            ..Training::default()
        }
    }
}

/// A prior as it is typed.
pub(super) fn prior(text: &str) -> Result<Prior, String> {
    match text.to_lowercase().as_str() {
        "table" => return Ok(Prior::Table),
        "study" => return Ok(Prior::Shares(BASE_RATES)),
        "even" => return Ok(Prior::Shares([0.25; 4])),
        _ => {}
    }
    match shares(text) {
        Some(Ok(shares)) => Ok(Prior::Shares(shares)),
        Some(Err(why)) => Err(why),
        None => Err("take table, study, even, or four shares for CS,AR,EM,MP such as 0.2,0.1,0.1,0.6".into()),
    }
}

/// The smallest share of a model in a prior: with less, no answers could make up for it.
const LEAST_SHARE: f64 = 1e-6;

/// Parses four shares for CS, AR, EM and MP with any sum, and normalises them; none where the text is something else. A share may be 0.
pub(super) fn shares(text: &str) -> Option<Result<[f64; 4], String>> {
    let parts: Option<Vec<f64>> = text.split(',').map(|share| share.trim().parse().ok()).collect();
    let typed: [f64; 4] = parts?.try_into().ok()?;
    let sum: f64 = typed.iter().sum();
    if !sum.is_finite() || sum <= 0.0 || typed.iter().any(|share| *share < 0.0) {
        return None;
    }
    let shares = typed.map(|share| share / sum);
    let mut models = RelationalModel::ALL.into_iter().zip(shares);
    let tiny = models.find(|(_, share)| *share > 0.0 && *share < LEAST_SHARE);
    Some(match tiny {
        Some((model, share)) => Err(format!(
            "a prior of {share:.0e} for {model} leaves it no chance, whatever is answered; give it {LEAST_SHARE} or more"
        )),
        None => Ok(shares),
    })
}

/// Whether four shares were typed with a sum that is not one.
pub(super) fn were_brought_to_one(text: &str) -> bool {
    let typed: Vec<f64> = text.split(',').filter_map(|share| share.trim().parse().ok()).collect();
    typed.len() == 4 && (typed.iter().sum::<f64>() - 1.0).abs() > 1e-9
}

impl TableArgs {
    /// Reads the table; `extra` columns are no features and handed back as text.
    pub fn read(&self, extra: &[&str]) -> Result<Labelled, Failure> {
        self.read_of(extra, None)
    }

    /// As [`TableArgs::read`], with these columns as features, in this order, and no others.
    pub fn read_of(&self, extra: &[&str], wanted: Option<&[String]>) -> Result<Labelled, Failure> {
        let cells = &self.columns.cells;
        let columns = LabelledColumns {
            label: &self.label,
            ignore: &self.columns.ignore,
            missing: &cells.missing,
            decimal: cells.decimal,
            extra,
            wanted,
        };
        let found = columns.read(columns::open(&self.input)?)?;
        constant(&found.data);
        filled((0..found.data.len()).map(|row| found.data.row(row)), found.data.names());
        Ok(found)
    }
}

/// Says where values are missing, in whose place the means of their columns stand.
pub(super) fn filled<'a>(rows: impl Iterator<Item = &'a [f64]>, names: &[String]) {
    let mut filled = Filled::default();
    for row in rows {
        filled.see(row);
    }
    filled.say("row", names);
}

/// Says which features have one value only.
fn constant(data: &Dataset) {
    let same = |feature: usize| {
        let first = data.row(0)[feature].to_bits();
        (1..data.len()).all(|row| data.row(row)[feature].to_bits() == first)
    };
    let names: Vec<String> =
        data.names().iter().enumerate().filter(|(at, _)| same(*at)).map(|(_, name)| name.clone()).collect();
    if !names.is_empty() {
        remark(&format!("the same in every row, and so of no use: {}", list(&names)));
    }
}

/// Models in a sentence with their counts.
pub(super) fn counts(data: &Dataset) -> String {
    let count = |model: RelationalModel| data.labels().iter().filter(|&&label| label == model).count();
    let parts: Vec<String> =
        data.classes().iter().map(|&model| format!("{model} {}", count(model))).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priors_as_they_are_typed() {
        assert_eq!(prior("Even"), Ok(Prior::Shares([0.25; 4])));
        let near = |text: &str, wanted: [f64; 4]| match prior(text) {
            Ok(Prior::Shares(shares)) => {
                shares
                    .iter()
                    .zip(wanted)
                    .for_each(|(share, wanted)| assert!((share - wanted).abs() < 1e-15, "{text}"));
            }
            other => panic!("{text}: {other:?}"),
        };
        near("0.2, 0.1,0.1,0.6", [0.2, 0.1, 0.1, 0.6]);
        // Whatever they sum to, they are shares of one.
        near("20,10,10,60", [0.2, 0.1, 0.1, 0.6]);
        near(".5,.2,.2,.2", [5.0 / 11.0, 2.0 / 11.0, 2.0 / 11.0, 2.0 / 11.0]);
        near("0,1,1,2", [0.0, 0.25, 0.25, 0.5]);
        for text in ["1e-300,1,1,1", "1e-7,1,1,1", "1,1,1,1e-310"] {
            assert!(prior(text).unwrap_err().contains("no chance"), "{text}");
        }
        for text in ["", "flat", "1,2,3", "1,2,3,x,4", "1,2,3,-4", "NaN,1,1,1"] {
            assert!(prior(text).is_err(), "{text}");
        }
    }
}
