//! What is wrong with a file, where, and what to do about it.
//!
//! Owns: the one form in which every reader refuses input. Refuses to know: any layout.

use model::nearest::nearest_within;
use model::words::count;
use std::fmt;
use std::io;

/// Most faults told about one file: whoever repairs it sees the pattern by then.
pub(crate) const MAX_FAULTS: usize = 20;
/// Faults of one kind that are told row by row; the others are counted.
const MAX_ALIKE: usize = 5;
/// How a pipe that its reader has closed is told.
const CLOSED: &str = "nobody reads it any more";
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

    /// What was written to is a pipe whose reader has gone, as `head` goes: no fault of anybody.
    pub fn is_closed_pipe(&self) -> bool {
        self.problem.ends_with(CLOSED)
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

/// Faults as they are found in one file. One mistake often spoils every row: of faults in one column with one remedy
/// the first few are told, and the rest are counted.
#[derive(Default)]
pub(crate) struct Faults(Vec<Alike>);

/// Faults of one kind, and how many more of it there are.
struct Alike {
    told: Vec<BadInput>,
    more: u64,
}

impl Faults {
    /// Keeps the fault; `Err` with all of them when there are enough.
    pub(crate) fn add(&mut self, fault: BadInput) -> Result<(), BadInputs> {
        let is_alike = |alike: &&mut Alike| {
            alike.told.iter().any(|told| told.column == fault.column && told.remedy == fault.remedy)
        };
        match self.0.iter_mut().find(is_alike) {
            Some(alike) if alike.told.len() >= MAX_ALIKE => alike.more += 1,
            Some(alike) => alike.told.push(fault),
            None => self.0.push(Alike { told: vec![fault], more: 0 }),
        }
        let told: usize = self.0.iter().map(|alike| alike.told.len()).sum();
        if told >= MAX_FAULTS { Err(BadInputs(self.take())) } else { Ok(()) }
    }

    /// In the order of their rows, with what was counted after the last one that is told.
    fn take(&mut self) -> Vec<BadInput> {
        let mut all: Vec<(u64, BadInput)> = Vec::new();
        for Alike { told, more } in std::mem::take(&mut self.0) {
            let last = told.last().cloned();
            all.extend(told.into_iter().map(|fault| (fault.row.unwrap_or(0), fault)));
            if let Some(last) = last.filter(|_| more > 0) {
                let problem = format!("and {} like this", count(more, "more row"));
                all.push((last.row.unwrap_or(0), BadInput { row: None, problem, ..last }));
            }
        }
        all.sort_by_key(|(row, _)| *row);
        all.into_iter().map(|(_, fault)| fault).collect()
    }

    /// Keeps the fault of a result, or hands its value on.
    pub(crate) fn keep<T>(&mut self, result: Result<T, BadInput>) -> Result<Option<T>, BadInputs> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(fault) => self.add(fault).map(|()| None),
        }
    }

    pub(crate) fn into_result(mut self) -> Result<(), BadInputs> {
        if self.0.is_empty() { Ok(()) } else { Err(BadInputs(self.take())) }
    }
}

/// Why the system refused, in plain words: `there is no such file or folder`, not `(os error 2)`.
pub fn plain_words(error: &io::Error) -> String {
    let known = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder",
        io::ErrorKind::PermissionDenied => "permission is denied",
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded => "the space that this account may use is full",
        io::ErrorKind::FileTooLarge => "the file would be larger than is allowed here",
        io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::NotADirectory => "a part of its path is not a folder",
        io::ErrorKind::InvalidData => "it is not text in UTF-8",
        io::ErrorKind::BrokenPipe => CLOSED,
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// Text of a file as a message quotes it: `'-3'`, shortened, without control characters.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", shown(text))
}

/// The same without the quotes, for lists of names.
pub(crate) fn shown(text: &str) -> String {
    let clean = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut shown: String = text.chars().take(MAX_QUOTE).map(clean).collect();
    if text.chars().nth(MAX_QUOTE).is_some() {
        shown.push('…');
    }
    shown
}

/// The name of a column of which `word` is a slip: one letter off, or two in a long word. Stricter than what is offered
/// in place of a word that cannot be read, for a column that nobody knows does no harm.
pub(crate) fn slip_of<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    nearest_within(if word.chars().count() > 6 { 2 } else { 1 }, word, names)
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
    fn a_slip_is_a_letter_or_two_swapped_ones_and_no_other_word() {
        let names = ["type", "name", "tags", "handling_days"];
        for (word, meant) in
            [("typ", "type"), ("tpye", "type"), ("tag", "tags"), ("handlng_day", "handling_days")]
        {
            assert_eq!(slip_of(word, names.into_iter()), Some(meant));
        }
        for word in ["note", "fax", "size", "kind"] {
            assert_eq!(slip_of(word, names.into_iter()), None, "{word}");
        }
    }

    #[test]
    fn equal_faults_of_many_rows_are_counted_after_the_first_few() {
        let mut faults = Faults::default();
        for row in 2..300 {
            let fault = BadInput::of_file("orders.csv", format!("'{row}' is not a time"), "export again");
            faults.add(fault.at_row(row).in_column("Created at")).unwrap();
        }
        let other = BadInput::of_file("orders.csv", "is empty", "fill it").at_row(3).in_column("Name");
        faults.add(other).unwrap();
        assert_eq!(
            faults.into_result().unwrap_err().to_string(),
            "orders.csv, row 2, column Created at: '2' is not a time; export again\n\
             orders.csv, row 3, column Created at: '3' is not a time; export again\n\
             orders.csv, row 3, column Name: is empty; fill it\n\
             orders.csv, row 4, column Created at: '4' is not a time; export again\n\
             orders.csv, row 5, column Created at: '5' is not a time; export again\n\
             orders.csv, row 6, column Created at: '6' is not a time; export again\n\
             orders.csv, column Created at: and 293 more rows like this; export again"
        );
    }

    #[test]
    fn errors_of_the_system_are_told_without_its_numbers() {
        assert_eq!(plain_words(&io::Error::from_raw_os_error(2)), "there is no such file or folder");
        assert_eq!(plain_words(&io::Error::from_raw_os_error(28)), "the disk is full");
        assert!(!plain_words(&io::Error::from_raw_os_error(40)).contains("os error"));
    }
}
