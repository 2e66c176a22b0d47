//! How busy the dispatches of a place are, with two that fill them at the same moment.

use crate::place::{must, server_database};
use model::LocationKind;
use std::sync::Arc;
use store::db::{Db, DbError};
use store::decisions::{LoadRow, load_more, load_of_day};
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
        let mut seen = Vec::new();
        for windows in [[0, 1], [1, 2]] {
            let day = DAY + windows[0];
            let both = Arc::new(Barrier::new(2));
            let hands = windows.map(|window| {
                let load = LoadRow { location: place, day, window, parcels: 1 };
                tokio::spawn(fill(db.clone(), load, Arc::clone(&both)))
            });
            let mut loads = Vec::new();
            for hand in hands {
                loads.push(hand.await.unwrap().unwrap());
            }
            loads.sort_unstable();
            seen.push(loads);
        }
        assert_eq!(seen, [[1, 2], [1, 2]]);
        db.close().await;
        database.remove().await;
    });
}

/// Adds to a window, waits until the other has added to his, and asks for the whole day.
async fn fill(db: Db, load: LoadRow, both: Arc<Barrier>) -> Result<i64, DbError> {
    db.write(move |tx| {
        let both = Arc::clone(&both);
        Box::pin(async move {
            load_more(tx, &load).await?;
            both.wait().await;
            load_of_day(tx, load.location, load.day).await
        })
    })
    .await
}
