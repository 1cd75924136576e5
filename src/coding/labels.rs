//! What the codes of several coders say together of one session: the label that training uses, or why there is none.
//!
//! Owns the rule for disagreement. A consensus code settles a session whatever the coders said. Without one, a model
//! that more than half of the coders call dominant is the label. Everything else is a dispute: no tie is broken by
//! confidence, by second models, by the order of coders or by a coin, because each of these would decide in silence
//! what two people have to talk about. One coder alone makes a majority of one.

use serde::Serialize;

use crate::instrument::RelationalModel;

/// What the coders of one session say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CodersVerdict {
    /// A consensus code stands.
    Consensus(RelationalModel),
    /// More than half of the coders say so.
    Majority {
        /// The model.
        model: RelationalModel,
        /// How many say it.
        votes: usize,
        /// How many coders there are.
        coders: usize,
    },
    /// No model has more than half of the coders behind it.
    Disputed,
    /// Nobody has coded it.
    Uncoded,
}

impl CodersVerdict {
    /// The label for training, where there is one.
    pub fn label(self) -> Option<RelationalModel> {
        match self {
            Self::Consensus(model) | Self::Majority { model, .. } => Some(model),
            Self::Disputed | Self::Uncoded => None,
        }
    }
}

/// The verdict of one session: `votes` has the dominant model of every coder, once each; `consensus` is the settled one.
pub fn verdict(votes: &[RelationalModel], consensus: Option<RelationalModel>) -> CodersVerdict {
    if let Some(model) = consensus {
        return CodersVerdict::Consensus(model);
    }
    if votes.is_empty() {
        return CodersVerdict::Uncoded;
    }
    let count = |model: RelationalModel| votes.iter().filter(|vote| **vote == model).count();
    let winner = RelationalModel::ALL.into_iter().find(|model| 2 * count(*model) > votes.len());
    winner.map_or(CodersVerdict::Disputed, |model| CodersVerdict::Majority {
        model,
        votes: count(model),
        coders: votes.len(),
    })
}

/// Whether people have to talk: coders differ and no consensus code stands. A majority of two against one is a label and
/// still a session to discuss.
pub fn to_discuss(votes: &[RelationalModel], consensus: Option<RelationalModel>) -> bool {
    consensus.is_none() && votes.iter().any(|vote| Some(vote) != votes.first())
}

#[cfg(test)]
mod tests {
    use super::*;
    use RelationalModel::{
        AuthorityRanking as AR, CommunalSharing as CS, EqualityMatching as EM, MarketPricing as MP,
    };

    #[test]
    fn more_than_half_or_a_consensus_and_never_a_coin() {
        let label = |votes: &[RelationalModel]| verdict(votes, None).label();
        assert_eq!(verdict(&[], None), CodersVerdict::Uncoded);
        assert_eq!(label(&[MP]), Some(MP));
        assert_eq!(label(&[MP, CS]), None);
        assert_eq!(label(&[CS, MP, MP]), Some(MP));
        assert_eq!(label(&[CS, MP, EM]), None);
        assert_eq!(label(&[CS, CS, MP, MP]), None);
        // A plurality of two in four is no majority.
        assert_eq!(label(&[CS, CS, MP, EM]), None);
        assert_eq!(verdict(&[CS, MP], Some(AR)), CodersVerdict::Consensus(AR));
        assert_eq!(verdict(&[CS, MP, MP], None), CodersVerdict::Majority { model: MP, votes: 2, coders: 3 });
    }

    #[test]
    fn a_majority_is_still_discussed_until_it_is_settled() {
        assert!(to_discuss(&[CS, MP, MP], None));
        assert!(!to_discuss(&[CS, MP, MP], Some(MP)));
        assert!(!to_discuss(&[MP, MP], None));
        assert!(!to_discuss(&[], None));
    }
}
