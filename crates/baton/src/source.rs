//! A retailer's data, from a Baton folder or from a shop's own exports: found by looking.

use crate::fault::Fault;
use connect::files::{BadInput, Exports, Feeds, Folder, LeftOut, OrderFeed, Problem, Shopify};
use model::words::count;
use model::{Day, Order};
use replay::{ActualBook, Assigned, ListedOrders, Orders, Receipt};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Everything that is known of a retailer.
pub(crate) struct Source {
    pub(crate) dir: PathBuf,
    pub(crate) problem: Problem,
    orders: Kept,
    /// What was really done, where the data says so.
    pub(crate) actual: Option<ActualBook>,
    /// What came in while the orders came, where the data says so.
    pub(crate) receipts: Vec<Receipt>,
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

    /// Orders that the data holds and that are not routed, with the reason.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = (&str, LeftOut)> {
        self.left_out.iter().map(|(id, reason)| (id.as_str(), *reason))
    }

    /// There is nothing to decide: where orders were looked for.
    pub(crate) fn no_orders(&self) -> Fault {
        let files = self.order_files.join(" and ");
        let what = match self.left_out.len() {
            0 => "has no rows; export or add orders".to_owned(),
            1 => "has 1 order, and it is left out: run baton explain with its id".to_owned(),
            left_out => {
                let orders = count(left_out as u64, "order");
                format!("has {orders}, and all are left out: run baton explain with the id of one")
            }
        };
        Fault::Other(format!("{}: {files} {what}", self.dir.display()))
    }

    pub(crate) fn today(&self) -> Day {
        self.problem.first_day
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
