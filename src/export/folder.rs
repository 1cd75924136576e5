//! The folder that an export goes to. Owns that nothing half-written is ever found there: every file is written under a
//! temporary name and takes its own only after all of them are whole. Refuses to replace a file that nobody allowed to be
//! replaced.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::ExportedFiles;
use crate::files::{self, Beside};

/// Why an export was not written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// Files are there already.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// A folder or a device has the name of a file.
    #[error("{} is no file, and nothing is put in its place", .0.display())]
    NoFile(PathBuf),
    /// The disk, in its own words.
    #[error("{} could not be written: {}", path.display(), files::in_words(why))]
    Disk {
        /// Which file.
        path: PathBuf,
        /// What was wrong.
        why: io::Error,
    },
    /// The format cannot hold so much.
    #[error("{0}")]
    TooMuch(String),
}

/// Where files go.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    replace: bool,
    /// Whole files that still have their temporary names, with their own.
    waiting: Vec<(String, Beside)>,
    remarks: Vec<String>,
}

impl Folder {
    /// The folder at `path`, made if it is not there. `replace` allows files in it to be replaced.
    ///
    /// # Errors
    /// A folder that cannot be made.
    pub fn open(path: &Path, replace: bool) -> Result<Self, NotWritten> {
        let wrong = |why| NotWritten::Disk { path: path.to_owned(), why };
        if path.exists() && !path.is_dir() {
            return Err(wrong(io::ErrorKind::NotADirectory.into()));
        }
        files::folder(path).map_err(wrong)?;
        Ok(Self { path: path.to_owned(), replace, waiting: Vec::new(), remarks: Vec::new() })
    }

    /// Writes a file by what `fill` writes. It is durable, and has its temporary name, on return.
    pub(super) fn file(
        &mut self,
        name: &str,
        fill: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<()>,
    ) -> Result<(), NotWritten> {
        let name = &*file_name(name);
        let end = self.path.join(name);
        if !self.replace && end.exists() {
            return Err(NotWritten::Exists(end));
        }
        if !files::is_place_for_a_file(&end) {
            return Err(NotWritten::NoFile(end));
        }
        let written = Beside::begin(&end).and_then(|mut beside| {
            let mut out = BufWriter::with_capacity(1 << 18, beside.file());
            fill(&mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
            Ok(beside)
        });
        let beside = written.map_err(|why| NotWritten::Disk { path: end, why })?;
        self.waiting.push((name.to_owned(), beside));
        Ok(())
    }

    /// Whether the file of this name is there, is not to be replaced, and is `as_good` as the one that would be written.
    pub(super) fn keeps(&self, name: &str, as_good: impl FnOnce(&str) -> bool) -> bool {
        let there = self.path.join(file_name(name));
        !self.replace && there.is_file() && std::fs::read_to_string(there).is_ok_and(|text| as_good(&text))
    }

    /// Says what could not be kept whole.
    pub(super) fn remark(&mut self, sentence: String) {
        if !self.remarks.contains(&sentence) {
            self.remarks.push(sentence);
        }
    }

    /// What could not be kept whole so far.
    pub(super) fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// Gives every file its own name.
    pub(super) fn finish(mut self) -> Result<ExportedFiles, NotWritten> {
        let mut files = Vec::with_capacity(self.waiting.len());
        for (name, beside) in std::mem::take(&mut self.waiting) {
            let end = self.path.join(&name);
            // By their names: in a folder that was named from here, one of two paths to a file may be whole and the other not.
            let own = beside.path().file_name();
            let left = files::leftovers(&end).into_iter().filter(|left| left.file_name() != own);
            left.for_each(|left| {
                let left = left.display();
                self.remarks.push(format!(
                    "an export that was killed left `{left}`, in which answers may be read: delete it"
                ));
            });
            beside.finish(self.replace).map_err(|why| match why.kind() {
                io::ErrorKind::AlreadyExists => NotWritten::Exists(end),
                _ => NotWritten::Disk { path: end, why },
            })?;
            files.push(name);
        }
        Ok(ExportedFiles { files, remarks: std::mem::take(&mut self.remarks) })
    }
}

/// A name that stays in its folder, begins with no dot and acts on no terminal, whatever a table is called.
fn file_name(name: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let safe: String = name.chars().map(|c| if kept(c) { c } else { '_' }).collect();
    if safe.starts_with('.') { format!("_{safe}") } else { safe }
}

/// Writes bytes without caring what they are.
pub(super) fn put(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(path: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_breaks_off_leaves_nothing_and_takes_the_others_along() {
        let place = tempfile::TempDir::new().unwrap();
        let mut folder = Folder::open(&place.path().join("out"), false).unwrap();
        folder.file("a.csv", |out| put(out, b"whole")).unwrap();
        let full = folder.file("b.csv", |out| {
            put(out, b"half")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        });
        assert!(full.unwrap_err().to_string().contains("b.csv could not be written"));
        drop(folder);
        assert!(names(&place.path().join("out")).is_empty());
    }

    #[test]
    fn a_file_that_is_there_stays_unless_it_may_be_replaced() {
        let place = tempfile::TempDir::new().unwrap();
        fs::write(place.path().join("a.csv"), "old").unwrap();
        let mut folder = Folder::open(place.path(), false).unwrap();
        let refused = folder.file("a.csv", |out| put(out, b"new")).unwrap_err();
        assert!(refused.to_string().ends_with("a.csv is there already"));
        drop(folder);
        assert_eq!(fs::read_to_string(place.path().join("a.csv")).unwrap(), "old");
        let mut folder = Folder::open(place.path(), true).unwrap();
        folder.file("a.csv", |out| put(out, b"new")).unwrap();
        assert_eq!(folder.finish().unwrap().files, ["a.csv"]);
        assert_eq!(fs::read_to_string(place.path().join("a.csv")).unwrap(), "new");
        assert_eq!(names(place.path()), ["a.csv"]);
    }

    /// The name of a temporary file is whole, the folder of an export may be one that was named from here.
    #[test]
    fn a_folder_that_was_named_from_here_has_nothing_left_in_it() {
        let place = tempfile::TempDir::new_in(".").unwrap();
        let relative = Path::new(place.path().file_name().unwrap());
        assert!(relative.is_relative() && relative.is_dir());
        let mut folder = Folder::open(relative, false).unwrap();
        folder.file("a.csv", |out| put(out, b"new")).unwrap();
        folder.file("b.csv", |out| put(out, b"new")).unwrap();
        assert_eq!(folder.finish().unwrap().remarks, Vec::<String>::new());
    }

    #[test]
    fn what_a_killed_export_left_is_named_and_stays() {
        let place = tempfile::TempDir::new().unwrap();
        fs::write(place.path().join(".a.csv.Ab12Cd.part"), "half").unwrap();
        let mut folder = Folder::open(place.path(), false).unwrap();
        folder.file("a.csv", |out| put(out, b"new")).unwrap();
        folder.file("b.csv", |out| put(out, b"new")).unwrap();
        let remarks = folder.finish().unwrap().remarks;
        assert!(remarks.len() == 1 && remarks[0].contains(".a.csv.Ab12Cd.part"), "{remarks:?}");
        assert_eq!(names(place.path()), [".a.csv.Ab12Cd.part", "a.csv", "b.csv"]);
    }
}
