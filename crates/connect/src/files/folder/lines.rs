//! `order_lines.csv`, read beside `orders.csv`.
//!
//! Owns: giving each order its lines: in lockstep while both files run in the same order, else from a
//! bounded table of lines that wait for their orders. Refuses to know: anything else about an order.

use super::super::bad_input::{BadInput, quoted};
use super::super::cell::{Cell, Whole};
use super::super::hash::{Seen, hash};
use super::super::table::{At, Table};
use super::inventory::Names;
use model::order::MAX_UNITS;
use model::{Order, OrderLine, ShortChoice};
use std::collections::HashMap;

pub(super) const QUANTITY: Whole = Whole::new("a quantity", 1, MAX_UNITS as i64);
pub(super) const LINE: Whole = Whole::new("a line number", 0, u32::MAX as i64);
/// Most lines of an order that are read. The engine holds orders beyond 500; more than this is no order.
const MAX_LINES_READ: usize = 1_000;
/// Most lines that wait for their orders: about 250 MB.
const MAX_WAITING: usize = 4_000_000;

struct Columns {
    order: At,
    line: At,
    sku: At,
    quantity: At,
    price: At,
    when_short: At,
}

pub(super) struct Lines {
    pub(super) table: Table,
    columns: Columns,
    /// The table stands on a row that no order has taken yet.
    has_row: bool,
    waiting: Option<Waiting>,
}

/// Lines that came before their orders, by the hash of the order's id.
#[derive(Default)]
struct Waiting {
    /// First and last of an order's lines.
    ends: HashMap<u64, (u32, u32)>,
    lines: Vec<WaitingLine>,
}

struct WaitingLine {
    line: OrderLine,
    row: u64,
    /// The next line of the order; `u32::MAX` at its end.
    next: u32,
}

/// The order that wants its lines.
pub(super) struct Wanted<'a> {
    pub(super) hash: u64,
    /// Ids of all orders so far, this one included.
    pub(super) seen: &'a Seen,
    pub(super) names: &'a Names<'a>,
}

impl Lines {
    pub(super) fn new(table: Table) -> Lines {
        let columns = Columns {
            order: table.at("order_id"),
            line: table.at("line"),
            sku: table.at("sku"),
            quantity: table.at("qty"),
            price: table.at("unit_price_usd"),
            when_short: table.at("when_short"),
        };
        Lines { table, columns, has_row: false, waiting: None }
    }

    /// Fills the lines of an order; none when the file has none for it.
    pub(super) fn take(&mut self, order: &mut Order, wanted: &Wanted<'_>) -> Result<(), BadInput> {
        order.lines.clear();
        if self.waiting.is_none() {
            while self.peek()? && self.table.cell(self.columns.order).bytes() == order.id.as_bytes() {
                let line = self.line(wanted.names, order.lines.len())?;
                self.check(order, &line)?;
                order.lines.push(line);
                self.has_row = false;
            }
            if !order.lines.is_empty() || !self.peek()? {
                return Ok(());
            }
            self.waiting = Some(self.read_all(wanted)?);
        }
        self.take_waiting(order, wanted.hash)
    }

    /// A fault when lines are left that belong to no order.
    pub(super) fn end(&mut self) -> Result<(), BadInput> {
        if let Some(waiting) = &self.waiting {
            let first = waiting.ends.values().map(|ends| waiting.lines[ends.0 as usize].row).min();
            return match first {
                Some(row) => Err(unknown_order(&self.table, row)),
                None => Ok(()),
            };
        }
        if self.peek()? { Err(unknown_order(&self.table, self.table.row())) } else { Ok(()) }
    }

    #[inline]
    fn peek(&mut self) -> Result<bool, BadInput> {
        if !self.has_row {
            self.has_row = self.table.advance()?;
        }
        Ok(self.has_row)
    }

    #[inline]
    fn line(&self, names: &Names<'_>, position: usize) -> Result<OrderLine, BadInput> {
        let cell = |at| self.table.cell(at);
        let product = names.product(&cell(self.columns.sku))?;
        let number = match cell(self.columns.line).filled() {
            Some(number) => number.whole(&LINE)? as u32,
            None => position as u32 + 1,
        };
        let unit_price = match cell(self.columns.price).filled() {
            Some(price) => price.price()?,
            None => names.network.product(product).price,
        };
        Ok(OrderLine {
            number,
            product,
            quantity: cell(self.columns.quantity).whole(&QUANTITY)? as u32,
            unit_price,
            when_short: cell(self.columns.when_short).filled().map(when_short).transpose()?,
        })
    }

    fn check(&self, order: &Order, line: &OrderLine) -> Result<(), BadInput> {
        if order.lines.iter().any(|other| other.number == line.number) {
            let problem = format!("line {} of order {} stood already above", line.number, quoted(&order.id));
            return Err(self.table.fault(
                self.columns.line,
                &problem,
                "give each line of an order its own number",
            ));
        }
        if order.lines.len() >= MAX_LINES_READ {
            let problem = format!("order {} has more than {MAX_LINES_READ} lines", quoted(&order.id));
            return Err(self.table.fault(
                self.columns.order,
                &problem,
                "split the order, or send it as freight",
            ));
        }
        Ok(())
    }

    /// Reads the rest of the file into memory, because it does not run in the order of the orders.
    fn read_all(&mut self, wanted: &Wanted<'_>) -> Result<Waiting, BadInput> {
        let mut waiting = Waiting::default();
        while self.peek()? {
            self.has_row = false;
            let cell = self.table.cell(self.columns.order);
            let hash = hash(cell.bytes());
            if hash != wanted.hash && wanted.seen.has(hash) {
                let problem = format!("order {} had other lines further up", quoted(cell.text()));
                return Err(cell
                    .fault(&problem, "sort the file by order_id, so that lines of an order stand together"));
            }
            let position = waiting.len_of(hash);
            let line = self.line(wanted.names, position)?;
            if waiting.lines.len() >= MAX_WAITING || position >= MAX_LINES_READ {
                let problem = format!(
                    "more than {MAX_WAITING} lines, or {MAX_LINES_READ} of one order, wait for their orders"
                );
                return Err(cell.fault(&problem, "sort this file in the order of orders.csv"));
            }
            waiting.push(hash, WaitingLine { line, row: self.table.row(), next: u32::MAX });
        }
        Ok(waiting)
    }

    fn take_waiting(&mut self, order: &mut Order, hash: u64) -> Result<(), BadInput> {
        let Some(waiting) = &mut self.waiting else { return Ok(()) };
        let Some((mut next, _)) = waiting.ends.remove(&hash) else { return Ok(()) };
        while let Some(found) = waiting.lines.get(next as usize) {
            if order.lines.iter().any(|other| other.number == found.line.number) {
                let problem =
                    format!("line {} of order {} stood already above", found.line.number, quoted(&order.id));
                let fault = BadInput::of_file(
                    self.table.file(),
                    problem,
                    "give each line of an order its own number",
                );
                return Err(fault.at_row(found.row).in_column("line"));
            }
            order.lines.push(found.line.clone());
            next = found.next;
        }
        Ok(())
    }
}

impl Waiting {
    /// Lines of an order so far. Short lists: orders beyond a thousand lines are refused.
    fn len_of(&self, hash: u64) -> usize {
        let mut next = self.ends.get(&hash).map_or(u32::MAX, |ends| ends.0);
        let mut count = 0;
        while let Some(line) = self.lines.get(next as usize) {
            count += 1;
            next = line.next;
        }
        count
    }

    fn push(&mut self, hash: u64, line: WaitingLine) {
        let position = self.lines.len() as u32;
        self.lines.push(line);
        let ends = self.ends.entry(hash).or_insert((position, position));
        let last = std::mem::replace(&mut ends.1, position);
        if last != position {
            self.lines[last as usize].next = position;
        }
    }
}

fn when_short(cell: Cell<'_>) -> Result<ShortChoice, BadInput> {
    ShortChoice::from_code(&cell.text().to_lowercase()).ok_or_else(|| {
        cell.is_not("a choice for missing units", "write substitute, backorder, hold or cancel")
    })
}

fn unknown_order(table: &Table, row: u64) -> BadInput {
    BadInput::of_file(
        table.file(),
        "the order of this line is not among the orders",
        "add the order, or remove the line",
    )
    .at_row(row)
    .in_column("order_id")
}
