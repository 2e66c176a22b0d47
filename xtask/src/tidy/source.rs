//! One file as the rules see it: its text, and its Rust code without comments and strings.
//!
//! Owns: a reading of Rust just deep enough to tell code from prose. It refuses to be a parser: macros are
//! taken as they are written.

/// One file of the checkout.
pub(super) struct Source {
    /// From the root of the checkout, with `/`.
    pub(super) path: String,
    pub(super) text: String,
    /// For `.rs` files the text with comments, strings and characters blanked out; empty for others.
    /// Invariant: same length and same line breaks as `text`, so that offsets hold in both.
    pub(super) code: String,
    line_starts: Vec<usize>,
    tests_start: Option<usize>,
}

impl Source {
    pub(super) fn new(path: String, text: String) -> Source {
        let code = if path.ends_with(".rs") { blank_prose(&text) } else { String::new() };
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect::<Vec<_>>();
        let tests_start = trailing_tests(&code);
        Source { path, text, code, line_starts, tests_start }
    }

    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The file's name after its last dot.
    pub(super) fn extension(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or("");
        name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The line (from 1) of an offset.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// Number of lines before the trailing test module.
    pub(super) fn lines_without_tests(&self) -> usize {
        self.tests_start.map_or(self.text.lines().count(), |start| self.line_at(start) - 1)
    }

    /// Is this code that only tests run: the trailing module, or a file of tests?
    pub(super) fn is_test_code(&self, offset: usize) -> bool {
        let is_test_file = self.path.ends_with("/tests.rs") || self.path.contains("/tests/");
        is_test_file || self.tests_start.is_some_and(|start| offset >= start)
    }

    /// The identifiers, keywords and numbers of the code, with their offsets.
    pub(super) fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        words(&self.code)
    }
}

/// Runs of letters, digits and underscores, with their offsets.
pub(super) fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + code[rest..].find(is_word_letter)?;
        let length = code[start..].find(|letter| !is_word_letter(letter)).unwrap_or(code.len() - start);
        rest = start + length;
        Some((start, &code[start..rest]))
    })
}

pub(super) fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The offset just behind the bracket that closes the one at `open`; the end of the code when none does.
pub(super) fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in code[open..].char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return open + at + 1;
        }
    }
    code.len()
}

/// Where `#[cfg(test)] mod … { … }` begins, when nothing follows it.
fn trailing_tests(code: &str) -> Option<usize> {
    const MARK: &str = "#[cfg(test)]";
    code.match_indices(MARK).map(|(at, _)| at).find(|at| {
        let item = &code[at + MARK.len()..];
        let Some(open) = item.find(['{', ';']).filter(|open| item[*open..].starts_with('{')) else {
            return false;
        };
        let is_module = words(&item[..open]).any(|(_, word)| word == "mod");
        is_module && item[closing(item, open)..].trim().is_empty()
    })
}

/// Replaces comments, strings and character literals by blanks.
fn blank_prose(text: &str) -> String {
    let mut code = text.as_bytes().to_vec();
    let mut at = 0;
    while at < code.len() {
        let prose = prose_length(text, at);
        for byte in &mut code[at..at + prose] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at += prose.max(1);
    }
    // Whole characters were blanked, so this is still UTF-8.
    String::from_utf8(code).unwrap_or_default()
}

/// Length of the comment or literal that begins at `at`; 0 for code.
fn prose_length(text: &str, at: usize) -> usize {
    if !text.is_char_boundary(at) {
        return 0;
    }
    let rest = &text[at..];
    let after_word = text[..at].chars().next_back().is_some_and(is_word_letter);
    match rest.as_bytes()[0] {
        b'/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
        b'/' if rest.starts_with("/*") => block_comment(rest),
        b'"' => quoted(rest, '"'),
        b'\'' if is_character(rest) => quoted(rest, '\''),
        b'r' | b'b' | b'c' if !after_word => prefixed_string(rest),
        _ => 0,
    }
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// A literal between two quotes, in which a backslash hides what follows it.
fn quoted(rest: &str, quote: char) -> usize {
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' {
            letters.next();
        } else if letter == quote {
            return at + 1;
        }
    }
    rest.len()
}

/// `'a'` and `'\n'` are characters, `'a` is a lifetime.
fn is_character(rest: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    match letters.next() {
        Some('\\') => true,
        Some(_) => letters.next() == Some('\''),
        None => false,
    }
}

/// `r"…"`, `r#"…"#`, `b"…"`, `br"…"`, `c"…"`, `b'…'`; 0 for a word that merely begins with such a letter.
fn prefixed_string(rest: &str) -> usize {
    let prefix = rest.find(|letter| !matches!(letter, 'r' | 'b' | 'c')).unwrap_or(rest.len());
    let (prefix_word, body) = rest.split_at(prefix);
    if prefix_word.ends_with('r') {
        let hashes = body.len() - body.trim_start_matches('#').len();
        if prefix > 2 || !body[hashes..].starts_with('"') {
            return 0;
        }
        let close = format!("\"{}", &body[..hashes]);
        let inside = &body[hashes + 1..];
        let end = inside.find(&close).map_or(inside.len(), |end| end + close.len());
        return prefix + hashes + 1 + end;
    }
    match body.chars().next() {
        Some(quote @ ('"' | '\'')) if prefix == 1 => prefix + quoted(body, quote),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words_left: &[&str]) {
        let source = Source::new("src/a.rs".to_string(), text.to_string());
        assert_eq!(source.code.len(), text.len());
        let left: Vec<&str> = source.words().map(|(_, word)| word).collect();
        assert_eq!(left, words_left, "{text}");
    }

    #[test]
    fn comments_are_no_code() {
        check("let a; // unsafe\nlet b;", &["let", "a", "let", "b"]);
        check("a /* b /* c */ d */ e", &["a", "e"]);
        check("//! doc\na", &["a"]);
    }

    #[test]
    fn strings_are_no_code() {
        check(r#"a("b \" c", d)"#, &["a", "d"]);
        check(r##"a(r#"b " c"#, br"d\", e)"##, &["a", "e"]);
        check("a(b\"c\", b'd', c\"e\") + b", &["a", "b"]);
        check("r#type + raw + \"é\" + x", &["r", "type", "raw", "x"]);
    }

    #[test]
    fn a_lifetime_is_code_and_a_character_is_not() {
        check("fn a<'b>(c: &'b str) { d('e', '\\'', 'é', f) }", &["fn", "a", "b", "c", "b", "str", "d", "f"]);
    }

    #[test]
    fn lines_count_from_one() {
        let source = Source::new("a.rs".to_string(), "a\nb\nc".to_string());
        assert_eq!([0, 1, 2, 4].map(|offset| source.line_at(offset)), [1, 1, 2, 3]);
    }

    #[test]
    fn a_trailing_test_module_is_told_apart() {
        let at_the_end = "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n";
        let source = Source::new("a.rs".to_string(), at_the_end.to_string());
        assert_eq!(source.lines_without_tests(), 2);
        assert!(source.is_test_code(30) && !source.is_test_code(3));

        for not_at_the_end in [
            "#[cfg(test)]\nmod tests {}\nfn a() {}\n",
            "#[cfg(test)]\nfn check() {}\n",
            "#[cfg(test)]\nmod tests;\n",
        ] {
            let source = Source::new("a.rs".to_string(), not_at_the_end.to_string());
            assert_eq!(source.lines_without_tests(), not_at_the_end.lines().count(), "{not_at_the_end}");
        }
    }
}
