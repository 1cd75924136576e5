//! Codes out of a project. Owns the matching of its texts, codes and users with those of the study; whatever cannot be taken over is a
//! [`ProjectLoss`] with its place. Takes no evidence in text that coders of the study may not see, and never chooses among contradictions.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::codebook::Meanings;
use super::gathered::{Gathered, begun, whole};
use super::places::Alignment;
use super::{Laid, SessionText, hidden, known};
use crate::coding::Draft;
use crate::coding::project::{Meaning, Project, ProjectSource};
use crate::instrument::hash_of;
use crate::store::{SessionHeader, SessionId};
use crate::study::codes::{FileCode, Spellings, standings, teaches};
use crate::study::{Loader, StudyError, digests};

mod applied;

/// The user's mapping of names in the project to ours.
#[derive(Debug, Clone, Default)]
pub struct ProjectOptions {
    /// What codes mean, by their names.
    pub codes: Vec<(String, Meaning)>,
    /// The codes of coders, by the names of users.
    pub coders: Vec<(String, String)>,
}

/// Something that did not come over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ProjectLoss {
    /// Where it stands in the project.
    pub place: String,
    /// Why it could not.
    pub reason: String,
}

/// A text that is no text of the study, with the session of which it may be a transcript.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What it is called in the project.
    pub name: String,
    /// The text.
    pub text: String,
    /// The session.
    pub session: SessionHeader,
}

/// What comes of a project.
#[derive(Debug, Default)]
pub struct ProjectImport {
    /// Codes with a dominant model.
    pub codes: Vec<FileCode>,
    /// Drafts: evidence of coders who named no dominant model and have no code of the session here, merged with their existing drafts.
    pub begun: Vec<(SessionId, String, Draft)>,
    /// Texts that may be transcripts.
    pub offers: Vec<Offer>,
    /// What did not come over.
    pub losses: Vec<ProjectLoss>,
    /// Remarks on what was changed on the way.
    pub remarks: Vec<String>,
    /// Places and codes of whole texts that came over.
    pub placed: usize,
}

/// Session, coder, and whether it settles the session.
type Who = (SessionId, String, bool);

/// Reads the codes of a project against the study.
///
/// # Errors
/// A study that cannot be read, or names that are not in the project.
pub fn take(
    loader: &mut Loader,
    headers: &[SessionHeader],
    project: &Project,
    wishes: &ProjectOptions,
) -> Result<ProjectImport, StudyError> {
    let study = loader.study();
    let (texts, _) = known(loader, headers)?;
    let meanings = Meanings::of(&project.codebook, &wishes.codes);
    for (name, _) in &wishes.codes {
        if !meanings.has(name) {
            return Err(StudyError::new(format!("no code of the project is called `{name}`")));
        }
    }
    for (name, _) in &wishes.coders {
        if !project.users.iter().any(|user| user.name.trim() == name.trim()) {
            return Err(StudyError::new(format!("no user of the project is called `{name}`")));
        }
    }
    let mut reading = ProjectReading {
        project,
        meanings,
        wishes,
        spellings: Spellings::of(study)?,
        taken: ProjectImport::default(),
        hidden: Vec::new(),
        gathered: BTreeMap::new(),
        covered: BTreeMap::new(),
        conflicts: BTreeSet::new(),
        parted: 0,
    };
    for (what, count) in &project.beyond {
        let what = if *count == 1 { what.clone() } else { format!("{what}s") };
        reading.lose("project".into(), format!("{count} {what}: relata keeps none of that"));
    }
    // Nothing that was said is kept of those who refused.
    let refused = digests::refused(study, headers)?;
    let may = |header: &&SessionHeader| teaches(header) && !refused.contains(&header.id);
    let consenting: Vec<SessionHeader> = headers.iter().filter(may).cloned().collect();
    reading.hidden = hidden(study, &consenting)?;
    for source in &project.sources {
        reading.source(source, &texts, &consenting);
    }
    reading.finish(loader)
}

struct ProjectReading<'a> {
    project: &'a Project,
    meanings: Meanings,
    wishes: &'a ProjectOptions,
    spellings: Spellings,
    taken: ProjectImport,
    /// Transcripts that coders are not shown.
    hidden: Vec<(SessionId, Laid)>,
    gathered: BTreeMap<Who, Gathered>,
    /// Items whose words are in a text of the project, by session: for them, the project's marks replace ours.
    covered: BTreeMap<SessionId, BTreeSet<String>>,
    /// Contradictory codes of one session.
    conflicts: BTreeSet<(Who, &'static str)>,
    /// Places over several turns or answers.
    parted: usize,
}

impl<'a> ProjectReading<'a> {
    fn lose(&mut self, place: String, reason: String) {
        self.taken.losses.push(ProjectLoss { place, reason });
    }

    fn source(&mut self, source: &'a ProjectSource, texts: &[SessionText], headers: &[SessionHeader]) {
        let place = format!("source `{}`", source.name);
        let text = match &source.text {
            Ok(text) => text,
            Err(why) => return self.lose(place, why.clone()),
        };
        let session = self.session_of(source, headers);
        let Some((known, found)) = matching(source, text, texts, session.as_ref()) else {
            return self.unknown(source, text, texts, session);
        };
        let items = known.laid.spans.iter().map(|span| span.item.clone());
        self.covered.entry(known.header.id).or_default().extend(items);
        for selection in &source.selections {
            self.selection(selection, &place, text, known, &found);
        }
        for coding in &source.codings {
            self.of_all(coding, coding.user.as_ref(), &place, known);
        }
    }

    /// The session of a foreign source: the one of its case's respondent, if there is only one.
    fn session_of(&self, source: &ProjectSource, headers: &[SessionHeader]) -> Option<SessionHeader> {
        let case = self.project.cases.iter().find(|case| case.sources.contains(&source.guid));
        let name =
            case.map(|case| case.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(&source.name);
        let mut of = headers.iter().filter(|header| header.respondent == name.trim());
        of.next().filter(|_| of.next().is_none()).cloned()
    }

    fn unknown(
        &mut self,
        source: &ProjectSource,
        text: &str,
        texts: &[SessionText],
        session: Option<SessionHeader>,
    ) {
        let places: usize = source.selections.iter().map(|selection| selection.codings.len()).sum();
        let coded = places + source.codings.len();
        let ours = texts.iter().any(|known| known.guid == source.guid);
        let several = alike(text, texts).len() > 1;
        let is_hidden = session.as_ref().is_some_and(|session| {
            self.hidden.iter().any(|(of, laid)| *of == session.id && Alignment::of(laid, text).is_some())
        });
        let why = match (ours, &session) {
            _ if is_hidden => {
                "it is a transcript that coders of the study are not shown, because a rating may be said aloud in it (`relata study transcript set SESSION --no-ratings`)"
            }
            _ if several => "several sessions of the study have this very text, and no case says whose it is",
            (true, _) => {
                "its words are not those of the study: what was said there was corrected, or the text was edited; export it anew"
            }
            (false, Some(_)) => {
                "it is no text of the study; --add-transcripts attaches it as a transcript to the session of its case"
            }
            (false, None) => {
                "it is no text of the study that coders are shown, and no case of it is called like a respondent with one session"
            }
        };
        self.lose(format!("source `{}`", source.name), format!("{why} (coded in it: {coded})"));
        if let (false, Some(session)) = (ours || several || is_hidden, session) {
            self.taken.offers.push(Offer { name: source.name.clone(), text: text.to_owned(), session });
        }
    }

    fn finish(mut self, loader: &Loader) -> Result<ProjectImport, StudyError> {
        let study = loader.study();
        let standing = standings(study)?;
        let conflicts = std::mem::take(&mut self.conflicts);
        for (who, mut gathered) in std::mem::take(&mut self.gathered) {
            let (session, coder, consensus) = who.clone();
            let short = session.short();
            for what in ["dominant model", "second model", "confidence"] {
                if !conflicts.contains(&(who.clone(), what)) {
                    continue;
                }
                self.lose(
                    format!("session {short}, coder {coder}"),
                    format!("it has two codes for the {what}: neither is taken"),
                );
                match what {
                    "dominant model" => gathered.dominant = None,
                    "second model" => gathered.second = None,
                    _ => gathered.confidence = None,
                }
            }
            if gathered.second.is_some() && gathered.second == gathered.dominant {
                let why = "the second model is the dominant one: it is left out";
                self.lose(format!("session {short}, coder {coder}"), why.into());
                gathered.second = None;
            }
            let codes = standing.get(&session);
            let before = match consensus {
                true => codes.and_then(|codes| codes.consensus.as_ref()),
                false => codes.and_then(|codes| codes.coders.iter().find(|code| code.coder == coder)),
            };
            let covered = self.covered.get(&session).cloned().unwrap_or_default();
            if let Some(coding) = whole(&gathered, before, &covered) {
                self.taken.codes.push(FileCode { session, coder, consensus, coding, marks_all: true });
            } else if consensus {
                self.lose(
                    format!("session {short}, coder {coder}"),
                    "a settled second model without a settled one".into(),
                );
            } else {
                let draft = study.draft(&session, &coder, false)?.unwrap_or_default();
                let (begun, otherwise) = begun(draft.clone(), gathered);
                for mark in otherwise {
                    let why = "its coder has begun this code here, and marked it otherwise";
                    self.lose(format!("session {short}, coder {coder}, {mark}"), why.into());
                }
                if begun != draft {
                    self.taken.begun.push((session, coder, begun));
                }
            }
        }
        if self.parted > 0 {
            self.taken.remarks.push(format!(
                "{} over several turns or answers: each became a passage in every one of them",
                if self.parted == 1 {
                    "1 place lies".to_owned()
                } else {
                    format!("{} places lie", self.parted)
                }
            ));
        }
        self.taken.losses.sort();
        self.taken.losses.dedup();
        Ok(self.taken)
    }
}

/// The text of the study that a source matches: by its GUID, its file, its content, or the words of its case.
fn matching<'k>(
    source: &ProjectSource,
    text: &str,
    texts: &'k [SessionText],
    session: Option<&SessionHeader>,
) -> Option<(&'k SessionText, Alignment<'k>)> {
    let found = |known: &'k SessionText| Some((known, Alignment::of(&known.laid, text)?));
    if let Some(known) = texts.iter().find(|known| known.guid == source.guid) {
        return found(known);
    }
    let alike = alike(text, texts);
    let of_case = |known: &&&SessionText| session.is_some_and(|session| known.header.id == session.id);
    let named = |known: &&&SessionText| known.name == source.name;
    let chosen = match alike.as_slice() {
        [only] => Some(only),
        several => several.iter().find(of_case).or_else(|| several.iter().find(named)),
    };
    if !alike.is_empty() {
        return chosen.and_then(|known| found(known));
    }
    let transcripts = texts.iter().filter(|known| known.file.is_some());
    transcripts.filter(|known| of_case(&known)).find_map(found)
}

/// Texts of the study with the same content or from the same file; several, where a file is attached to two sessions or two answers are
/// alike.
fn alike<'k>(text: &str, texts: &'k [SessionText]) -> Vec<&'k SessionText> {
    let hash = hash_of(&[text.as_bytes()]);
    let same = |known: &&SessionText| {
        known.file.as_ref() == Some(&hash) || known.laid.text.trim_end() == text.trim_end()
    };
    texts.iter().filter(same).collect()
}
