//! `relata sessions`: what is in the study.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;

use super::input;
use super::table::{Format, Listing};
use super::{Failure, StudyArg, plural, print, remark};
use crate::store::SessionHeader;
use crate::study::{Loader, UnusablePart, digests};
use crate::texts::timestamp;

/// Arguments of `sessions`.
#[derive(Debug, Args)]
pub(super) struct SessionsArgs {
    /// How the list is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(study: &StudyArg, args: SessionsArgs) -> Result<ExitCode, Failure> {
    let mut table = Listing::new(&[
        "session",
        "respondent",
        "interviewer",
        "about",
        "instrument",
        "begun",
        "state",
        "events",
        "mode",
        "test",
    ]);
    let study = study.look()?;
    let mut loader = input::loader(&study);
    let (mut headers, unreadable) = study.all_sessions()?;
    headers.retain(|header| header.touched);
    let changed = study.changed()?;
    let is_changed = |id: &str| changed.iter().any(|changed| changed.session == id);
    let refused = digests::refused(&study, &headers)?;
    // By hash: what it is called, why it cannot be read, and how many sessions it has.
    let mut damaged: BTreeMap<String, (String, String, usize)> = BTreeMap::new();
    for header in &headers {
        if let Err(why) = loader.instrument(header) {
            let (hash, name) = (header.instrument.hash.clone(), header.instrument.name.clone());
            damaged.entry(hash).or_insert((name, why.message, 0)).2 += 1;
        }
    }
    for header in headers {
        let is_changed = is_changed(&header.id.to_string());
        let id = args.format.session(&header.id);
        table.push(vec![
            id.into(),
            header.respondent.clone().into(),
            header.interviewer.clone().into(),
            about(&mut loader, &header).into(),
            header.instrument.name.clone().into(),
            timestamp(header.start.at).into(),
            (if is_changed {
                "changed".to_owned()
            } else if damaged.contains_key(&header.instrument.hash) {
                "unreadable".to_owned()
            } else if refused.contains(&header.id) {
                "consent refused".to_owned()
            } else {
                header.state.to_string()
            })
            .into(),
            // The number of events of a journal that is not whole is whatever somebody wrote there.
            (!is_changed).then_some(header.events).into(),
            header.mode.name().into(),
            header.test.into(),
        ]);
    }
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

/// Whom it is about. A questionnaire that cannot be read hides no session.
fn about(loader: &mut Loader, header: &SessionHeader) -> Option<String> {
    let instrument = loader.instrument(header).ok()?;
    header.start.about(&instrument).map(str::to_owned)
}
