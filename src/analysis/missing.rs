//! What became of every question: declined, don't know, passed over, or not asked because it did not apply.
//!
//! Owns the count by item, for the methods of a study; the count over all items is [`super::AnswerCounts`].

use serde::{Deserialize, Serialize};

use super::ShownCount;
use super::measured::Member;
use super::suppress::Smallest;
use crate::instrument::kinds::{Datum, WhyMissing};
use crate::instrument::prompt::Reply;
use crate::instrument::{Instrument, Language};
use crate::interview::Interview;

/// Why a question has no answer in a finished session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gone {
    /// The respondent would rather not say.
    Declined,
    /// The respondent does not know.
    DontKnow,
    /// It was asked and passed over.
    Passed,
    /// It did not apply.
    NotAsked,
}

/// A question without an answer in some sessions. The counts are of sessions that used this version of the instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingLine {
    /// The item's name.
    pub item: String,
    /// Its question.
    pub label: String,
    /// Answered.
    pub answered: ShownCount,
    /// Declined.
    pub declined: ShownCount,
    /// Don't know.
    pub dont_know: ShownCount,
    /// Passed over.
    pub passed: ShownCount,
    /// Not asked, because it did not apply.
    pub not_asked: ShownCount,
}

/// The items of an interview that have no answer, by index. Items that only show a text never have one.
pub(super) fn of(interview: &Interview) -> Vec<(usize, Gone)> {
    let items = interview.instrument().items.iter().enumerate();
    let asks = items.filter(|(_, item)| !item.question.columns().is_empty());
    let gone = asks.filter_map(|(index, item)| {
        let why = match interview.replies(index) {
            None => Gone::NotAsked,
            Some(replies) => match replies.first() {
                None | Some(Reply::Unread(_)) => Gone::Passed,
                Some(Reply::Declined) => Gone::Declined,
                Some(Reply::DontKnow) => Gone::DontKnow,
                Some(Reply::Given(_)) => every_row(&item.question.record(replies))?,
            },
        };
        Some((index, why))
    });
    gone.collect()
}

/// Why an item of several rows has no answer in any of them.
fn every_row(rows: &[Datum]) -> Option<Gone> {
    let gone = |row: &Datum| match row {
        Datum::Missing(WhyMissing::Declined) => Some(Gone::Declined),
        Datum::Missing(WhyMissing::DontKnow) => Some(Gone::DontKnow),
        _ => None,
    };
    let all: Vec<Gone> = rows.iter().map(gone).collect::<Option<_>>()?;
    all.into_iter().next()
}

/// A line for each item with missing answers.
pub(super) fn lines(main: &Instrument, complete: &[&Member], language: &Language) -> Vec<MissingLine> {
    let mut counts = vec![[0_usize; 4]; main.items.len()];
    let same = complete.iter().filter(|member| member.facts.hash == main.hash);
    let mut sessions = 0;
    for member in same {
        sessions += 1;
        for (index, gone) in &member.digest.missing {
            if let Some(count) = counts.get_mut(*index) {
                count[*gone as usize] += 1;
            }
        }
    }
    let items = main.items.iter().zip(counts).filter(|(_, count)| count.iter().any(|n| *n > 0));
    let line = |(item, count): (&crate::instrument::Item, [usize; 4])| {
        let [declined, dont_know, passed, not_asked] = count.map(ShownCount::Count);
        let answered = ShownCount::Count(sessions - count.iter().sum::<usize>().min(sessions));
        let (item, label) = (item.name.clone(), item.label.raw(language));
        MissingLine { item, label, answered, declined, dont_know, passed, not_asked }
    };
    items.map(line).collect()
}

impl MissingLine {
    /// The five counts of a line have a known sum, so that they are protected together.
    pub(super) fn hide(&mut self, smallest: Smallest) {
        let cells = [self.answered, self.declined, self.dont_know, self.passed, self.not_asked];
        let sizes = cells.map(|cell| cell.count().unwrap_or(0));
        if let [answered, declined, dont_know, passed, not_asked] = smallest.row(&sizes, &[])[..] {
            (self.answered, self.declined, self.dont_know) = (answered, declined, dont_know);
            (self.passed, self.not_asked) = (passed, not_asked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_rows_is_gone_where_every_row_is() {
        let (declined, unknown) =
            (Datum::Missing(WhyMissing::Declined), Datum::Missing(WhyMissing::DontKnow));
        assert_eq!(every_row(&[declined.clone(), unknown.clone()]), Some(Gone::Declined));
        assert_eq!(every_row(&[unknown]), Some(Gone::DontKnow));
        assert_eq!(every_row(&[declined, Datum::Number(3.0)]), None);
        assert_eq!(every_row(&[]), None);
    }
}
