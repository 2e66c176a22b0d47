//! What is wrong with a rule text, where, and what to do about it.
//!
//! Owns: the words of an error and its place. Refuses to know: the grammar.

use std::fmt;

/// Most errors that one reading reports: beyond it the file is something else.
pub const MAX_ERRORS: usize = 50;

/// A place in a text that is not understood, told to the person who wrote it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleError {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What is wrong: `'warehuses' is not a place`.
    pub problem: String,
    /// What to do: `did you mean 'warehouses'?`. Empty when the problem says it all.
    pub remedy: String,
}

/// `line 3, column 12: 'warehuses' is not a place; did you mean 'warehouses'?`
impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.problem)?;
        match self.remedy.as_str() {
            "" => Ok(()),
            remedy => write!(f, "; {remedy}"),
        }
    }
}

impl std::error::Error for RuleError {}

/// An error inside one sentence, before its line is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Fault {
    /// In characters of the sentence, from 0.
    pub(crate) at: usize,
    pub(crate) problem: String,
    pub(crate) remedy: String,
}

impl Fault {
    pub(crate) fn new(at: usize, problem: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault { at, problem: problem.into(), remedy: remedy.into() }
    }

    /// The sentence begins after `indent` characters of this line.
    pub(crate) fn on_line(self, line: usize, indent: usize) -> RuleError {
        RuleError { line, column: indent + self.at + 1, problem: self.problem, remedy: self.remedy }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_reads_as_place_problem_and_remedy() {
        let fault = Fault::new(11, "'warehuses' is not a place", "did you mean 'warehouses'?");
        let said = fault.on_line(3, 0).to_string();
        assert_eq!(said, "line 3, column 12: 'warehuses' is not a place; did you mean 'warehouses'?");
        assert_eq!(Fault::new(0, "too long", "").on_line(1, 2).to_string(), "line 1, column 3: too long");
    }
}
