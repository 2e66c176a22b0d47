//! What somebody typed into the one box, as what is looked up.

use super::fold::{fold, identifier, letters, reversed_digits};
use crate::refused::Refused;
use crate::shop::Shop;
use store::order_list::{Probe, Search};
use store::order_terms::Term;
use store::places::ProductKey;
use store::{Tx, places};

/// Longest text that is looked for, in bytes.
pub const LONGEST_SEARCH: usize = 200;
/// Most words of it.
pub const MOST_WORDS: usize = 6;
/// Fewer digits are the end of too many telephone numbers.
pub(super) const FEWEST_DIGITS: usize = 4;
/// Fewer letters begin too many names: one letter is a whole name.
const FEWEST_LETTERS: usize = 2;
/// Products of one SKU or code under the bars, whatever their case.
const MOST_PRODUCTS: i64 = 8;

/// What is to be looked up; `None`: nothing was typed.
///
/// # Errors
/// It is too long, or has too many words; the database's.
pub async fn search(tx: &mut Tx, shop: &Shop, text: &str) -> Result<Option<Search>, Refused> {
    let all: Vec<&str> = text.split_whitespace().collect();
    if all.is_empty() {
        return Ok(None);
    }
    if text.len() > LONGEST_SEARCH || all.len() > MOST_WORDS {
        let say = format!(
            "is too long to be looked for; {MOST_WORDS} words or {LONGEST_SEARCH} bytes are the most"
        );
        return Err(Refused::invalid("/search", say));
    }
    let mut words = Vec::with_capacity(all.len());
    for word in &all {
        words.push(probe(tx, shop, word).await?);
    }
    let whole = if all.len() > 1 { Some(as_one(tx, shop, text.trim()).await?) } else { None };
    Ok(Some(Search { words, whole }))
}

/// What one word may be.
async fn probe(tx: &mut Tx, shop: &Shop, word: &str) -> Result<Probe, Refused> {
    let mut probe = as_number(tx, shop, word).await?;
    let name = letters(&fold(word));
    if word.contains('@') && word.trim_matches('@').len() >= FEWEST_LETTERS {
        probe.beginning = Some(Term::email(&word.to_lowercase()));
    } else if let Some(phone) = phone(word) {
        probe.beginning = Some(Term::phone(&phone));
    } else if name.chars().count() >= FEWEST_LETTERS {
        probe.beginning = Some(Term::word(&name));
    } else if !name.is_empty() {
        probe.terms.push(Term::word(&name));
    }
    Ok(probe)
}

/// What several words may be together: a number, or a telephone number, with blanks in it.
async fn as_one(tx: &mut Tx, shop: &Shop, text: &str) -> Result<Probe, Refused> {
    let mut probe = as_number(tx, shop, text).await?;
    probe.beginning = phone(text).map(|phone| Term::phone(&phone));
    Ok(probe)
}

/// The number of an order, of its channel, of a parcel or of a product.
async fn as_number(tx: &mut Tx, shop: &Shop, text: &str) -> Result<Probe, Refused> {
    let mut terms = Vec::new();
    let number = identifier(text);
    if !number.is_empty() {
        terms.push(Term::identifier(&number));
    }
    terms.extend(products_of_code(tx, shop, text).await?.into_iter().map(Term::product));
    let squeezed: String = text.split_whitespace().collect();
    let mut trackings = vec![squeezed.to_uppercase(), squeezed, text.to_owned()];
    trackings.sort_unstable();
    trackings.dedup();
    Ok(Probe { terms, beginning: None, trackings })
}

/// Products of a SKU, whatever its case, or of the code under the bars.
pub(crate) async fn products_of_code(
    tx: &mut Tx,
    shop: &Shop,
    code: &str,
) -> Result<Vec<ProductKey>, Refused> {
    let products = &shop.network.products;
    let same = products.iter().enumerate().filter(|(_, product)| product.sku.eq_ignore_ascii_case(code));
    let same = same.filter_map(|(i, _)| u32::try_from(i).ok()).map(model::ProductId);
    let mut keys: Vec<ProductKey> =
        same.map(|id| shop.product_key(id)).take(MOST_PRODUCTS as usize).collect();
    if code.bytes().all(|byte| byte.is_ascii_digit()) {
        keys.extend(places::products_of_gtin(tx, code, MOST_PRODUCTS).await?);
    }
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}

/// The end of a telephone number, its last digit first; `None`: it is none.
fn phone(text: &str) -> Option<String> {
    let is_phone = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-()./".contains(c));
    let digits = reversed_digits(text);
    (is_phone && digits.len() >= FEWEST_DIGITS).then_some(digits)
}
