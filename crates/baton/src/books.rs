//! The books that a command works on: where they are, opening them, and the clock.
//!
//! Owns: the options that name the database, which commands may begin books or bring them to a newer version, and the
//! words for what keeps them from being opened.

use crate::fault::{Fault, without_numbers};
use clap::Args;
use flow::baton::Clock;
use flow::{Actor, Baton, Call, Refused, Via};
use serde::Deserialize;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use store::backup::BackupError;
use store::db::is_postgres;
use store::{Db, DbError, migrations};

/// Where the books are.
#[derive(Args, Clone, Debug)]
pub(crate) struct Books {
    /// A file of SQLite, or postgres://user@host/name [default: baton.sqlite]
    #[arg(long, env = "BATON_DATABASE", value_name = "PLACE", hide_env_values = true)]
    pub(crate) database: Option<String>,
    /// A file of settings that names the database
    #[arg(long, env = "BATON_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// What every command asks that shows or changes rows of the books.
#[derive(Args)]
pub(crate) struct Asked {
    #[command(flatten)]
    pub(crate) books: Books,
    /// Print the answer as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// The commands that begin books where there are none.
const BEGINNERS: &str = "baton serve, baton import folder or baton migrate";
/// The file that is taken where none is named.
const DEFAULT: &str = "baton.sqlite";

/// The one setting of the file that every command reads; `serve` reads all of them.
#[derive(Deserialize)]
struct Place {
    database: Option<String>,
}

/// Opens books at a place to change them: begun where there are none, and brought to the newest version.
pub(crate) async fn begin(place: &str) -> Result<Baton, Fault> {
    let db = opened(place).await?;
    migrations::migrate(&db, now_ms()).await.map_err(|error| unopened(place, &error))?;
    Ok(over(db))
}

/// Opens books that can be made again, and so need no backup before they are brought to the newest version. `None`: a file
/// that was there holds no books.
pub(crate) async fn begin_without_backup(place: &str) -> Result<Option<Baton>, Fault> {
    // Read only: what is somebody else's stays as it is.
    let there = Db::open_beside(place).await.map_err(|error| unopened(place, &error))?;
    let step = migrations::reached(&there).await;
    there.close().await;
    if step? == 0 { Ok(None) } else { Ok(Some(begin_anew(place).await?)) }
}

/// The same where there is no file yet.
pub(crate) async fn begin_anew(place: &str) -> Result<Baton, Fault> {
    let db = opened(place).await?;
    let brought = migrations::migrate_to(&db, migrations::latest(), now_ms()).await;
    brought.map_err(|error| unopened(place, &error))?;
    Ok(over(db))
}

impl Books {
    /// From the command line, else the environment, else the file of settings.
    pub(crate) fn place(&self) -> Result<String, Fault> {
        let in_file = || match &self.config {
            Some(file) => Ok(settings::<Place>(file)?.database),
            None => Ok::<_, Fault>(None),
        };
        let named = match &self.database {
            Some(named) => Some(named.clone()),
            None => in_file()?,
        };
        let place = named.unwrap_or_else(|| DEFAULT.to_owned());
        if place.contains("://") && !is_postgres(&place) {
            let say =
                "the database is neither the path of a file nor begins with postgres://; see --database";
            return Err(Fault::Other(say.to_owned()));
        }
        Ok(place)
    }

    /// Opens books to change them. They are begun where there are none, and brought to the newest version.
    pub(crate) async fn open(&self) -> Result<Baton, Fault> {
        begin(&self.place()?).await
    }

    /// Opens books to change them, where they are there and of this version.
    pub(crate) async fn open_current(&self) -> Result<Baton, Fault> {
        let place = self.there()?;
        let db = opened(&place).await?;
        must_be_current(&db).await?;
        Ok(over(db))
    }

    /// Opens books of this version to read them, also beside a program that has them open.
    pub(crate) async fn look(&self) -> Result<Db, Fault> {
        let db = self.look_at_any().await?;
        must_be_current(&db).await?;
        Ok(db)
    }

    /// As [`Books::look`], for what asks the shop.
    pub(crate) async fn look_at_shop(&self) -> Result<Baton, Fault> {
        Ok(over(self.look().await?))
    }

    /// As [`Books::look`], whatever their version.
    pub(crate) async fn look_at_any(&self) -> Result<Db, Fault> {
        let place = self.there()?;
        Db::open_beside(&place).await.map_err(|error| unopened(&place, &error))
    }

    /// Where a file is to be, it must be there: a slip in its name must not begin other books.
    fn there(&self) -> Result<String, Fault> {
        let place = self.place()?;
        if !is_postgres(&place) && !Path::new(&place).is_file() {
            return Err(Fault::Other(format!(
                "there are no books at {place}; name them with --database, or begin them with {BEGINNERS}"
            )));
        }
        Ok(place)
    }
}

/// A file of settings.
pub(crate) fn settings<T: for<'d> Deserialize<'d>>(file: &Path) -> Result<T, Fault> {
    let name = file.display();
    let text = std::fs::read_to_string(file).map_err(|error| {
        Fault::Other(format!("{name} cannot be read: {}", connect::files::plain_words(&error)))
    })?;
    toml::from_str(&text).map_err(|error| Fault::Other(format!("{name}: {error}")))
}

/// Opens a database as it is.
pub(crate) async fn opened(place: &str) -> Result<Db, Fault> {
    Db::open(place).await.map_err(|error| unopened(place, &error))
}

fn over(db: Db) -> Baton {
    Baton::new(db, &flow::id::new("nod", now_ms()), clock())
}

async fn must_be_current(db: &Db) -> Result<(), Fault> {
    let (at, latest) = (migrations::reached(db).await?, migrations::latest());
    let say = match at {
        _ if at == latest => return Ok(()),
        0 => format!("the database holds no books yet; begin them with {BEGINNERS}"),
        _ if at < latest => format!(
            "the books are of step {at}, and this version of Baton works on step {latest}; run baton migrate first"
        ),
        _ => format!(
            "the books are of step {at}, and this version of Baton knows steps up to {latest}; use the newer version"
        ),
    };
    Err(Fault::Other(say))
}

fn unopened(place: &str, error: &DbError) -> Fault {
    // A URL may hold a password.
    let name = if is_postgres(place) { "the database" } else { place };
    if let DbError::Unavailable(why) = error
        && !is_postgres(place)
    {
        return Fault::Other(format!(
            "{why}: one program at a time writes to a file. Stop that one first, or do it through its HTTP API"
        ));
    }
    if let DbError::Unavailable(_) = error {
        let say = "the database server does not answer; check the address and the port, and that it runs";
        return Fault::Other(say.to_owned());
    }
    let why = match error {
        DbError::Unavailable(why) | DbError::NoRoom(why) | DbError::Broken(why) => why.clone(),
        other => other.to_string(),
    };
    Fault::Other(format!("{name} cannot be opened: {}", without_numbers(&why)))
}

/// Somebody at the command line, now.
pub(crate) fn call() -> Call {
    Call::new(Actor { id: Actor::baton().id, via: Via::Command }, now_ms())
}

/// The only real clock.
pub(crate) fn clock() -> Clock {
    Arc::new(now_ms)
}

pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Runs a command that waits for the books.
pub(crate) fn wait<T>(work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime
        .map_err(|error| Fault::Other(format!("the program cannot start its threads: {error}")))?
        .block_on(work)
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Fault {
        match refused {
            // Pointers into what was sent mean nothing here.
            Refused::Invalid(faults) => {
                Fault::Other(faults.into_iter().map(|fault| fault.say).collect::<Vec<_>>().join("\n"))
            }
            Refused::Database(error) => error.into(),
            other => Fault::Other(other.to_string()),
        }
    }
}

impl From<DbError> for Fault {
    fn from(error: DbError) -> Fault {
        Fault::Other(without_numbers(&error.to_string()))
    }
}

impl From<BackupError> for Fault {
    fn from(error: BackupError) -> Fault {
        Fault::Other(without_numbers(&error.to_string()))
    }
}
