//! Two shops behind one address: which of them a request is for.
//!
//! Owns: reading that off a request. A browser says by a cookie that it looks at the demo shop, and has a session there;
//! what carries a token, and what is about the program or about going in and out, means the shop's own books. Invariant: a
//! browser that was in the demo never gets at the shop's own books by a request that was meant for the demo: when the demo
//! is over, it is told so and led out first.

use crate::app::App;
use crate::demo_shop::{DemoShop, Served};
use crate::problem::Problem;
use crate::proof::{is_at_demo, proof_of};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use flow::id;
use flow::people::who_is;
use std::convert::Infallible;
use std::sync::Arc;
use tower_service::Service;

/// Paths of the shop's own, each with what is below it: the demo's door and the front door are on the outside.
const OUTSIDE: [&str; 12] = [
    "/demo",
    "/v1/demo-shop",
    "/sign-in",
    "/sign-out",
    "/start",
    "/join",
    "/v1/session",
    "/v1/setup",
    "/v1/join",
    "/livez",
    "/readyz",
    "/trust",
];
/// Where somebody is led when the demo is over.
const DOOR: HeaderValue = HeaderValue::from_static("/demo");

#[derive(Clone)]
struct Shops {
    own: (App, Router),
    demo: Arc<dyn DemoShop>,
}

/// Whom a request is for.
enum Meant {
    Own,
    Demo(Router),
    /// The demo that it was meant for is over.
    Over,
}

/// The shop's own routes, and those of the demo shop where a request is for it.
pub(crate) fn both(app: App, own: Router) -> Router {
    let Some(demo) = app.demo_shop.clone() else { return own };
    let shops = Shops { own: (app, own), demo };
    Router::new().fallback(move |request: Request| {
        let shops = shops.clone();
        async move { shops.answer(request).await }
    })
}

impl Shops {
    async fn answer(&self, request: Request) -> Response {
        // Apart from its body, which no two threads may look at.
        let (head, body) = request.into_parts();
        let mut router = match self.meant(&head).await {
            Meant::Own => self.own.1.clone(),
            Meant::Demo(router) => router,
            Meant::Over => return self.led_out(&head),
        };
        let Ok::<_, Infallible>(response) = router.call(Request::from_parts(head, body)).await;
        response
    }

    async fn meant(&self, request: &Parts) -> Meant {
        let headers = &request.headers;
        let is_own = !is_at_demo(headers) || headers.contains_key(header::AUTHORIZATION);
        if is_own || is_outside(request.uri.path()) {
            return Meant::Own;
        }
        match self.demo.served() {
            Some(demo) if is_in(&demo, request).await => Meant::Demo(demo.router),
            // A picture or a script is the same everywhere.
            _ if request.method.is_safe() && !asks_for_page(request) && !is_api(request) => Meant::Own,
            _ => Meant::Over,
        }
    }

    /// Nothing is done; the browser looks at the shop's own books from now on.
    fn led_out(&self, request: &Parts) -> Response {
        let mut response = if request.headers.contains_key("x-baton-form") {
            let way = [(HeaderName::from_static("x-baton-go"), DOOR)];
            (StatusCode::CONFLICT, way, Body::empty()).into_response()
        } else if is_api(request) {
            let detail = "the demo shop is gone, or nobody was there for long; nothing was done, and the next request is \
                          answered from the shop's own books";
            let problem = Problem::new(StatusCode::CONFLICT, "demo_over", detail);
            problem.written(&id::new("req", self.own.0.now_ms()))
        } else {
            Redirect::to("/demo").into_response()
        };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        for (name, value) in self.own.0.settings.looks_at_own() {
            response.headers_mut().append(name, value);
        }
        response
    }
}

/// Whether somebody is signed in there.
async fn is_in(demo: &Served, request: &Parts) -> bool {
    let Ok(Some(proof)) = proof_of(&request.headers, &demo.app.settings) else { return false };
    who_is(&demo.app.db, &proof, demo.app.now_ms()).await.is_ok()
}

fn is_outside(path: &str) -> bool {
    OUTSIDE.iter().any(|outside| {
        path.strip_prefix(outside).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

fn is_api(request: &Parts) -> bool {
    request.uri.path().starts_with("/v1/")
}

fn asks_for_page(request: &Parts) -> bool {
    let accepted = request.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|kinds| kinds.contains("text/html"))
}

#[cfg(test)]
mod tests {
    use super::is_outside;

    #[test]
    fn the_doors_are_outside_the_demo_and_everything_else_is_in_it() {
        for path in
            ["/demo", "/demo/close", "/v1/demo-shop", "/v1/demo-shop/session", "/sign-out", "/v1/session"]
        {
            assert!(is_outside(path), "{path}");
        }
        for path in ["/", "/orders", "/v1/orders", "/v1/sessions", "/demonstration", "/v1/session-s"] {
            assert!(!is_outside(path), "{path}");
        }
    }
}
