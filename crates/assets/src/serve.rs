//! Sends the files.
//!
//! A path says its content, so an answer holds for ever and the path serves as its tag. What is asked for under an old path is
//! not there: the page that names it is of another version.

use crate::files::{self, File};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// `/assets/*`, open to everybody.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(send))
}

async fn send(request: Request) -> Response {
    match files::at(request.uri().path()) {
        Some(file) => answer(file, request.headers()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn answer(file: &'static File, asked: &HeaderMap) -> Response {
    let (bytes, encoding) = choose(file, asked);
    let tag = format!("\"{}{}\"", file.url.trim_start_matches("/assets/"), encoding.unwrap_or_default());
    let is_known = asked.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let status = if is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let body = if is_known { Body::empty() } else { Body::from(bytes) };
    let always: [(HeaderName, &str); 5] = [
        (CACHE_CONTROL, FOR_EVER),
        (CONTENT_TYPE, file.kind),
        (VARY, "accept-encoding"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (ETAG, &tag),
    ];
    let answer = (status, always, body).into_response();
    match encoding {
        Some(encoding) => ([(CONTENT_ENCODING, encoding)], answer).into_response(),
        None => answer,
    }
}

/// The smallest form that the browser takes, and its name.
fn choose(file: &File, asked: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
    match (file.br, file.gz) {
        (Some(bytes), _) if takes(asked, "br") => (bytes, Some("br")),
        (_, Some(bytes)) if takes(asked, "gzip") => (bytes, Some("gzip")),
        _ => (file.plain, None),
    }
}

/// Is the encoding listed, and not with `q=0`?
fn takes(asked: &HeaderMap, encoding: &str) -> bool {
    let listed = asked.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    listed.flat_map(|value| value.split(',')).any(|part| {
        let mut words = part.split(';').map(str::trim);
        let is_named = words.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        is_named && !words.any(|word| word.trim_start_matches("q=").parse() == Ok(0.0_f32))
    })
}

#[cfg(test)]
mod tests {
    use super::{answer, choose, router, takes};
    use crate::files::{FILES, at, url};
    use axum::http::header::{
        ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    };
    use axum::http::{HeaderMap, HeaderName, StatusCode};

    fn asking(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn a_file_holds_for_ever_and_says_what_it_is() {
        let sent = answer(at(url("app.css")).unwrap(), &HeaderMap::new());
        assert_eq!(sent.status(), StatusCode::OK);
        assert_eq!(sent.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(sent.headers()[CONTENT_TYPE], "text/css; charset=utf-8");
        assert_eq!(sent.headers().get(CONTENT_ENCODING), None);
    }

    #[test]
    fn a_browser_gets_the_smallest_form_that_it_takes() {
        for file in FILES.iter().filter(|file| file.br.is_some()) {
            let size = |asked: &str| choose(file, &asking(ACCEPT_ENCODING, asked)).0.len();
            assert!(size("gzip, br") <= size("gzip") && size("gzip") <= size("identity"), "{}", file.name);
            let sent = answer(file, &asking(ACCEPT_ENCODING, "gzip, deflate, br"));
            assert_eq!(sent.headers()[CONTENT_ENCODING], "br", "{}", file.name);
        }
    }

    #[test]
    fn an_encoding_is_taken_when_it_is_listed_and_not_ruled_out() {
        let takes = |listed: &str, encoding| takes(&asking(ACCEPT_ENCODING, listed), encoding);
        assert!(takes("gzip, deflate, br", "br"));
        assert!(takes("GZIP;q=0.5", "gzip"));
        assert!(!takes("gzip, br;q=0", "br"));
        assert!(!takes("brotli", "br"));
    }

    #[test]
    fn who_has_a_file_is_told_so_and_each_form_has_a_tag_of_its_own() {
        let file = at(url("app.js")).unwrap();
        let tag = answer(file, &HeaderMap::new()).headers()[ETAG].clone();
        let again = answer(file, &asking(IF_NONE_MATCH, tag.to_str().unwrap()));
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        if file.br.is_some() {
            assert_ne!(answer(file, &asking(ACCEPT_ENCODING, "br")).headers()[ETAG], tag);
        }
    }

    #[test]
    fn another_path_has_no_file() {
        for path in ["/assets/app.js", "/assets/", "/assets/../lib.rs", "/app.js"] {
            assert!(at(path).is_none(), "{path}");
        }
        let _: axum::Router = router();
    }
}
