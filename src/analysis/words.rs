//! The findings in sentences for readers without statistics: one sentence each, with the number of people and how far it can be trusted.
//! Says nothing that a report holds back.

use super::privacy::SMALL;
use super::{
    Adjusted, Count, DistalOutcome, IntervalEstimate, ModelLine, OutcomeLine, Paradox, ParadoxBasis,
    ShownCount, StudyReport, Untold,
};
use crate::classify::pooling::TrainingBasis;
use crate::classify::population::FEWEST;
use crate::instrument::{Language, RelationalModel};
use crate::text;
use crate::texts::{self, Argument, ArgumentValue, decimal};

/// "66 % (60–71 %)".
pub fn percent(share: IntervalEstimate) -> String {
    let whole = |value: f64| format!("{:.0}", value * 100.0);
    format!("{} ({}–{}\u{a0}%)", whole_percent(share.value), whole(share.low), whole(share.high))
}

/// A share without an interval: "68 %".
pub fn whole_percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", 100.0 * share)
}

/// What a number is at most: with a tenth below ten, and never rounded down.
pub fn at_most(most: f64, language: &Language) -> String {
    // What a sum in binary has too much is no tenth.
    let up = |value: f64| (value - 1e-9).ceil().max(0.0);
    if most < 10.0 { decimal(up(10.0 * most) / 10.0, 1, language) } else { decimal(up(most), 0, language) }
}

/// A number with its interval: "7.4 (7.2–7.6)", or with "to" where a sign would be mistaken for a dash. No end reads as zero that is not.
pub fn number(found: IntervalEstimate, decimals: usize, language: &Language) -> String {
    let decimals = texts::decimals_of_ends([found.low, found.high], decimals);
    let one = |value: f64| decimal(value, decimals, language);
    if found.low < 0.0 || found.high < 0.0 {
        let to = text!(language, "analysis-words-to");
        return format!("{} ({} {to} {})", one(found.value), one(found.low), one(found.high));
    }
    format!("{} ({}–{})", one(found.value), one(found.low), one(found.high))
}

impl StudyReport {
    /// What profiles rest on, each with how many do; none where there is none.
    pub fn basis(&self, language: &Language) -> Option<String> {
        let one = |found: &Count| format!("{} ({})", TrainingBasis::in_words(&found.name, language), found.n);
        let basis: Vec<String> = self.models.basis.iter().map(one).collect();
        (!basis.is_empty()).then(|| basis.join(", "))
    }

    /// The findings in plain words, the most important first.
    pub fn summary(&self, language: &Language) -> Vec<String> {
        let mut lines = Vec::new();
        if self.sample.complete == 0 {
            lines.push(text!(language, "analysis-words-no-complete-interviews-here"));
            return lines;
        }
        if self.respondents.people() < SMALL {
            let n = self.sample.complete;
            lines.push(text!(language, "analysis-words-n-complete-interviews-too", n));
            lines.extend(self.of_sessions(language));
            return lines;
        }
        if self.models.asked {
            lines.extend(self.of_models(language));
            lines.extend(self.of_experience(language));
        }
        lines.extend(self.of_feelings(language));
        lines.extend(self.of_gaps(language));
        lines.extend(self.paradoxes.iter().filter_map(|paradox| of_paradox(paradox, language)));
        lines.extend(self.of_leaving(language));
        lines.extend(self.of_sessions(language));
        lines
    }

    /// How many people these sessions come from, where some came more than once, which of theirs do not count, and which another program
    /// collected.
    pub fn of_sessions(&self, language: &Language) -> Vec<String> {
        let n = self.sample.complete;
        let fewer = self.respondents.fewer();
        let of = fewer.map(|people| text!(language, "analysis-words-sessions-of-people", n, people));
        let n = self.sample.earlier;
        let earlier = (n > 0).then(|| text!(language, "analysis-words-earlier", n));
        of.into_iter().chain(earlier).chain(self.of_imports(language)).collect()
    }

    /// Which of these sessions another program collected; none where all were asked here.
    fn of_imports(&self, language: &Language) -> Option<String> {
        let files: Vec<String> =
            self.sample.imported.iter().map(|file| format!("{} ({})", file.name, file.n)).collect();
        let files = files.join(", ");
        (!files.is_empty()).then(|| text!(language, "analysis-words-imported", files))
    }

    /// The number of sessions with uninformative answers; where they are the majority, that shares cannot be estimated.
    pub fn untold(&self, language: &Language) -> Option<String> {
        let n = self.models.n;
        let nothing = self.models.nothing.filter(|cell| *cell != ShownCount::Count(0))?;
        Some(match (self.models.untold, nothing) {
            (true, ShownCount::Hidden) => text!(language, "analysis-words-many-tell-nothing"),
            (false, ShownCount::Hidden) => return None,
            (true, nothing) => text!(language, "analysis-words-answers-these-n-sessions", n, nothing),
            (false, nothing) => text!(language, "analysis-words-some-tell-nothing", n, nothing),
        })
    }

    /// That ratings count in no profile, and whose; none where all do.
    pub fn unrated(&self, language: &Language) -> Option<String> {
        let sessions = self.models.unrated.filter(|cell| *cell != ShownCount::Count(0))?;
        let norms: Vec<String> =
            self.models.unrated_norms.iter().map(|model| model.plainly(language)).collect();
        Some(text!(language, "analysis-words-unrated", sessions, norms = norms.join(", ")))
    }

    /// What counts and single profiles assume of how easy the statements are to agree with.
    pub fn ease(&self, language: &Language) -> String {
        match self.models.learnt {
            true => text!(language, "analysis-models-ease-learnt"),
            false => text!(language, "analysis-models-ease-assumed"),
        }
    }

    /// Why no shares are estimated, and what is assumed without.
    pub fn no_estimate(&self, language: &Language) -> Option<String> {
        let models = &self.models;
        let why = match () {
            () if models.partial => Some(text!(language, "analysis-models-partial")),
            () if models.n > 0 && models.n < FEWEST => {
                Some(text!(language, "analysis-models-few", fewest = FEWEST))
            }
            () if models.moves.is_none() && !models.untold && models.n >= FEWEST => {
                Some(text!(language, "analysis-models-no-estimate"))
            }
            () => None,
        };
        why.map(|why| format!("{} {why}", self.ease(language)))
    }

    /// How many sessions have statements or choices that point elsewhere; none where there are none.
    pub fn parted(&self, language: &Language) -> Option<String> {
        let sessions = self.models.parted.filter(|cell| *cell != ShownCount::Count(0))?;
        Some(text!(language, "analysis-words-parted", sessions))
    }

    /// Who answered: `managers` where all speak for the organisation, else `customers`.
    pub fn who(&self) -> &'static str {
        if self.models.managers { "managers" } else { "customers" }
    }

    fn of_models(&self, language: &Language) -> Option<String> {
        if self.models.untold {
            return self.untold(language);
        }
        let n = match self.models.nothing.and_then(ShownCount::count) {
            Some(nothing) if !self.models.holds => self.models.n - nothing,
            _ => self.models.n,
        };
        let line = |model: RelationalModel| self.models.lines.get(model.index());
        let business = line(RelationalModel::MarketPricing)?;
        let personal = line(RelationalModel::CommunalSharing)?;
        if !self.models.holds {
            let part = |line: &ModelLine| self.models.answers_part(line);
            // What is held back is in no sentence.
            let in_words = |line: &ModelLine| match line.answers_share {
                Some(share) => Some(percent(share)),
                None => part(line).map(whole_percent),
            };
            let nobody = part(business) == Some(0.0) && part(personal) == Some(0.0);
            let shares = [business, personal].map(|line| in_words(line).map(|share| (line, share)));
            let open = self.models.uncertain.and_then(ShownCount::count).filter(|open| *open > 0);
            let apart = open
                .map_or_else(String::new, |open| text!(language, "analysis-words-open-first-two-not", open));
            let learnt = if self.models.learnt { "yes" } else { "no" };
            let ease = text!(language, "analysis-words-ease", learnt);
            let counted = self.respondents.counted();
            if nobody {
                return Some(text!(language, "analysis-words-taken-one-none", n, ease, apart, counted));
            }
            // Of the one that is told nobody: what that leaves open is the other.
            let is_told = |line: &ModelLine| part(line) != Some(0.0);
            return Some(match shares {
                [Some((_, business)), Some((_, personal))] => text!(
                    language,
                    "analysis-words-taken-one-one-answers",
                    business,
                    n,
                    personal,
                    ease,
                    apart,
                    counted
                ),
                [Some((line, share)), None] | [None, Some((line, share))] if is_told(line) => {
                    let model = line.model.plainly(language);
                    text!(language, "analysis-words-taken-one-only", share, n, model, ease, apart, counted)
                }
                _ => return None,
            });
        }
        let (business, personal) = (percent(business.estimated?), percent(personal.estimated?));
        let who = self.who();
        let said = match self.respondents.come_back() {
            true => text!(language, "analysis-words-n-sessions-business-relate", n, business, personal, who),
            false => {
                text!(language, "analysis-words-n-respondents-business-relate", n, business, personal, who)
            }
        };
        Some(match self.clusters.widen_norms {
            true => format!("{said} {}", text!(language, "analysis-words-shares-one-by-one")),
            false => said,
        })
    }

    /// How strongly each norm is held on average, where that is known.
    pub fn strengths(&self, language: &Language) -> Option<String> {
        let (low, high) = self.models.range?;
        let line = |line: &ModelLine| {
            let name = line.model.plainly(language);
            Some(format!("{name} {}", number(line.strength?, 1, language)))
        };
        let held: Vec<String> = self.models.lines.iter().filter_map(line).collect();
        (!held.is_empty()).then(|| {
            let held = held.join(" · ");
            text!(
                language,
                "analysis-words-how-strongly-each-norm",
                low = texts::number(low, language),
                high = texts::number(high, language),
                held
            )
        })
    }

    fn of_feelings(&self, language: &Language) -> Option<String> {
        let mut felt = self.emotions.iter().filter_map(|e| Some((e.label.to_lowercase(), e.mean?)));
        let strongest = [felt.next()?, felt.next()?, felt.next()?];
        let others: Vec<(String, IntervalEstimate)> = felt.collect();
        // Which of equals comes third is no finding.
        let third = strongest[2].1.value;
        if others.first().is_some_and(|(_, next)| next.value >= third - 1e-9) {
            return None;
        }
        // Intervals may be of different widths, so that each of the three is held against each of the others.
        let least = strongest.iter().map(|(_, mean)| mean.low).fold(f64::INFINITY, f64::min);
        let near = others.into_iter().find(|(_, mean)| mean.high >= least);
        let [first, second, third] = strongest.map(|(label, _)| label);
        if let Some((fourth, _)) = near {
            return Some(text!(
                language,
                "analysis-words-feelings-may-be-chance",
                first,
                second,
                third,
                fourth
            ));
        }
        Some(text!(language, "analysis-words-strongest-feelings-first-second", first, second, third))
    }

    fn of_experience(&self, language: &Language) -> Option<String> {
        // Without classified sessions there are no two groups.
        if self.models.untold {
            return None;
        }
        let line =
            self.experience.outcomes.iter().find(|line| line.outcome == DistalOutcome::Satisfaction)?;
        let of = |model: RelationalModel| line.by_model.get(model.index())?.estimate;
        let (personal, business) = (of(RelationalModel::CommunalSharing), of(RelationalModel::MarketPricing));
        let (Some(personal), Some(business), Some(difference)) =
            (personal, business, line.personal_minus_business.estimate)
        else {
            return (line.personal_minus_business.untold != Some(Untold::Held))
                .then(|| text!(language, "analysis-words-satisfaction-cannot-be-told"));
        };
        // An interval without a width is none, and says nothing of chance.
        let apart = difference.high > difference.low && (difference.low > 0.0 || difference.high < 0.0);
        let size = number(difference, 1, language);
        let (personal, business) = (number(personal, 1, language), number(business, 1, language));
        let end = match apart {
            true => text!(language, "analysis-words-difference-size-more-than", size),
            false => text!(language, "analysis-words-difference-size-may-chance", size),
        };
        Some(text!(language, "analysis-words-satisfaction-personal-among-those", personal, business, end))
    }

    fn of_gaps(&self, language: &Language) -> Option<String> {
        let (masked, latent) = (self.gaps.masked, self.gaps.latent);
        let (found, other) = (masked.found.count()?, latent.found.count()?);
        if self.gaps.n == 0 {
            return None;
        }
        let error = at_most(masked.by_error.unwrap_or(0.0) + latent.by_error.unwrap_or(0.0), language);
        let (n, counted) = (self.gaps.n, self.respondents.counted());
        Some(text!(language, "analysis-words-n-respondents-both-measures", n, found, other, error, counted))
    }

    fn of_leaving(&self, language: &Language) -> Option<String> {
        let leaving = self.leaving.as_ref()?;
        let share = percent(leaving.share?);
        let (count, counted) = (leaving.satisfied_leaving, self.respondents.counted());
        Some(text!(language, "analysis-words-satisfied-but-leaving-count", count, share, counted))
    }
}

pub(super) fn of_paradox(paradox: &Paradox, language: &Language) -> Option<String> {
    // Only estimates over all sessions of both sides: leading models of single sessions are no finding.
    let at = RelationalModel::CommunalSharing.index();
    let meant = paradox.meant.get(at)?.estimated?;
    // It is one where fewer use the relation that way than mean it so, beyond what error gives.
    let same_way = paradox.used.get(at)?.estimated?;
    let (is_more, is_less) = (meant.low > same_way.high, meant.high < same_way.low);
    let ends = [meant, same_way].map(|share| whole_percent(share.value));
    let (meant, same_way) = (percent(meant), percent(same_way));
    let used = percent(paradox.used.get(RelationalModel::MarketPricing.index())?.estimated?);
    let counted = paradox.respondents.counted();
    let said = match paradox.basis {
        ParadoxBasis::Customers => {
            text!(language, "analysis-words-paradox-meant-customers-think", meant, used, same_way, counted)
        }
        ParadoxBasis::Managers => {
            text!(language, "analysis-words-paradox-meant-those-who", meant, used, same_way, counted)
        }
        ParadoxBasis::BothSides => {
            text!(language, "analysis-words-paradox-meant-those-who-speak", meant, used, same_way, counted)
        }
    };
    // Three shares stand in the sentence: the two that are compared are named.
    let [meant, same_way] = ends;
    Some(match (is_more, is_less) {
        (true, _) => text!(language, "analysis-words-paradox-found", said),
        (_, true) => text!(language, "analysis-words-paradox-reverse", said, meant, same_way),
        _ => text!(language, "analysis-words-paradox-open", said, meant, same_way),
    })
}

/// How many sessions are in neither side of a paradox, because their answers tell nothing.
pub fn left_out(paradox: &Paradox, language: &Language) -> Option<String> {
    let untold = Some(paradox.untold).filter(|cell| *cell != ShownCount::Count(0))?;
    Some(text!(language, "analysis-words-paradox-left-out", untold))
}

/// How the two of a paradox go together, against what their rates alone give; none where that is not known.
pub fn agreement(paradox: &Paradox, language: &Language) -> Option<String> {
    let found = paradox.agreement?;
    let (same, rates) = (percent(found.same), whole_percent(found.by_rates));
    let end = match found.is_more() {
        true => text!(language, "analysis-words-two-go-together"),
        false => text!(language, "analysis-words-no-more-than-rates"),
    };
    Some(text!(language, "analysis-words-two-same-rates-alone", same, rates, end))
}

/// An outcome by model.
pub fn outcome(line: &OutcomeLine, language: &Language) -> String {
    match line.outcome {
        DistalOutcome::Nps => "NPS".to_owned(),
        DistalOutcome::Satisfaction => text!(language, "analysis-words-outcome-satisfaction"),
        DistalOutcome::Satisfied => text!(language, "analysis-words-outcome-satisfied"),
        DistalOutcome::Leaving => text!(language, "analysis-words-outcome-leaving"),
        DistalOutcome::Staying | DistalOutcome::Feeling => {
            let (low, high) = line.range;
            format!("{}, {low}–{high}", texts::capital(&line.label))
        }
    }
}

/// Why an estimate by model cannot be told.
pub fn untold(found: Adjusted, language: &Language) -> Option<String> {
    Some(match found.untold? {
        Untold::NoProfiles => text!(language, "analysis-words-untold-no-profiles"),
        Untold::NotSeparated => text!(language, "analysis-words-untold-not-told-apart"),
        // What they are worth may be held back too.
        Untold::TooFew if found.worth < 0.05 => text!(language, "analysis-words-untold-few"),
        Untold::TooFew => {
            text!(language, "analysis-words-untold-too-few", worth = decimal(found.worth, 1, language))
        }
        Untold::Held => text!(language, "analysis-words-held-back"),
    })
}

/// How outcomes by model were estimated.
pub fn adjusted(language: &Language) -> String {
    text!(language, "analysis-words-by-model-estimated")
}

/// That the tables by model are no echo.
pub fn blind(language: &Language) -> String {
    text!(language, "analysis-words-classifier-behind-these-tables")
}

/// What a paradox rests on.
pub fn paradox_basis(basis: ParadoxBasis, language: &Language) -> String {
    match basis {
        ParadoxBasis::Customers => text!(language, "analysis-words-customers-how-think-organisation"),
        ParadoxBasis::Managers => text!(language, "analysis-words-account-managers-how-mean"),
        ParadoxBasis::BothSides => text!(language, "analysis-words-both-sides-how-account"),
    }
}

/// A model with both of its names, for a legend.
pub fn model(model: RelationalModel, language: &Language) -> String {
    format!("{} ({})", model.plainly(language), model.in_words(language))
}

/// A count for a reader; what is held back is said in a word.
pub fn cell(cell: ShownCount, language: &Language) -> String {
    match cell {
        ShownCount::Hidden => text!(language, "analysis-words-held-back"),
        shown => shown.to_string(),
    }
}

impl Argument for ShownCount {
    fn said(&self) -> ArgumentValue<'_> {
        match self {
            Self::Count(count) => ArgumentValue::Number(*count as f64),
            held => ArgumentValue::Text(held.to_string().into()),
        }
    }
}
