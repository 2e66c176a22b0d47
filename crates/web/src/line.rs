//! Whether anybody between a browser and here could read along.

use crate::app::App;
use crate::handshake::Wire;
use crate::serve::Peer;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;

/// How a request came from whoever sent it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Line {
    /// Over TLS, to here or to a proxy of one's own, or from this machine itself.
    Private,
    /// In plain HTTP, from another machine.
    Plain,
}

impl FromRequestParts<App> for Line {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Line, Infallible> {
        let is_tls = parts.extensions.get() == Some(&Wire::Tls);
        let is_here =
            parts.extensions.get::<Peer>().is_some_and(|peer| peer.0.ip().to_canonical().is_loopback());
        Ok(match is_tls || is_private(&parts.headers, app.settings.proxies, is_here) {
            true => Line::Private,
            false => Line::Plain,
        })
    }
}

/// What a stranger writes into `X-Forwarded-Proto` is believed only behind proxies of one's own.
fn is_private(headers: &HeaderMap, proxies: usize, is_here: bool) -> bool {
    if proxies == 0 || !headers.contains_key("x-forwarded-for") {
        return is_here;
    }
    let told = headers.get_all("x-forwarded-proto").iter().filter_map(|value| value.to_str().ok());
    let told: Vec<&str> = told.flat_map(|line| line.split(',')).map(str::trim).collect();
    // One that each proxy adds to, or one that the last wrote anew.
    let outermost = told.len().checked_sub(proxies).and_then(|at| told.get(at)).or(told.last());
    outermost.is_some_and(|protocol| protocol.eq_ignore_ascii_case("https"))
}

#[cfg(test)]
mod tests {
    use super::is_private;
    use axum::http::HeaderMap;

    fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
        let pairs = all.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        pairs.collect()
    }

    #[test]
    fn a_strangers_word_for_https_is_believed_only_behind_a_proxy() {
        let told = headers(&[("x-forwarded-for", "203.0.113.5"), ("x-forwarded-proto", "https")]);
        assert!(!is_private(&told, 0, false));
        assert!(is_private(&told, 1, true));
        let lied = headers(&[("x-forwarded-for", "203.0.113.5"), ("x-forwarded-proto", "https, http")]);
        assert!(!is_private(&lied, 1, true));
    }

    #[test]
    fn a_proxy_that_says_nothing_or_http_is_taken_to_speak_plainly() {
        assert!(!is_private(&headers(&[("x-forwarded-for", "203.0.113.5")]), 1, true));
        let plain = headers(&[("x-forwarded-for", "203.0.113.5"), ("x-forwarded-proto", "http")]);
        assert!(!is_private(&plain, 1, true));
    }

    #[test]
    fn this_machine_itself_is_overheard_by_nobody_with_a_proxy_or_without() {
        let bare = HeaderMap::new();
        assert!(is_private(&bare, 0, true) && is_private(&bare, 1, true) && !is_private(&bare, 0, false));
    }
}
