//! Facts and reasons of an order whose shopper is erased.
//!
//! Owns: which of its words stay: codes, places, products, figures. What somebody typed goes as a whole, for a note may tell
//! more of a person than a name. Refuses to know: which tables they stand in.

use super::person::{MARK, Of, Person};
use serde_json::Value;

/// What somebody typed, about whatever it liked to be.
const TYPED: [&str; 6] = ["note", "text", "by", "known_by", "proof", "collected_by"];
/// What somebody typed, or a word of the trade: a word stays.
const REASONS: [&str; 5] = ["reason", "was", "comment", "resolution", "why"];
/// What names things of the shop and its channels, never people.
const OF_THE_SHOP: [&str; 22] = [
    "about",
    "as",
    "at",
    "carrier",
    "channel",
    "external_id",
    "from",
    "id",
    "kind",
    "lane",
    "location",
    "locations",
    "outcome",
    "owner",
    "pickup_at",
    "service",
    "sku",
    "skus",
    "state",
    "substitute",
    "to",
    "tracking",
];
/// Longest word of the trade.
const LONGEST_WORD: usize = 40;

/// Facts without the shopper, as JSON; `None`: nothing of the shopper is in them.
pub(super) fn without(facts: &str, person: &Person) -> Option<String> {
    let Ok(was) = serde_json::from_str::<Value>(facts) else { return person.taken_out(facts, Of::Shopper) };
    let mut is = was.clone();
    rewrite(&mut is, "", person);
    (is != was).then(|| is.to_string())
}

/// A reason without the shopper: a word of the trade, or nothing that can be read.
pub(super) fn reason(text: &str, person: &Person) -> String {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_of_the_trade = text.len() <= LONGEST_WORD && text.bytes().all(is_word);
    match is_of_the_trade && !person.is_in(text, Of::Shopper) {
        true => text.to_owned(),
        false => MARK.to_owned(),
    }
}

fn rewrite(value: &mut Value, key: &str, person: &Person) {
    match value {
        Value::String(text) if text.is_empty() || OF_THE_SHOP.contains(&key) => {}
        Value::String(text) if TYPED.contains(&key) => MARK.clone_into(text),
        Value::String(text) if REASONS.contains(&key) => *text = reason(text, person),
        Value::String(text) => {
            if let Some(without) = person.taken_out(text, Of::Shopper) {
                *text = without;
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|one| rewrite(one, key, person)),
        Value::Object(all) => {
            // What lies within something typed is typed.
            let outer = if TYPED.contains(&key) { Some(key) } else { None };
            all.iter_mut().for_each(|(name, one)| rewrite(one, outer.unwrap_or(name), person));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::person::Person;
    use super::{reason, without};

    #[test]
    fn what_was_typed_goes_and_words_of_the_trade_stay() {
        let nobody = Person::default();
        let facts = r#"{"by":"a neighbour","reason":"payment","sku":"MUG","units":2}"#;
        let expected = r#"{"by":"[…]","reason":"payment","sku":"MUG","units":2}"#;
        assert_eq!(without(facts, &nobody).as_deref(), Some(expected));
        assert_eq!(without(r#"{"reason":"payment","to":"Mall 2"}"#, &nobody), None);
        assert_eq!(reason("waits for a photo of her passport", &nobody), "[…]");
        assert_eq!(reason("", &nobody), "");
    }
}
