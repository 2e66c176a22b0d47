//! What people and programs may do.
//!
//! Owns: the closed lists of roles and scopes. Refuses to know: which route asks for which; a route says that itself.

use serde::{Deserialize, Serialize};

/// What somebody is in the business.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, and who else may.
    Owner,
    /// Runs it: rules, stock, orders, and who works in the stores.
    Manager,
    /// Works in a store: accepts, picks, packs, counts.
    Associate,
    /// Looks at everything and changes nothing.
    Viewer,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Owner, Role::Manager, Role::Associate, Role::Viewer];

    pub fn code(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Manager => "manager",
            Role::Associate => "associate",
            Role::Viewer => "viewer",
        }
    }

    pub fn of_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether somebody of this role may give that role, or take it away.
    pub fn may_grant(self, other: Role) -> bool {
        match self {
            Role::Owner => true,
            Role::Manager => matches!(other, Role::Associate | Role::Viewer),
            Role::Associate | Role::Viewer => false,
        }
    }
}

/// What a token was made for: it does this and nothing else, whatever its role allows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scope {
    /// Who am I.
    Me,
    OrdersRead,
    OrdersWrite,
    StockRead,
    StockWrite,
    NetworkRead,
    NetworkWrite,
    RulesRead,
    RulesWrite,
    WorkRead,
    WorkWrite,
    ReportsRead,
    PeopleRead,
    PeopleWrite,
    EventsRead,
    HooksRead,
    HooksWrite,
    MetricsRead,
    BackupsRead,
    BackupsWrite,
}

impl Scope {
    pub const ALL: [Scope; 20] = [
        Scope::Me,
        Scope::OrdersRead,
        Scope::OrdersWrite,
        Scope::StockRead,
        Scope::StockWrite,
        Scope::NetworkRead,
        Scope::NetworkWrite,
        Scope::RulesRead,
        Scope::RulesWrite,
        Scope::WorkRead,
        Scope::WorkWrite,
        Scope::ReportsRead,
        Scope::PeopleRead,
        Scope::PeopleWrite,
        Scope::EventsRead,
        Scope::HooksRead,
        Scope::HooksWrite,
        Scope::MetricsRead,
        Scope::BackupsRead,
        Scope::BackupsWrite,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Scope::Me => "me",
            Scope::OrdersRead => "orders:read",
            Scope::OrdersWrite => "orders:write",
            Scope::StockRead => "stock:read",
            Scope::StockWrite => "stock:write",
            Scope::NetworkRead => "network:read",
            Scope::NetworkWrite => "network:write",
            Scope::RulesRead => "rules:read",
            Scope::RulesWrite => "rules:write",
            Scope::WorkRead => "work:read",
            Scope::WorkWrite => "work:write",
            Scope::ReportsRead => "reports:read",
            Scope::PeopleRead => "people:read",
            Scope::PeopleWrite => "people:write",
            Scope::EventsRead => "events:read",
            Scope::HooksRead => "hooks:read",
            Scope::HooksWrite => "hooks:write",
            Scope::MetricsRead => "metrics:read",
            Scope::BackupsRead => "backups:read",
            Scope::BackupsWrite => "backups:write",
        }
    }

    pub fn of_code(code: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.code() == code)
    }
}
