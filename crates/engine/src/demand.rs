//! Demand: what an order asks for, one item per product.
//!
//! Two lines of one SKU, and bundles that share a component, are summed here, before any check.

use model::{Lane, Network, Order, ProductId, SplitPolicy};

/// Units wanted of one product.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) product: ProductId,
    pub(crate) quantity: u32,
    /// Units that must be placed for the plan to be legal: those inside bundles, or all of a whole order.
    pub(crate) required: u32,
    /// What one unit that is left over costs, where that is priced.
    pub(crate) unfilled: i64,
    /// What the customer pays for one unit.
    pub(crate) price: i64,
    pub(crate) needs: u8,
    /// Weight of one unit, in quanta of the rate table.
    pub(crate) quanta: i64,
}

/// Lines of an order that are bundles, with how many of each are attempted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BundleLine {
    pub(crate) line: u16,
    pub(crate) wanted: u32,
    pub(crate) attempted: u32,
}

#[derive(Default)]
pub(crate) struct Demand {
    pub(crate) items: Vec<Item>,
    pub(crate) bundles: Vec<BundleLine>,
}

impl Demand {
    /// Reads the order's bundles; [`Demand::gather`] then sums the items.
    pub(crate) fn begin(&mut self, network: &Network, order: &Order) {
        self.bundles.clear();
        for (i, line) in order.lines.iter().enumerate() {
            if network.product(line.product).is_bundle() {
                self.bundles.push(BundleLine {
                    line: i as u16,
                    wanted: line.quantity,
                    attempted: line.quantity,
                });
            }
        }
    }

    /// Sums lines and the attempted bundles by product, sorted by product. `quanta` is each product's weight.
    pub(crate) fn gather(&mut self, network: &Network, order: &Order, quanta: &[i64]) {
        self.items.clear();
        let mut bundles = self.bundles.iter().peekable();
        for (i, line) in order.lines.iter().enumerate() {
            if let Some(bundle) = bundles.next_if(|bundle| usize::from(bundle.line) == i) {
                for component in &network.product(line.product).components {
                    let units = component.quantity * bundle.attempted;
                    self.items.push(Item { required: units, ..item(network, component.product, units) });
                }
            } else {
                let mut wanted = item(network, line.product, line.quantity);
                wanted.price = line.unit_price.0;
                self.items.push(wanted);
            }
        }
        if self.items.len() > 1 {
            self.items.sort_by_key(|item| item.product);
            self.items.dedup_by(|next, kept| {
                let same = next.product == kept.product;
                if same {
                    kept.quantity += next.quantity;
                    kept.required += next.required;
                    kept.price = kept.price.min(next.price);
                }
                same
            });
        }
        self.items.retain(|item| item.quantity > 0);
        let is_whole = order.split != SplitPolicy::Allowed || order.lane == Lane::Pickup;
        for item in &mut self.items {
            item.quanta = quanta[item.product.index()];
            if is_whole {
                item.required = item.quantity;
            }
        }
    }
}

fn item(network: &Network, product: ProductId, quantity: u32) -> Item {
    let facts = network.product(product);
    Item {
        product,
        quantity,
        required: 0,
        unfilled: facts.unfilled_cost.0,
        price: facts.price.0,
        needs: facts.needs.0,
        quanta: 0,
    }
}
