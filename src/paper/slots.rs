//! The places on a sheet that can be written on or ticked, and the tables they are grouped in.

use super::sheet::{DAY, ResponseFormat, Sheet, SheetBlock, letter};
use crate::instrument::prompt::{Ask, Choice, ScaleAsk, TextAsk, TextForm};

/// Most points shown side by side; on longer scales the respondent writes the number.
pub const BESIDE: usize = 11;
/// Longest text in a line of the head, in characters.
const LINE: usize = 200;

/// One place on a sheet that can be written on or ticked.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Its code.
    pub code: String,
    /// What it holds, if it is in the head; `None` for a question.
    pub head: Option<String>,
    /// Index of its item.
    pub item: Option<usize>,
    /// The question, with the row or word if there are several.
    pub label: String,
    /// The kind of answer.
    pub ask: Ask,
    /// Whether it must be filled in.
    pub required: bool,
    /// The number of its table; places with the same number share a table.
    pub table: usize,
}

impl Sheet {
    /// All places in the order of the sheet.
    pub fn slots(&self) -> Vec<Slot> {
        let head = self.head.iter().map(|line| Slot {
            code: line.code.clone(),
            head: Some(line.holds.clone()),
            item: None,
            label: line.label.clone(),
            ask: Ask::Text(TextAsk {
                form: match line.holds.as_str() {
                    DAY => TextForm::Date { min: None, max: None, future: false },
                    _ => TextForm::Line,
                },
                max_length: LINE,
                may_be_empty: false,
                word: None,
            }),
            required: line.required,
            table: 0,
        });
        let tables = (1..).zip(self.parts.iter().flat_map(|part| tables(&part.blocks)));
        let asked = tables.flat_map(|(table, blocks)| {
            let slots = blocks.iter().flat_map(SheetBlock::slots);
            slots.map(move |slot| Slot { table, ..slot })
        });
        head.chain(asked).collect()
    }
}

impl SheetBlock {
    /// The scale of a question that can share a table with others on the same scale, and its help text.
    pub fn row_of(&self) -> Option<(ScaleAsk, Option<String>)> {
        let plain = self.rule.is_none() && self.limit.is_none() && self.aside.is_empty();
        match &self.form {
            ResponseFormat::One(Ask::Scale(scale))
                if plain && !scale.points.is_empty() && scale.len() <= BESIDE =>
            {
                Some((ScaleAsk { rows: Vec::new(), order: Vec::new(), ..scale.clone() }, self.hint.clone()))
            }
            _ => None,
        }
    }

    /// The places of a question.
    pub fn slots(&self) -> Vec<Slot> {
        let slot = |code: String, label: String, ask: Ask| Slot {
            code,
            head: None,
            item: Some(self.item),
            label,
            ask,
            required: false,
            table: 0,
        };
        let row_of = |scale: &ScaleAsk, at: usize| {
            let rows = scale.rows.get(at).cloned().into_iter().collect();
            Ask::Scale(ScaleAsk { rows, order: Vec::new(), ..scale.clone() })
        };
        match &self.form {
            ResponseFormat::Note => Vec::new(),
            ResponseFormat::One(ask) => vec![slot(self.code.clone(), self.text.clone(), ask.clone())],
            ResponseFormat::Grid(scale) => {
                let row = |(at, row): (usize, &Choice)| {
                    slot(format!("{}{}", self.code, letter(at)), row.label.clone(), row_of(scale, at))
                };
                scale.rows.iter().enumerate().map(row).collect()
            }
            ResponseFormat::MostLeast { statements, least } => {
                let ask = || Ask::Pick { options: statements.clone(), min: 1, max: 1 };
                vec![
                    slot(format!("{}a", self.code), self.text.clone(), ask()),
                    slot(format!("{}b", self.code), least.clone(), ask()),
                ]
            }
            ResponseFormat::Words { word, most, placing, feels } => (0..*most)
                .flat_map(|at| {
                    let code = format!("{}{}", self.code, letter(at));
                    let ask = Ask::Text(TextAsk { may_be_empty: false, word: None, ..word.clone() });
                    let label = format!("{} ({})", self.text, at + 1);
                    [
                        slot(code.clone(), label, ask),
                        slot(format!("{code}v"), placing.clone(), row_of(feels, at)),
                    ]
                })
                .collect(),
        }
    }
}

/// Groups of consecutive questions, where those on the same scale share a table.
pub fn tables(blocks: &[SheetBlock]) -> impl Iterator<Item = &[SheetBlock]> {
    blocks.chunk_by(|a, b| a.row_of().is_some() && a.row_of() == b.row_of())
}
