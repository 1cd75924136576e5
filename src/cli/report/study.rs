//! The report of a whole study: loads and measures its sessions, removes what may not be published, and writes the rest in the requested
//! format.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::input;
use super::super::page::PageFormat;
use super::super::table::pretty_json;
use super::super::{Failure, remark};
use super::{ReportArgs, check_language};
use crate::analysis::StudyReport;
use crate::analysis::validity::Validity;
use crate::instrument::Language;
use crate::interview::SessionState;
use crate::report::document::{Shown, to_markdown};
use crate::report::findings;
use crate::report::html::to_html;
use crate::report::methods::{self, Provenance};
use crate::store::{Mode, SessionHeader, Study};
use crate::study::sources;

/// What a program gets: the findings as data, and the methods in words.
#[derive(Serialize)]
struct Everything<'a> {
    findings: &'a StudyReport,
    report: &'a Shown,
}

/// The report of the study as a text.
pub(super) fn report(study: &Study, args: &ReportArgs) -> Result<String, Failure> {
    let headers = super::super::input::sessions(study)?;
    let measured = super::super::study::look(study)?;
    let filter = args.filter.filter();
    let english = Language::new("en");
    // The language of the report has to be one of the instrument's, and which that is follows from the sessions.
    let first = StudyReport::build(&measured, &filter, &english);
    super::super::study::unknown(&first, &filter)?;
    let Some((name, version, _)) = first.sample.instrument.clone() else {
        return Err(
            Failure::refused("the study has no sessions yet").help("begin one with `relata interview`")
        );
    };
    let of_report = |header: &&SessionHeader| {
        header.instrument.name == name
            && header.state == SessionState::Finished
            && !header.test
            && header.simulated() == first.simulated
    };
    let counted: Vec<&SessionHeader> = headers.iter().filter(of_report).collect();
    let of_version = |header: &&&SessionHeader| header.instrument.version == version;
    let example = counted.iter().find(of_version).copied();
    let any =
        headers.iter().find(|header| header.instrument.name == name && header.instrument.version == version);
    let Some(of_version) = example.or(any) else {
        return Err(Failure::refused(format!("the questionnaire {name} {version} is not in the study")));
    };
    let instrument = input::loader(study).instrument(of_version)?;
    check_language(&instrument, args.lang.as_deref())?;
    let language = instrument.language(args.lang.as_deref().or(most_spoken(&counted).as_deref()));
    let whole = if language == english { first } else { StudyReport::build(&measured, &filter, &language) };
    let shown = findings::publishable(&whole, args.smallest_group);
    let rests_on = measured.rest_on(&filter);
    let is_asked_here = |header: &&SessionHeader| {
        header.mode != Mode::Imported && rests_on.contains(header.id.to_string().as_str())
    };
    let asked_here: Vec<&SessionHeader> = counted.iter().copied().filter(is_asked_here).collect();
    let drawn = || asked_here.iter().filter(|header| header.mode != Mode::Paper);
    let provenance = Provenance {
        instrument: instrument.clone(),
        relata: versions(&asked_here),
        seeds: drawn().map(|header| header.start.seed).collect::<BTreeSet<_>>().len(),
        sessions: drawn().count(),
        norms: measured.basis(&instrument.hash, shown.simulated),
        assumed: measured.assumed(),
        recovery: example
            .map(|header| sources::recovered(study, &input::hear, header))
            .transpose()?
            .unwrap_or_default(),
        recovery_seed: sources::RECOVERY_SEED,
        coded: sources::coded(study, &input::hear, &headers, (&name, shown.simulated))?,
        validity: Validity::of(&measured, &filter, &language, None),
    };
    if shown.sample.other_source > 0 {
        let left = shown.sample.other_source;
        let which = if shown.simulated { "real" } else { "simulated" };
        let are = if left == 1 { "session is" } else { "sessions are" };
        remark(&format!("{left} {which} {are} left out: a report never mixes the two"));
    }
    let document = findings::document(&shown, methods::sections(&shown, &provenance));
    Ok(match args.page.format {
        PageFormat::Html => to_html(&document),
        PageFormat::Md => to_markdown(&document),
        PageFormat::Json => pretty_json(&Everything { findings: &shown, report: &document })?,
    })
}

/// The language in which most of these sessions began.
fn most_spoken(sessions: &[&SessionHeader]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for header in sessions {
        *counts.entry(header.start.language.as_str()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(language, _)| language.to_owned())
}

fn versions(sessions: &[&SessionHeader]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for header in sessions {
        *counts.entry(&header.relata).or_default() += 1;
    }
    counts.into_iter().map(|(version, count)| (version.to_owned(), count)).collect()
}
