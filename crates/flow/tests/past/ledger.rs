//! The stock at a moment that is past is what the ledger says it was.

use crate::place::on_both;
use crate::shop::{Dice, PLACES, PRODUCTS, Shop};
use std::collections::HashMap;
use store::db::DbError;
use store::history;
use store::stock::{Movement, Shelf, Units};

async fn levels(shop: &Shop) -> HashMap<Shelf, Units> {
    let mut all = HashMap::new();
    for place in PLACES {
        for sku in PRODUCTS {
            all.insert(shop.shelf(place, sku), shop.units(place, sku).await);
        }
    }
    all
}

/// Whatever can happen, by chance.
async fn something(shop: &Shop, (number, dice): (usize, &mut Dice), orders: &mut Vec<String>) {
    let at = (dice.one_of(&PLACES), dice.one_of(&PRODUCTS));
    let units = 1 + dice.below(3) as i64;
    let movement = match dice.below(14) {
        0..=3 => return orders.push(shop.some_order(&format!("{number}"), dice).await),
        4 => {
            if let Some(order) = orders.pop() {
                shop.send(&order).await;
            }
            return;
        }
        5 => Movement::Receive { units, expected: 0 },
        6 => Movement::Expect { units },
        7 => Movement::Sell { units },
        8 => Movement::Damage { units },
        9 => Movement::Repair { units },
        10 => Movement::QualityControl { units },
        11 => Movement::Showroom { units },
        12 => Movement::KeepSafe { units },
        _ => Movement::Adjust { units: -units },
    };
    // That there are too few is an answer like any other.
    let _ = shop.moves(at, movement).await;
}

#[test]
fn what_stands_there_now_less_what_happened_since_is_what_stood_there() {
    on_both(|db| async move {
        let shop = Shop::open(db).await;
        let mut dice = Dice(3);
        let mut orders = Vec::new();
        let mut seen = Vec::new();
        for number in 0..120 {
            something(&shop, (number, &mut dice), &mut orders).await;
            shop.pass(dice.below(200));
            if number % 20 == 0 {
                seen.push((shop.now_ms(), levels(&shop).await));
                shop.pass(1);
            }
        }
        let now = levels(&shop).await;
        assert!(seen.len() > 5 && seen.iter().all(|(_, then)| *then != now));
        for (at_ms, then) in seen {
            let since = shop.baton.db.read::<_, DbError>(move |tx| {
                Box::pin(async move { history::changed_since(tx, at_ms).await })
            });
            let since = since.await.unwrap();
            for (shelf, now) in &now {
                let worked_out = since.get(shelf).map_or(*now, |since| since.to(now));
                assert_eq!(worked_out, then[shelf], "{shelf:?} at {at_ms}");
            }
        }
    });
}
