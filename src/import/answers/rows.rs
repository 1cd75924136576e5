//! Rows become sessions: each is replayed through the same interview as a respondent's, so that it passes every check that
//! other sessions pass. Owns which parts of a row are left behind, and that they are counted.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cells::{CellReader, CellValue, ColumnSummary, replies};
use super::map::{DayOrder, Map};
use super::matching::{Holds, ImportPlan};
use super::platform::{ColumnRole, Platform};
use super::targets::AnswerKind;
use super::values::{ClockTime, day, day_parts, instant};
use super::walk::RowReplay;
use crate::instrument::code::made_code;
use crate::instrument::numeral::looks_missing;
use crate::instrument::prompt::Reply;
use crate::instrument::{Instrument, Language, hash_bytes, hash_of};
use crate::interview::{Instant, Origin, Stamped, Start, is_new_code};

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// As a spreadsheet counts.
    pub row: u64,
    /// The line of the file.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

/// What is the same for all rows.
#[derive(Debug, Clone)]
pub struct ImportFile {
    /// Its name, without the folder.
    pub name: String,
    /// SHA-256 of it.
    pub hash: String,
    /// When it is imported: the date of rows without one.
    pub now: Instant,
    /// The language of rows that name none.
    pub language: Option<String>,
    /// Texts in place of an answer, besides those of the map.
    pub missing: Vec<String>,
}

/// A session that a row makes.
#[derive(Debug, Clone)]
pub struct ImportedSession {
    /// Where it comes from.
    pub origin: Origin,
    /// What was fixed when it began.
    pub start: Start,
    /// The respondent's code.
    pub respondent: String,
    /// Everything that happened.
    pub events: Vec<Stamped>,
    /// What the response is called: its id, else its file and row.
    pub name: String,
    /// Whether the row says when it was answered.
    pub dated: bool,
}

/// The result of reading a table.
#[derive(Debug, Default)]
pub struct ImportedRows {
    /// One for each imported row.
    pub sessions: Vec<ImportedSession>,
    /// Rows in all.
    pub rows: usize,
    /// Rows that were not completed.
    pub unfinished: Vec<u64>,
    /// Rows without any answer.
    pub empty: Vec<u64>,
    /// Rows without the consent that is asked for.
    pub without_consent: Vec<u64>,
    /// Rows with a refused consent.
    pub refused: Vec<u64>,
    /// Rows that their program marks as a preview, a test, spam or not approved.
    pub set_aside: Vec<u64>,
    /// Rows without a time in the columns of times: they are dated by their import.
    pub undated: Vec<u64>,
    /// Answers to questions that are not asked here, by question, because routing would have skipped them.
    pub not_asked: BTreeMap<String, usize>,
    /// Faults of single rows.
    pub faults: Vec<String>,
    /// What every column said.
    pub(super) seen: Vec<ColumnSummary>,
}

/// Most faults of rows that are named one by one.
const SHOWN: usize = 20;

impl ImportedRows {
    pub(super) fn fault(&mut self, line: u64, column: &str, why: &str) {
        self.faults.push(format!("line {line}, column `{column}`: {why}"));
    }

    /// The faults to be shown.
    pub fn some_faults(&self) -> Vec<String> {
        let mut shown: Vec<String> = self.faults.iter().take(SHOWN).cloned().collect();
        if let Some(more @ 1..) = self.faults.len().checked_sub(SHOWN) {
            shown.push(format!("and {more} more"));
        }
        shown
    }
}

/// Imports as many rows as possible.
pub fn take(
    instrument: &Arc<Instrument>,
    plan: &ImportPlan,
    map: &Map,
    file: &ImportFile,
    rows: &[Row],
) -> ImportedRows {
    let mut taken = ImportedRows {
        rows: rows.len(),
        seen: vec![ColumnSummary::default(); plan.matches.len()],
        ..ImportedRows::default()
    };
    let mut orders = BTreeMap::new();
    let days = plan.matches.iter().filter(|found| matches!(plan.targets[found.target].form, AnswerKind::Day));
    let whens =
        [ColumnRole::Begun, ColumnRole::Ended].iter().filter_map(|role| plan.roles.get(role).copied());
    for column in days.map(|found| found.column).chain(whens) {
        orders.insert(column, map.row.dates.or_else(|| order_of(rows, column)));
    }
    let reader = CellReader::new(map, &file.missing, orders.clone());
    for row in rows {
        let told = RowMetadata::of(instrument, plan, map, file, &orders, row, &reader, &mut taken);
        let Some(told) = told else { continue };
        if let Some(session) = told.session(instrument, plan, file, row, &reader, &mut taken) {
            taken.sessions.push(session);
        }
    }
    taken
}

/// The order in which a column writes dates, as far as its cells show it.
fn order_of(rows: &[Row], column: usize) -> Option<DayOrder> {
    let cells = rows.iter().filter_map(|row| day_parts(row.cells.get(column)?)).map(|(parts, _)| parts);
    let (mut first, mut second) = (false, false);
    for [a, b, _] in cells {
        if a > 999 {
            return Some(DayOrder::Ymd);
        }
        first |= a > 12;
        second |= b > 12;
    }
    match (first, second) {
        (true, false) => Some(DayOrder::Dmy),
        (false, true) => Some(DayOrder::Mdy),
        _ => None,
    }
}

/// What a row says about the response as a whole.
struct RowMetadata {
    id: Option<String>,
    respondent: Option<String>,
    begun: Option<(Instant, ClockTime)>,
    ended: Option<(Instant, ClockTime)>,
    finished: bool,
    language: Language,
    fields: BTreeMap<String, String>,
    utc_offset: Option<i32>,
    survey: Option<String>,
}

impl RowMetadata {
    #[expect(
        clippy::too_many_arguments,
        reason = "what a table is and what is known of it are passed on, and kept nowhere"
    )]
    fn of(
        instrument: &Instrument,
        plan: &ImportPlan,
        map: &Map,
        file: &ImportFile,
        orders: &BTreeMap<usize, Option<DayOrder>>,
        row: &Row,
        reader: &CellReader,
        taken: &mut ImportedRows,
    ) -> Option<Self> {
        let before = taken.faults.len();
        if plan.platform == Platform::Relata {
            for (name, why) in [
                ("simulated", "a program gave these answers, and nobody else's come in"),
                ("test", "this is a rehearsal, which must not count"),
            ] {
                let column = plan.head.names.iter().position(|known| known == name);
                if column.and_then(|at| row.cells.get(at)).is_some_and(|cell| cell == "1") {
                    taken.fault(row.line, name, why);
                }
            }
        }
        let cell = |role: ColumnRole| {
            let column = *plan.roles.get(&role)?;
            let cell = row.cells.get(column).map(String::as_str).unwrap_or_default();
            (reader.missing(cell).is_none()).then_some((column, cell))
        };
        if cell(ColumnRole::Status).is_some_and(|(_, word)| is_set_aside(plan.platform, word)) {
            taken.set_aside.push(row.row);
            return None;
        }
        for role in [ColumnRole::Respondent, ColumnRole::Id] {
            if let Some((column, cell)) = cell(role)
                && looks_missing(cell)
            {
                taken.fault(row.line, &plan.head.names[column], &nobody(cell));
                return None;
            }
        }
        let mut when = |role: ColumnRole| {
            let (column, cell) = cell(role)?;
            // LimeSurvey writes this day for every date of an anonymous response.
            if plan.platform == Platform::LimeSurvey && cell.starts_with("1980-01-01") {
                return None;
            }
            let order = orders.get(&column).copied().flatten();
            let found = instant(cell, order);
            let why = match found {
                Some((_, ClockTime::Named)) if map.row.utc_offset.is_none() => format!(
                    "`{cell}` ends with the short name of a time zone, which several share: write utc_offset, in minutes, under [row], which \
                     counts instead of it"
                ),
                Some(_) => return found,
                None if day(cell, order).is_some() => {
                    format!("`{cell}` has a day and no time of day that can be read, such as 10:21:33")
                }
                None if day_parts(cell).is_some() => format!(
                    "`{cell}` is no instant that can be read in one way; write dates = \"dmy\" (or \"mdy\") under [row]"
                ),
                None => format!("`{cell}` is no instant that can be read, such as 2026-03-14 10:21:33"),
            };
            let why = format!("{why}, or {} = \"\" to leave it out", role.key());
            taken.fault(row.line, &plan.head.names[column], &why);
            None
        };
        let (begun, ended) = (when(ColumnRole::Begun), when(ColumnRole::Ended));
        let has_times =
            [ColumnRole::Begun, ColumnRole::Ended].iter().any(|role| plan.roles.contains_key(role));
        if has_times && begun.is_none() && ended.is_none() {
            taken.undated.push(row.row);
        }
        let respondent = cell(ColumnRole::Respondent).and_then(|(column, code)| {
            if !is_new_code(code) {
                let why = format!(
                    "`{code}` is no code, and relata keeps no names: a code has letters, digits, hyphens, underscores and dots; \
                     write respondent = \"\" under [row] to have codes made"
                );
                taken.fault(row.line, &plan.head.names[column], &why);
                return None;
            }
            Some(code.to_owned())
        });
        let language = match cell(ColumnRole::Language) {
            Some((_, tag)) => {
                let tag = tag.to_lowercase();
                let short = tag.split(['-', '_']).next().unwrap_or_default();
                let speaks = |tag: &str| instrument.languages.contains(&Language::new(tag));
                let wanted = [tag.as_str(), short].into_iter().find(|tag| speaks(tag));
                instrument.language(wanted.or(file.language.as_deref()))
            }
            None => instrument.language(file.language.as_deref()),
        };
        // Without a submission date in LimeSurvey, the response was not submitted.
        let finished = match cell(ColumnRole::Finished) {
            Some((_, word)) => !is_unfinished(word),
            None => {
                let submitted = plan.platform == Platform::LimeSurvey;
                !submitted
                    || !plan.roles.contains_key(&ColumnRole::Ended)
                    || cell(ColumnRole::Ended).is_some()
            }
        };
        let mut fields = BTreeMap::new();
        for (name, column, fixed) in &plan.fields {
            let found = column.and_then(|at| row.cells.get(at)).filter(|cell| reader.missing(cell).is_none());
            let value = fixed.clone().or_else(|| found.cloned()).unwrap_or_default();
            if let Some(column) = column
                && fixed.is_none()
                && looks_missing(&value)
            {
                taken.fault(row.line, &plan.head.names[*column], &nobody(&value));
            }
            let field = instrument.fields.iter().find(|field| field.name == *name);
            if value.is_empty()
                && field.is_some_and(|field| field.required)
                && let Some(column) = column
            {
                taken.fault(
                    row.line,
                    &plan.head.names[*column],
                    &format!("is empty, and `{name}` of the start form has to be filled"),
                );
            }
            fields.insert(name.clone(), value);
        }
        let sound = taken.faults.len() == before;
        sound.then_some(Self {
            id: cell(ColumnRole::Id).map(|(_, id)| id.to_owned()),
            respondent,
            begun,
            ended,
            finished,
            language,
            fields,
            utc_offset: map.row.utc_offset,
            survey: map.survey.clone(),
        })
    }

    fn session(
        self,
        instrument: &Arc<Instrument>,
        plan: &ImportPlan,
        file: &ImportFile,
        row: &Row,
        reader: &CellReader,
        taken: &mut ImportedRows,
    ) -> Option<ImportedSession> {
        let (answers, content) = answers(plan, row, reader, &self, taken)?;
        let constants: Vec<bool> = (0..answers.len()).map(|at| plan.constants.contains_key(&at)).collect();
        if answers.iter().zip(&constants).all(|(replies, constant)| replies.is_empty() || *constant) {
            taken.empty.push(row.row);
            return None;
        }
        let id = self.id.as_ref().map(|id| match &self.survey {
            Some(survey) => format!("{survey}/{id}"),
            None => id.clone(),
        });
        let name = id.clone().unwrap_or_else(|| format!("{}:{}", file.hash, row.row));
        let named: [&[u8]; 3] = [instrument.name.as_bytes(), b"\n", name.as_bytes()];
        let (bytes, hash) = (hash_bytes(&named), hash_of(&named));
        let seed = bytes.iter().skip(10).take(8).fold(0_u64, |seed, byte| seed << 8 | u64::from(*byte));
        // A clock without a time zone shows local time.
        let wall = self.utc_offset.unwrap_or(0);
        let at = |when: Option<(Instant, ClockTime)>| {
            when.map(|(at, clock)| match clock {
                ClockTime::Ahead(minutes) => (at, Some(minutes)),
                ClockTime::Utc => (at, self.utc_offset),
                ClockTime::Wall | ClockTime::Named => (at - Instant::from(wall) * 60_000, Some(wall)),
            })
        };
        let (begun, ended) = (at(self.begun), at(self.ended));
        let first = begun.or(ended);
        let (begun_at, offset) = first.unwrap_or((file.now, None));
        let ended_at = ended.map_or(begun_at, |(at, _)| at).max(begun_at);
        // A survey's running number is not a respondent's code, because the next survey counts from 1 as well.
        let own = self
            .id
            .clone()
            .filter(|id| is_new_code(id) && id.len() >= 8 && !id.bytes().all(|b| b.is_ascii_digit()));
        let respondent = self.respondent.clone().or(own);
        let respondent = respondent.unwrap_or_else(|| made_code(&hash));
        let origin = Origin {
            platform: plan.platform.name().to_owned(),
            file: file.name.clone(),
            hash: file.hash.clone(),
            row: row.row,
            id,
            content,
        };
        let start = Start {
            seed,
            language: self.language.clone(),
            fields: self.fields.clone(),
            at: begun_at,
            offset,
        };
        let walk = RowReplay {
            instrument,
            plan,
            answers: &answers,
            constants: &constants,
            ended_at,
            finished: self.finished,
        };
        let events = walk.events(&start, &origin, row, taken)?;
        taken.unfinished.extend((!self.finished).then_some(row.row));
        Some(ImportedSession { name, origin, start, respondent, events, dated: first.is_some() })
    }
}

/// Status words of a response that is not a respondent's answer, or was rejected. Qualtrics uses bits: preview, test, spam.
fn is_set_aside(platform: Platform, word: &str) -> bool {
    let word = word.trim().to_lowercase();
    if let (Platform::Qualtrics, Ok(number)) = (platform, word.parse::<u16>()) {
        return number & 0b1011 != 0;
    }
    let mut parts = word.split(|c: char| !c.is_alphanumeric());
    parts.any(|part| ["preview", "test", "spam", "rejected"].contains(&part))
        || ["not approved", "not_approved"].iter().any(|of| word.contains(of))
}

/// Status words of a response that was not completed.
fn is_unfinished(word: &str) -> bool {
    const WORDS: [&str; 9] = ["0", "false", "no", "n", "open", "withdrawn", "onwaar", "nee", "incomplete"];
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// The replies of a row to every question, and a hash of its content; `None` where a value has no counterpart.
fn answers(
    plan: &ImportPlan,
    row: &Row,
    reader: &CellReader,
    told: &RowMetadata,
    taken: &mut ImportedRows,
) -> Option<(Vec<Vec<Reply>>, String)> {
    let mut by_target: Vec<Vec<(Holds, CellValue)>> = vec![Vec::new(); plan.targets.len()];
    let mut sound = true;
    let mut parts: Vec<&[u8]> = Vec::new();
    for (at, found) in plan.matches.iter().enumerate() {
        let cell = row.cells.get(found.column).map(String::as_str).unwrap_or_default();
        parts.extend([plan.head.names[found.column].as_bytes(), b"\0", cell.as_bytes(), b"\n"]);
        match reader.read(plan, found, cell, row.line, &mut taken.seen[at]) {
            Some(said) => by_target[found.target].push((found.holds, said)),
            None => sound = false,
        }
    }
    for (target, constant) in &plan.constants {
        let found = super::matching::Match {
            target: *target,
            holds: Holds::Whole,
            column: usize::MAX,
            how: super::matching::How::Map,
        };
        match reader.read(plan, &found, constant, row.line, &mut ColumnSummary::default()) {
            Some(said) => by_target[*target] = vec![(Holds::Whole, said)],
            None => {
                let name = &plan.targets[*target].name;
                let why = format!(
                    "the map has `{constant}` for `{name}` in every row, and that is no answer to it"
                );
                if !taken.faults.contains(&why) {
                    taken.faults.push(why);
                }
                sound = false;
            }
        }
    }
    let mut all = Vec::with_capacity(by_target.len());
    for (target, said) in plan.targets.iter().zip(&by_target) {
        match replies(target, said) {
            Ok(replies) => all.push(replies),
            Err(why) => {
                taken.fault(row.line, &target.name, &why);
                sound = false;
            }
        }
    }
    let fields: Vec<String> = told.fields.iter().map(|(name, value)| format!("{name}\0{value}\n")).collect();
    parts.extend(fields.iter().map(String::as_bytes));
    sound.then(|| (all, hash_of(&parts)))
}
/// The error for a respondent's code that programs write for a missing value.
fn nobody(cell: &str) -> String {
    format!(
        "`{cell}` is what programs write for a missing value, and would be one name for several; say so with --missing or under [missing], \
         or write another name"
    )
}
