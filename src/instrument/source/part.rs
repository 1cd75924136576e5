//! Checks an included file by itself before splicing it in. Unchecked, an unclosed quote would swallow the text after it, and a
//! key above the first table would become a key of whatever table precedes it.

use std::ops::Range;

use toml::de::DeTable;

use crate::instrument::finding::Fault;
use crate::instrument::read::syntax;

/// The stretch of an included file that can be used, and what is wrong with the file. None if it is no TOML.
pub(super) fn check(text: &str) -> (Option<Range<usize>>, Vec<Fault>) {
    let (root, broken) = DeTable::parse_recoverable(text);
    if !broken.is_empty() {
        return (None, syntax::faults(text, &broken));
    }
    let root = root.get_ref();
    let mut faults = Vec::new();
    let mut begin = text.len();
    let mut above: Vec<(&str, Range<usize>)> = Vec::new();
    for (key, _) in root {
        let place = key.span();
        let line_start = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
        if text[line_start..].trim_start().starts_with('[') {
            begin = begin.min(line_start);
        } else if key.get_ref() == "include" {
            let message = "an included file cannot include another one";
            let help = "include both from the main file".to_owned();
            faults.push(Fault::error("include.nested", place, message).help(help));
        } else {
            above.push((key.get_ref(), place));
        }
    }
    // One fault for all such keys: an author who included a whole instrument doesn't need one for each.
    if let Some((key, place)) = above.into_iter().min_by_key(|(_, place)| place.start) {
        let message = format!("`{key}` stands above the tables of an included file");
        let help =
            "an included file holds definitions and groups; the head stands in the main file".to_owned();
        faults.push(Fault::error("include.head", place, message).help(help));
    }
    for group in root.get("groups").and_then(|v| v.get_ref().as_array()).into_iter().flat_map(|a| a.iter()) {
        if let Some(include) = group.get_ref().as_table().and_then(|table| table.get("include")) {
            let message = "an included file cannot include another one";
            let help = "include both from the main file".to_owned();
            faults.push(Fault::error("include.nested", include.span(), message).help(help));
        }
    }
    (Some(begin..text.len()), faults)
}
