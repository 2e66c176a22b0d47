//! Carts are kept all or nothing, never more than there is, and end once.

use crate::place::on_both;
use crate::shop::{MINUTE, NOON, call, cart, change, hold, shelf, shop, sound, units, wanted_by_an_order};
use flow::Refused;
use flow::inventory::expire::expire_holds;
use flow::inventory::hold::{HoldRefused, ShortSku, hold_cart, release_hold, take_over};
use flow::inventory::pool::{NewBuffer, set_buffer};
use store::db::Db;
use store::pools::Buffer;
use store::stock::{self, Moved, Movement, Shelf};

fn short(sku: &str, wanted: i64, left: i64) -> ShortSku {
    ShortSku { sku: sku.into(), wanted, left }
}

async fn confirm(db: &Db, hold_id: &str, order: &str) -> Result<Vec<(Shelf, i64)>, Refused> {
    let (hold_id, order) = (hold_id.to_owned(), order.to_owned());
    db.write(move |tx| {
        let (hold_id, order) = (hold_id.clone(), order.clone());
        Box::pin(async move {
            let units = take_over(tx, &call(NOON), &hold_id, &order).await?;
            for &(shelf, units) in &units {
                let entry = crate::shop::entry(&order);
                let moved = stock::change(tx, shelf, Movement::Commit { units }, &entry).await?;
                assert_eq!(moved, Moved::Done, "its own units are there");
            }
            Ok(units)
        })
    })
    .await
}

#[test]
fn c1_of_two_carts_with_the_last_unit_one_is_told_what_is_left() {
    on_both(|db| async move {
        shop(&db, "mall MUG 1").await;
        let (a, b) = tokio::join!(hold(&db, "a", "MUG 1"), hold(&db, "b", "MUG 1"));
        let mut ends = [a.map(drop), b.map(drop)];
        ends.sort_by_key(Result::is_err);
        assert_eq!(ends, [Ok(()), Err(HoldRefused::Short(vec![short("MUG", 1, 0)]))]);
        assert_eq!(units(&db, "mall", "MUG").await.committed, 1);
        sound(&db).await;
    });
}

#[test]
fn c4_the_door_keeps_its_promise_when_everything_above_it_is_left_out() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3").await;
        let mug = shelf(&db, "mall", "MUG").await;
        let takers = (0..12).map(|i| {
            let db = db.clone();
            tokio::spawn(async move {
                match i % 2 {
                    0 => change(&db, mug, Movement::Commit { units: 1 }).await == Moved::Done,
                    _ => hold(&db, &format!("cart {i}"), "MUG 1").await.is_ok(),
                }
            })
        });
        let mut done = 0;
        for taker in takers.collect::<Vec<_>>() {
            done += usize::from(taker.await.unwrap());
        }
        assert_eq!(done, 3);
        assert_eq!(units(&db, "mall", "MUG").await.committed, 3);
        sound(&db).await;
    });
}

#[test]
fn c5_two_lines_of_one_sku_are_one_wish() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3").await;
        let refused = hold(&db, "a", "MUG 2, MUG 2").await.map(drop);
        assert_eq!(refused, Err(HoldRefused::Short(vec![short("MUG", 4, 3)])));
        assert!(hold(&db, "a", "MUG 2, MUG 1").await.is_ok());
        sound(&db).await;
    });
}

#[test]
fn c8_one_here_and_one_there_are_two() {
    on_both(|db| async move {
        shop(&db, "mall MUG 1, depot MUG 1").await;
        let held = hold(&db, "a", "MUG 2").await.unwrap();
        assert_eq!(held.units.iter().map(|(_, units)| *units).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(units(&db, "mall", "MUG").await.available(), 0);
        assert_eq!(units(&db, "depot", "MUG").await.available(), 0);
        let refused = hold(&db, "b", "MUG 1").await.map(drop);
        assert_eq!(refused, Err(HoldRefused::Short(vec![short("MUG", 1, 0)])));
        sound(&db).await;
    });
}

#[test]
fn the_fewest_shelves_serve_and_the_code_breaks_a_tie() {
    on_both(|db| async move {
        shop(&db, "b MUG 3, c MUG 5, a MUG 3").await;
        hold(&db, "one", "MUG 4").await.unwrap();
        assert_eq!(units(&db, "c", "MUG").await.committed, 4);
        hold(&db, "two", "MUG 3").await.unwrap();
        assert_eq!(units(&db, "a", "MUG").await.committed, 3);
    });
}

#[test]
fn a_cart_that_is_short_keeps_nothing_and_names_every_sku() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3, mall TEE 1, mall RUG 0").await;
        let refused = hold(&db, "a", "MUG 2, TEE 2, RUG 1").await.map(drop);
        let all = vec![short("RUG", 1, 0), short("TEE", 2, 1)];
        assert_eq!(refused, Err(HoldRefused::Short(all.clone())));
        assert_eq!(units(&db, "mall", "MUG").await.committed, 0);
        let say = Refused::from(HoldRefused::Short(all)).to_string();
        assert_eq!(say, "there are too few (RUG: 0 left, 1 wanted; TEE: 1 left, 2 wanted); ask for fewer");
        sound(&db).await;
    });
}

#[test]
fn a_new_hold_of_a_cart_takes_the_place_of_its_old_one_or_changes_nothing() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3, mall TEE 3").await;
        let old = hold(&db, "a", "MUG 3").await.unwrap();
        assert!(hold(&db, "a", "MUG 3, TEE 4").await.is_err(), "too few tees");
        assert_eq!(units(&db, "mall", "MUG").await.committed, 3, "the old one stays");
        hold(&db, "a", "MUG 2, TEE 1").await.unwrap();
        assert_eq!(units(&db, "mall", "MUG").await.committed, 2);
        let late = confirm(&db, &old.id, "ord_1").await;
        assert!(matches!(late, Err(Refused::Conflict { code: "hold_ended", .. })), "{late:?}");
        sound(&db).await;
    });
}

#[test]
fn many_holds_of_one_cart_at_the_same_time_leave_one() {
    on_both(|db| async move {
        shop(&db, "mall MUG 2, depot MUG 2").await;
        let all = (0..10).map(|_| {
            let db = db.clone();
            tokio::spawn(async move { hold(&db, "a", "MUG 3").await.map(drop) })
        });
        for each in all.collect::<Vec<_>>() {
            assert_eq!(each.await.unwrap(), Ok(()));
        }
        let committed =
            units(&db, "mall", "MUG").await.committed + units(&db, "depot", "MUG").await.committed;
        assert_eq!(committed, 3);
        sound(&db).await;
    });
}

#[test]
fn pickup_takes_the_chosen_stores_own_units() {
    on_both(|db| async move {
        shop(&db, "mall MUG 1, depot MUG 5").await;
        let refused = hold(&db, "a", "MUG 2 at mall").await.map(drop);
        assert_eq!(refused, Err(HoldRefused::Short(vec![short("MUG", 2, 1)])));
        hold(&db, "a", "MUG 1 at mall, MUG 5").await.unwrap();
        assert_eq!(units(&db, "mall", "MUG").await.committed, 1);
        assert_eq!(units(&db, "depot", "MUG").await.committed, 5);
    });
}

#[test]
fn what_a_channel_is_not_offered_is_not_held_either_however_many_ask() {
    on_both(|db| async move {
        shop(&db, "mall MUG 4, depot MUG 4").await;
        let kept = NewBuffer { pool: "all".into(), channel: "web".into(), buffer: Some(Buffer::Units(3)) };
        set_buffer(&db, &call(NOON), kept).await.unwrap();
        let all = (0..12).map(|i| {
            let db = db.clone();
            tokio::spawn(async move { hold(&db, &format!("cart {i}"), "MUG 1").await.is_ok() })
        });
        let mut done = 0;
        for each in all.collect::<Vec<_>>() {
            done += usize::from(each.await.unwrap());
        }
        assert_eq!(done, 5);
        sound(&db).await;
    });
}

#[test]
fn demand_that_is_not_routed_yet_is_not_held_again() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3").await;
        wanted_by_an_order(&db, "MUG", 2).await;
        let refused = hold(&db, "a", "MUG 2").await.map(drop);
        assert_eq!(refused, Err(HoldRefused::Short(vec![short("MUG", 2, 1)])));
    });
}

#[test]
fn an_order_takes_over_what_its_cart_kept_even_the_last_unit() {
    on_both(|db| async move {
        shop(&db, "mall MUG 1, depot MUG 1").await;
        let held = hold(&db, "a", "MUG 2").await.unwrap();
        let rivals = (0..6).map(|i| {
            let db = db.clone();
            tokio::spawn(async move { hold(&db, &format!("rival {i}"), "MUG 1").await.is_ok() })
        });
        let rivals: Vec<_> = rivals.collect();
        let units_taken = confirm(&db, &held.id, "ord_1").await.unwrap();
        assert_eq!(units_taken, held.units);
        for rival in rivals {
            assert!(!rival.await.unwrap(), "nobody slips in");
        }
        let again = confirm(&db, &held.id, "ord_2").await;
        assert!(again.is_err_and(|refused| refused.to_string().contains("ord_1")));
        sound(&db).await;
    });
}

#[test]
fn a_hold_is_not_over_before_its_time_and_a_late_payment_still_finds_its_units() {
    on_both(|db| async move {
        shop(&db, "mall MUG 1").await;
        let held = hold(&db, "a", "MUG 1").await.unwrap();
        assert_eq!(expire_holds(&db, NOON + 15 * MINUTE - 1, 10).await, Ok(0));
        assert!(confirm(&db, &held.id, "ord_1").await.is_ok());
        assert_eq!(expire_holds(&db, NOON + 16 * MINUTE, 10).await, Ok(0));
        sound(&db).await;
    });
}

#[test]
fn s7_a_hold_ends_once_whoever_comes_first() {
    on_both(|db| async move {
        shop(&db, "mall MUG 60, depot MUG 40").await;
        let mut held = Vec::new();
        for i in 0..50 {
            held.push(hold(&db, &format!("cart {i}"), "MUG 2").await.unwrap().id);
        }
        let late = NOON + 20 * MINUTE;
        let sweeps = (0..4).map(|_| {
            let db = db.clone();
            tokio::spawn(async move { expire_holds(&db, late, 1_000).await.unwrap() })
        });
        let sweeps: Vec<_> = sweeps.collect();
        let confirms = held.iter().enumerate().map(|(i, id)| {
            let (db, id) = (db.clone(), id.clone());
            tokio::spawn(async move {
                match i % 3 {
                    0 => usize::from(confirm(&db, &id, &format!("ord_{i}")).await.is_ok()),
                    1 => release_hold(&db, &call(late), &id).await.map_or(0, |()| 0),
                    _ => 0,
                }
            })
        });
        let (mut confirmed, mut expired) = (0, 0);
        for each in confirms.collect::<Vec<_>>() {
            confirmed += each.await.unwrap();
        }
        for each in sweeps {
            expired += each.await.unwrap();
        }
        assert_eq!(expire_holds(&db, late, 1_000).await, Ok(0), "no hold is left");
        let committed =
            units(&db, "mall", "MUG").await.committed + units(&db, "depot", "MUG").await.committed;
        assert_eq!(committed, 2 * confirmed as i64, "{confirmed} confirmed, {expired} expired");
        sound(&db).await;
    });
}

#[test]
fn a_cart_is_asked_for_soundly_or_told_what_to_mend() {
    on_both(|db| async move {
        shop(&db, "mall MUG 1").await;
        for (lines, at) in
            [("MUG 0", "/lines/0/units"), ("MUG -1", "/lines/0/units"), ("HAT 1", "/lines/0/sku")]
        {
            let refused = hold(&db, "a", lines).await.map(drop);
            let Err(HoldRefused::Other(Refused::Invalid(faults))) = refused else { panic!("{refused:?}") };
            assert_eq!(faults[0].at, at);
        }
        let mut late = cart("a", "MUG 1");
        late.expires_at_ms = NOON;
        assert!(hold_cart(&db, &call(NOON), late).await.is_err());
        assert!(matches!(release_hold(&db, &call(NOON), "hld_x").await, Err(Refused::NotFound { .. })));
    });
}
