//! Draws findings of an instrument: for people with the source line underlined, for editors as JSON. Their wording comes from the reader.

use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, SourceSpan, ThemeStyles,
};

use crate::defuse;
use crate::instrument::{Finding, Severity, SourceFile};

/// Findings for people, one after the other: code, sentence, place, the underlined line, and the likely fix, then a line that counts them.
/// Empty without findings.
///
/// `width` is that of the terminal, in columns; `colour` says whether escape sequences are welcome.
pub fn render(findings: &[Finding], files: &[SourceFile], colour: bool, width: usize) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut styles = ThemeStyles::none();
    if colour {
        styles = ThemeStyles::ansi();
    }
    let theme = GraphicalTheme { styles, ..GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(width.max(40))
        .with_context_lines(0)
        .with_cause_chain()
        .with_links(false);
    let mut drawn = String::new();
    for finding in findings {
        let file = files.iter().find(|file| file.name == finding.file);
        let report = Report {
            finding,
            message: defuse::text(&finding.message).into_owned(),
            excerpt: file.map(|file| Excerpt::of(file, finding, width)),
        };
        // Writing into a String cannot fail; a finding that cannot be drawn still says its sentence.
        if handler.render_report(&mut drawn, &report).is_err() {
            drawn.push_str(&report.message);
        }
        drawn.push('\n');
    }
    drawn.push_str(&count(findings));
    drawn.push('\n');
    drawn
}

/// Findings as a JSON array, one object each: `code`, `severity`, `file`, `line` and `column` (from 1, in characters),
/// `span` (bytes, `start` and `end`, not counting a byte order mark), `message`, `help`.
pub fn to_json(findings: &[Finding]) -> String {
    // Strings and numbers only: nothing here can fail to be written.
    serde_json::to_string_pretty(findings).unwrap_or_else(|_| "[]".to_owned())
}

/// "2 errors, 1 warning".
fn count(findings: &[Finding]) -> String {
    let of = |severity, one: &str| {
        let count = findings.iter().filter(|finding| finding.severity == severity).count();
        match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {one}s")),
        }
    };
    let parts = [of(Severity::Error, "error"), of(Severity::Warning, "warning")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The one line that a finding is about, cut to what a terminal shows, with the place in it.
#[derive(Debug)]
struct Excerpt {
    file: String,
    line: String,
    number: usize,
    column: usize,
    place: SourceSpan,
}

/// How much of a long line is shown before the place, in characters.
const LEAD: usize = 30;

impl Excerpt {
    fn of(file: &SourceFile, finding: &Finding, width: usize) -> Self {
        let room = width.saturating_sub(12).max(40);
        // No more of a line is looked at than is shown: a long one may have as many faults as words.
        let reach = 4 * (room + 2);
        let begin = floor(&file.text, finding.span.start);
        let window = floor(&file.text, begin.saturating_sub(reach));
        let start = file.text[window..begin].rfind('\n').map_or(window, |at| window + at + 1);
        let window = floor(&file.text, begin + reach.max(finding.span.len().min(reach)));
        let end = file.text[begin..window].find('\n').map_or(window, |at| begin + at);
        let whole = file.text[start..end].trim_end_matches('\r');
        let (before, from_place) = whole.split_at(floor(whole, begin - start));
        // A fault over several lines is shown by the first of them.
        let marked = &from_place[..floor(from_place, finding.span.len().min(from_place.len()))];
        let after = &from_place[marked.len()..];
        let mut line = String::new();
        let long = whole.chars().count() > room;
        let lead = before.chars().count();
        if long && lead > LEAD {
            line.push('…');
            line.extend(before.chars().skip(lead - LEAD).map(visible));
        } else {
            line.extend(before.chars().map(visible));
        }
        let offset = line.len();
        let left = room.saturating_sub(line.chars().count());
        let shown = marked.chars().count().min(left.max(1));
        line.extend(marked.chars().take(shown).map(visible));
        let mut length = line.len() - offset;
        if length == 0 && from_place.is_empty() {
            // Something is missing at the end of the line: the underline needs a column to stand under.
            line.push(' ');
            length = 1;
        }
        let left = left.saturating_sub(shown);
        if shown < marked.chars().count() || (long && after.chars().count() > left) {
            line.extend(after.chars().take(left).map(visible));
            line.push('…');
        } else {
            line.extend(after.chars().map(visible));
        }
        Self {
            file: defuse::line(&file.name).into_owned(),
            line,
            number: finding.line,
            column: finding.column,
            place: (offset, length).into(),
        }
    }
}

/// Control characters of a file must not reach the terminal, and a tab would put the underline elsewhere.
fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        c if defuse::acts(c) => defuse::sign(c),
        c => c,
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn miette::SpanContents<'a> + 'a>, miette::MietteError> {
        let whole = (0, self.line.len()).into();
        let contents = miette::MietteSpanContents::new_named(
            self.file.clone(),
            self.line.as_bytes(),
            whole,
            self.number - 1,
            self.column - 1,
            1,
        );
        Ok(Box::new(contents))
    }
}

/// A finding in the form that the drawing wants.
#[derive(Debug)]
struct Report<'a> {
    finding: &'a Finding,
    message: String,
    excerpt: Option<Excerpt>,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report<'_> {}

impl Diagnostic for Report<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.finding.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = defuse::text(self.finding.help.as_ref()?);
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let excerpt = self.excerpt.as_ref()?;
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(None, excerpt.place))))
    }
}
