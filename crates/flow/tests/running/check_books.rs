//! The hourly look finds what is not sound and says it in words.

use crate::Hands;
use crate::place::{must, on_both};
use flow::check_books::{check_books, timer};
use flow::timers::{keep, once};
use model::LocationKind;
use store::db::Db;
use store::events::{NewEvent, append, seal};
use store::places::{add_location, add_product};
use store::stock::{self, Entry, Movement, Shelf};

async fn tell_and_seal(db: &Db) {
    must(db, |tx| {
        Box::pin(async move {
            for _ in 0..3 {
                let event = NewEvent {
                    at_ms: 1,
                    actor: "usr_1",
                    via: "page",
                    kind: "order.taken",
                    subject: "ord_1",
                    order_id: None,
                    facts: "{}",
                };
                append(tx, &event).await?;
            }
            seal(tx, 10).await.map(drop)
        })
    })
    .await;
}

#[test]
fn an_event_that_was_changed_is_found_by_the_hourly_look() {
    on_both(|db| async move {
        tell_and_seal(&db).await;
        let sound = check_books(&db).await.unwrap();
        assert!(sound.are_none() && sound.head.place == 3, "{sound:?}");
        must(&db, |tx| {
            Box::pin(async move {
                tx.execute("update events set actor = 'usr_2' where place = 2", &[]).await.map(drop)
            })
        })
        .await;
        let node = Hands::default().node(&db, "a");
        keep(&node, &timer()).await.unwrap();
        assert_eq!(once(&node, &timer()).await, Ok(true));
        let list = db.read(|tx| Box::pin(async move { store::timers::list(tx).await })).await.unwrap();
        let said = "event 2 of the log was changed after it was written";
        assert_eq!(list[0].last_error.as_deref(), Some(said));
    });
}

/// A promise of which no order knows is found while the program runs, not when somebody misses the unit.
#[test]
fn c11_a_promise_that_nobody_made_is_found_by_the_hourly_look() {
    on_both(|db| async move {
        let entry =
            Entry { at_ms: 1, actor: "a".into(), reason: "r".into(), document: "d".into(), source: None };
        must(&db, move |tx| {
            let entry = entry.clone();
            Box::pin(async move {
                let location = add_location(tx, "mall", "Mall", LocationKind::Store).await?;
                let shelf = Shelf { product: add_product(tx, "MUG", "").await?, location };
                stock::open(tx, shelf).await?;
                let received = Movement::Receive { units: 5, expected: 0 };
                stock::change(tx, shelf, received, &entry).await.map(drop)
            })
        })
        .await;
        let node = Hands::default().node(&db, "a");
        keep(&node, &timer()).await.unwrap();
        assert!(check_books(&db).await.unwrap().are_none());
        must(&db, |tx| {
            Box::pin(async move { tx.execute("update stock set committed = 1", &[]).await.map(drop) })
        })
        .await;
        assert_eq!(once(&node, &timer()).await, Ok(true));
        let list = db.read(|tx| Box::pin(async move { store::timers::list(tx).await })).await.unwrap();
        let said = list[0].last_error.as_deref().unwrap();
        assert!(said.contains("MUG") && said.contains("mall"), "{said}");
    });
}
