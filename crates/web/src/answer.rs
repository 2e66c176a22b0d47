//! Answers of handlers.

use crate::problem::Problem;
use crate::versions::{Versioned, etag};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What a handler gives back.
pub type Answer<T> = Result<T, Problem>;

/// Something new: 201, where it is, its version and itself.
pub struct Created<T> {
    location: String,
    version: i64,
    body: T,
}

impl<T> Created<T> {
    pub fn at(location: String, version: i64, body: T) -> Created<T> {
        Created { location, version, body }
    }
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let mut response = (StatusCode::CREATED, axum::Json(self.body)).into_response();
        if let Ok(location) = HeaderValue::try_from(self.location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response.headers_mut().insert(header::ETAG, etag(self.version));
        response
    }
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        ([(header::ETAG, etag(self.version))], axum::Json(self.body)).into_response()
    }
}
