//! Cuts a sentence into pieces: words, quoted names, commas and the full stop.
//!
//! Owns: quoting and escapes. A name stands in double quotes; inside, `\"` is a quote and `\\` a backslash.
//! Refuses to know: which words mean something.

use crate::rules::error::Fault;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// Letters, digits and signs up to a space, a quote or a comma: `stores`, `$1,500`, `98.5%`, `14:00`.
    Word,
    /// A name that stood in quotes.
    Quoted,
    Comma,
    Stop,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Piece {
    pub(crate) shape: Shape,
    /// Of a quoted name: without its quotes and escapes.
    pub(crate) text: String,
    /// In characters of the sentence, from 0.
    pub(crate) at: usize,
}

/// The quote that opens a name, and those that close it. Phones and word processors type the curly ones.
const QUOTES: [(char, char); 2] = [('"', '"'), ('\u{201c}', '\u{201d}')];

pub(crate) fn cut(text: &str) -> Result<Vec<Piece>, Fault> {
    let letters: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        if letter.is_control() && letter != '\t' {
            return Err(Fault::new(at, "a control character has no place in a sentence", "take it out"));
        }
        if letter == ' ' || letter == '\t' {
            at += 1;
        } else if let Some((_, close)) = QUOTES.into_iter().find(|(open, _)| *open == letter) {
            let (name, end) = quoted(&letters, at, close)?;
            pieces.push(Piece { shape: Shape::Quoted, text: name, at });
            at = end;
        } else {
            let end = word_end(&letters, at);
            push_word(&mut pieces, &letters[at..end], at);
            at = end;
        }
    }
    split_stop(&mut pieces);
    Ok(pieces)
}

fn word_end(letters: &[char], start: usize) -> usize {
    let ends = |letter: &char| {
        letter.is_control() || *letter == ' ' || QUOTES.iter().any(|(open, _)| open == letter)
    };
    letters[start..].iter().position(ends).map_or(letters.len(), |length| start + length)
}

/// A comma ends the word that it follows; inside, as in `$1,500`, it belongs to it.
fn push_word(pieces: &mut Vec<Piece>, letters: &[char], at: usize) {
    let commas = letters.iter().rev().take_while(|letter| **letter == ',').count();
    let length = letters.len() - commas;
    if length > 0 {
        let text = letters[..length].iter().collect();
        pieces.push(Piece { shape: Shape::Word, text, at });
    }
    for comma in length..letters.len() {
        pieces.push(Piece { shape: Shape::Comma, text: ",".to_owned(), at: at + comma });
    }
}

/// Takes the full stop off the last word.
fn split_stop(pieces: &mut Vec<Piece>) {
    let Some(last) = pieces.last_mut().filter(|last| last.shape == Shape::Word && last.text.ends_with('.'))
    else {
        return;
    };
    last.text.pop();
    let at = last.at + last.text.chars().count();
    if last.text.is_empty() {
        pieces.pop();
    }
    pieces.push(Piece { shape: Shape::Stop, text: ".".to_owned(), at });
}

fn quoted(letters: &[char], open: usize, close: char) -> Result<(String, usize), Fault> {
    let mut name = String::new();
    let mut at = open + 1;
    while let Some(&letter) = letters.get(at) {
        match letter {
            '\\' => {
                let next = letters.get(at + 1).filter(|next| matches!(next, '"' | '\\'));
                let unknown = || {
                    Fault::new(at, "a backslash stands only before a quote or a backslash", "write '\\\\'")
                };
                name.push(*next.ok_or_else(unknown)?);
                at += 2;
            }
            _ if letter == close => return Ok((name, at + 1)),
            _ if letter.is_control() => {
                return Err(Fault::new(at, "a control character has no place in a name", "take it out"));
            }
            _ => {
                name.push(letter);
                at += 1;
            }
        }
    }
    Err(Fault::new(open, "this quote is never closed", "write a '\"' after the name"))
}

/// A name as it stands in a sentence. Control characters, which no reader accepts, become spaces, so that a
/// sentence is always one line.
pub(crate) fn quote(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 2);
    text.push('"');
    for letter in name.chars() {
        match letter {
            '"' | '\\' => text.extend(['\\', letter]),
            _ if letter.is_control() => text.push(' '),
            _ => text.push(letter),
        }
    }
    text.push('"');
    text
}

/// Where the comment of a line begins: at a `#` outside of quotes, else at the end.
pub(crate) fn comment_start(line: &str) -> usize {
    let mut closing = None;
    let mut letters = line.char_indices();
    while let Some((at, letter)) = letters.next() {
        match closing {
            Some(_) if letter == '\\' => {
                letters.next();
            }
            Some(close) if letter == close => closing = None,
            Some(_) => {}
            None if letter == '#' => return at,
            None => closing = QUOTES.into_iter().find(|(open, _)| *open == letter).map(|(_, close)| close),
        }
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(Shape, &str, usize)]) {
        let pieces = cut(text).unwrap();
        let found: Vec<_> = pieces.iter().map(|piece| (piece.shape, piece.text.as_str(), piece.at)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn words_commas_and_the_stop_come_apart() {
        use Shape::{Comma, Stop, Word};
        check(
            "Prefer  it, now.",
            &[(Word, "Prefer", 0), (Word, "it", 8), (Comma, ",", 10), (Word, "now", 12), (Stop, ".", 15)],
        );
        check("$1,500.", &[(Word, "$1,500", 0), (Stop, ".", 6)]);
        check("1.5 lb", &[(Word, "1.5", 0), (Word, "lb", 4)]);
        check(" .", &[(Stop, ".", 1)]);
        check("", &[]);
    }

    #[test]
    fn names_keep_spaces_stops_and_quotes() {
        use Shape::{Comma, Quoted, Stop};
        check(
            r#""Mall Rd.", "12\" \\ pan"."#,
            &[(Quoted, "Mall Rd.", 0), (Comma, ",", 10), (Quoted, r#"12" \ pan"#, 12), (Stop, ".", 25)],
        );
        check("\u{201c}Mall\u{201d}", &[(Quoted, "Mall", 0)]);
    }

    #[test]
    fn broken_quotes_are_refused_where_they_are() {
        assert_eq!(cut(r#"only "mall"#).unwrap_err().at, 5);
        assert_eq!(cut(r#""a\n""#).unwrap_err().at, 2);
        assert_eq!(cut("a\u{7}").unwrap_err().at, 1);
        assert_eq!(cut("\"a\u{7}\"").unwrap_err().at, 2);
    }

    #[test]
    fn a_quoted_name_reads_back() {
        for name in ["mall", "12\" pan", "a\\b", "# 5, ok."] {
            check(&quote(name), &[(Shape::Quoted, name, 0)]);
        }
        assert_eq!(quote("a\nb"), "\"a b\"");
    }
}
