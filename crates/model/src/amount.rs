//! Money as people pay it, and cost as the engine counts it.
//!
//! Owns: currencies with their exponent, [`Money`] in minor units, [`Cost`] in 1/10,000 of a major unit.
//! Refuses to know: exchange rates and tax.

use crate::words::grouped;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// A currency: its ISO 4217 code and the number of decimals of its minor unit (0, 2 or 3).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency {
    code: [u8; 3],
    exponent: u8,
}

/// ISO 4217 currencies whose minor unit is the major unit itself.
const WITHOUT_DECIMALS: [&[u8; 3]; 16] = [
    b"BIF", b"CLP", b"DJF", b"GNF", b"ISK", b"JPY", b"KMF", b"KRW", b"PYG", b"RWF", b"UGX", b"UYI", b"VND",
    b"VUV", b"XAF", b"XOF",
];
/// ISO 4217 currencies with three decimals.
const WITH_THREE_DECIMALS: [&[u8; 3]; 7] = [b"BHD", b"IQD", b"JOD", b"KWD", b"LYD", b"OMR", b"TND"];

impl Currency {
    pub const USD: Currency = Currency { code: *b"USD", exponent: 2 };

    /// Reads a three-letter code such as `USD`. Exponents follow ISO 4217; every other code has two decimals.
    /// `None` when the text is not three capital letters.
    pub fn from_code(code: &str) -> Option<Currency> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        if !bytes.iter().all(u8::is_ascii_uppercase) {
            return None;
        }
        let exponent = if WITHOUT_DECIMALS.contains(&&bytes) {
            0
        } else if WITH_THREE_DECIMALS.contains(&&bytes) {
            3
        } else {
            2
        };
        Some(Currency { code: bytes, exponent })
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("???")
    }

    /// Decimals of the minor unit: 2 for US dollars, 0 for yen, 3 for dinars.
    pub fn exponent(&self) -> u8 {
        self.exponent
    }

    /// What goes before an amount: `$`, `€`, `£`, `R$`; otherwise the code and a space.
    pub fn sign(&self) -> &str {
        match &self.code {
            b"USD" => "$",
            b"EUR" => "€",
            b"GBP" => "£",
            b"BRL" => "R$",
            b"JPY" => "¥",
            b"CAD" => "CA$",
            b"AUD" => "A$",
            _ => "",
        }
    }

    /// Cost units (1/10,000 of the major unit) in one minor unit: 100 for US dollars.
    fn cost_per_minor(self) -> i64 {
        match self.exponent {
            0 => 10_000,
            3 => 10,
            _ => 100,
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount that somebody pays, in minor units of a currency (cents).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    /// Divides the amount in proportion to `weights`, in minor units, so that the shares add up to the whole.
    /// What rounding leaves over goes to the largest remainders, then to the earliest shares.
    /// With no weight above zero everything goes to the first share; no weights, no shares.
    pub fn split(&self, weights: &[u64]) -> Vec<Money> {
        let total: u128 = weights.iter().map(|&w| u128::from(w)).sum();
        let whole = u128::from(self.minor.unsigned_abs());
        let mut shares = vec![0i64; weights.len()];
        let mut remainders: Vec<(u128, usize)> = Vec::with_capacity(weights.len());
        let mut given = 0u128;
        for (i, &weight) in weights.iter().enumerate() {
            let product = whole * u128::from(weight);
            let share = product.checked_div(total).unwrap_or(0);
            given += share;
            shares[i] = share as i64;
            remainders.push((product.checked_rem(total).unwrap_or(0), i));
        }
        remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let left = (whole - given) as i64;
        match (total, shares.first_mut()) {
            (0, Some(first)) => *first = left,
            _ => remainders.iter().take(left as usize).for_each(|&(_, i)| shares[i] += 1),
        }
        if self.minor < 0 {
            shares.iter_mut().for_each(|share| *share = -*share);
        }
        shares.into_iter().map(|minor| Money { minor, currency: self.currency }).collect()
    }

    pub fn to_cost(self) -> Cost {
        Cost(self.minor * self.currency.cost_per_minor())
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_cost().show(self.currency))
    }
}

/// A cost in 1/10,000 of the currency's major unit: 10,000 is one dollar. Negative is a gain.
///
/// Rates and wages need more than cents; every sum and comparison of the engine is exact in this unit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Cost(pub i64);

impl Cost {
    pub const ZERO: Cost = Cost(0);
    /// Units in one major unit of the currency.
    pub const PER_MAJOR: i64 = 10_000;

    /// Reads a plain decimal such as `12`, `-0.5` or `3.4075`. `None` for anything else: more than four
    /// decimals, a thousands separator, or a number beyond ±900,000,000,000.
    pub fn from_decimal(text: &str) -> Option<Cost> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && fraction.is_empty() || whole.len() > 12 {
            return None;
        }
        let mut total: i64 = 0;
        for byte in whole.bytes() {
            total = total * 10 + digit(byte)?;
        }
        total *= Cost::PER_MAJOR;
        let mut unit = Cost::PER_MAJOR;
        for byte in fraction.bytes() {
            unit /= 10;
            match digit(byte)? {
                0 => {}
                _ if unit == 0 => return None,
                d => total += d * unit,
            }
        }
        Some(Cost(if negative { -total } else { total }))
    }

    /// The amount rounded half away from zero to the currency's minor unit.
    pub fn round_to_money(self, currency: Currency) -> Money {
        let unit = currency.cost_per_minor();
        let half = unit / 2;
        let minor = if self.0 >= 0 { (self.0 + half) / unit } else { (self.0 - half) / unit };
        Money { minor, currency }
    }

    /// The amount as people read it, rounded to the minor unit: `$2.31`, `−$0.50`, `¥120`, `KWD 1.250`.
    pub fn show(self, currency: Currency) -> Shown {
        Shown { cost: self, currency }
    }

    /// Exactly as stored, four decimals and no sign of a currency: `2.3100`.
    pub fn decimal(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let value = self.0.unsigned_abs();
        format!("{sign}{}.{:04}", value / 10_000, value % 10_000)
    }

    pub fn times(self, count: i64) -> Cost {
        Cost(self.0 * count)
    }

    /// Shared by so many, rounded half away from zero; nothing where there are none.
    pub fn per(self, count: u64) -> Cost {
        let by = i128::from(count);
        if by == 0 {
            return Cost::ZERO;
        }
        let half = if self.0 < 0 { -(by / 2) } else { by / 2 };
        Cost(((i128::from(self.0) + half) / by) as i64)
    }
}

fn digit(byte: u8) -> Option<i64> {
    byte.is_ascii_digit().then(|| i64::from(byte - b'0'))
}

/// See [`Cost::show`].
#[derive(Clone, Copy)]
pub struct Shown {
    cost: Cost,
    currency: Currency,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minor = self.cost.round_to_money(self.currency).minor;
        let scale = 10u64.pow(u32::from(self.currency.exponent));
        let value = minor.unsigned_abs();
        if minor < 0 {
            f.write_str("−")?;
        }
        match self.currency.sign() {
            "" => write!(f, "{} ", self.currency.code())?,
            sign => f.write_str(sign)?,
        }
        f.write_str(&grouped(value / scale))?;
        if self.currency.exponent > 0 {
            write!(f, ".{:0width$}", value % scale, width = usize::from(self.currency.exponent))?;
        }
        Ok(())
    }
}

impl Add for Cost {
    type Output = Cost;
    fn add(self, other: Cost) -> Cost {
        Cost(self.0 + other.0)
    }
}
impl Sub for Cost {
    type Output = Cost;
    fn sub(self, other: Cost) -> Cost {
        Cost(self.0 - other.0)
    }
}
impl Neg for Cost {
    type Output = Cost;
    fn neg(self) -> Cost {
        Cost(-self.0)
    }
}
impl AddAssign for Cost {
    fn add_assign(&mut self, other: Cost) {
        self.0 += other.0;
    }
}
impl SubAssign for Cost {
    fn sub_assign(&mut self, other: Cost) {
        self.0 -= other.0;
    }
}
impl Sum for Cost {
    fn sum<I: Iterator<Item = Cost>>(costs: I) -> Cost {
        costs.fold(Cost::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_exactly_or_refused() {
        assert_eq!(Cost::from_decimal("12"), Some(Cost(120_000)));
        assert_eq!(Cost::from_decimal("-0.5"), Some(Cost(-5_000)));
        assert_eq!(Cost::from_decimal("3.4075"), Some(Cost(34_075)));
        assert_eq!(Cost::from_decimal(".25"), Some(Cost(2_500)));
        assert_eq!(Cost::from_decimal("1.23450"), Some(Cost(12_345)));
        for bad in ["", "-", ".", "1.23456", "1,200", "1e3", "$3", "1234567890123", "NaN", "１"] {
            assert_eq!(Cost::from_decimal(bad), None, "{bad}");
        }
    }

    #[test]
    fn amounts_read_as_people_write_them() {
        let yen = Currency::from_code("JPY").unwrap();
        let dinar = Currency::from_code("KWD").unwrap();
        assert_eq!((Cost(20).per(3), Cost(-20).per(3), Cost(5).per(2)), (Cost(7), Cost(-7), Cost(3)));
        assert_eq!(Cost(9).per(0), Cost::ZERO);
        assert_eq!(Cost(23_149).show(Currency::USD).to_string(), "$2.31");
        assert_eq!(Cost(-5_050).show(Currency::USD).to_string(), "−$0.51");
        assert_eq!(Cost(12_345_678_900).show(Currency::USD).to_string(), "$1,234,567.89");
        assert_eq!(Cost(1_204_999).show(yen).to_string(), "¥120");
        assert_eq!(Cost(12_500).show(dinar).to_string(), "KWD 1.250");
        assert_eq!(Cost(-15).decimal(), "-0.0015");
    }

    #[test]
    fn codes_are_three_capitals() {
        assert_eq!(Currency::from_code("usd"), None);
        assert_eq!(Currency::from_code("US"), None);
        assert_eq!(Currency::from_code("KWD").map(|c| c.exponent()), Some(3));
        assert_eq!(Currency::from_code("JPY").map(|c| c.exponent()), Some(0));
        assert_eq!(Currency::from_code("BRL").map(|c| c.exponent()), Some(2));
    }

    proptest::proptest! {
        #[test]
        fn shares_add_up_to_the_whole(minor in -1_000_000_000i64..1_000_000_000, weights in proptest::collection::vec(0u64..100_000, 1..40)) {
            let whole = Money { minor, currency: Currency::USD };
            let shares = whole.split(&weights);
            proptest::prop_assert_eq!(shares.iter().map(|s| s.minor).sum::<i64>(), minor);
            proptest::prop_assert!(shares.iter().all(|s| s.minor.signum() * minor.signum() >= 0));
        }

        #[test]
        fn decimal_text_reads_back(value in -9_000_000_000_000_000i64..9_000_000_000_000_000) {
            proptest::prop_assert_eq!(Cost::from_decimal(&Cost(value).decimal()), Some(Cost(value)));
        }
    }
}
