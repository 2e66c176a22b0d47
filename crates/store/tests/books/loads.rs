//! How busy the dispatches of a place are, with two that fill them at the same moment.

use crate::place::{must, server_database};
use model::LocationKind;
use std::sync::Arc;
use std::time::Duration;
use store::db::{Db, DbError};
use store::decisions::{LoadRow, Room, load_more, loads};
use store::places::add_location;
use tokio::sync::Barrier;

const DAY: i64 = 20_781;

/// On a file there is one writer: nobody meets.
#[test]
fn of_two_that_fill_two_windows_of_a_day_at_once_the_second_sees_the_first() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let Some(database) = server_database().await else { return };
        let db = Db::open(&database.place).await.unwrap();
        store::migrations::migrate(&db, 0).await.unwrap();
        let place = must(&db, |tx| {
            Box::pin(async move { add_location(tx, "mall", "mall", LocationKind::Store).await })
        })
        .await;
        let both = Arc::new(Barrier::new(2));
        let hands = [(0, true), (1, false)].map(|(window, is_first)| {
            let load = LoadRow { location: place, day: DAY, window, parcels: 1 };
            tokio::spawn(fill(db.clone(), load, (Arc::clone(&both), is_first)))
        });
        let mut filled = Vec::new();
        for hand in hands {
            filled.push(hand.await.unwrap());
        }
        assert_eq!(filled, [Ok(()), Err(DbError::Unmet)]);
        db.close().await;
        database.remove().await;
    });
}

/// Adds to a window of a day that has room for one: the first stays in its transaction while the second comes.
async fn fill(db: Db, load: LoadRow, (both, is_first): (Arc<Barrier>, bool)) -> Result<(), DbError> {
    db.write(move |tx| {
        let both = Arc::clone(&both);
        Box::pin(async move {
            if !is_first {
                both.wait().await;
            }
            load_more(tx, &load, Room { in_day: 1, ..Room::ANY }).await?;
            if is_first {
                // What waits is written before its table is read.
                loads(tx, DAY).await?;
                both.wait().await;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Ok(())
        })
    })
    .await
}
