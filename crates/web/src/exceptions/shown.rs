//! How an exception looks on the wire.

use flow::exception::{self, Action};
use flow::shop::Shop;
use serde::Serialize;
use store::exceptions::{ExceptionRow, OpenCount};
use utoipa::ToSchema;

/// Something that somebody must resolve.
#[derive(Serialize, ToSchema)]
pub(crate) struct Exception {
    #[schema(example = "exc_0192…")]
    pub(super) id: String,
    #[schema(example = "inventory_mismatch")]
    pub(super) kind: String,
    /// `open` or `resolved`.
    state: String,
    /// What it is about: the id of an order or a fulfillment order, or a shelf, `mall/MUG`.
    subject: String,
    order_id: Option<String>,
    /// What people call that order: `#1043`.
    order_name: Option<String>,
    location: Option<String>,
    /// `store`, `customer_service`, `manager` or `owner`.
    owner: String,
    pub(super) due_at: i64,
    /// How often it was passed on because nobody acted.
    escalations: i64,
    facts: serde_json::Value,
    resolution: String,
    opened_at: i64,
    version: i64,
    /// What is suggested; null: it is resolved.
    fix: Option<ActionShown>,
}

impl Exception {
    pub(crate) fn of(shop: &Shop, row: &ExceptionRow) -> Exception {
        Exception {
            id: row.id.clone(),
            kind: row.kind.clone(),
            state: row.state.clone(),
            subject: row.subject.clone(),
            order_id: row.order_id.clone(),
            order_name: row.order_name.clone(),
            location: row.location.map(|key| shop.code(key).to_owned()),
            owner: row.owner.clone(),
            due_at: row.due_at_ms,
            escalations: row.escalations,
            facts: serde_json::from_str(&row.facts).unwrap_or_default(),
            resolution: row.resolution.clone(),
            opened_at: row.opened_at_ms,
            version: row.version,
            fix: exception::fix(row).map(ActionShown::from),
        }
    }
}

/// A request that helps, ready to be sent.
#[derive(Serialize, ToSchema)]
pub(super) struct ActionShown {
    /// `route_again`, `release`, `give_up`, `count`, `resolve`; to look only: `open_order`, `open_work`.
    #[schema(example = "route_again")]
    verb: &'static str,
    /// For a button.
    label: &'static str,
    /// `POST`; `GET` where there is nothing to do but to look.
    method: &'static str,
    path: String,
    /// Null: none.
    body: serde_json::Value,
    /// Where it goes through the exception is resolved by it; else somebody resolves it afterwards.
    settles: bool,
    /// It cannot be taken back: ask first.
    is_final: bool,
}

impl From<Action> for ActionShown {
    fn from(action: Action) -> ActionShown {
        let Action { verb, label, method, path, body, settles, is_final } = action;
        ActionShown { verb, label, method, path, body, settles, is_final }
    }
}

/// An exception, and everything about it.
#[derive(Serialize, ToSchema)]
pub(super) struct ExceptionWhole {
    #[serde(flatten)]
    pub(super) exception: Exception,
    /// What can be done, the suggested first.
    pub(super) actions: Vec<ActionShown>,
    /// What people do about its kind.
    pub(super) playbook: Playbook,
    /// What happened to it, the oldest first: opened, assigned, snoozed, noted, escalated, resolved. What a verb settles by the
    /// way is told in `resolution` alone.
    pub(super) history: Vec<crate::events::Event>,
}

/// What is done about a kind of exception.
#[derive(Serialize, ToSchema)]
pub(crate) struct Playbook {
    /// What people do, in turn.
    pub(crate) steps: Vec<String>,
    /// What Baton does by itself; null: it waits for somebody.
    pub(crate) automatic: Option<AutomaticShown>,
}

/// What Baton does by itself when an exception is opened.
#[derive(Serialize, ToSchema)]
pub(crate) struct AutomaticShown {
    #[schema(example = "route_elsewhere")]
    code: &'static str,
    /// What it is that Baton does: “routes the missing units elsewhere”.
    sentence: &'static str,
}

impl Playbook {
    pub(crate) fn of(kind: exception::Kind, in_force: &exception::InForce) -> Playbook {
        let automatic =
            kind.automatic().map(|does| AutomaticShown { code: does.code, sentence: does.sentence });
        Playbook { steps: in_force.steps.clone(), automatic }
    }
}

/// How many exceptions are open.
#[derive(Serialize, ToSchema)]
pub(super) struct CountsOfExceptions {
    open: i64,
    overdue: i64,
    /// By kind and owner; those of which none is open are left out.
    kinds: Vec<CountOfKind>,
}

/// Open exceptions of one kind with one owner.
#[derive(Serialize, ToSchema)]
struct CountOfKind {
    kind: String,
    owner: String,
    open: i64,
    /// Of them: past their deadline.
    overdue: i64,
    first_due: i64,
}

impl From<Vec<OpenCount>> for CountsOfExceptions {
    fn from(counts: Vec<OpenCount>) -> CountsOfExceptions {
        let of = |count: OpenCount| CountOfKind {
            kind: count.kind,
            owner: count.owner,
            open: count.amount,
            overdue: count.overdue,
            first_due: count.first_due_ms,
        };
        CountsOfExceptions {
            open: counts.iter().map(|count| count.amount).sum(),
            overdue: counts.iter().map(|count| count.overdue).sum(),
            kinds: counts.into_iter().map(of).collect(),
        }
    }
}
