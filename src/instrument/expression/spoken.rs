//! A condition in words, for a respondent who fills in a questionnaire on paper: "“Yes” is ticked at A3 and the answer to B1 is
//! 6 or lower". The caller supplies the words for names; a `not` is moved inward, because "it is not so that" is hard to read.
//! Refuses what can't be worked out with a pencil: a computed value is returned as an error with the reason.

mod compared;

use std::cell::RefCell;
use std::collections::BTreeSet;

use self::compared::Subject;
use super::Expression;
use super::functions::Function;
use super::tree::{Comparison, Expr};

use crate::text;
use crate::texts::Language;

/// How the names of an expression appear on a sheet.
pub trait Spoken {
    /// The language of the sheet.
    fn language(&self) -> &Language;

    /// Where an answer stands, such as `A3 (“How old are you?”)`; none for what is not on the sheet.
    fn place(&self, name: &str) -> Option<String>;

    /// The same without the question, for a second time: `A3`.
    fn code(&self, name: &str) -> Option<String>;

    /// What an option of a name is called there; none where the name has no options.
    fn option(&self, name: &str, option: &str) -> Option<String>;

    /// Whether the answer is a day.
    fn is_day(&self, name: &str) -> bool;

    /// The expression behind a calculation.
    fn calculation(&self, name: &str) -> Option<&Expression>;
}

/// A condition as somebody reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpokenCondition {
    /// It holds for everybody.
    Always,
    /// It holds for nobody.
    Never,
    /// It holds if this is so: a clause without "if".
    If(String),
}

impl Expression {
    /// This condition in words.
    ///
    /// # Errors
    /// In a few words, what cannot be said in it.
    pub fn in_words(&self, of: &dyn Spoken) -> Result<SpokenCondition, String> {
        let speaker = ClauseSpeaker { of, said: RefCell::default() };
        Ok(match speaker.clause(&self.root, true)? {
            Clause::Constant(true) => SpokenCondition::Always,
            Clause::Constant(false) => SpokenCondition::Never,
            Clause::Simple(words) | Clause::Joined(words) => SpokenCondition::If(words),
        })
    }
}

/// A part of a condition.
enum Clause {
    Constant(bool),
    /// One statement.
    Simple(String),
    /// Several, which stand in parentheses inside another one.
    Joined(String),
}

struct ClauseSpeaker<'a> {
    of: &'a dyn Spoken,
    /// Names whose question has been quoted already.
    said: RefCell<BTreeSet<String>>,
}

impl<'a> ClauseSpeaker<'a> {
    /// The label of the option that a value is of a name.
    fn option_of(&self, name: &str, value: &Expr) -> Option<String> {
        match value {
            Expr::Text(option) => self.of.option(name, option),
            _ => None,
        }
    }

    fn place(&self, name: &str) -> Result<String, String> {
        let first = self.said.borrow_mut().insert(name.to_owned());
        let place = if first { self.of.place(name) } else { self.of.code(name) };
        place.ok_or_else(|| format!("`{name}` is not on the sheet"))
    }

    /// What must be so for this to be `holds`.
    fn clause(&self, expr: &'a Expr, holds: bool) -> Result<Clause, String> {
        let language = self.of.language();
        match expr {
            Expr::Bool(truth) => Ok(Clause::Constant(*truth == holds)),
            Expr::Not(inner) => self.clause(inner, !holds),
            Expr::All(parts) => self.joined(parts, holds, holds),
            Expr::Any(parts) => self.joined(parts, holds, !holds),
            Expr::Compare(comparison, left, right) => {
                self.compared(if holds { *comparison } else { comparison.opposite() }, left, right)
            }
            Expr::Within(value, list) => self.within(value, list, holds),
            Expr::Selected(name, option) => {
                let place = self.place(name)?;
                let option = self.of.option(name, option).ok_or("it names an option that is not there")?;
                Ok(Clause::Simple(match holds {
                    true => text!(language, "spoken-ticked", option = quoted(&option, language), place),
                    false => text!(language, "spoken-without", option = quoted(&option, language), place),
                }))
            }
            Expr::IsAnswered(name) => {
                let place = self.place(name)?;
                Ok(Clause::Simple(match holds {
                    true => text!(language, "spoken-answered", place),
                    false => text!(language, "spoken-empty", place),
                }))
            }
            Expr::Name(name) => match self.of.calculation(name) {
                Some(calculation) => self.clause(&calculation.root, holds),
                None => {
                    let place = self.place(name)?;
                    let option = if holds { "yes" } else { "no" };
                    let option =
                        self.of.option(name, option).ok_or("it is no question with a yes and a no")?;
                    Ok(Clause::Simple(text!(
                        language,
                        "spoken-ticked",
                        option = quoted(&option, language),
                        place
                    )))
                }
            },
            // What is put in place of nothing: where that is what is asked for, an open answer will do as well.
            Expr::Apply(Function::Coalesce, parts) => match parts.as_slice() {
                [inner, Expr::Bool(instead)] if *instead == holds => self.unless(inner, holds),
                [inner, Expr::Bool(_)] => self.clause(inner, holds),
                _ => Err("it is worked out by a function that no sheet can work out".into()),
            },
            _ => Err("it is worked out by a function that no sheet can work out".into()),
        }
    }

    /// The condition under which this is not the opposite of `holds`: it holds, or an answer to it is missing.
    fn unless(&self, expr: &'a Expr, holds: bool) -> Result<Clause, String> {
        let language = self.of.language();
        if let Some((name, options)) = self.not_ticked(expr, holds) {
            let place = self.place(name)?;
            return Ok(Clause::Simple(none_ticked(options, place, language)));
        }
        if let Expr::Name(name) = expr
            && let Some(calculation) = self.of.calculation(name)
        {
            return self.unless(&calculation.root, holds);
        }
        match expr {
            Expr::Not(inner) => self.unless(inner, !holds),
            Expr::All(parts) => self.each(parts, holds, &|part| self.unless(part, holds)),
            Expr::Any(parts) => self.each(parts, !holds, &|part| self.unless(part, holds)),
            Expr::Bool(_) | Expr::IsAnswered(_) => self.clause(expr, holds),
            other => {
                let mut names = BTreeSet::new();
                other.collect_names(&mut names);
                let holds = self.clause(other, holds)?;
                let names: Vec<&str> = names.into_iter().collect();
                let (Clause::Simple(before), [name]) = (holds, names.as_slice()) else {
                    return Err("it asks what holds where an answer is missing".into());
                };
                let after = text!(language, "spoken-empty", place = self.place(name)?);
                Ok(Clause::Joined(text!(language, "spoken-or", before, after)))
            }
        }
    }

    /// The options of a question of which none may be ticked for this not to be the opposite of `holds`; `None` where it
    /// depends on something else.
    fn not_ticked(&self, expr: &'a Expr, holds: bool) -> Option<(&'a str, Vec<String>)> {
        match expr {
            Expr::Not(inner) => self.not_ticked(inner, !holds),
            Expr::Apply(Function::Coalesce, parts) => match parts.as_slice() {
                [inner, Expr::Bool(instead)] if *instead == holds => self.not_ticked(inner, holds),
                _ => None,
            },
            Expr::Compare(..) => {
                let (left, comparison, right) = self.comparison(expr, holds)?;
                let Subject::Answer(name) = self.subject(left) else { return None };
                (comparison == Comparison::NotEqual).then_some(())?;
                Some((name, vec![self.option_of(name, right)?]))
            }
            Expr::Within(value, list) if !holds => {
                let Subject::Answer(name) = self.subject(value) else { return None };
                Some((name, list.iter().map(|value| self.option_of(name, value)).collect::<Option<_>>()?))
            }
            Expr::Selected(name, chosen) if !holds => Some((name, vec![self.of.option(name, chosen)?])),
            _ => None,
        }
    }

    /// The same, where a missing answer may count as well, whatever surrounds it.
    fn never_ticked(&self, expr: &'a Expr, holds: bool) -> Option<(&'a str, Vec<String>)> {
        match expr {
            Expr::Not(inner) => self.never_ticked(inner, !holds),
            Expr::Apply(Function::Coalesce, _) => self.not_ticked(expr, holds),
            _ => None,
        }
    }

    /// Parts, each said by `say`, of which all (or any) must be so.
    fn each(
        &self,
        parts: &'a [Expr],
        all: bool,
        say: &dyn Fn(&'a Expr) -> Result<Clause, String>,
    ) -> Result<Clause, String> {
        let said = parts.iter().map(say).collect::<Result<Vec<_>, _>>()?;
        Ok(self.one_of(said, all))
    }

    /// Joins clauses; those that are always true are left out.
    fn one_of(&self, said: Vec<Clause>, all: bool) -> Clause {
        let language = self.of.language();
        if said.iter().any(|clause| matches!(clause, Clause::Constant(truth) if *truth != all)) {
            return Clause::Constant(!all);
        }
        let mut said: Vec<Clause> =
            said.into_iter().filter(|clause| !matches!(clause, Clause::Constant(_))).collect();
        if said.len() == 1 {
            return said.remove(0);
        }
        let words = said.into_iter().map(|clause| match clause {
            Clause::Joined(words) => format!("({words})"),
            Clause::Simple(words) => words,
            Clause::Constant(_) => String::new(),
        });
        let joined = words.reduce(|before, after| match all {
            true => text!(language, "spoken-and", before, after),
            false => text!(language, "spoken-or", before, after),
        });
        joined.map_or(Clause::Constant(all), Clause::Joined)
    }

    /// Parts of which all (or any) must hold; those that always do are left out.
    fn joined(&self, parts: &'a [Expr], holds: bool, all: bool) -> Result<Clause, String> {
        let language = self.of.language();
        let mut said = Vec::new();
        let mut told = vec![false; parts.len()];
        for (at, part) in parts.iter().enumerate() {
            if told[at] {
                continue;
            }
            let alike: Vec<usize> = (at..parts.len())
                .filter(|other| !told[*other] && self.alike(part, &parts[*other], holds, all))
                .collect();
            let together =
                self.together(&alike.iter().map(|at| &parts[*at]).collect::<Vec<_>>(), holds, all)?;
            if let Some(clause) = together {
                alike.into_iter().for_each(|other| told[other] = true);
                said.push(clause);
                continue;
            }
            // Several options of one question that may not be ticked.
            if all && let Some((name, mut options)) = self.never_ticked(part, holds) {
                for (other, more) in parts.iter().enumerate().skip(at + 1) {
                    if let Some((_, others)) =
                        self.never_ticked(more, holds).filter(|(same, _)| *same == name && !told[other])
                    {
                        told[other] = true;
                        options.extend(others);
                    }
                }
                let mut seen = BTreeSet::new();
                options.retain(|option| seen.insert(option.clone()));
                let place = self.place(name)?;
                said.push(Clause::Simple(none_ticked(options, place, language)));
                continue;
            }
            said.push(self.clause(part, holds)?);
        }
        Ok(self.one_of(said, all))
    }
}

fn quoted(text: &str, language: &Language) -> String {
    text!(language, "spoken-quoted", text)
}

/// That none of these options is ticked.
fn none_ticked(mut options: Vec<String>, place: String, language: &Language) -> String {
    let last = options.pop().map(|option| quoted(&option, language)).unwrap_or_default();
    if options.is_empty() {
        return text!(language, "spoken-not-ticked", option = last, place);
    }
    let before: Vec<String> = options.iter().map(|option| quoted(option, language)).collect();
    let options = text!(language, "spoken-and", before = before.join(", "), after = last);
    text!(language, "spoken-none-ticked", options, place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::expression::{Names, Type};

    struct Sheet(Language, Option<Expression>);

    impl Names for Sheet {
        fn type_of(&self, name: &str) -> Option<Type> {
            Some(match name {
                "n" | "m" | "low" | "low2" => Type::Number,
                "yes" => Type::Bool,
                "one" => Type::Option(vec!["a".into(), "b".into(), "c".into()]),
                "many" => Type::Options(vec!["a".into(), "b".into()]),
                "day" => Type::Date,
                "word" => Type::Text,
                _ => return None,
            })
        }

        fn all(&self) -> Vec<String> {
            Vec::new()
        }
    }

    impl Spoken for Sheet {
        fn language(&self) -> &Language {
            &self.0
        }

        fn place(&self, name: &str) -> Option<String> {
            let known = ["n", "m", "yes", "one", "many", "day", "word", "low2"];
            known.iter().position(|known| *known == name).map(|at| format!("A{}", at + 1))
        }

        fn code(&self, name: &str) -> Option<String> {
            Some(format!("again {}", self.place(name)?))
        }

        fn option(&self, name: &str, option: &str) -> Option<String> {
            ["yes", "one", "many"].contains(&name).then(|| option.to_uppercase())
        }

        fn is_day(&self, name: &str) -> bool {
            name == "day"
        }

        fn calculation(&self, name: &str) -> Option<&Expression> {
            self.1.as_ref().filter(|_| name == "low")
        }
    }

    fn said(text: &str, language: &str) -> Result<SpokenCondition, String> {
        let sheet = Sheet(Language::new(language), None);
        let calculation = Expression::parse("n", &sheet).unwrap().0;
        let sheet = Sheet(Language::new(language), Some(calculation));
        Expression::parse(text, &sheet).unwrap_or_else(|why| panic!("{text}: {why:?}")).0.in_words(&sheet)
    }

    #[test]
    fn what_somebody_can_look_up_is_said_in_both_languages() {
        for (text, english, dutch) in [
            ("n <= 6", "the answer to A1 is 6 or lower", "het antwoord bij A1 6 of lager is"),
            ("not (n <= 6)", "the answer to A1 is higher than 6", "het antwoord bij A1 hoger is dan 6"),
            ("6 > n", "the answer to A1 is lower than 6", "het antwoord bij A1 lager is dan 6"),
            ("n = -1.5", "the answer to A1 is −1.5", "het antwoord bij A1 −1,5 is"),
            ("low >= 2", "the answer to A1 is 2 or higher", "het antwoord bij A1 2 of hoger is"),
            (
                "n > m",
                "the answer to A1 is higher than the answer to A2",
                "het antwoord bij A1 hoger is dan het antwoord bij A2",
            ),
            ("one = 'a'", "“A” is ticked at A4", "bij A4 ‘A’ is aangekruist"),
            (
                "one != 'a'",
                "something other than “A” is ticked at A4",
                "bij A4 iets anders dan ‘A’ is aangekruist",
            ),
            (
                "one in ['a', 'b', 'c']",
                "“A”, “B” or “C” is ticked at A4",
                "bij A4 ‘A’, ‘B’ of ‘C’ is aangekruist",
            ),
            ("not (n in [1, 2])", "the answer to A1 is not 1 or 2", "het antwoord bij A1 niet 1 of 2 is"),
            ("selected(many, 'b')", "“B” is ticked at A5", "bij A5 ‘B’ is aangekruist"),
            (
                "not selected(many, 'b')",
                "something is ticked at A5, and “B” is not",
                "bij A5 iets is aangekruist, maar ‘B’ niet",
            ),
            (
                "count(many) >= 2",
                "the number of ticks at A5 is 2 or higher",
                "het aantal kruisjes bij A5 2 of hoger is",
            ),
            ("is_answered(word)", "something is filled in at A7", "bij A7 iets is ingevuld"),
            ("not is_answered(word)", "nothing is filled in at A7", "bij A7 niets is ingevuld"),
            ("word = 'no'", "the answer to A7 is “no”", "het antwoord bij A7 ‘no’ is"),
            ("not yes", "“NO” is ticked at A3", "bij A3 ‘NO’ is aangekruist"),
            ("yes = false", "“NO” is ticked at A3", "bij A3 ‘NO’ is aangekruist"),
            (
                "day < '2026-01-31'",
                "the answer to A6 is before 2026-01-31",
                "het antwoord bij A6 vóór 2026-01-31 ligt",
            ),
            (
                "yes and (n < 3 or one = 'a')",
                "“YES” is ticked at A3 and (the answer to A1 is lower than 3 or “A” is ticked at A4)",
                "bij A3 ‘YES’ is aangekruist en (het antwoord bij A1 lager is dan 3 of bij A4 ‘A’ is aangekruist)",
            ),
            (
                "not (n < 3 or one = 'a')",
                "the answer to A1 is 3 or higher and something other than “A” is ticked at A4",
                "het antwoord bij A1 3 of hoger is en bij A4 iets anders dan ‘A’ is aangekruist",
            ),
            (
                "one = 'a' or one = 'c' or n = 3",
                "“A” or “C” is ticked at A4 or the answer to A1 is 3",
                "bij A4 ‘A’ of ‘C’ is aangekruist of het antwoord bij A1 3 is",
            ),
            (
                "n > 6 and n < 9",
                "the answer to A1 is higher than 6 and the answer to again A1 is lower than 9",
                "het antwoord bij A1 hoger is dan 6 en het antwoord bij again A1 lager is dan 9",
            ),
            (
                "n > 1 or m > 1 or low2 > 1",
                "at least one of the answers to again A1, again A2 and again A8 is higher than 1",
                "minstens een van de antwoorden bij again A1, again A2 en again A8 hoger is dan 1",
            ),
            (
                "not (n > 1 or m > 1 or low2 > 1)",
                "each of the answers to again A1, again A2 and again A8 is 1 or lower",
                "elk van de antwoorden bij again A1, again A2 en again A8 1 of lager is",
            ),
            ("coalesce(one != 'a', true)", "“A” is not ticked at A4", "bij A4 ‘A’ niet is aangekruist"),
            (
                "coalesce(one != 'a', true) and coalesce(one != 'c', true) and yes",
                "none of “A” and “C” is ticked at A4 and “YES” is ticked at A3",
                "bij A4 geen van ‘A’ en ‘C’ is aangekruist en bij A3 ‘YES’ is aangekruist",
            ),
            (
                "not coalesce(selected(many, 'a'), false)",
                "“A” is not ticked at A5",
                "bij A5 ‘A’ niet is aangekruist",
            ),
            (
                "coalesce(n > 3, false)",
                "the answer to A1 is higher than 3",
                "het antwoord bij A1 hoger is dan 3",
            ),
            (
                "coalesce(n > 3, true)",
                "the answer to A1 is higher than 3 or nothing is filled in at again A1",
                "het antwoord bij A1 hoger is dan 3 of bij again A1 niets is ingevuld",
            ),
            (
                "not coalesce(one = 'a' or n > 3, false)",
                "“A” is not ticked at A4 and (the answer to A1 is 3 or lower or nothing is filled in at again A1)",
                "bij A4 ‘A’ niet is aangekruist en (het antwoord bij A1 3 of lager is of bij again A1 niets is ingevuld)",
            ),
            ("n + 1 >= 8", "the answer to A1 is 7 or higher", "het antwoord bij A1 7 of hoger is"),
            ("yes and true", "“YES” is ticked at A3", "bij A3 ‘YES’ is aangekruist"),
        ] {
            assert_eq!(said(text, "en"), Ok(SpokenCondition::If(english.into())), "{text}");
            assert_eq!(said(text, "nl"), Ok(SpokenCondition::If(dutch.into())), "{text}");
        }
        assert_eq!(said("yes or true", "en"), Ok(SpokenCondition::Always));
        assert_eq!(said("yes and not true", "en"), Ok(SpokenCondition::Never));
    }

    #[test]
    fn what_nobody_works_out_with_a_pencil_is_not_said() {
        for text in
            ["n + m > 3", "string_length(word) > 3", "contains(word, 'x')", "if(yes, n, m) = 2", "n > m * 2"]
        {
            assert!(said(text, "en").is_err(), "{text}");
        }
    }
}
