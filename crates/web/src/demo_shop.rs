//! The demo shop beside the shop's own books: is it there, make it, go in, remove it.
//!
//! Owns: what of it everybody may ask, and the way in. Refuses to know: how it is made, and where it is kept: whoever runs
//! the program brings that. Invariant: nothing of it is written into the shop's own books, so removing it leaves them as
//! they were.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::pages::Pages;
use crate::policy::{MANAGERS, Policy};
use crate::problem::Problem;
use crate::proof::Told;
use crate::routes::{Routes, router_with};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::AppendHeaders;
use flow::people::{Scope, enter_demo};
use flow::{Call, Via};
use serde::Serialize;
use std::future::Future;
use std::pin::Pin;
use utoipa::ToSchema;
use utoipa_axum::routes;

/// An answer that is waited for.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// How it stands with the demo shop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DemoState {
    Absent,
    /// So many days of its past are done, of so many.
    Making {
        done: u32,
        total: u32,
    },
    Ready,
    /// It is on its way out.
    Removing,
    /// It could not be made, and why.
    Failed(String),
    /// None is kept here, and why.
    Unavailable(String),
}

/// Who keeps a demo shop beside the shop's own.
pub trait DemoShop: Send + Sync {
    fn state(&self) -> DemoState;

    /// Begins to make it, unless it is there or being made.
    ///
    /// # Errors
    /// None is kept here.
    fn make(&self) -> Later<'_, Answer<()>>;

    /// Breaks off what is being made, and deletes what was made. Returns when it is gone.
    ///
    /// # Errors
    /// It cannot be deleted.
    fn remove(&self) -> Later<'_, Answer<()>>;

    /// It answers. `None`: it is not there, or not yet.
    fn served(&self) -> Option<Served>;
}

/// The routes of a demo shop over its books. Cheap to clone.
#[derive(Clone)]
pub struct Served {
    pub(crate) app: App,
    pub(crate) router: Router,
}

impl Served {
    pub fn new(app: App, pages: Pages) -> Served {
        Served { router: router_with(app.clone(), pages), app }
    }

    /// Sends those home who listen to events: nothing more will be told.
    pub fn say_farewell(&self) {
        self.app.listeners.send_home();
    }
}

pub(crate) fn routes() -> Routes {
    let read = Policy::of(MANAGERS, Scope::NetworkRead);
    // Nothing of it is in the books, so nothing in them could remember a key.
    let write = Policy::of(MANAGERS, Scope::NetworkWrite).without_key();
    Routes::tagged("demo shop")
        .add(read, routes!(look))
        .add(write, routes!(make))
        .add(write, routes!(remove))
        .add(write, routes!(enter))
        .add(Policy::OPEN, routes!(leave))
}

/// The demo shop: made-up books beside the shop's own, with 90 days of orders, to try everything in.
#[derive(Serialize, ToSchema)]
struct Shown {
    /// `absent`, `making`, `ready`, `removing`, `failed` or `unavailable`.
    #[schema(example = "making")]
    state: &'static str,
    /// While it is made: days of its past that are done.
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<u32>,
    /// Of so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u32>,
    /// Why it could not be made, or is not kept here.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl From<DemoState> for Shown {
    fn from(state: DemoState) -> Shown {
        let plain = |state| Shown { state, done: None, total: None, why: None };
        match state {
            DemoState::Absent => plain("absent"),
            DemoState::Making { done, total } => {
                Shown { done: Some(done), total: Some(total), ..plain("making") }
            }
            DemoState::Ready => plain("ready"),
            DemoState::Removing => plain("removing"),
            DemoState::Failed(why) => Shown { why: Some(why), ..plain("failed") },
            DemoState::Unavailable(why) => Shown { why: Some(why), ..plain("unavailable") },
        }
    }
}

fn none_here() -> String {
    "this program keeps no demo shop beside these books".to_owned()
}

fn shown(app: &App) -> Json<Shown> {
    let state = app.demo_shop.as_ref().map(|demo| demo.state());
    Json(state.unwrap_or_else(|| DemoState::Unavailable(none_here())).into())
}

fn of(app: &App) -> Answer<&dyn DemoShop> {
    let none = || Problem::new(StatusCode::CONFLICT, "no_demo_shop", none_here());
    app.demo_shop.as_deref().ok_or_else(none)
}

/// How it stands with the demo shop.
#[utoipa::path(get, path = "/v1/demo-shop", responses((status = 200, body = Shown)))]
async fn look(State(app): State<App>, _caller: Caller) -> Json<Shown> {
    shown(&app)
}

/// Makes the demo shop.
///
/// It takes some seconds; ask on how it stands. Where it is there already, nothing happens. The shop's own books are
/// not touched.
#[utoipa::path(post, path = "/v1/demo-shop", responses((status = 202, body = Shown)))]
async fn make(State(app): State<App>, caller: Caller) -> Answer<(StatusCode, Json<Shown>)> {
    of(&app)?.make().await?;
    tracing::info!(by = caller.who.id, "the demo shop is made");
    Ok((StatusCode::ACCEPTED, shown(&app)))
}

/// Removes the demo shop with everything in it.
///
/// Also while it is made. The shop's own books are not touched.
#[utoipa::path(delete, path = "/v1/demo-shop", responses((status = 204)))]
async fn remove(State(app): State<App>, caller: Caller) -> Answer<StatusCode> {
    of(&app)?.remove().await?;
    tracing::info!(by = caller.who.id, "the demo shop is removed");
    Ok(StatusCode::NO_CONTENT)
}

/// Goes into the demo shop, as its owner.
///
/// A browser then looks at its books in place of the shop's own, until it leaves. What comes with a token always means the
/// shop's own.
#[utoipa::path(post, path = "/v1/demo-shop/session", responses((status = 204)))]
async fn enter(State(app): State<App>, caller: Caller) -> Answer<(AppendHeaders<[Told; 2]>, StatusCode)> {
    let not_yet = || {
        let detail = "the demo shop is not there; make it first, or wait until it is made";
        Problem::new(StatusCode::CONFLICT, "no_demo_shop", detail)
    };
    let demo = of(&app)?.served().ok_or_else(not_yet)?.app;
    // Whoever comes is somebody else there.
    let call = Call { once: None, ..Call::by_baton(demo.now_ms()) };
    let call = Call { actor: flow::Actor { via: Via::Page, ..call.actor }, ..call };
    let entered = enter_demo(&demo.db, &call).await?;
    tracing::info!(by = caller.who.id, "the demo shop is entered");
    let cookies = [demo.settings.signed_in(entered.secret.reveal()), app.settings.looks_at_demo()];
    Ok((AppendHeaders(cookies), StatusCode::NO_CONTENT))
}

/// Leaves the demo shop, and is back at the shop's own books.
#[utoipa::path(delete, path = "/v1/demo-shop/session", responses((status = 204)))]
async fn leave(State(app): State<App>) -> (AppendHeaders<[Told; 2]>, StatusCode) {
    (AppendHeaders(app.settings.looks_at_own()), StatusCode::NO_CONTENT)
}
