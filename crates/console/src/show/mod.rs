//! Small things that every page shows: amounts, times, states, icons, links.
//!
//! Owns: how each looks, so that it looks the same everywhere. What is given back is HTML already; whatever came from
//! outside is escaped in it.

mod amount;
mod icon;
mod pill;
mod qr;
mod time;

pub(crate) use amount::{Money, grouped};
pub(crate) use icon::icon;
pub(crate) use pill::pill;
pub(crate) use qr::qr;
pub(crate) use time::{Clock, Span};

use askama::filters::{Html, escape};

/// HTML that is written as it is.
pub(crate) type Markup = askama::filters::Safe<String>;

/// Text, as HTML has it.
pub(crate) fn escaped(text: &str) -> String {
    escape(text, Html).map_or_else(|_| String::new(), |safe| safe.to_string())
}
