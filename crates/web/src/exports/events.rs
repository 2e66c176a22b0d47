//! The log: everything that happened, and who did it.

use super::lines::{Lines, PAGE, table};
use super::time;
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::events::Wanted;
use crate::json::Query;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;
use store::db::{Db, DbError};
use store::events::{self, Event, Search};

const EVENTS: [&str; 8] = ["number", "at", "actor", "via", "kind", "subject", "order_id", "facts"];

/// What happened as a table, the newest first, narrowed as the list is. At most 1,000,000 rows.
#[utoipa::path(get, path = "/v1/events.csv", params(Wanted),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(super) async fn export_events(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Answer<Response> {
    caller.must_reach_all()?;
    let (db, search) = (app.db.clone(), Arc::new(Search::from(wanted)));
    Ok(table(("events.csv", &EVENTS), move |lines| async move { write(&db, search, lines).await }))
}

async fn write(db: &Db, search: Arc<Search>, mut lines: Lines) -> Result<Lines, DbError> {
    let mut before = i64::MAX;
    loop {
        let search = Arc::clone(&search);
        let found = db.read::<_, DbError>(move |tx| {
            let search = Arc::clone(&search);
            Box::pin(async move { events::search(tx, &search, (before, PAGE)).await })
        });
        let (page, looked_down_to) = found.await?;
        page.iter().for_each(|event| each(&mut lines, event));
        if lines.is_full() || !lines.flush().await {
            return Ok(lines);
        }
        // A page that is not full was looked for further down than its last row.
        let is_whole = i64::try_from(page.len()).unwrap_or(PAGE) < PAGE;
        before = match (page.last(), looked_down_to) {
            (Some(last), _) if !is_whole => last.number,
            (_, Some(floor)) => floor,
            _ => return Ok(lines),
        };
    }
}

fn each(lines: &mut Lines, event: &Event) {
    let (number, at) = (event.number.to_string(), time(event.at_ms));
    let order = event.order_id.as_deref().unwrap_or_default();
    lines.row(&[&number, &at, &event.actor, &event.via, &event.kind, &event.subject, order, &event.facts]);
}
