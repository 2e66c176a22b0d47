//! A folder in the books is the folder.

use crate::folder::{Dir, NOON, call, marks, open, shown, small, there};
use crate::place::on_both;
use flow::import::import_folder;
use flow::{Call, Refused};
use model::Timestamp;
use std::path::{Path, PathBuf};
use store::check::breaches;
use store::db::{Db, DbError};
use store::stock::{self, Entry, Moved, Movement, Shelf};

async fn import(db: &Db, dir: &Path) -> flow::import::Imported {
    import_folder(db, &call(), dir).await.unwrap_or_else(|refused| panic!("{refused}"))
}

/// Brings the folder in at noon of its first day, and compares.
async fn check_same(db: &Db, dir: &Path) {
    let problem = open(dir);
    let at_ms = problem.first_day.start_utc().0 + 12 * 60 * Timestamp::MINUTE_MS;
    let at_noon = Call { at_ms, ..call() };
    import_folder(db, &at_noon, dir).await.unwrap_or_else(|refused| panic!("{refused}"));
    let (facts, stock) = there(db, at_ms).await;
    assert!(shown(&facts.network, &stock) == shown(&problem.network, &problem.stock), "{}", dir.display());
    let breaches = db.read(|tx| Box::pin(breaches(tx))).await;
    assert_eq!(breaches, Ok::<_, DbError>(Vec::new()));
}

/// A path in the shared folder beside the checkout, or `None` with a word about it.
fn shared(path: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if root.is_dir() {
        return Some(root.join(path));
    }
    assert!(std::env::var("BATON_REQUIRE_SHARED").as_deref() != Ok("1"), "the shared folder is required");
    println!("skipped: no shared folder beside the checkout");
    None
}

async fn change(db: &Db, sku: &'static str, code: &'static str, movement: Movement) -> Moved {
    db.write(move |tx| {
        Box::pin(async move {
            let product = store::places::product(tx, sku).await?.unwrap();
            let location = store::places::location(tx, code).await?.unwrap();
            let entry = Entry {
                at_ms: NOON,
                actor: "tests".into(),
                reason: "because".into(),
                document: "1".into(),
                source: None,
            };
            stock::change(tx, Shelf { product, location }, movement, &entry).await
        })
    })
    .await
    .unwrap_or_else(|error: DbError| panic!("{error}"))
}

async fn on_hand(db: &Db, sku: &str, code: &str) -> (i32, i32) {
    let (facts, stock) = there(db, NOON).await;
    let product = facts.network.product_by_sku(sku).unwrap();
    let location = facts.network.location_by_code(code).unwrap();
    let level = stock.level(stock.record(product, location).unwrap());
    (level.on_hand, level.committed)
}

const HEADER: &str = "location_id,sku,on_hand,committed\n";

#[test]
fn the_demo_retailer_in_the_books_is_the_demo_retailer() {
    let demo = Dir::demo();
    on_both(|db| {
        let path = demo.path();
        async move { check_same(&db, path).await }
    });
}

#[test]
fn every_state_and_fact_of_a_shelf_comes_back() {
    let small = small();
    on_both(|db| {
        let path = small.path();
        async move {
            let imported = import(&db, path).await;
            assert_eq!(
                (imported.locations, imported.products, imported.files, imported.shelves),
                (2, 3, 1, 3)
            );
            let (facts, stock) = there(&db, NOON).await;
            let problem = open(path);
            let levels = |stock: &model::Stock| -> Vec<model::StockLevel> {
                (0..stock.record_count()).map(|i| *stock.level(model::RecordId(i as u32))).collect()
            };
            assert_eq!(levels(&stock), levels(&problem.stock));
            assert_eq!(levels(&stock).iter().map(|level| level.age_days).max(), Some(30));
            assert_eq!(facts.location(facts.location_key(model::LocationId(1))), Some(model::LocationId(1)));
        }
    });
}

#[test]
fn a_bench_folder_in_the_books_is_the_bench_folder() {
    let Some(dir) = shared("bench/n5") else { return };
    on_both(|db| {
        let dir = dir.clone();
        async move { check_same(&db, &dir).await }
    });
}

#[test]
fn the_same_folder_again_changes_nothing_though_units_were_sold_meanwhile() {
    let small = small();
    on_both(|db| {
        let path = small.path();
        async move {
            import(&db, path).await;
            assert_eq!(change(&db, "MUG", "depot", Movement::Sell { units: 2 }).await, Moved::Done);
            let before = marks(&db).await;
            let again = import(&db, path).await;
            assert_eq!((again.locations, again.products, again.files, again.shelves), (0, 0, 0, 0));
            assert_eq!(marks(&db).await, before);
            assert_eq!(on_hand(&db, "MUG", "depot").await, (3, 0));
        }
    });
}

#[test]
fn other_counts_replace_those_of_the_books_and_leave_baton_its_promises() {
    on_both(|db| async move {
        let dir = small();
        import(&db, dir.path()).await;
        assert_eq!(change(&db, "MUG", "depot", Movement::Commit { units: 1 }).await, Moved::Done);
        dir.write("inventory.csv", &format!("{HEADER}mall,MUG,9,0\ndepot,MUG,7,3\n"));
        import(&db, dir.path()).await;
        assert_eq!(on_hand(&db, "MUG", "depot").await, (7, 4));
        assert_eq!(on_hand(&db, "MUG", "mall").await, (9, 0));
        dir.write("inventory.csv", &format!("{HEADER}depot,MUG,7,0\n"));
        import(&db, dir.path()).await;
        assert_eq!(on_hand(&db, "MUG", "depot").await, (7, 1));
        assert_eq!(db.read(|tx| Box::pin(breaches(tx))).await, Ok::<_, DbError>(Vec::new()));
    });
}

#[test]
fn a_count_below_what_is_promised_leaves_the_shelf_and_is_told() {
    on_both(|db| async move {
        let dir = small();
        import(&db, dir.path()).await;
        assert_eq!(change(&db, "MUG", "depot", Movement::Commit { units: 4 }).await, Moved::Done);
        dir.write("inventory.csv", &format!("{HEADER}depot,MUG,3,0\ndepot,TEE,6,0\n"));
        let imported = import(&db, dir.path()).await;
        assert_eq!((imported.shelves, imported.left), (1, 1));
        assert!(imported.notes.iter().any(|note| note.contains("MUG at depot")), "{:?}", imported.notes);
        assert_eq!(
            (on_hand(&db, "MUG", "depot").await, on_hand(&db, "TEE", "depot").await),
            ((5, 4), (6, 0))
        );
    });
}

#[test]
fn more_promised_than_there_is_counts_as_nothing_to_promise() {
    on_both(|db| async move {
        let dir = small();
        dir.write("inventory.csv", &format!("{HEADER}depot,MUG,3,8\n"));
        import(&db, dir.path()).await;
        assert_eq!(on_hand(&db, "MUG", "depot").await, (3, 3));
    });
}

#[test]
fn an_import_that_was_broken_off_goes_on_and_counts_nothing_twice() {
    on_both(|db| async move {
        let dir = small();
        import(&db, dir.path()).await;
        assert_eq!(change(&db, "MUG", "depot", Movement::Sell { units: 2 }).await, Moved::Done);
        let broken_off = "update stock_imports set finished_at = null";
        db.write(move |tx| Box::pin(async move { tx.execute(broken_off, &[]).await }))
            .await
            .unwrap_or_else(|error: DbError| panic!("{error}"));
        assert_eq!(import(&db, dir.path()).await.left, 0);
        assert_eq!(on_hand(&db, "MUG", "depot").await, (3, 0));
    });
}

#[test]
fn a_bad_cell_is_refused_and_nothing_is_written() {
    on_both(|db| async move {
        let dir = small();
        let before = marks(&db).await;
        dir.write("inventory.csv", &format!("{HEADER}mall,MUG,9,\ndepot,MUG,many,\n"));
        let refused = import_folder(&db, &call(), dir.path()).await.unwrap_err();
        let Refused::Invalid(faults) = refused else { panic!("{refused}") };
        assert_eq!(faults[0].at, "/inventory.csv");
        assert!(faults[0].say.contains("row 3, column on_hand_units"), "{faults:?}");
        assert_eq!(marks(&db).await, before);
    });
}

/// Brings in a network of many shelves, with the time it takes: for measuring by hand.
#[test]
#[ignore = "for measuring: BATON_SHELVES=1000000 cargo test -p baton-flow -- --ignored --nocapture"]
fn time_many_shelves() {
    let wanted: usize = std::env::var("BATON_SHELVES").map_or(100_000, |text| text.parse().unwrap());
    let (places, products) = (25, wanted / 25);
    let dir = small();
    let codes: Vec<String> = (0..places).map(|i| format!("P{i:02}")).collect();
    let rows: String = codes.iter().map(|code| format!("{code},97201\n")).collect();
    dir.write("locations.csv", &format!("location_id,zip\n{rows}"));
    let rows: String = (0..products).map(|i| format!("S{i:06},9.50\n")).collect();
    dir.write("products.csv", &format!("sku,price_usd\n{rows}"));
    let row = |i: usize| format!("{},S{:06},{},{}\n", codes[i % places], i / places, i % 7, i % 2);
    let rows: String = (0..places * products).map(row).collect();
    dir.write("inventory.csv", &format!("location_id,sku,on_hand,safety_stock\n{rows}"));
    on_both(|db| {
        let path = dir.path();
        async move {
            for what in ["first", "again"] {
                let start = std::time::Instant::now();
                let shelves = import(&db, path).await.shelves;
                println!("{:?}, {what}: {shelves} shelves in {:?}", db.dialect(), start.elapsed());
            }
        }
    });
}
