//! `relata export`: a study as files for other programs. Builds the tables; the export room writes them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::input::{self, Loaded, check_language};
use super::{Failure, StudyArg, plural, print, remark};
use crate::export::{self, EXPORTERS, Export, Exporter, Folder, NotWritten, Table};
use crate::instrument::{Instrument, Language};
use crate::store::Study;

mod about;
mod answers;
mod builder;
mod codes;
mod course;
mod derived;
mod journal;
mod results;
mod words;

use builder::Builder;
use course::Ids;

const EXAMPLES: &str = "Examples:
  relata export --format xlsx --out results
  relata export --study demo.relata --format sav,r --out results --lang nl
  relata export --format csv --out shared --without-text

One table for each questionnaire (a row a session: answers, scores, profile, gap, codes, how it went), and tables of trials,
events and codes. Each format comes with a codebook (Markdown and DDI-Codebook 2.5).";

/// Arguments of `export`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ExportArgs {
    /// One or more formats, with commas between them
    #[arg(long, value_delimiter = ',', required = true, value_parser = formats(), value_name = "FORMAT", long_help = long_help())]
    format: Vec<String>,

    /// The folder for the files; made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Language of all labels; default: yours, if the questionnaires have it
    #[arg(long)]
    lang: Option<String>,

    /// Sessions that are not finished, too; a column says which
    #[arg(long)]
    open: bool,

    /// Sessions that the respondent stopped and whose answers may be kept, too; the column `state` says which
    #[arg(long)]
    stopped: bool,

    /// Rehearsals, too; a column says which
    #[arg(long)]
    with_tests: bool,

    /// Leave out everything that was typed freely: it may hold personal data
    #[arg(long)]
    without_text: bool,

    /// Only the tables of sessions: no trials, events and codes
    #[arg(long)]
    sessions_only: bool,

    /// Replace files that are there already
    #[arg(long)]
    force: bool,
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(EXPORTERS.iter().map(|exporter| exporter.id()))
}

fn long_help() -> String {
    let each = EXPORTERS.iter().map(|exporter| format!("  {:<6} {}", exporter.id(), exporter.about()));
    std::iter::once("One or more formats, with commas between them:".to_owned())
        .chain(each)
        .collect::<Vec<_>>()
        .join("\n")
}

pub(super) fn run(study: &StudyArg, args: ExportArgs) -> Result<ExitCode, Failure> {
    let mut exporters: Vec<&dyn Exporter> = Vec::new();
    for format in &args.format {
        // The same format twice is one.
        let known = exporters.iter().any(|known| known.id() == format);
        exporters.extend(export::exporter(format).filter(|_| !known));
    }
    let study = study.look()?;
    let headers = input::sessions(&study)?;
    let states = about::States { open: args.open, stopped: args.stopped };
    let wanted =
        |header: &crate::store::SessionHeader| states.take(header.state) && (args.with_tests || !header.test);
    let mut loaded = Loaded::read_with_stopped(&study, wanted)?;
    let left_out = about::LeftOut::of(&headers, states, args.with_tests);
    if loaded.sessions.is_empty() {
        let refused = Failure::refused("the study has no session to export");
        return Err(match left_out.sentence(&Language::new("en")) {
            Some(sentence) => refused.help(sentence + "; see --open, --stopped and --with-tests"),
            None => refused.help("begin one with `relata interview`"),
        });
    }
    let language = language(&loaded, args.lang.as_deref())?;
    let tables = tables(&study, &mut loaded, &args, &language)?;
    let made = input::now();
    let facts = about::Facts {
        study: study.study_id(),
        loaded: &loaded,
        left_out: &left_out,
        without_text: args.without_text,
        made,
    };
    let export =
        Export { title: facts.title(&language), about: facts.sentences(&language), language, made, tables };
    let folder = Folder::open(&args.out, args.force).map_err(refused)?;
    let written = export::write(&exporters, &export, folder).map_err(refused)?;
    for file in &written.files {
        print(&format!("{}\n", args.out.join(file).display()))?;
    }
    // The same that the codebook says, so that nobody has to open it to learn what was left out.
    for sentence in facts.warnings(&Language::new("en")).iter().chain(&written.remarks) {
        remark(sentence);
    }
    remark(&format!("{} exported", plural(loaded.sessions.len(), "session")));
    Ok(ExitCode::SUCCESS)
}

fn refused(why: NotWritten) -> Failure {
    let exists = matches!(why, NotWritten::Exists(_));
    let failure = Failure::refused(why.to_string());
    if exists {
        failure.help("name another folder with --out, or replace its files with --force")
    } else {
        failure
    }
}

/// The language of the labels: the wanted one, which every instrument must have; else that of the person, where all have
/// it; else the first instrument's own.
fn language(loaded: &Loaded, wanted: Option<&str>) -> Result<Language, Failure> {
    let instruments = || loaded.sessions.iter().map(|(_, interview)| interview.instrument());
    if let Some(wanted) = wanted {
        instruments().try_for_each(|instrument| check_language(instrument, Some(wanted)))?;
        return Ok(Language::new(wanted));
    }
    let own = input::language().map(|tag| Language::new(&tag));
    let own = own.filter(|own| instruments().all(|instrument| instrument.languages.contains(own)));
    let first = || instruments().next().map(|instrument| instrument.language(None));
    Ok(own.or_else(first).unwrap_or_else(|| Language::new("en")))
}

fn tables(
    study: &Study,
    loaded: &mut Loaded,
    args: &ExportArgs,
    language: &Language,
) -> Result<Vec<Table>, Failure> {
    let say = |en: &str, nl: &str| crate::wording::say(language, en, nl);
    let (all_codes, truths) = (study.codes()?, study.truths()?);
    // One table an instrument, by its name: a corrected version of it belongs to the same study.
    let mut sessions: BTreeMap<String, Builder> = BTreeMap::new();
    let mut columns: BTreeMap<String, answers::Columns> = BTreeMap::new();
    // The newest version comes first, so that its labels and its order are the ones that are kept.
    for (header, interview) in loaded.sessions.iter().rev() {
        if !columns.contains_key(&header.instrument.hash) {
            let builder = sessions.entry(interview.instrument().name.clone()).or_default();
            course::declare(builder, args.with_tests, language);
            let instrument: &Instrument = interview.instrument();
            let found = answers::columns(builder, instrument, language, args.without_text);
            results::tell(builder, instrument, language);
            derived::tell(builder, language);
            columns.insert(header.instrument.hash.clone(), found);
        }
    }
    let (mut trials, mut events, mut codes) = (Builder::default(), Builder::default(), Builder::default());
    let coded = !all_codes.is_empty();
    for at in 0..loaded.sessions.len() {
        let yardstick = loaded.yardstick(at);
        let norms = yardstick.norms().clone();
        let (header, interview) = &loaded.sessions[at];
        let (header, interview) = (header.clone(), interview.clone());
        let yardstick = loaded.yardstick(at);
        let (profiles, gap) = (yardstick.profiles(&interview), yardstick.gap(&interview));
        let ids = Ids::of(&header, args.with_tests);
        let identity = |builder: &mut Builder| course::identity(builder, &ids, language);
        let journal = study.events(&header.id)?;
        let own_codes = all_codes.get(&header.id).map(Vec::as_slice).unwrap_or_default();
        if let Some(builder) = sessions.get_mut(&interview.instrument().name) {
            builder.begin();
            identity(builder);
            course::circumstances(builder, &header, &interview, language);
            if let Some(columns) = columns.get(&header.instrument.hash) {
                answers::fill(builder, &interview, columns);
            }
            results::scores(builder, &interview, &norms, language);
            results::profiles(builder, &interview, &profiles, language);
            results::gap(builder, &gap, language);
            if coded {
                codes::together(builder, own_codes, language);
            }
            if let Some(truth) = truths.get(&header.id) {
                codes::truth(builder, truth, language);
            }
            course::items(builder, &interview, &journal, language, args.without_text);
        }
        if !args.sessions_only {
            journal::trials(&mut trials, &identity, &interview, language);
            journal::events(&mut events, &identity, &journal, language, args.without_text);
            codes::each(&mut codes, &identity, own_codes, language, args.without_text);
        }
    }
    let row = say("one row a session", "één rij per sessie");
    let mut tables: Vec<Table> = sessions
        .into_iter()
        .map(|(name, builder)| builder.finish(&format!("sessions-{name}"), &format!("{name}, {row}")))
        .collect();
    tables.push(trials.finish("trials", &say("One row a timed trial", "Eén rij per beurt op tijd")));
    tables.push(events.finish("events", &say("One row an event", "Eén rij per gebeurtenis")));
    tables.push(codes.finish("codes", &say("One row a code of a coder", "Eén rij per code van een codeur")));
    // A table without rows has no variables either.
    tables.retain(|table| !table.rows.is_empty());
    Ok(tables)
}
