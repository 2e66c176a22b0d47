//! The kinds of exceptions, and what Baton comes with for each: a policy, and what happens by itself.

use super::policy::{Owner, Policy};

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

    /// What holds of it where the shop says nothing else.
    pub fn default_policy(self) -> Policy {
        use Owner::{CustomerService, Manager, Store};
        let (owner, minutes) = match self {
            Kind::InventoryMismatch | Kind::ShortPick => (Store, 240),
            Kind::Damaged => (Store, 1_440),
            Kind::LatePick | Kind::CarrierFailure => (Store, 60),
            Kind::LatePickup | Kind::Substitution | Kind::PaymentHold => (CustomerService, 1_440),
            Kind::PickupChoice | Kind::Unroutable => (CustomerService, 120),
            Kind::AddressHold => (CustomerService, 240),
            Kind::SplitThreshold => (Manager, 120),
            Kind::Oversold | Kind::ConnectorFailure => (Manager, 60),
        };
        // A store's work that stays undone is its manager's, not the customer's.
        let escalation = if owner == Manager { vec![Owner::Owner] } else { vec![Manager, Owner::Owner] };
        Policy { owner, minutes, escalation }
    }

    /// What happens by itself, as a sentence without its stop.
    pub fn by_itself(self) -> &'static str {
        match self {
            Kind::InventoryMismatch => "the units are taken off sale there until they are counted",
            Kind::Damaged => "the units are taken off sale",
            Kind::ShortPick => "the missing units are routed elsewhere",
            Kind::LatePick => "work that was not accepted goes to another place",
            Kind::LatePickup => "it is told again every day until it is collected or given up",
            Kind::PickupChoice => "the order waits until the customer has chosen",
            Kind::Substitution => "the offer lapses and the units are backordered",
            Kind::SplitThreshold
            | Kind::Unroutable
            | Kind::Oversold
            | Kind::AddressHold
            | Kind::PaymentHold => "the order waits",
            Kind::CarrierFailure => "the next carrier is tried",
            Kind::ConnectorFailure => "the connection is tried again",
        }
    }
}
