//! Records what was lost, renamed and mended, while a form is built and checked.

use super::super::ImportedForm;
use super::super::draft::ItemPart;
use super::super::form::SurveyRow;
use super::Built;
use crate::import::{Loss, Renamed};

impl Built {
    /// Notes a loss of a row of the survey, once.
    pub(super) fn lose(&mut self, entry: &SurveyRow, reason: &str, instead: &str) {
        self.lose_at("survey", entry.row, &entry.name, reason, instead);
    }

    pub(super) fn lose_at(
        &mut self,
        sheet: &'static str,
        row: usize,
        name: &str,
        reason: &str,
        instead: &str,
    ) {
        let loss = Loss {
            sheet,
            row,
            name: name.to_owned(),
            reason: reason.to_owned(),
            instead: instead.to_owned(),
        };
        if !self.losses.contains(&loss) {
            self.losses.push(loss);
        }
    }

    pub(super) fn lose_condition(
        &mut self,
        entry: &SurveyRow,
        column: &'static str,
        why: &str,
        instead: &str,
    ) {
        self.lost_conditions.insert((entry.row, column));
        self.lose(entry, &format!("its {column} could not be carried over: {why}"), instead);
    }

    pub(super) fn asked_instead(&self, row: usize) -> bool {
        self.asked_instead.contains(&row)
    }

    pub(super) fn rename(&mut self, what: &str, from: &str, to: &str) {
        let renamed = Renamed { what: what.to_owned(), from: from.to_owned(), to: to.to_owned() };
        if !self.renamed.contains(&renamed) {
            self.renamed.push(renamed);
        }
    }

    pub(super) fn remark(&mut self, remark: String) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// Groups without items, and lists and fields that nothing uses.
    pub(in super::super) fn drop_what_is_empty(&mut self) {
        self.draft.groups.retain(|group| !group.items.is_empty());
        let items = || self.draft.groups.iter().flat_map(|group| &group.items);
        let used: Vec<String> = items().filter_map(|item| item.list.clone()).collect();
        self.draft.lists.retain(|list| used.contains(&list.name));
    }

    pub(in super::super) fn drop_field(&mut self, at: usize, why: &str) {
        let field = self.draft.fields.remove(at);
        self.lose_at("survey", field.row, &field.name, why, "it is left out");
    }

    pub(in super::super) fn drop_calculation(&mut self, at: usize, why: &str) {
        let calculation = self.draft.calculations.remove(at);
        let reason = format!("its calculation is not accepted here: {why}");
        self.lose_at("survey", calculation.row, &calculation.name, &reason, "it is left out");
    }

    pub(in super::super) fn drop_list(&mut self, at: usize, why: &str) {
        let name = self.draft.lists.remove(at).name;
        self.drop_items(|item| item.list.as_ref() == Some(&name), why);
    }

    fn drop_items(&mut self, goes: impl Fn(&super::super::draft::DraftItem) -> bool, why: &str) {
        let mut gone = Vec::new();
        for group in &mut self.draft.groups {
            group.items.retain(|item| {
                if goes(item) {
                    gone.push((item.row, item.origin.clone()));
                }
                !goes(item)
            });
        }
        for (row, name) in gone {
            self.lose_at("survey", row, &name, why, "it is left out");
        }
    }

    pub(in super::super) fn drop_condition_of_option(&mut self, at: usize, option: usize, why: &str) {
        let list = &mut self.draft.lists[at];
        if list.options[option].relevant.take().is_none() {
            list.options.remove(option);
        }
        let name = list.name.clone();
        let items = self.draft.groups.iter().flat_map(|group| &group.items);
        let users: Vec<(usize, String)> = items
            .filter(|item| item.list.as_ref() == Some(&name))
            .map(|item| (item.row, item.origin.clone()))
            .collect();
        for (row, origin) in users {
            let reason = format!("its choice filter is not accepted here: {why}");
            self.lose_at("survey", row, &origin, &reason, "options are offered that it would have left out");
        }
    }

    pub(in super::super) fn drop_group(&mut self, at: usize, why: &str) {
        let group = self.draft.groups.remove(at);
        for item in group.items {
            self.lose_at("survey", item.row, &item.origin, why, "it is left out");
        }
    }

    pub(in super::super) fn drop_condition_of_group(&mut self, at: usize, why: &str) {
        let group = &mut self.draft.groups[at];
        group.relevant = None;
        let (row, name) = (group.row, group.name.clone());
        self.lost_conditions.insert((row, "relevant"));
        let reason = format!("its relevant is not accepted here: {why}");
        self.lose_at("survey", row, &name, &reason, "the questions in it are asked always");
    }

    pub(in super::super) fn drop_part(&mut self, group: usize, at: usize, part: ItemPart, why: &str) {
        let item = &mut self.draft.groups[group].items[at];
        let (row, name) = (item.row, item.origin.clone());
        let (column, instead) = match part {
            ItemPart::Whole => {
                self.draft.groups[group].items.remove(at);
                self.lose_at("survey", row, &name, why, "it is left out");
                return;
            }
            ItemPart::Relevant => {
                item.relevant = None;
                ("relevant", "it is asked always")
            }
            ItemPart::Constraint => {
                item.constraint = None;
                ("constraint", "any answer is taken")
            }
            ItemPart::Default => {
                item.default = None;
                ("default", "it begins empty")
            }
            ItemPart::Scale => {
                item.scale = None;
                ("scale", "it feeds none")
            }
        };
        self.lost_conditions.insert((row, column));
        self.lose_at("survey", row, &name, &format!("its {column} is not accepted here: {why}"), instead);
    }

    /// The result, when nothing is left to be removed.
    pub(in super::super) fn done(mut self, text: String) -> ImportedForm {
        let order = |loss: &Loss| (loss.sheet != "survey", loss.row);
        self.losses.sort_by_key(order);
        let lost: std::collections::BTreeSet<usize> =
            self.losses.iter().filter(|loss| loss.sheet == "survey").map(|loss| loss.row).collect();
        let whole = self.asking.iter().filter(|row| !lost.contains(row)).count();
        let kept =
            self.conditions.iter().filter(|condition| !self.lost_conditions.contains(condition)).count();
        ImportedForm {
            name: self.draft.name,
            text,
            rows: self.asking.len(),
            whole,
            conditions: (self.conditions.len(), kept),
            losses: self.losses,
            renamed: self.renamed,
            remarks: self.remarks,
        }
    }
}
