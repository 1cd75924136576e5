//! Copies of a study that programs which died left beside it: of one that was being locked, unlocked, merged. Owns that such a copy goes
//! only where the study is whole and says everything that the copy says; all others are named and left as they are.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::{Problem, StoreError};
use super::relock::{has_one_name, wipe};
use super::{Study, cipher, log, open, rows};
use crate::files;

/// What lay beside a study.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// What was overwritten and taken away.
    pub gone: Vec<PathBuf>,
    /// What is still there.
    pub there: Vec<PathBuf>,
}

/// Takes away what is left beside the study at `path` and says nothing that the study does not say. Beside one that does not open, all
/// of it stays.
pub fn tidy(path: &Path) -> Left {
    let there = cipher::place(path).map(|file| files::leftovers(&file)).unwrap_or_default();
    let mut left = Left { gone: Vec::new(), there };
    if !left.there.is_empty() {
        // Whoever opens the study says what is wrong with it.
        let _ = take_copies(path, &mut left);
        left.there.retain(|file| fs::symlink_metadata(file).is_ok());
    }
    left
}

fn take_copies(path: &Path, left: &mut Left) -> Result<(), StoreError> {
    let study = Study::open_read_only(path)?;
    // Whoever is writing such a copy at this very moment has the file alone, and then nothing can be read of it here.
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

/// Whether a copy was never finished, or is one that everybody can read of the very file that the study is, as it is or was.
fn says_nothing_new(copy: &Path, own: &log::Whose) -> bool {
    let is_file = fs::symlink_metadata(copy).is_ok_and(|found| found.is_file());
    let log = open::has_content(&open::beside(copy, "-wal"));
    // The first page is written last; without it, no program ever opened the copy.
    let half = || cipher::beginning(copy).is_ok_and(|bytes| bytes.iter().all(|byte| *byte == 0));
    let older =
        || log::whose_alone(copy).is_ok_and(|whose| whose.file == own.file && whose.writes <= own.writes);
    is_file && !log && has_one_name(copy).is_ok() && (half() || older())
}

fn take_away(copy: &Path) -> Result<(), Problem> {
    let file = fs::OpenOptions::new().write(true).open(copy).map_err(|why| open::disk(&why))?;
    wipe(file).and_then(|()| fs::remove_file(copy)).map_err(|why| open::disk(&why))
}
