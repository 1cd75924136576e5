//! Three things to do next, each traced to the answers that it rests on.

use serde::Serialize;

use super::choice::{Candidate, Word, chosen};
use super::{Counsel, Known, Teller};
use crate::analysis::relation::{Compared, Contrast, Difference, DifferenceReading, Followed, Says, Side};
use crate::classify::strength::Strengths;
use crate::instrument::{Act, Language, Party, Perspective, Priority, RelationalModel};
use crate::psychometrics::{LEVEL, normal};
use crate::report::dates::day_of;
use crate::report::document::{Advice, Block, Section};
use crate::text;
use crate::texts::{self, capital};

impl Known {
    /// The three things to do next.
    pub fn things(&self, language: &Language) -> Vec<Thing> {
        Teller { relation: &self.relation, language }.things(self, &self.relation.both_sides())
    }
}

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
        self.advised_before(known, &mut section);
        Some(section)
    }
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Thing {
    /// What.
    pub title: String,
    /// How.
    pub text: String,
    /// The answers that it rests on.
    pub rests: Vec<String>,
    /// Where they come from.
    pub from: String,
    /// What it is called, in every language.
    pub name: String,
    /// Whose answers it rests on; of both sides the one whose picture is wrong.
    pub party: Party,
    /// Whether it repeats an answer.
    #[serde(skip)]
    pub quotes: bool,
    /// The sessions that it rests on, each with what is followed of it over time.
    #[serde(skip)]
    pub follows: Vec<(String, Vec<String>)>,
}

impl Thing {
    /// The session that it rests on first.
    pub(super) fn session(&self) -> &str {
        self.follows.first().map_or("", |(session, _)| session)
    }
}

impl Teller<'_> {
    fn things(&self, known: &Known, both: &[Compared]) -> Vec<Thing> {
        let mut candidates = self.mistakes(both);
        candidates.extend(known.counsel.iter().map(|counsel| {
            let (party, advice) = (counsel.party, &counsel.advice);
            let visit = self.relation.visit(&counsel.session);
            Candidate {
                thing: self.advised(counsel),
                word: match party {
                    _ if counsel.is_guess() => Word::Guess,
                    Party::Customer => Word::Theirs,
                    Party::Organisation => Word::Ours,
                },
                priority: advice.priority,
                act: advice.act,
                size: visit.map_or(0.0, |visit| visit.furthest_from_middle(&advice.follows)),
            }
        }));
        chosen(candidates)
    }

    /// The questionnaire behind an advice, with who answered it where that could be several people.
    fn questionnaire_of(&self, counsel: &Counsel) -> String {
        let title = &counsel.questionnaire;
        let visit = self.relation.visit(&counsel.session);
        match visit.filter(|_| self.relation.may_be_several(counsel.party)) {
            Some(visit) => {
                let person = self.who(visit.person.as_deref());
                text!(self.language, "report-relation-by-person", title, person)
            }
            None => title.clone(),
        }
    }

    fn advised(&self, counsel: &Counsel) -> Thing {
        let answer = |(question, answer): &(String, String)| {
            text!(self.language, "report-relation-answer", question, answer)
        };
        Thing {
            title: counsel.advice.title.clone(),
            text: counsel.advice.text.clone(),
            // What its own words repeat needs no list below them.
            rests: match counsel.advice.quotes {
                true => Vec::new(),
                false => counsel.advice.rests.iter().map(answer).collect(),
            },
            from: text!(
                self.language,
                "report-relation-rests-on",
                side = self.party(counsel.party),
                questionnaire = self.questionnaire_of(counsel),
                at = day_of(counsel.begun, self.language)
            ),
            name: counsel.advice.name.clone(),
            party: counsel.party,
            quotes: counsel.advice.quotes,
            follows: vec![(counsel.session.clone(), counsel.advice.follows.clone())],
        }
    }

    /// Things to do about misjudgements between the sides. Where they suggest contrary acts, the customer's view of themselves counts.
    fn mistakes(&self, both: &[Compared]) -> Vec<Candidate> {
        let theirs = self.relation.latest(Party::Customer).and_then(|visit| visit.own.strengths);
        let mut ways: Vec<DifferenceReading> = Vec::new();
        let mut things = Vec::new();
        for compared in both {
            let Some((model, found)) = furthest_off(compared, theirs) else { continue };
            let way = if found.value > 0.0 { DifferenceReading::Higher } else { DifferenceReading::Lower };
            if ways.iter().all(|known| *known == way) {
                ways.push(way);
                things.extend(self.mistaken(compared, model, way).map(|thing| Candidate {
                    thing,
                    word: Word::Both,
                    priority: Priority::High,
                    act: act(model, way),
                    size: found.value.abs() / found.error(),
                }));
            }
        }
        things
    }

    fn mistaken(&self, compared: &Compared, model: RelationalModel, way: DifferenceReading) -> Option<Thing> {
        let (language, which) = (self.language, model.abbreviation());
        let title = mistake(compared.pairing, way, model, language)?;
        let text = match (compared.pairing, way) {
            (Contrast::OurPicture, DifferenceReading::Higher) => {
                text!(language, "report-relation-do-less", which)
            }
            (Contrast::OurPicture, _) => text!(language, "report-relation-do-more", which),
            (_, DifferenceReading::Higher) => text!(language, "report-relation-show-less", which),
            (_, _) => text!(language, "report-relation-show-more", which),
        };
        let whose = match compared.pairing {
            Contrast::OurPicture => [
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
        let told = |party| self.relation.latest(party);
        let (ours, theirs) = (told(Party::Organisation)?, told(Party::Customer)?);
        let [our_day, their_day] = [ours, theirs].map(|visit| day_of(visit.begun, language));
        let from = text!(
            language,
            "report-relation-rests-on-both",
            name = model.plainly(language),
            ours = &ours.title,
            our_day,
            theirs = &theirs.title,
            their_day
        );
        let (judge, judged) = match compared.pairing {
            Contrast::OurPicture => (ours, theirs),
            _ => (theirs, ours),
        };
        let norm = |side| vec![Followed::Norm(side, model).name()];
        let follows = [(judge, Perspective::Other), (judged, Perspective::Own)];
        Some(Thing {
            title,
            text,
            rests,
            from,
            name: name_of(compared.pairing, way, model),
            party: judge.party,
            quotes: false,
            follows: follows.map(|(visit, side)| (visit.session.clone(), norm(side))).to_vec(),
        })
    }
}

/// What it is called in every language that one side takes the other for what it is not.
fn name_of(pairing: Contrast, way: DifferenceReading, model: RelationalModel) -> String {
    format!("{}.{}.{}", pairing.name(), way.name(), model.name())
}

/// The heading of what is called so; none where it comes from a questionnaire.
pub fn picture(name: &str, language: &Language) -> Option<String> {
    let pairings = [Contrast::OurPicture, Contrast::TheirPicture].into_iter();
    let mut all = pairings.flat_map(|pairing| {
        let ways = [DifferenceReading::Higher, DifferenceReading::Lower].into_iter();
        ways.flat_map(move |way| RelationalModel::ALL.map(|model| (pairing, way, model)))
    });
    let (pairing, way, model) = all.find(|(pairing, way, model)| name_of(*pairing, *way, *model) == name)?;
    mistake(pairing, way, model, language)
}

fn mistake(
    pairing: Contrast,
    way: DifferenceReading,
    model: RelationalModel,
    language: &Language,
) -> Option<String> {
    let name = model.plainly(language);
    Some(match (pairing, way) {
        (Contrast::OurPicture, DifferenceReading::Higher) => {
            text!(language, "report-relation-less-than-we-think", name)
        }
        (Contrast::OurPicture, _) => text!(language, "report-relation-more-than-we-think", name),
        (Contrast::TheirPicture, DifferenceReading::Higher) => {
            text!(language, "report-relation-less-than-they-think", name)
        }
        (Contrast::TheirPicture, _) => text!(language, "report-relation-more-than-they-think", name),
        // What we mean and what they use may differ without either side being wrong.
        (Contrast::MeantAndUsed, _) => return None,
    })
}

/// The norm about which one side misjudges the other most; none where meaning and use differ, in which neither side is wrong, or where the
/// other side's answers are inconsistent. A customer's strongest norm is none to do less of, one that matters little to them none to do or
/// show more of, and a tied one none to do more of alone.
///
/// `theirs`: the customer's own norms, where they are known.
fn furthest_off(compared: &Compared, theirs: Option<Strengths>) -> Option<(RelationalModel, Difference)> {
    let level = match (compared.pairing, compared.right.says()) {
        (Contrast::MeantAndUsed, _) | (_, Some(Says::Parted(..) | Says::Random)) => return None,
        (_, Some(Says::Level)) => compared.right.answers.map(|answers| answers.level()).unwrap_or_default(),
        _ => Vec::new(),
    };
    let told = |model: RelationalModel| {
        let found = compared.norms[model.index()].filter(|_| !level.contains(&model))?;
        let their_own = compared.pairing == Contrast::OurPicture && compared.right.leads() == Some(model);
        let counts = match found.reading {
            DifferenceReading::Higher => !their_own,
            DifferenceReading::Lower => !theirs.is_some_and(|theirs| theirs.is_weak(model)),
            DifferenceReading::Near | DifferenceReading::Close | DifferenceReading::Open => false,
        };
        counts.then_some((model, found))
    };
    let far = |a: &(RelationalModel, Difference), b: &(RelationalModel, Difference)| {
        a.1.value.abs().total_cmp(&b.1.value.abs())
    };
    let found = RelationalModel::ALL.into_iter().filter_map(told).max_by(far)?;
    (!is_of_level(compared, found)).then_some(found)
}

/// Whether one side takes everything to matter more to the other, or less, and this norm no more than the rest: that is no difference in
/// the way of relating.
fn is_of_level(compared: &Compared, (model, found): (RelationalModel, Difference)) -> bool {
    let others = RelationalModel::ALL.into_iter().filter(|other| *other != model);
    let others: Option<Vec<Difference>> = others.map(|other| compared.norms[other.index()]).collect();
    let (away, critical) = (found.value.signum(), normal::critical(LEVEL));
    let stands_out = |other: &Difference| {
        (found.value - other.value) * away > critical * found.error().hypot(other.error())
    };
    others.is_some_and(|others| {
        others.iter().all(|other| other.reading == found.reading) && !others.iter().all(stands_out)
    })
}

/// The act for a norm that the other side holds or expects more, or less, than we think.
fn act(model: RelationalModel, way: DifferenceReading) -> Option<Act> {
    use RelationalModel::{AuthorityRanking, CommunalSharing, EqualityMatching, MarketPricing};
    match (model, way) {
        (CommunalSharing, DifferenceReading::Higher) => Some(Act::Room),
        (AuthorityRanking, DifferenceReading::Higher) => Some(Act::Share),
        (EqualityMatching | MarketPricing, DifferenceReading::Higher) => Some(Act::Gift),
        (CommunalSharing, DifferenceReading::Lower) => Some(Act::Nearness),
        (AuthorityRanking, DifferenceReading::Lower) => Some(Act::Lead),
        (EqualityMatching, DifferenceReading::Lower) => Some(Act::Balance),
        (MarketPricing, DifferenceReading::Lower) => Some(Act::Yield),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::analysis::relation::{Relation, Visit};
    use crate::classify::strength::Strength;
    use crate::psychometrics::Interval;
    use crate::report::AdviceLine;
    use crate::report::document::{Reader, to_markdown};
    use crate::report::relation::shown;

    /// What cannot wait and rests on what was told to an interviewer is done without the answers that it quotes, given or not.
    #[test]
    fn what_cannot_wait_comes_without_what_an_interviewer_was_told() {
        let advice = |name: &str, unquoted: Option<&str>| AdviceLine {
            name: name.into(),
            title: name.into(),
            text: "Satisfaction 9 of 10, and little wish to stay. Call them.".into(),
            audience: None,
            priority: Priority::Urgent,
            act: None,
            guesses: BTreeSet::new(),
            quotes: true,
            unquoted: unquoted.map(str::to_owned),
            rests: vec![("Satisfied?".into(), "9".into())],
            follows: Vec::new(),
            for_account: true,
        };
        let counsel = |name: &str, unquoted: Option<&str>, led: bool| Counsel {
            advice: advice(name, unquoted),
            questionnaire: "Client view".into(),
            party: Party::Customer,
            begun: 0,
            session: name.into(),
            led,
        };
        let known = |led: bool| Known {
            relation: Relation::new("R".into(), None, false, Vec::new()),
            counsel: vec![counsel("leaves", Some("Call them."), led), counsel("says", None, led)],
            before: Vec::new(),
            others: Vec::new(),
            told: Vec::new(),
            nothing_kept: false,
        };
        let told = |led: bool, reader: Reader| {
            let things = known(led).told_to(reader).things(&Language::or_fallback(Some("en")));
            things.into_iter().map(|thing| (thing.title, thing.text, thing.quotes)).collect::<Vec<_>>()
        };
        let bare = ("leaves".to_owned(), "Call them.".to_owned(), false);
        assert_eq!(told(true, Reader::Account), [bare]);
        for whole in [told(false, Reader::Account), told(true, Reader::Researcher)] {
            assert_eq!(whole.len(), 2, "{whole:?}");
            assert!(whole.iter().all(|(_, text, quotes)| text.contains("9 of 10") && *quotes), "{whole:?}");
        }
    }

    #[test]
    fn a_difference_of_level_alone_is_nothing_to_do() {
        let difference = |value: f64| Difference {
            value,
            interval: Interval { low: value - 0.6, high: value + 0.6 },
            p: 0.001,
            reading: DifferenceReading::Higher,
        };
        let furthest = |norms: [f64; 4]| {
            let compared = Compared {
                pairing: Contrast::OurPicture,
                left: Side::default(),
                right: Side::default(),
                norms: norms.map(|value| Some(difference(value))),
                together: None,
            };
            furthest_off(&compared, None).map(|(model, _)| model)
        };
        assert_eq!(furthest([3.0, 3.2, 3.1, 3.4]), None);
        assert_eq!(furthest([1.2, 1.1, 1.3, 3.4]), Some(RelationalModel::MarketPricing));
    }

    #[test]
    fn both_sides_never_advise_more_and_less_at_once() {
        let strengths = |values: [f64; 4]| {
            let norm = |value: f64| Some(Strength { value, se: 0.2, low: value - 0.4, high: value + 0.4 });
            Strengths { norms: values.map(norm), range: (1.0, 7.0) }
        };
        let side = |values| Side { strengths: Some(strengths(values)), ..Side::default() };
        let visit = |party: Party, begun: i64, own: Side, other: Side| Visit {
            session: begun.to_string(),
            begun,
            party,
            person: None,
            instrument: String::new(),
            title: if party == Party::Customer { "Client view" } else { "Account self-assessment" }.into(),
            led: false,
            pool: "terminal",
            test: false,
            own,
            other,
            lenses: Vec::new(),
            satisfaction: None,
            staying: None,
            gap: None,
            declined: false,
            asked: std::sync::Arc::default(),
        };
        // Whoever has no code may be a third person.
        let coded = |begun, person: Option<&str>| Visit {
            person: person.map(str::to_owned),
            ..visit(Party::Customer, begun, side([3.0, 3.0, 3.0, 6.0]), Side::default())
        };
        let visits =
            [Some("p1"), Some("p2"), None].into_iter().zip(0..).map(|(person, at)| coded(at, person));
        let relation = Relation::new("R".into(), None, false, visits.collect());
        let (counsel, before, others, told) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let known = Known { relation, counsel, before, nothing_kept: false, others, told };
        let language = Language::or_fallback(Some("en"));
        let page = to_markdown(&shown(known, Reader::Account, &language));
        assert!(page.contains("2 people answered under a code of their own; one session has no"), "{page}");
        // We take them for less business-like than they say; they take us for more of one of us, or less, than we say.
        let held = [4.0, 4.0, 3.0, 6.0];
        let of = |their_own: [f64; 4], their_picture: [f64; 4]| {
            let ours = visit(Party::Organisation, 0, side([3.0, 3.0, 3.0, 3.0]), side([3.0, 3.0, 3.0, 2.0]));
            let theirs = visit(Party::Customer, 86_400_000, side(their_own), side(their_picture));
            let relation = Relation::new("R".into(), None, false, vec![ours, theirs]);
            let (counsel, before) = (Vec::new(), Vec::new());
            let (others, told, nothing_kept) = (Vec::new(), Vec::new(), false);
            let known = Known { relation, counsel, before, nothing_kept, others, told };
            known.things(&Language::or_fallback(Some("en")))
        };
        let apart = of(held, [6.0, 3.0, 3.0, 3.0]);
        assert_eq!(apart.len(), 1, "{apart:?}");
        assert!(apart[0].title.contains("than we think"), "{apart:?}");
        // More closeness, and more about the price: nobody does both at once.
        assert_eq!(of(held, [1.0, 3.0, 3.0, 3.0]).len(), 1);
        // Nobody has to be shown more of what matters little to them.
        let indifferent = of([4.0, 2.4, 3.0, 6.0], [3.0, 1.0, 3.0, 3.0]);
        assert_eq!(indifferent.len(), 1, "{indifferent:?}");
        assert!(indifferent[0].name.starts_with(Contrast::OurPicture.name()), "{indifferent:?}");
        let alike = of(held, [3.0, 1.0, 3.0, 3.0]);
        assert_eq!(alike.len(), 2, "{alike:?}");
        for thing in alike {
            for part in ["Account self-assessment", "Client view", "1 January 1970", "2 January 1970"] {
                assert!(thing.from.contains(part), "{part}: {thing:?}");
            }
        }
    }
}
