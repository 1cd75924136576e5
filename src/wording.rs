//! What relata itself says, in the languages of its screens. Owns every phrase that two front-ends share, so that a
//! screen and the plain mode never say different things; refuses the instrument's own texts.
//!
//! Plain functions instead of a message catalogue: two languages, and the compiler sees to it that neither lacks one.

mod numbers;

pub use numbers::{decimal, ends, number, on_scale, p_value, point, point_from, signed};

use crate::classify::pooling::Basis;
use crate::gap::{IndirectMeasure, Reason, Verdict};
use crate::instrument::kinds::Key;
use crate::instrument::prompt::{Invalid, Reply, editable};
use crate::instrument::text::{Language, Template, Text};
use crate::instrument::{Address, Audience, Perspective, RelationalModel};
use crate::interview::Refusal;
use crate::measures::timed::Exclusion;

/// The English phrase, or the Dutch one if that is the language.
pub fn say(language: &Language, en: &str, nl: &str) -> String {
    if language.as_str() == "nl" { nl.to_owned() } else { en.to_owned() }
}

/// UTC, to the second.
pub fn timestamp(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        .unwrap_or_default()
}

/// "1 session", "2 sessions".
pub fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn both(en: &str, nl: &str) -> Text {
    let template = |text: &str| Template::parse(text).unwrap_or_default();
    Text::by_language(vec![(Language::new("en"), template(en)), (Language::new("nl"), template(nl))])
}

/// With a capital at the beginning.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The same to somebody whom an instrument addresses: English has one way, Dutch has two.
pub fn say_to(language: &Language, address: Address, en: &str, formal: &str, informal: &str) -> String {
    match address {
        Address::Formal => say(language, en, formal),
        Address::Informal => say(language, en, informal),
    }
}

/// Thanks at the end of an interview whose answers are kept.
pub fn thanks(language: &Language, address: Address) -> String {
    say_to(
        language,
        address,
        "Thank you. All answers are kept.",
        "Dank u wel. Alle antwoorden zijn bewaard.",
        "Dank je wel. Alle antwoorden zijn bewaard.",
    )
}

/// What there is to say where consent was refused, instead of a result.
pub fn refused(language: &Language) -> String {
    say(
        language,
        "No consent was given, so nothing more was asked and there is no result.",
        "Er is geen toestemming gegeven; daarom is er niets meer gevraagd en is er geen uitkomst.",
    )
}

/// How an interview stands, in the head of its report.
pub fn state_of(complete: bool, refused: bool, language: &Language) -> String {
    match (complete, refused) {
        (_, true) => say(language, "consent refused", "geen toestemming"),
        (true, _) => say(language, "finished", "afgerond"),
        (false, _) => say(language, "not finished", "niet afgerond"),
    }
}

/// What stands above the one answer of somebody who did not consent.
pub fn refused_review(language: &Language) -> String {
    say(
        language,
        "No consent was given, so nothing more is asked. Enter ends the interview; the answer can still be opened.",
        "Er is geen toestemming gegeven; er wordt niets meer gevraagd. Enter sluit af; het antwoord is nog te openen.",
    )
}

/// What ends the review of all answers: a result where there is one to see.
pub fn at_the_end(shows_result: bool, language: &Language) -> String {
    match shows_result {
        true => say(language, "Show the result", "De uitkomst tonen"),
        false => say(language, "Finish", "Afronden"),
    }
}

/// What stands for the rows of a table where none is marked.
pub fn none_marked(language: &Language) -> String {
    say(language, "none of them", "geen daarvan")
}

/// Consent is a yes or a no.
pub fn yes_or_no(language: &Language) -> String {
    say(
        language,
        "This takes a yes or a no; not wanting to say is a no.",
        "Hier is een ja of een nee nodig; liever niet zeggen geldt als nee.",
    )
}

/// Agreement.
pub fn yes() -> Text {
    both("Yes", "Ja")
}

/// Refusal.
pub fn no() -> Text {
    both("No", "Nee")
}

/// The low end of valence.
pub fn unpleasant() -> Text {
    both("very unpleasant", "heel onprettig")
}

/// The high end of valence.
pub fn pleasant() -> Text {
    both("very pleasant", "heel prettig")
}

/// The second question of an association.
pub fn placing() -> Text {
    both("How pleasant or unpleasant is each of these to you?", "Hoe prettig of onprettig is elk hiervan?")
}

/// The second question of a best–worst item.
pub fn least_like() -> Text {
    both("And which of these is least like it?", "En welke hiervan past het minst?")
}

/// Before what was chosen at the first question.
pub fn chosen() -> Text {
    both("Chosen", "Gekozen")
}

/// What was chosen as most like it.
pub fn most() -> Text {
    both("most", "meest")
}

/// What was chosen as least like it.
pub fn least() -> Text {
    both("least", "minst")
}

/// The name of pleasant words in timed sorting.
pub fn good() -> Text {
    both("Good", "Goed")
}

/// The name of unpleasant words.
pub fn bad() -> Text {
    both("Bad", "Slecht")
}

/// Before a test block.
pub fn now_it_counts() -> Text {
    both(
        "That was practice. The same once more, and now it counts: as fast as you can, with few mistakes.",
        "Dat was oefenen. Nog een keer hetzelfde, en nu telt het: zo snel mogelijk, met weinig fouten.",
    )
}

/// Before the practice of the second stage.
pub fn sides_change() -> Text {
    both(
        "Halfway. Look closely: the sides are different now. First some practice again.",
        "Op de helft. Kijk goed: de kanten zijn nu anders. Eerst weer even oefenen.",
    )
}

/// Which of how many words comes now: the limit is said before it is reached.
pub fn which_word((number, most): (usize, usize), language: &Language) -> String {
    if number == most {
        return say(
            language,
            &format!("word {number}, the last one"),
            &format!("woord {number}, het laatste"),
        );
    }
    say(
        language,
        &format!("word {number} of at most {most}"),
        &format!("woord {number} van hoogstens {most}"),
    )
}

/// A word that was given before, in this place of the list.
pub fn word_again(place: usize, language: &Language) -> String {
    say(
        language,
        &format!("That is word {place} already. Give another one, or none."),
        &format!("Dat is woord {place} al. Geef een ander, of geen meer."),
    )
}

/// What timed sorting reads like in a review.
pub fn sorted() -> Text {
    both("done", "gedaan")
}

/// What it reads like where it was left out.
pub fn not_timed() -> Text {
    both("left out: it cannot be timed here", "overgeslagen: hier valt geen tijd te meten")
}

/// What stands for an answer that was refused or not known.
pub fn missing(reply: &Reply, language: &Language) -> String {
    match reply {
        Reply::Given(_) => String::new(),
        Reply::Declined => say(language, "declined", "liever niet gezegd"),
        Reply::DontKnow => say(language, "don't know", "weet niet"),
    }
}

/// Who has the keyboard.
pub fn audience(audience: Audience, language: &Language) -> String {
    match audience {
        Audience::Interviewer => say(language, "interviewer", "interviewer"),
        Audience::Respondent => say(language, "respondent", "respondent"),
    }
}

/// The name of a relational model for a reader who knows the theory.
pub fn model(model: RelationalModel, language: &Language) -> String {
    match model {
        RelationalModel::CommunalSharing => say(language, "communal sharing", "gemeenschappelijk delen"),
        RelationalModel::AuthorityRanking => say(language, "authority ranking", "rangorde"),
        RelationalModel::EqualityMatching => say(language, "equality matching", "gelijk oversteken"),
        RelationalModel::MarketPricing => say(language, "market pricing", "markt en prijs"),
    }
}

/// What a model was trained on, for a reader.
pub fn basis(basis: &str, language: &Language) -> String {
    let people = |coded: usize, simulated: bool| match (coded == 1, simulated) {
        (true, false) => "1 gecodeerde sessie".to_owned(),
        (true, true) => "1 gecodeerde sessie van een gesimuleerde respondent".to_owned(),
        (false, false) => format!("{coded} gecodeerde sessies"),
        (false, true) => format!("{coded} gecodeerde sessies van gesimuleerde respondenten"),
    };
    let dutch = match Basis::parse(basis) {
        None => basis.to_owned(),
        Some(Basis::Reference) => "referentiemodel, gesimuleerd".to_owned(),
        Some(Basis::Pooled { coded, simulated }) => {
            format!("{}, samen met het referentiemodel, gesimuleerd", people(coded, simulated))
        }
        Some(Basis::Own { coded, simulated }) => format!("{} van dit onderzoek", people(coded, simulated)),
    };
    say(language, basis, &dutch)
}

/// How a value counts for the scale called `scale`: reversed, and by which model.
pub fn counts_for(scale: &str, key: &Key, language: &Language) -> String {
    let how = match key {
        Key::Points { min, max, reverse: true } => {
            let ends = min + max;
            say(language, &format!("reversed: {ends} − value"), &format!("omgekeerd: {ends} − waarde"))
        }
        Key::Part(Some(model), _) => model.abbreviation().to_owned(),
        key => {
            let models = key.models().into_iter().map(|(name, model)| format!("{name} = {model}"));
            models.collect::<Vec<_>>().join(", ")
        }
    };
    if how.is_empty() { scale.to_owned() } else { format!("{scale} ({how})") }
}

/// What a coder takes as evidence of a model (after Fiske 1992), in a line.
pub fn model_evidence(model: RelationalModel, language: &Language) -> String {
    match model {
        RelationalModel::CommunalSharing => say(
            language,
            "communal sharing: we, care, help without a bill, loyalty",
            "gemeenschappelijk delen: wij, zorg, hulp zonder rekening, trouw",
        ),
        RelationalModel::AuthorityRanking => say(
            language,
            "authority ranking: they decide, permission, rules, protection",
            "rangorde: zij beslissen, toestemming, regels, bescherming",
        ),
        RelationalModel::EqualityMatching => say(
            language,
            "equality matching: favour for favour, turns, equal treatment",
            "gelijk oversteken: wederdienst, om de beurt, gelijke behandeling",
        ),
        RelationalModel::MarketPricing => say(
            language,
            "market pricing: price, value for money, contract, switching",
            "markt en prijs: prijs, waar voor je geld, contract, overstappen",
        ),
    }
}

/// The model in everyday words, for a reader who does not.
pub fn model_plainly(model: RelationalModel, language: &Language) -> String {
    match model {
        RelationalModel::CommunalSharing => say(language, "as one of us", "als een van ons"),
        RelationalModel::AuthorityRanking => say(language, "by rank", "naar rang"),
        RelationalModel::EqualityMatching => say(language, "in balance", "in balans"),
        RelationalModel::MarketPricing => say(language, "business-like", "zakelijk"),
    }
}

/// Whose norms a profile is about.
pub fn perspective(perspective: Perspective, language: &Language) -> String {
    match perspective {
        Perspective::Own => say(language, "your own answers", "de eigen antwoorden"),
        Perspective::Other => {
            say(language, "your estimate of the client", "de eigen inschatting van de klant")
        }
    }
}

/// Why a reply was not taken, and what would be.
pub fn invalid(invalid: &Invalid, language: &Language) -> String {
    let say = |en: &str, nl: &str| say(language, en, nl);
    let shown = |bound: Option<f64>| bound.map(|bound| number(bound, language));
    let between = |min: Option<f64>, max: Option<f64>| match (shown(min), shown(max)) {
        (Some(min), Some(max)) => say(&format!("between {min} and {max}"), &format!("tussen {min} en {max}")),
        (Some(min), None) => say(&format!("{min} or more"), &format!("{min} of meer")),
        (None, Some(max)) => say(&format!("{max} or less"), &format!("{max} of minder")),
        (None, None) => String::new(),
    };
    match invalid {
        Invalid::WrongForm => say("This does not answer the question.", "Dit is geen antwoord op de vraag."),
        Invalid::NoSuchOption(name) => {
            say(&format!("There is no `{name}` to choose."), &format!("`{name}` staat er niet bij."))
        }
        Invalid::Twice(name) => {
            say(&format!("`{name}` is there twice."), &format!("`{name}` staat er twee keer."))
        }
        Invalid::TooFew(least) => {
            say(&format!("Choose at least {least}."), &format!("Kies er minstens {least}."))
        }
        Invalid::TooMany(most) => {
            say(&format!("Choose at most {most}."), &format!("Kies er hoogstens {most}."))
        }
        Invalid::OutOfRange { min, max } => {
            let range = between(*min, *max);
            let space = if range.is_empty() { "" } else { " " };
            say(&format!("Give a number{space}{range}."), &format!("Geef een getal{space}{range}."))
        }
        Invalid::OffScale => say("This is not a point of the scale.", "Dit is geen punt van de schaal."),
        Invalid::NotWhole => say("Give a whole number.", "Geef een heel getal."),
        Invalid::TwoNumbers { text, grouped, decimal: None } => say(
            &format!(
                "`{text}` can be read in two ways. Type {grouped} without a point or comma, or another whole number."
            ),
            &format!(
                "`{text}` is op twee manieren te lezen. Typ {grouped} zonder punt of komma, of een ander heel getal."
            ),
        ),
        Invalid::TwoNumbers { text, grouped, decimal: Some(decimal) } => {
            let parts = editable(*decimal);
            say(
                &format!("`{text}` can be read in two ways. Type {grouped} or {parts}."),
                &format!(
                    "`{text}` is op twee manieren te lezen. Typ {grouped} of {}.",
                    parts.replace('.', ",")
                ),
            )
        }
        Invalid::Empty => say("Type something first.", "Typ eerst iets."),
        Invalid::TooLong(most) => {
            say(&format!("At most {most} characters fit."), &format!("Er passen hoogstens {most} tekens."))
        }
        Invalid::OtherBlock => say(
            "This round was not complete; it begins again.",
            "Deze ronde was niet volledig en begint opnieuw.",
        ),
        Invalid::NotADate => {
            say("Give a day such as 2026-01-31.", "Geef een dag in de vorm 2026-01-31 (jaar-maand-dag).")
        }
        Invalid::DateOutOfRange { min, max } => {
            let day = |day: &Option<jiff::civil::Date>| day.map_or("…".into(), |day| day.to_string());
            let (min, max) = (day(min), day(max));
            say(
                &format!("Give a day from {min} to {max}."),
                &format!("Geef een dag van {min} tot en met {max}."),
            )
        }
        Invalid::InFuture { today } => say(
            &format!("That day has not come yet; today is {today}."),
            &format!("Die dag moet nog komen; vandaag is het {today}."),
        ),
        Invalid::WrongSum { sum, total } => say(
            &format!("The points add up to {sum}; they should add up to {total}."),
            &format!("De punten zijn samen {sum}; het moeten er {total} zijn."),
        ),
    }
}

/// Why something could not be done.
pub fn refusal(refusal: &Refusal, language: &Language) -> String {
    let say = |en: &str, nl: &str| say(language, en, nl);
    match refusal {
        Refusal::Invalid(why) => invalid(why, language),
        Refusal::Constraint(Some(message)) => message.clone(),
        Refusal::Constraint(None) => {
            say("This answer is not possible here.", "Dit antwoord is hier niet mogelijk.")
        }
        Refusal::NotAsked(_) => say("This is not being asked now.", "Dit wordt nu niet gevraagd."),
        Refusal::NeedsReply => say(
            "This question needs an answer; declining and “don’t know” count as answers.",
            "Op deze vraag is een antwoord nodig; ‘liever niet’ en ‘weet niet’ tellen ook.",
        ),
        Refusal::Unanswered(_) => say(
            "Some questions are still open; they are marked.",
            "Er zijn nog open vragen; ze zijn gemarkeerd.",
        ),
        Refusal::AtStart => say("This is the first question.", "Dit is de eerste vraag."),
        Refusal::AtEnd => say("This is the end.", "Dit is het einde."),
        Refusal::Unknown(name) => say(
            &format!("`{name}` cannot be reached from here."),
            &format!("`{name}` is vanaf hier niet te bereiken."),
        ),
        Refusal::NotYours => say("Only the interviewer can do this.", "Alleen de interviewer kan dit doen."),
        Refusal::HandOverFirst => {
            say("The keyboard has to change hands first.", "Eerst moet het toetsenbord van hand wisselen.")
        }
        Refusal::Paused => say("The interview is paused.", "Het interview staat op pauze."),
        Refusal::Over => say("The interview is over.", "Het interview is afgelopen."),
    }
}

/// The verdict on a gap as a title and a sentence.
pub fn verdict(verdict: Verdict, reason: Option<Reason>, language: &Language) -> (String, String) {
    let say = |en: &str, nl: &str| say(language, en, nl);
    let (title, sentence) = match verdict {
        Verdict::Masked => (
            say("says warm, associates cold", "zegt warm, associeert koud"),
            say(
                "What is said is clearly positive, what is associated is clearly negative.",
                "Wat gezegd wordt is duidelijk positief, wat geassocieerd wordt is duidelijk negatief.",
            ),
        ),
        Verdict::Latent => (
            say("says cold, associates warm", "zegt koud, associeert warm"),
            say(
                "What is said is clearly negative, what is associated is clearly positive.",
                "Wat gezegd wordt is duidelijk negatief, wat geassocieerd wordt is duidelijk positief.",
            ),
        ),
        Verdict::AlignedPositive => (
            say("no gap: warm on both sides", "geen kloof: warm aan beide kanten"),
            say(
                "What is said and what is associated are both clearly positive.",
                "Wat gezegd wordt en wat geassocieerd wordt zijn beide duidelijk positief.",
            ),
        ),
        Verdict::AlignedNegative => (
            say("no gap: cold on both sides", "geen kloof: koud aan beide kanten"),
            say(
                "What is said and what is associated are both clearly negative.",
                "Wat gezegd wordt en wat geassocieerd wordt zijn beide duidelijk negatief.",
            ),
        ),
        Verdict::Indeterminate => (
            say("open: the answers do not settle it", "open: de antwoorden geven geen uitsluitsel"),
            String::new(),
        ),
        Verdict::NoVerdict => (say("no verdict", "geen oordeel"), String::new()),
    };
    let why = reason.map(|reason| gap_reason(reason, language)).unwrap_or_default();
    (title, if sentence.is_empty() { why } else { sentence })
}

/// The name of an indirect measure.
pub fn indirect_measure(measure: IndirectMeasure, language: &Language) -> String {
    match measure {
        IndirectMeasure::ScIat => say(language, "timed sorting", "sorteren op tijd"),
        IndirectMeasure::Association => say(language, "free association", "vrije associatie"),
    }
}

/// Why the timed task gives no score although it was done.
fn excluded(why: Exclusion, language: &Language) -> String {
    let say = |en: &str, nl: &str| say(language, en, nl);
    match why {
        Exclusion::TooManyErrors { errors, of, most_percent, .. } => say(
            &format!(
                "Too many mistakes in timed sorting: {errors} of {of} in one block, and at most {most_percent} % are accepted."
            ),
            &format!(
                "Te veel fouten bij het sorteren op tijd: {errors} van {of} in één blok, en hoogstens {most_percent} % mag."
            ),
        ),
        Exclusion::TooFewCorrect { correct, needed, .. } => say(
            &format!(
                "Too many mistakes in timed sorting: {correct} right answers in one block, and it takes {needed}."
            ),
            &format!(
                "Te veel fouten bij het sorteren op tijd: {correct} goede antwoorden in één blok, en er zijn er {needed} nodig."
            ),
        ),
        Exclusion::TooFewRetained { retained, of, unanswered, fast, below_ms, .. } => say(
            &format!(
                "Too few usable answers in timed sorting: {retained} of {of} in one block ({unanswered} without a key, {fast} under {below_ms} ms); it takes half of them."
            ),
            &format!(
                "Te weinig bruikbare antwoorden bij het sorteren op tijd: {retained} van {of} in één blok ({unanswered} zonder toets, {fast} onder {below_ms} ms); de helft is nodig."
            ),
        ),
        Exclusion::TooFast { .. }
        | Exclusion::MissingBlock { .. }
        | Exclusion::NothingLeft { .. }
        | Exclusion::ShortBlock { .. }
        | Exclusion::FewLeft { .. }
        | Exclusion::NoSpread { .. }
        | Exclusion::OneAnswer { .. } => say(
            "Timed sorting was done in a way that cannot be scored.",
            "Het sorteren op tijd is zo gedaan dat er geen score uit komt.",
        ),
    }
}

/// Why an indirect measure or the gap has no value.
pub fn gap_reason(reason: Reason, language: &Language) -> String {
    let say = |en: &str, nl: &str| say(language, en, nl);
    match reason {
        Reason::TooFewSaid { valid, needed } => say(
            &format!(
                "Too few answers about satisfaction, trust and emotions: {valid}, and it takes {needed}."
            ),
            &format!(
                "Te weinig antwoorden over tevredenheid, vertrouwen en emoties: {valid}, en er zijn er {needed} nodig."
            ),
        ),
        Reason::TooFewAssociations { valid, needed } => say(
            &format!("Too few rated associations: {valid}, and it takes {needed}."),
            &format!("Te weinig associaties met een waardering: {valid}, en er zijn er {needed} nodig."),
        ),
        Reason::NoIndirectMeasure => {
            say("This questionnaire has no indirect measure.", "Deze vragenlijst heeft geen indirecte maat.")
        }
        Reason::NotTimed => say(
            "Timed sorting was left out: line by line nothing can be timed.",
            "Het sorteren op tijd is overgeslagen: regel voor regel valt er geen tijd te meten.",
        ),
        Reason::NotSorted { blocks, needed } => say(
            &format!("Timed sorting was not done: {blocks} of {needed} blocks."),
            &format!("Het sorteren op tijd is niet gedaan: {blocks} van {needed} blokken."),
        ),
        Reason::Excluded(why) => excluded(why, language),
        Reason::NoNorms => say(
            "There is nothing to estimate the measurement error from.",
            "De meetfout is nergens uit te schatten.",
        ),
        Reason::SaidHoldsZero => say(
            "What is said may be positive or negative: its 95 % interval holds zero.",
            "Wat gezegd wordt kan positief of negatief zijn: het 95 %-interval bevat nul.",
        ),
        Reason::AssociatedHoldsZero => say(
            "What is associated may be positive or negative: its 95 % interval holds zero.",
            "Wat geassocieerd wordt kan positief of negatief zijn: het 95 %-interval bevat nul.",
        ),
        Reason::BothHoldZero => say(
            "Both may be positive or negative: both 95 % intervals hold zero.",
            "Beide kunnen positief of negatief zijn: beide 95 %-intervallen bevatten nul.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_p_is_nothing() {
        let english = Language::new("en");
        let said = [0.000_000_1, 0.000_5, 0.758].map(|p| p_value(p, &english));
        assert_eq!(said, ["< 0.001", "0.001", "0.758"]);
        assert_eq!(p_value(0.000_1, &Language::new("nl")), "< 0,001");
    }
}
