//! Why an order of an export is not routed.
//!
//! Owns: the reasons and their words. Refuses to know: the columns that they are read from.

/// An order that stands in an export and is not routed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LeftOut {
    Cancelled,
    /// Given its money back before it was shipped.
    Refunded,
    /// Its units went back to the shelf.
    PutBack,
    /// Sold over the counter: it does not ship.
    OverTheCounter,
    /// Paid by the shop system's own trial payment.
    Test,
    /// None of its lines is to be shipped.
    NothingToShip,
    /// Not in the currency of most orders.
    OtherCurrency,
}

impl LeftOut {
    /// As one order is told: `left out: cancelled`.
    pub fn words(self) -> &'static str {
        match self {
            LeftOut::Cancelled => "cancelled",
            LeftOut::Refunded => "refunded before it was shipped",
            LeftOut::PutBack => "put back into stock",
            LeftOut::OverTheCounter => "sold over the counter",
            LeftOut::Test => "a test order",
            LeftOut::NothingToShip => "nothing to ship",
            LeftOut::OtherCurrency => "in another currency than most orders",
        }
    }

    /// As they are counted: `1 cancelled order`, `3 cancelled orders`.
    pub(super) fn one_or_more(self) -> (&'static str, &'static str) {
        match self {
            LeftOut::Cancelled => ("cancelled order", "cancelled orders"),
            LeftOut::Refunded => {
                ("order refunded before it was shipped", "orders refunded before they were shipped")
            }
            LeftOut::PutBack => ("order put back into stock", "orders put back into stock"),
            LeftOut::OverTheCounter => ("sale over the counter", "sales over the counter"),
            LeftOut::Test => ("test order", "test orders"),
            LeftOut::NothingToShip => ("order with nothing to ship", "orders with nothing to ship"),
            LeftOut::OtherCurrency => ("order in another currency", "orders in another currency"),
        }
    }
}
