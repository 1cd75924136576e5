//! The current day in an interview, which has two meanings on purpose:
//!
//! - `today()` in an expression is the day on which the session began. The questions must not change because the session continues
//!   on the next day, or because it is scored a year later.
//! - A date given as an answer may not be later than the day on which it is entered. That is checked on entry only, so that an
//!   older session stays readable whatever it contains.

use super::{Event, Instant, Interview, Refusal, Stage};
use crate::instrument::expression::Value;
use crate::instrument::prompt::{self, Input, Reply};

impl Interview {
    /// The value of `today()`.
    pub(super) fn first_day(&self) -> Value {
        let day = prompt::day(self.start.at, self.start.offset);
        day.map_or(Value::Missing, |day| Value::Text(day.to_string()))
    }

    /// Refuses entries that are invalid at `at` but valid in an existing journal: a date in the future, and a word that was given
    /// before.
    pub fn admits(&self, at: Instant, event: &Event) -> Result<(), Refusal> {
        let Event::Answered { item, step, reply: Reply::Given(input) } = event else { return Ok(()) };
        if let (Stage::Ask(asked), Input::Text(typed)) = (self.stage(), input)
            && (&asked.item, asked.step) == (item, *step)
            && let Some(place) = asked.word_again(&typed.text)
        {
            return Err(Refusal::WordAgain(place));
        }
        let Some(index) = self.instrument.item_index(item) else { return Ok(()) };
        let given = self.replies[index].get(..*step).unwrap_or_default();
        match (self.ask(index, given), prompt::day(at, self.start.offset)) {
            (Some(ask), Some(today)) => ask.check_day(input, today).map_err(Refusal::Invalid),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::instrument::prompt::{Invalid, Typed};
    use crate::instrument::{Instrument, Language};
    use crate::interview::Start;

    const TEXT: &str = "
format = 1
name = \"days\"
version = \"1.0.0\"
minutes = 1
languages = [\"en\"]
label = \"Days\"
[[groups]]
name = \"one\"
label = \"One\"
[[groups.items]]
name = \"met\"
kind = \"date\"
label = \"When did you meet?\"
[[groups.items]]
name = \"since\"
kind = \"integer\"
constraint = \". <= number(format_date(today(), '%Y'))\"
constraint_message = \"That year has not come yet.\"
label = \"Since which year?\"
[[groups.items]]
name = \"ends\"
kind = \"date\"
future = true
label = \"When does it end?\"
[[groups.items]]
name = \"over\"
kind = \"text\"
relevant = \"ends < today()\"
label = \"Why did it end?\"
";

    fn given(item: &str, day: &str) -> Event {
        let reply = Reply::Given(Input::Text(Typed { text: day.into(), ..Typed::default() }));
        Event::Answered { item: item.into(), step: 0, reply }
    }

    #[test]
    fn a_day_to_come_is_refused_when_it_is_entered_and_not_when_it_is_read() {
        let reading = Instrument::read_stored(TEXT);
        let instrument = Arc::new(reading.instrument.unwrap_or_else(|| panic!("{:?}", reading.findings)));
        // 2026-03-01T23:30:00 in Amsterdam, 22:30 in UTC: the UTC day ends an hour and a half later.
        let at = 1_772_404_200_000;
        let start =
            |offset| Start { seed: 1, language: Language::new("en"), fields: BTreeMap::new(), at, offset };
        let mut interview = Interview::new(instrument.clone(), start(Some(60)));
        let today = |refused: Result<(), Refusal>| match refused {
            Err(Refusal::Invalid(Invalid::InFuture { today })) => Some(today.to_string()),
            _ => None,
        };
        assert_eq!(today(interview.admits(at, &given("met", "2026-03-02"))).as_deref(), Some("2026-03-01"));
        assert_eq!(interview.admits(at, &given("met", "2026-03-01")), Ok(()));
        // Half an hour later the local day has changed, although the UTC day has not.
        assert_eq!(interview.admits(at + 1_800_000, &given("met", "2026-03-02")), Ok(()));
        // If the offset is unknown, any date that is today somewhere is accepted.
        let lenient = Interview::new(instrument, start(None));
        assert_eq!(lenient.admits(at, &given("met", "2026-03-02")), Ok(()));
        assert_eq!(today(lenient.admits(at, &given("met", "2026-03-03"))).as_deref(), Some("2026-03-02"));
        // A journal with such a date can still be read.
        interview.apply(at, given("met", "2040-01-01")).unwrap();
        let year = |year| {
            let reply = Reply::Given(Input::Number(year));
            Event::Answered { item: "since".into(), step: 0, reply }
        };
        let message = Some("That year has not come yet.".to_owned());
        assert_eq!(interview.apply(at, year(2027.0)), Err(Refusal::Constraint(message)));
        interview.apply(at, year(2026.0)).unwrap();
        assert_eq!(interview.admits(at, &given("ends", "2040-01-01")), Ok(()));
        let mut ended = interview.clone();
        ended.apply(at, given("ends", "2026-02-28")).unwrap();
        assert!(ended.replies(3).is_some());
        // `today()` stays the day on which the session began.
        interview.apply(at + 1_800_000, given("ends", "2026-03-01")).unwrap();
        assert!(interview.replies(3).is_none());
    }
}
