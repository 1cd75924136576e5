//! Quotes the words of printed commands for the shell, so that they can be copied and run nothing else.

use super::StudyArg;
use crate::defuse;

/// The word as a shell takes it.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_./:@%+=,-".contains(c);
    if !word.is_empty() && word.chars().all(plain) && !word.starts_with('-') {
        return word.to_owned();
    }
    if cfg!(windows) {
        return format!("\"{word}\"");
    }
    // What begins with a dash would be read as a flag.
    let word = if word.starts_with('-') { format!("./{word}") } else { word.to_owned() };
    if word.contains(|c| defuse::acts(c) || c == '\n' || c == '\t') {
        return format!("$'{}'", word.chars().map(escaped).collect::<String>());
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// A character between `$'` and `'`.
fn escaped(c: char) -> String {
    match c {
        '\'' | '\\' => format!("\\{c}"),
        c if c.is_ascii_control() => format!("\\x{:02x}", u32::from(c)),
        c if defuse::acts(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    }
}

/// ` --study FILE`, if a study was named: with its absolute path, because the command may be run in another folder and without this
/// environment.
pub(super) fn study_flag(study: &StudyArg) -> String {
    let whole = |path: std::path::PathBuf| std::path::absolute(&path).unwrap_or(path);
    let flag = |path: std::path::PathBuf| format!(" --study {}", quoted(&whole(path).display().to_string()));
    study.named().map(flag).unwrap_or_default()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_what_was_meant() {
        let words = [
            "plain/a-b_c.relata",
            "two words",
            "it's",
            "$(touch x)`y`;z",
            "a\"b\\c",
            "*?~",
            "Zoë",
            "a\nb\tc",
            "\u{1b}[31m'",
        ];
        for word in words {
            let script = format!("printf %s {}", quoted(word));
            assert_eq!(defuse::first(&script), None, "{script:?}");
            let said = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
            assert_eq!(String::from_utf8(said.stdout).unwrap(), word);
        }
        assert_eq!(quoted("a/b.relata"), "a/b.relata");
        assert_eq!(quoted("--force"), "'./--force'");
    }
}
