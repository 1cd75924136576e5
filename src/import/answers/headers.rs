//! Headers, in every form in which programs write a question and its part: in brackets, behind a path, after a hyphen. Refuses
//! to know which questions there are.

use super::pattern::{LabelPattern, plain};

/// The distance of a reading from the plain name: worse is larger.
pub(super) type Cost = u32;

/// One way to read a header: the question, and the part of it.
#[derive(Debug, PartialEq)]
pub(super) struct HeaderReading {
    pub stem: String,
    pub part: Option<String>,
    pub path: bool,
}

/// The ways to read a header, each with what it costs.
pub(super) fn readings(header: &str, text: Option<&str>) -> Vec<(HeaderReading, Cost)> {
    let mut found = Vec::new();
    let mut add = |stem: &str, part: Option<&str>, path: bool, cost: Cost| {
        let (stem, part) = (stem.trim().to_owned(), part.map(|part| part.trim().to_owned()));
        if !stem.is_empty() && part.as_ref().is_none_or(|part| !part.is_empty()) {
            found.push((HeaderReading { stem, part, path }, cost));
        }
    };
    for (text, cost) in [(Some(header), 0), (text, 20)] {
        // Qualtrics adds this to the text of a question with options.
        let text = text.map(|text| text.replace(" - Selected Choice", ""));
        let Some(text) = text.as_deref() else { continue };
        // LimeSurvey can append the question's text to its code.
        if let Some((code, _)) = text.split_once(". ").filter(|(code, _)| !code.contains(' ')) {
            add(code, None, false, cost + 2);
            if let Some((stem, part)) = code.strip_suffix(']').and_then(|inside| inside.rsplit_once('[')) {
                add(stem, Some(part), false, cost + 2);
            }
        }
        add(text, None, false, cost);
        if let Some((stem, part)) = text.strip_suffix(']').and_then(|inside| inside.rsplit_once('[')) {
            add(stem, Some(part), false, cost);
        }
        if let Some((stem, part)) = text.rsplit_once(" - ") {
            add(stem, Some(part), false, cost + 2);
        }
        // A question followed by its option, and names below groups; a label may contain any of the separators.
        let is_name = text.chars().all(|c| c.is_alphanumeric() || "_-./:".contains(c));
        let signs: &[char] = if is_name { &['/', '-', '.', ':'] } else { &['/'] };
        if let Some(at) = text.rfind(signs) {
            let (before, last) = (&text[..at], &text[at + 1..]);
            add(last, None, true, cost + 10);
            let stem = before.rfind(signs).map_or(before, |at| &before[at + 1..]);
            add(stem, Some(last), true, cost + 8);
            if stem != before {
                add(before, Some(last), true, cost + 8);
            }
        }
    }
    found
}

/// How well a text matches a name, and whether by a label.
pub(super) fn named(text: &str, name: &str, labels: &[LabelPattern]) -> Option<(Cost, bool)> {
    if text == name {
        return Some((0, false));
    }
    if text.eq_ignore_ascii_case(name) {
        return Some((1, false));
    }
    let text = plain(text);
    labels.iter().any(|label| label.is(&text)).then_some((4, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_in_every_way_that_programs_write_them() {
        let parts = |header: &str| -> Vec<(String, Option<String>)> {
            readings(header, None).into_iter().map(|(reading, _)| (reading.stem, reading.part)).collect()
        };
        let has = |header: &str, stem: &str, part: Option<&str>| {
            assert!(
                parts(header).contains(&(stem.to_owned(), part.map(str::to_owned))),
                "{header}: {:?}",
                parts(header)
            );
        };
        has("Q1[SQ001]", "Q1", Some("SQ001"));
        has("How strong is it? [Joy]", "How strong is it?", Some("Joy"));
        has("Q1[SQ001]. How strong is it? [Joy]", "Q1", Some("SQ001"));
        has("Worried? - Selected Choice - Price", "Worried?", Some("Price"));
        has("grp/q1", "q1", None);
        has("grp/q1/a", "q1", Some("a"));
        has("q1/a", "q1", Some("a"));
        has("grp-q1", "q1", None);
        has("How strong? - Joy", "How strong?", Some("Joy"));
        assert_eq!(parts("How about and/or?").len(), 3);
    }
}
