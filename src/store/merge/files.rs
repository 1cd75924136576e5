//! Reading and writing the files of a merge. Owns that a merge happens as a whole or not at all, and that no file is read while
//! the same process writes it under another name; refuses to overwrite a file that is not among the inputs.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::{Transaction, TransactionBehavior};

use super::super::error::{Problem, StoreError};
use super::super::open::{Access, beside as side, disk};
use super::super::{Study, cipher, erase, log};
use super::{MergeTerms, Merged, join};
use crate::files::{self, Beside};

/// What the database keeps beside a file while it writes it.
const SIDE_FILES: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Merges the studies at `inputs` into `out`, all or nothing.
///
/// Where `out` is one of the inputs, it takes in the others in one transaction: an interview that is running in it is not
/// disturbed, but a session whose journal was replaced refuses its next event. Otherwise the merged study is written beside
/// `out` under a temporary name and renamed at the end; an existing file stays as it is.
///
/// # Errors
/// A file that cannot be read or written, or is damaged; more erasures than the terms allow; responses that may be those of another table,
/// where the terms do not say.
pub fn merge(inputs: &[PathBuf], out: &Path, terms: impl Into<MergeTerms>) -> Result<Merged, StoreError> {
    let terms = terms.into();
    let wrong = |path: &Path, problem| StoreError { path: path.to_owned(), problem };
    let mut known: Vec<PathBuf> = Vec::new();
    for input in inputs {
        let real = fs::canonicalize(input).map_err(|why| match why.kind() {
            ErrorKind::PermissionDenied => wrong(input, Problem::NoAccess),
            _ => wrong(input, Problem::Missing),
        })?;
        if known.iter().any(|other| same(other, &real)) {
            return Err(wrong(input, Problem::NamedTwice));
        }
        known.push(real);
    }
    let target = fs::canonicalize(out).ok();
    match target.and_then(|target| known.iter().position(|input| same(input, &target))) {
        Some(at) => {
            let target = known.remove(at);
            into_one_of_them(&target, &known, terms)
        }
        None => into_a_new_file(&known, out, terms),
    }
}

fn into_one_of_them(target: &Path, others: &[PathBuf], terms: MergeTerms) -> Result<Merged, StoreError> {
    let study = Study::open_existing(target)?;
    study.still_there()?;
    for other in others {
        cipher::keep_locked(other, target).map_err(|problem| study.error(problem))?;
    }
    is_whole(&study)?;
    // A reader of an older state would keep erased pages in the log, so this is checked first.
    study.read(erase::empty_log)?;
    let merged = fill(&study, others, terms)?;
    study.clean()?;
    Ok(merged)
}

fn into_a_new_file(inputs: &[PathBuf], out: &Path, terms: MergeTerms) -> Result<Merged, StoreError> {
    let wrong = |problem| StoreError { path: out.to_owned(), problem };
    if fs::symlink_metadata(out).is_ok() {
        return Err(wrong(Problem::Taken));
    }
    if out.file_name().is_none() {
        return Err(wrong(Problem::Folder));
    }
    files::folder(files::folder_of(out)).map_err(|why| wrong(Problem::NoPlace(files::in_words(&why))))?;
    let beside = Beside::begin(out).map_err(|why| wrong(disk(&why)))?;
    let path = beside.path().to_owned();
    if let Some(locked) = inputs.iter().find(|input| cipher::has_key(input)) {
        cipher::keep_locked(locked, &path).map_err(wrong)?;
    }
    let beside_name = path.file_name().map(ToOwned::to_owned);
    let done = written(inputs, &path, terms).and_then(|merged| {
        beside.finish(false).map_err(|why| match why.kind() {
            ErrorKind::AlreadyExists => wrong(Problem::Taken),
            _ => wrong(disk(&why)),
        })?;
        Ok(merged)
    });
    if done.is_err() {
        for ending in SIDE_FILES {
            let _ = fs::remove_file(side(&path, ending));
        }
    }
    done.map_err(|error| match error {
        // The user doesn't know the temporary file's name, so the error names the output.
        StoreError { path, problem } if path.file_name() == beside_name.as_deref() => wrong(problem),
        other => other,
    })
}

fn begin(study: &Study, behavior: TransactionBehavior) -> Result<Transaction<'_>, StoreError> {
    Transaction::new_unchecked(&study.connection, behavior).map_err(|why| study.error(why.into()))
}

fn written(inputs: &[PathBuf], path: &Path, terms: MergeTerms) -> Result<Merged, StoreError> {
    let mut study = Study::connect(path, Access::Create)?;
    // The id of the fresh file belongs to no study, and must not become the smallest.
    study.id.clear();
    fill(&study, inputs, terms)
}

/// Opens the others and joins them into `study`, each in a read transaction.
fn fill(study: &Study, others: &[PathBuf], terms: MergeTerms) -> Result<Merged, StoreError> {
    let others: Vec<Study> = others.iter().map(|path| Study::look(path)).collect::<Result<_, _>>()?;
    others.iter().try_for_each(is_whole)?;
    let snapshots = others.iter().map(|other| begin(other, TransactionBehavior::Deferred));
    let snapshots: Vec<Transaction> = snapshots.collect::<Result<_, _>>()?;
    let transaction = begin(study, TransactionBehavior::Immediate)?;
    let merged = join(study, &others, terms)?;
    study.read(log::count_write)?;
    study.still_there()?;
    transaction.commit().map_err(|why| study.error(why.into()))?;
    drop(snapshots);
    Ok(merged)
}

/// Refuses a damaged file, however large, and the salvaged copy of one, because its unreadable rows would be missing without
/// being listed.
fn is_whole(study: &Study) -> Result<(), StoreError> {
    let damage = match (study.damage(), study.look_through()) {
        (Some(damage), _) => damage.to_owned(),
        (None, Err(StoreError { problem: Problem::Damaged(damage), .. })) => damage,
        (None, outcome) => return outcome,
    };
    Err(study.error(Problem::NotWhole(damage)))
}

/// Whether two paths lead to the same file.
fn same(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let identity = |path: &Path| fs::metadata(path).map(|found| (found.dev(), found.ino())).ok();
        if let (Some(one), Some(other)) = (identity(one), identity(other)) {
            return one == other;
        }
    }
    one == other
}
