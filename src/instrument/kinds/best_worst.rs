//! `best_worst`: of several statements, the one that is most like it and the one that is least like it (Louviere, Flynn and
//! Marley 2015, case 1). Two questions on two cards, and what was chosen on the first is not offered on the second.

use super::respond::respond_by_appeal;
use super::{
    DataColumn, Datum, DrawnOrder, Feed, ItemDraft, Key, Kind, Level, Named, Question, Simulated, Step,
    Voice, datum, model_tag,
};
use crate::instrument::RelationalModel;
use crate::instrument::expression::Value;
use crate::instrument::phrases;
use crate::instrument::prompt::{Ask, Input, Reply};
use crate::instrument::text::Text;

pub(super) const KIND: Kind =
    Kind { id: "best_worst", about: "of several statements, the one most and the one least like it", read };

/// With two, the second question would have one answer left.
const FEWEST: usize = 3;

#[derive(Debug)]
struct BestWorst {
    name: String,
    statements: Vec<(Named, Option<RelationalModel>)>,
    least: Option<Text>,
    scale: Option<usize>,
}

fn read(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let statements = draft.named_list("statements", FEWEST, model_tag);
    let least = draft.table.text("least", draft.out);
    let scale = draft.scale();
    Some(Box::new(BestWorst { name: draft.name.clone(), statements: statements?, least, scale }))
}

impl BestWorst {
    fn picked(given: &[Reply], step: usize) -> Option<&String> {
        match given.get(step)?.input()? {
            Input::Picked(names) => names.first(),
            _ => None,
        }
    }

    /// The second question.
    fn second(&self) -> Text {
        self.least.clone().unwrap_or_else(phrases::least_like)
    }

    fn statement(&self, name: &str) -> Option<&Named> {
        self.statements.iter().map(|(statement, _)| statement).find(|statement| statement.name == name)
    }

    /// What was chosen at a step. Without a first choice there is no second question, so that its reason is that of both.
    fn recorded(given: &[Reply], step: usize) -> Datum {
        let step = if Self::picked(given, 0).is_none() { 0 } else { step };
        datum(given.get(step..).unwrap_or_default(), |input| match input {
            Input::Picked(names) => names.first().cloned().map(Datum::Text),
            _ => None,
        })
    }
}

impl Question for BestWorst {
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step> {
        let best = match given {
            [] => None,
            // Whoever cannot say which is most like it is not asked which is least.
            [_] => Some(Self::picked(given, 0)?),
            _ => return None,
        };
        let order = voice.order(self.statements.len());
        let shown = order.into_iter().map(|at| &self.statements[at].0);
        let options = shown.filter(|statement| best != Some(&statement.name)).map(|of| of.shown(voice));
        let ask = Ask::Pick { options: options.collect(), min: 1, max: 1 };
        let text = best.map(|_| voice.say(&self.second()));
        let chosen = best.and_then(|best| self.statement(best));
        let hint =
            chosen.map(|best| format!("{}: {}", voice.say(&phrases::chosen()), voice.say(&best.label)));
        Some(Step { text, hint, ask })
    }

    fn keeps(&self, given: &[Reply], later: &Reply) -> bool {
        // The least stays the least while it is still there to be chosen.
        let least = Self::picked(std::slice::from_ref(later), 0);
        least.is_none() || least != Self::picked(given, 0)
    }

    fn drawn(&self) -> Option<DrawnOrder> {
        Some(DrawnOrder::Statements)
    }

    fn columns(&self) -> Vec<DataColumn> {
        let statement = |(of, _): &(Named, _)| (Datum::Text(of.name.clone()), of.label.clone());
        let column = |what: &str, label: Text| DataColumn {
            name: format!("{}_{what}", self.name),
            label: Some(label),
            level: Level::Nominal,
            values: self.statements.iter().map(statement).collect(),
        };
        vec![column("best", phrases::most()), column("worst", phrases::least())]
    }

    fn question_of(&self, column: usize) -> Option<Text> {
        (column == 1).then(|| self.second())
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        vec![Self::recorded(given, 0), Self::recorded(given, 1)]
    }

    fn parts(&self) -> Vec<String> {
        self.statements.iter().map(|(statement, _)| statement.name.clone()).collect()
    }

    fn part(&self, part: &str, given: &[Reply]) -> Value {
        let (Some(best), Some(worst)) = (Self::picked(given, 0), Self::picked(given, 1)) else {
            return Value::Missing;
        };
        Value::Number(f64::from(i8::from(best == part) - i8::from(worst == part)))
    }

    fn domain(&self, _: Option<&str>) -> Option<Vec<Value>> {
        Some([-1.0, 0.0, 1.0].map(Value::Number).into())
    }

    fn feeds(&self) -> Vec<Feed> {
        let Some(scale) = self.scale else { return Vec::new() };
        let tags: Vec<_> =
            self.statements.iter().map(|(statement, model)| (statement.name.clone(), *model)).collect();
        let keys = [Key::Best(tags.clone()), Key::Worst(tags)];
        keys.into_iter().enumerate().map(|(column, key)| Feed { scale, column, key }).collect()
    }

    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String {
        let said = |(step, what): (usize, Text)| {
            let chosen = self.statement(Self::picked(given, step)?)?;
            Some(format!("{}: {}", voice.say(&what), voice.say(&chosen.label)))
        };
        let said = [phrases::most(), phrases::least()].into_iter().enumerate().filter_map(said);
        said.collect::<Vec<_>>().join("  ")
    }

    fn simulate(&self, ask: &Ask, given: &[Reply], sim: &mut Simulated) -> Reply {
        let Ask::Pick { options, .. } = ask else { return Reply::DontKnow };
        let tags: Vec<_> = self.statements.iter().map(|(_, model)| *model).collect();
        let by_appeal = respond_by_appeal(&tags, self.scale, sim);
        let mut names = by_appeal.iter().filter_map(|at| Some(&self.statements.get(*at)?.0.name));
        let offered = |name: &&String| options.iter().any(|option| option.name == **name);
        let chosen = if given.is_empty() { names.find(offered) } else { names.rfind(offered) };
        Reply::Given(Input::Picked(chosen.cloned().into_iter().collect()))
    }
}
