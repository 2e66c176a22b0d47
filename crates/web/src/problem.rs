//! Refusals on the wire: `application/problem+json` (RFC 9457), for everything that is not done.
//!
//! Owns: which status a refusal gets and how it looks. Refuses to know: why. Invariant: what is a defect of ours says
//! an id and nothing else; the cause is in the log under that id.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flow::{FieldFault, Refused};
use serde::Serialize;
use store::DbError;
use utoipa::ToSchema;

/// What went wrong, until it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    pub status: StatusCode,
    /// Stable: programs match on it.
    pub code: &'static str,
    pub detail: String,
    pub errors: Vec<FieldFault>,
    /// Seconds after which it may go through.
    pub retry_after_s: Option<i64>,
    /// For the log alone.
    pub cause: Option<String>,
}

/// A refusal, as RFC 9457 has it.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Written<'a> {
    /// What kind of problem it is: a path that ends in its code.
    #[serde(rename = "type")]
    #[schema(example = "/problems/not_found")]
    kind: String,
    /// The kind in words.
    title: &'static str,
    /// The status of the answer.
    #[schema(example = 404)]
    status: u16,
    /// What happened here, and what helps.
    detail: &'a str,
    /// This one refusal: `urn:request:` and the id that is in the log.
    instance: String,
    /// Stable: match on this.
    #[schema(example = "not_found")]
    code: &'static str,
    /// Where in the body something is not right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Fault<'a>>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Fault<'a> {
    /// A JSON pointer into the body; empty for the whole.
    #[schema(example = "/lines/0/quantity")]
    pointer: &'a str,
    /// What is wrong there, and what helps.
    detail: &'a str,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Problem {
        Problem { status, code, detail: detail.into(), errors: Vec::new(), retry_after_s: None, cause: None }
    }

    pub fn not_signed_in(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "not_signed_in", detail)
    }

    pub fn forbidden(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }

    pub fn bad_request(code: &'static str, detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// A fault at one place of the body.
    pub fn invalid(pointer: &str, say: impl Into<String>) -> Problem {
        Problem::from(Refused::invalid(pointer, say))
    }

    /// A defect of ours; the cause goes to the log.
    pub fn defect(cause: impl Into<String>) -> Problem {
        let detail =
            "something went wrong here, and it is not your fault; tell who runs this the id of the request";
        let problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail);
        Problem { cause: Some(cause.into()), ..problem }
    }

    pub(crate) fn retry_after(self, seconds: i64) -> Problem {
        Problem { retry_after_s: Some(seconds.max(1)), ..self }
    }

    /// For an answer that came without words: from the framework, or from a handler that gave a status alone.
    pub fn of_status(status: StatusCode) -> Problem {
        let (code, detail) = match status.as_u16() {
            400 => {
                ("bad_request", "the request cannot be understood; compare it with the description at /docs")
            }
            401 => ("not_signed_in", "sign in, or send a token"),
            403 => ("forbidden", "this may not be done by whoever asks"),
            404 => (
                "no_such_path",
                "there is nothing at this path; the description at /docs lists what there is",
            ),
            405 => (
                "method_not_allowed",
                "this path does not take this method; the header Allow lists those it takes",
            ),
            413 => ("body_too_large", "the body is larger than this path takes; send it in parts"),
            415 => ("media_type", "this path takes application/json; say so in Content-Type"),
            422 => ("invalid", "something in the request is not right"),
            code if code >= 500 => return Problem { status, ..Problem::defect("a status without words") },
            _ => ("refused", "this was refused"),
        };
        Problem::new(status, code, detail)
    }

    /// As it goes over the wire, for the request of this id.
    pub(crate) fn written(&self, request_id: &str) -> Response {
        let errors = self.errors.iter().map(|fault| Fault { pointer: &fault.at, detail: &fault.say });
        let written = Written {
            kind: format!("/problems/{}", self.code),
            title: title(self.status),
            status: self.status.as_u16(),
            detail: &self.detail,
            instance: format!("urn:request:{request_id}"),
            code: self.code,
            errors: errors.collect(),
        };
        let body = serde_json::to_string(&written).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (self.status, [(header::CONTENT_TYPE, kind)], body).into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// The kind in words, the same for every problem of a status.
fn title(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "The request cannot be understood",
        401 => "Nobody is signed in",
        403 => "Not allowed",
        404 => "There is none",
        405 => "Not with this method",
        408 => "The request came too slowly",
        409 => "Not as things stand",
        412 => "It was changed in between",
        413 => "Too large",
        415 => "Not in this form",
        422 => "Something is not right",
        428 => "Say which version",
        429 => "Too many at once",
        503 => "Not at the moment",
        507 => "No room left",
        code if code >= 500 => "Something went wrong",
        _ => "Refused",
    }
}

/// Written by `finish`, which knows the id of the request.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Problem {
        let words = refused.to_string();
        let of = |status, code| Problem::new(status, code, words.clone());
        match refused {
            Refused::NotFound { .. } => of(StatusCode::NOT_FOUND, "not_found"),
            Refused::Invalid(errors) => {
                let detail = "what was sent is not right in the places listed under errors";
                Problem { errors, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail) }
            }
            Refused::Conflict { code, .. } => of(StatusCode::CONFLICT, code),
            Refused::Stale { .. } => of(StatusCode::PRECONDITION_FAILED, "stale"),
            Refused::NotSignedIn { .. } => of(StatusCode::UNAUTHORIZED, "not_signed_in"),
            Refused::Forbidden { .. } => of(StatusCode::FORBIDDEN, "forbidden"),
            Refused::TooSoon { wait_ms, .. } => {
                of(StatusCode::TOO_MANY_REQUESTS, "too_soon").retry_after((wait_ms + 999) / 1_000)
            }
            Refused::Database(error) => Problem::from(error),
        }
    }
}

/// The database's own words stay in the log: they tell of tables and files.
impl From<DbError> for Problem {
    fn from(error: DbError) -> Problem {
        let cause = Some(error.to_string());
        let of = |status, code, detail: &str| Problem {
            cause: cause.clone(),
            ..Problem::new(status, code, detail)
        };
        match error {
            DbError::Unavailable(_) => {
                let detail =
                    "the database cannot be reached; nothing is known to be done, try again in a moment";
                of(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail).retry_after(2)
            }
            DbError::Conflict | DbError::Unmet => {
                let detail = "others changed the same at the same time; nothing was done, try again";
                of(StatusCode::SERVICE_UNAVAILABLE, "busy", detail).retry_after(1)
            }
            DbError::NoRoom(_) => {
                let detail = "the disk is full or cannot be written; nothing was done, tell who runs this";
                of(StatusCode::INSUFFICIENT_STORAGE, "no_room", detail)
            }
            DbError::Duplicate(_) => {
                of(StatusCode::CONFLICT, "duplicate", "this is there already; nothing was done")
            }
            DbError::Refused(_) => {
                let detail = "the books do not allow this change; nothing was done";
                of(StatusCode::CONFLICT, "books_refuse", detail)
            }
            DbError::Broken(why) => Problem::defect(why),
        }
    }
}
