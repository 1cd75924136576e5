//! `relata study lock`, `unlock` and `rekey`: a study gets a passphrase, none any more, or another one.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::super::passphrase::{new_one, not_locked, tell_what_is_left};
use super::super::{Failure, StudyArg, remark};
use crate::store::{self, Passphrase};

pub(super) const EXAMPLES: &str = "Examples:
  relata study lock --study acme.relata                              asks for a passphrase, twice
  relata study lock --study new.relata                               begins a study that is locked from its first byte on
  relata study rekey --study acme.relata                             asks for the old one and for a new one
  relata study lock --study acme.relata --passphrase-file /dev/fd/3 3< <(pass show acme)

A forgotten passphrase cannot be recovered by anybody. Copies, backups and exports that were made
before stay as readable as they were; see docs/encryption.md for what is left of the old file.";

/// Arguments of `study rekey`.
#[derive(Debug, Args)]
pub(super) struct RekeyArgs {
    /// File or pipe with the new passphrase; else it is asked for, twice
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
}

pub(super) fn lock(study: &StudyArg) -> Result<ExitCode, Failure> {
    let path = able(study)?;
    if store::is_locked(&path) {
        return Err(Failure::refused(format!("{} is locked already", path.display()))
            .help("`relata study rekey` gives it another passphrase"));
    }
    let passphrase = study.only_one()?;
    if path.metadata().map_or(true, |found| found.len() == 0) {
        store::begin_locked(&path, &passphrase)?;
        remark(&format!("{} is begun, and locked", path.display()));
    } else {
        tell_what_is_left(&path);
        written(&path, Some(&passphrase))?;
        remark(&format!(
            "{} is locked; every row of it was compared before the old file was replaced",
            path.display()
        ));
        remark(
            "copies, backups and exports made before stay readable, and so may blocks of the disk: see docs/encryption.md",
        );
    }
    remark("keep the passphrase in a safe place: nobody can recover it, or the answers without it");
    Ok(ExitCode::SUCCESS)
}

pub(super) fn unlock(study: &StudyArg) -> Result<ExitCode, Failure> {
    let path = opened(study)?;
    written(&path, None)?;
    remark(&format!("{} is not locked any more: everybody who has the file can read it", path.display()));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn rekey(study: &StudyArg, args: &RekeyArgs) -> Result<ExitCode, Failure> {
    let path = opened(study)?;
    let passphrase = new_one(args.new_passphrase_file.as_deref())?;
    written(&path, Some(&passphrase))?;
    remark(&format!("{} is locked with the new passphrase", path.display()));
    remark("copies and backups made before open with the old one");
    Ok(ExitCode::SUCCESS)
}

/// The file, where this relata can lock and unlock at all.
fn able(study: &StudyArg) -> Result<PathBuf, Failure> {
    let path = study.path()?;
    match store::can_lock() {
        true => Ok(path),
        false => Err(store::StoreError { path, problem: store::Problem::CannotLock }.into()),
    }
}

/// The file of a locked study, once its passphrase is known.
fn opened(study: &StudyArg) -> Result<PathBuf, Failure> {
    let path = able(study)?;
    if !path.exists() {
        return Err(Failure::refused(format!("there is no study at {}", path.display()))
            .help("name it with --study FILE"));
    }
    if !store::is_locked(&path) {
        return Err(Failure::refused(not_locked(&[&path]))
            .help("check which file this is; `relata study lock` locks a study"));
    }
    study.unlock(&path, false)?;
    Ok(path)
}

/// Writes the study anew and names what lies beside it and is not.
fn written(path: &Path, passphrase: Option<&Passphrase>) -> Result<(), Failure> {
    let left = store::relock(path, passphrase)?;
    if !left.is_empty() {
        let left: Vec<String> = left.iter().map(|file| file.display().to_string()).collect();
        remark(&format!(
            "logs of before were left beside it, locked or not (delete them when nothing in them is needed): {}",
            left.join(", ")
        ));
    }
    Ok(())
}
