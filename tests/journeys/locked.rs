//! A locked study on the command line: the messages of a relata without the cipher, the passphrase prompts of one with it, and
//! that a killed interview leaves no word of its answers anywhere.

use relata::store::can_lock;

use super::support::Place;

/// Random bytes, as in a locked study.
fn bytes_by_chance() -> Vec<u8> {
    let mut rng = relata::rng::Rng::new(5);
    (0..16_384).map(|_| rng.below(256) as u8).collect()
}

#[test]
fn a_locked_study_is_called_one_and_left_as_it_is() {
    let place = Place::new();
    let bytes = bytes_by_chance();
    std::fs::write(place.study(), &bytes).unwrap();
    for command in [
        &["sessions"][..],
        &["interview", "workshop-pulse", "--plain"],
        &["export", "--format", "csv", "--out", "x"],
    ] {
        let said = place.run(command).refused();
        assert!(said.contains("is locked with a passphrase, or is no study at all"), "{said}");
        let mends = if can_lock() { "--passphrase-file" } else { "built without encryption" };
        assert!(said.contains(mends), "{said}");
    }
    assert_eq!(std::fs::read(place.study()).unwrap(), bytes);
}

#[test]
fn a_passphrase_for_what_is_not_locked_is_no_slip_to_pass_over() {
    let place = Place::new();
    place.write("word", "correct horse\n");
    place.run(&["simulate", "workshop-pulse", "--n", "1", "--seed", "1"]).ok();
    let said = place.run(&["sessions", "--passphrase-file", "word"]).refused();
    assert!(said.contains("a passphrase was given, and") && said.contains("is not locked"), "{said}");
    let said = place.run(&["study", "unlock"]).refused();
    assert!(said.contains(if can_lock() { "is not locked" } else { "built without encryption" }), "{said}");
    // Where locking is impossible, no locked study is created either.
    let new =
        ["simulate", "workshop-pulse", "--n", "1", "--study", "new.relata", "--passphrase-file", "word"];
    if !can_lock() {
        for said in [place.run(&new).refused(), place.run(&["study", "lock"]).refused()] {
            assert!(
                said.contains(
                    "which was built without encryption; `cargo build --release --features encryption`"
                ),
                "{said}"
            );
            assert!(!said.contains("stays as it is"), "of `new.relata`, which is not there: {said}");
        }
        assert!(!place.path("new.relata").exists());
    }
}

#[cfg(feature = "encryption")]
mod with_the_cipher {
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, Instant};

    use crate::journeys::support::{Place, counted_items, last_question};
    use crate::journeys::terminal::{Kind, Terminal};

    const RELATA: &str = env!("CARGO_BIN_EXE_relata");

    fn lock(place: &Place) {
        place.write("word", "correct horse\n");
        place.run(&["study", "lock", "--passphrase-file", "word"]).ok();
    }

    /// Files below a folder that contain these words, in any encoding that a terminal or a database uses.
    fn files_with(folder: &Path, words: &str) -> Vec<String> {
        let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(files_with(&path, words));
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let holds = |sought: &[u8]| bytes.windows(sought.len()).any(|window| window == sought);
            if holds(words.as_bytes()) || holds(&wide) {
                found.push(path.display().to_string());
            }
        }
        found
    }

    const STORY: &str = "format = 1
name = \"story\"
version = \"1\"
languages = [\"en\"]
label = \"Story\"
minutes = 1

[[groups]]
name = \"all\"
label = \"All\"

[[groups.items]]
name = \"first\"
kind = \"text\"
label = \"What came first?\"

[[groups.items]]
name = \"story\"
kind = \"text\"
multiline = true
label = \"What happened?\"
";

    #[test]
    fn a_killed_interview_leaves_no_word_of_its_answers_and_goes_on() {
        let place = Place::new();
        place.write("story.toml", STORY);
        lock(&place);
        let folder = place.study().parent().unwrap().to_owned();
        let temporary = place.path("tmp");
        fs::create_dir(&temporary).unwrap();
        let variables =
            [("TMPDIR", temporary.to_str().unwrap()), ("SQLITE_TMPDIR", temporary.to_str().unwrap())];
        let kind = Kind { variables: &variables, ..Kind::of((80, 24)) };
        let start = |args: &[&str]| Terminal::start_as(RELATA, args, &folder, kind);

        let mut terminal = start(&["interview", "story.toml", "--respondent", "R1"]);
        terminal.wait_for("is locked");
        terminal.type_keys("correct mare\r");
        terminal.wait_for("That is not its passphrase");
        assert!(!terminal.screen().contains("mare"), "{}", terminal.screen());
        terminal.type_keys("correct horse\r");
        terminal.wait_for("Begin");
        terminal.type_keys("\r");
        terminal.wait_for("What came first?");
        terminal.type_keys("a zebrafinch\r");
        terminal.wait_for("What happened?");
        terminal.type_keys("then two goldcrests and");
        // Waits until the typed text is kept, in a log that has grown by it.
        let log = place.path("study.relata-wal");
        let give_up = Instant::now() + Duration::from_secs(60);
        let size = || fs::metadata(&log).map_or(0, |found| found.len());
        let mut before = size();
        loop {
            std::thread::sleep(Duration::from_millis(1_500));
            let now = size();
            if now == before && now > 0 {
                break;
            }
            before = now;
            assert!(Instant::now() < give_up);
        }
        terminal.kill();
        for words in ["zebrafinch", "goldcrest", "correct horse", "What came first"] {
            let found = files_with(&folder, words);
            let known = match words {
                "correct horse" => vec![place.path("word").display().to_string()],
                "What came first" => vec![place.path("story.toml").display().to_string()],
                _ => Vec::new(),
            };
            assert_eq!(found, known, "{words}");
        }
        assert!(place.study().exists() && log.exists());

        let mut terminal = start(&["resume"]);
        terminal.wait_for("is locked");
        terminal.type_keys("correct horse\r");
        terminal.wait_for("then two goldcrests and");
        terminal.kill();
        assert!(files_with(&folder, "goldcrest").is_empty());
        let audit = place.run(&["audit", "--all", "--passphrase-file", "word", "--format", "csv"]).ok();
        assert!(audit.contains("zebrafinch"), "{audit}");
    }

    #[test]
    fn a_prompt_shows_nothing_and_can_be_left() {
        let place = Place::new();
        place.run(&["simulate", "workshop-pulse", "--n", "2", "--seed", "1"]).ok();
        lock(&place);
        let folder = place.study().parent().unwrap().to_owned();
        let start = |variables| {
            // Wide enough that no sentence wraps.
            let kind = Kind { variables, ..Kind::of((250, 24)) };
            Terminal::start_as(RELATA, &["sessions"], &folder, kind)
        };
        let mut terminal = start(&[]);
        terminal.wait_for("is locked");
        terminal.type_keys("\r");
        terminal.wait_for("Nothing was typed");
        assert!(terminal.screen().contains("Ctrl+C"), "{}", terminal.screen());
        terminal.type_keys("correct mare\r");
        // While the key is worked out.
        std::thread::sleep(Duration::from_millis(40));
        terminal.type_keys("zebrafinch");
        terminal.wait_for("That is not its passphrase");
        assert!(!terminal.screen().contains("zebra"), "{}", terminal.screen());
        terminal.type_keys("\u{15}correct horse\r");
        terminal.wait_for("S1-002");
        assert!(!terminal.screen().contains("zebra"), "{}", terminal.screen());

        let mut terminal = start(&[("LANG", "nl_NL.UTF-8"), ("LC_ALL", "nl_NL.UTF-8")]);
        for _ in 0..2 {
            terminal.wait_for("is vergrendeld");
            terminal.type_keys("correct mare\r");
            terminal.wait_for("Dat is niet de wachtwoordzin");
        }
        terminal.type_keys("correct mare\r");
        terminal.wait_for("gaat niet open met deze wachtwoordzin");
        let mut terminal = start(&[("LANG", "nl_NL.UTF-8"), ("LC_ALL", "nl_NL.UTF-8")]);
        terminal.wait_for("is vergrendeld");
        terminal.type_keys("\u{3}");
        terminal.wait_for("er is geen wachtwoordzin");
    }

    #[test]
    fn what_is_not_locked_is_said_of_what_can_be_known() {
        let place = Place::new();
        for name in ["one.relata", "two.relata"] {
            place.run(&["simulate", "workshop-pulse", "--n", "1", "--seed", "1", "--study", name]).ok();
        }
        place.write("word", "correct horse\n");
        let with = ["--passphrase-file", "word"];
        let merge = ["merge", "one.relata", "two.relata", "missing.relata", "--out", "out.relata"];
        let said = place.run(&[&merge[..], &with[..]].concat()).refused();
        assert!(said.contains("none of these is locked: one.relata, two.relata\n"), "{said}");
        place.run(&["study", "lock", "--study", "one.relata", "--passphrase-file", "word"]).ok();
        let bytes = fs::read(place.path("one.relata")).unwrap();
        for kept in [100, 0] {
            place.write("cut.relata", "");
            fs::write(place.path("cut.relata"), &bytes[..kept]).unwrap();
            let said = place.run(&["study", "unlock", "--study", "cut.relata"]).refused();
            assert!(said.contains(&format!("cut.relata has {kept} bytes, too few for a study")), "{said}");
            let said = place.run(&[&["sessions", "--study", "cut.relata"], &with[..]].concat()).refused();
            assert!(said.contains("too few for a study") && !said.contains("is not locked"), "{said}");
        }
    }

    #[test]
    fn a_killed_unlock_leaves_nothing_that_the_next_command_does_not_see_to() {
        let place = Place::new();
        place.run(&["simulate", "workshop-pulse", "--n", "60", "--seed", "1"]).ok();
        lock(&place);
        let folder = place.study().parent().unwrap().to_owned();
        let parts = || {
            let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
            entries.filter(|path| path.to_string_lossy().ends_with(".part")).collect::<Vec<_>>()
        };
        let with = ["--passphrase-file", "word"];
        for _ in 0..20 {
            let mut child = place.command(&["study", "unlock", "--passphrase-file", "word"]).spawn().unwrap();
            while child.try_wait().unwrap().is_none()
                && !parts().iter().any(|part| part.metadata().is_ok_and(|part| part.len() > 0))
            {
                std::thread::sleep(Duration::from_micros(300));
            }
            child.kill().unwrap();
            child.wait().unwrap();
            if !relata::store::is_locked(&place.study()) {
                lock(&place);
                continue;
            }
            let before = parts();
            let ran = place.run(&[&["sessions"], &with[..]].concat());
            assert!(ran.code == 0 && ran.err.contains(".part"), "{}", ran.err);
            assert!(
                before.iter().all(|part| ran.err.contains(&*part.file_name().unwrap().to_string_lossy()))
            );
            assert!(ran.err.contains("overwritten and deleted") == parts().is_empty(), "{}", ran.err);
            return;
        }
        panic!("no unlock was killed in the middle");
    }

    #[test]
    fn a_kill_at_any_instant_loses_nothing_acknowledged_of_a_locked_study() {
        use std::io::{BufRead, BufReader, Write};
        use std::process::Stdio;
        for later in 0..6 {
            let place = Place::new();
            place.write("counted.toml", &counted_items(40));
            lock(&place);
            let mut child = place
                .command(&["interview", "counted.toml", "--plain", "--passphrase-file", "word"])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut input = child.stdin.take().unwrap();
            input.write_all("2\n".repeat(12).as_bytes()).unwrap();
            input.flush().unwrap();
            let mut shown = 0;
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
            while shown < 5 + later {
                shown = last_question(&lines.next().unwrap()).unwrap_or(shown);
            }
            child.kill().unwrap();
            child.wait().unwrap();
            let resumed = place.run(&["resume", "--plain", "--passphrase-file", "word"]);
            assert!(last_question(&resumed.out).is_some_and(|next| next >= shown), "{}", resumed.out);
            assert!(resumed.err.is_empty() || !resumed.err.contains("ERROR"), "{}", resumed.err);
        }
    }

    #[test]
    fn every_way_to_a_locked_study_asks_for_its_passphrase() {
        let place = Place::new();
        place.run(&["simulate", "workshop-pulse", "--n", "12", "--seed", "1"]).ok();
        let before = place.run(&["sessions", "--format", "csv"]).ok();
        lock(&place);
        place.write("wrong", "correct mare\n");
        place.write("several", "correct mare\ncorrect horse\n");
        place.write("empty", "");
        let said = place.run(&["sessions"]).refused();
        assert!(said.contains("no passphrase was given"), "{said}");
        let said = place.run(&["sessions", "--passphrase-file", "wrong"]).refused();
        assert!(said.contains("does not open with this passphrase") && said.lines().count() < 4, "{said}");
        assert!(place.run(&["sessions", "--passphrase-file", "empty"]).refused().contains("empty"));
        for file in ["word", "several"] {
            let with = ["--passphrase-file", file];
            assert_eq!(place.run(&[&["sessions", "--format", "csv"], &with[..]].concat()).ok(), before);
            for command in [
                &["study", "info"][..],
                &["study"],
                &["study", "retention", "--months", "3"],
                &["report", "--format", "md"],
                &["classify"],
                &["export", "--format", "csv", "--out", file.strip_prefix('w').unwrap_or("other")],
            ] {
                let ran = place.run(&[command, &with[..]].concat());
                assert!(ran.code == 0 && !ran.err.contains("ERROR"), "{command:?}: {}", ran.err);
            }
        }
        // What a study is locked with is one passphrase.
        let said =
            place.run(&["study", "rekey", "--passphrase-file", "word", "--new-passphrase-file", "several"]);
        assert!(said.refused().contains("more than one line"));
        place.run(&["study", "rekey", "--passphrase-file", "word", "--new-passphrase-file", "wrong"]).ok();
        place.run(&["sessions", "--passphrase-file", "word"]).refused();
        assert_eq!(place.run(&["sessions", "--passphrase-file", "wrong", "--format", "csv"]).ok(), before);
        place.run(&["study", "unlock", "--passphrase-file", "wrong"]).ok();
        assert_eq!(place.run(&["sessions", "--format", "csv"]).ok(), before);
    }

    #[test]
    fn a_study_that_is_begun_with_a_passphrase_is_locked_and_one_is_erased_from_it() {
        let place = Place::new();
        place.write("word", "correct horse");
        let with = ["--passphrase-file", "word"];
        place.run(&[&["simulate", "workshop-pulse", "--n", "3", "--seed", "1"], &with[..]].concat()).ok();
        assert!(!fs::read(place.study()).unwrap().starts_with(b"SQLite"));
        let info = place.run(&[&["study", "info", "--format", "json"], &with[..]].concat()).json();
        assert_eq!((&info["locked"], &info["sessions"]), (&true.into(), &3.into()));
        let listed = place.run(&[&["sessions", "--format", "json"], &with[..]].concat()).json();
        let code = listed[0]["respondent"].as_str().unwrap().to_owned();
        let erased = place.run(&[&["erase", "--respondent", &code, "--yes"], &with[..]].concat());
        assert!(erased.code == 0 && erased.err.contains("none found in the file"), "{}", erased.err);
        let said = place.run(&["merge", "study.relata", "study.relata", "--out", "x.relata"]).refused();
        assert!(said.contains("no passphrase was given"), "{said}");
        place.run(&["study", "lock", "--study", "new.relata", "--passphrase-file", "word"]).ok();
        let merge = ["merge", "study.relata", "new.relata", "--out", "all.relata"];
        let merged = place.run(&[&merge[..], &with[..]].concat());
        assert!(merged.code == 0 && merged.err.contains("the merged study is locked"), "{}", merged.err);
        assert!(!fs::read(place.path("all.relata")).unwrap().starts_with(b"SQLite"));
    }

    #[test]
    fn a_lock_without_room_on_the_disk_leaves_the_study_as_it_was() {
        let place = Place::new();
        place.run(&["simulate", "workshop-pulse", "--n", "12", "--seed", "1"]).ok();
        place.write("word", "correct horse\n");
        let before = place.run(&["sessions", "--format", "csv"]).ok();
        // Blocks of 1,024 bytes: fewer than the file has.
        let script = "ulimit -f 60; trap '' XFSZ; exec \"$0\" study lock --passphrase-file word";
        let mut command = std::process::Command::new("bash");
        command.args(["-c", script, RELATA]).current_dir(place.study().parent().unwrap());
        command.env("RELATA_STUDY", place.study()).env("HOME", place.study().parent().unwrap());
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert_eq!(place.run(&["sessions", "--format", "csv"]).ok(), before);
        let names: Vec<_> = fs::read_dir(place.study().parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.contains("relata"))
            .collect();
        assert_eq!(names, ["study.relata"], "{said}");
    }
}
