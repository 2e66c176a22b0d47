//! All books as text: lines of JSON that any database of Baton takes in again.
//!
//! Owns: the format. The first line says what it is; then each table with its columns, and each of its rows as a list; then
//! what every table holds, and in the last line the sum of all bytes before it. Refuses to know: what a table is for. It
//! is the backup of books on PostgreSQL, and a form that outlives both databases.
//!
//! Invariant: what is written is one state of the books, beside all writers; what is read in is all or nothing.

mod line;

use crate::backup::{
    BackupError, Label, create_private, fault, remove, rename, settle, unsound, with_ending,
};
use crate::copy::{Insert, clear, go_on_counting};
use crate::db::{Db, DbError, Tx};
use crate::migrations;
use crate::tables::{self, Adding, PAGE, Sum, hex, sums};
use line::{Line, Start};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a dump says of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dump {
    pub made_at_ms: i64,
    /// The newest step of the schema.
    pub schema: i64,
    pub tables: Vec<Sum>,
}

/// Bytes of one line: one row, with its longest text.
const MOST_LINE: u64 = 1 << 26;

/// Writes all books into a new file, beside all writers.
///
/// # Errors
/// There is a file of this name; it cannot be written; the database's.
pub async fn write(db: &Db, file: &Path, now_ms: i64) -> Result<Dump, BackupError> {
    if file.exists() {
        return Err(fault(file)("there is such a file already; choose another name"));
    }
    let beside = Arc::new(with_ending(file, ".part"));
    remove(&beside)?;
    let part = Arc::clone(&beside);
    let written = db.read(move |tx| {
        let part = Arc::clone(&part);
        Box::pin(async move { write_all(tx, &part, now_ms).await })
    });
    let dump = match written.await {
        Ok(dump) => settle(&beside).and_then(|()| rename(&beside, file)).map(|()| dump),
        Err(error) => Err(error),
    };
    if dump.is_err() {
        // What is half written would fill the disk, and be found by nobody.
        let _ = remove(&beside);
    }
    dump
}

async fn write_all(tx: &mut Tx, file: &Path, made_at_ms: i64) -> Result<Dump, BackupError> {
    let mut out = Out::create(file)?;
    let schema = migrations::newest(tx).await?;
    out.line(&Line::Start(Start { baton_books: line::VERSION, made_at_ms, schema }))?;
    let mut tables = Vec::new();
    for table in tables::all(tx).await? {
        let columns = table.names().map(str::to_owned).collect();
        out.line(&Line::Table { table: table.name.clone(), columns })?;
        let (mut adding, mut last) = (Adding::default(), None);
        loop {
            let rows = table.page(tx, last.as_deref(), PAGE).await?;
            for row in &rows {
                adding.add(row.cells());
                out.line(&Line::Row(row.cells().map(line::Cell::of).collect()))?;
            }
            last = rows.last().map(|row| table.key_of(row));
            if (rows.len() as i64) < PAGE {
                break;
            }
        }
        tables.push(adding.sum(&table.name));
    }
    out.line(&Line::Sums { sums: tables.clone() })?;
    out.end()?;
    Ok(Dump { made_at_ms, schema, tables })
}

/// A file under way, and the sum of what is in it.
struct Out {
    file: PathBuf,
    writer: BufWriter<File>,
    hash: Sha256,
}

impl Out {
    fn create(file: &Path) -> Result<Out, BackupError> {
        let writer = BufWriter::new(create_private(file)?);
        Ok(Out { file: file.to_owned(), writer, hash: Sha256::new() })
    }

    fn line(&mut self, line: &Line) -> Result<(), BackupError> {
        let mut text = serde_json::to_string(line).map_err(|error| fault(&self.file)(error))?;
        text.push('\n');
        self.hash.update(&text);
        self.writer.write_all(text.as_bytes()).map_err(|error| fault(&self.file)(error))
    }

    fn end(&mut self) -> Result<(), BackupError> {
        let sha256 = hex(&self.hash.clone().finalize());
        self.line(&Line::End { sha256 })?;
        self.writer.flush().map_err(|error| fault(&self.file)(error))
    }
}

/// Proves that a dump is what was written.
///
/// # Errors
/// It is not; it cannot be read.
pub async fn verify(file: &Path) -> Result<Dump, BackupError> {
    let path = file.to_owned();
    let read = tokio::task::spawn_blocking(move || {
        let mut lines = Lines::open(&path)?;
        let mut sums = Vec::new();
        while let Some(line) = lines.next()? {
            match line {
                Line::Sums { sums: read } => sums = read,
                Line::End { sha256 } => return lines.end(&sha256, sums),
                Line::Start(_) | Line::Table { .. } | Line::Row(_) => {}
            }
        }
        Err(unsound(&path, "its end is missing".into()))
    });
    read.await.map_err(|error| fault(file)(error))?
}

/// What a dump says of itself, without a look at the rest of it.
///
/// # Errors
/// It is no dump, or cannot be read.
pub fn label(file: &Path) -> Result<Label, BackupError> {
    let Start { made_at_ms, schema, .. } = Lines::open(file)?.start;
    Ok(Label { made_at_ms, schema })
}

/// A file that is read line by line.
struct Lines {
    file: PathBuf,
    reader: BufReader<File>,
    start: Start,
    /// Of everything before the line read last.
    before: Sha256,
    hash: Sha256,
}

impl Lines {
    fn open(file: &Path) -> Result<Lines, BackupError> {
        let reader = BufReader::new(File::open(file).map_err(|error| fault(file)(error))?);
        let start = Start { baton_books: 0, made_at_ms: 0, schema: 0 };
        let mut lines =
            Lines { file: file.to_owned(), reader, start, before: Sha256::new(), hash: Sha256::new() };
        match lines.next()? {
            Some(Line::Start(start)) if start.baton_books == line::VERSION => lines.start = start,
            _ => return Err(unsound(file, "it does not begin as the books of this version do".into())),
        }
        Ok(lines)
    }

    fn next(&mut self) -> Result<Option<Line>, BackupError> {
        let mut text = String::new();
        let read = io::Read::take(&mut self.reader, MOST_LINE).read_line(&mut text);
        if read.map_err(|error| unsound(&self.file, error.to_string()))? == 0 {
            return Ok(None);
        }
        if !text.ends_with('\n') {
            return Err(unsound(&self.file, "a line is cut off".into()));
        }
        self.before = self.hash.clone();
        self.hash.update(&text);
        let line = serde_json::from_str(&text).map_err(|error| unsound(&self.file, error.to_string()))?;
        Ok(Some(line))
    }

    /// The last line was read: whether it fits all before it.
    fn end(&mut self, sha256: &str, tables: Vec<Sum>) -> Result<Dump, BackupError> {
        if hex(&self.before.clone().finalize()) != sha256 || self.next()?.is_some() {
            return Err(unsound(&self.file, "its bytes are not those that were written".into()));
        }
        let Start { made_at_ms, schema, .. } = self.start;
        Ok(Dump { made_at_ms, schema, tables })
    }
}

/// Takes a dump into empty books of the same version: all of it or nothing.
///
/// # Errors
/// The dump is not sound, or of another version; the books are not empty; the database's.
pub async fn restore(db: &Db, file: &Path) -> Result<Dump, BackupError> {
    let dump = Arc::new(verify(file).await?);
    let (file, expected) = (Arc::new(file.to_owned()), Arc::clone(&dump));
    let taken = db.write(move |tx| {
        let (file, expected) = (Arc::clone(&file), Arc::clone(&expected));
        Box::pin(async move { take_in(tx, &file, &expected).await })
    });
    taken.await?;
    Ok(Arc::unwrap_or_clone(dump))
}

async fn take_in(tx: &mut Tx, file: &Path, expected: &Dump) -> Result<(), BackupError> {
    let schema = migrations::newest(tx).await?;
    if schema != expected.schema {
        let why = format!("it is of step {} and the database of step {schema}", expected.schema);
        return Err(DbError::Refused(why).into());
    }
    if let Some(table) = clear(tx).await? {
        let why = format!("there are rows in {table} already; choose an empty database");
        return Err(DbError::Refused(why).into());
    }
    let known = tables::all(tx).await?;
    let mut lines = Lines::open(file)?;
    let mut into: Option<Insert> = None;
    while let Some(line) = lines.next()? {
        match line {
            Line::Start(_) => return Err(unsound(file, "it begins twice".into())),
            Line::Sums { .. } | Line::End { .. } => break,
            Line::Table { table, columns } => {
                let known = known.iter().find(|known| known.name == table && known.names().eq(&columns));
                let known = known.ok_or_else(|| unsound(file, format!("{table} has other columns here")))?;
                into = Some(Insert::into(known, tx.dialect()));
            }
            Line::Row(cells) => {
                let Some(insert) = &into else {
                    return Err(unsound(file, "a row belongs to no table".into()));
                };
                let cells: Vec<_> = cells.into_iter().map(line::Cell::value).collect();
                insert.row(tx, cells.iter().map(Option::as_ref)).await?;
            }
        }
    }
    for table in &known {
        go_on_counting(tx, table).await?;
    }
    if sums(tx).await? != expected.tables {
        return Err(unsound(file, "what was taken in is not what it says it holds".into()));
    }
    Ok(())
}
