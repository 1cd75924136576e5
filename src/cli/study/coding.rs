//! `relata study coding`: what coders are shown, and which sessions are whose list; shown and settled.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use crate::cli::choice::{Choices, one_of};
use crate::cli::table::{Format, Listing};
use crate::cli::{Failure, StudyArg, input, plural, print, remark};
use crate::coding::Seen;
use crate::store::{SessionHeader, SessionId, Study};
use crate::study::blind::{self, Blinding};
use crate::study::codes::teaches;
use crate::study::coding::{coder, to_code};

const EXAMPLES: &str = "Examples:
  relata study coding                                  what is settled, and how far every coder is
  relata study coding --blind narrative                coders read what was told in words alone
  relata study coding --blind whole                    coders read every answer
  relata study coding --coder C2 --sessions 1a2b3c4d,5e6f7a8b
  relata study coding --coder C2 --all                 all sessions are C2's list again

A code is what the classifier is trained on and held against, and the classifier reads the ratings. A coder who reads them too codes the
classifier's own input. So before the first code of a study coders read the narrative: open answers, associations and notes. A study in which
coding had begun goes on as it began. What each code was made from is kept with it.
The classifier's call is shown to a coder when all of their list is coded: the sessions given with --sessions, else all that can be coded
of the same questionnaire.";

/// Arguments of `study coding`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct CodingArgs {
    /// What coders are shown from now on
    #[arg(long, value_parser = one_of(SHOWN), value_name = "WHAT")]
    blind: Option<Seen>,

    /// The coder whose list is given
    #[arg(long, value_name = "CODE")]
    coder: Option<String>,

    /// The sessions that this coder is to code, by their ids or the ends of them (several: separate by commas)
    #[arg(long, value_name = "SESSION", value_delimiter = ',', requires = "coder", conflicts_with = "all")]
    sessions: Vec<String>,

    /// This coder is to code all sessions
    #[arg(long, requires = "coder")]
    all: bool,

    /// How the list of coders is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

const SHOWN: Choices<Seen> = &[
    ("narrative", "What was told in words alone: open answers, associations, notes", Seen::Narrative),
    ("whole", "Every answer; never a score", Seen::Whole),
];

pub(super) fn run(study: &StudyArg, args: CodingArgs) -> Result<ExitCode, Failure> {
    if args.coder.is_some() && !args.all && args.sessions.is_empty() {
        return Err(Failure::Usage("which sessions? --sessions A,B gives a list, --all gives all".into()));
    }
    if args.blind.is_none() && args.coder.is_none() {
        return show(&study.look()?, args.format);
    }
    let mut study = study.open()?;
    if let Some(coder) = args.coder.as_deref().map(coder).transpose()? {
        let mut loader = input::loader(&study);
        let given = args.sessions.iter().map(|session| Ok(to_code(&mut loader, session)?.id));
        let given: BTreeSet<SessionId> = given.collect::<Result<_, Failure>>()?;
        blind::give(&mut study, &coder, (!args.all).then_some(&given), input::now())?;
        remark(&match args.all {
            true => format!("{coder} is to code all sessions"),
            false => format!("{coder} is to code {}", plural(given.len(), "session")),
        });
    }
    if let Some(seen) = args.blind {
        let before = Blinding::of(&study)?.seen;
        blind::choose(&mut study, seen, input::now())?;
        remark(what(seen));
        if before != seen && !study.all_codes()?.is_empty() {
            remark(
                "codes that are there stay as they are; which were made how is kept with each, and `relata agreement` says it",
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn what(seen: Seen) -> &'static str {
    match seen {
        Seen::Narrative => {
            "coders are shown what was told in words alone: open answers, associations and notes"
        }
        Seen::Whole => "coders are shown every answer, and no score",
    }
}

/// What is settled, and a row for every coder and questionnaire.
fn show(study: &Study, format: Format) -> Result<ExitCode, Failure> {
    let blinding = Blinding::of(study)?;
    remark(what(blinding.seen));
    if !blinding.settled {
        remark(
            "that is not settled yet: it is how the study began, or will begin (--blind narrative or whole)",
        );
    }
    let headers = input::sessions(study)?;
    let mut table = Listing::new(&["coder", "shown", "questionnaire", "list", "coded", "sessions", "done"]);
    let mut loader = input::loader(study);
    let coded = study.all_codes()?.into_iter().filter(|code| !code.consensus);
    let mut lists: BTreeMap<(String, String), &SessionHeader> = BTreeMap::new();
    let known: BTreeMap<SessionId, &SessionHeader> =
        headers.iter().filter(|header| teaches(header)).map(|header| (header.id, header)).collect();
    for (coder, session) in coded.map(|code| (code.coder, code.session)).chain(
        blinding.lists.iter().flat_map(|(coder, list)| list.iter().map(move |id| (coder.clone(), *id))),
    ) {
        let Some(header) = known.get(&session) else { continue };
        // A list that was given is one list, of whatever it holds.
        let name = match blinding.lists.contains_key(&coder) {
            true => String::new(),
            false => header.instrument.name.clone(),
        };
        lists.entry((coder, name)).or_insert(header);
    }
    for ((coder, name), header) in lists {
        let progress = blinding.progress(&mut loader, &headers, &coder, header)?;
        let list = if blinding.lists.contains_key(&coder) { "given" } else { "all" };
        table.push(vec![
            coder.into(),
            blinding.seen.name().into(),
            if name.is_empty() { Value::Null } else { name.into() },
            list.into(),
            progress.coded.into(),
            progress.of.into(),
            progress.is_done().into(),
        ]);
    }
    print(&table.to_text(format)?)?;
    Ok(ExitCode::SUCCESS)
}
