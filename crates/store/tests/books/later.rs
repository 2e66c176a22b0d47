//! What waits for the end of a transaction is all kept or none of it, and is found by whoever reads it before the end.

use crate::place::{on_both, server_database};
use crate::stock::{entry, shelf};
use futures_util::FutureExt;
use std::pin::pin;
use std::time::Duration;
use store::db::{Db, DbError, Dialect};
use store::events::{self, NewEvent};
use store::stock::{self, Shelf};
use store::{Tx, ledger, orders, setup};
use tokio::time::sleep;

/// An event and promises of these shelves, each of so many units.
async fn promise(db: &Db, wanted: Vec<(Shelf, i64)>, reads_between: bool) -> Result<(), DbError> {
    db.write(move |tx| {
        let wanted = wanted.clone();
        Box::pin(async move {
            tell(tx, "promise").await?;
            for (shelf, units) in wanted {
                stock::commit(tx, shelf, units, &entry("ord_1")).await?;
                if reads_between {
                    // Whoever reads a shelf finds what was promised of it a moment ago.
                    let seen = stock::units(tx, shelf).await?.unwrap();
                    let lines = ledger::newest(tx, shelf, i64::MAX, 10).await?;
                    assert_eq!(lines.iter().map(|line| line.by.committed).sum::<i64>(), seen.committed);
                    assert!(seen.committed >= units);
                }
            }
            Ok(())
        })
    })
    .await
}

async fn tell(tx: &mut Tx, subject: &str) -> Result<(), DbError> {
    let event =
        NewEvent { at_ms: 1, actor: "tests", via: "api", kind: "told", subject, order_id: None, facts: "{}" };
    events::append(tx, &event).await
}

/// Promised of a shelf, its entries, and how many events there are.
async fn kept(db: &Db, shelf: Shelf) -> (i64, usize, usize) {
    db.read(move |tx| {
        Box::pin(async move {
            let committed = stock::units(tx, shelf).await?.unwrap().committed;
            let entries = ledger::newest(tx, shelf, i64::MAX, 100).await?.len();
            Ok::<_, DbError>((committed, entries, events::newest(tx, i64::MAX, 100).await?.len()))
        })
    })
    .await
    .unwrap()
}

#[test]
fn of_promises_of_which_one_cannot_be_made_none_is_kept() {
    on_both(|db| async move {
        let (plenty, single) = (shelf(&db, "plenty", 10).await, shelf(&db, "single", 1).await);
        for reads_between in [false, true] {
            let refused = promise(&db, vec![(plenty, 2), (single, 2)], reads_between).await;
            assert_eq!(refused, Err(DbError::Unmet));
            assert_eq!((kept(&db, plenty).await, kept(&db, single).await), ((0, 1, 0), (0, 1, 0)));
        }
        for (reads_between, times) in [(false, 1), (true, 2)] {
            assert_eq!(promise(&db, vec![(plenty, 2)], reads_between).await, Ok(()));
            assert_eq!(kept(&db, plenty).await, (2 * times as i64, 1 + times, times));
        }
    });
}

/// A row is changed once in a statement: these are two.
#[test]
fn one_shelf_is_promised_twice_in_a_transaction() {
    on_both(|db| async move {
        let shelf = shelf(&db, "twice", 5).await;
        assert_eq!(promise(&db, vec![(shelf, 2), (shelf, 3)], false).await, Ok(()));
        assert_eq!(kept(&db, shelf).await, (5, 3, 1));
        assert_eq!(promise(&db, vec![(shelf, 1)], false).await, Err(DbError::Unmet));
    });
}

#[test]
fn who_overhears_that_something_failed_is_told_so_at_the_end() {
    on_both(|db| async move {
        let shelf = shelf(&db, "overheard", 1).await;
        let deaf = db.write(move |tx| {
            Box::pin(async move {
                tell(tx, "deaf").await?;
                let _ = stock::commit(tx, shelf, 2, &entry("ord_1")).await;
                let _ = stock::units(tx, shelf).await;
                Ok::<_, DbError>(())
            })
        });
        // In a file only the promise is refused, and it has left nothing behind.
        let is_kept = deaf.await == Ok(());
        assert_eq!(is_kept, db.dialect() == Dialect::Sqlite);
        assert_eq!(kept(&db, shelf).await, (0, 1, usize::from(is_kept)));
    });
}

/// Begins something, and drops it while the server answers for the first time.
async fn begin_and_give_up<T>(work: impl Future<Output = Result<T, DbError>>) {
    let mut work = pin!(work);
    let _ = work.as_mut().now_or_never();
    sleep(Duration::from_millis(1)).await;
}

/// Whoever gives up while a transaction is begun leaves none behind: what came after would be in it, and lost with it.
#[test]
fn whoever_gives_up_in_the_middle_leaves_the_connections_sound() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let Some(database) = server_database().await else { return };
        let db = Db::open(&database.place).await.unwrap();
        store::migrations::migrate(&db, 0).await.unwrap();
        for _ in 0..30 {
            begin_and_give_up(db.write(|tx| Box::pin(setup::move_on(tx, -1)))).await;
            begin_and_give_up(db.read(|tx| Box::pin(setup::version(tx)))).await;
        }
        for told in 0..32 {
            assert_eq!(db.write(|tx| Box::pin(tell(tx, "x"))).await, Ok(()));
            let admin = sqlx::PgPool::connect(&database.place).await.unwrap();
            let count = "select count(*) from events where kind = 'told'";
            let seen: i64 = sqlx::query_scalar(count).fetch_one(&admin).await.unwrap();
            assert_eq!(seen, told + 1, "what is confirmed is there for everybody");
            admin.close().await;
        }
        db.close().await;
        database.remove().await;
    });
}

/// More rows of a table than one statement takes.
#[test]
fn many_rows_are_all_written() {
    on_both(|db| async move {
        let shelf = shelf(&db, "many", 1).await;
        let tell_many = db.write(|tx| {
            Box::pin(async move {
                for subject in 0..50 {
                    tell(tx, &subject.to_string()).await?;
                }
                Ok::<_, DbError>(())
            })
        });
        assert_eq!(tell_many.await, Ok(()));
        assert_eq!(kept(&db, shelf).await.2, 50);
    });
}

#[test]
fn what_was_read_in_another_version_of_the_setup_is_not_kept() {
    on_both(|db| async move {
        let write = |version: i64| {
            db.write(move |tx| {
                Box::pin(async move {
                    setup::must_be_of(tx, version).await?;
                    tell(tx, "x").await
                })
            })
        };
        let version = db.read(|tx| Box::pin(setup::version(tx))).await.unwrap();
        assert_eq!(write(version + 1).await, Err(DbError::Unmet));
        assert_eq!(write(version).await, Ok(()));
        let told = db.read(|tx| Box::pin(events::newest(tx, i64::MAX, 10))).await.unwrap();
        assert_eq!(told.len(), 1);
    });
}

#[test]
fn who_only_reads_changes_nothing() {
    on_both(|db| async move {
        let tried = db.read(|tx| Box::pin(tell(tx, "x"))).await;
        assert!(tried.is_err(), "{tried:?}");
        let tried = db.look(|tx| Box::pin(setup::move_on(tx, 1))).await;
        assert!(tried.is_err(), "{tried:?}");
        let tried =
            db.look(|tx| Box::pin(async move { orders::begin(tx, "ord_1", 1).await.map(drop) })).await;
        assert!(tried.is_err(), "{tried:?}");
    });
}
