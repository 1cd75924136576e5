//! What became of answers that something rested on: whether they were given again, and what reliably changed.

use serde::Serialize;

use super::over_time::{corrected, difference};
use super::{Changed, Followed, Parted, Relation, Visit};
use crate::instrument::{Construct, Party, Perspective, RelationalModel, Scale};

/// What became of answers that something rested on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// Not asked again.
    NotAsked,
    /// Asked again, of another person or of an unknown one.
    Parted(Parted),
    /// A later version of the questionnaire asks all of it differently.
    AskedDifferently,
    /// Nothing of it is a scale that is followed.
    NotFollowed,
    /// It was measured again.
    Measured {
        /// By which side, and when the latest of them began.
        again: Vec<(Party, i64)>,
        /// What changed by more than measurement error, corrected for everything that is followed.
        changed: Vec<(Party, Changed)>,
    },
}

/// A session with the names of what something rests on in it.
pub type Rests<'a> = (&'a str, &'a [String]);

impl Followed {
    /// What it is called where it is remembered that something rested on it.
    pub fn name(&self) -> String {
        match self {
            Self::Norm(side, model) => format!("norm.{}.{}", side.name(), model.name()),
            Self::Said => "said".to_owned(),
            Self::Associated => "associated".to_owned(),
            Self::Staying { name } | Self::Scale { name, .. } => format!("scale.{name}"),
        }
    }

    /// The names of all norms of a side.
    pub fn norms_of(side: Perspective) -> Vec<String> {
        RelationalModel::ALL.map(|model| Self::Norm(side, model).name()).to_vec()
    }

    /// The names of what is followed of a scale.
    pub fn names_of(scale: &Scale) -> Vec<String> {
        match &scale.construct {
            Construct::Model(model) => vec![Self::Norm(scale.perspective, *model).name()],
            Construct::Models => Self::norms_of(scale.perspective),
            Construct::ExplicitSentiment => vec![Self::Said.name()],
            Construct::IndirectSentiment => vec![Self::Associated.name()],
            Construct::Intention | Construct::Family(..) => vec![format!("scale.{}", scale.name)],
        }
    }
}

impl Visit {
    /// The largest distance of these measures from the middle of their scales, in standard errors; zero where none is measured.
    pub fn furthest_from_middle(&self, names: &[String]) -> f64 {
        let named = Followed::all(self).into_iter().filter(|what| names.contains(&what.name()));
        let far = named.filter_map(|what| {
            let (found, (low, high)) = (what.of(self)?, what.range(self)?);
            Some((found.value - (low + high) / 2.0).abs() / found.se).filter(|size| size.is_finite())
        });
        far.fold(0.0, f64::max)
    }
}

impl Relation {
    /// Whether a later session answers what this one did.
    pub fn is_answered_again(&self, session: &str) -> bool {
        self.visit(session).is_some_and(|visit| self.after(visit).next().is_some())
    }

    /// What became of what something rests on in one session, or in one of either side.
    pub fn since(&self, parts: &[Rests]) -> Since {
        let (mut again, mut changes, mut parted) = (Vec::new(), Vec::new(), None);
        let (mut asked, mut differently) = (false, false);
        for (session, names) in parts {
            let Some(before) = self.visit(session) else { continue };
            let later: Vec<&Visit> = self.after(before).collect();
            asked |= !later.is_empty();
            let comparable = later.iter().rev().find(|visit| visit.is_comparable(before));
            let Some(now) = comparable.filter(|visit| !visit.is_of_one_day_with(before)) else {
                parted = parted.or(match comparable {
                    Some(_) => Some(Parted::OnOneDay),
                    None => later.last().map(|visit| visit.parted_from(before)),
                });
                continue;
            };
            // The page's own rule for change: corrected over everything that is followed, not only over what is named.
            let all = Followed::all(now);
            let is_named = |what: &&Followed| names.contains(&what.name()) && what.of(before).is_some();
            differently |= all.iter().filter(is_named).any(|what| !now.asked.is_alike(&before.asked, what));
            let mut found: Vec<Changed> =
                all.into_iter().filter_map(|what| difference(what, before, now)).collect();
            corrected(found.iter_mut());
            found.retain(|changed| names.contains(&changed.what.name()));
            if !found.is_empty() {
                again.push((before.party, now.begun));
                changes.extend(found.into_iter().map(|changed| (before.party, changed)));
            }
        }
        if again.is_empty() {
            return match parted {
                Some(parted) => Since::Parted(parted),
                None if differently => Since::AskedDifferently,
                None if asked => Since::NotFollowed,
                None => Since::NotAsked,
            };
        }
        changes.retain(|(_, changed)| changed.is_reliable());
        Since::Measured { again, changed: changes }
    }

    /// The session of this id.
    pub fn visit(&self, session: &str) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.session == session)
    }

    /// Later sessions of the same side with the same questionnaire, as far as they are usable.
    fn after<'a>(&'a self, visit: &'a Visit) -> impl Iterator<Item = &'a Visit> {
        let of = |one: &Visit| (one.party, one.instrument.clone());
        let later = self.visits.iter().skip_while(move |other| other.session != visit.session).skip(1);
        later.filter(move |other| !other.is_random() && !other.declined && of(other) == of(visit))
    }
}
