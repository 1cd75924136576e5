//! Three things to do next, each traced to the answers that it rests on, and what was advised the time before.

use super::{Counsel, Known, Teller};
use crate::analysis::relation::{Compared, Difference, Pairing, Reading, Side};
use crate::instrument::{Audience, Priority, RelationalModel};
use crate::report::dates::day_of;
use crate::report::document::{Advice, Block, Section};
use crate::text;
use crate::texts::{self, capital};

/// How many pieces of advice a page for two minutes has.
const THINGS: usize = 3;

impl Teller<'_> {
    pub(super) fn to_do(&self, known: &Known, both: &[Compared]) -> Option<Section> {
        let mut section = Section::new("to-do", text!(self.language, "report-relation-to-do"));
        for thing in self.things(known, both) {
            section.push(Block::Advice(Advice { title: thing.title, only: None, text: thing.text }));
            if !thing.rests.is_empty() {
                section.push(Block::List(thing.rests));
            }
            section.remark(thing.from);
        }
        if section.blocks.is_empty() {
            return None;
        }
        if let Some(first) = known.before.first() {
            let at = day_of(first.begun, self.language);
            section.say(text!(self.language, "report-relation-advised-before", at));
            let line = |title: &String, again: bool| match again {
                true => text!(self.language, "report-relation-advised-again", title),
                false => text!(self.language, "report-relation-advised-no-more", title),
            };
            let before = known.before.iter().take(THINGS).map(|earlier| line(&earlier.title, earlier.again));
            section.push(Block::List(before.collect()));
        }
        Some(section)
    }
}

/// One thing to do.
struct Thing {
    title: String,
    text: String,
    /// The answers that it rests on.
    rests: Vec<String>,
    /// Where they come from.
    from: String,
}

impl Teller<'_> {
    /// What presses goes first, then where one side takes the other for what it is not, then everything else.
    fn things(&self, known: &Known, both: &[Compared]) -> Vec<Thing> {
        let counsel = chosen(&known.counsel);
        let (pressing, others): (Vec<&Counsel>, Vec<&Counsel>) =
            counsel.into_iter().partition(|one| one.advice.priority == Priority::High);
        let wrong = both.iter().filter_map(|compared| self.mistaken(compared));
        let advised = |one: &Counsel| self.advised(one);
        let mut things: Vec<Thing> = pressing.into_iter().map(advised).collect();
        things.extend(wrong);
        things.extend(others.into_iter().map(advised));
        things.truncate(THINGS);
        things
    }

    fn advised(&self, counsel: &Counsel) -> Thing {
        let answer = |(question, answer): &(String, String)| {
            text!(self.language, "report-relation-answer", question, answer)
        };
        Thing {
            title: counsel.advice.title.clone(),
            text: counsel.advice.text.clone(),
            rests: counsel.advice.rests.iter().map(answer).collect(),
            from: text!(
                self.language,
                "report-relation-rests-on",
                side = self.party(counsel.party),
                questionnaire = &counsel.questionnaire,
                at = day_of(counsel.begun, self.language)
            ),
        }
    }

    /// What to do where one side takes the other for what it is not: about the norm in which it is furthest off.
    fn mistaken(&self, compared: &Compared) -> Option<Thing> {
        let told = |model: &RelationalModel| {
            let found = compared.norms[model.index()]?;
            matches!(found.reading, Reading::Higher | Reading::Lower).then_some((*model, found))
        };
        let furthest = |a: &(RelationalModel, Difference), b: &(RelationalModel, Difference)| {
            a.1.value.abs().total_cmp(&b.1.value.abs())
        };
        let (model, found) = RelationalModel::ALL.iter().filter_map(told).max_by(furthest)?;
        let (language, name, which) = (self.language, model.plainly(self.language), model.abbreviation());
        let (title, text) = match (compared.pairing, found.reading) {
            (Pairing::OurPicture, Reading::Higher) => (
                text!(language, "report-relation-less-than-we-think", name),
                text!(language, "report-relation-do-less", which),
            ),
            (Pairing::OurPicture, _) => (
                text!(language, "report-relation-more-than-we-think", name),
                text!(language, "report-relation-do-more", which),
            ),
            (Pairing::TheirPicture, Reading::Higher) => (
                text!(language, "report-relation-less-than-they-think", name),
                text!(language, "report-relation-show-less", which),
            ),
            (Pairing::TheirPicture, _) => (
                text!(language, "report-relation-more-than-they-think", name),
                text!(language, "report-relation-show-more", which),
            ),
            // How we mean it and how they use it may differ without anybody being wrong.
            (Pairing::MeantAndUsed, _) => return None,
        };
        let whose = match compared.pairing {
            Pairing::OurPicture => [
                text!(language, "report-relation-as-we-see-it"),
                text!(language, "report-relation-as-they-say"),
            ],
            _ => [
                text!(language, "report-relation-as-they-see-it"),
                text!(language, "report-relation-as-we-say"),
            ],
        };
        let side = |(side, whose): (&Side, &String)| {
            let strengths = side.strengths?;
            let value = texts::decimal(strengths.norm(model)?.value, 1, language);
            let top = texts::number(strengths.range.1, language);
            Some(text!(language, "report-relation-norm-told", whose = capital(whose), value, top))
        };
        let rests = [&compared.left, &compared.right].into_iter().zip(&whose).filter_map(side).collect();
        Some(Thing { title, text, rests, from: text!(language, "report-relation-rests-on-both", name) })
    }
}

/// What matters most first; of that the first of each session, then the second of each, until there are enough: one questionnaire must not
/// speak for all of them.
fn chosen(counsel: &[Counsel]) -> Vec<&Counsel> {
    let place = |at: usize| counsel[..at].iter().filter(|one| one.session == counsel[at].session).count();
    let mut order: Vec<usize> = (0..counsel.len()).collect();
    order.sort_by_key(|&at| (counsel[at].advice.priority, place(at)));
    let mut found: Vec<&Counsel> = Vec::new();
    for one in order.into_iter().filter_map(|at| counsel.get(at)) {
        // Two questionnaires may advise the same.
        if found.len() < THINGS && found.iter().all(|known| known.advice.title != one.advice.title) {
            found.push(one);
        }
    }
    found
}

/// Whether an advice speaks to whoever looks after the relation. `ours`: whether our side answered; `apart`: whether the questionnaire
/// tells advice to the interviewer from what the respondent may read.
pub fn is_for_the_account(audience: Option<Audience>, ours: bool, apart: bool) -> bool {
    match audience {
        Some(Audience::Interviewer) => !ours,
        Some(Audience::Respondent) => ours,
        None => ours || !apart,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::Party;
    use crate::report::AdviceLine;

    fn counsel(session: &str, title: &str) -> Counsel {
        let advice = AdviceLine {
            name: title.into(),
            title: title.into(),
            text: String::new(),
            audience: None,
            priority: Priority::Normal,
            is_guess: false,
            rests: Vec::new(),
        };
        let (party, questionnaire, session) = (Party::Customer, String::new(), session.to_owned());
        Counsel { advice, questionnaire, party, begun: 0, session }
    }

    #[test]
    fn one_questionnaire_does_not_speak_for_all() {
        let all = [("a", "1"), ("a", "2"), ("a", "3"), ("b", "4"), ("c", "1"), ("c", "5")];
        let all: Vec<Counsel> = all.map(|(session, title)| counsel(session, title)).into();
        let titles =
            |all: &[Counsel]| chosen(all).iter().map(|one| one.advice.title.clone()).collect::<Vec<_>>();
        assert_eq!(titles(&all), ["1", "4", "2"]);
        assert_eq!(titles(&all[..2]), ["1", "2"]);
        assert!(titles(&[]).is_empty());
        // What is wrong goes before what is well, whoever said it.
        let mut ranked = all.clone();
        ranked[5].advice.priority = Priority::High;
        ranked[0].advice.priority = Priority::Low;
        assert_eq!(titles(&ranked), ["5", "4", "1"]);
    }

    #[test]
    fn a_customer_s_session_advises_whoever_serves() {
        let interviewer = Some(Audience::Interviewer);
        // Our side: what is for an interviewer beside us is not for us.
        assert!(is_for_the_account(None, true, true) && !is_for_the_account(interviewer, true, true));
        // Their side: what is for the interviewer is for us, and what they read themselves is for them.
        assert!(is_for_the_account(interviewer, false, true) && !is_for_the_account(None, false, true));
        // A questionnaire that does not tell them apart speaks to whoever serves.
        assert!(is_for_the_account(None, false, false));
    }
}
