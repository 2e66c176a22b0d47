//! The log of events has one order, and shows every later change of it.

use crate::place::{must, on_both};
use store::db::{Db, DbError};
use store::events::{self, Broken, Damage, Event, Filter, Head, NewEvent, Walk};

async fn tell(db: &Db, subjects: &'static [&'static str]) {
    must(db, move |tx| {
        Box::pin(async move {
            for subject in subjects {
                let order_id = subject.starts_with("ord_").then_some(*subject);
                let kind = if order_id.is_some() { "order.taken" } else { "stock.counted" };
                let event = NewEvent {
                    at_ms: 7,
                    actor: "usr_1",
                    via: "page",
                    kind,
                    subject,
                    order_id,
                    facts: r#"{"units":3}"#,
                };
                events::append(tx, &event).await?;
            }
            Ok(())
        })
    })
    .await;
}

async fn seal(db: &Db, limit: i64) -> usize {
    must(db, move |tx| Box::pin(async move { events::seal(tx, limit).await })).await
}

async fn after(db: &Db, place: i64, filter: Filter<'static>, limit: i64) -> Vec<Event> {
    let read = db.read(move |tx| Box::pin(async move { events::after(tx, place, filter, limit).await }));
    read.await.unwrap()
}

/// From the beginning to the end, in parts of three.
async fn walk(tx: &mut store::Tx) -> Result<Walk, DbError> {
    let mut from = Head::default();
    loop {
        match events::verify(tx, &from, 3).await? {
            Walk::Further(head) => from = head,
            end => return Ok(end),
        }
    }
}

#[test]
fn sealed_events_have_places_without_a_gap_and_one_order_for_all() {
    on_both(|db| async move {
        tell(&db, &["ord_1", "loc_1", "ord_2"]).await;
        assert_eq!(after(&db, 0, Filter::default(), 10).await, [], "not sealed, not heard");
        assert_eq!((seal(&db, 2).await, seal(&db, 2).await, seal(&db, 2).await), (2, 1, 0));
        tell(&db, &["ord_1"]).await;
        assert_eq!(seal(&db, 9).await, 1);
        let heard = after(&db, 1, Filter::default(), 2).await;
        let heard: Vec<_> = heard.iter().map(|event| (event.place, event.subject.as_str())).collect();
        assert_eq!(heard, [(Some(2), "loc_1"), (Some(3), "ord_2")]);
        let places = |events: Vec<Event>| events.iter().filter_map(|event| event.place).collect::<Vec<_>>();
        let orders = Filter { kind: "order.", ..Filter::default() };
        assert_eq!(places(after(&db, 0, orders, 9).await), [1, 3, 4]);
        let one = Filter { order_id: Some("ord_1"), ..Filter::default() };
        assert_eq!(places(after(&db, 1, one, 9).await), [4]);
        let shelf = Filter { subject: Some("loc_1"), ..Filter::default() };
        assert_eq!(places(after(&db, 0, shelf, 9).await), [2]);
    });
}

#[test]
fn many_who_seal_at_the_same_time_make_one_chain() {
    on_both(|db| async move {
        let tellers = (0..4).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                for _ in 0..15 {
                    tell(&db, &["ord_1", "ord_2"]).await;
                    seal(&db, 7).await;
                }
            })
        });
        for teller in tellers.collect::<Vec<_>>() {
            teller.await.unwrap();
        }
        while seal(&db, 100).await > 0 {}
        let walk = db.read(|tx| Box::pin(walk(tx))).await.unwrap();
        assert!(matches!(&walk, Walk::Sound(head) if head.place == 120), "{walk:?}");
        assert_eq!(after(&db, 0, Filter::default(), 1_000).await.len(), 120);
    });
}

/// Damage to the log, and the first place at which it shows.
const DAMAGES: [(&str, i64, Damage); 17] = [
    ("update events set at = at + 1 where place = 4", 4, Damage::Changed),
    ("update events set actor = 'usr_2' where place = 4", 4, Damage::Changed),
    ("update events set via = 'api' where place = 4", 4, Damage::Changed),
    ("update events set kind = kind || 'x' where place = 5", 5, Damage::Changed),
    ("update events set subject = 'ord_9' where place = 1", 1, Damage::Changed),
    ("update events set order_id = null where place = 1", 1, Damage::Changed),
    ("update events set order_id = '' where place = 2", 2, Damage::Changed),
    ("update events set facts = '{}' where place = 8", 8, Damage::Changed),
    ("update events set seal = null where place = 3", 3, Damage::Changed),
    (
        "update events set seal = (select e.seal from events e where e.place = 4) where place = 3",
        3,
        Damage::Changed,
    ),
    ("update events set place = null where place = 6", 6, Damage::Missing),
    ("update events set place = 60 where place = 6", 6, Damage::Missing),
    ("delete from events where place = 1", 1, Damage::Missing),
    ("delete from events where place = 8", 8, Damage::Missing),
    ("delete from events", 1, Damage::Missing),
    ("update event_head set place = 7", 8, Damage::HeadDiffers),
    ("update event_head set seal = 'x'", 8, Damage::HeadDiffers),
];

/// Ends a write so that nothing of it stays.
#[derive(Debug)]
enum Seen {
    Walk(Walk),
    Fault(DbError),
}

impl From<DbError> for Seen {
    fn from(error: DbError) -> Seen {
        Seen::Fault(error)
    }
}

async fn after_damage(db: &Db, damage: &'static [&'static str]) -> Walk {
    let seen = db.write::<(), Seen>(move |tx| {
        Box::pin(async move {
            for statement in damage {
                tx.execute(statement, &[]).await?;
            }
            Err(Seen::Walk(walk(tx).await?))
        })
    });
    match seen.await {
        Err(Seen::Walk(walk)) => walk,
        Err(Seen::Fault(fault)) => panic!("{damage:?}: {fault}"),
        Ok(()) => panic!("{damage:?} stays"),
    }
}

#[test]
fn every_damage_to_the_log_is_found_at_its_place() {
    on_both(|db| async move {
        tell(&db, &["ord_1", "loc_1", "ord_2", "ord_2", "loc_2", "ord_3", "loc_3", "loc_4"]).await;
        assert_eq!(seal(&db, 100).await, 8);
        assert!(matches!(after_damage(&db, &[]).await, Walk::Sound(head) if head.place == 8));
        for (damage, place, how) in &DAMAGES {
            let walk = after_damage(&db, std::slice::from_ref(damage)).await;
            assert_eq!(walk, Walk::Broken(Broken { place: *place, how: *how }), "{damage}");
        }
        let swapped = after_damage(
            &db,
            &[
                "update events set place = 99 where place = 2",
                "update events set place = 2 where place = 3",
                "update events set place = 3 where place = 99",
            ],
        );
        assert_eq!(swapped.await, Walk::Broken(Broken { place: 2, how: Damage::Changed }));
    });
}

/// The number of a row is its identity; PostgreSQL does not let it be changed so easily.
#[test]
fn a_changed_number_is_found() {
    on_both(|db| async move {
        tell(&db, &["ord_1", "ord_2"]).await;
        seal(&db, 100).await;
        if db.dialect() == store::db::Dialect::Sqlite {
            let walk = after_damage(&db, &["update events set number = 77 where place = 1"]).await;
            assert_eq!(walk, Walk::Broken(Broken { place: 1, how: Damage::Changed }));
        }
    });
}

/// Writes over the facts of the events at these places, and tells of it about `ord_1`.
async fn erase(db: &Db, places: &'static [i64]) {
    must(db, move |tx| {
        Box::pin(async move {
            events::hold(tx).await?;
            let mut vouched = Vec::new();
            for place in places {
                let found = events::after(tx, place - 1, Filter::default(), 1).await?;
                vouched.extend(events::erase(tx, &found[0], r#"{"units":0}"#, "ord_1").await?);
            }
            let vouched: Vec<String> =
                vouched.iter().map(|events::Vouched(number, sum)| format!("[{number},\"{sum}\"]")).collect();
            let facts = format!(r#"{{"events":[{}]}}"#, vouched.join(","));
            let event = NewEvent {
                at_ms: 8,
                actor: "usr_1",
                via: "page",
                kind: events::ERASED,
                subject: "ord_1",
                order_id: Some("ord_1"),
                facts: &facts,
            };
            events::append(tx, &event).await
        })
    })
    .await;
}

/// What somebody does to a log in which 1 and 3 were written over, and where that is found.
static AFTER_ERASURE: [(&str, i64); 9] = [
    ("update events set facts = '{\"units\":3}' where place = 1", 1),
    ("update events set actor = 'usr_2' where place = 3", 3),
    ("update events set erased_by = 'loc_1' where place = 1", 1),
    ("update events set erased_by = null where place = 3", 3),
    ("update events set facts = '{\"units\":0}' where place = 2", 2),
    ("update events set facts = '{\"units\":0}', erased_by = 'ord_1' where place = 2", 2),
    ("update events set facts = '{\"events\":[]}' where place = 6", 1),
    ("update events set seal = null where place = 1", 2),
    ("delete from events where place = 3", 3),
];

#[test]
fn an_event_that_was_written_over_is_sound_where_an_erasure_vouches_for_it_and_nowhere_else() {
    on_both(|db| async move {
        tell(&db, &["ord_1", "loc_1", "ord_1", "loc_2"]).await;
        seal(&db, 100).await;
        let kept = match after_damage(&db, &[]).await {
            Walk::Sound(head) => head,
            broken => panic!("{broken:?}"),
        };
        // Not sealed yet: it gets its seal as it stands then.
        tell(&db, &["loc_3"]).await;
        erase(&db, &[1, 3]).await;
        seal(&db, 100).await;
        // What an earlier erasure has left is written over once more.
        erase(&db, &[3]).await;
        seal(&db, 100).await;
        assert!(matches!(after_damage(&db, &[]).await, Walk::Sound(head) if head.place == 7));
        let from = db.read(move |tx| {
            let kept = kept.clone();
            Box::pin(async move { events::verify(tx, &kept, 10).await })
        });
        assert!(matches!(from.await.unwrap(), Walk::Sound(_)), "a head kept elsewhere still fits");
        for (damage, place) in &AFTER_ERASURE {
            let walk = after_damage(&db, std::slice::from_ref(damage)).await;
            assert!(matches!(&walk, Walk::Broken(broken) if broken.place == *place), "{damage}: {walk:?}");
        }
        let salts = "select count(*) as salted from events where place in (1, 3) and salt is not null";
        let left = db.read::<_, DbError>(move |tx| {
            Box::pin(async move { tx.row(salts, &[]).await?.unwrap().int("salted") })
        });
        assert_eq!(left.await, Ok(0), "nothing is left to try guesses with");
    });
}
