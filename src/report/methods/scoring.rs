//! How answers became numbers: formulas, what was left out of them, and the classifier with what it rests on.

use super::Writer;
use crate::classify::metrics::Estimate;
use crate::classify::model::MIN_RATIO;
use crate::classify::recovery::{Against, Predictor, STUDY};
use crate::classify::reference::{BASE_RATES, CARELESS, CODER_ERROR, REFERENCE_ROWS, World};
use crate::instrument::{Reads, Scale};
use crate::measures::timed::sc_iat;
use crate::measures::{Basis, MEASURES, Measure};
use crate::report::document::{Cell, Column, Section, Table};
use crate::wording;

impl Writer<'_> {
    pub(super) fn scoring(&self) -> Section {
        let mut section = self.section("methods-scoring", "scoring", "scores");
        let scales = &self.provenance.instrument.scales;
        let mut table = Table::new(
            self.say("Scales", "Schalen"),
            vec![
                Column::words(self.say("scale", "schaal")),
                Column::words(self.say("construct", "construct")),
                Column::words(self.say("method", "methode")),
                Column::numbers(self.say("fewest answers", "minste antwoorden")),
                Column::words(
                    self.say("in the composite of what is said", "in de samenstelling van wat gezegd is"),
                ),
            ],
        );
        for scale in scales {
            let counts = scale.composite && said(scale);
            table.row(vec![
                Cell::text(&scale.name),
                Cell::Text(scale.construct.to_string()),
                Cell::text(scale.method.name()),
                Cell::Text(scale.min_valid.to_string()),
                Cell::Text(if counts { self.say("yes", "ja") } else { String::new() }),
            ]);
        }
        section.table(table);
        let used = |measure: &&&dyn Measure| scales.iter().any(|scale| measure.applies(scale));
        let mut formulas = Table::new(
            self.say("Formulas", "Formules (in het Engels)"),
            vec![
                Column::words(self.say("measure", "maat")),
                Column::words(self.say("what it measures", "wat ze meet")),
                Column::words(self.say("formula", "formule")),
                Column::words(self.say("cautions", "let op")),
                Column::words(self.say("reference", "bron")),
            ],
        );
        // The program keeps its definitions in one language, so that a formula has one text.
        formulas.language = Some("en");
        for measure in MEASURES.iter().filter(used) {
            let about = measure.about();
            let texts = [about.name, about.measures, about.formula, about.cautions, about.reference];
            formulas.row(texts.map(Cell::text).to_vec());
        }
        section.table(formulas);
        section.table(self.intervals());
        section.heading(self.say("Measurement errors and the gap", "Meetfouten en de kloof"));
        section.say(match self.provenance.norms {
            Basis::Study(n) => self.say(
                &format!("Measurement errors and z scores come from {n} sessions of this study."),
                &format!("Meetfouten en z-scores komen uit {n} sessies van dit onderzoek."),
            ),
            Basis::Reference | Basis::None => self.say(
                "Measurement errors and z scores come from 400 simulated respondents of this questionnaire, until the study has 30 finished sessions that can be scored.",
                "Meetfouten en z-scores komen uit 400 gesimuleerde respondenten van deze vragenlijst, tot het onderzoek 30 afgeronde sessies heeft die te scoren zijn.",
            ),
        });
        section.say(self.say(
            "A conflict is counted where the 95 % interval of what is said lies wholly on one side of zero and that of what is associated wholly on the other; its p is the larger of the two one-sided ones.",
            "Een conflict telt waar het 95 %-interval van wat gezegd wordt geheel aan de ene kant van nul ligt en dat van wat geassocieerd wordt geheel aan de andere; de p ervan is de grootste van de twee eenzijdige.",
        ));
        self.timing(&mut section);
        section
    }

    fn timing(&self, section: &mut Section) {
        if !self.provenance.instrument.scales.iter().any(|scale| scale.method.reads() == Reads::Sorting) {
            return;
        }
        let timed = &self.report.quality.timed;
        section.heading(self.say(
            "Timed sorting: exclusions and limits of timing",
            "Sorteren op tijd: uitsluiting en grenzen van de tijdmeting",
        ));
        let (fast, percent) = (sc_iat::FASTEST_MS, sc_iat::MOST_ERRORS_PERCENT);
        section.say(self.say(
            &format!("Answers under {fast} ms and trials without a key are dropped. A session is excluded with more than {percent} % errors in a block, or with fewer than half of a block’s trials retained (the latter is our own rule)."),
            &format!("Antwoorden onder {fast} ms en beurten zonder toets vervallen. Een sessie valt af bij meer dan {percent} % fouten in een blok, of als minder dan de helft van een blok overblijft (dat laatste is een eigen regel)."),
        ));
        let excluded: Vec<String> =
            timed.excluded.iter().map(|found| format!("{} ({})", found.name, found.n)).collect();
        let excluded = if excluded.is_empty() { self.say("none", "geen") } else { excluded.join("; ") };
        section.say(self.say(
            &format!("Of {} sessions with a timed task: scored {}, not done {}, could not be timed {}. Excluded: {excluded}.", timed.of, timed.scored, timed.not_done, timed.not_timed),
            &format!("Van {} sessies met een taak op tijd: gescoord {}, niet gedaan {}, niet te meten {}. Uitgesloten: {excluded}.", timed.of, timed.scored, timed.not_done, timed.not_timed),
        ));
        let (calibrated, blocks) = timed.calibrated;
        section.say(self.say(
            &format!("{calibrated} of {blocks} test blocks carry figures of a calibration; {} sessions were timed over a network or another program. What keyboard and screen add (often 10 to 50 ms) cannot be measured in a terminal; what of it stays the same cancels in a difference.", timed.remote),
            &format!("Bij {calibrated} van {blocks} testblokken zijn ijkgegevens bewaard; {} sessies zijn getimed over een netwerk of een ander programma. Wat toetsenbord en scherm toevoegen (vaak 10 tot 50 ms) is in een terminal niet te meten; wat daarvan gelijk blijft, valt in een verschil weg.", timed.remote),
        ));
    }

    pub(super) fn classifier(&self) -> Section {
        let models = &self.report.models;
        let mut section = self.section("methods-classifier", "classifier", "classificatie");
        section.say(self.say(
            "Multinomial logistic regression with an L2 penalty. Features: the four scale means centred within the person, shares of reactions to situations, best–worst scores, shares of allocated points, and closeness; only blocks that a session has. Neither satisfaction nor emotion nor association is among them.",
            "Multinomiale logistische regressie met een L2-straf. Kenmerken: de vier schaalgemiddelden gecentreerd binnen de persoon, aandelen van reacties op situaties, best-slechtst-scores, aandelen van verdeelde punten, en nabijheid; alleen blokken die een sessie heeft. Tevredenheid, emotie en associatie horen er niet bij.",
        ));
        let assumed = self.provenance.assumed;
        let [cs, ar, em, mp] = assumed.map(|share| self.decimal(share, 2));
        let from = if assumed == BASE_RATES {
            self.say(
                "published base rates; AR and EM share what is left, our assumption",
                "gepubliceerde cijfers; AR en EM delen de rest, onze aanname",
            )
        } else {
            self.say("chosen for this report", "gekozen voor dit rapport")
        };
        let ratio = self.decimal(MIN_RATIO, 0);
        section.say(self.say(
            &format!("Prior: CS {cs}, AR {ar}, EM {em}, MP {mp} ({from}). A profile is uncertain where the answers alone do not tell its first two models apart: below {ratio} to 1."),
            &format!("A priori: CS {cs}, AR {ar}, EM {em}, MP {mp} ({from}). Een profiel heet onzeker als de antwoorden alleen de eerste twee modellen niet uit elkaar houden: onder {ratio} tegen 1."),
        ));
        let basis: Vec<String> = models
            .basis
            .iter()
            .map(|found| format!("{} ({})", wording::basis(&found.name, self.language), found.n))
            .collect();
        if !basis.is_empty() {
            let basis = basis.join(", ");
            section.say(self.say(
                &format!("Basis of the profiles, with the number of sessions: {basis}."),
                &format!("Basis van de profielen, met het aantal sessies: {basis}."),
            ));
        }
        self.coded(&mut section);
        // A study whose profiles all rest on its own codes owes nothing to the simulated sample.
        if !self.rests_on_reference() {
            return section;
        }
        let (careless, errors) = (100.0 * CARELESS, 100.0 * CODER_ERROR);
        section.say(self.say(
            &format!("The reference model is fitted on {REFERENCE_ROWS} simulated sessions. In them the model in use is the norm that is held strongest; the four norms are independent, with means under which the published shares come out; statements of the four models are equally easy to agree with; {careless:.0} % answer carelessly, and coders err in {errors:.0} %, where two norms lie close together. All this is assumed. What the answers say alone comes from the same simulation with four equal shares."),
            &format!("Het referentiemodel is berekend op {REFERENCE_ROWS} gesimuleerde sessies. Daarin is het gebruikte model de norm die het sterkst leeft; de vier normen zijn onafhankelijk, met gemiddelden waaruit de gepubliceerde aandelen volgen; met de uitspraken van de vier modellen is men even snel eens; {careless:.0} % antwoordt achteloos, en codeurs vergissen zich in {errors:.0} %, daar waar twee normen dicht bij elkaar liggen. Dit alles is aangenomen. Wat de antwoorden alleen zeggen, komt uit dezelfde simulatie met vier gelijke aandelen."),
        ));
        if self.provenance.coded.is_none() {
            section.say(
                self.say("No human coder has checked it.", "Geen menselijke codeur heeft het getoetst."),
            );
        }
        section.table(self.recovery());
        if !self.provenance.recovery.is_empty() {
            let seed = self.provenance.recovery_seed;
            section.remark(self.say(
                &format!("Recovery, not validity: {STUDY} simulated sessions with this questionnaire’s questions, seed {seed}, against the simulated truth. On 70/16/7/7, always calling the most frequent model gives an accuracy of .70 and a balanced accuracy of .25."),
                &format!("Terugvinden, geen validiteit: {STUDY} gesimuleerde sessies met de vragen van deze vragenlijst, seed {seed}, tegenover de gesimuleerde werkelijkheid. Bij 70/16/7/7 haalt wie altijd het vaakste model noemt een nauwkeurigheid van 0,70 en een gebalanceerde nauwkeurigheid van 0,25."),
            ));
        }
        section
    }

    fn recovery(&self) -> Table {
        let mut table = Table::new(
            self.say(
                "How well the reference model recovers what was simulated",
                "Hoe goed het referentiemodel terugvindt wat gesimuleerd werd",
            ),
            vec![
                Column::words(self.say("predictor", "voorspeller")),
                Column::numbers(self.say("accuracy", "nauwkeurigheid")),
                Column::numbers("95 %"),
                Column::numbers(self.say("balanced accuracy", "gebalanceerd")),
                Column::numbers("macro-F1"),
                Column::numbers("log loss"),
                Column::numbers("Brier"),
            ],
        );
        let shown = |estimate: &Estimate| {
            Cell::Text(estimate.value.map_or_else(|| "—".into(), |value| self.decimal(value, 3)))
        };
        let rows = self.provenance.recovery.iter();
        for row in rows.filter(|row| row.against == Against::Truth && row.world == World::Reference) {
            let name = match row.predictor {
                Predictor::ReferenceModel => self.say("reference model", "referentiemodel"),
                Predictor::Learnt => self.say(
                    "the same, with ease and spread from the answers",
                    "hetzelfde, met gemak en spreiding uit de antwoorden",
                ),
                Predictor::Answers => self.say("the answers alone", "de antwoorden alleen"),
                Predictor::Ceiling => self.say("ceiling: the generator itself", "plafond: de generator zelf"),
                Predictor::Prior => self.say("most frequent model", "vaakste model"),
                Predictor::HighestScale => self.say("highest scale", "hoogste schaal"),
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

/// Whether a scale can be part of the composite of what is said.
fn said(scale: &Scale) -> bool {
    use crate::instrument::{Construct, Family};
    matches!(scale.construct, Construct::ExplicitSentiment | Construct::Family(Family::Emotion, _))
}
