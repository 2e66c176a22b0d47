//! `baton backup`, `baton verify`, `baton restore`: a copy of the books that was proved, and the way back.
//!
//! Owns: what is asked and told. Refuses to know: which forms a backup has, which `flow::backups` knows, and how either is
//! made.

use crate::books::{self, Books, now_ms, opened};
use crate::fault::{Fault, Verdict, say, without_numbers};
use clap::Args;
use flow::backups::{Form, Seen};
use model::Timestamp;
use model::words::{count, grouped};
use serde::Deserialize;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use store::backup::{self, BackupError};
use store::db::is_postgres;
use store::{dump, migrations};

/// Where backups lie that are not named.
#[derive(Args, Clone, Default, Debug, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    /// Folder of the backups [default: backups, beside the books]
    #[arg(long, env = "BATON_BACKUPS", value_name = "DIR")]
    backups: Option<PathBuf>,
}

impl Kept {
    /// From the command line, else the environment, else the file of settings.
    pub(crate) fn folder(&self, books: &Books) -> Result<PathBuf, Fault> {
        let in_file: Kept = books.config.as_deref().map(books::settings).transpose()?.unwrap_or_default();
        let chosen = self.backups.as_ref().or(in_file.backups.as_ref());
        Ok(backups_folder(chosen.map(PathBuf::as_path), &books.place()?))
    }
}

/// Beside a file of books; for books on a server, where the program was started.
pub(crate) fn backups_folder(chosen: Option<&Path>, place: &str) -> PathBuf {
    match chosen {
        Some(folder) => folder.to_owned(),
        None if is_postgres(place) => PathBuf::from("backups"),
        None => Path::new(place).with_file_name("backups"),
    }
}

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton backup\n  baton backup --out shop-before-sale.sqlite\n  baton backup --text\n\n\
    It may be made while baton serve runs. It is opened and compared before it gets its name; baton verify does that again."
)]
pub(crate) struct Backup {
    #[command(flatten)]
    books: Books,
    #[command(flatten)]
    kept: Kept,
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
            let form = if self.text { Form::Text } else { Form::of(&db) };
            let file = self.file(form)?;
            Ok(form.make(&db, &file, now_ms()).await)
        })?;
        tell(made, ("written", "The backup was written and verified"), self.json)
    }

    fn file(&self, form: Form) -> Result<PathBuf, Fault> {
        if let Some(file) = &self.out {
            return Ok(file.clone());
        }
        let folder = self.kept.folder(&self.books)?;
        fs::create_dir_all(&folder).map_err(|error| {
            let why = connect::files::plain_words(&error);
            Fault::Other(format!("the folder {} cannot be made: {why}", folder.display()))
        })?;
        Ok(folder.join(form.name(now_ms(), "")))
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
    let rows = seen.rows();
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
fn form_of(file: &Path) -> Result<Form, Fault> {
    Form::of_file(file).map_err(|error| {
        Fault::Other(format!("{} cannot be read: {}", file.display(), connect::files::plain_words(&error)))
    })
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
        let form = form_of(&self.file)?;
        let seen = books::wait(async { Ok(form.verify(&self.file).await) })?;
        tell(seen, ("backup", "The backup is sound"), self.json)
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
        let (place, form) = (self.books.place()?, form_of(&self.file)?);
        let restored = books::wait(async {
            match form {
                Form::Text => take_in(&self.file, &place).await,
                Form::File => put_back(&self.file, &place).await,
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
    let dump::Dump { made_at_ms, schema, tables } = dump;
    Ok(Seen { file: file.to_owned(), made_at_ms, schema, tables })
}
