//! The position of zero is a convention: it alone must not make anyone masked or latent.

use std::collections::BTreeMap;
use std::sync::Arc;

use relata::classify::reference::Generator;
use relata::gap::{self, Gap, Verdict};
use relata::instrument::persona::Persona;
use relata::instrument::{Instrument, Language, shipped};
use relata::interview::{Event, Interview, Start, simulate};
use relata::measures::{Basis, Norms};
use relata::rng::Rng;
use serde_json::json;

fn start(seed: u64) -> Start {
    let fields = BTreeMap::from([("organisation".to_owned(), "Acme".to_owned())]);
    Start { seed, language: Language::new("en"), fields, at: 1_767_600_000_000, offset: None }
}

/// Simulated respondents of a shipped questionnaire, as `change` makes them.
fn people(name: &str, n: u64, change: impl Fn(&mut Persona)) -> (Arc<Instrument>, Vec<Interview>) {
    let instrument = Arc::new(shipped::read(name).unwrap().instrument.unwrap());
    let mut rng = Rng::for_purpose(n, "people");
    let walk = |seed| {
        let (mut persona, _) = Generator::default().persona(&mut rng);
        change(&mut persona);
        simulate::walk(instrument.clone(), start(seed), &persona).unwrap().interview
    };
    let interviews = (0..n).map(walk).collect();
    (instrument, interviews)
}

fn verdicts(interviews: &[Interview]) -> BTreeMap<&'static str, usize> {
    let norms = Norms::of(interviews, Basis::Study(interviews.len()));
    let mut found = BTreeMap::new();
    for interview in interviews {
        *found.entry(gap::compare(interview, &norms).0.verdict.name()).or_default() += 1;
    }
    found
}

fn share(found: &BTreeMap<&str, usize>, verdicts: [Verdict; 2]) -> f64 {
    let n: usize = verdicts.iter().filter_map(|verdict| found.get(verdict.name())).sum();
    n as f64 / found.values().sum::<usize>() as f64
}

#[test]
fn of_those_who_associate_as_they_say_at_most_one_in_twenty_is_called_otherwise() {
    for name in ["account-self-assessment", "customer-interview", "workshop-pulse"] {
        let (_, same) = people(name, 1_000, |persona| persona.association = persona.explicit);
        let found = verdicts(&same);
        let wrong = share(&found, [Verdict::Masked, Verdict::Latent]);
        assert!(wrong <= 0.05, "{name}: {found:?}");
        let (_, opposite) = people(name, 1_000, |persona| {
            persona.explicit = 2.0_f64.copysign(persona.explicit);
            persona.association = -persona.explicit;
        });
        let found = verdicts(&opposite);
        let seen = share(&found, [Verdict::Masked, Verdict::Latent]);
        assert!(seen > 4.0 * wrong.max(0.02), "{name}: a conflict is seldom seen: {found:?}");
    }
}

/// The gap of a respondent of the account self-assessment, who differs from the others only in stated and associated sentiment.
fn somebody(marks: [i64; 6], feels: [i64; 6], valence: i64) -> Gap {
    let (instrument, others) = people("account-self-assessment", 60, |_| ());
    let norms = Norms::of(&others, Basis::Study(others.len()));
    let (persona, _) = Generator::default().persona(&mut Rng::for_purpose(1, "somebody"));
    let walk = simulate::walk(instrument.clone(), start(1), &persona).unwrap();
    let items = ["satisfaction", "nps", "trust_word", "trust_open", "rec_speak", "rec_again"];
    let mut interview = Interview::new(instrument, start(1));
    for stamped in walk.events {
        let mut event = stamped.event;
        if let Event::Answered { item, reply, .. } = &mut event {
            let rated = match items.iter().position(|known| known == item) {
                Some(at) => Some(vec![marks[at]]),
                None if item == "feels" => Some(feels.to_vec()),
                None => None,
            };
            let value = serde_json::to_value(&*reply).unwrap();
            let words = value.pointer("/given/rated").and_then(|given| given.as_array());
            let rated = match words {
                Some(words) if item == "words" => Some(vec![valence; words.len()]),
                _ => rated,
            };
            if let Some(rated) = rated {
                *reply = serde_json::from_value(json!({ "given": { "rated": rated } })).unwrap();
            }
        }
        interview.apply(stamped.at, event).unwrap();
    }
    gap::compare(&interview, &norms).0
}

#[test]
fn nobody_is_called_masked_or_latent_by_the_zero_alone() {
    let conflict = |gap: &Gap| matches!(gap.verdict, Verdict::Masked | Verdict::Latent);
    // Feelings: contentment, worry, joy, anger, optimism, discontent; 1 is not at all, 2 a little.
    let middle = [[5, 5, 4, 4, 4, 4], [6, 5, 4, 4, 4, 4]];
    for (marks, feels) in middle.into_iter().flat_map(|marks| [(marks, [2; 6]), (marks, [3; 6])]) {
        for valence in [-3, -1, 0, 1, 3] {
            let gap = somebody(marks, feels, valence);
            assert!(!conflict(&gap) && gap.explicit.unwrap().value.abs() < 0.15, "{marks:?} {gap:?}");
        }
    }
    // A detractor who feels a little of each pleasant feeling and nothing unpleasant does not say warm.
    let detractor = |valence| somebody([5, 3, 3, 3, 2, 3], [2, 1, 2, 1, 2, 1], valence);
    for valence in [-3, -1, 1, 3] {
        let gap = detractor(valence);
        assert!(!conflict(&gap) && gap.explicit.unwrap().value < 0.0, "{gap:?}");
    }
    // Lukewarm: slightly above the middle everywhere. Stated sentiment is not clearly off zero, wherever zero is.
    for valence in [-3, -1, 1, 3] {
        let gap = somebody([6, 6, 5, 4, 5, 4], [2, 2, 2, 1, 2, 1], valence);
        assert!(!conflict(&gap), "{gap:?}");
    }
    // An enthusiast says warm whatever the zero, and is masked when every first word is bad.
    let gap = somebody([10, 10, 7, 7, 7, 7], [4, 1, 4, 1, 4, 1], 3);
    assert_eq!((gap.verdict, gap.leaning), (Verdict::AlignedPositive, false), "{gap:?}");
    assert_eq!(somebody([10, 10, 7, 7, 7, 7], [4, 1, 4, 1, 4, 1], -3).verdict, Verdict::Masked);
}
