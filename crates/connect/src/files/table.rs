//! A table in a file: a header that names its columns, and rows.
//!
//! Owns: delimiter, header matching by name and alias, rows of the wrong length; streaming, so that a row
//! costs no memory. Refuses to know: what a row stands for.

use super::bad_input::{BadInput, BadInputs, Faults, plain_words, quoted, shown, slip_of};
use super::cell::Cell;
use super::dir::{Dir, name_of};
use super::folder::layout::{Column, FileLayout, Need};
use super::rows::{MAX_CELLS, MAX_ROW_BYTES, RowFault, Rows};
use super::text::{MAX_TEXT_BYTES, Progress, TextFault, TextSource};
use model::nearest::nearest;
use model::words::count;
use std::io;
use std::path::{Path, PathBuf};

/// Most columns named in one message.
const MAX_NAMED: usize = 12;

/// Where a column stands: found once for a file, used for each of its rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct At {
    /// Position in the layout; `u16::MAX` for columns that it does not know.
    column: u16,
    /// Position in the row; `u16::MAX` where the file has no such column.
    cell: u16,
}

impl At {
    const NOWHERE: u16 = u16::MAX;

    /// The file has the column.
    pub(crate) fn is_there(self) -> bool {
        self.cell != At::NOWHERE
    }
}

/// A table that is being read.
pub(crate) struct Table {
    file: String,
    rows: Rows,
    columns: &'static [Column],
    /// As the file spells them.
    header: Vec<String>,
    /// By position in the layout: the position in the row.
    found: Vec<Option<u16>>,
    progress: Progress,
    /// A fault after which nothing can be read on.
    is_broken: bool,
}

/// The path of a file of a layout within a folder, packed or not. What stands there under the name but cannot be read
/// (a folder, a link to nothing) is told when it is opened, and is not missing.
pub(crate) fn path_of(dir: &Path, file: &str) -> Option<PathBuf> {
    let plain = dir.join(file);
    let packed = dir.join(format!("{file}.zst"));
    [plain, packed].into_iter().find(|path| path.symlink_metadata().is_ok())
}

impl Table {
    /// Opens a file of a folder. `None` where it is absent and may be.
    pub(crate) fn find(dir: &Dir, layout: &'static FileLayout) -> Result<Option<Table>, BadInputs> {
        match (dir.open(layout.file), layout.need) {
            (Some((file, opened)), _) => Table::new(file, opened, layout.columns).map(Some),
            (None, Need::Optional) => Ok(None),
            (None, Need::Required) => Err(BadInput::of_file(
                layout.file,
                "is missing in the folder",
                format!("add it with the columns {}", required_names(layout.columns)),
            )
            .into()),
        }
    }

    pub(crate) fn open(path: &Path, columns: &'static [Column]) -> Result<Table, BadInputs> {
        Table::new(name_of(path), TextSource::open(path), columns)
    }

    fn new(
        file: String,
        opened: io::Result<(TextSource, Progress)>,
        columns: &'static [Column],
    ) -> Result<Table, BadInputs> {
        let (source, progress) = opened.map_err(|error| {
            let remedy = match error.kind() {
                io::ErrorKind::IsADirectory => "put the file itself there",
                _ => "check the path and its permissions",
            };
            BadInput::of_file(&file, format!("cannot be opened: {}", plain_words(&error)), remedy)
        })?;
        let found = vec![None; columns.len()];
        let rows = Rows::new(source);
        let mut table = Table { file, rows, columns, header: Vec::new(), found, progress, is_broken: false };
        table.choose_delimiter()?;
        table.read_header()?;
        Ok(table)
    }

    /// The columns of the header as the file spells them.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// A table of text that is at hand.
    pub(crate) fn of(
        file: String,
        text: (TextSource, Progress),
        columns: &'static [Column],
    ) -> Result<Table, BadInputs> {
        Table::new(file, Ok(text), columns)
    }

    /// A fault after which nothing can be read on was told.
    pub(crate) fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// What separates the cells.
    pub(crate) fn delimiter(&self) -> u8 {
        self.rows.delimiter()
    }

    /// A cell by its position in the row.
    pub(crate) fn cell_at(&self, cell: usize) -> Cell<'_> {
        let cell = u16::try_from(cell).unwrap_or(At::NOWHERE);
        self.cell(At { column: At::NOWHERE, cell })
    }

    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    pub(crate) fn progress(&self) -> &Progress {
        &self.progress
    }

    /// How the text had to be read, once that is known: after the last row at the latest.
    pub(crate) fn note(&self) -> Option<String> {
        self.rows.note().map(|note| format!("{} {note}", self.file))
    }

    /// `.`, or `,` in files whose cells are separated by semicolons.
    pub(crate) fn decimal_mark(&self) -> u8 {
        if self.rows.delimiter() == b';' { b',' } else { b'.' }
    }

    /// The line of the current row, as an editor numbers it.
    pub(crate) fn row(&self) -> u64 {
        self.rows.line()
    }

    /// Finds a column of the layout by its name there.
    pub(crate) fn at(&self, name: &str) -> At {
        let known = self.columns.iter().position(|column| column.name == name);
        debug_assert!(known.is_some(), "{name} is not in the layout of {}", self.file);
        let column = known.unwrap_or(usize::MAX);
        let cell = self.found.get(column).copied().flatten().unwrap_or(At::NOWHERE);
        At { column: column.min(usize::from(At::NOWHERE)) as u16, cell }
    }

    /// The columns that the layout does not know, with their names in the file.
    pub(crate) fn unknown(&self) -> impl Iterator<Item = (At, &str)> {
        let is_known = |cell: u16| self.found.contains(&Some(cell));
        let columns = self.header.iter().enumerate().map(|(i, name)| (i as u16, name.as_str()));
        columns
            .filter(move |(cell, name)| !name.is_empty() && !is_known(*cell))
            .map(|(cell, name)| (At { column: At::NOWHERE, cell }, name))
    }

    /// The columns that the layout does not know and that are a slip of one that the file lacks: with that one.
    pub(crate) fn slips(&self) -> Vec<(String, &'static str)> {
        let lacked =
            || self.columns.iter().zip(&self.found).filter(|(_, at)| at.is_none()).map(|(column, _)| column);
        let slip = |name: &str| {
            let plain = plain_name(name);
            let names: Vec<(String, &'static str)> = lacked()
                .flat_map(|column| {
                    let all = std::iter::once(&column.name).chain(column.aliases);
                    all.map(|name| (plain_name(name), column.name))
                })
                .collect();
            let meant = slip_of(&plain, names.iter().map(|(name, _)| name.as_str()))?;
            names.iter().find(|(name, _)| name == meant).map(|(_, column)| (name.to_owned(), *column))
        };
        self.unknown().filter_map(|(_, name)| slip(name)).collect()
    }

    /// Moves to the next row; `false` at the end.
    #[inline]
    pub(crate) fn advance(&mut self) -> Result<bool, BadInput> {
        if self.is_broken {
            return Ok(false);
        }
        match self.rows.advance() {
            Ok(true) if self.rows.cell_count() == self.header.len() => Ok(true),
            Ok(true) => self.wrong_length(),
            Ok(false) => Ok(false),
            Err(fault) => {
                self.is_broken = true;
                Err(self.row_fault(fault))
            }
        }
    }

    /// Moves to the next row of the right length, keeping the faults of the others; `false` at the end.
    pub(crate) fn next_row(&mut self, faults: &mut Faults) -> Result<bool, BadInputs> {
        loop {
            match self.advance() {
                Ok(more) => return Ok(more),
                Err(fault) => faults.add(fault)?,
            }
        }
    }

    #[inline]
    pub(crate) fn cell(&self, at: At) -> Cell<'_> {
        Cell::new(self.rows.cell(usize::from(at.cell)), self, at)
    }

    /// A cell by the name of its column: for files of few rows.
    pub(crate) fn get(&self, name: &str) -> Cell<'_> {
        self.cell(self.at(name))
    }

    /// A fault in the current row.
    #[cold]
    pub(crate) fn fault(&self, at: At, problem: &str, remedy: &str) -> BadInput {
        let fault = self.row_fault_of(problem, remedy);
        let named = self.header.get(usize::from(at.cell)).map(String::as_str);
        let known = self.columns.get(usize::from(at.column)).map(|column| column.name);
        match known.or(named) {
            Some(name) => fault.in_column(name),
            None => fault,
        }
    }

    #[cold]
    pub(crate) fn row_fault_of(&self, problem: &str, remedy: &str) -> BadInput {
        BadInput::of_file(&self.file, problem, remedy).at_row(self.rows.line())
    }

    fn wrong_length(&self) -> Result<bool, BadInput> {
        let (cells, columns) = (self.rows.cell_count(), self.header.len());
        // Spreadsheets pad rows with empty cells.
        if cells > columns && (columns..cells).all(|i| self.rows.cell(i).trim_ascii().is_empty()) {
            return Ok(true);
        }
        let cells = count(cells as u64, "cell");
        Err(self.row_fault_of(
            &format!("has {cells} where the header has {columns}"),
            "look for a missing or extra delimiter, or a cell with a delimiter inside that is not in quotes",
        ))
    }

    fn choose_delimiter(&mut self) -> Result<(), BadInput> {
        let line = match self.rows.peek_line() {
            Ok(line) => line,
            Err(fault) => return Err(self.row_fault(fault)),
        };
        let mut counts = [(0usize, b','), (0, b';'), (0, b'\t'), (0, b'|')];
        let mut in_quotes = false;
        for &byte in line {
            in_quotes ^= byte == b'"';
            for (count, delimiter) in &mut counts {
                *count += usize::from(byte == *delimiter && !in_quotes);
            }
        }
        let most = counts.iter().rev().max_by_key(|(count, _)| *count);
        self.rows.set_delimiter(most.map_or(b',', |(_, delimiter)| *delimiter));
        Ok(())
    }

    fn read_header(&mut self) -> Result<(), BadInputs> {
        match self.rows.advance() {
            Ok(true) => {}
            Ok(false) => {
                let remedy = format!("begin it with a header row: {}", required_names(self.columns));
                return Err(BadInput::of_file(&self.file, "is empty", remedy).into());
            }
            Err(fault) => return Err(self.row_fault(fault).into()),
        }
        let name = |i| String::from_utf8_lossy(self.rows.cell(i)).trim().to_owned();
        self.header = (0..self.rows.cell_count()).map(name).collect();
        let mut faults = Vec::new();
        for i in 0..self.header.len() {
            faults.extend(self.place_column(i));
        }
        faults.extend(self.missing_columns());
        if faults.is_empty() { Ok(()) } else { Err(BadInputs(faults)) }
    }

    fn place_column(&mut self, cell: usize) -> Option<BadInput> {
        let name = &self.header[cell];
        let twice = self.header[..cell].iter().any(|other| !name.is_empty() && same_name(other, name));
        let known = self.columns.iter().position(|column| column.bears(name));
        let taken = known.and_then(|known| self.found[known]);
        if twice || taken.is_some() {
            let other = taken.map_or(name, |taken| &self.header[usize::from(taken)]);
            let problem = match same_name(other, name) {
                true => format!("column {} comes twice", quoted(name)),
                false => format!("columns {} and {} mean the same", quoted(other), quoted(name)),
            };
            return Some(self.row_fault_of(&problem, "keep one of them"));
        }
        if let Some(known) = known {
            self.found[known] = Some(cell as u16);
        }
        None
    }

    fn missing_columns(&self) -> Vec<BadInput> {
        let missing = |(i, column): (usize, &Column)| {
            (column.need == Need::Required && self.found[i].is_none()).then_some(column.name)
        };
        self.columns.iter().enumerate().filter_map(missing).map(|name| self.missing_column(name)).collect()
    }

    /// The columns that the file has, as a message lists them.
    pub(crate) fn found_columns(&self) -> String {
        let mut has: Vec<String> = self.header.iter().map(|name| shown(name)).take(MAX_NAMED).collect();
        if self.header.len() > MAX_NAMED {
            has.push("…".to_owned());
        }
        has.join(", ")
    }

    fn missing_column(&self, name: &str) -> BadInput {
        let has = self.found_columns();
        let free = self.unknown().map(|(_, name)| name);
        let remedy = match nearest(name, free) {
            Some(near) => format!("rename {} to {name}", quoted(near)),
            None => format!("add the column {name}"),
        };
        self.row_fault_of(&format!("column {name} is missing; found are {has}"), &remedy)
    }

    #[cold]
    fn row_fault(&self, fault: RowFault) -> BadInput {
        let (problem, remedy) = match fault {
            RowFault::UnclosedQuote => (
                "a quote opens and never closes".to_owned(),
                "close it, or write a quote inside a cell as two quotes".to_owned(),
            ),
            RowFault::AfterQuote => (
                "text follows a closing quote".to_owned(),
                "put the whole cell in quotes, and write a quote inside it as two quotes".to_owned(),
            ),
            RowFault::TooLong => (
                format!("is longer than {MAX_ROW_BYTES} bytes"),
                "look for a quote that never closes, or a file that is no table".to_owned(),
            ),
            RowFault::TooManyCells => {
                (format!("has more than {MAX_CELLS} cells"), "remove columns that are not needed".to_owned())
            }
            RowFault::Nul => (
                "holds a NUL byte".to_owned(),
                "export the file again as UTF-8 text; this one is damaged or no text".to_owned(),
            ),
            RowFault::Text(fault) => text_fault(&fault),
        };
        self.row_fault_of(&problem, &remedy)
    }
}

pub(crate) fn text_fault(fault: &TextFault) -> (String, String) {
    match fault {
        TextFault::Io(error) => (
            format!("cannot be read on: {}", plain_words(error)),
            "copy or export the file again; it may be cut off".to_owned(),
        ),
        TextFault::MixedEncoding { byte } => (
            format!("byte {byte:#04x} soon after this row is not UTF-8, though text before it is"),
            "save the file in one encoding, best UTF-8".to_owned(),
        ),
        TextFault::TooLarge => (
            format!("is larger than {} GiB", MAX_TEXT_BYTES >> 30),
            "split the file into several folders".to_owned(),
        ),
    }
}

fn required_names(columns: &[Column]) -> String {
    let required = columns.iter().filter(|column| column.need == Need::Required);
    required.map(|column| column.name).collect::<Vec<_>>().join(",")
}

impl Column {
    /// A header cell names this column: by name or alias, with or without `_usd`, in any case.
    fn bears(&self, header: &str) -> bool {
        same_name(self.name, header) || self.aliases.iter().any(|alias| same_name(alias, header))
    }
}

fn same_name(a: &str, b: &str) -> bool {
    plain_name(a) == plain_name(b)
}

/// Lower case, blanks and hyphens as `_`, without `_usd`.
fn plain_name(name: &str) -> String {
    let name = name.trim().to_lowercase().replace([' ', '-'], "_");
    match name.find("_usd") {
        Some(at) if matches!(name.as_bytes().get(at + 4), None | Some(b'_')) => {
            format!("{}{}", &name[..at], &name[at + 4..])
        }
        _ => name,
    }
}
