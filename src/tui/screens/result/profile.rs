//! The profile: four bars for each perspective, what they come to in words, and the evidence in the respondent's own
//! answers.

use ratatui::text::Span;

use crate::instrument::RelationalModel;
use crate::report::{EvidenceLine, ProfileLine, Report};
use crate::tui::page::{Page, Row, cut, fit, right, wrap};
use crate::tui::screen::Look;
use crate::tui::widgets::bars;
use crate::tui::words::fill;
use crate::wording;

/// Columns for the names of the models.
const NAMES: usize = 23;
/// Columns for a share in per cent, the mark of the leader before the bar included.
const NUMBERS: usize = 8;
/// Reasons, and answers for each, that are shown before everything is asked for.
const REASONS: usize = 3;
const ANSWERS: usize = 2;
/// Lines from which on the bars stand apart.
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
    page.blank();
    bars_page(&report.profiles, (width, height >= ROOMY), theory, look, &mut page);
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

/// One line a model, one column a perspective. The names of the theory are for those who study it, not for customers.
fn bars_page(
    profiles: &[ProfileLine],
    (width, roomy): (usize, bool),
    theory: bool,
    look: &Look,
    page: &mut Page,
) {
    let column = width.saturating_sub(NAMES) / profiles.len().max(1);
    let bar = column.saturating_sub(NUMBERS).min(40);
    let heads: Vec<Vec<String>> =
        profiles.iter().map(|profile| wrap(&profile.title, column.saturating_sub(3))).collect();
    for line in 0..heads.iter().map(Vec::len).max().unwrap_or(0) {
        let mut head = vec![Span::raw(" ".repeat(NAMES))];
        for lines in &heads {
            let text = lines.get(line).map_or("", String::as_str);
            head.push(Span::styled(format!("  {}", fit(text, column.saturating_sub(2))), look.styles.strong));
        }
        page.push(Row::of(head));
    }
    for model in RelationalModel::ALL {
        if roomy {
            page.blank();
        }
        let mut first =
            vec![Span::styled(fit(&wording::model_plainly(model, &look.language), NAMES), look.styles.text)];
        for profile in profiles {
            let share = profile.probabilities.get(model.index()).copied().unwrap_or(0.0);
            let leads = profile.dominant == model;
            first.push(Span::styled(if leads { "▸ " } else { "  " }, look.styles.accent));
            first.extend(bars::thick(share, bar, &look.styles, leads));
            let number = right(&format!("{:.0} %", share * 100.0), NUMBERS - 3);
            let style = if leads { look.styles.strong } else { look.styles.text };
            first.push(Span::styled(fit(&number, column.saturating_sub(bar + 2)), style));
        }
        page.push(Row::of(first));
        if theory {
            let name = wording::model(model, &look.language);
            page.push(Row::of(vec![Span::styled(cut(&name, NAMES), look.styles.dim)]));
        }
    }
}

fn verdict(profile: &ProfileLine, several: bool, width: usize, look: &Look, page: &mut Page) {
    let title = if several { format!("{}  ", profile.title) } else { String::new() };
    let title = Span::styled(title, look.styles.strong);
    let first = wording::model_plainly(profile.dominant, &look.language);
    let second = wording::model_plainly(profile.second, &look.language);
    if profile.uncertain {
        let text = fill(look.words.uncertain_lead, &[&first, &second]);
        page.hanging(vec![Span::styled("? ", look.styles.warn), title], &text, width, look.styles.text);
    } else {
        let text = fill(look.words.clear_lead, &[&first, &second]);
        page.hanging(vec![Span::raw("  "), title], &text, width, look.styles.text);
    }
    if profile.engagement == Some("low") {
        let mark = vec![Span::styled("! ", look.styles.warn)];
        page.hanging(mark, look.words.low_engagement, width, look.styles.text);
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
    let first = wording::model_plainly(profile.dominant, &look.language);
    let second = wording::model_plainly(profile.second, &look.language);
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
