//! The report of a session as Markdown, for files and pipes.

use std::fmt::Write;

use super::chart;
use super::{AdviceLine, ProfileLine, Report, ScaleLine};
use crate::defuse::markdown::{escape, paragraphs};
use crate::instrument::{Audience, Construct, Feedback, Language, RelationalModel};
use crate::wording::{self, say};

/// Width of a full bar in characters.
const BAR: usize = 40;

impl Report {
    /// The report as Markdown, in `language`. A respondent sees what the instrument's feedback allows and no advice that
    /// is meant for the interviewer.
    pub fn to_markdown(&self, language: &Language, reader: Audience) -> String {
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = self.write(&mut out, language, reader);
        out
    }

    fn write(&self, out: &mut String, language: &Language, reader: Audience) -> std::fmt::Result {
        let say = |en: &str, nl: &str| say(language, en, nl);
        writeln!(out, "# {}\n", escape(&self.instrument.label))?;
        if self.simulated {
            writeln!(out, "> **{}**\n", say("Simulated respondent", "Gesimuleerde respondent"))?;
        }
        writeln!(out, "- {}: {}", say("Respondent", "Respondent"), escape(&self.respondent))?;
        for (label, value) in &self.fields {
            writeln!(out, "- {}: {}", escape(label.trim_end_matches('?')), escape(value))?;
        }
        let state =
            if self.complete { say("finished", "afgerond") } else { say("not finished", "niet afgerond") };
        writeln!(out, "- {}: {} · {:.0} min · {state}", say("Begun", "Begonnen"), self.begun, self.minutes)?;
        writeln!(
            out,
            "- {} {} · sha256 {}…\n",
            escape(&self.instrument.name),
            escape(&self.instrument.version),
            first(&self.instrument.hash)
        )?;
        if self.refused {
            return writeln!(out, "{}", wording::refused(language));
        }
        let respondent = reader == Audience::Respondent;
        let indirect = !respondent || self.feedback == Feedback::Full;
        for profile in &self.profiles {
            // The names of the theory are for those who study it, not for customers.
            write_profile(out, profile, indirect, language)?;
        }
        if let Some(reason) = &self.no_profile {
            let reason = escape(reason);
            writeln!(out, "## {}\n\n{reason}\n", say("No profile", "Geen profiel"))?;
        }
        if indirect {
            self.write_gap(out, language)?;
        }
        let meant_for = |advice: &&AdviceLine| !respondent || advice.audience != Some(Audience::Interviewer);
        let advice: Vec<&AdviceLine> = self.advice.iter().filter(meant_for).collect();
        if !advice.is_empty() {
            writeln!(out, "## {}\n", say("What to do with it", "Wat hiermee te doen is"))?;
            for advice in advice {
                let only = match advice.audience {
                    Some(Audience::Interviewer) => say(" (for the interviewer)", " (voor de interviewer)"),
                    _ => String::new(),
                };
                writeln!(out, "### {}{only}\n\n{}\n", escape(&advice.title), paragraphs(&advice.text))?;
            }
        }
        self.write_scales(out, language, indirect)?;
        writeln!(out, "## {}\n", say("What this rests on", "Waar dit op berust"))?;
        let of_indirect = self.indirect_print.iter().filter(|_| indirect);
        for line in self.small_print.iter().chain(of_indirect) {
            writeln!(out, "- {}", escape(line))?;
        }
        Ok(())
    }

    fn write_gap(&self, out: &mut String, language: &Language) -> std::fmt::Result {
        let say = |en: &str, nl: &str| say(language, en, nl);
        let title = say(
            "The gap between conscious and unconscious sentiment",
            "De kloof tussen bewust en onbewust gevoel",
        );
        writeln!(
            out,
            "## {title}\n\n**{}.** {}\n",
            escape(&capital(&self.gap_words.0)),
            escape(&self.gap_words.1)
        )?;
        let rows = [
            (say("said", "gezegd"), self.gap.explicit),
            (say("associated", "geassocieerd"), self.gap.indirect),
        ];
        for (name, estimate) in rows {
            match estimate {
                Some(estimate) => {
                    let (low, high) = estimate.interval();
                    let [value, low, high] =
                        [estimate.value, low, high].map(|v| wording::signed(v, 2, language));
                    writeln!(out, "- {name}: {value} (95 %: {low} … {high})")?;
                }
                None => writeln!(out, "- {name}: —")?,
            }
        }
        writeln!(out)?;
        for sentence in &self.gap_measures {
            writeln!(out, "{}\n", escape(sentence))?;
        }
        if let (Some(explicit), Some(indirect)) = (self.gap.explicit, self.gap.indirect) {
            writeln!(out, "```text\n{} ↑", say("associated", "geassocieerd"))?;
            write!(out, "{}", chart::plane(explicit, indirect))?;
            let said = say("said →", "gezegd →");
            writeln!(out, "   −1{:^37}+1\n{said:>44}\n```\n", "0")?;
            self.write_comparison(out, language)?;
        }
        writeln!(out)
    }

    /// The gap beside other people's: what the verdict does not rest on.
    fn write_comparison(&self, out: &mut String, language: &Language) -> std::fmt::Result {
        let say = |en: &str, nl: &str| say(language, en, nl);
        if let Some(p) = self.gap.p {
            let label = say(
                "p of a conflict (the larger of two one-sided p)",
                "p van een conflict (de grootste van twee eenzijdige p)",
            );
            writeln!(out, "- {label}: {}", wording::p_value(p, language))?;
        }
        if let Some(z) = self.gap.z_gap {
            let yes_no = |yes: bool| if yes { say("yes", "ja") } else { say("no", "nee") };
            let label = say("gap in z, against others", "kloof in z, tegenover anderen");
            writeln!(
                out,
                "- {label}: {} ({}: {}; {}: {})",
                wording::signed(z, 2, language),
                say("more than measurement error", "meer dan meetfout"),
                yes_no(self.gap.reliable),
                say("rare", "zeldzaam"),
                yes_no(self.gap.rare)
            )?;
        }
        Ok(())
    }

    fn write_scales(&self, out: &mut String, language: &Language, indirect: bool) -> std::fmt::Result {
        let say = |en: &str, nl: &str| say(language, en, nl);
        writeln!(out, "## {}\n", say("Scales", "Schalen"))?;
        writeln!(
            out,
            "| {} | {} | ± SE | n | {} |",
            say("scale", "schaal"),
            say("score", "score"),
            say("range", "bereik")
        )?;
        writeln!(out, "|---|---:|---:|---:|---|")?;
        let shown = |scale: &&ScaleLine| indirect || scale.construct != Construct::IndirectSentiment;
        for scale in self.scales.iter().filter(shown) {
            let value = match (scale.value, &scale.reason) {
                (Some(value), _) => wording::decimal(value, 2, language),
                (None, reason) => reason.as_deref().map_or_else(|| "—".into(), escape),
            };
            let se = scale.se.map(|se| wording::decimal(se, 2, language)).unwrap_or_default();
            let (low, high) = scale.range;
            let range = format!("{low} … {high}").replace('-', "−");
            writeln!(out, "| {} | {value} | {se} | {} | {range} |", escape(&scale.label), scale.n)?;
        }
        writeln!(out)
    }
}

fn write_profile(
    out: &mut String,
    profile: &ProfileLine,
    theory: bool,
    language: &Language,
) -> std::fmt::Result {
    let say = |en: &str, nl: &str| say(language, en, nl);
    writeln!(out, "## {}\n", escape(&profile.title))?;
    let names = RelationalModel::ALL.map(|model| {
        let plainly = wording::model_plainly(model, language);
        if theory { format!("{plainly} ({})", wording::model(model, language)) } else { plainly }
    });
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    writeln!(out, "**{}**\n", profile.headline)?;
    for more in profile.rates.iter().chain(&profile.hardly_engaged).chain(&profile.ratings_left_out) {
        writeln!(out, "{more}\n")?;
    }
    writeln!(out, "```text")?;
    if let Some(strengths) = profile.strengths {
        let (low, high) = strengths.range;
        let title = say("how strongly held", "hoe sterk");
        writeln!(out, "{:<width$}  {title} ({low}–{high}, 95 %)", "")?;
        for (name, found) in names.iter().zip(strengths.norms) {
            let shown = |value| wording::decimal(value, 1, language);
            let share = (found.value - low) / (high - low);
            let bar = "█".repeat((share * BAR as f64).round() as usize);
            let ends = format!("{}–{}", shown(found.low), shown(found.high));
            writeln!(out, "{name:<width$}  {} ({ends})  {bar}", shown(found.value))?;
        }
        writeln!(out)?;
    }
    let heads =
        (say("answers alone", "antwoorden alleen"), say("with published rates", "met gepubliceerde cijfers"));
    writeln!(out, "{:<width$}  {} · {}", say("the strongest is …", "het sterkst is …"), heads.0, heads.1)?;
    for ((name, alone), rates) in names.iter().zip(profile.answers.probabilities).zip(profile.probabilities) {
        writeln!(out, "{name:<width$}  {:>3.0} % · {:>3.0} %", alone * 100.0, rates * 100.0)?;
    }
    writeln!(out, "```\n")?;
    let heading = say(
        &format!(
            "What speaks for \"{}\" and what for \"{}\"",
            wording::model_plainly(profile.answers.dominant, language),
            wording::model_plainly(profile.answers.second, language)
        ),
        &format!(
            "Wat spreekt voor \"{}\" en wat voor \"{}\"",
            wording::model_plainly(profile.answers.dominant, language),
            wording::model_plainly(profile.answers.second, language)
        ),
    );
    if !profile.evidence.is_empty() {
        writeln!(out, "{heading}:\n")?;
    }
    for line in &profile.evidence {
        let side = if line.weight >= 0.0 { say("for", "voor") } else { say("against", "tegen") };
        writeln!(out, "- {side} ({}): {}", wording::signed(line.weight, 2, language), escape(&line.words))?;
        for (question, answer) in &line.answers {
            writeln!(out, "  - {} — *{}*", escape(question), escape(answer))?;
        }
    }
    writeln!(out, "\n{}: {}\n", say("Basis", "Basis"), escape(&wording::basis(&profile.basis, language)))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn first(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
