//! How answers became numbers: formulas, what was left out of them, and the classifier with what it rests on.

use super::MethodsWriter;
use crate::classify::metrics::Metric;
use crate::classify::model::MIN_RATIO;
use crate::classify::recovery::{Criterion, Predictor, STUDY};
use crate::classify::reference::{BASE_RATES, CARELESS, CODER_ERROR, REFERENCE_ROWS, World};
use crate::instrument::{Construct, Scale};
use crate::measures::timed::sc_iat;
use crate::measures::{Basis, MEASURES, Measure, composite};
use crate::report::document::{Cell, Column, Section, Table};
use crate::text;
use crate::texts;

impl MethodsWriter<'_> {
    pub(super) fn scoring(&self) -> Section {
        let mut section = self.section("methods-scoring", text!(self.language, "report-scoring-scoring"));
        let scales = &self.provenance.instrument.scales;
        let mut table = Table::new(
            text!(self.language, "report-scoring-scales"),
            vec![
                Column::words(text!(self.language, "shared-scale")),
                Column::words(text!(self.language, "report-scoring-construct")),
                Column::words(text!(self.language, "report-scoring-method")),
                Column::numbers(text!(self.language, "report-scoring-fewest-answers")),
                Column::words(text!(self.language, "report-scoring-composite-what-said")),
                Column::numbers(text!(self.language, "report-scoring-neutral")),
            ],
        );
        for scale in scales {
            let counts = scale.composite && said(scale);
            table.row(vec![
                Cell::text(&scale.name),
                Cell::Text(scale.construct.to_string()),
                Cell::text(scale.method.name()),
                Cell::Text(scale.min_valid.to_string()),
                Cell::Text(if counts { text!(self.language, "report-yes") } else { String::new() }),
                Cell::Text(if counts { self.neutral(scale) } else { String::new() }),
            ]);
        }
        section.table(table);
        let used = |measure: &&&dyn Measure| scales.iter().any(|scale| measure.applies(scale));
        let mut formulas = Table::new(
            text!(self.language, "report-scoring-formulas"),
            vec![
                Column::words(text!(self.language, "report-measure")),
                Column::words(text!(self.language, "report-scoring-what-measures")),
                Column::words(text!(self.language, "report-formula")),
                Column::words(text!(self.language, "report-scoring-cautions")),
                Column::words(text!(self.language, "report-reference")),
            ],
        );
        // The program keeps its definitions in one language, so that a formula has one text.
        formulas.language = Some("en");
        let composite = scales.iter().any(|scale| scale.composite && said(scale));
        let used = MEASURES.iter().filter(used).map(|measure| measure.about());
        for about in used.chain(composite.then_some(composite::ABOUT)) {
            let texts = [about.name, about.measures, about.formula, about.cautions, about.reference];
            formulas.row(texts.map(Cell::text).to_vec());
        }
        section.table(formulas);
        section.table(self.intervals());
        section.heading(text!(self.language, "report-scoring-measurement-errors-gap"));
        section.say(match self.provenance.norms {
            Basis::Study(n) => text!(self.language, "report-scoring-measurement-errors-z-scores", n),
            Basis::Reference | Basis::None => {
                text!(self.language, "report-scoring-measurement-errors-z-scores-come")
            }
        });
        section.say(text!(self.language, "report-scoring-conflict-counted-where-95"));
        self.timing(&mut section);
        section
    }

    /// The neutral point of a scale. Feelings have none: pleasant ones are compared with unpleasant ones.
    fn neutral(&self, scale: &Scale) -> String {
        match (scale.neutral, &scale.construct) {
            (Some(point), _) => texts::decimal(point, usize::from(point.fract() != 0.0), self.language),
            (None, Construct::ExplicitSentiment) => text!(self.language, "report-scoring-middle"),
            (None, _) => String::new(),
        }
    }

    fn timing(&self, section: &mut Section) {
        let timed = &self.report.quality.timed;
        // Where another program asked without it, nobody sorted.
        if timed.of == 0 {
            return;
        }
        section.heading(text!(self.language, "report-scoring-timed-sorting-exclusions-limits"));
        let (fast, percent) = (sc_iat::FASTEST_MS, sc_iat::MOST_ERRORS_PERCENT);
        section.say(text!(self.language, "report-scoring-answers-under-fast-ms", fast, percent));
        let excluded: Vec<String> =
            timed.excluded.iter().map(|found| format!("{} ({})", found.name, found.n)).collect();
        let excluded = if excluded.is_empty() {
            text!(self.language, "report-scoring-none")
        } else {
            excluded.join("; ")
        };
        section.say(text!(
            self.language,
            "report-scoring-sessions-timed-task-scored",
            excluded,
            of = timed.of,
            scored = timed.scored,
            not_done = timed.not_done,
            not_timed = timed.not_timed
        ));
        let (calibrated, blocks) = timed.calibrated;
        section.say(text!(
            self.language,
            "report-scoring-calibrated-blocks-test-blocks",
            calibrated,
            blocks,
            remote = timed.remote
        ));
    }

    pub(super) fn classifier(&self) -> Section {
        let mut section =
            self.section("methods-classifier", text!(self.language, "report-scoring-classifier"));
        section.say(text!(self.language, "report-scoring-multinomial-logistic-regression-l2"));
        let assumed = self.provenance.assumed;
        let [cs, ar, em, mp] = assumed.map(|share| self.decimal(share, 2));
        let from = if assumed == BASE_RATES {
            text!(self.language, "report-scoring-published-base-rates-ar")
        } else {
            text!(self.language, "report-scoring-chosen-report")
        };
        let ratio = self.decimal(MIN_RATIO, 0);
        section.say(text!(self.language, "report-scoring-prior-cs-cs-ar", cs, ar, em, mp, from, ratio));
        if let Some(basis) = self.report.basis(self.language) {
            section.say(text!(self.language, "report-scoring-basis-profiles-number-sessions", basis));
        }
        self.coded(&mut section);
        // A study whose profiles all rest on its own codes owes nothing to the simulated sample.
        if !self.rests_on_reference() {
            return section;
        }
        let (careless, errors) = (100.0 * CARELESS, 100.0 * CODER_ERROR);
        section.say(text!(
            self.language,
            "report-scoring-reference-model-fitted-reference",
            reference_rows = texts::whole(REFERENCE_ROWS, self.language),
            careless = format!("{careless:.0}"),
            errors = format!("{errors:.0}")
        ));
        if self.provenance.coded.is_none() {
            section.say(text!(self.language, "report-scoring-no-human-coder-checked"));
        }
        section.table(self.recovery());
        if !self.provenance.recovery.is_empty() {
            let seed = self.provenance.recovery_seed;
            section.remark(text!(
                self.language,
                "report-scoring-recovery-not-validity-study",
                study = STUDY,
                seed
            ));
        }
        section
    }

    fn recovery(&self) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-scoring-how-well-reference-model"),
            vec![
                Column::words(text!(self.language, "report-scoring-predictor")),
                Column::numbers(text!(self.language, "report-accuracy")),
                Column::numbers("95 %"),
                Column::numbers(text!(self.language, "report-scoring-balanced-accuracy")),
                Column::numbers("macro-F1"),
                Column::numbers("log loss"),
                Column::numbers("Brier"),
            ],
        );
        let shown = |estimate: &Metric| {
            Cell::Text(estimate.value.map_or_else(|| "—".into(), |value| self.decimal(value, 3)))
        };
        let rows = self.provenance.recovery.iter();
        for row in rows.filter(|row| row.against == Criterion::Truth && row.world == World::Reference) {
            let name = match row.predictor {
                Predictor::ReferenceModel => text!(self.language, "report-scoring-reference-model"),
                Predictor::Learnt => text!(self.language, "report-scoring-same-ease-spread-answers"),
                Predictor::Answers => text!(self.language, "report-scoring-answers-alone"),
                Predictor::Ceiling => text!(self.language, "report-scoring-ceiling-generator-itself"),
                Predictor::Prior => text!(self.language, "report-most-frequent-model"),
                Predictor::HighestScale => text!(self.language, "report-highest-scale"),
            };
            let ends = row.evaluation.accuracy.interval.map_or_else(String::new, |interval| {
                format!("{} … {}", self.decimal(interval.low, 3), self.decimal(interval.high, 3))
            });
            table.row(vec![
                Cell::Text(name),
                shown(&row.evaluation.accuracy),
                Cell::Text(ends),
                shown(&row.evaluation.balanced_accuracy),
                shown(&row.evaluation.macro_f1),
                shown(&row.evaluation.log_loss),
                shown(&row.evaluation.brier),
            ]);
        }
        table
    }
}

/// Whether a scale can be part of the explicit composite.
fn said(scale: &Scale) -> bool {
    use crate::instrument::Family;
    matches!(scale.construct, Construct::ExplicitSentiment | Construct::Family(Family::Emotion, _))
}
