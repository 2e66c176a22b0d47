//! The checker finds what is done to holds, arrivals and missing units behind its back.

use crate::check::found_after;
use crate::place::{must, on_both};
use crate::stock::{entry, shelf};
use model::LocationKind;
use store::arrivals::{self, Arrival, ArrivalState, Origin};
use store::db::Db;
use store::holds::{self, Hold, HoldState};
use store::places::add_location;
use store::pools::{self, Gate, Pool};
use store::stock::{self, Movement, Shelf};

const DAMAGES: [(&str, &str); 14] = [
    (
        "hold_is_not_what_is_committed_for_it",
        "update hold_units set units = units + 1 where hold_id = 'hld_open'",
    ),
    (
        "hold_is_not_what_is_committed_for_it",
        "update hold_units set units = units - 1 where hold_id = 'hld_open'",
    ),
    ("hold_is_not_what_is_committed_for_it", "delete from hold_units where hold_id = 'hld_open'"),
    (
        "hold_is_not_what_is_committed_for_it",
        "update holds set state = 'expired', ended_at = 2 where id = 'hld_open'",
    ),
    (
        "hold_is_not_what_is_committed_for_it",
        "update holds set state = 'open', ended_at = null where id = 'hld_over'",
    ),
    ("hold_is_not_what_is_committed_for_it", "delete from ledger where document = 'hld_open'"),
    (
        "hold_is_not_what_is_committed_for_it",
        "delete from ledger where document = 'hld_over' and movement = 'release'",
    ),
    ("arrival_is_not_what_is_incoming_for_it", "update arrival_lines set received = received + 1"),
    ("arrival_is_not_what_is_incoming_for_it", "update arrival_lines set announced = announced + 1"),
    ("arrival_is_not_what_is_incoming_for_it", "update arrivals set state = 'closed'"),
    ("arrival_is_not_what_is_incoming_for_it", "delete from arrival_lines"),
    ("arrival_is_not_what_is_incoming_for_it", "delete from ledger where document = 'trf_1'"),
    (
        "missing_and_yet_free",
        "insert into missing_units (product_id, location_id, units, at) \
        select product_id, location_id, 1, 1 from stock",
    ),
    (
        "missing_and_yet_free",
        "insert into missing_units (product_id, location_id, units, at) \
        select product_id, location_id, 99, 1 from stock",
    ),
];

async fn keep(db: &Db, shelf: Shelf) {
    must(db, move |tx| {
        Box::pin(async move {
            let pool = Pool {
                code: "all".into(),
                name: "all".into(),
                unproven: Gate::Open,
                locations: vec![shelf.location],
                classes: Vec::new(),
            };
            let pool = pools::save(tx, &pool).await?;
            for id in ["hld_open", "hld_over"] {
                let hold = Hold {
                    id: id.into(),
                    cart: id.into(),
                    pool,
                    channel: "web".into(),
                    state: HoldState::Open,
                    at_ms: 1,
                    expires_at_ms: 9,
                };
                assert!(holds::open(tx, &hold).await?);
                stock::change(tx, shelf, Movement::Commit { units: 2 }, &entry(id)).await?;
                holds::add_units(tx, id, shelf, 2).await?;
            }
            assert!(holds::end(tx, "hld_over", &HoldState::Expired { at_ms: 9 }).await?);
            assert!(!holds::end(tx, "hld_over", &HoldState::Released { at_ms: 9 }).await?);
            stock::change(tx, shelf, Movement::Release { units: 2 }, &entry("hld_over")).await?;
            send(tx, shelf).await
        })
    })
    .await;
}

async fn send(tx: &mut store::Tx, shelf: Shelf) -> Result<(), store::DbError> {
    let origin = add_location(tx, "origin", "origin", LocationKind::Warehouse).await?;
    let arrival = Arrival {
        id: "trf_1".into(),
        origin: Origin::Location(origin),
        target: shelf.location,
        state: ArrivalState::Draft,
        due_at_ms: None,
        reason: "restock".into(),
        at_ms: 1,
        sent_at_ms: None,
        ended_at_ms: None,
    };
    arrivals::add(tx, &arrival).await?;
    arrivals::add_line(tx, "trf_1", shelf.product, 5).await?;
    assert!(arrivals::send(tx, "trf_1", 2).await?);
    stock::change(tx, shelf, Movement::Expect { units: 5 }, &entry("trf_1")).await?;
    stock::change(tx, shelf, Movement::Receive { units: 3, expected: 3 }, &entry("trf_1")).await?;
    arrivals::receive(tx, "trf_1", shelf.product, (3, 0)).await
}

#[test]
fn every_damage_to_holds_arrivals_and_missing_units_is_found() {
    on_both(|db| async move {
        let shelf = shelf(&db, "hurt", 9).await;
        keep(&db, shelf).await;
        assert_eq!(found_after(&db, "select 1 as one").await, [], "nothing is wrong before");
        for (invariant, damage) in DAMAGES {
            let seen = found_after(&db, damage).await;
            let is_found =
                seen.iter().any(|breach| breach.invariant == invariant && breach.subject == "hurt at hurt");
            assert!(is_found, "{damage}: {seen:?}");
        }
        assert_eq!(found_after(&db, "select 1 as one").await, [], "the damage was taken back");
    });
}
