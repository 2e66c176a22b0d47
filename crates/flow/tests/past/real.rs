//! What a replay says is what really happens: to the books it is taken from, and to other books with the same orders.

use crate::place::on_both;
use crate::shop::{Dice, OPENING, PLACES, PRODUCTS, Shop};
use std::collections::BTreeMap;
use std::ops::Range;
use store::db::Db;
use store::stock::Movement;

const STORES_FIRST: &str = "Rules\nKeep at least 1 at stores.\nPrefer stores, always.";
const DEPOT_FIRST: &str = "Rules\nPrefer warehouses, worth $2 a parcel.";

/// What happens besides orders.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Besides {
    /// Deliveries, and other safety stock: both come to pass whatever rules hold.
    Deliveries,
    /// All that can happen to a shelf, and places at work.
    Everything,
}

/// Some weeks of a shop: its orders by the channel's name of them, with their ids.
async fn weeks(
    shop: &Shop,
    (numbers, besides): (Range<usize>, Besides),
    dice: &mut Dice,
) -> BTreeMap<String, String> {
    let mut taken = BTreeMap::new();
    for number in numbers {
        let name = format!("#{number}");
        let id = shop.some_order(&name, dice).await;
        // Asked of the dice in any case, so that the next order is the same whatever happens here.
        let (place, sku, kind, units) =
            (dice.one_of(&PLACES[1..]), dice.one_of(&PRODUCTS), dice.below(8), 1 + dice.below(4) as i64);
        shop.pass(1 + dice.below(40));
        match (kind, besides) {
            (0..=2, _) => {
                shop.moves((place, sku), Movement::Receive { units, expected: 0 }).await;
            }
            (3, _) => {
                let kept = shop.units(place, sku).await.safety_stock;
                let by = if kept > 2 { -kept } else { 1 };
                shop.moves((place, sku), Movement::KeepSafe { units: by }).await;
            }
            (4, Besides::Everything) => drop(shop.moves((place, sku), Movement::Sell { units: 1 }).await),
            (5, Besides::Everything) => drop(shop.moves((place, sku), Movement::Damage { units: 1 }).await),
            (6, Besides::Everything) => drop(shop.moves((place, sku), Movement::Adjust { units: -1 }).await),
            (7, Besides::Everything) => shop.send(&id).await,
            _ => {}
        }
        taken.insert(name, id);
        shop.pass(dice.below(120));
    }
    taken
}

async fn replaying_what_was_in_force_is_what_was_decided(db: Db) {
    let shop = Shop::open(db).await;
    let number = shop.rules(STORES_FIRST).await;
    let mut dice = Dice(7);
    weeks(&shop, (0..80, Besides::Everything), &mut dice).await;
    let from_ms = shop.now_ms();
    // The next order is no earlier than a day later: what a place had for its dispatch is gone by then.
    shop.pass(2 * 24 * 60);
    let taken = weeks(&shop, (80..300, Besides::Everything), &mut dice).await;
    let really = shop.really(&taken).await;
    let (done, replayed) = shop.replay(shop.since(number, from_ms)).await;
    assert_eq!(done.report.orders, 220);
    let wrong: Vec<_> = really.iter().filter(|(name, given)| replayed.get(*name) != Some(given)).collect();
    assert!(wrong.is_empty(), "{} of {}: {:?}", wrong.len(), really.len(), wrong.first());
    assert_eq!(done.report.comparisons[0].moved.orders, 0);
    // It would be no test if one place had everything, or an order nothing.
    for place in PLACES {
        let orders = really.values().filter(|given| given.keys().any(|(at, _)| at == place)).count();
        assert!(orders > 15, "{place} has {orders}");
    }
    assert!(really.values().all(|given| !given.is_empty()));
}

#[test]
fn the_rules_that_were_in_force_choose_again_what_was_really_chosen() {
    on_both(replaying_what_was_in_force_is_what_was_decided);
}

/// Books of their own for what really happens under other rules; on SQLite, whatever the first ones are on.
async fn other_books() -> (Db, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("books.sqlite").display().to_string()).await.unwrap();
    store::migrations::migrate(&db, 0).await.unwrap();
    (db, folder)
}

async fn a_replay_of_other_rules_is_what_they_really_do(db: Db) {
    let shop = Shop::open(db).await;
    let first = shop.rules(STORES_FIRST).await;
    let second = shop.draft(DEPOT_FIRST).await;
    let orders = || (0..250, Besides::Deliveries);
    let from_ms = shop.now_ms();
    let taken = weeks(&shop, orders(), &mut Dice(11)).await;
    let (books, _folder) = other_books().await;
    let other = Shop::open(books).await;
    other.rules(DEPOT_FIRST).await;
    assert_eq!((from_ms, other.now_ms()), (shop.since(first, from_ms).period.from_ms, from_ms));
    let taken_there = weeks(&other, orders(), &mut Dice(11)).await;
    let (here, there) = (shop.really(&taken).await, other.really(&taken_there).await);
    let asked = flow::rule_replay::Asked { against: Some(first), ..shop.since(second, from_ms) };
    let (done, replayed) = shop.replay(asked).await;
    let wrong: Vec<_> = there.iter().filter(|(name, given)| replayed.get(*name) != Some(given)).collect();
    assert!(wrong.is_empty(), "{} of {}: {:?}", wrong.len(), there.len(), wrong.first());
    // The difference that is told is the one between the two books.
    let moved = here.iter().filter(|(name, given)| there[*name] != **given).count();
    assert!(moved > 40, "{moved} orders moved");
    assert_eq!(done.report.comparisons[0].moved.orders, moved as u64);
    let told = &done.told["comparisons"][0];
    assert_eq!(told["moved_orders"], moved);
    let name = told["top_moved"][0]["external_id"].as_str().unwrap();
    let places = |given: &crate::shop::Given| {
        let mut places: Vec<&str> = given.keys().map(|(place, _)| place.as_str()).collect();
        places.dedup();
        serde_json::json!(places)
    };
    assert_eq!(told["top_moved"][0]["from"], places(&here[name]));
    assert_eq!(told["top_moved"][0]["to"], places(&there[name]));
    assert!(told["sentence"].as_str().unwrap().contains("orders moved"), "{told}");
    // The books are not touched by it.
    assert!(OPENING < from_ms && shop.really(&taken).await == here);
}

#[test]
fn what_other_rules_would_have_done_is_what_they_really_do_with_the_same_orders() {
    on_both(a_replay_of_other_rules_is_what_they_really_do);
}
