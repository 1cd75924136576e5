//! CITATION.cff: how an export is cited, in the Citation File Format 1.2.0 that archives and code hosts read.

use super::folder::put;
use super::{Export, Folder, NotWritten, csv};
use crate::analysis::metadata::Field;
use crate::text;

/// Written where the study says what it is called and who made it; who says something else of it hears what is missing.
pub(super) fn write(export: &Export, folder: &mut Folder) -> Result<(), NotWritten> {
    let metadata = &export.metadata;
    let authors = metadata.authors();
    let Some(title) = metadata.get(Field::Title).filter(|_| !authors.is_empty()) else {
        if !metadata.is_empty() {
            folder
                .remark("no CITATION.cff: it takes a title and authors (`relata study about --set`)".into());
        }
        return Ok(());
    };
    let mut lines = vec![
        "cff-version: 1.2.0".to_owned(),
        format!("message: {}", quoted(&text!(&export.language, "export-citation-message"))),
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
        Some(format!("{}: {}", crate::texts::capital(&field.label(&export.language)), metadata.get(field)?))
    });
    let told: Vec<String> = told.collect();
    if !told.is_empty() {
        lines.push(format!("abstract: {}", quoted(&told.join("\n"))));
    }
    lines.push(format!("date-released: {}", quoted(&csv::iso_instant(export.made)[..10])));
    lines.push(String::new());
    folder.file("CITATION.cff", |out| put(out, lines.join("\n").as_bytes()))
}

/// A text as YAML takes it from JSON: in quotes, with escapes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Metadata;
    use crate::instrument::Language;

    fn written(fields: &[(Field, &str)]) -> (Option<String>, Vec<String>) {
        let place = tempfile::TempDir::new().unwrap();
        let metadata: Metadata = fields.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
        let export = Export {
            title: "An interview".into(),
            metadata,
            about: Vec::new(),
            language: Language::new("en"),
            made: 1_760_000_000_000,
            tables: Vec::new(),
        };
        let mut folder = Folder::open(place.path(), false).unwrap();
        write(&export, &mut folder).unwrap();
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
}
