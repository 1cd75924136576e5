//! Study files that nobody reads without their passphrase. Owns which file has a key, how every connection gets it, and what a
//! locked file looks like from outside. Refuses to remember a passphrase: what is known, as long as the process lives, is the key of
//! a file.
//!
//! The cipher is SQLCipher's with its own settings, so that its other programs open a locked study as well. Whether this relata has
//! it is asked of the database: to one without it, these pragmas mean nothing. A file that has a key is opened with it, whatever lies
//! in its place by now: a plain one is then no study.

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

/// What a file is locked with. It is wiped from memory when it is dropped.
pub struct Passphrase {
    /// Accents as one sign with their letters, however they were typed: what is locked is locked with this.
    text: Zeroizing<String>,
    /// How else it may have been typed when a file was locked, by a relata that took it sign for sign.
    others: Vec<Zeroizing<String>>,
}

impl Passphrase {
    /// The passphrase, unless it is empty, holds what no keyboard types, or is written as the cipher writes a key, which it would take for one.
    pub fn new(text: Zeroizing<String>) -> Option<Self> {
        let is_key =
            text.strip_prefix(['x', 'X']).is_some_and(|rest| rest.starts_with('\'') && rest.ends_with('\''));
        let sound = !text.is_empty() && !is_key && !text.chars().any(char::is_control);
        sound.then(|| Self::written(text))
    }

    #[cfg(feature = "encryption")]
    fn written(typed: Zeroizing<String>) -> Self {
        use unicode_normalization::UnicodeNormalization;

        // Long enough from the beginning: what grows leaves copies behind.
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

/// The key of a file with its salt, as the cipher takes it.
#[derive(Clone)]
struct Key(Zeroizing<String>);

static KEYS: Mutex<BTreeMap<PathBuf, Key>> = Mutex::new(BTreeMap::new());

/// Bytes of the salt, with which a locked file begins.
const SALT: usize = 16;
/// Bytes of a page of the cipher.
const PAGE: usize = 4096;
/// Bytes of the shortest file that is a study, locked or not.
pub const SHORTEST: u64 = PAGE as u64;

/// Whether this relata can lock studies and open locked ones.
pub fn can_lock() -> bool {
    static CAN: OnceLock<bool> = OnceLock::new();
    *CAN.get_or_init(|| {
        let asked = || -> rusqlite::Result<bool> {
            let connection = Connection::open_in_memory()?;
            // It would write what it finds wrong on the terminal, over the screens.
            connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
            connection.prepare("PRAGMA cipher_version")?.exists([])
        };
        asked().unwrap_or(false)
    })
}

/// Whether the file at `path` looks like a locked study. One that this process has the key of is not looked into.
pub fn is_locked(path: &Path) -> bool {
    let Ok(file) = place(path) else { return false };
    key_of(&file).is_some() || file.is_file() && beginning(&file).is_ok_and(|bytes| looks_locked(&bytes))
}

/// Whether this process knows what it takes to open the study at `path`.
pub fn is_unlocked(path: &Path) -> bool {
    place(path).is_ok_and(|file| has_key(&file))
}

/// Takes the passphrase of the study at `path`, which every opening of it needs. The file must not be open in this process yet.
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

/// Keeps the key that this text makes, if it opens the file.
fn opens(file: &Path, text: &str) -> Result<(), Problem> {
    know(file, text)?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let looked = open::immutable(file)
        .and_then(|name| connection(&name, flags, file))
        .and_then(|found| Ok(found.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?));
    looked.map_err(|problem| {
        forget(file);
        if problem == Problem::NotAStudy { Problem::WrongPassphrase } else { problem }
    })
}

/// A connection to `name`, which is how the database is to open `file`, with the key of the file if it has one. Everything that
/// opens a file comes through here.
pub(super) fn connection(name: &Path, flags: OpenFlags, file: &Path) -> Result<Connection, Problem> {
    can_lock();
    let connection = Connection::open_with_flags(name, flags)?;
    if let Some(key) = key_of(file) {
        // Before anything else is asked.
        connection.execute_batch(&Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", *key.0)))?;
    }
    Ok(connection)
}

/// Lets a connection to a locked file read on after a page that is not as it was written, which is as good as empty then, as a damaged
/// page of any other file is; without this, the cipher gives no page any more after such a one. The first page must have been read, in
/// a transaction that is still going on: this way of reading takes it for one that is not locked.
pub(super) fn read_on_after_damage(connection: &Connection, file: &Path) -> Result<(), Problem> {
    /// What the cipher keeps of each page for itself.
    const RESERVED: usize = 80;
    if has_key(file) {
        connection.execute_batch(&format!("PRAGMA cipher_plaintext_header_size = {}", PAGE - RESERVED))?;
    }
    Ok(())
}

/// Fails where a file with these first bytes cannot be opened for want of a key.
pub(super) fn needs_none(bytes: &[u8]) -> Result<(), Problem> {
    match looks_locked(bytes) {
        false => Ok(()),
        true if can_lock() => Err(Problem::NoPassphrase),
        true => Err(Problem::NoCipher),
    }
}

/// The bytes of a file that tell what it is.
pub(super) fn beginning(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(PAGE);
    File::open(file)?.take(PAGE as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn has_key(file: &Path) -> bool {
    key_of(file).is_some()
}

/// Works out the key of a locked file.
pub(super) fn know(file: &Path, passphrase: &str) -> Result<(), Problem> {
    let bytes = beginning(file).map_err(|why| open::disk(&why))?;
    let salt = bytes.first_chunk::<SALT>().ok_or(Problem::NotAStudy)?;
    remember(file, derived(passphrase, salt)?);
    Ok(())
}

/// Fails where what the locked file `from` holds would lie open at `place`; a file that is not there yet, or was begun in this way,
/// gets the same key.
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

/// Where a name leads: what keys are kept by.
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

/// Nothing in a locked file differs from bytes by chance: each of them is as frequent as any other, and χ² of their counts has 255
/// degrees of freedom. The limit lies ten standard deviations above what is expected.
fn looks_locked(bytes: &[u8]) -> bool {
    let mut counts = [0.0; 256];
    bytes.iter().for_each(|byte| counts[usize::from(*byte)] += 1.0);
    let expected = PAGE as f64 / 256.0;
    let chi: f64 = counts.iter().map(|count| (count - expected) * (count - expected) / expected).sum();
    bytes.len() == PAGE && chi < 255.0 + 10.0 * 510_f64.sqrt()
}

/// Rounds that the cipher derives its keys in.
#[cfg(feature = "encryption")]
const ROUNDS: u32 = 256_000;

#[cfg(feature = "encryption")]
fn derived(passphrase: &str, salt: &[u8; SALT]) -> Result<Key, Problem> {
    // Worked out here because a process opens one file many times, and the cipher would take a quarter of a second for each.
    let key =
        Zeroizing::new(pbkdf2::pbkdf2_hmac_array::<sha2::Sha512, 32>(passphrase.as_bytes(), salt, ROUNDS));
    let digits = key.iter().chain(salt).map(|byte| format!("{byte:02x}"));
    // Long enough from the beginning: what grows leaves copies behind.
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
        // Pages of a generator that is none of a cipher.
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
