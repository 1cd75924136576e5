//! The trial lists over many seeds, and what the shipped stimuli must hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::instrument::{Instrument, Language, shipped};
use crate::interview::{Event, Interview, Stage, Start};

fn instrument(form: &str) -> Arc<Instrument> {
    let text = format!(
        "format = 1\nname = \"t\"\nversion = \"1\"\nlanguages = [\"en\", \"nl\"]\nlabel = {{ en = \"L\", nl = \"L\" }}\nminutes = 5\n\
         [fields.organisation]\nlabel = {{ en = \"O\", nl = \"O\" }}\n\
         [[groups]]\nname = \"g\"\nlabel = {{ en = \"G\", nl = \"G\" }}\n\
         [[groups.items]]\nname = \"s\"\nkind = \"sc_iat\"\nform = \"{form}\"\nlabel = {{ en = \"S\", nl = \"S\" }}\n\
         organisation = [{{ en = \"{{organisation}}\", nl = \"{{organisation}}\" }}, {{ en = \"at {{organisation}}\", nl = \"bij {{organisation}}\" }}]\n\
         good = [{{ en = \"joy\", nl = \"lief\" }}, {{ en = \"sun\", nl = \"mooi\" }}, {{ en = \"pal\", nl = \"maat\" }}]\n\
         bad = [{{ en = \"war\", nl = \"haat\" }}, {{ en = \"ill\", nl = \"ziek\" }}]\n"
    );
    Arc::new(Instrument::read_stored(&text).instrument.unwrap())
}

fn begun(instrument: &Arc<Instrument>, seed: u64, language: &str, about: &str) -> Interview {
    let fields = BTreeMap::from([("organisation".to_owned(), about.to_owned())]);
    let start = Start { seed, language: Language::new(language), fields, at: 0, offset: None };
    Interview::new(instrument.clone(), start)
}

fn asked(interview: &Interview) -> Option<SortBlock> {
    match interview.stage() {
        Stage::Ask(asked) => match asked.prompt.ask {
            Ask::Sort(block) => Some(block),
            _ => None,
        },
        _ => None,
    }
}

/// The four blocks of a session; `ms` is how long each answer takes.
fn blocks(mut interview: Interview, ms: f64) -> Vec<SortBlock> {
    let mut blocks = Vec::new();
    while let Some(block) = asked(&interview) {
        let done = block.sorted(block.trials.iter().map(|trial| Some((trial.key, ms))));
        let event = Event::Answered {
            item: "s".into(),
            step: blocks.len(),
            reply: Reply::Given(Input::Sorted(done)),
        };
        interview.apply(1, event).unwrap();
        blocks.push(block);
    }
    assert!(matches!(interview.stage(), Stage::Review(_)));
    blocks
}

#[test]
fn every_block_is_balanced_and_no_word_follows_itself() {
    for (form, test, parts) in [("long", 72, [21, 21, 30]), ("short", 48, [14, 14, 20])] {
        let instrument = instrument(form);
        for seed in 0..60 {
            for block in blocks(begun(&instrument, seed, "en", "Acme"), 600.0) {
                let (length, [organisation, same, other]) =
                    if block.test { (test, parts) } else { (24, [7, 7, 10]) };
                assert_eq!(block.trials.len(), length);
                let count = |category| block.trials.iter().filter(|trial| trial.category == category).count();
                let (with, against) = match block.pairing {
                    Pairing::Good => (Category::Good, Category::Bad),
                    Pairing::Bad => (Category::Bad, Category::Good),
                };
                assert_eq!(
                    [count(Category::Organisation), count(with), count(against)],
                    [organisation, same, other]
                );
                let on_its_key = |trial: &SortTrial| {
                    (trial.key == block.organisation)
                        == (trial.category == Category::Organisation || trial.category == with)
                };
                assert!(block.trials.iter().all(on_its_key));
                assert!(block.trials.windows(2).all(|two| two[0].stimulus != two[1].stimulus), "seed {seed}");
            }
        }
    }
}

#[test]
fn words_of_a_sort_come_equally_often() {
    for block in blocks(begun(&instrument("long"), 3, "en", "Acme"), 600.0) {
        let mut counts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for trial in &block.trials {
            *counts.entry((trial.category as usize, &trial.stimulus)).or_default() += 1;
        }
        for category in 0..3 {
            let of = counts.iter().filter(|((known, _), _)| *known == category).map(|(_, count)| *count);
            let (least, most) = (of.clone().min().unwrap(), of.max().unwrap());
            assert!(most - least <= 1, "{counts:?}");
        }
    }
}

#[test]
fn stage_order_and_sides_are_counterbalanced_over_seeds() {
    let instrument = instrument("short");
    let mut cells: BTreeMap<(bool, bool), usize> = BTreeMap::new();
    for seed in 0..400 {
        let blocks = blocks(begun(&instrument, seed, "en", "Acme"), 600.0);
        assert_eq!(blocks.iter().map(|block| block.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(blocks.iter().map(|block| block.test).collect::<Vec<_>>(), [false, true, false, true]);
        assert_eq!(blocks[0].pairing, blocks[1].pairing);
        assert_eq!(blocks[2].pairing, blocks[1].pairing.other());
        // Good and bad keep their keys; the organisation changes sides between the stages.
        assert_eq!(blocks[0].organisation, blocks[3].organisation.other());
        let good_left =
            blocks[0].trials.iter().any(|t| t.category == Category::Good && t.key == SortKey::Left);
        *cells.entry((blocks[0].pairing == Pairing::Good, good_left)).or_default() += 1;
    }
    assert_eq!(cells.len(), 4);
    assert!(cells.values().all(|count| (70..=130).contains(count)), "{cells:?}");
}

#[test]
fn the_order_depends_on_the_seed_and_on_nothing_else() {
    let instrument = instrument("long");
    let order = |interview, ms| -> Vec<Vec<(Category, SortKey)>> {
        let of = |block: SortBlock| block.trials.iter().map(|trial| (trial.category, trial.key)).collect();
        blocks(interview, ms).into_iter().map(of).collect()
    };
    let mut seen = Vec::new();
    for seed in 0..20 {
        let reference = order(begun(&instrument, seed, "en", "Acme"), 600.0);
        assert_eq!(order(begun(&instrument, seed, "nl", "Bolt"), 1_400.0), reference, "seed {seed}");
        assert!(!seen.contains(&reference));
        seen.push(reference);
    }
}

#[test]
fn declining_or_not_being_timed_ends_the_task_and_is_recorded_as_such() {
    let instrument = instrument("short");
    let question = &instrument.items[0].question;
    for (reply, why) in [
        (Reply::Declined, WhyMissing::Declined),
        (Reply::DontKnow, WhyMissing::DontKnow),
        (Reply::Given(Input::NotTimed), WhyMissing::NotTimed),
    ] {
        let mut interview = begun(&instrument, 1, "en", "Acme");
        interview.apply(1, Event::Answered { item: "s".into(), step: 0, reply: reply.clone() }).unwrap();
        assert!(matches!(interview.stage(), Stage::Review(_)));
        let record = question.record(&[reply]);
        assert!(record.iter().all(|datum| *datum == Datum::Missing(why)), "{record:?}");
    }
    let record = question.record(&[]);
    assert!(record.iter().all(|datum| *datum == Datum::Missing(WhyMissing::NotAnswered)));
}

#[test]
fn what_was_sorted_is_recorded_block_by_block() {
    let instrument = instrument("short");
    let mut interview = begun(&instrument, 5, "en", "Acme");
    let mut step = 0;
    let mut first = None;
    while let Some(block) = asked(&interview) {
        let pressed = block.trials.iter().enumerate().map(|(at, trial)| match at {
            0 => None,
            1..=4 => Some((trial.key.other(), 900.0)),
            _ => Some((trial.key, 500.0)),
        });
        first.get_or_insert((block.pairing, block.organisation));
        let mut sorted = block.sorted(pressed);
        // The second block was timed worst, and only there did the terminal answer.
        sorted.timing.wake_us = Some(if step == 1 { 900.0 } else { 80.0 });
        sorted.timing.reply_us = (step == 1).then_some(1_500.0);
        let reply = Reply::Given(Input::Sorted(sorted));
        interview.apply(1, Event::Answered { item: "s".into(), step, reply }).unwrap();
        step += 1;
    }
    let data = interview.data(0);
    let columns = instrument.items[0].question.columns();
    let of = |name: &str| data[columns.iter().position(|column| column.name == name).unwrap()].clone();
    let (pairing, organisation) = first.unwrap();
    assert_eq!(of("s_first"), Datum::Text(pairing.name().into()));
    let good = if pairing == Pairing::Good { organisation } else { organisation.other() };
    assert_eq!(of("s_good_key"), Datum::Text(good.name().into()));
    assert_eq!(of("s_timing"), Datum::Text("local".into()));
    assert_eq!((of("s_wake_us"), of("s_reply_us")), (Datum::Number(900.0), Datum::Number(1_500.0)));
    assert!(matches!(of("s_flush_us"), Datum::Missing(_)));
    for pairing in ["good", "bad"] {
        assert_eq!(of(&format!("s_{pairing}_n")), Datum::Number(47.0));
        assert_eq!(of(&format!("s_{pairing}_errors")), Datum::Number(4.0 / 47.0));
        assert_eq!(of(&format!("s_{pairing}_missed")), Datum::Number(1.0));
        assert_eq!(of(&format!("s_{pairing}_ms")), Datum::Number(500.0));
    }
}

#[test]
fn good_and_bad_words_of_ours_are_matched_in_length() {
    for name in ["customer-interview", "account-self-assessment"] {
        let text = shipped::file(&format!("{name}.toml")).unwrap();
        let lengths = |key: &str, language: &str| -> Vec<usize> {
            let from = text.find(&format!("\n{key} = [")).unwrap();
            let list = &text[from..][..text[from..].find("\n]").unwrap()];
            let mark = format!("{language} = \"");
            let words = list.split(&mark).skip(1).map(|rest| rest.split('"').next().unwrap());
            words.map(|word| word.chars().count()).collect()
        };
        for language in ["en", "nl"] {
            assert_eq!(lengths("good", language), lengths("bad", language), "{name} {language}");
            assert_eq!(lengths("good", language).len(), 8);
        }
    }
}
