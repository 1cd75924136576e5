//! The paradox of the published study: most organisations mean the relation to be personal, and most customers use it
//! businesslike. Owns the laying side by side of what is meant and what is used, and says each time who said so.

use super::estimate::{cell, share};
use super::measured::{Call, Member};
use super::prevalence;
use super::{Paradox, ParadoxBasis, PartLine};
use crate::instrument::RelationalModel;

/// Every way in which these sessions, of whatever instrument, tell how the relation is meant and how it is used. Profiles
/// assumed these shares of CS, AR, EM, MP.
pub(super) fn paradoxes(complete: &[&Member], assumed: [f64; 4]) -> Vec<Paradox> {
    let is_manager = |member: &&&Member| member.other.is_some();
    let customers: Vec<(Side, Side)> = complete
        .iter()
        .filter(|member| !is_manager(member))
        .filter_map(|member| Some((Side::said(member.digest.seen?), Side::of(&member.own)?)))
        .collect();
    let managers: Vec<(Side, Side)> = complete
        .iter()
        .filter_map(|member| Some((Side::of(&member.own)?, Side::of(&member.other)?)))
        .collect();
    let mut found = Vec::new();
    if !customers.is_empty() {
        found.push(paired(ParadoxBasis::Customers, &customers, assumed));
    }
    if !managers.is_empty() {
        found.push(paired(ParadoxBasis::Managers, &managers, assumed));
        let used: Vec<Side> =
            complete.iter().filter(|member| !is_manager(member)).filter_map(|m| Side::of(&m.own)).collect();
        if !used.is_empty() {
            let meant: Vec<Side> = managers.iter().map(|(own, _)| *own).collect();
            found.push(Paradox {
                basis: ParadoxBasis::BothSides,
                n_meant: meant.len(),
                n_used: used.len(),
                meant: parts(&meant, assumed),
                used: parts(&used, assumed),
                table: None,
                same: None,
                same_share: None,
            });
        }
    }
    found
}

/// One side of one relation: what was said of it, or what a profile gives.
#[derive(Clone, Copy)]
struct Side {
    model: RelationalModel,
    probabilities: Option<[f64; 4]>,
}

impl Side {
    fn said(model: RelationalModel) -> Self {
        Self { model, probabilities: None }
    }

    fn of(call: &Option<Call>) -> Option<Self> {
        let call = call.as_ref()?;
        Some(Self { model: call.dominant, probabilities: Some(call.probabilities) })
    }
}

fn paired(basis: ParadoxBasis, pairs: &[(Side, Side)], assumed: [f64; 4]) -> Paradox {
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
        meant: parts(&meant, assumed),
        used: parts(&used, assumed),
        table: Some(table.iter().map(|row| row.iter().copied().map(cell).collect()).collect()),
        same: Some(cell(same)),
        same_share: share(same, pairs.len()),
    }
}

fn parts(sides: &[Side], assumed: [f64; 4]) -> Vec<PartLine> {
    let probabilities: Vec<[f64; 4]> = sides.iter().filter_map(|side| side.probabilities).collect();
    let estimated = prevalence::shares(&probabilities, assumed);
    let part = |model: RelationalModel| {
        let n = sides.iter().filter(|side| side.model == model).count();
        let estimated = estimated.map(|shares| shares[model.index()]);
        PartLine { model, n: cell(n), share: share(n, sides.len()), estimated }
    };
    RelationalModel::ALL.into_iter().map(part).collect()
}
