//! Imported answers on their way into a study. Finds out which rows are there already, and never replaces one: a row that changed since is
//! named, and the user decides.

use std::collections::{BTreeMap, BTreeSet};

use super::StudyError;
use crate::instrument::Instrument;
use crate::interview::{Event, Origin};
use crate::store::{Imported, SessionId, Study, Whole};

/// Sessions of a file, by what the study has of them.
#[derive(Debug, Default)]
pub struct SortedImport {
    /// Not in the study yet.
    pub fresh: Vec<Whole>,
    /// There already, unchanged.
    pub same: usize,
    /// There already with other answers: the row and the session.
    pub changed: Vec<(u64, SessionId)>,
    /// Erased from the study, and not brought back.
    pub erased: usize,
    /// Pairs of rows of the file with the same id.
    pub twice: Vec<(u64, u64)>,
    /// Rows identical to the row of that number in another file, where either has no id: the row and that file.
    pub alike: Vec<(u64, String)>,
}

/// The identity of a row: the platform's id, else file and row.
fn called(origin: &Origin) -> String {
    origin.id.clone().unwrap_or_else(|| format!("{}:{}", origin.hash, origin.row))
}

/// Sorts the sessions of a file by what the study has of them; without a study, all are fresh.
///
/// # Errors
/// A study that cannot be read.
pub fn sort(
    study: Option<&Study>,
    instrument: &Instrument,
    batch: Vec<Whole>,
) -> Result<SortedImport, StudyError> {
    let known = study.map(Study::imported).transpose()?.unwrap_or_default();
    let known: Vec<&Imported> = known.iter().filter(|known| known.instrument == instrument.name).collect();
    let by_name: BTreeMap<String, &Imported> =
        known.iter().map(|known| (called(&known.origin), *known)).collect();
    let by_content: BTreeMap<(u64, &str), &Imported> =
        known.iter().map(|known| ((known.origin.row, known.origin.content.as_str()), *known)).collect();
    let erased = study.map(Study::tombstones).transpose()?.unwrap_or_default();
    let erased: BTreeSet<SessionId> = erased.into_iter().map(|(session, _)| session).collect();
    let mut sorted = SortedImport::default();
    let mut rows: BTreeMap<String, u64> = BTreeMap::new();
    for whole in batch {
        let Some(Event::Imported(origin)) = whole.events.first().map(|stamped| &stamped.event) else {
            continue;
        };
        let name = called(origin);
        if let Some(first) = rows.insert(name.clone(), origin.row) {
            sorted.twice.push((first, origin.row));
            continue;
        }
        match by_name.get(&name) {
            Some(known) if known.origin.content == origin.content => sorted.same += 1,
            Some(known) => sorted.changed.push((origin.row, known.session)),
            None if erased.contains(&whole.session.id) => sorted.erased += 1,
            None => {
                // Ids tell two rows apart only where both have one.
                let alike = by_content.get(&(origin.row, origin.content.as_str()));
                let alike = alike.filter(|other| origin.id.is_none() || other.origin.id.is_none());
                if let Some(other) = alike {
                    sorted.alike.push((origin.row, other.origin.file.clone()));
                }
                sorted.fresh.push(whole);
            }
        }
    }
    Ok(sorted)
}

/// Keeps the fresh sessions, all or none.
///
/// # Errors
/// A study that cannot be written.
pub fn keep(study: &mut Study, instrument: &Instrument, fresh: Vec<Whole>) -> Result<(), StudyError> {
    Ok(study.append_all(instrument, fresh)?)
}
