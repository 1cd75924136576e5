//! A result on its way to paper: the page that a screen keeps, and the command that shows the result again.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::report::of_session;
use super::train::write_whole;
use super::{Failure, StudyArg, remark, shell};
use crate::files::from_home;
use crate::instrument::{Audience, Feedback, Instrument, Language};
use crate::store::{Advised, SessionHeader, SessionId, Study};
use crate::text;

/// The command that shows what a session has to say.
pub(super) fn command(header: &SessionHeader, arg: &StudyArg) -> String {
    let study = shell::study_flag(arg);
    let rehearsal = if header.test { " --with-tests" } else { "" };
    format!("relata report --session {}{rehearsal}{study}", header.id.short())
}

/// The sentence after a result was shown: the commands that show it again and save it as a page. A respondent who saw a part of it gets the
/// command for that part.
pub(super) fn closing(
    header: &SessionHeader,
    instrument: &Instrument,
    arg: &StudyArg,
    language: &Language,
) -> Option<String> {
    if !instrument.shows_result() {
        return None;
    }
    let partly = !instrument.has_interviewer() && instrument.feedback != Feedback::Full;
    let reader = if partly { " --reader respondent" } else { "" };
    let command = command(header, arg) + reader;
    let page = format!("{command} --format html --out {}.html", header.respondent);
    Some(text!(language, "cli-result-all-answers-kept-result", command, page))
}

/// Records the advice on a page that was shown. A failure is remarked once and does not keep the page from being shown.
pub(super) fn keep_advice(study: &Study, shown: Vec<Advised>, language: &Language) {
    static SAID: AtomicBool = AtomicBool::new(false);
    if let Err(why) = study.keep_advice(shown)
        && !SAID.swap(true, Ordering::Relaxed)
    {
        remark(&text!(language, "cli-advice-not-kept", why = why.to_string()));
    }
}

/// Beside the study, under a name that is free.
pub(super) fn place(study: &Study, header: &SessionHeader) -> PathBuf {
    free_place(study, &stem(header))
}

fn stem(header: &SessionHeader) -> String {
    format!("{}-{}", header.respondent, header.id.short())
}

/// [`place`] for a page called `stem`.
pub(super) fn free_place(study: &Study, stem: &str) -> PathBuf {
    let name = |number: usize| match number {
        1 => format!("{stem}.html"),
        number => format!("{stem}-{number}.html"),
    };
    let free = (1..).map(|number| study.path().with_file_name(name(number))).find(|path| !path.exists());
    free.unwrap_or_else(|| study.path().with_file_name(name(1)))
}

/// Saves the result as a page at a place typed on a screen, and returns where it is.
pub(super) fn save(
    study: &Study,
    id: &SessionId,
    language: &Language,
    reader: Audience,
    place: &str,
) -> Result<String, Failure> {
    let header = study.session(&id.to_string())?;
    let path = asked_place(place, &stem(&header), language)?;
    let report = of_session(study, &header, Some(language.as_str()))?;
    keep(&path, &report.to_html(reader))
}

/// The file that a typed `place` means; a folder gets a page called `stem`. Checks that it can be written before the page is made.
pub(super) fn asked_place(place: &str, stem: &str, language: &Language) -> Result<PathBuf, Failure> {
    if place.is_empty() {
        return Err(Failure::refused(text!(language, "cli-result-say-where-page-kept")));
    }
    let mut path = from_home(Path::new(place));
    if path.is_dir() {
        path.push(format!("{stem}.html"));
    } else if path.extension().is_none() {
        path.set_extension("html");
    }
    // Absolute, because the user may look for it from another folder.
    let path = std::path::absolute(&path).unwrap_or(path);
    if path.exists() {
        let shown = path.display().to_string();
        return Err(Failure::refused(text!(language, "cli-result-shown-already-give-another", shown)));
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        let folder = folder.display().to_string();
        return Err(Failure::refused(text!(language, "cli-result-no-folder-folder", folder)));
    }
    Ok(path)
}

/// Keeps a page and says where it is.
pub(super) fn keep(path: &Path, page: &str) -> Result<String, Failure> {
    write_whole(path, page.as_bytes(), false)?;
    Ok(path.display().to_string())
}
