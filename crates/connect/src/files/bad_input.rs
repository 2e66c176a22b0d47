//! What is wrong with a file, where, and what to do about it.
//!
//! Owns: the one form in which every reader refuses input. Refuses to know: any layout.

use std::fmt;

/// Most faults told about one file: whoever repairs it sees the pattern by then.
pub(crate) const MAX_FAULTS: usize = 20;
/// Longest piece of a file that is quoted in a message, in characters.
const MAX_QUOTE: usize = 40;

/// One fault in one file.
///
/// Shown as `orders.csv, row 17, column qty: '-3' is not a quantity; write a whole number from 1 to 10000`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadInput {
    /// Name within its folder.
    pub file: String,
    /// The line as an editor numbers it, from 1.
    pub row: Option<u64>,
    pub column: Option<String>,
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl BadInput {
    /// A fault of the whole file.
    pub fn of_file(file: &str, problem: impl Into<String>, remedy: impl Into<String>) -> BadInput {
        BadInput {
            file: file.to_owned(),
            row: None,
            column: None,
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }

    #[must_use]
    pub(crate) fn at_row(mut self, row: u64) -> BadInput {
        self.row = Some(row);
        self
    }

    #[must_use]
    pub(crate) fn in_column(mut self, column: &str) -> BadInput {
        self.column = Some(column.to_owned());
        self
    }
}

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}; {}", self.problem, self.remedy)
    }
}

impl std::error::Error for BadInput {}

/// Every fault found, never none; at most 20 for each file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadInputs(pub Vec<BadInput>);

impl fmt::Display for BadInputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for BadInputs {}

impl From<BadInput> for BadInputs {
    fn from(fault: BadInput) -> BadInputs {
        BadInputs(vec![fault])
    }
}

/// Faults as they are found in one file.
#[derive(Default)]
pub(crate) struct Faults(Vec<BadInput>);

impl Faults {
    /// Keeps the fault; `Err` with all of them when there are enough.
    pub(crate) fn add(&mut self, fault: BadInput) -> Result<(), BadInputs> {
        self.0.push(fault);
        if self.0.len() >= MAX_FAULTS { Err(BadInputs(std::mem::take(&mut self.0))) } else { Ok(()) }
    }

    /// Keeps the fault of a result, or hands its value on.
    pub(crate) fn keep<T>(&mut self, result: Result<T, BadInput>) -> Result<Option<T>, BadInputs> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(fault) => self.add(fault).map(|()| None),
        }
    }

    pub(crate) fn into_result(self) -> Result<(), BadInputs> {
        if self.0.is_empty() { Ok(()) } else { Err(BadInputs(self.0)) }
    }
}

/// Text of a file as a message quotes it: `'-3'`, shortened, without control characters.
pub(crate) fn quoted(text: &str) -> String {
    let clean = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut shown: String = text.chars().take(MAX_QUOTE).map(clean).collect();
    if text.chars().nth(MAX_QUOTE).is_some() {
        shown.push('…');
    }
    format!("'{shown}'")
}

/// The candidate that is nearest to `word` by edits, if any is near enough to be meant.
pub(crate) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = 1 + word.chars().count() / 3;
    candidates
        .map(|candidate| (edits(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let change = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_file_row_column_and_remedy() {
        let fault = BadInput::of_file(
            "orders.csv",
            format!("{} is not a quantity", quoted("-3")),
            "write a whole number from 1 to 10000",
        );
        assert_eq!(
            fault.at_row(17).in_column("qty").to_string(),
            "orders.csv, row 17, column qty: '-3' is not a quantity; write a whole number from 1 to 10000"
        );
    }

    #[test]
    fn quotes_are_short_and_printable() {
        assert_eq!(quoted("a\u{0}b"), "'a\u{fffd}b'");
        assert_eq!(quoted(&"x".repeat(50)), format!("'{}…'", "x".repeat(40)));
    }

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        let names = ["order_id", "placed_minute", "promise_days"];
        assert_eq!(nearest("orderid", names.into_iter()), Some("order_id"));
        assert_eq!(nearest("promisedays", names.into_iter()), Some("promise_days"));
        assert_eq!(nearest("colour", names.into_iter()), None);
    }
}
