//! The findings as one long table: a row each, with its n and its interval, so that any program can read it.

use serde_json::Value;

use crate::analysis::{
    Adjusted, Correlate, Count, DistalOutcome, GroupCount, IntervalEstimate, OutcomeLine, Paradox,
    ParadoxBasis, ShownCount, StudyReport, Untold,
};
use crate::cli::table::{Format, Listing};
use crate::instrument::{Language, RelationalModel};
use crate::report::said;

const COLUMNS: &[&str] = &["table", "row", "what", "n", "value", "low", "high", "note"];
const STAYS: [&str; 3] = ["staying", "undecided", "leaving"];
const SATISFIED: [&str; 3] = ["satisfied (8-10)", "in between (6-7)", "dissatisfied (1-5)"];

/// Rows in the making.
struct Rows(Listing, Format);

impl Rows {
    fn push(
        &mut self,
        place: (&str, &str, &str),
        n: Value,
        estimate: Option<IntervalEstimate>,
        note: String,
    ) {
        let (table, row, what) = place;
        self.0.push(vec![
            table.into(),
            row.into(),
            what.into(),
            n,
            estimate.map(|found| found.value).into(),
            estimate.map(|found| found.low).into(),
            estimate.map(|found| found.high).into(),
            note.into(),
        ]);
    }

    fn count(&mut self, table: &str, row: &str, n: impl Into<Value>) {
        self.push((table, row, "sessions"), n.into(), None, String::new());
    }

    /// A value that has no interval.
    fn value(&mut self, (table, row, what): (&str, &str, &str), n: usize, value: f64) {
        let none = Value::Null;
        let cells =
            [table.into(), row.into(), what.into(), n.into(), value.into(), none.clone(), none, "".into()];
        self.0.push(cells.to_vec());
    }
}

/// Counts that may be shown are numbers, the others words.
impl From<ShownCount> for Value {
    fn from(cell: ShownCount) -> Self {
        match cell {
            ShownCount::Count(count) => count.into(),
            ShownCount::Few => "<3".into(),
            ShownCount::Hidden => "hidden".into(),
        }
    }
}

/// The findings, one row each.
pub(super) fn table(report: &StudyReport, format: Format) -> Listing {
    let mut rows = Rows(Listing::new(COLUMNS), format);
    sample(report, &mut rows);
    if report.models.asked {
        models(report, &mut rows);
    }
    lenses(report, &mut rows);
    feelings(report, &mut rows);
    gaps(report, &mut rows);
    for paradox in &report.paradoxes {
        meant_and_used(paradox, &mut rows);
    }
    if let Some(leaving) = &report.leaving {
        for (line, satisfied) in leaving.table.iter().zip(SATISFIED) {
            for (cell, stays) in line.iter().zip(STAYS) {
                rows.push(("satisfied but leaving", satisfied, stays), (*cell).into(), None, String::new());
            }
        }
        let place = ("satisfied but leaving", "satisfied (8-10)", "share leaving");
        rows.push(place, leaving.satisfied.into(), leaving.share, String::new());
    }
    quality(report, &mut rows);
    rows.0
}

fn sample(report: &StudyReport, rows: &mut Rows) {
    let sample = &report.sample;
    let counts = [
        ("complete", sample.complete),
        ("earlier, of who told of the same organisation again", sample.earlier),
        ("open", sample.open),
        ("withdrawn", sample.withdrawn),
        ("consent refused", sample.refused),
        ("rehearsals, left out", sample.tests),
        (if report.simulated { "real, left out" } else { "simulated, left out" }, sample.other_source),
        ("other questionnaires, left out", sample.other_instruments),
        ("filtered out", sample.filtered_out),
    ];
    for (what, n) in counts {
        rows.count("sample", what, n);
    }
    if let Some(people) = report.respondents.fewer() {
        rows.count("sample", "respondents of the complete ones", people);
    }
    for file in &sample.imported {
        rows.push(("sample", &file.name, "imported"), file.n.into(), None, String::new());
    }
    let mut groups = |table: &str, groups: &[GroupCount]| {
        for group in groups {
            let open = match group.open {
                ShownCount::Count(0) => String::new(),
                open => format!("{open} open"),
            };
            rows.push((table, &group.name, "complete"), group.complete.into(), None, open);
        }
    };
    groups("by organisation", &sample.organisations);
    groups("by interviewer", &sample.interviewers);
    groups("by version", &sample.versions);
}

/// Scales of other frameworks, organisations in their places, and what goes with what.
fn lenses(report: &StudyReport, rows: &mut Rows) {
    for lens in &report.lenses {
        let table = lens.family.prefix();
        for scale in &lens.scales {
            rows.push((table, &scale.name, "mean"), scale.n.into(), scale.mean, String::new());
        }
        for one in &lens.organisations {
            let note = if one.small { "small group" } else { "" };
            rows.push(
                (table, &one.organisation, "mean of all, 0-1"),
                one.n.into(),
                one.mean,
                note.to_owned(),
            );
        }
        for one in &lens.related {
            let with = match one.with {
                Correlate::Recommendation => "r with recommendation",
                Correlate::Satisfaction => "r with satisfaction",
                Correlate::Staying => "r with staying",
                Correlate::Norm(model) => model.name(),
            };
            let with = if with.starts_with("r ") { with.to_owned() } else { format!("r with norm {with}") };
            let scale = one.scale.as_deref().unwrap_or("all");
            let note =
                if one.r.is_none() { "undefined: one of the two is the same for everybody" } else { "" };
            rows.push((table, scale, &with), one.n.into(), one.r, note.to_owned());
        }
    }
}

/// The note beside a number that depends on the published rates.
const RATES: &str = "with the published rates";
const COUNTED: &str = "counted; no interval, because one learnt ease of the statements is behind all of them";

fn models(report: &StudyReport, rows: &mut Rows) {
    for line in &report.models.lines {
        let model = &rows.1.model(line.model);
        let published = line.published.map(|share| format!("published study {share:.2}")).unwrap_or_default();
        // The published shares are shares of customers: only the estimate, which assumes none, may stand beside them.
        let (beside_estimate, beside_leads) = match line.estimated {
            Some(_) => (published, String::new()),
            None => (String::new(), published),
        };
        let beside_leads = match beside_leads.as_str() {
            "" => RATES.to_owned(),
            published => format!("{RATES}; {published}"),
        };
        rows.push(("models", model, "leads"), line.count.into(), line.share, beside_leads);
        if line.estimated.is_some() {
            let note = if report.models.holds {
                "no shares assumed"
            } else {
                "no shares assumed; does not survive a shift of half a point"
            };
            let note = if beside_estimate.is_empty() {
                note.to_owned()
            } else {
                format!("{beside_estimate}; {note}")
            };
            rows.push(("models", model, "estimated share"), report.models.n.into(), line.estimated, note);
        }
        rows.push(
            ("models", model, "mean probability"),
            report.models.n.into(),
            line.weighted,
            RATES.to_owned(),
        );
        rows.push(
            ("models", model, "answers speak most for it"),
            line.answers.into(),
            line.answers_share,
            if report.models.learnt { COUNTED.to_owned() } else { String::new() },
        );
        if let (Some(strength), Some((low, high))) = (line.strength, report.models.range) {
            let note = format!("{low} to {high}");
            rows.push(("models", model, "strength of the norm"), line.rated.into(), Some(strength), note);
        }
    }
    if let Some(nothing) = report.models.nothing.filter(|cell| *cell != ShownCount::Count(0)) {
        let note = if report.models.untold { "more than half: no shares can be told" } else { "" };
        rows.push(("models", "nothing told apart", "sessions"), nothing.into(), None, note.to_owned());
    }
    if let Some(uncertain) = report.models.uncertain {
        rows.count("models", "not told apart", uncertain);
    }
    if let Some(by_rate) = report.models.by_rate {
        rows.count("models", "answers speak for another than the rates put in front", by_rate);
    }
    if let Some(parted) = report.models.parted {
        rows.count("models", "statements or choices point elsewhere", parted);
    }
    if let Some(low) = report.models.low_engagement {
        rows.count("models", "hardly a relation", low);
    }
    if let Some(unrated) = report.models.unrated {
        rows.count("models", "ratings left out", unrated);
    }
    rows.count("models", "no profile", report.models.without);
}

fn feelings(report: &StudyReport, rows: &mut Rows) {
    for line in &report.emotions {
        let note = if line.published_top { "among the three strongest of the published study" } else { "" };
        rows.push(("emotions", &line.label, "mean"), line.n.into(), line.mean, note.into());
    }
    let all = &report.experience.all;
    let note = if all.small { "small group" } else { "" };
    if let Some(nps) = &all.nps {
        rows.push(("experience", "all", "NPS"), nps.n.into(), Some(nps.score), note.into());
    }
    if let Some(mark) = &all.satisfaction {
        rows.push(("experience", "all", "satisfaction"), mark.n.into(), mark.mean, note.into());
        rows.push(("experience", "all", "share 8-10"), mark.n.into(), mark.satisfied, note.into());
    }
    for line in &report.experience.outcomes {
        for (model, found) in RelationalModel::ALL.iter().zip(&line.by_model) {
            let name = rows.1.model(*model);
            adjusted(line, &name, *found, rows);
        }
        let [personal, business] = [RelationalModel::CommunalSharing, RelationalModel::MarketPricing]
            .map(|model| rows.1.model(model));
        let between = &format!("{personal} minus {business}");
        adjusted(line, between, line.personal_minus_business, rows);
        if let Some(value) = line.by_likelihood {
            let estimate = IntervalEstimate { value, low: f64::NAN, high: f64::NAN };
            let note = "by the highest likelihood, as a check".to_owned();
            rows.push(("by model", between, what(line)), Value::Null, Some(estimate), note);
        }
    }
}

fn what(line: &OutcomeLine) -> &str {
    match line.outcome {
        DistalOutcome::Nps => "NPS",
        DistalOutcome::Satisfaction => "satisfaction",
        DistalOutcome::Satisfied => "share 8-10",
        DistalOutcome::Staying => "staying",
        DistalOutcome::Leaving => "share leaning toward leaving",
        DistalOutcome::Feeling => &line.label,
    }
}

/// `n` is what the estimate is worth in people whose model is known.
fn adjusted(line: &OutcomeLine, row: &str, found: Adjusted, rows: &mut Rows) {
    let note = match found.untold {
        None => "adjusted for misclassification; n is its worth in people of a known model",
        Some(Untold::NoProfiles) => "cannot be told: no profiles",
        Some(Untold::NotSeparated) => "cannot be told: the classifier does not tell the models apart",
        Some(Untold::TooFew) => "cannot be told: too few; n is their worth in people of a known model",
        Some(Untold::Held) => "held back",
    };
    let worth = match found.untold {
        Some(Untold::Held) => "hidden".into(),
        _ => ((found.worth * 10.0).round() / 10.0).into(),
    };
    rows.push(("by model", row, what(line)), worth, found.estimate, note.into());
}

fn gaps(report: &StudyReport, rows: &mut Rows) {
    let gaps = &report.gaps;
    for line in &gaps.verdicts {
        rows.push(
            ("said x associated", line.verdict.name(), "sessions"),
            line.n.into(),
            line.share,
            String::new(),
        );
    }
    for Count { name, n } in &gaps.no_verdict {
        rows.push(("said x associated", "no_verdict", "sessions"), (*n).into(), None, name.clone());
    }
    for (name, found) in [("masked", gaps.masked), ("latent", gaps.latent)] {
        let note = match (found.by_error, found.if_unrelated) {
            (Some(error), Some(unrelated)) => {
                format!("error alone gives at most {error:.1}; if unrelated {unrelated:.1}")
            }
            (Some(error), None) => format!("error alone gives at most {error:.1}"),
            _ => String::new(),
        };
        rows.push(("conflicts", name, "found"), found.found.into(), found.share, note);
        rows.push(
            ("conflicts", name, "after Benjamini-Hochberg"),
            found.discoveries.into(),
            None,
            String::new(),
        );
    }
    let note = match gaps.uncorrelated {
        Some(why) => said::uncorrelated(why, &Language::new("en")),
        None => format!("published mean {:.2}", gaps.published_correlation),
    };
    rows.push(("conflicts", "said and associated", "correlation"), gaps.n.into(), gaps.correlation, note);
}

fn meant_and_used(paradox: &Paradox, rows: &mut Rows) {
    let table = match paradox.basis {
        ParadoxBasis::Customers => "paradox (customers)",
        ParadoxBasis::Managers => "paradox (account managers)",
        ParadoxBasis::BothSides => "paradox (both sides)",
    };
    for (side, lines) in [("meant", &paradox.meant), ("used", &paradox.used)] {
        for line in lines {
            let model = rows.1.model(line.model);
            let note = if line.share.is_none() && line.estimated.is_some() { COUNTED } else { "" };
            rows.push((table, &model, side), line.n.into(), line.share, note.to_owned());
            if line.estimated.is_some() {
                let what = format!("{side}, estimated share");
                rows.push((table, &model, &what), Value::Null, line.estimated, String::new());
            }
        }
    }
    for (meant, line) in paradox.meant.iter().zip(paradox.table.iter().flatten()) {
        for (used, cell) in paradox.used.iter().zip(line) {
            let [meant, used] = [meant, used].map(|line| match rows.1 {
                Format::Table => rows.1.model(line.model),
                Format::Csv | Format::Json => line.model.abbreviation().to_owned(),
            });
            let what = format!("meant {meant}, used {used}");
            rows.push((table, "both", &what), (*cell).into(), None, String::new());
        }
    }
    if let Some(same) = paradox.same {
        rows.push((table, "both", "the same"), same.into(), paradox.same_share, String::new());
    }
    if let Some(found) = paradox.agreement {
        let note = format!("the rates alone would give {:.3}", found.by_rates);
        rows.push(
            (table, "both", "share of sessions in which they are the same"),
            Value::Null,
            Some(found.same),
            note,
        );
        let what = "the same beyond what the rates give";
        rows.push((table, "both", what), Value::Null, Some(found.beyond), String::new());
    }
}

fn quality(report: &StudyReport, rows: &mut Rows) {
    for line in &report.scales {
        for (what, value) in [
            ("mean", line.mean),
            ("SD", line.sd),
            ("alpha", line.alpha),
            ("omega_total", line.omega),
            ("reliability", line.indirect),
        ] {
            if let Some(value) = value {
                rows.value(("scales", &line.name, what), line.n, value);
            }
        }
    }
    let quality = &report.quality;
    if let Some([low, value, high]) = quality.minutes {
        let estimate = IntervalEstimate { value, low, high };
        let note = "median with quartiles".to_owned();
        rows.push(("quality", "minutes", "median"), quality.n.into(), Some(estimate), note);
    }
    rows.push(
        ("quality", "same answer throughout a page", "sessions"),
        quality.straight.into(),
        None,
        String::new(),
    );
    rows.push(
        ("quality", "ratings contradict each other as random ones do", "sessions"),
        quality.random.into(),
        None,
        String::new(),
    );
    rows.push(
        ("quality", "most ratings within two seconds", "sessions"),
        quality.fast.into(),
        None,
        String::new(),
    );
    for line in &report.clusters.alike {
        for (what, found) in [("interviewers", line.interviewers), ("organisations", line.organisations)] {
            if found.is_some() {
                let what = format!("ICC by {what}");
                rows.push(("groups", &line.what, &what), line.n.into(), found, String::new());
            }
        }
    }
    let timed = &quality.timed;
    if timed.of > 0 {
        rows.count("timed task", "scored", timed.scored);
        rows.count("timed task", "not done", timed.not_done);
        rows.count("timed task", "could not be timed", timed.not_timed);
        rows.count("timed task", "over a network", timed.remote);
        for Count { name, n } in &timed.excluded {
            rows.push(("timed task", "excluded", "sessions"), (*n).into(), None, name.clone());
        }
    }
}
