//! Sentences on the structure of the norms: fit of four factors, loadings, and invariance across languages.

use super::{USUAL_CFI, USUAL_RMSEA, ValidityWriter};
use crate::analysis::validity::{
    FEWEST_FOR_STRUCTURE, Invariance, ModelComparison, Structure, Tongues, YesSaying,
};
use crate::instrument::{Language, Perspective};
use crate::psychometrics;
use crate::psychometrics::confirmatory::FitIndices;
use crate::report::document::{Cell, Column, Section, Table, UNKNOWN};
use crate::text;
use crate::texts::{listed, p_value, signed};

impl ValidityWriter<'_> {
    pub(super) fn structure(&self, structure: &Structure) -> Section {
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
        section.table(self.measures(structure, fit));
        section.remark(text!(self.language, "report-validity-what-is-usual"));
        section.table(self.loadings(structure, fit));
        section.table(self.correlations(structure, fit));
        section
    }

    /// The fit in sentences.
    pub(super) fn fits(&self, structure: &Structure, fit: &FitIndices) -> Vec<String> {
        let (indices, single_cfi) = (fit.indices(), |single: &FitIndices| single.indices().cfi);
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
        said.extend(self.yes_saying(structure, fit));
        if let Some(single) = &structure.single {
            let more = self.decimal(single.chi_squared - fit.chi_squared, 2);
            let df = single.df.saturating_sub(fit.df);
            let cfi = self.decimal(single_cfi(single), 3);
            said.push(text!(self.language, "report-validity-one-factor", more, df, cfi));
        }
        said
    }

    fn yes_saying(&self, structure: &Structure, fit: &FitIndices) -> Vec<String> {
        let items = structure.norms.iter().map(|norm| norm.items.len()).sum::<usize>();
        let reversed = structure.reversed;
        if !(1..items).contains(&reversed) {
            return Vec::new();
        }
        let share = fit.solutions.first().and_then(|found| found.random_intercept);
        match (&structure.yes_saying, share) {
            (YesSaying::Found(without), Some(share)) => {
                let is_open = share.se.is_some_and(|se| share.value < 2.0 * se);
                let open = is_open.then(|| text!(self.language, "report-validity-yes-saying-chance"));
                let [share, se] = [Some(share.value), share.se].map(|it| self.known(it, 2));
                let part = text!(self.language, "report-validity-yes-saying", reversed, items, share, se);
                let more = without.as_ref().map(|without| {
                    let more = self.decimal(without.chi_squared - fit.chi_squared, 2);
                    text!(self.language, "report-validity-without-it", more)
                });
                std::iter::once(part).chain(open).chain(more).collect()
            }
            (YesSaying::NotFound, _) => {
                vec![text!(self.language, "report-validity-no-yes-saying", reversed, items)]
            }
            _ => vec![text!(self.language, "report-validity-reversed", reversed, items)],
        }
    }

    /// A number, or the mark of what is not known.
    fn known(&self, value: Option<f64>, decimals: usize) -> String {
        value.map_or_else(|| UNKNOWN.to_owned(), |value| self.decimal(value, decimals))
    }

    fn improper(&self, structure: &Structure, fit: &FitIndices) -> Option<String> {
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
            false => text!(self.language, "report-validity-heywood", items = listed(&items, self.language)),
        })
    }

    /// The measures of fit, one a row.
    fn measures(&self, structure: &Structure, fit: &FitIndices) -> Table {
        let without = match &structure.yes_saying {
            YesSaying::Found(without) => without.as_deref(),
            YesSaying::NotTold | YesSaying::NotFound => None,
        };
        let all = [
            (text!(self.language, "report-validity-factor-each"), Some(fit)),
            (text!(self.language, "report-validity-without-yes-saying"), without),
            (text!(self.language, "report-validity-factor-one"), structure.single.as_ref()),
        ];
        let mut columns = vec![Column::words(text!(self.language, "report-validity-measure"))];
        let mut fits = Vec::new();
        for (name, fit) in all {
            let Some(fit) = fit else { continue };
            columns.push(Column::numbers(name));
            fits.push(fit);
        }
        let mut table = Table::new(text!(self.language, "report-validity-fit"), columns);
        let mut row = |name: String, of: &dyn Fn(&FitIndices) -> String| {
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
        [Cell::Text(self.coefficient(found.value)), Cell::Text(self.known(found.se, 2))]
    }

    fn loadings(&self, structure: &Structure, fit: &FitIndices) -> Table {
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

    fn correlations(&self, structure: &Structure, fit: &FitIndices) -> Table {
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

    pub(super) fn languages(&self, structure: &Structure) -> Section {
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
        if matches!(structure.yes_saying, YesSaying::Found(_)) {
            section.say(match tongues.yes_saying {
                true => text!(self.language, "report-validity-languages-yes-saying"),
                false => text!(self.language, "report-validity-languages-no-yes-saying"),
            });
        }
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
            let of = |value: &dyn Fn(&ModelComparison) -> String| {
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

    /// The conclusion on the steps, by conventional limits.
    pub(super) fn steps(&self, tongues: &Tongues) -> Option<String> {
        let [metric, scalar] = tongues.steps;
        let usual = |step: ModelComparison| step.cfi >= USUAL_CFI && step.rmsea <= USUAL_RMSEA;
        let metric = usual(metric?);
        Some(match (metric, scalar.map(usual)) {
            (true, Some(true)) => text!(self.language, "report-validity-scalar-usual"),
            (true, _) => text!(self.language, "report-validity-metric-usual"),
            (false, _) => text!(self.language, "report-validity-neither-usual"),
        })
    }
}
