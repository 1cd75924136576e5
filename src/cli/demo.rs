//! `relata demo`: a simulated study of 275 interviews to look at. It is made once, in a place that it names, and reused; it never touches a
//! study with real answers.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::interview::FormArgs;
use super::screens::{self, Wanted};
use super::{Failure, StudyArg, input, output, remark, shell};
use crate::store::Study;
use crate::study::crowd::{self, Crowd};
use crate::text;

const EXAMPLES: &str = "Examples:
  relata demo
  relata demo --study somewhere-else.relata
  relata study --study somewhere-else.relata

Without --study it is demo.relata in the data folder, and never the study in $RELATA_STUDY, which may hold real answers.";

/// As many as the published study had.
const RESPONDENTS: u32 = 275;
/// The year in which that study was published; any number serves, as long as it stays.
const SEED: u64 = 2012;
/// Made-up codes of interviewers, so that filters have something to select.
const INTERVIEWERS: [&str; 4] = ["I1", "I2", "I3", "I4"];
/// The long interview: it has the timed task in it.
const INSTRUMENT: &str = "customer-interview";

/// Arguments of `demo`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct DemoArgs {
    /// Language of the screens; the simulated respondents speak it too
    #[arg(long)]
    lang: Option<String>,
}

pub(super) fn run(arg: &StudyArg, args: DemoArgs) -> Result<ExitCode, Failure> {
    let path = place(arg)?;
    let fresh = !path.exists();
    arg.unlock(&path, true)?;
    let mut study = Study::open(&path)?;
    let tongue = args.lang.clone().or_else(input::language);
    if study.sessions()?.is_empty() {
        let instrument = input::instrument(INSTRUMENT)?;
        crate::study::check_language(&instrument, args.lang.as_deref())?;
        remark(&format!("simulating {RESPONDENTS} interviews …"));
        let crowd =
            Crowd { n: RESPONDENTS, seed: SEED, lang: tongue.as_deref(), interviewers: &INTERVIEWERS };
        crowd::keep(&mut study, &instrument, &crowd)?;
    } else if let Some(real) = study.sessions()?.iter().find(|header| !header.simulated() && !header.test) {
        return Err(Failure::refused(format!("{} is no demo: session {} is real", path.display(), real.id))
            .help("name another file with --study, or look at this one with `relata study`"));
    }
    let shown = path.display().to_string();
    if !output::screens_possible() {
        let what = if fresh { "a simulated study" } else { "the simulated study from before" };
        remark(&format!("{what} of {RESPONDENTS} interviews lies in {shown}"));
        remark("SIMULATED: nobody gave these answers; a program did.");
        remark(&format!("look at it in a terminal:   relata demo --study {}", quoted(&path)));
        remark(&format!("or print what it found:     relata study --study {}", quoted(&path)));
        return Ok(ExitCode::SUCCESS);
    }
    let form = FormArgs { lang: args.lang, ..FormArgs::default() };
    let code = screens::show(study, &form, arg, Wanted::Study)?;
    let language = crate::instrument::Language::or_fallback(tongue.as_deref());
    remark(&text!(&language, "cli-demo-simulated-study-lies-shown", shown));
    Ok(code)
}

/// The place of the demo: as given, else beside the default study. Never the study of the environment, which may hold real answers.
fn place(arg: &StudyArg) -> Result<PathBuf, Failure> {
    match &arg.study {
        Some(path) => Ok(path.clone()),
        None => Ok(input::data_folder()?.join("demo.relata")),
    }
}

pub(super) fn quoted(path: &Path) -> String {
    shell::quoted(&path.display().to_string())
}
