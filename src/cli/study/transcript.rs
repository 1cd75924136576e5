//! `relata study transcript`: what was said aloud in an interview, attached to its session; listed, shown, described and removed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::Value;

use crate::cli::table::{Format, Listing};
use crate::cli::{Failure, StudyArg, files, input, plural, print, print_for_people, remark};
use crate::coding::Transcript;
use crate::coding::transcript::{Speaker, clock};
use crate::import::transcript as reader;
use crate::instrument::{Language, hash_of};
use crate::interview::SessionState;
use crate::store::{SessionId, Study};
use crate::study::blind::Blinding;
use crate::study::transcripts::{heading, in_order, one, quoted, without_consent};

const EXAMPLES: &str = "Examples:
  relata study transcript add interview.docx 1a2b3c4d --speaker I=interviewer --speaker 'Jan de Vries=respondent'
  relata study transcript add interview.vtt R017 --dry-run       what would come in, and nothing kept
  relata study transcript list
  relata study transcript show R017
  relata study transcript set R017 --speaker 'Speaker 2=respondent'
  relata study transcript set R017 --no-ratings                  coders who may see no rating read it, too
  relata study transcript remove R017 --yes

Plain text, WebVTT (.vtt), SubRip (.srt) and Word (.docx). A speaker is what stands before a colon at the beginning of a line (`I: …`), a
`<v Name>` of WebVTT, or the first cell of a row. A speaker called interviewer or respondent leaves no name in the study; names that are
said stay in the words. Coders read it beside the answers (`relata code`). No report, export or page holds it; passages that coders mark
as evidence keep their words, as those of answers do. Where coders see what was told in words alone (`relata study coding`), they are shown a
transcript only with --no-ratings: you have read it, and nobody says a rating or a choice aloud in it.";

/// Arguments of `study transcript`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct TranscriptArgs {
    #[command(subcommand)]
    command: TranscriptCommand,
}

#[derive(Debug, Subcommand)]
enum TranscriptCommand {
    /// Attach a transcript to a session
    Add(AddArgs),
    /// List the transcripts of the study
    List(ListArgs),
    /// Print what was said in a session
    Show(WhichArgs),
    /// Call speakers otherwise, or say whether ratings are said aloud
    Set(SetArgs),
    /// Take a transcript out of the study for good
    Remove(RemoveArgs),
}

#[derive(Debug, Args)]
struct AddArgs {
    /// The file: .txt, .vtt, .srt or .docx
    file: PathBuf,

    /// The session, by its id or the end of it, or by its respondent's code where that has only one
    session: String,

    #[command(flatten)]
    said: SaidArgs,

    /// Say what would come in, and keep nothing
    #[arg(long)]
    dry_run: bool,

    /// How the speakers are printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Args)]
struct SaidArgs {
    /// Call a speaker of the file interviewer, respondent, or by a code; can be given several times
    #[arg(long = "speaker", value_name = "NAME=WHO", value_parser = named)]
    speakers: Vec<(String, Speaker)>,

    /// You have read it: nobody says a rating or a choice aloud in it
    #[arg(long)]
    no_ratings: bool,
}

#[derive(Debug, Args)]
struct ListArgs {
    /// How the list is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Args)]
struct WhichArgs {
    /// The session, by its id or the end of it, or by its respondent's code where that has only one
    session: String,

    /// Which transcript, where the session has several
    #[arg(long, value_name = "ID")]
    transcript: Option<String>,
}

#[derive(Debug, Args)]
struct SetArgs {
    #[command(flatten)]
    which: WhichArgs,

    #[command(flatten)]
    said: SaidArgs,

    /// Ratings or choices are said aloud in it, or nobody knows
    #[arg(long, conflicts_with = "no_ratings")]
    ratings: bool,
}

#[derive(Debug, Args)]
struct RemoveArgs {
    #[command(flatten)]
    which: WhichArgs,

    /// Do it; without this, what would be removed is said and nothing is done
    #[arg(long)]
    yes: bool,
}

fn named(text: &str) -> Result<(String, Speaker), String> {
    // What a speaker is called may hold the sign; a code does not.
    let (name, who) = text.rsplit_once('=').ok_or("write NAME=WHO, such as 'Jan=respondent'")?;
    let speaker: Speaker =
        who.parse().map_err(|()| "who is it? interviewer, respondent, or a code".to_owned())?;
    if let Speaker::Label(code) = &speaker {
        crate::coding::coder(code).map_err(|_| {
            format!("`{code}` is neither interviewer nor respondent, and no code such as R2; never a name")
        })?;
    }
    Ok((name.trim().to_owned(), speaker))
}

pub(super) fn run(study: &StudyArg, args: TranscriptArgs) -> Result<ExitCode, Failure> {
    match args.command {
        TranscriptCommand::Add(args) => add(study, &args)?,
        TranscriptCommand::List(args) => list(&study.look()?, args.format)?,
        TranscriptCommand::Show(args) => show(&study.look()?, &args)?,
        TranscriptCommand::Set(args) => set(study, &args)?,
        TranscriptCommand::Remove(args) => remove(study, &args)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn add(arg: &StudyArg, args: &AddArgs) -> Result<(), Failure> {
    let mut study = if args.dry_run { arg.look()? } else { arg.existing()? };
    let header = input::session(&study, &args.session)?;
    let mut transcript = read(&args.file, &args.said)?;
    let may = input::loader(&study).interview(&header).is_ok_and(|(interview, _)| !interview.is_refused());
    if header.state == SessionState::Withdrawn || !may {
        let short = header.id.short();
        return Err(Failure::refused(format!(
            "the respondent of session {short} withdrew or refused consent"
        ))
        .help("without consent nothing that was said is kept"));
    }
    print(&speakers(&transcript, args.format).to_text(args.format)?)?;
    for (other, attached) in study.all_transcripts()? {
        let same = attached.values().any(|(_, known)| known.source == transcript.source);
        if same && other != header.id {
            remark(&format!(
                "the same file is attached to session {} as well: is it of this one?",
                other.short()
            ));
        }
    }
    let known = study.transcripts(&header.id)?;
    if let Some((_, before)) = known.get(&transcript.id(&header.id.to_string())) {
        remark(
            "this file is attached to the session already; nothing was changed (`relata study transcript set` describes it)",
        );
        transcript.clone_from(before);
    } else if args.dry_run {
        remark("nothing was kept (--dry-run)");
    } else {
        let id = study.attach(&header.id, &transcript, input::now())?;
        remark(&format!(
            "attached to session {} of {} as transcript {id}",
            header.id.short(),
            header.respondent
        ));
    }
    hints(&study, &transcript)
}

/// Reads a file, and remarks on what was changed or left out.
fn read(file: &Path, said: &SaidArgs) -> Result<Transcript, Failure> {
    let refused = |why: String| Failure::refused(format!("{} is not taken over: {why}", file.display()));
    let bytes = files::whole(file, reader::FILE).map_err(refused)?;
    let names: Vec<String> = said.speakers.iter().map(|(name, _)| name.clone()).collect();
    let taken = reader::read(&bytes, &names, hash_of(&[&bytes])).map_err(refused)?;
    let mut transcript = taken.transcript;
    let turns = plural(transcript.turns.len(), "turn");
    let lasts = transcript.lasts().map(|time| format!(", {}", clock(time))).unwrap_or_default();
    let speakers = match transcript.speakers.len() {
        0 => "no speaker named".to_owned(),
        count => plural(count, "speaker"),
    };
    remark(&format!("{}: {turns}, {speakers}{lasts}", taken.kind));
    taken.remarks.iter().for_each(|said| remark(&format!("  - {said}")));
    describe(&mut transcript, said).map_err(|why| {
        let known: Vec<String> = transcript.speakers.iter().map(|who| format!("`{who}`")).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Failure::refused(why).help(format!("its speakers are: {known}"))
    })?;
    Ok(transcript)
}

fn describe(transcript: &mut Transcript, said: &SaidArgs) -> Result<(), String> {
    transcript.no_ratings |= said.no_ratings;
    let alike = transcript.name(&said.speakers)?;
    if !alike.is_empty() {
        let alike: Vec<String> = alike.iter().map(ToString::to_string).collect();
        remark(&format!("several speakers are one from now on: {}", alike.join(", ")));
    }
    Ok(())
}

/// Remarks after a transcript was attached.
fn hints(study: &Study, transcript: &Transcript) -> Result<(), Failure> {
    let labels: Vec<String> = transcript
        .speakers
        .iter()
        .filter(|who| matches!(who, Speaker::Label(_)))
        .map(|who| format!("`{who}`"))
        .collect();
    if !labels.is_empty() {
        remark(&format!(
            "called as in the file: {} (--speaker NAME=respondent leaves no name)",
            labels.join(", ")
        ));
    }
    if !Blinding::of(study)?.shows(transcript) {
        remark(
            "coders are not shown it: they see what was told in words alone, and a rating may be said aloud in it (--no-ratings, where you have read that none is)",
        );
    }
    Ok(())
}

fn speakers(transcript: &Transcript, format: Format) -> Listing {
    let mut table = Listing::new(&["speaker", "turns", "words"]);
    for (speaker, turns, words) in transcript.spoken() {
        let who = match (speaker, format) {
            (Some(speaker), _) => Value::from(speaker.to_string()),
            (None, Format::Table) => "(nobody named)".into(),
            (None, _) => Value::Null,
        };
        table.push(vec![who, turns.into(), words.into()]);
    }
    table
}

fn list(study: &Study, format: Format) -> Result<(), Failure> {
    let columns = [
        "session",
        "respondent",
        "transcript",
        "speakers",
        "turns",
        "words",
        "minutes",
        "no_ratings",
        "shown_to_coders",
        "refused",
    ];
    let mut table = Listing::new(&columns);
    let blinding = Blinding::of(study)?;
    let all = study.all_transcripts()?;
    let mut headers = input::sessions(study)?;
    headers.retain(|header| all.contains_key(&header.id));
    let refused = without_consent(study, &headers)?;
    for (session, attached) in all {
        let header = headers.iter().find(|header| header.id == session);
        for (id, transcript) in in_order(&attached) {
            let words: usize = transcript.spoken().iter().map(|(_, _, words)| words).sum();
            let speakers: Vec<String> = transcript.speakers.iter().map(ToString::to_string).collect();
            let minutes = transcript.lasts().map(|time| (time as f64 / 6_000.0).round() / 10.0);
            table.push(vec![
                format.session(&session).into(),
                header.map(|header| header.respondent.clone()).into(),
                id.clone().into(),
                speakers.join(", ").into(),
                transcript.turns.len().into(),
                words.into(),
                minutes.into(),
                transcript.no_ratings.into(),
                (blinding.shows(transcript) && !refused.contains(&session)).into(),
                refused.contains(&session).into(),
            ]);
        }
    }
    print(&table.to_text(format)?)?;
    if !refused.is_empty() {
        let ids: Vec<String> = refused.iter().map(SessionId::short).collect();
        remark(&format!(
            "consent was refused or withdrawn, and nobody is shown what was said: {} (`relata study transcript remove` takes it out of the study)",
            ids.join(", ")
        ));
    }
    Ok(())
}

fn show(study: &Study, args: &WhichArgs) -> Result<(), Failure> {
    let (session, _, transcript) = which(study, args)?;
    let header = study.session(&session.to_string())?;
    if !without_consent(study, &[header])?.is_empty() {
        return Err(Failure::refused(format!(
            "the respondent of session {} withdrew or refused consent",
            session.short()
        ))
        .help("what was said is not shown; `relata study transcript remove` takes it out of the study"));
    }
    let language = Language::or_fallback(input::language().as_deref());
    let mut text = String::new();
    for turn in &transcript.turns {
        let words = turn.text.replace('\n', "\n  ");
        text += &format!("{}\n  {words}\n", heading(&transcript, turn, &language));
    }
    print_for_people(&text)
}

fn set(arg: &StudyArg, args: &SetArgs) -> Result<(), Failure> {
    if args.said.speakers.is_empty() && !args.said.no_ratings && !args.ratings {
        return Err(Failure::Usage(
            "what shall be set? --speaker NAME=WHO, --no-ratings or --ratings".into(),
        ));
    }
    let mut study = arg.existing()?;
    let (session, _, before) = which(&study, &args.which)?;
    let mut transcript = before.clone();
    describe(&mut transcript, &args.said).map_err(Failure::refused)?;
    transcript.no_ratings &= !args.ratings;
    if transcript == before {
        remark("that is how it was already; nothing was changed");
        return Ok(());
    }
    study.attach(&session, &transcript, input::now())?;
    let who: Vec<String> = transcript.speakers.iter().map(ToString::to_string).collect();
    let ratings = if transcript.no_ratings { "no rating is said aloud" } else { "ratings may be said aloud" };
    remark(&format!(
        "speakers: {}; {ratings}",
        if who.is_empty() { "none named".into() } else { who.join(", ") }
    ));
    hints(&study, &transcript)
}

fn remove(arg: &StudyArg, args: &RemoveArgs) -> Result<(), Failure> {
    let mut study = arg.existing()?;
    let (session, id, transcript) = which(&study, &args.which)?;
    let (codes, drafts) = (study.all_codes()?, study.drafts()?);
    let saved = codes.iter().filter(|code| code.session == session).map(|code| &code.coding.passages);
    let quotes = quoted(saved.flatten(), &id).len();
    let mut kept = match quotes {
        0 => String::new(),
        _ => format!(
            "; {} that coders marked in it stay in their codes, with their words (`relata erase` takes all of the session)",
            plural(quotes, "passage")
        ),
    };
    let unsaved = quoted(drafts.iter().flat_map(|draft| &draft.passages), &id).len();
    if unsaved > 0 {
        kept += &format!(
            "; {} marked in it stay with their words in codes that are begun and not saved",
            plural(unsaved, "passage")
        );
    }
    let what = format!(
        "transcript {id} of session {} ({})",
        session.short(),
        plural(transcript.turns.len(), "turn")
    );
    if !args.yes {
        return Err(Failure::refused(format!("{what} would be removed for good{kept}")).help(
            "add --yes if you mean it; a merge with a copy that still holds it does not bring it back",
        ));
    }
    study.detach(&session, &id, input::now())?;
    remark(&format!("{what} is removed{kept}"));
    Ok(())
}

/// The transcript that an argument names.
fn which(study: &Study, args: &WhichArgs) -> Result<(SessionId, String, Transcript), Failure> {
    let header = input::session(study, &args.session)?;
    Ok(one(study, &header.id, args.transcript.as_deref())?)
}
