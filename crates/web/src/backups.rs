//! Backups: which there are, making one, proving one, and taking one away.
//!
//! Owns: who may, and how they look on the wire. Refuses to know: where they lie; a name is looked for in the one folder of
//! backups, and never becomes a path.

mod download;

use crate::answer::{Accepted, Answer};
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::policy::{MANAGERS, OWNERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use flow::backups::{Ask, Backups, Deed, Form, Listed, Shown, Work, ask, is_late, listed, tell_download};
use flow::people::Scope;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) use download::Downloads;

pub(crate) fn routes() -> Routes {
    let read = Policy::of(MANAGERS, Scope::BackupsRead);
    let make = Policy::of(OWNERS, Scope::BackupsWrite);
    // All books leave the house with it.
    let take = Policy::of(OWNERS, Scope::BackupsRead).that_gives_access();
    Routes::tagged("backups")
        .add(read, routes!(list_backups))
        .add(make, routes!(make_backup))
        .add(make, routes!(verify_backup))
        .add(take, routes!(download_backup))
}

/// Something that was done with a backup.
#[derive(Serialize, ToSchema)]
struct BackupDeed {
    at: i64,
    /// `usr_…`, `tok_…`, or `baton` for the daily one.
    by: String,
    /// Null: a program, or somebody who is not in the books.
    by_name: Option<String>,
    /// Why it came to nothing; null: it did not.
    failed: Option<String>,
}

impl From<Deed> for BackupDeed {
    fn from(deed: Deed) -> BackupDeed {
        BackupDeed { at: deed.at_ms, by: deed.by, by_name: deed.by_name, failed: deed.failed }
    }
}

/// A backup in the folder.
#[derive(Serialize, ToSchema)]
struct Backup {
    #[schema(example = "baton-20261127T114409Z-1c9f3a.sqlite")]
    name: String,
    /// `file`: of SQLite, with its manifest; `text`: lines of JSON, which either database takes in.
    form: &'static str,
    bytes: u64,
    made_at: i64,
    /// The newest step of the schema in it.
    schema: i64,
    /// The version of Baton that made it; null: the log does not know.
    program: Option<String>,
    /// Null: by `baton backup`, which writes nothing into the log, or in books that were replaced since.
    made: Option<BackupDeed>,
    /// When it was proved last, and what came of it; null: the log does not know.
    verified: Option<BackupDeed>,
    /// Whether nothing bad is known of it. Each was proved before it got its name.
    is_good: bool,
    /// What puts it back, while the program is stopped.
    restore: String,
}

/// What is being done.
#[derive(Serialize, ToSchema)]
struct BackupWork {
    /// The backup that is proved; null: one is made.
    verifies: Option<String>,
    asked_at: i64,
    /// Why the try before failed.
    last_error: Option<String>,
}

/// How it stands with backups.
#[derive(Serialize, ToSchema)]
struct BackupList {
    /// Where they lie.
    folder: String,
    /// So many of those that the program made stay; 0: all.
    kept: usize,
    /// One is made by itself every day.
    is_daily: bool,
    /// When the last good one was made; null: there is none.
    last_good_at: Option<i64>,
    /// The last good one is older than a day, or there is none.
    is_late: bool,
    under_way: Option<BackupWork>,
    /// Why the last try came to nothing, where none succeeded since.
    failure: Option<BackupDeed>,
    /// How many there are; the newest 50 are listed.
    all: usize,
    /// The newest first.
    items: Vec<Backup>,
}

fn shown(backups: &Backups, shown: Shown) -> Backup {
    let is_good = shown.is_good();
    let Shown { kept, made, proved } = shown;
    Backup {
        restore: backups.restore_command(&kept),
        form: match kept.form {
            Form::File => "file",
            Form::Text => "text",
        },
        program: made.as_ref().and_then(|made| made.program.clone()),
        made: made.map(BackupDeed::from),
        verified: proved.map(BackupDeed::from),
        is_good,
        name: kept.name,
        bytes: kept.bytes,
        made_at: kept.made_at_ms,
        schema: kept.schema,
    }
}

fn of(app: &App) -> Answer<&Arc<Backups>> {
    app.settings.backups.as_ref().ok_or_else(|| {
        let detail = "no backups are made of these books: a demo can be made again at any time";
        Problem::new(StatusCode::CONFLICT, "no_backups", detail)
    })
}

/// Lists the backups in the folder, and tells how it stands with them.
#[utoipa::path(get, path = "/v1/backups", responses((status = 200, body = BackupList)))]
async fn list_backups(State(app): State<App>, caller: Caller) -> Answer<Json<BackupList>> {
    caller.must_reach_all()?;
    let backups = of(&app)?;
    let Listed { items, all, last_good_ms, work, failure } = listed(&app.db, backups).await?;
    Ok(Json(BackupList {
        folder: std::path::absolute(&backups.folder)
            .unwrap_or_else(|_| backups.folder.clone())
            .display()
            .to_string(),
        kept: backups.kept,
        is_daily: backups.is_daily,
        last_good_at: last_good_ms,
        is_late: is_late(last_good_ms, app.now_ms()),
        under_way: work.map(|Work { verifies, asked_at_ms, last_error }| BackupWork {
            verifies,
            asked_at: asked_at_ms,
            last_error,
        }),
        failure: failure.map(BackupDeed::from),
        all,
        items: items.into_iter().map(|item| shown(backups, item)).collect(),
    }))
}

/// What was put down to be done.
#[derive(Serialize, ToSchema)]
struct BackupAsked {
    /// The job that does it.
    job: String,
}

async fn asked(app: &App, caller: &Caller, what: Ask) -> Answer<Accepted<BackupAsked>> {
    caller.must_reach_all()?;
    let job = ask(&app.db, &caller.call, of(app)?, what).await?;
    Ok(Accepted { location: "/v1/backups".to_owned(), body: BackupAsked { job: job.id } })
}

/// Makes a backup, beside everything else. It is proved before it is there.
///
/// One is made or proved at a time: else 409 `backup_under_way`. `GET /v1/backups` tells how far it is.
#[utoipa::path(post, path = "/v1/backups", responses((status = 202, body = BackupAsked)))]
async fn make_backup(State(app): State<App>, caller: Caller) -> Answer<Accepted<BackupAsked>> {
    asked(&app, &caller, Ask::Make).await
}

/// Proves a backup again: every byte is read and compared with what was written.
#[utoipa::path(
    post, path = "/v1/backups/{name}/verify", params(("name" = String, Path)),
    responses((status = 202, body = BackupAsked))
)]
async fn verify_backup(
    State(app): State<App>,
    caller: Caller,
    Path(name): Path<String>,
) -> Answer<Accepted<BackupAsked>> {
    asked(&app, &caller, Ask::Verify(name)).await
}

/// The backup itself, with all that it holds: names and addresses of customers, passwords as hashes.
///
/// A file of SQLite comes with its manifest, both in one ZIP; unpack it, then `baton restore`. A text comes as it is.
#[utoipa::path(
    get, path = "/v1/backups/{name}/file", params(("name" = String, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"))
)]
async fn download_backup(
    State(app): State<App>,
    method: Method,
    caller: Caller,
    Path(name): Path<String>,
) -> Answer<Response> {
    caller.must_reach_all()?;
    let backups = Arc::clone(of(&app)?);
    let folder = Arc::clone(&backups);
    let found = tokio::task::spawn_blocking(move || folder.find(&name)).await;
    let kept = found.ok().flatten().ok_or_else(|| Problem::of_status(StatusCode::NOT_FOUND))?;
    if method == Method::HEAD {
        return Ok(download::told_only(&kept));
    }
    let room = app.downloads.room()?;
    // First the log, then the bytes: none leaves unseen.
    tell_download(&app.db, &caller.call, &kept).await.map_err(flow::Refused::from)?;
    Ok(download::sent(backups.path(&kept), &kept, room))
}
