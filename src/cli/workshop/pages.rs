//! The pages of ended rooms, which lie beside the study. Owns how they are called, so that what is written when a room ends is found
//! again when somebody who was in it is erased.

use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use crate::instrument::Language;
use crate::interview::Instant;

/// A name for a page that is free.
pub(super) fn free(study: &Path, language: &Language) -> PathBuf {
    let start = start(study);
    let name = |number: usize| match number {
        1 => study.with_file_name(format!("{start}{language}.html")),
        number => study.with_file_name(format!("{start}{language}-{number}.html")),
    };
    (1..).map(name).find(|place| !place.exists()).unwrap_or_else(|| name(1))
}

/// The pages that were written at this instant or later, or of which nobody can tell.
pub(in crate::cli) fn since(study: &Path, at: Instant) -> Vec<PathBuf> {
    let (start, at) = (start(study), UNIX_EPOCH + Duration::from_millis(u64::try_from(at).unwrap_or(0)));
    let is_page = |place: &PathBuf| {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&start) && name.ends_with(".html")
    };
    let is_since = |place: &PathBuf| {
        let written = place.metadata().and_then(|found| found.modified());
        written.map_or(true, |written| written >= at)
    };
    let entries = std::fs::read_dir(crate::files::folder_of(study)).into_iter().flatten().flatten();
    let mut pages: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(is_page).filter(is_since).collect();
    pages.sort();
    pages
}

fn start(study: &Path) -> String {
    format!("{}-room-", study.file_stem().unwrap_or_default().to_string_lossy())
}
