//! A small builder around the program: one temporary folder, one study, without the machine's own settings.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use relata::instrument::RelationalModel;
use relata::instrument::persona::Persona;
use tempfile::TempDir;

/// A place to run the program in.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: crate::folder::folder() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn study(&self) -> PathBuf {
        self.path("study.relata")
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The program with these arguments, in this place.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("PATH", "/usr/bin:/bin")
            .env("RELATA_STUDY", self.study());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.feed(args, "")
    }

    /// Runs the program with `input` on its standard input.
    pub fn feed(&self, args: &[&str], input: &str) -> Ran {
        let mut talk = self.talk(args);
        // A program that refuses its arguments does not read its input, which is correct.
        let _ = talk.input.write_all(input.as_bytes());
        talk.end()
    }

    /// Starts the program, to be talked to.
    pub fn talk(&self, args: &[&str]) -> Talk {
        Talk::with(&mut self.command(args))
    }
}

/// A running program that reads lines and answers. What it says to standard error has to fit into a pipe.
pub struct Talk {
    child: Child,
    input: ChildStdin,
    out: ChildStdout,
}

impl Talk {
    pub fn with(command: &mut Command) -> Self {
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let (input, out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self { child, input, out }
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    pub fn say(&mut self, lines: impl AsRef<[u8]>) {
        self.input.write_all(lines.as_ref()).unwrap();
        self.input.flush().unwrap();
    }

    /// What it says up to these words, which must come.
    pub fn hear(&mut self, words: &str) -> String {
        let (mut said, mut byte) = (Vec::new(), [0]);
        while !said.ends_with(words.as_bytes()) {
            let n = self.out.read(&mut byte).unwrap();
            assert_eq!(n, 1, "{words}: {}", String::from_utf8_lossy(&said));
            said.push(byte[0]);
        }
        String::from_utf8(said).unwrap()
    }

    /// Ends its input. What was not heard yet is in the result.
    pub fn end(self) -> Ran {
        let Self { mut child, input, out } = self;
        drop(input);
        child.stdout = Some(out);
        Ran::of(child.wait_with_output().unwrap())
    }

    /// The result when something else has ended it than its input.
    pub fn ended(self) -> Ran {
        let Self { mut child, input, out } = self;
        child.stdout = Some(out);
        let ran = Ran::of(child.wait_with_output().unwrap());
        drop(input);
        ran
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The result of a run.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The result of a run that must succeed.
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self.out
    }

    /// The error message of a run that must be refused.
    pub fn refused(self) -> String {
        assert_eq!(self.code, 1, "{}\n{}", self.out, self.err);
        self.err
    }

    pub fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.ok()).unwrap()
    }
}

/// A simulated respondent: businesslike, with a personal model attributed to the other side.
pub fn somebody() -> Persona {
    Persona {
        model: RelationalModel::MarketPricing,
        other_model: RelationalModel::CommunalSharing,
        norms: [-0.5, 0.0, 0.0, 1.0],
        other_norms: [1.0, 0.0, 0.0, -0.5],
        ease: [0.0; 4],
        closeness: 0.2,
        acquiescence: 0.0,
        careless: false,
        explicit: 0.5,
        association: -0.5,
    }
}

/// A questionnaire of `n` agree items that carry their number, for tests that count.
pub fn counted_items(n: usize) -> String {
    let mut text = String::from(
        "format = 1\nname = \"counted\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"Counted\"\nminutes = 1\n\n\
         [choices.agree]\nlabels = [\"no\", \"so so\", \"yes\"]\n\n[[groups]]\nname = \"all\"\nlabel = \"All\"\n",
    );
    for number in 1..=n {
        text += &format!(
            "\n[[groups.items]]\nname = \"q{number}\"\nkind = \"likert\"\nchoices = \"agree\"\nlabel = \"Question number {number}.\"\n"
        );
    }
    text
}

/// The number in the last "Question number N." of a text.
pub fn last_question(text: &str) -> Option<usize> {
    let at = text.rfind("Question number ")?;
    text[at + "Question number ".len()..].split('.').next()?.parse().ok()
}

/// A Python that can import these modules: the one that `RELATA_TEST_PYTHON` names, else the one that `.ci/run` makes.
pub fn python_with(modules: &str) -> Option<String> {
    let named = std::env::var("RELATA_TEST_PYTHON").ok().or_else(|| {
        let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/export-tests/bin/python");
        made.exists().then(|| made.display().to_string())
    })?;
    let tried = Command::new(&named).args(["-c", &format!("import {modules}")]).output().ok()?;
    tried.status.success().then_some(named)
}
