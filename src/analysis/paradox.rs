//! The paradox of the published study: most organisations mean the relation to be personal, and most customers use it
//! businesslike. Owns the comparison of what is meant with what is used, and names the side that said so.

use serde::Serialize;

use super::estimate::{cell, share};
use super::measured::{Member, ModelCall};
use super::models::{estimated, evidence_of, of_all};
use super::outcomes::SelfAgreement;
use super::respondents::people;
use super::{IntervalEstimate, Respondents, ShownCount};
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
    pub untold: ShownCount,
    /// How it is meant by the organisation: CS, AR, EM, MP.
    pub meant: Vec<PartLine>,
    /// How it is used by customers: CS, AR, EM, MP.
    pub used: Vec<PartLine>,
    /// Rows: how it is meant; columns: how it is used; CS, AR, EM, MP. None where the two come from different sessions.
    pub table: Option<Vec<Vec<ShownCount>>>,
    /// Sessions with one model on both sides.
    pub same: Option<ShownCount>,
    /// Their share.
    pub same_share: Option<IntervalEstimate>,
    /// That share against the one that the two rates give by chance.
    pub agreement: Option<SelfAgreement>,
    /// Whose sessions these are.
    #[serde(skip)]
    pub respondents: Respondents,
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
    pub n: ShownCount,
    /// Their share, with Wilson's interval; none beside an estimate, unless it was said directly.
    pub share: Option<IntervalEstimate>,
    /// Where it comes from profiles, the share without what the classifier assumes; see [`ModelLine::estimated`](super::ModelLine::estimated).
    pub estimated: Option<IntervalEstimate>,
}

/// Every way in which these sessions, of whatever instrument, tell how the relation is meant and how it is used.
pub(super) fn paradoxes(complete: &[&Member]) -> Vec<Paradox> {
    let (managers, customers): (Vec<&Member>, Vec<&Member>) =
        complete.iter().copied().partition(|member| member.party == Party::Organisation);
    // Customers who answered about our side directly and have a profile; pairs are those whose profile is clear.
    let said: Vec<&Member> =
        customers.iter().copied().filter(|m| m.digest.seen.is_some() && m.own.is_some()).collect();
    let pairs: Vec<(Side, Side)> = said
        .iter()
        .filter_map(|member| Some((member.digest.seen?, told(member, Perspective::Own)?)))
        .collect();
    let mut found = Vec::new();
    if !pairs.is_empty() {
        let behind = [Behind::said(&said), Behind::of(&said, Perspective::Own)];
        found.push(paired(ParadoxBasis::Customers, &pairs, &said, &behind));
    }
    let asked: Vec<&Member> = managers.into_iter().filter(|m| m.own.is_some() && m.other.is_some()).collect();
    let pairs: Vec<(Side, Side)> = asked
        .iter()
        .filter_map(|member| Some((told(member, Perspective::Own)?, told(member, Perspective::Other)?)))
        .collect();
    if !pairs.is_empty() {
        let behind = Perspective::ALL.map(|perspective| Behind::of(&asked, perspective));
        found.push(paired(ParadoxBasis::Managers, &pairs, &asked, &behind));
        let answered: Vec<&Member> = customers.into_iter().filter(|member| member.own.is_some()).collect();
        let used: Vec<Side> = answered.iter().filter_map(|m| told(m, Perspective::Own)).collect();
        if !used.is_empty() {
            let meant: Vec<Side> = pairs.iter().map(|(own, _)| *own).collect();
            let untold = asked.len() - pairs.len() + answered.len() - used.len();
            let answers = Behind::of(&answered, Perspective::Own);
            let sides = alike([parts(&meant, &behind[0]), parts(&used, &answers)], [false, false]);
            found.push(Paradox {
                basis: ParadoxBasis::BothSides,
                n_meant: meant.len(),
                n_used: used.len(),
                untold: cell(untold),
                meant: sides[0].clone(),
                used: sides[1].clone(),
                table: None,
                same: None,
                same_share: None,
                agreement: None,
                respondents: Respondents::of_members(&[asked, answered].concat()),
            });
        }
    }
    found
}

/// One side of one relation: the model that was said of it, or that a profile gives.
type Side = RelationalModel;

fn call(member: &Member, perspective: Perspective) -> Option<&ModelCall> {
    match perspective {
        Perspective::Own => member.own.as_ref(),
        Perspective::Other => member.other.as_ref(),
    }
}

fn told(member: &Member, perspective: Perspective) -> Option<Side> {
    call(member, perspective)?.speaks_for()
}

/// The answers behind a side, unclear ones included: leaving them out would overstate common models.
struct Behind<'a> {
    evidence: Vec<(&'a Evidence, usize)>,
    /// How many people told something.
    telling: usize,
    /// Direct answers, where the question was asked.
    said: Vec<RelationalModel>,
}

impl<'a> Behind<'a> {
    fn of(members: &[&'a Member], perspective: Perspective) -> Self {
        let tells = |member: &&&Member| call(member, perspective).is_some_and(|call| !call.nothing);
        Self {
            evidence: evidence_of(members, perspective),
            telling: people(members.iter().filter(tells).copied()),
            said: Vec::new(),
        }
    }

    /// Counts direct answers, which need no estimate.
    fn said(members: &[&Member]) -> Self {
        Self {
            evidence: Vec::new(),
            telling: 0,
            said: members.iter().filter_map(|m| m.digest.seen).collect(),
        }
    }
}

/// The paradox over these pairs out of the sessions `of`, with the answers behind both sides.
fn paired(basis: ParadoxBasis, pairs: &[(Side, Side)], of: &[&Member], behind: &[Behind; 2]) -> Paradox {
    let mut table = [[0; 4]; 4];
    for (meant, used) in pairs {
        table[meant.index()][used.index()] += 1;
    }
    let same = (0..4).map(|at| table[at][at]).sum();
    let (meant, used): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
    let said = [0, 1].map(|at| !behind[at].said.is_empty());
    let sides = alike([parts(&meant, &behind[0]), parts(&used, &behind[1])], said);
    Paradox {
        basis,
        n_meant: pairs.len(),
        n_used: pairs.len(),
        untold: cell(of.len() - pairs.len()),
        meant: sides[0].clone(),
        used: sides[1].clone(),
        table: Some(table.iter().map(|row| row.iter().copied().map(cell).collect()).collect()),
        same: Some(cell(same)),
        same_share: share(same, pairs.len()),
        agreement: SelfAgreement::of(pairs.iter().copied()),
        respondents: Respondents::of_members(of),
    }
}

fn parts(sides: &[Side], behind: &Behind) -> Vec<PartLine> {
    let population = of_all(&behind.evidence).0.filter(Population::is_steady);
    let part = |model: RelationalModel| {
        let n = sides.iter().filter(|side| **side == model).count();
        let counted = behind.said.iter().filter(|said| **said == model).count();
        let estimated = match population.as_ref() {
            Some(found) => Some(estimated(found, model, behind.telling)),
            None => share(counted, behind.said.len()),
        };
        PartLine { model, n: cell(n), share: share(n, sides.len()), estimated }
    };
    RelationalModel::ALL.into_iter().map(part).collect()
}

/// Comparable shares: estimates over all sessions on both sides, or on neither. `said` are the sides that were asked about directly: beside an
/// estimate, the sessions in which a model leads have no interval; see [`ModelLine::answers_share`](super::ModelLine::answers_share).
fn alike(mut sides: [Vec<PartLine>; 2], said: [bool; 2]) -> [Vec<PartLine>; 2] {
    let has = |side: &Vec<PartLine>| side.iter().all(|line| line.estimated.is_some());
    let have = sides.iter().all(has);
    for (side, said) in sides.iter_mut().zip(said) {
        for line in side {
            match have {
                true if said => {}
                true => line.share = None,
                false => line.estimated = None,
            }
        }
    }
    sides
}
