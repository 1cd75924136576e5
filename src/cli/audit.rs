//! `relata audit`: who changed what, when, from what to what, and why, as far as the journals tell.
//!
//! Merges journals, codes and erasings into one list. A reason that was not given is left empty.

use std::process::ExitCode;

use clap::Args;

use super::input;
use super::table::{Format, Listing};
use super::{Failure, StudyArg, plural, print, remark};
use crate::defuse::spreadsheet;
use crate::instrument::Audience;
use crate::interview::Stamped;
use crate::interview::audit::{AuditedChange, ChangeKind, audit};
use crate::store::{Code, Rename, SessionHeader, Study};
use crate::study::{Loader, UnusablePart};
use crate::texts::timestamp;

const EXAMPLES: &str = "Examples:
  relata audit --respondent R017
  relata audit --session 3f09a1c2 --all
  relata audit --format csv > audit.csv

Who is whoever had the keyboard: the interviewer's code, or the respondent's. Why is how
they came back to the question, and a note that was written there in between; relata asks
nobody for a reason, so a note is the place to give one. A journal that does not count,
because the session went on in two places, stands under its own name in the column
`journal`.";

/// Arguments of `audit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct AuditArgs {
    /// Only the sessions of this respondent
    #[arg(long, value_name = "CODE", conflicts_with = "session")]
    respondent: Option<String>,

    /// Only this session, by its id or the end of it
    #[arg(long, value_name = "ID")]
    session: Option<String>,

    /// First answers and first codes too, not only what was changed
    #[arg(long)]
    all: bool,

    /// How the list is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

const COLUMNS: &[&str] =
    &["session", "respondent", "journal", "event", "at", "who", "what", "of", "old", "new", "why"];

pub(super) fn run(study: &StudyArg, args: AuditArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let renames = study.renames()?;
    let headers = match (&args.session, &args.respondent) {
        (Some(id), _) => vec![study.session(id)?],
        (None, Some(code)) => {
            // Finds former codes, too: here alone a former code leads to a respondent.
            let was = |id| renames.iter().any(|rename| rename.session == id && rename.old == *code);
            let mut found = study.sessions()?;
            found.retain(|header| header.respondent == *code || was(header.id));
            if found.is_empty() {
                return Err(Failure::refused(format!("the study has no respondent `{code}`"))
                    .help("`relata sessions` lists the codes"));
            }
            found
        }
        (None, None) => super::input::sessions(&study)?,
    };
    if args.session.is_some() || args.respondent.is_some() {
        study.unsound()?.into_iter().for_each(|row| input::hear(&UnusablePart::Row(row)));
        study.lost()?.into_iter().for_each(|lost| input::hear(&UnusablePart::Lost(lost)));
    }
    let mut list = List { table: Listing::new(COLUMNS), format: args.format, all: args.all };
    let (branches, codes) = (study.branches()?, study.all_codes()?);
    let mut loader = input::loader(&study);
    let mut unreadable = 0;
    for header in &headers {
        // One that was asked for by name is complained about; among all others it is named and left out.
        if args.session.is_none() && loader.sound(header)?.is_none() {
            continue;
        }
        let events = study.events(&header.id)?;
        unreadable += usize::from(!list.journal(&mut loader, header, "", &events, 0)?);
        for branch in branches.iter().filter(|branch| branch.session == header.id) {
            let events = study.branch_events(branch)?;
            unreadable +=
                usize::from(!list.journal(&mut loader, header, branch.short(), &events, branch.shared)?);
        }
        list.renames(header, renames.iter().filter(|rename| rename.session == header.id));
        list.transcripts(header, &study)?;
        list.codes(header, codes.iter().filter(|code| code.session == header.id));
    }
    if args.session.is_none() && args.respondent.is_none() {
        list.erased(&study)?;
    }
    print(&list.table.to_text(args.format)?)?;
    let beside =
        branches.iter().filter(|branch| headers.iter().any(|header| header.id == branch.session)).count();
    if beside > 0 {
        remark(&format!("{} beside the one that counts", plural(beside, "journal")));
    }
    if unreadable > 0 {
        remark(&format!("not shown, because it cannot be replayed: {}", plural(unreadable, "journal")));
    }
    Ok(ExitCode::SUCCESS)
}

struct List {
    table: Listing,
    format: Format,
    all: bool,
}

/// One line, before it is laid out.
#[derive(Default)]
struct AuditRow<'a> {
    journal: &'a str,
    event: Option<usize>,
    at: String,
    who: &'a str,
    what: &'a str,
    of: &'a str,
    old: &'a str,
    new: &'a str,
    why: &'a str,
}

impl List {
    /// The changes of one journal from event `from` on; whether it could be replayed.
    fn journal(
        &mut self,
        loader: &mut Loader,
        header: &SessionHeader,
        name: &str,
        events: &[Stamped],
        from: usize,
    ) -> Result<bool, Failure> {
        let instrument = loader.instrument(header)?;
        let language = instrument.language(Some("en"));
        let Ok(changes) = audit(&instrument, &header.start, events, &language) else { return Ok(false) };
        let shown =
            |change: &&AuditedChange| change.event >= from && (self.all || change.what != ChangeKind::First);
        for change in changes.iter().filter(shown).collect::<Vec<_>>() {
            let interviewer = header.interviewer.as_deref().unwrap_or("interviewer");
            let who = if change.by == Audience::Interviewer { interviewer } else { &header.respondent };
            self.of(
                header,
                AuditRow {
                    journal: name,
                    event: Some(change.event),
                    at: timestamp(change.at),
                    who,
                    what: change.what.name(),
                    of: &change.of,
                    old: &change.before,
                    new: &change.after,
                    why: &change.why,
                },
            );
        }
        Ok(true)
    }

    /// Codes of the respondent that gave way to another one.
    fn renames<'a>(&mut self, header: &SessionHeader, renames: impl Iterator<Item = &'a Rename>) {
        for rename in renames {
            let line = AuditRow {
                at: timestamp(rename.at),
                what: "renamed",
                of: "respondent",
                old: &rename.old,
                new: &rename.new,
                why: &rename.why,
                ..AuditRow::default()
            };
            self.of(header, line);
        }
    }

    /// What transcripts are declared to hold, and since when: it decides what coders see.
    fn transcripts(&mut self, header: &SessionHeader, study: &Study) -> Result<(), Failure> {
        for (id, (at, transcript)) in study.transcripts(&header.id)? {
            if !self.all && !transcript.no_ratings {
                continue;
            }
            let new =
                if transcript.no_ratings { "no rating is said aloud" } else { "ratings may be said aloud" };
            let line =
                AuditRow { at: timestamp(at), what: "transcript", of: &id, new, ..AuditRow::default() };
            self.of(header, line);
        }
        Ok(())
    }

    /// Codes that replaced another one of the same coder, and consensus that replaced another.
    fn codes<'a>(&mut self, header: &SessionHeader, codes: impl Iterator<Item = &'a Code>) {
        let mut before: Vec<&Code> = Vec::new();
        for code in codes {
            let same = |other: &&&Code| {
                other.consensus == code.consensus && (code.consensus || other.coder == code.coder)
            };
            let old = before.iter().rev().find(same).map(|old| in_words(old)).unwrap_or_default();
            if self.all || !old.is_empty() {
                self.of(
                    header,
                    AuditRow {
                        at: timestamp(code.at),
                        who: &code.coder,
                        what: if code.consensus { "consensus" } else { "code" },
                        old: &old,
                        new: &in_words(code),
                        why: &code.coding.note,
                        ..AuditRow::default()
                    },
                );
            }
            before.push(code);
        }
    }

    /// Tombstones of what was erased; only id and day are left.
    fn erased(&mut self, study: &Study) -> Result<(), Failure> {
        for (session, on) in study.tombstones()? {
            let line = AuditRow { at: on, what: "erased", ..AuditRow::default() };
            self.push(&session.to_string(), &session.short(), "", line);
        }
        Ok(())
    }

    fn of(&mut self, header: &SessionHeader, line: AuditRow) {
        self.push(&header.id.to_string(), &header.id.short(), &header.respondent, line);
    }

    fn push(&mut self, id: &str, short: &str, respondent: &str, line: AuditRow) {
        let table = self.format == Format::Table;
        // Spreadsheets run cells that look like formulas; a CSV file is likely to be opened in one.
        let text = |text: &str| match self.format {
            Format::Csv if text.parse::<f64>().is_err() => spreadsheet::guarded(text).into_owned(),
            _ => text.to_owned(),
        };
        self.table.push(vec![
            if table { short } else { id }.into(),
            respondent.into(),
            line.journal.into(),
            line.event.map(|event| event + 1).into(),
            line.at.into(),
            line.who.into(),
            line.what.into(),
            line.of.into(),
            text(line.old).into(),
            text(line.new).into(),
            text(line.why).into(),
        ]);
    }
}

/// A code as one line: dominant and second model, confidence, and the evidence.
fn in_words(code: &Code) -> String {
    let coding = &code.coding;
    let mut words = coding.dominant.abbreviation().to_owned();
    if let Some(second) = coding.second {
        words += &format!(", then {}", second.abbreviation());
    }
    if let Some(confidence) = coding.confidence {
        words += &format!(", confidence {confidence}");
    }
    for mark in &coding.evidence {
        words += &format!("; {} {} {}", mark.item, mark.model.abbreviation(), mark.strength);
    }
    words
}
