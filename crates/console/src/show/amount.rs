//! Amounts of money, as the reader's language writes them.

use crate::words::Words;
use model::Currency;

/// Writes amounts of one currency.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Money {
    pub(crate) currency: Currency,
    pub(crate) words: Words,
}

impl Money {
    /// Of minor units.
    pub(crate) fn minor(self, minor: i64) -> String {
        let scale = 10_u64.pow(u32::from(self.currency.exponent()));
        let (value, sign) = (minor.unsigned_abs(), if minor < 0 { "−" } else { "" });
        let locale = self.words.locale();
        let mut digits = grouped(value / scale, locale.group);
        if self.currency.exponent() > 0 {
            let width = usize::from(self.currency.exponent());
            digits.push_str(&format!("{}{:0width$}", locale.decimal, value % scale));
        }
        let (symbol, gap) = match self.currency.sign() {
            "" => (self.currency.code(), "\u{a0}"),
            symbol => (symbol, ""),
        };
        self.words.isolated(match locale.sign_goes_first {
            true => format!("{sign}{symbol}{gap}{digits}"),
            false => format!("{sign}{digits}\u{a0}{symbol}"),
        })
    }

    /// Beside a field for an amount.
    pub(crate) fn sign(self) -> String {
        let sign = if self.currency.sign().is_empty() { self.currency.code() } else { self.currency.sign() };
        sign.to_owned()
    }

    /// Of a decimal string, as decisions have them: `"12.3400"`; what is none is shown as it came.
    pub(crate) fn decimal(self, text: &str) -> String {
        model::Cost::from_decimal(text)
            .map_or_else(|| text.to_owned(), |cost| self.minor(cost.round_to_money(self.currency).minor))
    }

    /// With its sign, also where it is more.
    pub(crate) fn difference(self, minor: i64) -> String {
        if minor > 0 { self.words.isolated(format!("+{}", self.minor(minor))) } else { self.minor(minor) }
    }
}

/// `12,345`.
pub(crate) fn grouped(value: u64, separator: &str) -> String {
    let digits = value.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            written.push_str(separator);
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::Money;
    use crate::words::Words;
    use model::Currency;

    #[test]
    fn an_amount_has_its_sign_its_groups_and_its_decimals() {
        let of = |code: &str| Money { currency: Currency::from_code(code).unwrap(), words: Words::default() };
        assert_eq!(of("USD").minor(-123_456), "−$1,234.56");
        assert_eq!(of("JPY").minor(1_234), "¥1,234");
        assert_eq!(of("CHF").minor(5), "CHF\u{a0}0.05");
        assert_eq!(of("USD").decimal("12.3456"), "$12.35");
        assert_eq!(of("USD").difference(100), "+$1.00");
    }
}
