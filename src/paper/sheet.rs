//! The content of a sheet: sections, questions with their codes, boxes and lines, and what paper cannot hold. Built from prompts
//! alone, so that a new kind with known prompts needs nothing here.

use std::collections::BTreeMap;

use super::rules::OnSheet;
use crate::instrument::expression::{Expression, SpokenCondition};
use crate::instrument::kinds::Voice;
use crate::instrument::prompt::{Ask, Choice, Input, Reply, ScaleAsk, TextAsk, Typed};
use crate::instrument::{Audience, Instrument, Item, Language};
use crate::interview::Notice;
use crate::text;

/// A printed questionnaire; sheets differ only in their numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The language of all texts.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// One or two sentences that describe it.
    pub about: Option<String>,
    /// Name and version of the questionnaire.
    pub name: String,
    /// SHA-256 of the questionnaire's text.
    pub hash: String,
    /// Whether the interview has an interviewer.
    pub led: bool,
    /// The lines to fill in at the head.
    pub head: Vec<HeadLine>,
    /// The sections.
    pub parts: Vec<SheetSection>,
    /// Items that are not on the sheet.
    pub left_out: Vec<OmittedItem>,
    /// Rules that cannot be put in words: everybody is asked, and answers that should not have been asked for do not count.
    pub unsaid: Vec<Unsaid>,
    /// The study's notice before the question for consent.
    pub notice: Notice,
}

/// A line of the head.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadLine {
    /// Its code in the margin.
    pub code: String,
    /// What it holds: a field of the start form, or one of the three that every sheet has.
    pub holds: String,
    /// Its label.
    pub label: String,
    /// A help text.
    pub hint: Option<String>,
    /// A value that is printed already.
    pub printed: Option<String>,
    /// Whether it must be filled in.
    pub required: bool,
}

/// The line of the head with the respondent's code.
pub(super) const RESPONDENT: &str = ".respondent";
/// The line with the day on which the sheet was filled in.
pub(super) const DAY: &str = ".day";
/// The line with the interviewer's code.
pub(super) const INTERVIEWER: &str = ".interviewer";

/// A section.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetSection {
    /// Its title.
    pub label: String,
    /// Who fills it in.
    pub audience: Audience,
    /// Guidance for the interviewer.
    pub guidance: Option<String>,
    /// Whom it is meant for, in words.
    pub rule: Option<String>,
    /// Its questions.
    pub blocks: Vec<SheetBlock>,
}

/// A question, or a text to read.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetBlock {
    /// Index of its item.
    pub item: usize,
    /// Its code in the margin; empty for a text to read.
    pub code: String,
    /// The item's name.
    pub name: String,
    /// The question.
    pub text: String,
    /// A help text.
    pub hint: Option<String>,
    /// For the interviewer: guidance and follow-up questions.
    pub aside: Vec<String>,
    /// Whom it is meant for, in words.
    pub rule: Option<String>,
    /// Which answers are valid, in words, where the questionnaire has a limit that can be said.
    pub limit: Option<String>,
    /// The kind of answer.
    pub form: ResponseFormat,
}

/// The kind of answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum ResponseFormat {
    /// No answer.
    Note,
    /// One answer.
    One(Ask),
    /// A point in every row.
    Grid(ScaleAsk),
    /// Of the statements, the one that applies most, and of the others the one that applies least.
    MostLeast {
        /// The statements.
        statements: Vec<Choice>,
        /// The second question.
        least: String,
    },
    /// Words, each with a rating of how it feels.
    Words {
        /// What a word may be.
        word: TextAsk,
        /// Maximum number of words.
        most: usize,
        /// The second question.
        placing: String,
        /// The scale for how each word feels.
        feels: ScaleAsk,
    },
}

/// Why an item is not on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OmissionReason {
    /// It has to be timed.
    Timed,
    /// It only prepares for an item that has to be timed.
    LeadsUp,
    /// Its rule never holds.
    Nobody,
}

/// An item that is not on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OmittedItem {
    /// The item's name.
    pub item: String,
    /// Why.
    pub why: OmissionReason,
}

/// A rule that cannot be put in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaid {
    /// Its section, item or option.
    pub of: String,
    /// The rule as written.
    pub rule: String,
    /// The part that cannot be put in words.
    pub why: String,
}

/// The kind of answer to an item, or `None` if it cannot be on a sheet; computed before any codes are assigned.
fn form(item: &Item, voice: &dyn Voice) -> Option<ResponseFormat> {
    let columns = item.question.columns();
    let question = &item.question;
    let consent = question.consent().is_some();
    Some(match question.ask(&[], voice)?.ask {
        Ask::Sort(_) => return None,
        Ask::Note => ResponseFormat::Note,
        Ask::Pick { options, max: 1, .. } if columns.len() == 2 && !consent => {
            let first = options.first().map(|option| option.name.clone()).unwrap_or_default();
            let second = question.ask(&[Reply::Given(Input::Picked(vec![first]))], voice)?;
            ResponseFormat::MostLeast { statements: options, least: second.text.unwrap_or_default() }
        }
        Ask::Scale(scale) if !columns.iter().any(|column| column.name == item.name) => {
            ResponseFormat::Grid(scale)
        }
        Ask::Text(word) if word.word.is_some() => {
            let most = word.word.map_or(1, |(_, most)| most);
            let given = |at| Typed { text: format!("{at}"), ..Typed::default() };
            let words: Vec<Reply> = (0..most).map(|at| Reply::Given(Input::Text(given(at)))).collect();
            let step = question.ask(&words, voice)?;
            let Ask::Scale(feels) = step.ask else { return None };
            ResponseFormat::Words { word, most, placing: step.text.unwrap_or_default(), feels }
        }
        ask => ResponseFormat::One(ask),
    })
}

/// Whether an item is asked only for the sake of others that have to be timed, such as whether the respondent is ready.
fn only_leads_up(instrument: &Instrument, index: usize, voice: &dyn Voice) -> bool {
    let item = &instrument.items[index];
    let named = |expression: &Expression| {
        let names = expression.references();
        names.iter().any(|name| name.split('.').next() == Some(item.name.as_str()))
    };
    let timed = |other: &Item| form(other, voice).is_none();
    let by = |other: &Item| other.relevant.as_ref().is_some_and(named);
    let elsewhere = instrument.items.iter().any(|other| {
        !timed(other) && by(other)
            || other.constraint.as_ref().is_some_and(named)
            || other.offered.iter().any(|(_, condition)| named(condition))
    }) || instrument.groups.iter().any(|group| {
        let all_timed = group.items.clone().all(|at| {
            let other = &instrument.items[at];
            timed(other) || other.question.columns().is_empty()
        });
        !all_timed && group.relevant.as_ref().is_some_and(named)
    }) || instrument.calculations.iter().any(|(_, calculation)| named(calculation))
        || instrument.advice.iter().any(|advice| named(&advice.when));
    let by_group = instrument.groups.iter().any(|group| group.relevant.as_ref().is_some_and(named));
    let asked_for_it = by_group || instrument.items.iter().any(|other| timed(other) && by(other));
    asked_for_it
        && !elsewhere
        && item.question.feeds().is_empty()
        && item.question.consent().is_none()
        && !item.question.columns().is_empty()
}

/// `A` … `Z`, `AA` …
fn letters(at: usize) -> String {
    let last = char::from(b'A' + (at % 26) as u8);
    match at / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}

/// The same in lower case, for a row, an option or a word.
pub(super) fn letter(at: usize) -> String {
    letters(at).to_lowercase()
}

impl Sheet {
    /// The sheet of an instrument in a language; `given` holds start form values that are the same on all sheets.
    pub fn of(instrument: &Instrument, language: &Language, given: &BTreeMap<String, String>) -> Self {
        let written = BTreeMap::new();
        let bare = OnSheet { instrument, language, given, codes: &written, own: None };
        let head = head(instrument, &bare);
        let mut codes: BTreeMap<String, String> =
            head.iter().map(|line| (line.holds.clone(), line.code.clone())).collect();
        let mut left_out = Vec::new();
        // Codes are assigned first, because texts and rules can refer to any item.
        let mut printed = Vec::new();
        for group in &instrument.groups {
            let nobody = |rule: &Option<Expression>| {
                rule.as_ref().is_some_and(|rule| rule.in_words(&bare) == Ok(SpokenCondition::Never))
            };
            let mut forms = Vec::new();
            let mut lacks = false;
            for index in group.items.clone() {
                let item = &instrument.items[index];
                let why = match form(item, &bare) {
                    None => OmissionReason::Timed,
                    Some(_) if nobody(&group.relevant) || nobody(&item.relevant) => OmissionReason::Nobody,
                    Some(_) if only_leads_up(instrument, index, &bare) => OmissionReason::LeadsUp,
                    Some(form) => {
                        forms.push((index, form));
                        continue;
                    }
                };
                lacks = true;
                left_out.push(OmittedItem { item: item.name.clone(), why });
            }
            // A section without questions is omitted, and so are texts that only lead up to omitted items.
            if forms.is_empty() || lacks && forms.iter().all(|(_, form)| *form == ResponseFormat::Note) {
                continue;
            }
            let section = letters(printed.len());
            let mut place = 0;
            let mut placed = Vec::new();
            for (index, form) in forms {
                let name = &instrument.items[index].name;
                let code = match form {
                    ResponseFormat::Note => String::new(),
                    _ => {
                        place += 1;
                        format!("{section}{place}")
                    }
                };
                if let ResponseFormat::Grid(scale) = &form {
                    let rows = scale.rows.iter().enumerate();
                    codes.extend(
                        rows.map(|(at, row)| {
                            (format!("{name}.{}", row.name), format!("{code}{}", letter(at)))
                        }),
                    );
                }
                if let ResponseFormat::One(Ask::Rank { options: parts, .. } | Ask::Allocate { parts, .. }) =
                    &form
                {
                    codes.extend(parts.iter().map(|part| (format!("{name}.{}", part.name), code.clone())));
                }
                if !code.is_empty() {
                    codes.insert(name.clone(), code.clone());
                }
                placed.push((index, code));
            }
            printed.push((group, placed));
        }
        let voice = OnSheet { instrument, language, given, codes: &codes, own: None };
        let mut unsaid = Vec::new();
        let mut parts = Vec::new();
        for (group, placed) in printed {
            let led = instrument.has_interviewer();
            let rule = group.relevant.as_ref();
            let rule = rule.and_then(|rule| said(rule, &group.name, &voice, &mut unsaid));
            let blocks = placed.into_iter().filter_map(|(index, code)| {
                block(&instrument.items[index], index, code, &voice, &mut unsaid)
            });
            parts.push(SheetSection {
                label: voice.say(&group.label),
                audience: if led { group.audience } else { Audience::Respondent },
                guidance: group.guidance.as_ref().map(|text| voice.say(text)),
                rule: rule.map(|condition| text!(language, "paper-part-only-if", condition)),
                blocks: blocks.collect(),
            });
        }
        Self {
            language: language.clone(),
            title: voice.say(&instrument.label),
            about: instrument.about.as_ref().map(|text| voice.say(text)),
            name: format!("{} {}", instrument.name, instrument.version),
            hash: instrument.hash.clone(),
            led: instrument.has_interviewer(),
            head,
            parts,
            left_out,
            unsaid,
            notice: Notice::default(),
        }
    }

    /// Prints the respondent's code, if it is known.
    #[must_use]
    pub fn of_respondent(mut self, code: Option<&str>) -> Self {
        let lines = self.head.iter_mut().filter(|line| line.holds == RESPONDENT);
        lines.for_each(|line| line.printed = code.map(str::to_owned));
        self
    }

    /// Adds the study's notice before the question for consent.
    #[must_use]
    pub fn told(mut self, instrument: &Instrument, notice: Notice) -> Self {
        for block in self.parts.iter_mut().flat_map(|part| &mut part.blocks) {
            if instrument.items[block.item].question.consent().is_some() {
                block.text = notice.before(&block.text, &self.language);
            }
        }
        self.notice = notice;
        self
    }
}

fn head(instrument: &Instrument, voice: &OnSheet) -> Vec<HeadLine> {
    let language = voice.language;
    let mut lines = vec![
        (
            RESPONDENT.to_owned(),
            text!(language, "paper-code"),
            Some(text!(language, "paper-code-hint")),
            None,
        ),
        (DAY.to_owned(), text!(language, "paper-day"), None, None),
    ];
    if instrument.has_interviewer() {
        lines.push((INTERVIEWER.to_owned(), text!(language, "paper-interviewer"), None, None));
    }
    lines.extend(instrument.fields.iter().map(|field| {
        let printed = voice.given.get(&field.name).filter(|value| !value.is_empty()).cloned();
        let hint = field.hint.as_ref().map(|hint| voice.say(hint));
        (field.name.clone(), voice.say(&field.label), hint, printed)
    }));
    let required = |name: &str| instrument.fields.iter().any(|field| field.name == name && field.required);
    let line =
        |(at, (holds, label, hint, printed)): (usize, (String, String, Option<String>, Option<String>))| {
            HeadLine { code: format!("{}", at + 1), required: required(&holds), holds, label, hint, printed }
        };
    lines.into_iter().enumerate().map(line).collect()
}

/// A rule in words; `None` if it always holds, or if it cannot be put in words, which is recorded in `unsaid`.
fn said(rule: &Expression, of: &str, voice: &OnSheet, unsaid: &mut Vec<Unsaid>) -> Option<String> {
    match rule.in_words(voice) {
        Ok(SpokenCondition::If(condition)) => Some(condition),
        Ok(SpokenCondition::Always | SpokenCondition::Never) => None,
        Err(why) => {
            unsaid.push(Unsaid { of: of.to_owned(), rule: rule.source().to_owned(), why });
            None
        }
    }
}

fn block(
    item: &Item,
    index: usize,
    code: String,
    voice: &OnSheet,
    unsaid: &mut Vec<Unsaid>,
) -> Option<SheetBlock> {
    let language = voice.language;
    let mut form = form(item, voice)?;
    if let ResponseFormat::One(Ask::Pick { options, .. } | Ask::Rank { options, .. }) = &mut form {
        for (name, condition) in &item.offered {
            let of = format!("{}, option {name}", item.name);
            let rule = said(condition, &of, voice, unsaid);
            let option = options.iter_mut().find(|option| option.name == *name);
            if let (Some(condition), Some(option)) = (rule, option) {
                option.label = text!(language, "paper-option-only-if", option = option.label, condition);
            }
        }
    }
    let rule = item.relevant.as_ref().and_then(|rule| said(rule, &item.name, voice, unsaid));
    let own = OnSheet { own: Some(&item.name), ..*voice };
    let limit = item.constraint.as_ref().filter(|constraint| constraint.limits(&item.name));
    let limit = match limit.map(|constraint| constraint.in_words(&own)) {
        Some(Ok(SpokenCondition::If(condition))) => Some(text!(language, "paper-valid-if", condition)),
        _ => None,
    };
    let aside = item.guidance.iter().chain(&item.probes).map(|text| voice.say(text));
    let interviewers = voice.instrument.groups[item.group].audience == Audience::Interviewer;
    Some(SheetBlock {
        item: index,
        code,
        name: item.name.clone(),
        text: voice.say(&item.label),
        hint: item.hint.as_ref().map(|hint| voice.say(hint)),
        aside: if interviewers { aside.collect() } else { Vec::new() },
        rule: rule.map(|condition| text!(language, "paper-only-if", condition)),
        limit,
        form,
    })
}
