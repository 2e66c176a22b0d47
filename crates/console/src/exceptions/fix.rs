//! What the API suggests for an exception, as a button or a link, and the doing of it.
//!
//! Owns: where one goes to look, who sees a button that works, and where one is afterwards. Refuses to know: what a verb
//! does; the request comes ready from the API.

use crate::answer::{Answered, go};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, here_only, part};
use axum::extract::Path;
use axum::http::{Method, StatusCode};
use flow::people::Role;
use serde::Deserialize;
use serde_json::Value;
use web::{Problem, Question};

/// Something to do, or something to look at.
#[derive(Clone, Deserialize)]
pub(crate) struct Fix {
    pub(super) verb: String,
    method: String,
    path: String,
    body: Value,
    #[serde(default)]
    is_final: bool,
}

impl Fix {
    /// The page to look at; `None`: it is something to do. Work has no page of its own: it is on that of its order.
    fn way(&self, order_id: Option<&str>) -> Option<String> {
        if self.method != "GET" {
            return None;
        }
        let order = order_id.map(|id| format!("/orders/{}", part(id)));
        let of_order = self.path.strip_prefix("/v1").filter(|path| path.starts_with("/orders/"));
        of_order.map(str::to_owned).or(order)
    }
}

/// A fix as a page shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Button {
    pub(crate) verb: String,
    /// Of the exception: what a button says of itself is found by it.
    pub(crate) id: String,
    /// Where to look; `None`: it is done by a form.
    pub(crate) way: Option<String>,
    /// Where that form is sent.
    pub(crate) action: String,
    pub(crate) is_final: bool,
    /// The message that says why one may not do it; empty: one may.
    pub(crate) why_not: &'static str,
    /// It is the one that is suggested.
    pub(crate) is_first: bool,
}

impl Button {
    /// Of an exception, by its id, about an order, where it is about one.
    pub(crate) fn of(f: &Frame, (id, order_id): (&str, Option<&str>), fix: &Fix) -> Button {
        let role = f.person.as_ref().map_or(Role::Viewer, |person| person.role);
        Button {
            verb: fix.verb.clone(),
            id: id.to_owned(),
            way: fix.way(order_id),
            action: format!("/fix/{}", part(id)),
            is_final: fix.is_final,
            why_not: why_not(role, &fix.verb),
            is_first: false,
        }
    }
}

/// What the API lets somebody do; a button that would be refused says so before.
fn why_not(role: Role, verb: &str) -> &'static str {
    match (role, verb) {
        (Role::Owner | Role::Manager, _) => "",
        (_, "route_again" | "release") => "fix-for-managers",
        (Role::Associate, _) => "",
        (Role::Viewer, _) => "fix-for-staff",
    }
}

/// Whether somebody sees to exceptions, or only looks at them.
pub(super) fn may_work(role: Role) -> bool {
    role != Role::Viewer
}

#[derive(Deserialize)]
struct Fixed {
    actions: Vec<Fix>,
}

/// Does what is suggested for an exception. What that is, the API says again: a page may be old.
pub(super) async fn send(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let fixed: Fixed = visit.api.get(&format!("/v1/exceptions/{}", part(&id))).await?;
    let stale = || Problem::new(StatusCode::CONFLICT, "no_fix", visit.t("fix-gone"));
    let is_wanted = |fix: &Fix| fix.verb == form.text("verb") && fix.method != "GET";
    let fix = fixed.actions.into_iter().find(is_wanted).ok_or_else(stale)?;
    let method = Method::from_bytes(fix.method.as_bytes()).map_err(|_| stale())?;
    visit.api.ask(Question::with(method, &fix.path, &fix.body)?).await?;
    let done = format!("fix-{}", fix.verb.replace('_', "-"));
    go(visit.sent_by, &back(form.text("back"), &done))
}

/// The page that somebody came from, which tells what was done.
pub(super) fn back(path: &str, done: &str) -> String {
    let path = here_only(path);
    let join = if path.contains('?') { '&' } else { '?' };
    format!("{path}{join}done={done}")
}

#[cfg(test)]
mod tests {
    use super::{Fix, back};
    use serde_json::Value;

    fn fix(method: &str, path: &str) -> Fix {
        let (verb, method, path) = ("x".to_owned(), method.to_owned(), path.to_owned());
        Fix { verb, method, path, body: Value::Null, is_final: false }
    }

    #[test]
    fn what_is_to_be_looked_at_has_a_page_and_what_is_to_be_done_has_none() {
        let order = Some("ord_1");
        assert_eq!(fix("GET", "/v1/orders/ord_1").way(None).as_deref(), Some("/orders/ord_1"));
        assert_eq!(fix("GET", "/v1/fulfillments/ful_1").way(order).as_deref(), Some("/orders/ord_1"));
        assert_eq!(fix("POST", "/v1/orders/ord_1/route").way(order), None);
    }

    #[test]
    fn one_comes_back_to_where_one_was_and_nowhere_else() {
        assert_eq!(back("/exceptions?kind=damaged", "x"), "/exceptions?kind=damaged&done=x");
        assert_eq!(back("//evil.example", "x"), "/?done=x");
    }
}
