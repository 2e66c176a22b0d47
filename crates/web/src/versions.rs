//! Versions of objects, so that nobody overwrites what they have not seen.

use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};

/// One object, answered with its version as ETag.
pub struct Versioned<T> {
    pub version: i64,
    pub body: T,
}

/// The version that the caller has seen, from `If-Match: "7"`. Without it nothing that has versions is changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IfMatch(pub i64);

pub(crate) fn etag(version: i64) -> HeaderValue {
    // Digits in quotes are always a valid header.
    HeaderValue::try_from(format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<IfMatch, Problem> {
        let Some(given) = parts.headers.get(header::IF_MATCH) else {
            let detail = "read it first, and send its ETag in If-Match, so that no change of others is lost";
            return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, "if_match_missing", detail));
        };
        let version = given.to_str().ok().and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"'));
        let version = version.and_then(|digits| digits.parse().ok());
        version.map(IfMatch).ok_or_else(|| {
            let detail =
                "If-Match is not an ETag that was given here; read it again and send its ETag as it came";
            Problem::new(StatusCode::PRECONDITION_FAILED, "stale", detail)
        })
    }
}
