//! What came to mind word for word, how reliable the scales are, and how well the data were made.

use super::{Teller, count};
use crate::analysis::{Quality, WordLine};
use crate::instrument::Perspective;
use crate::report::document::{Cell, Column, Drawing, Section, Table};

/// Words shown: what more there is was named by few.
const WORDS: usize = 60;

impl Teller<'_> {
    pub(super) fn words(&self) -> Option<Section> {
        if self.report.words.is_empty() {
            return None;
        }
        let mut section = Section::new("words", self.say("What comes to mind", "Wat er opkomt"));
        let mut words: Vec<&WordLine> = self.report.words.iter().take(WORDS).collect();
        let place = |line: &WordLine| line.valence.unwrap_or(f64::NEG_INFINITY);
        words.sort_by(|a, b| place(b).total_cmp(&place(a)).then_with(|| b.n.count().cmp(&a.n.count())));
        let mut table = Table::new(
            self.say("Free associations, the most pleasant first", "Vrije associaties, de prettigste eerst"),
            vec![
                Column::words(self.say("word", "woord")),
                Column::numbers(self.say("respondents", "respondenten")),
                Column::numbers(self.say("valence", "waardering")),
                Column::drawings("−3 … +3"),
                Column::numbers(self.say("mean rank", "gemiddelde rang")),
            ],
        );
        for line in words {
            let drawn = line.valence.map_or_else(
                || Cell::text(""),
                |valence| Cell::Drawing(Drawing::on((-3.0, 3.0), valence, None, Some(0.0))),
            );
            table.rows.push(vec![
                Cell::text(&line.word),
                count(line.n),
                Cell::Text(line.valence.map_or_else(|| "—".into(), |valence| self.signed(valence, 1))),
                drawn,
                self.value(Some(line.rank), 1),
            ]);
        }
        section.table(table);
        if self.report.least.is_some() {
            section.remark(self.say(
                "Words in the respondents’ own spelling. A word that fewer than three people used is left out. Read the list before you pass it on: a word can point at somebody.",
                "Woorden zoals respondenten ze schreven. Een woord dat minder dan drie mensen gebruikten, blijft weg. Lees de lijst voordat u haar doorgeeft: een woord kan naar iemand wijzen.",
            ));
        }
        Some(section)
    }

    pub(super) fn scales(&self) -> Option<Section> {
        let mut section =
            Section::new("scales", self.say("Reliability of the scales", "Betrouwbaarheid van de schalen"));
        let mut table = Table::new(
            self.say("Every scale", "Elke schaal"),
            vec![
                Column::words(self.say("scale", "schaal")),
                Column::numbers(self.say("items", "items")),
                Column::numbers("n"),
                Column::numbers(self.say("mean", "gemiddelde")),
                Column::numbers("SD"),
                Column::numbers("α"),
                Column::numbers("95 %"),
                Column::numbers("ω"),
                Column::words(self.say("remark", "opmerking")),
            ],
        );
        for scale in &self.report.scales {
            let interval = scale.alpha_interval.map_or_else(String::new, |(low, high)| {
                format!("{} … {}", self.decimal(low, 2), self.decimal(high, 2))
            });
            let mut remarks: Vec<String> = scale.reason.iter().cloned().collect();
            if let Some(indirect) = scale.indirect {
                remarks.push(format!(
                    "{} {}",
                    self.say("reliability", "betrouwbaarheid"),
                    self.decimal(indirect, 2)
                ));
            }
            let mark = if scale.perspective == Perspective::Other {
                format!(
                    "{} ({})",
                    scale.label,
                    self.say("estimate of the other side", "inschatting van de ander")
                )
            } else {
                scale.label.clone()
            };
            let number =
                |found: Option<f64>| Cell::Text(found.map(|v| self.decimal(v, 2)).unwrap_or_default());
            table.rows.push(vec![
                Cell::Text(mark),
                Cell::Text(scale.items.to_string()),
                Cell::Text(scale.n.to_string()),
                number(scale.mean),
                number(scale.sd),
                number(scale.alpha),
                Cell::Text(interval),
                number(scale.omega),
                Cell::Text(remarks.join("; ")),
            ]);
        }
        section.table(table);
        section.remark(self.say(
            "α: Cronbach, over complete cases. ω: ω total of a one-factor solution. An indirect measure has its reliability from its own standard errors. The scales are the authors’ own: their reliability belongs in every study.",
            "α: Cronbach, over complete gevallen. ω: ω-totaal van een eenfactoroplossing. De betrouwbaarheid van een indirecte maat volgt uit haar eigen standaardfouten. De schalen zijn door de auteurs gemaakt: hun betrouwbaarheid hoort in elk onderzoek.",
        ));
        (!self.report.scales.is_empty()).then_some(section)
    }

    pub(super) fn quality(&self) -> Section {
        let (quality, sample) = (&self.report.quality, &self.report.sample);
        let mut section =
            Section::new("quality", self.say("Quality of the data", "Kwaliteit van de gegevens"));
        let mut table = Table::new(
            self.say("How the sessions went", "Hoe de sessies verliepen"),
            vec![
                Column::words(self.say("what", "wat")),
                Column::numbers("n"),
                Column::words(self.say("of", "van")),
            ],
        );
        let mut push = |what: String, n: String, of: String| {
            table.rows.push(vec![Cell::Text(what), Cell::Text(n), Cell::Text(of)]);
        };
        if let Some([least, lower, median, upper, most]) = quality.minutes {
            let planned = quality
                .planned
                .map_or_else(String::new, |planned| format!("{}: {planned}", self.say("planned", "gepland")));
            push(
                self.say(
                    "minutes: median (quartiles; least – most)",
                    "minuten: mediaan (kwartielen; minste – meeste)",
                ),
                format!("{median:.0} ({lower:.0}–{upper:.0}; {least:.0}–{most:.0})"),
                planned,
            );
        }
        let sessions = |n: usize| format!("{n} {}", self.say("sessions", "sessies"));
        if quality.straight_of > 0 {
            let from = Quality::STRAIGHT_FROM;
            push(
                self.say(
                    &format!("same answer to a whole page of {from} ratings or more"),
                    &format!("één antwoord op een hele pagina van {from} of meer oordelen"),
                ),
                quality.straight.to_string(),
                sessions(quality.straight_of),
            );
        }
        if quality.fast_of > 0 {
            let seconds = Quality::TOO_FAST_MS / 1_000;
            push(
                self.say(
                    &format!("more than half of the ratings within {seconds} seconds"),
                    &format!("meer dan de helft van de oordelen binnen {seconds} seconden"),
                ),
                quality.fast.to_string(),
                sessions(quality.fast_of),
            );
        }
        let answers = quality.answers;
        if answers.asked > 0 {
            let of = format!("{} {}", answers.asked, self.say("questions asked", "gestelde vragen"));
            push(self.say("declined", "liever niet gezegd"), answers.declined.to_string(), of.clone());
            push(self.say("don’t know", "weet niet"), answers.dont_know.to_string(), of.clone());
            push(self.say("passed over", "overgeslagen"), answers.passed.to_string(), of);
        }
        let timed = &quality.timed;
        if timed.of > 0 {
            push(
                self.say("timed sorting: scored", "sorteren op tijd: gescoord"),
                timed.scored.to_string(),
                sessions(timed.of),
            );
            for found in &timed.excluded {
                push(found.name.clone(), found.n.to_string(), sessions(timed.of));
            }
            push(
                self.say("timed sorting: not done", "sorteren op tijd: niet gedaan"),
                timed.not_done.to_string(),
                sessions(timed.of),
            );
            push(
                self.say("timed sorting: could not be timed", "sorteren op tijd: niet te meten"),
                timed.not_timed.to_string(),
                sessions(timed.of),
            );
            push(
                self.say(
                    "timed over a network or another program",
                    "getimed over een netwerk of ander programma",
                ),
                timed.remote.to_string(),
                sessions(timed.of),
            );
        }
        section.table(table);
        if sample.complete == 0 {
            section.say(self.say("No session is finished yet.", "Er is nog geen sessie afgerond."));
        }
        section
    }
}
