//! Ways in and out: signing in, the first owner, an invitation, saying the password again, how pages look.

use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::look::{self, Look};
use crate::visit::{SentBy, Visit, asked, here_only};
use crate::words::Words;
use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{Method, Uri};
use axum::response::Response;
use axum::routing::{get, post};
use flow::people::Scope;
use serde_json::json;
use web::{Api, App, EVERYONE, Pages, Policy, Problem, Question, Reply};

pub(crate) fn pages(pages: Pages) -> Pages {
    let me = Policy::of(EVERYONE, Scope::Me);
    pages
        .add(Method::GET, "/sign-in", (Policy::OPEN, get(sign_in_page)))
        .add(Method::POST, "/sign-in", (Policy::OPEN, post(sign_in)))
        .add(Method::GET, "/start", (Policy::OPEN, get(start_page)))
        .add(Method::POST, "/start", (Policy::OPEN, post(start)))
        .add(Method::GET, "/join", (Policy::OPEN, get(join_page)))
        .add(Method::POST, "/join", (Policy::OPEN, post(join)))
        .add(Method::POST, "/look", (Policy::OPEN, post(look::change)))
        .add(Method::POST, "/sign-out", (me.that_ends_viewing(), post(sign_out)))
}

/// Somebody who has not said who they are.
pub(crate) struct Stranger {
    pub(crate) api: Api,
    look: Look,
    pub(crate) words: Words,
    uri: Uri,
    pub(crate) sent_by: SentBy,
}

impl FromRequestParts<App> for Stranger {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Stranger, Problem> {
        let look = Look::of(&parts.headers);
        Ok(Stranger {
            api: Api::from_request_parts(parts, app).await?,
            look,
            words: look.words(&parts.headers),
            uri: parts.uri.clone(),
            sent_by: SentBy::of(&parts.headers),
        })
    }
}

impl Stranger {
    pub(crate) fn frame(&self, title: &str) -> Frame {
        Frame::for_strangers((self.words, self.look), self.words.t(title))
    }
}

#[derive(Template)]
#[template(path = "entry/sign_in.html")]
struct SignInPage {
    f: Frame,
    next: String,
}

async fn sign_in_page(stranger: Stranger) -> Answered {
    page(&SignInPage { f: stranger.frame("sign-in-title"), next: here_only(&asked(&stranger.uri, "next")) })
}

async fn sign_in(stranger: Stranger, form: Form) -> Answered {
    signed_in(&stranger, &form, &here_only(form.text("next"))).await
}

/// Signs in with what the form says, and goes on.
async fn signed_in(stranger: &Stranger, form: &Form, next: &str) -> Answered {
    let given = json!({ "email": form.text("email"), "password": form.raw("password") });
    let reply = stranger.api.post("/v1/session", &given).await?;
    Ok(with_cookies(&reply, go(stranger.sent_by, next)?))
}

/// What the API tells the browser to remember or forget.
pub(crate) fn with_cookies(reply: &Reply, mut response: Response) -> Response {
    for cookie in reply.headers.get_all(SET_COOKIE) {
        response.headers_mut().append(SET_COOKIE, cookie.clone());
    }
    response
}

async fn sign_out(visit: Visit) -> Answered {
    let question = Question { method: Method::DELETE, ..Question::get("/v1/session") };
    let reply = visit.api.ask(question).await?;
    Ok(with_cookies(&reply, go(visit.sent_by, "/sign-in")?))
}

#[derive(Template)]
#[template(path = "entry/start.html")]
struct StartPage {
    f: Frame,
    secret: String,
}

async fn start_page(stranger: Stranger) -> Answered {
    page(&StartPage { f: stranger.frame("start-title"), secret: asked(&stranger.uri, "secret") })
}

/// Makes the first owner, and signs them in.
async fn start(stranger: Stranger, form: Form) -> Answered {
    let new = json!({
        "secret": form.text("secret"), "name": form.text("name"), "email": form.text("email"),
        "password": form.raw("password"),
    });
    stranger.api.post("/v1/setup", &new).await?;
    signed_in(&stranger, &form, "/").await
}

#[derive(Template)]
#[template(path = "entry/join.html")]
struct JoinPage {
    f: Frame,
    secret: String,
}

async fn join_page(stranger: Stranger) -> Answered {
    page(&JoinPage { f: stranger.frame("join-title"), secret: asked(&stranger.uri, "secret") })
}

/// Chooses a password, and signs in with it.
async fn join(stranger: Stranger, form: Form) -> Answered {
    let password = form.raw("password");
    let chosen = json!({ "secret": form.text("secret"), "password": password });
    let user: serde_json::Value = stranger.api.post("/v1/join", &chosen).await?.json()?;
    let given = json!({ "email": user.get("email"), "password": password });
    let reply = stranger.api.post("/v1/session", &given).await?;
    Ok(with_cookies(&reply, go(stranger.sent_by, "/")?))
}
