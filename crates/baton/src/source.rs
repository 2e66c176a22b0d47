//! A retailer's data, from a Baton folder or from a shop's own exports: found by looking.

use crate::fault::Fault;
use connect::files::{BadInput, Feeds, Folder, OrderFeed, Problem, Shopify};
use model::{Day, Order};
use replay::{ActualBook, Assigned, ListedOrders, Orders, Receipt};
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
}

/// Orders in a file to be streamed, or in memory.
enum Kept {
    InFolder(Feeds),
    Listed(Vec<Order>),
}

impl Source {
    /// Opens a folder: a shop's exports if there are any, else a Baton folder.
    pub(crate) fn open(dir: &Path) -> Result<Source, Fault> {
        if !dir.is_dir() {
            return Err(BadInput::of_file(
                &dir.display().to_string(),
                "this is not a folder",
                "name the folder that holds the files",
            )
            .into());
        }
        if let Some(shopify) = Shopify::detect(dir) {
            let (problem, orders) = shopify.open()?;
            return Ok(Source {
                dir: dir.to_owned(),
                problem,
                orders: Kept::Listed(orders),
                actual: None,
                receipts: Vec::new(),
            });
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
        Ok(Source { dir: dir.to_owned(), problem, orders: Kept::InFolder(feeds), actual, receipts })
    }

    /// The orders, oldest first.
    pub(crate) fn orders(&self) -> Result<Box<dyn Orders + '_>, Fault> {
        match &self.orders {
            Kept::InFolder(feeds) => Ok(Box::new(Streamed(feeds.orders(&self.problem.network)?))),
            Kept::Listed(orders) => Ok(Box::new(ListedOrders::new(orders))),
        }
    }

    pub(crate) fn today(&self) -> Day {
        self.problem.first_day
    }
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
