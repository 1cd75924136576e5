//! `relata code`: coding an interview, importing codes, listing codes, and settling a session by consensus.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::Value;

use super::input;
use super::interview::{FormArgs, screens};
use super::screens::{self, Wanted};
use super::table::{Format, Listing};
use super::{Failure, StudyArg, output, print, remark, shell};
use crate::coding::{Coding, Draft, Seen};
use crate::instrument::{Language, RelationalModel};
use crate::plain::{Coded, Plain, PlainError};
use crate::store::{Code, SessionHeader, SessionId, Study};
use crate::study::blind::Blinding;
use crate::study::codes::{standings, without_refused};
use crate::study::coding::{self, one_spelling, to_code};
use crate::texts::timestamp;
use crate::{text, tui};

mod drafts;
mod export;
mod import;
mod project;

const EXAMPLES: &str = "Examples:
  relata code 1a2b3c4d --coder C1 --study demo.relata
  relata code 1a2b3c4d --coder C1 --plain
  relata code import codes.csv            session,coder,dominant,second[,confidence][,consensus][,evidence][,passages] …
  relata code export --out study.qdpx     what coders read and marked, for ATLAS.ti, MAXQDA, NVivo and their like (REFI-QDA)
  relata code import study.qdpx           and back
  relata code list --format csv
  relata code settle 1a2b3c4d MP --coder C1

A coder sees what was told in words (open answers, associations, notes), or every answer: `relata study coding` says which, and sets it.
What others said stays hidden until the coder's own code is saved, the classifier's call until all of the coder's list is coded. Codes
are kept for good: who thinks again adds a code, which training takes; agreement compares the first ones.";

/// Arguments of `code`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, subcommand_negates_reqs = true)]
pub(super) struct CodeArgs {
    #[command(subcommand)]
    command: Option<CodeCommand>,

    /// The session to read, by its id or the end of it, or by its respondent's code where that has only one; `relata sessions`
    /// lists them
    #[arg(required = true)]
    session: Option<String>,

    /// Code of the coder, never a name; asked for where it is not given
    #[arg(long, value_name = "CODE")]
    coder: Option<String>,

    /// Language of the screen and of the questions
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,

    /// Line by line instead of on a screen
    #[arg(long)]
    plain: bool,
}

#[derive(Debug, Subcommand)]
enum CodeCommand {
    /// Take over codes from a CSV file (session, coder, dominant, second; all or none of them) or from a project of another
    /// program (.qdpx)
    Import(import::CodeImportArgs),
    /// Write what coders read and marked as a project for ATLAS.ti, MAXQDA, NVivo and their like (.qdpx)
    Export(export::CodeExportArgs),
    /// List codes
    List(ListArgs),
    /// Settle a session that coders disagree on
    Settle(SettleArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Codes that a later one replaced, too
    #[arg(long)]
    all: bool,

    /// How the list is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Args)]
struct SettleArgs {
    /// The session, by its id or the end of it
    session: String,

    /// The dominant model: CS, AR, EM, MP or a full name
    #[arg(value_parser = model)]
    dominant: RelationalModel,

    /// The second model
    #[arg(long, value_parser = model)]
    second: Option<RelationalModel>,

    /// Who enters it
    #[arg(long, value_name = "CODE")]
    coder: String,

    /// Why, in a sentence
    #[arg(long, default_value = "")]
    note: String,
}

fn model(text: &str) -> Result<RelationalModel, String> {
    RelationalModel::typed(text)
        .ok_or_else(|| "take CS, AR, EM or MP, or a full name such as market_pricing".to_owned())
}

pub(super) fn run(study: &StudyArg, args: CodeArgs) -> Result<ExitCode, Failure> {
    if args.command.is_some()
        && (args.coder.is_some() || args.lang.is_some() || args.plain || args.session.is_some())
    {
        return Err(Failure::Usage(
            "a session, --coder, --lang and --plain are for coding a session, before any other word".into(),
        ));
    }
    match (args.command, args.session) {
        (Some(CodeCommand::Import(args)), _) => import::run(study, args),
        (Some(CodeCommand::Export(args)), _) => export::run(study, &args),
        (Some(CodeCommand::List(args)), _) => list(study, &args),
        (Some(CodeCommand::Settle(args)), _) => settle(study, args),
        (None, Some(session)) => {
            let kept = study.existing()?;
            let header = to_code(&mut input::loader(&kept), &session)?;
            let coder = args.coder.as_deref().map(coding::coder).transpose()?;
            if screens(args.plain) {
                let form = FormArgs { lang: args.lang, ..FormArgs::default() };
                return screens::show(kept, &form, study, Wanted::Code { session: header.id, coder });
            }
            line_by_line(kept, &header, coder, args.lang.as_deref(), study)
        }
        (None, None) => Err(Failure::Usage("which session? `relata sessions` lists them".into())),
    }
}

fn settle(study: &StudyArg, args: SettleArgs) -> Result<ExitCode, Failure> {
    let mut study = study.existing()?;
    let header = to_code(&mut input::loader(&study), &args.session)?;
    let coding =
        Coding { second: args.second, note: args.note.trim().to_owned(), ..Coding::of(args.dominant) };
    let language = Language::or_fallback(input::language().as_deref());
    coding::settle(&mut study, &header.id, &args.coder, coding, &language, input::code_moment()?)?;
    remark(&format!("session {} of {} is settled: {}", header.id.short(), header.respondent, args.dominant));
    Ok(ExitCode::SUCCESS)
}

fn list(study: &StudyArg, args: &ListArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let codes: Vec<Code> =
        if args.all { study.all_codes()? } else { study.codes()?.into_values().flatten().collect() };
    let headers = input::sessions(&study)?;
    let mut standings = standings(&study)?;
    let coded: BTreeSet<SessionId> = standings.keys().copied().collect();
    super::agreement::say_refused(without_refused(&study, &headers, &mut standings)?);
    let left_out = |code: &Code| coded.contains(&code.session) && !standings.contains_key(&code.session);
    let codes: Vec<Code> = codes.into_iter().filter(|code| !left_out(code)).collect();
    let header = |code: &Code| headers.iter().find(|header| header.id == code.session);
    let table = Listing::of(
        &codes,
        &[
            ("session", &|code| args.format.session(&code.session).into()),
            ("respondent", &|code| header(code).map(|header| header.respondent.clone()).into()),
            ("coder", &|code| code.coder.clone().into()),
            ("at", &|code| timestamp(code.at).into()),
            ("consensus", &|code| code.consensus.into()),
            ("dominant", &|code| code.coding.dominant.abbreviation().into()),
            ("second", &|code| code.coding.second.map(RelationalModel::abbreviation).into()),
            ("confidence", &|code| code.coding.confidence.into()),
            ("evidence", &|code| marked(&code.coding.evidence, args.format)),
            ("passages", &|code| marked(&code.coding.passages, args.format)),
            ("note", &|code| code.coding.note.clone().into()),
            ("seen", &|code| code.coding.seen.map(Seen::name).into()),
            ("blind", &|code| code.coding.blind.into()),
            ("simulated", &|code| header(code).is_some_and(SessionHeader::simulated).into()),
        ],
    );
    print(&table.to_text(args.format)?)?;
    Ok(ExitCode::SUCCESS)
}

/// Marks on answers or passages: how many for people, `item=MODEL:2` and `item@4-9=MODEL` for programs, as `code import` reads them.
fn marked<M: ToString>(marks: &[M], format: Format) -> Value {
    match format {
        Format::Table => marks.len().into(),
        Format::Csv | Format::Json => {
            marks.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ").into()
        }
    }
}

/// Codes a session over standard input and output. What is entered is kept after every line.
fn line_by_line(
    mut study: Study,
    header: &SessionHeader,
    coder: Option<String>,
    lang: Option<&str>,
    arg: &StudyArg,
) -> Result<ExitCode, Failure> {
    let instrument = input::loader(&study).instrument(header)?;
    crate::study::check_language(&instrument, lang)?;
    let wanted = lang.map(str::to_owned).or_else(input::language);
    let language = instrument.language(wanted.as_deref());
    let clock = input::now;
    let echo = !std::io::stdin().is_terminal();
    let mut plain = Plain::new(tui::standard_lines(!echo)?, output::wrapped(), &clock, echo);
    let coder = match coder {
        Some(coder) => coder,
        None => {
            let label = text!(&language, "cli-code-your-code-coder");
            plain.speak(&language);
            let typed = plain.ask_value(&label, None)?;
            coding::coder(&typed.unwrap_or_default())?
        }
    };
    one_spelling(&study, &coder, &language)?;
    if Blinding::of(&study)?.seen == Seen::Narrative {
        remark(&text!(&language, "cli-code-words-alone"));
    }
    let id = header.id;
    let read = coding::reading(&mut study, &input::hear, header, (&coder, false), &language)?;
    if read.held_back > 0 {
        remark(&text!(&language, "cli-code-transcript-held-back", transcripts = read.held_back));
    }
    let draft = read.draft.or_else(|| read.saved.map(Draft::from)).unwrap_or_default().shown(read.seen);
    let lines = [read.answers, read.turns].concat();
    let mut kept = drafts::DraftKeeper::new(study, id, &coder)?;
    let coded = plain.code(&lines, &language, draft, &mut kept);
    let moved = kept.moved().map(StudyArg::at);
    let arg = moved.as_ref().unwrap_or(arg);
    let begun = |done| {
        remark(&kept_as_draft(&id, &coder, arg, &language));
        Ok(done)
    };
    match coded {
        Ok(Coded::Saved(_)) => {
            let place = moved.iter().filter_map(|moved| moved.study.as_deref());
            let place: String = place.map(|place| format!(" in {}", place.display())).collect();
            remark(&format!("the code of {coder} for session {} is saved{place}", id.short()));
            Ok(ExitCode::SUCCESS)
        }
        Ok(Coded::Left) => begun(ExitCode::SUCCESS),
        Err(PlainError::OutOfStep | PlainError::Stopped) => begun(ExitCode::FAILURE),
        Err(why) => Err(why.into()),
    }
}

/// How to go on with a code that was begun.
pub(super) fn kept_as_draft(id: &SessionId, coder: &str, study: &StudyArg, language: &Language) -> String {
    let command = format!("relata code {} --coder {coder}{}", id.short(), shell::study_flag(study));
    text!(language, "cli-code-not-saved-code-yet", command)
}

/// Where a file of codes lies, for messages.
fn shown(path: &Path) -> String {
    path.display().to_string()
}
