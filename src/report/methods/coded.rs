//! What human coders add to the methods of a study: how many sessions they coded, how well they agree, and how good the
//! study's own model is on sessions that it was not trained on.
//!
//! Owns what of that a reader may see. Refuses figures of fewer sessions than a report may show, and a confusion matrix that
//! would give away who is in a cell of one or two.

use super::Writer;
use crate::analysis::suppress;
use crate::classify::evaluate::Judgement;
use crate::classify::metrics::{Bin, Estimate, Evaluation};
use crate::classify::pooling::{Basis, CODE_COUNTS, OWN_FROM};
use crate::instrument::RelationalModel;
use crate::report::document::{Cell, Column, Drawing, Section, Table};

/// What coders said of the sessions of a questionnaire.
#[derive(Debug, Clone)]
pub struct Coded {
    /// How many coders.
    pub coders: usize,
    /// Finished sessions that at least one of them coded.
    pub sessions: usize,
    /// Of these, the ones that at least two coded.
    pub compared: usize,
    /// How well they agree; empty with one coder.
    pub agreement: Vec<CoderStatistic>,
    /// What was learnt from their codes; none while no session has a label.
    pub taught: Option<Taught>,
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
pub struct Taught {
    /// What a model trained on all of them rests on.
    pub basis: Basis,
    /// Labels of the sessions that teach, in the order CS, AR, EM, MP.
    pub labels: [usize; 4],
    /// How good such a model is out of fold; none while the reference sample is pooled in.
    pub judgement: Option<Judgement>,
}

impl Writer<'_> {
    /// Whether any profile of this report has the simulated sample in it. Words of another origin count as if it had.
    pub(super) fn rests_on_reference(&self) -> bool {
        let own = |name: &str| matches!(Basis::parse(name), Some(Basis::Own { .. }));
        let basis = &self.report.models.basis;
        basis.is_empty() || !basis.iter().all(|found| own(&found.name))
    }

    pub(super) fn coded(&self, section: &mut Section) {
        let Some(coded) = &self.provenance.coded else { return };
        section.heading(self.say("Coded interviews", "Gecodeerde interviews"));
        let least = self.report.least.unwrap_or(0);
        if coded.sessions < least {
            section.say(self.say(
                &format!("Coders have coded fewer than {least} sessions, too few for figures."),
                &format!("Codeurs hebben minder dan {least} sessies gecodeerd, te weinig voor cijfers."),
            ));
            return;
        }
        let (n, coders, both) = (coded.sessions, coded.coders, coded.compared);
        section.say(match coders {
            1 => self.say(
                &format!("One coder coded {n} sessions, so that nothing is known of agreement."),
                &format!("Eén codeur heeft {n} sessies gecodeerd; over overeenstemming is dus niets bekend."),
            ),
            _ if both < least => self.say(
                &format!("{coders} coders coded {n} sessions, too few of them by two coders or more for figures of agreement."),
                &format!("{coders} codeurs hebben {n} sessies gecodeerd, te weinig daarvan door minstens twee voor cijfers van overeenstemming."),
            ),
            _ => self.say(
                &format!("{coders} coders coded {n} sessions, {both} of them by two coders or more. The latest code of each coder counts."),
                &format!("{coders} codeurs hebben {n} sessies gecodeerd, waarvan {both} door minstens twee. De laatste code van elke codeur telt."),
            ),
        });
        if both >= least {
            section.table(self.agreement(&coded.agreement, least));
        }
        match &coded.taught {
            Some(taught) => self.taught(section, taught, least),
            None => section.say(self.say(
                "None of them teaches yet: coders disagree, and nothing is settled.",
                "Geen ervan telt al mee: codeurs zijn het oneens en er is niets beslist.",
            )),
        }
    }

    fn agreement(&self, found: &[CoderStatistic], least: usize) -> Table {
        let mut table = Table::new(
            self.say("Agreement of the coders", "Overeenstemming van de codeurs"),
            vec![
                Column::words(self.say("coefficient", "maat")),
                Column::numbers(self.say("value", "waarde")),
                Column::numbers("95 %"),
                Column::numbers("n"),
            ],
        );
        for one in found.iter().filter(|one| one.sessions >= least) {
            let name = match one.name {
                "raw_agreement" => self.say("raw agreement", "ruwe overeenstemming"),
                "chance_agreement" => self.say("agreement by chance", "overeenstemming door toeval"),
                "cohen_kappa" => "Cohen κ".to_owned(),
                "fleiss_kappa" => "Fleiss κ".to_owned(),
                "krippendorff_alpha" => "Krippendorff α".to_owned(),
                "gwet_ac1" => "Gwet AC1".to_owned(),
                other => other.to_owned(),
            };
            let value = one.value.map_or_else(|| "—".into(), |value| self.decimal(value, 3));
            table.rows.push(vec![
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

    fn taught(&self, section: &mut Section, taught: &Taught, least: usize) {
        let n: usize = taught.labels.iter().sum();
        if n < least {
            section.say(self.say(
                &format!("Fewer than {least} of them teach: the others are disputed or lack answers."),
                &format!("Minder dan {least} ervan tellen mee: over de andere is men het oneens, of er ontbreken antwoorden."),
            ));
            return;
        }
        let cells = suppress::row(&taught.labels, &[]);
        let each: Vec<String> = RelationalModel::ALL
            .iter()
            .zip(&cells)
            .map(|(model, cell)| format!("{} {cell}", model.abbreviation()))
            .collect();
        let each = each.join(", ");
        section.say(self.say(
            &format!("{n} of them teach the classifier, by consensus or by a majority of their coders: {each}. A session’s own code never counts in its own profile."),
            &format!("{n} ervan tellen mee voor de classificatie, bij consensus of bij een meerderheid van hun codeurs: {each}. De eigen code van een sessie telt nooit mee in haar eigen profiel."),
        ));
        if let Basis::Pooled { .. } = taught.basis {
            section.say(self.say(
                &format!("They are pooled with the simulated reference sample, each counted as {CODE_COUNTS:.0} of its sessions, until there are {OWN_FROM} of every model; until then the study’s own evaluation is not part of this report."),
                &format!("Ze zijn samengevoegd met de gesimuleerde referentiesteekproef, elk voor {CODE_COUNTS:.0} sessies daarvan, tot er {OWN_FROM} van elk model zijn; tot dan staat een eigen evaluatie van het onderzoek niet in dit rapport."),
            ));
            return;
        }
        section.say(self.say(
            "They are the whole training: no simulated reference sample is pooled in.",
            "Ze zijn de hele training: er is geen gesimuleerde referentiesteekproef bij.",
        ));
        match &taught.judgement {
            Some(judged) => self.evaluation(section, judged, least),
            None => section.say(self.say(
                "There are too few of some model for an evaluation.",
                "Van een model zijn er te weinig voor een evaluatie.",
            )),
        }
    }

    fn evaluation(&self, section: &mut Section, judged: &Judgement, least: usize) {
        let (folds, resamples, seed) = (judged.division.names.len(), judged.resamples, judged.seed);
        section.heading(
            self.say("How good the study’s own model is", "Hoe goed het eigen model van het onderzoek is"),
        );
        section.say(self.say(
            &format!("Out of fold against the coders’ labels: {folds} folds, stratified by label, the sessions of one respondent together; strength and temperature chosen anew in each. Predictions here assume the shares of these labels, not the prior above. Intervals: {resamples} bootstrap samples of respondents, seed {seed}."),
            &format!("Buiten de training getoetst aan de labels van de codeurs: {folds} delen, gestratificeerd naar label, sessies van één respondent bijeen; sterkte en temperatuur in elk deel opnieuw gekozen. Vooraf zijn hier de aandelen van deze labels aangenomen, niet de kansen hierboven. Intervallen: {resamples} bootstrapsteekproeven van respondenten, seed {seed}."),
        ));
        section.table(self.numbers(judged));
        match suppress::confusion(&judged.evaluation.confusion) {
            Some(shown) => section.table(self.confusion(&shown)),
            None => section.remark(self.say(
                "The confusion matrix is held back: it has cells of one or two people that would follow from the figures above. `relata evaluate` shows it to the researcher.",
                "De verwarringsmatrix is weggelaten: ze heeft cellen van een of twee mensen die uit de cijfers hierboven zouden volgen. `relata evaluate` toont haar aan de onderzoeker.",
            )),
        }
        section.table(self.reliability(&judged.reliability, least));
        section.remark(self.say(
            "Reliability: the dot is the share of calls that are right, the line across is the mean confidence; a model that knows how sure it may be has the two in one place. Bins of few people are left out.",
            "Betrouwbaarheid: de stip is het aandeel juiste uitkomsten, het dwarsstreepje de gemiddelde zekerheid; bij een model dat weet hoe zeker het mag zijn vallen die samen. Klassen van weinig mensen staan er niet bij.",
        ));
    }

    fn numbers(&self, judged: &Judgement) -> Table {
        let mut table = Table::new(
            self.say(
                "Out of fold, beside what it must beat",
                "Buiten de training, naast wat het moet verslaan",
            ),
            vec![
                Column::words(self.say("measure", "maat")),
                Column::numbers(self.say("study’s own model", "eigen model")),
                Column::numbers("95 %"),
                Column::numbers(self.say("most frequent model", "vaakste model")),
                Column::numbers(self.say("highest scale", "hoogste schaal")),
            ],
        );
        type Pick = fn(&Evaluation) -> &Estimate;
        let lines: [(String, Pick); 6] = [
            (self.say("accuracy", "nauwkeurigheid"), |found| &found.accuracy),
            (self.say("balanced accuracy", "gebalanceerde nauwkeurigheid"), |found| &found.balanced_accuracy),
            ("macro-F1".into(), |found| &found.macro_f1),
            ("log loss".into(), |found| &found.log_loss),
            ("Brier".into(), |found| &found.brier),
            (self.say("calibration error", "kalibratiefout"), |found| &found.calibration_error),
        ];
        let value = |found: Option<&Estimate>| {
            let value = found.and_then(|found| found.value);
            Cell::Text(value.map_or_else(|| "—".into(), |value| self.decimal(value, 3)))
        };
        for (name, pick) in lines {
            let own = pick(&judged.evaluation);
            let ends = own.interval.map(|interval| (interval.low, interval.high));
            table.rows.push(vec![
                Cell::Text(name),
                value(Some(own)),
                Cell::Text(self.ends(ends)),
                value(Some(pick(&judged.baselines.prior))),
                value(judged.baselines.highest_scale.as_ref().map(pick)),
            ]);
        }
        table
    }

    fn confusion(&self, shown: &([[crate::analysis::Cell; 4]; 4], [usize; 4])) -> Table {
        let mut columns = vec![Column::words(self.say("coded as", "gecodeerd als"))];
        let called = |model: RelationalModel| {
            let name = model.abbreviation();
            Column::numbers(self.say(&format!("called {name}"), &format!("genoemd {name}")))
        };
        columns.extend(RelationalModel::ALL.map(called));
        columns.push(Column::numbers("n"));
        let mut table = Table::new(self.say("Confusion matrix", "Verwarringsmatrix"), columns);
        let (cells, sums) = shown;
        for ((model, line), sum) in RelationalModel::ALL.iter().zip(cells).zip(sums) {
            let mut row = vec![Cell::text(model.abbreviation())];
            row.extend(line.iter().map(|cell| Cell::Text(cell.to_string())));
            row.push(Cell::Text(sum.to_string()));
            table.rows.push(row);
        }
        table
    }

    fn reliability(&self, bins: &[Bin], least: usize) -> Table {
        let mut table = Table::new(
            self.say("Reliability diagram", "Betrouwbaarheidsdiagram"),
            vec![
                Column::words(self.say("confidence", "zekerheid")),
                Column::numbers("n"),
                Column::numbers(self.say("mean confidence", "gemiddelde zekerheid")),
                Column::numbers(self.say("share right", "aandeel juist")),
                Column::drawings("0 … 1"),
            ],
        );
        let sizes: Vec<usize> = bins.iter().map(|bin| bin.n).collect();
        let may = suppress::groups(&sizes, &[], least);
        for (bin, _) in bins.iter().zip(may).filter(|(bin, may)| *may && bin.n > 0) {
            let (Some(confidence), Some(right)) = (bin.confidence, bin.accuracy) else { continue };
            let range = format!("{}–{}", self.decimal(bin.low, 1), self.decimal(bin.high, 1));
            table.rows.push(vec![
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
