//! A decision tree as plain numbers: where its branches part, and what share a class has in each of its nodes.
//!
//! Owns the one rule for splits, in training, prediction and exports: a value up to the threshold goes below, a greater one
//! above. Refuses a tree from outside that would not end, or would grow when written out: children come after their parent, and
//! each has only one.

use serde::{Deserialize, Serialize};

/// Splits on a path that a tree from outside may have: exports are nested as deep as the tree.
const DEEPEST: usize = 32;

/// One tree, for one class against the others. The root comes first, children after their parent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// In the order in which they were made.
    pub nodes: Vec<TreeNode>,
}

/// A place in a tree, inner or leaf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TreeNode {
    /// Logarithm of the class's smoothed share of the training rows that came here.
    pub log_share: f64,
    /// Where it goes on; absent in a leaf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<Split>,
}

/// A question to one column.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// Which column of the encoding, counted from 0.
    pub column: usize,
    /// In units of the column, so standardised.
    pub threshold: f64,
    /// The node of rows whose value is at most the threshold.
    pub below: usize,
    /// The node of the others.
    pub above: usize,
}

impl Split {
    /// Whether a value goes below.
    pub fn takes_below(&self, value: f64) -> bool {
        value <= self.threshold
    }
}

impl Tree {
    /// The nodes that a row comes through, the root first. It ends whatever the numbers, because it only goes forward.
    pub fn path<'a>(&'a self, columns: &'a [f64]) -> impl Iterator<Item = &'a TreeNode> {
        let next = move |place: &usize| {
            let split = self.nodes.get(*place)?.split?;
            let child =
                if split.takes_below(*columns.get(split.column)?) { split.below } else { split.above };
            (child > *place && child < self.nodes.len()).then_some(child)
        };
        std::iter::successors(Some(0), next).filter_map(|place| self.nodes.get(place))
    }

    /// The logarithm of the class's share in the leaf of a row.
    pub fn score(&self, columns: &[f64]) -> f64 {
        self.path(columns).last().map_or(f64::NAN, |leaf| leaf.log_share)
    }

    /// The same at the root.
    pub fn start(&self) -> f64 {
        self.nodes.first().map_or(f64::NAN, |root| root.log_share)
    }

    /// How much the splits on one column change the score along a row's path.
    pub fn part(&self, column: usize, columns: &[f64]) -> f64 {
        let steps = self.path(columns).zip(self.path(columns).skip(1));
        let own = steps.filter(|(parent, _)| parent.split.is_some_and(|split| split.column == column));
        own.map(|(parent, child)| child.log_share - parent.log_share).sum()
    }

    /// Whether a tree from outside can be walked and written out.
    pub(super) fn is_sound(&self, columns: usize) -> bool {
        let mut depths: Vec<Option<usize>> = vec![None; self.nodes.len()];
        if let Some(root) = depths.first_mut() {
            *root = Some(0);
        }
        for (place, node) in self.nodes.iter().enumerate() {
            // A node that no earlier one leads to is not part of the tree.
            let Some(depth) = depths.get(place).copied().flatten() else { return false };
            if !node.log_share.is_finite() || node.log_share > 0.0 {
                return false;
            }
            let Some(split) = node.split else { continue };
            if split.column >= columns || !split.threshold.is_finite() || depth >= DEEPEST {
                return false;
            }
            for child in [split.below, split.above] {
                match depths.get_mut(child) {
                    Some(slot) if child > place && slot.is_none() => *slot = Some(depth + 1),
                    _ => return false,
                }
            }
        }
        !self.nodes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(share: f64) -> TreeNode {
        TreeNode { log_share: share.ln(), split: None }
    }

    fn inner(share: f64, column: usize, threshold: f64, below: usize, above: usize) -> TreeNode {
        TreeNode { log_share: share.ln(), split: Some(Split { column, threshold, below, above }) }
    }

    /// First asks column 1, then above it column 0.
    fn small() -> Tree {
        Tree {
            nodes: vec![inner(0.4, 1, 0.5, 1, 2), leaf(0.2), inner(0.6, 0, -1.0, 3, 4), leaf(0.5), leaf(0.9)],
        }
    }

    #[test]
    fn a_row_goes_down_by_at_most_and_its_parts_sum_to_its_score() {
        let tree = small();
        assert_eq!(tree.score(&[0.0, 0.5]), 0.2_f64.ln());
        assert_eq!(tree.score(&[-1.0, 0.500_001]), 0.5_f64.ln());
        assert_eq!(tree.score(&[0.0, 2.0]), 0.9_f64.ln());
        assert!((tree.part(1, &[0.0, 2.0]) - (0.6_f64 / 0.4).ln()).abs() < 1e-15);
        assert!((tree.part(0, &[0.0, 2.0]) - (0.9_f64 / 0.6).ln()).abs() < 1e-15);
        assert_eq!(tree.part(0, &[0.0, 0.0]), 0.0);
        let whole = tree.start() + tree.part(0, &[0.0, 2.0]) + tree.part(1, &[0.0, 2.0]);
        assert!((whole - 0.9_f64.ln()).abs() < 1e-15);
    }

    #[test]
    fn trees_that_would_not_end_or_not_fit_are_refused() {
        assert!(small().is_sound(2) && Tree { nodes: vec![leaf(1.0)] }.is_sound(0));
        type Harm = fn(&mut Vec<TreeNode>);
        let harms: [Harm; 10] = [
            |nodes| nodes.clear(),
            |nodes| nodes[0] = inner(0.4, 2, 0.5, 1, 2),
            |nodes| nodes[0] = inner(0.4, 1, f64::NAN, 1, 2),
            |nodes| nodes[2] = inner(0.6, 0, -1.0, 3, 5),
            // Children that lead back to the root, to the node itself, twice to the same leaf, and to another parent's leaf.
            |nodes| nodes[2] = inner(0.6, 0, -1.0, 0, 4),
            |nodes| nodes[2] = inner(0.6, 0, -1.0, 2, 4),
            |nodes| nodes[2] = inner(0.6, 0, -1.0, 3, 3),
            |nodes| nodes[1] = inner(0.2, 0, 0.0, 3, 4),
            |nodes| nodes.push(leaf(0.5)),
            |nodes| nodes[1].log_share = 0.1,
        ];
        for (place, harm) in harms.iter().enumerate() {
            let mut tree = small();
            harm(&mut tree.nodes);
            assert!(!tree.is_sound(2), "harm {place}");
            // Walking it ends even so.
            assert!(tree.path(&[0.0, 1.0]).count() <= tree.nodes.len());
        }
        let chain = |splits: usize| {
            // Each split's second child is the next split.
            let step = |at: usize| [inner(0.5, 0, 0.0, 2 * at + 1, 2 * at + 2), leaf(0.5)];
            let mut nodes: Vec<TreeNode> = (0..splits).flat_map(step).collect();
            nodes.push(leaf(0.5));
            Tree { nodes }
        };
        assert!(chain(DEEPEST).is_sound(1) && !chain(DEEPEST + 1).is_sound(1));
    }
}
