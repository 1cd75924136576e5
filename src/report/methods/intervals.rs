//! The intervals of a report: which kind of number has which, with formula and source. The formulas are in `psychometrics`,
//! `analysis::estimate` and `classify::metrics`; change a line here when you change one there.

use super::MethodsWriter;
use crate::analysis::{FEWEST_RESAMPLES, MOST_RESAMPLES, SEED};
use crate::instrument::Reads;
use crate::psychometrics::clusters::FEWEST;
use crate::report::document::{Cell, Column, Table};
use crate::text;
use crate::texts::whole;

impl MethodsWriter<'_> {
    /// Every interval that a report of this instrument can hold.
    pub(super) fn intervals(&self) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-intervals-intervals-all-95-percent"),
            vec![
                Column::words(text!(self.language, "report-intervals-interval-of")),
                Column::words(text!(self.language, "report-formula")),
                Column::words(text!(self.language, "report-reference")),
            ],
        );
        let mut line = |what: String, formula: String, source: &str| {
            table.row([what, formula, source.to_owned()].map(Cell::Text).to_vec());
        };
        let counted = self.report.respondents.counted();
        let reads = |wanted: &[Reads]| {
            self.provenance.instrument.scales.iter().any(|scale| wanted.contains(&scale.method.reads()))
        };
        line(
            text!(self.language, "report-intervals-share-sessions"),
            "(p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)".into(),
            "Wilson 1927",
        );
        line(
            text!(self.language, "report-intervals-mean-scale-b-probabilities"),
            text!(self.language, "report-intervals-m-brought-0-1"),
            "Wilson 1927, Wedderburn 1974",
        );
        if reads(&[Reads::Points]) {
            line(
                text!(self.language, "report-intervals-how-strongly-norm-held"),
                text!(self.language, "report-intervals-mean-but-no-end"),
                "Zou, Donner 2008",
            );
        }
        line(
            text!(self.language, "report-intervals-mean-share-nps-model"),
            text!(self.language, "report-intervals-mean-scale-above-w", counted),
            "Bolck, Croon, Hagenaars 2004; Vermunt 2010; Bakk, Vermunt 2016",
        );
        line(
            text!(self.language, "report-intervals-difference-two-means-same"),
            text!(self.language, "report-intervals-d-plus-minus-f"),
            "Zou 2007",
        );
        if reads(&[Reads::Recommendation]) {
            line(
                "NPS".into(),
                text!(self.language, "report-intervals-100-times-score-interval"),
                "Tango 1998",
            );
        }
        if reads(&[Reads::Words, Reads::Sorting]) {
            line(
                text!(self.language, "report-intervals-a-correlation"),
                "tanh(artanh r ± z/√(n − 3))".into(),
                "Fisher 1921",
            );
        }
        line(
            text!(self.language, "report-intervals-any-these-groups", least = FEWEST, counted),
            text!(self.language, "report-intervals-widest-with-groups", counted),
            "Bell, McCaffrey 2002; Cameron, Miller 2015",
        );
        line(
            text!(self.language, "report-intervals-likeness-within-groups"),
            "(F/F₀ − 1)/(F/F₀ + n₀ − 1)".into(),
            "Donner 1979",
        );
        line(
            text!(self.language, "report-intervals-estimated-share-model"),
            text!(self.language, "report-intervals-percentiles-2-5-97"),
            "Varin, Reid, Firth 2011",
        );
        if reads(&[Reads::Points]) {
            line(
                "Cronbach α".into(),
                text!(
                    self.language,
                    "report-intervals-percentiles-2-5-97-5",
                    fewest_resamples = whole(FEWEST_RESAMPLES, self.language),
                    most_resamples = whole(MOST_RESAMPLES, self.language),
                    seed = SEED
                ),
                "Efron, Tibshirani 1993",
            );
        }
        if reads(&[Reads::Words, Reads::Sorting]) {
            line(
                text!(self.language, "report-intervals-what-one-session-says"),
                text!(self.language, "report-intervals-score-plus-minus-z"),
                "Lord, Novick 1968",
            );
        }
        if self.provenance.coded.is_some() {
            line(
                text!(self.language, "report-intervals-raw-agreement-coders"),
                text!(self.language, "report-intervals-share-coded-sessions"),
                "Wilson 1927",
            );
            line(
                "Cohen κ".into(),
                text!(self.language, "report-intervals-kappa-plus-minus-z"),
                "Fleiss, Cohen, Everitt 1969",
            );
            line(
                "Fleiss κ, Gwet AC1".into(),
                text!(self.language, "report-intervals-value-plus-minus-t"),
                "Gwet 2014",
            );
            line(
                "Krippendorff α".into(),
                text!(self.language, "report-intervals-percentiles-2-5-97-5-resampled"),
                "Efron, Tibshirani 1993",
            );
        }
        line(
            text!(self.language, "report-intervals-accuracy-precision-recall-classification"),
            text!(self.language, "report-intervals-share-respondents-several-sessions"),
            "Wilson 1927",
        );
        line(
            text!(self.language, "report-intervals-balanced-accuracy-macro-f1"),
            text!(self.language, "report-intervals-m-plus-minus-distance"),
            "Zou, Donner 2008",
        );
        line(
            text!(self.language, "report-intervals-log-loss-brier-score"),
            text!(self.language, "report-intervals-resampled-respondents"),
            "Efron, Tibshirani 1993",
        );
        table
    }
}
