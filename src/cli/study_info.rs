//! `relata study info`: what is in the file, counted.

use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::input;
use super::table::{Format, Listing, pretty_json};
use super::{Failure, StudyArg, plural, print, remark};
use crate::study::info::StudyInfo;
use crate::study::retention::CHANGED;

/// Arguments of `study info`.
#[derive(Debug, Args)]
pub(super) struct InfoArgs {
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(study: &StudyArg, args: InfoArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let info = StudyInfo::of(&study, &input::hear)?;
    match args.format {
        Format::Json => print(&pretty_json(&info)?)?,
        format => print(&table(&info, format).to_text(format)?)?,
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

/// One line for each fact: what, of which, how many.
fn table(info: &StudyInfo, format: Format) -> Listing {
    let mut table = Listing::new(&["what", "which", "value"]);
    let mut line =
        |what: &str, which: String, value: Value| table.push(vec![what.into(), which.into(), value]);
    line("file", String::new(), info.file.clone().into());
    line("study", String::new(), info.study.clone().into());
    line("file version", String::new(), info.file_version.to_string().into());
    line("bytes", String::new(), info.bytes.to_string().into());
    line("locked", String::new(), if info.locked { "yes" } else { "no" }.into());
    let unset = if info.keep_until_changed { CHANGED } else { "no day set" };
    line("keep until", String::new(), info.keep_until.clone().unwrap_or_else(|| unset.into()).into());
    line("sessions", String::new(), info.sessions.to_string().into());
    line("respondents", String::new(), info.respondents.to_string().into());
    for (what, counts) in [
        ("state", &info.state),
        ("mode", &info.mode),
        ("language", &info.language),
        ("interviewer", &info.interviewer),
    ] {
        counts.iter().for_each(|(which, sessions)| line(what, which.clone(), sessions.to_string().into()));
    }
    line("rehearsals", String::new(), info.rehearsals.to_string().into());
    line("simulated", String::new(), info.simulated.to_string().into());
    let hash = |hash: &str| {
        if format == Format::Table { hash.chars().take(8).collect() } else { hash.to_owned() }
    };
    for found in &info.instruments {
        let which = format!("{} {} ({})", found.name, found.version, hash(&found.hash));
        line("instrument", which, found.sessions.to_string().into());
    }
    for found in &info.consents {
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
    line("coded sessions", String::new(), info.codes.coded_sessions.to_string().into());
    if info.codes.refused_sessions > 0 {
        let sessions = info.codes.refused_sessions.to_string();
        line("coded sessions", "left out: consent refused".to_owned(), sessions.into());
    }
    line("settled sessions", String::new(), info.codes.settled_sessions.to_string().into());
    for (coder, codes) in &info.codes.coders {
        line("codes", coder.clone(), codes.to_string().into());
    }
    if info.transcripts > 0 {
        line("transcripts", String::new(), info.transcripts.to_string().into());
    }
    if info.sheets_waiting > 0 {
        line("sheets", "not counted yet".into(), info.sheets_waiting.to_string().into());
    }
    for branch in &info.branches {
        // The audit numbers events from 1 as well.
        let which = format!("session {}, from event {} on", branch.session.short(), branch.shared + 1);
        line(
            "journal beside",
            which,
            format!("{} ({})", plural(branch.events, "event"), hash(&branch.hash)).into(),
        );
    }
    for (day, sessions) in &info.erased {
        line("erased", day.clone(), sessions.to_string().into());
    }
    for (version, sessions) in &info.relata {
        line("made by relata", version.clone(), sessions.to_string().into());
    }
    table
}
