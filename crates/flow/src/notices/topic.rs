//! What one can hear of.

use crate::people::Role;

/// A group of events. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Topic {
    Exceptions,
    Refusals,
    Holds,
    Counts,
    Setup,
    Rules,
    People,
}

impl Topic {
    pub const ALL: [Topic; 7] = [
        Topic::Exceptions,
        Topic::Refusals,
        Topic::Holds,
        Topic::Counts,
        Topic::Setup,
        Topic::Rules,
        Topic::People,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Topic::Exceptions => "exceptions",
            Topic::Refusals => "refusals",
            Topic::Holds => "holds",
            Topic::Counts => "counts",
            Topic::Setup => "setup",
            Topic::Rules => "rules",
            Topic::People => "people",
        }
    }

    pub fn from_code(code: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.code() == code)
    }

    pub fn explanation(self) -> &'static str {
        match self {
            Topic::Exceptions => "An exception is opened, passed on or given to somebody.",
            Topic::Refusals => "A store refuses work, lets its deadline pass, or does not find units.",
            Topic::Holds => "An order is held, or its hold is lifted.",
            Topic::Counts => "A count is handed in, and units are missing that were promised.",
            Topic::Setup => "Settings or locations change, or a location is paused or resumed.",
            Topic::Rules => "Rules are published or withdrawn, or a replay of them is done.",
            Topic::People => "Somebody is added or changed, or a token is made.",
        }
    }

    /// Whether somebody of a role hears of it without having chosen anything.
    pub fn is_on_for(self, role: Role) -> bool {
        match self {
            Topic::Exceptions => role != Role::Viewer,
            Topic::Refusals | Topic::Counts => matches!(role, Role::Manager),
            Topic::Holds => false,
            Topic::Setup | Topic::Rules => matches!(role, Role::Owner | Role::Manager),
            Topic::People => role == Role::Owner,
        }
    }

    /// Of which topic an event is; `None`: nobody is told of it.
    pub fn of_event(kind: &str) -> Option<Topic> {
        Topic::EVENTS.into_iter().find(|(told, _)| *told == kind).map(|(_, topic)| topic)
    }

    /// Every event that somebody is told of, with its topic.
    pub const EVENTS: [(&str, Topic); 21] = [
        ("exception.opened", Topic::Exceptions),
        ("exception.escalated", Topic::Exceptions),
        ("exception.assigned", Topic::Exceptions),
        ("fulfillment.rejected", Topic::Refusals),
        ("fulfillment.expired", Topic::Refusals),
        ("fulfillment.short_pick", Topic::Refusals),
        ("order.held", Topic::Holds),
        ("order.released", Topic::Holds),
        ("count.handed_in", Topic::Counts),
        ("stock.short", Topic::Counts),
        ("settings.changed", Topic::Setup),
        ("location.added", Topic::Setup),
        ("location.changed", Topic::Setup),
        ("location.paused", Topic::Setup),
        ("location.resumed", Topic::Setup),
        ("rules.published", Topic::Rules),
        ("rules.withdrawn", Topic::Rules),
        ("rules.replay_done", Topic::Rules),
        ("user.added", Topic::People),
        ("user.changed", Topic::People),
        ("token.made", Topic::People),
    ];
}
