//! The grammar that all kinds of rules share: words, values, conditions and places.
//!
//! Owns: reading a phrase into the rule tree and writing it back. Refuses to know: what a rule does.

pub(crate) mod conditions;
pub(crate) mod items;
pub(crate) mod lexer;
pub(crate) mod lists;
pub(crate) mod places;
pub(crate) mod reader;
pub(crate) mod regions;
pub(crate) mod strengths;
pub(crate) mod values;

pub(crate) use model::nearest;
pub(crate) use reader::{Read, Reader};

/// One phrase of the vocabulary, for people: the manual's and the page's row about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Phrase {
    /// How it is said, with `…` where a value stands.
    pub form: &'static str,
    /// The form as tiles, one for each way on. None: it is a part of others.
    pub patterns: &'static [&'static str],
    /// A whole sentence that uses it, as it is written.
    pub example: &'static str,
    /// What it means, in a few words.
    pub means: &'static str,
}
