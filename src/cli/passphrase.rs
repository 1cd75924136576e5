//! Reads passphrases, typed without echo or from a file. Never takes one from the command line, which other programs can read, and never
//! opens or begins a study as a plain one that should be locked. Prompts speak the user's language; errors about a file of passphrases are
//! in English, like all of the shell.

use std::io::{self, BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{Failure, StudyArg, files, plural, remark};
use crate::store::{self, Passphrase, Problem, StoreError};
use crate::text;
use crate::texts::Language;
use crate::tui::Hidden;

/// Wrong passphrases before we give up.
const TRIES: usize = 3;

impl StudyArg {
    /// Asks for the passphrase of the study at `path`, if it is locked. With `begin`, a study that does not exist yet is begun as a locked
    /// one where a passphrase was given.
    pub fn unlock(&self, path: &Path, begin: bool) -> Result<(), Failure> {
        let there = path.metadata().is_ok_and(|found| found.len() > 0);
        match &self.passphrase_file {
            Some(_) if !there && begin => Ok(store::begin_locked(path, &self.only_one()?)?),
            _ => self.unlock_all(&[path]),
        }
    }

    /// Asks for the passphrases of the locked ones among the studies, and remarks on files that killed programs left beside them.
    pub fn unlock_all(&self, paths: &[&Path]) -> Result<(), Failure> {
        self.know_all(paths)?;
        paths.iter().for_each(|path| tell_what_is_left(path));
        Ok(())
    }

    fn know_all(&self, paths: &[&Path]) -> Result<(), Failure> {
        let locked: Vec<&Path> = paths.iter().copied().filter(|path| store::is_locked(path)).collect();
        let there: Vec<&Path> = paths.iter().copied().filter(|path| path.exists()).collect();
        if locked.is_empty() && !there.is_empty() && self.passphrase_file.is_some() {
            let why = format!("a passphrase was given, and {}", not_locked(&there));
            let help = "check which file this is; `relata study lock` locks a study, and without --passphrase-file one opens as it is";
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

/// Says which copies of the study at `path` programs that died left beside it.
pub(super) fn tell_what_is_left(path: &Path) {
    let left = store::tidy(path);
    let list = |files: &[PathBuf]| {
        files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ")
    };
    if !left.gone.is_empty() {
        remark(&format!(
            "overwritten and deleted, because a program that died left it beside the study, and the study says all that it said: {}",
            list(&left.gone)
        ));
    }
    if !left.there.is_empty() {
        remark(&format!(
            "left beside {} by programs that died, and as it was, locked or not: {}\n  help: delete it when nothing in it is needed",
            path.display(),
            list(&left.there)
        ));
    }
}

/// That none of the files is locked, as far as that can be known.
pub(super) fn not_locked(paths: &[&Path]) -> String {
    for path in paths {
        let bytes = path.metadata().map_or(store::SHORTEST, |found| found.len());
        if bytes < store::SHORTEST {
            return format!(
                "{} has {}, too few for a study: whether it was one, locked or not, cannot be known any more; take a backup or a copy",
                path.display(),
                plural(bytes as usize, "byte")
            );
        }
    }
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    match names.as_slice() {
        [one] => format!("{one} is not locked"),
        more => format!("none of these is locked: {}", more.join(", ")),
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
    let mut hidden = hidden().ok_or_else(nobody)?;
    let one = asked(&mut hidden, &text!(&language, "cli-passphrase-new")).ok_or_else(nobody)?;
    let again = asked(&mut hidden, &text!(&language, "cli-passphrase-again")).ok_or_else(nobody)?;
    if one == again { Ok(one) } else { Err(Failure::refused(text!(&language, "cli-passphrase-differ"))) }
}

/// Asks for the passphrase of a study until it opens.
fn typed(path: &Path) -> Result<Passphrase, Failure> {
    let language = language();
    let said = |error: StoreError| Failure::refused(error.in_words(&language));
    let closed = |problem| said(StoreError { path: path.to_owned(), problem });
    // Nothing is shown until the key is worked out either, which takes a moment.
    let mut hidden = hidden().ok_or_else(|| closed(Problem::NoPassphrase))?;
    for left in (0..TRIES).rev() {
        let question = text!(&language, "cli-passphrase-of", file = path.display().to_string());
        let passphrase = asked(&mut hidden, &question).ok_or_else(|| closed(Problem::NoPassphrase))?;
        match store::unlock(path, &passphrase) {
            Ok(()) => return Ok(passphrase),
            Err(StoreError { problem: Problem::WrongPassphrase, .. }) if left > 0 => {
                remark(&text!(&language, "cli-passphrase-wrong"));
            }
            Err(error) => return Err(said(error)),
        }
    }
    Err(closed(Problem::WrongPassphrase))
}

/// A terminal without echo, unless standard error goes to a file or another program, where no prompt would be seen.
fn hidden() -> Option<Hidden> {
    io::stderr().is_terminal().then(Hidden::begin)?.ok()
}

/// Asks for the passphrase; none where the user gave up.
fn asked(hidden: &mut Hidden, question: &str) -> Option<Passphrase> {
    remark(question);
    loop {
        let line = hidden.line().ok()??;
        let empty = line.is_empty();
        match Passphrase::new(line) {
            Some(passphrase) => return Some(passphrase),
            None if empty => remark(&text!(&language(), "cli-passphrase-empty")),
            None => remark(&text!(&language(), "cli-passphrase-unfit")),
        }
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

/// The language of prompts.
fn language() -> Language {
    Language::or_fallback(super::input::language().as_deref())
}
