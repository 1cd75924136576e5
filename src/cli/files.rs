//! Opens files that the user named. Never waits for a pipe where a file is wanted, never reads a device, and limits how much of a file is
//! held in memory.

use std::fs::{File, FileType};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::files;

/// Most bytes of a questionnaire with its includes: a thousand times a long one.
pub(super) const QUESTIONNAIRE: u64 = 16 << 20;
/// Most bytes of a table of answers, which is held in memory: a hundred thousand responses to a long questionnaire.
pub(super) const ANSWERS: u64 = 512 << 20;
/// The most that a model file may have.
pub(super) const MODEL: u64 = 256 << 20;

/// A regular file of at most `most` bytes, or why it cannot be read as one.
pub(super) fn whole(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    // Checked before opening, because opening a pipe blocks until it has a writer, and once more on the opened file.
    let kind = path.metadata().map_err(|why| in_words(&why))?.file_type();
    if !kind.is_file() {
        return Err(not_a_file(kind));
    }
    let file = File::open(path).map_err(|why| in_words(&why))?;
    let opened = file.metadata().map_err(|why| in_words(&why))?;
    if !opened.is_file() {
        return Err(not_a_file(opened.file_type()));
    }
    let mut bytes = Vec::new();
    // A file can be longer than it says, or grow.
    file.take(most + 1).read_to_end(&mut bytes).map_err(|why| in_words(&why))?;
    if bytes.len() as u64 > most {
        return Err(format!("it is larger than {} MB, which is the most that is read", most >> 20));
    }
    Ok(bytes)
}

/// The first `most` bytes of a regular file.
pub(super) fn beginning(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|why| in_words(&why))?;
    file.take(most).read_to_end(&mut bytes).map_err(|why| in_words(&why))?;
    Ok(bytes)
}

/// A file or a pipe that is read row by row; no folder and no device.
pub(super) fn stream(path: &Path) -> Result<File, Failure> {
    let refused = |why: String| Failure::refused(format!("{} could not be read: {why}", path.display()));
    let kind = path.metadata().map_err(|why| refused(in_words(&why)))?.file_type();
    if kind.is_file() || is_pipe(kind) {
        File::open(path).map_err(|why| refused(in_words(&why)))
    } else {
        Err(refused(not_a_file(kind)))
    }
}

/// What helps where the file that `--out` names is there already.
pub(super) const OTHER_OUT: &str = "choose another name with --out FILE";

/// Writes a file that is not there yet; `otherwise` helps where one is.
pub(super) fn write_new(path: &Path, bytes: &[u8], otherwise: &str) -> Result<(), Failure> {
    let written = files::create_new(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(|why| {
        let said = format!("{} could not be written: {}", path.display(), files::in_words(&why));
        match why.kind() {
            io::ErrorKind::AlreadyExists => Failure::refused(said).help(otherwise),
            _ => Failure::refused(said),
        }
    })
}

/// The path of the file that a questionnaire in `folder` includes as `part`: inside that folder, links resolved.
pub(super) fn included(folder: &Path, part: &str) -> Result<PathBuf, String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let home = folder.canonicalize().map_err(|why| in_words(&why))?;
    let path = home.join(part).canonicalize().map_err(|why| in_words(&why))?;
    if path.starts_with(&home) {
        return Ok(path);
    }
    Err("it lies outside the folder of the questionnaire, and only files in it or below it are included"
        .into())
}

fn in_words(why: &io::Error) -> String {
    match why.kind() {
        io::ErrorKind::NotFound => "there is no such file".into(),
        io::ErrorKind::PermissionDenied => "you may not read it".into(),
        _ => files::in_words(why),
    }
}

fn not_a_file(kind: FileType) -> String {
    let what = if kind.is_dir() {
        "a folder"
    } else if is_pipe(kind) {
        "a pipe"
    } else {
        "a device"
    };
    format!("it is {what}, and no file")
}

#[cfg(unix)]
fn is_pipe(kind: FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&kind)
}

#[cfg(not(unix))]
fn is_pipe(_: FileType) -> bool {
    false
}
