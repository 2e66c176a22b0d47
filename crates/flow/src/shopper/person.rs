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
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Sought {
    text: String,
    /// Only as a word: not in the middle of another.
    is_word: bool,
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
            own.insert((email.to_owned(), false));
            let digits: String = customer.phone.chars().filter(char::is_ascii_digit).collect();
            for phone in [customer.phone.trim(), &digits] {
                match reversed_digits(phone).len() >= FEWEST_DIGITS {
                    true => alone.insert(phone.to_owned()),
                    false => own.insert((phone.to_owned(), true)),
                };
            }
            for text in [&customer.name, &to.name, &to.line1, &to.line2].map(|text| text.trim()) {
                match text.chars().count() >= FEWEST_LETTERS && text.contains(char::is_whitespace) {
                    true => named.insert(text.to_owned()),
                    false => own.insert((text.to_owned(), true)),
                };
            }
            for name in [&customer.name, &to.name] {
                own.extend(name.split_whitespace().map(|word| (word.to_owned(), true)));
                own.extend(words(name).into_iter().map(|word| (word, true)));
            }
        }
        let whole = |texts: BTreeSet<String>| sought(texts.into_iter().map(|text| (text, false)));
        let long_enough = |(text, _): &(String, bool)| text.chars().count() >= FEWEST_OF_WORD;
        Person { alone: whole(alone), named: whole(named), own: sought(own.into_iter().filter(long_enough)) }
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

impl Sought {
    fn find(&self, low: &str, at: usize) -> Option<(usize, usize)> {
        let places = low[at..].match_indices(&self.text).map(|(i, found)| (at + i, at + i + found.len()));
        let stands_alone = |(from, to): &(usize, usize)| {
            let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
            !self.is_word
                || !(is_letter(low[..*from].chars().next_back()) || is_letter(low[*to..].chars().next()))
        };
        places.into_iter().find(stands_alone)
    }
}

/// Each as it may be written: in letters of either kind, within JSON, in the address of a page.
fn sought(texts: impl Iterator<Item = (String, bool)>) -> Vec<Sought> {
    let mut all = BTreeSet::new();
    for (text, is_word) in texts.filter(|(text, _)| !text.is_empty()) {
        for cased in [text.to_lowercase(), text.to_uppercase(), text.clone()] {
            let json = serde_json::Value::from(cased.as_str()).to_string();
            let address = in_address(&cased);
            let written = [json.trim_matches('"'), &cased, &address, &address.replace("%20", "+")]
                .map(str::to_ascii_lowercase);
            all.extend(written.into_iter().map(|text| Sought { text, is_word }));
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
    use super::{Of, Person};
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
