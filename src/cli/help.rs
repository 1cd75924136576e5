//! The groups of commands in `--help`, and the commands that are meant by words that are none. Descriptions stay with each command.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::tui;

/// Help is no wider than this, as clap's own.
pub(super) const WIDEST: usize = 100;

/// Every command, by who uses it.
const GROUPS: [(&str, &[&str]); 5] = [
    (
        "Interviews",
        &[
            "interview",
            "resume",
            "workshop",
            "serve",
            "sessions",
            "report",
            "relations",
            "relation",
            "gaps",
            "instruments",
            "check",
        ],
    ),
    (
        "The study",
        &[
            "study",
            "plan",
            "demo",
            "simulate",
            "code",
            "agreement",
            "validity",
            "enter",
            "import",
            "export",
            "merge",
        ],
    ),
    ("The classifier", &["classify", "train", "evaluate", "model", "recovery", "calibration-study"]),
    ("Data of others", &["score", "stats", "measures"]),
    ("Care", &["erase", "rename", "audit", "calibrate", "completions", "man", "help"]),
];

/// Words that people try, and the command that does what they mean.
const MEANINGS: [(&str, &[&str]); 27] = [
    ("plan", &["power", "samplesize", "precision", "howmany"]),
    ("interview", &["start", "new", "begin", "ask", "run", "survey", "assess"]),
    ("resume", &["continue", "go", "proceed"]),
    ("workshop", &["room", "live", "poll", "group", "join"]),
    ("serve", &["server", "kiosk", "browser", "web", "host", "tablet", "link", "links"]),
    ("sessions", &["list", "ls", "respondents"]),
    ("report", &["show", "view", "result", "results", "open", "print", "profile", "advice"]),
    ("relations", &["clients", "customers", "portfolio", "accounts"]),
    ("relation", &["client", "customer", "pair", "dyad"]),
    ("gaps", &["gap", "paradox", "sentiment"]),
    ("instruments", &["questionnaires", "forms", "templates", "copy"]),
    ("check", &["validate", "lint", "verify", "test"]),
    (
        "study",
        &[
            "trend",
            "trends",
            "compare",
            "findings",
            "summary",
            "dashboard",
            "nps",
            "info",
            "retention",
            "lock",
            "unlock",
            "rekey",
            "encrypt",
            "decrypt",
            "passphrase",
        ],
    ),
    ("code", &["coding", "label", "annotate", "tag"]),
    ("agreement", &["kappa", "alpha", "irr"]),
    ("validity", &["cfa", "invariance", "retest", "imputation", "construct"]),
    ("enter", &["paper", "sheet", "sheets", "type", "key", "keying", "scan"]),
    ("import", &["qualtrics", "limesurvey", "kobo", "load", "upload"]),
    ("export", &["save", "csv", "spss", "excel", "stata", "download", "dump", "backup"]),
    ("merge", &["combine", "sync", "union"]),
    ("classify", &["predict", "classifier", "models"]),
    ("train", &["fit", "learn"]),
    ("evaluate", &["validation", "accuracy", "cross-validate"]),
    ("stats", &["statistics", "reliability", "icc", "factors", "correlate"]),
    ("score", &["iat", "biat", "sc-iat", "amp"]),
    ("erase", &["delete", "remove", "rm", "forget", "withdraw", "anonymise", "anonymize", "purge"]),
    ("audit", &["history", "log", "changes", "diff", "blame"]),
];

/// The same command line, with the list of commands in groups.
pub(super) fn grouped(mut command: clap::Command) -> clap::Command {
    command.build();
    let about = |name: &str| {
        let about = command.find_subcommand(name).and_then(clap::Command::get_about);
        about.map(ToString::to_string).unwrap_or_default()
    };
    let width = GROUPS.iter().flat_map(|(_, names)| *names).map(|name| name.len()).max().unwrap_or(0);
    let columns = tui::columns().unwrap_or(WIDEST).min(WIDEST);
    let hanging = " ".repeat(width + 4);
    let mut groups = String::new();
    for (heading, names) in GROUPS {
        groups.push_str(&format!("{heading}:\n"));
        for name in names {
            let first = format!("  {name:width$}  ");
            let layout = textwrap::Options::new(columns).initial_indent(&first).subsequent_indent(&hanging);
            groups.push_str(&textwrap::fill(&about(name), layout));
            groups.push('\n');
        }
        groups.push('\n');
    }
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}Options:\n{{options}}{{after-help}}"
    );
    command.help_template(template)
}

/// The command that is meant by a word that is none, if it is known.
pub(super) fn meant(error: &clap::Error) -> Option<&'static str> {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let word = word.to_lowercase();
    let known = |(_, words): &&(&str, &[&str])| words.contains(&word.as_str());
    (error.kind() == ErrorKind::InvalidSubcommand)
        .then(|| MEANINGS.iter().find(known).map(|(command, _)| *command))
        .flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::{CommandFactory, Parser};

    use super::*;
    use crate::cli::Cli;

    fn commands() -> BTreeSet<String> {
        let mut command = Cli::command();
        command.build();
        command.get_subcommands().map(|command| command.get_name().to_owned()).collect()
    }

    #[test]
    fn every_command_stands_in_one_group() {
        let grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let all: BTreeSet<String> = grouped.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(all, commands());
        assert_eq!(all.len(), grouped.len());
    }

    #[test]
    fn a_word_means_one_command_and_is_none_itself() {
        let commands = commands();
        let mut words = BTreeSet::new();
        for (command, means) in MEANINGS {
            assert!(commands.contains(command), "{command}");
            for word in means {
                assert!(words.insert(*word) && !commands.contains(*word), "{word}");
            }
        }
        for (word, command) in [("trend", "study"), ("compare", "study"), ("Delete", "erase")] {
            let error = Cli::try_parse_from(["relata", word]).unwrap_err();
            assert_eq!(meant(&error), Some(command));
        }
        assert_eq!(meant(&Cli::try_parse_from(["relata", "xyzzy"]).unwrap_err()), None);
        assert_eq!(meant(&Cli::try_parse_from(["relata", "report", "--nothing"]).unwrap_err()), None);
    }
}
