//! The page of the day.

use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;
use axum::http::Method;
use axum::routing::get;
use flow::people::Scope;
use web::{EVERYONE, Pages, Policy};

pub(crate) fn pages(pages: Pages) -> Pages {
    pages.add(Method::GET, "/", (Policy::of(EVERYONE, Scope::Me), get(show)))
}

#[derive(Template)]
#[template(path = "today/today.html")]
struct TodayPage {
    f: Frame,
}

async fn show(visit: Visit) -> Answered {
    page(&TodayPage { f: visit.frame(visit.t("menu-today"), "today") })
}
