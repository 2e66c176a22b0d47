//! Many orders at the same time for what carts hold.

use crate::place::on_both;
use crate::stage::Stage;
use flow::inventory::expire::expire_holds;
use flow::inventory::hold::{HoldLine, NewHold, hold_cart};
use flow::order::{NewLine, NewOrder};
use flow::take_order::take_order;
use model::Timestamp;
use std::sync::Arc;
use store::DbError;
use store::holds::{self, HoldState};
use store::orders::{self, Stands};

const SHOP: &str = "location mall store\nlocation pier store\nstock mall MUG 600\nstock pier MUG 400\n";

async fn shop(db: store::Db, script: &str) -> Arc<Stage> {
    let stage = Stage::open(db, script).await;
    stage.pool(&["mall", "pier"]).await.unwrap();
    Arc::new(stage)
}

async fn hold(stage: &Stage, cart: &str, units: i64) -> String {
    let asked = NewHold {
        cart: cart.into(),
        pool: "all".into(),
        channel: "web".into(),
        lines: vec![HoldLine { sku: "MUG".into(), units, location: None }],
        expires_at_ms: stage.at_ms + 15 * Timestamp::MINUTE_MS,
    };
    hold_cart(&stage.baton.db, &stage.call(), asked).await.unwrap().id
}

/// An order for so many mugs that names a cart; where its units stand.
async fn buy(stage: Arc<Stage>, (name, cart): (String, String), quantity: u32) -> Stands {
    let mut sent: NewOrder =
        serde_json::from_value(serde_json::json!({ "channel": "web", "external_id": name, "lines": [] }))
            .unwrap();
    sent.ship_to.postal = "97201".into();
    sent.cart = cart;
    let (unit_price, when_short) = (String::new(), String::new());
    sent.lines.push(NewLine { line: 0, sku: "MUG".into(), quantity, unit_price, when_short });
    let mut call = stage.call();
    call.at_ms += 20 * Timestamp::MINUTE_MS;
    let id = take_order(&stage.baton, &call, sent).await.unwrap().order.id;
    let read = stage.baton.db.read(move |tx| {
        let id = id.clone();
        Box::pin(async move { Ok::<_, DbError>(orders::items(tx, &id).await?[0].stands) })
    });
    read.await.unwrap()
}

async fn committed(stage: &Stage) -> i64 {
    let mut sum = 0;
    for place in ["mall", "pier"] {
        sum += stage.read_units(stage.shelf(place, "MUG")).await.committed;
    }
    sum
}

async fn state(stage: &Stage, hold_id: &str) -> HoldState {
    let id = hold_id.to_owned();
    let read = stage.baton.db.read(move |tx| {
        let id = id.clone();
        Box::pin(async move { holds::find(tx, &id).await })
    });
    read.await.unwrap().unwrap().state
}

#[test]
fn of_64_orders_that_race_for_16_carts_each_cart_goes_to_one_and_no_unit_to_another() {
    on_both(|db| async move {
        let given = "location mall store\nlocation pier store\nstock mall MUG 20\nstock pier MUG 12\n";
        let stage = shop(db, given).await;
        let mut held = Vec::new();
        for cart in 0..16 {
            held.push(hold(&stage, &format!("cart {cart}"), 2).await);
        }
        let buyers: Vec<_> = (0..64)
            .map(|i| tokio::spawn(buy(Arc::clone(&stage), (i.to_string(), format!("cart {}", i % 16)), 2)))
            .collect();
        let mut served = [0; 16];
        for (i, buyer) in buyers.into_iter().enumerate() {
            let stands = buyer.await.unwrap();
            assert!(stands.allocated == 0 || stands.allocated == 2, "{stands:?}");
            served[i % 16] += stands.allocated;
        }
        assert_eq!(served, [2; 16], "each cart's units go to one order of that cart");
        for id in &held {
            assert!(matches!(state(&stage, id).await, HoldState::Confirmed { .. }));
        }
        assert_eq!(committed(&stage).await, 32);
        stage.check_books().await;
    });
}

#[test]
fn c14_s7_of_1000_holds_whose_orders_race_their_end_none_is_freed_twice_and_none_is_left() {
    on_both(|db| async move {
        let stage = shop(db, SHOP).await;
        let mut held = Vec::new();
        for some in (0..1_000).collect::<Vec<_>>().chunks(50) {
            let all = some.iter().map(|cart| {
                let stage = Arc::clone(&stage);
                let cart = format!("cart {cart}");
                tokio::spawn(async move { hold(&stage, &cart, 1).await })
            });
            for each in all.collect::<Vec<_>>() {
                held.push(each.await.unwrap());
            }
        }
        assert_eq!(committed(&stage).await, 1_000);
        let late = stage.at_ms + 20 * Timestamp::MINUTE_MS;
        let sweeps: Vec<_> = (0..2)
            .map(|_| {
                let db = stage.baton.db.clone();
                tokio::spawn(async move {
                    let mut ended = 0;
                    for _ in 0..40 {
                        ended += expire_holds(&db, late, 40).await.unwrap();
                        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
                    }
                    ended
                })
            })
            .collect();
        let buyers: Vec<_> = (0..200)
            .map(|i| {
                let cart = format!("cart {}", 999 - i * 3);
                tokio::spawn(buy(Arc::clone(&stage), (i.to_string(), cart), 1))
            })
            .collect();
        let mut allocated = 0;
        for buyer in buyers {
            allocated += buyer.await.unwrap().allocated;
        }
        let mut ended = 0;
        for sweep in sweeps {
            ended += sweep.await.unwrap();
        }
        ended += expire_holds(&stage.baton.db, late, 1_000).await.unwrap();
        let (mut confirmed, mut expired) = (0, 0);
        for id in &held {
            match state(&stage, id).await {
                HoldState::Confirmed { .. } => confirmed += 1,
                HoldState::Expired { .. } => expired += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((confirmed + expired, ended), (1_000, expired), "each hold ended once");
        assert!(confirmed > 0 && expired > 0, "{confirmed} confirmed, {expired} expired");
        assert_eq!(committed(&stage).await, allocated, "what is promised is the orders', and no cart's");
        assert_eq!(allocated, 200, "there is enough for all");
        stage.check_books().await;
    });
}
