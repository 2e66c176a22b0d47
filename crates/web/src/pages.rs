//! Pages beside the API: routes for people, behind the same guard, which see and do what they do through the API.
//!
//! Owns: how a page comes in, how it asks the API from inside the process, and who writes a refusal for a person. Refuses
//! to know: how anything looks. Invariant: a page has the rights of whoever looks at it and no others, for each question
//! goes through the policy of its route, as if they had asked themselves; so what a page can do, the API can.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::guard::Inside;
use crate::policy::Policy;
use crate::problem::Problem;
use crate::routes::Entry;
use crate::serve::Peer;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use axum::routing::MethodRouter;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::convert::Infallible;
use tower_service::Service;

/// The largest answer that a page reads: a page of a list is far below.
const MOST_BYTES: usize = 64 << 20;

/// What was refused, for whoever writes it as a page.
pub struct RefusedPage<'a> {
    pub problem: &'a Problem,
    /// In the log under this id.
    pub request_id: &'a str,
    /// Of the request.
    pub headers: &'a HeaderMap,
    pub uri: &'a Uri,
    /// It was refused in the demo shop.
    pub is_demo: bool,
}

/// Writes a refusal for a person.
pub type ShowRefusal = fn(&RefusedPage<'_>) -> Response;

/// Pages, each with who may see it.
pub struct Pages {
    pub(crate) router: Router<App>,
    pub(crate) table: Vec<Entry>,
    pub(crate) show_refusal: ShowRefusal,
    pub(crate) open: Router<App>,
}

impl Pages {
    pub fn new(show_refusal: ShowRefusal) -> Pages {
        Pages { router: Router::new(), table: Vec::new(), show_refusal, open: Router::new() }
    }

    /// Adds a page, or what a form on it does, for those whom the policy lets in.
    #[must_use]
    pub fn add(
        mut self,
        method: Method,
        path: &str,
        (policy, handler): (Policy, MethodRouter<App>),
    ) -> Pages {
        self.table.push(Entry { method, path: path.to_owned(), policy });
        self.router = self.router.route(path, handler);
        self
    }

    /// Files that are the same for everybody: scripts, styles, pictures.
    #[must_use]
    pub fn with_files(self, files: Router<App>) -> Pages {
        Pages { open: self.open.merge(files), ..self }
    }

    /// Every page with its policy.
    pub fn table(&self) -> &[Entry] {
        &self.table
    }
}

/// The routes of the API, for pages to ask.
#[derive(Clone)]
pub(crate) struct ApiRouter(pub(crate) Router);

/// The API, as it answers whoever looks at the page.
#[derive(Clone)]
pub struct Api {
    router: Router,
    caller: Option<Caller>,
    peer: Option<Peer>,
    headers: HeaderMap,
}

/// An answer of the API.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Reply {
    /// # Errors
    /// It is not that: a defect of the page.
    pub fn json<T: DeserializeOwned>(&self) -> Answer<T> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Problem::defect(format!("an answer of the API: {error}")))
    }

    /// The version to send along with a change; none where the thing has no versions.
    pub fn etag(&self) -> Option<&str> {
        self.headers.get(header::ETAG)?.to_str().ok()
    }
}

/// A question to the API.
pub struct Question<'a> {
    pub method: Method,
    pub path: &'a str,
    /// The version that was seen, where the route asks for one.
    pub if_match: Option<&'a str>,
    pub kind: &'static str,
    pub body: Vec<u8>,
}

impl<'a> Question<'a> {
    pub fn get(path: &'a str) -> Question<'a> {
        Question { method: Method::GET, path, if_match: None, kind: "application/json", body: Vec::new() }
    }

    /// # Errors
    /// The body cannot be written as JSON: a defect of the page.
    pub fn with<T: Serialize>(method: Method, path: &'a str, body: &T) -> Answer<Question<'a>> {
        let body =
            serde_json::to_vec(body).map_err(|error| Problem::defect(format!("a question: {error}")))?;
        Ok(Question { method, body, ..Question::get(path) })
    }

    #[must_use]
    pub fn if_match(self, if_match: Option<&'a str>) -> Question<'a> {
        Question { if_match, ..self }
    }
}

impl Api {
    /// # Errors
    /// As the route refuses it.
    pub async fn ask(&self, question: Question<'_>) -> Answer<Reply> {
        let mut request = Request::builder().method(question.method).uri(question.path);
        if let Some(headers) = request.headers_mut() {
            headers.clone_from(&self.headers);
            let mut put = |name: HeaderName, value: Option<&str>| {
                if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
                    headers.insert(name, value);
                }
            };
            put(header::CONTENT_TYPE, Some(question.kind));
            put(header::IF_MATCH, question.if_match);
        }
        let request = request.body(Body::from(question.body));
        let mut request = request.map_err(|error| Problem::defect(format!("{}: {error}", question.path)))?;
        self.sign(request.extensions_mut());
        let mut router = self.router.clone();
        let Ok::<_, Infallible>(mut response) = router.call(request).await;
        let status = response.status();
        if !status.is_success() {
            return Err(response.extensions_mut().remove().unwrap_or_else(|| Problem::of_status(status)));
        }
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, MOST_BYTES).await.map_err(|error| Problem::defect(error.to_string()))?;
        Ok(Reply { status, headers: parts.headers, body })
    }

    fn sign(&self, extensions: &mut Extensions) {
        if let Some(caller) = &self.caller {
            extensions.insert(Inside(caller.clone()));
        }
        if let Some(peer) = self.peer {
            extensions.insert(peer);
        }
    }

    /// Says the password of whoever looks at the page again, and asks on as somebody who has said it now.
    ///
    /// # Errors
    /// It is another, or too many others were tried.
    pub async fn prove(&mut self, password: &str) -> Answer<()> {
        self.post("/v1/session/proof", &serde_json::json!({ "password": password })).await?;
        if let Some(caller) = &mut self.caller {
            caller.who.proven_at_ms = Some(caller.call.at_ms);
        }
        Ok(())
    }

    /// # Errors
    /// As the route refuses it.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Answer<T> {
        self.ask(Question::get(path)).await?.json()
    }

    /// # Errors
    /// As the route refuses it.
    pub async fn post<T: Serialize>(&self, path: &str, body: &T) -> Answer<Reply> {
        self.ask(Question::with(Method::POST, path, body)?).await
    }
}

/// What of a request says who sends it from where; the rest is about the page.
const ABOUT_THE_SENDER: [HeaderName; 2] = [header::COOKIE, HeaderName::from_static("x-forwarded-for")];

impl<S: Sync> FromRequestParts<S> for Api {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Api, Problem> {
        let router = parts.extensions.get::<ApiRouter>().cloned();
        let ApiRouter(router) =
            router.ok_or_else(|| Problem::defect("a handler beside the pages asks for the API"))?;
        let mut headers = HeaderMap::new();
        for name in ABOUT_THE_SENDER {
            for value in parts.headers.get_all(&name) {
                headers.append(name.clone(), value.clone());
            }
        }
        let (caller, peer) = (parts.extensions.get().cloned(), parts.extensions.get().copied());
        Ok(Api { router, caller, peer, headers })
    }
}
