//! What the cells of a row say, question by question. Owns what counts as missing, what the map says of a value, and what has no counterpart.

use std::collections::{BTreeMap, HashMap};

use super::map::{DayOrder, Map, Scalar};
use super::matching::{Holds, ImportPlan, Match};
use super::platform::Platform;
use super::targets::{AnswerKind, ScalePoints, Target};
use super::values::{day, ticked, whole};
use crate::defuse::spreadsheet;
use crate::import::table::said_yes_or_no;
use crate::instrument::numeral::looks_missing;
use crate::instrument::prompt::{Input, Missing, Reply, ScaleReply, Typed};

/// What a cell says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CellValue {
    /// Nothing.
    Nothing,
    /// Would rather not say.
    Declined,
    /// Does not know.
    DontKnow,
    /// An option.
    Option(usize),
    /// Several options.
    Options(Vec<usize>),
    /// Whether an option of its own was chosen.
    Ticked(bool),
    /// A point, or a whole number.
    Point(i64),
    /// A number.
    Number(f64),
    /// Words.
    Text(String),
}

/// What the cells of one column have said so far.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnSummary {
    /// Cells with an answer.
    pub answers: usize,
    /// The least and the greatest number, as they stand in the table.
    pub range: Option<(f64, f64)>,
    /// Values without a counterpart: how many rows have them, and the line of the first.
    pub strange: BTreeMap<String, (usize, u64)>,
    /// Texts taken over that other programs write where there is no answer, and how many cells have them.
    pub signs: BTreeMap<String, usize>,
    /// Numbers taken for no answer that could be one here, and how many cells have them.
    pub codes: BTreeMap<String, usize>,
    /// What each cell said, where only so many different ones can come.
    known: HashMap<String, Option<CellValue>>,
}

/// Numbers that stand for no answer in many tables; in a question that takes text they are hardly anybody's words.
const CODES: [&str; 6] = ["-9", "-99", "-999", "99", "999", "9999"];

/// Texts in place of an answer, and what the map says of values.
#[derive(Debug)]
pub(super) struct CellReader<'a> {
    map: &'a Map,
    missing: Vec<(String, Option<i64>, CellValue)>,
    orders: BTreeMap<usize, Option<DayOrder>>,
}

impl<'a> CellReader<'a> {
    /// `missing` holds texts in place of an answer besides those of the map.
    pub fn new(map: &'a Map, missing: &[String], orders: BTreeMap<usize, Option<DayOrder>>) -> Self {
        let of = |codes: &[Scalar], said: &CellValue| -> Vec<(String, Option<i64>, CellValue)> {
            let texts = codes.iter().map(Scalar::text);
            texts.map(|text| (text.clone(), whole(&text), said.clone())).collect()
        };
        let mut all = of(&map.missing.not_answered, &CellValue::Nothing);
        all.extend(of(&map.missing.declined, &CellValue::Declined));
        all.extend(of(&map.missing.dont_know, &CellValue::DontKnow));
        all.extend(missing.iter().map(|text| (text.clone(), whole(text), CellValue::Nothing)));
        Self { map, missing: all, orders }
    }

    /// What stands in place of an answer; none where it is one.
    pub fn missing(&self, cell: &str) -> Option<CellValue> {
        if cell.is_empty() {
            return Some(CellValue::Nothing);
        }
        if self.missing.is_empty() {
            return None;
        }
        let number = whole(cell);
        let is = |(text, value, _): &&(String, Option<i64>, CellValue)| {
            text == cell || value.is_some() && *value == number
        };
        self.missing.iter().find(is).map(|(_, _, said)| said.clone())
    }

    /// What a cell of a column says; none where it has no counterpart.
    pub fn read(
        &self,
        plan: &ImportPlan,
        found: &Match,
        cell: &str,
        line: u64,
        seen: &mut ColumnSummary,
    ) -> Option<CellValue> {
        let target = &plan.targets[found.target];
        let open = matches!(
            target.form,
            AnswerKind::Text | AnswerKind::Number { .. } | AnswerKind::Day | AnswerKind::Words(..)
        );
        let said = match seen.known.get(cell) {
            Some(known) => known.clone(),
            None => {
                let said = self.fresh(plan, found, cell);
                if !open {
                    seen.known.insert(cell.to_owned(), said.clone());
                }
                said
            }
        };
        if let AnswerKind::Number { min, max, .. } = &target.form
            && self.missing(cell).is_some()
            && said.as_ref().is_some_and(|said| !matches!(said, CellValue::Number(_)))
            && let Ok(number) = cell.parse::<f64>()
            && min.is_none_or(|min| number >= min)
            && max.is_none_or(|max| number <= max)
        {
            *seen.codes.entry(cell.to_owned()).or_default() += 1;
        }
        match &said {
            None => {
                let entry = seen.strange.entry(cell.to_owned()).or_insert((0, line));
                entry.0 += 1;
            }
            Some(CellValue::Nothing) => {}
            Some(said) => {
                seen.answers += 1;
                if let CellValue::Text(text) = said
                    && (looks_missing(text) || CODES.contains(&text.as_str()))
                {
                    *seen.signs.entry(text.clone()).or_default() += 1;
                }
            }
        }
        if !matches!(target.form, AnswerKind::Text | AnswerKind::Day)
            && self.missing(cell).is_none()
            && let Ok(number) = cell.parse::<f64>()
            && number.is_finite()
        {
            let (least, most) = seen.range.unwrap_or((number, number));
            seen.range = Some((least.min(number), most.max(number)));
        }
        said
    }

    /// What the map says of the values of a column, the nearer first.
    fn tables(&self, plan: &ImportPlan, found: &Match) -> impl Iterator<Item = &'a BTreeMap<String, Scalar>> {
        let keys = [plan.key(found.target, found.holds), plan.targets[found.target].name.clone()];
        let map = self.map;
        keys.into_iter().filter_map(move |key| map.values.get(&key))
    }

    fn fresh(&self, plan: &ImportPlan, found: &Match, cell: &str) -> Option<CellValue> {
        let target = &plan.targets[found.target];
        let mapped = self.tables(plan, found).find_map(|values| values.get(cell)).map(Scalar::text);
        if let Some(missing) = mapped
            .as_deref()
            .map_or_else(|| self.missing(cell), |to| to.is_empty().then_some(CellValue::Nothing))
        {
            return Some(missing);
        }
        let is_mapped = mapped.is_some();
        let cell = mapped.as_deref().unwrap_or(cell);
        let point = |points: &ScalePoints| {
            let point = match whole(cell) {
                Some(number) if is_mapped => Some(number),
                Some(number) => Some(self.moved(plan, found, number, points)),
                // A label that is a number would make two meanings of one cell.
                None => points.labelled(cell),
            };
            point.filter(|point| points.has(*point)).map(CellValue::Point)
        };
        match (&target.form, found.holds) {
            (AnswerKind::One(options) | AnswerKind::BestWorst(options), _) => {
                let consent = target.is_consent();
                let yes = |at: bool| CellValue::Option(usize::from(!at));
                options
                    .find(cell)
                    .map(CellValue::Option)
                    .or_else(|| consents(plan.platform, cell).filter(|_| consent).map(yes))
            }
            (AnswerKind::Many(options, _), Holds::Part(part)) => {
                ticked(cell, options.names.get(part)?, options.labels.get(part)?).map(CellValue::Ticked)
            }
            (AnswerKind::Many(options, _) | AnswerKind::Rank(options, _), Holds::Whole) => {
                // A value that the map translated is said in our words.
                let values = self.tables(plan, found).next().filter(|_| !is_mapped);
                let values: Vec<(&str, String)> =
                    values.into_iter().flatten().map(|(value, to)| (value.as_str(), to.text())).collect();
                let values = values.iter().map(|(value, to)| (*value, to.as_str()));
                options.list(cell, values).map(CellValue::Options)
            }
            (AnswerKind::Rank(options, _), Holds::Place(_)) => options.find(cell).map(CellValue::Option),
            (AnswerKind::Rank(options, _), _) => {
                // Whoever was asked to order all of them said more than is asked here.
                let place = whole(cell).filter(|place| (1..=options.names.len() as i64).contains(place));
                place.map(CellValue::Point)
            }
            (AnswerKind::Point(points) | AnswerKind::Grid(points), _) => point(points),
            (AnswerKind::Words(words, valence), Holds::Part(part)) if part >= *words => point(valence),
            (AnswerKind::Words(..) | AnswerKind::Text, _) => {
                let is_ours = plan.platform == Platform::Relata;
                Some(CellValue::Text(if is_ours { spreadsheet::unguarded(cell) } else { cell }.to_owned()))
            }
            (AnswerKind::Number { whole: only, min, max }, _) => {
                let number = cell.parse::<f64>().ok().filter(|number| number.is_finite())?;
                let inside = min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max);
                (inside && (!only || number.fract() == 0.0)).then_some(CellValue::Number(number + 0.0))
            }
            (AnswerKind::Day, _) => {
                let order = self.orders.get(&found.column).copied().flatten();
                day(cell, order).map(|(day, _)| CellValue::Text(day.to_string()))
            }
            (AnswerKind::Allocate(total), _) => {
                whole(cell).filter(|part| (0..=*total).contains(part)).map(CellValue::Point)
            }
            (AnswerKind::Many(..) | AnswerKind::Timed | AnswerKind::Nothing, _) => None,
        }
    }

    /// A number of the table as a point: moved and turned as the map says.
    fn moved(&self, plan: &ImportPlan, found: &Match, number: i64, points: &ScalePoints) -> i64 {
        let keys = [plan.key(found.target, found.holds), plan.targets[found.target].name.clone()];
        let offset = keys.iter().find_map(|key| self.map.offset.get(key)).copied().unwrap_or(0);
        let moved = number.saturating_add(offset);
        let turned = keys.iter().any(|key| self.map.reversed.contains(key));
        if turned { (points.from + points.to).saturating_sub(moved) } else { moved }
    }
}

/// Whether a cell says that somebody takes part. What a number stands for is known of our own exports alone.
fn consents(platform: Platform, cell: &str) -> Option<bool> {
    if platform == Platform::Relata { ticked(cell, "", &[]) } else { said_yes_or_no(cell.trim()) }
}

/// The replies to a question, or why the cells make none.
pub(super) fn replies(target: &Target, said: &[(Holds, CellValue)]) -> Result<Vec<Reply>, String> {
    let of = |holds: Holds| {
        said.iter().find(|(known, _)| *known == holds).map_or(&CellValue::Nothing, |(_, said)| said)
    };
    let part = |at: usize| of(Holds::Part(at));
    let whole = of(Holds::Whole);
    let given = |input: Input| Ok(vec![Reply::Given(input)]);
    // Where every cell gives the same reason, that is the reply.
    let reason = |wanted: &CellValue| {
        said.iter().any(|(_, said)| said == wanted)
            && said.iter().all(|(_, said)| {
                said == wanted || *said == CellValue::Nothing || *said == CellValue::Ticked(false)
            })
    };
    if reason(&CellValue::Declined) {
        return Ok(vec![Reply::Declined]);
    }
    if reason(&CellValue::DontKnow) {
        return Ok(vec![Reply::DontKnow]);
    }
    if said.iter().all(|(_, said)| *said == CellValue::Nothing) {
        return Ok(Vec::new());
    }
    let pick = |said: &CellValue, names: &[String]| match said {
        CellValue::Option(at) => names.get(*at).map(|name| Reply::Given(Input::Picked(vec![name.clone()]))),
        CellValue::Declined => Some(Reply::Declined),
        CellValue::DontKnow => Some(Reply::DontKnow),
        _ => None,
    };
    let cell = |said: &CellValue| match said {
        CellValue::Point(point) => ScaleReply::Point(*point),
        CellValue::Declined => ScaleReply::Missing(Missing::Declined),
        CellValue::DontKnow => ScaleReply::Missing(Missing::DontKnow),
        _ => ScaleReply::Missing(Missing::NotAnswered),
    };
    match &target.form {
        AnswerKind::One(options) => Ok(pick(whole, &options.names).into_iter().collect()),
        AnswerKind::BestWorst(options) => {
            match (pick(part(0), &options.names), pick(part(1), &options.names)) {
                (Some(best), worst) => Ok(std::iter::once(best).chain(worst).collect()),
                (None, _) => Err("says what is least and not what is most".to_owned()),
            }
        }
        AnswerKind::Many(options, least) => {
            let names =
                |chosen: &[usize]| chosen.iter().filter_map(|at| options.names.get(*at).cloned()).collect();
            let chosen: Vec<usize> =
                (0..options.names.len()).filter(|at| *part(*at) == CellValue::Ticked(true)).collect();
            let is_list = said.iter().any(|(holds, _)| *holds == Holds::Whole);
            let listed = match whole {
                CellValue::Options(listed) => Some(listed.as_slice()),
                CellValue::Nothing if is_list && !chosen.is_empty() => Some(&[][..]),
                _ => None,
            };
            if let Some(listed) = listed {
                let contradicts = |at: &usize| *part(*at) == CellValue::Ticked(!listed.contains(at));
                return match (0..options.names.len()).find(contradicts) {
                    Some(at) => Err(format!(
                        "the list and the column of `{}` contradict one another; leave one of the two out",
                        options.names[at]
                    )),
                    None => given(Input::Picked(names(listed))),
                };
            }
            // Where something has to be chosen, nothing chosen is no answer.
            if chosen.is_empty() && *least > 0 {
                Ok(Vec::new())
            } else {
                given(Input::Picked(names(&chosen)))
            }
        }
        AnswerKind::Point(_) => given(Input::Rated(vec![cell(whole)])),
        AnswerKind::Grid(_) => {
            given(Input::Rated((0..target.parts.len()).map(|at| cell(part(at))).collect()))
        }
        AnswerKind::Number { .. } => match whole {
            CellValue::Number(number) => given(Input::Number(*number)),
            _ => Ok(Vec::new()),
        },
        AnswerKind::Text | AnswerKind::Day => match whole {
            CellValue::Text(text) => given(Input::Text(Typed { text: text.clone(), ..Typed::default() })),
            _ => Ok(Vec::new()),
        },
        AnswerKind::Rank(options, places) => ranked(&options.names, *places, said).map(|names| {
            if names.is_empty() { Vec::new() } else { vec![Reply::Given(Input::Ranked(names))] }
        }),
        AnswerKind::Allocate(_) => {
            let points = target.parts.iter().enumerate().filter_map(|(at, known)| match part(at) {
                CellValue::Point(points) => Some((known.name.clone(), *points)),
                _ => None,
            });
            given(Input::Allocated(points.collect()))
        }
        AnswerKind::Words(most, _) => words(*most, part),
        AnswerKind::Timed | AnswerKind::Nothing => Ok(Vec::new()),
    }
}

/// What stands at each place, from a list, from places, or from the place of each option.
fn ranked(names: &[String], places: usize, said: &[(Holds, CellValue)]) -> Result<Vec<String>, String> {
    let mut found: Vec<Option<usize>> = vec![None; places];
    let mut put = |place: usize, option: usize| match found.get_mut(place) {
        Some(free @ None) => {
            *free = Some(option);
            Ok(())
        }
        None => Ok(()),
        Some(Some(_)) => Err(format!("two options have place {}", place + 1)),
    };
    for (holds, said) in said {
        match (holds, said) {
            (Holds::Whole, CellValue::Options(list)) => {
                list.iter().take(places).enumerate().try_for_each(|(place, option)| put(place, *option))?;
            }
            (Holds::Place(place), CellValue::Option(option)) => put(*place, *option)?,
            (Holds::Part(option), CellValue::Point(place)) => put((*place - 1).max(0) as usize, *option)?,
            _ => {}
        }
    }
    let options: Vec<usize> = found.iter().map_while(|option| *option).collect();
    if options.len() != found.iter().flatten().count() {
        return Err("a place of the rank is empty and a later one is not".to_owned());
    }
    Ok(options.into_iter().filter_map(|at| names.get(at).cloned()).collect())
}

/// Words up to the first empty one, what ends them, and how each of them feels.
fn words<'a>(most: usize, part: impl Fn(usize) -> &'a CellValue) -> Result<Vec<Reply>, String> {
    let mut replies = Vec::new();
    let mut cells = Vec::new();
    for at in 0..most {
        let CellValue::Text(text) = part(at) else { continue };
        replies.push(Reply::Given(Input::Text(Typed { text: text.clone(), ..Typed::default() })));
        cells.push(match part(most + at) {
            CellValue::Point(point) => ScaleReply::Point(*point),
            CellValue::Declined => ScaleReply::Missing(Missing::Declined),
            CellValue::DontKnow => ScaleReply::Missing(Missing::DontKnow),
            _ => ScaleReply::Missing(Missing::NotAnswered),
        });
    }
    if replies.is_empty() {
        return Err("says how words feel and not which ones".to_owned());
    }
    if replies.len() < most {
        replies.push(Reply::Given(Input::Text(Typed::default())));
    }
    replies.push(Reply::Given(Input::Rated(cells)));
    Ok(replies)
}
