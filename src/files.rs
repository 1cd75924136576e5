//! How a file of ours comes into being. Interviews are personal: whatever relata writes is for its owner alone until the owner
//! says otherwise, and nothing half-written is ever found under its name.
//!
//! Owns permissions and temporary names: unpredictable ones, made by us or not at all, so that no link which somebody laid
//! there is ever followed. Refuses to know what is in a file.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// Makes a file that is not there yet, for its owner alone.
///
/// # Errors
/// What the system says; a file or a link that is there already among it.
pub fn create_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a folder, and those that it lies in, for their owner alone; those that are there stay as they are.
///
/// # Errors
/// What the system says.
pub fn folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// A file that one program at a time holds, beside what it is about. It goes with its holder, and one that was left behind by a
/// program that was killed is held by nobody.
#[derive(Debug)]
pub struct Claim {
    place: PathBuf,
    _held: File,
}

impl Claim {
    /// Takes hold of this file; none where another program does.
    ///
    /// # Errors
    /// What the system says; a link of that name among it.
    pub fn take(place: &Path) -> io::Result<Option<Self>> {
        if place.is_symlink() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let held = options.open(place)?;
        match held.try_lock() {
            // Whoever held it took it away in the same moment.
            Ok(()) if !place.exists() => Self::take(place),
            Ok(()) => Ok(Some(Self { place: place.to_owned(), _held: held })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(why)) => Err(why),
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        // Left behind it does no harm.
        let _ = fs::remove_file(&self.place);
    }
}

/// A path as people type it where no shell reads it: `~/` is their own folder.
pub fn from_home(place: &Path) -> PathBuf {
    let home = std::env::var_os("HOME").filter(|home| !home.is_empty());
    match (place.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => Path::new(&home).join(rest),
        _ => place.to_owned(),
    }
}

/// What the system says, in words for whoever named the file, and without its number.
pub fn in_words(why: &io::Error) -> String {
    let known = match why.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder",
        io::ErrorKind::AlreadyExists => "something of that name is there already",
        io::ErrorKind::PermissionDenied => "you have no right to that",
        io::ErrorKind::NotADirectory => "a part of its path is a file, and no folder",
        io::ErrorKind::IsADirectory => "a folder has that name",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full",
        io::ErrorKind::ReadOnlyFilesystem => "nothing can be written on that disk",
        _ => {
            let said = why.to_string();
            return said.split(" (os error ").next().unwrap_or(&said).to_owned();
        }
    };
    known.to_owned()
}

/// Whether nothing but a file is at `place`, or nothing: what is put in the place of a device takes the device away.
pub fn is_place_for_a_file(place: &Path) -> bool {
    fs::metadata(place).map_or(true, |found| found.is_file())
}

/// Whether two names lead to one file that is there.
pub fn are_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

/// The folder of a file.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that is being written under a hidden name beside its place, so that giving it its own name is one step. It is
/// deleted when it is dropped before that.
#[derive(Debug)]
pub struct Beside {
    file: NamedTempFile,
    place: PathBuf,
}

impl Beside {
    /// Begins a file that shall be at `place`.
    ///
    /// # Errors
    /// What the system says.
    pub fn begin(place: &Path) -> io::Result<Self> {
        let mut start = OsStr::new(".").to_owned();
        start.push(place.file_name().unwrap_or_default());
        start.push(".");
        let file = Builder::new().prefix(&start).suffix(ENDING).tempfile_in(folder_of(place))?;
        Ok(Self { file, place: place.to_owned() })
    }

    /// The file, to write.
    pub fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Its name for now.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Gives the file its own name, in the place of a file that has it already if it may be replaced. A link that lies
    /// there is replaced and not followed. What was written must be on the disk before.
    ///
    /// # Errors
    /// What the system says; without `replace`, that there is something of that name.
    pub fn finish(self, replace: bool) -> io::Result<()> {
        let done =
            if replace { self.file.persist(&self.place) } else { self.file.persist_noclobber(&self.place) };
        done.map_err(|error| error.error)?;
        // The name is safe against a power cut only when the folder is. Where folders cannot be opened, nothing is lost.
        let _ = File::open(folder_of(&self.place)).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

/// What waits to be written somewhere: in memory as long as it is small, then in a file without a name.
pub type Spool = tempfile::SpooledTempFile;

/// Nothing that waits yet.
pub fn spool() -> Spool {
    const IN_MEMORY: usize = 8 << 20;
    tempfile::spooled_tempfile(IN_MEMORY)
}

/// How names of files end that were begun and never finished.
const ENDING: &str = ".part";

/// Files that were begun for `place` and never finished, with whatever lies beside them: those of a program that died.
pub fn leftovers(place: &Path) -> Vec<PathBuf> {
    let start = format!(".{}.", place.file_name().unwrap_or_default().to_string_lossy());
    let left = |name: &OsStr| {
        let name = name.to_string_lossy();
        name.starts_with(&start) && name.contains(ENDING)
    };
    let entries = fs::read_dir(folder_of(place)).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        entries.filter(|entry| left(&entry.file_name())).map(|entry| entry.path()).collect();
    found.sort();
    found
}

/// Whether a file of [`leftovers`] is one that was to be given its name, and not what lies beside such a one.
pub fn is_unfinished(leftover: &Path) -> bool {
    leftover.to_string_lossy().ends_with(ENDING)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn files_and_folders_are_for_their_owner_alone() {
        let place = tempfile::TempDir::new().unwrap();
        let below = place.path().join("a/b");
        folder(&below).unwrap();
        assert_eq!((mode(&below), mode(&place.path().join("a"))), (0o700, 0o700));
        create_new(&below.join("one")).unwrap();
        let mut other = Beside::begin(&below.join("two")).unwrap();
        other.file().write_all(b"text").unwrap();
        assert!(other.path().file_name().unwrap().to_string_lossy().starts_with(".two."));
        other.finish(false).unwrap();
        assert_eq!((mode(&below.join("one")), mode(&below.join("two"))), (0o600, 0o600));
        assert!(leftovers(&below.join("two")).is_empty());
        assert_eq!(fs::read(below.join("two")).unwrap(), b"text");
    }

    #[test]
    fn what_the_system_says_is_said_in_words() {
        let place = tempfile::TempDir::new().unwrap();
        let file = place.path().join("file");
        fs::write(&file, "").unwrap();
        assert_eq!(
            in_words(&folder(&file.join("below")).unwrap_err()),
            "a part of its path is a file, and no folder"
        );
        assert_eq!(in_words(&create_new(&file).unwrap_err()), "something of that name is there already");
        for number in 1..140 {
            assert!(!in_words(&io::Error::from_raw_os_error(number)).contains("os error"), "{number}");
        }
        assert!(is_place_for_a_file(&file) && is_place_for_a_file(&place.path().join("none")));
        assert!(!is_place_for_a_file(place.path()) && !is_place_for_a_file(Path::new("/dev/null")));
        symlink(&file, place.path().join("link")).unwrap();
        assert!(
            are_same(&file, &place.path().join("./link")) && !are_same(&file, &place.path().join("none"))
        );
    }

    #[test]
    fn one_at_a_time_holds_a_claim() {
        let place = tempfile::TempDir::new().unwrap();
        let file = place.path().join("claim");
        let held = Claim::take(&file).unwrap();
        assert!(held.is_some() && Claim::take(&file).unwrap().is_none());
        drop(held);
        assert!(!file.exists());
        fs::write(&file, "").unwrap();
        assert!(Claim::take(&file).unwrap().is_some());
        symlink(place.path().join("victim"), place.path().join("link")).unwrap();
        assert!(Claim::take(&place.path().join("link")).is_err());
    }

    #[test]
    fn no_link_is_followed() {
        let place = tempfile::TempDir::new().unwrap();
        let (link, victim) = (place.path().join("link"), place.path().join("victim"));
        fs::write(&victim, "mine").unwrap();
        symlink(&victim, &link).unwrap();
        assert_eq!(create_new(&link).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        let begun = Beside::begin(&link).unwrap();
        assert_eq!(leftovers(&link), [begun.path()]);
        assert_eq!(begun.finish(false).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        let mut begun = Beside::begin(&link).unwrap();
        begun.file().write_all(b"new").unwrap();
        begun.finish(true).unwrap();
        assert_eq!(fs::read(&victim).unwrap(), b"mine");
        assert_eq!(fs::read(&link).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_file());
    }
}
