//! What is left to do about an order: the states that the page of today counts, defined here and nowhere else.

use super::sql::Sql;

/// What is left to do. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    /// Units of it have no place: nothing was decided about them, or it is held before that.
    ToDecide,
    /// A place has it and has not begun.
    ToPick,
    /// A place has begun and has not packed it.
    ToPack,
    /// It lies in a store for its customer.
    WaitingForPickup,
    /// The next step of a place should have been done.
    Late,
    /// It has an open exception.
    NeedsAttention,
    /// Two fulfillment orders or more have some of it, or have handed it over.
    Split,
}

/// As the partial index on the work of places says it, word for word: else SQLite does not use it.
const UNDER_WAY: &str = "f.state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup')";

/// Fulfillment orders that have some of an order, or have handed it over; the others let it go.
pub(super) const HAS_SOME: &str = "f.state not in ('rejected', 'expired', 'moved', 'cancelled', 'short')";

impl Work {
    pub const ALL: [Work; 7] = [
        Work::ToDecide,
        Work::ToPick,
        Work::ToPack,
        Work::WaitingForPickup,
        Work::Late,
        Work::NeedsAttention,
        Work::Split,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Work::ToDecide => "to_decide",
            Work::ToPick => "to_pick",
            Work::ToPack => "to_pack",
            Work::WaitingForPickup => "waiting_for_pickup",
            Work::Late => "late",
            Work::NeedsAttention => "needs_attention",
            Work::Split => "split",
        }
    }

    pub fn from_code(code: &str) -> Option<Work> {
        Work::ALL.into_iter().find(|work| work.code() == code)
    }

    /// Whether it is the work of a place.
    pub(super) fn is_of_place(self) -> bool {
        !matches!(self, Work::ToDecide | Work::NeedsAttention | Work::Split)
    }

    /// What must hold of a fulfillment order `f`; `None`: it is not the work of a place.
    pub(super) fn of_place(self, now_ms: i64, sql: &mut Sql) -> Option<String> {
        let own = match self {
            Work::ToPick => "f.state in ('open', 'accepted') and f.is_held = 0".to_owned(),
            Work::ToPack => "f.state = 'picking' and f.is_held = 0".to_owned(),
            Work::WaitingForPickup => "f.state = 'ready_for_pickup'".to_owned(),
            Work::Late => format!("f.is_held = 0 and +f.due_at < {}", sql.bind(now_ms)),
            Work::ToDecide | Work::NeedsAttention | Work::Split => return None,
        };
        Some(format!("{UNDER_WAY} and {own}"))
    }

    /// Ids of the orders; of what is not the work of a place.
    pub(super) fn orders(self) -> Option<&'static str> {
        match self {
            Work::ToDecide => Some("select i.order_id from order_items i where i.open > 0"),
            Work::NeedsAttention => {
                Some("select e.order_id from exceptions e where e.state = 'open' and e.order_id is not null")
            }
            _ => None,
        }
    }

    /// Whether it holds of the order with this id; of what is not the work of a place.
    pub(super) fn holds_of(self, id: &str) -> Option<String> {
        match self {
            Work::ToDecide => {
                Some(format!("exists (select 1 from order_items i where i.order_id = {id} and i.open > 0)"))
            }
            Work::NeedsAttention => Some(format!(
                "exists (select 1 from exceptions e where e.order_id = {id} and e.state = 'open' \
                 and e.order_id is not null)"
            )),
            Work::Split => Some(format!(
                "(select count(*) from fulfillments f where f.order_id = {id} and {HAS_SOME}) > 1"
            )),
            _ => None,
        }
    }
}
