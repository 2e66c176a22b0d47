//! `baton backup`, `baton verify`, `baton restore`: a copy of the books that was proved, and the way back.
//!
//! Owns: which of the two forms a backup has: a file of SQLite with its manifest, or a text that either database takes
//! in. Refuses to know: how either is made.

use crate::books::{self, Books, now_ms, opened};
use crate::fault::{Fault, Verdict, say, without_numbers};
use clap::Args;
use model::Timestamp;
use model::words::{count, grouped};
use serde_json::json;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use store::backup::{self, BackupError};
use store::db::{Dialect, is_postgres};
use store::tables::Sum;
use store::{Db, dump, migrations};

/// Where backups lie that are not named.
#[derive(Args, Clone, Debug)]
pub(crate) struct Backups {
    /// Folder of the backups
    #[arg(long, env = "BATON_BACKUPS", value_name = "DIR", default_value = "backups")]
    pub(crate) backups: PathBuf,
}

/// Endings of the two forms.
const FILE: &str = "sqlite";
const TEXT: &str = "ndjson";

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton backup\n  baton backup --out shop-before-sale.sqlite\n  baton backup --text\n\n\
    It may be made while baton serve runs. It is opened and compared before it gets its name; baton verify does that again."
)]
pub(crate) struct Backup {
    #[command(flatten)]
    books: Books,
    #[command(flatten)]
    backups: Backups,
    /// The file to write; without it, one in the folder of the backups, named by the time
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write text, which PostgreSQL and SQLite both take in; books on PostgreSQL always are
    #[arg(long)]
    text: bool,
    /// Print what was written as JSON
    #[arg(long)]
    json: bool,
}

impl Backup {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let made = books::wait(async {
            let db = self.books.look_at_any().await?;
            let is_text = self.text || db.dialect() == Dialect::Postgres;
            let file = self.file(if is_text { TEXT } else { FILE })?;
            Ok(match is_text {
                true => write_text(&db, &file).await,
                false => backup::make(&db, &file, now_ms()).await.map(|made| Seen {
                    file: file.clone(),
                    made_at_ms: made.made_at_ms,
                    schema: made.schema,
                    tables: made.tables,
                }),
            })
        })?;
        tell(made, ("written", "The backup was written and verified"), self.json)
    }

    fn file(&self, ending: &str) -> Result<PathBuf, Fault> {
        if let Some(file) = &self.out {
            return Ok(file.clone());
        }
        let folder = &self.backups.backups;
        fs::create_dir_all(folder).map_err(|error| {
            let why = connect::files::plain_words(&error);
            Fault::Other(format!("the folder {} cannot be made: {why}", folder.display()))
        })?;
        let time = Timestamp(now_ms()).to_string().replace([':', '-'], "");
        let time = time.split('.').next().unwrap_or(&time).trim_end_matches('Z');
        Ok(folder.join(format!("baton-{time}Z.{ending}")))
    }
}

async fn write_text(db: &Db, file: &Path) -> Result<Seen, BackupError> {
    dump::write(db, file, now_ms()).await?;
    Ok(Seen::of_text(file, dump::verify(file).await?))
}

/// A backup that was looked at.
struct Seen {
    file: PathBuf,
    made_at_ms: i64,
    schema: i64,
    tables: Vec<Sum>,
}

impl Seen {
    fn of_text(file: &Path, dump: dump::Dump) -> Seen {
        Seen { file: file.to_owned(), made_at_ms: dump.made_at_ms, schema: dump.schema, tables: dump.tables }
    }
}

/// A backup that is not sound is a finding; what keeps us from looking is a fault.
fn tell(
    seen: Result<Seen, BackupError>,
    (verb, words): (&str, &str),
    is_json: bool,
) -> Result<Verdict, Fault> {
    let seen = match seen {
        Err(unsound @ BackupError::Unsound { .. }) => {
            let why = without_numbers(&unsound.to_string());
            match is_json {
                true => say(json!({ "is_sound": false, "finding": why }))?,
                false => say(why)?,
            }
            return Ok(Verdict::LookAtIt);
        }
        other => other?,
    };
    let rows: i64 = seen.tables.iter().map(|sum| sum.rows).sum();
    let made = Timestamp(seen.made_at_ms);
    let file = seen.file.display();
    match is_json {
        true => say(json!({
            "is_sound": true, verb: file.to_string(), "made_at": made.to_string(), "schema": seen.schema, "rows": rows,
            "tables": seen.tables,
        }))?,
        false => say(format_args!(
            "{words}: {file}, made {made}, {} rows in {}, step {} of the schema.",
            grouped(rows.unsigned_abs()),
            count(seen.tables.len() as u64, "table"),
            seen.schema
        ))?,
    }
    Ok(Verdict::Fine)
}

/// The form of a backup, by its first bytes.
fn is_text(file: &Path) -> Result<bool, Fault> {
    let mut first = [0; 16];
    let read = File::open(file).and_then(|mut opened| opened.read(&mut first));
    let read = read.map_err(|error| {
        Fault::Other(format!("{} cannot be read: {}", file.display(), connect::files::plain_words(&error)))
    })?;
    // A file of SQLite has its manifest beside it, even where its own beginning is damaged.
    Ok(!first[..read].starts_with(b"SQLite format 3") && backup::made_at(file).is_err())
}

/// When a backup was made; `None`: it is none.
pub(crate) fn made_at(file: &Path) -> Option<i64> {
    match file.extension()?.to_str()? {
        FILE => backup::made_at(file).ok(),
        TEXT => dump::made_at(file).ok(),
        _ => None,
    }
}

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton verify backups/baton-20261127T114409Z.sqlite\n  baton verify shop.ndjson --json\n\n\
    Every byte is read and compared with what was written; a file of SQLite is opened and its books are checked, too."
)]
pub(crate) struct Verify {
    /// A backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print what it holds as JSON
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let is_text = is_text(&self.file)?;
        let seen = books::wait(async { Ok(look(&self.file, is_text).await) })?;
        tell(seen, ("backup", "The backup is sound"), self.json)
    }
}

async fn look(file: &Path, is_text: bool) -> Result<Seen, BackupError> {
    match is_text {
        true => Ok(Seen::of_text(file, dump::verify(file).await?)),
        false => {
            let manifest = backup::verify(file).await?;
            let backup::Manifest { made_at_ms, schema, tables, .. } = manifest;
            Ok(Seen { file: file.to_owned(), made_at_ms, schema, tables })
        }
    }
}

#[derive(Args)]
#[command(after_help = "Examples:\n  baton restore backups/baton-20261127T114409Z.sqlite\n  \
    baton restore shop.ndjson --database postgres://baton@localhost/empty\n\n\
    Stop baton serve first. The backup is verified, and then takes the place of the books; those are kept beside it, as \
    baton.sqlite.before-restore. A text is taken into an empty database, or into a file that is not there yet.")]
pub(crate) struct Restore {
    /// A backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    books: Books,
    /// Print what was put back as JSON
    #[arg(long)]
    json: bool,
}

impl Restore {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let (place, is_text) = (self.books.place()?, is_text(&self.file)?);
        let restored = books::wait(async {
            match is_text {
                true => take_in(&self.file, &place).await,
                false => put_back(&self.file, &place).await,
            }
        })?;
        tell(Ok(restored), ("restored", "The books are back"), self.json)
    }
}

async fn put_back(file: &Path, place: &str) -> Result<Seen, Fault> {
    if is_postgres(place) {
        let say = "a backup in a file goes back to a file: restore it to one with --database, and carry that to \
                   PostgreSQL with baton copy";
        return Err(Fault::Other(say.to_owned()));
    }
    let manifest = backup::restore(file, Path::new(place)).await?;
    let backup::Manifest { made_at_ms, schema, tables, .. } = manifest;
    Ok(Seen { file: file.to_owned(), made_at_ms, schema, tables })
}

/// Takes a text into new books of its own version; then they are brought to ours.
async fn take_in(file: &Path, place: &str) -> Result<Seen, Fault> {
    if !is_postgres(place) && Path::new(place).exists() {
        let say =
            format!("there is a file {place} already; a text goes into a new one: name it with --database");
        return Err(Fault::Other(say));
    }
    let dump = dump::verify(file).await?;
    if dump.schema > migrations::latest() {
        let say = format!("{} is of a newer version; use that version of Baton", file.display());
        return Err(Fault::Other(say));
    }
    let db = opened(place).await?;
    if migrations::reached(&db).await? == 0 {
        migrations::migrate_to(&db, dump.schema, now_ms()).await?;
    }
    let dump = dump::restore(&db, file).await?;
    migrations::migrate(&db, now_ms()).await?;
    db.close().await;
    Ok(Seen::of_text(file, dump))
}
