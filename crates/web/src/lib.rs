//! The JSON API over HTTP.
//!
//! Owns: routes, who may use which, and how requests and refusals look on the wire. Refuses to know: SQL and rules of
//! the trade: a handler asks who, does one verb, and answers.
