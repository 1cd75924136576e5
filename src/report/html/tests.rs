//! The page as a whole: what people wrote stays text, and what is drawn can be read.

use proptest::prelude::*;

use crate::analysis::GapPoint;
use crate::classify::model::Answers;
use crate::classify::strength::{Strength, Strengths};
use crate::gap::{Gap, IndirectMeasure, SecondMeasure, Sentiment, Verdict};
use crate::instrument::{Audience, Construct, Family, Feedback, Perspective, RelationalModel};
use crate::report::document::{
    Block, Cell, Column, Curve, Curves, Document, Drawing, Part, Plane, Reader, Readers, Section, Shown,
    Table, to_markdown,
};
use crate::report::html::to_html;
use crate::report::{AdviceLine, EvidenceLine, InstrumentLine, ProfileLine, Report, ScaleScore};

/// A report in which every text is `text`.
fn report(text: &str) -> Report {
    let text = || text.to_owned();
    let estimate = Some(Sentiment { value: 0.3, se: 0.1 });
    let profile = |perspective| ProfileLine {
        perspective,
        title: text().into(),
        headline: text(),
        strengths: Some(Strengths {
            norms: [Some(Strength { value: 4.0, se: 0.5, low: 3.0, high: 5.0 }); 4],
            range: (1.0, 7.0),
        }),
        answers: Answers {
            probabilities: [0.1, 0.1, 0.1, 0.7],
            dominant: RelationalModel::MarketPricing,
            second: RelationalModel::CommunalSharing,
            ratio: 7.0,
        },
        rates: Some(text()),
        hardly_engaged: Some(text()),
        parted: Some(text()),
        random: Some(text()),
        left_out: vec![text()],
        probabilities: [0.1, 0.1, 0.1, 0.7],
        dominant: RelationalModel::MarketPricing,
        second: RelationalModel::CommunalSharing,
        margin: 0.6,
        uncertain: true,
        closeness: None,
        engagement: Some("low"),
        basis: text(),
        learnt: None,
        evidence: vec![EvidenceLine {
            feature: text(),
            words: text(),
            weight: -0.4,
            answers: vec![(text(), text())],
        }],
    };
    let scale = |construct, value: Option<f64>| ScaleScore {
        name: text(),
        label: text(),
        construct,
        perspective: Perspective::Own,
        value,
        se: value,
        n: 1,
        range: (-1.0, 1.0),
        reason: Some(text()),
    };
    Report {
        imported: None,
        sheet: None,
        instrument: InstrumentLine { name: text(), version: text(), hash: text(), label: text() },
        session: text(),
        respondent: text(),
        fields: vec![(text(), text())],
        begun: text(),
        language: "en".into(),
        minutes: 8.0,
        complete: true,
        refused: false,
        simulated: true,
        profiles: vec![profile(Perspective::Own), profile(Perspective::Other)],
        no_profile: Some(text().into()),
        strengths: Vec::new(),
        scales: vec![
            scale(Construct::Models, Some(-0.5)),
            scale(Construct::Family(Family::Emotion, "joy".into()), None),
            scale(Construct::ExplicitSentiment, None),
        ],
        gap: Gap {
            explicit: estimate,
            indirect: estimate,
            indirect_measure: Some(IndirectMeasure::Association),
            beside: Some(SecondMeasure {
                measure: IndirectMeasure::ScIat,
                estimate,
                reason: Some(text()),
                why: None,
            }),
            sign_conflict: false,
            leaning: false,
            p: Some(0.5),
            z_gap: Some(1.0),
            reliable: false,
            rare: false,
            relative_gap: None,
            norm: "reference",
            verdict: Verdict::AlignedPositive,
            reason: Some(text()),
        },
        lenses: Vec::new(),
        standing: None,
        gap_words: (text(), text()),
        gap_measures: vec![text()],
        advice: vec![AdviceLine {
            name: text(),
            title: text(),
            text: text(),
            audience: Some(Audience::Interviewer),
            priority: crate::instrument::Priority::Normal,
            act: None,
            guesses: Default::default(),
            quotes: false,
            unquoted: None,
            rests: Vec::new(),
            follows: Vec::new(),
            for_account: false,
        }],
        small_print: vec![text()],
        notes: vec![(text(), text())],
        led: true,
        indirect_print: vec![text()],
        feedback: Feedback::Full,
    }
}

/// The tags of a page, in order, with the names of their attributes and without their values.
pub(super) fn skeleton(html: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, left) = after.split_once('>').unwrap_or((after, ""));
        tags.push(tag.split('"').step_by(2).collect());
        rest = left;
    }
    tags
}

fn page(text: &str) -> String {
    report(text).to_html(Reader::Interviewer)
}

#[test]
fn nothing_that_people_write_becomes_markup() {
    let plain = skeleton(&page("plain"));
    for hostile in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</title></style></svg></desc><script>",
        "' onmouseover='x",
        "&lt;script&gt;",
        "]]><!--",
        "\u{202E}gnp.exe\u{0}\u{1b}[31m",
    ] {
        let written = page(hostile);
        assert_eq!(skeleton(&written), plain, "{hostile}");
        assert!(!written.contains(hostile) || hostile == "]]><!--", "{hostile}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_whatever_becomes_markup(text in "\\PC{0,60}|[<>&\"'/=a-z ;!-]{0,60}") {
        prop_assert_eq!(skeleton(&page(&text)), skeleton(&page("plain")));
    }
}

/// Headings never skip a level, and there is one of the first.
pub(super) fn levels(html: &str) -> Vec<u32> {
    let opened = skeleton(html).into_iter().filter_map(|tag| tag.strip_prefix('h')?.get(..1)?.parse().ok());
    opened.collect()
}

#[test]
fn headings_step_down_one_at_a_time() {
    let levels = levels(&page("plain"));
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.len() > 5);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

/// The luminance of a colour `#rrggbb` (WCAG 2.2).
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    if a > b { a / b } else { b / a }
}

#[test]
fn every_palette_can_be_read() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    let sheet = include_str!("style.css");
    let palettes: Vec<&str> = sheet.split("--paper:").skip(1).collect();
    assert_eq!(palettes.len(), 3, "light, dark and paper");
    for palette in palettes {
        let palette = format!("--paper:{palette}");
        let colour = |name: &str| {
            let (_, after) = palette.split_once(&format!("--{name}: ")).unwrap();
            after[..7].to_owned()
        };
        let words = [("ink", "paper"), ("ink", "ground"), ("soft", "paper"), ("soft", "ground")];
        let more = [("accent", "paper"), ("warn", "paper"), ("warn", "warn-wash"), ("warn", "ground")];
        for (front, back) in words.into_iter().chain(more) {
            let ratio = contrast(&colour(front), &colour(back));
            assert!(ratio >= 4.5, "{front} on {back}: {ratio:.2}");
        }
        for (line, back) in [("edge", "paper"), ("edge", "ground"), ("accent", "ground")] {
            let ratio = contrast(&colour(line), &colour(back));
            assert!(ratio >= 3.0, "{line} on {back}: {ratio:.2}");
        }
    }
}

/// A document in which every text is `text`.
fn document(text: &str) -> Shown {
    let text = || text.to_owned();
    let mut section = Section::public("one", text());
    section.say(text());
    section.remark(text());
    section.heading(text());
    section.push(Block::List(vec![text()]));
    let columns = vec![Column::words(text()), Column::numbers(text()), Column::drawings(text())];
    let mut table = Table::new(text(), columns);
    let drawing = Drawing::on((0.0, 1.0), 0.5, Some((-1.0, 2.0)), Some(0.3));
    table.row(vec![Cell::Text(text()), Cell::Text(text()), Cell::Drawing(drawing)]);
    section.table(table);
    let point = |said| GapPoint {
        session: text(),
        respondent: text(),
        said,
        associated: -said,
        verdict: None,
        model: None,
        weight: 3,
    };
    section.push(Block::Plane(Plane {
        title: text(),
        description: text(),
        corners: [text(), text(), text(), text()],
        cross: None,
        beside: Vec::new(),
        points: vec![point(-5.0), point(0.5)],
    }));
    let curve = |width: f64| Curve { name: text(), points: vec![(30.0, width), (120.0, width / 2.0)] };
    section.push(Block::Curves(Curves {
        title: text(),
        description: text(),
        across: text(),
        up: text(),
        lines: vec![curve(0.4), curve(0.2)],
    }));
    let public = |text| Part::to(Readers::ALL, text);
    let document = Document {
        language: "nl".into(),
        kicker: text(),
        title: text(),
        simulated: true,
        about: vec![public(text())],
        facts: vec![Part::to(Readers::ALL, (text(), text()))],
        lead: vec![public(text())],
        sections: vec![section],
    };
    document.shown_to(Reader::Public)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_of_a_study_becomes_markup(text in "\\PC{0,60}|[<>&\"'/=a-z ;!-]{0,60}") {
        prop_assert_eq!(skeleton(&to_html(&document(&text))), skeleton(&to_html(&document("plain"))));
    }

    #[test]
    fn no_text_of_a_study_breaks_its_tables_as_text(text in "[|*_#<`a-z \\n-]{0,40}") {
        let lines = |text: &str| to_markdown(&document(text)).lines().filter(|line| line.starts_with('|')).count();
        prop_assert_eq!(lines(&text), lines("plain"));
    }
}

/// No word of a table is broken, so that it may be wider than a phone; those in columns share a frame.
#[test]
fn bars_scroll_in_a_frame_of_their_own() {
    let page = report("plain").to_html(Reader::Interviewer);
    let parts: Vec<&str> = page.split("<table class=\"bars\">").collect();
    let (_, before) = parts.split_last().unwrap();
    assert!(!before.is_empty(), "{page}");
    for part in before {
        assert!(part.rsplit('<').next().unwrap().starts_with("div class=\"scroll\""), "{part}");
    }
}

#[test]
fn points_beyond_the_plane_stay_at_its_edge() {
    let html = to_html(&document("plain"));
    assert!(html.contains("cx=\"30\" cy=\"30\""), "{html}");
    assert!(!html.contains("NaN") && !html.contains("inf"));
}

#[test]
fn a_dutch_report_of_a_session_has_decimal_commas_as_a_page_and_as_text() {
    let dutch = Report { language: "nl".into(), ..report("plain") };
    let report = dutch;
    for told in [report.to_html(Reader::Interviewer), report.to_markdown(Reader::Interviewer)] {
        for number in ["+0,30 (95 %: +0,10 … +0,50)", "−0,40", "−0,50", "0,500", "+1,00"] {
            assert!(told.contains(number), "{number}: {told}");
        }
        for number in ["0.30", "−0.40", "−0.50", "0.500", "+1.00"] {
            assert!(!told.contains(number), "{number}: {told}");
        }
    }
    let english = self::report("plain").to_markdown(Reader::Interviewer);
    assert!(english.contains("+0.30 (95 %: +0.10 … +0.50)") && english.contains("| −0.50 |"), "{english}");
}

/// The sections that a reader gets of a report with this feedback, and whether the names of the theory are told.
fn sections(feedback: Feedback, reader: Reader) -> (Vec<&'static str>, bool) {
    let shown = Report { feedback, ..report("plain") }.shown_to(reader);
    let named = to_markdown(&shown).contains("(market pricing)");
    (shown.sections.iter().map(|section| section.id).collect(), named)
}

#[test]
fn every_reader_gets_what_the_feedback_gives_back() {
    // What was noted by whoever led it is for nobody else.
    let all = vec!["models", "gap", "advice", "scales", "notes", "basis"];
    for feedback in [Feedback::None, Feedback::Said, Feedback::Full] {
        for reader in [Reader::Interviewer, Reader::Researcher] {
            assert_eq!(sections(feedback, reader), (all.clone(), true), "{feedback:?} {reader:?}");
        }
        assert_eq!(sections(feedback, Reader::Public), (vec![], false), "{feedback:?}");
    }
    // The one advice of this report is for the interviewer.
    assert_eq!(sections(Feedback::None, Reader::Respondent), (vec![], false));
    assert_eq!(sections(Feedback::Said, Reader::Respondent), (vec!["models", "scales", "basis"], false));
    let full = vec!["models", "gap", "scales", "basis"];
    assert_eq!(sections(Feedback::Full, Reader::Respondent), (full, false));
}

#[test]
fn curves_fall_and_differ_without_colour() {
    let page = to_html(&document("plain"));
    assert_eq!(page.matches("<polyline").count(), 2);
    assert!(page.contains("stroke-dasharray=\"6 3\""), "{page}");
    let points: Vec<&str> = page
        .split("<polyline")
        .skip(1)
        .filter_map(|rest| rest.split("points=\"").nth(1)?.split('"').next())
        .collect();
    let height = |pair: &str| pair.split(',').nth(1).unwrap().parse::<f64>().unwrap();
    let ends = |at: usize| points[at].split(' ').map(height).collect::<Vec<_>>();
    // Up is less in SVG: the wider of the two starts higher, and it falls.
    assert!(ends(0)[0] < ends(1)[0] && ends(0)[0] < ends(0)[1], "{points:?}");
    assert!(!to_markdown(&document("plain")).contains("polyline"));
}
