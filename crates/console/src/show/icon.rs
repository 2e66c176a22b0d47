//! Icons out of the one picture that has them all.

use super::Markup;
use askama::filters::Safe;

/// An icon that says nothing to those who hear the page: what it means stands beside it.
pub(crate) fn icon(name: &str) -> Markup {
    Safe(format!(
        "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{}#i-{name}\"/></svg>",
        assets::icons()
    ))
}
