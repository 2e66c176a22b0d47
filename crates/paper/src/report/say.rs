//! Figures in words: money, shares, counts, days.
//!
//! Owns: how a figure is written on every page of a report. Refuses to know: what it stands for.

use model::words::MONTHS;
pub(super) use model::words::{capitalized, count, grouped, listed, sentence};
use model::{Cost, Currency, Day, Money};

/// `$2.31`, `−$0.50`.
pub(super) fn money(cost: Cost, currency: Currency) -> String {
    cost.show(currency).to_string()
}

/// With its sign, zero without: `+$2.31`, `−$0.50`, `$0.00`.
pub(super) fn change(cost: Cost, currency: Currency) -> String {
    let text = money(cost, currency);
    if cost.round_to_money(currency).minor > 0 { format!("+{text}") } else { text }
}

/// Without its sign.
pub(super) fn size(cost: Cost, currency: Currency) -> String {
    money(Cost(cost.0.abs()), currency)
}

/// A large amount without cents: `$18,420`; from 100 up, smaller ones keep them.
pub(super) fn big_size(cost: Cost, currency: Currency) -> String {
    let major = cost.0.abs();
    if major < 100 * Cost::PER_MAJOR {
        return size(cost, currency);
    }
    let whole = (major + Cost::PER_MAJOR / 2) / Cost::PER_MAJOR * Cost::PER_MAJOR;
    let text = money(Cost(whole), currency);
    text.split('.').next().unwrap_or(&text).to_owned()
}

/// Basis points as a share: `11%`, `11.4%`, `−0.3%`.
pub(super) fn share(bp: i64) -> String {
    let tenths = (bp.abs() + 5) / 10;
    let sign = if bp < 0 && tenths > 0 { "−" } else { "" };
    match tenths % 10 {
        0 => format!("{sign}{}%", tenths / 10),
        rest => format!("{sign}{}.{rest}%", tenths / 10),
    }
}

/// Always with one decimal, for columns: `98.0%`.
pub(super) fn share_in_column(bp: i64) -> String {
    let text = share(bp);
    if text.contains('.') { text } else { format!("{}.0%", text.trim_end_matches('%')) }
}

/// Percentage points without a sign: `6.1`.
pub(super) fn points(bp: i64) -> String {
    share(bp.abs()).trim_end_matches('%').to_owned()
}

/// Minutes over a stretch of days as hours a week: `6.2`.
pub(super) fn hours_a_week(minutes: u64, days: i64) -> String {
    decimal(minutes as i128 * 7 * 10 / 60, i128::from(days))
}

/// `a ÷ b` with one decimal, `a` given in tenths; `–` when there is nothing to divide by.
fn decimal(tenths: i128, by: i128) -> String {
    if by <= 0 {
        return "–".to_owned();
    }
    let rounded = (tenths + by / 2).div_euclid(by);
    let whole = grouped(u64::try_from(rounded / 10).unwrap_or(u64::MAX));
    format!("{whole}.{}", rounded % 10)
}

/// `a ÷ b` with two decimals.
pub(super) fn ratio(a: u64, b: u64) -> String {
    if b == 0 {
        return "–".to_owned();
    }
    let hundredths = (i128::from(a) * 100 + i128::from(b) / 2) / i128::from(b);
    let whole = grouped(u64::try_from(hundredths / 100).unwrap_or(u64::MAX));
    format!("{whole}.{:02}", hundredths % 100)
}

/// Amounts in the currency's minor unit that add up to a total in it: each is rounded, and what is then missing or
/// too much goes to those that were rounded most. For lists that show their total.
pub(super) fn adding_up(amounts: &[Cost], total: Cost, currency: Currency) -> Vec<Cost> {
    let unit = Money { minor: 1, currency }.to_cost().0;
    let rounded = |cost: &Cost| cost.round_to_money(currency).to_cost();
    let mut shown: Vec<Cost> = amounts.iter().map(rounded).collect();
    let mut missing = (rounded(&total) - shown.iter().copied().sum()).0 / unit;
    let step = unit * missing.signum();
    let mut by_need: Vec<usize> = (0..shown.len()).collect();
    by_need.sort_by_key(|&i| (std::cmp::Reverse((amounts[i] - shown[i]).0 * missing.signum()), i));
    for i in by_need {
        if missing == 0 {
            break;
        }
        shown[i] += Cost(step);
        missing -= missing.signum();
    }
    shown
}

/// Year, month in words, day.
fn civil(day: Day) -> (String, &'static str, String) {
    let iso = day.to_string();
    let mut parts = iso.rsplitn(3, '-');
    let of_month = parts.next().unwrap_or("").trim_start_matches('0').to_owned();
    let month = parts.next().and_then(|m| m.parse::<usize>().ok()).unwrap_or(1);
    let year = parts.next().unwrap_or("").to_owned();
    (year, MONTHS[(month.clamp(1, 12)) - 1], of_month)
}

/// `24 Nov 2026`.
pub(super) fn date(day: Day) -> String {
    let (year, month, of_month) = civil(day);
    format!("{of_month} {month} {year}")
}

/// `Nov 2026`.
pub(super) fn month(day: Day) -> String {
    let (year, month, _) = civil(day);
    format!("{month} {year}")
}

/// Whether a month begins on this day.
pub(super) fn is_first_of_month(day: Day) -> bool {
    civil(day).2 == "1"
}

/// `24 Nov`.
pub(super) fn short_date(day: Day) -> String {
    let (_, month, of_month) = civil(day);
    format!("{of_month} {month}")
}

/// `1 Jul – 30 Sep 2026`; both years when they differ.
pub(super) fn period((first, last): (Day, Day)) -> String {
    let is_one_year = civil(first).0 == civil(last).0;
    let start = if is_one_year { short_date(first) } else { date(first) };
    format!("{start} – {}", date(last))
}

/// A name inside a sentence. One written from right to left is set apart, so that it does not turn the
/// words around it.
pub(super) fn name(name: &str) -> String {
    let is_rtl = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    if name.chars().any(is_rtl) { format!("\u{2068}{name}\u{2069}") } else { name.to_owned() }
}

/// A name that nobody capitalised, as it is written: `sao paulo` becomes `Sao Paulo`. Any other stays as it is.
pub(super) fn place_name(name: &str) -> String {
    if name.chars().any(char::is_uppercase) || !name.contains(' ') && name.contains(char::is_numeric) {
        return name.to_owned();
    }
    let word = |(i, word): (usize, &str)| {
        let is_small = i > 0 && SMALL_WORDS.contains(&word);
        if is_small { word.to_owned() } else { capitalized(word) }
    };
    name.split(' ').enumerate().map(word).collect::<Vec<_>>().join(" ")
}

/// A text with names written as the page writes them, where they stand as whole words.
pub(super) fn renamed(text: &str, names: &[(String, String)]) -> String {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let known = |(old, _): &&(String, String)| {
            !old.is_empty()
                && rest.strip_prefix(old.as_str()).is_some_and(|after| is_edge(after.chars().next()))
        };
        let found = names.iter().find(known).filter(|_| is_edge(told.chars().last()));
        let (new, taken) = found.map_or((&rest[..first.len_utf8()], first.len_utf8()), |n| (&n.1, n.0.len()));
        told.push_str(new);
        rest = &rest[taken..];
    }
    told
}

/// Words inside the names of places that stay small.
const SMALL_WORDS: [&str; 12] = ["da", "das", "de", "del", "der", "di", "do", "dos", "e", "la", "of", "the"];

/// The same text with one sign for "less than zero": `-$0.50` and `-0.5` become `−$0.50` and `−0.5`. A hyphen
/// within a word or a date stays.
pub(super) fn with_minus(text: &str) -> String {
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    let mut told = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        let is_sign = c == '-' && (before.is_whitespace() || "(+".contains(before));
        let is_amount =
            is_sign && chars.peek().is_some_and(|next| next.is_ascii_digit() || is_currency(*next));
        told.push(if is_amount { '−' } else { c });
        if is_amount && chars.peek().is_some_and(|next| !next.is_ascii_digit()) || c == '−' {
            told.push(JOINER);
        }
        before = c;
    }
    told
}

/// Keeps a sign and its amount on one line.
const JOINER: char = '\u{2060}';

/// Signs, and the first letters of those that begin with one, such as `R$`.
fn is_currency(c: char) -> bool {
    "$€£¥₹₩₪₺".contains(c) || c.is_ascii_uppercase()
}

/// As much of an order's number as one needs to find it again.
pub(super) fn short_id(id: &str) -> String {
    if id.chars().count() <= LONGEST_ID {
        return id.to_owned();
    }
    id.chars().take(SHORT_ID).chain(['…']).collect()
}

const LONGEST_ID: usize = 14;
const SHORT_ID: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(money(Cost(-5_000), Currency::USD), "−$0.50");
        assert_eq!(change(Cost(5_000), Currency::USD), "+$0.50");
        assert_eq!(change(Cost(-20), Currency::USD), "$0.00");
        assert_eq!(big_size(Cost(-184_204_999), Currency::USD), "$18,420");
        assert_eq!(big_size(Cost(995_000), Currency::USD), "$99.50");
        assert_eq!(
            (share(1_100), share(1_136), share(-34), share(-4)),
            ("11%".into(), "11.4%".into(), "−0.3%".into(), "0%".into())
        );
        assert_eq!(count(2_310, "order"), "2,310 orders");
        assert_eq!(hours_a_week(600, 14), "5.0");
        assert_eq!(ratio(5, 4), "1.25");
    }

    #[test]
    fn rows_add_up_to_their_total_and_none_is_off_by_a_cent() {
        let rows = [Cost(10_049), Cost(10_049), Cost(-20_030), Cost(149)];
        let total = rows.iter().copied().sum();
        assert_eq!(total, Cost(217));
        let shown = adding_up(&rows, total, Currency::USD);
        assert_eq!(shown, [Cost(10_100), Cost(10_000), Cost(-20_000), Cost(100)]);
        assert_eq!(shown.iter().copied().sum::<Cost>(), Cost(200));
        assert_eq!(adding_up(&[Cost(151), Cost(151)], Cost(302), Currency::USD), [Cost(100), Cost(200)]);
    }

    #[test]
    fn one_minus_sign_stands_on_the_whole_page() {
        let said = with_minus("For -$127.41 (-R$2.17 to -5), on 2026-09-01, ESP-02B - and COF-1.");
        assert_eq!(said, "For −\u{2060}$127.41 (−\u{2060}R$2.17 to −5), on 2026-09-01, ESP-02B - and COF-1.");
    }

    #[test]
    fn what_nobody_capitalised_is_written_as_a_name() {
        assert_eq!(place_name("sao jose dos pinhais"), "Sao Jose dos Pinhais");
        assert_eq!((place_name("eBay shelf"), place_name("p-12")), ("eBay shelf".into(), "p-12".into()));
    }

    #[test]
    fn a_name_is_one_on_the_whole_page() {
        let names =
            [("sao paulo".to_owned(), "Sao Paulo".to_owned()), ("salto".to_owned(), "Salto".to_owned())];
        assert_eq!(
            renamed("salto would cost more than sao paulo; saltos and asalto stay.", &names),
            "Salto would cost more than Sao Paulo; saltos and asalto stay."
        );
    }

    #[test]
    fn a_long_order_number_is_shortened() {
        assert_eq!(short_id("#104233"), "#104233");
        assert_eq!(short_id("e481f51cbdc54678b7cc49136f2d6af7"), "e481f51cbd…");
    }

    #[test]
    fn days_read_as_people_write_them() {
        let day = |iso| Day::from_iso(iso).unwrap();
        assert_eq!(period((day("2026-07-01"), day("2026-09-30"))), "1 Jul – 30 Sep 2026");
        assert_eq!(period((day("2025-12-01"), day("2026-01-31"))), "1 Dec 2025 – 31 Jan 2026");
    }
}
