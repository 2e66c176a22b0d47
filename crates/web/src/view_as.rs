//! Seeing everything as somebody else would, to know what they see.
//!
//! Owns: the cookie that asks for it. Invariant: it narrows and never widens. It counts for the session that it was made in
//! alone, for owners and managers, towards a role that they may give; of the locations within reach those are left that the
//! other reaches, too; and nothing can be written, but for ending it. What cannot be read in it changes nothing.

use crate::app::{App, Cookies};
use axum::http::{HeaderMap, HeaderValue, header};
use flow::people::{self, Role, Who};

const COOKIE: &str = "baton-view-as";
/// A look, not a way of living.
const LASTS_S: i64 = 60 * 60;

/// As whom somebody looks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Eyes {
    Role(Role),
    /// Somebody, by id.
    Person(String),
}

/// What somebody sees now instead of their own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Viewing {
    pub role: Role,
    /// Whose eyes it is; `None`: anybody's of that role.
    pub name: Option<String>,
}

impl Eyes {
    /// The header that begins it for a session.
    pub fn begun(&self, session_id: &str, cookies: Cookies) -> HeaderValue {
        let as_whom = match self {
            Eyes::Role(role) => role.code(),
            Eyes::Person(id) => id,
        };
        cookie((&format!("{session_id}.{as_whom}"), LASTS_S), cookies)
    }

    fn read(text: &str) -> Eyes {
        Role::of_code(text).map_or_else(|| Eyes::Person(text.to_owned()), Eyes::Role)
    }
}

/// The header that ends it.
pub fn ended(cookies: Cookies) -> HeaderValue {
    cookie(("", 0), cookies)
}

fn cookie((value, lasts_s): (&str, i64), cookies: Cookies) -> HeaderValue {
    let secure = if cookies == Cookies::Secure { "; Secure" } else { "" };
    let text = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={lasts_s}{secure}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// Somebody with the rights that are left of theirs.
pub(crate) async fn narrowed(app: &App, who: Who, headers: &HeaderMap) -> (Who, Option<Viewing>) {
    let Some(eyes) = asked(&who, headers) else { return (who, None) };
    match eyes {
        Eyes::Role(role) => through(who, (role, None)),
        Eyes::Person(id) => match people::user(&app.db, &id).await {
            Ok(person) => {
                let mut who = who;
                who.places = who.places.common_with(&person.places);
                through(who, (person.role, Some(person.name)))
            }
            Err(_) => (who, None),
        },
    }
}

fn through(mut who: Who, (role, name): (Role, Option<String>)) -> (Who, Option<Viewing>) {
    // Less than their own in any case: where they could not give a role, they see what the least of all sees.
    let viewing = match who.role.may_grant(role) {
        true => Viewing { role, name },
        false => Viewing { role: Role::Viewer, name: None },
    };
    who.role = viewing.role;
    (who, Some(viewing))
}

/// What the cookie of this session asks for.
fn asked(who: &Who, headers: &HeaderMap) -> Option<Eyes> {
    let session_id = who.session_id.as_deref()?;
    if !matches!(who.role, Role::Owner | Role::Manager) {
        return None;
    }
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(name, _)| *name == COOKIE)?;
    let (of_session, as_whom) = value.split_once('.')?;
    (of_session == session_id && !as_whom.is_empty()).then(|| Eyes::read(as_whom))
}
