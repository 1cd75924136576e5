//! `relata report`: everything that one session has to say, or a whole study.

use std::process::ExitCode;

use clap::Args;

use super::choice::{Choices, group, one_of};
use super::input;
use super::page::{PageArgs, PageFormat};
use super::rehearsals::RehearsalsArg;
use super::study::FilterArgs;
use super::table::pretty_json;
use super::{Failure, StudyArg, remark, result};
use crate::analysis::Privacy;
use crate::instrument::{Audience, Feedback, Language};
use crate::interview::SessionState;
use crate::report::Report;
use crate::store::{SessionHeader, Study};
use crate::study::advised;
use crate::study::check_language;
use crate::study::measuring;

const EXAMPLES: &str = "Examples:
  relata report --respondent R017
  relata report --respondent R017 --lang nl --format html --out r017.html
  relata report --respondent R018 --format html --reader respondent --out for-r018.html
  relata report --session 3f09a1c2 --format json
  relata report --study demo.relata --format html --out demo.html";

mod study;

/// Arguments of `report`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ReportArgs {
    /// Code of the respondent; their latest finished session counts, or that of --instrument. Without one, the report is about the whole study
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

    /// Who will read it: a respondent sees what the questionnaire gives back, and no advice to the interviewer
    #[arg(long, default_value = "interviewer", value_parser = one_of(READERS))]
    reader: Audience,

    #[command(flatten)]
    filter: FilterArgs,

    /// Report of a study: no figures of groups with fewer people; never below five
    #[arg(long, value_name = "N", default_value = "10", value_parser = group)]
    smallest_group: Privacy,

    #[command(flatten)]
    page: PageArgs,
}

const READERS: Choices<Audience> = &[
    ("interviewer", "Whoever leads the interview, or the study", Audience::Interviewer),
    ("respondent", "The respondent", Audience::Respondent),
];

pub(super) fn run(study: &StudyArg, args: ReportArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    if args.respondent.is_none() && args.session.is_none() {
        if args.reader == Audience::Respondent {
            return Err(Failure::refused("a report for a respondent is about one session")
                .help("say whose, with --respondent CODE or --session ID"));
        }
        deliver(&study::report(&study, &args)?, &args)?;
        return Ok(ExitCode::SUCCESS);
    }
    let header = choose(&study, &args)?;
    if header.state == SessionState::Withdrawn {
        return Err(Failure::refused(format!("the respondent of session {} withdrew", header.id)));
    }
    if header.test {
        remark(&format!("session {} is a rehearsal", header.id.short()));
    }
    check_language(&*input::loader(&study).instrument(&header)?, args.lang.as_deref())?;
    let report = of_session(&study, &header, args.lang.as_deref())?;
    if args.reader == Audience::Respondent && report.feedback == Feedback::None {
        return Err(Failure::refused(format!("{} gives respondents no result", report.instrument.name))
            .help("its author decides that, with `feedback` in the questionnaire file"));
    }
    let text = match (args.page.format, args.reader) {
        (PageFormat::Html, reader) => report.to_html(reader),
        (PageFormat::Md, reader) => report.to_markdown(reader),
        (PageFormat::Json, Audience::Interviewer) => pretty_json(&report)?,
        (PageFormat::Json, Audience::Respondent) => {
            return Err(Failure::refused("JSON holds everything, so it is no report for a respondent")
                .help("take --format html or md"));
        }
    };
    deliver(&text, &args)?;
    let shown = advised::of_result(&header, &report, args.reader.into(), input::now());
    result::keep_advice(&study, shown, &Language::or_fallback(input::language().as_deref()));
    Ok(ExitCode::SUCCESS)
}

/// Writes the report to the file that was named, else to standard output.
fn deliver(text: &str, args: &ReportArgs) -> Result<(), Failure> {
    if let Some(place) = args.page.deliver(text)? {
        remark(&format!("the report is in {place}"));
    }
    Ok(())
}

/// The report of a session, measured against its peers in the study.
pub(super) fn of_session(
    study: &Study,
    header: &SessionHeader,
    lang: Option<&str>,
) -> Result<Report, Failure> {
    Ok(measuring::report(study, &input::hear, header, lang)?)
}

fn choose(study: &Study, args: &ReportArgs) -> Result<SessionHeader, Failure> {
    let filter = args.filter.filter();
    let of_study = filter.is_narrow() || filter.source.is_some();
    if of_study || args.session.is_some() && filter.instrument.is_some() {
        return Err(Failure::refused("a report about one session takes no filter of a study")
            .help("say which one by --respondent CODE with --instrument NAME, or by --session ID; `relata sessions` lists them"));
    }
    if let Some(id) = &args.session {
        let header = study.session(id)?;
        if header.test && !args.rehearsals.with_tests {
            return Err(Failure::refused(format!("session {} is a rehearsal", header.id))
                .help("add --with-tests to see its report all the same"));
        }
        return Ok(header);
    }
    let Some(code) = &args.respondent else {
        return Err(Failure::refused("nobody was named").help("add --respondent CODE"));
    };
    let sessions = study.by_respondent(code)?;
    if !args.rehearsals.with_tests && !sessions.is_empty() && sessions.iter().all(|header| header.test) {
        return Err(Failure::refused(format!("rehearsals are all that the study has of `{code}`"))
            .help("add --with-tests to see the report of the latest all the same"));
    }
    let mut sessions = counted(sessions, args.rehearsals);
    if let Some(name) = &filter.instrument {
        let is_known = !sessions.is_empty();
        sessions.retain(|header| header.instrument.name == *name);
        if is_known && sessions.is_empty() {
            return Err(Failure::refused(format!("`{code}` has no session of {name}"))
                .help("`relata sessions` lists which there are"));
        }
    }
    let finished = sessions.iter().rfind(|header| header.state == SessionState::Finished);
    let latest = finished.or(sessions.last()).cloned();
    if sessions.len() > 1 {
        let which =
            if finished.is_some() { "the latest finished one" } else { "the latest one; none is finished" };
        let name = latest.as_ref().map_or("", |header| header.instrument.name.as_str());
        let n = sessions.len();
        remark(&match filter.instrument {
            Some(_) => {
                format!("{code} has {n} sessions of {name}; this is {which} (--session ID for another)")
            }
            None => format!(
                "{code} has {n} sessions; this is {which}, of {name} (--instrument NAME or --session ID for another)"
            ),
        });
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
