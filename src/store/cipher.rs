//! Encrypted study files. Owns which file has a key, how every connection gets it, and what a locked file looks like from
//! outside. Refuses to remember a passphrase: the process only keeps the derived key of each file.
//!
//! The cipher is SQLCipher with its default settings, so that its other tools open a locked study as well. Whether this build
//! has it is asked of the database, because plain SQLite ignores these pragmas. A file with a known key is always opened with
//! it, even if another file has taken its place: an unencrypted one is then rejected as no study.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use super::error::{Problem, StoreError};
use super::{anchor, open};

/// A passphrase. It is wiped from memory when dropped.
pub struct Passphrase {
    /// Normalised to composed characters (NFC), however it was typed; files are locked with this form.
    text: Zeroizing<String>,
    /// Other forms in which it may have been typed, for files locked by a relata that did not normalise.
    others: Vec<Zeroizing<String>>,
}

impl Passphrase {
    /// `None` if it is empty, holds characters that no keyboard types, or looks like a raw key, which the cipher would take it
    /// for.
    pub fn new(text: Zeroizing<String>) -> Option<Self> {
        let is_key =
            text.strip_prefix(['x', 'X']).is_some_and(|rest| rest.starts_with('\'') && rest.ends_with('\''));
        let sound = !text.is_empty() && !is_key && !text.chars().any(char::is_control);
        sound.then(|| Self::written(text))
    }

    #[cfg(feature = "encryption")]
    fn written(typed: Zeroizing<String>) -> Self {
        use unicode_normalization::UnicodeNormalization;

        // With full capacity from the start, because a growing buffer leaves copies behind.
        let wiped = |signs: &mut dyn Iterator<Item = char>| {
            let mut text = Zeroizing::new(String::with_capacity(4 * typed.len()));
            signs.for_each(|sign| text.push(sign));
            text
        };
        let (text, parts) = (wiped(&mut typed.nfc()), wiped(&mut typed.nfd()));
        let mut others = vec![typed, parts];
        others.dedup();
        others.retain(|other| *other != text);
        Self { text, others }
    }

    #[cfg(not(feature = "encryption"))]
    fn written(text: Zeroizing<String>) -> Self {
        Self { text, others: Vec::new() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Passphrase {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// The key of a file with its salt, in the cipher's notation.
#[derive(Clone)]
struct Key(Zeroizing<String>);

static KEYS: Mutex<BTreeMap<PathBuf, Key>> = Mutex::new(BTreeMap::new());

/// Bytes of the salt at the start of a locked file.
const SALT: usize = 16;
/// Bytes of a page of the cipher.
const PAGE: usize = 4096;
/// Bytes of the shortest possible study, locked or not.
pub const SHORTEST: u64 = PAGE as u64;

/// Whether this build can lock studies and open locked ones.
pub fn can_lock() -> bool {
    static CAN: OnceLock<bool> = OnceLock::new();
    *CAN.get_or_init(|| {
        let asked = || -> rusqlite::Result<bool> {
            let connection = Connection::open_in_memory()?;
            // Otherwise it would log errors to the terminal, over the screens.
            connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
            connection.prepare("PRAGMA cipher_version")?.exists([])
        };
        asked().unwrap_or(false)
    })
}

/// Whether the file at `path` looks like a locked study. A file whose key is known is not opened for this.
pub fn is_locked(path: &Path) -> bool {
    let Ok(file) = place(path) else { return false };
    key_of(&file).is_some() || file.is_file() && beginning(&file).is_ok_and(|bytes| looks_locked(&bytes))
}

/// Whether this process has the key of the study at `path`.
pub fn is_unlocked(path: &Path) -> bool {
    place(path).is_ok_and(|file| has_key(&file))
}

/// Derives the key of the study at `path`, which every opening of it needs. The file must not be open in this process yet.
pub fn unlock(path: &Path, passphrase: &Passphrase) -> Result<(), StoreError> {
    let wrong = |problem| StoreError { path: path.to_owned(), problem };
    let file = place(path).map_err(wrong)?;
    let mut tried = opens(&file, passphrase.text());
    for other in &passphrase.others {
        if tried == Err(Problem::WrongPassphrase) {
            tried = opens(&file, other);
        }
    }
    tried.map_err(wrong)
}

/// Keeps the key derived from `text`, if it opens the file.
fn opens(file: &Path, text: &str) -> Result<(), Problem> {
    know(file, text)?;
    let looked = alone(file)
        .and_then(|found| Ok(found.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?));
    looked.map_err(|problem| {
        forget(file);
        if problem == Problem::NotAStudy { Problem::WrongPassphrase } else { problem }
    })
}

/// A connection to `name`, which is how the database is to open `file`, with the file's key if it has one. Every opening of a
/// file goes through here.
pub(super) fn connection(name: &Path, flags: OpenFlags, file: &Path) -> Result<Connection, Problem> {
    can_lock();
    let connection = Connection::open_with_flags(name, flags)?;
    if let Some(key) = key_of(file) {
        // The key must be the first thing set on a connection.
        connection.execute_batch(&Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", *key.0)))?;
    }
    Ok(connection)
}

/// A connection to a file as it lies, without locks and side files, as if no log were beside it.
pub(super) fn alone(file: &Path) -> Result<Connection, Problem> {
    as_it_lies(file, "immutable=1")
}

/// The same with the log beside it, whose index stays in memory. Closing it drops every lock of this process on the file, so only for a
/// file that this process may not write.
pub(super) fn with_log(file: &Path) -> Result<Connection, Problem> {
    let connection = as_it_lies(file, if cfg!(windows) { "vfs=win32-none" } else { "vfs=unix-none" })?;
    open::keep_index_in_memory(&connection)?;
    Ok(connection)
}

fn as_it_lies(file: &Path, how: &str) -> Result<Connection, Problem> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    connection(&open::as_uri(file, how)?, flags, file)
}

/// Lets a connection to a locked file read on after a damaged page, which then counts as empty, as in any other file; otherwise
/// the cipher returns no more pages. The first page must have been read, in a transaction that is still open, because in this
/// mode SQLCipher would take it for unencrypted.
pub(super) fn read_on_after_damage(connection: &Connection, file: &Path) -> Result<(), Problem> {
    /// Bytes that the cipher reserves in each page.
    const RESERVED: usize = 80;
    if has_key(file) {
        connection.execute_batch(&format!("PRAGMA cipher_plaintext_header_size = {}", PAGE - RESERVED))?;
    }
    Ok(())
}

/// Fails where a file with these first bytes needs a key.
pub(super) fn needs_none(bytes: &[u8]) -> Result<(), Problem> {
    match looks_locked(bytes) {
        false => Ok(()),
        true if can_lock() => Err(Problem::NoPassphrase),
        true => Err(Problem::NoCipher),
    }
}

/// The first bytes of a file, which show what it is.
pub(super) fn beginning(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(PAGE);
    File::open(file)?.take(PAGE as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn has_key(file: &Path) -> bool {
    key_of(file).is_some()
}

/// Derives and keeps the key of a locked file.
pub(super) fn know(file: &Path, passphrase: &str) -> Result<(), Problem> {
    let bytes = beginning(file).map_err(|why| open::disk(&why))?;
    let salt = bytes.first_chunk::<SALT>().ok_or(Problem::NotAStudy)?;
    remember(file, derived(passphrase, salt)?);
    Ok(())
}

/// Fails where content of the locked file `from` would be written unencrypted to `place`; a file that doesn't exist yet, or was
/// created this way, gets the same key.
pub(super) fn keep_locked(from: &Path, place: &Path) -> Result<(), Problem> {
    let (Some(key), file) = (key_of(from), self::place(place)?) else { return Ok(()) };
    if has_key(&file) {
        return Ok(());
    }
    let bytes = if file.is_file() { beginning(&file).map_err(|why| open::disk(&why))? } else { Vec::new() };
    let salt: String = bytes.iter().take(SALT).map(|byte| format!("{byte:02x}")).collect();
    if key.0.ends_with(&salt) {
        remember(&file, key);
        return Ok(());
    }
    if looks_locked(&bytes) { Ok(()) } else { Err(Problem::PlainPlace) }
}

pub(super) fn forget(file: &Path) {
    if let Ok(mut keys) = KEYS.lock() {
        keys.remove(file);
    }
}

/// The resolved path, under which keys are kept.
pub(super) fn place(path: &Path) -> Result<PathBuf, Problem> {
    let absolute = std::path::absolute(path).map_err(|why| open::disk(&why))?;
    Ok(anchor::resolved(&absolute))
}

fn remember(file: &Path, key: Key) {
    if let Ok(mut keys) = KEYS.lock() {
        keys.insert(file.to_owned(), key);
    }
}

fn key_of(file: &Path) -> Option<Key> {
    KEYS.lock().ok()?.get(file).cloned()
}

/// Encrypted bytes can't be told from random ones: every value is equally likely, and χ² of the counts has 255 degrees of
/// freedom. The limit lies ten standard deviations above the expected value.
fn looks_locked(bytes: &[u8]) -> bool {
    let mut counts = [0.0; 256];
    bytes.iter().for_each(|byte| counts[usize::from(*byte)] += 1.0);
    let expected = PAGE as f64 / 256.0;
    let chi: f64 = counts.iter().map(|count| (count - expected) * (count - expected) / expected).sum();
    bytes.len() == PAGE && chi < 255.0 + 10.0 * 510_f64.sqrt()
}

/// Rounds of key derivation.
#[cfg(feature = "encryption")]
const ROUNDS: u32 = 256_000;

#[cfg(feature = "encryption")]
fn derived(passphrase: &str, salt: &[u8; SALT]) -> Result<Key, Problem> {
    // Derived here and kept, because a process opens a file many times, and the cipher would take a quarter of a second each
    // time.
    let key =
        Zeroizing::new(pbkdf2::pbkdf2_hmac_array::<sha2::Sha512, 32>(passphrase.as_bytes(), salt, ROUNDS));
    let digits = key.iter().chain(salt).map(|byte| format!("{byte:02x}"));
    // With full capacity from the start, because a growing buffer leaves copies behind.
    let mut written = Zeroizing::new(String::with_capacity(2 * (key.len() + SALT)));
    digits.for_each(|digit| written.push_str(&digit));
    Ok(Key(written))
}

#[cfg(not(feature = "encryption"))]
fn derived(_: &str, _: &[u8; SALT]) -> Result<Key, Problem> {
    Err(Problem::NoCipher)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_by_chance_look_locked_and_nothing_else_does() {
        // Pages from a plain random generator.
        let mut state = 1_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        };
        for _ in 0..200 {
            let page: Vec<u8> = (0..PAGE).map(|_| random()).collect();
            assert!(looks_locked(&page) && !looks_locked(&page[1..]));
        }
        let text = include_str!("cipher.rs").as_bytes();
        assert!(!looks_locked(&text[..PAGE]) && !looks_locked(&[0; PAGE]));
        let counting: Vec<u8> = (0..PAGE).map(|n| (n % 200) as u8).collect();
        assert!(!looks_locked(&counting));
    }

    #[test]
    fn a_passphrase_is_never_empty_and_never_shown() {
        let of = |text: &str| Passphrase::new(Zeroizing::new(text.to_owned()));
        assert!(of("").is_none() && of("a\tb").is_none() && of("a\u{3}").is_none());
        assert!(of("x'2DD29CA8'").is_none() && of("X'00'").is_none() && of("x' marks the spot").is_some());
        assert_eq!(format!("{:?}", of("correct horse")), "Some(Passphrase)");
        assert!(of("a") == of("a") && of("a") != of("b"));
    }
}
