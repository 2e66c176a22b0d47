//! What can be done about one exception, as a request that is ready to be sent.
//!
//! Owns: which existing verb helps which kind, and which of them is suggested. Refuses to know: what the verb does then.

use super::Kind;
use serde_json::{Value, json};
use store::exceptions::ExceptionRow;

/// Every verb of an [`Action`].
pub const VERBS: [&str; 7] =
    ["route_again", "release", "give_up", "count", "resolve", "open_order", "open_work"];
/// Those that cannot be taken back.
pub const FINAL_VERBS: [&str; 1] = ["give_up"];

/// Something that can be done. Verbs are permanent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Action {
    pub verb: &'static str,
    /// For a button.
    pub label: &'static str,
    pub method: &'static str,
    pub path: String,
    /// `Null`: none.
    pub body: Value,
    /// Doing it resolves the exception, where it goes through; else it is resolved by saying so.
    pub settles: bool,
    /// It cannot be taken back: ask first.
    pub is_final: bool,
}

fn post(verb: &'static str, label: &'static str, path: String, body: Value) -> Action {
    Action { verb, label, method: "POST", path, body, settles: true, is_final: false }
}

fn look(verb: &'static str, label: &'static str, path: String) -> Action {
    Action { verb, label, method: "GET", path, body: Value::Null, settles: false, is_final: false }
}

impl Action {
    /// It helps, and the exception stays until somebody resolves it.
    fn and_stays(self) -> Action {
        Action { settles: false, ..self }
    }

    fn for_good(self) -> Action {
        Action { is_final: true, ..self }
    }
}

/// What can be done about an exception, the suggested one first. Empty: it is resolved.
pub fn actions(row: &ExceptionRow) -> Vec<Action> {
    if row.state != "open" {
        return Vec::new();
    }
    let mut actions = Kind::from_code(&row.kind).map(|kind| of_kind(kind, row)).unwrap_or_default();
    let said = json!({ "resolution": "dealt with" });
    actions.push(post("resolve", "Mark as dealt with", format!("/v1/exceptions/{}/resolve", row.id), said));
    actions
}

/// The one that is suggested; `None`: it is resolved.
pub fn fix(row: &ExceptionRow) -> Option<Action> {
    actions(row).into_iter().next()
}

fn of_kind(kind: Kind, row: &ExceptionRow) -> Vec<Action> {
    let facts: Value = serde_json::from_str(&row.facts).unwrap_or_default();
    let order = row.order_id.as_deref();
    let (route, release, open) = (order.map(route), order.map(release), order.map(open_order));
    let count = count(&facts);
    let of = |some: [Option<Action>; 3]| some.into_iter().flatten().collect();
    match kind {
        Kind::InventoryMismatch | Kind::Damaged => of([count, open, None]),
        Kind::ShortPick => of([route.map(Action::and_stays), open, open_task(row)]),
        Kind::LatePick => match facts["state"].as_str() {
            // Somebody has goods in hand: letting go of them is for who has them.
            Some("picking" | "packed") => of([open_task(row), open, None]),
            // It went to another place already.
            Some("expired") => {
                of([open.map(|open| Action { label: "See where it went", ..open }), None, None])
            }
            _ => of([route, open_task(row), open]),
        },
        Kind::LatePickup => of([give_up(row), open_task(row), open]),
        Kind::PickupChoice | Kind::Unroutable | Kind::SplitThreshold => of([route, open, None]),
        Kind::Oversold => of([route, count.map(Action::and_stays), open]),
        Kind::Substitution => of([open.map(|open| Action { label: "See the offer", ..open }), None, None]),
        Kind::AddressHold | Kind::PaymentHold => of([release, open, None]),
        Kind::CarrierFailure | Kind::ConnectorFailure => of([open, None, None]),
    }
}

fn route(order: &str) -> Action {
    post("route_again", "Route again", format!("/v1/orders/{order}/route"), json!({ "reason": "exception" }))
}

fn release(order: &str) -> Action {
    post("release", "Lift the hold", format!("/v1/orders/{order}/release"), json!({}))
}

fn open_order(order: &str) -> Action {
    look("open_order", "See the order", format!("/v1/orders/{order}"))
}

fn open_task(row: &ExceptionRow) -> Option<Action> {
    let is_task = row.subject.starts_with("ful_");
    is_task.then(|| look("open_work", "See the work", format!("/v1/fulfillments/{}", row.subject)))
}

fn give_up(row: &ExceptionRow) -> Option<Action> {
    let body = json!({ "reason": "not collected in time" });
    let path = format!("/v1/fulfillments/{}/give-up", row.subject);
    row.subject.starts_with("ful_").then(|| post("give_up", "Give the pickup up", path, body).for_good())
}

/// A spot count of the shelf that it is about.
fn count(facts: &Value) -> Option<Action> {
    let (sku, location) = (facts["sku"].as_str()?, facts["location"].as_str()?);
    let body = json!({ "location": location, "kind": "spot", "reason": "exception", "skus": [sku] });
    Some(post("count", "Count the shelf", "/v1/counts".to_owned(), body).and_stays())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: Kind, subject: &str, facts: Value) -> ExceptionRow {
        ExceptionRow {
            id: "exc_1".into(),
            kind: kind.code().into(),
            state: "open".into(),
            subject: subject.into(),
            order_id: Some("ord_1".into()),
            order_name: None,
            location: None,
            owner: "store".into(),
            due_at_ms: 0,
            escalations: 0,
            facts: facts.to_string(),
            resolution: String::new(),
            version: 1,
            opened_at_ms: 0,
            changed_at_ms: 0,
        }
    }

    #[test]
    fn no_verb_is_missing_in_the_list_of_them() {
        let shelf = |state: &str| json!({ "sku": "MUG", "location": "mall", "state": state });
        for kind in Kind::ALL {
            for facts in ["accepted", "picking", "expired"].map(shelf) {
                for action in actions(&row(kind, "ful_1", facts)) {
                    let (verb, is_final) = (action.verb, action.is_final);
                    assert!(VERBS.contains(&verb) && is_final == FINAL_VERBS.contains(&verb), "{action:?}");
                }
            }
        }
    }

    #[test]
    fn every_kind_has_one_suggestion_that_is_more_than_saying_so() {
        let shelf = json!({ "sku": "MUG", "location": "mall" });
        let verbs = Kind::ALL.map(|kind| fix(&row(kind, "ful_1", shelf.clone())).unwrap().verb);
        assert!(!verbs.contains(&"resolve"), "{verbs:?}");
        let resolved = ExceptionRow { state: "resolved".into(), ..row(Kind::Unroutable, "ord_1", json!({})) };
        assert_eq!((fix(&resolved), actions(&resolved)), (None, Vec::new()));
    }

    #[test]
    fn late_work_is_routed_again_only_while_nobody_has_touched_it() {
        let of = |state: &str| fix(&row(Kind::LatePick, "ful_1", json!({ "state": state }))).unwrap().verb;
        assert_eq!(["accepted", "picking", "expired"].map(of), ["route_again", "open_work", "open_order"]);
    }
}
