//! The profile: what the answers speak for, how strongly each norm is held, how sure it is which one is strongest, and the
//! evidence in the respondent's own answers.

use ratatui::text::Span;

use crate::instrument::RelationalModel;
use crate::report::{EvidenceLine, ProfileLine, Report};
use crate::tui::page::{Page, Row, cut, fit, right, wrap};
use crate::tui::screen::Look;
use crate::tui::widgets::bars;
use crate::tui::words::fill;
use crate::wording;

/// Columns for the names of the models.
const NAMES: usize = 20;
/// Columns for a strength, the mark of the leader before the bar included.
const NUMBERS: usize = 7;
/// Reasons, and answers for each, that are shown before everything is asked for.
const REASONS: usize = 3;
const ANSWERS: usize = 2;
/// Lines from which on the names of the theory have room.
const ROOMY: usize = 24;
/// Columns for the sign and word before a reason.
const SIGN: usize = 12;

pub(super) fn page(
    report: &Report,
    (expanded, theory): (bool, bool),
    (width, height): (usize, usize),
    look: &Look,
) -> Page {
    let mut page = Page::default();
    if let Some(why) = &report.no_profile {
        page.text(look.words.no_profile, width, look.styles.strong);
        page.text(why, width, look.styles.text);
        page.blank();
    }
    if report.profiles.is_empty() {
        return page;
    }
    for profile in &report.profiles {
        verdict(profile, report.profiles.len() > 1, width, look, &mut page);
    }
    let columns = Columns::of(&report.profiles, width);
    if report.profiles.iter().any(|profile| profile.strengths.is_some()) {
        page.blank();
        columns.heads(look, &mut page);
        strengths(&report.profiles, &columns, theory && height >= ROOMY, look, &mut page);
    }
    page.blank();
    certainty(&report.profiles, &columns, look, &mut page);
    let basis = |profile: &ProfileLine| wording::basis(&profile.basis, &look.language);
    let mut bases: Vec<String> = report.profiles.iter().map(basis).collect();
    bases.dedup();
    page.blank();
    page.text(&format!("{}: {}", look.words.tab_about, bases.join("; ")), width, look.styles.dim);
    for profile in &report.profiles {
        evidence(profile, report.profiles.len() > 1, expanded, width, look, &mut page);
    }
    page
}

/// One column a perspective, behind the names of the models.
struct Columns<'a> {
    profiles: &'a [ProfileLine],
    width: usize,
}

impl<'a> Columns<'a> {
    fn of(profiles: &'a [ProfileLine], width: usize) -> Self {
        // A line as wide as a large window holds is no easier to read.
        let width = (width.saturating_sub(NAMES) / profiles.len().max(1)).min(48);
        Self { profiles, width }
    }

    fn heads(&self, look: &Look, page: &mut Page) {
        let wrapped = |profile: &ProfileLine| wrap(&profile.title, self.width.saturating_sub(3));
        let heads: Vec<Vec<String>> = self.profiles.iter().map(wrapped).collect();
        for line in 0..heads.iter().map(Vec::len).max().unwrap_or(0) {
            let mut head = vec![Span::raw(" ".repeat(NAMES))];
            for lines in &heads {
                let text = lines.get(line).map_or("", String::as_str);
                head.push(Span::styled(
                    format!("  {}", fit(text, self.width.saturating_sub(2))),
                    look.styles.strong,
                ));
            }
            page.push(Row::of(head));
        }
    }
}

/// One line a model. The names of the theory are for those who study it, not for customers.
fn strengths(profiles: &[ProfileLine], columns: &Columns, theory: bool, look: &Look, page: &mut Page) {
    let bar = columns.width.saturating_sub(NUMBERS);
    let scale = profiles.iter().find_map(|profile| profile.strengths).map(|strengths| strengths.range);
    let mut head = vec![Span::styled(fit(look.words.strengths_title, NAMES), look.styles.dim)];
    if let Some((low, high)) = scale {
        for _ in profiles {
            let ends =
                format!("  {low}{}", right(&high.to_string(), bar.saturating_sub(low.to_string().len())));
            head.push(Span::styled(fit(&ends, columns.width), look.styles.dim));
        }
    }
    page.push(Row::of(head));
    for model in RelationalModel::ALL {
        let name = fit(&wording::model_plainly(model, &look.language), NAMES);
        let mut row = vec![Span::styled(name, look.styles.text)];
        for profile in profiles {
            let Some(strengths) = profile.strengths else {
                row.push(Span::raw(" ".repeat(columns.width)));
                continue;
            };
            let (low, high) = strengths.range;
            let share = |value: f64| (value - low) / (high - low);
            let found = strengths.norms[model.index()];
            let leads = profile.answers.dominant == model && profile.answers.tell_apart();
            row.push(Span::styled(if leads { "▸ " } else { "  " }, look.styles.accent));
            row.extend(bars::value(
                share(found.value),
                (share(found.low), share(found.high)),
                bar,
                &look.styles,
                leads,
            ));
            let number = right(&wording::decimal(found.value, 1, &look.language), NUMBERS - 3);
            let style = if leads { look.styles.strong } else { look.styles.text };
            row.push(Span::styled(fit(&number, columns.width.saturating_sub(bar + 2)), style));
        }
        page.push(Row::of(row));
        if theory {
            let name = wording::model(model, &look.language);
            page.push(Row::of(vec![Span::styled(cut(&name, NAMES), look.styles.dim)]));
        }
    }
}

/// How sure it is which norm is the strongest: from the answers alone, and with the published rates.
fn certainty(profiles: &[ProfileLine], columns: &Columns, look: &Look, page: &mut Page) {
    let half = columns.width.saturating_sub(3) / 2;
    let cell = |text: &str, style| Span::styled(right(text, half), style);
    let mut head = vec![Span::styled(fit(look.words.certainty_title, NAMES), look.styles.dim)];
    for _ in profiles {
        head.push(cell(look.words.certainty_answers, look.styles.dim));
        head.push(cell(look.words.certainty_rates, look.styles.dim));
        head.push(Span::raw("   "));
    }
    page.push(Row::of(head));
    for model in RelationalModel::ALL {
        let name = fit(&wording::model_plainly(model, &look.language), NAMES);
        let mut row = vec![Span::styled(name, look.styles.text)];
        for profile in profiles {
            let both = [
                (profile.answers.probabilities, profile.answers.dominant),
                (profile.probabilities, profile.dominant),
            ];
            for (probabilities, leader) in both {
                let mark = if leader == model { "▸ " } else { "" };
                let style = if leader == model { look.styles.strong } else { look.styles.text };
                let percent = 100.0 * probabilities[model.index()];
                row.push(cell(&format!("{mark}{percent:>3.0} %"), style));
            }
            row.push(Span::raw("   "));
        }
        page.push(Row::of(row));
    }
}

fn verdict(profile: &ProfileLine, several: bool, width: usize, look: &Look, page: &mut Page) {
    let title = if several { format!("{}  ", profile.title) } else { String::new() };
    let title = Span::styled(title, look.styles.strong);
    let mark =
        if profile.answers.tell_apart() { Span::raw("  ") } else { Span::styled("? ", look.styles.warn) };
    page.hanging(vec![mark, title], &profile.headline, width, look.styles.text);
    if let Some(rates) = &profile.rates {
        page.hanging(vec![Span::raw("  ")], rates, width, look.styles.dim);
    }
    for warning in profile.hardly_engaged.iter().chain(&profile.ratings_left_out) {
        page.hanging(vec![Span::styled("! ", look.styles.warn)], warning, width, look.styles.text);
    }
}

fn evidence(
    profile: &ProfileLine,
    several: bool,
    expanded: bool,
    width: usize,
    look: &Look,
    page: &mut Page,
) {
    if profile.evidence.is_empty() {
        return;
    }
    let first = wording::model_plainly(profile.answers.dominant, &look.language);
    let second = wording::model_plainly(profile.answers.second, &look.language);
    page.blank();
    let title = fill(look.words.evidence_title, &[&first, &second]);
    let title = if several { format!("{} · {title}", profile.title) } else { title };
    page.text(&title, width, look.styles.strong);
    let (reasons, answers) = if expanded { (usize::MAX, usize::MAX) } else { (REASONS, ANSWERS) };
    for line in profile.evidence.iter().take(reasons) {
        reason(line, answers, width, look, page);
    }
    let hidden =
        profile.evidence.len() > reasons || profile.evidence.iter().any(|line| line.answers.len() > answers);
    if hidden {
        page.text(look.words.evidence_more, width, look.styles.dim);
    }
}

fn reason(line: &EvidenceLine, answers: usize, width: usize, look: &Look, page: &mut Page) {
    let (sign, style) = if line.weight >= 0.0 {
        (format!("+ {}  ", look.words.evidence_for), look.styles.good)
    } else {
        (format!("− {}  ", look.words.evidence_against), look.styles.warn)
    };
    page.hanging(vec![Span::styled(fit(&sign, SIGN), style)], &line.words, width, look.styles.text);
    for (question, answer) in line.answers.iter().take(answers) {
        let text = format!("“{question}” — {answer}");
        page.hanging(vec![Span::raw(" ".repeat(SIGN))], &text, width, look.styles.dim);
    }
}
