//! States, each with a colour, a shape and a word: none is told by its colour alone.

use super::{Markup, escaped, icon};
use crate::words::Words;
use askama::filters::Safe;

/// Colour and icon of a state; one list for orders, work, parcels, exceptions, counts and jobs, since a word means one
/// thing everywhere.
fn looks(state: &str) -> (&'static str, &'static str) {
    match state {
        "fulfilled" | "shipped" | "collected" | "delivered" | "done" | "posted" | "resolved" | "closed"
        | "in_force" => ("green", "circle-check"),
        "is_open" | "open_now" | "active" | "good" | "sound" => ("green", "circle-check"),
        "open" | "waiting" | "ready" | "draft" | "checked" | "to_decide" | "invited" => {
            ("blue", "circle-dashed")
        }
        "accepted" | "picking" | "packed" | "sent" | "running" | "review" | "labeled" | "leased"
        | "checking" | "reverting" | "to_pick" | "to_pack" => ("azure", "progress"),
        "ready_for_pickup" | "waiting_for_pickup" | "handed_over" => ("teal", "shopping-bag-check"),
        "paused" | "held" | "late" | "short" | "expired" | "overdue" | "needs_attention" | "look" => {
            ("orange", "alert-triangle")
        }
        "rejected" | "failed" | "dead" | "oversold" | "broken" | "unsound" => ("red", "circle-x"),
        _ => ("secondary", "circle"),
    }
}

/// A state in words: the message `state-…`.
pub(crate) fn pill(words: Words, state: &str) -> Markup {
    let (colour, shape) = looks(state);
    let id = format!("state-{}", state.replace('_', "-"));
    let said = words.maybe(&id).unwrap_or_else(|| state.replace('_', " "));
    Safe(format!("<span class=\"pill pill-{colour}\">{}{}</span>", icon(shape), escaped(&said)))
}
