//! Answers of handlers.

use crate::problem::Problem;
use crate::versions::{Versioned, etag};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What a handler gives back.
pub type Answer<T> = Result<T, Problem>;

/// Something new: 201, where it is, its version if it has any, and itself.
pub struct Created<T> {
    location: String,
    version: Option<i64>,
    body: T,
}

impl<T> Created<T> {
    pub fn at(location: String, version: i64, body: T) -> Created<T> {
        Created { location, version: Some(version), body }
    }

    /// It has no versions: whoever reads it gets no ETag either.
    pub fn without_version(location: String, body: T) -> Created<T> {
        Created { location, version: None, body }
    }
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let mut response = (StatusCode::CREATED, axum::Json(self.body)).into_response();
        if let Ok(location) = HeaderValue::try_from(self.location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response.headers_mut().extend(self.version.map(|version| (header::ETAG, etag(version))));
        response
    }
}

/// Something that is done later: 202, where it is told how far it is, and itself.
pub(crate) struct Accepted<T> {
    pub(crate) location: String,
    pub(crate) body: T,
}

impl<T: Serialize> IntoResponse for Accepted<T> {
    fn into_response(self) -> Response {
        let mut response = (StatusCode::ACCEPTED, axum::Json(self.body)).into_response();
        if let Ok(location) = HeaderValue::try_from(self.location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        ([(header::ETAG, etag(self.version))], axum::Json(self.body)).into_response()
    }
}

/// A code as a part of a path: what has a meaning there, or is no ASCII, is written as its bytes (RFC 3986).
pub(crate) fn path_part(code: &str) -> String {
    let written = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    code.bytes().map(written).collect()
}
