//! What a request carries to prove who sends it, and whether a browser was made to send it.
//!
//! Owns: the header `Authorization`, the cookie of sessions, and the check of where a request comes from.

use crate::app::Cookies;
use crate::problem::Problem;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use flow::people::{Proof, SESSION_LASTS_MS};

impl Cookies {
    /// `__Host-` makes browsers keep it to this host, this path and HTTPS.
    fn name(self) -> &'static str {
        match self {
            Cookies::Secure => "__Host-baton",
            Cookies::Plain => "baton",
        }
    }

    fn set(self, value: &str, lasts_s: i64) -> HeaderValue {
        let secure = match self {
            Cookies::Secure => "; Secure",
            Cookies::Plain => "",
        };
        let name = self.name();
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={lasts_s}{secure}");
        // Names and secrets are letters, digits, `-` and `_`.
        HeaderValue::try_from(cookie).unwrap_or(HeaderValue::from_static(""))
    }

    /// The header of an answer that signs a browser in.
    pub(crate) fn signed_in(self, secret: &str) -> (HeaderName, HeaderValue) {
        (header::SET_COOKIE, self.set(secret, SESSION_LASTS_MS / 1_000))
    }

    /// The header of an answer that signs it out.
    pub(crate) fn signed_out(self) -> (HeaderName, HeaderValue) {
        (header::SET_COOKIE, self.set("", 0))
    }
}

/// The proof of a request; `None`: it carries none. A token goes before a cookie.
///
/// # Errors
/// `Authorization` is not of a form that is known here.
pub(crate) fn proof_of(headers: &HeaderMap, cookies: Cookies) -> Result<Option<Proof>, Problem> {
    if let Some(given) = headers.get(header::AUTHORIZATION) {
        let token = given.to_str().ok().and_then(|given| given.split_once(' '));
        return match token {
            Some((kind, secret)) if kind.eq_ignore_ascii_case("bearer") => {
                Ok(Some(Proof::Token(secret.trim().to_owned())))
            }
            _ => Err(Problem::not_signed_in("write the token as: Authorization: Bearer baton_…")),
        };
    }
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let found = pairs.find(|(name, value)| *name == cookies.name() && !value.is_empty());
    Ok(found.map(|(_, secret)| Proof::Session(secret.to_owned())))
}

/// Refuses what another site made a browser send. Browsers say where a request comes from in `Sec-Fetch-Site`, older ones
/// in `Origin`; programs say nothing, and have no cookies that others could use.
///
/// # Errors
/// It comes from another site.
pub(crate) fn must_be_of_this_site(method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    if method.is_safe() {
        return Ok(());
    }
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let is_ours = match (text(HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, None) => true,
        (None, Some(origin)) => origin.split_once("://").map(|(_, host)| host) == text(header::HOST),
    };
    match is_ours {
        true => Ok(()),
        false => {
            let detail = "another site asked for this; open Baton itself and do it there";
            Err(Problem { code: "cross_site", ..Problem::forbidden(detail) })
        }
    }
}
