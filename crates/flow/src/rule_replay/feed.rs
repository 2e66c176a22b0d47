//! The orders of a period, streamed out of the books: read a page at a time beside the replay, and never all in memory.
//!
//! Owns: the pages, and that a feed which is broken off is not taken for one that is over. Refuses to know: how the
//! channel's words are understood: what reads orders for live decisions reads these.

use crate::order::Asked;
use crate::refused::{Refused, broken};
use crate::shop::Shop;
use ::replay::{Failure, Orders};
use model::Order;
use std::sync::Arc;
use store::Db;
use store::db::DbError;
use store::history::{self, Period, Placed};
use tokio::sync::mpsc;

/// Orders read at once.
const PAGE: i64 = 500;
/// Pages that are read before they are wanted.
pub(super) const PAGES_AHEAD: usize = 2;

/// What the reader hands over.
pub(super) enum Page {
    Orders(Vec<Placed>),
    /// That was all of one pass.
    End,
    Failed(Refused),
}

/// Hands over all orders of the period, `passes` times, until nobody wants more.
pub(super) async fn read_orders(db: &Db, period: Period, passes: u64, pages: mpsc::Sender<Page>) {
    for _ in 0..passes {
        // The id of an order is never empty.
        let mut after = (period.from_ms, String::new());
        loop {
            let page = match page_after(db, after.clone(), period.to_ms).await {
                Ok(page) => page,
                Err(error) => {
                    // Where nobody listens any more, nobody needs to hear it.
                    let _ = pages.send(Page::Failed(error.into())).await;
                    return;
                }
            };
            let is_last = (page.len() as i64) < PAGE;
            if let Some(last) = page.last() {
                after = (last.order.placed_at_ms, last.order.id.clone());
            }
            if pages.send(Page::Orders(page)).await.is_err() {
                return;
            }
            if is_last {
                break;
            }
        }
        if pages.send(Page::End).await.is_err() {
            return;
        }
    }
}

async fn page_after(db: &Db, after: (i64, String), to_ms: i64) -> Result<Vec<Placed>, DbError> {
    let after = Arc::new(after);
    db.read(move |tx| {
        let after = Arc::clone(&after);
        Box::pin(async move { history::placed(tx, (after.0, &after.1), to_ms, PAGE).await })
    })
    .await
}

/// The other end, on the thread of the replay.
pub(super) struct Feed {
    /// Its rules do not matter.
    shop: Shop,
    pages: mpsc::Receiver<Page>,
    page: std::vec::IntoIter<Placed>,
    is_over: bool,
    read: u64,
    total: u64,
}

impl Feed {
    pub(super) fn new(shop: Shop, total: u64, pages: mpsc::Receiver<Page>) -> Feed {
        Feed { shop, pages, page: Vec::new().into_iter(), is_over: false, read: 0, total }
    }

    /// The next pass: the reader hands all orders over again.
    pub(super) fn begin_again(&mut self) {
        (self.is_over, self.read) = (false, 0);
    }
}

impl Orders for Feed {
    fn next(&mut self, order: &mut Order) -> Result<bool, Failure> {
        while !self.is_over {
            for placed in self.page.by_ref() {
                self.read += 1;
                let asked = Asked::in_full(&self.shop, &placed.order, placed.items)?;
                // Nothing of it is a product of the shop any more.
                if asked.is_empty() {
                    continue;
                }
                *order = asked.order;
                return Ok(true);
            }
            match self.pages.blocking_recv() {
                Some(Page::Orders(page)) => self.page = page.into_iter(),
                Some(Page::End) => self.is_over = true,
                Some(Page::Failed(refused)) => return Err(Box::new(refused)),
                None => return Err(Box::new(broken(&"nobody reads the orders any more"))),
            }
        }
        Ok(false)
    }

    fn progress(&self) -> (u64, u64) {
        (self.read, self.total)
    }
}
