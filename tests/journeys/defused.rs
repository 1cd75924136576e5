//! No file, label, header, flag or path can send commands to a terminal: every command is run on texts full of escapes, and
//! every byte that it prints is checked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use relata::instrument::prompt::{Input, Reply, Typed};
use relata::instrument::{Instrument, Language, shipped};
use relata::interview::simulate::walk;
use relata::interview::{Event, Start};
use relata::store::{Mode, NewSession, SessionId, Study};

use super::support::{Place, somebody};

/// Clears the screen, rings, hides a line, begins a C1 sequence, deletes, changes the writing direction.
const NASTY: &str = "\u{1b}[2J\u{1b}]2x\u{7}\r\u{9b}31m\u{7f}\u{202e}";

/// The text of a questionnaire with that in every label, as an older program may have stored it.
fn nasty_questionnaire() -> String {
    let text = shipped::read("workshop-pulse").unwrap().instrument.unwrap().text.clone();
    let escapes = r"\u001b[2J\u0007\r\u009b\u007f\u202e";
    text.replace("{ en = \"", &format!("{{ en = \"{escapes}"))
        .replace(", nl = \"", &format!(", nl = \"{escapes}"))
}

/// Finished sessions with that in every text that a session has; gives the id of the last.
fn nasty_study(path: &Path) -> SessionId {
    let instrument = Arc::new(Instrument::read_stored(&nasty_questionnaire()).instrument.unwrap());
    let mut study = Study::open(path).unwrap();
    let mut last = None;
    for n in 0..3_u8 {
        let start = Start {
            seed: u64::from(n),
            language: Language::new("en"),
            fields: BTreeMap::from([("organisation".to_owned(), format!("Acme{NASTY}"))]),
            at: 1_760_000_000_000,
            offset: None,
        };
        let session = NewSession {
            id: SessionId::new(start.at, [n; 10]),
            start: start.clone(),
            respondent: format!("R{n}"),
            interviewer: Some(format!("I{NASTY}")),
            mode: Mode::Plain,
            test: false,
        };
        let id = study.begin(&instrument, &session).unwrap();
        let mut events = walk(instrument.clone(), start, &somebody()).unwrap().events;
        for event in &mut events {
            if let Event::Answered { reply: Reply::Given(Input::Text(Typed { text, .. })), .. } =
                &mut event.event
                && !text.is_empty()
            {
                *text += NASTY;
            }
        }
        for (known, event) in events.iter().enumerate() {
            study.append(&id, known, event.at, &event.event).unwrap();
        }
        last = Some(id);
    }
    last.unwrap()
}

/// The commands that a help lists.
fn listed(place: &Place, command: &[&str]) -> BTreeSet<String> {
    let help = place.run(&[command, &["--help"]].concat()).ok();
    let commands = help.split("\nOptions:\n").next().unwrap_or_default();
    let names = commands.lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?;
        name.starts_with(|c: char| c.is_ascii_lowercase())
            .then(|| name.split(' ').next().unwrap_or_default().to_owned())
    });
    names.filter(|name| name != "help").collect()
}

#[test]
fn no_command_hands_a_terminal_what_it_would_obey() {
    let place = Place::new();
    let id = nasty_study(&place.study()).to_string();
    place.write("nasty.toml", &nasty_questionnaire());
    place.write("broken.toml", &format!("name = \"{NASTY}\"\n[{NASTY}]\n"));
    let rows: &[&[&str]] =
        &[&["type", "name", "label", "relevant"], &["text", NASTY, NASTY, NASTY], &["text", "b", "B", NASTY]];
    std::fs::write(place.path("nasty.xlsx"), crate::xlsform::workbook(&[("survey", rows)])).unwrap();
    let head = format!("\"a{NASTY}\",b,\"code{NASTY}\"\n");
    let rows: String = (0..24).map(|n| format!("{},{},{}\n", n % 5, n % 3, ["CS", "MP"][n % 2])).collect();
    place.write("table.csv", &format!("{head}{rows}"));
    place.write("words.csv", &format!("{head}\"x{NASTY}\",1,CS\n"));
    place.write("codes.csv", &format!("session,coder,dominant\n\"{NASTY}\",C1,\"{NASTY}\"\n"));
    let cue =
        format!("00:01.000 --> 00:02.000\n<v Jan{NASTY}>Yes{NASTY}\n\n00:0{NASTY} --> x\n{NASTY}: no\n");
    place.write("nasty.vtt", &format!("WEBVTT\n\n{cue}"));
    let nasty_speaker = format!("{NASTY}=respondent");
    let (nasty_user, nasty_code) = (format!("{NASTY}=C1"), format!("{NASTY}=MP"));
    let nasty_map = place.write("nasty-map.toml", "[columns]\n\"\\u001b[2J\" = \"\\u0007\"\n");
    assert!(nasty_map.exists());
    let (label, first) = (format!("code{NASTY}"), format!("a{NASTY}"));
    let (absent, folder) = (format!("absent{NASTY}"), format!("out{NASTY}"));
    let nasty_field = format!("organisation={NASTY}");
    let nasty_title = format!("title={NASTY}");
    let (items, input) = (format!("{first},b"), ["--input", "table.csv"]);
    let train = place.run(&["train", "--input", "table.csv", "--label", &label, "--out", "model.json"]);
    assert_eq!(train.code, 0, "{}", train.err);

    // Argument lists; `@` stands for the session.
    let mut runs: Vec<Vec<&str>> = vec![
        vec![&absent],
        vec!["--study", &absent, "sessions"],
        vec!["interview", &absent],
        vec!["interview", "workshop-pulse", "--plain", "--set", &absent],
        vec!["interview", "workshop-pulse", "--plain", "--respondent", &absent],
        vec!["interview", "nasty.toml", "--plain"],
        vec!["resume", &absent],
        vec!["resume", &id, "--plain"],
        vec!["check", "nasty.toml", "broken.toml"],
        vec!["check", "nasty.toml", "--format", "json"],
        vec!["check", &absent],
        vec!["instruments", "show", &absent],
        vec!["instruments", "show", "workshop-pulse"],
        vec!["instruments", "list"],
        vec!["instruments", "copy", "workshop-pulse", "--to", &absent],
        vec!["instruments", "import", &absent],
        vec!["instruments", "import", "nasty.xlsx", "--out", "taken.toml"],
        vec!["instruments", "import", "nasty.xlsx", "--out", &absent, "--language", &absent],
        vec!["instruments", "export", &absent],
        vec!["instruments", "export", "workshop-pulse", "--out", "form.xlsx", "--report", "csv"],
        vec!["instruments", "print", &absent],
        vec!["instruments", "print", "nasty.toml", "--out", &absent],
        vec!["instruments", "print", "workshop-pulse", "--set", &nasty_field, "--out", "sheet.html"],
        vec!["enter", &absent],
        vec!["enter", "workshop-pulse", "--by", &absent],
        vec!["enter", "workshop-pulse", "--list", "--format", "csv"],
        vec!["enter", "workshop-pulse", "--discard", &absent],
        vec!["study"],
        vec!["study", "show", "--format", "csv"],
        vec!["study", "info"],
        vec!["study", "retention", &absent],
        vec!["study", "lock", "--passphrase-file", &absent],
        vec!["study", "unlock", "--study", &absent],
        vec!["study", "rekey", "--study", &absent, "--new-passphrase-file", &absent],
        vec!["demo", "--format", &absent],
        vec!["simulate", &absent, "--n", "1"],
        vec!["code", "list"],
        vec!["code", &id, "--coder", "C1", "--plain"],
        vec!["code", "import", "codes.csv"],
        vec!["code", "export", "--out", "nasty.qdpx"],
        vec!["code", "import", "nasty.qdpx", "--user", &nasty_user, "--code", &nasty_code],
        vec!["code", "import", "nasty.qdpx"],
        vec!["code", "settle", &id, &absent, "--coder", "C1"],
        vec!["agreement"],
        vec!["classify", "--input", "table.csv", "--model", "model.json"],
        vec!["classify", "--input", "table.csv", "--model", "model.json", "--format", "csv"],
        vec!["classify", "--input", "table.csv", "--model", "model.json", "--format", "json"],
        vec!["classify", "--input", "words.csv", "--model", "model.json"],
        vec!["evaluate", "--input", "table.csv", "--label", &absent],
        vec!["train", "--input", "words.csv", "--label", &label, "--out", "other.json"],
        vec!["model", "card", "model.json"],
        vec!["model", "show", "model.json"],
        vec!["model", "explain", "model.json", "--input", &absent],
        vec!["model", "export", "model.json", "--format", "sql", "--dialect", "duckdb"],
        vec!["score", "sc-iat", "--input", "table.csv"],
        vec!["score", "iat", "--input", &absent],
        vec!["score", "biat", "--input", "table.csv"],
        vec!["score", "amp", "--input", "table.csv", "--prime", &absent],
        vec!["rename", &id, &absent],
        vec!["rename", &id, "R9", "--why", &absent],
        vec!["rename", &id, "R9", "--why", &absent, "--yes"],
        vec!["audit", "--respondent", "R9"],
        vec!["erase", "--respondent", &absent],
        vec!["import", &absent, "--instrument", "workshop-pulse"],
        vec!["import", "table.csv", "--instrument", "workshop-pulse", "--dry-run"],
        vec!["import", "words.csv", "--instrument", "workshop-pulse", "--map", "nasty-map.toml"],
        vec!["import", "words.csv", "--instrument", "nasty.toml", "--write-map", "written.toml"],
        vec!["import", "words.csv", "--instrument", "workshop-pulse", "--write-map", &absent],
        vec![
            "import",
            "words.csv",
            "--instrument",
            "workshop-pulse",
            "--write-map",
            "words.toml",
            "--format",
            "csv",
        ],
        vec!["merge", &absent, "study.relata", "--out", &absent],
        vec!["recovery", "--n", &absent],
        vec!["calibrate", "--format", &absent],
        vec!["calibration-study", "--format", &absent],
        vec!["measures", &absent],
        vec!["completions", &absent],
        vec!["man", &absent],
        vec!["export", "--format", "csv", "--out", &folder],
        vec!["export", "--format", &absent, "--out", "x"],
    ];
    runs.extend([
        vec!["relation", &absent],
        vec!["relation", "R0"],
        vec!["relation", "R0", "--format", "html"],
    ]);
    runs.extend([
        vec!["workshop", &absent],
        vec!["serve", &absent],
        vec!["plan", &absent, "--sizes", "10", "--studies", "2"],
    ]);
    runs.extend([
        vec!["study", "about", "--set", &nasty_title],
        vec!["study", "about"],
        vec!["study", "coding", "--coder", &absent, "--sessions", &absent],
        vec!["study", "coding"],
        vec!["study", "freeze", "--hypothesis", &absent],
        vec!["study", "freeze"],
        vec!["study", "transcript", "add", "nasty.vtt", &id],
        vec!["study", "transcript", "add", &absent, &id, "--speaker", "a=respondent"],
        vec!["study", "transcript", "list"],
        vec!["study", "transcript", "list", "--format", "json"],
        vec!["study", "transcript", "show", &id],
        vec!["study", "transcript", "set", &id, "--speaker", &nasty_speaker],
        vec!["study", "transcript", "remove", &absent],
    ]);
    for command in ["sessions", "audit", "gaps", "relations", "classify", "report", "validity", "agreement"] {
        let formats: &[&str] = if ["report", "validity"].contains(&command) {
            &["md", "html", "json"]
        } else {
            &["table", "csv", "json"]
        };
        for format in formats {
            runs.push(vec![command, "--format", format]);
        }
    }
    runs.push(vec!["audit", "--all", "--session", &id]);
    for format in ["md", "html", "json"] {
        runs.push(vec!["report", "--session", &id, "--format", format]);
    }
    for statistic in ["reliability", "icc", "correlate", "factors"] {
        runs.push([&["stats", statistic], &input[..], &["--items", &items]].concat());
        runs.push([&["stats", statistic], &input[..], &["--items", &absent]].concat());
    }
    runs.push([&["stats", "nps"], &input[..], &["--items", &first]].concat());
    runs.push([&["stats", "agreement"], &input[..], &["--ignore", &label]].concat());

    let mut tried: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for run in &runs {
        tried.entry(run[0].into()).or_default().extend(run.get(1).map(|word| (*word).to_owned()));
        let mut child = place.command(run);
        child.env("LANG", "en_US.UTF-8").stdin(Stdio::null());
        let output = child.output().unwrap();
        for (what, bytes) in [("output", &output.stdout), ("errors", &output.stderr)] {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let acts = |c: &char| {
                (c.is_control() && !"\n\t".contains(*c))
                    || matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            let found: Vec<char> = text.chars().filter(acts).collect();
            assert!(found.is_empty(), "{run:?}: {what} holds {found:?}\n{}", text.escape_debug());
        }
        let said = output.stdout.len() + output.stderr.len();
        let shows = ["sessions", "audit", "gaps", "report", "study info", "model card", "code list"];
        if shows.iter().any(|command| run.join(" ").starts_with(command)) {
            assert_eq!(output.status.code(), Some(0), "{run:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        assert!(said > 0 && output.status.code().is_some_and(|code| code <= 2), "{run:?}");
    }
    for entry in std::fs::read_dir(place.path(&folder)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)), "{name:?}");
    }

    // A new command must be added here too.
    for command in listed(&place, &[]) {
        let words = tried.get(&command).unwrap_or_else(|| panic!("`{command}` was not tried"));
        for below in listed(&place, &[&command]) {
            assert!(words.contains(&below), "`{command} {below}` was not tried");
        }
    }
}

#[test]
fn a_questionnaire_with_such_characters_is_refused_by_its_places() {
    let place = Place::new();
    place.write("nasty.toml", &nasty_questionnaire());
    let said = place.run(&["check", "nasty.toml"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("text.character") && said.out.contains("U+001B"), "{}", said.out);
    assert!(said.out.contains("U+202E"), "{}", said.out);
}
