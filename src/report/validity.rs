//! Evidence of validity as a document, and in short for the report of a study.
//!
//! Never calls a measure valid: conventional limits are named as conventional, and what could not be computed gives its reason.

use super::document::{Cell, Column, Document, Fact, Part, Reader, Readers, Section, Shown, Table, UNKNOWN};
use crate::analysis::IntervalEstimate;
use crate::analysis::validity::{FEWEST_FOR_COMMON, FEWEST_FOR_IMPUTATION, FEWEST_FOR_RETEST};
use crate::analysis::validity::{
    Retest, RetestLine, RetestValue, Sensitivity, SensitivityFigure, Unavailable, Validity,
};
use crate::instrument::{Language, Perspective};
use crate::text;
use crate::texts::{capital, decimal, p_value};

mod structure;

/// Conventional limits for the fall of CFI and the rise of RMSEA with a step of invariance (Cheung and Rensvold 2002; Chen 2007).
const USUAL_CFI: f64 = -0.010;
const USUAL_RMSEA: f64 = 0.015;

/// The page of the evidence.
pub fn document(validity: &Validity) -> Shown {
    let language = Language::new(&validity.language);
    let teller = ValidityWriter { validity, language: &language };
    let mut sections: Vec<Section> = Vec::new();
    for structure in &validity.structures {
        sections.extend([teller.structure(structure), teller.languages(structure)]);
    }
    if validity.structures.is_empty() {
        let mut section = teller.section("structure", text!(&language, "report-validity-structure"));
        section.say(text!(&language, "report-validity-no-norms-by-points"));
        sections.push(section);
    }
    sections.extend([teller.retest(), teller.common(), teller.missing()]);
    let fact = |name: String, value: String| -> Part<Fact> { Part::to(Readers::ALL, (name, value)) };
    let mut facts = Vec::new();
    if let Some((name, version, _)) = &validity.instrument {
        facts.push(fact(text!(&language, "report-findings-questionnaire"), format!("{name} {version}")));
    }
    facts.push(fact(text!(&language, "report-findings-finished-sessions"), validity.sessions.to_string()));
    facts.push(fact(text!(&language, "report-validity-cases"), validity.cases.to_string()));
    let title = validity.instrument.as_ref().map(|(_, _, title)| title.clone());
    let document = Document {
        language: validity.language.clone(),
        kicker: text!(&language, "report-validity-evidence"),
        title: title.unwrap_or_else(|| text!(&language, "report-findings-study-without-sessions")),
        about: Vec::new(),
        simulated: validity.simulated,
        facts,
        lead: vec![Part::to(Readers::ALL, text!(&language, "report-validity-what-it-is"))],
        sections,
    };
    document.shown_to(Reader::Public)
}

/// In short: a paragraph for each kind of evidence that could be computed.
pub fn in_short(validity: &Validity, language: &Language) -> Vec<String> {
    let teller = ValidityWriter { validity, language };
    let mut found = Vec::new();
    for structure in &validity.structures {
        if let Ok(fit) = &structure.fit {
            let mut said = teller.fits(structure, fit);
            said.extend(structure.invariance.tongues.as_ref().and_then(|tongues| teller.steps(tongues)));
            found.push(said.join(" "));
        }
    }
    if validity.retest.told() {
        let said = |line: &RetestLine| {
            let value = line.agreement.map_or_else(|| UNKNOWN.to_owned(), |it| teller.coefficient(it.value));
            format!("{} {value}", teller.scale(line))
        };
        let all: Vec<String> = validity.retest.lines.iter().map(said).collect();
        found.extend(teller.came_twice(&validity.retest));
        found.push(text!(language, "report-validity-agreement-of", all = all.join("; ")));
    }
    found
}

struct ValidityWriter<'a> {
    validity: &'a Validity,
    language: &'a Language,
}

impl ValidityWriter<'_> {
    fn section(&self, id: &'static str, title: String) -> Section {
        Section::public(id, title)
    }

    fn decimal(&self, value: f64, decimals: usize) -> String {
        decimal(value, decimals, self.language)
    }

    /// "= 0.031", "< 0.001".
    fn p(&self, p: f64) -> String {
        let shown = p_value(p, self.language);
        if shown.starts_with('<') { shown } else { format!("= {shown}") }
    }

    /// A coefficient between −1 and 1.
    fn coefficient(&self, value: f64) -> String {
        self.decimal(value, 2)
    }

    fn ends(&self, low: f64, high: f64, decimals: usize) -> String {
        format!("{} … {}", self.decimal(low, decimals), self.decimal(high, decimals))
    }

    /// A value with the ends of its interval.
    fn within(&self, (value, low, high): (f64, f64, f64), decimals: usize) -> String {
        format!("{} ({})", self.decimal(value, decimals), self.ends(low, high, decimals))
    }

    fn estimate(&self, found: IntervalEstimate) -> String {
        self.within((found.value, found.low, found.high), 2)
    }

    /// What tells the perspectives apart: the respondent's own norms need no word.
    fn perspective(&self, perspective: Perspective, about: String) -> String {
        match perspective {
            Perspective::Own => about,
            Perspective::Other => {
                format!("{about} ({})", text!(self.language, "report-quality-estimate-other-side"))
            }
        }
    }

    fn untold(&self, why: &Unavailable) -> String {
        match *why {
            Unavailable::NotAsked => text!(self.language, "report-validity-no-norms-by-points"),
            Unavailable::TooFew { found, needed } => {
                text!(self.language, "report-validity-too-few-cases", found, needed)
            }
            Unavailable::TooFewItems => text!(self.language, "report-validity-too-few-items"),
            Unavailable::NoVariance => text!(self.language, "report-validity-no-variance"),
            Unavailable::Singular => text!(self.language, "report-validity-singular"),
            Unavailable::NotConverged => text!(self.language, "report-validity-not-settled"),
        }
    }

    fn scale(&self, line: &RetestLine) -> String {
        self.perspective(line.perspective, line.label.clone())
    }

    fn came_twice(&self, retest: &Retest) -> Option<String> {
        let (lower, median, upper) = retest.days?;
        let [lower, median, upper] = [lower, median, upper].map(|days| self.decimal(days, 0));
        let people = retest.people;
        Some(text!(self.language, "report-validity-came-twice", people, median, lower, upper))
    }

    fn retest(&self) -> Section {
        let retest = &self.validity.retest;
        let mut section = self.section("retest", text!(self.language, "report-validity-retest"));
        if !retest.told() {
            let (found, needed) = (retest.people, FEWEST_FOR_RETEST);
            section.say(text!(self.language, "report-validity-retest-too-few", found, needed));
            return section;
        }
        self.came_twice(retest).into_iter().for_each(|sentence| section.say(sentence));
        let mut table = Table::new(
            text!(self.language, "report-validity-retest-by-scale"),
            vec![
                Column::words(text!(self.language, "shared-scale")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-validity-first-second")),
                Column::numbers("ICC(A,1) (95 %)"),
                Column::numbers("ICC(C,1) (95 %)"),
            ],
        );
        for line in &retest.lines {
            let value = |found: Option<RetestValue>| {
                Cell::Text(match found.map(|found| (found, found.estimate())) {
                    Some((_, Some(estimate))) => self.estimate(estimate),
                    Some((found, None)) => self.coefficient(found.value),
                    None => UNKNOWN.to_owned(),
                })
            };
            let (first, second) = line.means;
            table.row(vec![
                Cell::Name(self.scale(line)),
                Cell::Text(line.pairs.to_string()),
                Cell::Text(format!("{} → {}", self.decimal(first, 2), self.decimal(second, 2))),
                value(line.agreement),
                value(line.consistency),
            ]);
        }
        section.table(table);
        let undefined = |line: &RetestLine| line.agreement.is_none() || line.consistency.is_none();
        self.undefined(&mut section, retest.lines.iter().any(undefined));
        section.remark(text!(self.language, "report-validity-what-retest-tells"));
        section
    }

    fn common(&self) -> Section {
        let common = &self.validity.common;
        let mut section = self.section("common", text!(self.language, "report-validity-common"));
        if common.lines.is_empty() {
            let (found, needed) = (common.cases, FEWEST_FOR_COMMON);
            section.say(text!(self.language, "report-validity-common-untold", found, needed));
            return section;
        }
        section.say(text!(self.language, "report-validity-common-what"));
        let mut table = Table::new(
            text!(self.language, "report-validity-common-relations"),
            vec![
                Column::words(text!(self.language, "report-validity-relation")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-validity-before")),
                Column::numbers(text!(self.language, "report-validity-after")),
            ],
        );
        let shown = |found: Option<_>| {
            Cell::Text(found.map_or_else(|| UNKNOWN.to_owned(), |found| self.estimate(found)))
        };
        for line in &common.lines {
            table.row(vec![
                Cell::Name(format!("{} – {}", capital(&line.said), line.with)),
                Cell::Text(line.n.to_string()),
                shown(line.before),
                shown(line.after),
            ]);
        }
        section.table(table);
        self.undefined(&mut section, common.lines.iter().any(|line| line.before.is_none()));
        section.remark(text!(self.language, "report-validity-common-can-tell"));
        section
    }

    fn missing(&self) -> Section {
        let found = &self.validity.sensitivity;
        let mut section = self.section("missing-answers", text!(self.language, "report-validity-missing"));
        let (asked, gone, with_gaps) = (found.asked, found.gone, found.with_gaps);
        if gone == 0 {
            section.say(text!(self.language, "report-validity-nothing-missing", asked));
            return section;
        }
        let share = self.decimal(100.0 * gone as f64 / asked.max(1) as f64, 1);
        section.say(text!(self.language, "report-validity-so-many-missing", gone, asked, share, with_gaps));
        if found.lines.is_empty() {
            let (n, needed) = (found.sessions, FEWEST_FOR_IMPUTATION);
            section.say(text!(self.language, "report-validity-too-few-to-impute", n, needed));
            return section;
        }
        section.say(self.most_moved(found));
        let mut table = Table::new(
            text!(self.language, "report-validity-with-and-without"),
            vec![
                Column::words(text!(self.language, "report-validity-figure")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-validity-as-answered")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-validity-imputed")),
                Column::numbers(text!(self.language, "report-validity-missing-information")),
            ],
        );
        for line in &found.lines {
            let decimals = if line.what == SensitivityFigure::Nps { 1 } else { 2 };
            let shown = |value: Option<(f64, f64, f64)>| {
                Cell::Text(value.map_or_else(|| UNKNOWN.to_owned(), |value| self.within(value, decimals)))
            };
            let lacking = line.pooled.map_or_else(
                || UNKNOWN.to_owned(),
                |pooled| format!("{} %", self.decimal(100.0 * pooled.missing, 0)),
            );
            table.row(vec![
                Cell::Name(self.what(&line.what)),
                Cell::Text(line.n.to_string()),
                shown(line.without),
                Cell::Text(line.n_imputed.to_string()),
                shown(line.with),
                Cell::Text(lacking),
            ]);
        }
        section.table(table);
        self.undefined(&mut section, found.lines.iter().any(|line| line.undefined));
        let (imputations, seed) = (found.imputations, found.seed);
        section.remark(text!(self.language, "report-validity-how-imputed", imputations, seed));
        section
    }

    /// What a dash in the place of a coefficient means.
    fn undefined(&self, section: &mut Section, is_so: bool) {
        if is_so {
            section.remark(text!(self.language, "report-undefined-coefficient"));
        }
    }

    fn what(&self, what: &SensitivityFigure) -> String {
        match what {
            SensitivityFigure::Mean(label) => capital(label),
            SensitivityFigure::Nps => "NPS".into(),
            SensitivityFigure::SaidAssociated => text!(self.language, "report-validity-said-associated"),
        }
    }

    /// Which figure the imputed answers move most.
    fn most_moved(&self, found: &Sensitivity) -> String {
        let moved = found.lines.iter().filter_map(|line| Some((line, line.moves?)));
        match moved.max_by(|one, other| one.1.abs().total_cmp(&other.1.abs())) {
            Some((line, moves)) => {
                let (figure, errors) = (self.what(&line.what), self.decimal(moves.abs(), 2));
                text!(self.language, "report-validity-most-moved", figure, errors)
            }
            None => text!(self.language, "report-validity-nothing-moves"),
        }
    }
}
