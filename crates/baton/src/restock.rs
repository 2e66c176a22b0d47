//! Stock while orders are decided: what stands on the shelves at the start, and how it comes back.
//!
//! Owns: the one rule for both, for every command that decides orders in turn, and the flags that choose them.
//! Refuses to know: how a command tells what was used; see `commands/basis.rs`.

use crate::fault::Fault;
use crate::source::Source;
use clap::{Args, ValueEnum};
use model::{LocationId, Order, ProductId};
use replay::Replenish;
use std::collections::HashMap;
use std::str::FromStr;

/// How shelves fill up again, as `--restock` takes it.
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

impl std::fmt::Display for Restock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Restock::Receipts => f.write_str("receipts"),
            Restock::Never => f.write_str("never"),
            Restock::EveryDays(days) => write!(f, "{days}"),
        }
    }
}

/// What stands on the shelves at the start, as `--opening-stock` takes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum OpeningStock {
    /// What inventory.csv says
    Counted,
    /// Raised to what places are known to have sent (actuals.csv)
    Sent,
}

/// What a command looks at stock for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To compare ways over a period that is past.
    Compare,
    /// To decide orders: nothing is on a shelf unless a file says so.
    Decide,
}

/// Where receipts are not known, a comparison takes shelves to be full again every so many days.
const USUAL_DAYS: u16 = 7;

/// The two choices; every command that decides orders in turn takes them.
#[derive(Args)]
pub(crate) struct StockArgs {
    /// When shelves are full again: by receipts (receipts.csv), never, or every so many DAYS
    /// [default: receipts where there are any; else 7 for assess and replay, never for route and explain]
    #[arg(long, value_name = "receipts|never|DAYS")]
    restock: Option<Restock>,
    /// Stock at the start [default: sent for assess and replay, counted for route and explain]
    #[arg(long, value_name = "STOCK")]
    opening_stock: Option<OpeningStock>,
}

/// What was chosen, and what follows from it.
pub(crate) struct Shelves {
    pub(crate) restock: Restock,
    pub(crate) is_restock_asked: bool,
    pub(crate) opening: OpeningStock,
    pub(crate) is_opening_asked: bool,
    /// Stock records that were raised.
    pub(crate) raised: u64,
    pub(crate) replenish: Replenish,
}

impl StockArgs {
    /// Settles both choices, and raises the source's records where that is one of them.
    ///
    /// # Errors
    /// Receipts are asked for, and the data names none.
    pub(crate) fn settle(&self, source: &mut Source, purpose: Purpose) -> Result<Shelves, Fault> {
        let usual = match purpose {
            _ if !source.receipts.is_empty() => Restock::Receipts,
            Purpose::Compare => Restock::EveryDays(USUAL_DAYS),
            Purpose::Decide => Restock::Never,
        };
        let restock = self.restock.unwrap_or(usual);
        let opening = self.opening_stock.unwrap_or(match purpose {
            Purpose::Compare => OpeningStock::Sent,
            Purpose::Decide => OpeningStock::Counted,
        });
        let replenish = replenish(source, restock)?;
        let raised = match opening {
            OpeningStock::Sent => trust_what_was_sent(source, restock)?,
            OpeningStock::Counted => 0,
        };
        Ok(Shelves {
            restock,
            is_restock_asked: self.restock.is_some(),
            opening,
            is_opening_asked: self.opening_stock.is_some(),
            raised,
            replenish,
        })
    }
}

impl Shelves {
    /// The flags with which another command meets the same stock.
    pub(crate) fn flags(&self) -> String {
        let opening = match self.opening {
            OpeningStock::Sent if self.raised > 0 => " --opening-stock sent",
            // Nothing was raised, so both are the same.
            OpeningStock::Sent => "",
            OpeningStock::Counted => " --opening-stock counted",
        };
        format!(" --restock {}{opening}", self.restock)
    }
}

fn replenish(source: &Source, restock: Restock) -> Result<Replenish, Fault> {
    match restock {
        Restock::Never => Ok(Replenish::Never),
        Restock::EveryDays(every_days) => Ok(Replenish::ToStart { every_days }),
        Restock::Receipts if source.receipts.is_empty() => Err(Fault::Other(
            "there are no receipts to replay; add receipts.csv, or give --restock a number of days".into(),
        )),
        Restock::Receipts => Ok(Replenish::Daily(source.receipts.clone())),
    }
}

/// What a place is known to have sent of a product, against what is known to have come in.
#[derive(Clone, Copy, Default)]
struct Balance {
    /// Restock that the balance was last set back by.
    period: i32,
    /// Units that left less units that came in, since then.
    gone: i64,
    /// The most that were ever gone at once: so many must have been there.
    most: i64,
}

type Balances = HashMap<(ProductId, LocationId), Balance>;

/// Raises shelves to what they must have held: a place that sent units had them. Without this, what was really
/// done would draw on shelves that the replay thinks empty, and the rules would be compared on less stock than the
/// shop had. Returns how many records were raised.
fn trust_what_was_sent(source: &mut Source, restock: Restock) -> Result<u64, Fault> {
    let balances = balances(source, restock)?;
    let stock = &mut source.problem.stock;
    let mut raised = 0;
    for ((product, location), Balance { most, .. }) in balances {
        let Some(record) = stock.record(product, location) else { continue };
        let short = most - i64::from(stock.available(record));
        if short > 0 {
            let mut level = *stock.level(record);
            level.on_hand = level.on_hand.saturating_add(i32::try_from(short).unwrap_or(i32::MAX));
            stock.set_level(record, level);
            raised += 1;
        }
    }
    Ok(raised)
}

fn balances(source: &Source, restock: Restock) -> Result<Balances, Fault> {
    let mut balances = Balances::new();
    let Some(actual) = &source.actual else { return Ok(balances) };
    let network = &source.problem.network;
    let mut receipts = match restock {
        Restock::Receipts => source.receipts.clone(),
        Restock::Never | Restock::EveryDays(_) => Vec::new(),
    };
    receipts.sort_unstable();
    let mut to_come = receipts.as_slice();
    let mut first_day = None;
    let mut orders = source.orders()?;
    let mut order = Order::empty();
    while orders.next(&mut order).map_err(replay::ReplayError::Reader)? {
        let today = network.settings.clock.day(order.placed_at);
        let first_day = *first_day.get_or_insert_with(|| {
            // What came before the first order is in the stock already.
            to_come = &to_come[to_come.partition_point(|receipt| receipt.day < today)..];
            today
        });
        let (come, later) = to_come.split_at(to_come.partition_point(|receipt| receipt.day <= today));
        to_come = later;
        for receipt in come {
            balances.entry((receipt.product, receipt.location)).or_default().gone -= i64::from(receipt.units);
        }
        let period = match restock {
            Restock::EveryDays(every) => (today.0 - first_day.0).div_euclid(i32::from(every)),
            Restock::Never | Restock::Receipts => 0,
        };
        for row in actual.of_order(&order.id).unwrap_or_default() {
            let Some(line) = order.lines.iter().find(|line| line.number == row.line) else { continue };
            let sold = network.product(line.product);
            if !sold.is_bundle() {
                balances.entry((line.product, row.location)).or_default().send((period, row.quantity));
            }
            for part in &sold.components {
                let units = part.quantity.saturating_mul(row.quantity);
                balances.entry((part.product, row.location)).or_default().send((period, units));
            }
        }
        order = Order::empty();
    }
    Ok(balances)
}

impl Balance {
    fn send(&mut self, (period, units): (i32, u32)) {
        if self.period != period {
            *self = Balance { period, gone: 0, most: self.most };
        }
        self.gone += i64::from(units);
        self.most = self.most.max(self.gone);
    }
}
