//! The JSON API over HTTP.
//!
//! Owns: routes, who may use which, and how requests and refusals look on the wire. Refuses to know: SQL and rules of
//! the trade: a handler asks who, does one verb, and answers.
//!
//! # How to add a route
//!
//! A module has its routes in one list, each with its [`Policy`]; there is no other way in, so that no route is without
//! one. `routes::all` has a line for each module.
//!
//! ```ignore
//! pub(crate) fn routes() -> Routes {
//!     Routes::tagged("orders")
//!         .add(Policy::of(EVERYONE, Scope::OrdersRead), routes!(list_orders))
//!         .add(Policy::of(MANAGERS, Scope::OrdersWrite), routes!(take_order))
//!         .add(Policy::of(MANAGERS, Scope::StockWrite).with_body(50 << 20), routes!(import_stock))
//! }
//!
//! /// Takes an order.
//! ///
//! /// The first line is the summary in the description of the API, the rest what people read below it.
//! #[utoipa::path(post, path = "/v1/orders", request_body = NewOrder, responses((status = 201, body = Order)))]
//! async fn take_order(State(app): State<App>, caller: Caller, Json(new): Json<NewOrder>) -> Answer<Created<Order>> {
//!     caller.must_reach(location)?;                        // who is limited to stores does not leave them
//!     let order = app.baton.perform(&caller.call, TakeOrder::from(new)).await?;
//!     Ok(Created::at(format!("/v1/orders/{}", order.id), order.version, order.into()))
//! }
//! ```
//!
//! - Each handler takes what it needs: [`App`] (as `State`), [`Caller`] (who asks, and the [`flow::Call`] for verbs),
//!   [`Json`] and [`Query`] (with the place of each fault), [`Page`] (limit and cursor of a list), [`IfMatch`] (the
//!   version that the caller has seen; give it to the verb, which answers `Refused::Stale`), `Path`. Routes that are
//!   open take [`Guest`] in place of `Caller`.
//! - It answers [`Answer`]: `Ok` of [`Json`], [`Versioned`] (one object, with its ETag), [`Created`], [`Listed`] (from
//!   [`Page::list`]), or `StatusCode::NO_CONTENT`; or a [`Problem`], which every `flow::Refused` becomes with `?`.
//! - Bodies are structs with `#[derive(Deserialize, ToSchema)]` and `#[serde(deny_unknown_fields)]`; answers with
//!   `#[derive(Serialize, ToSchema)]`. They are the wire's own: verbs do not know them.
//! - A list asks its verb for [`Page::more`] rows, one more than are shown, and gives all to [`Page::list`].
//! - What changes something is done in one verb that tells at least one event with `caller.call`: then an
//!   `Idempotency-Key` makes it happen once, also when a process dies in between (`store::once`).
//! - Whatever panics, takes too long, is too large or has no such path becomes a problem by itself.
//! - The matrix of roles in `tests/api` finds the new route by itself and asks for it in every role.

// What `utoipa::path` makes of `params(Page)` names it by more than it must.
#![allow(unused_qualifications)]

mod answer;
mod app;
mod backups;
mod caller;
mod demo_shop;
mod diagnostics;
mod events;
mod exception_kinds;
mod exceptions;
mod exports;
mod finish;
mod fulfillments;
mod guard;
mod handshake;
mod https_state;
mod imports;
mod inbox;
mod jobs;
mod json;
mod layout;
mod line;
mod me;
mod metrics;
mod network;
mod numbers;
mod once;
mod order_batches;
mod orders;
mod page;
mod pages;
mod palette;
mod plain_http;
mod policy;
mod problem;
mod proof;
mod rate;
mod routes;
mod rule_replays;
mod rule_words;
mod rules;
mod serve;
mod sessions;
mod settings_described;
mod setup;
mod shops;
mod stock;
mod stream;
mod system;
mod today;
mod tokens;
mod users;
mod versions;
pub mod view_as;
mod views;
mod words;

pub use answer::{Answer, Created};
pub use app::{App, Clock, Cookies, Kept, ProgramSetting, Settings};
pub use caller::{Caller, Guest};
pub use demo_shop::{DemoShop, DemoState, Later, Served};
pub use json::{Json, Query};
pub use line::Line;
pub use page::{Listed, Page};
pub use pages::{Api, Pages, Question, RefusedPage, Reply, ShowRefusal};
pub use policy::{Access, EVERYONE, MANAGERS, OWNERS, Policy, STAFF};
pub use problem::Problem;
pub use routes::{Entry, description, router, router_with, schema_clashes, table};
pub use serve::{Doors, serve, serve_with};
pub use versions::{IfMatch, Versioned};
