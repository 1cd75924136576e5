//! Small studies whose findings can be worked out with a pencil.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::measured::{Member, ModelCall};
use super::*;
use crate::classify::features::FeatureSet;
use crate::classify::misclassification::{Assignment, Misclassification};
use crate::classify::reference::FeaturePlan;
use crate::classify::session::Evidence;
use crate::classify::strength::Strengths;
use crate::gap::{Gap, GapReason, IndirectMeasure, Sentiment as Side, Verdict};
use crate::instrument::{Instrument, Language, Perspective, RelationalModel, shipped};
use crate::interview::SessionState;
use crate::measures::timed::Exclusion;
use crate::measures::{Norms, Parts};
use RelationalModel::{CommunalSharing as CS, EqualityMatching as EM, MarketPricing as MP};

mod models;
mod outcomes;
mod published;
mod sentences;
mod twice;

fn instrument() -> Arc<Instrument> {
    Arc::new(shipped::read("customer-interview").unwrap().instrument.unwrap())
}

fn english() -> Language {
    Language::new("en")
}

/// A finished session of a real customer who said nothing yet.
fn customer(number: usize, instrument: &Instrument) -> Member {
    let facts = Facts {
        id: format!("s{number}"),
        respondent: format!("R{number}"),
        interviewer: None,
        instrument: instrument.name.clone(),
        version: instrument.version.clone(),
        hash: instrument.hash.clone(),
        seed: number as u64,
        begun: 1_767_600_000_000 + number as i64 * 86_400_000,
        language: "en".into(),
        mode: "screen".into(),
        state: SessionState::Finished,
        test: false,
        simulated: false,
        imported_from: None,
    };
    let points = vec![Vec::new(); instrument.scales.len()];
    let digest = Digest { parts: Parts { points, ..Parts::default() }, ..Digest::default() };
    Member {
        facts,
        digest,
        own: None,
        other: None,
        assigned: None,
        gap: None,
        party: crate::instrument::Party::Customer,
        organisation: None,
    }
}

fn says(member: &mut Member, instrument: &Instrument, scale: &str, points: &[f64]) {
    let index = instrument.scales.iter().position(|known| known.name == scale).unwrap();
    member.digest.parts.points[index] = points.iter().copied().map(Some).collect();
}

fn uses(model: RelationalModel, probability: f64, uncertain: bool) -> Option<ModelCall> {
    let mut probabilities = [(1.0 - probability) / 3.0; 4];
    probabilities[model.index()] = probability;
    Some(ModelCall {
        probabilities,
        dominant: model,
        answers: model,
        uncertain,
        rates_tell: !uncertain,
        nothing: false,
        low: false,
        parted: false,
        learnt: false,
        basis: "by hand".into(),
    })
}

fn study(members: Vec<Member>, instrument: &Arc<Instrument>) -> Measured {
    Measured {
        instruments: BTreeMap::from([(instrument.hash.clone(), instrument.clone())]),
        members,
        norms: BTreeMap::from([((instrument.hash.clone(), "terminal".to_owned()), Norms::none())]),
        assumed: [0.25; 4],
        metadata: Metadata::default(),
        plans: Vec::new(),
    }
}

fn report(members: Vec<Member>, instrument: &Arc<Instrument>) -> StudyReport {
    StudyReport::build(&study(members, instrument), &Filter::default(), &english())
}

#[test]
fn satisfied_but_leaving() {
    let instrument = instrument();
    // Mark and wish to stay; its midpoint on 1–7 is 4.
    let rows = [(9.0, 6.0), (8.0, 4.0), (10.0, 2.5), (8.0, 3.5), (7.0, 5.0), (5.0, 1.0), (5.5, 4.0)];
    let members = rows.iter().enumerate().map(|(number, (mark, stays))| {
        let mut member = customer(number, &instrument);
        says(&mut member, &instrument, "csat", &[*mark]);
        says(&mut member, &instrument, "staying", &[stays - 0.5, stays + 0.5]);
        member
    });
    let leaving = report(members.collect(), &instrument).leaving.unwrap();
    let counts: Vec<Vec<usize>> =
        leaving.table.iter().map(|row| row.iter().filter_map(|cell| cell.count()).collect()).collect();
    assert_eq!(counts, [[1, 1, 2], [1, 1, 0], [0, 0, 1]]);
    assert_eq!((leaving.n, leaving.satisfied_leaving), (7, ShownCount::Count(2)));
    assert!((leaving.share.unwrap().value - 0.5).abs() < 1e-12);
}

/// What a classifier takes somebody for who errs once in five times with each model, for another as often as for any.
fn taken(probabilities: [f64; 4]) -> Option<Assignment> {
    let rows = std::array::from_fn(|s| std::array::from_fn(|t| if s == t { 0.8 } else { 0.2 / 3.0 }));
    let errors = Arc::new(Misclassification { rows, covariance: [[[0.0; 4]; 4]; 4] });
    Some(Assignment { probabilities, errors })
}

fn of(report: &StudyReport, outcome: DistalOutcome) -> &OutcomeLine {
    report.experience.outcomes.iter().find(|line| line.outcome == outcome).unwrap()
}

fn gap(said: f64, associated: f64, p: f64) -> Gap {
    let at = |value: f64| Some(Side { value, se: 0.1 });
    let verdict = match (said > 0.396, said < -0.396, associated > 0.396, associated < -0.396) {
        (true, _, _, true) => Verdict::Masked,
        (_, true, true, _) => Verdict::Latent,
        (true, _, true, _) => Verdict::AlignedPositive,
        (_, true, _, true) => Verdict::AlignedNegative,
        _ => Verdict::Indeterminate,
    };
    Gap {
        explicit: at(said),
        indirect: at(associated),
        indirect_measure: Some(IndirectMeasure::Association),
        beside: None,
        sign_conflict: false,
        leaning: false,
        p: Some(p),
        z_gap: None,
        reliable: false,
        rare: false,
        relative_gap: None,
        norm: "none",
        verdict,
        reason: None,
    }
}

#[test]
fn conflicts_beside_what_chance_would_give() {
    let instrument = instrument();
    let gaps = [
        gap(0.5, -0.5, 0.001),
        gap(0.5, -0.5, 0.02),
        gap(0.5, 0.5, 0.99),
        gap(0.1, 0.4, 0.3),
        gap(-0.6, 0.5, 0.004),
    ];
    let members: Vec<Member> = gaps
        .into_iter()
        .enumerate()
        .map(|(number, gap)| Member { gap: Some((gap, None)), ..customer(number, &instrument) })
        .collect();
    let gaps = report(members, &instrument).gaps;
    assert_eq!(gaps.n, 5);
    let four = gaps.quadrants;
    assert_eq!(
        [four.both_warm, four.says_warm, four.associates_warm, four.both_cold],
        [2, 2, 1, 0].map(ShownCount::Count)
    );
    // Adjusted by Benjamini and Hochberg: .005, .0333, .99, .375, .01: all three conflicts stay at 5 %.
    assert_eq!((gaps.masked.found, gaps.masked.discoveries), (ShownCount::Count(2), ShownCount::Count(2)));
    assert_eq!((gaps.latent.found, gaps.latent.discoveries), (ShownCount::Count(1), ShownCount::Count(1)));
    // Four say warm, each with Φ(−1.96 − 2). Three say clearly warm and two associate clearly cold: 3 · 2 / 5.
    assert!((gaps.masked.by_error.unwrap() - 0.000_149_899_526_764).abs() < 1e-12);
    assert!((gaps.masked.if_unrelated.unwrap() - 1.2).abs() < 1e-12);
    assert!((gaps.latent.if_unrelated.unwrap() - 0.6).abs() < 1e-12);
}

#[test]
fn a_reason_without_a_verdict_is_the_same_for_whoever_has_it() {
    let instrument = instrument();
    let place = crate::measures::timed::BlockRef::new(0, crate::measures::timed::BlockSide::A);
    let members = [36, 37].map(|errors| {
        let why = Exclusion::TooManyErrors { place, errors, of: 72, most_percent: 25 };
        let gap = Gap { indirect: None, verdict: Verdict::NoVerdict, ..gap(0.5, 0.5, 0.5) };
        Member { gap: Some((gap, Some(GapReason::Excluded(why)))), ..customer(errors, &instrument) }
    });
    let reasons = report(members.into(), &instrument).gaps.no_verdict;
    assert_eq!(reasons.len(), 1);
    assert_eq!(
        (reasons[0].name.as_str(), &reasons[0].n),
        ("Too many mistakes in timed sorting", &ShownCount::Count(2))
    );
}

#[test]
fn fishers_interval_of_a_half() {
    // r = .5 of 28 pairs: tanh(.549306 ± 1.959964/5) = .156 and .736. Any such pairs do; only r and n matter.
    let (x, y): (Vec<f64>, Vec<f64>) = (0..28)
        .map(|at| (f64::from(at % 2), f64::from(at % 4 != 0 && at % 4 != 3 || at % 8 == 0 || at % 8 == 7)))
        .unzip();
    let r = crate::psychometrics::descriptive::correlation(&x, &y).unwrap();
    let found = estimate::fisher(&x, &y).unwrap();
    let half = 1.959_964 / 5.0;
    assert!((found.low - (r.atanh() - half).tanh()).abs() < 1e-6);
    assert!((found.high - (r.atanh() + half).tanh()).abs() < 1e-6);
    assert!(
        (f64::tanh(0.549_306 - half) - 0.156).abs() < 1e-3
            && (f64::tanh(0.549_306 + half) - 0.736).abs() < 1e-3
    );
    assert_eq!(estimate::fisher(&x[..3], &y[..3]), None);
}

#[test]
fn how_it_is_meant_against_how_it_is_used() {
    let instrument = instrument();
    let sides = [(CS, MP), (CS, MP), (CS, CS), (EM, MP), (MP, MP)];
    let members: Vec<Member> = sides
        .iter()
        .enumerate()
        .map(|(number, (seen, own))| {
            let mut member = customer(number, &instrument);
            member.digest.seen = Some(*seen);
            Member { own: uses(*own, 0.7, false), ..member }
        })
        .collect();
    let paradoxes = report(members, &instrument).paradoxes;
    assert_eq!(paradoxes.len(), 1);
    let found = &paradoxes[0];
    let counts = |lines: &[PartLine]| lines.iter().map(|line| line.n).collect::<Vec<_>>();
    assert_eq!(counts(&found.meant), [3, 0, 1, 1].map(ShownCount::Count));
    assert_eq!(counts(&found.used), [1, 0, 0, 4].map(ShownCount::Count));
    assert_eq!(found.table.as_ref().unwrap()[CS.index()], [1, 0, 0, 2].map(ShownCount::Count));
    assert_eq!((found.same, found.basis), (Some(ShownCount::Count(2)), ParadoxBasis::Customers));
}

#[test]
fn who_does_not_count_is_counted() {
    let instrument = instrument();
    let mut members: Vec<Member> = (0..8).map(|number| customer(number, &instrument)).collect();
    members[0].facts.test = true;
    members[1].facts.simulated = true;
    members[2].facts.state = SessionState::Withdrawn;
    members[3].facts.state = SessionState::Open;
    members[4].digest.refused = true;
    members[5].facts.instrument = "another".into();
    members[6].facts.interviewer = Some("I1".into());
    let measured = study(members, &instrument);
    let sample = StudyReport::build(&measured, &Filter::default(), &english()).sample;
    assert_eq!((sample.complete, sample.open, sample.withdrawn, sample.refused), (2, 1, 1, 1));
    assert_eq!((sample.tests, sample.other_source, sample.other_instruments), (1, 1, 1));
    let filter = Filter { interviewer: Some("I1".into()), ..Filter::default() };
    let sample = StudyReport::build(&measured, &filter, &english()).sample;
    assert_eq!((sample.complete, sample.filtered_out), (1, 3));
    let simulated = Filter { source: Some(Source::Simulated), ..Filter::default() };
    let report = StudyReport::build(&measured, &simulated, &english());
    assert!(report.simulated && report.sample.complete == 1);
    // Days are UTC, and both ends count.
    let filter =
        Filter { from: Some("2026-01-12".into()), to: Some("2026-01-12".into()), ..Filter::default() };
    assert_eq!(StudyReport::build(&measured, &filter, &english()).sample.complete, 1);
}

#[test]
fn words_are_taken_together_by_person() {
    let instrument = instrument();
    // Of twelve the first names three words, the others one; four have both sides.
    let members = (0..12).map(|number| {
        let mut member = customer(number, &instrument);
        let valences: &[f64] = if number == 0 { &[3.0, -3.0, 0.0] } else { &[-1.0] };
        let word = |(at, valence): (usize, &f64)| AssociatedWord {
            text: format!("word {at}"),
            rank: at + 1,
            valence: Some(*valence),
        };
        member.digest.words = valences.iter().enumerate().map(word).collect();
        Member { gap: (number < 4).then(|| (gap(0.5, 0.5, 0.01), None)), ..member }
    });
    let whole = report(members.collect(), &instrument);
    let found = whole.words_valence.unwrap();
    let mean = found.mean.unwrap();
    assert_eq!((found.n, found.side), (ShownCount::Count(12), Some(ValenceSide::Unpleasant)));
    assert!((mean.value + 11.0 / 12.0).abs() < 1e-12 && mean.low < mean.value && mean.high < 0.0, "{mean:?}");
    // A mean, less the words that are shown, would be somebody's, and how many placed none would be a small cell.
    let public = whole.publishable(Privacy::default());
    let published = public.words_valence.unwrap();
    assert_eq!((published.n, published.mean, published.side), (ShownCount::Hidden, None, found.side));
    assert_eq!((whole.gaps.n, whole.gaps.too_few), (4, false));
    assert_eq!((public.gaps.n, public.gaps.too_few), (0, true));
}

#[test]
fn a_few_interviews_are_no_finding() {
    let instrument = instrument();
    let members: Vec<Member> =
        (0..3).map(|number| Member { own: uses(MP, 0.9, false), ..customer(number, &instrument) }).collect();
    let summary = report(members, &instrument).summary(&english());
    assert_eq!(summary.len(), 1, "{summary:?}");
    assert!(summary[0].contains("3 complete interviews"), "{summary:?}");
}

#[test]
fn leading_models_are_told_with_what_they_assume() {
    let instrument = instrument();
    let people = |n: usize, learnt: bool| {
        let members = (0..n).map(|number| {
            let mut member = customer(number, &instrument);
            member.digest.seen = Some(CS);
            let call = uses(if number % 4 == 0 { CS } else { MP }, 0.8, false);
            Member { own: call.map(|call| ModelCall { learnt, ..call }), ..member }
        });
        report(members.collect(), &instrument).summary(&english())
    };
    // Twelve have no estimate: the leading models say so, and what they rest on; no paradox is made of them.
    let few = people(12, false);
    assert!(few[0].starts_with("Taken one by one, the answers of 75"), "{few:?}");
    assert!(few[0].contains("equally easily"), "{few:?}");
    assert!(few[1..].iter().all(|line| !line.contains('%')), "{few:?}");
    let taught = &people(12, true)[0];
    assert!(
        !taught.contains("equally easily") && taught.contains("learnt from this study’s own"),
        "{taught}"
    );
}

#[test]
fn a_paradox_is_announced_where_one_was_found() {
    let estimate = |value: f64| Some(IntervalEstimate { value, low: value - 0.1, high: value + 0.1 });
    let line = |model, share, estimated| PartLine { model, n: ShownCount::Count(50), share, estimated };
    let of = |meant: f64, used: f64, people: usize| {
        let lines = |cs: f64, mp: f64| {
            let share = |model| if model == CS { cs } else { mp };
            RelationalModel::ALL
                .map(|model| line(model, estimate(share(model)), estimate(share(model))))
                .to_vec()
        };
        let paradox = Paradox {
            basis: ParadoxBasis::Customers,
            n_meant: 100,
            n_used: 100,
            untold: ShownCount::Count(0),
            meant: lines(meant, 0.1),
            used: lines(used, 0.5),
            table: None,
            same: None,
            same_share: None,
            agreement: None,
            respondents: Respondents::of((0..100).map(|session| session % people)),
        };
        ["en", "nl"].map(|language| super::words::of_paradox(&paradox, &Language::new(language)).unwrap())
    };
    let [english, dutch] = of(0.6, 0.2, 100);
    assert!(
        english.starts_with("The paradox: 60") && dutch.starts_with("De paradox: 60"),
        "{english} {dutch}"
    );
    assert!(english.contains("of the customers say") && dutch.contains("van de klanten zegt"), "{english}");
    // Which two of the three are compared is said.
    let [english, dutch] = of(0.3, 0.2, 100);
    assert!(!english.contains("paradox") && !dutch.contains("paradox"), "{english} {dutch}");
    assert!(
        english.ends_with("That the 30\u{a0}% and the 20\u{a0}% are apart cannot be told from this."),
        "{english}"
    );
    assert!(
        dutch.ends_with("Dat die 30\u{a0}% en die 20\u{a0}% uiteenlopen, is hieruit niet te zeggen."),
        "{dutch}"
    );
    let [english, dutch] = of(0.2, 0.6, 100);
    assert!(
        english.ends_with("The 20\u{a0}% are fewer than the 60\u{a0}%, by more than chance."),
        "{english}"
    );
    assert!(
        dutch.ends_with("Die 20\u{a0}% is minder dan die 60\u{a0}%, en dat is meer dan toeval."),
        "{dutch}"
    );
    // Sessions of people who come again are no people.
    let [english, dutch] = of(0.6, 0.2, 50);
    assert!(!english.contains("of the customers") && english.contains("of the sessions"), "{english}");
    assert!(!dutch.contains("van de klanten") && dutch.contains("van de sessies"), "{dutch}");
}
