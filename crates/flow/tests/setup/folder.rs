//! Folders to bring in.

use connect::files::{Folder, Problem};
use flow::setup::Facts;
use flow::{Actor, Call, Via};
use model::{Network, Stock, Timestamp};
use replay::{Demo, DemoPlan};
use std::path::Path;
use store::db::{Db, DbError, Tx};
use tempfile::TempDir;

/// A folder of its own, gone when the test ends.
pub(crate) struct Dir(TempDir);

impl Dir {
    pub(crate) fn new(files: &[(&str, &str)]) -> Dir {
        let dir = Dir(tempfile::tempdir().unwrap());
        for (name, text) in files {
            dir.write(name, text);
        }
        dir
    }

    /// The retailer of `baton demo`, with few orders.
    pub(crate) fn demo() -> Dir {
        let plan = DemoPlan { orders: 100, ..DemoPlan::default() };
        let files = Demo::build(&plan, &connect::files::zip3_points()).files();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        Dir::new(&files)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

/// Two places and three products, one of them a set.
pub(crate) fn small() -> Dir {
    Dir::new(&[
        ("settings.toml", "time_zone = \"America/New_York\"\n"),
        (
            "locations.csv",
            "location_id,type,zip,lanes\nmall,store,97201,ship;pickup\ndepot,warehouse,97005,ship\n",
        ),
        (
            "products.csv",
            "sku,name,price_usd,substitutes,components\n\
             MUG,Blue mug,9.50,TEE,\nTEE,,20,,\nSET,,28,,MUG*2;TEE\n",
        ),
        (
            "inventory.csv",
            "location_id,sku,on_hand,safety_stock,damaged,quality_control,showroom,committed,age_days,opp_cost_last1_usd\n\
             mall,MUG,9,1,1,1,1,2,30,0.50\ndepot,MUG,5,,,,,,,\ndepot,TEE,0,,,,,,,\n",
        ),
    ])
}

/// Noon by UTC on a day in August 2026.
pub(crate) const NOON: i64 = 20_668 * Timestamp::DAY_MS + 12 * 60 * Timestamp::MINUTE_MS;

pub(crate) fn call() -> Call {
    Call::new(Actor { id: "usr_1".to_owned(), via: Via::Page }, NOON)
}

pub(crate) fn open(dir: &Path) -> Problem {
    Folder::open(dir).unwrap_or_else(|faults| panic!("{faults}")).problem
}

/// The network of the books, and all of their stock.
pub(crate) async fn there(db: &Db, at_ms: i64) -> (Facts, Stock) {
    db.read(move |tx| {
        Box::pin(async move {
            let facts = Facts::read(tx, Timestamp(at_ms).utc_day()).await?;
            let today = facts.today(at_ms);
            let stock = Stock::new(&facts.network, facts.all_entries(tx, today).await?, today);
            Ok::<_, flow::Refused>((facts, stock))
        })
    })
    .await
    .unwrap()
}

/// All of it: ways, calendars and rates have no other comparison.
pub(crate) fn shown(network: &Network, stock: &Stock) -> String {
    format!("{network:?}\n{stock:?}")
}

const ROWS: [(&str, &str); 6] = [
    ("locations", "select count(*) as n, cast(coalesce(sum(version), 0) as bigint) as v from locations"),
    ("products", "select count(*) as n, cast(coalesce(sum(version), 0) as bigint) as v from products"),
    ("stock", "select count(*) as n, cast(coalesce(sum(version), 0) as bigint) as v from stock"),
    ("ledger", "select count(*) as n, cast(coalesce(sum(on_hand), 0) as bigint) as v from ledger"),
    ("events", "select count(*) as n, cast(coalesce(max(number), 0) as bigint) as v from events"),
    ("setup", "select count(*) as n, cast(coalesce(sum(version), 0) as bigint) as v from setup"),
];

/// How many rows each table has, and a number that every change of them moves.
pub(crate) async fn marks(db: &Db) -> Vec<(&'static str, i64, i64)> {
    db.read(|tx: &mut Tx| {
        Box::pin(async move {
            let mut marks = Vec::new();
            for (name, sql) in ROWS {
                let row = tx.row(sql, &[]).await?.unwrap();
                marks.push((name, row.int("n")?, row.int("v")?));
            }
            Ok::<_, DbError>(marks)
        })
    })
    .await
    .unwrap()
}
