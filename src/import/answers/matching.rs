//! Which column answers which question. Owns every way in which programs write the name of a question, or of a part of one,
//! into a header; refuses to choose where two columns fit, or one column fits two questions.

use std::collections::BTreeMap;

use super::headers::{Cost, HeaderReading, named, readings};
use super::map::{Map, MapEntry};
use super::platform::{self, ColumnRole, Platform};
use super::targets::{AnswerKind, Target, targets};
use super::values;
use crate::instrument::Instrument;

mod mapped;

/// The head of a table.
#[derive(Debug, Clone, Default)]
pub struct TableHead {
    /// Names of the columns.
    pub names: Vec<String>,
    /// The questions' texts, where a second header row has them.
    pub texts: Vec<String>,
}

/// Which part of an answer a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holds {
    /// All of it.
    Whole,
    /// One part.
    Part(usize),
    /// The option at this place of a rank, from 0.
    Place(usize),
}

/// A column that answers something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub target: usize,
    pub holds: Holds,
    pub column: usize,
    pub how: How,
}

/// How a column was matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// The map names it.
    Map,
    /// By its name.
    Name,
    /// By the last part of its path.
    Path,
    /// By the text of the question.
    Label,
}

impl How {
    pub fn word(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Name => "name",
            Self::Path => "path",
            Self::Label => "label",
        }
    }
}

/// How a table corresponds to a questionnaire.
#[derive(Debug)]
pub struct ImportPlan {
    pub(super) head: TableHead,
    pub(super) platform: Platform,
    pub(super) targets: Vec<Target>,
    pub(super) matches: Vec<Match>,
    pub(super) constants: BTreeMap<usize, String>,
    pub(super) roles: BTreeMap<ColumnRole, usize>,
    /// Fields of the start form: name, column, and what it is in every row.
    pub(super) fields: Vec<(String, Option<usize>, Option<String>)>,
    pub(super) left_out: Vec<usize>,
    /// Columns that identify a person: never read.
    pub personal: Vec<String>,
    /// Columns that match no question.
    pub ignored: Vec<String>,
    /// What has to be resolved before anything can be imported.
    pub faults: Vec<String>,
}

/// Candidate columns for each part of an answer, with the cost and the kind of the match.
type Candidates = BTreeMap<(usize, Holds), Vec<(Cost, How, usize)>>;

impl ImportPlan {
    /// Finds out which columns answer which questions. `set` holds fields that are the same in every row.
    pub fn new(
        instrument: &Instrument,
        head: TableHead,
        platform: Platform,
        map: &Map,
        set: &BTreeMap<String, String>,
    ) -> Self {
        let targets = targets(instrument);
        let mut plan = Self {
            head,
            platform,
            targets,
            matches: Vec::new(),
            constants: BTreeMap::new(),
            roles: BTreeMap::new(),
            fields: Vec::new(),
            left_out: Vec::new(),
            personal: Vec::new(),
            ignored: Vec::new(),
            faults: Vec::new(),
        };
        plan.take_map(instrument, map);
        let mut taken: Vec<bool> = vec![false; plan.head.names.len()];
        plan.matches.iter().for_each(|found| taken[found.column] = true);
        for (role, _) in ColumnRole::ALL {
            let named = role.of(map).filter(|name| !name.is_empty());
            let column = match named {
                Some(name) => plan.column(name, &format!("row.{}", role.key())),
                None if role.of(map).is_some() => None,
                None => {
                    let is = |at: &usize| platform::role(platform, &plan.head.names[*at]) == Some(role);
                    let sent = |at: &usize| platform::says_when_sent(&plan.head.names[*at]);
                    (0..taken.len()).filter(|at| is(at) && !taken[*at]).min_by_key(sent)
                }
            };
            if let Some(column) = column {
                plan.roles.insert(role, column);
                taken[column] = true;
            }
        }
        plan.take_fields(instrument, map, set, &mut taken);
        plan.find_columns(&mut taken);
        for (at, taken) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
            debug_assert!(!taken);
            let name = plan.head.names[at].clone();
            if platform::is_personal(&name) {
                plan.personal.push(name);
            } else if !name.is_empty() {
                plan.ignored.push(name);
            }
        }
        plan.complain_of_absent(instrument);
        plan
    }

    /// Columns whose cells are read as numbers: those of number items.
    pub fn numbers(&self) -> Vec<usize> {
        let is_number = |found: &&Match| matches!(self.targets[found.target].form, AnswerKind::Number { .. });
        self.matches.iter().filter(is_number).map(|found| found.column).collect()
    }

    /// Whether the cells of a column are points, of a scale or divided among parts.
    pub fn is_points(&self, column: usize) -> bool {
        let is = |found: &Match| {
            let kind = &self.targets[found.target].form;
            matches!(kind, AnswerKind::Point(_) | AnswerKind::Grid(_) | AnswerKind::Allocate(_))
        };
        self.matches.iter().any(|found| found.column == column && is(found))
    }

    /// Whether a column answers something.
    pub fn is_answer(&self, column: usize) -> bool {
        self.matches.iter().any(|found| found.column == column)
    }

    /// Whether the map defines what a cell of a column means.
    pub fn is_mapped(&self, map: &Map, column: usize, cell: &str) -> bool {
        let found = self.matches.iter().find(|found| found.column == column);
        found.is_some_and(|found| {
            let keys = [self.key(found.target, found.holds), self.targets[found.target].name.clone()];
            keys.iter().any(|key| map.values.get(key).is_some_and(|values| values.contains_key(cell)))
        })
    }

    fn find_columns(&mut self, taken: &mut [bool]) {
        let mut found = Candidates::new();
        for column in (0..taken.len()).filter(|at| !taken[*at]).collect::<Vec<_>>() {
            let header = &self.head.names[column];
            if header.is_empty()
                || platform::is_personal(header)
                || platform::role(self.platform, header).is_some()
            {
                continue;
            }
            let header = self.before_numbering(header).to_owned();
            let mut best: Vec<(Cost, How, usize, Holds)> = Vec::new();
            for (reading, penalty) in readings(&header, self.head.texts.get(column).map(String::as_str)) {
                best.extend(
                    self.candidates(&reading)
                        .into_iter()
                        .map(|(score, how, at, holds)| (score + penalty, how, at, holds)),
                );
            }
            let Some(least) = best.iter().map(|found| found.0).min() else { continue };
            best.retain(|found| found.0 == least);
            best.dedup_by_key(|found| (found.2, found.3));
            match best.as_slice() {
                [(score, how, target, holds)] => {
                    found.entry((*target, *holds)).or_default().push((*score, *how, column));
                }
                several => {
                    let names: Vec<String> =
                        several.iter().map(|(_, _, at, holds)| self.key(*at, *holds)).collect();
                    self.faults.push(format!(
                        "column `{header}` could answer {}: name it under [columns] for the one that it answers",
                        names.join(" or ")
                    ));
                }
            }
        }
        for ((target, holds), mut columns) in found {
            let mapped = self.matches.iter().any(|known| {
                known.target == target
                    && known.how == How::Map
                    && (known.holds == holds || known.holds == Holds::Whole || holds == Holds::Whole)
            });
            if mapped || self.left_out.contains(&target) {
                continue;
            }
            columns.sort();
            let first = columns[0];
            if self.constants.contains_key(&target) {
                self.faults.push(format!(
                    "column `{}` answers `{}`, for which [constants] has one answer in every row: take that out of the map, or the column \
                     out of the table",
                    self.head.names[first.2],
                    self.key(target, holds)
                ));
                continue;
            }
            // Of two columns that could hold a consent, one may hold a refusal.
            let consent = self.targets[target].is_consent();
            let alike: Vec<usize> =
                columns.iter().filter(|other| consent || other.0 == first.0).map(|other| other.2).collect();
            if alike.len() > 1 {
                let names: Vec<String> =
                    alike.iter().map(|at| format!("`{}`", self.head.names[*at])).collect();
                let key = self.key(target, holds);
                self.faults.push(format!(
                    "{} could all answer `{key}`: name the one that does under [columns]",
                    names.join(", ")
                ));
                continue;
            }
            taken[first.2] = true;
            self.matches.push(Match { target, holds, column: first.2, how: first.1 });
        }
        self.matches.sort_by_key(|found| (found.target, found.holds));
    }

    /// The possible matches for a reading of a header.
    fn candidates(&self, reading: &HeaderReading) -> Vec<(Cost, How, usize, Holds)> {
        let mut found = Vec::new();
        let how = |by_label: bool| match (by_label, reading.path) {
            (true, _) => How::Label,
            (false, true) => How::Path,
            (false, false) => How::Name,
        };
        for (at, target) in self.targets.iter().enumerate().filter(|(_, target)| target.can_be_told()) {
            let stem = named(&reading.stem, &target.name, &target.labels);
            match &reading.part {
                None => {
                    if let Some((score, by_label)) = stem.filter(|_| target.has_whole()) {
                        found.push((score, how(by_label), at, Holds::Whole));
                    }
                    for (part, known) in target.parts.iter().enumerate() {
                        if let Some((score, _)) = named(&reading.stem, &known.key, &[]) {
                            let (at, holds) = self
                                .line_of(&known.key)
                                .map_or((at, Holds::Part(part)), |at| (at, Holds::Whole));
                            found.push((score, how(false), at, holds));
                        }
                    }
                }
                Some(name) => {
                    let Some((score, by_label)) = stem else { continue };
                    let mut any = false;
                    for (part, known) in target.parts.iter().enumerate() {
                        if let Some((more, label)) = named(name, &known.name, &known.labels) {
                            any = true;
                            found.push((score + more, how(by_label || label), at, Holds::Part(part)));
                        }
                    }
                    let place = values::whole(name).filter(|place| *place >= 1 && !any);
                    if let (AnswerKind::Rank(_, places), Some(place)) = (&target.form, place)
                        && place as usize <= *places
                    {
                        found.push((score, how(by_label), at, Holds::Place(place as usize - 1)));
                    }
                }
            }
        }
        found
    }

    /// What a column of our own exports would be called if no column about the session had that name: `session` of `session_2`.
    fn before_numbering<'n>(&self, header: &'n str) -> &'n str {
        let is_ours =
            self.platform == Platform::Relata && self.targets.iter().all(|known| known.name != header);
        let about = |name: &&str| is_ours && platform::role(self.platform, name).is_some();
        header.strip_suffix("_2").filter(about).unwrap_or(header)
    }

    /// The question that a form calls like a part of another one, as `or_other` does: a path leads to the part there, and here the question
    /// has a number behind its name.
    fn line_of(&self, key: &str) -> Option<usize> {
        let is_line = |target: &Target| {
            target.has_whole() && target.name.strip_suffix("_2").is_some_and(|name| name == key)
        };
        self.targets.iter().position(is_line).filter(|_| self.platform == Platform::Kobo)
    }

    /// The key of a question or a part of one in a map.
    pub(super) fn key(&self, target: usize, holds: Holds) -> String {
        let target = &self.targets[target];
        match holds {
            Holds::Part(part) => {
                target.parts.get(part).map_or_else(|| target.name.clone(), |part| part.key.clone())
            }
            Holds::Whole | Holds::Place(_) => target.name.clone(),
        }
    }

    /// The columns of a question.
    pub(super) fn of(&self, target: usize) -> impl Iterator<Item = &Match> {
        self.matches.iter().filter(move |found| found.target == target)
    }

    /// Questions without a column that the map doesn't list as left out.
    pub(super) fn absent(&self) -> Vec<usize> {
        let told = |at: &usize| {
            !self.targets[*at].can_be_told()
                || self.left_out.contains(at)
                || self.constants.contains_key(at)
                || self.of(*at).next().is_some()
        };
        (0..self.targets.len()).filter(|at| !told(at)).collect()
    }

    fn complain_of_absent(&mut self, instrument: &Instrument) {
        let absent = self.absent();
        let consent = |at: &usize| instrument.items[*at].question.consent().is_some();
        for at in absent.iter().filter(|at| consent(at)) {
            let name = &self.targets[*at].name;
            self.faults.push(format!(
                "no column says who consented (`{name}`): name it under [columns], or write {name} = \"yes\" under [constants] if everybody \
                 in this file did, and nobody else's answers are in it"
            ));
        }
        let others: Vec<String> =
            absent.iter().filter(|at| !consent(at)).map(|at| self.targets[*at].name.clone()).collect();
        if !others.is_empty() {
            self.faults.push(format!(
                "no column answers {}: name them under [columns], or list them under left_out",
                others.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
            ));
        }
        let lacking: Vec<String> = (0..self.targets.len())
            .filter(|at| {
                self.of(*at).next().is_some() && self.of(*at).all(|found| found.holds != Holds::Whole)
            })
            .flat_map(|at| {
                let parts = 0..self.targets[at].parts.len();
                let places = self.of(at).any(|found| matches!(found.holds, Holds::Place(_)));
                let here: Vec<Holds> = self.of(at).map(|found| found.holds).collect();
                let words = matches!(self.targets[at].form, AnswerKind::Words(..));
                let lacks =
                    parts.filter(move |part| !places && !words && !here.contains(&Holds::Part(*part)));
                lacks.map(|part| self.targets[at].parts[part].key.clone()).collect::<Vec<_>>()
            })
            .collect();
        if !lacking.is_empty() {
            let names = lacking.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            self.faults.push(format!("a part of a question has no column: {names}; name it under [columns]"));
        }
    }

    /// The entries of a map with what was found.
    pub(super) fn entries(&self) -> Vec<MapEntry> {
        let mut entries = Vec::new();
        for (at, target) in self.targets.iter().enumerate().filter(|(_, target)| target.can_be_told()) {
            let found: Vec<&Match> = self.of(at).collect();
            let name = |found: &Match| self.head.names[found.column].clone();
            if found.iter().any(|found| matches!(found.holds, Holds::Place(_))) {
                let columns = found.iter().map(|found| name(found)).collect();
                entries.push(MapEntry { key: target.name.clone(), columns, remark: target.expects() });
                continue;
            }
            let whole = found.iter().find(|found| found.holds == Holds::Whole);
            let parts = (0..target.parts.len()).map(Holds::Part);
            let in_parts = whole.is_none() && (!found.is_empty() || !target.has_whole());
            let places: Vec<Holds> = if in_parts { parts.collect() } else { vec![Holds::Whole] };
            for holds in places {
                let column = found.iter().find(|found| found.holds == holds).map(|found| name(found));
                let columns = column.into_iter().collect();
                entries.push(MapEntry { key: self.key(at, holds), columns, remark: target.expects() });
            }
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = r#"
format = 1
name = "form"
version = "1"
languages = ["en"]
label = "Form"
minutes = 1
[[choices.reason]]
name = "price"
label = "Price"
[[choices.reason]]
name = "other"
label = "Other"
[[groups]]
name = "all"
label = "All"
[[groups.items]]
name = "worries"
kind = "select_multiple"
choices = "reason"
label = "Worries?"
[[groups.items]]
name = "worries_other_2"
kind = "text"
label = "Which?"
[[groups.items]]
name = "session"
kind = "text"
label = "Which session?"
"#;

    /// Which column answers what, and the faults.
    fn found(platform: Platform, names: &[&str]) -> (Vec<(String, String)>, Vec<String>) {
        let instrument = Instrument::read_stored(FORM).instrument.unwrap();
        let head =
            TableHead { names: names.iter().map(|name| (*name).to_owned()).collect(), texts: Vec::new() };
        let plan = ImportPlan::new(&instrument, head, platform, &Map::default(), &BTreeMap::new());
        let name = |found: &Match| (plan.key(found.target, found.holds), names[found.column].to_owned());
        (plan.matches.iter().map(name).collect(), plan.faults)
    }

    #[test]
    fn names_that_were_taken_lead_to_their_questions() {
        let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(key, column)| ((*key).to_owned(), (*column).to_owned())).collect()
        };
        let kobo =
            ["g/worries", "g/worries/price", "g/worries/other", "g/worries_other", "g/session", "_uuid"];
        let answers = [
            ("worries", "g/worries"),
            ("worries_price", "g/worries/price"),
            ("worries_other", "g/worries/other"),
            ("worries_other_2", "g/worries_other"),
            ("session", "g/session"),
        ];
        assert_eq!(found(Platform::Kobo, &kobo), (pairs(&answers), Vec::new()));
        let ours = ["session", "worries", "worries_price", "worries_other", "worries_other_2", "session_2"];
        let answers = [
            ("worries", "worries"),
            ("worries_price", "worries_price"),
            ("worries_other", "worries_other"),
            ("worries_other_2", "worries_other_2"),
            ("session", "session_2"),
        ];
        assert_eq!(found(Platform::Relata, &ours), (pairs(&answers), Vec::new()));
    }
}
