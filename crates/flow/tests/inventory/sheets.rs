//! Tables that people bring: tried, carried out once whatever happens, told row by row, and taken back.

use crate::place::{must, on_both};
use crate::shop::{NOON, at, call, shelf, sound, units};
use flow::Baton;
use flow::baton::{StopSwitch, stop};
use flow::inventory::correct::{Correcting, Correction, correct_stock};
use flow::inventory::feed::{Feed, FeedRow, take_feed};
use flow::sheet_import::{
    self, AskImport, AskKind, Mode, NewImport, PlanChange, bad_rows_file, entrust_import, import, take_import,
};
use flow::worker::{Pace, Worker};
use model::LocationKind;
use serde_json::Value;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use store::db::{Db, DbError};
use store::ledger::{self, Wanted};
use store::places::{add_location, add_product};
use store::sheet_imports::{ImportRow, State};
use store::shelves;

const PRODUCTS: usize = 6_000;
const HEADER: &str = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,\
                      SKU,HS Code,COO,Location,Incoming,Unavailable,Committed,Available,On hand\n";

/// A node whose clock the test moves.
#[derive(Clone)]
struct Node {
    baton: Baton,
    now: Arc<AtomicI64>,
}

impl Node {
    fn over(db: &Db) -> Node {
        let now = Arc::new(AtomicI64::new(NOON));
        let clock = Arc::clone(&now);
        let clock = Arc::new(move || clock.load(Ordering::Relaxed));
        Node { baton: Baton::new(db.clone(), "one", clock), now }
    }

    fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::Relaxed);
    }

    fn now_ms(&self) -> i64 {
        self.now.load(Ordering::Relaxed)
    }

    fn at_work(&self) -> StopSwitch {
        let (switch, stop) = stop();
        let short = Duration::from_millis(5);
        let pace = Pace {
            lease: Duration::from_secs(60),
            look_every: short,
            to_stop: Duration::ZERO,
            ..Pace::default()
        };
        tokio::spawn(Worker::new(self.baton.clone(), pace).does(sheet_import::job_kind()).run(stop));
        switch
    }

    async fn take(&self, text: &str) -> ImportRow {
        let new = NewImport { name: "stock.csv".into(), kind: None, bytes: text.as_bytes().into() };
        take_import(&self.baton.db, &call(self.now_ms()), new).await.unwrap()
    }

    async fn ask(&self, id: &str, what: AskKind) {
        let asked = AskImport { id: id.to_owned(), what };
        entrust_import(&self.baton.db, &call(self.now_ms()), asked).await.unwrap();
    }

    async fn over_with(&self, id: &str) -> ImportRow {
        for _ in 0..12_000 {
            let row = import(&self.baton.db, id).await.unwrap();
            if !row.state.is_at_work() {
                return row;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("it does not end");
    }

    async fn done(&self, id: &str, what: AskKind) -> ImportRow {
        self.ask(id, what).await;
        self.over_with(id).await
    }

    /// Tried and carried out.
    async fn import(&self, text: &str) -> ImportRow {
        let row = self.take(text).await;
        assert_eq!(self.done(&row.id, AskKind::DryRun).await.state, State::Checked);
        let row = self.done(&row.id, AskKind::Confirm).await;
        assert_eq!((row.state, row.failure.as_str()), (State::Done, ""));
        row
    }
}

fn tally(row: &ImportRow) -> Value {
    serde_json::from_str(&row.tally).unwrap()
}

fn found(row: &ImportRow) -> Value {
    serde_json::from_str(row.checked.as_deref().unwrap()).unwrap()
}

/// Two places and many products, without a shelf.
async fn stocked(db: &Db, products: usize) {
    must(db, move |tx| {
        Box::pin(async move {
            add_location(tx, "mall", "Mall Store", LocationKind::Store).await?;
            add_location(tx, "depot", "Depot", LocationKind::Warehouse).await?;
            for number in 0..products {
                add_product(tx, &format!("SKU-{number:05}"), &format!("Thing {number}")).await?;
            }
            Ok(())
        })
    })
    .await;
}

fn row_of(number: usize, place: &str, on_hand: &str) -> String {
    format!(
        "thing-{number},Thing {number},Title,Default Title,,,,,SKU-{number:05},,,{place},0,0,0,{on_hand},{on_hand}\n"
    )
}

/// What is wrong in thirty rows, five of each kind; and how they are mended.
fn spoiled(kind: usize, number: usize) -> String {
    let row = row_of(number, "Mall Store", "7");
    match kind {
        0 => row.replace("SKU-", "SKV-"),
        1 => row.replace("Mall Store", "Moon"),
        2 => row.replace(",7,7\n", ",7,seven\n"),
        3 => row.replace(",7,7\n", ",-7,-7\n"),
        4 => row.replace(",7,7\n", ",7,\n"),
        _ => row.replace(",Title,Default", ",Default"),
    }
}

fn mended(row: &str) -> String {
    let row = row.replace("SKV-", "SKU-").replace("Moon", "Mall Store").replace("seven", "7");
    // A row that is a cell short was filled up at its end.
    let row = row.replace(",7,7,,", ",7,7,").replace(",-7,-7,", ",7,7,").replace(",7,,", ",7,7,");
    row.replace(",Default Title,,,,,SKU", ",Title,Default Title,,,,,SKU").replace(",Title,Title,", ",Title,")
}

fn large() -> String {
    let mut text = HEADER.to_owned();
    for number in 0..PRODUCTS {
        for (at, place) in ["Mall Store", "depot"].into_iter().enumerate() {
            match number % 200 == 7 && at == 0 {
                true => text.push_str(&spoiled(number / 200 % 6, number)),
                false => text.push_str(&row_of(number, place, &format!("{}", number % 50 + 1))),
            }
        }
    }
    text
}

async fn all_shelves(db: &Db) -> Vec<(i64, i64, i64)> {
    let read = db
        .read::<_, DbError>(|tx| Box::pin(async move { shelves::after(tx, shelves::START, 100_000).await }));
    let shelves = read.await.unwrap();
    shelves.iter().map(|one| (one.shelf.product.0, one.shelf.location.0, one.units.on_hand)).collect()
}

#[test]
fn twelve_thousand_rows_come_in_without_a_click_and_thirty_bad_ones_come_back_with_reasons() {
    on_both(|db| async move {
        stocked(&db, PRODUCTS).await;
        let node = Node::over(&db);
        let _work = node.at_work();
        let row = node.take(&large()).await;
        assert_eq!((row.total, row.kind.as_str()), (12_000, "stock"));
        let row = node.done(&row.id, AskKind::DryRun).await;
        assert_eq!((row.state, row.failure.as_str()), (State::Checked, ""));
        let found = found(&row);
        assert_eq!((&found["new"], &found["bad"], &found["same"]), (&11_970.into(), &30.into(), &0.into()));
        assert_eq!(found["bad_rows"].as_array().unwrap().len(), 30);
        assert!(found["stock"]["units_up"].as_i64().unwrap() > 0, "{}", found["stock"]);
        assert_eq!(found["stock"]["largest"].as_array().unwrap().len(), 100);
        assert_eq!(all_shelves(&db).await.len(), 0);
        let row = node.done(&row.id, AskKind::Confirm).await;
        assert_eq!(row.state, State::Done);
        assert_eq!(tally(&row), serde_json::json!({ "new": 11_970, "bad": 30 }));
        let bad = bad_rows_file(&db, &row.id).await.unwrap();
        assert_eq!(bad.lines().count(), 31);
        assert!(bad.lines().next().unwrap().ends_with(",On hand,reason"));
        for say in [
            "no product with this SKU",
            "no location of this code",
            "'seven' is not",
            "'-7' is not",
            "is empty",
            "has 16 cells",
        ] {
            assert_eq!(bad.lines().filter(|line| line.contains(say)).count(), 5, "{say}: {bad}");
        }
        let again =
            node.import(&bad.lines().map(|line| format!("{}\n", mended(line))).collect::<String>()).await;
        assert_eq!(tally(&again), serde_json::json!({ "new": 30 }), "{bad}");
        assert_eq!(all_shelves(&db).await.len(), 12_000);
        sound(&db).await;
    });
}

#[test]
fn one_that_is_killed_in_the_middle_goes_on_and_applies_nothing_twice() {
    on_both(|db| async move {
        stocked(&db, 2_000).await;
        let node = Node::over(&db);
        let mut text = String::from("sku,location,units\n");
        for number in 0..2_000 {
            writeln!(text, "SKU-{number:05},mall,3\nSKU-{number:05},depot,4").unwrap();
        }
        let row = node.take(&text).await;
        let add = PlanChange { mode: Some(Mode::Add), ..PlanChange::default() };
        sheet_import::change_plan(&db, &call(NOON), (&row.id, add)).await.unwrap();
        let work = node.at_work();
        node.done(&row.id, AskKind::DryRun).await;
        node.ask(&row.id, AskKind::Confirm).await;
        let mut reached = 0;
        while reached == 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
            reached = import(&db, &row.id).await.unwrap().reached;
        }
        drop(work);
        assert!(reached < 4_000, "it was over before it could be killed");
        // Whoever holds it is not heard of again.
        node.pass(120_000);
        let _work = node.at_work();
        let row = node.over_with(&row.id).await;
        assert_eq!((row.state, row.reached), (State::Done, 4_000));
        assert_eq!(tally(&row), serde_json::json!({ "new": 4_000 }));
        let shelves = all_shelves(&db).await;
        assert_eq!(shelves.iter().map(|(_, _, on_hand)| on_hand).sum::<i64>(), 2_000 * 7);
        sound(&db).await;
    });
}

#[test]
fn a_revert_brings_each_shelf_back_but_those_that_were_counted_or_corrected_since() {
    on_both(|db| async move {
        stocked(&db, 6).await;
        let node = Node::over(&db);
        let _work = node.at_work();
        node.import(
            "sku,location,units\nSKU-00000,mall,5\nSKU-00001,mall,5\nSKU-00002,mall,5\nSKU-00003,mall,5\n",
        )
        .await;
        node.pass(1_000);
        let wrong = "sku,location,units\nSKU-00000,mall,50\nSKU-00001,mall,1\nSKU-00002,mall,50\nSKU-00003,mall,50\nSKU-00004,depot,9\n";
        let row = node.import(wrong).await;
        assert_eq!(tally(&row), serde_json::json!({ "changed": 4, "new": 1 }));
        node.pass(1_000);
        let counted = FeedRow { at: at("SKU-00002", "mall"), units: 6, as_of_ms: None };
        let feed = Feed { source: "till:mall".into(), as_of_ms: node.now_ms() };
        take_feed(&db, &call(node.now_ms()), (feed, [counted].into_iter()), |_, _| {}).await.unwrap();
        let found = Correction::Adjust { by: -1 };
        let broken = Correcting { at: at("SKU-00003", "mall"), correction: found, reason: "lost".into() };
        correct_stock(&db, &call(node.now_ms()), broken).await.unwrap();
        node.pass(1_000);
        let row = node.done(&row.id, AskKind::Revert).await;
        assert_eq!((row.state, row.failure.as_str()), (State::Reverted, ""));
        for (sku, place, on_hand) in [
            ("SKU-00000", "mall", 5),
            ("SKU-00001", "mall", 5),
            ("SKU-00002", "mall", 6),
            ("SKU-00003", "mall", 49),
            ("SKU-00004", "depot", 0),
        ] {
            assert_eq!(units(&db, place, sku).await.on_hand, on_hand, "{sku}");
        }
        let conflicts = sheet_import::conflicts(&db, &row.id, shelves::START, 10).await.unwrap();
        let told: Vec<_> = conflicts.iter().map(|one| (one.sku.as_str(), one.outcome.as_str())).collect();
        assert_eq!(told, [("SKU-00002", "counted"), ("SKU-00003", "changed")]);
        assert_eq!(tally(&row)["reverted"], 3);
        // What the import had added to the ledger is taken out again, entry for entry.
        let shelf = shelf(&db, "mall", "SKU-00000").await;
        let wanted = Wanted {
            location: Some(shelf.location),
            product: Some(shelf.product),
            from_ms: 0,
            to_ms: i64::MAX,
        };
        let read =
            db.read::<_, DbError>(move |tx| Box::pin(async move { ledger::after(tx, wanted, 0, 10).await }));
        let moved: Vec<i64> = read.await.unwrap().iter().map(|(_, line)| line.by.on_hand).collect();
        assert_eq!(moved, [5, 45, -45]);
        // The count before holds again: a feed as of a moment between the two is news.
        let feed = Feed { source: "till:mall".into(), as_of_ms: NOON + 500 };
        let row = FeedRow { at: at("SKU-00000", "mall"), units: 4, as_of_ms: None };
        take_feed(&db, &call(node.now_ms()), (feed, [row].into_iter()), |_, _| {}).await.unwrap();
        assert_eq!(units(&db, "mall", "SKU-00000").await.on_hand, 4);
        sound(&db).await;
    });
}

#[test]
fn what_people_say_of_columns_is_remembered_for_the_next_such_file() {
    on_both(|db| async move {
        stocked(&db, 2).await;
        let node = Node::over(&db);
        let text = "Ref;Wo;Bestand\nSKU-00000;mall;3\n";
        let row = node.take(text).await;
        let refused =
            entrust_import(&db, &call(NOON), AskImport { id: row.id.clone(), what: AskKind::DryRun }).await;
        assert!(refused.unwrap_err().to_string().contains("no column has the field sku"));
        let field = |code: &str| Some(code.to_owned());
        let mapping = [(0, field("sku")), (1, field("location")), (2, field("units"))].into();
        let change =
            PlanChange { mapping, kind: Some(sheet_import::SheetKind::Stock), ..PlanChange::default() };
        sheet_import::change_plan(&db, &call(NOON), (&row.id, change)).await.unwrap();
        let new = NewImport {
            name: "next.csv".into(),
            kind: Some(sheet_import::SheetKind::Stock),
            bytes: "Ref;Wo;Bestand;reason\nSKU-00001;depot;4;x\n".as_bytes().into(),
        };
        let next = take_import(&db, &call(NOON), new).await.unwrap();
        let plan = sheet_import::Plan::read(&next).unwrap();
        assert_eq!(plan.mapped_by, "remembered");
        assert_eq!(plan.mapping, [field("sku"), field("location"), field("units"), None]);
    });
}

#[test]
fn one_that_is_cancelled_keeps_what_was_done_and_a_draft_just_ends() {
    on_both(|db| async move {
        stocked(&db, 1).await;
        let node = Node::over(&db);
        let row = node.take("sku,location,units\nSKU-00000,mall,5\n").await;
        let row = sheet_import::cancel_import(&db, &call(NOON), &row.id).await.unwrap();
        assert_eq!(row.state, State::Cancelled);
        let revert = AskImport { id: row.id.clone(), what: AskKind::Revert };
        assert!(entrust_import(&db, &call(NOON), revert).await.is_err(), "there is nothing to take back");
        assert!(sheet_import::cancel_import(&db, &call(NOON), &row.id).await.is_err());
    });
}
