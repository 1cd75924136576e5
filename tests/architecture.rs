//! The architecture rules. Reads the sources as text: which room names which other one, where each external crate may be used,
//! what the core must not touch, and how files are structured. Unit tests inside a file are exempt.
//!
//! Each rule is a table below; to change a rule, change the table and give the reason in `ARCHITECTURE.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms of the core with the rooms that each may name. There are no cycles.
const CORE: &[(&str, &[&str])] = &[
    ("defuse", &[]),
    ("rng", &[]),
    ("texts", &[]),
    ("qr", &[]),
    ("psychometrics", &["rng"]),
    ("instrument", &["defuse", "rng", "texts"]),
    ("interview", &["defuse", "rng", "texts", "instrument"]),
    ("paper", &["defuse", "rng", "texts", "instrument", "interview"]),
    ("coding", &["defuse", "rng", "psychometrics", "instrument"]),
    ("measures", &["defuse", "rng", "texts", "psychometrics", "instrument", "interview"]),
    ("classify", &["defuse", "rng", "texts", "psychometrics", "instrument", "interview", "measures"]),
    ("gap", &["defuse", "rng", "texts", "psychometrics", "instrument", "interview", "measures"]),
    (
        "analysis",
        &[
            "defuse",
            "rng",
            "texts",
            "psychometrics",
            "instrument",
            "interview",
            "measures",
            "classify",
            "gap",
        ],
    ),
    (
        "report",
        &[
            "defuse",
            "rng",
            "qr",
            "paper",
            "texts",
            "psychometrics",
            "instrument",
            "interview",
            "measures",
            "classify",
            "gap",
            "analysis",
        ],
    ),
];

/// A leaf that edges may name and the core may not, because it touches the disk.
const DISK: &str = "files";

/// The room between the core and the front-ends: it knows what lies on the disk, and does not do the core's work.
const SERVICE: &str = "study";

/// What the service may name beside the core.
const FILES: &[&str] = &["store", "export"];

/// Edges may name the core and never each other; those that do not handle files may name the service.
const EDGES: &[&str] = &["store", "export", "import", "tui", "plain", "server"];

/// Where an external crate may be named.
const HOMES: &[(&str, &[&str])] = &[
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("ratatui_textarea", &["tui"]),
    ("rusqlite", &["store"]),
    ("linfa", &["classify"]),
    ("linfa_bayes", &["classify"]),
    ("linfa_logistic", &["classify"]),
    ("linfa_trees", &["classify"]),
    ("ndarray", &["classify"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("miette", &["cli"]),
    ("toml", &["instrument", "cli"]),
    ("csv", &["cli", "export", "import"]),
    ("fluent_bundle", &["texts"]),
    ("jiff", &["instrument", "paper", "analysis", "report", "texts", "study", "cli", "export", "import"]),
    ("sha2", &["instrument", "classify", "store"]),
    ("pbkdf2", &["store"]),
    ("unicode_normalization", &["coding", "import", "instrument", "store"]),
    ("zeroize", &["store", "tui", "cli"]),
    ("strsim", &["instrument", "import"]),
    ("tempfile", &["files"]),
    ("uuid", &["store"]),
    ("statrs", &["psychometrics"]),
    ("nalgebra", &["psychometrics"]),
    ("etcetera", &["cli"]),
    ("getrandom", &["cli"]),
    ("textwrap", &["tui", "cli"]),
    ("unicode_width", &["tui", "cli"]),
    ("unicode_segmentation", &["tui"]),
    ("rand_chacha", &["rng"]),
    ("rand_core", &["rng"]),
    ("signal_hook", &["tui"]),
    ("rustix", &["tui"]),
    ("axum", &["server"]),
    ("hyper", &["server"]),
    ("hyper_util", &["server"]),
    ("if_addrs", &["server"]),
    ("qrcodegen", &["qr"]),
    ("tokio", &["server"]),
    ("zip", &["export", "import"]),
    ("calamine", &["import"]),
    ("encoding_rs", &["import"]),
    ("quick_xml", &["import"]),
    ("flate2", &["import"]),
    ("regex_lite", &["instrument"]),
];

/// The one file of the core that may start threads: it distributes arithmetic and returns results in the order of the tasks.
const THREADS: &str = "psychometrics/parallel.rs";

/// Crates that carry data or errors across rooms; they may be used everywhere.
const EVERYWHERE: &[&str] = &["serde", "serde_json", "thiserror"];

/// Who may write to the terminal: screens, whose cells are defused as they are drawn, and the output of the command line.
const TERMINAL: &[&str] = &["tui/terminal.rs", "cli/output.rs"];

#[test]
fn every_dependency_has_a_home_and_a_line_that_says_why() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let reasons = std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let mut section = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
            continue;
        }
        let Some((name, _)) = line.split_once(" = ").filter(|_| section.ends_with("dependencies]")) else {
            continue;
        };
        assert!(reasons.contains(name), "ARCHITECTURE.md does not say why `{name}` is here");
        let crate_name = name.replace('-', "_");
        let tests_only = section.contains("dev-");
        let placed =
            HOMES.iter().any(|(known, _)| *known == crate_name) || EVERYWHERE.contains(&crate_name.as_str());
        assert!(tests_only || placed, "`{name}` has no home in tests/architecture.rs");
    }
}

/// Clock, disk, environment, printing, threads, and self-seeding random numbers.
const NOT_IN_CORE: &[&str] = &[
    "SystemTime",
    "Instant::now",
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    "dbg!",
    "thread_rng",
    "from_entropy",
    "from_os_rng",
];

/// The longest file, unit tests not counted.
const LONGEST: usize = 600;

/// What is wrong with one source file; `path` is relative to `src`.
fn violations(path: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let shown = path.display();
    let mut report = |what: String| found.push(format!("{shown}: {what}"));
    if path.file_name().is_some_and(|name| name == "mod.rs") {
        report("rooms are `room.rs` + `room/`, without mod.rs".into());
    }
    if !text.starts_with("//!") {
        report("does not open with a `//!` paragraph".into());
    }
    let lines = before_tests(text).lines().count();
    if lines > LONGEST {
        report(format!("has {lines} lines, and {LONGEST} are the most"));
    }
    let room = room(path);
    if is_test(path) || room == "lib" || room == "main" {
        return found;
    }
    let code = code(before_tests(text));
    let mut report = |what: String| found.push(format!("{shown}: {what}"));
    let core = CORE.iter().find(|(name, _)| *name == room);
    let may_name = |other: &str| match core {
        Some((_, allowed)) => allowed.contains(&other),
        None if room == "cli" => true,
        None if room == SERVICE && FILES.contains(&other) => true,
        None if other == SERVICE => EDGES.contains(&room.as_str()) && !FILES.contains(&room.as_str()),
        None => other == DISK && room != DISK || CORE.iter().any(|(name, _)| *name == other),
    };
    if core.is_none() && room != "cli" && room != DISK && room != SERVICE && !EDGES.contains(&room.as_str()) {
        report(format!("`{room}` is a room that no rule knows"));
    }
    for other in rooms_named(&code, depth(path)) {
        let known = CORE.iter().any(|(name, _)| *name == other)
            || EDGES.contains(&other.as_str())
            || [DISK, SERVICE, "cli"].contains(&other.as_str());
        if known && other != room && !may_name(&other) {
            report(format!("names the room `{other}`"));
        }
    }
    for (name, homes) in HOMES {
        if names_crate(&code, name) && !homes.contains(&room.as_str()) {
            report(format!("names the crate `{name}`, which lives in {}", homes.join(" and ")));
        }
    }
    let writes = |word: &str| {
        let own = |at: usize| {
            !code[..at].ends_with("output::")
                && !code[..at].ends_with(is_word)
                && !code[at + word.len()..].starts_with(".is_terminal()")
        };
        code.match_indices(word).any(|(at, _)| own(at))
    };
    if !TERMINAL.iter().any(|allowed| path == Path::new(allowed))
        && (writes("stdout()") || writes("stderr()"))
    {
        report("writes to the terminal past `cli/output.rs`".into());
    }
    if core.is_some() || room == SERVICE {
        let flat = ungrouped(&code);
        let allowed = |word: &str| word == "std::thread" && path == Path::new(THREADS);
        for word in NOT_IN_CORE.iter().filter(|word| !allowed(word)) {
            if flat.iter().any(|path| stands_alone(path, word)) || stands_alone(&code, word) {
                report(format!("reaches for `{word}`"));
            }
        }
    }
    found
}

/// `a/b/c.rs` belongs to room `a`.
fn room(path: &Path) -> String {
    let first = path.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// How many modules deep a file is: `a.rs` is 1, `a/b.rs` is 2.
fn depth(path: &Path) -> usize {
    path.components().count()
}

fn is_test(path: &Path) -> bool {
    path.components().any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs")))
}

fn before_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

/// The text without comments and string literals.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(hashes) = raw_string(rest) {
            let close = format!("\"{}", "#".repeat(hashes));
            let open = hashes + 2;
            rest[open..].find(&close).map_or(rest.len(), |end| open + end + close.len())
        } else if c == '"' {
            string_end(rest)
        } else if rest.starts_with("'\"'") || rest.starts_with("'/'") {
            3
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        code.push(' ');
        rest = &rest[skipped..];
    }
    code
}

/// The number of `#` of a raw string that begins here.
fn raw_string(text: &str) -> Option<usize> {
    let after = text.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then_some(hashes)
}

fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Rooms named by `crate::room`, `crate::{room, …}`, or by as many `super::` as lead to the root.
fn rooms_named(code: &str, depth: usize) -> BTreeSet<String> {
    let to_root = "super::".repeat(depth);
    let mut rooms = BTreeSet::new();
    for root in ["crate::", to_root.as_str()] {
        for (at, _) in code.match_indices(root) {
            let before = &code[..at];
            if before.ends_with(is_word) || before.ends_with("::") {
                continue;
            }
            let after = &code[at + root.len()..];
            match after.strip_prefix('{') {
                Some(group) => rooms.extend(first_words(group)),
                None => rooms.extend(after.split(|c| !is_word(c)).next().map(str::to_owned)),
            }
        }
    }
    rooms
}

/// The first word of every entry of a group that has just been opened.
fn first_words(group: &str) -> Vec<String> {
    let mut level = 0_usize;
    let mut entries = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => level += 1,
            '}' if level == 0 => break,
            '}' => level -= 1,
            ',' if level == 0 => entries.push(String::new()),
            c => entries.last_mut().into_iter().for_each(|entry| entry.push(c)),
        }
    }
    let first = |entry: String| entry.trim().split(|c| !is_word(c)).next().map(str::to_owned);
    entries.into_iter().filter_map(first).collect()
}

/// `use std::{fs, io::Read}` as `std::fs` and `std::io`.
fn ungrouped(code: &str) -> Vec<String> {
    let groups = code.match_indices("std::{").map(|(at, open)| &code[at + open.len()..]);
    groups.flat_map(first_words).map(|word| format!("std::{word}")).collect()
}

fn names_crate(code: &str, name: &str) -> bool {
    let path = format!("{name}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = &code[..at];
        !before.ends_with(is_word) && !before.ends_with("::")
    }) || stands_alone(code, &format!("use {name};"))
        || stands_alone(code, &format!("use {name} as"))
}

/// Whether `word` occurs in `code` as a whole word.
fn stands_alone(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let after = code[at + word.len()..].chars().next();
        !code[..at].ends_with(is_word) && (word.ends_with(['!', ';']) || !after.is_some_and(is_word))
    })
}

fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut waiting = vec![root.clone()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path.strip_prefix(&root).unwrap().to_owned());
        }
    }
    files.sort();
    files
}

#[test]
fn the_rules_of_the_house_hold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = sources();
    assert!(files.len() > 30, "the search finds too few: {files:?}");
    let found: Vec<String> = files
        .iter()
        .flat_map(|path| violations(path, &fs::read_to_string(root.join(path)).unwrap()))
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

type Names = BTreeMap<String, BTreeSet<String>>;

/// The rooms that each room names, unit tests left out.
fn rooms_of(sources: &[(PathBuf, String)]) -> Names {
    let mut rooms = Names::new();
    let sources = || sources.iter().filter(|(path, _)| !is_test(path));
    for (path, text) in sources() {
        let named = rooms_named(&code(before_tests(text)), depth(path));
        rooms.entry(room(path)).or_default().extend(named);
    }
    let all: BTreeSet<String> = rooms.keys().cloned().collect();
    for (room, named) in &mut rooms {
        named.retain(|other| other != room && all.contains(other));
    }
    rooms
}

/// Rooms in a cycle, or leading into one: repeatedly removes rooms that name no remaining room.
fn in_circles(mut rooms: Names) -> Names {
    while let Some(last) = rooms.iter().find(|(_, named)| named.is_empty()).map(|(room, _)| room.clone()) {
        rooms.remove(&last);
        rooms.values_mut().for_each(|named| _ = named.remove(&last));
    }
    rooms
}

#[test]
fn no_way_between_rooms_leads_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |path: PathBuf| (path.clone(), fs::read_to_string(root.join(path)).unwrap());
    let rooms = rooms_of(&sources().into_iter().map(read).collect::<Vec<_>>());
    assert!(rooms["cli"].contains("study") && rooms["report"].contains("analysis"), "{rooms:#?}");
    let circles = in_circles(rooms);
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn a_way_that_leads_back_is_seen() {
    let file = |path: &str, text: &str| (PathBuf::from(path), text.to_owned());
    let ways = [
        file("gap.rs", "use crate::report::Report;\n"),
        file("report/build.rs", "use crate::{analysis, rng};\nfn f() { crate::text!(\"x\"); }\n"),
        file("analysis.rs", "fn f() { crate::gap::g(); }\n"),
        file("rng.rs", "#[cfg(test)]\nmod tests {\n    use crate::gap;\n}\n"),
    ];
    let circle: Vec<String> = in_circles(rooms_of(&ways)).into_keys().collect();
    assert_eq!(circle, ["analysis", "gap", "report"]);
    assert!(in_circles(rooms_of(&ways[1..])).is_empty());
}

/// Types whose name may occur twice, because a trait or a macro requires it.
const TWICE: &[&str] = &[];

/// The public types of a file.
fn types_shown(text: &str) -> Vec<String> {
    let shown = |line: &str| {
        let after = line.trim_start().strip_prefix("pub")?;
        let after = after.strip_prefix('(').map_or(Some(after), |within| Some(within.split_once(')')?.1))?;
        let mut words = after.strip_prefix(' ')?.split_whitespace();
        ["struct", "enum", "trait", "type", "union"].contains(&words.next()?).then_some(())?;
        words.next()?.split(|c| !is_word(c)).next().map(str::to_owned)
    };
    code(before_tests(text)).lines().filter_map(shown).collect()
}

/// Names of types that several files show, each with the files.
fn names_with_two_meanings(sources: &[(PathBuf, String)]) -> BTreeMap<String, Vec<&Path>> {
    let mut names: BTreeMap<String, Vec<&Path>> = BTreeMap::new();
    for (path, text) in sources.iter().filter(|(path, _)| !is_test(path)) {
        types_shown(text).into_iter().for_each(|name| names.entry(name).or_default().push(path));
    }
    // Variants of one type for different systems in the same file count once.
    names.values_mut().for_each(|files| files.dedup());
    names.retain(|name, files| files.len() > 1 && !TWICE.contains(&name.as_str()));
    names
}

#[test]
fn one_name_has_one_meaning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |path: PathBuf| (path.clone(), fs::read_to_string(root.join(path)).unwrap());
    let sources: Vec<_> = sources().into_iter().map(read).collect();
    let seen: usize = sources.iter().map(|(_, text)| types_shown(text).len()).sum();
    assert!(seen > 500, "the search finds too few: {seen}");
    let twice = names_with_two_meanings(&sources);
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn a_name_with_two_meanings_is_seen() {
    let file = |path: &str, text: &str| (PathBuf::from(path), text.to_owned());
    let two = [
        file("gap.rs", "pub struct Verdict(f64);\nstruct Own;\n// pub enum Said {}\npub enum Said {}\n"),
        file("qr.rs", "mod inner {\n    pub(super) type Verdict<'a> = &'a str;\n}\nstruct Own;\n"),
        file("gap/tests.rs", "pub(super) enum Said {}\n"),
        file("rng.rs", "#[cfg(test)]\nmod tests {\n    pub trait Said {}\n}\n"),
    ];
    let twice = names_with_two_meanings(&two);
    assert_eq!(twice.keys().collect::<Vec<_>>(), ["Verdict"]);
    assert_eq!(twice["Verdict"], [Path::new("gap.rs"), Path::new("qr.rs")]);
}

#[test]
fn every_dependency_with_a_home_is_a_dependency() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    for (name, _) in HOMES {
        let written = [(*name).to_owned(), name.replace('_', "-")];
        let known = written.iter().any(|written| manifest.contains(&format!("\n{written} = ")));
        assert!(known, "{name} is no dependency any more");
    }
}

#[test]
fn the_rules_can_be_broken() {
    let broken = r##"// no opening paragraph
use crate::{rng::Rng, tui::{Screen, store}, report};
use std::{collections::BTreeMap, fs};
use std::time::SystemTime;
use rusqlite::Connection;
use ratatui;
fn f() { super::super::cli::run(); println!("{}", Instant::now()); crate::classify::fit(); }
"##;
    let found = violations(Path::new("interview/flow.rs"), broken);
    let expected = [
        "does not open",
        "names the room `classify`",
        "names the room `cli`",
        "names the room `report`",
        "names the room `tui`",
        "names the crate `ratatui`",
        "names the crate `rusqlite`",
        "reaches for `SystemTime`",
        "reaches for `Instant::now`",
        "reaches for `std::fs`",
        "reaches for `println!`",
    ];
    for what in expected {
        assert!(found.iter().any(|found| found.contains(what)), "{what} goes unseen in {found:#?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    let edge = "//! An edge.\nuse crate::store::Journal;\nuse crate::report::Report;\nuse clap::Parser;\n";
    let found = violations(Path::new("plain.rs"), edge);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(violations(Path::new("cli/run.rs"), "//! Wires.\nuse crate::{store, tui};\n").is_empty());
    assert_eq!(violations(Path::new("cli/mod.rs"), "//! A mod.rs.\n").len(), 1);
    assert_eq!(violations(Path::new("attic.rs"), "//! A room that nobody planned.\n").len(), 1);
    let aloud = "//! Talks.\nfn f() { writeln!(std::io::stdout(), \"{}\", 1); }\n";
    assert_eq!(violations(Path::new("cli/audit.rs"), aloud).len(), 1);
    let asks =
        "//! Asks.\nfn f() -> bool { std::io::stdout().is_terminal() && output::stdout().flush().is_ok() }\n";
    assert!(violations(Path::new("cli/audit.rs"), asks).is_empty());
    let long = format!("//! Long.\n{}", "fn f() {}\n".repeat(LONGEST));
    assert_eq!(violations(Path::new("gap.rs"), &long).len(), 1);
}

#[test]
fn quotes_comments_and_unit_tests_break_no_rule() {
    let fine = r###"//! Speaks of crate::report, std::fs and println! in words only.
/* use crate::tui; */
const A: &str = "crate::cli \" crate::tui"; const B: &str = r#"std::fs "x" println!"#; const C: char = '"';
fn pprintln() { my_println!(); toml_like::parse(); self::rusqlite::x(); }
#[cfg(test)]
mod tests {
    use crate::report::Report;
    use std::fs;
}
"###;
    let found = violations(Path::new("gap.rs"), fine);
    assert!(found.is_empty(), "{found:#?}");
}
