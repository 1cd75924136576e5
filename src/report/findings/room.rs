//! What a room sees of itself: the findings that twelve people can talk about, and the questions that the instrument has for them.
//!
//! Owns which findings those are and in what order. Computes nothing, and shows only what may be published: the report that it is handed
//! holds nothing else.

use std::collections::BTreeMap;

use super::{FindingsWriter, count, percent, public};
use crate::analysis::{self, ModelLine, ShownCount, StudyReport};
use crate::instrument::expression::{Lookup, Value};
use crate::instrument::{Construct, Instrument, Language, Perspective};
use crate::interview::Instant;
use crate::report::dates::day_of;
use crate::report::document::{
    Bar, BarRow, Bars, Block, Cell, Cloud, CloudWord, Column, Document, Drawing, Part, Reader, Readers,
    Section, Shown, Table,
};
use crate::text;
use crate::texts;
use crate::texts::capital;

/// Words that a cloud shows: more cannot be read from the last row of chairs.
const WORDS: usize = 30;
/// Sizes of words.
const SIZES: usize = 5;
/// Norms that are named as those on which a room differs most.
const DIFFERING: usize = 4;

/// The page that a room is shown. `report` is the publishable one, `fields` is the start form of the room; `again`: it was shown something
/// before, beside which less can be told. `at`: when it was shown, by the clock on the wall.
pub fn document(
    report: &StudyReport,
    instrument: &Instrument,
    fields: &BTreeMap<String, String>,
    (rehearsed, again): (bool, bool),
    at: Instant,
) -> Shown {
    let language = Language::new(&report.language);
    let teller = FindingsWriter { report, language: &language };
    let room = Room { teller: &teller, report, instrument, language: &language };
    let n = report.respondents.people();
    let mut sections = Vec::new();
    let mut lead = Vec::new();
    if rehearsed {
        lead.push(text!(&language, "report-build-rehearsal-these-answers-given"));
    }
    match report.too_few() {
        Some(least) => lead.push(text!(&language, "report-room-too-few", n, least)),
        None => {
            sections.push(room.models());
            sections.extend(room.cloud());
            sections.extend(room.gaps());
            sections.extend(room.differing());
            sections.extend(teller.paradoxes());
            sections.extend(room.discussion(fields));
            lead.push(text!(&language, "report-room-so-many", n));
            if again {
                lead.push(text!(&language, "report-room-again"));
            }
        }
    }
    let field = |field: &crate::instrument::StartField| {
        let value = fields.get(&field.name).filter(|value| !value.is_empty())?;
        Some((field.label.raw(&language).trim_end_matches('?').to_owned(), value.clone()))
    };
    let shown = (text!(&language, "report-room-day"), day_of(at, &language));
    let document = Document {
        language: report.language.clone(),
        kicker: text!(&language, "report-room-kicker"),
        title: instrument.label.raw(&language),
        about: Vec::new(),
        simulated: report.simulated,
        facts: public(instrument.fields.iter().filter_map(field).chain([shown]).collect()),
        lead: public(lead),
        sections,
    };
    document.shown_to(Reader::Public)
}

struct Room<'a> {
    teller: &'a FindingsWriter<'a>,
    report: &'a StudyReport,
    instrument: &'a Instrument,
    language: &'a Language,
}

impl Room<'_> {
    /// How strongly each norm is held, how sure that is, and for how many it comes first.
    fn models(&self) -> Section {
        let models = &self.report.models;
        let mut section = Section::public("models", text!(self.language, "report-room-models"));
        let name = |line: &ModelLine| capital(&line.model.plainly(self.language));
        if let Some(range) = models.range {
            let most = models.lines.iter().filter_map(|line| line.strength).map(|held| held.value);
            let most = most.fold(f64::MIN, f64::max);
            let second =
                models.lines.iter().filter_map(|line| line.strength).filter(|held| held.value < most);
            let second = second.map(|held| held.high).fold(f64::MIN, f64::max);
            let rows = models.lines.iter().map(|line| BarRow {
                name: name(line),
                bars: vec![line.strength.map(|held| Bar {
                    drawing: Drawing::on(range, held.value, Some((held.low, held.high)), None),
                    shown: texts::decimal(held.value, 1, self.language),
                    interval: Some(
                        [held.low, held.high].map(|end| texts::decimal(end, 1, self.language)).join("–"),
                    ),
                    leads: held.low > second,
                })],
            });
            let (low, high) = range;
            let ends = texts::ends((low, high), self.language);
            section.push(Block::Bars(Bars {
                caption: text!(self.language, "report-room-strengths", ends),
                rows_are: text!(self.language, "report-way-relating"),
                columns: Vec::new(),
                rows: rows.collect(),
            }));
            if models.lines.iter().any(|line| line.strength.is_none()) {
                section.remark(text!(self.language, "report-room-strength-held"));
            }
        }
        let has_intervals = models.lines.iter().any(|line| line.answers_share.is_some());
        let mut columns = vec![
            Column::words(text!(self.language, "report-way-relating")),
            Column::numbers(text!(self.language, "report-models-answers-speak-most-n")),
        ];
        columns.extend(has_intervals.then(|| Column::numbers("95 %")));
        columns.push(Column::drawings("0–100 %"));
        columns.push(Column::numbers(text!(self.language, "report-models-these-not-told-apart")));
        let mut table = Table::new(text!(self.language, "report-room-first"), columns);
        if let Some(sentence) = self.report.untold(self.language) {
            section.say(sentence);
        }
        for line in &models.lines {
            let ends = line.answers_share.map(|share| (share.low, share.high));
            let mut cells = vec![Cell::Name(name(line)), count(line.answers)];
            cells.extend(has_intervals.then(|| {
                Cell::Text(ends.map_or_else(String::new, |(low, high)| {
                    format!("{}–{}", percent(low).trim_end_matches(" %"), percent(high))
                }))
            }));
            let part = models.answers_part(line);
            cells.push(part.map_or_else(
                || Cell::text(""),
                |part| Cell::Drawing(Drawing::on((0.0, 1.0), part, ends, None)),
            ));
            cells.push(count(line.uncertain));
            table.row(cells);
        }
        let counts: Vec<ShownCount> =
            models.lines.iter().flat_map(|line| [line.answers, line.uncertain]).collect();
        match tells(&counts) {
            true => self.counted(&mut section, table, &counts),
            false => section.remark(text!(self.language, "report-room-all-held")),
        }
        section.remark(text!(self.language, "report-room-models-note"));
        section
    }

    /// A table of these counts, with what stands in it instead of a number.
    fn counted(&self, section: &mut Section, table: Table, counts: &[ShownCount]) {
        section.table(table);
        let few = counts.contains(&ShownCount::Few).then(|| text!(self.language, "report-room-few"));
        let held = counts.contains(&ShownCount::Hidden).then(|| text!(self.language, "report-room-held"));
        let legend: Vec<String> = few.into_iter().chain(held).collect();
        if !legend.is_empty() {
            section.remark(legend.join(" "));
        }
    }

    /// Words by how pleasant they are, the larger the more people named them; also as a table.
    fn cloud(&self) -> Option<Section> {
        let mut section = self.teller.words()?;
        let mut words: Vec<_> = self.report.words.iter().take(WORDS).collect();
        let most = words.iter().filter_map(|line| line.n.count()).max().unwrap_or(1).max(1);
        let place = |valence: Option<f64>| valence.unwrap_or(0.0);
        words.sort_by(|a, b| place(b.valence).total_cmp(&place(a.valence)));
        let words = words.into_iter().filter_map(|line| {
            let n = line.n.count()?;
            Some(CloudWord {
                word: line.word.clone(),
                n,
                size: 1 + (SIZES - 1) * n.saturating_sub(1) / most.saturating_sub(1).max(1),
                valence: line.valence,
            })
        });
        let cloud = Cloud { caption: text!(self.language, "report-room-cloud"), words: words.collect() };
        section.blocks.insert(0, Part::to(Readers::ALL, Block::Cloud(cloud)));
        Some(section)
    }

    /// Explicit against associated sentiment, without the statistics for researchers.
    fn gaps(&self) -> Option<Section> {
        let mut section = self.teller.both_sides()?;
        let gaps = &self.report.gaps;
        if gaps.too_few {
            return Some(section);
        }
        if !gaps.points.is_empty() {
            section.push(Block::Plane(self.teller.plane()));
        }
        let counts: Vec<ShownCount> = gaps.verdicts.iter().map(|line| line.n).collect();
        match tells(&counts) {
            true => self.counted(&mut section, self.teller.verdicts(), &counts),
            false => section.remark(text!(self.language, "report-room-verdicts-held")),
        }
        section.remark(text!(self.language, "report-gaps-indirect-measure-shows-how"));
        Some(section)
    }

    /// The norms on which the room differs most, those of the models first.
    fn differing(&self) -> Option<Section> {
        let mut section = Section::public("differing", text!(self.language, "report-room-differing"));
        let mut table = Table::new(
            text!(self.language, "report-room-differing-table"),
            vec![
                Column::words(text!(self.language, "report-room-norm")),
                Column::numbers(text!(self.language, "report-mean")),
                Column::numbers(text!(self.language, "report-room-spread")),
                Column::drawings(text!(self.language, "report-room-two-thirds")),
            ],
        );
        for found in differing(self.report, self.instrument).into_iter().take(DIFFERING) {
            let (low, high) = found.range;
            let drawn = (found.mean - found.sd, found.mean + found.sd);
            table.row(vec![
                Cell::text(&found.label),
                Cell::Text(texts::decimal(found.mean, 1, self.language)),
                Cell::Text(texts::decimal(found.sd, 1, self.language)),
                Cell::Drawing(Drawing::on((low, high), found.mean, Some(drawn), None)),
            ]);
        }
        section.table(table);
        if section.blocks.is_empty() {
            return None;
        }
        section.remark(text!(self.language, "report-room-differing-note"));
        Some(section)
    }

    /// The instrument's discussion questions for these findings.
    fn discussion(&self, fields: &BTreeMap<String, String>) -> Option<Section> {
        let found = RoomFindings { report: self.report, instrument: self.instrument, fields };
        let holds = |when: &Option<crate::instrument::expression::Expression>| {
            when.as_ref().is_none_or(|when| when.evaluate(&found) == Value::Bool(true))
        };
        let asked = self.instrument.discussion.iter().filter(|question| holds(&question.when));
        let say = |question: &crate::instrument::Discussion| {
            let template = question.text.in_language(self.language)?;
            Some(template.fill(&|name| fields.get(name).cloned()))
        };
        let questions: Vec<String> = asked.filter_map(say).collect();
        if questions.is_empty() {
            return None;
        }
        let mut section = Section::public("discussion", text!(self.language, "report-room-discussion"));
        section.push(Block::List(questions));
        Some(section)
    }
}

/// Whether a table of these counts tells anything: zeros beside what is held back do not.
fn tells(counts: &[ShownCount]) -> bool {
    let is_held = |count: &ShownCount| count.count().is_none();
    !counts.iter().any(is_held) || counts.iter().any(|count| count.count().is_some_and(|n| n > 0))
}

/// A scale on which a room differs.
struct Differing<'a> {
    name: &'a str,
    label: String,
    mean: f64,
    sd: f64,
    range: (f64, f64),
}

/// The scales by their spread, in shares of the scale; only the norms of the models where there are any.
fn differing<'a>(report: &'a StudyReport, instrument: &Instrument) -> Vec<Differing<'a>> {
    let of_model = |index: usize| matches!(instrument.scales[index].construct, Construct::Model(_));
    let found = report.scales.iter().filter_map(|line| {
        let index = instrument.scales.iter().position(|scale| scale.name == line.name)?;
        let (_, range) = analysis::points(instrument, index)?;
        let of =
            Differing { name: &line.name, label: line.label.clone(), mean: line.mean?, sd: line.sd?, range };
        (line.perspective == Perspective::Own && range.1 > range.0).then_some((of_model(index), of))
    });
    let mut all: Vec<(bool, Differing)> = found.collect();
    if all.iter().any(|(of_model, _)| *of_model) {
        all.retain(|(of_model, _)| *of_model);
    }
    let spread = |found: &Differing| found.sd / (found.range.1 - found.range.0);
    all.sort_by(|(_, a), (_, b)| spread(b).total_cmp(&spread(a)));
    all.into_iter().map(|(_, found)| found).collect()
}

/// What was found, for the conditions of the instrument's questions. What is held back has no value.
struct RoomFindings<'a> {
    report: &'a StudyReport,
    instrument: &'a Instrument,
    fields: &'a BTreeMap<String, String>,
}

impl RoomFindings<'_> {
    fn of_room(&self, what: &str) -> Value {
        let models = &self.report.models;
        let number = |value: Option<f64>| value.map_or(Value::Missing, Value::Number);
        let share = |estimate: Option<analysis::IntervalEstimate>| number(estimate.map(|found| found.value));
        let mut ranked: Vec<&ModelLine> =
            models.lines.iter().filter(|line| line.strength.is_some() && !models.untold).collect();
        let strength = |line: &ModelLine| line.strength.map_or(f64::MIN, |held| held.value);
        ranked.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
        // Conflicts that error alone would give are no finding.
        let beyond_error = |found: analysis::Conflicts| {
            let n = self.report.gaps.n as f64;
            share(found.share.filter(|share| share.low * n > found.by_error.unwrap_or(0.0)))
        };
        // Where two intervals overlap, the page ranks neither above the other, and neither does the question to the room.
        let is_first = match ranked.as_slice() {
            [first, second, ..] => {
                first.strength.zip(second.strength).is_some_and(|(first, second)| first.low > second.high)
            }
            _ => false,
        };
        let model = |at: usize| {
            let line = ranked.get(at).filter(|_| is_first);
            line.map_or(Value::Missing, |line| Value::Text(line.model.abbreviation().to_owned()))
        };
        match what {
            "n" => Value::Number(self.report.respondents.people() as f64),
            "dominant" => model(0),
            "second" => model(1),
            "divided" => differing(self.report, self.instrument)
                .first()
                .map_or(Value::Missing, |found| Value::Text(found.name.to_owned())),
            "masked" => beyond_error(self.report.gaps.masked),
            "latent" => beyond_error(self.report.gaps.latent),
            "same" => share(self.report.paradoxes.first().and_then(|paradox| paradox.same_share)),
            "nps" => number(self.report.experience.all.nps.as_ref().map(|nps| nps.score.value)),
            "words" => {
                let side = self.report.words_valence.and_then(|words| words.side);
                number(side.map(|side| if side == analysis::ValenceSide::Pleasant { 1.0 } else { -1.0 }))
            }
            _ => Value::Missing,
        }
    }
}

impl Lookup for RoomFindings<'_> {
    fn value(&self, name: &str) -> Value {
        match name.strip_prefix("room.") {
            Some(what) => self.of_room(what),
            None => match self.fields.get(name).filter(|value| !value.is_empty()) {
                Some(value) => Value::Text(value.clone()),
                None => Value::Missing,
            },
        }
    }

    fn is_answered(&self, name: &str) -> bool {
        self.value(name) != Value::Missing
    }

    fn today(&self) -> Value {
        Value::Missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_beside_what_is_held_back_make_no_table() {
        use ShownCount::{Count, Few, Hidden};
        for counts in [&[Hidden, Count(0), Count(0)][..], &[Few, Hidden], &[Few, Count(0)]] {
            assert!(!tells(counts), "{counts:?}");
        }
        for counts in [&[Count(0), Count(0)][..], &[Hidden, Few, Count(7)], &[Count(12), Count(0)]] {
            assert!(tells(counts), "{counts:?}");
        }
    }
}
