//! XPath as XLSForm has it: a text becomes a tree. Owns what word processors and spreadsheets do to it (typographic quotes,
//! hard spaces, entities); knows no names and no types.

use std::collections::BTreeSet;

/// A part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum XPathNode {
    Number(f64),
    Text(String),
    /// `${name}`, or a path that ends in a name.
    Name(String),
    /// A bare name: a column of the choices, where there are choices.
    Bare(String),
    /// `.`
    Dot,
    Call(String, Vec<XPathNode>),
    Negate(Box<XPathNode>),
    Binary(Operator, Box<XPathNode>, Box<XPathNode>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Over,
    Modulo,
}

impl Operator {
    fn rank(self) -> u8 {
        match self {
            Self::Or => 0,
            Self::And => 1,
            Self::Equal | Self::NotEqual => 2,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => 3,
            Self::Plus | Self::Minus => 4,
            Self::Times | Self::Over | Self::Modulo => 5,
        }
    }
}

impl XPathNode {
    fn parts(&self) -> Vec<&XPathNode> {
        match self {
            Self::Call(_, arguments) => arguments.iter().collect(),
            Self::Negate(inner) => vec![inner],
            Self::Binary(_, left, right) => vec![left, right],
            _ => Vec::new(),
        }
    }

    /// Every name in it.
    pub fn names(&self) -> BTreeSet<&str> {
        let mut names: BTreeSet<&str> = self.parts().into_iter().flat_map(Self::names).collect();
        if let Self::Name(name) = self {
            names.insert(name);
        }
        names
    }

    /// Every name that it does more with than ask whether it is the text `true`, `false` or an empty one.
    pub fn names_beyond_truth(&self) -> BTreeSet<&str> {
        let truth =
            |node: &Self| matches!(node, Self::Text(text) if ["true", "false", ""].contains(&text.as_str()));
        let asks = |name: &Self, text: &Self| matches!(name, Self::Name(_)) && truth(text);
        match self {
            Self::Name(name) => BTreeSet::from([name.as_str()]),
            Self::Binary(Operator::Equal | Operator::NotEqual, left, right)
                if asks(left, right) || asks(right, left) =>
            {
                BTreeSet::new()
            }
            _ => self.parts().into_iter().flat_map(Self::names_beyond_truth).collect(),
        }
    }

    /// What must be true for it to be the text `true`, and for it to be `false`, where it is a truth written as a text; the second
    /// is absent where it is `false` whenever it is not `true`.
    pub fn truth(&self) -> Option<(&XPathNode, Option<&XPathNode>)> {
        let (holds, "true", no) = self.branches()? else { return None };
        match no {
            Self::Text(text) if text == "false" => Some((holds, None)),
            no => match no.branches()? {
                (fails, "false", Self::Text(text)) if text.is_empty() => Some((holds, Some(fails))),
                _ => None,
            },
        }
    }

    /// The condition of an `if`, the text that it makes where that holds, and what it makes otherwise.
    fn branches(&self) -> Option<(&XPathNode, &str, &XPathNode)> {
        match self {
            Self::Call(name, parts) if name == "if" => match parts.as_slice() {
                [condition, Self::Text(yes), no] => Some((condition, yes, no)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether it is worked out by itself, and does not pass on what may be an empty text. A truth that is has a value always.
    pub fn is_worked_out(&self) -> bool {
        const PASSING: [&str; 5] = ["if", "coalesce", "once", "string", "indexed-repeat"];
        match self {
            Self::Call(name, _) => !PASSING.contains(&name.as_str()),
            Self::Binary(..) => true,
            _ => false,
        }
    }

    /// Whether it keeps the time of day of `now()`. On telephones `now()` is the number of its day wherever it is compared or
    /// computed with, so that there the day is enough.
    pub fn asks_the_time(&self) -> bool {
        const OF_DAYS: [&str; 5] = ["date", "format-date", "format-date-time", "int", "number"];
        let enough = match self {
            Self::Call(name, _) => OF_DAYS.contains(&name.as_str()),
            Self::Binary(..) | Self::Negate(_) => true,
            _ => false,
        };
        self.is_now()
            || self.parts().into_iter().any(|part| part.asks_the_time() && !(enough && part.is_now()))
    }

    fn is_now(&self) -> bool {
        matches!(self, Self::Call(name, arguments) if name == "now" && arguments.is_empty())
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Text(String),
    Name(String),
    Word(String),
    Dot,
    Path(String),
    Operator(Operator),
    Open,
    Close,
    Comma,
}

/// The longest expression, in bytes, and how deep it may be nested: beyond both nobody wrote it by hand.
const LONGEST: usize = 20_000;
const DEEPEST: usize = 48;
/// The most operators: the tree of a chain is as deep as the chain is long.
const OPERATORS: usize = 400;

/// Reads an expression, or says what cannot be read.
pub(super) fn parse(text: &str) -> Result<XPathNode, String> {
    if text.len() > LONGEST {
        return Err("it is too long to be read".into());
    }
    tree(&straightened(text))
        .or_else(|why| tree(&plain(text).chars().map(straight).collect::<String>()).map_err(|_| why))
}

fn tree(text: &str) -> Result<XPathNode, String> {
    let tokens = lex(text)?;
    let operators = tokens.iter().filter(|token| matches!(token, Token::Operator(_))).count();
    if operators > OPERATORS {
        return Err("it is too long to be read".into());
    }
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let node = parser.binary(0)?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err("it goes on where it should end".into()),
    }
}

/// Characters for entities.
fn plain(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    plain.replace("&amp;", "&")
}

fn straight(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '´' | '`' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        '−' | '–' => '-',
        '\u{a0}' => ' ',
        other => other,
    }
}

/// Straight quotes for typographic ones, and characters for entities. Inside a text an apostrophe between two letters stays, as
/// does every quote that could not end the text.
pub(super) fn straightened(text: &str) -> String {
    let chars: Vec<char> = plain(text).chars().collect();
    let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic());
    let mut open: Option<char> = None;
    let made = chars.iter().enumerate().map(|(at, &c)| {
        let made = straight(c);
        if !matches!(made, '\'' | '"') {
            return made;
        }
        match open {
            None => open = Some(made),
            Some(quote) if quote != made => return c,
            Some(_) if c != made && letter(at.checked_sub(1)) && letter(Some(at + 1)) => return c,
            Some(_) => open = None,
        }
        made
    });
    made.collect()
}

fn lex(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            rest = &rest[c.len_utf8()..];
            continue;
        }
        // After a value a word is an operator, and a hyphen a minus.
        let after_value = matches!(
            tokens.last(),
            Some(
                Token::Number(_)
                    | Token::Text(_)
                    | Token::Name(_)
                    | Token::Word(_)
                    | Token::Dot
                    | Token::Path(_)
                    | Token::Close
            )
        );
        let (token, length) = token(rest, c, after_value)?;
        tokens.push(token);
        rest = &rest[length..];
    }
    Ok(tokens)
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn token(rest: &str, c: char, after_value: bool) -> Result<(Token, usize), String> {
    use Operator::*;
    const SYMBOLS: &[(&str, Operator)] = &[
        ("!=", NotEqual),
        ("<=", LessOrEqual),
        (">=", GreaterOrEqual),
        ("==", Equal),
        ("<>", NotEqual),
        ("=", Equal),
        ("<", Less),
        (">", Greater),
        ("+", Plus),
        ("-", Minus),
        ("*", Times),
        ("≤", LessOrEqual),
        ("≥", GreaterOrEqual),
        ("≠", NotEqual),
    ];
    const WORDS: &[(&str, Operator)] = &[("and", And), ("or", Or), ("div", Over), ("mod", Modulo)];
    let digits = |text: &str| run(text, |c| c.is_ascii_digit());
    if c.is_ascii_digit() || c == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
        let whole = digits(rest);
        let length = match rest[whole..].strip_prefix('.') {
            Some(fraction) => whole + 1 + digits(fraction),
            None => whole,
        };
        let number = rest[..length].parse::<f64>().ok().filter(|number| number.is_finite());
        return Ok((Token::Number(number.ok_or("it holds a number that cannot be read")?), length));
    }
    if c == '\'' || c == '"' {
        let inside = &rest[1..];
        let end = inside.find(c).ok_or("a text in it is never closed")?;
        return Ok((Token::Text(inside[..end].to_owned()), end + 2));
    }
    if let Some(inside) = rest.strip_prefix("${") {
        let end = inside.find('}').ok_or("`${` in it is never closed")?;
        let name = inside[..end].trim();
        if name.is_empty() || name.contains(['{', '$', '#', ' ', '\n']) {
            return Err(format!("`${{{}}}` is not the name of a question here", shortened(name)));
        }
        return Ok((Token::Name(name.to_owned()), end + 3));
    }
    let path = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ':');
    if rest.starts_with("..") || rest.starts_with("./") || c == '/' {
        return Ok((Token::Path(rest[..run(rest, path)].to_owned()), run(rest, path)));
    }
    match c {
        '.' => return Ok((Token::Dot, 1)),
        '(' => return Ok((Token::Open, 1)),
        ')' => return Ok((Token::Close, 1)),
        ',' => return Ok((Token::Comma, 1)),
        _ => {}
    }
    if let Some((symbol, operator)) = SYMBOLS.iter().find(|(symbol, _)| rest.starts_with(symbol)) {
        return Ok((Token::Operator(*operator), symbol.len()));
    }
    if c.is_alphabetic() || c == '_' {
        let length = run(rest, |c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
        let word = rest[..length].trim_end_matches(['-', '.', ':']);
        let known = WORDS.iter().find(|(known, _)| word.eq_ignore_ascii_case(known));
        return Ok(match known {
            Some((_, operator)) if after_value => (Token::Operator(*operator), word.len()),
            _ => (Token::Word(word.to_owned()), word.len()),
        });
    }
    Err(format!("`{c}` has no meaning in it"))
}

/// The beginning of a text, for a sentence.
pub(super) fn shortened(text: &str) -> String {
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(60).collect();
    if chars.next().is_some() { format!("{start}…") } else { start }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn binary(&mut self, least: u8) -> Result<XPathNode, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("it is nested too deep".into());
        }
        let mut left = self.unary()?;
        while let Some(Token::Operator(operator)) = self.peek() {
            let operator = *operator;
            if operator.rank() < least {
                break;
            }
            self.at += 1;
            let right = self.binary(operator.rank() + 1)?;
            left = XPathNode::Binary(operator, Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn unary(&mut self) -> Result<XPathNode, String> {
        if self.take(&Token::Operator(Operator::Minus)) {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err("it is nested too deep".into());
            }
            let inner = self.unary()?;
            self.depth -= 1;
            return Ok(match inner {
                XPathNode::Number(number) => XPathNode::Number(-number),
                other => XPathNode::Negate(Box::new(other)),
            });
        }
        let token = self.peek().cloned().ok_or("a value is missing at its end")?;
        self.at += 1;
        match token {
            Token::Number(number) => Ok(XPathNode::Number(number)),
            Token::Text(text) => Ok(XPathNode::Text(text)),
            Token::Name(name) => Ok(XPathNode::Name(name)),
            Token::Dot => Ok(XPathNode::Dot),
            Token::Path(path) => match path.trim_end_matches('.').rsplit('/').next() {
                Some(name) if !name.is_empty() => Ok(XPathNode::Name(name.to_owned())),
                // `position(..)` asks about what surrounds a question.
                _ => Ok(XPathNode::Bare(path)),
            },
            Token::Open => {
                let inner = self.binary(0)?;
                if !self.take(&Token::Close) {
                    return Err("a parenthesis in it is never closed".into());
                }
                Ok(inner)
            }
            Token::Word(word) if self.take(&Token::Open) => {
                let mut arguments = Vec::new();
                if !self.take(&Token::Close) {
                    loop {
                        arguments.push(self.binary(0)?);
                        if self.take(&Token::Close) {
                            break;
                        }
                        if !self.take(&Token::Comma) {
                            return Err(format!("`{}(` in it is never closed", shortened(&word)));
                        }
                    }
                }
                // `current()/../name` is the way from a choice to the question beside it.
                if let (true, Some(Token::Path(_))) = (word == "current" || word == "instance", self.peek()) {
                    if word == "instance" {
                        return Err("it reads a list of its own by `instance(…)`".into());
                    }
                    return self.unary();
                }
                Ok(XPathNode::Call(word.to_lowercase(), arguments))
            }
            Token::Word(word) => Ok(XPathNode::Bare(word)),
            Token::Operator(_) | Token::Close | Token::Comma => Err("a value is missing in it".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_binds_tighter_is_further_in() {
        let node = parse("${a} = 'x' or not(selected(${b}, “y”)) and . + 2 div 3 >= -1").unwrap();
        let XPathNode::Binary(Operator::Or, _, right) = node else { panic!() };
        assert!(matches!(*right, XPathNode::Binary(Operator::And, ..)));
        assert_eq!(parse("count-selected(.)<=3").unwrap(), parse(" count-selected ( . ) &lt;= 3 ").unwrap());
        assert_eq!(parse("current()/../region").unwrap(), XPathNode::Name("region".into()));
        assert_eq!(parse("/data/group/age").unwrap(), XPathNode::Name("age".into()));
    }

    #[test]
    fn an_apostrophe_stays_in_its_text() {
        let text = |expression: &str| match parse(expression).unwrap() {
            XPathNode::Binary(Operator::Equal, _, right) => *right,
            other => other,
        };
        for (expression, said) in [
            ("${a} = 'it’s'", "it’s"),
            ("${a} = ‘it’s’", "it’s"),
            ("${a} = \"it’s\"", "it’s"),
            ("${a} = “it's”", "it's"),
            ("${a} = 'yes’", "yes"),
            ("${a} = ’yes’", "yes"),
        ] {
            assert_eq!(text(expression), XPathNode::Text(said.into()), "{expression}");
        }
        // Without a space a quote before a word ends the text.
        assert_eq!(parse("${a} = ‘x’and ${b} = ‘y’").unwrap(), parse("${a} = 'x' and ${b} = 'y'").unwrap());
    }

    #[test]
    fn a_truth_written_as_a_text_is_known_and_so_is_what_else_is_done_with_one() {
        let of = |text: &str| parse(text).unwrap();
        assert_eq!(of("if(${n} > 1, 'true', 'false')").truth(), Some((&of("${n} > 1"), None)));
        let three = of("if(${n} > 1, 'true', if(${n} <= 1, 'false', ''))");
        assert_eq!(three.truth(), Some((&of("${n} > 1"), Some(&of("${n} <= 1")))));
        for other in ["if(${n} > 1, 'true', '')", "if(${n} > 1, 'yes', 'false')", "'true'", "${n} > 1"] {
            assert_eq!(of(other).truth(), None, "{other}");
        }
        let node = of("${a} = 'true' or '' != ${b} or concat(${c}) = 'x' or ${d} = 'yes'");
        assert_eq!(node.names_beyond_truth(), BTreeSet::from(["c", "d"]));
        assert_eq!(node.names().len(), 4);
    }

    #[test]
    fn the_time_of_day_is_asked_for_where_the_day_is_not_enough() {
        for time in ["now()", "if(${a} = 'x', now(), '')", "concat(format-date(now(), '%Y'), now())"] {
            assert!(parse(time).unwrap().asks_the_time(), "{time}");
        }
        for day in ["today()", "${d} <= now()", "now() - ${d} > 1", "format-date(now(), '%Y')", "date(now())"]
        {
            assert!(!parse(day).unwrap().asks_the_time(), "{day}");
        }
    }

    #[test]
    fn nonsense_is_refused_and_nothing_panics() {
        for text in ["", "(", "1 2", "'x", "${", "${}", "a(b", "= 1", "%", "a,b", "not("] {
            assert!(parse(text).is_err(), "{text}");
        }
        let deep = "(".repeat(5_000);
        assert!(parse(&deep).is_err());
        assert!(parse(&"-".repeat(5_000)).is_err());
        assert!(parse(&"not(".repeat(5_000)).is_err());
    }
}
