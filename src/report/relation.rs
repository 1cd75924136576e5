//! A relation put into words: one customer on one page, for somebody with two minutes before a meeting.
//!
//! Owns what is said of both sides and of time, in every language. Numbers that only researchers need stand in a section of their own.
//! Refuses to compute.

use super::dates::moment;
use super::document::{
    Advice, Bar, BarRow, Bars, Block, Cell, Column, Document, Drawing, Fact, Name, Part, Reader, Readers,
    Section, Table, Verdict,
};
use super::{AdviceLine, said};
use crate::analysis::relation::{Compared, Followed, OverTime, Pairing, Reading, Relation, Side};
use crate::classify::strength::Strengths;
use crate::instrument::{Audience, Language, Party, Perspective, RelationalModel};
use crate::text;
use crate::texts::{self, capital, timestamp};

/// How many pieces of advice a page for two minutes has.
const THINGS_TO_DO: usize = 3;

/// The relation as a document. `advice`: that of the latest session of the organisation's side.
pub fn document(relation: &Relation, advice: &[AdviceLine], language: &Language) -> Document {
    let teller = Teller { relation, language };
    let readers = Readers::default().and(Reader::Researcher);
    let title = relation.name.clone().unwrap_or_else(|| relation.code.clone());
    let about = relation.name.is_some().then(|| Part::to(readers, relation.code.clone()));
    Document {
        language: language.to_string(),
        kicker: text!(language, "report-relation-kicker"),
        title,
        about: about.into_iter().collect(),
        simulated: relation.simulated,
        facts: teller.facts().into_iter().map(|fact| Part::to(readers, fact)).collect(),
        lead: Vec::new(),
        sections: teller
            .sections(advice)
            .into_iter()
            .map(|mut section| {
                // Nobody but those who run the study reads both sides of a relation.
                section.readers = readers;
                section.blocks.iter_mut().for_each(|part| part.readers = readers);
                section
            })
            .collect(),
    }
}

struct Teller<'a> {
    relation: &'a Relation,
    language: &'a Language,
}

impl Teller<'_> {
    fn facts(&self) -> Vec<Fact> {
        let count = |party| self.relation.visits.iter().filter(|visit| visit.party == party).count();
        let (ours, theirs) = (count(Party::Organisation), count(Party::Customer));
        let mut facts = vec![(
            text!(self.language, "report-relation-answered"),
            text!(self.language, "report-relation-sessions", ours, theirs),
        )];
        if let Some(at) = self.relation.last_seen() {
            facts.push((text!(self.language, "report-relation-last"), moment(&timestamp(at), self.language)));
        }
        facts
    }

    fn sections(&self, advice: &[AdviceLine]) -> Vec<Section> {
        let both = self.relation.both_sides();
        let times: Vec<OverTime> = [Party::Organisation, Party::Customer]
            .into_iter()
            .filter_map(|party| self.relation.over_time(party))
            .collect();
        let mut sections = vec![self.glance(&both, &times)];
        sections.extend(self.sides());
        sections.extend(self.to_do(advice));
        sections.extend(self.over_time(&times));
        sections.push(self.basis(&both));
        sections
    }

    fn glance(&self, both: &[Compared], times: &[OverTime]) -> Section {
        let mut section = Section::new("glance", text!(self.language, "report-relation-glance"));
        for (party, title) in [
            (Party::Organisation, text!(self.language, "report-relation-we-relate")),
            (Party::Customer, text!(self.language, "report-relation-they-relate")),
        ] {
            let Some(visit) = self.relation.latest(party) else { continue };
            let Some(answers) = visit.own.answers else { continue };
            section.push(Block::Verdict(Verdict {
                title: Some(title),
                sentence: said::headline(&answers, self.language),
                open: !answers.tell_apart(),
                more: Vec::new(),
                warnings: Vec::new(),
            }));
        }
        for compared in both {
            section.push(Block::Verdict(self.compared(compared)));
        }
        match self.relation.latest(Party::Customer) {
            None if self.relation.latest(Party::Organisation).is_some() => {
                section.say(text!(self.language, "report-relation-only-ours", code = &self.relation.code));
            }
            Some(_) if self.relation.latest(Party::Organisation).is_none() => {
                section.say(text!(self.language, "report-relation-only-theirs", code = &self.relation.code));
            }
            _ => {}
        }
        for time in times {
            section.say(self.trend(time));
        }
        section
    }

    fn listed(&self, models: &[RelationalModel]) -> String {
        let names: Vec<String> = models
            .iter()
            .map(|model| text!(self.language, "report-relation-quoted", name = model.plainly(self.language)))
            .collect();
        match names.split_last() {
            Some((last, before)) if !before.is_empty() => {
                text!(self.language, "report-relation-and", before = before.join(", "), last)
            }
            _ => names.concat(),
        }
    }

    /// Norms that come out in one way.
    fn that_are(&self, compared: &Compared, reading: Reading) -> Option<String> {
        let of = |model: &RelationalModel| {
            compared.norms[model.index()].is_some_and(|found| found.reading == reading)
        };
        let models: Vec<RelationalModel> = RelationalModel::ALL.into_iter().filter(of).collect();
        (!models.is_empty()).then(|| self.listed(&models))
    }

    fn compared(&self, compared: &Compared) -> Verdict {
        let readings = [Reading::Near, Reading::Higher, Reading::Lower, Reading::Open];
        let mut sentences = readings.into_iter().filter_map(|reading| {
            let norms = self.that_are(compared, reading)?;
            Some(self.reading(compared.pairing, reading, &norms))
        });
        let first = sentences.next().unwrap_or_default();
        Verdict {
            title: Some(self.pairing(compared.pairing)),
            sentence: first,
            open: compared.norms.iter().flatten().all(|found| found.reading == Reading::Open),
            more: sentences.collect(),
            warnings: Vec::new(),
        }
    }

    fn pairing(&self, pairing: Pairing) -> String {
        match pairing {
            Pairing::OurPicture => text!(self.language, "report-relation-our-picture"),
            Pairing::TheirPicture => text!(self.language, "report-relation-their-picture"),
            Pairing::MeantAndUsed => text!(self.language, "report-relation-meant"),
        }
    }

    fn reading(&self, pairing: Pairing, reading: Reading, norms: &str) -> String {
        use Pairing::{MeantAndUsed, OurPicture, TheirPicture};
        use Reading::{Higher, Lower, Near, Open};
        match (pairing, reading) {
            (OurPicture, Near) => text!(self.language, "report-relation-our-near", norms),
            (OurPicture, Higher) => text!(self.language, "report-relation-our-higher", norms),
            (OurPicture, Lower) => text!(self.language, "report-relation-our-lower", norms),
            (TheirPicture, Near) => text!(self.language, "report-relation-their-near", norms),
            (TheirPicture, Higher) => text!(self.language, "report-relation-their-higher", norms),
            (TheirPicture, Lower) => text!(self.language, "report-relation-their-lower", norms),
            (MeantAndUsed, Near) => text!(self.language, "report-relation-meant-near", norms),
            (MeantAndUsed, Higher) => text!(self.language, "report-relation-meant-higher", norms),
            (MeantAndUsed, Lower) => text!(self.language, "report-relation-meant-lower", norms),
            (OurPicture | TheirPicture | MeantAndUsed, Open) => {
                text!(self.language, "report-relation-open", norms)
            }
        }
    }

    fn sides(&self) -> Vec<Section> {
        let (ours, theirs) =
            (self.relation.latest(Party::Organisation), self.relation.latest(Party::Customer));
        let mut section = Section::new("sides", text!(self.language, "report-relation-sides"));
        let told = [
            (
                text!(self.language, "report-relation-customer-norms"),
                (text!(self.language, "report-relation-as-we-see-it"), ours.map(|visit| visit.other)),
                (text!(self.language, "report-relation-as-they-say"), theirs.map(|visit| visit.own)),
            ),
            (
                text!(self.language, "report-relation-our-norms"),
                (text!(self.language, "report-relation-as-we-say"), ours.map(|visit| visit.own)),
                (text!(self.language, "report-relation-as-they-see-it"), theirs.map(|visit| visit.other)),
            ),
        ];
        for (caption, ours, theirs) in told {
            section
                .blocks
                .extend(self.bars(&caption, [ours, theirs]).map(|bars| Part::new(Block::Bars(bars))));
        }
        if section.blocks.is_empty() { Vec::new() } else { vec![section] }
    }

    fn bars(&self, caption: &str, told: [(String, Option<Side>); 2]) -> Option<Bars> {
        let told: Vec<(String, Side, Strengths)> =
            told.into_iter().filter_map(|(name, side)| Some((name, side?, side?.strengths?))).collect();
        let range = told.first()?.2.range;
        let shown = |value: f64| texts::decimal(value, 1, self.language);
        let row = |model: RelationalModel| BarRow {
            name: Name { text: capital(&model.plainly(self.language)), theory: None },
            bars: told
                .iter()
                .map(|(_, side, strengths)| {
                    let found = strengths.norm(model)?;
                    Some(Bar {
                        drawing: Drawing::on(
                            strengths.range,
                            found.value,
                            Some((found.low, found.high)),
                            None,
                        ),
                        shown: shown(found.value),
                        interval: Some(format!("{}–{}", shown(found.low), shown(found.high))),
                        leads: side.leads() == Some(model),
                    })
                })
                .collect(),
        };
        Some(Bars {
            caption: text!(
                self.language,
                "report-relation-norms",
                caption,
                low = texts::number(range.0, self.language),
                high = texts::number(range.1, self.language)
            ),
            rows_are: text!(self.language, "report-way-relating"),
            columns: told.iter().map(|(name, ..)| name.clone()).collect(),
            rows: RelationalModel::ALL.map(row).to_vec(),
        })
    }

    fn to_do(&self, advice: &[AdviceLine]) -> Option<Section> {
        let mut section = Section::new("to-do", text!(self.language, "report-relation-to-do"));
        let mine = advice.iter().filter(|line| line.audience != Some(Audience::Interviewer));
        for line in mine.take(THINGS_TO_DO) {
            let (title, text) = (line.title.clone(), line.text.clone());
            section.push(Block::Advice(Advice { title, only: None, text }));
        }
        if section.blocks.is_empty() {
            return None;
        }
        section.remark(text!(self.language, "report-relation-advice-from"));
        Some(section)
    }

    fn party(&self, party: Party) -> String {
        match party {
            Party::Organisation => text!(self.language, "report-relation-our-side"),
            Party::Customer => text!(self.language, "report-relation-their-side"),
        }
    }

    fn what(&self, what: Followed, party: Party) -> String {
        match what {
            Followed::Norm(side, model) => {
                let of_us = (party == Party::Organisation) == (side == Perspective::Own);
                let name = model.plainly(self.language);
                match of_us {
                    true => text!(self.language, "report-relation-norm-ours", name),
                    false => text!(self.language, "report-relation-norm-theirs", name),
                }
            }
            Followed::Said => text!(self.language, "report-said"),
            Followed::Associated => text!(self.language, "report-associated"),
        }
    }

    fn trend(&self, time: &OverTime) -> String {
        let changed: Vec<String> = time
            .changes
            .iter()
            .filter(|changed| changed.is_reliable())
            .map(|changed| {
                let what = self.what(changed.what, time.party);
                let size = texts::signed(changed.to - changed.from, 1, self.language);
                format!("{what} {size}")
            })
            .collect();
        let side = self.party(time.party);
        match changed.is_empty() {
            true => text!(self.language, "report-relation-no-change", side),
            false => text!(self.language, "report-relation-changed", side, what = changed.join(", ")),
        }
    }

    fn over_time(&self, times: &[OverTime]) -> Vec<Section> {
        let mut section = Section::new("time", text!(self.language, "report-relation-time"));
        for time in times {
            let (from, to) = time.between;
            let [from, to] = [from, to].map(|at| moment(&timestamp(at), self.language));
            section.say(text!(
                self.language,
                "report-relation-between",
                side = self.party(time.party),
                from,
                to,
                n = time.measurements
            ));
            section.table(self.changes(time));
        }
        if section.blocks.is_empty() {
            return Vec::new();
        }
        section.remark(text!(self.language, "report-relation-change-is"));
        vec![section]
    }

    fn changes(&self, time: &OverTime) -> Table {
        let slopes = time.changes.iter().any(|changed| changed.slope.is_some());
        let mut columns = vec![
            Column::words(text!(self.language, "report-relation-what")),
            Column::numbers(text!(self.language, "report-relation-least")),
            Column::numbers(text!(self.language, "report-relation-before")),
            Column::numbers(text!(self.language, "report-relation-now")),
            Column::numbers(text!(self.language, "report-relation-difference")),
            Column::words(text!(self.language, "report-relation-more-than-error")),
        ];
        if slopes {
            columns.push(Column::numbers(text!(self.language, "report-relation-slope")));
        }
        let mut table = Table::new(text!(self.language, "report-relation-changes"), columns);
        for changed in &time.changes {
            let digits = if matches!(changed.what, Followed::Norm(..)) { 1 } else { 2 };
            let plain = |value: f64| texts::decimal(value, digits, self.language);
            let signed = |value: f64| texts::signed(value, digits, self.language);
            let ends = [changed.to - changed.from, changed.interval.low, changed.interval.high];
            let mut row = vec![
                Cell::Text(capital(&self.what(changed.what, time.party))),
                Cell::Text(plain(changed.detectable)),
                Cell::Text(plain(changed.from)),
                Cell::Text(plain(changed.to)),
                Cell::Text(said::with_interval(ends, signed)),
                match changed.is_reliable() {
                    true => Cell::Leader(text!(self.language, "report-yes")),
                    false => Cell::Text(text!(self.language, "report-no")),
                },
            ];
            if slopes {
                let slope = changed.slope.map(|(slope, se)| {
                    said::with_interval([slope, slope - 1.96 * se, slope + 1.96 * se], signed)
                });
                row.push(Cell::Text(slope.unwrap_or_else(|| super::document::UNKNOWN.to_owned())));
            }
            table.row(row);
        }
        table
    }

    fn basis(&self, both: &[Compared]) -> Section {
        let mut section = Section::new("basis", text!(self.language, "report-session-what-rests"));
        let mut sessions = Table::new(
            text!(self.language, "report-relation-sessions-of"),
            vec![
                Column::words(text!(self.language, "report-session-begun")),
                Column::words(text!(self.language, "report-relation-who")),
                Column::words(text!(self.language, "report-relation-questionnaire")),
                Column::words(text!(self.language, "shared-session")),
            ],
        );
        for visit in self.relation.visits.iter().rev() {
            sessions.row(vec![
                Cell::Text(moment(&timestamp(visit.begun), self.language)),
                Cell::Text(self.party(visit.party)),
                Cell::text(&visit.instrument),
                Cell::text(&visit.session),
            ]);
        }
        section.table(sessions);
        let mut numbers = Table::new(
            text!(self.language, "report-relation-agreement"),
            vec![
                Column::words(text!(self.language, "report-relation-held-against")),
                Column::numbers("D²"),
                Column::numbers(text!(self.language, "report-relation-elevation")),
                Column::numbers(text!(self.language, "report-relation-scatter")),
                Column::numbers(text!(self.language, "report-relation-shape")),
                Column::numbers("ICC"),
                Column::numbers(text!(self.language, "report-relation-icc-same")),
                Column::numbers(text!(self.language, "report-relation-p-same")),
            ],
        );
        for compared in both {
            let Some(found) = compared.together else { continue };
            let number = |value: f64| Cell::Text(texts::decimal(value, 2, self.language));
            let same = (found.icc_if_same.low, found.icc_if_same.high);
            let [low, high] = [same.0, same.1].map(|end| texts::decimal(end, 2, self.language));
            numbers.row(vec![
                Cell::Text(self.pairing(compared.pairing)),
                number(found.squared),
                number(found.elevation),
                number(found.scatter),
                number(found.shape),
                number(found.icc),
                Cell::Text(format!("{low} … {high}")),
                Cell::Text(texts::p_value(found.p_same, self.language)),
            ]);
        }
        if !numbers.rows.is_empty() {
            section.table(numbers);
            section.remark(text!(self.language, "report-relation-formulas"));
        }
        section
    }
}
