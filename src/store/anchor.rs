//! Ties an open study to its name on the disk. Owns noticing that the file was deleted, moved, replaced or cut short while it
//! is open, as synchronisation programs and restores do; SQLite would keep writing into the unnamed file without notice.
//!
//! Only the metadata of files is read here. Opening and closing another handle would drop the locks that this process holds on
//! the file (see [`super::open::Access::Again`]).

use std::cell::{Cell, OnceCell, RefCell};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::{Problem, Takeover};
use super::log::Whose;
use super::open::beside;

/// What a file is and how it lies on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    /// Device and inode; zeros where the system has none.
    identity: (u64, u64),
    size: u64,
    changed: Option<SystemTime>,
    /// Change time (ctime), which cannot be set back; zeros where the system has none.
    touched: (i64, i64),
}

/// An open study as it was when last checked.
#[derive(Debug)]
pub(super) struct Anchor {
    /// The path as the caller gave it, which may be a link.
    named: PathBuf,
    /// The same path with links followed.
    file: PathBuf,
    state: RefCell<State>,
    /// Set for good once another file, or an earlier state of this one, has taken the place: after that, nothing cached of the
    /// former file may be written there.
    lost: OnceCell<Problem>,
    /// Whether the opened file only lost its name; its open handle is then still intact.
    elsewhere: Cell<bool>,
}

#[derive(Debug, Clone)]
struct State {
    file: Mark,
    /// The log and its index, with their names.
    sides: Vec<(PathBuf, Mark)>,
    /// The id and write count in the file, read without its log.
    alone: Option<Whose>,
}

/// Suffix of the names of logs that were put aside.
const ASIDE: &str = "-wal-lost";

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Everything is as it was, or has only grown.
    Same,
    /// Something was rewritten or is smaller, perhaps by another relata, perhaps by another program.
    Touched,
}

impl Anchor {
    /// Ties a study that has just been opened; `file` is where `named` led then.
    pub fn drop_at(named: &Path, file: &Path, alone: Option<Whose>) -> Result<Self, Problem> {
        let gone = || Problem::Gone;
        let sides = ["-wal", "-shm"].map(|ending| beside(file, ending));
        let sides = sides.into_iter().filter_map(|path| mark(&path).map(|mark| (path, mark)));
        let state = State { file: mark(named).ok_or_else(gone)?, sides: sides.collect(), alone };
        let (named, file) = (named.to_owned(), file.to_owned());
        Ok(Self {
            named,
            file,
            state: RefCell::new(state),
            lost: OnceCell::new(),
            elsewhere: Cell::new(false),
        })
    }

    /// Checks whether the study is still where it was.
    pub fn look(&self) -> Result<Found, Problem> {
        if let Some(lost) = self.lost.get() {
            return Err(lost.clone());
        }
        let state = self.state.borrow();
        let file = mark(&self.named).ok_or(Problem::Gone)?;
        if file.identity != state.file.identity {
            self.elsewhere.set(true);
            return Err(self.lose(Takeover::Renamed));
        }
        let times = |mark: &Mark| (mark.changed, mark.touched);
        let mut touched = file.size < state.file.size || times(&file) != times(&state.file);
        for (path, before) in &state.sides {
            let name = path.extension().unwrap_or_default().to_string_lossy();
            match mark(path) {
                None => {
                    return Err(Problem::Replaced { how: Takeover::LogDeleted(name.into()), aside: None });
                }
                Some(now) if now.identity != before.identity => {
                    return Err(Problem::Replaced { how: Takeover::LogReplaced(name.into()), aside: None });
                }
                Some(now) => touched |= now.size < before.size,
            }
        }
        Ok(if touched { Found::Touched } else { Found::Same })
    }

    /// Accepts the present state, which the caller has checked; `alone` is the file's id and write count without its log.
    pub fn renew(&self, alone: Option<Whose>) {
        let mut state = self.state.borrow_mut();
        if let Some(now) = mark(&self.named) {
            state.file = now;
        }
        for (path, side) in &mut state.sides {
            if let Some(now) = mark(path) {
                *side = now;
            }
        }
        if alone.is_some() {
            state.alone = alone;
        }
    }

    /// Whether another file has taken the name while the opened one lies intact elsewhere.
    pub fn lies_elsewhere(&self) -> bool {
        self.elsewhere.get()
    }

    /// Whether a file with this id and write count is still the one that was opened, and not an earlier state of it.
    pub fn is_own(&self, alone: &Whose) -> bool {
        let state = self.state.borrow();
        state.alone.as_ref().is_none_or(|before| before.file == alone.file && before.writes <= alone.writes)
    }

    /// Records that another file has taken the place. The rest of the log is put aside at once, because it would be applied to
    /// that file or make every program refuse it.
    pub fn lose(&self, how: Takeover) -> Problem {
        let problem = self.lost.get_or_init(|| {
            let aside = self.put_aside().map(|log| log.display().to_string());
            Problem::Replaced { how, aside }
        });
        problem.clone()
    }

    /// Renames the log, if it belongs to this file, and deletes its index. The open database keeps using both under any name,
    /// but writes nothing more with them.
    fn put_aside(&self) -> Option<PathBuf> {
        let own = |ending: &str| {
            let path = beside(&self.file, ending);
            let sides = self.state.try_borrow().ok()?;
            let (_, before) = sides.sides.iter().find(|(side, _)| *side == path)?;
            mark(&path).filter(|now| now.identity == before.identity).map(|now| (path, now.size))
        };
        let (log, size) = own("-wal")?;
        if let Some((index, _)) = own("-shm") {
            let _ = fs::remove_file(index);
        }
        if size == 0 {
            let _ = fs::remove_file(log);
            return None;
        }
        let name = |number: u32| match number {
            1 => beside(&self.file, ASIDE),
            number => beside(&self.file, &format!("{ASIDE}-{number}")),
        };
        let free = (1..1_000).map(name).find(|path| fs::symlink_metadata(path).is_err())?;
        fs::rename(log, &free).ok().map(|()| free)
    }
}

/// Logs that were put aside when another file took the place of `file`.
pub(super) fn put_aside_for(file: &Path) -> Vec<PathBuf> {
    let start = beside(Path::new(file.file_name().unwrap_or_default()), ASIDE);
    let start = start.to_string_lossy().into_owned();
    let entries = fs::read_dir(crate::files::folder_of(file)).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(&start));
    let mut found: Vec<PathBuf> = ours.map(|entry| entry.path()).collect();
    found.sort();
    found
}

fn mark(path: &Path) -> Option<Mark> {
    let found = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let (size, changed) = (found.len(), found.modified().ok());
    Some(Mark { identity: identity(&found), size, changed, touched: touched(&found) })
}

#[cfg(unix)]
fn touched(found: &fs::Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (found.ctime(), found.ctime_nsec())
}

#[cfg(not(unix))]
fn touched(_: &fs::Metadata) -> (i64, i64) {
    (0, 0)
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
    // A link may point to a file that does not exist yet. 40 steps is the limit that systems use themselves.
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
