//! Seeing the console as a role or as somebody else does, and going back. What that may show is settled in `web::view_as`.

use crate::answer::{Answered, go};
use crate::form::Form;
use crate::visit::{Visit, here_only, part};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use flow::people::Role;
use serde::Deserialize;
use web::view_as::{Eyes, ended};
use web::{App, Problem};

#[derive(Deserialize)]
struct Person {
    id: String,
    role: Role,
}

pub(super) async fn begin(State(app): State<App>, visit: Visit, form: Form) -> Answered {
    let session_id = visit.who.session_id.clone().unwrap_or_default();
    let as_whom = form.text("as");
    let (role, eyes) = match Role::of_code(as_whom) {
        Some(role) => (role, Eyes::Role(role)),
        None => {
            let person: Person = visit.api.get(&format!("/v1/users/{}", part(as_whom))).await?;
            (person.role, Eyes::Person(person.id))
        }
    };
    if !visit.who.role.may_grant(role) {
        let say = visit.t("view-as-not-that");
        return Err(Problem::new(StatusCode::FORBIDDEN, "forbidden", say));
    }
    let cookie = eyes.begun(&session_id, app.settings.cookies);
    Ok(with(cookie, go(visit.sent_by, "/")?))
}

pub(super) async fn end(State(app): State<App>, visit: Visit, form: Form) -> Answered {
    let back = here_only(form.text("back"));
    Ok(with(ended(app.settings.cookies), go(visit.sent_by, &back)?))
}

fn with(cookie: HeaderValue, mut response: Response) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}
