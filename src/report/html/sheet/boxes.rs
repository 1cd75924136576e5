//! Where an answer is written on a sheet: boxes, lines and tables, as the kind of question asks for.

use super::SheetWriter;
use crate::instrument::kinds::{AsWritten, Voice};
use crate::instrument::phrases;
use crate::instrument::prompt::{Ask, Choice, ScaleAsk, TextAsk, TextForm};
use crate::paper::{BESIDE, ResponseFormat, SheetBlock};
use crate::report::html::markup::Markup;
use crate::text;
use crate::texts::{number, point_from};

/// Lines for a long answer.
const LINES: usize = 5;
/// Options from which on two columns save paper, where none is long.
const COLUMNS: usize = 8;
/// Letters that fit into one of two columns.
const NARROW: usize = 34;

impl SheetWriter<'_> {
    pub(super) fn form(&self, block: &SheetBlock, out: &mut Markup) {
        let language = self.language;
        let hint = |out: &mut Markup, text: String| out.leaf("p", &[("class", "hint")], &text);
        match &block.form {
            ResponseFormat::Note => {}
            ResponseFormat::One(Ask::Pick { options, min, max }) => {
                match (*min, *max) {
                    (1, 1) => {}
                    (_, max) if max >= options.len() => hint(out, text!(language, "report-sheet-several")),
                    (_, max) => hint(out, text!(language, "report-sheet-at-most", max)),
                }
                options_list(options, out);
            }
            ResponseFormat::One(Ask::Scale(scale)) => self.points(scale, out),
            ResponseFormat::One(Ask::Number { min, max, unit, .. }) => {
                let bound = |bound: &f64| number(*bound, language);
                let range = match (min.as_ref().map(bound), max.as_ref().map(bound)) {
                    (Some(min), Some(max)) => text!(language, "report-sheet-from-to", min, max),
                    (Some(min), None) => text!(language, "report-sheet-from", min),
                    (None, Some(max)) => text!(language, "report-sheet-up-to", max),
                    (None, None) => String::new(),
                };
                short_line([unit.clone().unwrap_or_default(), range], out);
            }
            ResponseFormat::One(Ask::Text(TextAsk { form, .. })) => match form {
                TextForm::Paragraph => {
                    (0..LINES).for_each(|_| out.empty("div", &[("class", "line")]));
                }
                TextForm::Line | TextForm::Timed => out.empty("div", &[("class", "line")]),
                TextForm::Date { min, max, .. } => {
                    let range = match (min, max) {
                        (Some(min), Some(max)) => {
                            text!(
                                language,
                                "report-sheet-from-to",
                                min = min.to_string(),
                                max = max.to_string()
                            )
                        }
                        (Some(min), None) => text!(language, "report-sheet-day-from", min = min.to_string()),
                        (None, Some(max)) => text!(language, "report-sheet-day-up-to", max = max.to_string()),
                        (None, None) => String::new(),
                    };
                    short_line([text!(language, "report-sheet-day"), range], out);
                }
            },
            ResponseFormat::One(Ask::Rank { options, places }) => {
                hint(out, text!(language, "report-sheet-rank", places = *places));
                boxed_list(options, out);
            }
            ResponseFormat::One(Ask::Allocate { parts, total }) => {
                hint(out, text!(language, "report-sheet-share", total = *total));
                boxed_list(parts, out);
            }
            ResponseFormat::One(Ask::Note | Ask::Sort(_)) => {}
            ResponseFormat::Grid(scale) => {
                let slots = block.slots();
                let rows: Vec<(String, String)> =
                    slots.into_iter().map(|slot| (slot.code, slot.label)).collect();
                self.grid(scale, &rows, out);
            }
            ResponseFormat::MostLeast { statements, least } => {
                out.leaf("p", &[("class", "hint")], &text!(language, "report-sheet-most-and", least));
                self.most_least(block, statements, out);
            }
            ResponseFormat::Words { placing, feels, .. } => {
                hint(out, placing.clone());
                self.words(block, feels, out);
            }
        }
    }

    /// One scale for one question.
    fn points(&self, scale: &ScaleAsk, out: &mut Markup) {
        if scale.len() > BESIDE {
            let language = self.language;
            let written = |point: i64| number(point as f64, language);
            let (min, max) = (written(scale.from), written(scale.to));
            let range = text!(language, "report-sheet-from-to", min = min.clone(), max = max.clone());
            let ends = [(min, &scale.low), (max, &scale.high)].into_iter().filter(|(_, end)| !end.is_empty());
            let ends = ends.map(|(point, end)| format!("{point} = {end}"));
            let step = (scale.step > 1).then(|| text!(language, "report-sheet-steps", step = scale.step));
            short_line([Some(range), step].into_iter().flatten().chain(ends), out);
            return;
        }
        if scale.points.is_empty() {
            out.element("ul", &[("class", "points")], |list| {
                list.leaf("li", &[("class", "pole")], &scale.low);
                for point in scale.values() {
                    list.element("li", &[], |item| numbered(&point_from(point, scale.from), item));
                }
                list.leaf("li", &[("class", "pole")], &scale.high);
            });
            return;
        }
        out.element("table", &[("class", "labelled")], |table| {
            table.element("tbody", &[], |body| {
                body.element("tr", &[], |row| {
                    scale.points.iter().for_each(|label| row.leaf("td", &[], label))
                });
                body.element("tr", &[], |row| {
                    for point in scale.values() {
                        row.element("td", &[], |cell| numbered(&point_from(point, scale.from), cell));
                    }
                });
            });
        });
    }

    /// Several questions on one scale, one below the other.
    pub(super) fn grid(&self, scale: &ScaleAsk, rows: &[(String, String)], out: &mut Markup) {
        if scale.len() > BESIDE {
            for (code, label) in rows {
                out.element("div", &[("class", "q")], |q| {
                    q.leaf("div", &[("class", "code")], code);
                    q.element("div", &[], |body| {
                        body.leaf("p", &[("class", "ask")], label);
                        self.points(scale, body);
                    });
                });
            }
            return;
        }
        let head = |row: &mut Markup| {
            row.empty("th", &[("class", "code")]);
            row.empty("th", &[]);
            let last = scale.len().saturating_sub(1);
            for (at, _) in scale.values().enumerate() {
                let label = match scale.points.get(at) {
                    Some(label) => label.as_str(),
                    None if at == 0 => &scale.low,
                    None if at == last => &scale.high,
                    None => "",
                };
                row.leaf("th", &[("class", "mid")], label);
            }
        };
        a_grid(out, head, |body| {
            for (code, label) in rows {
                body.element("tr", &[], |row| {
                    row.leaf("td", &[("class", "code")], code);
                    row.leaf("td", &[], label);
                    points_in(row, scale);
                });
            }
        });
    }

    fn most_least(&self, block: &SheetBlock, statements: &[Choice], out: &mut Markup) {
        let voice = AsWritten(self.language);
        let heads = [(phrases::most(), "a"), (phrases::least(), "b")];
        let head = |row: &mut Markup| {
            row.empty("th", &[]);
            for (label, part) in &heads {
                let label = format!("{} ({}{part})", voice.say(label), block.code);
                row.leaf("th", &[("class", "mid")], &label);
            }
        };
        a_grid(out, head, |body| {
            for (at, statement) in (1..).zip(statements) {
                body.element("tr", &[], |row| {
                    row.leaf("td", &[], &statement.label);
                    for _ in &heads {
                        row.element("td", &[("class", "mid")], |cell| numbered(&at.to_string(), cell));
                    }
                });
            }
        });
    }

    /// A line for each word, and beside it how the word feels.
    fn words(&self, block: &SheetBlock, feels: &ScaleAsk, out: &mut Markup) {
        let head = |row: &mut Markup| {
            row.empty("th", &[]);
            row.empty("th", &[]);
            let last = feels.len().saturating_sub(1);
            for at in 0..feels.len() {
                let label = match at {
                    0 => &feels.low,
                    at if at == last => &feels.high,
                    _ => "",
                };
                row.leaf("th", &[("class", "mid")], label);
            }
        };
        a_grid(out, head, |body| {
            for slot in block.slots().iter().step_by(2) {
                body.element("tr", &[], |row| {
                    row.leaf("td", &[("class", "code")], &slot.code);
                    row.element("td", &[], |cell| cell.empty("span", &[("class", "line part")]));
                    points_in(row, feels);
                });
            }
        });
    }
}

/// A short line to write on, and what is to be written, in parts of which some may be empty.
fn short_line(parts: impl IntoIterator<Item = String>, out: &mut Markup) {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    out.element("p", &[], |line| {
        line.empty("span", &[("class", "line short")]);
        line.text(&format!(" {}", parts.join(" · ")));
    });
}

/// A box behind its number.
fn numbered(number: &str, out: &mut Markup) {
    out.leaf("span", &[("class", "n")], number);
    out.empty("span", &[("class", "box")]);
}

/// A cell for each point of a scale.
fn points_in(row: &mut Markup, scale: &ScaleAsk) {
    for point in scale.values() {
        row.element("td", &[("class", "mid")], |cell| numbered(&point_from(point, scale.from), cell));
    }
}

/// Rows of cells under one row of headings.
fn a_grid(out: &mut Markup, head: impl FnOnce(&mut Markup), body: impl FnOnce(&mut Markup)) {
    out.element("table", &[("class", "grid")], |table| {
        table.element("thead", &[], |rows| rows.element("tr", &[], head));
        table.element("tbody", &[], body);
    });
}

fn wide_box(out: &mut Markup) {
    out.empty("span", &[("class", "box wide")]);
}

fn options_list(options: &[Choice], out: &mut Markup) {
    let short = options.iter().all(|option| option.label.chars().count() <= NARROW);
    let class = if options.len() >= COLUMNS && short { "options two" } else { "options" };
    out.element("ul", &[("class", class)], |list| {
        for (at, option) in (1..).zip(options) {
            list.element("li", &[], |item| {
                numbered(&at.to_string(), item);
                item.leaf("span", &[], &option.label);
            });
        }
    });
}

/// Options with a box in which a number is written.
fn boxed_list(options: &[Choice], out: &mut Markup) {
    out.element("ul", &[("class", "options boxed")], |list| {
        for option in options {
            list.element("li", &[], |item| {
                item.empty("span", &[]);
                wide_box(item);
                item.leaf("span", &[], &option.label);
            });
        }
    });
}
