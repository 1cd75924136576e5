//! `relata sessions`: what is in the study.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;

use super::input;
use super::table::{Format, Listing};
use super::{Failure, StudyArg, plural, print, remark};
use crate::store::SessionHeader;
use crate::study::{UnusablePart, digests};
use crate::texts::timestamp;

/// Arguments of `sessions`.
#[derive(Debug, Args)]
pub(super) struct SessionsArgs {
    /// How the list is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(study: &StudyArg, args: SessionsArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let mut loader = input::loader(&study);
    let (mut headers, unreadable) = study.all_sessions()?;
    headers.retain(|header| header.touched);
    let changed = study.changed()?;
    let is_changed = |header: &SessionHeader| {
        let id = header.id.to_string();
        changed.iter().any(|changed| changed.session == id)
    };
    let refused = digests::refused(&study, &headers)?;
    // By hash: what it is called, why it cannot be read, and how many sessions it has.
    let mut damaged: BTreeMap<String, (String, String, usize)> = BTreeMap::new();
    for header in &headers {
        if let Err(why) = loader.instrument(header) {
            let (hash, name) = (header.instrument.hash.clone(), header.instrument.name.clone());
            damaged.entry(hash).or_insert((name, why.message, 0)).2 += 1;
        }
    }
    // With whom it is about, where the questionnaire can be read.
    let headers: Vec<(SessionHeader, Option<String>)> = headers
        .into_iter()
        .map(|header| {
            let instrument = loader.instrument(&header).ok();
            let about = instrument.and_then(|instrument| header.start.about(&instrument).map(str::to_owned));
            (header, about)
        })
        .collect();
    let state = |header: &SessionHeader| match header {
        header if is_changed(header) => "changed".to_owned(),
        header if damaged.contains_key(&header.instrument.hash) => "unreadable".to_owned(),
        header if refused.contains(&header.id) => "consent refused".to_owned(),
        header => header.state.to_string(),
    };
    let table = Listing::of(
        &headers,
        &[
            ("session", &|(header, _)| args.format.session(&header.id).into()),
            ("respondent", &|(header, _)| header.respondent.clone().into()),
            ("interviewer", &|(header, _)| header.interviewer.clone().into()),
            ("about", &|(_, about)| about.clone().into()),
            ("instrument", &|(header, _)| header.instrument.name.clone().into()),
            ("begun", &|(header, _)| timestamp(header.start.at).into()),
            ("state", &|(header, _)| state(header).into()),
            // A damaged journal may claim any number of events.
            ("events", &|(header, _)| (!is_changed(header)).then_some(header.events).into()),
            ("mode", &|(header, _)| header.mode.name().into()),
            ("test", &|(header, _)| header.test.into()),
        ],
    );
    print(&table.to_text(args.format)?)?;
    for (name, why, sessions) in damaged.into_values() {
        remark(&format!(
            "the questionnaire {name} of {} cannot be read, so that nothing of them can be: {why}\n  help: merge this file with a good \
             copy into a new one, or take a backup",
            plural(sessions, "session")
        ));
    }
    unreadable.into_iter().chain(changed).for_each(|bad| input::hear(&UnusablePart::Session(bad)));
    study.lost()?.into_iter().for_each(|lost| input::hear(&UnusablePart::Lost(lost)));
    Ok(ExitCode::SUCCESS)
}
