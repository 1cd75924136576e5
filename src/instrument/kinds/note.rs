//! `note`: a text to read. Records nothing.

use super::{DataColumn, Datum, ItemDraft, Kind, Question, Simulated, Step, Voice};
use crate::instrument::prompt::{Ask, Input, Reply};

pub(super) const KIND: Kind = Kind {
    id: "note",
    about: "a text to read; asks nothing",
    read: |_: &mut ItemDraft| Some(Box::new(Note)),
};

#[derive(Debug)]
struct Note;

impl Question for Note {
    fn ask(&self, given: &[Reply], _: &dyn Voice) -> Option<Step> {
        given.is_empty().then(|| Ask::Note.into())
    }

    fn columns(&self) -> Vec<DataColumn> {
        Vec::new()
    }

    fn record(&self, _: &[Reply]) -> Vec<Datum> {
        Vec::new()
    }

    fn summary(&self, _: &[Reply], _: &dyn Voice) -> String {
        String::new()
    }

    fn simulate(&self, _: &Ask, _: &[Reply], _: &mut Simulated) -> Reply {
        Reply::Given(Input::Seen)
    }
}
