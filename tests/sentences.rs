//! The page that traces every sentence of a study's report, against the sources and the catalogue: no statement without a row, and no row that
//! nothing says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::texts::{Message, calls, catalogue};

/// What says the report of a study: files, and all files of folders.
const SAYS: &[&str] = &[
    "src/analysis/words.rs",
    "src/classify/pooling/merit.rs",
    "src/report/findings.rs",
    "src/report/findings",
    "src/report/methods.rs",
    "src/report/methods",
];
/// Of these another page is made.
const OTHER_PAGES: &[&str] = &["src/report/findings/room.rs"];
/// Files that say more than this report, each with how the keys begin that it takes from there.
const SAYS_TOO: &[(&str, &[&str])] = &[
    ("src/report/said.rs", &["report-said-uncorrelated-"]),
    ("src/report/validity.rs", &["report-validity-came-twice", "report-validity-agreement-of"]),
    (
        "src/report/validity/structure.rs",
        &[
            "report-validity-a-factor-each",
            "report-validity-one-factor",
            "report-validity-reversed",
            "report-validity-yes-saying",
            "report-validity-no-yes-saying",
            "report-validity-without-it",
            "report-validity-heywood",
            "report-validity-impossible-",
            "report-validity-scalar-",
            "report-validity-metric-",
            "report-validity-neither-",
        ],
    ),
];
/// Names of parts and forms of answers: they hold a value, and state nothing.
const NAMES: &[&str] = &[
    "report-coded-called-name",
    "report-lenses-norm",
    "report-methods-methods-about",
    "report-methods-tongue",
    "report-methods-way",
    "report-models-said-by",
    "report-questions-calculations",
    "report-questions-first-places",
    "report-questions-min-max",
    "report-questions-most-max",
    "report-questions-organisation-organisation-pleasant-good",
    "report-questions-total-points",
    "study-answers-default",
    "study-answers-offered-if",
];

/// The keys that a source asks for, of those that begin so.
fn keys<'a>(source: &str, begin: &'a [&'a str]) -> impl Iterator<Item = String> + use<'a> {
    let keys = calls("", source).into_iter().map(|call| call.key);
    keys.filter(|key| begin.iter().any(|begin| key.starts_with(begin)))
}

/// All keys that the report of a study asks for.
fn asked_for() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let other: Vec<_> = OTHER_PAGES.iter().map(|path| root.join(path)).collect();
    let mut found = BTreeSet::new();
    for path in SAYS.iter().map(|path| root.join(path)) {
        let files = match path.is_dir() {
            true => fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).collect(),
            false => vec![path],
        };
        for file in files.iter().filter(|file| file.is_file() && !other.contains(file)) {
            found.extend(keys(&read(file), &[""]));
        }
    }
    for (path, begin) in SAYS_TOO {
        found.extend(keys(&read(&root.join(path)), begin));
    }
    found
}

/// Whether a text states something: it has numbers in it, or a full stop. Heads of columns and names have neither.
fn states(message: &Message) -> bool {
    let has_end = |text: &str| text.trim_end().ends_with('.') || text.contains(". ");
    !message.shown.is_empty()
        || !message.chosen_by.is_empty()
        || message.said.iter().any(|(_, text)| has_end(text))
}

/// The keys in the second column of the tables of the page.
fn rows(page: &str) -> Vec<&str> {
    let second = page.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").nth(1));
    second.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

/// The differences between what the report asks for and what the page has.
fn faults(asked: &BTreeSet<String>, messages: &BTreeMap<String, Message>, page: &str) -> Vec<String> {
    let rows = rows(page);
    let of_name = |key: &str| NAMES.contains(&key);
    let statement = |key: &&String| messages.get(*key).is_some_and(states) && !of_name(key);
    let has_no_row = |key: &&String| !rows.contains(&key.as_str());
    let mut found: Vec<String> =
        asked.iter().filter(statement).filter(has_no_row).map(|key| format!("`{key}` has no row")).collect();
    let unsaid = rows.iter().filter(|key| !asked.contains(**key));
    found.extend(unsaid.map(|key| format!("nothing in the report says `{key}`")));
    let twice = rows.iter().enumerate().filter(|(at, key)| rows[..*at].contains(*key));
    found.extend(twice.map(|(_, key)| format!("`{key}` has two rows")));
    let gone = NAMES.iter().filter(|key| !messages.contains_key(**key));
    found.extend(gone.map(|key| format!("there is no text `{key}`")));
    found
}

fn english() -> BTreeMap<String, Message> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/texts/en.ftl");
    catalogue(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_sentence_of_a_studys_report_is_traced_to_its_formula() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sentences.md");
    let found = faults(&asked_for(), &english(), &fs::read_to_string(page).unwrap());
    assert!(found.is_empty(), "docs/sentences.md:\n{}\n", found.join("\n"));
}

#[test]
fn a_new_sentence_without_a_row_is_seen() {
    let mut messages = english();
    let new = "a = More are satisfied.\nb = { $n } more\nc = share\nd = Gone.\n";
    messages.extend(catalogue(new).unwrap());
    let source = "text!(language, \"a\"); text!(language, \"b\", n); text!(language, \"c\");";
    let asked: BTreeSet<String> = keys(source, &[""]).collect();
    let page = "| Sentence | Text | What |\n|---|---|---|\n| {n} more | `b` | a count, `k` |\n| Gone | `d`, `d` | |\n";
    let found = faults(&asked, &messages, page);
    let said = "nothing in the report says `d`";
    assert_eq!(found, ["`a` has no row", said, said, "`d` has two rows"]);
}
