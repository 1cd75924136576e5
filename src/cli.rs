//! The command line: the only room that wires edges together. Each subcommand is one file; this one parses, dispatches
//! and turns failures into sentences and exit codes.
//!
//! Results go to standard output, talk goes to standard error. 0 = done, 1 = the request was refused, 2 = wrong usage.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

mod agreement;
mod audit;
mod backend;
mod calibrate;
mod calibration;
mod check;
mod choice;
mod classify;
mod code;
mod coded;
mod columns;
mod demo;
mod enter;
mod erase;
mod evaluate;
mod export;
mod failure;
mod files;
mod filled;
pub mod findings;
mod gaps;
mod help;
mod import;
mod input;
mod instruments;
mod interview;
mod labelled;
mod manual;
mod measures;
mod merge;
mod model;
mod output;
mod page;
mod passphrase;
mod plan;
mod recovery;
mod rehearsals;
mod relation;
mod rename;
mod report;
mod result;
mod retention;
mod score;
mod screens;
mod sessions;
mod shell;
mod simulate;
mod stats;
mod study;
mod study_info;
mod table;
mod train;
mod validity;
mod workshop;

use failure::Failure;
use output::{print, print_for_people, remark};

use crate::texts::remarks::{list, plural};

/// Interview questionnaires in the terminal: which relational model somebody uses toward an organisation, and where
/// what is said and what is associated part ways.
#[derive(Debug, Parser)]
#[command(name = "relata", version, max_term_width = help::WIDEST, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    study: StudyArg,
}

const EXAMPLES: &str = "Examples:
  relata                                      the home screen
  relata interview                            assess a client relation, about eight minutes
  relata interview customer-interview --respondent R017 --lang nl
  relata interview --plain < answers.txt      the same questions, line by line
  relata workshop --study room.relata --set organisation=Acme
  relata demo                                 look at a simulated study of 275 interviews
  relata resume                               go on where the last session stopped
  relata instruments print account-self-assessment --sheets 20; relata enter account-self-assessment
  relata check my-questionnaire.toml          find every fault of a questionnaire
  relata simulate customer-interview --n 275 --seed 1 --study demo.relata
  relata classify --study demo.relata --format csv
  relata code import codes.csv --study demo.relata
  relata evaluate --input features.csv --label code
  relata train --input features.csv --label code --out model.json
  relata classify --input more.csv --model model.json --format csv
  relata stats reliability --input items.csv --reverse q3 --min 1 --max 6
  relata report --respondent R017 --format md
  relata export --format sav,xlsx --out results";

/// Where the study lies.
#[derive(Debug, Clone, Args)]
struct StudyArg {
    /// Study file; without it, the file in $RELATA_STUDY, else the default study in the data folder
    #[arg(long, short, global = true, value_name = "FILE")]
    study: Option<PathBuf>,

    /// File or pipe with the passphrase of a locked study, such as /dev/fd/3; without it, a terminal is asked. Several, one a line, are
    /// tried in turn
    #[arg(long, global = true, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl StudyArg {
    /// The study at `path`, whose passphrase, if any, this process knows already.
    fn at(path: impl Into<PathBuf>) -> Self {
        Self { study: Some(path.into()), passphrase_file: None }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Begin an interview
    Interview(interview::InterviewArgs),
    /// Go on with a session that was left open
    Resume(interview::ResumeArgs),
    /// Let a room answer in browsers, each on a device of their own, and show it what it said together
    Workshop(workshop::WorkshopArgs),
    /// Let people answer in browsers one by one: at a tablet on the table, or by a link
    Serve(workshop::ServeArgs),
    /// Find every fault of a questionnaire file
    Check(check::CheckArgs),
    /// List, show, copy, import, export or print questionnaires
    Instruments(instruments::InstrumentsArgs),
    /// What the study found; what it says of itself (`about`), what was decided beforehand (`freeze`), what is in its file (`info`),
    /// how long it may be kept (`retention`), and its passphrase (`lock`, `unlock`, `rekey`)
    Study(study::StudyArgs),
    /// Look at a simulated study of 275 interviews
    Demo(demo::DemoArgs),
    /// List the sessions of the study
    Sessions(sessions::SessionsArgs),
    /// Let simulated respondents answer a questionnaire
    Simulate(simulate::SimulateArgs),
    /// Code an interview: which relational model the respondent uses, with the evidence; or take codes over from a file
    Code(code::CodeArgs),
    /// How well coders agree, what they confuse, and which sessions to discuss
    Agreement(agreement::AgreementArgs),
    /// Train a classifier on a labelled table or on the coded sessions of a study
    Train(train::TrainArgs),
    /// How good a classifier is on a labelled table or a coded study, on rows that it was not trained on
    Evaluate(evaluate::EvaluateArgs),
    /// Look at a trained model, explain it, write its card, or export it
    #[command(subcommand)]
    Model(model::ModelCommand),
    /// The relational model of every session or row, with probabilities
    Classify(classify::ClassifyArgs),
    /// Customers as relations: both sides, what is due, what changed
    Relations(relation::RelationsArgs),
    /// One customer on one page: both sides, over time, and what to do
    Relation(relation::RelationArgs),
    /// The gap between what is said and what is associated, for every session
    Gaps(gaps::GapsArgs),
    /// The report of a respondent, or of the whole study
    Report(report::ReportArgs),
    /// Evidence of validity: the structure of the norms, two languages, answering again, common method, missing answers
    Validity(validity::ValidityArgs),
    /// Export the study: CSV, Excel, SPSS, Stata, R, JSON Lines, DDI
    Export(export::ExportArgs),
    /// Score trial data of other programs: SC-IAT, IAT, Brief IAT, AMP
    Score(score::ScoreArgs),
    /// Reliability, agreement, correlations and factors of any CSV table
    #[command(subcommand)]
    Stats(stats::StatsCommand),
    /// Erase a respondent for good
    Erase(erase::EraseArgs),
    /// Give the respondent of a session another code, because two people were given one
    Rename(rename::RenameArgs),
    /// Who changed what, when, from what to what, and why
    Audit(audit::AuditArgs),
    /// Take over answers that another program collected: Qualtrics, LimeSurvey, Kobo, Google Forms, any table
    Import(import::ImportArgs),
    /// Enter sheets of paper that were filled in, each twice; what differs is decided before it counts
    Enter(enter::EnterArgs),
    /// Merge study files into one
    Merge(merge::MergeArgs),
    /// How well the reference model recovers simulated truth: recovery, not validity
    Recovery(recovery::RecoveryArgs),
    /// How many interviews a study takes, for intervals of which width
    Plan(plan::PlanArgs),
    /// Measure how exactly this terminal can time somebody
    Calibrate(calibrate::CalibrateArgs),
    /// What calibrating does to simulated studies of ordinary size
    #[command(name = "calibration-study")]
    Calibration(calibration::CalibrationArgs),
    /// What every score is, how it is computed, and what to be careful about
    Measures(measures::MeasuresArgs),
    /// Print shell completions
    Completions(manual::CompletionsArgs),
    /// Print the manual page
    Man,
}

/// Runs the program.
pub fn main() -> ExitCode {
    let parsed = help::grouped(Cli::command()).try_get_matches();
    let cli = match parsed.and_then(|found| Cli::from_arg_matches(&found)) {
        Ok(cli) => cli,
        Err(error) => {
            if error.use_stderr() {
                // It repeats what was typed, so it goes where texts are defused; there it has no colours.
                remark(error.render().to_string().trim_end());
                if let Some(command) = help::meant(&error) {
                    remark(&format!(
                        "  help: `relata {command}` may be what you mean; see `relata {command} --help`"
                    ));
                }
                return ExitCode::from(2);
            }
            // Nothing is left to be done if even this cannot be written.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
    };
    match run(cli) {
        Ok(code) => code,
        Err(failure) => {
            let sentence = failure.to_string();
            if !sentence.is_empty() {
                remark(&sentence);
            }
            ExitCode::from(failure.code())
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let study = &cli.study;
    match cli.command {
        None => interview::home(study),
        Some(Command::Interview(args)) => interview::begin(study, args),
        Some(Command::Resume(args)) => interview::resume(study, args),
        Some(Command::Workshop(args)) => workshop::workshop(study, args),
        Some(Command::Serve(args)) => workshop::serve(study, args),
        Some(Command::Check(args)) => check::run(args),
        Some(Command::Instruments(args)) => instruments::run(study, args),
        Some(Command::Study(args)) => study::run(study, args),
        Some(Command::Demo(args)) => demo::run(study, args),
        Some(Command::Sessions(args)) => sessions::run(study, args),
        Some(Command::Simulate(args)) => simulate::run(study, args),
        Some(Command::Code(args)) => code::run(study, args),
        Some(Command::Agreement(args)) => agreement::run(study, args),
        Some(Command::Train(args)) => train::run(study, args),
        Some(Command::Evaluate(args)) => evaluate::run(study, args),
        Some(Command::Model(command)) => model::run(study, command),
        Some(Command::Classify(args)) => classify::run(study, args),
        Some(Command::Relations(args)) => relation::portfolio(study, &args),
        Some(Command::Relation(args)) => relation::one(study, &args),
        Some(Command::Gaps(args)) => gaps::run(study, args),
        Some(Command::Report(args)) => report::run(study, args),
        Some(Command::Validity(args)) => validity::run(study, &args),
        Some(Command::Export(args)) => export::run(study, args),
        Some(Command::Score(args)) => score::run(args),
        Some(Command::Stats(command)) => stats::run(command),
        Some(Command::Erase(args)) => erase::run(study, args),
        Some(Command::Rename(args)) => rename::run(study, args),
        Some(Command::Audit(args)) => audit::run(study, args),
        Some(Command::Import(args)) => import::run(study, &args),
        Some(Command::Enter(args)) => enter::run(study, &args),
        Some(Command::Merge(args)) => merge::run(study, args),
        Some(Command::Plan(args)) => plan::run(args),
        Some(Command::Recovery(args)) => recovery::run(args),
        Some(Command::Calibrate(args)) => calibrate::run(args),
        Some(Command::Calibration(args)) => calibration::run(args),
        Some(Command::Measures(args)) => measures::run(args),
        Some(Command::Completions(args)) => manual::completions(args, &mut Cli::command()),
        Some(Command::Man) => manual::man(Cli::command()),
    }
}
