//! A study as a project for programs of qualitative analysis, and back: what coders read becomes texts, marks become coded places.
//!
//! Owns how a session's words are laid out as one text. A project shows no more than a coder of the study sees ([`super::blind`] decides).
//! Marks without a dominant model become a draft ([`taken::ProjectImport::begun`]), never a code. Knows no files.

use std::collections::{BTreeMap, BTreeSet};

use super::blind::{Blinding, Material};
use super::codes::{standings, teaches};
use super::transcripts::{in_order, lines};
use super::{Loader, StudyError};
use crate::coding::project::{Applied, Case, Meaning, Project, ProjectSource, Selection, User, guid};
use crate::coding::transcript::turn_named;
use crate::coding::{Coding, PassageSource};
use crate::instrument::Language;
use crate::interview::ReviewLine;
use crate::store::{Code, SessionHeader, SessionId, Study};
use crate::text;
use crate::texts::timestamp;

mod codebook;
mod gathered;
mod places;
pub mod taken;
pub mod turns;

/// The longest name of a place, in characters: programs show it in lists.
const NAME: usize = 80;

/// Words of a session in the text that was made of them.
#[derive(Debug, Clone, PartialEq)]
struct Span {
    item: String,
    part: PassageSource,
    /// The first character of the text, and the one after the last.
    range: (usize, usize),
    /// Whether passages can be marked in it: only in words, not in a rating.
    words: bool,
}

/// A text, and where in it what stands.
#[derive(Debug, Clone, Default, PartialEq)]
struct Laid {
    text: String,
    length: usize,
    spans: Vec<Span>,
}

impl Laid {
    fn add(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count();
    }

    fn mark(&mut self, line: &ReviewLine, part: PassageSource, said: &str, words: bool) {
        let start = self.length;
        self.add(said);
        self.spans.push(Span { item: line.item.clone(), part, range: (start, self.length), words });
        self.add("\n");
    }

    /// Lines under their questions, as coders read them, without lines that have neither answer nor note.
    fn out(lines: &[ReviewLine], language: &Language) -> Self {
        let (mut laid, mut section) = (Self::default(), "");
        for line in lines {
            let missing = line.missing.as_ref().map(|reply| reply.why_missing(language));
            let answer = line.words.as_deref().or(missing.as_deref()).unwrap_or(&line.answer);
            let answered = !answer.trim().is_empty() && !line.withheld;
            if !answered && line.note.is_none() {
                continue;
            }
            if line.section != section && turn_named(&line.item).is_none() {
                section = &line.section;
                laid.add(&format!("{section}\n\n"));
            }
            laid.add(&format!("{}\n", line.question));
            if answered {
                laid.mark(line, PassageSource::Answer, answer, line.words.is_some());
            }
            if let Some(note) = &line.note {
                laid.add(&format!("{}\n", text!(language, "plain-coding-note")));
                laid.mark(line, PassageSource::Note, note, true);
            }
            laid.add("\n");
        }
        laid
    }

    fn span(&self, item: &str, part: PassageSource) -> Option<&Span> {
        self.spans.iter().find(|span| span.item == item && span.part == part)
    }

    /// Where a mark on a whole item stands: at the answer, or at the note where that is all that is shown.
    fn whole(&self, item: &str) -> Option<&Span> {
        self.span(item, PassageSource::Answer).or_else(|| self.span(item, PassageSource::Note))
    }
}

/// A text that a session gives, with its session.
#[derive(Debug)]
struct SessionText {
    header: SessionHeader,
    guid: String,
    name: String,
    laid: Laid,
    /// The hash of the file that a transcript came from.
    file: Option<String>,
}

/// What coders may read of the study, text by text; and how many transcripts are held back.
fn known(loader: &mut Loader, headers: &[SessionHeader]) -> Result<(Vec<SessionText>, usize), StudyError> {
    let study = loader.study();
    let blinding = Blinding::of(study)?;
    let (mut all, mut held_back) = (Vec::new(), 0);
    for header in headers.iter().filter(|header| teaches(header)) {
        let Some((interview, _)) = loader.sound(header)?.filter(|(interview, _)| !interview.is_refused())
        else {
            continue;
        };
        let (language, id) = (interview.language().clone(), header.id.to_string());
        let material = blinding.material(study, &header.id, &interview)?;
        held_back += material.held_back;
        let of = |what: &str, name: &str, lines: &[ReviewLine], file: Option<&String>| SessionText {
            guid: guid(&["source", &id, what]),
            name: format!("{} {} {name}", header.respondent, header.id.short()),
            laid: Laid::out(lines, &language),
            file: file.cloned(),
            header: header.clone(),
        };
        let Material { answers, turns: said, .. } = material;
        all.push(of("answers", &text!(&language, "study-projects-answers"), &answers, None));
        for (transcript, kept) in in_order(&study.transcripts(&header.id)?) {
            let turns: Vec<ReviewLine> = said
                .iter()
                .filter(|line| turn_named(&line.item).is_some_and(|(of, _)| of == transcript))
                .cloned()
                .collect();
            let name = turns::name(transcript, &language);
            all.push(of(transcript, &name, &turns, Some(&kept.source)));
        }
    }
    all.retain(|known| !known.laid.spans.is_empty());
    Ok((all, held_back))
}

/// Transcripts that coders are not shown, with their sessions.
fn hidden(study: &Study, headers: &[SessionHeader]) -> Result<Vec<(SessionId, Laid)>, StudyError> {
    let (blinding, language) = (Blinding::of(study)?, Language::fallback());
    let mut all = Vec::new();
    for header in headers {
        for (id, transcript) in in_order(&study.transcripts(&header.id)?) {
            if !blinding.shows(transcript) {
                all.push((header.id, Laid::out(&lines([(id, transcript)], &language), &language)));
            }
        }
    }
    Ok(all)
}

/// A project, and what of the study is not in it.
#[derive(Debug)]
pub struct PreparedProject {
    /// The project.
    pub project: Project,
    /// What is left out, in sentences.
    pub remarks: Vec<String>,
}

/// The study as a project with the codes of its coders, of one alone where one is named; the codebook is in `language`.
///
/// # Errors
/// A study that cannot be read.
pub fn project(
    loader: &mut Loader,
    headers: &[SessionHeader],
    coder: Option<&str>,
    language: &Language,
) -> Result<PreparedProject, StudyError> {
    let study = loader.study();
    let (mut texts, held_back) = known(loader, headers)?;
    let mut codes: Vec<Code> = Vec::new();
    for standing in standings(study)?.into_values() {
        codes.extend(standing.coders.into_iter().chain(standing.consensus));
    }
    codes.retain(|code| coder.is_none_or(|coder| code.coder == coder));
    // As on a coder's list: simulated respondents are for studies that have no others.
    let real = texts.iter().any(|known| !known.header.simulated());
    let coded: BTreeSet<_> = codes.iter().map(|code| code.session).collect();
    texts.retain(|known| known.header.simulated() != real || coded.contains(&known.header.id));
    let mut left_out = OmittedCounts { held_back, ..OmittedCounts::default() };
    let shown: BTreeSet<_> = texts.iter().map(|known| known.header.id).collect();
    codes.retain(|code| shown.contains(&code.session));
    left_out.codes = coded.difference(&shown).count();
    let mut sources: Vec<ProjectSource> = texts.iter().map(plain).collect();
    for code in &codes {
        let of = |known: &&SessionText| known.header.id == code.session;
        let own: Vec<&SessionText> = texts.iter().filter(of).collect();
        for (known, source) in texts.iter().zip(&mut sources).filter(|(known, _)| of(known)) {
            let first = own.first().is_some_and(|first| first.guid == known.guid);
            put(code, known, source, first);
        }
        left_out.places += lost(&code.coding, &own, code.consensus);
    }
    let users: BTreeSet<&str> = codes.iter().map(|code| code.coder.as_str()).collect();
    let project = Project {
        name: study.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        users: users.into_iter().map(|name| User { guid: user(name), name: name.to_owned() }).collect(),
        codebook: codebook::entries(language),
        cases: cases(&texts),
        sources,
        beyond: Vec::new(),
    };
    Ok(PreparedProject { project, remarks: left_out.in_words() })
}

fn user(name: &str) -> String {
    guid(&["coder", name])
}

fn plain(known: &SessionText) -> ProjectSource {
    ProjectSource {
        guid: known.guid.clone(),
        name: known.name.clone(),
        about: format!("{} · {}", known.header.instrument.name, known.header.id),
        text: Ok(known.laid.text.clone()),
        selections: Vec::new(),
        codings: Vec::new(),
    }
}

/// Every respondent with all texts.
fn cases(texts: &[SessionText]) -> Vec<Case> {
    let mut found: BTreeMap<&str, Case> = BTreeMap::new();
    for known in texts {
        let name = known.header.respondent.as_str();
        let case = found.entry(name).or_insert_with(|| {
            let simulated = if known.header.simulated() { "true" } else { "false" };
            Case {
                guid: guid(&["case", name]),
                name: name.to_owned(),
                values: vec![("simulated".to_owned(), simulated.to_owned())],
                sources: Vec::new(),
            }
        });
        case.sources.push(known.guid.clone());
    }
    found.into_values().collect()
}

/// Writes a code into a text of its session: evidence at its place, codes for the whole session on every text, the note on the first text
/// alone.
fn put(code: &Code, known: &SessionText, source: &mut ProjectSource, first: bool) {
    let coding = &code.coding;
    let (by, at) = (user(&code.coder), timestamp(code.at));
    let applied = |meaning: Meaning, place: &str, note: &str| Applied {
        guid: guid(&["coding", &known.guid, &by, &meaning.to_string(), place]),
        code: meaning.guid(),
        user: Some(by.clone()),
        at: at.clone(),
        note: note.to_owned(),
    };
    let note = if first { coding.note.as_str() } else { "" };
    let (dominant, second) = match code.consensus {
        true => (Meaning::Settled(coding.dominant), coding.second.map(Meaning::SettledSecond)),
        false => (Meaning::Dominant(coding.dominant), coding.second.map(Meaning::Second)),
    };
    source.codings.push(applied(dominant, "", note));
    source.codings.extend(second.map(|second| applied(second, "", "")));
    if code.consensus {
        return;
    }
    source.codings.extend(coding.confidence.map(|sure| applied(Meaning::Confidence(sure), "", "")));
    for (meaning, range) in places(coding, &known.laid) {
        let place = format!("{}-{}", range.0, range.1);
        let known_place = source
            .selections
            .iter_mut()
            .find(|known| known.range == range && known.user.as_ref() == Some(&by));
        let coding = applied(meaning, &place, "");
        match known_place {
            Some(selection) => selection.codings.push(coding),
            None => source.selections.push(Selection {
                guid: guid(&["selection", &known.guid, &by, &place]),
                name: name_of(&known.laid.text, range),
                range,
                user: Some(by.clone()),
                codings: vec![coding],
            }),
        }
    }
    source.selections.sort_by(|one, other| (one.range, &one.user).cmp(&(other.range, &other.user)));
}

/// Where the evidence of a code stands in a text.
fn places(coding: &Coding, laid: &Laid) -> Vec<(Meaning, (usize, usize))> {
    let marks = coding
        .evidence
        .iter()
        .filter_map(|mark| Some((Meaning::Mark(mark.model, mark.strength), laid.whole(&mark.item)?.range)));
    let passages = coding.passages.iter().filter_map(|passage| {
        let (start, end) = laid.span(&passage.item, passage.part).filter(|span| span.words)?.range;
        let range = (start + passage.start, start + passage.end);
        let stands = laid.text.chars().skip(range.0).take(range.1 - range.0).eq(passage.quote.chars());
        (range.1 <= end && stands).then_some((Meaning::Passage(passage.model), range))
    });
    marks.chain(passages).collect()
}

/// How much of the evidence of a code stands in none of these texts.
fn lost(coding: &Coding, texts: &[&SessionText], consensus: bool) -> usize {
    let found: usize = match consensus {
        true => 0,
        false => texts.iter().map(|known| places(coding, &known.laid).len()).sum(),
    };
    (coding.evidence.len() + coding.passages.len()).saturating_sub(found)
}

/// The words of a place, on one line and not too long.
fn name_of(text: &str, (start, end): (usize, usize)) -> String {
    let words: String = text.chars().skip(start).take(end - start).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.chars().count() > NAME {
        true => words.chars().take(NAME - 1).chain(['…']).collect(),
        false => words,
    }
}

/// What of a study is in no project.
#[derive(Debug, Default)]
struct OmittedCounts {
    held_back: usize,
    codes: usize,
    places: usize,
}

impl OmittedCounts {
    fn in_words(&self) -> Vec<String> {
        let counted = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {many}")),
        };
        let held_back = counted(self.held_back, "transcript is", "transcripts are").map(|it| {
            format!("{it} not in it: coders see what was told in words alone, and a rating may be said aloud there (`relata study transcript set SESSION --no-ratings`)")
        });
        let codes = counted(self.codes, "coded session is", "coded sessions are").map(|it| {
            format!("{it} not in it: refused, withdrawn, a rehearsal, or with nothing that coders are shown")
        });
        let places = counted(self.places, "mark or passage is", "marks and passages are").map(|it| {
            format!("{it} not in it: what they stand in is not shown to coders, was removed or corrected, or they are of a settled code")
        });
        [held_back, codes, places].into_iter().flatten().collect()
    }
}
