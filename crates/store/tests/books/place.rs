//! Databases made for one test each.

use std::future::Future;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use store::db::{Db, DbError};
use store::migrations::migrate;
use tempfile::TempDir;

/// Names a server for tests: `postgres://user@127.0.0.1:5432/postgres`.
const SERVER: &str = "BATON_TEST_POSTGRES";
/// Set to `1`, the absence of a server is an error and not a reason to skip.
const REQUIRED: &str = "BATON_REQUIRE_POSTGRES";
static MADE: AtomicU32 = AtomicU32::new(0);

/// Runs a test on an empty database of each kind.
pub(crate) fn on_both<F: Future<Output = ()>>(test: impl Fn(Db) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        let file = scratch();
        let db = Db::open(&file.display().to_string()).await.unwrap();
        migrate(&db, 0).await.unwrap();
        test(db.clone()).await;
        db.close().await;
        drop(file);
        let Some(database) = server_database().await else { return };
        let db = Db::open(&database.place).await.unwrap();
        migrate(&db, 0).await.unwrap();
        test(db.clone()).await;
        db.close().await;
        database.remove().await;
    });
}

/// The path of a file that is not there yet, in a folder of its own; the folder is gone with this value.
pub(crate) struct Scratch {
    file: PathBuf,
    _folder: TempDir,
}

impl Deref for Scratch {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.file
    }
}

pub(crate) fn scratch() -> Scratch {
    scratch_in(&std::env::temp_dir())
}

pub(crate) fn scratch_in(folder: &Path) -> Scratch {
    let folder = TempDir::new_in(folder).unwrap();
    Scratch { file: folder.path().join("books.sqlite"), _folder: folder }
}

/// A database of its own on a server.
pub(crate) struct ServerDatabase {
    pub(crate) place: String,
    name: String,
    admin: sqlx::PgPool,
}

/// An empty one; `None`: there is no server, and the test goes without.
pub(crate) async fn server_database() -> Option<ServerDatabase> {
    let Ok(server) = std::env::var(SERVER) else {
        let is_required = std::env::var(REQUIRED).is_ok_and(|value| value == "1");
        assert!(!is_required, "{REQUIRED}=1, and {SERVER} names no server");
        eprintln!("{SERVER} names no server: PostgreSQL is not tested");
        return None;
    };
    let name = format!("baton_test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let admin = sqlx::PgPool::connect(&server).await.unwrap();
    // A test that was killed may have left one of this name.
    run(&admin, format!("drop database if exists {name} with (force)")).await;
    run(&admin, format!("create database {name}")).await;
    let (host, _) = server.rsplit_once('/').unwrap();
    Some(ServerDatabase { place: format!("{host}/{name}"), name, admin })
}

impl ServerDatabase {
    pub(crate) async fn remove(self) {
        run(&self.admin, format!("drop database {} with (force)", self.name)).await;
    }
}

async fn run(admin: &sqlx::PgPool, sql: String) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(admin).await.unwrap();
}

/// A write that never fails.
pub(crate) async fn must<T: Send + 'static>(db: &Db, work: impl store::db::Work<T, DbError>) -> T {
    db.write(work).await.unwrap()
}
