//! What a shopper is known by in texts, and texts without it.
//!
//! Owns: which words are the shopper's alone and which others may have, too, and finding them however they are written:
//! in capitals, in JSON, in the address of a page. Refuses to know: where texts come from.

use crate::find_orders::{reversed_digits, words};
use crate::order::Document;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Stands where something of a person stood.
pub const MARK: &str = "[…]";

/// Digits of a telephone number that are nobody else's: fewer are a number of the house, or of an order.
const FEWEST_DIGITS: usize = 7;
/// Letters of a name or street that are looked for in texts about other things: shorter ones are words of the language.
const FEWEST_LETTERS: usize = 8;
/// Letters of a word that is looked for in texts of the shopper's own orders.
const FEWEST_OF_WORD: usize = 3;
/// What follows the point in the name of a file, and is no country.
const ENDINGS_OF_FILES: [&str; 7] = ["csv", "json", "pdf", "tsv", "txt", "xls", "xlsx"];

/// How much of a text is the shopper's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Of {
    /// It belongs to another order: only what is the shopper's alone, an e-mail address or a telephone number.
    Others,
    /// It belongs to nobody: names and streets, too.
    Nobody,
    /// It belongs to an order of the shopper: every word of the name, too.
    Shopper,
}

/// What to look for.
#[derive(Clone, Default, Debug)]
pub(crate) struct Person {
    alone: Vec<Sought>,
    named: Vec<Sought>,
    own: Vec<Sought>,
}

/// A text that is looked for, in small letters where they are ASCII, so that places in the two texts are the same.
///
/// Invariant: it is found as a word only, not in the middle of another: what goes on before or after it is somebody else's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Sought {
    text: String,
    is: Is,
}

/// What may not stand beside a text depends on what it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Is {
    Email,
    Digits,
    Words,
}

impl Person {
    pub(crate) fn of<'d>(documents: impl Iterator<Item = &'d Document>) -> Person {
        let (mut alone, mut named, mut own) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for document in documents {
            let (customer, to) = (&document.customer, &document.ship_to);
            let email = customer.email.trim();
            if email.contains('@') {
                alone.insert(email.to_owned());
            }
            own.insert(email.to_owned());
            let digits: String = customer.phone.chars().filter(char::is_ascii_digit).collect();
            for phone in [customer.phone.trim(), &digits] {
                match is_of_one_person(phone) {
                    true => alone.insert(phone.to_owned()),
                    false => own.insert(phone.to_owned()),
                };
            }
            for text in [&customer.name, &to.name, &to.line1, &to.line2].map(|text| text.trim()) {
                match text.chars().count() >= FEWEST_LETTERS && text.contains(char::is_whitespace) {
                    true => named.insert(text.to_owned()),
                    false => own.insert(text.to_owned()),
                };
            }
            for name in [&customer.name, &to.name] {
                own.extend(name.split_whitespace().map(str::to_owned));
                own.extend(words(name));
            }
        }
        own.retain(|text| text.chars().count() >= FEWEST_OF_WORD);
        Person { alone: sought(alone), named: sought(named), own: sought(own) }
    }

    /// The text without the shopper; `None`: nothing of the shopper is in it.
    pub(crate) fn taken_out(&self, text: &str, of: Of) -> Option<String> {
        let lists: &[&[Sought]] = match of {
            Of::Others => &[&self.alone],
            Of::Nobody => &[&self.alone, &self.named],
            Of::Shopper => &[&self.alone, &self.named, &self.own],
        };
        let low = text.to_ascii_lowercase();
        let (mut out, mut at) = (String::new(), 0);
        while let Some((from, to)) = first(lists, &low, at) {
            out.push_str(&text[at..from]);
            out.push_str(MARK);
            at = to;
        }
        if at == 0 {
            return None;
        }
        out.push_str(&text[at..]);
        Some(out)
    }

    pub(crate) fn is_in(&self, text: &str, of: Of) -> bool {
        self.taken_out(text, of).is_some()
    }
}

/// Where the first of them stands from `at` on; of several there, the longest.
fn first(lists: &[&[Sought]], low: &str, at: usize) -> Option<(usize, usize)> {
    let all = lists.iter().flat_map(|list| list.iter());
    let found = all.filter_map(|sought| sought.find(low, at));
    found.min_by_key(|(from, to)| (*from, Reverse(*to)))
}

/// A telephone number that is one shopper's: no number of the house, and none that stands for having none.
pub(super) fn is_of_one_person(phone: &str) -> bool {
    let digits = reversed_digits(phone);
    let is_placeholder = digits.chars().all(|digit| digits.starts_with(digit));
    digits.len() >= FEWEST_DIGITS && !is_placeholder
}

impl Sought {
    fn find(&self, low: &str, at: usize) -> Option<(usize, usize)> {
        let mut places = low[at..].match_indices(&self.text).map(|(i, found)| (at + i, at + i + found.len()));
        places.find(|(from, to)| self.stands_alone(&low[..*from], &low[*to..]))
    }

    fn stands_alone(&self, before: &str, after: &str) -> bool {
        let starts_as_word = self.text.starts_with(char::is_alphanumeric);
        let ends_as_word = self.text.ends_with(char::is_alphanumeric);
        let last = last_letter(before);
        if starts_as_word && (last.is_some_and(char::is_alphanumeric) || self.is_half_an_escape(before)) {
            return false;
        }
        if ends_as_word && after.starts_with(char::is_alphanumeric) {
            return false;
        }
        match self.is {
            Is::Email => !last.is_some_and(|letter| "._+-".contains(letter)) && !goes_on_as_address(after),
            Is::Digits => !is_part_of_number(before, after),
            Is::Words => true,
        }
    }

    /// The first letter is that of `\n`: what stands there is another word, on a line of its own.
    fn is_half_an_escape(&self, before: &str) -> bool {
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        backslashes % 2 == 1 && self.text.starts_with(['b', 'f', 'n', 'r', 't', 'u'])
    }
}

/// The letter at the end, also where it is written as in the address of a page (`%20`) or in JSON (`\n`).
fn last_letter(text: &str) -> Option<char> {
    let (mut rest, mut bytes) = (text.as_bytes(), Vec::new());
    // No letter has more bytes.
    while let [start @ .., b'%', high, low] = rest
        && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        && bytes.len() < 4
    {
        bytes.insert(0, high * 16 + low);
        rest = start;
    }
    if !bytes.is_empty() {
        return String::from_utf8_lossy(&bytes).chars().next_back();
    }
    match text.as_bytes() {
        [.., b'\\', b'b' | b'f' | b'n' | b'r' | b't'] => Some('\n'),
        [.., b'\\', b'u', a, b, c, d] => match [a, b, c, d].map(|digit| hex(*digit)) {
            [Some(a), Some(b), Some(c), Some(d)] => {
                let code = [a, b, c, d].into_iter().fold(0, |code, digit| code * 16 + u32::from(digit));
                // Half of a pair is a picture or a rare letter.
                Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
            }
            _ => text.chars().next_back(),
        },
        _ => text.chars().next_back(),
    }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// `.br` after `ann@gmail.com` makes it the address of somebody else; the end of a sentence or of the name of a file does not.
fn goes_on_as_address(after: &str) -> bool {
    let end = after.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.' && letter != '-');
    let rest = after[..end.unwrap_or(after.len())].trim_end_matches(['.', '-']);
    rest.rsplit_once('.').is_some_and(|(_, last)| !ENDINGS_OF_FILES.contains(&last))
}

/// Digits beside a point with more digits, or a number of JSON, which is no text: a time, an amount.
fn is_part_of_number(before: &str, after: &str) -> bool {
    let is_digit = |letter: char| letter.is_ascii_digit();
    before.strip_suffix('.').is_some_and(|before| before.ends_with(is_digit))
        || after.strip_prefix('.').is_some_and(|after| after.starts_with(is_digit))
        || before.trim_end().strip_suffix(':').is_some_and(|before| before.trim_end().ends_with('"'))
            && after.trim_start().starts_with([',', '}'])
}

/// Each as it may be written: in letters of either kind, within JSON, in the address of a page.
fn sought(texts: BTreeSet<String>) -> Vec<Sought> {
    let mut all = BTreeSet::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        let is = match text.as_str() {
            email if email.contains('@') => Is::Email,
            digits if digits.chars().all(|letter| letter.is_ascii_digit()) => Is::Digits,
            _ => Is::Words,
        };
        for cased in [text.to_lowercase(), text.to_uppercase(), text.clone()] {
            let json = serde_json::Value::from(cased.as_str()).to_string();
            let address = in_address(&cased);
            let written = [&json[1..json.len() - 1], &cased, &address, &address.replace("%20", "+")]
                .map(str::to_ascii_lowercase);
            all.extend(written.into_iter().map(|text| Sought { text, is }));
        }
    }
    all.into_iter().collect()
}

fn in_address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            letter if letter.is_ascii_alphanumeric() => out.push(char::from(letter)),
            other => {
                // Writing to a text does not fail.
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Of, Person, is_of_one_person};
    use crate::order::{Address, Customer, Document};

    fn person() -> Person {
        let document = Document {
            service: String::new(),
            deliver_by: String::new(),
            currency: "USD".to_owned(),
            customer: Customer {
                name: "Gréta Ömer-Quill".to_owned(),
                email: "Greta@quill.example".to_owned(),
                phone: "+1 (503) 555-0147".to_owned(),
            },
            ship_to: Address { line1: "9 Odd \"Row\" Lane".to_owned(), ..Address::default() },
            pickup_at: String::new(),
            slot_ms: None,
            split: String::new(),
            tags: Vec::new(),
            lines: Vec::new(),
            shipping_minor: 0,
            erased_at_ms: None,
        };
        Person::of([document].iter())
    }

    fn check(of: Of, text: &str, expected: &str) {
        assert_eq!(person().taken_out(text, of).as_deref().unwrap_or("nothing"), expected, "{text}");
    }

    #[test]
    fn what_is_one_shoppers_alone_is_found_however_it_is_written() {
        check(Of::Others, "mail GRETA@QUILL.EXAMPLE, 15035550147", "mail […], […]");
        check(Of::Others, "search=greta%40quill.example&x=1", "search=[…]&x=1");
        check(Of::Others, "search=%2B1+%28503%29+555-0147", "search=[…]");
    }

    #[test]
    fn an_address_or_number_within_a_longer_one_is_somebody_elses() {
        for text in [
            "jogreta@quill.example",
            "jo.greta@quill.example",
            "search=jo%2Bgreta%40quill.example",
            r"Jo\u00f6greta@quill.example",
            "greta@quill.example.br",
            r#"{"at_ms":1715035550147}"#,
            r#"{"at_ms":15035550147123}"#,
            r#"{"units":15035550147}"#,
            r#"{"latitude":45.15035550147}"#,
        ] {
            check(Of::Others, text, "nothing");
        }
        check(
            Of::Others,
            "Write to greta@quill.example. Or jogreta@quill.example",
            "Write to […]. Or jogreta@quill.example",
        );
        check(Of::Others, "greta@quill.example.csv", "[…].csv");
        check(Of::Others, "Jo,15035550147,Odd Row", "Jo,[…],Odd Row");
        check(Of::Others, r#"{"to":"15035550147"}"#, r#"{"to":"[…]"}"#);
    }

    #[test]
    fn what_stands_after_a_space_of_an_address_or_a_line_of_json_is_found() {
        check(Of::Others, "search=%20greta%40quill.example", "search=%20[…]");
        check(Of::Others, "search=%20greta@quill.example", "search=%20[…]");
        check(Of::Others, r#"{"note":"a\ngreta@quill.example\r"}"#, r#"{"note":"a\n[…]\r"}"#);
        check(Of::Others, r#"{"note":"\"greta@quill.example\""}"#, r#"{"note":"\"[…]\""}"#);
        check(Of::Others, r#"{"note":"\u00a0greta@quill.example"}"#, r#"{"note":"\u00a0[…]"}"#);
    }

    #[test]
    fn a_number_that_stands_for_none_is_nobodys() {
        assert!(is_of_one_person("+1 (503) 555-0147"));
        for phone in ["", "12345", "000 000 0000", "9999999"] {
            assert!(!is_of_one_person(phone), "{phone}");
        }
    }

    #[test]
    fn a_name_or_street_stays_in_what_belongs_to_another_order() {
        check(Of::Others, "gréta ömer-quill of 9 Odd \"Row\" Lane", "nothing");
        check(Of::Nobody, "GRÉTA ÖMER-QUILL of 9 odd \"row\" lane", "[…] of […]");
        check(Of::Nobody, r#"{"at":"9 Odd \"Row\" Lane"}"#, r#"{"at":"[…]"}"#);
        check(Of::Nobody, "name=Gr%C3%A9ta+%C3%96mer-Quill", "name=[…]");
    }

    #[test]
    fn in_texts_of_the_shoppers_orders_each_word_of_the_name_counts_but_no_part_of_another_word() {
        check(Of::Shopper, "Gréta said: not quillwork, says greta", "[…] said: not quillwork, says […]");
        check(Of::Nobody, "greta", "nothing");
    }
}
