//! `relata relations` and `relata relation`: customers with both sides and over time.

use std::cell::Cell;
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::choice::{Choices, one_of};
use super::page::{PageArgs, PageFormat};
use super::rehearsals::RehearsalsArg;
use super::table::{Format, Listing, pretty_json};
use super::{Failure, StudyArg, input, print, remark, result};
use crate::analysis::relation::{Contrast, DifferenceReading, Relates, Relation, before};
use crate::instrument::{Language, Party, RelationalModel};
use crate::report::document::{Reader, to_markdown};
use crate::report::html::to_html;
use crate::report::relation;
use crate::study::{advised, digests, relations};
use crate::text;
use crate::texts::timestamp;

const PORTFOLIO_EXAMPLES: &str = "Examples:
  relata relations
  relata relations --due 90
  relata relations --format csv > portfolio.csv";

const EXAMPLES: &str = "Examples:
  relata relation R001
  relata relation R001 --lang nl --format html --out acme.html
  relata interview client-view --respondent R001   # the customer's own view, under the same code";

/// Arguments of `relations`.
#[derive(Debug, Args)]
#[command(after_help = PORTFOLIO_EXAMPLES)]
pub(super) struct RelationsArgs {
    /// Days after which a relation is due to be looked at again
    #[arg(long, value_name = "DAYS", default_value_t = 180)]
    due: u32,

    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,

    #[command(flatten)]
    rehearsals: RehearsalsArg,
}

/// Arguments of `relation`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct RelationArgs {
    /// The code under which the sessions of both sides stand
    #[arg(value_name = "CODE")]
    code: String,

    /// Which customer, where one code was used for several; else the one that was looked at last
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,

    /// Language of the page
    #[arg(long)]
    lang: Option<String>,

    /// Who will read it: an account manager gets no p values; researchers find the numbers behind it at the end
    #[arg(long, default_value = "account", value_parser = one_of(READERS))]
    reader: Reader,

    #[command(flatten)]
    page: PageArgs,

    #[command(flatten)]
    rehearsals: RehearsalsArg,
}

const READERS: Choices<Reader> = &[
    ("account", "Whoever looks after the relation", Reader::Account),
    ("researcher", "Whoever keeps the study", Reader::Researcher),
];

const COLUMNS: &[&str] = &[
    "code",
    "customer",
    "ours",
    "theirs",
    "last",
    "due",
    "we_relate",
    "they_relate",
    "our_picture",
    "gap",
    "gap_of",
    "change",
    "staying",
    "staying_of",
    "simulated",
    "icc",
    "formerly",
];

/// What the columns are called for people, for whom former names stand behind the name and no correlation says how right a picture is.
fn titles(language: &Language) -> Vec<String> {
    vec![
        text!(language, "cli-relations-code"),
        text!(language, "cli-relations-customer"),
        text!(language, "cli-relations-ours"),
        text!(language, "cli-relations-theirs"),
        text!(language, "cli-relations-last"),
        text!(language, "cli-relations-due"),
        text!(language, "cli-relations-we-relate"),
        text!(language, "cli-relations-they-relate"),
        text!(language, "cli-relations-our-picture"),
        text!(language, "cli-relations-gap"),
        text!(language, "cli-relations-gap-of"),
        text!(language, "cli-relations-change"),
        text!(language, "cli-relations-staying"),
        text!(language, "cli-relations-staying-of"),
        text!(language, "cli-relations-simulated"),
    ]
}

pub(super) fn portfolio(study: &StudyArg, args: &RelationsArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let language = Language::or_fallback(input::language().as_deref());
    let seen = Cell::new(0);
    let admitted = args.rehearsals.admitted(&seen);
    let (found, sessions) = relations::portfolio(&study, &input::hear, &language, admitted)?;
    digests::keep_beside(&study, &sessions.fresh);
    args.rehearsals.say(seen.get());
    let mut table = match args.format {
        Format::Table => {
            let titles = titles(&language);
            Listing::new(&titles.iter().map(String::as_str).collect::<Vec<_>>())
        }
        Format::Csv | Format::Json => Listing::new(COLUMNS),
    };
    let lister = Lister { format: args.format, language: &language, due: args.due, now: input::now() };
    for relation in &found {
        table.push(lister.row(relation));
    }
    print(&table.to_text(args.format)?)?;
    Ok(ExitCode::SUCCESS)
}

/// Lists relations: in words of the user's language, or in codes for programs.
struct Lister<'a> {
    format: Format,
    language: &'a Language,
    due: u32,
    now: i64,
}

impl Lister<'_> {
    fn told(&self, code: &str, words: impl FnOnce(&Language) -> String) -> Value {
        match self.format {
            Format::Table => words(self.language).into(),
            Format::Csv | Format::Json => code.into(),
        }
    }

    fn whose(&self, party: Party) -> Value {
        match party {
            Party::Customer => self.told("theirs", |language| text!(language, "cli-relations-theirs")),
            Party::Organisation => self.told("ours", |language| text!(language, "cli-relations-ours")),
        }
    }

    fn row(&self, relation: &Relation) -> Vec<Value> {
        let count = |party| relation.visits.iter().filter(|visit| visit.party == party).count();
        let day = |at: i64| timestamp(at).chars().take(10).collect::<String>();
        let leads = |party| {
            let Some(relates) = relation.relates(party) else { return Value::Null };
            self.told(relates.name(), |language| match relates {
                Relates::Declined(one) => text!(language, "relation-declined", at = day(one.begun)),
                Relates::Says(says) => says.in_words(language),
            })
        };
        let name = match (&relation.name, self.format) {
            (None, Format::Table) => text!(self.language, "cli-relations-nameless").into(),
            (Some(name), Format::Table) => match before(&relation.formerly, self.language) {
                Some(before) => format!("{name} ({before})").into(),
                None => name.clone().into(),
            },
            (name, _) => name.clone().into(),
        };
        let last = relation.last_seen();
        let due = relation.due(self.now, self.due);
        let (both, stays) = (relation.both_sides(), relation.stays());
        let picture = both.iter().find(|compared| compared.pairing == Contrast::OurPicture);
        let icc = picture.and_then(|compared| compared.together).map(|found| found.icc);
        let changed: Vec<bool> = [Party::Organisation, Party::Customer]
            .into_iter()
            .flat_map(|party| relation.over_time(party))
            .map(|time| time.changes.iter().any(|changed| changed.is_reliable()))
            .collect();
        let mut row = vec![
            relation.code.clone().into(),
            name,
            count(Party::Organisation).into(),
            count(Party::Customer).into(),
            last.map(day).into(),
            due.map_or(Value::Null, |due| self.told(due.name(), |language| due.in_words(language))),
            leads(Party::Organisation),
            leads(Party::Customer),
            picture.map_or(Value::Null, |compared| {
                self.in_short(&compared.norms.map(|norm| norm.map(|norm| norm.reading)))
            }),
            relation.gap().map_or(Value::Null, |(_, verdict)| {
                self.told(verdict.name(), |language| verdict.in_words(None, language).0)
            }),
            relation.gap().map_or(Value::Null, |(party, _)| self.whose(party)),
            match changed.as_slice() {
                [] => Value::Null,
                changed if changed.contains(&true) => {
                    self.told("more than error", |language| text!(language, "cli-relations-changed"))
                }
                _ => self.told("none beyond error", |language| text!(language, "cli-relations-unchanged")),
            },
            stays.map_or(Value::Null, |(_, stays)| {
                self.told(stays.name(), |language| stays.in_words(language))
            }),
            stays.map_or(Value::Null, |(party, _)| self.whose(party)),
            match (self.format, relation.simulated) {
                (Format::Table, true) => text!(self.language, "cli-relations-simulated").into(),
                (Format::Table, false) => Value::Null,
                (Format::Csv | Format::Json, simulated) => simulated.into(),
            },
        ];
        match self.format {
            Format::Table => {}
            Format::Csv => row.extend([icc.into(), relation.formerly.join("; ").into()]),
            Format::Json => row.extend([icc.into(), relation.formerly.clone().into()]),
        }
        row
    }

    /// How our view differs from what the customer says: "CS +, MP -", for people "as one of us +, business-like -".
    fn in_short(&self, readings: &[Option<DifferenceReading>; 4]) -> Value {
        let sign = |model: RelationalModel| {
            let sign = match readings[model.index()]? {
                DifferenceReading::Higher => "+",
                DifferenceReading::Lower => "-",
                DifferenceReading::Near => "=",
                DifferenceReading::Close => "~",
                DifferenceReading::Open => "?",
            };
            let name = match self.format {
                Format::Table => model.plainly(self.language),
                Format::Csv | Format::Json => model.abbreviation().to_owned(),
            };
            Some(format!("{name} {sign}"))
        };
        RelationalModel::ALL.into_iter().filter_map(sign).collect::<Vec<_>>().join(", ").into()
    }
}

pub(super) fn one(study: &StudyArg, args: &RelationArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let language = Language::or_fallback(args.lang.clone().or_else(input::language).as_deref());
    let (seen, key) = (Cell::new(0), (args.code.as_str(), args.customer.as_deref()));
    let admitted = args.rehearsals.admitted(&seen);
    let (found, sessions) = relations::known(&study, &input::hear, key, &language, admitted)?;
    digests::keep_beside(&study, &sessions.fresh);
    args.rehearsals.say(seen.get());
    let known = found.ok_or_else(|| {
        let code = &args.code;
        let why = match &args.customer {
            Some(customer) => text!(&language, "cli-relation-none-of", code, customer),
            None => text!(&language, "cli-relation-none", code),
        };
        Failure::refused(why).help(text!(&language, "cli-relation-none-help"))
    })?;
    let reader = args.reader;
    let known = known.told_to(reader);
    let shown = advised::of_relation(&known.things(&language), reader, &language, input::now());
    let text = match args.page.format {
        PageFormat::Md => to_markdown(&relation::shown(known, reader, &language)),
        PageFormat::Html => to_html(&relation::shown(known, reader, &language)),
        PageFormat::Json => {
            let relation = &known.relation;
            let over_time: Vec<_> =
                [Party::Organisation, Party::Customer].map(|party| relation.over_time(party)).concat();
            let relates = |party| relation.relates(party).map(Relates::name);
            pretty_json(&serde_json::json!({
                "we_relate": relates(Party::Organisation), "they_relate": relates(Party::Customer),
                "relation": relation, "both_sides": relation.both_sides(),
                "if_same": relation.both_sides().iter().map(|compared| compared.if_same(2_000)).collect::<Vec<_>>(), "over_time": over_time,
                "to_do": known.things(&language), "told": known.told, "counsel": known.counsel, "before": known.advised_before(&language),
            }))?
        }
    };
    let place = args.page.deliver(&text)?;
    result::keep_advice(&study, shown, &language);
    if let Some(place) = place {
        remark(&text!(&language, "cli-relation-page-in", place));
    }
    Ok(ExitCode::SUCCESS)
}
