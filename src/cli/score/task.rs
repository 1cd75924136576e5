//! From flags to a task: which rows to read, how a respondent's trials become a score, and what to say beside it.

use super::{AmpArgs, BiatArgs, IatArgs, NoResponse, ScIatArgs, TimedArgs};
use crate::cli::Failure;
use crate::import::table::texts;
use crate::import::trials::units::MILLISECONDS;
use crate::import::trials::{BlockCode, RawTrial, WantedColumns};
use crate::measures::About;
use crate::measures::timed::iat::{IatBlocks, IatOptions, PenaltyFrom, SdTaken};
use crate::measures::timed::{BlockRef, BlockSide, Cleaned, Penalty, Trial, amp, biat, iat, sc_iat};

/// How the trials of one respondent, in the order of the file, are cleaned.
type Clean = Box<dyn Fn(&[RawTrial]) -> Cleaned>;
/// What a block is called in a reason.
type Name = Box<dyn Fn(BlockRef) -> String>;

/// One measure with its flags.
pub struct Task {
    pub wanted: WantedColumns,
    pub clean: Clean,
    pub name: Name,
    /// Latencies in milliseconds below and above which trials are dropped.
    pub kept: (f64, f64),
    /// Whether the pairs are practice and test.
    pub practice: bool,
    /// What a positive score means, the options in force, and what to be careful about.
    pub remarks: Vec<String>,
}

impl Task {
    /// Refuses blocks that are named twice or not at all.
    pub fn check(&self) -> Result<(), Failure> {
        let codes = &self.wanted.codes;
        if codes.len() > usize::from(u8::MAX) {
            return Err(Failure::Usage(format!("{} blocks are more than can be compared", codes.len())));
        }
        for (index, code) in codes.iter().enumerate() {
            if code.code.is_empty() {
                return Err(Failure::Usage(format!("{} has an empty code", code.flag)));
            }
            if let Some(other) = codes[..index].iter().find(|other| other.code == code.code) {
                let (first, second) = (other.flag, code.flag);
                return Err(Failure::Usage(format!(
                    "{first} and {second} both name the block `{}`",
                    code.code
                )));
            }
        }
        Ok(())
    }
}

pub fn sc_iat(args: &ScIatArgs) -> Task {
    let codes = vec![code(&args.a, "--a"), code(&args.b, "--b")];
    let name = named(&codes);
    Task {
        wanted: wanted(&args.timed, codes),
        clean: Box::new(|entries| {
            let [a, b] = blocks(entries);
            sc_iat::clean(&a, &b)
        }),
        name,
        kept: (f64::from(sc_iat::FASTEST_MS), f64::INFINITY),
        practice: false,
        remarks: vec![
            direction(&args.a, &args.b),
            format!(
                "SC-IAT: no answer and < {} ms dropped; an error becomes the mean of all retained trials of its block + {} ms; SD (n − 1) of the \
                 retained correct latencies of both blocks; excluded with more than {} % errors or fewer than half of the trials retained in a block; \
                 fast_rate is the share of all trials under {} ms",
                sc_iat::FASTEST_MS,
                sc_iat::PENALTY_MS,
                sc_iat::MOST_ERRORS_PERCENT,
                sc_iat::FASTEST_MS
            ),
            cautions(sc_iat::about()),
        ],
    }
}

pub fn iat(args: &IatArgs) -> Task {
    let codes = vec![
        code(&args.practice_a, "--practice-a"),
        code(&args.practice_b, "--practice-b"),
        code(&args.test_a, "--test-a"),
        code(&args.test_b, "--test-b"),
    ];
    let options = IatOptions { method: args.method, sd: args.sd, penalty: args.penalty };
    let name = named(&codes);
    Task {
        wanted: wanted(&args.timed, codes),
        clean: Box::new(move |entries| {
            let [practice_a, practice_b, test_a, test_b] = blocks(entries);
            let (practice_a, practice_b) = (&practice_a, &practice_b);
            iat::clean(IatBlocks { practice_a, practice_b, test_a: &test_a, test_b: &test_b }, options)
        }),
        name,
        kept: (if options.method.deletes() { iat::LOWER_CUT_MS } else { 0.0 }, iat::SLOWEST_MS),
        practice: true,
        remarks: vec![
            direction(
                &format!("{}` and `{}", args.practice_a, args.test_a),
                &format!("{}` and `{}", args.practice_b, args.test_b),
            ),
            in_force(options),
            cautions(iat::about()),
        ],
    }
}

/// The variant and its options as a sentence.
fn in_force(options: IatOptions) -> String {
    let cut = if options.method.deletes() { "< 400 ms deleted" } else { "no lower cut" };
    let from = match (options.method.deletes(), options.penalty) {
        (true, PenaltyFrom::AfterDeletion) => " (computed after the deletion)",
        (true, PenaltyFrom::BeforeDeletion) => " (computed before the deletion)",
        (false, _) => "",
    };
    let errors = match options.method.penalty() {
        Penalty::CorrectMeanPlusSds(sds) => {
            format!("an error becomes the mean of correct in its block + {sds} SD{from}")
        }
        Penalty::CorrectMeanPlus(ms) => {
            format!("an error becomes the mean of correct in its block + {ms} ms{from}")
        }
        Penalty::None | Penalty::BlockMeanPlus(_) => "errors as recorded, until the right key".into(),
    };
    let sd = match (options.method.penalty(), options.sd) {
        (Penalty::None, _) => "SD of both blocks",
        (_, SdTaken::After) => "SD of both blocks taken after errors are replaced",
        (_, SdTaken::Before) => "SD of both blocks taken before errors are replaced",
    };
    format!(
        "IAT {:?}: > 10,000 ms dropped; {cut}; {errors}; {sd}; excluded with more than {} % of all trials under {} ms",
        options.method,
        iat::MOST_FAST_PERCENT,
        iat::FAST_MS
    )
}

pub fn biat(args: &BiatArgs) -> Result<Task, Failure> {
    let (of_a, of_b) = (list(&args.a, "--a")?, list(&args.b, "--b")?);
    let show = |codes: &[BlockCode]| {
        let codes: Vec<&str> = codes.iter().map(|code| code.code.as_str()).collect();
        codes.join("`, `")
    };
    let (shown_a, shown_b) = (show(&of_a), show(&of_b));
    let first_of_b = of_a.len();
    let codes: Vec<BlockCode> = of_a.into_iter().chain(of_b).collect();
    let sentence = format!(
        "Brief IAT: the first {} trials of a block and > 10,000 ms dropped; < {} and > {} ms set to these; errors as recorded; SD of both blocks of a \
         pair; mean over consecutive pairs; excluded with more than {} % of all trials under {} ms; trials are taken in the order of the file",
        biat::WARM_UP,
        biat::RANGE_MS.0,
        biat::RANGE_MS.1,
        iat::MOST_FAST_PERCENT,
        iat::FAST_MS
    );
    Ok(Task {
        wanted: wanted(&args.timed, codes),
        clean: Box::new(move |entries| {
            // A block is a run of rows with the same code, so that a code may come back in a later pair.
            let runs = entries.chunk_by(|left, right| left.code == right.code);
            let mut sides: [Vec<Vec<Trial>>; 2] = Default::default();
            for run in runs {
                let is_b = run.first().is_some_and(|entry| usize::from(entry.code) >= first_of_b);
                sides[usize::from(is_b)].push(run.iter().map(trial).collect());
            }
            let [a, b] = sides;
            let a: Vec<&[Trial]> = a.iter().map(Vec::as_slice).collect();
            let b: Vec<&[Trial]> = b.iter().map(Vec::as_slice).collect();
            biat::clean(&a, &b)
        }),
        name: Box::new(|place| {
            let side = if place.side == BlockSide::A { "A" } else { "B" };
            format!("block {side} of pair {}", place.pair + 1)
        }),
        kept: (0.0, iat::SLOWEST_MS),
        practice: false,
        remarks: vec![direction(&shown_a, &shown_b), sentence, cautions(biat::about())],
    })
}

/// Codes with commas between them, quoted as in CSV.
fn list(values: &[String], flag: &'static str) -> Result<Vec<BlockCode>, Failure> {
    let mut codes = Vec::new();
    for value in values {
        codes.extend(texts(value)?.iter().map(|one| code(one, flag)));
    }
    Ok(codes)
}

pub fn amp(args: &AmpArgs) -> Task {
    let codes = vec![code(&args.neutral, "--neutral"), code(&args.prime_a, "--prime-a")];
    Task {
        name: Box::new({
            let codes = [args.neutral.clone(), args.prime_a.clone()];
            move |place| format!("prime `{}`", codes[usize::from(place.side == BlockSide::B)])
        }),
        wanted: WantedColumns {
            respondent: args.common.respondent.clone(),
            block: args.prime.clone(),
            codes,
            latency: None,
            answer: (args.pleasant.clone(), false),
            no_response: pair(&args.no_response),
            unit: MILLISECONDS,
            missing: args.common.missing.clone(),
            decimal: args.common.decimal,
        },
        clean: Box::new(|entries| {
            let of = |side: u8| -> Vec<bool> {
                let own = entries.iter().filter(|entry| entry.code == side && entry.answered);
                own.map(|entry| entry.yes).collect()
            };
            amp::clean(&of(0), &of(1))
        }),
        kept: (0.0, f64::INFINITY),
        practice: false,
        remarks: vec![
            format!(
                "D > 0: more often pleasant after `{}` than after `{}`; D = share after the prime − share after the neutral prime",
                args.prime_a, args.neutral
            ),
            "AMP: no latency is scored; no answer is dropped; excluded with the same answer to every trial"
                .into(),
            cautions(amp::about()),
        ],
    }
}

fn code(code: &str, flag: &'static str) -> BlockCode {
    BlockCode { code: code.trim().to_owned(), flag }
}

fn wanted(args: &TimedArgs, codes: Vec<BlockCode>) -> WantedColumns {
    let TimedArgs { common, trials, no_response } = args;
    let answer = match (&trials.answer.correct, &trials.answer.error) {
        (Some(correct), _) => (correct.clone(), false),
        (None, error) => (error.clone().unwrap_or_default(), true),
    };
    WantedColumns {
        respondent: common.respondent.clone(),
        block: trials.block.clone(),
        codes,
        latency: Some(trials.latency.clone()),
        answer,
        no_response: pair(no_response),
        unit: trials.latency_unit,
        missing: common.missing.clone(),
        decimal: common.decimal,
    }
}

fn pair(none: &NoResponse) -> Option<(String, String)> {
    none.response.clone().zip(none.no_response.clone())
}

/// The blocks of a measure whose codes are A, B, A, B and so on.
fn named(codes: &[BlockCode]) -> Name {
    let codes: Vec<String> = codes.iter().map(|code| code.code.clone()).collect();
    Box::new(move |place| {
        let index = place.pair * 2 + usize::from(place.side == BlockSide::B);
        format!("block `{}`", codes.get(index).map_or("", String::as_str))
    })
}

fn blocks<const N: usize>(entries: &[RawTrial]) -> [Vec<Trial>; N] {
    let mut blocks: [Vec<Trial>; N] = std::array::from_fn(|_| Vec::with_capacity(entries.len() / N + 1));
    for entry in entries {
        blocks.get_mut(usize::from(entry.code)).into_iter().for_each(|block| block.push(trial(entry)));
    }
    blocks
}

fn trial(entry: &RawTrial) -> Trial {
    if entry.answered { Trial::answered(entry.latency, entry.yes) } else { Trial::unanswered() }
}

fn direction(a: &str, b: &str) -> String {
    format!("D > 0: slower in B (`{b}`) than in A (`{a}`); D = (mean of B − mean of A) / SD")
}

fn cautions(about: About) -> String {
    format!("Cautions: {}", about.cautions)
}
