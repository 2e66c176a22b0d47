//! Decimal text as an integer of a fixed scale, without a float in between.

/// `("42.25875", 4)` is `422588`: digits beyond the scale are rounded half away from zero.
/// `None` when the text is no plain decimal number.
pub(super) fn scaled(text: &str, scale: usize) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    if !all_digits(whole) || !all_digits(part) {
        return None;
    }
    let kept: String = part.chars().chain(std::iter::repeat('0')).take(scale).collect();
    let round_up = part.as_bytes().get(scale).is_some_and(|digit| *digit >= b'5');
    let value: i64 = format!("{whole}{kept}").parse().ok()?;
    value.checked_add(i64::from(round_up))?.checked_mul(sign)
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn decimals_become_integers() {
        for (text, scale, expect) in [
            ("40.8154", 4, Some(408_154)),
            ("42.25875", 4, Some(422_588)),
            ("-72.60635", 4, Some(-726_064)),
            ("-72.60634", 4, Some(-726_063)),
            ("-0.00006", 4, Some(-1)),
            ("7.2", 2, Some(720)),
            ("7", 2, Some(700)),
            ("", 2, None),
            ("7.", 2, None),
            (".5", 2, None),
            ("7.2.1", 2, None),
            ("1e3", 2, None),
            ("+7", 2, None),
        ] {
            assert_eq!(scaled(text, scale), expect, "{text} at scale {scale}");
        }
    }
}
