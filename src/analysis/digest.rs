//! A session as the study caches it: its facts, and every score that needs no other session.
//!
//! Knows one interview and neither norms, models nor other sessions. A digest is some hundred numbers where its interview is some hundred
//! thousand letters, so that ten thousand of them can be held and filtered at once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AnswerCounts, Gone, Quality};
use crate::classify::session::{Evidence, evidence_of};
use crate::instrument::FORMERLY;
use crate::instrument::kinds::{Datum, Key};
use crate::instrument::prompt::{Connection, Input, Reply, Sorted};
use crate::instrument::{Instrument, Perspective, RelationalModel};
use crate::interview::{Event, Fed, Instant, Interview, SessionState, Stamped};
use crate::measures::{Parts, Timed};

/// The version of cached digests. Whenever the content of a digest or its computation changes, this number has to change, or an old digest
/// would pass for a current one; `tests/scores/digest.rs` checks it.
pub const FORM: u32 = 10;

/// The facts of a session that need no answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Facts {
    /// Its id.
    pub id: String,
    /// The respondent's code.
    pub respondent: String,
    /// The interviewer's code, where one leads the interview.
    pub interviewer: Option<String>,
    /// Name of the instrument.
    pub instrument: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its text.
    pub hash: String,
    /// When it began.
    pub begun: Instant,
    /// The seed of its orders. Together with the beginning it identifies the session among coded ones; not for display.
    #[serde(skip)]
    pub seed: u64,
    /// The language that it began in.
    pub language: String,
    /// How answers came in: `screen`, `plain`, `simulated`, `browser`, `paper`, `imported`.
    pub mode: String,
    /// Where it stands.
    pub state: SessionState,
    /// Whether it is a rehearsal that must not count.
    pub test: bool,
    /// Whether the respondent was simulated.
    pub simulated: bool,
    /// The file that the answers come from, where another program collected them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imported_from: Option<String>,
}

/// What a session's own answers say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// The start form as it stood last, with the former name of a customer.
    pub fields: BTreeMap<String, String>,
    /// Minutes, pauses left out.
    pub minutes: f64,
    /// Whether an answer ended it, as a refused consent does.
    pub refused: bool,
    /// What feeds norms and the gap.
    pub parts: Parts,
    /// What feeds the classifier, own perspective first.
    pub evidence: Vec<Evidence>,
    /// How the organisation sees the respondent, by the respondent: the model that was ranked first, where that was asked.
    pub seen: Option<RelationalModel>,
    /// Associations in the order in which they came.
    pub words: Vec<AssociatedWord>,
    /// What became of the questions.
    pub answers: AnswerCounts,
    /// Questions without an answer, by index in the instrument.
    pub missing: Vec<(usize, Gone)>,
    /// Whether a whole page of ratings got the same answer; none where no page is long enough.
    pub straight: Option<bool>,
    /// Whether more than half of the ratings came too fast to have read the statement; none without ratings.
    pub fast: Option<bool>,
    /// Sorted test blocks that are there, by how they were timed.
    pub blocks: TimedBlocks,
}

/// A word that came to mind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AssociatedWord {
    /// As it was written.
    pub text: String,
    /// 1 is what came first.
    pub rank: usize,
    /// −3…+3, where it was placed.
    pub valence: Option<f64>,
}

/// Sorted test blocks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimedBlocks {
    /// All.
    pub all: usize,
    /// With figures of a calibration.
    pub calibrated: usize,
    /// Timed over a network.
    pub remote: usize,
}

/// The pool of a mode: sessions are measured against those of the same pool alone. A browser has another clock than a terminal, paper can
/// refuse no answer, and other programs may have asked differently, so that each has norms of its own.
pub fn pool(mode: &str) -> &str {
    match mode {
        "screen" | "plain" => "terminal",
        other => other,
    }
}

impl Facts {
    /// The pool that it is measured against; see [`pool`].
    pub fn pool(&self) -> &str {
        pool(&self.mode)
    }

    /// What tells the session from the others of its study, wherever models are made: its seed and the instant of its beginning.
    pub fn key(&self) -> (u64, Instant) {
        (self.seed, self.begun)
    }
}

impl Digest {
    /// The digest of an interview and the events that made it.
    pub fn of(interview: &Interview, events: &[Stamped]) -> Self {
        let instrument = interview.instrument();
        let fed = interview.fed_by_scale();
        let evidence = |perspective| evidence_of(instrument, &fed, perspective);
        let pages = Pages::of(interview);
        let former = interview.start().fields.get(FORMERLY).map(|name| (FORMERLY.to_owned(), name.clone()));
        Self {
            fields: interview.fields().clone().into_iter().chain(former).collect(),
            minutes: interview.elapsed(interview.last_event_at()) as f64 / 60_000.0,
            refused: interview.is_refused(),
            parts: Parts::from_fed(instrument, &fed),
            evidence: Perspective::ALL.into_iter().filter_map(evidence).collect(),
            seen: seen(interview),
            words: words(interview),
            answers: pages.answers,
            missing: super::missing::of(interview),
            straight: pages.straight,
            fast: fast(interview, events),
            blocks: blocks(&fed),
        }
    }

    /// The evidence of a perspective.
    pub fn evidence_for(&self, perspective: Perspective) -> Option<&Evidence> {
        self.evidence.iter().find(|evidence| evidence.perspective == perspective)
    }

    /// Whether its respondent would rather not answer: consent stands refused, or beside it nothing has an answer and something was declined.
    pub fn is_declined(&self, instrument: &Instrument) -> bool {
        let items = instrument.items.iter().enumerate();
        let asks = items
            .filter(|(_, item)| item.question.consent().is_none() && !item.question.columns().is_empty());
        let gone = |(at, _)| self.missing.iter().find(|(index, _)| *index == at).map(|(_, why)| *why);
        let all: Option<Vec<Gone>> = asks.map(gone).collect();
        self.refused || all.is_some_and(|all| all.contains(&Gone::Declined))
    }

    /// D and its standard error, where timed sorting gave one.
    pub fn timed(&self) -> Option<Timed> {
        self.parts.timed
    }
}

/// The model that was ranked first in a question whose options stand for models.
fn seen(interview: &Interview) -> Option<RelationalModel> {
    let mut items = interview.instrument().items.iter().enumerate();
    items.find_map(|(index, item)| item.question.leading_model(interview.replies(index)?))
}

/// The words that came to mind, in the order in which they came.
pub(crate) fn words(interview: &Interview) -> Vec<AssociatedWord> {
    let mut words = Vec::new();
    for (index, item) in interview.instrument().items.iter().enumerate() {
        let feeds = item.question.feeds();
        let is_association = feeds.iter().any(|feed| matches!(feed.key, Key::Valence(_)));
        let Some(replies) = interview.replies(index).filter(|_| is_association) else { continue };
        let data = item.question.record(replies);
        let texts = replies.iter().map_while(|reply| match reply {
            Reply::Given(Input::Text(typed)) if !typed.text.trim().is_empty() => Some(typed.text.trim()),
            _ => None,
        });
        for (place, text) in texts.enumerate() {
            let of_rank = |key: &Key| *key == Key::Valence(place + 1);
            let column = feeds.iter().find(|feed| of_rank(&feed.key)).map(|feed| feed.column);
            let valence = column.and_then(|column| data.get(column)).and_then(Datum::number);
            words.push(AssociatedWord { text: text.to_owned(), rank: place + 1, valence });
        }
    }
    words
}

/// What is read off the answers page by page.
struct Pages {
    answers: AnswerCounts,
    straight: Option<bool>,
}

impl Pages {
    fn of(interview: &Interview) -> Self {
        let instrument = interview.instrument();
        let mut answers = AnswerCounts::default();
        let mut straight = None;
        for group in &instrument.groups {
            // The widest run of ratings of one length on this page, as they were given, not as they are keyed.
            let mut ratings: Vec<f64> = Vec::new();
            for index in group.items.clone() {
                let (Some(item), Some(replies)) = (instrument.items.get(index), interview.replies(index))
                else {
                    continue;
                };
                match replies.first() {
                    Some(Reply::Declined) => answers.declined += 1,
                    Some(Reply::DontKnow) => answers.dont_know += 1,
                    Some(Reply::Given(_)) => {}
                    None | Some(Reply::Unread(_)) => answers.passed += 1,
                }
                answers.asked += 1;
                let columns = item.question.feeds();
                if columns.iter().any(|feed| matches!(feed.key, Key::Points { .. })) {
                    ratings.extend(item.question.record(replies).iter().filter_map(Datum::number));
                }
            }
            if ratings.len() >= Quality::STRAIGHT_FROM {
                let same = ratings.iter().all(|rating| Some(rating) == ratings.first());
                straight = Some(straight.unwrap_or(false) || same);
            }
        }
        Self { answers, straight }
    }
}

/// Whether most ratings came faster than a statement can be read. Only the first answer to a rating counts, because a later one needs no
/// reading.
fn fast(interview: &Interview, events: &[Stamped]) -> Option<bool> {
    // Another program says when everything ended, and of no single answer.
    if interview.origin().is_some() || interview.sheet().is_some() {
        return None;
    }
    let (mut quick, mut all) = (0, 0);
    let mut answered = vec![false; interview.instrument().items.len()];
    let mut before = interview.start().at;
    for stamped in events {
        if let Event::Answered { item, reply: Reply::Given(Input::Rated(rows)), .. } = &stamped.event
            && let Some(index) = interview.instrument().item_index(item)
            && !std::mem::replace(&mut answered[index], true)
        {
            // A page of rows takes its time once for each of them.
            let each = (stamped.at - before).max(0) / rows.len().max(1) as Instant;
            all += 1;
            quick += usize::from(each < Quality::TOO_FAST_MS);
        }
        before = stamped.at;
    }
    (all > 0).then_some(quick * 2 > all)
}

fn blocks(fed: &[Vec<Fed>]) -> TimedBlocks {
    let sorted: Vec<&Sorted> = fed.iter().flatten().filter_map(|fed| fed.sorted.as_ref()).collect();
    TimedBlocks {
        all: sorted.len(),
        calibrated: sorted.iter().filter(|block| block.timing.wake_us.is_some()).count(),
        remote: sorted
            .iter()
            .filter(|block| !matches!(block.timing.connection, Connection::Local | Connection::Browser))
            .count(),
    }
}
