//! All codes of a session beside the classifier; shown to a coder only after their own code is saved.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::CodingScreen;
use super::draw::dots;
use crate::classify::pooling;
use crate::coding::{Draft, Passage, SUREST};
use crate::instrument::{Language, RelationalModel};
use crate::study::coding::{CodeComparison, GivenCode, ShownCall};
use crate::text;
use crate::texts::quoted;
use crate::tui::Backend;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Page, PageRow, cut, fit, wrap};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::screens::message::MessageScreen;
use crate::tui::widgets::card::{Card, WIDEST, inner_width};
use crate::tui::words::Words;

/// Columns of the table: who, and each of the two models; what is left is for the confidence.
const WHO: usize = 22;
const MODEL: usize = 18;

/// The codes of a session side by side.
pub(crate) struct Compare {
    session: String,
    coder: String,
    language: Language,
    /// `None` until it is computed.
    compared: Option<CodeComparison>,
    top: usize,
}

impl Compare {
    /// The comparison for a coder who has coded this session.
    pub fn new(session: String, coder: String, language: Language) -> Self {
        Self { session, coder, language, compared: None, top: 0 }
    }

    fn page(&self, compared: &CodeComparison, width: usize, look: &Look) -> Page {
        let mut page = Page::default();
        let words = look.words;
        let head = [fit("", WHO), fit(words.coding_dominant, MODEL), fit(words.coding_second, MODEL)];
        page.push(PageRow::of(vec![Span::styled(cut(&head.concat(), width), look.styles.dim)]));
        for code in &compared.codes {
            let name = if code.coder == self.coder {
                format!("{} ({})", code.coder, words.coding_you)
            } else {
                code.coder.clone()
            };
            row(&name, code, look, &mut page);
        }
        if let Some(code) = &compared.consensus {
            row(&text!(&look.language, "tui-coding-settled-by", coder = code.coder), code, look, &mut page);
        }
        self.classifier(compared, width, look, &mut page);
        page.blank();
        page.text(&self.standing(compared, words), width, look.styles.text);
        for code in compared.codes.iter().chain(&compared.consensus) {
            if !code.coding.note.is_empty() {
                let mark = vec![Span::styled(format!("{}: ", code.coder), look.styles.strong)];
                page.hanging(mark, &code.coding.note, width, look.styles.text);
            }
        }
        evidence(compared, width, look, &mut page);
        page
    }

    fn classifier(&self, compared: &CodeComparison, width: usize, look: &Look, page: &mut Page) {
        let name = Span::styled(fit(look.words.coding_classifier, WHO), look.styles.text);
        let profile = match &compared.call {
            ShownCall::Made(Some(profile)) => profile,
            ShownCall::Made(None) => {
                page.push(PageRow::of(vec![name, Span::styled(look.words.no_profile, look.styles.dim)]));
                return;
            }
            ShownCall::Waits { coded, of } => {
                let sentence = text!(&look.language, "tui-coding-call-waits", coded = *coded, of = *of);
                page.hanging(vec![name], &sentence, width, look.styles.dim);
                return;
            }
        };
        let shares: Vec<String> = RelationalModel::ALL
            .iter()
            .zip(profile.probabilities)
            .map(|(model, share)| format!("{model} {:.0} %", 100.0 * share))
            .collect();
        let call = |model: RelationalModel| fit(model.abbreviation(), MODEL);
        page.push(PageRow::of(vec![
            name,
            Span::styled(call(profile.dominant), look.styles.strong),
            Span::styled(call(profile.second), look.styles.text),
        ]));
        let uncertain = if profile.uncertain { look.words.coding_uncertain } else { "" };
        let basis = pooling::TrainingBasis::in_words(&profile.basis, &look.language);
        let text = format!("{}{uncertain} ({basis})", shares.join(" · "));
        page.hanging(vec![Span::raw(" ".repeat(WHO))], &text, width, look.styles.dim);
    }

    /// The coding state of the session, in one sentence.
    fn standing(&self, compared: &CodeComparison, words: &Words) -> String {
        let models: Vec<RelationalModel> = compared.codes.iter().map(|code| code.coding.dominant).collect();
        match (&compared.consensus, models.as_slice()) {
            (Some(code), _) => {
                text!(&self.language, "tui-coding-is-settled", model = code.coding.dominant.abbreviation())
            }
            (None, [_]) => words.coding_alone.to_owned(),
            (None, all) if all.iter().all(|model| Some(model) == all.first()) => {
                words.coding_agreed.to_owned()
            }
            (None, _) => words.coding_differ.to_owned(),
        }
    }

    fn settle(&self, backend: &mut dyn Backend) -> Next {
        let Some(compared) = &self.compared else { return Next::Stay };
        let beside = compared.codes.iter().map(|code| {
            let second = code.coding.second.map(|model| format!(", {model}")).unwrap_or_default();
            format!("  {}: {}{second}", code.coder, code.coding.dominant)
        });
        let beside = beside.collect();
        match backend.reading(&self.session, (&self.coder, true), &self.language) {
            Ok(reading) => {
                let (coder, language) = (self.coder.clone(), self.language.clone());
                Next::Replace(Box::new(CodingScreen::settling(reading, coder, language, beside)))
            }
            Err(sentence) => Next::Push(Box::new(MessageScreen::trouble(sentence, &self.language))),
        }
    }

    fn again(&self, backend: &mut dyn Backend) -> Next {
        let own = self.compared.iter().flat_map(|compared| &compared.codes);
        let own =
            own.filter(|code| code.coder == self.coder).map(|code| Draft::from(code.coding.clone())).next();
        match backend.reading(&self.session, (&self.coder, false), &self.language) {
            Ok(reading) => {
                let screen = CodingScreen::new(reading, self.coder.clone(), self.language.clone());
                Next::Replace(Box::new(screen.starting_from(own.unwrap_or_default())))
            }
            Err(sentence) => Next::Push(Box::new(MessageScreen::trouble(sentence, &self.language))),
        }
    }
}

fn row(name: &str, code: &GivenCode, look: &Look, page: &mut Page) {
    let second = code.coding.second.map_or("–", RelationalModel::abbreviation);
    let sure = match code.coding.confidence {
        Some(sure) => text!(&look.language, "tui-coding-sure-of", sure, of = SUREST),
        None => String::new(),
    };
    page.push(PageRow::of(vec![
        Span::styled(fit(name, WHO), look.styles.text),
        Span::styled(fit(code.coding.dominant.abbreviation(), MODEL), look.styles.strong),
        Span::styled(fit(second, MODEL), look.styles.text),
        Span::styled(sure, look.styles.dim),
    ]));
}

/// Every answer with marks, with the marks of all coders.
fn evidence(compared: &CodeComparison, width: usize, look: &Look, page: &mut Page) {
    let mut first = true;
    for (item, question) in &compared.questions {
        let marks: Vec<(&GivenCode, Vec<String>, Vec<&Passage>)> = compared
            .codes
            .iter()
            .map(|code| {
                let of_item = code.coding.evidence.iter().filter(|mark| mark.item == *item);
                let passages = code.coding.passages.iter().filter(|passage| passage.item == *item);
                let marks = of_item.map(|mark| format!("{} {}", mark.model, dots(mark.strength)));
                (code, marks.collect(), passages.collect())
            })
            .filter(|(_, marks, passages): &(_, Vec<String>, Vec<_>)| {
                !marks.is_empty() || !passages.is_empty()
            })
            .collect();
        if marks.is_empty() {
            continue;
        }
        if first {
            page.blank();
            page.text(look.words.coding_evidence, width, look.styles.strong);
            first = false;
        }
        let question = wrap(question, 10_000).join(" ");
        page.text(&cut(&question, width), width, look.styles.text);
        for (code, marks, passages) in marks {
            let who = || Span::styled(format!("    {}  ", fit(&code.coder, 12)), look.styles.dim);
            if !marks.is_empty() {
                page.push(PageRow::of(vec![who(), Span::styled(marks.join("   "), look.styles.text)]));
            }
            for passage in passages {
                let model = Span::styled(format!("{} ", passage.model), look.styles.strong);
                let quote = quoted(&passage.quote.replace('\n', " "));
                page.hanging(vec![who(), model], &quote, width, look.styles.text);
            }
        }
    }
}

impl Screen for Compare {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn commands(&self) -> Vec<Command> {
        use Command::*;
        let Some(compared) = &self.compared else { return Vec::new() };
        let mut commands = vec![Recode, Close, LineDown, LineUp, PageDown, PageUp, Language, Help];
        // A single code needs no consensus.
        if compared.codes.len() > 1 || compared.consensus.is_some() {
            commands.insert(0, Settle);
        }
        commands
    }

    fn wheel_moves_lines(&self) -> bool {
        true
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let width = inner_width(area, WIDEST);
        let Some(compared) = &self.compared else {
            let mut page = Page::default();
            page.text(look.words.moment_words, width, look.styles.text);
            let title = look.words.moment_title;
            Card { title, page: &page, top: None, tall: false, widest: WIDEST }.draw(canvas, area, look);
            return;
        };
        let columns = area.width.min(WIDEST).saturating_sub(2);
        let x = area.x + (area.width - columns) / 2;
        let simulated = if compared.simulated { look.words.home_simulated } else { "" };
        let parts = [compared.respondent.as_str(), compared.about.as_str(), simulated];
        let title = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ");
        canvas.line(x, area.y, columns, &Line::styled(cut(&title, usize::from(columns)), look.styles.dim));
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let page = self.page(compared, width, look);
        let title = look.words.coding_compare;
        Card { title, page: &page, top: Some(self.top), tall: true, widest: WIDEST }.draw(canvas, body, look);
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        match act {
            UserAction::Command(Command::Close) => return Next::Pop(None),
            UserAction::Command(Command::Settle) => return self.settle(with.backend),
            UserAction::Command(Command::Recode) => return self.again(with.backend),
            UserAction::Command(Command::Language) => {
                let other = self.language.next();
                (self.language, self.compared) = (other, None);
            }
            act => self.top = act.scrolls(with.drawn).unwrap_or(self.top),
        }
        Next::Stay
    }

    fn work(&mut self, backend: &mut dyn Backend) -> Option<Next> {
        if self.compared.is_some() {
            return None;
        }
        match backend.compared(&self.session, &self.coder, &self.language) {
            Ok(compared) => {
                self.compared = Some(compared);
                Some(Next::Stay)
            }
            Err(sentence) => Some(Next::Replace(Box::new(MessageScreen::trouble(sentence, &self.language)))),
        }
    }
}
