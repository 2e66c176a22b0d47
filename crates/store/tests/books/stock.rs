//! Stock changes through one door, whatever happens at the same time.

use crate::place::{must, on_both};
use model::LocationKind;
use store::check::breaches_of;
use store::db::{Db, DbError};
use store::places::{add_location, add_product};
use store::stock::{self, Entry, Moved, Movement, Shelf, Units};

pub(crate) fn entry(document: &str) -> Entry {
    Entry {
        at_ms: 1,
        actor: "tests".into(),
        reason: "because".into(),
        document: document.into(),
        source: None,
    }
}

pub(crate) async fn shelf(db: &Db, name: &'static str, units: i64) -> Shelf {
    must(db, move |tx| {
        Box::pin(async move {
            let location = add_location(tx, name, name, LocationKind::Store).await?;
            let product = add_product(tx, name, "").await?;
            let shelf = Shelf { product, location };
            stock::open(tx, shelf).await?;
            let received = Movement::Receive { units, expected: 0 };
            assert_eq!(stock::change(tx, shelf, received, &entry("start")).await?, Moved::Done);
            Ok(shelf)
        })
    })
    .await
}

async fn change(db: &Db, shelf: Shelf, movement: Movement, entry: Entry) -> Result<Moved, DbError> {
    db.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move { stock::change(tx, shelf, movement, &entry).await })
    })
    .await
}

async fn there(db: &Db, shelf: Shelf) -> Units {
    let (units, breaches) = db
        .read(move |tx| {
            Box::pin(async move {
                let breaches = breaches_of(tx, "state_is_not_the_sum_of_its_entries").await?;
                Ok::<_, DbError>((stock::units(tx, shelf).await?, breaches))
            })
        })
        .await
        .unwrap();
    assert_eq!(breaches, []);
    units.unwrap()
}

#[test]
fn c1_of_two_buyers_of_one_unit_one_gets_it() {
    on_both(|db| async move {
        let shelf = shelf(&db, "one", 1).await;
        let buy = |buyer: &'static str| change(&db, shelf, Movement::Commit { units: 1 }, entry(buyer));
        let (first, second) = tokio::join!(buy("a"), buy("b"));
        let there_now = Units { on_hand: 1, committed: 1, ..Units::default() };
        let mut ends = [first.unwrap(), second.unwrap()];
        ends.sort_by_key(|moved| *moved != Moved::Done);
        assert_eq!(ends, [Moved::Done, Moved::Short { there: Some(there_now) }]);
        assert_eq!(there(&db, shelf).await, there_now);
    });
}

#[test]
fn c2_the_count_of_promises_is_right_after_many_at_the_same_time() {
    on_both(|db| async move {
        let shelf = shelf(&db, "many", 100).await;
        let buyers = (0..160).map(|i| {
            let (db, entry) = (db.clone(), entry(&format!("order {i}")));
            tokio::spawn(
                async move { change(&db, shelf, Movement::Commit { units: 1 }, entry).await.unwrap() },
            )
        });
        let mut done = 0;
        for buyer in buyers.collect::<Vec<_>>() {
            done += usize::from(buyer.await.unwrap() == Moved::Done);
        }
        assert_eq!(done, 100);
        assert_eq!(there(&db, shelf).await, Units { on_hand: 100, committed: 100, ..Units::default() });
    });
}

#[test]
fn c9_the_last_unit_is_shipped_with_its_promise() {
    on_both(|db| async move {
        let shelf = shelf(&db, "last", 1).await;
        for movement in [Movement::Commit { units: 1 }, Movement::Ship { units: 1 }] {
            assert_eq!(change(&db, shelf, movement, entry("1")).await.unwrap(), Moved::Done);
        }
        assert_eq!(there(&db, shelf).await, Units::default());
        let again = change(&db, shelf, Movement::Ship { units: 1 }, entry("1")).await.unwrap();
        assert_eq!(again, Moved::Short { there: Some(Units::default()) });
    });
}

#[test]
fn what_is_promised_is_neither_sold_nor_counted_away() {
    on_both(|db| async move {
        let shelf = shelf(&db, "held", 3).await;
        assert_eq!(change(&db, shelf, Movement::Commit { units: 2 }, entry("1")).await.unwrap(), Moved::Done);
        for movement in
            [Movement::Sell { units: 2 }, Movement::Adjust { units: -2 }, Movement::Damage { units: 2 }]
        {
            let moved = change(&db, shelf, movement, entry("2")).await.unwrap();
            assert!(matches!(moved, Moved::Short { .. }), "{movement:?} {moved:?}");
        }
        assert_eq!(change(&db, shelf, Movement::Sell { units: 1 }, entry("2")).await.unwrap(), Moved::Done);
        assert_eq!(there(&db, shelf).await, Units { on_hand: 2, committed: 2, ..Units::default() });
    });
}

#[test]
fn no_movement_moves_nothing_or_the_wrong_way() {
    on_both(|db| async move {
        let shelf = shelf(&db, "sign", 3).await;
        assert_eq!(change(&db, shelf, Movement::Commit { units: 2 }, entry("1")).await.unwrap(), Moved::Done);
        let before = there(&db, shelf).await;
        for movement in [
            Movement::Commit { units: -1 },
            Movement::Sell { units: 0 },
            Movement::Receive { units: 1, expected: -1 },
            Movement::Adjust { units: 0 },
            Movement::Release { units: i64::MIN },
            Movement::Return { units: i64::MAX },
            Movement::Restate { by: Units::default() },
            Movement::Restate { by: Units { showroom: i64::MIN, ..Units::default() } },
        ] {
            let refused = change(&db, shelf, movement, entry("2")).await;
            assert!(matches!(refused, Err(DbError::Refused(_))), "{movement:?} {refused:?}");
        }
        assert_eq!(there(&db, shelf).await, before);
        assert_eq!(
            change(&db, shelf, Movement::Adjust { units: -1 }, entry("3")).await.unwrap(),
            Moved::Done
        );
    });
}

#[test]
fn a_source_is_applied_once_however_often_it_comes() {
    on_both(|db| async move {
        let shelf = shelf(&db, "twice", 5).await;
        let sale = Entry { source: Some("pos:77".into()), ..entry("77") };
        let sell = || change(&db, shelf, Movement::Sell { units: 1 }, sale.clone());
        let (first, second, third) = tokio::join!(sell(), sell(), sell());
        let mut ends = [first.unwrap(), second.unwrap(), third.unwrap()];
        ends.sort_by_key(|moved| *moved != Moved::Done);
        assert_eq!(ends, [Moved::Done, Moved::Before, Moved::Before]);
        assert_eq!(there(&db, shelf).await.on_hand, 4);
        // What was short is not applied: it may come again when there is enough.
        let large = Entry { source: Some("pos:78".into()), ..entry("78") };
        let short = change(&db, shelf, Movement::Sell { units: 9 }, large.clone()).await.unwrap();
        assert!(matches!(short, Moved::Short { .. }));
        change(&db, shelf, Movement::Receive { units: 9, expected: 0 }, entry("r")).await.unwrap();
        assert_eq!(change(&db, shelf, Movement::Sell { units: 9 }, large).await.unwrap(), Moved::Done);
    });
}

#[test]
fn a_place_that_does_not_stock_it_says_so() {
    on_both(|db| async move {
        let known = shelf(&db, "known", 1).await;
        let unknown = Shelf { product: store::places::ProductKey(999), ..known };
        let moved = change(&db, unknown, Movement::Commit { units: 1 }, entry("1")).await.unwrap();
        assert_eq!(moved, Moved::Short { there: None });
    });
}

#[test]
fn a_shelf_that_is_stated_anew_keeps_what_is_promised() {
    on_both(|db| async move {
        let shelf = shelf(&db, "anew", 5).await;
        assert_eq!(change(&db, shelf, Movement::Commit { units: 3 }, entry("1")).await.unwrap(), Moved::Done);
        let now = there(&db, shelf).await;
        let restate = |wanted: Units| Movement::Restate { by: now.to(&wanted) };
        let too_few = restate(Units { on_hand: 2, ..now });
        let moved = change(&db, shelf, too_few, entry("2")).await.unwrap();
        assert_eq!(moved, Moved::Short { there: Some(now) });
        let wanted = Units { on_hand: 9, quality_control: 2, showroom: 1, safety_stock: 2, ..now };
        assert_eq!(change(&db, shelf, restate(wanted), entry("3")).await.unwrap(), Moved::Done);
        assert_eq!(there(&db, shelf).await, wanted);
    });
}
