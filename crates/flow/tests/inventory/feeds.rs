//! Feeds and single movements make one number, in whatever order they arrive.

use crate::place::{must, on_both};
use crate::shop::{NOON, at, call, hold, shop, sound, units};
use flow::Refused;
use flow::inventory::feed::{AtCounter, Feed, FeedRow, RowEnd, take_feed, take_from_counter};
use flow::inventory::hold::release_hold;
use store::db::Db;
use store::feeds::{Outside, Taken};
use store::stock::Units;

async fn feed(db: &Db, sku: &str, (as_of_ms, units): (i64, i64)) -> RowEnd {
    let feed = Feed { source: "till:mall".into(), as_of_ms };
    let row = FeedRow { at: at(sku, "mall"), units, as_of_ms: None };
    let mut ends = Vec::new();
    take_feed(db, &call(NOON), (feed, [row].into_iter()), |_, end| ends.push(end.clone())).await.unwrap();
    ends.remove(0)
}

async fn sell(db: &Db, sku: &str, happened_at_ms: i64) -> Taken {
    let source = format!("till:{sku}:{happened_at_ms}");
    let what = Outside::Sold { units: 1 };
    let sale = AtCounter { at: at(sku, "mall"), what, happened_at_ms, source };
    take_from_counter(db, &call(NOON), sale).await.unwrap().0
}

/// One step that arrives: `sale 10` happened at 10; `feed 15 4` counted 4 as of 15; `back 12` came back at 12.
async fn arrive(db: &Db, sku: &str, step: &str) {
    let words: Vec<&str> = step.split_whitespace().collect();
    let at_ms: i64 = words[1].parse().unwrap();
    match words[0] {
        "sale" => drop(sell(db, sku, at_ms).await),
        "feed" => drop(feed(db, sku, (at_ms, words[2].parse().unwrap())).await),
        "back" => {
            let source = format!("till:{sku}:back:{at_ms}");
            let what = Outside::Returned { units: 1 };
            let sale = AtCounter { at: at(sku, "mall"), what, happened_at_ms: at_ms, source };
            take_from_counter(db, &call(NOON), sale).await.unwrap();
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_feed_and_the_movements_around_it_count_each_unit_once() {
    // Five at the start; what arrives, in the order of arrival; what is on hand then.
    const TABLE: [(&str, i64); 16] = [
        ("sale 10, feed 5 5", 4),
        ("sale 10, feed 15 4", 4),
        ("feed 15 4, sale 10", 4),
        ("feed 5 5, sale 10", 4),
        ("feed 15 4, feed 5 5", 4),
        ("sale 10, feed 10 4", 4),
        ("feed 10 4, sale 10", 4),
        ("feed 10 4, feed 10 4", 4),
        ("feed 10 4, feed 10 3", 3),
        ("feed 10 3, feed 10 4", 3),
        ("back 12, feed 10 4", 5),
        ("feed 15 6, back 12", 6),
        ("sale 10, sale 10, feed 5 5", 4),
        ("sale 10, sale 20, feed 15 4, sale 30, feed 25 3", 2),
        ("feed 5 0, sale 10", 0),
        ("feed 20 9", 9),
    ];
    on_both(|db| async move {
        for (i, (steps, expected)) in TABLE.into_iter().enumerate() {
            let sku = format!("SKU{i}");
            shop(&db, &format!("mall {sku} 5")).await;
            for step in steps.split(',') {
                arrive(&db, &sku, step).await;
            }
            assert_eq!(units(&db, "mall", &sku).await.on_hand, expected, "{steps}");
        }
        sound(&db).await;
    });
}

/// All orders of the steps.
fn orders(steps: &[&'static str]) -> Vec<Vec<&'static str>> {
    if steps.is_empty() {
        return vec![Vec::new()];
    }
    let each = (0..steps.len()).flat_map(|i| {
        let mut rest = steps.to_vec();
        let first = rest.remove(i);
        orders(&rest).into_iter().map(move |mut tail| {
            tail.insert(0, first);
            tail
        })
    });
    each.collect()
}

#[test]
fn the_order_of_arrival_does_not_matter() {
    on_both(|db| async move {
        for (i, steps) in orders(&["sale 10", "sale 20", "feed 15 4", "feed 25 3"]).iter().enumerate() {
            let sku = format!("SKU{i}");
            shop(&db, &format!("mall {sku} 5")).await;
            for step in steps {
                arrive(&db, &sku, step).await;
            }
            assert_eq!(units(&db, "mall", &sku).await.on_hand, 3, "{steps:?}");
        }
        sound(&db).await;
    });
}

#[test]
fn the_order_of_arrival_does_not_matter_either_where_all_is_promised() {
    on_both(|db| async move {
        let both = [(["sale 10", "feed 15 4", "release 20"], 4), (["sale 20", "feed 15 5", "release 17"], 4)];
        for (set, (steps, expected)) in both.into_iter().enumerate() {
            for (i, steps) in orders(&steps).iter().enumerate() {
                let sku = format!("SKU{set}{i}");
                shop(&db, &format!("mall {sku} 5")).await;
                let held = hold(&db, &sku, &format!("{sku} 5")).await.unwrap();
                for step in steps {
                    match step.starts_with("release") {
                        true => release_hold(&db, &call(NOON), &held.id).await.unwrap(),
                        false => arrive(&db, &sku, step).await,
                    }
                }
                let expected = Units { on_hand: expected, ..Units::default() };
                assert_eq!(units(&db, "mall", &sku).await, expected, "{steps:?}");
                sound(&db).await;
            }
        }
    });
}

#[test]
fn a_feed_with_fewer_than_are_promised_names_who_is_hit() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3").await;
        let held = hold(&db, "cart", "MUG 2").await.unwrap();
        let RowEnd::Short(short) = feed(&db, "MUG", (10, 1)).await else { panic!("it fits") };
        assert_eq!((short.missing, short.commitments[0].document.as_str()), (1, held.id.as_str()));
        let there = units(&db, "mall", "MUG").await;
        assert_eq!((there.on_hand, there.available()), (2, 0));
        sound(&db).await;
    });
}

#[test]
fn every_row_has_its_outcome_and_bad_rows_stop_nobody() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3, depot TEE 1").await;
        let row = |sku: &str, location: &str, units| FeedRow { at: at(sku, location), units, as_of_ms: None };
        let mut rows = vec![
            row("MUG", "mall", 3),
            row("MUG", "attic", 3),
            row("HAT", "mall", 3),
            row("MUG", "mall", -1),
            row("TEE", " depot ", 4),
            row("TEE", "mall", 7),
        ];
        rows.extend((0..500).map(|_| row("MUG", "depot", 2)));
        let mut ends = Vec::new();
        let feed = Feed { source: "till".into(), as_of_ms: NOON - 5 };
        let sums = take_feed(&db, &call(NOON), (feed, rows.into_iter()), |row, end| {
            ends.push((row.at.sku.clone(), end.code()));
        })
        .await
        .unwrap();
        let first: Vec<&str> = ends.iter().take(7).map(|(_, code)| *code).collect();
        let expected =
            ["unchanged", "unknown_location", "unknown_sku", "no_count", "applied", "applied", "applied"];
        assert_eq!(first, expected);
        assert_eq!((ends.len(), sums["older"]), (506, 499), "the same row again is nothing new");
        assert_eq!(units(&db, "mall", "TEE").await.on_hand, 7, "a place stocks what its feed counts");
        let ages = must(&db, |tx| Box::pin(async move { store::feeds::ages(tx, ("", ""), 10).await })).await;
        let ages: Vec<_> = ages.iter().map(|age| (age.location.as_str(), NOON - age.as_of_ms)).collect();
        assert_eq!(ages, [("depot", 5), ("mall", 5)]);
        sound(&db).await;
    });
}

#[test]
fn a_clock_that_runs_ahead_keeps_no_later_count_out() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3").await;
        feed(&db, "MUG", (NOON + 1_000_000, 4)).await;
        let late = Feed { source: "till".into(), as_of_ms: NOON + 1 };
        let row = FeedRow { at: at("MUG", "mall"), units: 2, as_of_ms: None };
        take_feed(&db, &call(NOON + 2), (late, [row].into_iter()), |_, _| {}).await.unwrap();
        assert_eq!(units(&db, "mall", "MUG").await.on_hand, 2);
    });
}

#[test]
fn c13_a_feed_that_races_carts_leaves_no_promise_without_its_unit() {
    on_both(|db| async move {
        shop(&db, "mall MUG 20").await;
        let carts = (0..20).map(|i| {
            let db = db.clone();
            tokio::spawn(async move { hold(&db, &format!("cart {i}"), "MUG 1").await.ok() })
        });
        let carts: Vec<_> = carts.collect();
        for i in 0..6 {
            feed(&db, "MUG", (NOON - 100 + i, 12)).await;
        }
        let mut held = Vec::new();
        for cart in carts {
            held.extend(cart.await.unwrap());
        }
        sound(&db).await;
        let there = units(&db, "mall", "MUG").await;
        assert_eq!(there.committed, held.len() as i64);
        for held in held {
            release_hold(&db, &call(NOON), &held.id).await.unwrap();
        }
        assert_eq!(units(&db, "mall", "MUG").await, Units { on_hand: 12, ..Units::default() });
        sound(&db).await;
    });
}

#[test]
fn a_sale_is_named_and_known_or_refused() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3, depot TEE 1").await;
        assert_eq!(sell(&db, "MUG", 10).await, Taken::Done { moved: -1, missing: 0 });
        assert_eq!(sell(&db, "MUG", 10).await, Taken::Before);
        feed(&db, "MUG", (20, 2)).await;
        assert_eq!(sell(&db, "MUG", 15).await, Taken::Known);
        assert_eq!(sell(&db, "MUG", 15).await, Taken::Before);
        let sale = |at, source: &str| AtCounter {
            at,
            what: Outside::Sold { units: 1 },
            happened_at_ms: 1,
            source: source.into(),
        };
        let unnamed = take_from_counter(&db, &call(NOON), sale(at("MUG", "mall"), " ")).await;
        assert!(matches!(unnamed, Err(Refused::Invalid(_))));
        let nowhere = take_from_counter(&db, &call(NOON), sale(at("TEE", "mall"), "x")).await;
        assert!(matches!(nowhere, Err(Refused::NotFound { .. })));
    });
}
