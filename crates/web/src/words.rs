//! Words out of a short list: how the description lists them, and what is said of others.

use crate::problem::Problem;
use utoipa::openapi::{ObjectBuilder, Schema, Type};

/// A text that is one of these.
pub(crate) fn schema<const N: usize>(words: [&'static str; N]) -> Schema {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build().into()
}

/// # Errors
/// The query asks for another word.
pub(crate) fn in_query<const N: usize>(
    name: &str,
    asked: Option<&str>,
    words: [&str; N],
) -> Result<(), Problem> {
    match asked.is_none_or(|word| words.contains(&word)) {
        true => Ok(()),
        false => Err(Problem::bad_request("bad_query", format!("{name} is one of {}", words.join(", ")))),
    }
}

/// The word of a body, read.
///
/// # Errors
/// It is another.
pub(crate) fn in_body<T>(
    at: &str,
    word: &str,
    (read, words): (impl Fn(&str) -> Option<T>, &[&str]),
) -> Result<T, Problem> {
    read(word).ok_or_else(|| {
        Problem::invalid(at, format!("“{word}” is not known here; write {}", words.join(", ")))
    })
}
