//! A number and its explanation are one.

use crate::place::on_both;
use crate::shop::{MINUTE, NOON, call, change, hold, pool, shelf, shop, wanted_by_an_order, written};
use flow::Refused;
use flow::inventory::available::{Adds, Scope, available, why_available};
use flow::inventory::pool::{NewBuffer, classify, save_pool, set_buffer};
use std::collections::BTreeSet;
use store::db::Db;
use store::pools::{Buffer, Gate, SkuClass};
use store::stock::Movement;

fn scope(pool: &str) -> Scope {
    Scope { pool: pool.into(), channel: "web".into(), at_ms: NOON + MINUTE }
}

fn wish(sku: &str) -> String {
    sku.to_owned()
}

async fn units(db: &Db, pool: &str, sku: &str) -> Option<i64> {
    let looked = available(db, scope(pool), vec![wish(sku)]).await.unwrap()[0].units;
    if let Some(looked) = looked {
        let why = why_available(db, scope(pool), wish(sku)).await.unwrap();
        assert_eq!(why.promised, looked, "{sku} of {pool}: the look and the reason differ");
        assert_eq!(why.rows.iter().map(|row| row.adds).sum::<i64>(), why.available);
    }
    looked
}

#[test]
fn a_look_says_what_a_hold_gets() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3, depot MUG 2, depot TEE 1").await;
        let skus = ["TEE", "HAT", "MUG", "TEE"].map(wish);
        let looked = available(&db, scope("all"), skus.to_vec()).await.unwrap();
        let looked: Vec<_> = looked.iter().map(|one| (one.sku.as_str(), one.units)).collect();
        assert_eq!(looked, [("TEE", Some(1)), ("HAT", None), ("MUG", Some(5)), ("TEE", Some(1))]);
        hold(&db, "a", "MUG 4").await.unwrap();
        assert_eq!(units(&db, "all", "MUG").await, Some(1));
        assert!(hold(&db, "b", "MUG 2").await.is_err());
        assert!(hold(&db, "b", "MUG 1").await.is_ok());
        assert_eq!(units(&db, "all", "MUG").await, Some(0));
    });
}

#[test]
fn each_location_says_why_it_adds_what_it_does() {
    on_both(|db| async move {
        shop(&db, "a MUG 4, b MUG 1, c TEE 1, d MUG 2").await;
        change(&db, shelf(&db, "d", "MUG").await, Movement::KeepSafe { units: 5 }).await;
        hold(&db, "cart", "MUG 2").await.unwrap();
        let kept = NewBuffer { pool: "all".into(), channel: "web".into(), buffer: Some(Buffer::Percent(10)) };
        set_buffer(&db, &call(NOON), kept).await.unwrap();
        wanted_by_an_order(&db, "MUG", 1).await;
        let why = why_available(&db, scope("all"), wish("MUG")).await.unwrap();
        assert_eq!(units(&db, "all", "MUG").await, Some(why.promised));
        let rows: Vec<_> = why
            .rows
            .iter()
            .map(|row| (row.shelf.code.as_str(), row.adds, row.reason, row.shelf.held))
            .collect();
        assert_eq!(
            rows,
            [
                ("a", 2, Adds::All, 2),
                ("b", 1, Adds::All, 0),
                ("c", 0, Adds::NotStocked, 0),
                ("d", 0, Adds::NothingLeft, 0)
            ]
        );
        assert_eq!((why.available, why.kept, why.not_routed, why.promised), (3, 1, 1, 1));
    });
}

#[test]
fn a_pool_takes_its_locations_and_classes_and_no_others() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3, depot MUG 2, mall TEE 7").await;
        written(&db, |tx| {
            Box::pin(async move {
                let class = SkuClass { category: "mugs".into(), velocity: "A".into() };
                classify(tx, "MUG", &class).await.unwrap();
                Ok(())
            })
        })
        .await;
        for (code, classes, mug, tee) in [
            ("whole", vec![], 3, 7),
            ("fast", vec![("mugs", "A")], 3, 0),
            ("any", vec![("mugs", "")], 3, 0),
            ("slow", vec![("mugs", "C")], 0, 0),
        ] {
            let mut new = pool(code, BTreeSet::from(["mall".to_owned()]));
            new.classes = classes
                .iter()
                .map(|(category, velocity)| SkuClass {
                    category: (*category).into(),
                    velocity: (*velocity).into(),
                })
                .collect();
            save_pool(&db, &call(NOON), new).await.unwrap();
            assert_eq!(
                (units(&db, code, "MUG").await, units(&db, code, "TEE").await),
                (Some(mug), Some(tee))
            );
        }
    });
}

#[test]
fn a_pool_that_trusts_nobody_unproven_has_nothing_yet() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3").await;
        let mut strict = pool("strict", BTreeSet::from(["mall".to_owned()]));
        strict.unproven = Gate::Closed;
        save_pool(&db, &call(NOON), strict).await.unwrap();
        assert_eq!(units(&db, "strict", "MUG").await, Some(0));
        let why = why_available(&db, scope("strict"), wish("MUG")).await.unwrap();
        assert_eq!(why.rows[0].reason, Adds::GateClosed);
    });
}

#[test]
fn at_most_250_skus_are_looked_up_at_once() {
    on_both(|db| async move {
        shop(&db, "mall MUG 3").await;
        let many = |n: usize| vec![wish("MUG"); n];
        let all = available(&db, scope("all"), many(250)).await.unwrap();
        assert!(all.len() == 250 && all.iter().all(|one| one.units == Some(3)));
        assert!(matches!(available(&db, scope("all"), many(251)).await, Err(Refused::Invalid(_))));
        assert!(matches!(available(&db, scope("none"), many(1)).await, Err(Refused::NotFound { .. })));
    });
}
