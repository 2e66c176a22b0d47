//! Demand: what an order asks for, one item per product.
//!
//! Two lines of one SKU, and bundles that share a component, are summed here, before any check.

use model::{Component, Lane, Network, Order, OrderLine, ProductId, SplitPolicy};

/// Units wanted of one product.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) product: ProductId,
    pub(crate) quantity: u32,
    /// Units that must be placed for the plan to be legal: all of an order that goes whole.
    pub(crate) required: u32,
    /// Units that lines ask for by themselves. The others are parts of bundles: they are left over with their
    /// bundle only.
    pub(crate) loose: u32,
    /// What one loose unit that is left over costs, where that is priced.
    pub(crate) unfilled: i64,
    /// What the customer pays for one unit; the least of several prices.
    pub(crate) price: i64,
    pub(crate) needs: u8,
    /// Weight of one unit, in quanta of the rate table.
    pub(crate) quanta: i64,
}

impl Item {
    pub(crate) fn is_in_bundle(&self) -> bool {
        self.loose < self.quantity
    }
}

/// A line of an order that asks for bundles: each is sent whole or left over whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bundle {
    pub(crate) line: u16,
    pub(crate) quantity: u32,
    /// What one bundle that is left over costs, where that is priced.
    pub(crate) unfilled: i64,
    /// Where its parts stand in [`Demand::parts`].
    first_part: u32,
    part_count: u32,
}

impl Bundle {
    pub(crate) fn parts(self, all: &[Part]) -> &[Part] {
        &all[self.first_part as usize..(self.first_part + self.part_count) as usize]
    }
}

/// Units of an item in one bundle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    product: ProductId,
    /// Position among the items.
    pub(crate) item: u16,
    pub(crate) units: u32,
}

#[derive(Default)]
pub(crate) struct Demand {
    pub(crate) items: Vec<Item>,
    pub(crate) bundles: Vec<Bundle>,
    pub(crate) parts: Vec<Part>,
}

impl Demand {
    /// Sums lines and the parts of bundles by product, sorted by product. `quanta` is each product's weight.
    pub(crate) fn gather(&mut self, network: &Network, order: &Order, quanta: &[i64]) {
        self.items.clear();
        self.bundles.clear();
        self.parts.clear();
        for (i, line) in order.lines.iter().enumerate() {
            if network.product(line.product).is_bundle() {
                self.add_bundle(network, (i as u16, line));
            } else {
                let wanted = item(network, line.product, line.quantity);
                self.items.push(Item { loose: line.quantity, price: line.unit_price.0, ..wanted });
            }
        }
        if self.items.len() > 1 {
            self.items.sort_unstable_by_key(|item| item.product);
            self.items.dedup_by(|next, kept| {
                let same = next.product == kept.product;
                if same {
                    kept.quantity += next.quantity;
                    kept.loose += next.loose;
                    kept.price = kept.price.min(next.price);
                }
                same
            });
        }
        let is_whole = order.split != SplitPolicy::Allowed || order.lane == Lane::Pickup;
        for item in &mut self.items {
            item.quanta = quanta[item.product.index()];
            item.required = if is_whole { item.quantity } else { 0 };
        }
        for part in &mut self.parts {
            let item = self.items.binary_search_by_key(&part.product, |item| item.product);
            part.item = item.expect("the parts of bundles are among the items") as u16;
        }
    }

    fn add_bundle(&mut self, network: &Network, (line, wanted): (u16, &OrderLine)) {
        let product = network.product(wanted.product);
        self.bundles.push(Bundle {
            line,
            quantity: wanted.quantity,
            unfilled: product.unfilled_cost.0,
            first_part: self.parts.len() as u32,
            part_count: product.components.len() as u32,
        });
        let all: i64 = product.components.iter().map(|part| own_price(network, part)).sum();
        for component in &product.components {
            let units = component.quantity;
            self.parts.push(Part { product: component.product, item: 0, units });
            // The customer pays for the bundle: a part's share is as its own price is to that of all parts.
            let own = own_price(network, component);
            let price = if all > 0 { wanted.unit_price.0 * own / all / i64::from(units.max(1)) } else { 0 };
            let part = item(network, component.product, units * wanted.quantity);
            self.items.push(Item { price, ..part });
        }
    }
}

/// What the parts of this kind in one bundle would cost by themselves.
fn own_price(network: &Network, part: &Component) -> i64 {
    network.product(part.product).price.times(i64::from(part.quantity)).0
}

fn item(network: &Network, product: ProductId, quantity: u32) -> Item {
    let facts = network.product(product);
    Item {
        product,
        quantity,
        required: 0,
        loose: 0,
        unfilled: facts.unfilled_cost.0,
        price: 0,
        needs: facts.needs.0,
        quanta: 0,
    }
}
