//! Rows of our own exports that come back to a study which has the session they are a copy of.

use std::collections::BTreeSet;

use crate::interview::Origin;
use crate::store::{SessionId, copied_session};

/// Sessions by their ids, and by the ids that their copies get in another study.
pub(super) struct OwnSessions {
    ids: BTreeSet<SessionId>,
    copied: BTreeSet<u128>,
}

impl OwnSessions {
    pub fn of(ids: impl Iterator<Item = SessionId>, instrument: &str) -> Self {
        let ids: BTreeSet<SessionId> = ids.collect();
        let copy = |id: &SessionId| SessionId::of_row(0, instrument, &id.to_string()).drawn();
        Self { copied: ids.iter().map(copy).collect(), ids }
    }

    /// Whether a row is one of them in an export: of this study, or of one that had it from such an export.
    pub fn has(&self, origin: &Origin) -> bool {
        copied_session(origin)
            .is_some_and(|own| self.ids.contains(&own) || self.copied.contains(&own.drawn()))
    }
}
