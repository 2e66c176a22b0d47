//! The console: pages for those who run the shop, rendered here and live in the browser.
//!
//! Owns: what people see and read. Refuses to know: SQL, and how anything is done: a page asks the API, from inside the
//! process, as whoever looks at it, so that what the console does the API does, and nothing else.
//!
//! # How to add a page
//!
//! 1. A module with its handlers: each takes a `Visit` (who looks, the API, the shop, the words), asks
//!    `visit.api.get::<Shape>("/v1/…")` for what it shows, with a struct of its own for the part of the answer that it
//!    needs, and answers `page(&Template { f: visit.frame(title, "orders"), … })`.
//! 2. Its template under `templates/`, which extends `frame.html`, with no text of its own: `{{ f.t("orders-title") }}`.
//! 3. Its messages in `locales/en/…ftl`, and the same in each language.
//! 4. A line in [`pages`], with who may see it. The test of the roles and the browser's tests find it by themselves.
//!
//! A form is a plain `<form method="post">`; its handler takes a `Form`, asks the API to do it, and answers
//! `go(visit.sent_by, "/orders/…?done=held")`: the page it leads to tells `done-held`. A refusal needs nothing: it is
//! written beside the form, with the field it is about, from what the API says.

mod answer;
mod demo;
mod entry;
mod exceptions;
mod form;
mod frame;
mod https_page;
mod imports;
mod inventory;
mod locations;
mod look;
mod orders;
mod palette;
mod refusal;
mod rules;
mod settings;
mod show;
mod today;
mod trust;
mod upload;
mod visit;
mod welcome;
mod words;

use web::Pages;

/// Every page.
pub fn pages() -> Pages {
    let pages = Pages::new(refusal::show).with_files(assets::router());
    let pages = entry::pages(pages);
    let pages = trust::pages(pages);
    let pages = https_page::pages(pages);
    let pages = rules::pages(pages);
    let pages = welcome::pages(pages);
    let pages = demo::pages(pages);
    let pages = palette::pages(pages);
    let pages = today::pages(pages);
    let pages = inventory::pages(pages);
    let pages = exceptions::pages(pages);
    let pages = imports::pages(pages);
    let pages = orders::pages(pages);
    let pages = locations::pages(pages);
    settings::pages(pages)
}
