//! `relata study`: what a study found, as a table or as everything for programs; what it says of itself and what was decided
//! beforehand; what is in the file, and how long it may be kept.

mod about;
mod coding;
mod freeze;
mod lock;
mod rows;
mod transcript;

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::choice::{Choices, group, one_of};
use super::table::{Format, pretty_json};
use super::{Failure, StudyArg, input, print, remark, retention, study_info};
use crate::analysis::{Filter, Measured, Privacy, Source, StudyReport};
use crate::instrument::Language;
use crate::report::findings;
use crate::store::{Mode, Study};
use crate::study::{digests, measuring};

const EXAMPLES: &str = "Examples:
  relata study --study demo.relata
  relata study show --where organisation='Organisation A' --from 2026-01-10
  relata study show --public --format json > findings.json";

/// Arguments of `study`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
pub(super) struct StudyArgs {
    #[command(subcommand)]
    command: Option<StudyCommand>,

    #[command(flatten)]
    show: StudyShowArgs,
}

#[derive(Debug, Subcommand)]
enum StudyCommand {
    /// The findings (this is what `relata study` alone does)
    #[command(after_help = EXAMPLES)]
    Show(StudyShowArgs),
    /// What the study says of itself: title, authors, sampling, ethics, funding, and what respondents are told
    About(about::AboutArgs),
    /// What coders are shown, and which sessions are whose list
    Coding(coding::CodingArgs),
    /// What was said aloud in an interview, attached to its session
    Transcript(transcript::TranscriptArgs),
    /// Keep for good what was decided before the data are looked at; alone, show it
    Freeze(freeze::FreezeArgs),
    /// What is in the file: sessions by state and instrument, consent, codes, tombstones, size
    Info(study_info::InfoArgs),
    /// How long the study may be kept
    Retention(retention::RetentionArgs),
    /// Lock the study with a passphrase, so that nobody reads its file without it; one that is not there yet is begun
    #[command(after_help = lock::EXAMPLES)]
    Lock,
    /// Make a locked study one that everybody can read who has its file
    #[command(after_help = lock::EXAMPLES)]
    Unlock,
    /// Give a locked study another passphrase
    #[command(after_help = lock::EXAMPLES)]
    Rekey(lock::RekeyArgs),
}

/// Arguments of `study show`.
#[derive(Debug, Args)]
pub(super) struct StudyShowArgs {
    #[command(flatten)]
    filter: FilterArgs,

    /// Hold back what could point to a person: groups below N (ten unless told; never below five), cells of one or two
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "10", value_parser = group)]
    public: Option<Privacy>,

    /// Language of labels
    #[arg(long)]
    lang: Option<String>,

    /// How the findings are printed; `json` holds everything
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Which sessions the findings are about.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct FilterArgs {
    /// Only sessions whose start form says so; can be given several times
    #[arg(long = "where", value_name = "FIELD=VALUE", value_parser = super::interview::field)]
    fields: Vec<(String, String)>,

    /// Only sessions of this interviewer
    #[arg(long, value_name = "CODE")]
    interviewer: Option<String>,

    /// Only sessions of this questionnaire; else the one with most sessions
    #[arg(long, value_name = "NAME")]
    instrument: Option<String>,

    /// Only sessions from this day on (UTC)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    from: Option<String>,

    /// Only sessions up to this day, that day included (UTC)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    to: Option<String>,

    /// Only sessions that were answered in this way; can be given several times
    #[arg(long, value_parser = one_of(WAYS), value_name = "WAY")]
    way: Vec<Mode>,

    /// Real or simulated sessions, never both; else real ones, if there are any
    #[arg(long, value_parser = one_of(SOURCES))]
    source: Option<Source>,
}

const SOURCES: Choices<Source> =
    &[("real", "People", Source::Real), ("simulated", "Programs", Source::Simulated)];

const WAYS: Choices<Mode> = &[
    ("terminal", "On screens and line by line", Mode::Screen),
    ("browser", "In a browser", Mode::Browser),
    ("paper", "On paper", Mode::Paper),
    ("imported", "In another program", Mode::Imported),
];

fn day(text: &str) -> Result<String, String> {
    super::interview::a_day(text).map(|day| day.to_string())
}

impl FilterArgs {
    /// The filter that they describe.
    pub(super) fn filter(&self) -> Filter {
        Filter {
            source: self.source,
            instrument: self.instrument.clone(),
            fields: self.fields.iter().cloned().collect::<BTreeMap<_, _>>(),
            interviewer: self.interviewer.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            ways: self.way.iter().map(|way| way.pool().to_owned()).collect(),
        }
    }
}

pub(super) fn run(study: &StudyArg, args: StudyArgs) -> Result<ExitCode, Failure> {
    match args.command {
        None => show(study, &args.show),
        Some(StudyCommand::Show(args)) => show(study, &args),
        Some(StudyCommand::About(args)) => about::run(study, args),
        Some(StudyCommand::Coding(args)) => coding::run(study, args),
        Some(StudyCommand::Transcript(args)) => transcript::run(study, args),
        Some(StudyCommand::Freeze(args)) => freeze::run(study, args),
        Some(StudyCommand::Info(args)) => study_info::run(study, args),
        Some(StudyCommand::Retention(args)) => retention::run(study, args),
        Some(StudyCommand::Lock) => lock::lock(study),
        Some(StudyCommand::Unlock) => lock::unlock(study),
        Some(StudyCommand::Rekey(args)) => lock::rekey(study, &args),
    }
}

/// The findings of a study. Digests that had to be made are kept for the next time, where the file can be written.
pub(super) fn look(study: &Study) -> Result<Measured, Failure> {
    let (measured, fresh) = measuring::measured(study, &input::hear)?;
    digests::keep_beside(study, &fresh);
    Ok(measured)
}

fn show(study: &StudyArg, args: &StudyShowArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let language = Language::or_fallback(args.lang.clone().or_else(input::language).as_deref());
    let filter = args.filter.filter();
    let measured = look(&study)?;
    let mut report = StudyReport::build(&measured, &filter, &language);
    unknown(&report, &filter)?;
    if let Some(privacy) = args.public {
        report = findings::publishable(&report, privacy);
    }
    match args.format {
        Format::Json => print(&pretty_json(&report)?)?,
        format => print(&rows::table(&report, format).to_text(format)?)?,
    }
    if report.simulated && report.sample.complete > 0 {
        remark("SIMULATED: nobody gave these answers; a program did.");
    }
    Ok(ExitCode::SUCCESS)
}

/// A filter that nothing could ever pass is a slip of the pen, and a table of zeros would hide it.
pub(super) fn unknown(report: &StudyReport, filter: &Filter) -> Result<(), Failure> {
    let known = |names: &[crate::analysis::Count]| {
        let names: Vec<&str> = names.iter().map(|count| count.name.as_str()).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let choices = &report.choices;
    if let Some(name) = &filter.instrument
        && choices.instruments.iter().all(|found| found.name != *name)
    {
        let help = format!("its questionnaires are: {}", known(&choices.instruments));
        return Err(Failure::refused(format!("the study has no sessions of `{name}`")).help(help));
    }
    if let Some(code) = &filter.interviewer
        && choices.interviewers.iter().all(|found| found.name != *code)
    {
        let help = format!("its interviewers are: {}", known(&choices.interviewers));
        return Err(Failure::refused(format!("the study has no interviewer `{code}`")).help(help));
    }
    for (name, value) in &filter.fields {
        let Some(field) = choices.fields.iter().find(|field| field.name == *name) else {
            let names: Vec<&str> = choices.fields.iter().map(|field| field.name.as_str()).collect();
            return Err(Failure::refused(format!("the start form has no field `{name}`"))
                .help(format!("its fields are: {}", names.join(", "))));
        };
        if field.values.iter().all(|found| found.name != *value) {
            return Err(Failure::refused(format!("no session has `{name}` = `{value}`"))
                .help(format!("it is one of: {}", known(&field.values))));
        }
    }
    Ok(())
}
