//! `relata study info`: what is in the file, counted. Owns the counting; refuses to judge it, and hides nothing from whoever
//! has the file anyway.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::input;
use super::table::{Format, Listing, pretty_json};
use super::{Failure, StudyArg, plural, print, remark, retention};
use crate::interview::Consent;
use crate::store::{Branch, Study};
use crate::study::codes::{standings, without_refused};

/// Arguments of `study info`.
#[derive(Debug, Args)]
pub(super) struct InfoArgs {
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Sessions by a word.
type Counts = BTreeMap<String, usize>;

#[derive(Debug, Serialize)]
struct Info {
    file: String,
    study: String,
    file_version: usize,
    bytes: u64,
    /// Whether nobody reads the file without its passphrase.
    locked: bool,
    keep_until: Option<String>,
    /// Whether that day was changed outside relata, so that it is not known.
    keep_until_changed: bool,
    sessions: usize,
    respondents: usize,
    state: Counts,
    mode: Counts,
    language: Counts,
    interviewer: Counts,
    rehearsals: usize,
    simulated: usize,
    relata: Counts,
    instruments: Vec<InstrumentCount>,
    consents: Vec<ConsentCount>,
    codes: Codes,
    transcripts: usize,
    /// Sheets of paper that were entered and are no sessions yet.
    sheets_waiting: usize,
    branches: Vec<Branch>,
    /// Erased sessions by the day on which they were erased.
    erased: Counts,
    /// Sessions whose journal cannot be replayed; their consent is not counted.
    unreadable: Vec<String>,
}

#[derive(Debug, Serialize)]
struct InstrumentCount {
    name: String,
    version: String,
    hash: String,
    sessions: usize,
}

#[derive(Debug, Serialize)]
struct ConsentCount {
    #[serde(flatten)]
    consent: Consent,
    sessions: usize,
}

#[derive(Debug, Serialize)]
struct Codes {
    coded_sessions: usize,
    /// Coded sessions that count nowhere, because consent was refused in them.
    refused_sessions: usize,
    codes: usize,
    coders: Counts,
    settled_sessions: usize,
}

pub(super) fn run(study: &StudyArg, args: InfoArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let info = Info::of(&study)?;
    match args.format {
        Format::Json => print(&pretty_json(&info)?)?,
        format => print(&info.table(format).to_text(format)?)?,
    }
    if !info.unreadable.is_empty() {
        remark(&format!(
            "{} cannot be replayed, so their consent is not counted: {}",
            plural(info.unreadable.len(), "session"),
            info.unreadable.join(", ")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn sheets_waiting(study: &Study) -> Result<usize, Failure> {
    let entries = study.sheet_entries()?;
    Ok(entries.iter().map(|entry| entry.session).collect::<std::collections::BTreeSet<_>>().len())
}

impl Info {
    fn of(study: &Study) -> Result<Self, Failure> {
        let headers = super::input::sessions(study)?;
        let count = |words: &mut dyn Iterator<Item = String>| {
            words.fold(Counts::new(), |mut counts, word| {
                *counts.entry(word).or_default() += 1;
                counts
            })
        };
        let mut instruments = BTreeMap::new();
        let mut consents: BTreeMap<Consent, usize> = BTreeMap::new();
        let mut unreadable = Vec::new();
        let mut loader = input::loader(study);
        for header in &headers {
            *instruments.entry(header.instrument.clone()).or_default() += 1;
            match loader.interview(header) {
                Ok((interview, _)) => {
                    for consent in interview.consents() {
                        *consents.entry(consent).or_default() += 1;
                    }
                }
                Err(_) => unreadable.push(header.id.to_string()),
            }
        }
        let mut standings = standings(study)?;
        let refused = without_refused(study, &headers, &mut standings)?;
        let mut all = study.all_codes()?;
        all.retain(|code| standings.contains_key(&code.session));
        Ok(Self {
            file: study.path().display().to_string(),
            study: study.study_id().to_owned(),
            file_version: study.file_version()?,
            bytes: study.size(),
            locked: study.is_locked(),
            keep_until: study.keep_until()?,
            keep_until_changed: study.keep_until_changed()?,
            sessions: headers.len(),
            respondents: count(&mut headers.iter().map(|header| header.respondent.clone())).len(),
            state: count(&mut headers.iter().map(|header| header.state.to_string())),
            mode: count(&mut headers.iter().map(|header| header.mode.name().to_owned())),
            language: count(&mut headers.iter().map(|header| header.start.language.to_string())),
            interviewer: count(&mut headers.iter().filter_map(|header| header.interviewer.clone())),
            rehearsals: headers.iter().filter(|header| header.test).count(),
            simulated: headers.iter().filter(|header| header.simulated()).count(),
            relata: count(&mut headers.iter().map(|header| header.relata.clone())),
            instruments: instruments
                .into_iter()
                .map(|(instrument, sessions)| InstrumentCount {
                    name: instrument.name,
                    version: instrument.version,
                    hash: instrument.hash,
                    sessions,
                })
                .collect(),
            consents: consents
                .into_iter()
                .map(|(consent, sessions)| ConsentCount { consent, sessions })
                .collect(),
            codes: Codes {
                coded_sessions: standings.len(),
                refused_sessions: refused,
                codes: all.len(),
                coders: count(&mut all.iter().filter(|code| !code.consensus).map(|code| code.coder.clone())),
                settled_sessions: standings.values().filter(|standing| standing.consensus.is_some()).count(),
            },
            transcripts: study.all_transcripts()?.values().map(BTreeMap::len).sum(),
            sheets_waiting: sheets_waiting(study)?,
            branches: study.branches()?,
            erased: count(&mut study.tombstones()?.into_iter().map(|(_, day)| day)),
            unreadable,
        })
    }

    /// One line for each fact: what, of which, how many.
    fn table(&self, format: Format) -> Listing {
        let mut table = Listing::new(&["what", "which", "value"]);
        let mut line =
            |what: &str, which: String, value: Value| table.push(vec![what.into(), which.into(), value]);
        line("file", String::new(), self.file.clone().into());
        line("study", String::new(), self.study.clone().into());
        line("file version", String::new(), self.file_version.to_string().into());
        line("bytes", String::new(), self.bytes.to_string().into());
        line("locked", String::new(), if self.locked { "yes" } else { "no" }.into());
        let unset = if self.keep_until_changed { retention::CHANGED } else { "no day set" };
        line("keep until", String::new(), self.keep_until.clone().unwrap_or_else(|| unset.into()).into());
        line("sessions", String::new(), self.sessions.to_string().into());
        line("respondents", String::new(), self.respondents.to_string().into());
        for (what, counts) in [
            ("state", &self.state),
            ("mode", &self.mode),
            ("language", &self.language),
            ("interviewer", &self.interviewer),
        ] {
            counts
                .iter()
                .for_each(|(which, sessions)| line(what, which.clone(), sessions.to_string().into()));
        }
        line("rehearsals", String::new(), self.rehearsals.to_string().into());
        line("simulated", String::new(), self.simulated.to_string().into());
        let hash = |hash: &str| {
            if format == Format::Table { hash.chars().take(8).collect() } else { hash.to_owned() }
        };
        for found in &self.instruments {
            let which = format!("{} {} ({})", found.name, found.version, hash(&found.hash));
            line("instrument", which, found.sessions.to_string().into());
        }
        for found in &self.consents {
            let consent = &found.consent;
            let told = consent.notice.as_deref().map(|notice| format!(", told {}", hash(notice)));
            let which = format!(
                "{} {} ({}): {} {}, {}{}",
                consent.instrument,
                consent.instrument_version,
                hash(&consent.instrument_hash),
                consent.item,
                consent.version,
                consent.answer.name(),
                told.unwrap_or_default()
            );
            line("consent", which, found.sessions.to_string().into());
        }
        line("coded sessions", String::new(), self.codes.coded_sessions.to_string().into());
        if self.codes.refused_sessions > 0 {
            let sessions = self.codes.refused_sessions.to_string();
            line("coded sessions", "left out: consent refused".to_owned(), sessions.into());
        }
        line("settled sessions", String::new(), self.codes.settled_sessions.to_string().into());
        for (coder, codes) in &self.codes.coders {
            line("codes", coder.clone(), codes.to_string().into());
        }
        if self.transcripts > 0 {
            line("transcripts", String::new(), self.transcripts.to_string().into());
        }
        if self.sheets_waiting > 0 {
            line("sheets", "not counted yet".into(), self.sheets_waiting.to_string().into());
        }
        for branch in &self.branches {
            // The audit numbers events from 1 as well.
            let which = format!("session {}, from event {} on", branch.session.short(), branch.shared + 1);
            line(
                "journal beside",
                which,
                format!("{} events ({})", branch.events, hash(&branch.hash)).into(),
            );
        }
        for (day, sessions) in &self.erased {
            line("erased", day.clone(), sessions.to_string().into());
        }
        for (version, sessions) in &self.relata {
            line("made by relata", version.clone(), sessions.to_string().into());
        }
        table
    }
}
