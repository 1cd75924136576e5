//! A profile in sentences, written once for screens, pages and text.
//!
//! The headline follows the answers alone; how common a model is among customers is added beside it and never replaces it.

use crate::analysis::{Filter, Uncorrelated};
use crate::classify::model::{Answers, Engagement, MIN_RATIO, Profile};
use crate::classify::session::{Against, TooFew, UncountedAnswers};
use crate::instrument::{Language, RelationalModel};
use crate::text;
use crate::texts;

/// Ratios above this are capped: the exact number no longer informs.
const HUGE: f64 = 100.0;
/// Below this a ratio reads as one to one.
const EVEN: f64 = 1.05;

/// The headline: the model that the answers support.
pub(super) fn headline(answers: &Answers, language: &Language) -> String {
    let [first, second] = [answers.dominant, answers.second].map(|model| quoted(model, language));
    let level = answers.level();
    if answers.tell_apart() {
        let ratio = ratio(answers.ratio, language);
        text!(language, "report-said-answers-speak-ratio-first", ratio, first, second)
    } else if answers.tell_nothing() {
        text!(language, "report-said-answers-do-not-tell")
    } else {
        let last = level.last().copied().unwrap_or(answers.second);
        let most = if level.len() > 2 { answers.over(last) } else { answers.ratio };
        let ratio = ratio(most, language);
        let ratio = match level.len() > 2 && most >= EVEN {
            true => text!(language, "report-said-most-ratio", ratio),
            false => ratio,
        };
        let names = listed(&level, Join::And, language);
        text!(language, "report-said-answers-do-not-tell-names", names, ratio)
    }
}

/// The question that the reasons answer: why the tied models and not the rest, or why the leading one and not the next.
pub(super) fn why(answers: &Answers, language: &Language) -> String {
    let level = answers.level();
    let others: Vec<RelationalModel> = match answers.tell_apart() {
        true => vec![answers.second],
        false => answers.behind(),
    };
    let pause = if level.len() > 1 { "," } else { "" };
    let (these, those) = (listed(&level, Join::And, language), listed(&others, Join::Or, language));
    text!(language, "report-said-why-thesepause-not-those", these, pause, those)
}

/// What the published rates make of it, where they put another model in front.
pub(super) fn rates(profile: &Profile, language: &Language) -> Option<String> {
    let differs = profile.dominant != profile.answers.dominant;
    let model = quoted(profile.dominant, language);
    let percent = format!("{:.0}", 100.0 * profile.probabilities[profile.dominant.index()]);
    match (profile.answers.tell_apart(), profile.rates_tell()) {
        (true, true) => {
            differs.then(|| text!(language, "report-said-only-because-more-common", model, percent))
        }
        (false, true) => Some(text!(language, "report-said-once-published-rates-counted", model, percent)),
        (_, false) => differs.then(|| text!(language, "report-said-rates-lead-untold", model, percent)),
    }
}

/// That no norm is held.
pub(super) fn hardly_engaged(engagement: Engagement, language: &Language) -> Option<String> {
    match engagement {
        Engagement::Low => Some(text!(language, "report-said-hardly-relation-none-four")),
        Engagement::Unclear => Some(text!(language, "report-said-hardly-relation-unclear")),
        Engagement::Normal => None,
    }
}

/// Says that some answers put another model clearly above the leading one.
pub(super) fn point_apart(first: RelationalModel, against: Against, language: &Language) -> String {
    let first = quoted(first, language);
    match against {
        Against::Rated(model, held) => {
            let held = texts::decimal(held.value, 1, language);
            text!(language, "report-said-point-apart", first, model = quoted(model, language), held)
        }
        Against::Chosen(model) => {
            text!(language, "report-said-point-apart-chosen", first, model = quoted(model, language))
        }
        Against::PassedOver => text!(language, "report-said-point-apart-passed-over", first),
    }
}

/// Which answers count for nothing in a profile, and why.
pub(super) fn left_out(what: &UncountedAnswers, language: &Language) -> String {
    match what {
        UncountedAnswers::Statements(models) => {
            let each = |(model, few): &(RelationalModel, TooFew)| {
                let name = quoted(*model, language);
                let TooFew { valid, of, needed } = few;
                text!(language, "report-said-name-valid-answered-needed", name, valid, of, needed)
            };
            let each: Vec<String> = models.iter().map(each).collect();
            let each = each.join("; ");
            text!(language, "report-said-statements-left-out-each", each)
        }
        UncountedAnswers::Situations(TooFew { valid, of, needed }) => {
            text!(language, "report-said-situations-left-out-valid", valid, of, needed)
        }
        UncountedAnswers::Points(TooFew { valid, of, needed }) => {
            text!(language, "report-said-points-left-out-valid", valid, of, needed)
        }
        UncountedAnswers::Sets(TooFew { valid, of, needed }, _) => {
            text!(language, "report-said-sets-most-least-left", valid, of, needed)
        }
        UncountedAnswers::HalfSets(1) => text!(language, "report-said-one-set-left-out"),
        UncountedAnswers::HalfSets(sets) => text!(language, "report-said-sets-sets-left-out", sets),
    }
}

/// "+0.47 (95 %: +0.27 … +0.67)": a value with the ends of its interval, in so many decimals, and more where an end would read as zero.
pub fn with_interval(ends: [f64; 3], decimals: usize, shown: impl Fn(f64, usize) -> String) -> String {
    let decimals = texts::decimals_of_ends([ends[1], ends[2]], decimals);
    let [value, low, high] = ends.map(|value| shown(value, decimals));
    format!("{value} (95 %: {low} … {high})")
}

/// What a filter chooses beside source and questionnaire, each part in words; empty where it takes all sessions.
pub(super) fn chosen(filter: &Filter, language: &Language) -> Vec<String> {
    let fields = filter.fields.iter().map(|(name, value)| format!("{name}: {value}"));
    let named = |name: String, value: &String| format!("{name}: {value}");
    let interviewer =
        filter.interviewer.iter().map(|code| named(text!(language, "shared-interviewer"), code));
    let from = filter.from.iter().map(|at| format!("{} {at}", text!(language, "report-findings-from")));
    let to = filter.to.iter().map(|at| format!("{} {at}", text!(language, "report-findings-until")));
    let ways = filter.ways.iter().map(|way| named(text!(language, "report-findings-way"), way));
    fields.chain(interviewer).chain(from).chain(to).chain(ways).collect()
}

/// What the comparison of said and associated is called.
pub fn gap_title(language: &Language) -> String {
    text!(language, "report-said-gap-between-conscious-unconscious")
}

/// The corners of the said × associated plane: the upper two from left to right, then the lower two.
pub fn corners(language: &Language) -> [String; 4] {
    [
        text!(language, "shared-says-cold-associates-warm"),
        text!(language, "report-said-warm-both-sides"),
        text!(language, "report-said-cold-both-sides"),
        text!(language, "shared-says-warm-associates-cold"),
    ]
}

/// Why explicit and associated sentiment have no correlation.
pub fn uncorrelated(why: Uncorrelated, language: &Language) -> String {
    match why {
        Uncorrelated::TooFew => text!(language, "report-said-uncorrelated-too-few"),
        Uncorrelated::FirstConstant => text!(language, "report-said-uncorrelated-said"),
        Uncorrelated::SecondConstant => text!(language, "report-said-uncorrelated-associated"),
        Uncorrelated::BothConstant => text!(language, "report-said-uncorrelated-both"),
        Uncorrelated::OnOneLine => text!(language, "report-said-uncorrelated-line"),
    }
}

/// “8 to 1”.
fn ratio(ratio: f64, language: &Language) -> String {
    let to = text!(language, "report-said-to-1");
    if ratio > HUGE {
        return text!(language, "report-said-more-than-huge", to, huge = format!("{:.0}", HUGE));
    }
    let digits = if ratio < 9.95 { 1 } else { 0 };
    // What is below three to one is not said to be three to one.
    let ratio = if ratio < MIN_RATIO { ratio.min(MIN_RATIO - 0.1) } else { ratio };
    let number = texts::decimal(ratio, digits, language);
    let zero = text!(language, "report-said-0");
    format!("{} {to}", number.strip_suffix(&zero).unwrap_or(&number))
}

/// What stands before the last of several names.
#[derive(Clone, Copy)]
enum Join {
    And,
    Or,
}

/// “a”, “b” and “c”.
fn listed(models: &[RelationalModel], join: Join, language: &Language) -> String {
    let names: Vec<String> = models.iter().map(|model| quoted(*model, language)).collect();
    match join {
        Join::And => texts::listed(&names, language),
        Join::Or => texts::listed_by(&names, &text!(language, "report-said-or")),
    }
}

fn quoted(model: RelationalModel, language: &Language) -> String {
    let name = model.plainly(language);
    text!(language, "report-said-name", name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_read_as_people_say_them() {
        let language = Language::new("en");
        let said =
            [1.0, 1.44, 2.955, 3.0, 8.04, 9.96, 25.4, 100.0, 250.0].map(|value| ratio(value, &language));
        let wanted = [
            "1 to 1",
            "1.4 to 1",
            "2.9 to 1",
            "3 to 1",
            "8 to 1",
            "10 to 1",
            "25 to 1",
            "100 to 1",
            "more than 100 to 1",
        ];
        assert_eq!(said, wanted);
        assert_eq!(ratio(1.44, &Language::new("nl")), "1,4 tegen 1");
    }

    #[test]
    fn the_headline_follows_the_answers() {
        use RelationalModel::{CommunalSharing, MarketPricing};
        let of = |ratio| {
            let probabilities = [0.8, 0.0, 0.0, 0.2];
            let answers = Answers { probabilities, dominant: CommunalSharing, second: MarketPricing, ratio };
            headline(&answers, &Language::new("en"))
        };
        assert_eq!(of(8.0), "The answers speak 8 to 1 for “as one of us” over “business-like”.");
        assert_eq!(of(2.9), "The answers do not tell “as one of us” and “business-like” apart (2.9 to 1).");
        let flat = Answers {
            probabilities: [0.26, 0.21, 0.25, 0.28],
            dominant: MarketPricing,
            second: CommunalSharing,
            ratio: 1.08,
        };
        let said = headline(&flat, &Language::new("en"));
        assert_eq!(said, "The answers do not tell the four ways of relating apart.");
    }

    #[test]
    fn of_models_that_lie_level_none_leads_by_a_hair_of_the_rates() {
        use RelationalModel::{CommunalSharing, MarketPricing};
        let level = |probabilities: [f64; 4]| {
            let answers = Answers {
                probabilities: [0.44, 0.0, 0.0, 0.56],
                dominant: MarketPricing,
                second: CommunalSharing,
                ratio: 0.56 / 0.44,
            };
            let profile = Profile {
                probabilities,
                dominant: if probabilities[0] > 0.5 { CommunalSharing } else { MarketPricing },
                second: MarketPricing,
                margin: 0.0,
                uncertain: true,
                answers,
                closeness: None,
                engagement: None,
                contributions: Vec::new(),
                apart: Vec::new(),
                head_start: 0.0,
                basis: String::new(),
                learnt: None,
            };
            rates(&profile, &Language::new("en"))
        };
        assert!(level([0.51, 0.0, 0.0, 0.49]).unwrap().contains("not by enough"));
        assert_eq!(level([0.49, 0.0, 0.0, 0.51]), None);
        assert!(level([0.8, 0.0, 0.0, 0.2]).unwrap().contains("80 %"));
    }

    #[test]
    fn all_that_lie_level_are_named() {
        use RelationalModel::{AuthorityRanking, CommunalSharing, EqualityMatching, MarketPricing};
        let [en, nl] = ["en", "nl"].map(Language::new);
        let of = |probabilities: [f64; 4], dominant: RelationalModel, second: RelationalModel| {
            let ratio = probabilities[dominant.index()] / probabilities[second.index()];
            Answers { probabilities, dominant, second, ratio }
        };
        let three = of([0.36, 0.30, 0.33, 0.01], CommunalSharing, EqualityMatching);
        assert_eq!(three.level(), [CommunalSharing, EqualityMatching, AuthorityRanking]);
        assert_eq!(
            headline(&three, &en),
            "The answers do not tell “as one of us”, “in balance” and “by rank” apart (at most 1.2 to 1)."
        );
        assert_eq!(
            why(&three, &nl),
            "waarom ‘als een van ons’, ‘in balans’ en ‘naar rang’, en niet ‘zakelijk’?"
        );
        let even = of([0.33, 0.33, 0.33, 0.01], CommunalSharing, AuthorityRanking);
        assert!(headline(&even, &nl).ends_with("niet uit elkaar (1 tegen 1)."), "{}", headline(&even, &nl));
        let two = of([0.01, 0.02, 0.40, 0.57], MarketPricing, EqualityMatching);
        assert_eq!(
            why(&two, &en),
            "why “business-like” and “in balance”, and not “as one of us” or “by rank”?"
        );
        let one = of([0.01, 0.02, 0.10, 0.87], MarketPricing, EqualityMatching);
        assert_eq!(one.level(), [MarketPricing]);
        assert_eq!(why(&one, &en), "why “business-like” and not “in balance”?");
        // The last of those that lie level may be as near to the next: then no answer tells these two apart.
        let near = of([0.22, 0.16, 0.0, 0.62], MarketPricing, CommunalSharing);
        assert_eq!(
            (near.level(), near.behind()),
            (vec![MarketPricing, CommunalSharing], vec![EqualityMatching])
        );
        let chain = of([0.25, 0.17, 0.13, 0.45], MarketPricing, CommunalSharing);
        assert_eq!((chain.level().len(), chain.behind()), (3, vec![]));
        // Nobody is level who is not known to the classifier.
        let known = of([0.5, 0.0, 0.0, 0.5], CommunalSharing, MarketPricing);
        assert_eq!(known.level(), [CommunalSharing, MarketPricing]);
        assert!(!known.tell_nothing() && of([0.25; 4], CommunalSharing, AuthorityRanking).tell_nothing());
    }
}
