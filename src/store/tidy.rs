//! Copies of a study that crashed programs left beside it while locking, unlocking or merging. Owns that a copy is deleted only
//! where the study is intact and already contains all of the copy; all others are named and left alone.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::{Problem, StoreError};
use super::relock::{has_one_name, wipe};
use super::{Study, cipher, log, open, rows};
use crate::files;

/// The leftovers beside a study.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Files that were overwritten and deleted.
    pub gone: Vec<PathBuf>,
    /// Files that are still there.
    pub there: Vec<PathBuf>,
}

/// Deletes the copies beside the study at `path` that hold nothing new. Where the study doesn't open, all of them stay.
pub fn tidy(path: &Path) -> Left {
    let there = cipher::place(path).map(|file| files::leftovers(&file)).unwrap_or_default();
    let mut left = Left { gone: Vec::new(), there };
    if !left.there.is_empty() {
        // An error is ignored here, because opening the study reports it.
        let _ = take_copies(path, &mut left);
        left.there.retain(|file| fs::symlink_metadata(file).is_ok());
    }
    left
}

fn take_copies(path: &Path, left: &mut Left) -> Result<(), StoreError> {
    let study = Study::open_read_only(path)?;
    // A program that is writing such a copy has exclusive access to the study, so this read fails and nothing is deleted.
    let _moment = rows::snapshot(&study.connection).map_err(|problem| study.error(problem))?;
    let own = study.read(log::whose)?;
    if study.damage.is_some() || study.connection.is_readonly("main").unwrap_or(true) {
        return Ok(());
    }
    for copy in left.there.iter().filter(|file| files::is_unfinished(file)) {
        if says_nothing_new(copy, &own) && take_away(copy).is_ok() {
            for ending in ["-wal", "-shm", "-journal"] {
                let _ = fs::remove_file(open::beside(copy, ending));
            }
            left.gone.push(copy.clone());
        }
    }
    Ok(())
}

/// Whether a copy was never finished, or is an unencrypted copy of this very file in its present or an earlier state.
fn says_nothing_new(copy: &Path, own: &log::Whose) -> bool {
    let is_file = fs::symlink_metadata(copy).is_ok_and(|found| found.is_file());
    let log = open::has_content(&open::beside(copy, "-wal"));
    // The first page is written last, so a copy without it was never opened by any program.
    let half = || cipher::beginning(copy).is_ok_and(|bytes| bytes.iter().all(|byte| *byte == 0));
    let older =
        || log::whose_alone(copy).is_ok_and(|whose| whose.file == own.file && whose.writes <= own.writes);
    is_file && !log && has_one_name(copy).is_ok() && (half() || older())
}

fn take_away(copy: &Path) -> Result<(), Problem> {
    let file = fs::OpenOptions::new().write(true).open(copy).map_err(|why| open::disk(&why))?;
    wipe(file).and_then(|()| fs::remove_file(copy)).map_err(|why| open::disk(&why))
}
