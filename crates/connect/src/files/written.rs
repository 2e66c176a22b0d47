//! Cells as they are written into a table for people.
//!
//! Owns: quotes, and that no text is taken for a formula. Refuses to know: what a table is about.

use super::cell::BEGINS_FORMULA;
use std::borrow::Cow;

/// A text that a program for tables could carry out gets a sign in front that has it shown instead; `cell::Cell`
/// takes it away again. Plain numbers stay.
pub fn inert(text: &str) -> Cow<'_, str> {
    let begins = text.trim_start_matches('\'').bytes().next();
    let is_formula = begins.is_some_and(|first| BEGINS_FORMULA.contains(&first)) && !is_number(text);
    if is_formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// One row with its line end, cells between `separator`s; none of them is a formula.
pub fn csv_line<'c>(cells: impl IntoIterator<Item = &'c str>, separator: char) -> String {
    let mut line = String::new();
    for (i, cell) in cells.into_iter().enumerate() {
        if i > 0 {
            line.push(separator);
        }
        let text = inert(cell);
        match text.contains([separator, '"', '\n', '\r']) {
            true => line.push_str(&format!("\"{}\"", text.replace('"', "\"\""))),
            false => line.push_str(&text),
        }
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::csv_line;

    #[test]
    fn no_cell_is_taken_for_a_formula_and_numbers_stay_numbers() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("\tx", "'\tx"),
            ("'=1", "''=1"),
            ("=\"a\",1", "\"'=\"\"a\"\",1\""),
            ("-83.5", "-83.5"),
            ("-7", "-7"),
            ("O'Neill", "O'Neill"),
            ("a\nb", "\"a\nb\""),
            ("", ""),
        ] {
            assert_eq!(csv_line([text], ','), format!("{expected}\n"));
        }
        assert_eq!(csv_line(["a;b", "1,5"], ';'), "\"a;b\";1,5\n");
    }
}
