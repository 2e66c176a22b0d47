//! What is left to do about an order: the words that the page of today counts. What each means stands in
//! `flow::work`; here and in `store::work` it is said to the database.

use super::sql::Sql;

/// What is left to do. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    /// It is held, or units of it have no place: no decision has settled them.
    ToDecide,
    /// A place has it, and not every unit is in hand.
    ToPick,
    /// A place has every unit in hand, and has not packed it.
    ToPack,
    /// It lies in a store for its customer.
    WaitingForPickup,
    /// The next step of a place should have been done: its deadline has passed, or it was told that it had.
    Late,
    /// It has an open exception.
    NeedsAttention,
    /// Two fulfillment orders or more have some of it, or have handed it over.
    Split,
}

/// As the partial index on the work of places says it, word for word: else SQLite does not use it.
const UNDER_WAY: &str = "f.state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup')";

const LEFT_TO_PICK: &str =
    "exists (select 1 from fulfillment_items u where u.fulfillment_id = f.id and u.committed > u.picked)";

/// The deadline of late work is moved on whenever it is told: the exception stays.
const TOLD_LATE: &str = "exists (select 1 from exceptions t where t.kind in ('late_pick', 'late_pickup') \
    and t.subject = f.id and t.state = 'open')";

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
            Work::ToPick => format!(
                "f.is_held = 0 and (f.state in ('open', 'accepted') or f.state = 'picking' and {LEFT_TO_PICK})"
            ),
            Work::ToPack => format!("f.is_held = 0 and f.state = 'picking' and not {LEFT_TO_PICK}"),
            Work::WaitingForPickup => "f.is_held = 0 and f.state = 'ready_for_pickup'".to_owned(),
            Work::Late => {
                format!("f.is_held = 0 and (+f.due_at <= {} or {TOLD_LATE})", sql.bind(now_ms))
            }
            Work::ToDecide | Work::NeedsAttention | Work::Split => return None,
        };
        Some(format!("{UNDER_WAY} and {own}"))
    }

    /// Ids of the orders; of what is not the work of a place.
    pub(super) fn orders(self) -> Option<&'static str> {
        match self {
            Work::ToDecide => Some(
                "select i.order_id from order_items i where i.open > 0 \
                 union select held.id from orders held where held.state = 'held'",
            ),
            Work::NeedsAttention => {
                Some("select e.order_id from exceptions e where e.state = 'open' and e.order_id is not null")
            }
            _ => None,
        }
    }

    /// Whether it holds of the order with this id; of what is not the work of a place.
    pub(super) fn holds_of(self, id: &str) -> Option<String> {
        match self {
            Work::ToDecide => Some(format!(
                "(exists (select 1 from order_items i where i.order_id = {id} and i.open > 0) \
                     or exists (select 1 from orders held where held.id = {id} and held.state = 'held'))"
            )),
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
