//! The indirect side of the gap in words: which measure leads, what the other one gives, and how far each can be trusted.

use super::said;
use crate::analysis::digest::{AssociatedWord, words};
use crate::gap::{Gap, GapReason, IndirectMeasure, SecondMeasure};
use crate::instrument::prompt::{ClockVerdict, Connection, Sorted};
use crate::instrument::{Language, Reads};
use crate::interview::Interview;
use crate::text;
use crate::texts;

/// Which measure leads, and what the other one gives.
pub(super) fn measures(interview: &Interview, gap: &Gap, language: &Language) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(measure) = gap.indirect_measure {
        let name = measure.in_words(language);
        lines.push(text!(language, "report-indirect-associated-comes-name", name));
    }
    lines.extend(gap.beside.as_ref().map(|other| beside(other, language)));
    lines.extend(own_words(interview, language));
    lines
}

/// The respondent's own words, each with where it was placed.
fn own_words(interview: &Interview, language: &Language) -> Option<String> {
    let placed = |valence: f64| texts::signed(valence, 0, language);
    let shown = |word: &AssociatedWord| match word.valence {
        Some(valence) => {
            text!(language, "report-indirect-text-valence", text = word.text, valence = placed(valence))
        }
        None => text!(language, "report-indirect-text", text = word.text),
    };
    let words: Vec<String> = words(interview).iter().map(shown).collect();
    let list = words.join(", ");
    let sentence = || text!(language, "report-indirect-what-came-mind-list", list);
    (!words.is_empty()).then(sentence)
}

fn beside(other: &SecondMeasure, language: &Language) -> String {
    let name = other.measure.in_words(language);
    let what = match (other.estimate, other.why) {
        (Some(estimate), _) => {
            let (low, high) = estimate.interval();
            let ends = [estimate.value, low, high];
            let shown = |value, decimals| texts::signed(value, decimals, language);
            format!("{}.", said::with_interval(ends, 2, shown))
        }
        (None, Some(why @ GapReason::NoNorms)) => texts::uncapital(&why.in_words(language)),
        // Every other reason is a sentence that names the measure.
        (None, Some(why)) => return why.in_words(language),
        (None, None) => "—".into(),
    };
    text!(language, "report-indirect-beside-name-what", name, what)
}

/// What the leading measure is and is not.
pub(super) fn print(interview: &Interview, gap: &Gap, language: &Language) -> Vec<String> {
    let mut lines = match gap.indirect_measure {
        None => return Vec::new(),
        Some(IndirectMeasure::Association) => {
            vec![text!(language, "report-indirect-associated-means-free-associations")]
        }
        Some(IndirectMeasure::ScIat) => vec![
            text!(language, "report-indirect-associated-means-how-much"),
            timing(&blocks(interview), language),
            text!(language, "report-indirect-paper-d-scores-2003"),
        ],
    };
    lines.push(text!(language, "report-indirect-both-axes-run-minus1"));
    lines
}

fn blocks(interview: &Interview) -> Vec<Sorted> {
    let scales = interview.instrument().scales.iter().enumerate();
    let timed = scales.filter(|(_, scale)| scale.method.reads() == Reads::Sorting);
    timed.flat_map(|(index, _)| interview.fed(index)).filter_map(|fed| fed.sorted).collect()
}

/// The limits of the timing, in one sentence.
fn timing(blocks: &[Sorted], language: &Language) -> String {
    let one = |ms: f64| texts::decimal(ms, 1, language);
    let worst = |figure: fn(&Sorted) -> Option<f64>| {
        blocks.iter().filter_map(figure).max_by(f64::total_cmp).map(|us| us / 1_000.0)
    };
    let measured = worst(|block| block.timing.flush_us).zip(worst(|block| block.timing.wake_us));
    let figures = match measured {
        Some((flush, wake)) => {
            text!(language, "report-indirect-frame-took-flush-ms", flush = one(flush), wake = one(wake))
        }
        None => text!(language, "report-indirect-neither-frames-nor-keys"),
    };
    let figures = match worst(|block| block.timing.reply_us) {
        Some(reply) => {
            text!(language, "report-indirect-figures-terminal-answered-within", figures, reply = one(reply))
        }
        None => figures,
    };
    let connection = blocks.iter().map(|block| block.timing.connection).max_by_key(|place| *place as u8);
    let place = match connection.unwrap_or_default() {
        Connection::Local => String::new(),
        Connection::Multiplexed => text!(language, "report-indirect-terminal-ran-inside-another"),
        Connection::Remote => text!(language, "report-indirect-keys-came-over-network"),
        Connection::Browser => {
            let clocks = blocks.iter().filter_map(|block| block.timing.clock);
            match clocks.map(|clock| clock.verdict()).max() {
                Some(ClockVerdict::Dropped) => text!(language, "report-indirect-browser-dropped"),
                Some(ClockVerdict::Coarse) => text!(language, "report-indirect-browser-coarse"),
                Some(ClockVerdict::Good) | None => text!(language, "report-indirect-browser-good"),
            }
        }
    };
    text!(language, "report-indirect-timing-figures-what-keyboard", figures, place)
}
