//! What a study says in short: one sentence a finding, with its number and its interval.

use super::{Teller, percent, percent_with_interval, signed_with_interval, with_interval};
use crate::instrument::RelationalModel;
use crate::wording;

impl Teller<'_> {
    pub(super) fn summary(&self) -> Vec<String> {
        let report = self.report;
        let sample = &report.sample;
        let mut lines = Vec::new();
        let n = sample.complete;
        if let Some(least) = report.least.filter(|least| n < *least) {
            lines.push(self.say(
                &format!("The study has {n} finished sessions. Findings are shown from {least} on, so that nobody can be recognised."),
                &format!("Het onderzoek heeft {n} afgeronde sessies. Bevindingen verschijnen vanaf {least}, zodat niemand te herkennen is."),
            ));
            return lines;
        }
        lines.extend(self.in_short_models());
        lines.extend(self.in_short_experience());
        lines.extend(self.in_short_gaps());
        if let Some(leaving) = &report.leaving
            && let Some(share) = leaving.share
        {
            lines.push(self.say(
                &format!("Of all who are satisfied, {} lean toward leaving.", percent_with_interval(share)),
                &format!("Van wie tevreden is, neigt {} naar vertrekken.", percent_with_interval(share)),
            ));
        }
        lines.push(self.say(
            "This is about the group: no decision about a person may rest on it.",
            "Dit gaat over de groep: er mag geen beslissing over een persoon op berusten.",
        ));
        lines
    }

    fn in_short_models(&self) -> Vec<String> {
        let mut lines: Vec<_> =
            self.report.models.lines.iter().filter_map(|line| Some((line, line.share?))).collect();
        lines.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        let told = lines.iter().take(2).map(|(line, share)| {
            let name = wording::model_plainly(line.model, self.language);
            let published = line.published.map_or_else(String::new, |published| {
                let published = percent(published);
                self.say(
                    &format!("; the study of 2012 found {published}"),
                    &format!("; het onderzoek van 2012 vond {published}"),
                )
            });
            let (share, mean) = (
                percent_with_interval(*share),
                line.weighted.map_or_else(String::new, |mean| {
                    let mean = percent(mean.value);
                    self.say(
                        &format!(", with a mean probability of {mean}"),
                        &format!(", met een gemiddelde kans van {mean}"),
                    )
                }),
            );
            self.say(
                &format!("“{name}” leads in {share} of the sessions{mean}{published}."),
                &format!("‘{name}’ staat voor in {share} van de sessies{mean}{published}."),
            )
        });
        told.map(|sentence| super::capital(&sentence)).collect()
    }

    fn in_short_experience(&self) -> Vec<String> {
        let report = self.report;
        let mut lines = Vec::new();
        let strongest: Vec<String> = report
            .emotions
            .iter()
            .filter_map(|line| Some(format!("{} ({:.1})", line.label.to_lowercase(), line.mean?.value)))
            .take(3)
            .collect();
        if !strongest.is_empty() {
            let strongest = strongest.join(", ");
            lines.push(self.say(
                &format!("Strongest emotions: {strongest}."),
                &format!("Sterkste emoties: {strongest}."),
            ));
        }
        let all = &report.experience.all;
        if let Some(nps) = &all.nps {
            let mut sentence = self.say(
                &format!("Recommendation (NPS): {}", signed_with_interval(nps.score, 0)),
                &format!("Aanbeveling (NPS): {}", signed_with_interval(nps.score, 0)),
            );
            let of = |model| {
                let line = report.experience.by_model.iter().find(|line| line.model == Some(model))?;
                let score = line.nps.as_ref()?.score;
                Some(format!(
                    "“{}” {}",
                    wording::model_plainly(model, self.language),
                    signed_with_interval(score, 0)
                ))
            };
            let parts: Vec<String> = [RelationalModel::CommunalSharing, RelationalModel::MarketPricing]
                .into_iter()
                .filter_map(of)
                .collect();
            if parts.len() == 2 {
                sentence += &format!("; {}", parts.join(", "));
            }
            lines.push(sentence + ".");
        }
        if let Some(mean) = all.satisfaction.as_ref().and_then(|marks| marks.mean) {
            lines.push(self.say(
                &format!("Satisfaction (1–10): {}.", with_interval(mean, 1)),
                &format!("Tevredenheid (1–10): {}.", with_interval(mean, 1)),
            ));
        }
        lines
    }

    fn in_short_gaps(&self) -> Vec<String> {
        let gaps = &self.report.gaps;
        let mut lines = Vec::new();
        let told = |conflicts: &crate::report::study::Conflicts, en: &str, nl: &str| {
            let share = conflicts.share?;
            let found = conflicts.found;
            let chance = conflicts.by_error.map_or_else(String::new, |by_error| {
                self.say(
                    &format!("; measurement error alone would give at most {by_error:.1}"),
                    &format!("; meetfout alleen zou er hoogstens {by_error:.1} geven"),
                )
            });
            let share = percent_with_interval(share);
            Some(self.say(
                &format!("{en}: {found} of {}, {share}{chance}.", gaps.n),
                &format!("{nl}: {found} van {}, {share}{chance}.", gaps.n),
            ))
        };
        lines.extend(told(&gaps.masked, "Says warm, associates cold", "Zegt warm, associeert koud"));
        lines.extend(told(&gaps.latent, "Says cold, associates warm", "Zegt koud, associeert warm"));
        lines
    }
}
