//! Evidence of validity as a document, and in short for the report of a study.
//!
//! Owns what is said of it. Refuses to call a measure valid: usual limits are named as what is usual, and what could not be worked out says why.

use super::document::{Cell, Column, Document, Fact, Part, Reader, Readers, Section, Shown, Table, UNKNOWN};
use crate::analysis::Estimate;
use crate::analysis::validity::{
    Comparison, Invariance, Retest, RetestLine, RetestValue, Sensitivity, Structure, Tongues, Untold,
    Validity, What,
};
use crate::analysis::validity::{
    FEWEST_FOR_COMMON, FEWEST_FOR_IMPUTATION, FEWEST_FOR_RETEST, FEWEST_FOR_STRUCTURE,
};
use crate::instrument::{Language, Perspective};
use crate::psychometrics;
use crate::psychometrics::confirmatory::Fit;
use crate::text;
use crate::texts::{capital, decimal, p_value, signed};

/// How far CFI may fall and RMSEA may rise with a step of invariance, as is usual (Cheung and Rensvold 2002; Chen 2007).
const USUAL_CFI: f64 = -0.010;
const USUAL_RMSEA: f64 = 0.015;

/// The page of the evidence.
pub fn document(validity: &Validity) -> Shown {
    let language = Language::new(&validity.language);
    let teller = Teller { validity, language: &language };
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

/// The same in short: what could be told, a paragraph each; none where nothing could.
pub fn in_short(validity: &Validity, language: &Language) -> Vec<String> {
    let teller = Teller { validity, language };
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

struct Teller<'a> {
    validity: &'a Validity,
    language: &'a Language,
}

impl Teller<'_> {
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

    fn estimate(&self, found: Estimate) -> String {
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

    fn untold(&self, why: &Untold) -> String {
        match *why {
            Untold::NotAsked => text!(self.language, "report-validity-no-norms-by-points"),
            Untold::TooFew { found, needed } => {
                text!(self.language, "report-validity-too-few-cases", found, needed)
            }
            Untold::TooFewItems => text!(self.language, "report-validity-too-few-items"),
            Untold::NoVariance => text!(self.language, "report-validity-no-variance"),
            Untold::Singular => text!(self.language, "report-validity-singular"),
            Untold::NotConverged => text!(self.language, "report-validity-not-settled"),
        }
    }

    fn structure(&self, structure: &Structure) -> Section {
        let title =
            self.perspective(structure.perspective, text!(self.language, "report-validity-structure"));
        let id = match structure.perspective {
            Perspective::Own => "structure",
            Perspective::Other => "structure-other",
        };
        let mut section = self.section(id, title);
        if structure.incomplete > 0 {
            let (n, out) = (structure.cases, structure.incomplete);
            section.say(text!(self.language, "report-validity-complete-cases", n, out));
        }
        let fit = match &structure.fit {
            Ok(fit) => fit,
            Err(why) => {
                section.say(self.untold(why));
                return section;
            }
        };
        self.fits(structure, fit).into_iter().for_each(|sentence| section.say(sentence));
        section.table(self.measures(fit, structure.single.as_ref()));
        section.remark(text!(self.language, "report-validity-what-is-usual"));
        section.table(self.loadings(structure, fit));
        section.table(self.correlations(structure, fit));
        section
    }

    /// The fit in sentences.
    fn fits(&self, structure: &Structure, fit: &Fit) -> Vec<String> {
        let (indices, single_cfi) = (fit.indices(), |single: &Fit| single.indices().cfi);
        let ends = indices.rmsea_interval;
        let whose = self.perspective(structure.perspective, text!(self.language, "report-validity-norms"));
        let mut said = vec![text!(
            self.language,
            "report-validity-a-factor-each",
            whose,
            n = fit.n,
            chi = self.decimal(fit.chi_squared, 2),
            corrected = fit.corrected.map_or_else(|| UNKNOWN.to_owned(), |found| self.p(found.p)),
            df = fit.df,
            p = self.p(fit.p),
            cfi = self.decimal(indices.cfi, 3),
            tli = self.decimal(indices.tli, 3),
            rmsea = self.decimal(indices.rmsea, 3),
            ends = self.ends(ends.low, ends.high, 3),
            srmr = self.decimal(fit.srmr, 3)
        )];
        said.extend(self.improper(structure, fit));
        if let Some(single) = &structure.single {
            let more = self.decimal(single.chi_squared - fit.chi_squared, 2);
            let df = single.df.saturating_sub(fit.df);
            let cfi = self.decimal(single_cfi(single), 3);
            said.push(text!(self.language, "report-validity-one-factor", more, df, cfi));
        }
        said
    }

    fn improper(&self, structure: &Structure, fit: &Fit) -> Option<String> {
        if !fit.is_improper() {
            return None;
        }
        let names: Vec<&String> = structure.norms.iter().flat_map(|norm| &norm.items).collect();
        let mut items: Vec<&str> = fit
            .solutions
            .iter()
            .flat_map(|solution| &solution.heywood)
            .filter_map(|item| names.get(*item).map(|name| name.as_str()))
            .collect();
        items.dedup();
        Some(match items.is_empty() {
            true => text!(self.language, "report-validity-impossible-correlations"),
            false => text!(self.language, "report-validity-heywood", items = items.join(", ")),
        })
    }

    /// The measures of fit, one a row.
    fn measures(&self, fit: &Fit, single: Option<&Fit>) -> Table {
        let mut columns = vec![
            Column::words(text!(self.language, "report-validity-measure")),
            Column::numbers(text!(self.language, "report-validity-factor-each")),
        ];
        if single.is_some() {
            columns.push(Column::numbers(text!(self.language, "report-validity-factor-one")));
        }
        let mut table = Table::new(text!(self.language, "report-validity-fit"), columns);
        let fits: Vec<&Fit> = std::iter::once(fit).chain(single).collect();
        let mut row = |name: String, of: &dyn Fn(&Fit) -> String| {
            let cells = fits.iter().map(|fit| Cell::Text(of(fit)));
            table.row(std::iter::once(Cell::Name(name)).chain(cells).collect());
        };
        row("χ²".into(), &|fit| self.decimal(fit.chi_squared, 2));
        row(text!(self.language, "report-validity-df"), &|fit| fit.df.to_string());
        row("p".into(), &|fit| p_value(fit.p, self.language));
        row(text!(self.language, "report-validity-p-corrected"), &|fit| {
            fit.corrected.map_or_else(|| UNKNOWN.to_owned(), |found| p_value(found.p, self.language))
        });
        row("CFI".into(), &|fit| self.decimal(fit.indices().cfi, 3));
        row("TLI".into(), &|fit| self.decimal(fit.indices().tli, 3));
        row("RMSEA".into(), &|fit| self.decimal(fit.indices().rmsea, 3));
        row("RMSEA, 90 %".into(), &|fit| {
            self.ends(fit.indices().rmsea_interval.low, fit.indices().rmsea_interval.high, 3)
        });
        row(text!(self.language, "report-validity-close-fit"), &|fit| {
            p_value(fit.indices().close, self.language)
        });
        row("SRMR".into(), &|fit| self.decimal(fit.srmr, 3));
        table
    }

    fn with_error(&self, found: &psychometrics::Estimate) -> [Cell; 2] {
        let se = found.se.map_or_else(|| UNKNOWN.to_owned(), |se| self.decimal(se, 2));
        [Cell::Text(self.coefficient(found.value)), Cell::Text(se)]
    }

    fn loadings(&self, structure: &Structure, fit: &Fit) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-validity-loadings"),
            vec![
                Column::words(text!(self.language, "report-validity-item")),
                Column::words(text!(self.language, "report-validity-norm")),
                Column::numbers(text!(self.language, "report-validity-loading")),
                Column::numbers("SE"),
            ],
        );
        let items = structure.norms.iter().flat_map(|norm| norm.items.iter().map(move |item| (norm, item)));
        for ((norm, item), loading) in items.zip(fit.solutions.iter().flat_map(|found| &found.loadings)) {
            let mut cells = vec![Cell::Name(item.clone()), Cell::Text(norm.model.in_words(self.language))];
            cells.extend(self.with_error(loading));
            table.row(cells);
        }
        table
    }

    fn correlations(&self, structure: &Structure, fit: &Fit) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-validity-correlations"),
            vec![
                Column::words(text!(self.language, "report-validity-norms-two")),
                Column::numbers("r"),
                Column::numbers("SE"),
            ],
        );
        let Some(solution) = fit.solutions.first() else { return table };
        for (one, row) in solution.correlations.iter().enumerate() {
            for (other, found) in row.iter().enumerate().skip(one + 1) {
                let Some(found) = found else { continue };
                let names = [one, other].map(|at| {
                    structure.norms.get(at).map(|norm| norm.model.in_words(self.language)).unwrap_or_default()
                });
                let mut cells = vec![Cell::Name(names.join(" – "))];
                cells.extend(self.with_error(found));
                table.row(cells);
            }
        }
        table
    }

    fn languages(&self, structure: &Structure) -> Section {
        let title =
            self.perspective(structure.perspective, text!(self.language, "report-validity-languages"));
        let id = match structure.perspective {
            Perspective::Own => "languages",
            Perspective::Other => "languages-other",
        };
        let mut section = self.section(id, title);
        let Invariance { languages, tongues } = &structure.invariance;
        let listed: Vec<String> =
            languages.iter().map(|(tag, n)| format!("{}: {n}", self.tongue(tag))).collect();
        let Some(tongues) = tongues else {
            let (listed, needed) = (listed.join(", "), FEWEST_FOR_STRUCTURE);
            section.say(match languages.len() {
                0 => text!(self.language, "report-validity-no-complete-cases"),
                1 => text!(self.language, "report-validity-one-language", listed),
                _ => text!(self.language, "report-validity-languages-too-few", listed, needed),
            });
            return section;
        };
        section.say(text!(self.language, "report-validity-languages-compared", listed = listed.join(", ")));
        section.table(self.invariance(tongues));
        self.steps(tongues).into_iter().for_each(|sentence| section.say(sentence));
        for why in [&tongues.configural, &tongues.metric, &tongues.scalar]
            .into_iter()
            .filter_map(|fit| fit.as_ref().err())
        {
            section.say(self.untold(why));
        }
        section.remark(text!(self.language, "report-validity-what-steps-are"));
        section
    }

    fn tongue(&self, tag: &str) -> String {
        let known = Language::all().find(|language| language.as_str() == tag);
        known.map_or_else(|| tag.to_owned(), |language| text!(&language, "language-own-name"))
    }

    fn invariance(&self, tongues: &Tongues) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-validity-invariance"),
            vec![
                Column::words(text!(self.language, "report-validity-equal")),
                Column::numbers("χ² (df)"),
                Column::numbers("CFI"),
                Column::numbers("RMSEA"),
                Column::numbers("Δχ² (Δdf)"),
                Column::numbers("p"),
                Column::numbers("ΔCFI"),
                Column::numbers("ΔRMSEA"),
            ],
        );
        let [metric, scalar] = tongues.steps;
        let rows = [
            (text!(self.language, "report-validity-configural"), &tongues.configural, None),
            (text!(self.language, "report-validity-metric"), &tongues.metric, metric),
            (text!(self.language, "report-validity-scalar"), &tongues.scalar, scalar),
        ];
        for (name, fit, step) in rows {
            let Ok(fit) = fit else { continue };
            let of = |value: &dyn Fn(&Comparison) -> String| {
                Cell::Text(step.as_ref().map(value).unwrap_or_default())
            };
            table.row(vec![
                Cell::Name(name),
                Cell::Text(format!("{} ({})", self.decimal(fit.chi_squared, 2), fit.df)),
                Cell::Text(self.decimal(fit.uncorrected.cfi, 3)),
                Cell::Text(self.decimal(fit.uncorrected.rmsea, 3)),
                of(&|step| format!("{} ({})", self.decimal(step.chi_squared, 2), step.df)),
                of(&|step| p_value(step.p, self.language)),
                of(&|step| signed(step.cfi, 3, self.language)),
                of(&|step| signed(step.rmsea, 3, self.language)),
            ]);
        }
        table
    }

    /// What the steps come to, by what is usual.
    fn steps(&self, tongues: &Tongues) -> Option<String> {
        let [metric, scalar] = tongues.steps;
        let usual = |step: Comparison| step.cfi >= USUAL_CFI && step.rmsea <= USUAL_RMSEA;
        let metric = usual(metric?);
        Some(match (metric, scalar.map(usual)) {
            (true, Some(true)) => text!(self.language, "report-validity-scalar-usual"),
            (true, _) => text!(self.language, "report-validity-metric-usual"),
            (false, _) => text!(self.language, "report-validity-neither-usual"),
        })
    }

    fn scale(&self, line: &RetestLine) -> String {
        self.perspective(line.perspective, line.label.clone())
    }

    fn came_twice(&self, retest: &Retest) -> Option<String> {
        let (least, median, most) = retest.days?;
        let [least, median, most] = [least, median, most].map(|days| self.decimal(days, 0));
        let people = retest.people;
        Some(text!(self.language, "report-validity-came-twice", people, median, least, most))
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
        for line in &common.lines {
            table.row(vec![
                Cell::Name(format!("{} – {}", capital(&line.said), line.with)),
                Cell::Text(line.n.to_string()),
                Cell::Text(self.estimate(line.before)),
                Cell::Text(self.estimate(line.after)),
            ]);
        }
        section.table(table);
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
            let decimals = if line.what == What::Nps { 1 } else { 2 };
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
        let (imputations, seed) = (found.imputations, found.seed);
        section.remark(text!(self.language, "report-validity-how-imputed", imputations, seed));
        section
    }

    fn what(&self, what: &What) -> String {
        match what {
            What::Mean(label) => capital(label),
            What::Nps => "NPS".into(),
            What::SaidAssociated => text!(self.language, "report-validity-said-associated"),
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
