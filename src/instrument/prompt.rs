//! Prompts: what a front-end draws, and the replies to them. Kinds of items are open, prompts are this small closed set;
//! a new kind touches no front-end, and a new prompt makes the compiler list every front-end.

use jiff::civil::Date;
use serde::Serialize;

mod called;
mod day;
mod reply;
mod run;
mod sort;
mod typed;

pub use called::{option, options};
pub use day::{day, noon};
pub use reply::{Input, Missing, Reply, ScaleReply, Typed, Unread};
pub use run::{Run, SortDisplay};
pub use sort::{
    Category, Clock, ClockVerdict, Connection, Device, FASTER_MS, FEEDBACK_MS, Pairing, SortBlock, SortKey,
    SortTrial, Sorted, Sorting, Timing, WINDOW_MS,
};
pub use typed::{editable, number};

/// One thing to ask, in the language of the moment, with every name filled in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prompt {
    /// The question or instruction.
    pub text: String,
    /// A help for the respondent.
    pub hint: Option<String>,
    /// What kind of reply it takes.
    pub ask: Ask,
}

/// The closed set of replies that can be asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Read, then go on.
    Note,
    /// Choose between `min` and `max` of the options.
    Pick {
        /// In the order shown.
        options: Vec<Choice>,
        /// Fewest that may be chosen.
        min: usize,
        /// Most that may be chosen.
        max: usize,
    },
    /// Place each row on one scale.
    Scale(ScaleAsk),
    /// A number.
    Number {
        /// Lowest that is taken.
        min: Option<f64>,
        /// Highest that is taken.
        max: Option<f64>,
        /// Whole numbers only.
        whole: bool,
        /// What is counted.
        unit: Option<String>,
    },
    /// Words.
    Text(TextAsk),
    /// Put `places` of the options in order.
    Rank {
        /// In the order shown.
        options: Vec<Choice>,
        /// How many are to be placed.
        places: usize,
    },
    /// Divide `total` points over the parts.
    Allocate {
        /// In the order shown.
        parts: Vec<Choice>,
        /// What the points must add up to.
        total: i64,
    },
    /// Sort stimuli by two keys, as fast as can be.
    Sort(SortBlock),
}

/// A named option, row or part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The name that is recorded.
    pub name: String,
    /// The text that is shown.
    pub label: String,
}

/// One scale for one or more rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScaleAsk {
    /// At least one; a single row may have an empty label. They, and the cells of a reply, are in the order of the file.
    pub rows: Vec<Choice>,
    /// Indices of the rows in the order shown; empty where that is the order of the file.
    pub order: Vec<usize>,
    /// Lowest point.
    pub from: i64,
    /// Highest point.
    pub to: i64,
    /// Distance between points.
    pub step: i64,
    /// A label for every point, or none.
    pub points: Vec<String>,
    /// Text at the low end.
    pub low: String,
    /// Text at the high end.
    pub high: String,
}

impl ScaleAsk {
    /// Indices of the rows in the order shown.
    pub fn shown(&self) -> Vec<usize> {
        if self.order.is_empty() { (0..self.rows.len()).collect() } else { self.order.clone() }
    }

    /// The points, ascending.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = i64> {
        let (from, step) = (self.from, self.step.max(1));
        (0..self.len() as i64).map(move |k| from + k * step)
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        ((self.to - self.from) / self.step.max(1) + 1).max(0) as usize
    }

    /// Whether there is no point; never true in a checked instrument.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether one digit, after a minus sign where there is one, is a complete answer.
    pub fn takes_digit(&self) -> bool {
        self.from >= -9 && self.to <= 9
    }

    /// The point that was typed: the number itself, with or without its sign, or its label.
    pub fn typed(&self, text: &str) -> Result<i64, Invalid> {
        let outside = Invalid::OutOfRange { min: Some(self.from as f64), max: Some(self.to as f64) };
        let labelled = || {
            let at = called::called(text, self.points.iter().map(String::as_str))?;
            self.values().nth(at)
        };
        let number = text.trim().replace('−', "-").parse().ok();
        let point = number.or_else(labelled).ok_or(outside)?;
        self.check(point)?;
        Ok(point)
    }
}

/// A request for words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TextAsk {
    /// What the text is.
    pub form: TextForm,
    /// Longest text, in characters.
    pub max_length: usize,
    /// Whether an empty text is an answer of its own: "no more".
    pub may_be_empty: bool,
    /// Which of how many words this is at most, where words are asked for one by one.
    pub word: Option<(usize, usize)>,
}

/// What a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextForm {
    /// One line.
    Line,
    /// Several lines.
    Paragraph,
    /// One line whose first-key and enter times are recorded.
    Timed,
    /// A day, `YYYY-MM-DD`, within bounds.
    Date {
        /// First day that is taken.
        min: Option<Date>,
        /// Last day that is taken.
        max: Option<Date>,
        /// Whether it may lie in the future.
        future: bool,
    },
}

/// Why an answer was rejected. Front-ends show it with [`Invalid::in_words`].
#[derive(Debug, Clone, PartialEq)]
pub enum Invalid {
    /// The reply has another form than the prompt.
    WrongForm,
    /// No such option, row or part.
    NoSuchOption(String),
    /// The same option twice.
    Twice(String),
    /// Fewer than the least number of choices.
    TooFew(usize),
    /// Fewer in order than there are places.
    PlacesLeft(usize),
    /// Rows of a scale that have no answer, by their labels.
    Unrated(Vec<String>),
    /// More than the greatest number of choices.
    TooMany(usize),
    /// Outside the bounds of a number or scale.
    OutOfRange {
        /// Lowest that is taken.
        min: Option<f64>,
        /// Highest that is taken.
        max: Option<f64>,
    },
    /// Not on one of the scale's points.
    OffScale,
    /// A whole number is wanted.
    NotWhole,
    /// A number that can be read in two ways, such as `1.204`.
    TwoNumbers {
        /// As it was typed.
        text: String,
        /// What it is if the sign stands between thousands.
        grouped: f64,
        /// What it is if the sign begins the decimals; none where only whole numbers are taken.
        decimal: Option<f64>,
    },
    /// A number with more digits than are kept.
    ManyDigits {
        /// As it was typed.
        text: String,
        /// What it would become.
        value: f64,
    },
    /// Empty where words are wanted.
    Empty,
    /// More characters than fit.
    TooLong(usize),
    /// Not a day in the form `YYYY-MM-DD`.
    NotADate,
    /// A day outside the bounds.
    DateOutOfRange {
        /// First day that is taken.
        min: Option<Date>,
        /// Last day that is taken.
        max: Option<Date>,
    },
    /// A day in the future.
    InFuture {
        /// The day that it is.
        today: Date,
    },
    /// Points that do not add up.
    WrongSum {
        /// What they add up to.
        sum: i64,
        /// What they should add up to.
        total: i64,
    },
    /// The trials are not those of the block, or have impossible times.
    OtherBlock,
}

impl Ask {
    /// Whether `input` answers this.
    pub fn check(&self, input: &Input) -> Result<(), Invalid> {
        match (self, input) {
            (Self::Note, Input::Seen) => Ok(()),
            (Self::Pick { options, min, max }, Input::Picked(names)) => {
                check_names(options, names)?;
                if names.len() < *min {
                    return Err(Invalid::TooFew(*min));
                }
                if names.len() > *max {
                    return Err(Invalid::TooMany(*max));
                }
                Ok(())
            }
            (Self::Scale(scale), Input::Rated(cells)) => {
                if cells.len() > scale.rows.len() {
                    return Err(Invalid::TooMany(scale.rows.len()));
                }
                if cells.len() < scale.rows.len() {
                    return Err(scale.unrated(cells.len()..scale.rows.len()));
                }
                cells.iter().filter_map(|cell| cell.point()).try_for_each(|point| scale.check(point))
            }
            (Self::Number { min, max, whole, .. }, Input::Number(number)) => {
                let inside = min.is_none_or(|min| *number >= min) && max.is_none_or(|max| *number <= max);
                if !number.is_finite() || !inside {
                    return Err(Invalid::OutOfRange { min: *min, max: *max });
                }
                if *whole && number.fract() != 0.0 {
                    return Err(Invalid::NotWhole);
                }
                Ok(())
            }
            (Self::Text(ask), Input::Text(typed)) => ask.check(&typed.text),
            (Self::Rank { options, places }, Input::Ranked(names)) => {
                check_names(options, names)?;
                match names.len().cmp(places) {
                    std::cmp::Ordering::Less => Err(Invalid::PlacesLeft(*places)),
                    std::cmp::Ordering::Equal => Ok(()),
                    std::cmp::Ordering::Greater => Err(Invalid::TooMany(*places)),
                }
            }
            (Self::Allocate { parts, total }, Input::Allocated(points)) => {
                if let Some(name) = points.keys().find(|name| !parts.iter().any(|part| part.name == **name)) {
                    return Err(Invalid::NoSuchOption(name.clone()));
                }
                if points.values().any(|points| !(0..=*total).contains(points)) {
                    return Err(Invalid::OutOfRange { min: Some(0.0), max: Some(*total as f64) });
                }
                let sum = points.values().sum();
                if sum != *total {
                    return Err(Invalid::WrongSum { sum, total: *total });
                }
                Ok(())
            }
            (Self::Sort(block), Input::Sorted(sorted)) => block.check(sorted),
            (Self::Sort(_), Input::NotTimed) => Ok(()),
            _ => Err(Invalid::WrongForm),
        }
    }
}

impl ScaleAsk {
    /// That these rows have no answer.
    pub fn unrated(&self, rows: impl IntoIterator<Item = usize>) -> Invalid {
        let open: Vec<String> =
            rows.into_iter().filter_map(|at| self.rows.get(at)).map(|row| row.label.clone()).collect();
        if self.rows.len() > 1 { Invalid::Unrated(open) } else { Invalid::TooFew(1) }
    }

    /// Whether `point` lies on the scale.
    pub fn check(&self, point: i64) -> Result<(), Invalid> {
        if !(self.from..=self.to).contains(&point) {
            return Err(Invalid::OutOfRange { min: Some(self.from as f64), max: Some(self.to as f64) });
        }
        if (point - self.from) % self.step.max(1) != 0 {
            return Err(Invalid::OffScale);
        }
        Ok(())
    }
}

impl TextAsk {
    /// Whether `text` answers this.
    pub fn check(&self, text: &str) -> Result<(), Invalid> {
        if text.trim().is_empty() {
            return if self.may_be_empty { Ok(()) } else { Err(Invalid::Empty) };
        }
        if text.chars().count() > self.max_length {
            return Err(Invalid::TooLong(self.max_length));
        }
        if let TextForm::Date { min, max, .. } = self.form {
            let date: Date = text.trim().parse().map_err(|_| Invalid::NotADate)?;
            if min.is_some_and(|min| date < min) || max.is_some_and(|max| date > max) {
                return Err(Invalid::DateOutOfRange { min, max });
            }
        }
        Ok(())
    }
}

fn check_names(options: &[Choice], names: &[String]) -> Result<(), Invalid> {
    for (index, name) in names.iter().enumerate() {
        if !options.iter().any(|option| option.name == *name) {
            return Err(Invalid::NoSuchOption(name.clone()));
        }
        if names[..index].contains(name) {
            return Err(Invalid::Twice(name.clone()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(from: i64, to: i64, step: i64) -> ScaleAsk {
        let rows = vec![Choice { name: "r".into(), label: String::new() }];
        ScaleAsk {
            rows,
            order: vec![],
            from,
            to,
            step,
            points: vec![],
            low: String::new(),
            high: String::new(),
        }
    }

    #[test]
    fn what_is_typed_is_the_point_itself() {
        for (from, to, step) in [(-3, 3, 1), (0, 8, 2), (5, 12, 1), (1, 7, 1), (-10, 10, 1), (-4, 4, 2)] {
            let scale = scale(from, to, step);
            for point in scale.values() {
                let texts = [
                    format!("{point}"),
                    format!("{point:+}"),
                    format!(" {point:+03} "),
                    format!("{point:+}").replace('-', "−"),
                ];
                texts.iter().for_each(|text| assert_eq!(scale.typed(text), Ok(point), "{from}…{to}: {text}"));
            }
            for text in [format!("{}", from - 1), format!("{}", to + 1), "x".into(), String::new()] {
                assert!(matches!(scale.typed(&text), Err(Invalid::OutOfRange { .. })), "{from}…{to}: {text}");
            }
        }
        assert_eq!(scale(0, 8, 2).typed("3"), Err(Invalid::OffScale));
        let points = ["5", "Désaccord", "Both", "both"].map(str::to_owned).to_vec();
        let labelled = ScaleAsk { points, ..scale(1, 4, 1) };
        assert_eq!((labelled.typed("desaccord"), labelled.typed("3")), (Ok(2), Ok(3)));
        assert!(labelled.typed("both").is_err() && labelled.typed("5").is_err());
        assert!([scale(-3, 3, 1), scale(0, 8, 2), scale(1, 7, 1)].iter().all(ScaleAsk::takes_digit));
        assert!(![scale(-10, 10, 1), scale(5, 12, 1), scale(0, 10, 1)].iter().any(ScaleAsk::takes_digit));
    }
}
