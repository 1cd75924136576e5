//! Rewords the TOML parser's errors in plain sentences. Its messages are meant for programmers, so the ones that a typing error
//! causes are reworded here, and the rest is passed on.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::instrument::finding::Fault;

/// The faults of a text that is no TOML.
pub(crate) fn faults(text: &str, errors: &[toml::de::Error]) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    let breaks: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let mut lines = BTreeSet::new();
    for error in errors {
        let fault = fault(text, error);
        // After a syntax error the parser stumbles on, so a second fault on the same line adds nothing.
        if !lines.insert(breaks.partition_point(|at| *at < fault.span.start)) {
            continue;
        }
        // After an unclosed list, every line looks like one of its entries.
        let last = fault.message == NOT_CLOSED || faults.len() + 1 == MOST;
        faults.push(fault);
        if last {
            break;
        }
    }
    faults
}

/// The most faults reported: a file with more is not TOML, and a list of all its lines doesn't help the author.
const MOST: usize = 50;

/// What is said of a list without its `]`.
const NOT_CLOSED: &str = "the list above is not closed";

/// Whether a heading or a key begins here, where a list entry was expected.
fn runs_away(text: &str, at: usize) -> bool {
    let Some((before, from)) = text.split_at_checked(at) else { return false };
    let line = from.lines().next().unwrap_or_default();
    let key = line.split('=').next().unwrap_or_default().trim();
    let is_key = line.contains('=') && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    before.lines().next_back().is_none_or(|last| before.ends_with('\n') || last.trim().is_empty())
        && (line.starts_with('[') || is_key)
}

fn fault(text: &str, error: &toml::de::Error) -> Fault {
    let span = error.span().unwrap_or(0..0);
    let said = error.message().replace('\n', ", ");
    let at = text.get(span.clone()).unwrap_or_default();
    let (message, help) = if said.starts_with("missing comma") && runs_away(text, span.start) {
        (Some(NOT_CLOSED.to_owned()), Some("write `]` behind its last entry"))
    } else {
        plainly(&said, at, before(text, &span))
    };
    let message = message.unwrap_or_else(|| format!("this is not valid TOML: {said}"));
    Fault::error("toml.syntax", span, message).help(help.map(str::to_owned))
}

/// What stands on the line before the place.
fn before<'a>(text: &'a str, span: &Range<usize>) -> &'a str {
    let before = text.get(..span.start).unwrap_or_default();
    &before[before.rfind('\n').map_or(0, |at| at + 1)..]
}

fn plainly(said: &str, at: &str, before: &str) -> (Option<String>, Option<&'static str>) {
    let curly = ['“', '”', '„', '‘', '’'];
    let (message, help) = if at.starts_with(curly) {
        (format!("`{at}` is a typographic quotation mark"), "texts stand in straight ones: \"…\"")
    } else if said.starts_with("duplicate key") {
        (format!("`{at}` stands here a second time"), "take one of the two out, or give it another name")
    } else if said.starts_with("string values must be quoted") && at.trim().is_empty() {
        ("a value is missing behind `=`".to_owned(), "write a text in quotes, a number, or true or false")
    } else if said.starts_with("string values must be quoted")
        || (said.starts_with("invalid")
            && at.starts_with(char::is_alphabetic)
            && before.trim_end().ends_with('='))
    {
        (format!("`{at}` is not a value"), "texts stand in quotes: \"…\"")
    } else if said.starts_with("invalid basic string") || said.starts_with("invalid literal string") {
        (
            "this text has no closing quotation mark".to_owned(),
            "a text over several lines stands in \"\"\"…\"\"\"",
        )
    } else if said.starts_with("unclosed table") || said.starts_with("unclosed array table") {
        ("the bracket around this heading is not closed".to_owned(), "write `[name]` or `[[name]]`")
    } else if said.starts_with("unclosed array") {
        ("this list is not closed".to_owned(), "write `]` behind its last entry")
    } else if said.starts_with("missing comma") {
        ("a comma is missing here".to_owned(), "entries of a list or of `{ … }` are separated by commas")
    } else if said.starts_with("missing escaped value") {
        (
            "a backslash means something else in a text in double quotes".to_owned(),
            "write it twice, or put the text into single quotes",
        )
    } else if said.starts_with("key with no value") {
        ("a key stands here without `=` and a value".to_owned(), "write `key = \"…\"`")
    } else if said.starts_with("invalid unquoted key") && before.trim().is_empty() {
        ("a key has letters without accents, digits, `_` and `-` only".to_owned(), "write `key = \"…\"`")
    } else {
        return (None, None);
    };
    (Some(message), Some(help))
}
