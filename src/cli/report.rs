//! `relata report`: everything that one session has to say.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::input::{Loaded, Loader, check_language, facts};
use super::rehearsals::RehearsalsArg;
use super::{Failure, StudyArg, print, remark};
use crate::instrument::Audience;
use crate::report::Report;
use crate::store::{SessionHeader, State, Study};

const EXAMPLES: &str = "Examples:
  relata report --respondent R017
  relata report --respondent R017 --lang nl --format md > r017.md
  relata report --session 3f09a1c2 --format json";

/// Arguments of `report`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ReportArgs {
    /// Code of the respondent; their latest finished session counts
    #[arg(long, value_name = "CODE", conflicts_with = "session")]
    respondent: Option<String>,

    /// A session, by its id or the end of it
    #[arg(long, value_name = "ID")]
    session: Option<String>,

    #[command(flatten)]
    rehearsals: RehearsalsArg,

    /// Language of the report; default: the session's own
    #[arg(long)]
    lang: Option<String>,

    /// Form of the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Md)]
    format: ReportFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// Markdown
    Md,
    /// Everything, for programs
    Json,
}

pub(super) fn run(study: &StudyArg, args: ReportArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let header = choose(&study, &args)?;
    if header.state == State::Withdrawn {
        return Err(Failure::refused(format!("the respondent of session {} withdrew", header.id)));
    }
    if header.test {
        remark(&format!("session {} is a rehearsal", header.id.short()));
    }
    check_language(&*Loader::new(&study).instrument(&header)?, args.lang.as_deref())?;
    let report = of_session(&study, &header, args.lang.as_deref())?;
    let language = crate::instrument::Language::new(&report.language);
    match args.format {
        ReportFormat::Md => print(&report.to_markdown(&language, Audience::Interviewer))?,
        ReportFormat::Json => {
            let json = serde_json::to_string_pretty(&report)
                .map_err(|why| Failure::refused(format!("no JSON could be made: {why}")))?;
            print(&(json + "\n"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The report of a session, measured against its peers in the study.
pub(super) fn of_session(
    study: &Study,
    header: &SessionHeader,
    lang: Option<&str>,
) -> Result<Report, Failure> {
    let same = |peer: &SessionHeader| peer.instrument.hash == header.instrument.hash;
    let mut loaded = Loaded::read_with_rehearsals(study, |peer| {
        peer.id == header.id || (same(peer) && peer.state == State::Finished)
    })?;
    let at = loaded.sessions.iter().position(|(peer, _)| peer.id == header.id);
    let at = at.ok_or_else(|| Failure::refused(format!("session {} is gone", header.id)))?;
    let mut interview = loaded.sessions[at].1.clone();
    if let Some(lang) = lang {
        interview.speak(&interview.instrument().language(Some(lang)));
    }
    Ok(Report::build(&interview, &facts(header), loaded.yardstick(at)))
}

fn choose(study: &Study, args: &ReportArgs) -> Result<SessionHeader, Failure> {
    if let Some(id) = &args.session {
        let header = study.session(id)?;
        if header.test && !args.rehearsals.with_tests {
            return Err(Failure::refused(format!("session {} is a rehearsal", header.id))
                .help("add --with-tests to see its report all the same"));
        }
        return Ok(header);
    }
    let Some(code) = &args.respondent else {
        let mut sessions = counted(study.sessions()?, args.rehearsals);
        return match (sessions.pop(), sessions.len()) {
            (Some(only), 0) => Ok(only),
            (None, _) => {
                Err(Failure::refused("the study has no sessions yet")
                    .help("begin one with `relata interview`"))
            }
            _ => Err(Failure::refused("the study has several sessions; say whose report you want")
                .help("add --respondent CODE; `relata sessions` lists the codes")),
        };
    };
    let sessions = counted(study.by_respondent(code)?, args.rehearsals);
    let finished = sessions.iter().rfind(|header| header.state == State::Finished);
    let latest = finished.or(sessions.last()).cloned();
    if sessions.len() > 1 {
        let which =
            if finished.is_some() { "the latest finished one" } else { "the latest one; none is finished" };
        remark(&format!(
            "{code} has {} sessions; this is {which} (--session ID for another)",
            sessions.len()
        ));
    }
    latest.ok_or_else(|| {
        Failure::refused(format!("the study has no respondent `{code}`"))
            .help("`relata sessions` lists the codes")
    })
}

/// Without rehearsals, unless they were asked for.
fn counted(mut sessions: Vec<SessionHeader>, rehearsals: RehearsalsArg) -> Vec<SessionHeader> {
    if !rehearsals.with_tests {
        let all = sessions.len();
        sessions.retain(|header| !header.test);
        rehearsals.say(all - sessions.len());
    }
    sessions
}
