//! The paradox of the published study: most organisations mean the relation to be personal, and most customers use it
//! businesslike. Owns the laying side by side of what is meant and what is used, and says each time who said so.

use serde::Serialize;

use super::estimate::{cell, share};
use super::measured::Member;
use super::models::{estimated, of_all};
use super::outcomes::Agreement;
use super::{Cell, Estimate};
use crate::classify::population::Population;
use crate::classify::session::Evidence;
use crate::instrument::{Party, Perspective, RelationalModel};

/// How the relation is meant against how it is used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paradox {
    /// Where the two come from.
    pub basis: ParadoxBasis,
    /// Sessions behind `meant`.
    pub n_meant: usize,
    /// Sessions behind `used`.
    pub n_used: usize,
    /// Sessions that are in neither, because the answers of a side tell nothing apart.
    pub untold: Cell,
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
    let (managers, customers): (Vec<&Member>, Vec<&Member>) =
        complete.iter().copied().partition(|member| member.party == Party::Organisation);
    // Whoever gave both sides of a relation, with those of whom both can be told.
    let said: Vec<&Member> =
        customers.iter().copied().filter(|m| m.digest.seen.is_some() && m.own.is_some()).collect();
    let pairs: Vec<(Side, Side)> = said
        .iter()
        .filter_map(|member| Some((Side::said(member.digest.seen?), Side::of(member, Perspective::Own)?)))
        .collect();
    let mut found = Vec::new();
    if !pairs.is_empty() {
        found.push(paired(ParadoxBasis::Customers, &pairs, said.len()));
    }
    let asked: Vec<&Member> = managers.into_iter().filter(|m| m.own.is_some() && m.other.is_some()).collect();
    let pairs: Vec<(Side, Side)> = asked
        .iter()
        .filter_map(|member| {
            Some((Side::of(member, Perspective::Own)?, Side::of(member, Perspective::Other)?))
        })
        .collect();
    if !pairs.is_empty() {
        found.push(paired(ParadoxBasis::Managers, &pairs, asked.len()));
        let of_customers = customers.iter().filter(|member| member.own.is_some()).count();
        let used: Vec<Side> = customers.iter().filter_map(|m| Side::of(m, Perspective::Own)).collect();
        if !used.is_empty() {
            let meant: Vec<Side> = pairs.iter().map(|(own, _)| *own).collect();
            let untold = asked.len() - pairs.len() + of_customers - used.len();
            found.push(Paradox {
                basis: ParadoxBasis::BothSides,
                n_meant: meant.len(),
                n_used: used.len(),
                untold: cell(untold),
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
        Some(Self { model: call?.speaks_for()?, evidence: member.digest.evidence_for(perspective) })
    }
}

/// What these pairs tell, of so many that there are.
fn paired(basis: ParadoxBasis, pairs: &[(Side, Side)], of: usize) -> Paradox {
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
        untold: cell(of - pairs.len()),
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
        let estimated = population.as_ref().map(|found| estimated(found, model, sides.len()));
        PartLine { model, n: cell(n), share: share(n, sides.len()), estimated }
    };
    RelationalModel::ALL.into_iter().map(part).collect()
}
