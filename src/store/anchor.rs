//! What ties an open study to its name on the disk. Owns noticing that the file was deleted, moved, replaced or cut short while it
//! is open, as synchronisation programs and restores do: the database goes on writing into a file without a name and knows
//! nothing of it.
//!
//! Files are only asked about here and never opened: closing any other handle of the file would take away the locks that
//! this process holds on it (see [`super::open::Access::Again`]).

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::Problem;
use super::open::beside;

/// What a file is and how it lies on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    /// Device and inode; nothing where the system has none.
    identity: (u64, u64),
    size: u64,
    changed: Option<SystemTime>,
}

/// An open study as it lay when it was looked at last.
#[derive(Debug)]
pub(super) struct Anchor {
    /// The name that somebody gave, which may be a link.
    named: PathBuf,
    file: Mark,
    /// The log and its index, with their names.
    sides: Vec<(PathBuf, Mark)>,
}

/// What looking at the disk came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// All is as it was, or has only grown.
    Same,
    /// Something was rewritten or is smaller, as after the work of another relata or after a stranger's.
    Touched,
}

impl Anchor {
    /// Ties a study that has just been opened; `file` is where `named` led when it was opened.
    pub fn drop_at(named: &Path, file: &Path) -> Result<Self, Problem> {
        let gone = || Problem::Gone;
        let sides = ["-wal", "-shm"].map(|ending| beside(file, ending));
        let sides = sides.into_iter().filter_map(|path| mark(&path).map(|mark| (path, mark)));
        Ok(Self { named: named.to_owned(), file: mark(named).ok_or_else(gone)?, sides: sides.collect() })
    }

    /// Looks whether the study is still where it was.
    pub fn look(&self) -> Result<Found, Problem> {
        let file = mark(&self.named).ok_or(Problem::Gone)?;
        if file.identity != self.file.identity {
            return Err(Problem::Replaced("another file has taken its name".into()));
        }
        let mut touched = file.size < self.file.size || file.changed != self.file.changed;
        for (path, before) in &self.sides {
            let name = path.extension().unwrap_or_default().to_string_lossy();
            match mark(path) {
                None => return Err(Problem::Replaced(format!("its log, the file .{name}, was deleted"))),
                Some(now) if now.identity != before.identity => {
                    return Err(Problem::Replaced(format!("its log, the file .{name}, was replaced")));
                }
                Some(now) => touched |= now.size < before.size,
            }
        }
        Ok(if touched { Found::Touched } else { Found::Same })
    }

    /// Takes it as it lies now.
    pub fn renew(&mut self) {
        if let Some(now) = mark(&self.named) {
            self.file = now;
        }
        for (path, side) in &mut self.sides {
            if let Some(now) = mark(path) {
                *side = now;
            }
        }
    }
}

fn mark(path: &Path) -> Option<Mark> {
    let found = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some(Mark { identity: identity(&found), size: found.len(), changed: found.modified().ok() })
}

#[cfg(unix)]
fn identity(found: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino())
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> (u64, u64) {
    (0, 0)
}

/// Where a name leads, links followed to their end; a file that is not there yet stays under its own name in its real folder.
pub(super) fn resolved(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    // A link may point to a file that is still to be made. The number of steps is what systems allow themselves.
    for _ in 0..40 {
        if let Ok(real) = fs::canonicalize(&path) {
            return real;
        }
        match fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("/")).join(target),
            Err(_) => break,
        }
    }
    match (path.parent().and_then(|folder| fs::canonicalize(folder).ok()), path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path,
    }
}
