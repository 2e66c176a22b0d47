//! A setup changes through its verbs, and only to one of which a network can be built.

use crate::folder::{NOON, call, marks, small, there};
use crate::place::on_both;
use connect::files::Cells;
use flow::import::import_folder;
use flow::setup::{
    Change, Live, SettingsChange, add_location, add_product, change_location, change_product,
    change_settings, pause_location, resume_location,
};
use flow::{Call, Refused};
use model::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::db::{Db, DbError};
use store::events::{Event, of_subject};

fn cells(pairs: &[(&str, &str)]) -> Cells {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn to(pairs: &[(&str, &str)]) -> Change {
    Change { cells: cells(pairs), expected: None, ..Change::default() }
}

fn set(name: &str, content: &str) -> SettingsChange {
    let files = BTreeMap::from([(name.to_owned(), Some(content.to_owned()))]);
    SettingsChange { files, expected: None }
}

async fn start(db: &Db) {
    let dir = small();
    import_folder(db, &call(), dir.path()).await.unwrap_or_else(|refused| panic!("{refused}"));
}

async fn told(db: &Db, subject: String) -> Vec<Event> {
    db.read(move |tx| {
        let subject = subject.clone();
        Box::pin(async move { of_subject(tx, &subject, 0, 100).await })
    })
    .await
    .unwrap_or_else(|error: DbError| panic!("{error}"))
}

#[track_caller]
fn faults<T: std::fmt::Debug>(result: Result<T, Refused>) -> Vec<(String, String)> {
    match result {
        Err(Refused::Invalid(faults)) => faults.into_iter().map(|fault| (fault.at, fault.say)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn c15_a_new_sku_keeps_stock_and_sets_that_name_it() {
    on_both(|db| async move {
        start(&db).await;
        let (before, stock) = there(&db, NOON).await;
        let mug = before.network.product_by_sku("MUG").unwrap();
        let key = before.product_key(mug);
        let units: i32 = stock.available_in(stock.records(mug)).iter().sum();
        change_product(&db, &call(), "MUG", to(&[("sku", "ZEBRA")])).await.unwrap();
        let (after, stock) = there(&db, NOON).await;
        let zebra = after.network.product_by_sku("ZEBRA").unwrap();
        assert_eq!((after.product_key(zebra), after.product(key)), (key, Some(zebra)));
        assert_eq!(stock.available_in(stock.records(zebra)).iter().sum::<i32>(), units);
        let set = after.network.product_by_sku("SET").unwrap();
        assert_eq!(after.network.product(set).components[0].product, zebra);
        assert_eq!(after.network.product_by_sku("MUG"), None);
    });
}

#[test]
fn a_change_is_told_with_what_was_and_what_is() {
    on_both(|db| async move {
        start(&db).await;
        let change = to(&[
            ("capacity_parcels_per_day", "40"),
            ("zip", ""),
            ("lat_deg", "45.5"),
            ("lon_deg", "-122.6"),
        ]);
        assert_eq!(change_location(&db, &call(), "mall", change).await, Ok(2));
        let (facts, _) = there(&db, NOON).await;
        let mall = facts.network.location_by_code("mall").unwrap();
        assert_eq!(facts.network.location(mall).capacity_parcels_per_day, Some(40));
        let events = told(&db, format!("loc_{}", facts.location_key(mall).0)).await;
        assert_eq!(
            (events.len(), events[0].kind.as_str(), events[0].actor.as_str()),
            (1, "location.changed", "usr_1")
        );
        assert_eq!(
            events[0].facts,
            "{\"after\":{\"capacity_parcels_per_day\":\"40\",\"lat_deg\":\"45.5\",\"lon_deg\":\"-122.6\"},\
             \"before\":{\"zip\":\"97201\"},\"code\":\"mall\"}"
        );
    });
}

#[test]
fn a_change_that_cannot_be_read_is_refused_where_it_stands_and_writes_nothing() {
    on_both(|db| async move {
        start(&db).await;
        let before = marks(&db).await;
        let of = |column: &str| format!("/cells/{column}");
        let found = faults(change_product(&db, &call(), "MUG", to(&[("price_usd", "nine")])).await);
        assert_eq!((found.len(), &found[0].0), (1, &of("price_usd")), "{found:?}");
        let found = faults(change_location(&db, &call(), "mall", to(&[("latt_deg", "1")])).await);
        assert_eq!(found[0].0, of("latt_deg"));
        assert!(found[0].1.contains("write lat_deg"), "{found:?}");
        let found = faults(add_location(&db, &call(), cells(&[("name", "No code")])).await);
        assert_eq!(found[0].0, of("location_id"));
        let found =
            faults(add_product(&db, &call(), cells(&[("sku", "BOX"), ("components", "NONE*2")])).await);
        assert_eq!(found[0].0, of("components"));
        let found =
            faults(change_settings(&db, &call(), set("settings.toml", "promise_days = \"soon\"")).await);
        assert_eq!(found[0].0, "/files/settings.toml");
        assert!(found[0].1.contains("row 1, column promise_days"), "{found:?}");
        let found = faults(change_settings(&db, &call(), set("orders.csv", "")).await);
        assert_eq!(found[0].0, "/files/orders.csv");
        assert_eq!(marks(&db).await, before);
    });
}

#[test]
fn a_change_of_what_was_changed_meanwhile_is_refused() {
    on_both(|db| async move {
        start(&db).await;
        let seen = |cells: Cells| Change { cells, expected: Some(1), ..Change::default() };
        let first = change_product(&db, &call(), "TEE", seen(cells(&[("price_usd", "21")]))).await;
        let second = change_product(&db, &call(), "TEE", seen(cells(&[("price_usd", "19")]))).await;
        assert_eq!((first, second), (Ok(2), Err(Refused::Stale { version: 2 })));
        let stale = SettingsChange { expected: Some(0), ..set("settings.toml", "failed_pick = 3\n") };
        assert!(matches!(change_settings(&db, &call(), stale).await, Err(Refused::Stale { .. })));
    });
}

#[test]
fn what_is_not_there_cannot_be_changed_and_what_is_there_not_added() {
    on_both(|db| async move {
        start(&db).await;
        let missing = change_location(&db, &call(), "moon", to(&[("name", "Moon")])).await;
        assert_eq!(missing, Err(Refused::not_found("location", "moon")));
        let twice = add_product(&db, &call(), cells(&[("sku", "TEE")])).await;
        assert!(matches!(twice, Err(Refused::Conflict { code: "code_taken", .. })), "{twice:?}");
    });
}

#[test]
fn a_location_pauses_and_takes_orders_again() {
    on_both(|db| async move {
        start(&db).await;
        let paused = async || {
            let (facts, _) = there(&db, NOON).await;
            facts.network.location(facts.network.location_by_code("mall").unwrap()).is_paused
        };
        assert_eq!(pause_location(&db, &call(), ("mall", "water in the cellar")).await, Ok(2));
        assert!(paused().await);
        // Said again, it is so already.
        assert_eq!(pause_location(&db, &call(), ("mall", "water in the cellar")).await, Ok(2));
        assert_eq!(resume_location(&db, &call(), "mall").await, Ok(3));
        assert!(!paused().await);
    });
}

#[test]
fn a_shop_begins_with_its_first_location() {
    on_both(|db| async move {
        let live = Live::new();
        let none = live.facts(&db, NOON).await;
        assert!(matches!(none, Err(Refused::Conflict { code: "no_setup", .. })), "{none:?}");
        let first = cells(&[("location_id", " mall "), ("zip", "97201")]);
        assert_eq!(add_location(&db, &call(), first).await, Ok(1));
        assert_eq!(add_product(&db, &call(), cells(&[("sku", "MUG"), ("price_usd", "9.5")])).await, Ok(1));
        let facts = live.facts(&db, NOON).await.unwrap();
        assert_eq!(facts.network.location_by_code("mall"), Some(model::LocationId(0)));
        assert!(facts.network.place("972").is_some() && facts.products.len() == 1);
    });
}

#[test]
fn changes_at_the_same_time_all_hold() {
    on_both(|db| async move {
        start(&db).await;
        let add = |code: &'static str| {
            let (db, cells) = (db.clone(), cells(&[("location_id", code), ("zip", "97201")]));
            async move { add_location(&db, &call(), cells).await }
        };
        let ends = tokio::join!(add("a"), add("b"), add("c"));
        assert_eq!(ends, (Ok(1), Ok(1), Ok(1)));
        let (facts, _) = there(&db, NOON).await;
        assert_eq!(facts.locations.len(), 5);
    });
}

#[test]
fn the_network_in_force_is_built_again_when_the_setup_or_the_day_changes_and_only_then() {
    on_both(|db| async move {
        start(&db).await;
        let live = Live::new();
        let first = live.facts(&db, NOON).await.unwrap();
        assert!(Arc::ptr_eq(&first, &live.facts(&db, NOON + 1).await.unwrap()));
        let tomorrow = live.facts(&db, NOON + Timestamp::DAY_MS).await.unwrap();
        assert_eq!(tomorrow.day.0, first.day.0 + 1);
        let now = Call { at_ms: NOON + Timestamp::DAY_MS, ..call() };
        change_settings(
            &db,
            &now,
            set("settings.toml", "time_zone = \"America/New_York\"\nfailed_pick = 3\n"),
        )
        .await
        .unwrap();
        let after = live.facts(&db, now.at_ms).await.unwrap();
        assert_eq!(after.network.settings.failed_pick.decimal(), "3.0000");
        let version = db.read(|tx| Box::pin(async move { store::setup::version(tx).await }));
        assert_eq!(version.await, Ok::<_, DbError>(after.version));
        assert!(first.version < after.version);
    });
}
