//! A document as a page, for a screen and for paper.

use super::charts::{self, number};
use super::curves;
use super::markup::{Markup, SafeHtml};
use super::page::{HtmlPage, scrolling, section};
use crate::instrument::Language;
use crate::report::document::{
    Advice, Bar, Bars, Block, Cell, Cloud, Column, ColumnContent, Conclusion, Drawing, Fact, Part, Plane,
    Reason, Reasons, Section, Shown, Table, UNKNOWN,
};
use crate::text;
use crate::texts::capital;

/// Reasons shown for one profile, and for each of two. Further ones weigh less and would cost a third sheet.
const REASONS: usize = 6;
const REASONS_OF_TWO: usize = 3;
/// Answers shown beside one reason.
const ANSWERS: usize = 2;
/// Sections from which on a list of contents helps.
const CONTENTS: usize = 7;

/// The document as one HTML file.
pub fn to_html(document: &Shown) -> String {
    let language = Language::new(&document.language);
    let page = HtmlPage { language: &language, title: &document.window(), simulated: document.simulated };
    let writer = HtmlWriter { language: &language };
    page.write(|header| writer.header(document, header), |main| writer.main(document, main))
}

/// The sections of a document as a part of another page, each with its heading.
pub fn part(document: &Shown) -> SafeHtml {
    let language = Language::new(&document.language);
    let mut out = Markup::new();
    HtmlWriter { language: &language }.main(document, &mut out);
    out.part()
}

struct HtmlWriter<'a> {
    language: &'a Language,
}

impl HtmlWriter<'_> {
    fn header(&self, document: &Shown, out: &mut Markup) {
        out.leaf("p", &[("class", "kicker")], &document.kicker);
        out.leaf("h1", &[], &document.title);
        out.element("dl", &[("class", "facts")], |list| {
            for Part { it: (name, value), .. } in &document.facts {
                list.element("div", &[], |pair| {
                    pair.leaf("dt", &[], name);
                    pair.leaf("dd", &[], value);
                });
            }
        });
    }

    fn main(&self, document: &Shown, out: &mut Markup) {
        let blocks = document.sections.iter().flat_map(|section| all(&section.blocks));
        let verdicts: Vec<&Conclusion> = blocks.filter_map(verdict_of).collect();
        if !(document.lead.is_empty() && verdicts.is_empty()) {
            out.element("section", &[("class", "lead"), ("aria-labelledby", "short")], |lead| {
                let heading = text!(self.language, "report-in-short");
                lead.leaf("h2", &[("class", "hidden"), ("id", "short")], &heading);
                document.lead.iter().for_each(|sentence| lead.leaf("p", &[], &sentence.it));
                verdicts.iter().for_each(|verdict| write_verdict(verdict, lead));
            });
        }
        // The box above has these already.
        let more = |section: &&Section| section.blocks.iter().any(|part| verdict_of(&part.it).is_none());
        let sections: Vec<&Section> = document.sections.iter().filter(more).collect();
        if sections.len() >= CONTENTS {
            self.contents(&sections, out);
        }
        for part in sections {
            section(out, part.id, &part.title, |out| self.blocks(&part.blocks, part.id, out));
        }
    }

    fn contents(&self, sections: &[&Section], out: &mut Markup) {
        let contents = text!(self.language, "report-document-contents");
        out.element("nav", &[("aria-label", &contents)], |nav| {
            nav.element("ul", &[], |list| {
                for part in sections {
                    let link = format!("#{}", part.id);
                    list.element("li", &[], |line| line.leaf("a", &[("href", &link)], &part.title));
                }
            });
        });
    }

    /// Blocks one below the other; reasons and narrow tables that follow each other stand side by side.
    fn blocks(&self, blocks: &[Part<Block>], id: &str, out: &mut Markup) {
        let beside = |block: &Block| match block {
            Block::Reasons(_) => Some("two"),
            Block::Table(table) if table.narrow => Some("columns"),
            _ => None,
        };
        let mut at = 0;
        for group in blocks.chunk_by(|a, b| beside(&a.it).is_some() && beside(&a.it) == beside(&b.it)) {
            let mut write = |out: &mut Markup| {
                for part in group {
                    self.block(&part.it, group.len(), &format!("{id}-{at}"), out);
                    at += 1;
                }
            };
            match group.first().and_then(|part| beside(&part.it)) {
                Some(class) if group.len() > 1 => out.element("div", &[("class", class)], write),
                _ => write(out),
            }
        }
    }

    /// `together`: how many of its kind stand side by side.
    fn block(&self, block: &Block, together: usize, id: &str, out: &mut Markup) {
        match block {
            Block::Heading(text) => out.leaf("h3", &[], text),
            Block::Paragraph(text) => out.leaf("p", &[], text),
            Block::Remark(text) => out.leaf("p", &[("class", "small soft")], text),
            Block::List(lines) => write_list(lines, &[], out),
            Block::Print(lines) => write_list(lines, &[("class", "small fine")], out),
            // Written in the box at the beginning.
            Block::Conclusion(_) => {}
            Block::Bars(bars) => self.bars(bars, out),
            Block::Table(table) if table.narrow => write_table(table, out),
            Block::Table(table) => scrolling(out, &table.caption, |frame| write_table(table, frame)),
            Block::Plane(plane) => self.plane(plane, id, out),
            Block::Reasons(reasons) => {
                let most = if together > 1 { REASONS_OF_TWO } else { REASONS };
                out.element("div", &[], |out| self.reasons(reasons, most, out));
            }
            Block::Facts(facts) => write_facts(facts, out),
            Block::Advice(advice) => write_advice(advice, out),
            Block::Cloud(cloud) => write_cloud(cloud, out),
            Block::Curves(found) => curves::curves(out, id, found),
        }
    }

    fn bars(&self, bars: &Bars, out: &mut Markup) {
        let groups: Vec<(String, usize)> = bars.columns.iter().map(|column| (column.clone(), 2)).collect();
        scrolling(out, &bars.caption, |out| {
            out.element("table", &[("class", "bars")], |table| {
                table.leaf("caption", &[], &bars.caption);
                if !groups.is_empty() {
                    table.element("thead", &[], |head| write_groups(&bars.rows_are, &groups, head));
                }
                table.element("tbody", &[], |body| {
                    for row in &bars.rows {
                        body.element("tr", &[], |out| {
                            out.leaf("th", &[("scope", "row")], &row.name);
                            for (side, bar) in row.bars.iter().enumerate() {
                                write_bar(bar.as_ref(), side, out);
                            }
                        });
                    }
                });
            });
        });
    }

    fn reasons(&self, reasons: &Reasons, most: usize, out: &mut Markup) {
        out.leaf("h3", &[], &reasons.title);
        out.element("ul", &[("class", "reasons")], |list| {
            reasons.lines.iter().take(most).for_each(|line| write_reason(line, list));
        });
        let left = reasons.lines.len().saturating_sub(most);
        if left > 0 {
            let weights = if reasons.lines.iter().any(|line| line.weight.is_some()) { "yes" } else { "no" };
            let sentence = text!(self.language, "report-document-left-more-less-weight", left, weights);
            out.leaf("p", &[("class", "small soft")], &sentence);
        }
    }

    fn plane(&self, plane: &Plane, id: &str, out: &mut Markup) {
        let figure = |figure: &mut Markup| charts::plane(figure, id, plane, self.language);
        if plane.cross.is_none() {
            out.element("figure", &[("class", "study-plane")], |out| {
                figure(out);
                out.leaf("figcaption", &[], &plane.description);
            });
            return;
        }
        out.element("div", &[("class", "beside")], |beside| {
            beside.element("figure", &[], figure);
            beside.element("div", &[], |words| {
                for (at, part) in plane.beside.iter().enumerate() {
                    match &part.it {
                        Block::Conclusion(verdict) => write_verdict(verdict, words),
                        block => self.block(block, 1, &format!("{id}-{at}"), words),
                    }
                }
            });
        });
    }
}

/// These blocks, and those beside their planes.
fn all(blocks: &[Part<Block>]) -> impl Iterator<Item = &Block> {
    blocks.iter().flat_map(|part| {
        let beside = match &part.it {
            Block::Plane(plane) => plane.beside.as_slice(),
            _ => &[],
        };
        std::iter::once(&part.it).chain(beside.iter().map(|part| &part.it))
    })
}

fn verdict_of(block: &Block) -> Option<&Conclusion> {
    match block {
        Block::Conclusion(verdict) => Some(verdict),
        _ => None,
    }
}

fn write_verdict(verdict: &Conclusion, out: &mut Markup) {
    out.element("p", &[], |p| {
        if let Some(title) = &verdict.title {
            p.text(&format!("{title}: "));
        }
        p.leaf("strong", &[], &verdict.sentence);
        for more in verdict.more.iter().chain(&verdict.warnings) {
            p.text(&format!(" {more}"));
        }
    });
}

fn write_list(lines: &[String], attributes: &[(&'static str, &str)], out: &mut Markup) {
    out.element("ul", attributes, |list| lines.iter().for_each(|line| list.leaf("li", &[], line)));
}

fn write_facts(facts: &[Fact], out: &mut Markup) {
    out.element("dl", &[("class", "pairs")], |list| {
        for (name, value) in facts {
            list.leaf("dt", &[], name);
            list.leaf("dd", &[], value);
        }
    });
}

/// Position, shape and table say how pleasant a word is; colour only repeats it.
fn write_cloud(cloud: &Cloud, out: &mut Markup) {
    out.element("figure", &[("class", "cloud")], |out| {
        out.element("ul", &[], |list| {
            for word in &cloud.words {
                let side = match word.valence {
                    Some(valence) if valence > 0.0 => "warm",
                    Some(valence) if valence < 0.0 => "cold",
                    _ => "even",
                };
                list.element("li", &[("class", &format!("s{} {side}", word.size))], |item| {
                    item.text(&word.word);
                    item.leaf("small", &[], &format!(" {}", word.n));
                });
            }
        });
        out.leaf("figcaption", &[], &cloud.caption);
    });
}

fn write_advice(advice: &Advice, out: &mut Markup) {
    out.element("article", &[], |one| {
        one.element("h3", &[], |heading| {
            heading.text(&advice.title);
            if let Some(only) = &advice.only {
                heading.leaf("span", &[("class", "tag")], &format!(" ({only})"));
            }
        });
        one.leaf("p", &[], &advice.text);
    });
}

fn write_reason(line: &Reason, list: &mut Markup) {
    list.element("li", &[], |item| {
        item.element("span", &[("class", "side")], |side| {
            side.leaf("b", &[], &line.side);
            if let Some(weight) = &line.weight {
                side.text(" ");
                side.leaf("span", &[], weight);
            }
        });
        item.element("div", &[], |item| {
            item.text(&capital(&line.words));
            if line.answers.is_empty() {
                return;
            }
            item.element("ul", &[("class", "answers")], |answers| {
                for (question, answer) in line.answers.iter().take(ANSWERS) {
                    answers.element("li", &[], |line| {
                        line.text(&format!("{question} — "));
                        line.leaf("em", &[], answer);
                    });
                }
            });
        });
    });
}

fn write_bar(bar: Option<&Bar>, side: usize, row: &mut Markup) {
    let class = if side > 0 { "line other" } else { "line" };
    row.element("td", &[("class", class), ("aria-hidden", "true")], |cell| {
        bar.iter().for_each(|bar| draw(&bar.drawing, cell));
    });
    row.element("td", &[("class", "n")], |cell| match bar {
        Some(bar) => {
            cell.text(&bar.shown);
            if let Some(interval) = &bar.interval {
                cell.leaf("span", &[("class", "soft")], &format!(" ({interval})"));
            }
        }
        None => cell.text(UNKNOWN),
    });
}

/// The row with the headings of groups of columns, beside the heading of the first one, where it stands here.
fn write_groups(first: &str, groups: &[(String, usize)], head: &mut Markup) {
    head.element("tr", &[], |row| {
        match first {
            "" => row.empty("td", &[]),
            first => row.leaf("th", &[("scope", "col")], first),
        }
        for (name, columns) in groups {
            row.leaf("th", &[("scope", "colgroup"), ("colspan", &columns.to_string())], name);
        }
    });
}

fn write_table(table: &Table, out: &mut Markup) {
    let language = table.language.map(|language| ("lang", language));
    let attributes: Vec<(&'static str, &str)> = language.into_iter().collect();
    // What is called by two names is as wide as the bars above it.
    let named = matches!(table.rows.first().and_then(|row| row.it.first()), Some(Cell::Name(_)));
    let class_of_table = [("class", "bars")];
    out.element("table", if named { &class_of_table } else { &[] }, |out| {
        let hidden = if table.quiet { "hidden" } else { "shown" };
        out.element("caption", &[], |caption| caption.leaf("span", &[("class", hidden)], &table.caption));
        out.element("thead", &[], |head| {
            if !table.groups.is_empty() {
                write_groups("", &table.groups, head);
            }
            head.element("tr", &[], |row| {
                for column in &table.columns {
                    let class = class(column.holds);
                    row.leaf("th", &[("scope", "col"), ("class", class)], &column.name);
                }
            });
        });
        out.element("tbody", &attributes, |body| {
            for cells in &table.rows {
                body.element("tr", &[], |row| {
                    for (at, (cell, column)) in cells.it.iter().zip(&table.columns).enumerate() {
                        write_cell(cell, at == 0, column, row);
                    }
                });
            }
        });
    });
}

fn write_cell(cell: &Cell, first: bool, column: &Column, row: &mut Markup) {
    let attributes = [("class", class(column.holds))];
    match cell {
        Cell::Text(text) if first => row.leaf("th", &[("scope", "row")], text),
        Cell::Text(text) => row.leaf("td", &attributes, text),
        Cell::Leader(text) => row.element("td", &attributes, |cell| cell.leaf("strong", &[], text)),
        Cell::Name(name) => row.leaf("th", &[("scope", "row")], name),
        Cell::Instead(text) => row.leaf("td", &[("colspan", "2")], text),
        Cell::Drawing(drawing) => {
            let drawn = [("class", "line"), ("aria-hidden", "true")];
            row.element("td", &drawn, |cell| draw(drawing, cell));
        }
    }
}

fn class(holds: ColumnContent) -> &'static str {
    match holds {
        ColumnContent::Words => "w",
        ColumnContent::Numbers => "n",
        ColumnContent::Drawings => "line",
    }
}

/// A line with the value as a dot, its interval as a bar and a mark across.
fn draw(drawing: &Drawing, out: &mut Markup) {
    const WIDTH: f64 = 160.0;
    let at = |place: f64| 6.0 + place * (WIDTH - 12.0);
    let width = number(WIDTH);
    let frame = [
        ("class", "interval"),
        ("viewBox", &*format!("0 0 {width} 16")),
        ("width", &*width),
        ("height", "16"),
        ("focusable", "false"),
    ];
    out.element("svg", &frame, |svg| {
        charts::line(svg, "rail", (at(0.0), 8.0), (at(1.0), 8.0));
        if let Some(mark) = drawing.mark {
            charts::line(svg, "mark", (at(mark), 1.0), (at(mark), 15.0));
        }
        if let Some((low, high)) = drawing.interval {
            charts::line(svg, "span", (at(low), 8.0), (at(high), 8.0));
        }
        let centre = number(at(drawing.value));
        svg.empty("circle", &[("class", "dot"), ("cx", &centre), ("cy", "8"), ("r", "4.5")]);
    });
}
