//! The gate before every route: who asks, whether they may, how often, how much they send, and how long it takes.
//!
//! Owns: the order of these questions, and that a handler runs in a task of its own: it panics alone, it ends when it
//! takes too long for whoever waits, and it goes on when they hang up, so that what it writes is written whole.
//! Refuses to know: what a handler does.

use crate::app::App;
use crate::caller::{Caller, Guest};
use crate::finish::RequestId;
use crate::once::{self, Ask};
use crate::policy::{Access, Policy};
use crate::problem::Problem;
use crate::proof;
use crate::rate::Level;
use crate::serve::Peer;
use crate::view_as;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flow::people::{Proof, who_is};
use flow::{Actor, Call, Via};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How long a handler may take for whoever waits.
const LONGEST_WORK: Duration = Duration::from_secs(30);
/// How long a body may take to arrive.
const LONGEST_BODY: Duration = Duration::from_secs(30);

pub(crate) struct Guard {
    pub(crate) app: App,
    pub(crate) policies: HashMap<String, Vec<(Method, Policy)>>,
}

/// On a request that a page makes from inside for whoever looks at it: the gate has let them in already, and counted them.
/// Nothing that comes over the wire can carry it.
#[derive(Clone)]
pub(crate) struct Inside(pub(crate) Caller);

/// Whom the gate let in.
pub(crate) struct Admitted {
    pub(crate) caller: Option<Caller>,
    level: Option<Level>,
}

pub(crate) async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    // Apart from its body, which no two threads may look at.
    let (parts, body) = request.into_parts();
    // What is not in the table is not let in. The framework comes by for methods that a path does not take, too.
    let Some(policy) = guard.policy(&parts) else {
        return Problem::of_status(StatusCode::METHOD_NOT_ALLOWED).into_response();
    };
    let admitted = match guard.admit(policy, &parts).await {
        Ok(admitted) => admitted,
        Err(refused) => return refused.into_response(),
    };
    let level = admitted.level;
    let mut response = match let_in(&guard.app, (policy, admitted), (parts, body), next).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    };
    if let Some(level) = level {
        show(level, response.headers_mut());
    }
    response
}

impl Guard {
    fn policy(&self, request: &Parts) -> Option<Policy> {
        let path = request.extensions.get::<MatchedPath>()?;
        // Whoever may GET may HEAD.
        let method = if request.method == Method::HEAD { &Method::GET } else { &request.method };
        let policies = self.policies.get(path.as_str())?;
        policies.iter().find(|(of, _)| of == method).map(|(_, policy)| *policy)
    }

    async fn admit(&self, policy: Policy, request: &Parts) -> Result<Admitted, Problem> {
        let (app, headers) = (&self.app, &request.headers);
        if let (Access::Only { .. }, Some(Inside(caller))) = (policy.access, request.extensions.get()) {
            let call = Call { once: None, ..caller.call.clone() };
            return self.let_through(policy, request, Caller { call, ..caller.clone() });
        }
        let proof = proof::proof_of(headers, &app.settings)?;
        if !matches!(proof, Some(Proof::Token(_))) {
            proof::must_be_of_this_site(&request.method, headers)?;
        }
        let address = address(app, request);
        match (policy.access, proof) {
            (Access::Open, _) => Ok(Admitted { caller: None, level: None }),
            (Access::Guessed, _) => {
                let level = limited(app.rates.tries.take(&address, app.now_ms()))?;
                Ok(Admitted { caller: None, level })
            }
            (Access::Only { .. }, None) => {
                limited(app.rates.addresses.take(&address, app.now_ms()))?;
                Err(Problem::not_signed_in("this is for those who are signed in; sign in, or send a token"))
            }
            (Access::Only { .. }, Some(proof)) => self.recognise((policy, request), &proof, &address).await,
        }
    }

    async fn recognise(
        &self,
        (policy, request): (Policy, &Parts),
        proof: &Proof,
        address: &str,
    ) -> Result<Admitted, Problem> {
        let (app, at_ms) = (&self.app, self.app.now_ms());
        let who = match who_is(&app.db, proof, at_ms).await {
            Ok(who) => who,
            Err(refused) => {
                limited(app.rates.addresses.take(address, at_ms))?;
                return Err(refused.into());
            }
        };
        let level = limited(app.rates.callers.take(&who.id, at_ms))?;
        let via = if who.session_id.is_some() { Via::Page } else { Via::Api };
        let call = Call::new(Actor { id: who.id.clone(), via }, at_ms);
        let (who, viewing) = view_as::narrowed(app, who, &request.headers).await;
        Ok(Admitted { level, ..self.let_through(policy, request, Caller { who, call, viewing })? })
    }

    /// Somebody who is known, by what the policy says of them.
    fn let_through(&self, policy: Policy, request: &Parts, caller: Caller) -> Result<Admitted, Problem> {
        if let Some(say) = policy.refusal(&caller.who) {
            return Err(Problem::forbidden(say));
        }
        if caller.viewing.is_some() && !request.method.is_safe() && !policy.ends_viewing {
            let detail = "you are looking as somebody else, and nothing can be changed meanwhile; go back to your own view \
                          and do it there";
            return Err(Problem { code: "viewing_as", ..Problem::forbidden(detail) });
        }
        // Nobody has a password to the demo shop, and nothing there is worth one.
        if policy.gives_access && !self.app.is_demo() && !caller.who.is_fresh(caller.call.at_ms) {
            let detail = "this gives others access and needs your password again, which you said more than half an hour \
                          ago; send it to POST /v1/session/proof, then ask again";
            return Err(Problem::new(StatusCode::FORBIDDEN, "password_needed", detail));
        }
        Ok(Admitted { caller: Some(caller), level: None })
    }
}

/// Reads the body, and runs the handler in a task of its own.
async fn let_in(
    app: &App,
    (policy, admitted): (Policy, Admitted),
    (mut parts, body): (Parts, Body),
    next: Next,
) -> Result<Response, Problem> {
    let body = read(body, policy.most_bytes).await?;
    let ask = match &admitted.caller {
        Some(caller) => Ask::of(&parts, &body, (caller, policy.answer))?,
        None => None,
    };
    match admitted.caller {
        Some(caller) => drop(parts.extensions.insert(caller)),
        None => {
            let nobody = Actor { id: "nobody".to_owned(), via: Via::Page };
            parts.extensions.insert(Guest { call: Call::new(nobody, app.now_ms()) });
        }
    }
    let id = parts.extensions.get::<RequestId>().cloned().unwrap_or_default();
    let mut request = Request::from_parts(parts, Body::from(body));
    // Its policy has limited it already; the router's own limit is below that of files.
    DefaultBodyLimit::disable().apply(&mut request);
    let app = app.clone();
    let work = tokio::spawn(async move {
        match ask {
            Some(ask) => once::answered(&app, ask, request, next).await,
            None => next.run(request).await,
        }
    });
    match timeout(LONGEST_WORK, work).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(failed)) => Err(Problem::defect(format!("{}: the handler stopped: {failed}", id.0))),
        Err(_) => {
            let detail = "this takes longer than anybody waits; it may still be done, so look before you send it again";
            Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too_slow", detail).retry_after(5))
        }
    }
}

async fn read(body: Body, most_bytes: usize) -> Result<Bytes, Problem> {
    match timeout(LONGEST_BODY, to_bytes(body, most_bytes)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => {
            let is_large = std::error::Error::source(&error)
                .is_some_and(|source| source.to_string().contains("length limit"));
            let status = if is_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::BAD_REQUEST };
            Err(Problem::of_status(status))
        }
        Err(_) => {
            let detail = "the body did not arrive in half a minute; send it again over a better line";
            Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "body_too_slow", detail))
        }
    }
}

fn limited(level: Option<Level>) -> Result<Option<Level>, Problem> {
    match level.and_then(|level| level.wait_s) {
        None => Ok(level),
        Some(wait_s) => {
            let detail = "more requests than this key may send in a minute; wait as Retry-After says";
            Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", detail).retry_after(wait_s))
        }
    }
}

fn show(level: Level, headers: &mut HeaderMap) {
    for (name, value) in [("ratelimit-policy", level.policy()), ("ratelimit", level.state())] {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

/// Where a request comes from. What a stranger writes into `X-Forwarded-For` is not believed: only the addresses that
/// proxies of one's own have added at its end.
fn address(app: &App, request: &Parts) -> String {
    let peer = request.extensions.get::<Peer>().map(|peer| peer.0.ip());
    let told = request.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let told: Vec<&str> = told.flat_map(|line| line.split(',')).map(str::trim).collect();
    let proxied = told.len().checked_sub(app.settings.proxies.max(1)).and_then(|i| told.get(i)?.parse().ok());
    let address = if app.settings.proxies == 0 { peer } else { proxied.or(peer) };
    match address {
        // Whoever has one address of version 6 has the 2⁶⁴ beside it.
        Some(std::net::IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        Some(v4) => v4.to_string(),
        None => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests;
