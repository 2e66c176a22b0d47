//! Names, codes and weekdays, one or several: `"mall" and "depot"`, `OR, WA or CA`, `Monday or Friday`.
//!
//! Owns: how a list is joined and where it ends. Refuses to know: what the names stand for.

use super::lexer::{Piece, Shape, quote};
use super::nearest::nearest;
use super::{Read, Reader, regions};
use crate::rules::error::Fault;

/// Longest name, in characters.
const MAX_NAME: usize = 80;
/// Longest code that stands without quotes.
const MAX_BARE: usize = 10;

/// A name in quotes.
pub(crate) fn name(reader: &mut Reader, what: &str) -> Read<String> {
    let Some(piece) = reader.peek(0).filter(|piece| piece.shape == Shape::Quoted) else {
        let remedy = reader
            .word()
            .map_or("write it in quotes".to_owned(), |word| format!("write it in quotes: {}", quote(word)));
        return Err(reader.is_not(what, remedy));
    };
    let name = checked(piece, what)?;
    reader.step();
    Ok(name)
}

fn checked(piece: &Piece, what: &str) -> Read<String> {
    let (name, length) = (&piece.text, piece.text.chars().count());
    let problem = if name.is_empty() {
        format!("{what} cannot be empty")
    } else if name.trim() != name {
        format!("{what} cannot begin or end with a space")
    } else if length > MAX_NAME {
        format!("{what} has {length} characters, {MAX_NAME} are the most")
    } else {
        return Ok(name.clone());
    };
    Err(Fault::new(piece.at, problem, ""))
}

/// Names in quotes, joined by commas and `and`.
pub(crate) fn names(reader: &mut Reader, what: &str) -> Read<Vec<String>> {
    let mut found = vec![name(reader, what)?];
    loop {
        let joint =
            reader.peek(0).filter(|_| reader.peek(1).is_some_and(|piece| piece.shape == Shape::Quoted));
        let is_comma = joint.is_some_and(|piece| piece.shape == Shape::Comma);
        if !(is_comma || joint.is_some() && reader.says("and")) {
            return Ok(found);
        }
        reader.step();
        found.push(name(reader, what)?);
        if !is_comma {
            return Ok(found);
        }
    }
}

/// Region or postal codes: capitals and digits stand as they are, anything else in quotes.
pub(crate) fn codes(reader: &mut Reader, what: &str) -> Read<Vec<String>> {
    let mut found = vec![code(reader, what)?];
    while steps_over_joint(reader) {
        found.push(code(reader, what)?);
    }
    Ok(found)
}

fn code(reader: &mut Reader, what: &str) -> Read<String> {
    let Some(word) = reader.word() else { return name(reader, what) };
    if let Some(code) = named_region(reader).filter(|_| !is_bare(word)) {
        return Err(reader.is_not(what, format!("did you mean '{code}'?")));
    }
    if !is_bare(word) {
        let capitals = word.to_ascii_uppercase();
        let remedy = if is_bare(&capitals) { capitals } else { quote(word) };
        return Err(
            reader.is_not(what, format!("write codes in capitals, anything else in quotes: {remedy}"))
        );
    }
    let code = word.to_owned();
    reader.step();
    Ok(code)
}

/// The code of the state or province whose name comes next, in as many words as it has.
fn named_region(reader: &Reader) -> Option<&'static str> {
    let word = |ahead| reader.peek(ahead).filter(|piece| piece.shape == Shape::Word);
    (1..=regions::MOST_WORDS).rev().find_map(|count| {
        let words: Option<Vec<&str>> = (0..count).map(|ahead| Some(word(ahead)?.text.as_str())).collect();
        regions::code_of(&words?.join(" "))
    })
}

fn is_bare(code: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=MAX_BARE).contains(&code.len()) && code.bytes().all(fits)
}

/// Steps over `or`, or over a comma if the list goes on behind it: the piece behind is then followed by
/// another comma or by `or`. A comma that ends the conditions is followed by what to do, which is neither.
fn steps_over_joint(reader: &mut Reader) -> bool {
    let goes_on = || {
        let behind = reader.peek(2);
        behind.is_some_and(|piece| match piece.shape {
            Shape::Comma => true,
            Shape::Word => piece.text.eq_ignore_ascii_case("or"),
            Shape::Quoted | Shape::Stop => false,
        })
    };
    let is_joint = reader.says("or") || reader.next_is(Shape::Comma) && goes_on();
    if is_joint {
        reader.step();
    }
    is_joint
}

pub(crate) const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Bit 0 is Monday.
pub(crate) fn weekdays(reader: &mut Reader) -> Read<u8> {
    let mut days = weekday(reader)?;
    while steps_over_joint(reader) {
        days |= weekday(reader)?;
    }
    Ok(days)
}

fn weekday(reader: &mut Reader) -> Read<u8> {
    let word = reader.word().unwrap_or("");
    let Some(day) = WEEKDAYS.iter().position(|name| name.eq_ignore_ascii_case(word)) else {
        let near =
            nearest(word, WEEKDAYS).map_or(WEEKDAYS.join(", "), |near| format!("did you mean '{near}'?"));
        return Err(reader.is_not("a weekday", near));
    };
    reader.step();
    Ok(1 << day)
}

pub(crate) fn write_weekdays(days: u8) -> String {
    let names = WEEKDAYS.iter().enumerate().filter(|(day, _)| days >> day & 1 == 1);
    let names: Vec<String> = names.map(|(_, name)| (*name).to_owned()).collect();
    join(&names, "or")
}

pub(crate) fn write_names(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| quote(name)).collect();
    join(&names, "and")
}

pub(crate) fn write_codes(codes: &[String]) -> String {
    let codes: Vec<String> =
        codes.iter().map(|code| if is_bare(code) { code.clone() } else { quote(code) }).collect();
    join(&codes, "or")
}

/// `a`, `a or b`, `a, b or c`.
fn join(items: &[String], last: &str) -> String {
    match items.split_last() {
        None => quote(""),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Currency;

    fn reader(text: &str) -> Reader {
        Reader::new(text, Currency::USD).unwrap()
    }

    #[test]
    fn lists_end_where_the_sentence_goes_on() {
        let mut names_then = reader(r#""a", "b" and "c" and within"#);
        assert_eq!(
            names(&mut names_then, "a name").map(|names| write_names(&names)),
            Ok(r#""a", "b" and "c""#.to_owned())
        );
        assert!(names_then.says("and within"));

        let mut codes_then = reader("OR, WA or CA, only from");
        assert_eq!(
            codes(&mut codes_then, "a code"),
            Ok(vec!["OR".to_owned(), "WA".to_owned(), "CA".to_owned()])
        );
        assert!(codes_then.next_is(Shape::Comma));

        let mut place_then = reader(r#"WA, prefer "or", always"#);
        assert_eq!(codes(&mut place_then, "a code"), Ok(vec!["WA".to_owned()]));

        let mut one_then = reader("WA, always.");
        assert_eq!(codes(&mut one_then, "a code"), Ok(vec!["WA".to_owned()]));

        let mut days_then = reader("Friday, monday or Friday and on");
        assert_eq!(weekdays(&mut days_then).map(write_weekdays), Ok("Monday or Friday".to_owned()));
        assert!(days_then.says("and on"));
    }

    #[test]
    fn the_state_of_oregon_is_not_the_word_or() {
        let mut oregon = reader("OR or WA");
        assert_eq!(codes(&mut oregon, "a code"), Ok(vec!["OR".to_owned(), "WA".to_owned()]));
        let mut last = reader("WA or OR");
        assert_eq!(codes(&mut last, "a code"), Ok(vec!["WA".to_owned(), "OR".to_owned()]));
        let mut middle = reader("WA, OR or CA");
        assert_eq!(codes(&mut middle, "a code").map(|codes| codes.len()), Ok(3));
    }

    #[test]
    fn codes_and_names_say_how_they_are_written() {
        let fault = codes(&mut reader("wa"), "a region").unwrap_err();
        assert!(fault.remedy.ends_with("in quotes: WA"), "{}", fault.remedy);
        for (written, code) in [("Oregon", "OR"), ("new York", "NY"), ("British Columbia or WA", "BC")] {
            let fault = codes(&mut reader(written), "a region").unwrap_err();
            assert_eq!(fault.remedy, format!("did you mean '{code}'?"));
        }
        assert_eq!(name(&mut reader("mall"), "a place").unwrap_err().remedy, "write it in quotes: \"mall\"");
        for bad in ["\"\"", "\" a\"", &format!("\"{}\"", "a".repeat(81))] {
            assert!(name(&mut reader(bad), "a place").is_err(), "{bad}");
        }
        assert_eq!(weekdays(&mut reader("Mondai")).unwrap_err().remedy, "did you mean 'Monday'?");
    }
}
