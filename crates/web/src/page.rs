//! Lists, a page at a time.
//!
//! Owns: limits and cursors. A cursor is the key of the last row that was shown, so that rows that come or go in between
//! make nobody miss one or see one twice. Refuses to know: what the key is.

use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::{IntoParams, ToSchema};

/// Rows on a page that asks for no number.
const USUAL_LIMIT: i64 = 50;
/// More than this on one page only makes everybody wait.
const LARGEST_LIMIT: i64 = 250;

/// Which part of a list is asked for. In the attribute of a route: `params(Page)`.
#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// How many at most.
    #[param(minimum = 1, maximum = 250, default = 50, required = false)]
    limit: i64,
    /// Where the page before ended: its `next`, as it came.
    #[param(pattern = "^([0-9a-f]{2})+$")]
    cursor: Option<String>,
    #[param(ignore)]
    uri: Uri,
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    pub items: Vec<T>,
    /// The cursor of the page after this one; null on the last.
    pub next: Option<String>,
    /// The same as a link.
    #[serde(skip)]
    #[schema(ignore)]
    link: Option<String>,
}

impl Page {
    /// How many rows to ask for: one more than are shown, to know whether there is a next page.
    pub fn more(&self) -> i64 {
        self.limit + 1
    }

    /// How many at most.
    pub(crate) fn limit(&self) -> usize {
        usize::try_from(self.limit).unwrap_or(0)
    }

    /// The page of rows that were chosen already, and the key after which the next one begins.
    pub(crate) fn list_until<T, K: Serialize>(&self, items: Vec<T>, next: Option<&K>) -> Listed<T> {
        let next = next.and_then(|key| serde_json::to_vec(key).ok()).map(|key| folded(&key));
        let link = next.as_deref().map(|next| self.link(next));
        Listed { items, next, link }
    }

    /// The key after which the page begins; `None`: at the beginning.
    ///
    /// # Errors
    /// The cursor was not given here.
    pub fn after<K: DeserializeOwned>(&self) -> Result<Option<K>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let key = unfolded(cursor).and_then(|bytes| serde_json::from_slice(&bytes).ok());
        key.map(Some).ok_or_else(|| {
            Problem::bad_request(
                "bad_cursor",
                "this cursor was not given here; begin the list again without it",
            )
        })
    }

    /// The page of `rows`, which are [`Page::more`] at most; `key` is what the list is ordered by.
    pub fn list<R, T: From<R>, K: Serialize>(&self, rows: Vec<R>, key: impl Fn(&R) -> K) -> Listed<T> {
        let shown = usize::try_from(self.limit).unwrap_or(0);
        let last = if rows.len() > shown { rows.get(shown.wrapping_sub(1)) } else { None };
        let next = last.and_then(|row| serde_json::to_vec(&key(row)).ok()).map(|key| folded(&key));
        let link = next.as_deref().map(|next| self.link(next));
        Listed { items: rows.into_iter().take(shown).map(T::from).collect(), next, link }
    }

    /// As [`Page::list`], where rows were looked for down to `end` only: the next page goes on from there.
    pub fn list_down_to<R, T: From<R>, K: Serialize>(
        &self,
        (rows, end): (Vec<R>, Option<K>),
        key: impl Fn(&R) -> K,
    ) -> Listed<T> {
        let mut listed = self.list(rows, key);
        let end = end.filter(|_| listed.next.is_none()).and_then(|end| serde_json::to_vec(&end).ok());
        if let Some(end) = end.map(|end| folded(&end)) {
            listed.link = Some(self.link(&end));
            listed.next = Some(end);
        }
        listed
    }

    /// This request, with another cursor.
    fn link(&self, next: &str) -> String {
        let others = self.uri.query().unwrap_or_default().split('&');
        let others = others.filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
        let query: Vec<String> = others.map(str::to_owned).chain([format!("cursor={next}")]).collect();
        format!("<{}?{}>; rel=\"next\"", self.uri.path(), query.join("&"))
    }
}

impl<T> Listed<T> {
    /// The same page, each row as something else.
    pub(crate) fn map<U>(self, into: impl FnMut(T) -> U) -> Listed<U> {
        Listed { items: self.items.into_iter().map(into).collect(), next: self.next, link: self.link }
    }
}

impl<S: Sync> FromRequestParts<S> for Page {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Page, Problem> {
        let mut page = Page { limit: USUAL_LIMIT, cursor: None, uri: parts.uri.clone() };
        let query = page.uri.query().unwrap_or_default().to_owned();
        for pair in query.split('&') {
            match pair.split_once('=') {
                Some(("limit", digits)) => {
                    let limit = digits.parse().ok().filter(|limit| (1..=LARGEST_LIMIT).contains(limit));
                    page.limit = limit.ok_or_else(|| {
                        Problem::bad_request(
                            "bad_query",
                            format!("limit is a number from 1 to {LARGEST_LIMIT}"),
                        )
                    })?;
                }
                Some(("cursor", cursor)) => page.cursor = Some(cursor.to_owned()),
                _ => {}
            }
        }
        Ok(page)
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        let link: Option<HeaderValue> = self.link.as_deref().and_then(|link| link.parse().ok());
        let headers: [Option<(HeaderName, HeaderValue)>; 1] = [link.map(|link| (header::LINK, link))];
        let mut response = axum::Json(self).into_response();
        response.headers_mut().extend(headers.into_iter().flatten());
        response
    }
}

/// Hexadecimal: nothing in it has a meaning in a URL.
fn folded(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unfolded(text: &str) -> Option<Vec<u8>> {
    let is_sound = text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pair = |i: usize| text.get(i..i + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    if is_sound { (0..text.len()).step_by(2).map(pair).collect() } else { None }
}
