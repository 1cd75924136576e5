//! Rows of our own exports that come back to a study which has the session they are a copy of.

use std::collections::{BTreeMap, BTreeSet};

use crate::interview::Origin;
use crate::store::{SessionId, copied_session};

/// Sessions by their ids, and by the ids that their copies get in another study.
pub(super) struct OwnSessions<'a> {
    instrument: &'a str,
    ids: BTreeSet<SessionId>,
    /// The same by the parts of their ids that do not come from a time.
    drawn: BTreeMap<u128, SessionId>,
    /// The same of their copies.
    copied: BTreeSet<u128>,
}

impl<'a> OwnSessions<'a> {
    pub fn of(ids: impl Iterator<Item = SessionId>, instrument: &'a str) -> Self {
        let ids: BTreeSet<SessionId> = ids.collect();
        let copied = ids.iter().map(|id| copy(id, instrument)).collect();
        Self { instrument, drawn: ids.iter().map(|id| (id.drawn(), *id)).collect(), copied, ids }
    }

    /// Whether a row is one of them in an export: of this study, or of one that had it from such an export.
    pub fn has(&self, origin: &Origin) -> bool {
        copied_session(origin)
            .is_some_and(|own| self.ids.contains(&own) || self.copied.contains(&own.drawn()))
    }

    /// The one of them that is a copy of the session that a row becomes, by way of an export of another study.
    pub fn copy_of(&self, session: &SessionId) -> Option<SessionId> {
        self.drawn.get(&copy(session, self.instrument)).copied()
    }
}

/// What the id of a copy has that does not come from a time.
fn copy(id: &SessionId, instrument: &str) -> u128 {
    SessionId::of_row(0, instrument, &id.to_string()).drawn()
}
