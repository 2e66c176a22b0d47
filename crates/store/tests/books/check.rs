//! The checker finds every damage that is done behind its back, and nothing where none was done.

use crate::place::{must, on_both};
use crate::stock::{entry, shelf};
use store::check::{Breach, breaches};
use store::db::{Db, DbError};
use store::stock::{self, Movement};

/// Damage to one row, with the checks of the schema out of the way where they would stop it.
const DAMAGES: [&str; 8] = [
    "update stock set on_hand = on_hand + 1",
    "update stock set committed = committed + 1",
    "update stock set incoming = incoming + 5",
    "update stock set safety_stock = safety_stock + 1",
    "update stock set version = version + 1",
    "update ledger set on_hand = on_hand + 1 where number = (select max(number) from ledger)",
    "update ledger set committed = committed - 1 where number = (select max(number) from ledger)",
    "delete from ledger where number = (select max(number) from ledger)",
];

async fn found(db: &Db) -> Vec<Breach> {
    db.read(|tx| Box::pin(async move { breaches(tx).await })).await.unwrap()
}

/// What the checker finds after a statement, which is taken back.
pub(crate) async fn found_after(db: &Db, damage: &'static str) -> Vec<Breach> {
    let seen = db
        .write::<(), Seen>(move |tx| {
            Box::pin(async move {
                tx.execute(damage, &[]).await?;
                Err(Seen::Breaches(breaches(tx).await?))
            })
        })
        .await;
    match seen {
        Err(Seen::Breaches(seen)) => seen,
        Err(Seen::Fault(fault)) => panic!("{damage}: {fault}"),
        Ok(()) => panic!("{damage} stays"),
    }
}

#[test]
fn books_that_were_changed_through_the_door_have_no_breach() {
    on_both(|db| async move {
        let shelf = shelf(&db, "sound", 9).await;
        must(&db, move |tx| {
            Box::pin(async move {
                for movement in [
                    Movement::Commit { units: 3 },
                    Movement::Ship { units: 2 },
                    Movement::Expect { units: 6 },
                    Movement::Receive { units: 5, expected: 6 },
                    Movement::ReturnDamaged { units: 1 },
                    Movement::KeepSafe { units: 2 },
                    Movement::Release { units: 1 },
                    Movement::Commit { units: 99 },
                ] {
                    stock::change(tx, shelf, movement, &entry("1")).await?;
                }
                Ok(())
            })
        })
        .await;
        assert_eq!(found(&db).await, []);
    });
}

#[test]
fn every_damage_is_found() {
    on_both(|db| async move {
        let shelf = shelf(&db, "hurt", 9).await;
        must(&db, move |tx| {
            Box::pin(async move {
                stock::change(tx, shelf, Movement::Commit { units: 3 }, &entry("1")).await.map(drop)
            })
        })
        .await;
        for damage in DAMAGES {
            let seen = found_after(&db, damage).await;
            assert!(!seen.is_empty(), "{damage} is not found");
            assert!(seen.iter().all(|breach| breach.subject == "hurt at hurt"), "{seen:?}");
        }
        assert_eq!(found(&db).await, [], "the damage was taken back");
    });
}

/// Ends a write so that nothing of it stays.
#[derive(Debug)]
enum Seen {
    Breaches(Vec<Breach>),
    Fault(DbError),
}

impl From<DbError> for Seen {
    fn from(error: DbError) -> Seen {
        Seen::Fault(error)
    }
}

/// Where there are two texts, the one for this database.
fn of_one(db: &Db, statements: &[(store::db::Dialect, &'static str)]) -> Vec<&'static str> {
    let own = statements.iter().filter(|(dialect, _)| *dialect == db.dialect());
    own.map(|(_, statement)| *statement).collect()
}

#[test]
fn every_statement_is_understood_by_both() {
    on_both(|db| async move {
        let statements = stock::statements().chain(store::check::statements());
        let statements: Vec<&'static str> = statements
            .chain(store::places::STATEMENTS)
            .chain(store::migrations::STATEMENTS)
            .chain(store::events::STATEMENTS)
            .chain(store::orders::STATEMENTS)
            .chain(store::order_terms::STATEMENTS)
            .chain(store::order_batches::statements())
            .chain(store::views::STATEMENTS)
            .chain(store::order_list::samples().into_iter().map(|text| &*text.leak()))
            .chain(store::fulfillments::STATEMENTS)
            .chain(store::parcels::STATEMENTS)
            .chain(store::decisions::STATEMENTS)
            .chain(store::exceptions::STATEMENTS)
            .chain(store::exception_policies::STATEMENTS)
            .chain(store::substitutions::STATEMENTS)
            .chain(store::returns::STATEMENTS)
            .chain(store::rule_sets::STATEMENTS)
            .chain(store::rule_replays::STATEMENTS)
            .chain(store::history::STATEMENTS)
            .chain(store::setup::STATEMENTS)
            .chain(store::sheet_imports::statements())
            .chain(store::shelves::statements())
            .chain(store::events::CHAIN_STATEMENTS)
            .chain(store::events::ERASED_STATEMENTS)
            .chain(store::erasing::STATEMENTS)
            .chain(store::jobs::STATEMENTS)
            .chain(store::timers::STATEMENTS)
            .chain(store::copy::STATEMENTS)
            .chain(of_one(&db, &store::jobs::STATEMENTS_OF))
            .chain(of_one(&db, &store::tables::STATEMENTS_OF))
            .chain(of_one(&db, &store::migrations::STATEMENTS_OF))
            .chain(of_one(&db, &store::durability::STATEMENTS_OF))
            .chain(store::people::STATEMENTS)
            .chain(store::proofs::STATEMENTS)
            .chain(store::once::STATEMENTS)
            .chain(store::pools::STATEMENTS)
            .chain(store::promise::statements())
            .chain(store::holds::STATEMENTS)
            .chain(store::counts::STATEMENTS)
            .chain(store::accuracy::STATEMENTS)
            .chain(store::arrivals::STATEMENTS)
            .chain(store::feeds::STATEMENTS)
            .chain(store::ledger::STATEMENTS)
            .chain(store::work::STATEMENTS)
            .chain(store::measures::STATEMENTS)
            .chain(store::setting_marks::STATEMENTS)
            .chain(store::notices::STATEMENTS)
            .collect();
        assert!(statements.len() > 10);
        for statement in statements {
            let prepared = db.read(move |tx| Box::pin(async move { tx.prepare(statement).await })).await;
            assert_eq!(prepared, Ok::<(), DbError>(()), "{statement}");
        }
    });
}
