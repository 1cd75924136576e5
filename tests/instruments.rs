//! Instruments as files: drop one into `instruments/valid` or `instruments/invalid` and it is tested.
//!
//! A valid file reads without errors, with exactly the warnings that a comment `# warns: code` announces, and a simulated
//! respondent can answer it to the end. The message for an invalid file is kept beside it word for word, as a researcher sees
//! it. To accept new messages: `INSTA_UPDATE=always cargo test instruments`, then read them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use relata::cli::findings;
use relata::instrument::persona::Persona;
use relata::instrument::{Instrument, Language, Reading, RelationalModel, Severity};
use relata::interview::{Interview, Start, simulate};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/instruments").join(name)
}

/// The instruments of a folder; files in folders below are for including.
fn files(name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Reading {
    // Invalid UTF-8 is handled where files are opened.
    let text = fs::read_to_string(path).unwrap();
    let fetch = |part: &str| {
        fs::read_to_string(path.with_file_name(part)).map_err(|_| "there is no such file".to_owned())
    };
    Instrument::read(&path.file_name().unwrap().to_string_lossy(), &text, &fetch)
}

#[test]
fn valid_files_read_and_can_be_walked_to_the_end() {
    for path in files("valid") {
        let name = stem(&path);
        let text = fs::read_to_string(&path).unwrap();
        let announced: Vec<&str> = text
            .lines()
            .filter_map(|line| line.trim_start_matches('\u{feff}').strip_prefix("# warns: "))
            .collect();
        let reading = read(&path);
        let drawn = findings::render(&reading.findings, &reading.files, false, 100);
        let found: Vec<&str> = reading.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(found, announced, "{name}\n{drawn}");
        let instrument = Arc::new(reading.instrument.expect("no error, so an instrument"));
        for seed in 0..8 {
            walk(&name, &instrument, seed);
        }
        let again = Instrument::read_stored(&instrument.text);
        assert_eq!(again.instrument.map(|again| again.hash), Some(instrument.hash.clone()), "{name}");
    }
}

fn walk(name: &str, instrument: &Arc<Instrument>, seed: u64) {
    let persona = Persona {
        model: RelationalModel::AuthorityRanking,
        other_model: RelationalModel::EqualityMatching,
        norms: [0.0, 0.9, 0.1, -0.4],
        other_norms: [0.1, 0.0, 0.9, 0.0],
        ease: [0.0; 4],
        closeness: 0.3,
        acquiescence: 0.2,
        careless: seed.is_multiple_of(3),
        explicit: 0.4,
        association: -0.2,
    };
    let fields = BTreeMap::from([("organisation".to_owned(), "Acme".to_owned())]);
    let start = Start { seed, language: Language::new("nl"), fields, at: 1_000, offset: None };
    let walk = simulate::walk(instrument.clone(), start.clone(), &persona)
        .unwrap_or_else(|refusal| panic!("{name}, seed {seed}: {refusal}"));
    assert!(walk.interview.is_finished(), "{name}, seed {seed}");
    let replayed = Interview::replay(instrument.clone(), start, walk.events).unwrap();
    assert_eq!(replayed.view(), walk.interview.view(), "{name}, seed {seed}");
}

#[test]
fn what_is_said_about_invalid_files_stands_beside_them() {
    for path in files("invalid") {
        let reading = read(&path);
        let drawn = findings::render(&reading.findings, &reading.files, false, 100);
        insta::with_settings!({
            snapshot_path => folder("invalid"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(stem(&path), drawn) });
        let errors = reading.findings.iter().any(|finding| finding.severity == Severity::Error);
        assert!(errors, "{} has nothing wrong with it", stem(&path));
        assert!(reading.instrument.is_none(), "{}", stem(&path));
    }
}

#[test]
fn places_are_right_to_the_character() {
    for path in files("invalid") {
        let reading = read(&path);
        for finding in &reading.findings {
            let file = reading.files.iter().find(|file| file.name == finding.file).unwrap();
            let before = &file.text[..finding.span.start];
            assert_eq!(finding.line, before.split('\n').count(), "{finding:?}");
            let line = before.rsplit('\n').next().unwrap();
            assert_eq!(finding.column, line.chars().count() + 1, "{finding:?}");
            assert!(file.text.get(finding.span.clone()).is_some(), "{finding:?}");
        }
    }
}

/// Every code in the sources of the reader, found as the first argument of what makes a fault.
fn codes_in_sources() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/instrument")];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        if path.to_string_lossy().contains("tests") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for maker in ["error(", "warning(", "lint(", "of_the_whole(", "Fault::new(", ".fault("] {
            for (at, _) in text.match_indices(maker) {
                let first = text[at + maker.len()..].trim_start();
                let Some(code) = first.strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                    continue;
                };
                codes.insert(code.to_owned());
            }
        }
        // A code that is given a name before it is used.
        for (at, _) in text.match_indices("let code = \"") {
            codes.extend(text[at + 12..].split('"').next().map(str::to_owned));
        }
    }
    codes
}

#[test]
fn every_code_has_a_file_that_brings_it_about() {
    let sources = codes_in_sources();
    assert!(sources.len() > 70, "the search finds too few: {sources:?}");
    let shape = |code: &&String| {
        code.split('.').count() == 2 && code.chars().all(|c| c.is_ascii_lowercase() || "-.".contains(c))
    };
    assert!(sources.iter().all(|code| shape(&code)), "{sources:?}");
    let shown: BTreeSet<String> = ["valid", "invalid"]
        .into_iter()
        .flat_map(files)
        .flat_map(|path| read(&path).findings)
        .map(|finding| finding.code.to_owned())
        .collect();
    let without: Vec<&String> = sources.difference(&shown).collect();
    assert!(without.is_empty(), "no file shows {without:?}");
    let unknown: Vec<&String> = shown.difference(&sources).collect();
    assert!(unknown.is_empty(), "not found in the sources: {unknown:?}");
}

#[test]
fn json_says_the_same_as_the_drawing() {
    let path = folder("invalid").join("key-unknown.toml");
    let reading = read(&path);
    let json: serde_json::Value = serde_json::from_str(&findings::to_json(&reading.findings)).unwrap();
    let first = &json[0];
    assert_eq!(first["code"], "key.unknown");
    assert_eq!(first["severity"], "error");
    assert_eq!(first["line"], reading.findings[0].line);
    assert_eq!(first["span"]["start"], reading.findings[0].span.start);
}

#[test]
fn colour_adds_escape_sequences_and_nothing_else() {
    let reading = read(&folder("invalid").join("key-unknown.toml"));
    let plain = findings::render(&reading.findings, &reading.files, false, 80);
    let coloured = findings::render(&reading.findings, &reading.files, true, 80);
    assert!(!plain.contains('\u{1b}') && coloured.contains('\u{1b}'));
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    stripped.push_str(rest);
    assert_eq!(stripped, plain);
}

#[test]
fn a_large_file_of_something_else_is_refused_without_a_list_of_its_lines() {
    let reading = Instrument::read("data.csv", &"5,4,3,2,1\n".repeat(50_000), &|_| Err("nothing".into()));
    assert!(reading.instrument.is_none());
    assert!((1..=50).contains(&reading.findings.len()), "{}", reading.findings.len());
}
