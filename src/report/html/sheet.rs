//! Sheets of paper to be filled in, as one page for A4: a browser prints it. Every sheet repeats its number on each of its pages, because
//! pages come apart.

use super::markup::Markup;
use crate::instrument::{Audience, Instrument, Language};
use crate::paper::{OmissionReason, ResponseFormat, Sheet, SheetBlock, SheetNumber, SheetSection, tables};
use crate::qr::QrCode;
use crate::text;

mod boxes;

const STYLE: &str = include_str!("sheet.css");

/// Rows of a table that stay on one page.
const TOGETHER: usize = 8;
/// Characters of the hash to compare by eye; the QR code holds all of it.
const SHOWN: usize = 16;

/// The sheets of these numbers, one behind the other.
pub fn sheets(sheet: &Sheet, instrument: &Instrument, numbers: &[SheetNumber]) -> String {
    let language = &sheet.language;
    let writer = SheetWriter { sheet, language };
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

struct SheetWriter<'a> {
    sheet: &'a Sheet,
    language: &'a Language,
}

impl SheetWriter<'_> {
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
            if let Some(code) = QrCode::of(code) {
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

    fn part(&self, part: &SheetSection, hands: Option<&str>, out: &mut Markup) {
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
                    let bare: Vec<SheetBlock> =
                        group.iter().map(|block| SheetBlock { rule: None, ..block.clone() }).collect();
                    self.blocks(&bare, out);
                }
                _ => self.blocks(group, out),
            }
        }
    }

    fn blocks(&self, blocks: &[SheetBlock], out: &mut Markup) {
        for run in tables(blocks) {
            match (run, run.first().and_then(SheetBlock::row_of)) {
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

    fn block(&self, block: &SheetBlock, out: &mut Markup) {
        let long = match &block.form {
            ResponseFormat::Grid(scale) => scale.rows.len() > TOGETHER,
            ResponseFormat::Note => true,
            _ => false,
        };
        out.element("div", &[("class", if long { "q long" } else { "q" })], |q| {
            q.leaf("div", &[("class", "code")], &block.code);
            q.element("div", &[], |body| {
                if let Some(rule) = &block.rule {
                    body.leaf("p", &[("class", "rule")], rule);
                }
                let class = if block.form == ResponseFormat::Note { "note" } else { "ask" };
                // A text may have paragraphs.
                for paragraph in block.text.lines().filter(|line| !line.trim().is_empty()) {
                    body.leaf("p", &[("class", class)], paragraph);
                }
                if let Some(hint) = &block.hint {
                    body.leaf("p", &[("class", "hint")], hint);
                }
                if let Some(limit) = &block.limit {
                    body.leaf("p", &[("class", "hint")], limit);
                }
                for aside in &block.aside {
                    body.leaf("p", &[("class", "aside")], aside);
                }
                self.form(block, body);
            });
        });
    }

    fn end(&self, holder: Audience, out: &mut Markup) {
        let language = self.language;
        out.leaf("p", &[("class", "hand")], &text!(language, "report-sheet-thanks"));
        if self.sheet.led && holder == Audience::Respondent {
            out.leaf("p", &[("class", "hand")], &text!(language, "report-sheet-hand-back"));
        }
        let timed = self.sheet.left_out.iter().any(|left| left.why == OmissionReason::Timed);
        out.leaf("p", &[("class", "small")], &text!(language, "report-sheet-one-order"));
        if timed {
            out.leaf("p", &[("class", "small")], &text!(language, "report-sheet-timed"));
        }
    }
}

fn cell_row(out: &mut Markup, inside: impl FnOnce(&mut Markup)) {
    out.element("tr", &[], |row| row.element("td", &[], inside));
}
