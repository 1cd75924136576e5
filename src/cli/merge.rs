//! `relata merge`: the files of several people become one study.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::table::{Format, Listing};
use super::{Failure, StudyArg, plural, print, remark};
use crate::coding::Seen;
use crate::store::{self, MergeTerms, Merged, Problem, Study, Surveys};
use crate::study::UnusablePart;
use crate::study::blind::Blinding;

const EXAMPLES: &str = "Examples:
  relata merge anna.relata ben.relata --out team.relata
  relata merge team.relata ben.relata --out team.relata     team.relata takes the other in

Equal sessions are one, in whatever order and however often files are merged; so are imported
responses that have ids of their own. Where tables have none, two people may have said the same at
the same time: --surveys says whether the tables are downloads of one survey, of which each
response counts once, or of different people, all of whom stay. Where one was edited, the version
of --out stays, if that is one of the files, else of the file that is named first. What one file has erased is gone from the merged study too. Of a session that was continued in two files,
the longer journal takes the shorter in; where they parted, the one with more events counts
(one that ends in a withdrawal before all others) and the other is kept beside it. Where one
of the files is locked, the merged study is too: with the passphrase of the first that is, or
with its own one where the file is there already.";

/// Arguments of `merge`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct MergeArgs {
    /// The study files, two or more
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    inputs: Vec<PathBuf>,

    /// The merged study: a file that is not there yet, or one of those to merge
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// Let so many sessions go because another file has erased them. Without it, up to 3 go, and none whose tombstone was changed
    /// outside relata
    #[arg(long, value_name = "N")]
    accept_erasures: Option<usize>,

    /// Whether imported tables without ids are downloads of one survey, or of different people; without it, a merge for which that matters
    /// is refused
    #[arg(long, value_enum, value_name = "HOW")]
    surveys: Option<SurveysArg>,

    /// How the list of files is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Of whom imported tables without ids are.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SurveysArg {
    /// Downloads of one survey
    One,
    /// Of different people
    Apart,
}

pub(super) fn run(study: &StudyArg, args: MergeArgs) -> Result<ExitCode, Failure> {
    let mut files: Vec<&Path> = args.inputs.iter().map(PathBuf::as_path).collect();
    files.extend(args.out.exists().then_some(args.out.as_path()));
    study.unlock_all(&files)?;
    let before = if args.out.exists() { shown_to_coders(&args.out) } else { None };
    let surveys = match args.surveys {
        None => Surveys::Unknown,
        Some(SurveysArg::One) => Surveys::One,
        Some(SurveysArg::Apart) => Surveys::Apart,
    };
    let terms = MergeTerms { erasures: args.accept_erasures, surveys };
    let merged = store::merge(&args.inputs, &args.out, terms)?;
    let mut table = Listing::new(&["file", "sessions", "new"]);
    for (path, sessions, new) in &merged.files {
        table.push(vec![path.display().to_string().into(), (*sessions).into(), (*new).into()]);
    }
    print(&table.to_text(args.format)?)?;
    remark(&format!("{} in {}", plural(merged.sessions, "session"), args.out.display()));
    if store::is_locked(&args.out) {
        remark("the merged study is locked");
    }
    say(&merged);
    let mut shown = args.inputs.iter().map(|file| shown_to_coders(file)).chain([before]);
    let narrative = shown.any(|seen| seen == Some(Seen::Narrative));
    if narrative && shown_to_coders(&args.out) == Some(Seen::Whole) {
        remark(
            "coders of the merged study are shown every answer, as in one of the files, and not words alone, as in another; \
             `relata study coding --blind narrative` shows them words alone",
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// What coders of a study are shown; none for a file that cannot be read, on which the merge itself reports.
fn shown_to_coders(file: &Path) -> Option<Seen> {
    Some(Blinding::of(&Study::look(file).ok()?).ok()?.seen)
}

/// The most sessions of a file that are named one by one.
const NAMED: usize = 10;

/// What a person has to know beside the numbers.
fn say(merged: &Merged) {
    let list = |codes: &std::collections::BTreeSet<String>| {
        codes.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    if merged.stayed_erased > 0 {
        let sessions = plural(merged.stayed_erased, "session");
        remark(&format!(
            "{sessions} that one file still held, another had erased: gone from the merged study"
        ));
    }
    if !merged.doubted.is_empty() {
        let sessions: Vec<&str> = merged.doubted.iter().map(String::as_str).collect();
        remark(&format!(
            "{} stayed of which one file says, by a tombstone that was changed outside relata, that it was erased; where that is true, \
             `relata erase --session ID`, or merge with --accept-erasures {}: {}",
            plural(sessions.len(), "session"),
            merged.stayed_erased + sessions.len(),
            sessions.join(", ")
        ));
    }
    for (file, row) in &merged.unsound {
        remark(&format!("in {}: {}", file.display(), UnusablePart::Row(row.clone())));
    }
    let mut copies: BTreeMap<&Path, Vec<&str>> = BTreeMap::new();
    for (file, session, problem) in &merged.left_out {
        if matches!(problem, Problem::Copy(_)) {
            copies.entry(file).or_default().push(session);
            continue;
        }
        let (file, why) = (file.display(), problem.cause());
        remark(&match (problem, merged.from_elsewhere.contains(session)) {
            (Problem::Edited(kept), _) if kept == session => {
                format!("session {session} has other answers in {file}, which do not count")
            }
            (_, true) => {
                format!("session {session} is in the merged study, without what {file} has of it: {why}")
            }
            (_, false) => format!("left out: session {session} of {file}: {why}"),
        });
    }
    for (file, sessions) in copies {
        let others = sessions.len().saturating_sub(NAMED);
        remark(&format!(
            "left out of {}, because the merged study has each under another id: {}: {}{}",
            file.display(),
            plural(sessions.len(), "imported response"),
            sessions[..sessions.len() - others].join(", "),
            if others > 0 { format!(" and {others} more") } else { String::new() }
        ));
    }
    for (table, rows) in &merged.one_table {
        remark(&format!(
            "several files have the very same table `{table}`: {} of it {} once; where different people filled in tables that are equal to the \
             last letter, let one of them differ (a column of the room, or of the day) and import it anew",
            plural(*rows, "row"),
            if *rows == 1 { "counts" } else { "count" }
        ));
    }
    for (file, session, original) in &merged.taken_along {
        remark(&format!(
            "what was coded of session {session} in {}, or attached to it, is with session {original} now",
            file.display()
        ));
    }
    for (file, session) in &merged.coded_copies {
        remark(&format!(
            "what was coded of session {session} in {}, or attached to it, stays in that file, because the answers are not the very same here or the \
             coder has coded them here as well: `relata code list` there shows it",
            file.display()
        ));
    }
    for (copy, original) in &merged.doubled {
        remark(&format!(
            "session {copy} is the response of {original}, which is in the merged study too: whoever answered counts twice until one of \
             them goes with `relata erase --session {copy}`"
        ));
    }
    for (file, lost) in &merged.lost {
        remark(&format!("{}: {lost}", file.display()));
    }
    for (session, others) in &merged.diverged {
        remark(&format!(
            "session {} was continued in two places: the journal that counts and {} beside it; see `relata audit --session {}`",
            session.short(),
            plural(*others, "other"),
            session.short()
        ));
    }
    for (session, (code, others)) in &merged.renamed_apart {
        remark(&format!(
            "the respondent of session {} was given different codes in two places: {code} counts, which was given last, and not {}; \
             another one is given with `relata rename {} CODE`",
            session.short(),
            list(others),
            session.short()
        ));
    }
    if !merged.shared_codes.is_empty() {
        remark(&format!(
            "each of these codes stands for sessions that began in different files; where they are of one respondent, or of the two sides of one relation, that is \
             right, else give one of them another code with `relata rename`: {}",
            list(&merged.shared_codes)
        ));
    }
    if !merged.perhaps_erased.is_empty() {
        remark(&format!(
            "{} may be of somebody whom another file has erased: same table, and nothing tells them apart; where one of them is that one, \
             `relata erase --session ID`: {}",
            plural(merged.perhaps_erased.len(), "session"),
            list(&merged.perhaps_erased)
        ));
    }
    if !merged.partly_erased.is_empty() {
        remark(&format!(
            "a session of each of these was erased, and another one is here that the file which erased it does not hold; if it is of \
             the same respondent, who wanted all of it gone, `relata erase --respondent CODE`: {}",
            list(&merged.partly_erased)
        ));
    }
    if let Some(day) = &merged.keep_until {
        remark(&format!("to be kept until {day}, the earliest day that one of the files names"));
    }
}
