//! Where a merge reads and writes. Owns that it happens as a whole or not at all, and that no file is read while the
//! same process writes it under another name; refuses to overwrite a file that was not asked to take the others in.

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::{Transaction, TransactionBehavior};

use super::super::error::{Problem, StoreError};
use super::super::open::{Access, beside as side};
use super::super::{Study, erase};
use super::{Merged, join};

/// What the database keeps beside a file while it writes it.
const SIDE_FILES: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Merges the studies at `inputs` into `out`, all or nothing.
///
/// Where `out` is one of the inputs, it takes the others in by one transaction: an interview that goes on in it is not
/// disturbed, and a session whose journal gave way to another one refuses the next event. Everywhere else the merged
/// study is written beside `out` under another name and renamed at the end; a file that is there already stays as it is.
pub fn merge(inputs: &[PathBuf], out: &Path) -> Result<Merged, StoreError> {
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
            into_one_of_them(&target, &known)
        }
        None => into_a_new_file(&known, out),
    }
}

fn into_one_of_them(target: &Path, others: &[PathBuf]) -> Result<Merged, StoreError> {
    let study = Study::open_existing(target)?;
    // Whoever reads an older state would keep what has to go alive in the log; better to find that out first.
    study.read(erase::empty_log)?;
    let merged = fill(&study, others)?;
    study.clean()?;
    Ok(merged)
}

fn into_a_new_file(inputs: &[PathBuf], out: &Path) -> Result<Merged, StoreError> {
    let wrong = |problem| StoreError { path: out.to_owned(), problem };
    if fs::symlink_metadata(out).is_ok() {
        return Err(wrong(Problem::Taken));
    }
    let folder = match out.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return Err(wrong(Problem::Folder)),
    };
    fs::create_dir_all(folder).map_err(|why| wrong(Problem::NoPlace(why.to_string())))?;
    let beside = side(out, ".merging");
    // Made by us alone, or not at all: two merges into one file must not write into each other.
    match OpenOptions::new().write(true).create_new(true).open(&beside) {
        Ok(file) => drop(file),
        Err(why) if why.kind() == ErrorKind::AlreadyExists => {
            return Err(wrong(Problem::HalfMerged(beside.display().to_string())));
        }
        Err(why) if matches!(why.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {
            return Err(wrong(Problem::ReadOnly));
        }
        Err(why) if why.kind() == ErrorKind::StorageFull => return Err(wrong(Problem::Full)),
        Err(why) => return Err(wrong(Problem::Disk(why.to_string()))),
    }
    // The name is ours now: what another merge left under it, and nobody deleted along with it, must not be taken for ours.
    for ending in SIDE_FILES {
        let _ = fs::remove_file(side(&beside, ending));
    }
    let done = written(inputs, &beside).and_then(|merged| {
        if fs::symlink_metadata(out).is_ok() {
            return Err(wrong(Problem::Taken));
        }
        fs::rename(&beside, out).map_err(|why| wrong(Problem::Disk(why.to_string())))?;
        Ok(merged)
    });
    if done.is_ok() {
        // The name is safe against a power cut only when the folder is. Where folders cannot be opened, nothing is lost:
        // the inputs are still there.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    } else {
        // What cannot be removed now is named by the next merge into this file.
        let _ = fs::remove_file(&beside);
        for ending in SIDE_FILES {
            let _ = fs::remove_file(side(&beside, ending));
        }
    }
    done.map_err(|error| match error {
        // Nobody knows the name of the file that is written beside.
        StoreError { path, problem } if path.ends_with(beside.file_name().unwrap_or_default()) => {
            wrong(problem)
        }
        other => other,
    })
}

fn begin(study: &Study, behavior: TransactionBehavior) -> Result<Transaction<'_>, StoreError> {
    Transaction::new_unchecked(&study.connection, behavior).map_err(|why| study.error(why.into()))
}

fn written(inputs: &[PathBuf], path: &Path) -> Result<Merged, StoreError> {
    let mut study = Study::connect(path, Access::Create)?;
    // The id that it was born with is nobody's, and must not become the smallest.
    study.id.clear();
    fill(&study, inputs)
}

/// Opens the others and joins them into `study`, each as it is at one moment.
fn fill(study: &Study, others: &[PathBuf]) -> Result<Merged, StoreError> {
    let others: Vec<Study> = others.iter().map(|path| Study::look(path)).collect::<Result<_, _>>()?;
    let snapshots = others.iter().map(|other| begin(other, TransactionBehavior::Deferred));
    let snapshots: Vec<Transaction> = snapshots.collect::<Result<_, _>>()?;
    let transaction = begin(study, TransactionBehavior::Immediate)?;
    let merged = join(study, &others)?;
    transaction.commit().map_err(|why| study.error(why.into()))?;
    drop(snapshots);
    Ok(merged)
}

/// Whether two names are of one file.
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
