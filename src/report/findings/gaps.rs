//! What is said against what is associated, over everybody.

use super::{Teller, capital, count, percent};
use crate::analysis::Conflicts;
use crate::report::document::{Block, Cell, Column, Plane, Section, Table};
use crate::wording;

impl Teller<'_> {
    pub(super) fn gaps(&self) -> Option<Section> {
        let gaps = &self.report.gaps;
        if gaps.n == 0 {
            return None;
        }
        let title = self.say(
            "The gap between conscious and unconscious sentiment",
            "De kloof tussen bewust en onbewust gevoel",
        );
        let mut section = Section::new("gaps", title);
        section.say(self.say(
            &format!("{} sessions have both sides: what was said, and what was associated.", gaps.n),
            &format!("{} sessies hebben beide kanten: wat gezegd en wat geassocieerd is.", gaps.n),
        ));
        section.blocks.push(Block::Plane(self.plane()));
        section.table(self.verdicts());
        section.table(self.conflicts());
        section.remark(self.say(
            "By error alone: at most, if nobody had a conflict. If unrelated: if what people say had nothing to do with what they associate. Held up: what stays when at most 5 % of them may be false (Benjamini and Hochberg 1995).",
            "Door meetfout alleen: hoogstens, als niemand een conflict had. Zonder verband: als wat mensen zeggen niets te maken had met wat zij associëren. Houdt stand: wat overblijft als er hoogstens 5 % van onterecht mag zijn (Benjamini en Hochberg 1995).",
        ));
        if let Some(correlation) = gaps.correlation {
            let (r, published) =
                (self.with_interval(correlation, 2), self.decimal(gaps.published_correlation, 2));
            section.say(self.say(
                &format!("Said and associated correlate by r = {r}; studies of this kind find {published} on average (Hofmann and others 2005)."),
                &format!("Gezegd en geassocieerd hangen samen met r = {r}; zulk onderzoek vindt gemiddeld {published} (Hofmann e.a. 2005)."),
            ));
        }
        let led: Vec<String> = gaps
            .measures
            .iter()
            .map(|(measure, n)| format!("{} ({n})", wording::indirect_measure(*measure, self.language)))
            .collect();
        if !led.is_empty() {
            section.remark(format!(
                "{}: {}.",
                self.say("“Associated” comes from", "‘Geassocieerd’ komt uit"),
                led.join(", ")
            ));
        }
        if !gaps.no_verdict.is_empty() {
            let mut table = Table::new(
                self.say("Sessions without a verdict", "Sessies zonder oordeel"),
                vec![Column::words(self.say("reason", "reden")), Column::numbers("n")],
            );
            for found in &gaps.no_verdict {
                table.rows.push(vec![Cell::text(&found.name), count(found.n)]);
            }
            section.table(table);
        }
        section.remark(self.say(
            "An indirect measure shows how strong associations are; it is no truer than what is said, and its zero is a convention.",
            "Een indirecte maat laat zien hoe sterk associaties zijn; ze is niet waarder dan wat gezegd wordt, en haar nulpunt is een afspraak.",
        ));
        Some(section)
    }

    fn plane(&self) -> Plane {
        let gaps = &self.report.gaps;
        let four = gaps.quadrants;
        let counts = self.say(
            &format!(
                "By the signs alone: warm on both sides {}, says warm and associates cold {}, says cold and associates warm {}, cold on both sides {}.",
                four.both_warm, four.says_warm, four.associates_warm, four.both_cold
            ),
            &format!(
                "Alleen naar het teken: warm aan beide kanten {}, zegt warm en associeert koud {}, zegt koud en associeert warm {}, koud aan beide kanten {}.",
                four.both_warm, four.says_warm, four.associates_warm, four.both_cold
            ),
        );
        let together = gaps.points.iter().any(|point| point.weight > 1);
        let drawn = if together {
            self.say(
                "Each circle is a square of the plane with three sessions or more, its area their number; rarer places are left out.",
                "Elke cirkel is een vak met drie of meer sessies, de oppervlakte hun aantal; zeldzamere plekken blijven weg.",
            )
        } else {
            self.say("Each dot is a session.", "Elke stip is een sessie.")
        };
        Plane {
            title: self
                .say("Said against associated, all sessions", "Gezegd tegenover geassocieerd, alle sessies"),
            description: format!("{counts} {drawn}"),
            points: gaps.points.clone(),
        }
    }

    fn verdicts(&self) -> Table {
        let mut table = Table::new(
            self.say("Verdicts, in which intervals count", "Oordelen, waarin intervallen meetellen"),
            vec![
                Column::words(self.say("verdict", "oordeel")),
                Column::numbers("n"),
                Column::numbers(self.say("share", "aandeel")),
                Column::numbers("95 %"),
            ],
        );
        for line in &self.report.gaps.verdicts {
            let (name, _) = wording::verdict(line.verdict, None, self.language);
            table.rows.push(vec![
                Cell::text(capital(&name)),
                count(line.n),
                Cell::Text(line.share.map_or_else(|| "—".into(), |share| percent(share.value))),
                self.ends(line.share, 0, 100.0),
            ]);
        }
        table
    }

    fn conflicts(&self) -> Table {
        let gaps = &self.report.gaps;
        let mut table = Table::new(
            self.say(
                "Conflicts by direction, and what chance would give",
                "Conflicten naar richting, en wat het toeval zou geven",
            ),
            vec![
                Column::words(self.say("direction", "richting")),
                Column::numbers(self.say("found", "gevonden")),
                Column::numbers(self.say("held up", "houdt stand")),
                Column::numbers(self.say("by error alone", "door meetfout alleen")),
                Column::numbers(self.say("if unrelated", "zonder verband")),
            ],
        );
        let expected =
            |number: Option<f64>| Cell::Text(number.map_or_else(|| "—".into(), |n| self.decimal(n, 1)));
        let mut push = |name: String, found: &Conflicts| {
            table.rows.push(vec![
                Cell::Text(name),
                count(found.found),
                count(found.discoveries),
                expected(found.by_error),
                expected(found.if_unrelated),
            ]);
        };
        push(self.say("Says warm, associates cold", "Zegt warm, associeert koud"), &gaps.masked);
        push(self.say("Says cold, associates warm", "Zegt koud, associeert warm"), &gaps.latent);
        table
    }
}
