//! The demo shop: what it is, making it, going in and out, removing it.
//!
//! These pages are of the shop's own side; in the demo, every page has a bar that leads back.

use crate::answer::{Answered, go, page};
use crate::entry::{Stranger, with_cookies};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;
use axum::http::Method;
use axum::routing::{get, post};
use flow::people::Scope;
use serde::Deserialize;
use web::{MANAGERS, Pages, Policy, Question};

pub(crate) fn pages(pages: Pages) -> Pages {
    let (read, write) =
        (Policy::of(MANAGERS, Scope::NetworkRead), Policy::of(MANAGERS, Scope::NetworkWrite).without_key());
    pages
        .add(Method::GET, "/demo", (read, get(show)))
        .add(Method::POST, "/demo", (write, post(make)))
        .add(Method::POST, "/demo/open", (write, post(open)))
        .add(Method::POST, "/demo/remove", (write, post(remove)))
        // Also for those whose own session has ended meanwhile.
        .add(Method::POST, "/demo/close", (Policy::OPEN, post(close)))
}

#[derive(Deserialize)]
struct Demo {
    state: String,
    #[serde(default)]
    done: i64,
    #[serde(default)]
    total: i64,
    #[serde(default)]
    why: String,
}

#[derive(Template)]
#[template(path = "demo/demo.html")]
struct DemoPage {
    f: Frame,
    demo: Demo,
}

impl DemoPage {
    /// It becomes another by itself.
    fn is_moving(&self) -> bool {
        matches!(self.demo.state.as_str(), "making" | "removing")
    }

    fn days(&self) -> String {
        let (done, total) = (self.f.number(&self.demo.done), self.f.number(&self.demo.total));
        self.f.words.a("demo-making-days", &[("done", &done), ("total", &total)])
    }
}

async fn show(visit: Visit) -> Answered {
    let demo = visit.api.get("/v1/demo-shop").await?;
    page(&DemoPage { f: visit.frame(visit.t("demo-title"), "today"), demo })
}

async fn make(visit: Visit) -> Answered {
    visit.api.post("/v1/demo-shop", &serde_json::json!({})).await?;
    go(visit.sent_by, "/demo")
}

async fn open(visit: Visit) -> Answered {
    let question = Question { method: Method::POST, ..Question::get("/v1/demo-shop/session") };
    let reply = visit.api.ask(question).await?;
    Ok(with_cookies(&reply, go(visit.sent_by, "/")?))
}

/// Also while it is made.
async fn remove(visit: Visit, form: Form) -> Answered {
    visit.api.ask(Question { method: Method::DELETE, ..Question::get("/v1/demo-shop") }).await?;
    let done = if form.is_ticked("cancel") { "demo-cancelled" } else { "demo-removed" };
    go(visit.sent_by, &format!("/demo?done={done}"))
}

async fn close(stranger: Stranger) -> Answered {
    let question = Question { method: Method::DELETE, ..Question::get("/v1/demo-shop/session") };
    let reply = stranger.api.ask(question).await?;
    Ok(with_cookies(&reply, go(stranger.sent_by, "/")?))
}
