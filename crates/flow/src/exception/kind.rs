//! The kinds of exceptions, and the policy of each: who owns it, by when, and who hears of it next.

/// A kind of exception. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    InventoryMismatch,
    Damaged,
    ShortPick,
    LatePick,
    LatePickup,
    /// A pickup that its store cannot hand over: the customer chooses.
    PickupChoice,
    Substitution,
    SplitThreshold,
    Unroutable,
    Oversold,
    AddressHold,
    PaymentHold,
    CarrierFailure,
    ConnectorFailure,
}

/// What happens with a kind of exception.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Policy {
    /// Whose it is: `store`, `customer_service`, `manager` or `owner`.
    pub owner: &'static str,
    /// Minutes until it is passed on.
    pub minutes: u32,
    /// What happens by itself.
    pub by_itself: &'static str,
}

/// Who hears of it when nobody acts, in turn; the last one keeps it.
const LADDER: [&str; 4] = ["store", "customer_service", "manager", "owner"];

impl Policy {
    /// Who gets it after `owner`.
    pub fn next_owner(&self, owner: &str) -> &'static str {
        let at = LADDER.iter().position(|step| *step == owner).unwrap_or(LADDER.len() - 1);
        // A store's work that stays undone is its manager's, not the customer's.
        if at == 0 { "manager" } else { LADDER[(at + 1).min(LADDER.len() - 1)] }
    }
}

impl Kind {
    pub const ALL: [Kind; 14] = [
        Kind::InventoryMismatch,
        Kind::Damaged,
        Kind::ShortPick,
        Kind::LatePick,
        Kind::LatePickup,
        Kind::PickupChoice,
        Kind::Substitution,
        Kind::SplitThreshold,
        Kind::Unroutable,
        Kind::Oversold,
        Kind::AddressHold,
        Kind::PaymentHold,
        Kind::CarrierFailure,
        Kind::ConnectorFailure,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Kind::InventoryMismatch => "inventory_mismatch",
            Kind::Damaged => "damaged",
            Kind::ShortPick => "short_pick",
            Kind::LatePick => "late_pick",
            Kind::LatePickup => "late_pickup",
            Kind::PickupChoice => "pickup_choice",
            Kind::Substitution => "substitution",
            Kind::SplitThreshold => "split_threshold",
            Kind::Unroutable => "unroutable",
            Kind::Oversold => "oversold",
            Kind::AddressHold => "address_hold",
            Kind::PaymentHold => "payment_hold",
            Kind::CarrierFailure => "carrier_failure",
            Kind::ConnectorFailure => "connector_failure",
        }
    }

    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn policy(self) -> Policy {
        let policy = |owner, minutes, by_itself| Policy { owner, minutes, by_itself };
        match self {
            Kind::InventoryMismatch => {
                policy("store", 240, "the units are taken off sale there until they are counted")
            }
            Kind::Damaged => policy("store", 1_440, "the units are taken off sale"),
            Kind::ShortPick => policy("store", 240, "the missing units are routed elsewhere"),
            Kind::LatePick => policy("store", 60, "work that was not accepted goes to another place"),
            Kind::LatePickup => policy("customer_service", 1_440, "the customer is reminded"),
            Kind::PickupChoice => {
                policy("customer_service", 120, "the order waits until the customer has chosen")
            }
            Kind::Substitution => {
                policy("customer_service", 1_440, "the offer lapses and the units are backordered")
            }
            Kind::SplitThreshold => policy("manager", 120, "the order waits"),
            Kind::Unroutable => policy("customer_service", 120, "the order waits"),
            Kind::Oversold => policy("manager", 60, "the order waits"),
            Kind::AddressHold => policy("customer_service", 240, "the order waits"),
            Kind::PaymentHold => policy("customer_service", 1_440, "the order waits"),
            Kind::CarrierFailure => policy("store", 60, "the next carrier is tried"),
            Kind::ConnectorFailure => policy("manager", 60, "the connection is tried again"),
        }
    }
}
