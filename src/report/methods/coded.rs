//! Coding in the methods of a study: the number of coded sessions, agreement of coders, and the accuracy of the study's own model on
//! sessions that it was not trained on.
//!
//! Owns which of these may be published: no figures of too few sessions, and no confusion matrix that would reveal a cell of one or two.

use super::MethodsWriter;
use crate::analysis::suppress::{self, Smallest};
use crate::analysis::{Privacy, Respondents};
use crate::classify::evaluate::Judgement;
use crate::classify::metrics::{Bin, Evaluation, Metric};
use crate::classify::pooling::merit::CodesWorth;
use crate::classify::pooling::{CODE_COUNTS, TrainingBasis};
use crate::instrument::RelationalModel;
use crate::report::document::{Cell, Column, Drawing, Section, Table};
use crate::text;
use crate::texts::whole;

/// What coders said of the sessions of a questionnaire.
#[derive(Debug, Clone)]
pub struct CodingFacts {
    /// How many coders.
    pub coders: usize,
    /// Finished sessions that at least one of them coded.
    pub sessions: usize,
    /// Whose these are.
    pub respondents: Respondents,
    /// First codes by what coders had seen: answers in words alone, every answer, or unknown.
    pub made: [usize; 3],
    /// Of these, the ones recorded as blind: the coder had seen neither other codes nor the classifier's call.
    pub blind: usize,
    /// Of these, the ones that at least two coded.
    pub compared: usize,
    /// How well they agree; empty with one coder.
    pub agreement: Vec<CoderStatistic>,
    /// What was learnt from their codes; none while no session has a label.
    pub taught: Option<TeachingFacts>,
}

/// One coefficient of agreement.
#[derive(Debug, Clone)]
pub struct CoderStatistic {
    /// Its name, such as `krippendorff_alpha`.
    pub name: &'static str,
    /// Its value, where there is one.
    pub value: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Sessions behind it.
    pub sessions: usize,
}

/// What a study's codes teach.
#[derive(Debug, Clone)]
pub struct TeachingFacts {
    /// What a model trained on all of them rests on.
    pub basis: TrainingBasis,
    /// Whether profiles rest on it, and why not.
    pub worth: CodesWorth,
    /// Labels of the sessions that teach, in the order CS, AR, EM, MP.
    pub labels: [usize; 4],
    /// How good such a model is out of fold; none while the reference sample is pooled in.
    pub judgement: Option<Judgement>,
}

impl MethodsWriter<'_> {
    /// Whether any profile of this report has the simulated sample in it. Words of another origin count as if it had.
    pub(super) fn rests_on_reference(&self) -> bool {
        let own = |name: &str| matches!(TrainingBasis::parse(name), Some(TrainingBasis::Own { .. }));
        let basis = &self.report.models.basis;
        basis.is_empty() || !basis.iter().all(|found| own(&found.name))
    }

    pub(super) fn coded(&self, section: &mut Section) {
        let Some(coded) = &self.provenance.coded else { return };
        section.heading(text!(self.language, "report-coded-coded-interviews"));
        let least = self.report.least.unwrap_or(0);
        let smallest = self
            .report
            .least
            .map_or(Smallest::NONE, |least| coded.respondents.smallest(Privacy::at_least(least)));
        let counted = coded.respondents.counted();
        if coded.sessions < smallest.group {
            section.say(text!(self.language, "report-coded-coders-coded-fewer-than", least, counted));
            return;
        }
        let (n, coders, both) = (coded.sessions, coded.coders, coded.compared);
        section.say(match coders {
            1 => text!(self.language, "report-coded-one-coder-coded-n", n),
            _ if both < smallest.group => {
                text!(self.language, "report-coded-coders-coders-coded-n", coders, n)
            }
            _ => text!(self.language, "report-coded-coders-coders-coded-n-sessions", coders, n, both),
        });
        self.made(section, coded);
        if both >= smallest.group {
            section.table(self.agreement(&coded.agreement, smallest));
        }
        match &coded.taught {
            Some(taught) => self.taught(section, taught, (coders, least, counted), smallest),
            None => section.say(text!(self.language, "report-coded-none-teaches-yet-coders", coders)),
        }
    }

    /// What is kept of how first codes were made. What coders of the study are shown now says nothing of them.
    fn made(&self, section: &mut Section, coded: &CodingFacts) {
        let [narrative, whole, unknown] = coded.made;
        let of = narrative + whole + unknown;
        if of == 0 {
            return;
        }
        if narrative > 0 {
            section.say(text!(self.language, "report-coded-shown-narrative", n = narrative, of));
        }
        if whole > 0 {
            section.say(text!(self.language, "report-coded-shown-whole", n = whole, of));
        }
        if unknown > 0 {
            section.say(text!(self.language, "report-coded-shown-unknown", n = unknown, of));
        }
        section.say(match of - coded.blind.min(of) {
            0 => text!(self.language, "report-coded-blind-all"),
            n => text!(self.language, "report-coded-blind-unknown", n, of),
        });
    }

    fn agreement(&self, found: &[CoderStatistic], smallest: Smallest) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-coded-agreement-coders"),
            vec![
                Column::words(text!(self.language, "report-coded-coefficient")),
                Column::numbers(text!(self.language, "report-coded-value")),
                Column::numbers("95 %"),
                Column::numbers("n"),
            ],
        );
        for one in found.iter().filter(|one| one.sessions >= smallest.group) {
            let name = match one.name {
                "raw_agreement" => text!(self.language, "report-coded-raw-agreement"),
                "chance_agreement" => text!(self.language, "report-coded-agreement-chance"),
                "cohen_kappa" => "Cohen κ".to_owned(),
                "fleiss_kappa" => "Fleiss κ".to_owned(),
                "krippendorff_alpha" => "Krippendorff α".to_owned(),
                "gwet_ac1" => "Gwet AC1".to_owned(),
                other => other.to_owned(),
            };
            let value = one.value.map_or_else(|| "—".into(), |value| self.decimal(value, 3));
            table.row(vec![
                Cell::Text(name),
                Cell::Text(value),
                Cell::Text(self.ends(one.interval)),
                Cell::Text(one.sessions.to_string()),
            ]);
        }
        table
    }

    fn ends(&self, interval: Option<(f64, f64)>) -> String {
        interval.map_or_else(String::new, |(low, high)| {
            format!("{} … {}", self.decimal(low, 3), self.decimal(high, 3))
        })
    }

    fn taught(
        &self,
        section: &mut Section,
        taught: &TeachingFacts,
        (coders, least, counted): (usize, usize, &str),
        smallest: Smallest,
    ) {
        let n: usize = taught.labels.iter().sum();
        if n < smallest.group {
            section.say(text!(self.language, "report-coded-fewer-than-least-teach", least, coders, counted));
            return;
        }
        let cells = smallest.row(&taught.labels, &[]);
        let each: Vec<String> = RelationalModel::ALL
            .iter()
            .zip(&cells)
            .map(|(model, cell)| format!("{} {cell}", model.abbreviation()))
            .collect();
        let each = each.join(", ");
        let why_not = taught.worth.why_not(self.language);
        section.say(match why_not {
            Some(_) => text!(self.language, "report-coded-n-could-teach", n, each),
            None if coders == 1 => text!(self.language, "report-coded-n-teach-classifier", n, each),
            None => text!(self.language, "report-coded-n-teach-classifier-consensus", n, each),
        });
        if let Some(why) = why_not {
            section.say(why);
            if let Some(judged) = &taught.judgement {
                self.evaluation(section, judged, smallest);
            }
            return;
        }
        if let TrainingBasis::Pooled { .. } = taught.basis {
            section.say(text!(
                self.language,
                "report-coded-pooled-simulated-reference-sample",
                code_counts = format!("{:.0}", CODE_COUNTS)
            ));
            return;
        }
        section.say(text!(self.language, "report-coded-whole-training-no-simulated"));
        match &taught.judgement {
            Some(judged) => self.evaluation(section, judged, smallest),
            None => section.say(text!(self.language, "report-coded-too-few-some-model")),
        }
    }

    fn evaluation(&self, section: &mut Section, judged: &Judgement, smallest: Smallest) {
        let (folds, seed) = (judged.division.names.len(), judged.seed);
        let resamples = whole(judged.resamples, self.language);
        section.heading(text!(self.language, "report-coded-how-good-studys-own"));
        section.say(text!(self.language, "report-coded-out-fold-against-coders", folds, resamples, seed));
        section.table(self.numbers(judged));
        match suppress::confusion(&judged.evaluation.confusion, smallest) {
            Some(shown) => section.table(self.confusion(&shown)),
            None => section.remark(text!(self.language, "report-coded-confusion-matrix-held-back")),
        }
        section.table(self.reliability(&judged.reliability, smallest));
        section.remark(text!(self.language, "report-coded-reliability-dot-share-calls"));
    }

    fn numbers(&self, judged: &Judgement) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-coded-out-fold-beside-what"),
            vec![
                Column::words(text!(self.language, "report-measure")),
                Column::numbers(text!(self.language, "report-coded-studys-own-model")),
                Column::numbers("95 %"),
                Column::numbers(text!(self.language, "report-most-frequent-model")),
                Column::numbers(text!(self.language, "report-highest-scale")),
            ],
        );
        type Pick = fn(&Evaluation) -> &Metric;
        let lines: [(String, Pick); 6] = [
            (text!(self.language, "report-accuracy"), |found| &found.accuracy),
            (text!(self.language, "report-coded-balanced-accuracy"), |found| &found.balanced_accuracy),
            ("macro-F1".into(), |found| &found.macro_f1),
            ("log loss".into(), |found| &found.log_loss),
            ("Brier".into(), |found| &found.brier),
            (text!(self.language, "report-coded-calibration-error"), |found| &found.calibration_error),
        ];
        let value = |found: Option<&Metric>| {
            let value = found.and_then(|found| found.value);
            Cell::Text(value.map_or_else(|| "—".into(), |value| self.decimal(value, 3)))
        };
        for (name, pick) in lines {
            let own = pick(&judged.evaluation);
            let ends = own.interval.map(|interval| (interval.low, interval.high));
            table.row(vec![
                Cell::Text(name),
                value(Some(own)),
                Cell::Text(self.ends(ends)),
                value(Some(pick(&judged.baselines.prior))),
                value(judged.baselines.highest_scale.as_ref().map(pick)),
            ]);
        }
        table
    }

    fn confusion(&self, shown: &([[crate::analysis::ShownCount; 4]; 4], [usize; 4])) -> Table {
        let mut columns = vec![Column::words(text!(self.language, "report-coded-coded-as"))];
        let called = |model: RelationalModel| {
            let name = model.abbreviation();
            Column::numbers(text!(self.language, "report-coded-called-name", name))
        };
        columns.extend(RelationalModel::ALL.map(called));
        columns.push(Column::numbers("n"));
        let mut table = Table::new(text!(self.language, "report-coded-confusion-matrix"), columns);
        let (cells, sums) = shown;
        for ((model, line), sum) in RelationalModel::ALL.iter().zip(cells).zip(sums) {
            let mut row = vec![Cell::text(model.abbreviation())];
            row.extend(line.iter().map(|cell| Cell::Text(cell.to_string())));
            row.push(Cell::Text(sum.to_string()));
            table.row(row);
        }
        table
    }

    fn reliability(&self, bins: &[Bin], smallest: Smallest) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-coded-reliability-diagram"),
            vec![
                Column::words(text!(self.language, "report-coded-confidence")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-coded-mean-confidence")),
                Column::numbers(text!(self.language, "report-coded-share-right")),
                Column::drawings("0 … 1"),
            ],
        );
        let sizes: Vec<usize> = bins.iter().map(|bin| bin.n).collect();
        let may = suppress::groups(&sizes, &[], smallest.group);
        for (bin, _) in bins.iter().zip(may).filter(|(bin, may)| *may && bin.n > 0) {
            let (Some(confidence), Some(right)) = (bin.confidence, bin.accuracy) else { continue };
            let range = format!("{}–{}", self.decimal(bin.low, 1), self.decimal(bin.high, 1));
            table.row(vec![
                Cell::Text(range),
                Cell::Text(bin.n.to_string()),
                Cell::Text(self.decimal(confidence, 3)),
                Cell::Text(self.decimal(right, 3)),
                Cell::Drawing(Drawing::on((0.0, 1.0), right, None, Some(confidence))),
            ]);
        }
        table
    }
}
