//! `Idempotency-Key`: a request that is sent again is not done again.
//!
//! Owns: what the header means, and what is answered to whoever asks again: the same answer, 409 while the first is on
//! its way, 422 for another request under the same key. Keys belong to who sends them, and are kept for 30 days.
//! Refuses to know: how a deed and its mark stay together; see `store::once`.
//!
//! Only what was done is kept. A refusal did nothing, so its key is free again, and the request may be mended and sent
//! again. A deed whose answer got lost, because a process died between the two, is told as `done_before`, with what it was
//! done to: nobody knows the lost answer, and the deed must not happen twice.

use crate::app::App;
use crate::caller::Caller;
use crate::policy::Keep;
use crate::problem::Problem;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flow::{Refused, id};
use sha2::{Digest, Sha256};
use store::once::{self, Answer, Once};

const LONGEST_KEY: usize = 256;
/// How long a request may be on its way before somebody else takes it over: twice as long as anybody waits for it.
const LEASE_MS: i64 = 60_000;
/// The largest answer that is kept.
const MOST_KEPT: u64 = 1 << 20;
/// The headers that belong to an answer; the others belong to the way it goes.
const KEPT: [&str; 3] = ["content-type", "etag", "location"];

/// A request with a key.
pub(crate) struct Ask {
    once: Once,
    fingerprint: String,
    at_ms: i64,
    keeps: Keep,
}

impl Ask {
    /// `None`: it has no key, or changes nothing.
    ///
    /// # Errors
    /// The key is not of a form that can be kept, or the route takes none.
    pub(crate) fn of(
        parts: &Parts,
        body: &Bytes,
        (caller, keeps): (&Caller, Keep),
    ) -> Result<Option<Ask>, Problem> {
        let Some(key) = parts.headers.get("idempotency-key").filter(|_| !parts.method.is_safe()) else {
            return Ok(None);
        };
        if keeps == Keep::Nothing {
            let detail = "this takes no Idempotency-Key, since its answer is not kept; send it without one: sent again, \
                          what is done already changes nothing";
            return Err(Problem::bad_request("key_not_taken", detail));
        }
        let key = key.to_str().ok().filter(|key| (1..=LONGEST_KEY).contains(&key.len()));
        let key = key.ok_or_else(|| {
            let detail =
                format!("an Idempotency-Key has 1 to {LONGEST_KEY} visible characters; a UUID is a good one");
            Problem::bad_request("bad_idempotency_key", detail)
        })?;
        let at_ms = caller.call.at_ms;
        let once = Once { scope: caller.who.id.clone(), key: key.to_owned(), claim: id::new("clm", at_ms) };
        Ok(Some(Ask {
            once,
            fingerprint: fingerprint(&parts.method, &parts.uri.to_string(), body),
            at_ms,
            keeps,
        }))
    }
}

fn fingerprint(method: &Method, uri: &str, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    for part in [method.as_str().as_bytes(), b"\n", uri.as_bytes(), b"\n", body] {
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How a request stands that came before.
enum Standing {
    /// It is ours to carry out.
    Ours,
    Answered(Answer),
}

/// The answer to a request with a key: a new one, or the one that was given before.
pub(crate) async fn answered(app: &App, ask: Ask, mut request: Request, next: Next) -> Response {
    match standing(app, &ask).await {
        Err(problem) => return problem.into_response(),
        Ok(Standing::Answered(answer)) => return again(&answer),
        Ok(Standing::Ours) => {}
    }
    if let Some(caller) = request.extensions_mut().get_mut::<Caller>() {
        caller.call.once = Some(ask.once.clone());
    }
    let response = next.run(request).await;
    if !response.status().is_success() {
        release(app, ask.once).await;
        return response;
    }
    keep(app, ask, response).await
}

async fn standing(app: &App, ask: &Ask) -> Result<Standing, Problem> {
    let (once, fingerprint, at_ms) = (ask.once.clone(), ask.fingerprint.clone(), ask.at_ms);
    let found = app.db.write::<Result<Standing, Problem>, Refused>(move |tx| {
        let (once, fingerprint) = (once.clone(), fingerprint.clone());
        Box::pin(async move {
            if once::claim(tx, &once, &fingerprint, at_ms).await? {
                return Ok(Ok(Standing::Ours));
            }
            let Some(earlier) = once::earlier(tx, &once).await? else { return Ok(Err(in_flight())) };
            if earlier.fingerprint != fingerprint {
                let detail =
                    "this Idempotency-Key came with another request before; take a new key for a new request";
                let problem =
                    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "key_of_another_request", detail);
                return Ok(Err(problem));
            }
            if let Some(answer) = earlier.answer {
                return Ok(Ok(Standing::Answered(answer)));
            }
            if at_ms - earlier.claimed_at_ms < LEASE_MS {
                return Ok(Err(in_flight()));
            }
            match earlier.effect {
                Some(effect) => Ok(Err(done_before(&effect))),
                None if once::take_over(tx, &once, &earlier.claim, at_ms).await? => Ok(Ok(Standing::Ours)),
                None => Ok(Err(in_flight())),
            }
        })
    });
    found.await?
}

fn in_flight() -> Problem {
    let detail = "the first request with this Idempotency-Key is still on its way; ask again in a moment";
    Problem::new(StatusCode::CONFLICT, "in_flight", detail).retry_after(1)
}

fn done_before(effect: &str) -> Problem {
    let detail = format!("this was done by an earlier request with the same key, to {effect}; look there");
    Problem::new(StatusCode::CONFLICT, "done_before", detail)
}

fn again(answer: &Answer) -> Response {
    let status = u16::try_from(answer.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let Some(status) = status.filter(|status| status.is_success()) else {
        return done_before(&answer.headers).into_response();
    };
    let mut response = (status, answer.body.clone()).into_response();
    response.headers_mut().remove("content-type");
    for (name, value) in answer.headers.lines().filter_map(|line| line.split_once(": ")) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
    response
}

async fn release(app: &App, once: Once) {
    let released = app.db.write::<(), Refused>(move |tx| {
        let once = once.clone();
        Box::pin(async move { Ok(once::release(tx, &once).await?) })
    });
    if let Err(refused) = released.await {
        // The claim runs out by itself.
        tracing::warn!(%refused, "the key of a refused request could not be given back");
    }
}

async fn keep(app: &App, ask: Ask, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    // What is large goes out as it is; whoever asks again hears that it is done.
    let is_small = body.size_hint().upper().is_some_and(|bytes| bytes <= MOST_KEPT);
    let (kept_body, body) = match is_small {
        true => match to_bytes(body, MOST_KEPT as usize).await {
            Ok(bytes) => (Some(bytes.clone()), Body::from(bytes)),
            Err(error) => return Problem::defect(error.to_string()).into_response(),
        },
        false => (None, body),
    };
    let kept = KEPT.iter().filter_map(|name| Some((name, parts.headers.get(*name)?.to_str().ok()?)));
    let headers: Vec<String> = kept.map(|(name, value)| format!("{name}: {value}")).collect();
    let text = kept_body.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
    let answer = match text.filter(|_| ask.keeps == Keep::Answer) {
        Some(body) => Answer { status: parts.status.as_u16().into(), headers: headers.join("\n"), body },
        // No success: whoever asks again hears that it is done, and where.
        None => {
            let place = parts.headers.get("location").and_then(|place| place.to_str().ok());
            Answer { status: 409, headers: place.unwrap_or("what it names").to_owned(), body: String::new() }
        }
    };
    let written = app.db.write::<(), Refused>(move |tx| {
        let (once, answer) = (ask.once.clone(), answer.clone());
        Box::pin(async move { Ok(once::answer(tx, &once, &answer).await?) })
    });
    if let Err(refused) = written.await {
        // The deed is marked: it is not done twice, and whoever asks again hears `done_before`.
        tracing::warn!(%refused, "the answer to a request with a key could not be kept");
    }
    Response::from_parts(parts, body)
}
