//! A retailer's data, from a Baton folder or from a shop's own exports: found by looking.

use crate::fault::Fault;
use connect::files::{BadInput, Exports, Feeds, Folder, LeftOut, OrderFeed, Problem, Shopify};
use model::{Day, LocationId, Order, ProductId};
use replay::{ActualBook, Assigned, ListedOrders, Orders, Receipt, Replenish};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// How shelves fill up again during a replay, as `--restock` takes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Restock {
    /// By receipts.csv. They followed what was sold under the old way, so a new way meets emptier shelves.
    Receipts,
    Never,
    /// Every so many days all shelves are as full as they were at the start.
    EveryDays(u16),
}

impl FromStr for Restock {
    type Err = String;

    fn from_str(text: &str) -> Result<Restock, String> {
        match (text, text.parse::<u16>()) {
            ("receipts", _) => Ok(Restock::Receipts),
            ("never", _) => Ok(Restock::Never),
            (_, Ok(days)) if (1..=365).contains(&days) => Ok(Restock::EveryDays(days)),
            _ => Err("write a number of days from 1 to 365, or 'never', or 'receipts'".to_owned()),
        }
    }
}

/// Everything that is known of a retailer.
pub(crate) struct Source {
    pub(crate) dir: PathBuf,
    pub(crate) problem: Problem,
    orders: Kept,
    /// What was really done, where the data says so.
    pub(crate) actual: Option<ActualBook>,
    receipts: Vec<Receipt>,
    /// Orders that the data holds and that are not routed, by id.
    left_out: BTreeMap<String, LeftOut>,
    /// Names of the files that orders are in.
    order_files: Vec<String>,
}

/// Orders in a file to be streamed, or in memory.
enum Kept {
    InFolder(Feeds),
    Listed(Vec<Order>),
}

impl Source {
    /// Opens a folder, and tells on standard error what somebody should look at.
    pub(crate) fn open(dir: &Path) -> Result<Source, Fault> {
        let source = Source::read(dir)?;
        source.warn();
        Ok(source)
    }

    pub(crate) fn warn(&self) {
        for note in &self.problem.notes {
            eprintln!("Note: {note}");
        }
    }

    /// Reads a folder: a shop's exports if there are any, else a Baton folder.
    pub(crate) fn read(dir: &Path) -> Result<Source, Fault> {
        if !dir.is_dir() {
            return Err(BadInput::of_file(
                &dir.display().to_string(),
                "this is not a folder",
                "name the folder that holds the files",
            )
            .into());
        }
        match Shopify::detect(dir) {
            Some(shopify) => Ok(Source::of_exports(dir, shopify.open()?)),
            None => Source::of_folder(dir),
        }
    }

    fn of_exports(dir: &Path, exports: Exports) -> Source {
        let Exports { problem, orders, left_out, order_files } = exports;
        let orders = Kept::Listed(orders);
        Source {
            dir: dir.to_owned(),
            problem,
            orders,
            actual: None,
            receipts: Vec::new(),
            left_out,
            order_files,
        }
    }

    fn of_folder(dir: &Path) -> Result<Source, Fault> {
        if !Folder::is_begun(dir) {
            return Err(neither_layout(dir).into());
        }
        let Folder { problem, feeds } = Folder::open(dir)?;
        let receipts = feeds.receipts(&problem.network)?;
        let receipt = |r: connect::files::Receipt| Receipt {
            day: r.day,
            location: r.location,
            product: r.product,
            units: r.units,
        };
        let receipts = receipts.into_iter().map(receipt).collect();
        let actual = actual_book(&feeds, &problem)?;
        Ok(Source {
            dir: dir.to_owned(),
            problem,
            orders: Kept::InFolder(feeds),
            actual,
            receipts,
            left_out: BTreeMap::new(),
            order_files: vec!["orders.csv".to_owned()],
        })
    }

    /// The orders, oldest first.
    pub(crate) fn orders(&self) -> Result<Box<dyn Orders + '_>, Fault> {
        match &self.orders {
            Kept::InFolder(feeds) => Ok(Box::new(Streamed(feeds.orders(&self.problem.network)?))),
            Kept::Listed(orders) => Ok(Box::new(ListedOrders::new(orders))),
        }
    }

    /// How stock comes back.
    ///
    /// # Errors
    /// Receipts are asked for, and the data names none.
    pub(crate) fn replenish(&self, asked: Restock) -> Result<Replenish, Fault> {
        match asked {
            Restock::Never => Ok(Replenish::Never),
            Restock::EveryDays(every_days) => Ok(Replenish::ToStart { every_days }),
            Restock::Receipts if self.receipts.is_empty() => Err(Fault::Other(
                "there are no receipts to replay; add receipts.csv, or give --restock a number of days"
                    .into(),
            )),
            Restock::Receipts => Ok(Replenish::Daily(self.receipts.clone())),
        }
    }

    /// Why the data's own order of this id is not routed.
    pub(crate) fn left_out(&self, id: &str) -> Option<LeftOut> {
        self.left_out.get(id).copied()
    }

    /// There is nothing to decide: where orders were looked for.
    pub(crate) fn no_orders(&self) -> Fault {
        let files = self.order_files.join(" and ");
        let what = match self.left_out.len() {
            0 => "has no rows; export or add orders".to_owned(),
            count => {
                format!("has {count} orders, and all are left out: run baton explain with the id of one")
            }
        };
        Fault::Other(format!("{}: {files} {what}", self.dir.display()))
    }

    pub(crate) fn today(&self) -> Day {
        self.problem.first_day
    }
}

impl Source {
    /// Raises shelves to what they must have held: between two restocks, a place that sent units had them.
    /// Without this, what was really done would draw on shelves that the replay thinks empty, and the rules
    /// would be compared on less stock than the shop had. Returns how many records were raised.
    pub(crate) fn trust_what_was_sent(&mut self, restock: Restock) -> Result<u64, Fault> {
        let Some(actual) = &self.actual else { return Ok(0) };
        let Kept::InFolder(feeds) = &self.orders else { return Ok(0) };
        let network = &self.problem.network;
        let mut sent: HashMap<(ProductId, LocationId, i32), i32> = HashMap::new();
        let mut feed = feeds.orders(network)?;
        let mut order = Order::empty();
        while feed.next(&mut order)? {
            let days = order.placed_at.utc_day().0 - self.problem.first_day.0;
            let period = match restock {
                Restock::EveryDays(every) => days.div_euclid(i32::from(every)),
                Restock::Never | Restock::Receipts => 0,
            };
            for row in actual.of_order(&order.id).unwrap_or_default() {
                if let Some(line) = order.lines.iter().find(|line| line.number == row.line) {
                    *sent.entry((line.product, row.location, period)).or_default() += row.quantity as i32;
                }
            }
        }
        let mut needed: BTreeMap<(ProductId, LocationId), i32> = BTreeMap::new();
        for ((product, location, _), units) in sent {
            let most = needed.entry((product, location)).or_default();
            *most = units.max(*most);
        }
        let mut raised = 0;
        for ((product, location), units) in needed {
            let Some(record) = self.problem.stock.record(product, location) else { continue };
            let mut level = *self.problem.stock.level(record);
            let short = units - self.problem.stock.available(record);
            if short > 0 {
                level.on_hand += short;
                self.problem.stock.set_level(record, level);
                raised += 1;
            }
        }
        Ok(raised)
    }
}

/// Most names of files that one message lists.
const MAX_NAMED: usize = 8;

fn neither_layout(dir: &Path) -> BadInput {
    let names = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut found: Vec<String> = std::fs::read_dir(dir).into_iter().flatten().flatten().map(names).collect();
    found.sort();
    if found.len() > MAX_NAMED {
        found.truncate(MAX_NAMED);
        found.push("…".to_owned());
    }
    let found =
        if found.is_empty() { "it is empty".to_owned() } else { format!("found are {}", found.join(", ")) };
    BadInput::of_file(
        &dir.display().to_string(),
        format!("holds neither exports of a shop nor a Baton folder: {found}"),
        "put Shopify's exports of orders and inventory there, as CSV (see README.md), or locations.csv, products.csv, \
         inventory.csv, orders.csv and order_lines.csv (see `baton formats`)",
    )
}

fn actual_book(feeds: &Feeds, problem: &Problem) -> Result<Option<ActualBook>, Fault> {
    let Some(actuals) = feeds.actuals(&problem.network)? else { return Ok(None) };
    let mut book = ActualBook::default();
    let mut feed = feeds.orders(&problem.network)?;
    let mut order = Order::empty();
    while feed.next(&mut order)? {
        for row in actuals.of(&order.id) {
            book.add(&order.id, Assigned { line: row.line, location: row.location, quantity: row.quantity });
        }
    }
    Ok(Some(book))
}

struct Streamed<'n>(OrderFeed<'n>);

impl Orders for Streamed<'_> {
    fn next(&mut self, order: &mut Order) -> Result<bool, replay::Failure> {
        self.0.next(order).map_err(Into::into)
    }

    fn progress(&self) -> (u64, u64) {
        (self.0.bytes_read(), self.0.total_bytes())
    }
}
