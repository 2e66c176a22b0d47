//! What a request carries to prove who sends it, and whether a browser was made to send it.
//!
//! Owns: the header `Authorization`, the cookies of sessions and of the shop that is looked at, and the check of where a
//! request comes from.

use crate::app::{Cookies, Kept, Settings};
use crate::problem::Problem;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use flow::people::{Proof, SESSION_LASTS_MS};

/// Tells which shop a browser looks at.
const SHOP: &str = "baton-shop";
const DEMO: &str = "demo";

/// A header of an answer.
pub(crate) type Told = (HeaderName, HeaderValue);

impl Settings {
    /// `__Host-` makes browsers keep it to this host, this path and HTTPS.
    fn session_cookie(&self) -> &'static str {
        match (self.cookies, self.kept) {
            (Cookies::Secure, Kept::Own) => "__Host-baton",
            (Cookies::Plain, Kept::Own) => "baton",
            (Cookies::Secure, Kept::Demo) => "__Host-baton-demo",
            (Cookies::Plain, Kept::Demo) => "baton-demo",
        }
    }

    fn set(&self, (name, value): (&str, &str), lasts_s: i64) -> Told {
        let secure = match self.cookies {
            Cookies::Secure => "; Secure",
            Cookies::Plain => "",
        };
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={lasts_s}{secure}");
        // Names and secrets are letters, digits, `-` and `_`.
        (header::SET_COOKIE, HeaderValue::try_from(cookie).unwrap_or(HeaderValue::from_static("")))
    }

    /// The header of an answer that signs a browser in.
    pub(crate) fn signed_in(&self, secret: &str) -> Told {
        self.set((self.session_cookie(), secret), SESSION_LASTS_MS / 1_000)
    }

    /// The header of an answer that signs it out.
    pub(crate) fn signed_out(&self) -> Told {
        self.set((self.session_cookie(), ""), 0)
    }

    /// The header of an answer from which on a browser looks at the demo shop.
    pub(crate) fn looks_at_demo(&self) -> Told {
        self.set((SHOP, DEMO), SESSION_LASTS_MS / 1_000)
    }

    /// The headers of an answer from which on it looks at the shop's own books, and has no key to the demo's.
    pub(crate) fn looks_at_own(&self) -> [Told; 2] {
        let demo = Settings { kept: Kept::Demo, ..self.clone() };
        [self.set((SHOP, ""), 0), demo.signed_out()]
    }
}

/// Whether a browser looks at the demo shop.
pub(crate) fn is_at_demo(headers: &HeaderMap) -> bool {
    cookie(headers, SHOP) == Some(DEMO)
}

fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == wanted && !value.is_empty()).map(|(_, value)| value)
}

/// The proof of a request; `None`: it carries none. A token goes before a cookie.
///
/// # Errors
/// `Authorization` is not of a form that is known here.
pub(crate) fn proof_of(headers: &HeaderMap, settings: &Settings) -> Result<Option<Proof>, Problem> {
    if let Some(given) = headers.get(header::AUTHORIZATION) {
        let token = given.to_str().ok().and_then(|given| given.split_once(' '));
        return match token {
            Some((kind, secret)) if kind.eq_ignore_ascii_case("bearer") => {
                Ok(Some(Proof::Token(secret.trim().to_owned())))
            }
            _ => Err(Problem::not_signed_in("write the token as: Authorization: Bearer baton_…")),
        };
    }
    Ok(cookie(headers, settings.session_cookie()).map(|secret| Proof::Session(secret.to_owned())))
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
