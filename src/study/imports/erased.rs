//! Which rows of a file are of somebody who was erased. Asks where nothing tells.

use std::collections::{BTreeMap, BTreeSet};

use super::reread::{HOUR, MINUTE};
use super::{EarlierRows, OwnSessions, SortedImport, origin_of};
use crate::interview::{Instant, Origin};
use crate::store::{SessionId, Study, Whole};
use crate::study::StudyError;

/// Sessions that were erased. A row with an id is known by the part of the session's id that comes from it, whatever its time is taken for
/// now. Of a row without one nothing is left but its time, because its tombstone was called by a file and a row.
pub(super) struct ErasedSessions<'a> {
    own: OwnSessions<'a>,
    drawn: BTreeSet<u128>,
    /// How many began at each time, without those that the file at hand names.
    by_time: BTreeMap<Instant, usize>,
}

impl<'a> ErasedSessions<'a> {
    pub fn of(study: Option<&Study>, instrument: &'a str, batch: &[Whole]) -> Result<Self, StudyError> {
        let tombstones = study.map(Study::tombstones).transpose()?.unwrap_or_default();
        let ids: BTreeSet<SessionId> = tombstones.into_iter().map(|(session, _)| session).collect();
        let named: BTreeSet<u128> = batch.iter().map(|whole| whole.session.id.drawn()).collect();
        let mut by_time: BTreeMap<Instant, usize> = BTreeMap::new();
        for session in ids.iter().filter(|session| session.at() > 0 && !named.contains(&session.drawn())) {
            *by_time.entry(session.at()).or_default() += 1;
        }
        let drawn = ids.iter().map(SessionId::drawn).collect();
        Ok(Self { own: OwnSessions::of(ids.into_iter(), instrument), drawn, by_time })
    }

    /// Whether a row is one of them: of another program, or by way of an export of this very study or of another one.
    pub fn has(&self, session: &SessionId, origin: &Origin) -> bool {
        self.drawn.contains(&session.drawn()) || self.own.has(origin) || self.own.copy_of(session).is_some()
    }

    /// Takes what may be one of them out of the sessions that are fresh. A second tells whose row it is; a day or a minute does not, nor a
    /// second where the row has an id, which may be of somebody else.
    pub fn hold_back(&self, earlier: &EarlierRows<'_>, sorted: &mut SortedImport) {
        let mut at_time: BTreeMap<Instant, usize> = BTreeMap::new();
        for whole in &sorted.fresh {
            *at_time.entry(whole.session.id.at()).or_default() += 1;
        }
        let (mut erased, mut perhaps) = (0, Vec::new());
        sorted.fresh.retain(|whole| {
            let (Some(origin), at) = (origin_of(whole), whole.session.id.at()) else { return true };
            let is_sure = origin.id.is_none() && earlier.precise.contains(&origin.hash);
            let is_it = is_sure && self.by_time.get(&at).is_some_and(|count| at_time[&at] <= *count);
            erased += usize::from(is_it);
            // Of a clock that tells hours or days alone, an id tells more, if those who came before had one.
            let is_known_by_id = origin.id.is_some() && at % HOUR == 0 && earlier.are_named;
            if !is_it && !is_known_by_id && self.may_be(at) {
                perhaps.push(origin.row);
            }
            !is_it
        });
        sorted.erased += erased;
        sorted.perhaps_erased = perhaps;
    }

    /// Whether one of them began then, as far as the coarser of two clocks tells.
    fn may_be(&self, at: Instant) -> bool {
        let minute = at.div_euclid(MINUTE) * MINUTE;
        let within = self.by_time.range(minute..minute + MINUTE).map(|(other, _)| *other);
        at > 0 && within.into_iter().any(|other| other == at || other == minute || at == minute)
    }
}
