//! A retailer's data, from a Baton folder or from a shop's own exports: found by looking.

use crate::fault::Fault;
use crate::sent::SentUnits;
use connect::files::{Actuals, BadInput, Exports, Feeds, Folder, LeftOut, OrderFeed, Past, Problem, Shopify};
use model::words::{count, counted, listed};
use model::{Day, Order};
use replay::{ActualBook, ListedOrders, Orders, Receipt};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Everything that is known of a retailer.
pub(crate) struct Source {
    pub(crate) dir: PathBuf,
    pub(crate) problem: Problem,
    orders: Kept,
    /// What was really done, where the data says so.
    pub(crate) actual: Option<ActualBook>,
    /// The data says what the carriers were paid for it.
    pub(crate) has_shipping_cost: bool,
    /// What came in while the orders came, where the data says so.
    pub(crate) receipts: Vec<Receipt>,
    /// Orders that the data holds and that are not routed, by id.
    left_out: BTreeMap<String, LeftOut>,
    /// Names of the files that orders are in.
    order_files: Vec<String>,
    /// A file says what is sold; else it is known from orders and stock alone.
    has_products: bool,
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
            Some(shopify) => Source::of_exports(dir, shopify.open()?),
            None => Source::of_folder(dir),
        }
    }

    fn of_exports(dir: &Path, exports: Exports) -> Result<Source, Fault> {
        let Exports { problem, orders, left_out, order_files, past, has_products } = exports;
        let mut source = Source {
            dir: dir.to_owned(),
            problem,
            orders: Kept::Listed(orders),
            actual: None,
            has_shipping_cost: false,
            receipts: Vec::new(),
            left_out,
            order_files,
            has_products,
        };
        source.read_past(&past)?;
        Ok(source)
    }

    fn of_folder(dir: &Path) -> Result<Source, Fault> {
        if !Folder::is_begun(dir) {
            return Err(neither_layout(dir).into());
        }
        let Folder { problem, feeds, past } = Folder::open(dir)?;
        let mut source = Source {
            dir: dir.to_owned(),
            problem,
            orders: Kept::InFolder(feeds),
            actual: None,
            has_shipping_cost: false,
            receipts: Vec::new(),
            left_out: BTreeMap::new(),
            order_files: vec!["orders.csv".to_owned()],
            has_products: true,
        };
        source.read_past(&past)?;
        Ok(source)
    }

    /// Reads what came in while the orders came, and what was really done for them.
    fn read_past(&mut self, past: &Past) -> Result<(), Fault> {
        let receipt = |r: connect::files::Receipt| Receipt {
            day: r.day,
            location: r.location,
            product: r.product,
            units: r.units,
        };
        self.receipts = past.receipts(&self.problem.network)?.into_iter().map(receipt).collect();
        let Some(actuals) = past.actuals(&self.problem.network)? else { return Ok(()) };
        let sent = self.sent(&actuals)?;
        let known = sent.orders;
        let (book, notes) = sent.finish();
        self.actual = Some(book);
        self.has_shipping_cost = actuals.has_shipping_cost;
        self.problem.notes.extend(notes);
        self.tell_other_orders(&actuals, known);
        Ok(())
    }

    /// Orders of actuals.csv that are not routed, and those that are not in the exports. `known` ones are.
    fn tell_other_orders(&mut self, actuals: &Actuals, known: usize) {
        let Kept::Listed(orders) = &self.orders else { return };
        let left_out = actuals.left_out_count() as u64;
        if left_out > 0 {
            self.problem.assumptions.push(counted(
                left_out,
                "order of actuals.csv is among those left out, and is not compared",
                "orders of actuals.csv are among those left out, and are not compared",
            ));
        }
        let unknown = actuals.order_count().saturating_sub(known) as u64;
        if let Some(first) = orders.first().filter(|_| unknown > 0) {
            let count = counted(unknown, "order of actuals.csv is", "orders of actuals.csv are");
            let id = &first.id;
            self.problem.notes.push(format!(
                "{count} not in the exports, and not compared: an order_id is written like Name there, such as {id}"
            ));
        }
    }

    /// What was done for the orders, as far as anything is told of them.
    fn sent(&self, actuals: &Actuals) -> Result<SentUnits<'_>, Fault> {
        let mut sent = SentUnits::new(&self.problem.network);
        let mut orders = self.orders()?;
        let mut order = Order::empty();
        while orders.next(&mut order).map_err(replay::ReplayError::Reader)? {
            let rows = match actuals.of(&order.id) {
                // Exports write #1001 where people write 1001.
                [] => actuals.of(order.id.trim_start_matches('#')),
                rows => rows,
            };
            sent.add(&order, rows);
        }
        Ok(sent)
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

    /// What files say, as a sentence lists it.
    pub(crate) fn read_things(&self) -> String {
        let things = [
            ("orders", true),
            ("stock", self.problem.stock.record_count() > 0),
            ("locations", true),
            ("products", self.has_products),
        ];
        let read = things.into_iter().filter(|(_, is_read)| *is_read).map(|(thing, _)| thing.to_owned());
        listed(&read.collect::<Vec<String>>())
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

struct Streamed<'n>(OrderFeed<'n>);

impl Orders for Streamed<'_> {
    fn next(&mut self, order: &mut Order) -> Result<bool, replay::Failure> {
        self.0.next(order).map_err(Into::into)
    }

    fn progress(&self) -> (u64, u64) {
        (self.0.bytes_read(), self.0.total_bytes())
    }
}
