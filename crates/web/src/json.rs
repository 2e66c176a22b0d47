//! Bodies and queries, with the place of what is not right.

use crate::problem::Problem;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_path_to_error::{Path, Segment};

/// A JSON body, in or out.
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Json<T>, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        // The guard has read the body already, up to its limit.
        let body =
            Bytes::from_request(request, state).await.map_err(|error| Problem::of_status(error.status()))?;
        read(&body).map(Json)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// # Errors
/// It is not JSON, or not that; the pointer says where.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    // Serde would take the values of a list for the fields of an object, in their order; nobody means that.
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err(Problem::invalid("", "is a list; write an object, with a name for each value"));
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let pointer = pointer(error.path());
        // Of a word out of a list that is null the reader says that it is no JSON, though it is.
        if serde_json::from_slice::<IgnoredAny>(body).is_ok() {
            return Problem::invalid(&pointer, words(error.inner()));
        }
        not_json(error.inner())
    })?;
    reader.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

fn not_json(error: &serde_json::Error) -> Problem {
    Problem::bad_request("not_json", format!("the body is not JSON: {error}"))
}

/// Without `at line 1 column 2`: the pointer tells where.
fn words(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.split_once(" at line ").map_or(words.as_str(), |(words, _)| words).to_owned()
}

/// As RFC 6901 writes it: `/lines/0/quantity`.
fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => {
                pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1")));
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

/// The query of a request, `?state=open`.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query<T>, Problem> {
        let query = axum::extract::Query::try_from_uri(&parts.uri);
        let query = query.map_err(|error| Problem::bad_request("bad_query", error.body_text()))?;
        Ok(Query(query.0))
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use serde::Deserialize;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the faults are looked at")]
    struct Order {
        lines: Vec<Line>,
    }

    #[derive(Deserialize, Debug)]
    #[expect(dead_code, reason = "only the faults are looked at")]
    struct Line {
        #[serde(rename = "a/b")]
        units: u8,
        lane: Option<Box<[Lane]>>,
    }

    #[derive(Deserialize, Debug)]
    enum Lane {
        Ship,
    }

    fn check(body: &str, status: u16, pointer: &str) {
        let problem = read::<Order>(body.as_bytes()).unwrap_err();
        assert_eq!(problem.status.as_u16(), status, "{body} {problem:?}");
        let at = problem.errors.first().map_or("", |fault| &fault.at);
        assert_eq!(at, pointer, "{body} {problem:?}");
        assert!(!problem.errors.iter().any(|fault| fault.say.contains("line 1")), "{problem:?}");
    }

    #[test]
    fn a_fault_is_told_with_its_place() {
        check(r#"{"lines":[{"a/b":1},{"a/b":"x"}]}"#, 422, "/lines/1/a~1b");
        check(r#"{"lines":[],"colour":1}"#, 422, "/colour");
        check(r#"{"lines":[{"a/b":1,"lane":[null]}]}"#, 422, "/lines/0/lane/0");
        check("{}", 422, "");
        check("[[]]", 422, "");
        check("{", 400, "");
        check(r#"{"lines":[]} x"#, 400, "");
        check("\u{0}", 400, "");
    }
}
