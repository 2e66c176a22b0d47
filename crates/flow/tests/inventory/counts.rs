//! Shelves are counted while the shop is open, and nothing changes before it was reviewed.

use crate::place::{must, on_both};
use crate::shop::{MINUTE, NOON, at, call, change, hold, shelf, shop, sound, units};
use flow::Refused;
use flow::inventory::count::{
    Device, NewCount, NewScan, ScanEnd, assign_lines, count_sheet, open_count, take_scans,
};
use flow::inventory::feed::{AtCounter, Feed, FeedRow, take_feed, take_from_counter};
use flow::inventory::hold::release_hold;
use flow::inventory::review::{PostedSum, cancel_count, count_again, hand_in, post_count, variances};
use store::counts::{CountKind, CountState, View};
use store::db::Db;
use store::feeds::Outside;
use store::places::ProductKey;
use store::stock::{Movement, Units};

const FIRST: ProductKey = ProductKey(0);

async fn open(db: &Db, kind: CountKind, skus: &[&str]) -> String {
    let asked = NewCount {
        location: "mall".into(),
        kind,
        view: View::Blind,
        tolerance: 0,
        reason: "weekly".into(),
        skus: skus.iter().map(|sku| (*sku).to_owned()).collect(),
        class: None,
        assignee: "ann".into(),
    };
    open_count(db, &call(NOON), asked).await.unwrap()
}

fn device(count: &str, location: &str) -> Device {
    Device { count: count.into(), location: location.into(), device: "phone".into() }
}

/// Scans as `1 MUG 3`: client id, SKU, units.
fn scans(text: &str) -> Vec<NewScan> {
    let read = |scan: &str| {
        let words: Vec<&str> = scan.split_whitespace().collect();
        NewScan { client_id: words[0].into(), sku: words[1].into(), units: words[2].parse().unwrap() }
    };
    text.split(',').map(read).collect()
}

async fn scan(db: &Db, count: &str, text: &str) -> Vec<ScanEnd> {
    let at = call(NOON + MINUTE);
    take_scans(db, &at, (device(count, "mall"), scans(text))).await.unwrap()
}

async fn post(db: &Db, count: &str) -> PostedSum {
    let late = call(NOON + 9 * MINUTE);
    hand_in(db, &late, count).await.unwrap();
    post_count(db, &late, (count, None)).await.unwrap()
}

async fn sale(db: &Db, sku: &str, happened_at_ms: i64) {
    let source = format!("till:{sku}:{happened_at_ms}");
    let sale = AtCounter { at: at(sku, "mall"), what: Outside::Sold { units: 1 }, happened_at_ms, source };
    take_from_counter(db, &call(NOON + 8 * MINUTE), sale).await.unwrap();
}

async fn differs(db: &Db, count: &str) -> Vec<(String, Option<i64>)> {
    let lines = variances(db, (count, FIRST), 250).await.unwrap();
    lines.into_iter().map(|variance| (variance.line.sku, variance.differs)).collect()
}

#[test]
fn what_was_counted_changes_the_books_only_when_it_is_posted() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5, mall TEE 2, depot MUG 9").await;
        let count = open(&db, CountKind::Cycle, &["MUG", "TEE"]).await;
        assert_eq!(scan(&db, &count, "1 MUG 3, 2 TEE 2, 3 MUG 1").await, [ScanEnd::Taken; 3]);
        assert_eq!(units(&db, "mall", "MUG").await.on_hand, 5);
        hand_in(&db, &call(NOON), &count).await.unwrap();
        let found = differs(&db, &count).await;
        assert_eq!(found, [("MUG".to_owned(), Some(-1)), ("TEE".to_owned(), Some(0))]);
        let sum = post_count(&db, &call(NOON), (&count, None)).await.unwrap();
        assert_eq!((sum.posted, sum.variances, sum.not_counted), (2, 1, 0));
        assert_eq!(units(&db, "mall", "MUG").await.on_hand, 4);
        assert_eq!(units(&db, "depot", "MUG").await.on_hand, 9);
        let entries = must(&db, {
            let shelf = shelf(&db, "mall", "MUG").await;
            move |tx| Box::pin(async move { store::ledger::newest(tx, shelf, i64::MAX, 100).await })
        });
        let on_hand: i64 = entries.await.iter().map(|entry| entry.by.on_hand).sum();
        assert_eq!(on_hand, 4, "posted through the ledger");
        assert!(post_count(&db, &call(NOON), (&count, None)).await.is_err(), "posted once");
        sound(&db).await;
    });
}

#[test]
fn c13_what_moves_while_a_shelf_is_counted_still_counts() {
    // Ten in the books, nine on the shelf when it is scanned, one minute after noon; then this; then what is right.
    const TABLE: [(&str, i64); 9] = [
        ("", 9),
        // Sold after the scan.
        ("sale 2", 8),
        // Sold before the scan, told after it: the counted nine know of it.
        ("sale 0", 9),
        ("receive 4", 13),
        ("ship 3", 6),
        // A feed as of before the scan, heard after it, that knows of the missing one, and one that does not.
        ("feed 0 9", 9),
        ("feed 0 10", 9),
        // A feed as of after the scan: newer than the count.
        ("feed 2 7", 7),
        ("sale 0, sale 2, feed 0 9, receive 1", 9),
    ];
    on_both(|db| async move {
        for (i, (steps, expected)) in TABLE.into_iter().enumerate() {
            let sku = format!("SKU{i}");
            shop(&db, &format!("mall {sku} 10")).await;
            let there = shelf(&db, "mall", &sku).await;
            let count = open(&db, CountKind::Spot, &[&sku]).await;
            scan(&db, &count, &format!("1 {sku} 9")).await;
            for step in steps.split(',').filter(|step| !step.is_empty()) {
                let words: Vec<&str> = step.split_whitespace().collect();
                let number = |i: usize| words[i].parse::<i64>().unwrap();
                match words[0] {
                    "sale" => sale(&db, &sku, NOON + number(1) * MINUTE).await,
                    "feed" => {
                        let feed = Feed { source: "till".into(), as_of_ms: NOON + number(1) * MINUTE };
                        let row = FeedRow { at: at(&sku, "mall"), units: number(2), as_of_ms: None };
                        let now = call(NOON + 8 * MINUTE);
                        take_feed(&db, &now, (feed, [row].into_iter()), |_, _| {}).await.unwrap();
                    }
                    "receive" => {
                        let received = Movement::Receive { units: number(1), expected: 0 };
                        change(&db, there, received).await;
                    }
                    _ => {
                        change(&db, there, Movement::Commit { units: number(1) }).await;
                        change(&db, there, Movement::Ship { units: number(1) }).await;
                    }
                }
            }
            post(&db, &count).await;
            assert_eq!(units(&db, "mall", &sku).await.on_hand, expected, "{steps}");
        }
        sound(&db).await;
    });
}

#[test]
fn c13_a_count_below_what_is_promised_names_who_is_hit() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3").await;
        let held = hold(&db, "cart", "MUG 3").await.unwrap();
        let count = open(&db, CountKind::Spot, &["MUG"]).await;
        scan(&db, &count, "1 MUG 1").await;
        let sum = post(&db, &count).await;
        assert_eq!(sum.short[0].1.missing, 2);
        assert_eq!(sum.short[0].1.commitments[0].document, held.id);
        sound(&db).await;
        // Counted again before the promise ends, the books are believed to have one.
        let again = open(&db, CountKind::Spot, &["MUG"]).await;
        scan(&db, &again, "1 MUG 1").await;
        assert_eq!(post(&db, &again).await.variances, 0);
        release_hold(&db, &call(NOON), &held.id).await.unwrap();
        assert_eq!(units(&db, "mall", "MUG").await, Units { on_hand: 1, ..Units::default() });
        sound(&db).await;
    });
}

#[test]
fn c13_carts_and_counts_at_the_same_time_leave_the_books_right() {
    on_both(|db| async move {
        shop(&db, "mall MUG 30").await;
        let carts = (0..20).map(|i| {
            let db = db.clone();
            tokio::spawn(async move { hold(&db, &format!("cart {i}"), "MUG 1").await.is_ok() })
        });
        let carts: Vec<_> = carts.collect();
        for i in 0..4 {
            let count = open(&db, CountKind::Spot, &["MUG"]).await;
            scan(&db, &count, &format!("{i} MUG 29")).await;
            post(&db, &count).await;
        }
        for cart in carts {
            assert!(cart.await.unwrap());
        }
        let there = units(&db, "mall", "MUG").await;
        assert_eq!((there.on_hand, there.committed), (29, 20));
        sound(&db).await;
    });
}

#[test]
fn c16_a_scan_that_names_another_location_is_refused() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5, depot MUG 5").await;
        let count = open(&db, CountKind::Cycle, &["MUG"]).await;
        let sent = (device(&count, "depot"), scans("1 MUG 3"));
        let refused = take_scans(&db, &call(NOON), sent).await;
        assert!(matches!(refused, Err(Refused::Conflict { code: "other_location", .. })), "{refused:?}");
        // Nothing of it is kept: sent from the right place, it is new.
        assert_eq!(scan(&db, &count, "1 MUG 3").await, [ScanEnd::Taken]);
        post(&db, &count).await;
        assert_eq!(units(&db, "mall", "MUG").await.on_hand, 3);
        assert_eq!(units(&db, "depot", "MUG").await.on_hand, 5);
    });
}

#[test]
fn scans_of_several_devices_add_up_and_each_counts_once() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5, mall TEE 5").await;
        let count = open(&db, CountKind::Cycle, &["MUG", "TEE"]).await;
        let phones = (0..12).map(|i| {
            let (db, count) = (db.clone(), count.clone());
            // Each scan is sent three times; two phones see the products in opposite order.
            let sent = match i % 4 {
                0 => "a1 MUG 1, a2 TEE 1",
                1 => "b2 TEE 2, b1 MUG 2",
                2 => "a2 TEE 1, a1 MUG 1",
                _ => "b1 MUG 2, b2 TEE 2",
            };
            tokio::spawn(async move { scan(&db, &count, sent).await })
        });
        let mut taken = 0;
        for phone in phones.collect::<Vec<_>>() {
            taken += phone.await.unwrap().iter().filter(|end| **end == ScanEnd::Taken).count();
        }
        assert_eq!(taken, 4);
        let (_, lines) = count_sheet(&db, (&count, FIRST), 250).await.unwrap();
        assert!(lines.iter().all(|line| line.counted == Some(3)), "{lines:?}");
        post(&db, &count).await;
        assert_eq!(units(&db, "mall", "MUG").await.on_hand, 3);
    });
}

#[test]
fn every_scan_has_its_outcome() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5, mall TEE 2").await;
        let count = open(&db, CountKind::Cycle, &["MUG"]).await;
        let ends = scan(&db, &count, "1 MUG 0, 1 MUG 0, 2 TEE 1, 3 CAP 1, 4 MUG -1").await;
        let expected =
            [ScanEnd::Taken, ScanEnd::Before, ScanEnd::NotInCount, ScanEnd::UnknownSku, ScanEnd::NoCount];
        assert_eq!(ends, expected);
        post(&db, &count).await;
        assert_eq!(units(&db, "mall", "MUG").await.on_hand, 0, "none was seen, and so there are none");
    });
}

#[test]
fn a_full_count_finds_what_nobody_knew_and_leaves_what_nobody_counted() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5, mall TEE 2, depot HAT 1").await;
        let count = open(&db, CountKind::Full, &[]).await;
        scan(&db, &count, "1 MUG 4, 2 HAT 2").await;
        let sum = post(&db, &count).await;
        assert_eq!((sum.posted, sum.variances, sum.not_counted), (2, 2, 1));
        assert_eq!(units(&db, "mall", "HAT").await.on_hand, 2);
        assert_eq!(units(&db, "mall", "TEE").await.on_hand, 2, "not counted is not none");
        sound(&db).await;
    });
}

#[test]
fn a_line_is_counted_again_from_none() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5, mall TEE 2").await;
        let count = open(&db, CountKind::Cycle, &["MUG", "TEE"]).await;
        scan(&db, &count, "1 MUG 2, 2 TEE 1").await;
        hand_in(&db, &call(NOON), &count).await.unwrap();
        let tee = ["TEE".to_owned()];
        post_count(&db, &call(NOON), (&count, Some(&tee))).await.unwrap();
        assert_eq!(units(&db, "mall", "TEE").await.on_hand, 1);
        let mug = ["MUG".to_owned()];
        count_again(&db, &call(NOON), (&count, &mug)).await.unwrap();
        assert!(matches!(count_again(&db, &call(NOON), (&count, &mug)).await, Err(Refused::Conflict { .. })));
        scan(&db, &count, "3 MUG 5, 4 TEE 9").await;
        let sum = post(&db, &count).await;
        assert_eq!((sum.posted, sum.variances), (1, 0));
        assert_eq!(units(&db, "mall", "MUG").await.on_hand, 5);
        assert_eq!(units(&db, "mall", "TEE").await.on_hand, 1, "a posted line is not scanned again");
    });
}

#[test]
fn who_counts_blind_does_not_see_the_books() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5").await;
        for (view, books) in [(View::Blind, None), (View::Open, Some(5))] {
            let asked = NewCount {
                location: "mall".into(),
                kind: CountKind::Spot,
                view,
                tolerance: 1,
                reason: "rejected".into(),
                skus: vec!["MUG".into()],
                class: None,
                assignee: String::new(),
            };
            let count = open_count(&db, &call(NOON), asked).await.unwrap();
            scan(&db, &count, "1 MUG 4").await;
            assign_lines(&db, &call(NOON), (&count, &["MUG".to_owned()], "bob")).await.unwrap();
            let (_, lines) = count_sheet(&db, (&count, FIRST), 250).await.unwrap();
            assert_eq!((lines[0].counted, lines[0].books), (Some(4), books));
            assert_eq!(lines[0].assignee, "bob");
            hand_in(&db, &call(NOON), &count).await.unwrap();
            assert_eq!(variances(&db, (&count, FIRST), 250).await.unwrap()[0].is_within, Some(true));
            cancel_count(&db, &call(NOON), &count).await.unwrap();
        }
        assert_eq!(units(&db, "mall", "MUG").await.on_hand, 5, "a cancelled count changes nothing");
    });
}

#[test]
fn a_shelf_that_changes_between_its_scans_is_pointed_out() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5, mall TEE 5").await;
        let count = open(&db, CountKind::Cycle, &["MUG", "TEE"]).await;
        scan(&db, &count, "1 MUG 2, 2 TEE 2").await;
        sale(&db, "MUG", NOON + 2 * MINUTE).await;
        scan(&db, &count, "3 MUG 2, 4 TEE 3").await;
        hand_in(&db, &call(NOON), &count).await.unwrap();
        let lines = variances(&db, (&count, FIRST), 250).await.unwrap();
        let disturbed: Vec<bool> = lines.iter().map(|one| one.line.seen.unwrap().is_disturbed).collect();
        assert_eq!(disturbed, [true, false]);
    });
}

#[test]
fn a_count_asks_for_what_its_kind_can_have() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5, mall TEE 5").await;
        for (kind, skus, reason) in [
            (CountKind::Full, vec!["MUG"], "why"),
            (CountKind::Spot, vec!["MUG", "TEE"], "why"),
            (CountKind::Cycle, vec![], "why"),
            (CountKind::Spot, vec!["MUG"], " "),
        ] {
            let asked = NewCount {
                location: "mall".into(),
                kind,
                view: View::Blind,
                tolerance: 0,
                reason: reason.into(),
                skus: skus.iter().map(|sku| (*sku).to_owned()).collect(),
                class: None,
                assignee: String::new(),
            };
            let refused = open_count(&db, &call(NOON), asked).await;
            assert!(matches!(refused, Err(Refused::Invalid(_))), "{kind:?} {refused:?}");
        }
        let count = open(&db, CountKind::Spot, &["MUG"]).await;
        assert!(post_count(&db, &call(NOON), (&count, None)).await.is_err(), "not before it is handed in");
        let (found, _) = count_sheet(&db, (&count, FIRST), 250).await.unwrap();
        assert_eq!(found.state, CountState::Open);
        hand_in(&db, &call(NOON), &count).await.unwrap();
        let late = take_scans(&db, &call(NOON), (device(&count, "mall"), scans("1 MUG 1"))).await;
        assert!(matches!(late, Err(Refused::Conflict { code: "wrong_state", .. })), "{late:?}");
    });
}
