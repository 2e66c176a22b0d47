//! What spreadsheets do to cells, found in the whole table before anybody reads it.
//!
//! Owns: how each of them looks, and what to say of it. Refuses to know: what is done about it.

use super::field::Field;
use super::known::plain;

/// Something that is wrong in many cells of a column, or may be. Codes are permanent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quirk {
    pub code: &'static str,
    pub column: String,
    /// How many rows have it, and the first of them.
    pub rows: u64,
    pub first_row: u64,
    pub sample: String,
    /// What it means, and what to do.
    pub say: &'static str,
}

const ALL: [(&str, &str); 5] = [
    (
        "scientific_number",
        "a spreadsheet has shortened codes to numbers such as 4.01E+12, and the digits are lost; export the file again \
         and do not save it in a spreadsheet, or format the column as text first",
    ),
    (
        "lost_leading_zeros",
        "these codes are one digit short and right with a zero in front, which a spreadsheet has dropped; export the \
         file again, or format the column as text",
    ),
    (
        "decimal_comma",
        "a comma marks the decimals here, though commas separate the cells; write a point, or separate the cells by \
         semicolons",
    ),
    ("not_stocked", "these rows say `not stocked` and change nothing"),
    ("below_zero", "there cannot be fewer than none on a shelf; count these shelves and write what is there"),
];

/// The quirks of one column, as its cells come.
pub(super) struct Watch {
    is_code: bool,
    is_barcode: bool,
    is_units: bool,
    is_number: bool,
    found: [Option<Seen>; ALL.len()],
}

struct Seen {
    rows: u64,
    first_row: u64,
    sample: String,
}

impl Watch {
    pub(super) fn of(name: &str, field: Option<&Field>) -> Watch {
        let name = plain(name);
        let is_barcode = ["barcode", "gtin", "upc", "ean", "isbn"].iter().any(|word| name.contains(word));
        Watch {
            is_code: is_barcode || field == Some(&Field::Sku),
            is_barcode,
            is_units: field.is_some_and(Field::is_units),
            is_number: field.is_some_and(Field::is_number),
            found: [const { None }; ALL.len()],
        }
    }

    pub(super) fn see(&mut self, row: u64, cell: &[u8], separator: u8) {
        if cell.is_empty() {
            return;
        }
        let found = [
            self.is_code && is_scientific(cell),
            self.is_barcode && has_lost_a_zero(cell),
            self.is_number && separator != b';' && has_decimal_comma(cell),
            self.is_units && cell.eq_ignore_ascii_case(b"not stocked"),
            self.is_units && cell[0] == b'-' && cell.len() > 1 && cell[1..].iter().all(u8::is_ascii_digit),
        ];
        for (seen, _) in self.found.iter_mut().zip(found).filter(|(_, is_so)| *is_so) {
            let first = || Seen {
                rows: 0,
                first_row: row,
                sample: String::from_utf8_lossy(&cell[..cell.len().min(40)]).into_owned(),
            };
            seen.get_or_insert_with(first).rows += 1;
        }
    }

    pub(super) fn told(self, column: &str) -> impl Iterator<Item = Quirk> {
        let column = column.to_owned();
        ALL.iter().zip(self.found).filter_map(move |((code, say), seen)| {
            let Seen { rows, first_row, sample } = seen?;
            Some(Quirk { code, column: column.clone(), rows, first_row, sample, say })
        })
    }
}

/// `4.01E+12`, `4,01e+12`.
fn is_scientific(cell: &[u8]) -> bool {
    let Some(at) = cell.iter().position(|byte| matches!(byte, b'e' | b'E')) else { return false };
    let (mantissa, exponent) = (&cell[..at], &cell[at + 1..]);
    let Some(exponent) = exponent.strip_prefix(b"+") else { return false };
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let mut parts = mantissa.splitn(2, |byte| matches!(byte, b'.' | b','));
    digits(exponent) && parts.next().is_some_and(digits) && parts.next().is_none_or(digits)
}

fn has_decimal_comma(cell: &[u8]) -> bool {
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let mut parts = cell.strip_prefix(b"-").unwrap_or(cell).splitn(2, |byte| *byte == b',');
    parts.next().is_some_and(digits) && parts.next().is_some_and(digits)
}

/// Eleven digits that are a code of twelve, or seven that are one of eight, with a zero in front. One in ten such numbers
/// is so by chance.
fn has_lost_a_zero(cell: &[u8]) -> bool {
    matches!(cell.len(), 7 | 11) && cell.iter().all(u8::is_ascii_digit) && is_checked(cell)
}

/// The last digit is the check digit of those before it, by GS1: weights 3 and 1 from the right. Zeros in front count
/// nothing.
fn is_checked(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, digit)| u32::from(digit - b'0') * if i % 2 == 1 { 3 } else { 1 })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, field: Option<Field>, cell: &str, codes: &[&str]) {
        let mut watch = Watch::of(name, field.as_ref());
        watch.see(2, cell.as_bytes(), b',');
        let found: Vec<&str> = watch.told(name).map(|quirk| quirk.code).collect();
        assert_eq!(found, codes, "{name}: {cell}");
    }

    #[test]
    fn what_spreadsheets_do_to_cells_is_found_where_it_matters() {
        check("Variant Barcode", None, "4.01E+12", &["scientific_number"]);
        check("SKU", Some(Field::Sku), "4,01e+12", &["scientific_number"]);
        check("Notes", None, "4.01E+12", &[]);
        check("SKU", Some(Field::Sku), "BLUE+2", &[]);
        // 036000291452 without its zero.
        check("UPC", None, "36000291452", &["lost_leading_zeros"]);
        check("UPC", None, "036000291452", &[]);
        check("UPC", None, "36000291453", &[]);
        check("Price", Some(Field::Product("price_usd")), "12,50", &["decimal_comma"]);
        check("On hand", Some(Field::Units), "not stocked", &["not_stocked"]);
        check("On hand", Some(Field::Units), "-3", &["below_zero"]);
        check("On hand", Some(Field::Units), "3", &[]);
    }
}
