//! A document as a page: a report of a whole study, for a screen and for paper.

use super::charts::{self, number};
use super::markup::Markup;
use super::page::{Page, scrolling, section};
use crate::instrument::Language;
use crate::report::document::{Block, Cell, Document, Drawing, Holds, Plane, Table};
use crate::wording::say;

/// The document as one HTML file.
pub fn to_html(document: &Document) -> String {
    let language = Language::new(&document.language);
    let page = Page { language: &language, title: &document.title, simulated: document.simulated };
    page.write(|header| write_header(document, header), |main| write_main(document, &language, main))
}

fn write_header(document: &Document, out: &mut Markup) {
    out.leaf("p", &[("class", "kicker")], &document.kicker);
    out.leaf("h1", &[], &document.title);
    out.element("dl", &[("class", "facts")], |list| {
        for (name, value) in &document.facts {
            list.element("div", &[], |pair| {
                pair.leaf("dt", &[], name);
                pair.leaf("dd", &[], value);
            });
        }
    });
}

fn write_main(document: &Document, language: &Language, out: &mut Markup) {
    out.element("section", &[("class", "lead"), ("aria-labelledby", "short")], |lead| {
        let heading = say(language, "In short", "In het kort");
        lead.leaf("h2", &[("class", "hidden"), ("id", "short")], &heading);
        for sentence in &document.lead {
            lead.leaf("p", &[], sentence);
        }
    });
    let contents = say(language, "Contents", "Inhoud");
    out.element("nav", &[("aria-label", &contents)], |nav| {
        nav.element("ul", &[], |list| {
            for part in &document.sections {
                let link = format!("#{}", part.id);
                list.element("li", &[], |line| line.leaf("a", &[("href", &link)], &part.title));
            }
        });
    });
    for part in &document.sections {
        section(out, part.id, &part.title, |out| {
            for (at, block) in part.blocks.iter().enumerate() {
                write_block(block, &format!("{}-{at}", part.id), language, out);
            }
        });
    }
}

fn write_block(block: &Block, id: &str, language: &Language, out: &mut Markup) {
    match block {
        Block::Heading(text) => out.leaf("h3", &[], text),
        Block::Paragraph(text) => out.leaf("p", &[], text),
        Block::Remark(text) => out.leaf("p", &[("class", "small soft")], text),
        Block::List(lines) => out.element("ul", &[], |list| {
            for line in lines {
                list.leaf("li", &[], line);
            }
        }),
        Block::Table(table) => write_table(table, out),
        Block::Plane(plane) => write_plane(plane, id, language, out),
    }
}

fn write_table(table: &Table, out: &mut Markup) {
    let language = table.language.map(|language| ("lang", language));
    let attributes: Vec<(&'static str, &str)> = language.into_iter().collect();
    scrolling(out, &table.caption, |frame| {
        frame.element("table", &[], |out| {
            let hidden = if table.quiet { "hidden" } else { "shown" };
            out.element("caption", &[], |caption| caption.leaf("span", &[("class", hidden)], &table.caption));
            out.element("thead", &[], |head| {
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
                        for (at, (cell, column)) in cells.iter().zip(&table.columns).enumerate() {
                            match cell {
                                Cell::Text(text) if at == 0 => row.leaf("th", &[("scope", "row")], text),
                                Cell::Text(text) => row.leaf("td", &[("class", class(column.holds))], text),
                                Cell::Drawing(drawing) => {
                                    let drawn = [("class", "line"), ("aria-hidden", "true")];
                                    row.element("td", &drawn, |cell| draw(drawing, cell));
                                }
                            }
                        }
                    });
                }
            });
        });
    });
}

fn class(holds: Holds) -> &'static str {
    match holds {
        Holds::Words => "w",
        Holds::Numbers => "n",
        Holds::Drawings => "line",
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

fn write_plane(plane: &Plane, id: &str, language: &Language, out: &mut Markup) {
    out.element("figure", &[("class", "study-plane")], |figure| {
        charts::plane(figure, id, &plane.title, &plane.description, language, |svg| {
            let most = plane.points.iter().map(|point| point.weight).max().unwrap_or(1).max(1);
            for point in &plane.points {
                // Area stands for the number of sessions, so that the eye does not overrate the large ones.
                let share = point.weight as f64 / most as f64;
                let radius = number(if most == 1 { 2.0 } else { (1.5_f64).max(14.0 * share.sqrt()) });
                let (x, y) = (number(charts::right(point.said)), number(charts::up(point.associated)));
                svg.empty("circle", &[("class", "session"), ("cx", &x), ("cy", &y), ("r", &radius)]);
            }
        });
        figure.leaf("figcaption", &[], &plane.description);
    });
}
