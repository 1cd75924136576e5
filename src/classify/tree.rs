//! Decision trees: each split is linfa's, the rest is ours.
//!
//! Owns growing. There is one tree for each class, against all others. linfa only finds the best first split of a node's rows,
//! because the rest of its trees can't be used: it sums impurities in the order of a hash map, so that ties between splits vary
//! from run to run (with two classes there are two summands, and their order doesn't matter); it labels an even leaf by the
//! same order; it prunes every branch that predicts one class, which under base rates of 70 % removes most of what
//! probabilities are made of; and it splits by ≤ but predicts by <. Accepts whatever the other learners accept: where nothing
//! can be split, a tree is its root.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};

use linfa::Dataset;
use linfa::traits::Fit as _;
use linfa_trees::{DecisionTree, SplitQuality};
use ndarray::{Array1, Array2};

use super::form::{Discriminant, Split, Tree, TreeNode};
use super::learner::{FitError, FitReport, Learner, LearnerFit, Solver, check, loss};
use super::parallel;
use super::solver::TrainingSet;

/// Splits on a path. Five answers in a row are about what a reader can follow, and part a table into at most 32. (assumed)
const DEPTH: usize = 5;
/// Weight that a leaf needs at strength 1: the share of ten rows has a standard error of .16 at most.
const LEAF: f64 = 10.0;
/// Rows' worth of the class's share in the whole table that every leaf is given on top of its own (m-estimate, Cestnik 1990). Laplace's
/// correction gives one row to each of two outcomes, so two rows; a class against the rest is far from even, so they are divided as the
/// table is. No share becomes 0 or 1, and a split costs what it knows little about.
const SMOOTHING: f64 = 2.0;
/// Least share of a node's weight in a leaf. linfa adds weights in single precision, and what is left of a side below this may be
/// rounding.
const LEAST_SHARE: f64 = 1e-4;
/// Strengths tried: leaves of at least 5, 10, 20, 40 and 80 rows.
const STRENGTHS: [f64; 5] = [0.5, 1.0, 2.0, 4.0, 8.0];

/// One decision tree for each class against the others.
pub struct DecisionTrees;

impl Learner for DecisionTrees {
    fn id(&self) -> &'static str {
        "tree"
    }

    fn about(&self) -> &'static str {
        "Decision trees (each split is linfa's, by Gini impurity), one for each class against the others, at most five splits deep. \
         A leaf gives the weighted share of its class among the training rows in it, with two rows' worth of the class's share in the \
         whole table added; shares of the classes are brought to a sum of 1. The strength is a tenth of the rows' weight that a leaf needs \
         at least. Sees interactions and steps, and needs many more rows than a linear learner for the same log loss; a small change of \
         the table can change every split, so do not read a tree as an explanation. Missing values stand at the mean, \
         and their indicators can be split on. References: Breiman, Friedman, Olshen and Stone 1984, Classification and Regression Trees; \
         Cestnik 1990 for the shares."
    }

    fn strengths(&self) -> &'static [f64] {
        &STRENGTHS
    }

    fn strength(&self, alpha: f64) -> String {
        format!("{alpha} (a leaf has at least {} rows' weight)", LEAF * alpha)
    }

    fn fit(&self, sample: &TrainingSet<'_>, alpha: f64) -> Result<LearnerFit, FitError> {
        check(sample, alpha)?;
        let shares: Vec<(usize, f64)> = sample.margins().into_iter().enumerate().collect();
        let trees = parallel::map(shares, |(class, share): (usize, f64)| {
            Growth { sample, class, share, leaf: LEAF * alpha }.grow()
        });
        let form = Discriminant::Trees { trees };
        if !form.is_sound(sample.classes, sample.features) {
            return Err(FitError::NotConverged { iterations: 0, gradient: f64::NAN });
        }
        let loss = loss(&form, sample);
        let report = FitReport { solver: Solver::Linfa, iterations: 0, gradient: 0.0, loss, converged: true };
        Ok(LearnerFit { form, report })
    }
}

/// One tree in the making.
struct Growth<'a> {
    sample: &'a TrainingSet<'a>,
    class: usize,
    /// The class's weighted share of the whole table.
    share: f64,
    /// Weight that a leaf needs.
    leaf: f64,
}

impl Growth<'_> {
    /// Level by level, so that children come after their parents.
    fn grow(&self) -> Tree {
        let all: Vec<usize> = (0..self.sample.labels.len()).collect();
        let mut nodes = vec![self.node(&all)];
        let mut open = VecDeque::from([(0, all, 0)]);
        while let Some((place, rows, depth)) = open.pop_front() {
            if depth == DEPTH {
                continue;
            }
            let Some((column, threshold)) = self.best_split(&rows) else { continue };
            let split = Split { column, threshold, below: nodes.len(), above: nodes.len() + 1 };
            let goes_below = |&row: &usize| split.takes_below(self.sample.row(row)[column]);
            let (below, above): (Vec<usize>, Vec<usize>) = rows.into_iter().partition(goes_below);
            if below.is_empty() || above.is_empty() {
                continue;
            }
            if let Some(parent) = nodes.get_mut(place) {
                parent.split = Some(split);
            }
            nodes.extend([self.node(&below), self.node(&above)]);
            open.extend([(split.below, below, depth + 1), (split.above, above, depth + 1)]);
        }
        Tree { nodes }
    }

    /// What some rows are worth together: of the class, and all.
    fn weights(&self, rows: &[usize]) -> (f64, f64) {
        let mut sums = (0.0, 0.0);
        for &row in rows {
            let weight = self.sample.weight(row);
            sums.1 += weight;
            if self.sample.labels[row] == self.class {
                sums.0 += weight;
            }
        }
        sums
    }

    fn node(&self, rows: &[usize]) -> TreeNode {
        let (own, all) = self.weights(rows);
        let share = (own + SMOOTHING * self.share) / (all + SMOOTHING);
        TreeNode { log_share: share.min(1.0).ln(), split: None }
    }

    /// The column and threshold that leave the least Gini impurity; `None` where no split leaves less, or none has room for two leaves.
    fn best_split(&self, rows: &[usize]) -> Option<(usize, f64)> {
        let (own, all) = self.weights(rows);
        let least = self.leaf.max(LEAST_SHARE * all);
        if own <= 0.0 || own >= all || all < 2.0 * least {
            return None;
        }
        let sample = self.sample;
        let x: Vec<f64> = rows.iter().flat_map(|&row| sample.row(row)).copied().collect();
        let x = Array2::from_shape_vec((rows.len(), sample.features), x).ok()?;
        let labels = rows.iter().map(|&row| sample.labels[row] == self.class);
        // Weights as shares of the heaviest: linfa holds them in single precision, which ends at 10³⁸.
        let heaviest = rows.iter().map(|&row| sample.weight(row)).fold(0.0, f64::max);
        let weights = rows.iter().map(|&row| (sample.weight(row) / heaviest) as f32);
        let dataset = Dataset::new(x, labels.collect::<Array1<bool>>()).with_weights(weights.collect());
        let params = DecisionTree::<f64, bool>::params()
            .split_quality(SplitQuality::Gini)
            .max_depth(Some(1))
            .min_weight_leaf((least / heaviest) as f32);
        // linfa asserts that a side has weight, in single precision; nothing of ours is left half-changed if it does not hold.
        let stump = catch_unwind(AssertUnwindSafe(|| params.fit(&dataset))).ok()?.ok()?;
        // A root that was pruned because both leaves call the same class still knows its split; one without a split gained nothing.
        let (column, threshold, gain) = stump.root_node().split();
        (gain > 0.0 && threshold.is_finite()).then_some((column, threshold))
    }
}

#[cfg(test)]
mod tests;
