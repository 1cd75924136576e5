//! How many interviews a study takes: the widths of its intervals by the number of interviews, as a table and as curves.
//!
//! Does not simulate: the caller hands in the widths.

use super::document::{
    Block, Cell, Column, Curve, Curves, Document, Part, Reader, Readers, Section, Shown, Table, UNKNOWN,
};
use crate::analysis::recovery::Groups;
use crate::analysis::recovery::study::{Figure, FigureKind, Width, Widths};
use crate::instrument::{Instrument, Language};
use crate::text;
use crate::texts::{capital, decimal};

/// What the page is about.
#[derive(Debug, Clone, Copy)]
pub struct PlanAbout<'a> {
    /// The questionnaire.
    pub instrument: &'a Instrument,
    /// Simulated studies of each size.
    pub studies: usize,
    /// Their seed.
    pub seed: u64,
    /// The world that made their answers.
    pub world: &'a str,
    /// How people come in organisations; none where each stands alone.
    pub groups: Option<Groups>,
}

const KINDS: [FigureKind; 6] = [
    FigureKind::Share,
    FigureKind::Mean,
    FigureKind::Difference,
    FigureKind::Agreement,
    FigureKind::Gap,
    FigureKind::Reliability,
];

/// The page of a plan.
pub fn document(widths: &Widths, about: PlanAbout, language: &Language) -> Shown {
    let mut sections = Vec::new();
    for kind in KINDS {
        let of_kind: Vec<(&Figure, &Vec<Width>)> =
            widths.iter().filter(|(figure, _)| figure.kind() == kind).collect();
        if !of_kind.is_empty() {
            sections.push(section(kind, &of_kind, language));
        }
    }
    let (studies, seed, world) = (about.studies, about.seed, about.world);
    let lead = [
        text!(language, "report-plan-what-widths-are", studies),
        text!(language, "report-plan-simulated-not-valid", seed, world),
        match about.groups {
            Some(Groups { organisations, alike }) => {
                let alike = decimal(alike, 2, language);
                text!(language, "report-plan-in-organisations", organisations, alike)
            }
            None => text!(language, "report-plan-alone"),
        },
    ];
    let document = Document {
        language: language.to_string(),
        kicker: text!(language, "report-plan-how-many-interviews"),
        title: about.instrument.label.raw(language),
        about: Vec::new(),
        simulated: true,
        facts: Vec::new(),
        lead: lead.into_iter().map(|it| Part::to(Readers::ALL, it)).collect(),
        sections,
    };
    document.shown_to(Reader::Public)
}

fn section(kind: FigureKind, figures: &[(&Figure, &Vec<Width>)], language: &Language) -> Section {
    let (id, title) = match kind {
        FigureKind::Share => ("share", text!(language, "report-plan-kind-share")),
        FigureKind::Mean => ("mean", text!(language, "report-plan-kind-mean")),
        FigureKind::Difference => ("difference", text!(language, "report-plan-kind-difference")),
        FigureKind::Agreement => ("agreement", text!(language, "report-plan-kind-agreement")),
        FigureKind::Gap => ("gap", text!(language, "report-plan-kind-gap")),
        FigureKind::Reliability => ("reliability", text!(language, "report-plan-kind-reliability")),
    };
    let mut section = Section::public(id, title.clone());
    let mut table = Table::new(
        text!(language, "report-plan-widths"),
        vec![
            Column::words(text!(language, "report-plan-figure")),
            Column::numbers(text!(language, "report-plan-interviews")),
            Column::numbers(text!(language, "report-plan-width")),
            Column::numbers(text!(language, "report-plan-nine-in-ten")),
            Column::numbers(text!(language, "report-plan-cannot-tell")),
        ],
    );
    for (figure, widths) in figures {
        let decimals = decimals(widths);
        let number = |value: Option<f64>| {
            let shown = |value| decimal(value, decimals, language);
            Cell::Text(value.map_or_else(|| UNKNOWN.to_owned(), shown))
        };
        for width in widths.iter() {
            table.row(vec![
                Cell::Name(capital(&figure.name(language))),
                Cell::Text(width.n.to_string()),
                number(width.median),
                number(width.ninth),
                Cell::Text(format!("{:.0} %", 100.0 * width.untold)),
            ]);
        }
    }
    // NPS runs over two hundred points: one axis for it and a mark would flatten the mark.
    let (wide, narrow): (Vec<_>, Vec<_>) = figures.iter().partition(|(figure, widths)| {
        **figure == Figure::Nps || widths.iter().filter_map(|width| width.median).any(|median| median > 10.0)
    });
    for figures in [narrow, wide] {
        let curve = |(figure, widths): &&(&Figure, &Vec<Width>)| Curve {
            name: capital(&figure.name(language)),
            points: widths.iter().filter_map(|width| Some((width.n as f64, width.median?))).collect(),
        };
        let lines: Vec<Curve> =
            figures.iter().map(|figure| curve(&figure)).filter(|curve| curve.points.len() > 1).collect();
        for lines in lines.chunks(Curves::MOST) {
            section.push(Block::Curves(Curves {
                title: title.clone(),
                description: text!(language, "report-plan-curves-fall"),
                across: text!(language, "report-plan-interviews"),
                up: text!(language, "report-plan-width"),
                lines: lines.to_vec(),
            }));
        }
    }
    section.table(table);
    section
}

/// Decimals that tell widths of one figure apart: those that the narrowest needs.
pub fn decimals(widths: &[Width]) -> usize {
    match widths.iter().filter_map(|width| width.median).fold(f64::INFINITY, f64::min) {
        wide if wide >= 10.0 => 0,
        wide if wide >= 1.0 => 1,
        _ => 2,
    }
}
