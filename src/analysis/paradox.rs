//! The paradox of the published study: most organisations mean the relation to be personal, and most customers use it
//! businesslike. Owns the laying side by side of what is meant and what is used, and says each time who said so.

use serde::Serialize;

use super::estimate::{cell, share};
use super::measured::{Call, Member};
use super::models::{estimated, of_all};
use super::outcomes::Agreement;
use super::{Cell, Estimate};
use crate::classify::population::Population;
use crate::classify::session::Evidence;
use crate::instrument::{Perspective, RelationalModel};

/// How the relation is meant against how it is used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paradox {
    /// Where the two come from.
    pub basis: ParadoxBasis,
    /// Sessions behind `meant`.
    pub n_meant: usize,
    /// Sessions behind `used`.
    pub n_used: usize,
    /// How it is meant by the organisation: CS, AR, EM, MP.
    pub meant: Vec<PartLine>,
    /// How it is used by customers: CS, AR, EM, MP.
    pub used: Vec<PartLine>,
    /// Rows: how it is meant; columns: how it is used; CS, AR, EM, MP. None where the two come from different sessions.
    pub table: Option<Vec<Vec<Cell>>>,
    /// Sessions in which the two are the same.
    pub same: Option<Cell>,
    /// Their share.
    pub same_share: Option<Estimate>,
    /// The same share beside what the rates of the two alone give.
    pub agreement: Option<Agreement>,
}

/// Where the two sides of a paradox come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParadoxBasis {
    /// Customers' own answers against how, they think, the organisation sees them: both in one session.
    Customers,
    /// Account managers' own answers against how, they think, their client relates: both in one session.
    Managers,
    /// Account managers' own answers against customers' own answers: different sessions of one study.
    BothSides,
}

/// A model's part in one side of a paradox.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartLine {
    /// The model.
    pub model: RelationalModel,
    /// Sessions; where it comes from profiles, those in which the model leads.
    pub n: Cell,
    /// Their share, with Wilson's interval.
    pub share: Option<Estimate>,
    /// Where it comes from profiles, the share without what the classifier assumes; see [`ModelLine::estimated`](super::ModelLine::estimated).
    pub estimated: Option<Estimate>,
}

/// Every way in which these sessions, of whatever instrument, tell how the relation is meant and how it is used.
pub(super) fn paradoxes(complete: &[&Member]) -> Vec<Paradox> {
    let is_manager = |member: &&&Member| member.other.is_some();
    let customers: Vec<(Side, Side)> = complete
        .iter()
        .filter(|member| !is_manager(member))
        .filter_map(|member| Some((Side::said(member.digest.seen?), Side::of(member, Perspective::Own)?)))
        .collect();
    let managers: Vec<(Side, Side)> = complete
        .iter()
        .filter_map(|member| {
            Some((Side::of(member, Perspective::Own)?, Side::of(member, Perspective::Other)?))
        })
        .collect();
    let mut found = Vec::new();
    if !customers.is_empty() {
        found.push(paired(ParadoxBasis::Customers, &customers));
    }
    if !managers.is_empty() {
        found.push(paired(ParadoxBasis::Managers, &managers));
        let used: Vec<Side> = complete
            .iter()
            .filter(|member| !is_manager(member))
            .filter_map(|m| Side::of(m, Perspective::Own))
            .collect();
        if !used.is_empty() {
            let meant: Vec<Side> = managers.iter().map(|(own, _)| *own).collect();
            found.push(Paradox {
                basis: ParadoxBasis::BothSides,
                n_meant: meant.len(),
                n_used: used.len(),
                meant: parts(&meant),
                used: parts(&used),
                table: None,
                same: None,
                same_share: None,
                agreement: None,
            });
        }
    }
    found
}

/// One side of one relation: what was said of it, or what a profile gives.
#[derive(Clone, Copy)]
struct Side<'a> {
    model: RelationalModel,
    evidence: Option<&'a Evidence>,
}

impl<'a> Side<'a> {
    fn said(model: RelationalModel) -> Self {
        Self { model, evidence: None }
    }

    fn of(member: &'a Member, perspective: Perspective) -> Option<Self> {
        let call = match perspective {
            Perspective::Own => member.own.as_ref(),
            Perspective::Other => member.other.as_ref(),
        };
        Some(Self { model: model_of(call)?, evidence: member.digest.evidence_for(perspective) })
    }
}

/// What the answers speak for. Where they tell nothing apart there is no side, whatever the published rates put in front.
fn model_of(call: Option<&Call>) -> Option<RelationalModel> {
    call.filter(|call| !call.nothing).map(|call| call.answers)
}

fn paired(basis: ParadoxBasis, pairs: &[(Side, Side)]) -> Paradox {
    let mut table = [[0; 4]; 4];
    for (meant, used) in pairs {
        table[meant.model.index()][used.model.index()] += 1;
    }
    let same = (0..4).map(|at| table[at][at]).sum();
    let (meant, used): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
    Paradox {
        basis,
        n_meant: pairs.len(),
        n_used: pairs.len(),
        meant: parts(&meant),
        used: parts(&used),
        table: Some(table.iter().map(|row| row.iter().copied().map(cell).collect()).collect()),
        same: Some(cell(same)),
        same_share: share(same, pairs.len()),
        agreement: Agreement::of(pairs.iter().map(|(meant, used)| (meant.model, used.model))),
    }
}

fn parts(sides: &[Side]) -> Vec<PartLine> {
    let evidence: Vec<&Evidence> = sides.iter().filter_map(|side| side.evidence).collect();
    let population = of_all(&evidence).0.filter(Population::is_steady);
    let part = |model: RelationalModel| {
        let n = sides.iter().filter(|side| side.model == model).count();
        let estimated = population.as_ref().map(|found| estimated(found, model));
        PartLine { model, n: cell(n), share: share(n, sides.len()), estimated }
    };
    RelationalModel::ALL.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_is_what_the_answers_speak_for_and_none_where_they_tell_nothing() {
        let call = |nothing| Call {
            probabilities: [0.2, 0.1, 0.1, 0.6],
            dominant: RelationalModel::MarketPricing,
            answers: RelationalModel::CommunalSharing,
            uncertain: true,
            nothing,
            low: false,
            basis: String::new(),
        };
        assert_eq!(model_of(Some(&call(false))), Some(RelationalModel::CommunalSharing));
        assert_eq!(model_of(Some(&call(true))), None);
        assert_eq!(model_of(None), None);
    }
}
