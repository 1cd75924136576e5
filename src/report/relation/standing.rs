//! The intention to stay beside satisfaction: mentioned where a side leans toward leaving, or where the two contradict each other.

use super::Teller;
use crate::analysis::relation::{Stays, Visit};
use crate::analysis::{contentment, lens::LensScore};
use crate::instrument::Party;
use crate::report::dates::day_of;
use crate::report::document::Conclusion;
use crate::report::{Loyalty, lens};
use crate::text;
use crate::texts::capital;

impl Teller<'_> {
    /// What is to be said of the wishes of a side to go on, person by person.
    pub(super) fn standings(&self, party: Party) -> Vec<Conclusion> {
        let wishes = self.relation.wishes(party);
        let several = wishes.len() > 1 || self.relation.may_be_several(party);
        wishes.into_iter().filter_map(|visit| self.standing(visit, several)).collect()
    }

    /// What is to be said of a wish to go on, and whether it was so the time before. `several`: whether it has to be said whose it is.
    fn standing(&self, visit: &Visit, several: bool) -> Option<Conclusion> {
        let sentence = self.standing_in(visit)?;
        let before =
            self.relation.wish_before(visit).filter(|before| standing_of(before) == standing_of(visit));
        let since = before.map(|before| {
            text!(self.language, "report-relation-standing-before", at = day_of(before.begun, self.language))
        });
        let side = self.party(visit.party);
        let title = match several {
            true => {
                let (who, at) = (self.who(visit.person.as_deref()), day_of(visit.begun, self.language));
                text!(self.language, "report-relation-standing-by", side, who, at)
            }
            false => text!(self.language, "report-relation-standing", side),
        };
        Some(Conclusion {
            title: Some(capital(&title)),
            sentence,
            more: since.into_iter().collect(),
            ..Conclusion::default()
        })
    }

    fn standing_in(&self, visit: &Visit) -> Option<String> {
        let (mark, wish) = (visit.satisfaction.as_ref(), visit.staying.as_ref()?);
        let both = mark.map(|mark| Loyalty {
            satisfaction: mark.clone(),
            staying: wish.clone(),
            party: visit.party,
        });
        let at_odds = both.and_then(|both| both.at_odds(self.language));
        at_odds.or_else(|| (visit.stays()? == Stays::Leaving).then(|| self.leaving(visit.party, mark, wish)))
    }

    fn leaving(&self, party: Party, mark: Option<&LensScore>, wish: &LensScore) -> String {
        let wish = lens::of_its_range(wish, self.language);
        let party = party.name();
        match mark.filter(|mark| contentment(mark.value).is_lt()) {
            Some(mark) => {
                let mark = lens::of_its_range(mark, self.language);
                text!(self.language, "report-relation-standing-dissatisfied-leaving", party, mark, wish)
            }
            None => text!(self.language, "report-relation-standing-leaving", party, wish),
        }
    }
}

fn standing_of(visit: &Visit) -> (Option<std::cmp::Ordering>, Option<Stays>) {
    (visit.satisfaction.as_ref().map(|mark| contentment(mark.value)), visit.stays())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::relation::{Relation, Side};
    use crate::instrument::Language;
    use crate::report::document::{Reader, to_markdown};
    use crate::report::relation::{Known, shown};

    fn score(name: &str, value: f64, range: (f64, f64)) -> Option<LensScore> {
        let name = name.to_owned();
        Some(LensScore { label: name.clone(), name, member: String::new(), value, se: Some(0.4), range })
    }

    /// The page of somebody who gave these marks and wishes, half a year apart.
    fn page(answers: &[(f64, f64)], led: bool, language: &str) -> String {
        let by_one: Vec<(&str, f64, f64)> = answers.iter().map(|(mark, wish)| ("p1", *mark, *wish)).collect();
        page_of(&by_one, led, language)
    }

    /// The same of several people; an empty code is none.
    fn page_of(answers: &[(&str, f64, f64)], led: bool, language: &str) -> String {
        let visit = |(at, (person, mark, wish)): (i64, &(&str, f64, f64))| Visit {
            session: at.to_string(),
            begun: at * 180 * 86_400_000,
            party: Party::Customer,
            person: Some((*person).to_owned()).filter(|code| !code.is_empty()),
            instrument: "client-view".into(),
            title: "Client view".into(),
            led,
            pool: "browser",
            test: false,
            own: Side::default(),
            other: Side::default(),
            lenses: Vec::new(),
            satisfaction: score("csat", *mark, (1.0, 10.0)),
            staying: score("staying", *wish, (1.0, 7.0)),
            gap: None,
            declined: false,
            asked: std::sync::Arc::default(),
        };
        let visits = (0..).zip(answers).map(visit).collect();
        let relation = Relation::new("R1".into(), Some("Acme".into()), false, visits);
        let (counsel, before, others, told) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let known = Known { relation, counsel, before, nothing_kept: false, others, told };
        to_markdown(&shown(known, Reader::Account, &Language::or_fallback(Some(language))))
    }

    #[test]
    fn who_stays_dissatisfied_and_leaving_is_told_and_who_turns_as_well() {
        let stays = page(&[(4.0, 2.0), (4.0, 2.5)], false, "en");
        for part in [
            "Dissatisfied (4.0 of 10), and rather not staying (2.5 of 7).",
            "It was so on 1 January 1970, too.",
        ] {
            assert!(stays.contains(part), "{part}: {stays}");
        }
        let stays = page(&[(4.0, 2.0), (4.0, 2.5)], false, "nl");
        for part in [
            "Ontevreden (4,0 van 10), en liever niet blijven (2,5 van 7).",
            "Zo was het ook op 1 januari 1970.",
        ] {
            assert!(stays.contains(part), "{part}: {stays}");
        }
        let turns = page(&[(4.0, 2.0), (7.0, 6.0)], false, "en");
        assert!(turns.contains("wish to stay up by 4.0 (rather not before, rather yes now)"), "{turns}");
        assert!(!turns.contains("not staying"), "{turns}");
        let turns = page(&[(7.0, 6.0), (7.0, 2.0)], false, "nl");
        assert!(
            turns.contains("wens om te blijven gedaald met 4,0 (eerst liever wel, nu liever niet)"),
            "{turns}"
        );
        assert!(
            turns.contains("Liever niet blijven (2,0 van 7).") && !turns.contains("Zo was het"),
            "{turns}"
        );
        // Before anything else.
        assert!(turns.find("Liever niet blijven") < turns.find("wens om te blijven gedaald"), "{turns}");
        assert!(!page(&[(8.0, 6.0)], false, "en").contains("satisfaction and staying"));
    }

    #[test]
    fn whoever_would_rather_leave_is_named_though_a_colleague_answered_later() {
        let answers = [("p1", 9.0, 1.0), ("p2", 8.0, 7.0)];
        let told = page_of(&answers, false, "en");
        assert!(told.contains("satisfaction and staying (P1, 1 January 1970)"), "{told}");
        assert!(told.contains("Satisfied (9.0 of 10)") && !told.contains("(P2, "), "{told}");
        let told = page_of(&answers, false, "nl");
        assert!(told.contains("tevredenheid en blijven (P1, 1 januari 1970)"), "{told}");
    }

    #[test]
    fn whoever_would_rather_leave_is_not_hidden_by_answers_without_a_code() {
        let told = page_of(&[("", 9.0, 1.0), ("", 8.0, 7.0)], false, "en");
        assert!(told.contains("satisfaction and staying (without a code, 1 January 1970)"), "{told}");
        assert!(
            told.contains("Satisfied (9.0 of 10)") && !told.contains("Over time, their side: “"),
            "{told}"
        );
        let told = page_of(&[("", 9.0, 1.0), ("", 8.0, 7.0)], false, "nl");
        assert!(told.contains("tevredenheid en blijven (zonder code, 1 januari 1970)"), "{told}");
        // Of several who would rather leave the latest stands for all.
        let told = page_of(&[("", 9.0, 1.0), ("", 9.0, 2.0), ("", 8.0, 7.0)], false, "en");
        assert_eq!(told.matches("(without a code, ").count(), 1, "{told}");
        assert!(told.contains("2.0 of 7") && !told.contains("1.0 of 7"), "{told}");
    }

    #[test]
    fn a_mark_given_to_an_interviewer_stays_with_the_researchers() {
        let led = page(&[(9.0, 2.0)], true, "en");
        assert!(led.contains("Rather not staying (2.0 of 7).") && !led.contains("9.0"), "{led}");
        assert!(page(&[(9.0, 2.0)], false, "en").contains("Satisfied (9.0 of 10)"));
    }
}
