//! The links of a room. An answer always belongs to the respondent and fields that its link was made for, and a link lets in once. Keeps a
//! respondent's code as a keyed hash only, so that erasing need not look here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Record, is_since};
use crate::instrument::content_hash_of;
use crate::interview::SessionState;
use crate::store::{SessionHeader, SessionId, Study};
use crate::study::StudyError;

/// The respondent and fields under which answers are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedFor {
    /// The code of the one who answers, where that is settled beforehand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respondent: Option<String>,
    /// What the start form holds.
    pub fields: BTreeMap<String, String>,
    /// Whether it is a rehearsal.
    #[serde(default)]
    pub test: bool,
}

impl OpenedFor {
    /// A keyed hash that tells it from every other.
    pub fn sign(&self, secret: &str) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        content_hash_of(&[secret, &content_hash_of(&[secret, "opened for\n", &text])])
    }

    /// Whether a session has these fields, and is a rehearsal where this is one. It may have more fields, which were asked on joining.
    pub(super) fn covers(&self, header: &SessionHeader) -> bool {
        let mut filled = self.fields.iter().filter(|(_, value)| !value.trim().is_empty());
        header.test == self.test && filled.all(|(name, value)| header.start.fields.get(name) == Some(value))
    }

    /// As options of the command line.
    fn options(&self) -> String {
        let set = |(name, value): (&String, &String)| match value.chars().all(char::is_alphanumeric) {
            true => format!("--set {name}={value}"),
            false => format!("--set {name}='{}'", value.replace('\'', r"'\''")),
        };
        let test = self.test.then(|| "--test".to_owned());
        let options: Vec<String> = self.fields.iter().map(set).chain(test).collect();
        if options.is_empty() { "no --set at all".into() } else { options.join(" ") }
    }
}

/// What became of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkUse {
    /// It lets somebody in: nobody has opened it yet, or nothing has been answered by it.
    Unused,
    /// Something was answered by it; its session can go on.
    Begun,
    /// Neither entry nor return.
    Over,
}

/// What a run asks for.
#[derive(Debug, Clone, Copy)]
pub struct RoomRequest<'a> {
    /// What people are let in for.
    pub whom: &'a OpenedFor,
    /// The number of links; 0 where the code of the room lets people in.
    pub links: usize,
    /// Whether what was left going on is put aside.
    pub anew: bool,
}

impl Record {
    /// The numbers of the links that were handed out for this, the latest last.
    pub fn numbers(&self, whom: &OpenedFor) -> Vec<usize> {
        let own = whom.sign(&self.secret);
        self.handed.iter().filter(|(_, of)| **of == own).map(|(number, _)| *number).collect()
    }

    /// What became of those links.
    ///
    /// # Errors
    /// A study that cannot be read.
    pub fn uses(&self, study: &Study, whom: &OpenedFor) -> Result<Vec<(usize, LinkUse)>, StudyError> {
        let open: BTreeSet<String> = study
            .sessions()?
            .iter()
            .filter(|header| header.state == SessionState::Open)
            .map(|header| header.id.to_string())
            .collect();
        let used = |number: usize| {
            let used = match self.links.get(&number) {
                _ if self.lets_in(study, number)? => LinkUse::Unused,
                Some(session) if open.contains(session) => LinkUse::Begun,
                _ => LinkUse::Over,
            };
            Ok((number, used))
        };
        self.numbers(whom).into_iter().map(used).collect()
    }

    /// Whether a link lets somebody in. It does so again as long as nothing was answered in the session that it began: the reply that let
    /// somebody in may have been lost on its way, and nobody else could tell.
    ///
    /// # Errors
    /// A study that cannot be read.
    pub fn lets_in(&self, study: &Study, number: usize) -> Result<bool, StudyError> {
        match self.links.get(&number).map(|session| session.parse()) {
            _ if self.closed.contains(&number) => Ok(false),
            None => Ok(true),
            Some(Ok(session)) => Ok(study.is_untouched(&session)?),
            Some(Err(_)) => Ok(false),
        }
    }

    /// Notes the session that a link began. Returns the one in whose place it is.
    pub fn use_up(&mut self, number: usize, session: &SessionId) -> Option<SessionId> {
        let before = self.links.insert(number, session.to_string())?;
        let replaced = before.parse().ok();
        self.replaced.insert(before);
        replaced
    }

    /// Revokes the links that were handed out for this. Who came in by one can go on.
    pub fn take_back(&mut self, whom: &OpenedFor) {
        self.closed.extend(self.numbers(whom));
    }

    fn hand_out(&mut self, whom: &OpenedFor) {
        let number = self.handed.last_key_value().map_or(1, |(last, _)| last + 1);
        self.handed.insert(number, whom.sign(&self.secret));
    }
}

/// What a run begins with: what was kept for the same, with the links that it takes; else `fresh`, which holds the questionnaire's hash.
/// A link of a single respondent is handed out in the transaction that keeps it, so that no two runs hand out the same number.
///
/// # Errors
/// A study that cannot be read or written, and a room that is going on with other fields or another questionnaire: its code is with people who
/// came for those.
pub fn opening(study: &mut Study, fresh: Record, request: &RoomRequest) -> Result<Record, StudyError> {
    let RoomRequest { whom, links, anew } = *request;
    if whom.respondent.is_some() {
        let known = kept(study)?.remove(&fresh.instrument);
        let uses = known.map_or(Ok(Vec::new()), |known| known.uses(study, whom))?;
        let is_wanted = anew || uses.iter().all(|(_, used)| *used == LinkUse::Over);
        let record = study.change_links(|text| {
            let mut all = read(text);
            let mut record = all.remove(&fresh.instrument).unwrap_or(fresh);
            if anew {
                record.take_back(whom);
            }
            if is_wanted {
                record.hand_out(whom);
            }
            all.insert(record.instrument.clone(), record.clone());
            Ok((serde_json::to_string(&all)?, record))
        });
        return Ok(record?);
    }
    let known = study.room()?.and_then(|text| serde_json::from_str::<Record>(&text).ok());
    let known = known.filter(|_| !anew);
    if known.as_ref().is_some_and(|known| known.instrument != fresh.instrument) {
        return Err(StudyError::new(
            "a room is going on in this study, or links are out, for another questionnaire or another version of it: nobody could \
             come in by them any more",
        )
        .help("go on with that one, take another study, or put it aside with --new"));
    }
    let is_former = known.as_ref().is_some_and(|known| known.of.is_none() && known.handed.is_empty());
    let mut record = known.unwrap_or(fresh);
    // Rooms did not always say what they were opened for; their sessions do.
    if is_former {
        let linked = sessions(study)?;
        let mut headers = study.sessions()?.into_iter();
        let strange = headers.find(|header| is_since(header, &record, &linked) && !whom.covers(header));
        if let Some(SessionHeader { start, test, .. }) = strange {
            return Err(going_on(&OpenedFor { respondent: None, fields: start.fields, test }.options()));
        }
    }
    if links > 0 {
        while record.numbers(whom).len() < links {
            record.hand_out(whom);
        }
        return Ok(record);
    }
    match &record.of {
        Some(of) if of != whom => Err(going_on(&of.options())),
        _ => {
            record.of = Some(whom.clone());
            Ok(record)
        }
    }
}

fn going_on(options: &str) -> StudyError {
    let why = format!(
        "a room is going on in this study that was opened with {options}: its code would let people in for something else"
    );
    StudyError::new(why).help("open it with the same to go on with it, or put it aside with --new")
}

type Kept = BTreeMap<String, Record>;

/// What is kept of the links of single respondents, by the hash of what they ask.
fn kept(study: &Study) -> Result<Kept, StudyError> {
    Ok(read(study.links()?))
}

fn read(text: Option<String>) -> Kept {
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// The sessions that such links began.
pub(super) fn sessions(study: &Study) -> Result<BTreeSet<String>, StudyError> {
    let all = |record: Record| record.links.into_values().chain(record.replaced);
    Ok(kept(study)?.into_values().flat_map(all).collect())
}

/// What a run knows of the links of single respondents, with what other processes have kept of them since.
pub(super) fn current(study: &Study, mut record: Record) -> Result<Record, StudyError> {
    record.hear(kept(study)?.remove(&record.instrument));
    Ok(record)
}

/// Changes what is kept of the links of single respondents, after what other processes have kept of them since.
pub(super) fn amend<T>(
    study: &mut Study,
    mut record: Record,
    change: impl FnOnce(&mut Record) -> T,
) -> Result<(Record, T), StudyError> {
    let changed = study.change_links(|text| {
        let mut all = read(text);
        record.hear(all.remove(&record.instrument));
        let changed = change(&mut record);
        all.insert(record.instrument.clone(), record.clone());
        Ok((serde_json::to_string(&all)?, (record, changed)))
    });
    Ok(changed?)
}

impl Record {
    /// Adds what another process has kept of the same links.
    fn hear(&mut self, known: Option<Self>) {
        let Some(known) = known.filter(|known| known.secret == self.secret) else { return };
        for (number, of) in known.handed {
            self.handed.entry(number).or_insert(of);
        }
        self.closed.extend(known.closed);
        self.replaced.extend(known.replaced);
        for (number, session) in known.links {
            let own = self.links.entry(number).or_insert_with(|| session.clone());
            // Another process has let somebody in by it since.
            if self.replaced.contains(own) {
                *own = session;
            } else if *own != session {
                self.replaced.insert(session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(secret: &str) -> Record {
        Record {
            secret: secret.into(),
            instrument: "y".into(),
            begun: 1,
            locked: false,
            shown: None,
            links: BTreeMap::new(),
            closed: BTreeSet::new(),
            replaced: BTreeSet::new(),
            of: None,
            handed: BTreeMap::new(),
        }
    }

    #[test]
    fn runs_that_begin_in_one_moment_hand_out_links_of_their_own() {
        const RUNS: usize = 4;
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("study.relata");
        drop(Study::open(&path).unwrap());
        let together = std::sync::Barrier::new(RUNS);
        let open = |run: usize| {
            let mut study = Study::open_again(&path).unwrap();
            let respondent = Some(format!("R{run}"));
            let whom = OpenedFor { respondent, fields: BTreeMap::new(), test: false };
            together.wait();
            let request = RoomRequest { whom: &whom, links: 1, anew: false };
            let record = opening(&mut study, fresh(&run.to_string()), &request).unwrap();
            record.numbers(&whom)
        };
        let numbers: Vec<Vec<usize>> = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..RUNS).map(|run| scope.spawn(move || open(run))).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        let each: BTreeSet<usize> = numbers.iter().flatten().copied().collect();
        assert_eq!((each.len(), numbers.iter().all(|own| own.len() == 1)), (RUNS, true), "{numbers:?}");
        let record = kept(&Study::open_again(&path).unwrap()).unwrap().remove("y").unwrap();
        assert_eq!(record.handed.len(), RUNS);
    }

    #[test]
    fn what_two_processes_know_of_a_link_loses_no_session() {
        let record = |links: &[(usize, &str)], replaced: &[&str]| Record {
            links: links.iter().map(|(number, session)| (*number, (*session).to_owned())).collect(),
            replaced: replaced.iter().map(|session| (*session).to_owned()).collect(),
            ..fresh("x")
        };
        let heard = |mut own: Record, known: Record| {
            own.hear(Some(known));
            own
        };
        let (first, second) = (record(&[(1, "a")], &[]), record(&[(1, "b")], &["a"]));
        assert_eq!(heard(record(&[], &[]), first.clone()), first);
        // Whoever knows less of it comes to the same.
        assert_eq!(heard(first.clone(), second.clone()), second);
        assert_eq!(heard(second.clone(), first.clone()), second);
        // Where neither knew of the other, both are known from then on.
        assert_eq!(heard(first.clone(), record(&[(1, "c")], &[])), record(&[(1, "a")], &["c"]));
        assert_eq!(heard(first.clone(), Record { secret: "z".into(), ..second }), first);
        // What was taken back anywhere is taken back.
        let closed = Record { closed: [1].into(), ..first.clone() };
        assert_eq!(heard(first, closed.clone()), closed);
    }
}
