//! CITATION.cff: how an export is cited, in the Citation File Format 1.2.0 that archives and code hosts read.

use super::folder::put;
use super::{Export, Folder, NotWritten, csv};
use crate::analysis::Metadata;
use crate::analysis::metadata::{Author, Field};
use crate::instrument::Language;
use crate::text;

/// Written where the study says what it is called and who made it; who says something else of it hears what is missing.
///
/// All exports into a folder share this file: one that says the same, if in another language or of an earlier day, stays as it is.
pub(super) fn write(export: &Export, folder: &mut Folder) -> Result<(), NotWritten> {
    const NAME: &str = "CITATION.cff";
    let metadata = &export.metadata;
    let authors = metadata.authors();
    let Some(title) = metadata.get(Field::Title).filter(|_| !authors.is_empty()) else {
        if !metadata.is_empty() {
            folder
                .remark("no CITATION.cff: it takes a title and authors (`relata study about --set`)".into());
        }
        return Ok(());
    };
    let saying = |language: &Language| lines(metadata, title, &authors, language);
    let day = &csv::iso_instant(export.made)[..10];
    let dated = |mut lines: Vec<String>| {
        lines.extend([format!("{RELEASED}{}", quoted(day)), String::new()]);
        lines.join("\n")
    };
    let says_the_same = |there: &str| {
        let there: Vec<&str> = there.lines().filter(|line| !line.starts_with(RELEASED)).collect();
        Language::all().any(|language| saying(&language) == there)
    };
    if folder.keeps(NAME, says_the_same) {
        return Ok(());
    }
    folder.file(NAME, |out| put(out, dated(saying(&export.language)).as_bytes()))
}

/// The key of the day, on a line of its own.
const RELEASED: &str = "date-released: ";

/// All lines but that of the day.
fn lines(metadata: &Metadata, title: &str, authors: &[Author], language: &Language) -> Vec<String> {
    let mut lines = vec![
        "cff-version: 1.2.0".to_owned(),
        format!("message: {}", quoted(&text!(language, "export-citation-message"))),
        "type: dataset".to_owned(),
        format!("title: {}", quoted(title)),
        "authors:".to_owned(),
    ];
    for author in authors {
        match &author.given {
            Some(given) => {
                lines.push(format!("  - family-names: {}", quoted(&author.name)));
                lines.push(format!("    given-names: {}", quoted(given)));
            }
            None => lines.push(format!("  - name: {}", quoted(&author.name))),
        }
        if let Some(orcid) = &author.orcid {
            lines.push(format!("    orcid: {}", quoted(&format!("https://orcid.org/{orcid}"))));
        }
    }
    let told = [Field::Purpose, Field::Universe, Field::Sampling].into_iter().filter_map(|field| {
        Some(format!("{}: {}", crate::texts::capital(&field.label(language)), metadata.get(field)?))
    });
    let told: Vec<String> = told.collect();
    if !told.is_empty() {
        lines.push(format!("abstract: {}", quoted(&told.join("\n"))));
    }
    lines
}

/// A text as YAML takes it from JSON: in quotes, with escapes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: i64 = 1_760_000_000_000;

    fn export(fields: &[(Field, &str)], language: &str, made: i64) -> Export {
        Export {
            title: "An interview".into(),
            metadata: fields.iter().map(|(field, text)| (*field, (*text).to_owned())).collect(),
            about: Vec::new(),
            language: Language::new(language),
            made,
            tables: Vec::new(),
        }
    }

    fn written(fields: &[(Field, &str)]) -> (Option<String>, Vec<String>) {
        let place = tempfile::TempDir::new().unwrap();
        let mut folder = Folder::open(place.path(), false).unwrap();
        write(&export(fields, "en", MADE), &mut folder).unwrap();
        let done = folder.finish().unwrap();
        (std::fs::read_to_string(place.path().join("CITATION.cff")).ok(), done.remarks)
    }

    #[test]
    fn people_and_organisations_are_told_apart_and_no_text_leaves_its_quotes() {
        let (file, remarks) = written(&[
            (Field::Title, "A \"title\": # of\nours"),
            (Field::Authors, "Carberry, Josiah (0000-0002-1825-0097); Acme Research"),
            (Field::Universe, "All customers"),
        ]);
        let expected = r##"cff-version: 1.2.0
message: "If you use these data, please cite them as below."
type: dataset
title: "A \"title\": # of\nours"
authors:
  - family-names: "Carberry"
    given-names: "Josiah"
    orcid: "https://orcid.org/0000-0002-1825-0097"
  - name: "Acme Research"
abstract: "Whom they stand for: All customers"
date-released: "2025-10-09"
"##;
        assert_eq!((file.as_deref(), remarks.len()), (Some(expected), 0));
    }

    #[test]
    fn a_study_that_says_half_of_it_is_told_and_one_that_says_nothing_is_left_alone() {
        let (file, remarks) = written(&[(Field::Title, "A title")]);
        assert!(file.is_none() && remarks[0].contains("authors"), "{remarks:?}");
        assert_eq!(written(&[]), (None, Vec::new()));
    }
    #[test]
    fn a_later_export_leaves_a_file_that_says_the_same_and_refuses_another_one() {
        const DAY: i64 = 86_400_000;
        let place = tempfile::TempDir::new().unwrap();
        let mut fields =
            vec![(Field::Title, "A title"), (Field::Authors, "Acme Research"), (Field::Universe, "All")];
        let wrote = |fields: &[(Field, &str)], language: &str, made: i64, replace: bool| {
            let mut folder = Folder::open(place.path(), replace).unwrap();
            write(&export(fields, language, made), &mut folder)?;
            Ok::<_, NotWritten>(folder.finish()?.files)
        };
        let read = || std::fs::read_to_string(place.path().join("CITATION.cff")).unwrap();
        assert_eq!(wrote(&fields, "en", MADE, false).unwrap(), ["CITATION.cff"]);
        let first = read();
        for (language, made) in [("en", MADE), ("nl", MADE), ("en", MADE + DAY)] {
            assert!(wrote(&fields, language, made, false).unwrap().is_empty(), "{language}");
            assert_eq!(read(), first);
        }
        fields[2].1 = "Some";
        assert!(matches!(wrote(&fields, "en", MADE, false), Err(NotWritten::Exists(_))));
        assert_eq!(wrote(&fields, "nl", MADE, true).unwrap(), ["CITATION.cff"]);
        assert_ne!(read(), first);
    }
}
