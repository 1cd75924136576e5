//! A relation over time: what changed by more than measurement error, and what would have to change for that.

use super::Teller;
use crate::analysis::relation::{Changed, Followed, OverTime};
use crate::instrument::{Party, Perspective};
use crate::report::dates::day_of;
use crate::report::document::{Cell, Column, Section, Table, UNKNOWN};
use crate::report::{lens, said};
use crate::text;
use crate::texts::{self, capital};

impl Teller<'_> {
    fn what(&self, what: &Followed, party: Party) -> String {
        match what {
            Followed::Norm(side, model) => {
                let of_us = (party == Party::Organisation) == (*side == Perspective::Own);
                let name = model.plainly(self.language);
                match (of_us, side) {
                    (true, Perspective::Own) => text!(self.language, "report-relation-norm-ours", name),
                    (false, Perspective::Own) => text!(self.language, "report-relation-norm-theirs", name),
                    (true, Perspective::Other) => {
                        text!(self.language, "report-relation-norm-ours-guessed", name)
                    }
                    (false, Perspective::Other) => {
                        text!(self.language, "report-relation-norm-theirs-guessed", name)
                    }
                }
            }
            Followed::Said => text!(self.language, "report-relation-what-is-said"),
            Followed::Associated => text!(self.language, "report-relation-what-is-associated"),
            Followed::Staying { .. } => match party {
                Party::Organisation => text!(self.language, "report-relation-wish-ours"),
                Party::Customer => text!(self.language, "report-relation-wish-theirs"),
            },
            Followed::Scale { family, member, label, .. } => {
                lens::name_of(*family, member, label, self.language)
            }
        }
    }

    /// What became of a side since, questionnaire by questionnaire, in one sentence.
    pub(super) fn trend(&self, party: Party, times: &[OverTime]) -> Option<String> {
        let of_side = times.iter().filter(|time| time.party == party);
        let several = self.relation.may_be_several(party);
        let told: Vec<String> = of_side.map(|time| self.became_of(time, several)).collect();
        let side = self.party(party);
        (!told.is_empty())
            .then(|| text!(self.language, "report-relation-over-time", side, what = told.join("; ")))
    }

    /// `several`: whether it has to be said whose answers these are.
    fn became_of(&self, time: &OverTime, several: bool) -> String {
        let language = self.language;
        let changed: Vec<String> = time
            .changes
            .iter()
            .filter(|changed| changed.is_reliable())
            .map(|changed| self.moved(changed, time.party))
            .collect();
        let [from, to] = [time.between.0, time.between.1].map(|at| day_of(at, language));
        let n = time.measurements;
        let otherwise: Vec<String> =
            time.asked_otherwise.iter().map(|what| self.what(what, time.party)).collect();
        let questionnaire = match time.person.as_ref().filter(|_| several) {
            Some(person) => {
                text!(
                    language,
                    "report-relation-by-person",
                    title = &time.title,
                    person = person.to_uppercase()
                )
            }
            None => time.title.clone(),
        };
        let told = match changed.is_empty() {
            true if time.changes.is_empty() => {
                text!(language, "report-relation-time-other", questionnaire, from, to)
            }
            true => text!(language, "report-relation-time-same", questionnaire, from, to, n),
            false => {
                let what = self.joined(&changed);
                text!(language, "report-relation-time-changed", questionnaire, from, to, n, what)
            }
        };
        match otherwise.is_empty() {
            true => told,
            false => {
                let what = self.joined(&otherwise);
                format!("{told} ({})", text!(language, "report-relation-asked-otherwise", what))
            }
        }
    }

    /// A change in words: what rose or fell, and by how much.
    pub(super) fn moved(&self, changed: &Changed, party: Party) -> String {
        let (what, by) = (self.what(&changed.what, party), changed.to - changed.from);
        let size = texts::decimal(by.abs(), 1, self.language);
        let moved = match by > 0.0 {
            true => text!(self.language, "report-relation-rose", what, size),
            false => text!(self.language, "report-relation-fell", what, size),
        };
        match changed.stays {
            Some([before, now]) if before != now => {
                let [before, now] = [before, now].map(|stays| stays.in_words(self.language));
                text!(self.language, "report-relation-turned", moved, before, now)
            }
            _ => moved,
        }
    }

    pub(super) fn over_time(&self, times: &[OverTime]) -> Vec<Section> {
        let mut section = Section::new("time", text!(self.language, "report-relation-time"));
        for time in times {
            let (from, to) = time.between;
            let [from, to] = [from, to].map(|at| day_of(at, self.language));
            section.say(text!(
                self.language,
                "report-relation-between",
                side = self.party(time.party),
                from,
                to,
                n = time.measurements
            ));
            section.table(self.changes(time));
        }
        if section.blocks.is_empty() {
            return Vec::new();
        }
        section.remark(text!(self.language, "report-relation-change-is"));
        vec![section]
    }

    fn changes(&self, time: &OverTime) -> Table {
        let slopes = time.changes.iter().any(|changed| changed.slope.is_some());
        let mut columns = vec![
            Column::words(text!(self.language, "report-relation-what")),
            Column::numbers(text!(self.language, "report-relation-least")),
            Column::numbers(text!(self.language, "report-relation-before")),
            Column::numbers(text!(self.language, "report-relation-now")),
            Column::numbers(text!(self.language, "report-relation-difference")),
            Column::words(text!(self.language, "report-relation-more-than-error")),
        ];
        if slopes {
            columns.push(Column::numbers(text!(self.language, "report-relation-slope")));
        }
        let mut table = Table::new(text!(self.language, "report-relation-changes"), columns);
        for changed in &time.changes {
            let is_scale = !matches!(changed.what, Followed::Said | Followed::Associated);
            let digits = if is_scale { 1 } else { 2 };
            let plain = |value: f64| texts::decimal(value, digits, self.language);
            let signed = |value: f64| texts::signed(value, digits, self.language);
            let ends = |value: f64, digits| texts::signed(value, digits, self.language);
            // Sentiment is centred on zero, and shows its sign as everywhere.
            let shown = |value| if is_scale { plain(value) } else { signed(value) };
            let change = [changed.to - changed.from, changed.interval.low, changed.interval.high];
            let mut row = vec![
                Cell::Text(capital(&self.what(&changed.what, time.party))),
                Cell::Text(plain(changed.detectable)),
                Cell::Text(shown(changed.from)),
                Cell::Text(shown(changed.to)),
                Cell::Text(said::with_interval(change, digits, ends)),
                match changed.is_reliable() {
                    true => Cell::Leader(text!(self.language, "report-yes")),
                    false => Cell::Text(text!(self.language, "report-no")),
                },
            ];
            if slopes {
                let slope = changed.slope.map(|(slope, interval)| {
                    said::with_interval([slope, interval.low, interval.high], digits, ends)
                });
                row.push(Cell::Text(slope.unwrap_or_else(|| UNKNOWN.to_owned())));
            }
            table.row(row);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::relation::Relation;
    use crate::instrument::{Language, RelationalModel};
    use crate::psychometrics::Interval;

    fn told(changes: &[(Followed, f64)], language: &str) -> String {
        let relation = Relation::new("R1".into(), Some("Acme".into()), false, Vec::new());
        let language = Language::or_fallback(Some(language));
        let changed = |(what, by): &(Followed, f64)| Changed {
            what: what.clone(),
            from: 0.0,
            to: *by,
            interval: Interval { low: by - 0.1, high: by + 0.1 },
            detectable: 0.1,
            p: 0.0,
            stays: None,
            slope: None,
        };
        let time = OverTime {
            party: Party::Organisation,
            instrument: "ours".into(),
            title: "Ours".into(),
            person: None,
            between: (0, 86_400_000),
            measurements: 2,
            changes: changes.iter().map(changed).collect(),
            asked_otherwise: Vec::new(),
        };
        let teller = Teller { relation: &relation, language: &language };
        teller.trend(Party::Organisation, &[time]).unwrap()
    }

    #[test]
    fn what_changed_is_one_sentence_with_one_change_and_with_several() {
        let (said, associated) = ((Followed::Said, 0.7), (Followed::Associated, -0.5));
        let norm = (Followed::Norm(Perspective::Own, RelationalModel::CommunalSharing), -3.2);
        assert_eq!(
            told(std::slice::from_ref(&said), "en"),
            "Over time, our side: “Ours”, 1 January 1970 to 2 January 1970, changed by more than measurement error: \
             “what is said” up by 0.7."
        );
        assert_eq!(
            told(std::slice::from_ref(&said), "nl"),
            "Verloop aan onze kant: ‘Ours’, van 1 januari 1970 tot 2 januari 1970, meer veranderd dan de meetfout: \
             ‘wat gezegd wordt’ gestegen met 0,7."
        );
        let several = [norm, associated, said];
        let name =
            |language| RelationalModel::CommunalSharing.plainly(&Language::or_fallback(Some(language)));
        let (english, dutch) = (told(&several, "en"), told(&several, "nl"));
        assert!(
            english.ends_with(&format!(
                "measurement error: “{}” for us down by 3.2, “what is associated” down by 0.5 and “what is said” up by 0.7.",
                name("en")
            )),
            "{english}"
        );
        assert!(
            dutch.ends_with(&format!(
                "meetfout: ‘{}’ voor ons gedaald met 3,2, ‘wat geassocieerd wordt’ gedaald met 0,5 en ‘wat gezegd wordt’ gestegen met 0,7.",
                name("nl")
            )),
            "{dutch}"
        );
    }
}
