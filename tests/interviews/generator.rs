//! Random instruments that are valid by construction: all kinds, both audiences, shuffled groups, conditions that look
//! back, calculations and constraints. Built as a specification first, so that a failing case shrinks to a small one.

use proptest::prelude::*;

/// The specification of an item; numbers are taken modulo the number of choices.
#[derive(Debug, Clone)]
pub struct ItemSpec {
    kind: usize,
    required: Option<bool>,
    relevant: Option<Vec<u8>>,
    constraint: bool,
    shape: u8,
}

/// The specification of a group.
#[derive(Debug, Clone)]
pub struct GroupSpec {
    interviewer: bool,
    randomize: bool,
    relevant: Option<Vec<u8>>,
    calculation: Option<Vec<u8>>,
    items: Vec<ItemSpec>,
}

/// The specification of an instrument.
#[derive(Debug, Clone)]
pub struct InstrumentSpec {
    groups: Vec<GroupSpec>,
}

fn genes() -> impl Strategy<Value = Option<Vec<u8>>> {
    proptest::option::weighted(0.4, proptest::collection::vec(any::<u8>(), 2..8))
}

fn item() -> impl Strategy<Value = ItemSpec> {
    let required = proptest::option::of(any::<bool>());
    (0..KINDS.len(), required, genes(), proptest::bool::weighted(0.2), any::<u8>()).prop_map(
        |(kind, required, relevant, constraint, shape)| ItemSpec {
            kind,
            required,
            relevant,
            constraint,
            shape,
        },
    )
}

fn group() -> impl Strategy<Value = GroupSpec> {
    let items = proptest::collection::vec(item(), 1..6);
    (any::<bool>(), proptest::bool::weighted(0.3), genes(), genes(), items).prop_map(
        |(interviewer, randomize, relevant, calculation, items)| GroupSpec {
            interviewer,
            randomize,
            relevant,
            calculation,
            items,
        },
    )
}

/// Any instrument.
pub fn instrument() -> impl Strategy<Value = InstrumentSpec> {
    proptest::collection::vec(group(), 1..6).prop_map(|groups| InstrumentSpec { groups })
}

/// A timed task whose words need no translation.
const SORTING: &str =
    "form = \"short\"\norganisation = [\"1\", \"2\"]\ngood = [\"3\", \"4\"]\nbad = [\"5\", \"6\"]\n";

/// Statements of which one is most and one least like it; some share their names with other kinds' options.
const STATEMENTS: &str = "statements = [{ name = \"one\", label = \"1\" }, { name = \"two\", label = \"2\" }, \
    { name = \"x\", label = \"X\" }]\nleast = \"Least?\"\n";

/// Every kind with its own keys.
const KINDS: &[(&str, &str)] = &[
    ("note", ""),
    ("consent", "version = \"1\"\nstop_if_no = false\n"),
    ("consent", "version = \"1\"\n"),
    ("text", "max_length = 40\n"),
    ("text", "multiline = true\n"),
    ("integer", "min = 0\nmax = 9\n"),
    ("decimal", "min = -5\n"),
    ("date", "min = 2020-01-01\n"),
    ("select_one", "choices = \"options\"\n"),
    ("select_multiple", "choices = \"options\"\nmax_choices = 2\n"),
    ("likert", "choices = \"points\"\n"),
    ("semantic_differential", "left = \"cold\"\nright = \"warm\"\npoints = 5\n"),
    ("slider", "min = -10\nmax = 10\nstep = 5\n"),
    ("nps", ""),
    ("rank", "choices = \"options\"\ntop = 2\n"),
    ("allocate", "total = 10\nparts = [{ name = \"a\", label = \"A\" }, { name = \"b\", label = \"B\" }]\n"),
    ("matrix", "choices = \"points\"\nrows = \"both\"\n"),
    ("vignette", "reactions = [{ name = \"x\", label = \"X\" }, { name = \"y\", label = \"Y\" }]\n"),
    ("best_worst", STATEMENTS),
    ("association", "words = 3\n"),
    ("sc_iat", SORTING),
];

/// Conditions about an item of a kind called `@`.
fn atoms(kind: &str) -> &'static [&'static str] {
    match kind {
        "consent" => &["@", "not @", "is_answered(@)"],
        "text" => &["@ != 'none'", "is_answered(@)"],
        "integer" | "nps" => &["@ > 4", "@ <= 6", "@ in [1, 2, 3, 4, 5]", "not is_answered(@)"],
        "decimal" => &["@ / 2 < 3", "@ >= 0"],
        "date" => &["@ > '2021-06-01'"],
        "select_one" => &["@ = 'one'", "@ in ['one', 'two']"],
        "vignette" => &["@ = 'x'", "@ != 'x'"],
        "select_multiple" => &["selected(@, 'two')", "count(@) > 1", "not selected(@, 'one')"],
        "likert" | "semantic_differential" => &["@ > 2", "@ - 1 < 2"],
        "slider" => &["@ >= 0", "-@ > 0"],
        "rank" => &["@.one = 1", "@.two > @.one"],
        "best_worst" => &["@.one = 1", "@.two > @.x"],
        "allocate" => &["@.a > 5", "@.a <= @.b"],
        "matrix" => &["@.own > 1", "@.own != @.other"],
        "association" => &["count(@) > 1", "is_answered(@)"],
        _ => &[],
    }
}

/// A condition over the known names; `None` without any.
fn condition(genes: &[u8], known: &[String]) -> Option<String> {
    let mut genes = genes.iter().copied();
    let mut pick = |of: usize| genes.next().map_or(0, usize::from) % of.max(1);
    if known.is_empty() {
        return None;
    }
    let mut text = known[pick(known.len())].clone();
    for _ in 0..pick(3) {
        let other = &known[pick(known.len())];
        text = match pick(3) {
            0 => format!("({text}) and {other}"),
            1 => format!("({text}) or {other}"),
            _ => format!("not ({text}) or {other}"),
        };
    }
    Some(text)
}

impl InstrumentSpec {
    /// The instrument's text.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        let mut calculations = String::from("\n[calculations]\n");
        let mut groups = String::new();
        let mut known: Vec<String> = vec!["organisation = 'Acme'".into()];
        let mut last_item: Option<String> = None;
        for (g, group) in self.groups.iter().enumerate() {
            let audience = if group.interviewer { "interviewer" } else { "respondent" };
            groups.push_str(&format!(
                "\n[[groups]]\nname = \"g{g}\"\nlabel = \"Group {g}\"\naudience = \"{audience}\"\nrandomize = {}\n",
                group.randomize
            ));
            if group.interviewer {
                groups.push_str("guidance_hint = \"For the interviewer.\"\n");
            }
            if let Some(calculation) = group.calculation.as_ref().and_then(|genes| condition(genes, &known)) {
                calculations.push_str(&format!("c{g} = \"{calculation}\"\n"));
                known.push(format!("c{g}"));
            }
            if let Some(relevant) = group.relevant.as_ref().and_then(|genes| condition(genes, &known)) {
                groups.push_str(&format!("relevant = \"{relevant}\"\n"));
            }
            let mut learnt = Vec::new();
            let mut learnt_item = None;
            for (i, item) in group.items.iter().enumerate() {
                let name = format!("i{g}_{i}");
                groups.push_str(&self.item(&name, item, group, &known, last_item.as_deref()));
                let (kind, _) = KINDS[item.kind];
                learnt.extend(atoms(kind).iter().map(|atom| atom.replace('@', &name)));
                if !matches!(kind, "note" | "rank" | "allocate" | "matrix" | "best_worst" | "sc_iat") {
                    learnt_item = Some(name);
                }
                if !group.randomize {
                    known.append(&mut learnt);
                    last_item = learnt_item.take().or(last_item);
                }
            }
            known.append(&mut learnt);
            last_item = learnt_item.or(last_item);
        }
        text.push_str(&calculations);
        text.push_str(&groups);
        text
    }

    fn item(
        &self,
        name: &str,
        item: &ItemSpec,
        group: &GroupSpec,
        known: &[String],
        piped: Option<&str>,
    ) -> String {
        let (kind, keys) = KINDS[item.kind];
        let pipe = piped
            .filter(|_| item.shape.is_multiple_of(4))
            .map_or(String::new(), |piped| format!(" after {{{piped}}}"));
        let mut text = format!(
            "\n[[groups.items]]\nname = \"{name}\"\nkind = \"{kind}\"\nlabel = \"{name} for {{organisation}}{pipe}\"\n{keys}"
        );
        if let Some(required) = item.required {
            text.push_str(&format!("required = {required}\n"));
        }
        if let Some(relevant) = item.relevant.as_ref().and_then(|genes| condition(genes, known)) {
            text.push_str(&format!("relevant = \"{relevant}\"\n"));
        }
        if item.constraint && matches!(kind, "integer" | "nps" | "slider" | "likert" | "decimal") {
            text.push_str("constraint = \". != 3\"\nconstraint_message = \"not three, {organisation}\"\n");
        }
        if group.interviewer {
            text.push_str("probe = [\"And then?\"]\nguidance_hint = \"Wait.\"\n");
        }
        text
    }
}

const HEAD: &str = r#"format = 1
name = "random"
version = "1"
languages = ["en", "nl"]
label = { en = "Random", nl = "Willekeurig" }
minutes = 5

[fields.organisation]
label = { en = "Which?", nl = "Welke?" }

[choices.points]
labels = ["1", "2", "3", "4"]

[[choices.options]]
name = "one"
label = "1"
[[choices.options]]
name = "two"
label = "2"
[[choices.options]]
name = "three"
label = "3"

[[rows.both]]
name = "own"
label = "1"
[[rows.both]]
name = "other"
label = "2"
"#;
