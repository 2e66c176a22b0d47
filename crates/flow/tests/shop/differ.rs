//! S5: the same commands do the same to SQLite, to PostgreSQL, and to a model of the books without a database.
//!
//! `BATON_SEEDS=FROM..TO BATON_STEPS=N cargo test -p baton-flow --test shop s5_` runs others than the short run. A seed that
//! differs is printed as a script, which can be kept in `scripts/`.

use crate::books;
use crate::model::{Model, Task};
use crate::place::{Scratch, scratch, scratch_in, server_database};
use crate::stage::{OPENING, Stage};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::migrations::migrate;
use store::{Db, DbError};

const SEEDS: std::ops::Range<u64> = 0..150;
const STEPS: usize = 40;
/// Seeds that differed once.
const KEPT: [u64; 0] = [];
const MOST_ORDERS: usize = 6;
const HANDS: usize = 4;
const SKUS: [&str; 3] = ["MUG", "TEE", "CUP"];
const PLACES: [&str; 3] = ["mall", "pier", "depot"];
/// Each before what it refers to.
const TABLES: [&str; 36] = [
    "labor",
    "parcels",
    "manifests",
    "fulfillment_items",
    "fulfillments",
    "decisions",
    "substitutions",
    "returns",
    "exceptions",
    "order_items",
    "orders",
    "loads",
    "events",
    "jobs",
    "count_scans",
    "count_lines",
    "counts",
    "accuracy_lines",
    "gates",
    "missing_units",
    "arrival_lines",
    "arrivals",
    "hold_units",
    "holds",
    "promise_turns",
    "baselines",
    "feeds",
    "channel_buffers",
    "pool_classes",
    "pool_locations",
    "pools",
    "product_classes",
    "ledger",
    "stock",
    "products",
    "locations",
];

/// Numbers that follow from a seed: splitmix64.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most as u64) as usize
    }

    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn is_one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

fn shop(dice: &mut Dice) -> String {
    let mut text = "location mall store lanes=ship,pickup\nlocation pier store lanes=ship,pickup\n\
        location depot warehouse far lanes=ship\nproduct SET of=MUG+TEE*2\nstock mall MUG 4\nstock mall TEE 5\n\
        stock mall CUP 2\n"
        .to_owned();
    for place in &PLACES[1..] {
        for sku in SKUS {
            let safety = if dice.is_one_in(5) { " safety=1" } else { "" };
            if !dice.is_one_in(6) {
                text.push_str(&format!("stock {place} {sku} {}{safety}\n", dice.below(7)));
            }
        }
    }
    text
}

/// The next line, out of what there is to do, wrong ones included.
///
/// Much happens to one order for a while: what goes wrong does so in a row of steps on the same units.
fn line(model: &Model, dice: &mut Dice, focus: &mut String) -> String {
    if model.orders.is_empty() || (model.orders.len() < MOST_ORDERS && dice.is_one_in(5)) {
        return take(model.orders.len(), dice);
    }
    if focus.is_empty() || dice.is_one_in(10) {
        let names: Vec<String> = model.orders.keys().cloned().collect();
        focus.clone_from(dice.one_of(&names));
    }
    match dice.below(20) {
        0..=11 if !model.tasks.is_empty() => work(model, dice, focus),
        0..=16 => order(model, dice, focus),
        _ => stock(dice),
    }
}

fn take(taken: usize, dice: &mut Dice) -> String {
    let mut line = format!("take {}", char::from(b'A' + taken as u8));
    for _ in 0..=dice.below(3) {
        line.push_str(&format!(" {} {}", dice.one_of(&["MUG", "TEE", "CUP", "SET"]), 1 + dice.below(4)));
        if dice.is_one_in(3) {
            line.push_str(&format!(" short {}", dice.one_of(&["backorder", "hold", "cancel"])));
        }
    }
    if dice.is_one_in(4) {
        line.push_str(&format!(" pickup {}", dice.one_of(&["mall", "pier"])));
    }
    line
}

fn stock(dice: &mut Dice) -> String {
    let (place, sku, units) = (*dice.one_of(&PLACES), *dice.one_of(&SKUS), 1 + dice.below(3));
    match dice.below(6) {
        0 | 1 => format!("receive {place} {sku} {units}"),
        2 => format!("sell {place} {sku} {units}"),
        3 => format!("adjust {place} {sku} {}", dice.one_of(&[-2, -1, 1])),
        _ => format!("wait {}", dice.one_of(&[10, 45, 70, 200, 1_500, 12_000])),
    }
}

fn order(model: &Model, dice: &mut Dice, name: &str) -> String {
    let lines: Vec<i64> = model.orders[name].items.keys().map(|(line, _)| *line).collect();
    let line = *dice.one_of(&lines);
    match dice.below(14) {
        0 => format!("cancel {name}"),
        1 => format!("cancel {name} {line}"),
        2 | 3 => format!("edit {name} line {line} {}", dice.below(6)),
        4 => format!("edit {name} version {} line {line} {}", dice.below(4), dice.below(6)),
        5 => format!("edit {name} pickup {}", dice.one_of(&["mall", "pier", "depot", "moon"])),
        6 => format!("edit {name} ship"),
        7 => format!("hold {name} {}", dice.one_of(&["payment", "address", "fraud"])),
        8 | 9 => format!("lift {name}"),
        10 => format!("route {name}"),
        11 => format!("route {name} {}", dice.one_of(&["mall", "pier", "depot", "moon"])),
        _ => {
            let items: Vec<_> = model.orders[name].items.keys().collect();
            let (line, sku) = *dice.one_of(&items);
            let damaged = if dice.is_one_in(3) { " damaged" } else { "" };
            format!("return {name} {line} {sku} {} {}{damaged}", 1 + dice.below(2), dice.one_of(&PLACES))
        }
    }
}

fn work(model: &Model, dice: &mut Dice, focus: &str) -> String {
    let live = |task: &&Task| task.order == focus && task.is_under_way();
    let live: Vec<&Task> = model.tasks.iter().filter(live).collect();
    let task =
        if live.is_empty() || dice.is_one_in(5) { dice.one_of(&model.tasks) } else { *dice.one_of(&live) };
    let at = format!("{}@{}", task.order, task.place);
    let usual = match task.state {
        "open" => "accept",
        "accepted" => "start",
        "picking" => "pack",
        "packed" if task.lane == "pickup" => "ready",
        "packed" => "ship",
        "ready_for_pickup" => "collect",
        _ => "deliver",
    };
    let verb = if dice.is_one_in(2) { usual } else { *dice.one_of(&STEPS_OF_WORK) };
    format!("{verb} {at}{}", words(task, verb, dice))
}

const STEPS_OF_WORK: [&str; 23] = [
    "accept", "start", "pick", "pick", "pack", "ship", "ready", "collect", "giveup", "deliver", "hold",
    "release", "release", "undo", "undo", "move", "move", "reject", "reject", "reject", "short", "short",
    "short",
];

fn words(task: &Task, verb: &str, dice: &mut Dice) -> String {
    let items: Vec<_> = task.items.keys().collect();
    let (line, sku) = *dice.one_of(&items);
    let units = 1 + dice.below(3);
    match verb {
        "pick" => format!(" {line} {sku} {units}"),
        "short" => format!(" {line} {sku} {units} {}", dice.one_of(&["not_found", "damaged", "wrong_item"])),
        "reject" => {
            let reason = *dice.one_of(&["not_found", "damaged", "too_busy", "closed", "other"]);
            if dice.is_one_in(3) { format!(" {reason} {}", dice.one_of(&SKUS)) } else { format!(" {reason}") }
        }
        "ship" if dice.is_one_in(4) => format!(" {}", dice.one_of(&PLACES)),
        "collect" => (if dice.is_one_in(5) { " WRONG" } else { " code" }).to_owned(),
        "move" => format!(" {}", dice.one_of(&["mall", "pier", "depot", "moon"])),
        _ => String::new(),
    }
}

/// Databases for many seeds, one after the other.
struct Hand {
    dbs: Vec<Db>,
    _file: Scratch,
    server: Option<crate::place::ServerDatabase>,
}

impl Hand {
    async fn open() -> Hand {
        let file = in_memory_where_there_is();
        let mut dbs = vec![Db::open(&file.display().to_string()).await.unwrap()];
        let server = server_database().await;
        if let Some(server) = &server {
            dbs.push(Db::open(&server.place).await.unwrap());
        }
        for db in &dbs {
            migrate(db, 0).await.unwrap();
        }
        Hand { dbs, _file: file, server }
    }

    async fn close(self) {
        for db in self.dbs {
            db.close().await;
        }
        if let Some(server) = self.server {
            server.remove().await;
        }
    }

    /// `Err`: the script, and what differs.
    async fn run(&self, seed: u64, steps: usize) -> Result<(), String> {
        let mut dice = Dice(seed);
        let shop = shop(&mut dice);
        let mut stages = Vec::new();
        for db in &self.dbs {
            empty(db).await;
            stages.push(Stage::open(db.clone(), &shop).await);
        }
        let mut model = Model::of_shop(&shop, OPENING);
        let (mut script, mut focus) = (format!("== seed {seed}\n{shop}"), String::new());
        for _ in 0..steps {
            let line = line(&model, &mut dice, &mut focus);
            script.push_str(&format!("> {line}\n"));
            if let Err(differs) = step(&mut stages, &mut model, &line).await {
                return Err(format!("{script}\n{differs}"));
            }
        }
        for stage in &stages {
            let found = flow::check_books::check_books(&stage.baton.db).await.unwrap();
            if !found.are_none() {
                return Err(format!("{script}\nthe checker finds {:#?}", found.sentences()));
            }
        }
        Ok(())
    }
}

/// Nothing of this is about what a loss of power leaves.
fn in_memory_where_there_is() -> Scratch {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { scratch_in(memory) } else { scratch() }
}

pub(crate) async fn empty(db: &Db) {
    db.write(|tx| {
        Box::pin(async move {
            for delete in DELETES.iter() {
                tx.execute(delete, &[]).await?;
            }
            Ok::<_, DbError>(())
        })
    })
    .await
    .unwrap();
}

static DELETES: std::sync::LazyLock<Vec<&'static str>> = std::sync::LazyLock::new(|| {
    TABLES.iter().map(|table| &*Box::leak(format!("delete from {table}").into_boxed_str())).collect()
});

async fn step(stages: &mut [Stage], model: &mut Model, line: &str) -> Result<(), String> {
    let since = model.at_ms + 1;
    let mut all = Vec::new();
    for stage in stages {
        let outcome = stage.outcome(line).await;
        all.push((outcome, books::read(&stage.baton.db, since).await));
    }
    model.decided = all[0].1.decided.clone();
    let outcome = model.act(line);
    let told = model.told();
    for (i, (of_db, books)) in all.iter().enumerate() {
        let db = ["SQLite", "PostgreSQL"][i];
        if *of_db != outcome {
            return Err(format!("{db} says {of_db:?}, the model {outcome:?}"));
        }
        if books.told != told || books.decided != all[0].1.decided {
            return Err(format!(
                "{db} differs from the model (-: books, +: model)\n{}",
                difference(&books.told, &told)
            ));
        }
    }
    Ok(())
}

fn difference(books: &[String], model: &[String]) -> String {
    let gone = books.iter().filter(|line| !model.contains(line)).map(|line| format!("- {line}\n"));
    let new = model.iter().filter(|line| !books.contains(line)).map(|line| format!("+ {line}\n"));
    gone.chain(new).collect()
}

fn wanted() -> (Vec<u64>, usize) {
    let steps = std::env::var("BATON_STEPS").ok().and_then(|text| text.parse().ok()).unwrap_or(STEPS);
    let range = std::env::var("BATON_SEEDS").ok();
    let range = range.as_deref().and_then(|text| text.split_once(".."));
    let range = range.map_or(SEEDS, |(from, to)| from.parse().unwrap()..to.parse().unwrap());
    (KEPT.into_iter().chain(range).collect(), steps)
}

#[test]
fn s5_both_databases_and_the_model_agree_after_every_step() {
    let (seeds, steps) = wanted();
    let (seeds, next) = (Arc::new(seeds), Arc::new(AtomicU64::new(0)));
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(HANDS).enable_all().build().unwrap();
    let differing: Vec<String> = runtime.block_on(async {
        let mut hands = Vec::new();
        for _ in 0..HANDS {
            hands.push(tokio::spawn(work_through(Arc::clone(&seeds), Arc::clone(&next), steps)));
        }
        let mut differing = Vec::new();
        for hand in hands {
            differing.extend(hand.await.unwrap());
        }
        differing
    });
    assert!(
        differing.is_empty(),
        "{} seeds differ:\n{}",
        differing.len(),
        differing[..differing.len().min(5)].join("\n")
    );
}

async fn work_through(seeds: Arc<Vec<u64>>, next: Arc<AtomicU64>, steps: usize) -> Vec<String> {
    let hand = Hand::open().await;
    let mut differing = Vec::new();
    loop {
        let at = next.fetch_add(1, Ordering::Relaxed) as usize;
        let Some(&seed) = seeds.get(at) else { break };
        if let Err(script) = hand.run(seed, steps).await {
            differing.push(script);
        }
    }
    hand.close().await;
    differing
}
