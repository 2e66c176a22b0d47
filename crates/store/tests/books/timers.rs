//! A periodic task is done by one at a time, whatever the clocks say.

use crate::place::{must, on_both};
use store::db::Db;
use store::timers::{self, Candidate, End};

const LEASE_MS: i64 = 100;
const HOUR_MS: i64 = 3_600_000;

async fn keep(db: &Db, every_ms: i64, first_ms: i64) {
    must(db, move |tx| Box::pin(async move { timers::keep(tx, "check", every_ms, first_ms).await })).await;
}

async fn take(db: &Db, owner: &'static str, now_ms: i64) -> Option<i64> {
    let candidate = Candidate { owner, now_ms, lease_ms: LEASE_MS };
    must(db, move |tx| {
        Box::pin(async move {
            let is_due = timers::is_due(tx, "check", candidate).await?;
            let taken = timers::take(tx, "check", candidate).await?;
            assert_eq!(is_due, taken.is_some(), "a look says the same");
            Ok(taken)
        })
    })
    .await
}

async fn done(db: &Db, fence: i64, at_ms: i64, error: Option<&'static str>) -> bool {
    let end = End { at_ms, next_at_ms: at_ms + HOUR_MS, error };
    must(db, move |tx| Box::pin(async move { timers::done(tx, "check", fence, end).await })).await
}

#[test]
fn a_task_is_done_by_one_and_again_when_its_time_comes() {
    on_both(|db| async move {
        keep(&db, HOUR_MS, 10).await;
        keep(&db, HOUR_MS, 999).await;
        assert_eq!(take(&db, "a", 9).await, None, "too early");
        let fence = take(&db, "a", 10).await.expect("it is due");
        assert_eq!(take(&db, "b", 11).await, None, "a does it");
        assert!(done(&db, fence, 20, None).await);
        assert!(!done(&db, fence, 20, None).await, "said twice");
        assert_eq!(take(&db, "b", 20 + HOUR_MS - 1).await, None);
        assert!(take(&db, "b", 20 + HOUR_MS).await.is_some());
    });
}

#[test]
fn a_task_of_a_node_that_stopped_is_taken_over() {
    on_both(|db| async move {
        keep(&db, HOUR_MS, 10).await;
        let stopped = take(&db, "a", 10).await.expect("it is due");
        let taken_over = take(&db, "b", 10 + LEASE_MS).await.expect("a did not come back");
        assert!(!done(&db, stopped, 200, None).await, "what the stopped one says no longer counts");
        assert!(done(&db, taken_over, 210, Some("no network")).await);
        let list = db.read(|tx| Box::pin(async move { timers::list(tx).await })).await.unwrap();
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].last_done_at_ms, list[0].last_error.as_deref()), (None, Some("no network")));
    });
}

#[test]
fn a_clock_that_was_far_ahead_does_not_silence_a_task() {
    on_both(|db| async move {
        keep(&db, HOUR_MS, 10).await;
        let year_ahead = 366 * 24 * HOUR_MS;
        let fence = take(&db, "a", year_ahead).await.expect("it is due");
        assert!(take(&db, "b", 20).await.is_some(), "the lease lies in the far future");
        assert!(!done(&db, fence, year_ahead, None).await);
        let fence = take(&db, "a", year_ahead).await.expect("it is due");
        assert!(done(&db, fence, year_ahead, None).await);
        assert!(take(&db, "b", 30).await.is_some(), "the next time lies in the far future");
    });
}

#[test]
fn a_task_takes_on_a_new_pace() {
    on_both(|db| async move {
        keep(&db, HOUR_MS, HOUR_MS).await;
        assert_eq!(take(&db, "a", 50).await, None);
        keep(&db, 20, 40).await;
        assert!(take(&db, "a", 50).await.is_some());
    });
}
