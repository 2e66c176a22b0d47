//! Every page, asked for by everybody: who may is let in, who may not is not, and strangers are led to where they sign in.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use flow::people::{
    NewOwner, NewToken, ReachChoice, Role, Scope, Who, make_setup_link, make_token, set_up_owner,
};
use flow::{Actor, Call, Via};
use std::sync::Arc;
use store::Db;
use store::migrations::migrate;
use tower_service::Service;
use web::{Access, App, Entry, Settings};

const NOW_MS: i64 = 1_795_000_000_000;

/// Books with an owner and nothing else, served in memory.
struct Shop {
    router: axum::Router,
    db: Db,
    owner: Who,
    _folder: tempfile::TempDir,
}

fn call() -> Call {
    Call::new(Actor { id: "test".into(), via: Via::Command }, NOW_MS)
}

async fn shop() -> Shop {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("books.sqlite").display().to_string()).await.unwrap();
    migrate(&db, NOW_MS).await.unwrap();
    let secret = make_setup_link(&db, &call()).await.unwrap();
    let new = NewOwner {
        secret: secret.reveal().to_owned(),
        name: "Olga".into(),
        email: "olga@example.com".into(),
        password: "a long and fine sentence".into(),
    };
    let owner = Who::of(&set_up_owner(&db, &call(), new).await.unwrap());
    let settings = Settings { requests_per_minute: None, tries_per_minute: None, ..Settings::default() };
    let app = App::new(db.clone(), Arc::new(|| NOW_MS), settings);
    Shop { router: web::router_with(app, console::pages()), db, owner, _folder: folder }
}

impl Shop {
    async fn token(&self, role: Role, scope: Scope) -> String {
        let new = NewToken {
            name: "test".into(),
            role,
            scopes: vec![scope],
            reach: ReachChoice(None),
            expires_at_ms: None,
        };
        make_token(&self.db, &call(), &self.owner, new).await.unwrap().secret.reveal().to_owned()
    }

    async fn ask(&self, method: &str, path: &str, token: Option<&str>) -> (StatusCode, String, String) {
        let mut request = Request::builder().method(method).uri(path).header(header::ACCEPT, "text/html");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.router.clone().call(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let way = headers.get(header::LOCATION).map_or("", |way| way.to_str().unwrap()).to_owned();
        let body = to_bytes(response.into_body(), 8 << 20).await.unwrap();
        (status, way, String::from_utf8_lossy(&body).into_owned())
    }
}

fn path_of(entry: &Entry) -> String {
    let parts = entry.path.split('/').map(|part| if part.starts_with('{') { "nothing" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_lets_in_those_whom_its_policy_names_and_nobody_else() {
    let shop = shop().await;
    let pages = console::pages();
    assert!(pages.table().len() > 20, "{} pages", pages.table().len());
    for entry in pages.table() {
        let (path, method) = (path_of(entry), entry.method.as_str());
        let Access::Only { roles, scope } = entry.policy.access else {
            let (status, ..) = shop.ask(method, &path, None).await;
            assert!(
                !matches!(status.as_u16(), 303 if !matches!(path.as_str(), "/look" | "/demo/close")),
                "{method} {path}: {status}"
            );
            continue;
        };
        let (status, way, _) = shop.ask(method, &path, None).await;
        assert!(
            status == StatusCode::SEE_OTHER && way.starts_with("/sign-in"),
            "{method} {path}: {status} {way}"
        );
        for role in Role::ALL {
            let token = shop.token(role, scope).await;
            let (status, _, body) = shop.ask(method, &path, Some(&token)).await;
            // A page may ask for more than its own scope; a token that lacks that is told so by the API.
            let is_gates = status == StatusCode::FORBIDDEN && body.contains("this is for");
            let says = body.to_lowercase();
            let is_refused = is_gates || says.contains("this is for owner");
            assert_eq!(is_refused, !roles.contains(&role), "{method} {path} by {}: {status}", role.code());
            assert!(status.as_u16() < 500, "{method} {path} by {}: {status} {body}", role.code());
        }
        let other = if scope == Scope::MetricsRead { Scope::HooksRead } else { Scope::MetricsRead };
        let token = shop.token(Role::Owner, other).await;
        let (status, ..) = shop.ask(method, &path, Some(&token)).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{method} {path} with a token for something else");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_before_a_handler_sees_it_is_a_page_that_a_browser_can_read() {
    let shop = shop().await;
    let token = shop.token(Role::Owner, Scope::OrdersRead).await;
    let request = Request::builder().uri("/orders/ord_1/why/this-is-no-number-and-long-enough-to-be-packed");
    let request = request.header(header::ACCEPT, "text/html").header(header::ACCEPT_ENCODING, "gzip");
    let request = request.header(header::AUTHORIZATION, format!("Bearer {token}")).body(Body::empty());
    let response = shop.router.clone().call(request.unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(response.headers().get(header::CONTENT_ENCODING), None);
    let body = to_bytes(response.into_body(), 8 << 20).await.unwrap();
    assert!(String::from_utf8_lossy(&body).starts_with("<!doctype html>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_page_runs_or_loads_from_elsewhere() {
    let shop = shop().await;
    let request = Request::builder().uri("/sign-in").body(Body::empty()).unwrap();
    let response = shop.router.clone().call(request).await.unwrap();
    let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.contains("script-src 'self'") && policy.contains("style-src 'self'"), "{policy}");
    assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "{policy}");
    let (.., body) = shop.ask("GET", "/sign-in", None).await;
    assert!(!body.contains("style=") && !body.contains("onclick") && !body.contains("http://"), "{body}");
}
