//! Versions of objects, so that nobody overwrites what they have not seen.

use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Required, Schema, Type};

/// One object, answered with its version as ETag.
pub struct Versioned<T> {
    pub version: i64,
    pub body: T,
}

/// The version that the caller has seen, from `If-Match: "7"`. Without it nothing that has versions is changed. In the
/// attribute of a route: `params(IfMatch)`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IfMatch(pub i64);

impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let etag = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^\".*\"$"));
        let parameter = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some("The ETag of the version that was read, as it came."))
            .schema(Some(Schema::from(etag.examples([serde_json::json!("\"7\"")]).build())));
        vec![parameter.build()]
    }
}

pub(crate) fn etag(version: i64) -> HeaderValue {
    // Digits in quotes are always a valid header.
    HeaderValue::try_from(format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<IfMatch, Problem> {
        let given =
            parts.headers.get(header::IF_MATCH).filter(|given| !given.as_bytes().trim_ascii().is_empty());
        let Some(given) = given else {
            let detail = "read it first, and send its ETag in If-Match, so that no change of others is lost";
            return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, "if_match_missing", detail));
        };
        let quoted = given.to_str().ok().and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"'));
        let Some(version) = quoted else {
            let detail = "If-Match is an ETag in its quotes, as it came: \"7\"";
            return Err(Problem::bad_request("bad_if_match", detail));
        };
        version.parse().map(IfMatch).map_err(|_| {
            let detail =
                "If-Match has an ETag that was not given here; read it again and send its ETag as it came";
            Problem::new(StatusCode::PRECONDITION_FAILED, "stale", detail)
        })
    }
}
