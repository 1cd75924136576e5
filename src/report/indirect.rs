//! The indirect side of the gap in words: which measure leads, what the other one gives, and how far each can be trusted.

use super::said;
use crate::analysis::digest::{Word, words};
use crate::gap::{Beside, Gap, IndirectMeasure};
use crate::instrument::prompt::{Connection, Sorted};
use crate::instrument::{Language, Reads};
use crate::interview::Interview;
use crate::wording::{self, say};

/// Which measure leads, and what the other one gives.
pub(super) fn measures(interview: &Interview, gap: &Gap, language: &Language) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(measure) = gap.indirect_measure {
        let name = wording::indirect_measure(measure, language);
        lines.push(say(
            language,
            &format!("“Associated” comes from: {name}."),
            &format!("‘Geassocieerd’ komt uit: {name}."),
        ));
    }
    lines.extend(gap.beside.as_ref().map(|other| beside(other, language)));
    lines.extend(own_words(interview, language));
    lines
}

/// The respondent's own words, each with where it was placed.
fn own_words(interview: &Interview, language: &Language) -> Option<String> {
    let placed = |valence: f64| wording::signed(valence, 0, language);
    let shown = |word: &Word| match word.valence {
        Some(valence) => say(
            language,
            &format!("“{}” ({})", word.text, placed(valence)),
            &format!("‘{}’ ({})", word.text, placed(valence)),
        ),
        None => say(language, &format!("“{}”", word.text), &format!("‘{}’", word.text)),
    };
    let words: Vec<String> = words(interview).iter().map(shown).collect();
    let list = words.join(", ");
    let sentence =
        || say(language, &format!("What came to mind: {list}."), &format!("Wat er opkwam: {list}."));
    (!words.is_empty()).then(sentence)
}

fn beside(other: &Beside, language: &Language) -> String {
    let name = wording::indirect_measure(other.measure, language);
    let what = match (other.estimate, other.why) {
        (Some(estimate), _) => {
            let (low, high) = estimate.interval();
            let ends = [estimate.value, low, high];
            format!("{}.", said::with_interval(ends, |value| wording::signed(value, 2, language)))
        }
        (None, Some(why)) => wording::gap_reason(why, language),
        (None, None) => "—".into(),
    };
    say(language, &format!("Beside it, {name}: {what}"), &format!("Daarnaast, {name}: {what}"))
}

/// What the leading measure is and is not.
pub(super) fn print(interview: &Interview, gap: &Gap, language: &Language) -> Vec<String> {
    let say = |en: &str, nl: &str| say(language, en, nl);
    let mut lines = match gap.indirect_measure {
        None => return Vec::new(),
        Some(IndirectMeasure::Association) => vec![say(
            "Associated means: free associations, valued by the respondent; spontaneous rather than unconscious. It is no truer than what is said.",
            "Geassocieerd betekent: vrije associaties, waarvan de respondent zelf zegt hoe prettig ze zijn; spontaan, eerder dan onbewust. Het is niet waarder dan wat gezegd wordt.",
        )],
        Some(IndirectMeasure::ScIat) => vec![
            say(
                "Associated means: how much faster the organisation was sorted together with pleasant words than with unpleasant ones (single-category IAT, D/2). It measures the strength of associations, not truth; a second test would agree with the first by about .5.",
                "Geassocieerd betekent: hoeveel sneller de organisatie samen met prettige woorden werd gesorteerd dan met onprettige (single-category IAT, D/2). Het meet hoe sterk associaties zijn, niet wat waar is; een tweede test zou met ongeveer 0,5 met de eerste samenhangen.",
            ),
            timing(&blocks(interview), language),
            say(
                "The paper on D scores (2003) announced a patent on commercial use: check before selling a service on it.",
                "Het artikel over D-scores (2003) kondigde een octrooi op commercieel gebruik aan: ga dat na voordat er een dienst op verkocht wordt.",
            ),
        ],
    };
    lines.push(say(
        "Both axes run from −1 to +1; zero is the midpoint of the scales, a convention.",
        "Beide assen lopen van −1 tot +1; nul is het midden van de schalen, een afspraak.",
    ));
    lines
}

fn blocks(interview: &Interview) -> Vec<Sorted> {
    let scales = interview.instrument().scales.iter().enumerate();
    let timed = scales.filter(|(_, scale)| scale.method.reads() == Reads::Sorting);
    timed.flat_map(|(index, _)| interview.fed(index)).filter_map(|fed| fed.sorted).collect()
}

/// The limits of the timing, in one sentence.
fn timing(blocks: &[Sorted], language: &Language) -> String {
    let say = |en: &str, nl: &str| say(language, en, nl);
    let one = |ms: f64| wording::decimal(ms, 1, language);
    let worst = |figure: fn(&Sorted) -> Option<f64>| {
        blocks.iter().filter_map(figure).max_by(f64::total_cmp).map(|us| us / 1_000.0)
    };
    let measured = worst(|block| block.timing.flush_us).zip(worst(|block| block.timing.wake_us));
    let figures = match measured {
        Some((flush, wake)) => say(
            &format!("a frame took {} ms, a key was stamped within {} ms", one(flush), one(wake)),
            &format!("een beeld kostte {} ms, een toets werd binnen {} ms gestempeld", one(flush), one(wake)),
        ),
        None => say("neither frames nor keys were measured", "beelden en toetsen zijn niet gemeten"),
    };
    let figures = match worst(|block| block.timing.reply_us) {
        Some(reply) => say(
            &format!("{figures}, the terminal answered within {} ms", one(reply)),
            &format!("{figures}, de terminal antwoordde binnen {} ms", one(reply)),
        ),
        None => figures,
    };
    let connection = blocks.iter().map(|block| block.timing.connection).max_by_key(|place| *place as u8);
    let place = match connection.unwrap_or_default() {
        Connection::Local => String::new(),
        Connection::Multiplexed => say(
            "; the terminal ran inside another program, which adds milliseconds that vary",
            "; de terminal draaide in een ander programma, dat wisselende milliseconden toevoegt",
        ),
        Connection::Remote => say(
            "; the keys came over a network, which adds milliseconds that vary",
            "; de toetsen kwamen over een netwerk, dat wisselende milliseconden toevoegt",
        ),
    };
    say(
        &format!(
            "Timing: {figures}; what keyboard and screen add (often 10 to 50 ms) cannot be measured here, and what of it stays the same cancels in a difference{place}."
        ),
        &format!(
            "Tijdmeting: {figures}; wat toetsenbord en scherm toevoegen (vaak 10 tot 50 ms) is hier niet te meten, en wat daarvan gelijk blijft, valt in een verschil weg{place}."
        ),
    )
}
