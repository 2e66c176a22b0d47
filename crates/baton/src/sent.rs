//! What was really sent, booked on the lines of its order.
//!
//! Owns: which lines a row of `actuals.csv` is about, and what of it no line asked for. Refuses to know: what it cost.

use connect::files::Actual;
use model::words::counted;
use model::{LocationId, Network, Order, ProductId};
use replay::{ActualBook, Assigned};

/// Units of one product that a line asks for: of the line's own product, or of a component of its bundle.
struct Asked {
    /// Position in the order.
    line: usize,
    product: ProductId,
    /// Units of it in one unit of the line.
    per_unit: u32,
    left: u32,
    /// A component: rows of it may stand for whole bundles.
    is_part: bool,
}

/// Units of a component that were sent.
struct Part {
    /// Position among what is asked for.
    asked: usize,
    location: LocationId,
    units: u32,
}

/// What is not booked: how many rows or units, and the first of them as a message names it.
#[derive(Default)]
struct Unbooked {
    count: u64,
    first: String,
}

impl Unbooked {
    fn add(&mut self, count: u32, first: impl FnOnce() -> String) {
        if self.count == 0 {
            self.first = first();
        }
        self.count += u64::from(count);
    }

    fn sentence(&self, one: &str, more: &str, remedy: &str) -> Option<String> {
        let lead = if self.count == 1 { "it is" } else { "the first is" };
        (self.count > 0).then(|| {
            format!("actuals.csv: {}; {lead} in {}: {remedy}", counted(self.count, one, more), self.first)
        })
    }
}

/// Books what was sent, order after order.
pub(crate) struct SentUnits<'n> {
    network: &'n Network,
    book: ActualBook,
    /// Orders of which anything is told.
    pub(crate) orders: usize,
    /// Of the order at hand.
    asked: Vec<Asked>,
    parts: Vec<Part>,
    not_ordered: Unbooked,
    beyond: Unbooked,
}

impl<'n> SentUnits<'n> {
    pub(crate) fn new(network: &'n Network) -> SentUnits<'n> {
        SentUnits {
            network,
            book: ActualBook::default(),
            orders: 0,
            asked: Vec::new(),
            parts: Vec::new(),
            not_ordered: Unbooked::default(),
            beyond: Unbooked::default(),
        }
    }

    pub(crate) fn add(&mut self, order: &Order, rows: &[Actual]) {
        if rows.is_empty() {
            return;
        }
        self.orders += 1;
        self.book.add_unfilled(&order.id);
        self.look_at(order);
        for row in rows {
            self.add_row(order, row);
        }
        for line in 0..order.lines.len() {
            self.add_bundles(order, line);
        }
    }

    fn look_at(&mut self, order: &Order) {
        self.parts.clear();
        self.asked.clear();
        for (line, ordered) in order.lines.iter().enumerate() {
            let left = ordered.quantity;
            self.asked.push(Asked { line, product: ordered.product, per_unit: 1, left, is_part: false });
            for part in &self.network.product(ordered.product).components {
                let (product, per_unit) = (part.product, part.quantity.max(1));
                let left = left.saturating_mul(per_unit);
                self.asked.push(Asked { line, product, per_unit, left, is_part: true });
            }
        }
    }

    /// Spreads a row over the lines that ask for its product: the one that it names, then those of the product itself,
    /// then bundles with it.
    fn add_row(&mut self, order: &Order, row: &Actual) {
        let of_product = |i: &usize| self.asked[*i].product == row.product;
        let mut lines: Vec<usize> = (0..self.asked.len()).filter(of_product).collect();
        let named = || {
            let sku = &self.network.product(row.product).sku;
            format!("row {} ({sku}, order {})", row.row, order.id)
        };
        if lines.is_empty() {
            return self.not_ordered.add(1, named);
        }
        lines.sort_by_key(|i| {
            let line = &order.lines[self.asked[*i].line];
            (line.number != row.line, line.product != row.product)
        });
        let mut units = row.quantity;
        for i in lines {
            let asked = &mut self.asked[i];
            let taken = units.min(asked.left);
            units -= taken;
            asked.left -= taken;
            if taken > 0 && asked.is_part {
                self.parts.push(Part { asked: i, location: row.location, units: taken });
            } else if taken > 0 {
                let line = order.lines[asked.line].number;
                self.book.add(&order.id, Assigned { line, location: row.location, quantity: taken });
            }
        }
        if units > 0 {
            self.beyond.add(units, named);
        }
    }

    /// Bundles of which the components were sent. They go together, so the component with the most whole bundles tells
    /// how many; rows of the others say nothing new.
    fn add_bundles(&mut self, order: &Order, line: usize) {
        let own = self.asked.iter().find(|asked| asked.line == line && !asked.is_part);
        let room = own.map_or(0, |own| own.left);
        let sent = |i: usize| -> u32 {
            self.parts.iter().filter(|part| part.asked == i).map(|part| part.units).sum()
        };
        let of_line = (0..self.asked.len()).filter(|&i| self.asked[i].line == line && self.asked[i].is_part);
        let whole = |&i: &usize| (sent(i) / self.asked[i].per_unit, std::cmp::Reverse(i));
        let Some(lead) = of_line.max_by_key(whole) else { return };
        let (mut units, mut booked) = (0, 0);
        for part in self.parts.iter().filter(|part| part.asked == lead) {
            units += part.units;
            let bundles = (units / self.asked[lead].per_unit).min(room);
            if bundles > booked {
                let line = order.lines[line].number;
                let quantity = bundles - booked;
                self.book.add(&order.id, Assigned { line, location: part.location, quantity });
                booked = bundles;
            }
        }
    }

    /// The book, and what is not in it, as sentences.
    pub(crate) fn finish(self) -> (ActualBook, Vec<String>) {
        let not_ordered = self.not_ordered.sentence(
            "row is for a product that its order does not have, and is left out",
            "rows are for products that their orders do not have, and are left out",
            "correct sku or order_id there",
        );
        let beyond = self.beyond.sentence(
            "unit is more than its order has of the product, and is left out",
            "units are more than their orders have of the product, and are left out",
            "correct qty there, or remove a row that comes twice",
        );
        (self.book, not_ordered.into_iter().chain(beyond).collect())
    }
}
