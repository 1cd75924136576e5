//! Sheets of paper to be filled in, as one page for A4: a browser prints it. Every sheet repeats its number on each of its pages, because
//! pages come apart.

use super::markup::Markup;
use crate::instrument::kinds::Voice;
use crate::instrument::prompt::{Ask, Choice, ScaleAsk, TextAsk, TextForm};
use crate::instrument::{Audience, Instrument, Language, kinds::AsWritten, phrases};
use crate::paper::{BESIDE, Block, Form, Number, Part, Sheet, Why, tables};
use crate::qr::Code;
use crate::text;
use crate::texts::{number, point_from};

const STYLE: &str = include_str!("sheet.css");

/// Lines for a long answer.
const LINES: usize = 5;
/// Options from which on two columns save paper, where none is long.
const COLUMNS: usize = 8;
/// So many letters fit into one of two columns.
const NARROW: usize = 34;
/// Rows of a table that stay on one page.
const TOGETHER: usize = 8;
/// Characters of the hash that somebody can compare by eye; the code holds all of it.
const SHOWN: usize = 16;

/// The sheets of these numbers, one behind the other.
pub fn sheets(sheet: &Sheet, instrument: &Instrument, numbers: &[Number]) -> String {
    let language = &sheet.language;
    let writer = Writer { sheet, language };
    let mut page = Markup::new();
    page.doctype();
    page.element("html", &[("lang", language.as_str())], |html| {
        html.element("head", &[], |head| {
            head.empty("meta", &[("charset", "utf-8")]);
            let policy = "default-src 'none'; style-src 'unsafe-inline'";
            head.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)]);
            let generator = concat!("relata ", env!("CARGO_PKG_VERSION"));
            head.empty("meta", &[("name", "generator"), ("content", generator)]);
            head.leaf("title", &[], &sheet.title);
            head.style(STYLE);
        });
        html.element("body", &[], |body| {
            for number in numbers {
                writer.one(&number.to_string(), &number.in_code(instrument), body);
            }
        });
    });
    page.finish()
}

struct Writer<'a> {
    sheet: &'a Sheet,
    language: &'a Language,
}

fn a_box(out: &mut Markup) {
    out.empty("span", &[("class", "box")]);
}

fn wide_box(out: &mut Markup) {
    out.empty("span", &[("class", "box wide")]);
}

impl Writer<'_> {
    fn one(&self, number: &str, code: &str, out: &mut Markup) {
        let language = self.language;
        let shown: String = self.sheet.hash.chars().take(SHOWN).collect();
        let name = &self.sheet.name;
        out.element("table", &[("class", "sheet")], |table| {
            table.element("thead", &[("class", "run")], |head| {
                cell_row(head, |cell| {
                    cell.leaf("span", &[("class", "number")], number);
                    cell.text(&self.sheet.title);
                });
            });
            table.element("tfoot", &[("class", "foot")], |foot| {
                cell_row(foot, |cell| {
                    cell.leaf("span", &[("class", "number")], number);
                    cell.text(&text!(language, "report-sheet-printed-from", name, hash = shown));
                });
            });
            table.element("tbody", &[], |body| {
                cell_row(body, |cell| self.top(number, code, cell));
                let mut holder = if self.sheet.led { Audience::Interviewer } else { Audience::Respondent };
                for (at, part) in self.sheet.parts.iter().enumerate() {
                    let turns = std::mem::replace(&mut holder, part.audience) != part.audience;
                    let class = match (turns, at) {
                        (false, _) => None,
                        // The head is all that the interviewer has filled in so far.
                        (true, 0) => Some("hand"),
                        (true, _) => Some("hand turn"),
                    };
                    cell_row(body, |cell| self.part(part, class, cell));
                }
                cell_row(body, |cell| self.end(holder, cell));
            });
        });
    }

    fn top(&self, number: &str, code: &str, out: &mut Markup) {
        let language = self.language;
        out.element("div", &[("class", "top")], |top| {
            top.element("div", &[], |words| {
                words.leaf("h1", &[], &self.sheet.title);
                if let Some(about) = &self.sheet.about {
                    words.leaf("p", &[], about);
                }
                words.leaf("p", &[("class", "number")], &text!(language, "report-sheet-number", number));
            });
            if let Some(code) = Code::of(code) {
                let side = code.rows.len();
                let around = format!("-2 -2 {0} {0}", side + 4);
                let attributes = [("viewBox", around.as_str()), ("role", "img"), ("aria-label", number)];
                top.element("svg", &attributes, |svg| svg.empty("path", &[("d", &code.path())]));
            }
        });
        out.element("table", &[("class", "heads")], |table| {
            table.element("tbody", &[], |body| {
                for line in &self.sheet.head {
                    body.element("tr", &[], |row| {
                        row.leaf("td", &[("class", "code")], &line.code);
                        row.element("td", &[("class", "label")], |cell| {
                            cell.text(&line.label);
                            if let Some(hint) = line.hint.as_ref().filter(|_| line.printed.is_none()) {
                                cell.leaf("span", &[("class", "small")], &format!(" ({hint})"));
                            }
                        });
                        match &line.printed {
                            Some(printed) => row.leaf("td", &[("class", "printed")], printed),
                            None => row.empty("td", &[("class", "line")]),
                        }
                    });
                }
            });
        });
        out.element("div", &[("class", "how")], |how| {
            how.leaf("p", &[], &text!(language, "report-sheet-how-to-tick"));
            how.leaf("p", &[], &text!(language, "report-sheet-how-to-leave-open"));
        });
    }

    fn part(&self, part: &Part, hands: Option<&str>, out: &mut Markup) {
        let language = self.language;
        let hand = match part.audience {
            Audience::Respondent => text!(language, "report-sheet-hand-over"),
            Audience::Interviewer => text!(language, "report-sheet-hand-back"),
        };
        if let Some(class) = hands {
            out.leaf("p", &[("class", class)], &hand);
        }
        out.leaf("h2", &[], &part.label);
        if let Some(rule) = &part.rule {
            out.leaf("p", &[("class", "rule")], rule);
        }
        if let Some(guidance) = part.guidance.as_ref().filter(|_| part.audience == Audience::Interviewer) {
            out.leaf("p", &[("class", "aside")], guidance);
        }
        for group in part.blocks.chunk_by(|a, b| a.rule == b.rule) {
            // A rule that holds for several questions is said once, before the first of them.
            let codes: Vec<&str> =
                group.iter().map(|block| block.code.as_str()).filter(|code| !code.is_empty()).collect();
            match (codes.as_slice(), group.first().and_then(|block| block.rule.as_ref())) {
                ([first, .., last], Some(rule)) => {
                    let rule = text!(language, "report-sheet-rule-for", first = *first, last = *last, rule);
                    out.leaf("p", &[("class", "rule over")], &rule);
                    let bare: Vec<Block> =
                        group.iter().map(|block| Block { rule: None, ..block.clone() }).collect();
                    self.blocks(&bare, out);
                }
                _ => self.blocks(group, out),
            }
        }
    }

    fn blocks(&self, blocks: &[Block], out: &mut Markup) {
        for run in tables(blocks) {
            match (run, run.first().and_then(Block::row_of)) {
                (_, Some((scale, hint))) if run.len() > 1 => {
                    if let Some(hint) = hint {
                        out.leaf("p", &[("class", "hint over")], &hint);
                    }
                    let rows: Vec<(String, String)> =
                        run.iter().map(|block| (block.code.clone(), block.text.clone())).collect();
                    self.grid(&scale, &rows, out);
                }
                _ => run.iter().for_each(|block| self.block(block, out)),
            }
        }
    }

    fn block(&self, block: &Block, out: &mut Markup) {
        let long = match &block.form {
            Form::Grid(scale) => scale.rows.len() > TOGETHER,
            Form::Note => true,
            _ => false,
        };
        out.element("div", &[("class", if long { "q long" } else { "q" })], |q| {
            q.leaf("div", &[("class", "code")], &block.code);
            q.element("div", &[], |body| {
                if let Some(rule) = &block.rule {
                    body.leaf("p", &[("class", "rule")], rule);
                }
                let class = if block.form == Form::Note { "note" } else { "ask" };
                // A text may have paragraphs.
                for paragraph in block.text.lines().filter(|line| !line.trim().is_empty()) {
                    body.leaf("p", &[("class", class)], paragraph);
                }
                if let Some(hint) = &block.hint {
                    body.leaf("p", &[("class", "hint")], hint);
                }
                for aside in &block.aside {
                    body.leaf("p", &[("class", "aside")], aside);
                }
                self.form(block, body);
            });
        });
    }

    fn form(&self, block: &Block, out: &mut Markup) {
        let language = self.language;
        let hint = |out: &mut Markup, text: String| out.leaf("p", &[("class", "hint")], &text);
        match &block.form {
            Form::Note => {}
            Form::One(Ask::Pick { options, min, max }) => {
                match (*min, *max) {
                    (1, 1) => {}
                    (_, max) if max >= options.len() => hint(out, text!(language, "report-sheet-several")),
                    (_, max) => hint(out, text!(language, "report-sheet-at-most", max)),
                }
                options_list(options, out);
            }
            Form::One(Ask::Scale(scale)) => self.points(scale, out),
            Form::One(Ask::Number { min, max, unit, .. }) => {
                let bound = |bound: &f64| number(*bound, language);
                let range = match (min.as_ref().map(bound), max.as_ref().map(bound)) {
                    (Some(min), Some(max)) => text!(language, "report-sheet-from-to", min, max),
                    (Some(min), None) => text!(language, "report-sheet-from", min),
                    (None, Some(max)) => text!(language, "report-sheet-up-to", max),
                    (None, None) => String::new(),
                };
                out.element("p", &[], |line| {
                    line.empty("span", &[("class", "line short")]);
                    let after = [unit.clone().unwrap_or_default(), range];
                    let after: Vec<String> = after.into_iter().filter(|part| !part.is_empty()).collect();
                    line.text(&format!(" {}", after.join(" · ")));
                });
            }
            Form::One(Ask::Text(TextAsk { form, .. })) => match form {
                TextForm::Paragraph => {
                    (0..LINES).for_each(|_| out.empty("div", &[("class", "line")]));
                }
                TextForm::Line | TextForm::Timed => out.empty("div", &[("class", "line")]),
                TextForm::Date { .. } => out.element("p", &[], |line| {
                    line.empty("span", &[("class", "line short")]);
                    line.text(&format!(" {}", text!(language, "report-sheet-day")));
                }),
            },
            Form::One(Ask::Rank { options, places }) => {
                hint(out, text!(language, "report-sheet-rank", places = *places));
                boxed_list(options, out);
            }
            Form::One(Ask::Allocate { parts, total }) => {
                hint(out, text!(language, "report-sheet-share", total = *total));
                boxed_list(parts, out);
            }
            Form::One(Ask::Note | Ask::Sort(_)) => {}
            Form::Grid(scale) => {
                let slots = block.slots();
                let rows: Vec<(String, String)> =
                    slots.into_iter().map(|slot| (slot.code, slot.label)).collect();
                self.grid(scale, &rows, out);
            }
            Form::MostLeast { statements, least } => {
                out.leaf("p", &[("class", "hint")], &text!(language, "report-sheet-most-and", least));
                self.most_least(block, statements, out);
            }
            Form::Words { placing, feels, .. } => {
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
            out.element("p", &[], |line| {
                line.empty("span", &[("class", "line short")]);
                let ends = [(min, &scale.low), (max, &scale.high)];
                let ends = ends.iter().filter(|(_, end)| !end.is_empty());
                let ends: Vec<String> = ends.map(|(point, end)| format!("{point} = {end}")).collect();
                let step = (scale.step > 1).then(|| text!(language, "report-sheet-steps", step = scale.step));
                let parts = [Some(range), step].into_iter().flatten().chain(ends);
                line.text(&format!(" {}", parts.collect::<Vec<_>>().join(" · ")));
            });
            return;
        }
        if scale.points.is_empty() {
            out.element("ul", &[("class", "points")], |list| {
                list.leaf("li", &[("class", "pole")], &scale.low);
                for point in scale.values() {
                    list.element("li", &[], |item| {
                        item.leaf("span", &[("class", "n")], &point_from(point, scale.from));
                        a_box(item);
                    });
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
                        row.element("td", &[], |cell| {
                            cell.leaf("span", &[("class", "n")], &point_from(point, scale.from));
                            a_box(cell);
                        });
                    }
                });
            });
        });
    }

    /// Several questions on one scale, one below the other.
    fn grid(&self, scale: &ScaleAsk, rows: &[(String, String)], out: &mut Markup) {
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
        out.element("table", &[("class", "grid")], |table| {
            table.element("thead", &[], |head| {
                head.element("tr", &[], |row| {
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
                });
            });
            table.element("tbody", &[], |body| {
                for (code, label) in rows {
                    body.element("tr", &[], |row| {
                        row.leaf("td", &[("class", "code")], code);
                        row.leaf("td", &[], label);
                        for point in scale.values() {
                            row.element("td", &[("class", "mid")], |cell| {
                                cell.leaf("span", &[("class", "n")], &point_from(point, scale.from));
                                a_box(cell);
                            });
                        }
                    });
                }
            });
        });
    }

    fn most_least(&self, block: &Block, statements: &[Choice], out: &mut Markup) {
        let voice = AsWritten(self.language);
        let heads = [(phrases::most(), "a"), (phrases::least(), "b")];
        out.element("table", &[("class", "grid")], |table| {
            table.element("thead", &[], |head| {
                head.element("tr", &[], |row| {
                    row.empty("th", &[]);
                    for (label, part) in &heads {
                        let label = format!("{} ({}{part})", voice.say(label), block.code);
                        row.leaf("th", &[("class", "mid")], &label);
                    }
                });
            });
            table.element("tbody", &[], |body| {
                for (at, statement) in (1..).zip(statements) {
                    body.element("tr", &[], |row| {
                        row.leaf("td", &[], &statement.label);
                        for _ in &heads {
                            row.element("td", &[("class", "mid")], |cell| {
                                cell.leaf("span", &[("class", "n")], &format!("{at}"));
                                a_box(cell);
                            });
                        }
                    });
                }
            });
        });
    }

    /// A line for each word, and beside it how the word feels.
    fn words(&self, block: &Block, feels: &ScaleAsk, out: &mut Markup) {
        out.element("table", &[("class", "grid")], |table| {
            table.element("thead", &[], |head| {
                head.element("tr", &[], |row| {
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
                });
            });
            table.element("tbody", &[], |body| {
                for slot in block.slots().iter().step_by(2) {
                    body.element("tr", &[], |row| {
                        row.leaf("td", &[("class", "code")], &slot.code);
                        row.element("td", &[], |cell| cell.empty("span", &[("class", "line part")]));
                        for point in feels.values() {
                            row.element("td", &[("class", "mid")], |cell| {
                                cell.leaf("span", &[("class", "n")], &point_from(point, feels.from));
                                a_box(cell);
                            });
                        }
                    });
                }
            });
        });
    }

    fn end(&self, holder: Audience, out: &mut Markup) {
        let language = self.language;
        out.leaf("p", &[("class", "hand")], &text!(language, "report-sheet-thanks"));
        if self.sheet.led && holder == Audience::Respondent {
            out.leaf("p", &[("class", "hand")], &text!(language, "report-sheet-hand-back"));
        }
        let names = |why: Why| {
            let of = self.sheet.left_out.iter().filter(|left| left.why == why);
            of.map(|left| left.item.as_str()).collect::<Vec<_>>().join(", ")
        };
        let timed = names(Why::Timed);
        out.leaf("p", &[("class", "small")], &text!(language, "report-sheet-one-order"));
        if !timed.is_empty() {
            out.leaf("p", &[("class", "small")], &text!(language, "report-sheet-timed", items = timed));
        }
    }
}

fn cell_row(out: &mut Markup, inside: impl FnOnce(&mut Markup)) {
    out.element("tr", &[], |row| row.element("td", &[], inside));
}

fn options_list(options: &[Choice], out: &mut Markup) {
    let short = options.iter().all(|option| option.label.chars().count() <= NARROW);
    let class = if options.len() >= COLUMNS && short { "options two" } else { "options" };
    out.element("ul", &[("class", class)], |list| {
        for (at, option) in (1..).zip(options) {
            list.element("li", &[], |item| {
                item.leaf("span", &[("class", "n")], &format!("{at}"));
                a_box(item);
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
