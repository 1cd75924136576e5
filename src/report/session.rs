//! The report of a session as a document in its language: sentences, their order, and who may read them.
//!
//! Owns the allow-list: interviewers and researchers read all of it, a respondent what the instrument's `feedback` gives back, and the
//! public nothing. Computes nothing: every number comes from the [`Report`].

use super::dates::moment;
use super::document::{Advice, Block, Document, Fact, Part, Reader, Readers, Section, Shown, to_markdown};
use super::{AdviceLine, Report, said};
use crate::analysis::words;
use crate::gap::Sentiment;
use crate::instrument::{Audience, Construct, Feedback, Language, RelationalModel};
use crate::interview::phrases;
use crate::report::html::to_html;
use crate::text;
use crate::texts;

mod gap;
mod lens;
mod profile;
mod scales;

/// Digits of a hash by which people tell two texts apart.
const HASH: usize = 12;

impl Report {
    /// What `reader` gets of the report, in words to them.
    pub fn shown_to(&self, reader: impl Into<Reader>) -> Shown {
        let reader = reader.into();
        self.document(reader).shown_to(reader)
    }

    fn document(&self, reader: Reader) -> Document {
        let kept = Readers::default().and(Reader::Researcher);
        let given_back = |given: bool| if given { kept.and(Reader::Respondent) } else { kept };
        let teller = SessionWriter {
            report: self,
            language: &Language::new(&self.language),
            reader,
            kept,
            said: given_back(self.feedback != Feedback::None),
            indirect: given_back(self.feedback == Feedback::Full),
        };
        teller.document()
    }

    /// The advice that this reader gets.
    pub fn advice_for(&self, reader: Reader) -> Vec<&AdviceLine> {
        let shown = self.shown_to(reader);
        let blocks = shown.sections.iter().flat_map(|section| &section.blocks);
        let titles: Vec<&str> = blocks
            .filter_map(|part| match &part.it {
                Block::Advice(advice) => Some(advice.title.as_str()),
                _ => None,
            })
            .collect();
        self.advice.iter().filter(|line| titles.contains(&line.title.as_str())).collect()
    }

    /// The report as one HTML file.
    pub fn to_html(&self, reader: impl Into<Reader>) -> String {
        to_html(&self.shown_to(reader))
    }

    /// The report as Markdown.
    pub fn to_markdown(&self, reader: impl Into<Reader>) -> String {
        to_markdown(&self.shown_to(reader))
    }
}

/// A report, the language of its texts, and its readers.
struct SessionWriter<'a> {
    report: &'a Report,
    language: &'a Language,
    /// To whom it speaks.
    reader: Reader,
    /// What is for those who run the study.
    kept: Readers,
    /// Readers of results that rest on explicit answers.
    said: Readers,
    /// What rests on the indirect measure.
    indirect: Readers,
}

impl SessionWriter<'_> {
    /// Whether the reader answered: to them the numbers of the method are left out.
    fn is_to_respondent(&self) -> bool {
        self.reader == Reader::Respondent
    }

    fn section(&self, id: &'static str, title: String) -> Section {
        Section::new(id, title).open_to(self.said)
    }

    fn document(&self) -> Document {
        let report = self.report;
        let everybody = self.kept.and(Reader::Respondent);
        let about = report.fields.first().map(|(_, value)| value).into_iter().chain([&report.respondent]);
        let mut document = Document {
            language: report.language.clone(),
            kicker: text!(self.language, "report-session-report-one-session"),
            title: report.instrument.label.clone(),
            about: about.map(|text| Part::to(self.said, text.clone())).collect(),
            simulated: report.simulated,
            facts: self.facts().into_iter().map(|fact| Part::to(self.said, fact)).collect(),
            lead: Vec::new(),
            sections: Vec::new(),
        };
        if report.refused {
            document.lead.push(Part::to(everybody, phrases::refused(self.language)));
        } else {
            document.sections = self.sections();
        }
        document
    }

    /// What is read first comes first: models where they were asked, else what was.
    fn sections(&self) -> Vec<Section> {
        let (lenses, standing) = (self.lenses(), self.standing());
        let associated =
            self.report.scales.iter().any(|scale| scale.construct == Construct::IndirectSentiment);
        let gap = (associated || self.report.gap.indirect.is_some()).then(|| self.gap());
        let mut sections = Vec::new();
        if self.report.scales.iter().any(scales::of_a_model) {
            sections.push(self.models());
            sections.extend(lenses.into_iter().chain(gap));
            sections.extend([self.advice(), self.scales()]);
        } else if lenses.is_empty() && standing.is_none() {
            sections.push(self.scales());
            sections.extend(gap);
            sections.push(self.advice());
        } else {
            sections.extend(lenses.into_iter().chain(standing));
            sections.push(self.advice());
            sections.extend(gap);
            sections.push(self.scales());
        }
        sections.extend(self.notes());
        sections.push(self.basis());
        sections
    }

    fn facts(&self) -> Vec<Fact> {
        let report = self.report;
        let mut facts = vec![(text!(self.language, "report-session-respondent"), report.respondent.clone())];
        let fields = report.fields.iter();
        facts.extend(fields.map(|(label, value)| (label.trim_end_matches('?').to_owned(), value.clone())));
        facts.extend(
            report.imported.clone().map(|from| (text!(self.language, "report-session-imported-from"), from)),
        );
        facts.extend(report.sheet.clone().map(|sheet| (text!(self.language, "report-session-sheet"), sheet)));
        facts.push((text!(self.language, "report-session-begun"), moment(&report.begun, self.language)));
        let state = phrases::state_of(report.complete, report.refused, self.language);
        // The time spent on a sheet of paper is unknown.
        let took = match report.sheet {
            Some(_) => state,
            None => format!("{:.0} min · {state}", report.minutes),
        };
        facts.push((text!(self.language, "report-session-took"), took));
        facts
    }

    fn advice(&self) -> Section {
        let mut section = self.section("advice", text!(self.language, "report-session-what-do"));
        let advice = |line: &AdviceLine| {
            let interviewer = line.audience == Some(Audience::Interviewer);
            let only = match interviewer {
                true => Some(text!(self.language, "shared-for-the-interviewer")),
                // Its "you" is the customer, who may be the reader.
                false => (!line.for_account && !self.is_to_respondent())
                    .then(|| text!(self.language, "report-session-for-the-customer")),
            };
            let block = Block::Advice(Advice { title: line.title.clone(), only, text: line.text.clone() });
            Part::to(if interviewer { self.kept } else { self.said }, block)
        };
        section.blocks.extend(self.report.advice.iter().map(advice));
        section
    }

    /// Notes of the session; an interviewer's notes are not for the respondent.
    fn notes(&self) -> Option<Section> {
        let notes = &self.report.notes;
        let line =
            |(question, note): &(String, String)| text!(self.language, "report-session-note", question, note);
        (!notes.is_empty()).then(|| {
            let mut section = self.section("notes", text!(self.language, "report-session-notes"));
            let list = Block::List(notes.iter().map(line).collect());
            section.blocks.push(Part::to(if self.report.led { self.kept } else { self.said }, list));
            section
        })
    }

    fn basis(&self) -> Section {
        let mut section = self.section("basis", text!(self.language, "report-session-what-rests"));
        section.push(Block::Print(self.report.small_print.clone()));
        if !self.report.profiles.is_empty() {
            let both = |model| words::model(model, self.language);
            let names = RelationalModel::ALL.map(both).join(" · ");
            let said = text!(self.language, "report-models-in-theory", names);
            section.blocks.push(Part::to(self.kept, Block::Remark(said)));
        }
        let instrument = &self.report.instrument;
        let hash = instrument.hash.get(..HASH).unwrap_or(&instrument.hash);
        let session = text!(self.language, "shared-session");
        section.remark(format!(
            "{} {} · sha256 {hash} · {session} {}",
            instrument.name, instrument.version, self.report.session
        ));
        section
    }

    /// "+0.47 (95 %: +0.27 … +0.67)".
    fn estimate(&self, estimate: Sentiment) -> String {
        let (low, high) = estimate.interval();
        let shown = |value, decimals| texts::signed(value, decimals, self.language);
        said::with_interval([estimate.value, low, high], 2, shown)
    }
}
