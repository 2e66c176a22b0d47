//! A write is all or nothing, alone or in a group; statements are sound on both databases.

use crate::place::{must, on_both, scratch, server_database};
use futures_util::FutureExt;
use model::LocationKind;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::db::{Db, DbError};
use store::events::{self, NewEvent};
use store::places::{add_location, location};
use tokio::sync::{Notify, watch};

#[test]
fn a_write_that_fails_leaves_nothing_and_takes_nobody_with_it() {
    on_both(|db| async move {
        let add = |code: &'static str, fails: bool| {
            db.write(move |tx| {
                Box::pin(async move {
                    add_location(tx, code, code, LocationKind::Store).await?;
                    if fails { Err(DbError::Refused("on purpose".into())) } else { Ok(()) }
                })
            })
        };
        let (good, bad, other) = tokio::join!(add("good", false), add("bad", true), add("other", false));
        assert_eq!((good, other), (Ok(()), Ok(())));
        assert_eq!(bad, Err(DbError::Refused("on purpose".into())));
        let found = |code: &'static str| {
            db.read(move |tx| Box::pin(async move { Ok::<_, DbError>(location(tx, code).await?.is_some()) }))
        };
        assert_eq!((found("good").await, found("bad").await), (Ok(true), Ok(false)));
        let again = add("good", false).await;
        assert!(matches!(again, Err(DbError::Duplicate(_))), "{again:?}");
    });
}

#[test]
fn a_read_cannot_write() {
    on_both(|db| async move {
        let tried = db
            .read(|tx| Box::pin(async move { add_location(tx, "x", "x", LocationKind::Store).await }))
            .await;
        assert!(tried.is_err());
    });
}

#[test]
fn work_that_panics_fails_alone() {
    on_both(|db| async move {
        let task = {
            let db = db.clone();
            tokio::spawn(async move {
                db.write::<(), DbError>(|_| Box::pin(async { panic!("on purpose") })).await
            })
        };
        assert!(
            task.await.is_err_and(|error| error.is_panic()) || db.dialect() == store::db::Dialect::Sqlite
        );
        must(&db, |tx| {
            Box::pin(async move { add_location(tx, "after", "after", LocationKind::Store).await.map(drop) })
        })
        .await;
    });
}

/// A neighbour that is refused makes a whole group run again.
#[test]
fn what_panics_when_it_runs_again_is_not_said_to_be_written() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let file = scratch();
        let db = Db::open(&file.display().to_string()).await.unwrap();
        store::migrations::migrate(&db, 0).await.unwrap();
        let ((go, gate), runs) = (watch::channel(false), Arc::new(AtomicU32::new(0)));
        let begun = Arc::new(Notify::new());
        let begins = Arc::clone(&begun);
        let mut first = pin!(db.write::<_, DbError>(move |_| {
            let mut gate = gate.clone();
            begins.notify_one();
            Box::pin(async move {
                gate.wait_for(|is_open| *is_open).await.unwrap();
                Ok(())
            })
        }));
        let counted = Arc::clone(&runs);
        let mut second_time_panics = pin!(db.write::<_, DbError>(move |tx| {
            let is_first = counted.fetch_add(1, Ordering::SeqCst) == 0;
            Box::pin(async move {
                let added = add_location(tx, "mall", "Mall", LocationKind::Store).await;
                assert!(is_first, "it runs again");
                added.map(drop)
            })
        }));
        let mut refused =
            pin!(db.write::<(), _>(|_| { Box::pin(async move { Err(DbError::Refused("no".into())) }) }));
        // The two that come while the first is under way become one group.
        assert_eq!(first.as_mut().now_or_never(), None);
        begun.notified().await;
        assert_eq!(second_time_panics.as_mut().now_or_never(), None);
        assert_eq!(refused.as_mut().now_or_never(), None);
        go.send(true).unwrap();
        assert_eq!(first.await, Ok(()));
        assert!(second_time_panics.await.is_err());
        assert_eq!(refused.await, Err(DbError::Refused("no".into())));
        assert_eq!(runs.load(Ordering::SeqCst), 2);
        let found = db.read(|tx| Box::pin(async move { location(tx, "mall").await })).await;
        assert_eq!(found, Ok(None));
        db.clone().close().await;
    });
}

#[test]
fn a_file_is_open_in_one_process_at_a_time() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let file = scratch();
        let place = file.display().to_string();
        let first = Db::open(&place).await.unwrap();
        let second = Db::open(&place).await.err();
        assert!(matches!(second, Some(DbError::Unavailable(_))), "{second:?}");
        first.close().await;
        Db::open(&place).await.unwrap().close().await;
    });
}

#[test]
fn the_schema_comes_up_once() {
    on_both(|db| async move {
        assert_eq!(store::migrations::migrate(&db, 1).await, Ok(0));
        let both = tokio::join!(store::migrations::migrate(&db, 2), store::migrations::migrate(&db, 3));
        assert_eq!(both, (Ok(0), Ok(0)));
    });
}

/// Writes a location's name, as soon as nobody else holds its row.
const RENAME: &str = "update locations set name = $1 where code = 'mall'";

#[test]
fn a_lock_that_is_not_let_go_in_time_may_be_asked_for_later() {
    on_server(|db, place| async move {
        let server = sqlx::PgPool::connect(&place).await.unwrap();
        let mut holder = server.begin().await.unwrap();
        sqlx::query("update locations set name = 'held'").execute(&mut *holder).await.unwrap();
        let rename = || {
            db.write(|tx| {
                Box::pin(async move {
                    tx.execute("set local lock_timeout = '50ms'", &[]).await?;
                    tx.execute(RENAME, &["renamed".into()]).await
                })
            })
        };
        let written: Result<u64, DbError> = rename().await;
        assert!(matches!(written, Err(DbError::Unavailable(_))), "{written:?}");
        holder.rollback().await.unwrap();
        assert_eq!(rename().await, Ok(1));
    });
}

#[test]
fn a_transaction_that_idles_too_long_may_be_tried_again_later() {
    on_server(|db, _| async move {
        let written = db.write(|tx| {
            Box::pin(async move {
                tx.execute("set local idle_in_transaction_session_timeout = '20ms'", &[]).await?;
                tokio::time::sleep(std::time::Duration::from_millis(300)).await;
                tx.execute(RENAME, &["renamed".into()]).await
            })
        });
        let written: Result<u64, DbError> = written.await;
        assert!(matches!(written, Err(DbError::Unavailable(_))), "{written:?}");
    });
}

/// Runs a test on a server, with a location; only there do two write at the same time.
fn on_server<F: Future<Output = ()>>(test: impl Fn(Db, String) -> F) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let Some(database) = server_database().await else { return };
        let db = Db::open(&database.place).await.unwrap();
        store::migrations::migrate(&db, 0).await.unwrap();
        must(&db, |tx| {
            Box::pin(async move { add_location(tx, "mall", "mall", LocationKind::Store).await.map(drop) })
        })
        .await;
        test(db.clone(), database.place.clone()).await;
        db.close().await;
        database.remove().await;
    });
}

const LITTLE_ROOM: &str = "pragma max_page_count = 400";
const ROOM: &str = "pragma max_page_count = 100000";

async fn give_room(db: &Db, pragma: &'static str) {
    must(db, move |tx| Box::pin(async move { tx.rows(pragma, &[]).await.map(drop) })).await;
}

/// An event with so many bytes of facts.
async fn tell(db: &Db, subject: &'static str, bytes: usize) -> Result<(), DbError> {
    db.write(move |tx| {
        Box::pin(async move {
            let facts = "x".repeat(bytes);
            let [actor, via, kind] = ["tests", "api", "told"];
            let event = NewEvent { at_ms: 1, actor, via, kind, subject, order_id: None, facts: &facts };
            events::append(tx, &event).await
        })
    })
    .await
}

#[test]
fn where_the_disk_is_full_nothing_is_half_written_and_with_room_all_goes_on() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let file = scratch();
        let db = Db::open(&file.display().to_string()).await.unwrap();
        store::migrations::migrate(&db, 0).await.unwrap();
        give_room(&db, LITTLE_ROOM).await;
        let mut told = 0;
        let refused = loop {
            // One that fits beside one that does not, most often in one group.
            let (small, large) = tokio::join!(tell(&db, "small", 10), tell(&db, "large", 200_000));
            told += usize::from(small.is_ok()) + usize::from(large.is_ok());
            assert!(told < 100, "there is no end of room");
            if let Err(error) = large {
                break error;
            }
        };
        assert!(matches!(refused, DbError::NoRoom(_)), "{refused:?}");
        assert!(told > 0);
        let kept = || db.read(|tx| Box::pin(events::newest(tx, i64::MAX, 1_000)));
        assert_eq!(kept().await.unwrap().len(), told);
        give_room(&db, ROOM).await;
        assert_eq!(tell(&db, "large", 200_000).await, Ok(()));
        assert_eq!(kept().await.unwrap().len(), told + 1);
        db.close().await;
    });
}
