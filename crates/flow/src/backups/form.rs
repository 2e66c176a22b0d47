//! The two forms of a backup: a file of SQLite with its manifest, or a text that either database takes in.
//!
//! Owns: which form a backup has, and its name. Refuses to know: how either is made and proved, which is the store's.

use model::Timestamp;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use store::backup::{self, BackupError, Label};
use store::db::Dialect;
use store::tables::Sum;
use store::{Db, dump};

/// What a backup is written as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A file of SQLite, and a manifest beside it.
    File,
    /// Lines of JSON.
    Text,
}

/// A backup that was read to its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    pub file: PathBuf,
    pub made_at_ms: i64,
    pub schema: i64,
    pub tables: Vec<Sum>,
}

impl Form {
    /// As backups of these books are made by themselves.
    pub fn of(db: &Db) -> Form {
        if db.dialect() == Dialect::Postgres { Form::Text } else { Form::File }
    }

    /// By its first bytes.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn of_file(file: &Path) -> io::Result<Form> {
        let mut first = [0; 16];
        let read = File::open(file).and_then(|mut opened| opened.read(&mut first))?;
        // A file of SQLite has its manifest beside it, even where its own beginning is damaged.
        let is_file = first[..read].starts_with(b"SQLite format 3") || backup::label(file).is_ok();
        Ok(if is_file { Form::File } else { Form::Text })
    }

    /// By the end of its name; `None`: it is no backup's.
    pub fn of_name(file: &Path) -> Option<Form> {
        let ending = file.extension()?.to_str()?;
        [Form::File, Form::Text].into_iter().find(|form| form.ending() == ending)
    }

    pub fn ending(self) -> &'static str {
        match self {
            Form::File => "sqlite",
            Form::Text => "ndjson",
        }
    }

    /// A name for a backup of this moment; `mark` tells it from another of the same second.
    pub fn name(self, made_at_ms: i64, mark: &str) -> String {
        let time = Timestamp(made_at_ms).to_string().replace([':', '-'], "");
        let time = time.split('.').next().unwrap_or(&time).trim_end_matches('Z');
        let mark = if mark.is_empty() { String::new() } else { format!("-{mark}") };
        format!("baton-{time}Z{mark}.{}", self.ending())
    }

    /// Makes a backup, which is opened and compared before it has its name.
    ///
    /// # Errors
    /// There is such a file; it cannot be written; it is not sound; the database's.
    pub async fn make(self, db: &Db, file: &Path, now_ms: i64) -> Result<Seen, BackupError> {
        match self {
            Form::File => drop(backup::make(db, file, now_ms).await?),
            Form::Text => drop(dump::write(db, file, now_ms).await?),
        }
        self.verify(file).await
    }

    /// Proves that a backup is what was written.
    ///
    /// # Errors
    /// It is not; it cannot be read.
    pub async fn verify(self, file: &Path) -> Result<Seen, BackupError> {
        let (made_at_ms, schema, tables) = match self {
            Form::File => {
                let backup::Manifest { made_at_ms, schema, tables, .. } = backup::verify(file).await?;
                (made_at_ms, schema, tables)
            }
            Form::Text => {
                let dump::Dump { made_at_ms, schema, tables } = dump::verify(file).await?;
                (made_at_ms, schema, tables)
            }
        };
        Ok(Seen { file: file.to_owned(), made_at_ms, schema, tables })
    }

    /// What a backup says of itself, without a look at the rest of it.
    pub(super) fn label(self, file: &Path) -> Option<Label> {
        match self {
            Form::File => backup::label(file).ok(),
            Form::Text => dump::label(file).ok(),
        }
    }
}

impl Seen {
    pub fn rows(&self) -> i64 {
        self.tables.iter().map(|sum| sum.rows).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::Form;
    use std::path::Path;

    #[test]
    fn a_name_says_when_it_was_made_and_its_form() {
        let name = Form::File.name(1_795_000_000_000, "");
        assert_eq!(name, "baton-20261118T110640Z.sqlite");
        assert_eq!(Form::Text.name(1_795_000_000_000, "ab12"), "baton-20261118T110640Z-ab12.ndjson");
        assert_eq!(Form::of_name(Path::new(&name)), Some(Form::File));
        assert_eq!(Form::of_name(Path::new("baton.sqlite.manifest.json")), None);
    }
}
