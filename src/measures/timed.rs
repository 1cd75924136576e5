//! Timed measures: from trials with latencies to a score, its error, and the reasons why there is none.
//!
//! Owns the scoring rules of the single-category IAT, the IAT, the Brief IAT and the AMP, their standard errors and their
//! split-half reliability. Refuses to read files, to know what a block is called and to give a number for a person whom a
//! rule excludes.
//!
//! Every rule works in the same two steps. `clean` counts, excludes and drops trials, and leaves [`Cleaned`]: pairs of blocks
//! A and B with the rule that turns them into D = (mean of B − mean of A) / SD. [`Cleaned::score`] then gives the score
//! with its standard error, and [`SplitHalf`] takes as many persons as there are for a reliability.

use super::About;

pub mod amp;
pub mod biat;
mod cleaned;
pub mod error;
mod exclusion;
pub mod iat;
mod pair;
pub mod sc_iat;
mod split;
mod trial;
mod words;

pub use cleaned::{Cleaned, DScore, TimedScore};
pub use error::ErrorMethod;
pub use exclusion::{BlockRef, BlockSide, Exclusion};
pub use pair::{Penalty, Rule, ScoredTrial, Spread};
pub use split::{SPLITS, SplitHalf, SplitHalfReliability};
pub use trial::Trial;

/// What holds for every latency measure, and is printed beside each.
const CAUTIONS: &str = "measures the strength of associations, not truth; its zero is a convention; test–retest of an IAT is \
                        about .5; not for decisions about one person; the 2003 paper announced a patent on its scoring for \
                        commercial use: check before selling a service on it";

/// What every timed measure tells about itself, by its identifier.
pub fn abouts() -> [(&'static str, About); 4] {
    [("sc-iat", sc_iat::about()), ("iat", iat::about()), ("biat", biat::about()), ("amp", amp::about())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_is_documented_under_its_own_name() {
        let abouts = abouts();
        for (index, (id, about)) in abouts.iter().enumerate() {
            for text in [about.name, about.measures, about.formula, about.cautions, about.reference] {
                assert!(!text.is_empty(), "{id}");
            }
            assert!(abouts[..index].iter().all(|(other, _)| other != id));
        }
        for (id, about) in &abouts[..3] {
            assert!(about.cautions.contains("patent") && about.cautions.contains("about .5"), "{id}");
        }
    }
}
