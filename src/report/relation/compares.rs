//! Both sides compared: norms on which they agree, and norms on which they differ.

use super::Teller;
use crate::analysis::relation::{Compared, Contrast, DifferenceReading};
use crate::instrument::{Language, RelationalModel};
use crate::report::document::Conclusion;
use crate::text;

/// What a comparison of both sides is called.
pub(in crate::report) fn pairing_title(pairing: Contrast, language: &Language) -> String {
    match pairing {
        Contrast::OurPicture => text!(language, "report-relation-our-picture"),
        Contrast::TheirPicture => text!(language, "report-relation-their-picture"),
        Contrast::MeantAndUsed => text!(language, "report-relation-meant"),
    }
}

impl Teller<'_> {
    /// Norms that come out in one way.
    fn that_are(&self, compared: &Compared, reading: DifferenceReading) -> Option<String> {
        let of = |model: &RelationalModel| {
            compared.norms[model.index()].is_some_and(|found| found.reading == reading)
        };
        let models: Vec<RelationalModel> = RelationalModel::ALL.into_iter().filter(of).collect();
        (!models.is_empty()).then(|| self.listed(&models))
    }

    pub(super) fn compared(&self, compared: &Compared) -> Conclusion {
        let readings = [
            DifferenceReading::Near,
            DifferenceReading::Close,
            DifferenceReading::Higher,
            DifferenceReading::Lower,
            DifferenceReading::Open,
        ];
        let mut sentences = readings.into_iter().filter_map(|reading| {
            let norms = self.that_are(compared, reading)?;
            Some(self.reading(compared.pairing, reading, &norms))
        });
        let first = sentences.next().unwrap_or_default();
        Conclusion {
            title: Some(self.pairing(compared.pairing)),
            sentence: first,
            open: compared.norms.iter().flatten().all(|found| found.reading == DifferenceReading::Open),
            more: sentences.collect(),
            warnings: Vec::new(),
        }
    }

    pub(super) fn pairing(&self, pairing: Contrast) -> String {
        pairing_title(pairing, self.language)
    }

    fn reading(&self, pairing: Contrast, reading: DifferenceReading, norms: &str) -> String {
        use Contrast::{MeantAndUsed, OurPicture, TheirPicture};
        use DifferenceReading::{Close, Higher, Lower, Near, Open};
        match (pairing, reading) {
            (OurPicture, Near) => text!(self.language, "report-relation-our-near", norms),
            (OurPicture, Higher) => text!(self.language, "report-relation-our-higher", norms),
            (OurPicture, Lower) => text!(self.language, "report-relation-our-lower", norms),
            (TheirPicture, Near) => text!(self.language, "report-relation-their-near", norms),
            (TheirPicture, Higher) => text!(self.language, "report-relation-their-higher", norms),
            (TheirPicture, Lower) => text!(self.language, "report-relation-their-lower", norms),
            (MeantAndUsed, Near) => text!(self.language, "report-relation-meant-near", norms),
            (MeantAndUsed, Higher) => text!(self.language, "report-relation-meant-higher", norms),
            (MeantAndUsed, Lower) => text!(self.language, "report-relation-meant-lower", norms),
            (OurPicture, Close) => text!(self.language, "report-relation-our-close", norms),
            (TheirPicture, Close) => text!(self.language, "report-relation-their-close", norms),
            (MeantAndUsed, Close) => text!(self.language, "report-relation-meant-close", norms),
            (OurPicture | TheirPicture | MeantAndUsed, Open) => {
                text!(self.language, "report-relation-open", norms)
            }
        }
    }
}
