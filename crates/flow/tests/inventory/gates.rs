//! Counted lines open and close what may be promised.

use crate::place::{must, on_both};
use crate::shop::{NOON, call, pool, shelf, shop};
use flow::Refused;
use flow::inventory::available::{Scope, available, why_available};
use flow::inventory::gate::{Levels, Overriding, WINDOW_MS, end_override, judge_gates, override_gate};
use flow::inventory::pool::{classify, save_pool};
use std::collections::BTreeSet;
use store::accuracy::{self, Cell, Line};
use store::db::Db;
use store::pools::{Gate, SkuClass};

fn mugs() -> SkuClass {
    SkuClass { category: "mugs".into(), velocity: "A".into() }
}

/// So many lines of the mugs at the mall, so many of them right.
async fn counted(db: &Db, (lines, within): (i64, i64), at_ms: i64, channel: &'static str) {
    let shelf = shelf(db, "mall", "MUG").await;
    must(db, move |tx| {
        Box::pin(async move {
            let cell = Cell { location: shelf.location, class: mugs(), channel: channel.into() };
            for i in 0..lines {
                let counted = if i < within { 5 } else { 3 };
                let line = Line {
                    at_ms,
                    cell: &cell,
                    product: shelf.product,
                    expected: 5,
                    counted,
                    tolerance: 0,
                    document: "cnt_1",
                };
                accuracy::record(tx, &line).await?;
            }
            Ok(())
        })
    })
    .await;
}

async fn strict_shop(db: &Db) {
    shop(db, "mall MUG 7").await;
    must(db, |tx| {
        Box::pin(async move {
            classify(tx, "MUG", &mugs()).await.unwrap();
            Ok(())
        })
    })
    .await;
    let mut strict = pool("strict", BTreeSet::from(["mall".to_owned()]));
    strict.unproven = Gate::Closed;
    save_pool(db, &call(NOON), strict).await.unwrap();
}

async fn promised(db: &Db, channel: &str, at_ms: i64) -> i64 {
    let scope = Scope { pool: "strict".into(), channel: channel.into(), at_ms };
    available(db, scope, vec!["MUG".into()]).await.unwrap()[0].units.unwrap()
}

#[test]
fn a_gate_opens_when_counts_prove_the_books_and_closes_when_they_do_not() {
    on_both(|db| async move {
        strict_shop(&db).await;
        counted(&db, (3, 3), NOON, "").await;
        judge_gates(&db, &call(NOON), Levels::default()).await.unwrap();
        assert_eq!(promised(&db, "web", NOON).await, 0, "three lucky counts prove nothing");
        counted(&db, (97, 97), NOON, "").await;
        assert_eq!(judge_gates(&db, &call(NOON), Levels::default()).await, Ok(1));
        assert_eq!(
            judge_gates(&db, &call(NOON), Levels::default()).await,
            Ok(0),
            "judged twice is judged once"
        );
        assert_eq!(promised(&db, "web", NOON).await, 7);
        counted(&db, (5, 0), NOON, "").await;
        assert_eq!(judge_gates(&db, &call(NOON), Levels::default()).await, Ok(0), "it does not flutter");
        counted(&db, (5, 0), NOON, "").await;
        assert_eq!(judge_gates(&db, &call(NOON), Levels::default()).await, Ok(1));
        assert_eq!(promised(&db, "web", NOON).await, 0);
        let scope = Scope { pool: "strict".into(), channel: "web".into(), at_ms: NOON };
        let why = why_available(&db, scope, "MUG".into()).await.unwrap();
        assert_eq!(why.rows[0].shelf.gate_reason.as_deref(), Some("inaccurate"));
    });
}

#[test]
fn evidence_grows_old() {
    on_both(|db| async move {
        strict_shop(&db).await;
        counted(&db, (100, 100), NOON, "").await;
        judge_gates(&db, &call(NOON), Levels::default()).await.unwrap();
        let later = NOON + WINDOW_MS;
        assert_eq!(judge_gates(&db, &call(later - 1), Levels::default()).await, Ok(0));
        assert_eq!(judge_gates(&db, &call(later), Levels::default()).await, Ok(1));
        assert_eq!(promised(&db, "web", later).await, 0);
    });
}

#[test]
fn a_channel_with_evidence_of_its_own_has_a_gate_of_its_own() {
    on_both(|db| async move {
        strict_shop(&db).await;
        counted(&db, (100, 100), NOON, "").await;
        counted(&db, (50, 10), NOON, "market").await;
        judge_gates(&db, &call(NOON), Levels::default()).await.unwrap();
        assert_eq!(promised(&db, "web", NOON).await, 7);
        assert_eq!(promised(&db, "market", NOON).await, 0);
    });
}

#[test]
fn a_person_may_say_otherwise_until_a_date_with_name_and_reason() {
    on_both(|db| async move {
        strict_shop(&db).await;
        let asked = |gate, until_ms, reason: &str| Overriding {
            location: "mall".into(),
            class: mugs(),
            channel: String::new(),
            gate,
            until_ms,
            reason: reason.into(),
        };
        for (until_ms, reason) in [(NOON, "trust me"), (NOON + 2 * WINDOW_MS, "trust me"), (NOON + 5, " ")] {
            let refused = override_gate(&db, &call(NOON), asked(Gate::Open, until_ms, reason)).await;
            assert!(matches!(refused, Err(Refused::Invalid(_))), "{refused:?}");
        }
        override_gate(&db, &call(NOON), asked(Gate::Open, NOON + 10, "just counted")).await.unwrap();
        assert_eq!(promised(&db, "web", NOON + 9).await, 7);
        // Judging does not take it back; its end does, without anybody doing anything.
        judge_gates(&db, &call(NOON + 5), Levels::default()).await.unwrap();
        assert_eq!(promised(&db, "web", NOON + 9).await, 7);
        assert_eq!(promised(&db, "web", NOON + 10).await, 0);
        let kept =
            must(&db, |tx| Box::pin(async move { accuracy::gates(tx, &Cell::start(), 10).await })).await;
        let said = kept[0].overridden.clone().unwrap();
        assert_eq!((said.by.as_str(), said.reason.as_str()), ("usr_ann", "just counted"));
        assert_eq!((kept[0].at(NOON + 9), kept[0].at(NOON + 10)), (Gate::Open, Gate::Closed));
        end_override(&db, &call(NOON + 6), ("mall", &mugs(), "")).await.unwrap();
        assert_eq!(promised(&db, "web", NOON + 9).await, 0);
        let nothing = end_override(&db, &call(NOON), ("mall", &SkuClass::default(), "")).await;
        assert!(matches!(nothing, Err(Refused::NotFound { .. })));
    });
}
