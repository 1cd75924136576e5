//! The paradox of the published study: most organisations mean the relation to be personal, and most customers use it
//! businesslike. Owns the laying side by side of what is meant and what is used, and says each time who said so.

use super::estimate::{cell, share};
use super::measured::{Call, Member};
use super::{Paradox, ParadoxBasis, PartLine};
use crate::instrument::RelationalModel;

/// Every way in which these sessions, of whatever instrument, tell how the relation is meant and how it is used.
pub(super) fn paradoxes(complete: &[&Member]) -> Vec<Paradox> {
    let leads = |call: &Option<Call>| call.as_ref().map(|call| call.dominant);
    let is_manager = |member: &&&Member| member.other.is_some();
    let customers: Vec<(RelationalModel, RelationalModel)> = complete
        .iter()
        .filter(|member| !is_manager(member))
        .filter_map(|member| Some((member.digest.seen?, leads(&member.own)?)))
        .collect();
    let managers: Vec<(RelationalModel, RelationalModel)> =
        complete.iter().filter_map(|member| Some((leads(&member.own)?, leads(&member.other)?))).collect();
    let mut found = Vec::new();
    if !customers.is_empty() {
        found.push(paired(ParadoxBasis::Customers, &customers));
    }
    if !managers.is_empty() {
        found.push(paired(ParadoxBasis::Managers, &managers));
        let used: Vec<RelationalModel> =
            complete.iter().filter(|member| !is_manager(member)).filter_map(|m| leads(&m.own)).collect();
        if !used.is_empty() {
            let meant: Vec<RelationalModel> = managers.iter().map(|(own, _)| *own).collect();
            found.push(Paradox {
                basis: ParadoxBasis::BothSides,
                n_meant: meant.len(),
                n_used: used.len(),
                meant: parts(&meant),
                used: parts(&used),
                table: None,
                same: None,
                same_share: None,
            });
        }
    }
    found
}

fn paired(basis: ParadoxBasis, pairs: &[(RelationalModel, RelationalModel)]) -> Paradox {
    let mut table = [[0; 4]; 4];
    for (meant, used) in pairs {
        table[meant.index()][used.index()] += 1;
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
    }
}

fn parts(models: &[RelationalModel]) -> Vec<PartLine> {
    let part = |model: RelationalModel| {
        let n = models.iter().filter(|found| **found == model).count();
        PartLine { model, n: cell(n), share: share(n, models.len()) }
    };
    RelationalModel::ALL.into_iter().map(part).collect()
}
