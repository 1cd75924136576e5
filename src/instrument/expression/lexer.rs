//! From text to tokens. Symbols and spellings from other languages become the token that was meant, with a fault, so
//! that everything behind them is still checked. It knows nothing of grammar or names.

use super::Span;
use super::fault::{ExpressionFault, excerpt};
use super::functions::{FOREIGN, signature};

/// The smallest piece with a meaning; texts and names borrow from the expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    Number(f64),
    Text(&'a str),
    Bool(bool),
    /// A name, possibly dotted, or `.`.
    Name(&'a str),
    And,
    Or,
    Not,
    In,
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
    Open,
    Close,
    ListOpen,
    ListClose,
    Comma,
    /// Already reported as a fault.
    Broken,
    End,
}

/// A token and its place.
#[derive(Debug, Clone)]
pub(super) struct Lexeme<'a> {
    pub token: Token<'a>,
    pub span: Span,
}

/// What the lexer hands on.
#[derive(Debug)]
pub(super) struct Lexed<'a> {
    /// Always ends with [`Token::End`].
    pub lexemes: Vec<Lexeme<'a>>,
    pub faults: Vec<ExpressionFault>,
    /// A text was never closed and consumed the rest, so that missing brackets mean nothing.
    pub swallowed: bool,
}

/// Why a symbol is not accepted, if it is not.
#[derive(Clone, Copy)]
enum Standing {
    Ours,
    /// Another language's spelling of this.
    Foreign(&'static str),
    /// It would set a value.
    Assignment,
}

/// Longer symbols come before their prefixes, because the first match is taken.
const SYMBOLS: &[(&str, Token<'static>, Standing)] = &[
    ("===", Token::Equal, Standing::Foreign("=")),
    ("!==", Token::NotEqual, Standing::Foreign("!=")),
    ("&&", Token::And, Standing::Foreign("and")),
    ("||", Token::Or, Standing::Foreign("or")),
    ("<>", Token::NotEqual, Standing::Foreign("!=")),
    ("/=", Token::NotEqual, Standing::Foreign("!=")),
    ("=<", Token::LessOrEqual, Standing::Foreign("<=")),
    ("=>", Token::GreaterOrEqual, Standing::Foreign(">=")),
    (":=", Token::Equal, Standing::Assignment),
    ("+=", Token::Equal, Standing::Assignment),
    ("-=", Token::Equal, Standing::Assignment),
    ("*=", Token::Equal, Standing::Assignment),
    ("==", Token::Equal, Standing::Ours),
    ("!=", Token::NotEqual, Standing::Ours),
    ("<=", Token::LessOrEqual, Standing::Ours),
    (">=", Token::GreaterOrEqual, Standing::Ours),
    ("=", Token::Equal, Standing::Ours),
    ("<", Token::Less, Standing::Ours),
    (">", Token::Greater, Standing::Ours),
    ("+", Token::Plus, Standing::Ours),
    ("-", Token::Minus, Standing::Ours),
    ("*", Token::Times, Standing::Ours),
    ("/", Token::Over, Standing::Ours),
    ("(", Token::Open, Standing::Ours),
    (")", Token::Close, Standing::Ours),
    ("[", Token::ListOpen, Standing::Ours),
    ("]", Token::ListClose, Standing::Ours),
    (",", Token::Comma, Standing::Ours),
    (".", Token::Name("."), Standing::Ours),
    ("&", Token::And, Standing::Foreign("and")),
    ("|", Token::Or, Standing::Foreign("or")),
    ("!", Token::Not, Standing::Foreign("not")),
    ("≠", Token::NotEqual, Standing::Foreign("!=")),
    ("≤", Token::LessOrEqual, Standing::Foreign("<=")),
    ("≥", Token::GreaterOrEqual, Standing::Foreign(">=")),
    ("×", Token::Times, Standing::Foreign("*")),
    ("÷", Token::Over, Standing::Foreign("/")),
    ("−", Token::Minus, Standing::Foreign("-")),
    ("–", Token::Minus, Standing::Foreign("-")),
];

const KEYWORDS: &[(&str, Token<'static>)] = &[
    ("and", Token::And),
    ("or", Token::Or),
    ("not", Token::Not),
    ("in", Token::In),
    ("true", Token::Bool(true)),
    ("false", Token::Bool(false)),
];

/// Quotes that word processors put in.
const CURLY: [char; 6] = ['‘', '’', '‚', '“', '”', '„'];

/// Splits a text into tokens.
pub(super) fn lex(text: &str) -> Lexed<'_> {
    let mut lexer =
        Lexer { text, at: 0, out: Lexed { lexemes: Vec::new(), faults: Vec::new(), swallowed: false } };
    while let Some(first) = lexer.rest().chars().next() {
        lexer.next(first);
    }
    lexer.emit(Token::End, 0);
    lexer.out
}

struct Lexer<'a> {
    text: &'a str,
    /// Always on a character boundary.
    at: usize,
    out: Lexed<'a>,
}

fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn continues_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length in bytes of the characters at the start of `text` that `belongs` accepts.
fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// The length of a name, with its dotted parts, at the start of `text`.
fn name_length(text: &str) -> usize {
    let mut length = run(text, continues_name);
    loop {
        let part = text.get(length..).and_then(|rest| rest.strip_prefix('.'));
        match part {
            Some(part) if part.starts_with(starts_name) => {
                length += 1 + run(part, continues_name);
            }
            _ => return length,
        }
    }
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next `length` bytes.
    fn piece(&self, length: usize) -> &'a str {
        self.rest().get(..length).unwrap_or_default()
    }

    fn emit(&mut self, token: Token<'a>, length: usize) {
        let span = self.at..self.at + length;
        self.at = span.end;
        self.out.lexemes.push(Lexeme { token, span });
    }

    fn fault(&mut self, code: &'static str, length: usize, message: String, help: impl Into<String>) {
        let fault = ExpressionFault::new(code, self.at..self.at + length, message).help(help);
        self.out.faults.push(fault);
    }

    fn next(&mut self, first: char) {
        let second = self.rest().chars().nth(1);
        if first.is_whitespace() {
            self.at += first.len_utf8();
        } else if first.is_ascii_digit() || first == '.' && second.is_some_and(|c| c.is_ascii_digit()) {
            self.number();
        } else if starts_name(first) {
            self.word();
        } else if first == '\'' || first == '"' {
            self.plain_text(first);
        } else if CURLY.contains(&first) {
            self.curly_text(first);
        } else if !self.braced_name() && !self.symbol() {
            self.unknown();
        }
    }

    fn number(&mut self) {
        // Takes the whole run, so that `1e5` or `1.2.3` is one fault and not three.
        let length = run(self.rest(), |c| continues_name(c) || c == '.');
        let piece = self.piece(length);
        let (whole, fraction) = piece.split_once('.').unwrap_or((piece, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let value = piece.parse::<f64>().ok().filter(|value| value.is_finite());
        match value {
            Some(value) if digits(whole) && digits(fraction) => {
                self.emit(Token::Number(value), length);
            }
            _ => {
                let shown = excerpt(self.text, &(self.at..self.at + length));
                let help = match value {
                    Some(_) if whole.is_empty() && digits(fraction) => format!("write `0{shown}`"),
                    Some(_) if fraction.is_empty() => format!("write `{whole}`"),
                    None if digits(whole) && digits(fraction) => {
                        "it is larger than relata can compute with".to_owned()
                    }
                    _ => "write numbers as `12` or `0.5`".to_owned(),
                };
                let message = format!("`{shown}` is not a number as relata reads them.");
                self.fault("expr.number", length, message, help);
                self.emit(Token::Broken, length);
            }
        }
    }

    fn word(&mut self) {
        let mut length = name_length(self.rest());
        let word = self.piece(length);
        let mut token = Token::Name(word);
        if let Some((foreign, ours)) = FOREIGN.iter().find(|(foreign, _)| self.is_foreign(word, foreign)) {
            length = foreign.len();
            token = Token::Name(ours);
            let message = format!("`{foreign}` is called `{ours}` here.");
            let usage = signature(ours).map_or(*ours, |signature| signature.usage);
            self.fault("expr.foreign-function", length, message, format!("write `{usage}`"));
        } else if let Some((spelling, keyword)) =
            KEYWORDS.iter().find(|(spelling, _)| word.eq_ignore_ascii_case(spelling))
        {
            token = *keyword;
            if word != *spelling {
                let message = format!("`{word}` must be written in small letters.");
                let help = format!("write `{spelling}`");
                self.fault("expr.keyword-case", length, message, help);
            }
        }
        self.emit(token, length);
    }

    /// Whether `foreign`, of which `word` would be the first part, is called here.
    fn is_foreign(&self, word: &str, foreign: &str) -> bool {
        let begins = foreign.strip_prefix(word).is_some_and(|rest| rest.starts_with('-'));
        let behind = self.rest().strip_prefix(foreign);
        begins && behind.is_some_and(|behind| behind.trim_start().starts_with('('))
    }

    fn plain_text(&mut self, quote: char) {
        let inside = self.rest().get(1..).unwrap_or_default();
        if let Some(end) = inside.find(quote) {
            let body = inside.get(..end).unwrap_or_default();
            self.emit(Token::Text(body), end + 2);
        } else {
            self.unclosed();
        }
    }

    fn curly_text(&mut self, first: char) {
        let inside = self.rest().get(first.len_utf8()..).unwrap_or_default();
        let closing = |c| CURLY.contains(&c) || c == '\'' || c == '"';
        let Some((end, last)) = inside.char_indices().find(|(_, c)| closing(*c)) else {
            self.unclosed();
            return;
        };
        let body = inside.get(..end).unwrap_or_default();
        let length = first.len_utf8() + end + last.len_utf8();
        let message = "These are typographic quotes.".to_owned();
        let help = "write straight quotes, as in `'text'`";
        self.fault("expr.quotes", length, message, help);
        self.emit(Token::Text(body), length);
    }

    fn unclosed(&mut self) {
        let length = self.rest().len();
        let message = "This text is never closed.".to_owned();
        let help = "close it with the quote that opens it; a text with `'` in it stands in `\"`";
        self.fault("expr.unclosed-text", length, message, help);
        self.out.swallowed = true;
        self.emit(Token::Broken, length);
    }

    /// `${name}` and `{name}`; false if there is no such thing here.
    fn braced_name(&mut self) -> bool {
        let rest = self.rest();
        let Some(inside) = rest.strip_prefix("${").or_else(|| rest.strip_prefix('{')) else {
            return false;
        };
        let opening = rest.len() - inside.len();
        // Only the characters of a name are scanned: searching for the closing brace would take quadratic time on a row of
        // opening braces.
        let body = run(inside, |c| continues_name(c) || c == '.' || c == ' ');
        let name = inside.get(..body).unwrap_or_default().trim();
        let is_name = name.starts_with(starts_name) && name_length(name) == name.len();
        if !is_name || !inside.get(body..).is_some_and(|rest| rest.starts_with('}')) {
            return false;
        }
        let length = opening + body + 1;
        let shown = excerpt(self.text, &(self.at..self.at + length));
        let message = format!("`{shown}` has braces; names in expressions stand bare.");
        self.fault("expr.braced-name", length, message, format!("write `{name}`"));
        self.emit(Token::Name(name), length);
        true
    }

    fn symbol(&mut self) -> bool {
        let rest = self.rest();
        let Some((symbol, token, standing)) = SYMBOLS.iter().find(|(symbol, ..)| rest.starts_with(symbol))
        else {
            return false;
        };
        match standing {
            Standing::Ours => {}
            Standing::Foreign(ours) => {
                let message = format!("`{symbol}` is written `{ours}` here.");
                let help = format!("write `{ours}`");
                self.fault("expr.foreign-operator", symbol.len(), message, help);
            }
            Standing::Assignment => {
                let message = format!("`{symbol}` would set a value; expressions only compare.");
                let help = "write `=` to compare";
                self.fault("expr.assignment", symbol.len(), message, help);
            }
        }
        self.emit(*token, symbol.len());
        true
    }

    /// Takes a run of meaningless characters as one fault.
    fn unknown(&mut self) {
        let rest = self.rest();
        let means_something = |(at, c): (usize, char)| {
            let here = rest.get(at..).unwrap_or_default();
            c.is_whitespace()
                || continues_name(c)
                || matches!(c, '\'' | '"' | '$')
                || c == '{' && !rest.starts_with('$')
                || CURLY.contains(&c)
                || SYMBOLS.iter().any(|(symbol, ..)| here.starts_with(symbol))
        };
        let length =
            rest.char_indices().skip(1).find(|&next| means_something(next)).map_or(rest.len(), |(at, _)| at);
        let shown = excerpt(self.text, &(self.at..self.at + length));
        let message = format!("`{shown}` has no meaning in an expression.");
        let help = if shown.contains(['{', '}']) {
            "names stand bare, as in `nps <= 6`"
        } else {
            "expressions know `and or not in`, `= != < <= > >=`, `+ - * /`, numbers, names, and \
             texts in single quotes"
        };
        self.fault("expr.unknown-symbol", length, message, help);
        self.emit(Token::Broken, length);
    }
}
