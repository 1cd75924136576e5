//! Unusual paths where a file is expected: pipes, folders, devices, links that lead away, and files without end.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use super::support::{Place, Ran};

/// A questionnaire that includes `part`.
fn including(part: &str) -> String {
    format!(
        "format = 1\nname = \"n\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"N\"\nminutes = 1\ninclude = [{part:?}]\n\
         [[groups]]\nname = \"g\"\nlabel = \"G\"\n[[groups.items]]\nname = \"q\"\nkind = \"text\"\nlabel = \"Q\"\n"
    )
}

/// Runs the program with little memory. A run that would wait for ever is killed, and the test fails.
#[cfg(unix)]
fn run(place: &Place, args: &[&str]) -> Ran {
    // Ten thousand times as long as a refusal takes.
    const FOR_EVER: Duration = Duration::from_secs(300);
    let mut limited = std::process::Command::new("/bin/sh");
    limited.args(["-c", "ulimit -v 2000000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_relata")]).args(args);
    limited.current_dir(place.path("")).env_clear().env("HOME", place.path("")).env("PATH", "/usr/bin:/bin");
    let mut child =
        limited.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = std::time::Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > FOR_EVER {
            child.kill().unwrap();
            panic!("{args:?} waits for ever");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ran::of(child.wait_with_output().unwrap())
}

#[cfg(unix)]
fn pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_file_that_is_none_is_refused_at_once() {
    let place = Place::new();
    pipe(&place.path("pipe.toml"));
    std::fs::create_dir(place.path("folder.toml")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", place.path("zero.toml")).unwrap();
    std::fs::File::create(place.path("huge.toml")).unwrap().set_len(64 << 20).unwrap();
    let cases = [
        ("pipe.toml", "it is a pipe, and no file"),
        ("folder.toml", "it is a folder, and no file"),
        ("zero.toml", "it is a device, and no file"),
        ("huge.toml", "it is larger than 16 MB"),
        ("absent.toml", "there is no such file"),
    ];
    for (name, why) in cases {
        for args in [vec!["check", name], vec!["interview", name, "--plain"]] {
            let refused = run(&place, &args).refused();
            assert!(refused.contains(name) && refused.contains(why), "{args:?}: {refused}");
        }
        place.write("main.toml", &including(name));
        let said = run(&place, &["check", "main.toml"]);
        assert!(said.code == 1 && said.out.contains("include.unreadable"), "{}", said.out);
        // The link to a device leads out of the folder, which is checked first.
        let why = if name == "zero.toml" { "it lies outside the folder" } else { why };
        assert!(said.out.replace("\n  │ ", " ").contains(why), "{name}: {}", said.out);
    }
    for name in ["folder.toml", "zero.toml", "absent.toml"] {
        for args in [
            vec!["model", "card", name],
            vec!["stats", "reliability", "--input", name],
            vec!["evaluate", "--input", name, "--label", "x"],
            vec!["classify", "--input", name, "--model", "main.toml"],
            vec!["model", "explain", "main.toml", "--input", name, "--label", "x"],
        ] {
            let said = run(&place, &args);
            assert!(said.code == 1 && said.err.starts_with("relata: "), "{args:?}: {}", said.err);
        }
    }
    let refused = run(&place, &["model", "card", "pipe.toml"]).refused();
    assert!(refused.contains("it is a pipe"), "{refused}");
}

#[cfg(unix)]
#[test]
fn only_what_lies_below_the_questionnaire_is_included() {
    let place = Place::new();
    for folder in ["home", "home/parts", "away"] {
        std::fs::create_dir(place.path(folder)).unwrap();
    }
    let part = "[choices.c]\nlabels = [\"a\", \"b\"]\n";
    let secret = "secret = \"of somebody's\"\n";
    place.write("home/parts/own.toml", part);
    place.write("away/secret.toml", secret);
    let link = |from: &str, to: &str| std::os::unix::fs::symlink(from, place.path(to)).unwrap();
    link("parts/own.toml", "home/link.toml");
    link("../away/secret.toml", "home/leads-away.toml");
    link("../away", "home/folder");
    let absolute = place.path("away/secret.toml").display().to_string();
    let cases = [
        ("parts/own.toml", true),
        ("./parts/../parts/own.toml", true),
        ("link.toml", true),
        ("../away/secret.toml", false),
        ("leads-away.toml", false),
        ("folder/secret.toml", false),
        (absolute.as_str(), false),
        ("/etc/passwd", false),
    ];
    for (part, allowed) in cases {
        place.write("home/main.toml", &including(part));
        let said = run(&place, &["check", "home/main.toml"]);
        assert_eq!(!said.out.contains("include.unreadable"), allowed, "{part}: {}", said.out);
        let words = said.out.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
        assert_eq!(
            !words.contains("outside the folder of the questionnaire"),
            allowed,
            "{part}: {}",
            said.out
        );
        assert!(!said.out.contains("of somebody's") && !said.out.contains("root:"), "{}", said.out);
    }
    // A questionnaire with a bare file name has a folder too.
    place.write("main.toml", &including("home/parts/own.toml"));
    let said = run(&place, &["check", "main.toml"]);
    assert!(!said.out.contains("include.unreadable"), "{}", said.out);
}

#[cfg(unix)]
#[test]
fn includes_are_limited_together() {
    let place = Place::new();
    let comment = format!("# {}\n", "x".repeat(9 << 20));
    place.write("a.toml", &format!("{comment}[choices.a]\nlabels = [\"a\", \"b\"]\n"));
    place.write("b.toml", &format!("{comment}[choices.b]\nlabels = [\"a\", \"b\"]\n"));
    place.write("main.toml", &including("a.toml").replace("[\"a.toml\"]", "[\"a.toml\", \"b.toml\"]"));
    let said = run(&place, &["check", "main.toml"]);
    assert!(said.out.contains("`b.toml` could not be read: with it the questionnaire"), "{}", said.out);
}

#[test]
fn a_line_with_forty_thousand_faults_has_each_in_its_column() {
    let place = Place::new();
    let label = "é{nowhere} ".repeat(40_000);
    place.write(
        "main.toml",
        &including("x").replace("include = [\"x\"]\n", "").replace("\"N\"", &format!("{label:?}")),
    );
    let said = place.run(&["check", "main.toml", "--format", "json"]);
    let found: Vec<serde_json::Value> = serde_json::from_str(&said.out).unwrap();
    let columns: Vec<u64> = found.iter().map(|one| one["column"].as_u64().unwrap()).collect();
    let expected: Vec<u64> = (0..40_000).map(|n| 11 + 11 * n).collect();
    assert!(columns == expected, "{:?} {:?}", &columns[..3], columns.last());
    let drawn = place.run(&["check", "main.toml"]).out;
    assert!(drawn.contains("40000 errors"), "{}", &drawn[drawn.len() - 200..]);
}
