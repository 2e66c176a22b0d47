//! Whole numbers as arguments, refused in words.

use std::ops::RangeInclusive;

/// Reads a whole number of this range.
///
/// # Errors
/// The text is none, or lies outside.
pub(crate) fn whole<T: TryFrom<u64>>(text: &str, range: RangeInclusive<u64>) -> Result<T, String> {
    let (least, most) = (*range.start(), *range.end());
    let number = text.parse::<u64>().ok().filter(|number| range.contains(number));
    number.and_then(|number| T::try_from(number).ok()).ok_or_else(|| match most {
        u64::MAX => format!("write a whole number, {least} or more"),
        _ => format!("write a whole number from {least} to {most}"),
    })
}
