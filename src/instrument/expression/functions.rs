//! The functions of the language, one line each: how a call is written, and how many arguments it takes. What they need
//! and give is `check::calls`, what they are worth `evaluate::functions`.

/// A function whose arguments are expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    /// The second argument where the first is true, else the third, else nothing.
    If,
    /// The first argument that has a value.
    Coalesce,
    /// The number that a text or an option spells.
    Number,
    /// To so many decimals, halves away from zero.
    Round,
    /// Without its decimals.
    Int,
    Abs,
    Min,
    Max,
    Power,
    /// What is left of a division.
    Modulo,
    StringLength,
    /// Without spaces at its ends, and with one wherever there are several.
    NormalizeSpace,
    /// Texts one behind the other; what has no value is left out.
    Concat,
    Contains,
    StartsWith,
    EndsWith,
    /// From a place, counted from nought, up to another one.
    Substr,
    /// A day in figures.
    FormatDate,
}

/// How a function is called.
pub(super) struct Signature {
    pub name: &'static str,
    /// Fewest arguments.
    pub least: usize,
    /// Most arguments.
    pub most: usize,
    pub usage: &'static str,
    /// What it is, where its arguments are expressions; the others take names and options.
    pub function: Option<Function>,
}

const MANY: usize = 64;

const fn of_names(name: &'static str, arity: usize, usage: &'static str) -> Signature {
    Signature { name, least: arity, most: arity, usage, function: None }
}

const fn of(
    name: &'static str,
    (least, most): (usize, usize),
    usage: &'static str,
    function: Function,
) -> Signature {
    Signature { name, least, most, usage, function: Some(function) }
}

/// Every function.
pub(super) const FUNCTIONS: &[Signature] = &[
    of_names("count", 1, "count(x)"),
    of_names("selected", 2, "selected(x, 'option')"),
    of_names("is_answered", 1, "is_answered(x)"),
    of_names("today", 0, "today()"),
    of_names("choice_name", 1, "choice_name(x)"),
    of_names("regex", 2, "regex(x, 'pattern')"),
    of("if", (2, 3), "if(condition, x, y)", Function::If),
    of("coalesce", (2, MANY), "coalesce(x, y)", Function::Coalesce),
    of("number", (1, 1), "number(x)", Function::Number),
    of("round", (1, 2), "round(x, 2)", Function::Round),
    of("int", (1, 1), "int(x)", Function::Int),
    of("abs", (1, 1), "abs(x)", Function::Abs),
    of("min", (1, MANY), "min(x, y)", Function::Min),
    of("max", (1, MANY), "max(x, y)", Function::Max),
    of("pow", (2, 2), "pow(x, 2)", Function::Power),
    of("mod", (2, 2), "mod(x, 2)", Function::Modulo),
    of("string_length", (1, 1), "string_length(x)", Function::StringLength),
    of("normalize_space", (1, 1), "normalize_space(x)", Function::NormalizeSpace),
    of("concat", (1, MANY), "concat(x, ' ', y)", Function::Concat),
    of("contains", (2, 2), "contains(x, 'part')", Function::Contains),
    of("starts_with", (2, 2), "starts_with(x, 'part')", Function::StartsWith),
    of("ends_with", (2, 2), "ends_with(x, 'part')", Function::EndsWith),
    of("substr", (2, 3), "substr(x, 0, 2)", Function::Substr),
    of("format_date", (2, 2), "format_date(x, '%Y')", Function::FormatDate),
];

/// The function called `name`.
pub(super) fn signature(name: &str) -> Option<&'static Signature> {
    FUNCTIONS.iter().find(|signature| signature.name == name)
}

/// What XPath calls some of them.
pub(super) const FOREIGN: &[(&str, &str)] = &[
    ("count-selected", "count"),
    ("string-length", "string_length"),
    ("normalize-space", "normalize_space"),
    ("starts-with", "starts_with"),
    ("ends-with", "ends_with"),
    ("format-date", "format_date"),
];

impl Function {
    pub(super) fn name(self) -> &'static str {
        FUNCTIONS.iter().find(|signature| signature.function == Some(self)).map_or("", |found| found.name)
    }
}
