//! What came to mind word for word, how reliable the scales are, and how well the data were made.

use super::{FindingsWriter, count};
use crate::analysis::{Quality, ValenceSide, WordLine};
use crate::instrument::Perspective;
use crate::psychometrics::clusters::FEWEST;
use crate::report::document::{Cell, Column, Drawing, Section, Table};
use crate::text;
use crate::texts::{capital, decimals_of_ends, listed, whole};

/// What intervals lean on: people who came more than once, or what several people share.
#[derive(PartialEq)]
enum By {
    Respondents,
    Groups,
}

/// Words shown: what more there is was named by few.
const WORDS: usize = 60;

impl FindingsWriter<'_> {
    pub(super) fn words(&self) -> Option<Section> {
        if self.report.words.is_empty() {
            return None;
        }
        let mut section = Section::public("words", text!(self.language, "report-quality-what-comes-mind"));
        let mut words: Vec<&WordLine> = self.report.words.iter().take(WORDS).collect();
        let place = |line: &WordLine| line.valence.unwrap_or(f64::NEG_INFINITY);
        words.sort_by(|a, b| place(b).total_cmp(&place(a)).then_with(|| b.n.count().cmp(&a.n.count())));
        let mut table = Table::new(
            text!(self.language, "report-quality-free-associations-most-pleasant"),
            vec![
                Column::words(text!(self.language, "report-quality-word")),
                Column::numbers(text!(self.language, "report-quality-respondents")),
                Column::numbers(text!(self.language, "report-quality-valence")),
                Column::drawings("−3 … +3"),
                Column::numbers(text!(self.language, "report-quality-mean-rank")),
            ],
        );
        for line in words {
            let drawn = line.valence.map_or_else(
                || Cell::text(""),
                |valence| Cell::Drawing(Drawing::on((-3.0, 3.0), valence, None, Some(0.0))),
            );
            table.row(vec![
                Cell::text(&line.word),
                count(line.n),
                Cell::Text(line.valence.map_or_else(|| "—".into(), |valence| self.signed(valence, 1))),
                drawn,
                self.value(Some(line.rank), 1),
            ]);
        }
        if let Some(words) = self.report.words_valence {
            section.say(match (words.mean, words.side) {
                (Some(mean), _) => {
                    let decimals = decimals_of_ends([mean.low, mean.high], 1);
                    let [mean, low, high] =
                        [mean.value, mean.low, mean.high].map(|value| self.signed(value, decimals));
                    text!(self.language, "report-quality-words-together", n = words.n, mean, low, high)
                }
                (None, Some(ValenceSide::Pleasant)) => text!(self.language, "report-quality-words-pleasant"),
                (None, Some(ValenceSide::Unpleasant)) => {
                    text!(self.language, "report-quality-words-unpleasant")
                }
                (None, None) => text!(self.language, "report-quality-words-open"),
            });
        }
        section.table(table);
        if self.report.least.is_some() {
            section.remark(text!(self.language, "report-quality-words-respondents-own-spelling"));
        }
        Some(section)
    }

    pub(super) fn scales(&self) -> Option<Section> {
        let mut section =
            Section::public("scales", text!(self.language, "report-quality-reliability-scales"));
        let mut table = Table::new(
            text!(self.language, "report-quality-every-scale"),
            vec![
                Column::words(text!(self.language, "shared-scale")),
                Column::numbers(text!(self.language, "report-quality-items")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-mean")),
                Column::numbers("SD"),
                Column::numbers("α"),
                Column::numbers("95 %"),
                Column::numbers("ω"),
                Column::words(text!(self.language, "report-quality-remark")),
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
                    text!(self.language, "report-quality-reliability"),
                    self.decimal(indirect, 2)
                ));
            }
            let mark = if scale.perspective == Perspective::Other {
                format!("{} ({})", scale.label, text!(self.language, "report-quality-estimate-other-side"))
            } else {
                scale.label.clone()
            };
            let number =
                |found: Option<f64>| Cell::Text(found.map(|v| self.decimal(v, 2)).unwrap_or_default());
            table.row(vec![
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
        section.remark(text!(self.language, "report-quality-alpha-cronbach-over-complete"));
        (!self.report.scales.is_empty()).then_some(section)
    }

    pub(super) fn quality(&self) -> Section {
        let (quality, sample) = (&self.report.quality, &self.report.sample);
        let mut section = Section::public("quality", text!(self.language, "report-quality-quality-data"));
        let mut table = Table::new(
            text!(self.language, "report-quality-how-sessions-went"),
            vec![
                Column::words(text!(self.language, "report-quality-what")),
                Column::numbers("n"),
                Column::words(text!(self.language, "report-quality-of")),
            ],
        );
        let mut push = |what: String, n: String, of: String| {
            table.row(vec![Cell::Text(what), Cell::Text(n), Cell::Text(of)]);
        };
        if let Some([lower, median, upper]) = quality.minutes {
            let planned = quality.planned.map_or_else(String::new, |planned| {
                format!("{}: {planned}", text!(self.language, "report-quality-planned"))
            });
            push(
                text!(self.language, "report-quality-minutes"),
                format!("{median:.0} ({lower:.0}–{upper:.0})"),
                planned,
            );
        }
        let sessions = |n: usize| format!("{n} {}", text!(self.language, "report-sessions"));
        if quality.straight_of > 0 {
            let from = Quality::STRAIGHT_FROM;
            push(
                text!(self.language, "report-quality-same-answer-whole-page", from),
                quality.straight.to_string(),
                sessions(quality.straight_of),
            );
        }
        if quality.random_of > 0 {
            push(
                text!(self.language, "report-quality-random"),
                quality.random.to_string(),
                sessions(quality.random_of),
            );
        }
        if quality.fast_of > 0 {
            let seconds = Quality::TOO_FAST_MS / 1_000;
            push(
                text!(self.language, "report-quality-more-than-half-ratings", seconds),
                quality.fast.to_string(),
                sessions(quality.fast_of),
            );
        }
        let answers = quality.answers;
        if answers.asked > 0 {
            let asked = whole(answers.asked, self.language);
            let of = format!("{asked} {}", text!(self.language, "report-quality-questions-asked"));
            push(text!(self.language, "shared-declined"), answers.declined.to_string(), of.clone());
            push(text!(self.language, "report-dont-know"), answers.dont_know.to_string(), of.clone());
            push(text!(self.language, "report-passed-over"), answers.passed.to_string(), of);
        }
        let timed = &quality.timed;
        if timed.of > 0 {
            push(
                text!(self.language, "report-quality-timed-sorting-scored"),
                timed.scored.to_string(),
                sessions(timed.of),
            );
            for found in &timed.excluded {
                push(found.name.clone(), found.n.to_string(), sessions(timed.of));
            }
            push(
                text!(self.language, "report-quality-timed-sorting-not-done"),
                timed.not_done.to_string(),
                sessions(timed.of),
            );
            push(
                text!(self.language, "report-quality-timed-sorting-could-not"),
                timed.not_timed.to_string(),
                sessions(timed.of),
            );
            push(
                text!(self.language, "report-quality-timed-over-network-another"),
                timed.remote.to_string(),
                sessions(timed.of),
            );
        }
        section.table(table);
        self.clusters(&mut section);
        if sample.complete == 0 {
            section.say(text!(self.language, "report-quality-no-session-finished-yet"));
        }
        section
    }

    /// A sentence on intervals, with which of those of this report it is not true of.
    fn but_not(&self, told: String, by: By) -> String {
        let report = self.report;
        let paradox = !report.paradoxes.is_empty();
        let (groups, shares) =
            (by == By::Groups, report.models.lines.iter().any(|it| it.estimated.is_some()));
        let others = [
            (groups && shares, text!(self.language, "report-clusters-shares")),
            (groups && paradox, text!(self.language, "report-clusters-meant")),
            (!groups && paradox, text!(self.language, "report-clusters-meant-counted")),
            (groups && !report.lenses.is_empty(), text!(self.language, "report-clusters-lenses")),
            (groups && !report.scales.is_empty(), text!(self.language, "report-clusters-reliability")),
            (!report.pairs.is_empty(), text!(self.language, "report-clusters-both-sides")),
        ];
        let others: Vec<String> = others.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect();
        if others.is_empty() {
            return told;
        }
        let others = listed(&others, self.language);
        format!("{told} {}", text!(self.language, "report-clusters-not-so", others))
    }

    /// Whether intervals lean on respondents, organisations and interviewers, and how alike the interviews of one are.
    fn clusters(&self, section: &mut Section) {
        let clusters = &self.report.clusters;
        let least = FEWEST;
        if let Some(found) = clusters.respondents {
            let (n, people) = (self.report.sample.complete, found.groups);
            section.say(match found.robust {
                true => self
                    .but_not(text!(self.language, "report-clusters-respondents", n, people), By::Respondents),
                false => text!(self.language, "report-clusters-few-respondents", n, people, least),
            });
        }
        let organisations = clusters.organisations.groups;
        match (organisations, clusters.organisations.robust) {
            (0 | 1, _) => {}
            (_, true) => {
                let told = text!(self.language, "report-clusters-organisations", organisations);
                section.say(self.but_not(told, By::Groups));
            }
            (_, false) => {
                section.say(text!(self.language, "report-clusters-few-organisations", organisations, least));
            }
        }
        let interviewers = clusters.interviewers.groups;
        match (interviewers, clusters.interviewers.robust) {
            (0 | 1, _) => {}
            (_, true) => {
                let told = text!(self.language, "report-clusters-interviewers", interviewers);
                section.say(self.but_not(told, By::Groups));
            }
            (_, false) => {
                section.say(text!(self.language, "report-clusters-few-interviewers", interviewers, least));
            }
        }
        if clusters.alike.is_empty() {
            return;
        }
        let mut table = Table::new(
            text!(self.language, "report-clusters-how-alike"),
            vec![
                Column::words(text!(self.language, "report-quality-what")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-clusters-between-interviewers")),
                Column::numbers("95 %"),
                Column::numbers(text!(self.language, "report-clusters-between-organisations")),
                Column::numbers("95 %"),
            ],
        );
        for line in &clusters.alike {
            table.row(vec![
                Cell::Text(capital(&line.what)),
                Cell::Text(line.n.to_string()),
                self.value(line.interviewers.map(|found| found.value), 2),
                self.ends(line.interviewers, 2, 1.0),
                self.value(line.organisations.map(|found| found.value), 2),
                self.ends(line.organisations, 2, 1.0),
            ]);
        }
        section.table(table);
        section.remark(text!(self.language, "report-clusters-what-it-says"));
    }
}
