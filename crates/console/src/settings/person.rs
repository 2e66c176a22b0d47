//! One of those who work with the books: what they may do, and letting them in or not.

use super::invitation;
use super::people::User;
use super::reach::{Choice, chosen, names};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::{Frame, Undo};
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, Method};
use flow::people::Role;
use serde_json::json;
use web::Question;

#[derive(Template)]
#[template(path = "settings/person.html")]
struct PersonPage {
    f: Frame,
    user: User,
    places: String,
    choice: Choice,
    version: String,
    is_self: bool,
    /// Whoever looks may change them.
    is_within: bool,
}

fn path_of(id: &str) -> String {
    format!("/v1/users/{}", part(id))
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answered {
    let reply = visit.api.ask(Question::get(&path_of(&id))).await?;
    let user: User = reply.json()?;
    let f = visit.frame(user.name.clone(), "settings").undone_by(undo(&visit, &id));
    page(&PersonPage {
        places: names(&visit, user.locations.as_deref()),
        choice: Choice::of(&visit, Some(&user.role), user.locations.as_deref()),
        version: reply.etag().unwrap_or_default().to_owned(),
        is_self: user.id == visit.who.id,
        is_within: Role::of_code(&user.role).is_some_and(|role| visit.who.role.may_grant(role)),
        f,
        user,
    })
}

/// The opposite of what was just done.
fn undo(visit: &Visit, id: &str) -> Option<Undo> {
    let is_disabled = match visit.asked("done").as_str() {
        "person-disabled" => "",
        "person-enabled" => "1",
        _ => return None,
    };
    let fields = vec![("is_disabled".to_owned(), is_disabled.to_owned())];
    Some(Undo { path: format!("/settings/people/{}/disabled", part(id)), fields })
}

pub(super) async fn save(mut visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    visit.prove(&form).await?;
    let change = json!({ "name": form.text("name"), "role": form.text("role"), "locations": chosen(&form) });
    let path = path_of(&id);
    let question = Question::with(Method::PATCH, &path, &change)?.if_match(form.given("version"));
    visit.api.ask(question).await?;
    go(visit.sent_by, &format!("/settings/people/{}?done=person-saved", part(&id)))
}

pub(super) async fn disable(mut visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    visit.prove(&form).await?;
    let (path, is_disabled) = (path_of(&id), form.is_ticked("is_disabled"));
    let now = visit.api.ask(Question::get(&path)).await?;
    let change = json!({ "is_disabled": is_disabled });
    visit.api.ask(Question::with(Method::PATCH, &path, &change)?.if_match(now.etag())).await?;
    let done = if is_disabled { "person-disabled" } else { "person-enabled" };
    go(visit.sent_by, &format!("/settings/people/{}?done={done}", part(&id)))
}

pub(super) async fn link(
    mut visit: Visit,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: Form,
) -> Answered {
    visit.prove(&form).await?;
    let reply = visit.api.post(&format!("{}/link", path_of(&id)), &json!({})).await?;
    invitation::shown(&visit, &headers, &reply)
}

pub(super) async fn unlock(visit: Visit, Path(id): Path<String>) -> Answered {
    visit.api.post(&format!("{}/unlock", path_of(&id)), &json!({})).await?;
    go(visit.sent_by, &format!("/settings/people/{}?done=person-unlocked", part(&id)))
}
