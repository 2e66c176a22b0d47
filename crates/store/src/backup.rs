//! Backups of a file of SQLite: made beside all writers, proved to be sound, and put back without a trace of what was
//! there.
//!
//! Owns: the file, the manifest beside it, and the swap. A backup that was not opened and compared is no backup: every
//! one is, when it is made, when it is verified, and before it is put back. Refuses to know: when backups are made, and
//! where they are kept.
//!
//! Invariant: a file is whole or absent under its name, and a log (`-wal`) never meets a file that it does not belong to.

mod manifest;

pub use manifest::Manifest;

use crate::check;
use crate::db::{Db, DbError, Tx, lock};
use crate::events::{self, Head, Walk};
use crate::migrations;
use crate::tables;
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Why there is no backup, or why it is not put back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BackupError {
    /// A file cannot be read or written.
    File {
        file: PathBuf,
        why: String,
    },
    /// The backup is not what was written: use another one.
    Unsound {
        file: PathBuf,
        why: String,
    },
    Database(DbError),
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BackupError::File { file, why } => write!(f, "{}: {why}", file.display()),
            BackupError::Unsound { file, why } => {
                write!(f, "{} is not sound: {why}. Use an earlier backup.", file.display())
            }
            BackupError::Database(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BackupError {}

impl From<DbError> for BackupError {
    fn from(error: DbError) -> BackupError {
        BackupError::Database(error)
    }
}

/// Events of the log looked at in one step.
const WALKED_AT_ONCE: i64 = 1_000;

/// Makes a backup beside all writers, and proves that it is sound. Its manifest lies beside it.
///
/// # Errors
/// There is a file of this name; it cannot be written; what was written is not sound.
pub async fn make(db: &Db, file: &Path, now_ms: i64) -> Result<Manifest, BackupError> {
    if file.exists() {
        return Err(fault(file)("there is such a file already; choose another name"));
    }
    let beside = with_ending(file, ".part");
    remove(&beside)?;
    let made = make_beside(db, (file, &beside), now_ms).await;
    if made.is_err() {
        // What is half made would fill the disk, and be found by nobody.
        let _ = (remove(&beside), remove(&manifest_of(file)));
    }
    made
}

async fn make_beside(db: &Db, (file, beside): (&Path, &Path), now_ms: i64) -> Result<Manifest, BackupError> {
    let name = beside.to_str().ok_or_else(|| fault(file)("its name is not plain text"))?;
    // Made here, so that a folder that cannot be written to is told as such; the database fills an empty file.
    create_private(beside)?;
    db.copy_into(name).await?;
    settle(beside)?;
    let sound = look(beside).await?;
    let bytes = fs::metadata(beside).map_err(|error| fault(beside)(error))?.len();
    let manifest =
        Manifest { made_at_ms: now_ms, bytes, sha256: hash(beside).await?, schema: sound.0, tables: sound.1 };
    // First the manifest: a backup under its name always has one.
    manifest.write(&manifest_of(file))?;
    rename(beside, file)?;
    Ok(manifest)
}

/// Books hold names and addresses: whoever runs the program reads a copy of them, and nobody else.
pub(crate) fn create_private(file: &Path) -> Result<File, BackupError> {
    let created = File::options().write(true).create(true).truncate(true).mode(0o600).open(file);
    created.map_err(|error| fault(file)(error))
}

/// As [`make`], and takes the place of an earlier backup of this name.
pub(crate) async fn make_anew(db: &Db, file: &Path, now_ms: i64) -> Result<Manifest, BackupError> {
    remove(file)?;
    remove(&manifest_of(file))?;
    make(db, file, now_ms).await
}

/// Proves that a backup is what was written, opens and reads all of it.
///
/// # Errors
/// It is not; it cannot be read.
pub async fn verify(file: &Path) -> Result<Manifest, BackupError> {
    let manifest = Manifest::read(&manifest_of(file))?;
    let bytes = fs::metadata(file).map_err(|error| fault(file)(error))?.len();
    if bytes != manifest.bytes {
        let why = format!("it has {bytes} bytes, and {} were written", manifest.bytes);
        return Err(unsound(file, why));
    }
    if hash(file).await? != manifest.sha256 {
        return Err(unsound(file, "its bytes are not those that were written".into()));
    }
    let (schema, sums) = look(file).await?;
    if schema != manifest.schema || sums != manifest.tables {
        return Err(unsound(file, "it does not hold what its manifest says".into()));
    }
    Ok(manifest)
}

/// What a backup says of itself, without a look at the rest of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Label {
    pub made_at_ms: i64,
    /// The newest step of the schema.
    pub schema: i64,
}

/// What a backup says of itself.
///
/// # Errors
/// It has no manifest, or that is not what was written.
pub fn label(file: &Path) -> Result<Label, BackupError> {
    let Manifest { made_at_ms, schema, .. } = Manifest::read(&manifest_of(file))?;
    Ok(Label { made_at_ms, schema })
}

/// Puts a backup in the place of the books, which must not be open. What was there is kept beside it, under a name
/// that ends in `.before-restore`.
///
/// # Errors
/// The books are open; the backup is not sound; a file cannot be written. Then what was there is there still.
pub async fn restore(backup: &Path, place: &Path) -> Result<Manifest, BackupError> {
    let _held = lock(place)?;
    let manifest = verify(backup).await?;
    let beside = with_ending(place, ".restoring");
    fs::copy(backup, &beside).map_err(|error| fault(&beside)(error))?;
    settle(&beside)?;
    if hash(&beside).await? != manifest.sha256 {
        return Err(unsound(&beside, "the copy differs from the backup".into()));
    }
    put_aside(place)?;
    rename(&beside, place)?;
    Ok(manifest)
}

/// Keeps what is there under another name, its log with it. The file itself stays in its place until it is exchanged: a
/// program that starts in between finds the old books, never none.
fn put_aside(place: &Path) -> Result<(), BackupError> {
    let aside = with_ending(place, ".before-restore");
    for ending in ["", "-wal", "-shm"] {
        remove(&with_ending(&aside, ending))?;
    }
    if place.exists() {
        fs::hard_link(place, &aside).map_err(|error| fault(&aside)(error))?;
    }
    for ending in ["-wal", "-shm"] {
        let log = with_ending(place, ending);
        if log.exists() {
            rename(&log, &with_ending(&aside, ending))?;
        }
    }
    Ok(())
}

/// Opens a still file and reads all of it: its schema, and what its tables hold.
async fn look(file: &Path) -> Result<(i64, Vec<tables::Sum>), BackupError> {
    let db = Db::open_still(file).await.map_err(|error| unsound(file, error.to_string()))?;
    let seen = examine(&db, file).await;
    db.close().await;
    seen
}

async fn examine(db: &Db, file: &Path) -> Result<(i64, Vec<tables::Sum>), BackupError> {
    let not_readable = |error: DbError| unsound(file, error.to_string());
    if let Some(damage) = db.damage().await.map_err(not_readable)? {
        return Err(unsound(file, damage));
    }
    let looked = db.read(|tx| {
        Box::pin(async move {
            let schema = migrations::newest(tx).await?;
            // The checker knows the newest schema; books of an earlier one were checked by their own program.
            let flaw = if schema == migrations::latest() { flaw(tx).await? } else { None };
            Ok::<_, DbError>((flaw, schema, tables::sums(tx).await?))
        })
    });
    let (flaw, schema, sums) = looked.await.map_err(not_readable)?;
    flaw.map_or(Ok((schema, sums)), |flaw| Err(unsound(file, flaw)))
}

/// What is wrong with the books themselves, in words.
async fn flaw(tx: &mut Tx) -> Result<Option<String>, DbError> {
    if let Some(breach) = check::breaches(tx).await?.first() {
        return Ok(Some(format!("{}: {} ({})", breach.subject, breach.says, breach.invariant)));
    }
    let mut walk = Walk::Further(Head::default());
    while let Walk::Further(from) = &walk {
        walk = events::verify(tx, &from.clone(), WALKED_AT_ONCE).await?;
    }
    Ok(match walk {
        Walk::Broken(broken) => Some(format!("its log of events is broken at place {}", broken.place)),
        Walk::Further(_) | Walk::Sound(_) => None,
    })
}

async fn hash(file: &Path) -> Result<String, BackupError> {
    let path = file.to_owned();
    let hashed = tokio::task::spawn_blocking(move || {
        let mut hash = <sha2::Sha256 as sha2::Digest>::new();
        let mut opened = File::open(path)?;
        let mut part = vec![0; PART];
        loop {
            match io::Read::read(&mut opened, &mut part)? {
                0 => return Ok::<_, io::Error>(tables::hex(&sha2::Digest::finalize(hash))),
                read => sha2::Digest::update(&mut hash, &part[..read]),
            }
        }
    });
    let hashed = hashed.await.map_err(|error| fault(file)(error))?;
    hashed.map_err(|error| fault(file)(error))
}

/// Bytes of a file read at once.
const PART: usize = 1 << 16;

/// What lies beside a backup and belongs to it.
pub fn manifest_of(file: &Path) -> PathBuf {
    with_ending(file, ".manifest.json")
}

pub(crate) fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.to_owned().into_os_string();
    name.push(ending);
    name.into()
}

pub(crate) fn fault<E: fmt::Display>(file: &Path) -> impl Fn(E) -> BackupError + '_ {
    |why| BackupError::File { file: file.to_owned(), why: why.to_string() }
}

pub(crate) fn unsound(file: &Path, why: String) -> BackupError {
    BackupError::Unsound { file: file.to_owned(), why }
}

pub(crate) fn remove(file: &Path) -> Result<(), BackupError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(fault(file)(error)),
        _ => Ok(()),
    }
}

/// Waits until a file is on disk.
pub(crate) fn settle(file: &Path) -> Result<(), BackupError> {
    let opened = File::options().write(true).open(file);
    opened.and_then(|file| file.sync_all()).map_err(|error| fault(file)(error))
}

/// Exchanges a name, and waits until the folder is on disk.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), BackupError> {
    fs::rename(from, to).map_err(|error| fault(to)(error))?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Some systems do not open folders; the rename stands all the same.
    if let Ok(folder) = File::open(folder) {
        folder.sync_all().map_err(|error| fault(to)(error))?;
    }
    Ok(())
}
