//! Passphrases on their way in: typed where nobody sees them, or out of a file. Owns that none is ever taken from the command line,
//! which every other program can read, and that a study which should be locked is never opened or begun as a plain one.

use std::io::{self, BufRead, BufReader, IsTerminal};
use std::path::Path;

use zeroize::Zeroizing;

use super::{Failure, StudyArg, files, remark};
use crate::store::{self, Passphrase, Problem, StoreError};
use crate::text;
use crate::texts::Language;
use crate::tui;

/// How often somebody may try.
const TRIES: usize = 3;

impl StudyArg {
    /// Takes what the study at `path` needs to be opened: its passphrase, where it is locked. One that is not there yet is begun as a
    /// locked one where a passphrase was given and `begin` says so.
    pub fn unlock(&self, path: &Path, begin: bool) -> Result<(), Failure> {
        let there = path.metadata().is_ok_and(|found| found.len() > 0);
        match &self.passphrase_file {
            Some(_) if !there && begin => Ok(store::begin_locked(path, &self.only_one()?)?),
            _ => self.unlock_all(&[path]),
        }
    }

    /// Takes the passphrases of those of the studies that are locked.
    pub fn unlock_all(&self, paths: &[&Path]) -> Result<(), Failure> {
        let locked: Vec<&Path> = paths.iter().copied().filter(|path| store::is_locked(path)).collect();
        let there = paths.iter().any(|path| path.exists());
        if locked.is_empty() && there && self.passphrase_file.is_some() {
            let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
            let why = format!("a passphrase was given, and {} is not locked", paths.join(", "));
            let help = "check which file this is; `relata study lock` locks it, and without --passphrase-file it opens as it is";
            return Err(Failure::refused(why).help(help));
        }
        if !store::can_lock() {
            // Opening it says so.
            return Ok(());
        }
        let mut known = Vec::new();
        for path in locked.into_iter().filter(|path| !store::is_unlocked(path)) {
            if known.is_empty()
                && let Some(file) = &self.passphrase_file
            {
                known = of_file(file)?;
            }
            // The last one says why, where none opens it; after one that does, another would take its key away again.
            let mut tried = None;
            for passphrase in &known {
                tried = Some(store::unlock(path, passphrase));
                if tried.as_ref().is_some_and(Result::is_ok) {
                    break;
                }
            }
            match tried {
                Some(Ok(())) => continue,
                Some(Err(error)) if self.passphrase_file.is_some() => return Err(error.into()),
                _ => known.push(typed(path)?),
            }
        }
        Ok(())
    }

    /// The passphrase that a study is to be locked with.
    pub fn only_one(&self) -> Result<Passphrase, Failure> {
        new_one(self.passphrase_file.as_deref())
    }
}

/// A passphrase that something is to be locked with: out of a file, else typed twice.
pub(super) fn new_one(file: Option<&Path>) -> Result<Passphrase, Failure> {
    if let Some(file) = file {
        let mut all = of_file(file)?;
        return match (all.pop(), all.is_empty()) {
            (Some(one), true) => Ok(one),
            _ => Err(Failure::refused(format!("{} holds more than one line", file.display())).help(
                "a study is locked with one passphrase: write it on the first line, and nothing after it",
            )),
        };
    }
    let language = language();
    let nobody = || Failure::refused(text!(&language, "cli-passphrase-none-to-lock"));
    let one = asked(&text!(&language, "cli-passphrase-new"), nobody)?;
    let again = asked(&text!(&language, "cli-passphrase-again"), nobody)?;
    if one == again { Ok(one) } else { Err(Failure::refused(text!(&language, "cli-passphrase-differ"))) }
}

/// Asks for the passphrase of a study until it opens.
fn typed(path: &Path) -> Result<Passphrase, Failure> {
    let language = language();
    let closed = |problem| Failure::from(StoreError { path: path.to_owned(), problem });
    for left in (0..TRIES).rev() {
        let question = text!(&language, "cli-passphrase-of", file = path.display().to_string());
        let passphrase = asked(&question, || closed(Problem::NoPassphrase))?;
        match store::unlock(path, &passphrase) {
            Ok(()) => return Ok(passphrase),
            Err(StoreError { problem: Problem::WrongPassphrase, .. }) if left > 0 => {
                remark(&text!(&language, "cli-passphrase-wrong"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(closed(Problem::WrongPassphrase))
}

/// What somebody types at the terminal; `nobody` is said where nobody is there to be asked, or gave up.
fn asked(question: &str, nobody: impl Fn() -> Failure) -> Result<Passphrase, Failure> {
    // A program whose talk goes into a file or to another program has nobody who would see the question.
    if !io::stderr().is_terminal() {
        return Err(nobody());
    }
    match tui::hidden_line(|| remark(question)) {
        Ok(Some(line)) => {
            Passphrase::new(line).ok_or_else(|| Failure::refused(text!(&language(), "cli-passphrase-unfit")))
        }
        Ok(None) | Err(_) => Err(nobody()),
    }
}

/// The passphrases in a file or a pipe, one a line.
fn of_file(path: &Path) -> Result<Vec<Passphrase>, Failure> {
    let unread = |why: io::Error| {
        Failure::refused(format!("{} could not be read: {}", path.display(), crate::files::in_words(&why)))
    };
    let mut reader = BufReader::new(files::stream(path)?);
    let mut found = Vec::new();
    loop {
        let mut line = Zeroizing::new(String::with_capacity(1_024));
        if reader.read_line(&mut line).map_err(unread)? == 0 {
            break;
        }
        let length = line.trim_end_matches(['\r', '\n']).len();
        line.truncate(length);
        // What some editors write before the text is no part of it.
        if found.is_empty() && line.starts_with('\u{feff}') {
            line.remove(0);
        }
        let unfit = || {
            Failure::refused(format!(
                "{}: {}",
                path.display(),
                text!(&Language::fallback(), "cli-passphrase-unfit")
            ))
        };
        found.push(Passphrase::new(line).ok_or_else(unfit)?);
    }
    if found.is_empty() {
        return Err(Failure::refused(format!("{} is empty", path.display()))
            .help("write the passphrase on its first line"));
    }
    Ok(found)
}

/// The language of whoever sits at the keyboard.
fn language() -> Language {
    Language::or_fallback(super::input::language().as_deref())
}
