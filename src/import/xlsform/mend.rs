//! Reads the result as `relata check` does. Whatever is not accepted is removed with a loss that gives the reason, and the rest
//! is read again, until there are no findings: the resulting instrument is valid.

use super::ImportedForm;
use super::build::Built;
use super::draft::{ItemPart, LineOrigin};
use crate::instrument::{Finding, Instrument, Severity};

/// More rounds than any form needs: each removes everything that is independently wrong.
const ROUNDS: usize = 100;

pub(super) fn mended(mut built: Built) -> Result<ImportedForm, String> {
    for _ in 0..ROUNDS {
        built.drop_what_is_empty();
        if built.draft.groups.is_empty() {
            return Err("nothing remains of it that could be asked".into());
        }
        let (text, origins) = built.draft.written();
        let reading = Instrument::read("form", &text, &|_| Err("a form includes nothing".into()));
        let faults: Vec<&Finding> =
            reading.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        if faults.is_empty() {
            return Ok(built.done(text));
        }
        let mut places: Vec<(LineOrigin, String)> = Vec::new();
        for fault in faults {
            let origin = fault.line.checked_sub(1).and_then(|at| origins.get(at)).copied();
            let origin = origin.unwrap_or(LineOrigin::Head);
            if !places.iter().any(|(known, _)| *known == origin) {
                places.push((origin, fault.message.clone()));
            }
        }
        take_out(&mut built, places)?;
    }
    Err("it could not be brought into a form that can be asked".into())
}

fn take_out(built: &mut Built, mut places: Vec<(LineOrigin, String)>) -> Result<(), String> {
    // Dependent parts go first, because without them the rest may be valid.
    let hangs = |origin: &LineOrigin| {
        !matches!(
            origin,
            LineOrigin::Head
                | LineOrigin::Item(_, _, ItemPart::Whole)
                | LineOrigin::Group(_)
                | LineOrigin::List(_, None)
        )
    };
    if places.iter().any(|(origin, _)| hangs(origin)) {
        places.retain(|(origin, _)| hangs(origin));
    }
    // From the end, so that places before stay where they are.
    let order = |origin: &LineOrigin| match origin {
        LineOrigin::Head => (0, 0, 0),
        LineOrigin::Field(at) => (1, *at, 0),
        LineOrigin::List(at, option) => (2, *at, option.map_or(0, |option| option + 1)),
        LineOrigin::Calculation(at) => (3, *at, 0),
        LineOrigin::Group(at) | LineOrigin::GroupRelevant(at) => (4, *at, 0),
        LineOrigin::Item(group, at, _) => (4, *group, at + 1),
    };
    places.sort_by_key(|(origin, _)| std::cmp::Reverse(order(origin)));
    for (origin, why) in places {
        match origin {
            LineOrigin::Head => return Err(format!("it could not be taken over: {why}")),
            LineOrigin::Field(at) => built.drop_field(at, &why),
            LineOrigin::List(at, Some(option)) => built.drop_condition_of_option(at, option, &why),
            LineOrigin::List(at, None) => built.drop_list(at, &why),
            LineOrigin::Calculation(at) => built.drop_calculation(at, &why),
            LineOrigin::Group(at) => built.drop_group(at, &why),
            LineOrigin::GroupRelevant(at) => built.drop_condition_of_group(at, &why),
            LineOrigin::Item(group, at, part) => built.drop_part(group, at, part, &why),
        }
    }
    Ok(())
}
