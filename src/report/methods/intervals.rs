//! The intervals of a report: what each kind of number has, by which formula, after whom. Owns the list; the formulas are those of
//! `psychometrics`, `analysis::estimate` and `classify::metrics`, and whoever changes one there changes its line here.

use super::Writer;
use crate::analysis::{FEWEST_RESAMPLES, MOST_RESAMPLES, SEED};
use crate::instrument::Method;
use crate::report::document::{Cell, Column, Table};

impl Writer<'_> {
    /// Every interval that a report of this instrument can hold.
    pub(super) fn intervals(&self) -> Table {
        let mut table = Table::new(
            self.say("Intervals, all of 95 % (z = 1.96)", "Intervallen, alle van 95 % (z = 1,96)"),
            vec![
                Column::words(self.say("interval of", "interval van")),
                Column::words(self.say("formula", "formule")),
                Column::words(self.say("reference", "bron")),
            ],
        );
        let mut line = |what: String, formula: String, source: &str| {
            table.rows.push([what, formula, source.to_owned()].map(Cell::Text).to_vec());
        };
        let method = |wanted: &[Method]| {
            self.provenance.instrument.scales.iter().any(|scale| wanted.contains(&scale.method))
        };
        line(
            self.say("a share of sessions", "een aandeel van sessies"),
            "(p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)".into(),
            "Wilson 1927",
        );
        line(
            self.say(
                "a mean (ended where its scale ends)",
                "een gemiddelde (begrensd op de uiteinden van zijn schaal)",
            ),
            self.say(
                "m ± t·SD/√n, t with n − 1 degrees of freedom",
                "m ± t·SD/√n, t met n − 1 vrijheidsgraden",
            ),
            "Student 1908",
        );
        line(
            self.say(
                "a mean in which sessions count with their probability w",
                "een gemiddelde waarin sessies meetellen met hun kans w",
            ),
            "m ± z·√Σw²(v − m)² / Σw".into(),
            "Cochran 1977",
        );
        line(
            self.say("a share or an NPS in which they do so", "een aandeel of een NPS waarin ze dat doen"),
            self.say("as without w, for n = (Σw)²/Σw²", "als zonder w, voor n = (Σw)²/Σw²"),
            "Kish 1965",
        );
        line(
            self.say("the difference of two such means", "het verschil van twee zulke gemiddelden"),
            "d ± z·√Σ(w₁(v − m₁)/Σw₁ − w₂(v − m₂)/Σw₂)²".into(),
            "Cochran 1977",
        );
        line(
            self.say(
                "the estimated share π of a model",
                "het geschatte aandeel π van een model",
            ),
            self.say(
                "π ± z·SE, SE from the information Σ(∂ log Σπₖpₖ/qₖ)² over the sessions, p their probabilities, q the shares assumed; ended at 0 and 1",
                "π ± z·SE, SE uit de informatie Σ(∂ log Σπₖpₖ/qₖ)² over de sessies, p hun kansen, q de aangenomen aandelen; begrensd op 0 en 1",
            ),
            "McLachlan, Peel 2000",
        );
        if method(&[Method::Nps]) {
            line(
                "NPS".into(),
                self.say(
                    "100 times the score interval of p − d, the shares of promoters and detractors: every δ with |p − d − δ| ≤ z·√((p̃ + d̃ − δ²)/n), p̃ and d̃ likeliest under δ",
                    "100 maal het score-interval van p − d, de aandelen promotors en criticasters: elke δ met |p − d − δ| ≤ z·√((p̃ + d̃ − δ²)/n), p̃ en d̃ het waarschijnlijkst onder δ",
                ),
                "Tango 1998",
            );
        }
        if method(&[Method::Mean, Method::Sum]) {
            line(
                "Cronbach α".into(),
                self.say(
                    &format!("percentiles 2.5 and 97.5 of {FEWEST_RESAMPLES} to {MOST_RESAMPLES} resamples of respondents, seed {SEED}"),
                    &format!("percentielen 2,5 en 97,5 van {FEWEST_RESAMPLES} tot {MOST_RESAMPLES} trekkingen van respondenten met teruglegging, seed {SEED}"),
                ),
                "Efron, Tibshirani 1993",
            );
        }
        if method(&[Method::Association, Method::ScIat]) {
            line(
                self.say("a correlation", "een correlatie"),
                "tanh(artanh r ± z/√(n − 3))".into(),
                "Fisher 1921",
            );
            line(
                self.say(
                    "what one session says and associates",
                    "wat één sessie zegt en associeert",
                ),
                self.say(
                    "score ± z·SE, SE as in the formulas above; of what is said SE = SD·√(1 − α) of the norm group",
                    "score ± z·SE, SE als in de formules hierboven; van wat gezegd is SE = SD·√(1 − α) van de normgroep",
                ),
                "Lord, Novick 1968",
            );
        }
        if self.provenance.coded.is_some() {
            line(
                self.say("raw agreement of coders", "ruwe overeenstemming van codeurs"),
                self.say("as a share, of coded sessions", "als een aandeel, van gecodeerde sessies"),
                "Wilson 1927",
            );
            line(
                "Cohen κ".into(),
                self.say("κ ± z·SE, ended at ±1", "κ ± z·SE, begrensd op ±1"),
                "Fleiss, Cohen, Everitt 1969",
            );
            line(
                "Fleiss κ, Gwet AC1".into(),
                self.say(
                    "value ± t·SE, SE linearised over sessions, t with n − 1 degrees of freedom",
                    "waarde ± t·SE, SE gelineariseerd over sessies, t met n − 1 vrijheidsgraden",
                ),
                "Gwet 2014",
            );
            line(
                "Krippendorff α".into(),
                self.say(
                    "percentiles 2.5 and 97.5 of resampled sessions",
                    "percentielen 2,5 en 97,5 van sessies, getrokken met teruglegging",
                ),
                "Efron, Tibshirani 1993",
            );
        }
        line(
            self.say(
                "accuracy, precision and recall of a classification",
                "nauwkeurigheid, precisie en recall van een classificatie",
            ),
            self.say(
                "as a share; of respondents with several sessions the wider of that and percentiles of resampled respondents",
                "als een aandeel; van respondenten met meer sessies de ruimste van dat en percentielen van respondenten, getrokken met teruglegging",
            ),
            "Wilson 1927",
        );
        line(
            self.say("balanced accuracy and macro-F1", "gebalanceerde nauwkeurigheid en macro-F1"),
            self.say(
                "m ± √Σ(distance of each part to its own end)²/k over the k classes",
                "m ± √Σ(afstand van elk deel tot zijn eigen grens)²/k over de k klassen",
            ),
            "Zou, Donner 2008",
        );
        line(
            self.say("log loss, Brier score, calibration error", "log loss, Brier-score, kalibratiefout"),
            self.say(
                "percentiles 2.5 and 97.5 of resampled sessions",
                "percentielen 2,5 en 97,5 van sessies, getrokken met teruglegging",
            ),
            "Efron, Tibshirani 1993",
        );
        table
    }
}
