//! `sc_iat`: the single-category implicit association test (Karpinski and Steinman 2006). Two stages of a practice and a test
//! block; in one the organisation shares its key with pleasant words, in the other with unpleasant ones.
//!
//! The seed alone decides which stage comes first, which key pleasant words have, and every order; the language and the answers
//! have no influence. A block is one reply, so an interrupted one begins again as a whole.

use super::{
    DataColumn, Datum, DrawnOrder, Feed, ItemDraft, Key, Kind, Level, Question, Simulated, Step, Voice,
    WhyMissing,
};
use crate::instrument::phrases;
use crate::instrument::prompt::{
    Ask, Category, Connection, Input, Pairing, Reply, SortBlock, SortKey, SortTrial, Sorted, Timing,
    WINDOW_MS,
};
use crate::instrument::table::read_text;
use crate::instrument::text::Text;
use crate::rng::Rng;

pub(super) const KIND: Kind = Kind {
    id: "sc_iat",
    about: "words sorted by two keys against the clock: the timed indirect measure",
    read,
};

/// Two stages of practice and test.
const BLOCKS: usize = 4;
/// Trials of a practice block.
const PRACTICE: usize = 24;
/// Words of one sort: enough that none has to follow itself, few enough that all are seen in practice.
const WORDS: std::ops::RangeInclusive<usize> = 2..=20;

#[derive(Debug)]
struct ScIat {
    name: String,
    words: [Vec<Text>; 3],
    labels: [Option<Text>; 3],
    test: usize,
    scale: Option<usize>,
}

fn read(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let words = ["organisation", "good", "bad"].map(|key| read_words(draft, key));
    twice(draft, &words);
    let labels = ["category", "good_category", "bad_category"].map(|key| draft.table.text(key, draft.out));
    let test = match draft.table.string("form", draft.out) {
        None | Some(("long", _)) => 72,
        Some(("short", _)) => 48,
        Some((form, span)) => {
            let message =
                format!("there is no form `{form}`: it is \"long\" (72 trials a test) or \"short\" (48)");
            draft.out.error("value.unknown", span, message);
            72
        }
    };
    let scale = draft.scale();
    let whole = words.iter().all(|words| WORDS.contains(&words.len()));
    whole.then(|| {
        Box::new(ScIat { name: draft.name.clone(), words, labels, test, scale }) as Box<dyn Question>
    })
}

fn read_words(draft: &mut ItemDraft, key: &'static str) -> Vec<Text> {
    let source = draft.table.source();
    let mut words = Vec::new();
    for value in draft.table.list(key) {
        words.extend(read_text(source, value, "a word to be sorted", draft.out));
    }
    if !WORDS.contains(&words.len()) {
        let (least, most) = (WORDS.start(), WORDS.end());
        let message = format!(
            "item `{}` needs {least} to {most} words in `{key}`, and it has {}",
            draft.name,
            words.len()
        );
        let code = if words.len() < *least { "list.too-short" } else { "list.too-long" };
        draft.out.error(code, draft.table.place(key), message);
    }
    words
}

/// A word in two lists has no right answer, and a repeated one in a list may follow itself.
fn twice(draft: &mut ItemDraft, words: &[Vec<Text>; 3]) {
    for language in draft.out.languages.clone() {
        let mut seen: Vec<String> = Vec::new();
        for word in words.iter().flatten().map(|text| text.raw(&language).to_lowercase()) {
            if seen.contains(&word) {
                let message = format!("`{word}` is to be sorted twice in item `{}` ({language})", draft.name);
                draft.out.error("name.twice", draft.span(), message);
            }
            seen.push(word);
        }
    }
}

impl ScIat {
    /// The block at this place, in words and order of this session.
    fn block(&self, at: usize, voice: &dyn Voice) -> SortBlock {
        let mut rng = voice.rng();
        let first = if rng.chance(0.5) { Pairing::Good } else { Pairing::Bad };
        let good = if rng.chance(0.5) { SortKey::Left } else { SortKey::Right };
        let pairing = if at < BLOCKS / 2 { first } else { first.other() };
        let organisation = match pairing {
            Pairing::Good => good,
            Pairing::Bad => good.other(),
        };
        let test = at % 2 == 1;
        // Each block has its own random stream, so that the order of later ones doesn't depend on the length of earlier ones.
        for _ in 0..at {
            rng.bits();
        }
        let drawn = drawn(
            if test { self.test } else { PRACTICE },
            pairing,
            self.words.each_ref().map(Vec::len),
            &mut Rng::new(rng.bits()),
        );
        let trial = |(category, word): (Category, usize)| SortTrial {
            stimulus: self.words[category as usize].get(word).map(|text| voice.say(text)).unwrap_or_default(),
            category,
            key: match category {
                Category::Organisation => organisation,
                Category::Good => good,
                Category::Bad => good.other(),
            },
        };
        let names = |side: SortKey| {
            let mut names = Vec::new();
            names.extend((organisation == side).then(|| self.label(Category::Organisation, voice)));
            let valence = if good == side { Category::Good } else { Category::Bad };
            names.push(self.label(valence, voice));
            names
        };
        SortBlock {
            number: at + 1,
            of: BLOCKS,
            test,
            pairing,
            organisation,
            left: names(SortKey::Left),
            right: names(SortKey::Right),
            trials: drawn.into_iter().map(trial).collect(),
        }
    }

    fn label(&self, category: Category, voice: &dyn Voice) -> String {
        let own = self.labels[category as usize].as_ref();
        match (own, category) {
            (Some(own), _) => voice.say(own),
            (None, Category::Organisation) => {
                self.words[0].first().map(|word| voice.say(word)).unwrap_or_default()
            }
            (None, Category::Good) => voice.say(&phrases::good()),
            (None, Category::Bad) => voice.say(&phrases::bad()),
        }
    }

    fn blocks(given: &[Reply]) -> impl Iterator<Item = &Sorted> {
        given.iter().filter_map(|reply| match reply.input() {
            Some(Input::Sorted(sorted)) => Some(sorted),
            _ => None,
        })
    }

    /// Why a block is missing.
    fn why(given: &[Reply]) -> WhyMissing {
        match given.iter().find(|reply| !matches!(reply, Reply::Given(Input::Sorted(_)))) {
            Some(Reply::Declined) => WhyMissing::Declined,
            Some(Reply::DontKnow) => WhyMissing::DontKnow,
            Some(Reply::Given(Input::NotTimed)) => WhyMissing::NotTimed,
            _ => WhyMissing::NotAnswered,
        }
    }
}

/// Categories and words of a block's trials: organisation, its companion and the other as 7 : 7 : 10, so that neither key is
/// right too often; every word of a sort once before any comes again; no word straight after itself.
fn drawn(trials: usize, pairing: Pairing, words: [usize; 3], rng: &mut Rng) -> Vec<(Category, usize)> {
    let (same, other) = match pairing {
        Pairing::Good => (Category::Good, Category::Bad),
        Pairing::Bad => (Category::Bad, Category::Good),
    };
    let part = trials * 7 / 24;
    let mut categories = vec![Category::Organisation; part];
    categories.resize(2 * part, same);
    categories.resize(trials, other);
    let order = rng.order(trials);
    let mut decks: [Vec<usize>; 3] = Default::default();
    let mut last = [None; 3];
    let mut deal = |category: Category| {
        let index = category as usize;
        if decks[index].is_empty() {
            decks[index] = rng.order(words[index]);
            // Dealt from the end; a word that would repeat goes to the bottom.
            if decks[index].last().copied() == last[index] {
                decks[index].rotate_right(1);
            }
        }
        let word = decks[index].pop().unwrap_or(0);
        last[index] = Some(word);
        (category, word)
    };
    order.into_iter().filter_map(|at| categories.get(at).copied()).map(&mut deal).collect()
}

/// What is recorded of each test block, after the item's name and the pairing.
const OF_A_BLOCK: [&str; 6] = ["n", "errors", "missed", "ms", "early", "repeats"];
/// Columns before those of the blocks.
const BEFORE: usize = 3;

fn of_a_block(sorted: &Sorted) -> [Option<f64>; 6] {
    let answered = sorted.trials.iter().filter(|trial| trial.key.is_some()).count() as f64;
    let wrong = sorted.trials.iter().filter(|trial| trial.key.is_some() && !trial.correct()).count() as f64;
    let right: Vec<f64> =
        sorted.trials.iter().filter(|trial| trial.correct()).filter_map(|trial| trial.ms).collect();
    let mean = (!right.is_empty()).then(|| right.iter().sum::<f64>() / right.len() as f64);
    let share = (answered > 0.0).then(|| wrong / answered);
    let missed = sorted.trials.len() as f64 - answered;
    [
        Some(answered),
        share,
        Some(missed),
        mean,
        Some(f64::from(sorted.early)),
        Some(f64::from(sorted.repeats)),
    ]
}

impl Question for ScIat {
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step> {
        // After a refusal, or where timing is impossible, the other blocks are not asked.
        let done = Self::blocks(given).count();
        if done < given.len() || done >= BLOCKS {
            return None;
        }
        let text = match done {
            0 => None,
            2 => Some(voice.say(&phrases::sides_change())),
            _ => Some(voice.say(&phrases::now_it_counts())),
        };
        Some(Step { text, hint: None, ask: Ask::Sort(self.block(done, voice)) })
    }

    fn drawn(&self) -> Option<DrawnOrder> {
        Some(DrawnOrder::Sorting)
    }

    fn columns(&self) -> Vec<DataColumn> {
        let column = |what: &str, level| DataColumn {
            name: format!("{}_{what}", self.name),
            label: None,
            level,
            values: vec![],
        };
        let mut columns = vec![
            column("first", Level::Nominal),
            column("good_key", Level::Nominal),
            column("timing", Level::Nominal),
        ];
        for pairing in Pairing::ALL {
            let name = |what: &&str| column(&format!("{}_{what}", pairing.name()), Level::Scale);
            columns.extend(OF_A_BLOCK.iter().map(name));
        }
        columns.push(column("flush_us", Level::Scale));
        columns.push(column("wake_us", Level::Scale));
        columns.push(column("reply_us", Level::Scale));
        columns
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        let missing = Datum::Missing(Self::why(given));
        let number = |value: Option<f64>| value.map_or(missing.clone(), Datum::Number);
        let word = |word: Option<&str>| word.map_or(missing.clone(), |word| Datum::Text(word.to_owned()));
        let first = Self::blocks(given).next();
        let good_key = first.map(|sorted| match sorted.pairing {
            Pairing::Good => sorted.organisation,
            Pairing::Bad => sorted.organisation.other(),
        });
        let worst = Self::blocks(given).map(|sorted| sorted.timing.connection).max_by_key(|c| *c as u8);
        let mut record = vec![
            word(first.map(|sorted| sorted.pairing.name())),
            word(good_key.map(SortKey::name)),
            word(worst.map(Connection::name)),
        ];
        for pairing in Pairing::ALL {
            let block = self.sorted(pairing, given).map(of_a_block);
            record.extend((0..OF_A_BLOCK.len()).map(|at| number(block.and_then(|block| block[at]))));
        }
        // The timing quality of a task is that of its worst block.
        let slowest = |figure: fn(&Timing) -> Option<f64>| {
            Self::blocks(given).filter_map(|sorted| figure(&sorted.timing)).max_by(f64::total_cmp)
        };
        record.push(number(slowest(|timing| timing.flush_us)));
        record.push(number(slowest(|timing| timing.wake_us)));
        record.push(number(slowest(|timing| timing.reply_us)));
        record
    }

    fn feeds(&self) -> Vec<Feed> {
        let Some(scale) = self.scale else { return Vec::new() };
        let feed = |pairing: Pairing| Feed {
            scale,
            column: BEFORE + pairing as usize * OF_A_BLOCK.len(),
            key: Key::Sorted(pairing),
        };
        Pairing::ALL.map(feed).to_vec()
    }

    fn sorted<'a>(&self, pairing: Pairing, given: &'a [Reply]) -> Option<&'a Sorted> {
        Self::blocks(given).find(|sorted| sorted.test && sorted.pairing == pairing)
    }

    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String {
        match (Self::blocks(given).count(), given.last()) {
            (BLOCKS, _) => voice.say(&phrases::sorted()),
            (_, Some(Reply::Given(Input::NotTimed))) => voice.say(&phrases::not_timed()),
            _ => String::new(),
        }
    }

    fn simulate(&self, ask: &Ask, _: &[Reply], sim: &mut Simulated) -> Reply {
        let Ask::Sort(block) = ask else { return Reply::Declined };
        // One draw from the common stream, however long the block.
        let mut rng = Rng::new(sim.rng.bits());
        let pressed: Vec<Option<(SortKey, f64)>> = block
            .trials
            .iter()
            .map(|trial| {
                let (ms, correct) = sim.persona.sort(&mut rng, block.pairing);
                let key = if correct { trial.key } else { trial.key.other() };
                (ms <= WINDOW_MS).then_some((key, ms))
            })
            .collect();
        Reply::Given(Input::Sorted(block.sorted(pressed)))
    }
}

#[cfg(test)]
mod tests;
