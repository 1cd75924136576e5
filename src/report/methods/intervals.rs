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
            table.row([what, formula, source.to_owned()].map(Cell::Text).to_vec());
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
                "a mean on a scale from a to b (of probabilities: from 0 to 1), also with weights w",
                "een gemiddelde op een schaal van a tot b (van kansen: van 0 tot 1), ook met gewichten w",
            ),
            self.say(
                "m and μ brought to 0…1: every μ with (m − μ)² ≤ t²·φ·μ(1 − μ)/n, φ = (k·V/(m(1 − m)) + 2)/(k + 1), at most 1, V = Σw²(v − m)²/Σw², n = (Σw)²/Σw², k = (Σw²)²/Σw⁴, t with k + 1 degrees of freedom; without weights k = n",
                "m en μ teruggebracht tot 0…1: elke μ met (m − μ)² ≤ t²·φ·μ(1 − μ)/n, φ = (k·V/(m(1 − m)) + 2)/(k + 1), hoogstens 1, V = Σw²(v − m)²/Σw², n = (Σw)²/Σw², k = (Σw²)²/Σw⁴, t met k + 1 vrijheidsgraden; zonder gewichten is k = n",
            ),
            "Wilson 1927, Wedderburn 1974",
        );
        line(
            self.say(
                "a mean, share or NPS of those who use a model",
                "een gemiddelde, aandeel of NPS van wie een model gebruikt",
            ),
            self.say(
                "a mean on a scale (above) with w = a·D⁻¹: a the session's probabilities, D their means among 20,000 simulated people who use each model, whose own error is added; told where n > t², t with n + 1 degrees of freedom, and D's condition is at most 20",
                "een gemiddelde op een schaal (hierboven) met w = a·D⁻¹: a de kansen van de sessie, D hun gemiddelden bij 20.000 gesimuleerde mensen die elk model gebruiken, met de fout daarvan erbij; gegeven waar n > t², t met n + 1 vrijheidsgraden, en de conditie van D hoogstens 20 is",
            ),
            "Bolck, Croon, Hagenaars 2004; Vermunt 2010; Bakk, Vermunt 2016",
        );
        line(
            self.say(
                "the difference of two means of the same sessions under two weights",
                "het verschil van twee gemiddelden van dezelfde sessies met twee gewichten",
            ),
            self.say(
                "d ± √(f² + g² − 2rfg), f and g the distances of the two means from the ends of their intervals, r the correlation of w₁(v − m₁) and w₂(v − m₂)",
                "d ± √(f² + g² − 2rfg), f en g de afstanden van de twee gemiddelden tot de grenzen van hun intervallen, r de correlatie van w₁(v − m₁) en w₂(v − m₂)",
            ),
            "Zou 2007",
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
