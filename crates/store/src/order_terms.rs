//! Terms: what an order is found by, one short row each.
//!
//! Owns: their rows, the letters that tell one kind of term from another, and how far they were written for orders that
//! are older than they are. Refuses to know: how texts become terms, and what of an order is worth a term.

use crate::db::{DbError, Tx, Value};
use crate::places::{LocationKey, ProductKey};

/// Longest value of a term, in bytes: longer ones are found by how they begin.
pub const LONGEST: usize = 100;
/// Above all characters: texts that begin with `x` are from `x` on and below `x` with this behind it.
pub(crate) const ABOVE: char = '\u{10ffff}';

/// Something that an order is found by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Term(String);

impl Term {
    /// Its number, or its id at the channel, as people type it.
    pub fn identifier(text: &str) -> Term {
        Term::of('n', text)
    }

    /// A word of a person's name.
    pub fn word(text: &str) -> Term {
        Term::of('w', text)
    }

    pub fn email(text: &str) -> Term {
        Term::of('e', text)
    }

    /// The digits of a telephone number, the last one first: people know how it ends.
    pub fn phone(reversed: &str) -> Term {
        Term::of('p', reversed)
    }

    /// A product that was ordered, or that is in what was ordered.
    pub fn product(key: ProductKey) -> Term {
        Term(format!("s{}", key.0))
    }

    /// A place that was given some of it.
    pub fn location(key: LocationKey) -> Term {
        Term(format!("l{}", key.0))
    }

    pub fn tag(text: &str) -> Term {
        Term::of('t', text)
    }

    /// Perhaps more than one place has some of it: who asks looks at the work itself.
    pub fn split() -> Term {
        Term("kmany".to_owned())
    }

    /// Whether it tells who ordered.
    pub fn is_personal(&self) -> bool {
        self.0.starts_with(['w', 'e', 'p'])
    }

    /// Whether others who have it are the same person: an e-mail address or a telephone number.
    pub fn is_of_one_person(&self) -> bool {
        self.0.starts_with(['e', 'p'])
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    fn of(kind: char, text: &str) -> Term {
        let mut end = text.len().min(LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Term(format!("{kind}{}", &text[..end]))
    }
}

/// An order as terms know it: when it was placed, and its id.
pub type Placed<'a> = (i64, &'a str);

const ADD: &str = "insert into order_terms (term, placed_at, order_id) values ($1, $2, $3)";
/// As many as most orders have, in one way to the database and back.
const AT_ONCE: usize = 8;
const ADD_MISSING: &str = "insert into order_terms (term, placed_at, order_id) values ($3, $1, $2), ($4, $1, $2), \
    ($5, $1, $2), ($6, $1, $2), ($7, $1, $2), ($8, $1, $2), ($9, $1, $2), ($10, $1, $2) on conflict do nothing";
const REMOVE: &str = "delete from order_terms where term = $1 and placed_at = $2 and order_id = $3";
const ORDERS: &str =
    "select order_id from order_terms where term = $1 order by placed_at desc, order_id desc limit $2";
const FILLED: &str = "select placed_at, order_id, is_done from order_terms_filled where id = 1";
const SET_FILLED: &str =
    "update order_terms_filled set placed_at = $1, order_id = $2, is_done = $3 where id = 1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 6] = [ADD, ADD_MISSING, REMOVE, ORDERS, FILLED, SET_FILLED];

fn values(term: &Term, order: Placed<'_>) -> [Value; 3] {
    [term.text().into(), order.0.into(), order.1.into()]
}

/// Adds terms, each once, to an order that has none of them.
///
/// # Errors
/// It has one of them; the database's.
pub async fn add(tx: &mut Tx, order: Placed<'_>, terms: &[Term]) -> Result<(), DbError> {
    for term in terms {
        tx.insert_later(ADD, &values(term, order)).await?;
    }
    Ok(())
}

/// Adds those that it does not have.
///
/// # Errors
/// The database's.
pub async fn add_missing(tx: &mut Tx, order: Placed<'_>, terms: &[Term]) -> Result<(), DbError> {
    for some in terms.chunks(AT_ONCE) {
        let mut values: Vec<Value> = vec![order.0.into(), order.1.into()];
        // The last one stands for those that are too few: it is there already then.
        values
            .extend((0..AT_ONCE).filter_map(|i| some.get(i).or(some.last())).map(|term| term.text().into()));
        tx.execute(ADD_MISSING, &values).await?;
    }
    Ok(())
}

/// The order is not found by them any more.
///
/// # Errors
/// The database's.
pub async fn remove(tx: &mut Tx, order: Placed<'_>, terms: &[Term]) -> Result<(), DbError> {
    for term in terms {
        tx.execute(REMOVE, &values(term, order)).await?;
    }
    Ok(())
}

/// The ids of orders of a term, the newest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn orders(tx: &mut Tx, term: &Term, limit: i64) -> Result<Vec<String>, DbError> {
    let rows = tx.rows(ORDERS, &[term.text().into(), limit.into()]).await?;
    rows.iter().map(|row| row.text("order_id").map(str::to_owned)).collect()
}

/// How far terms were written for older orders.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filled {
    /// The last order that has them, the oldest first.
    pub placed_at_ms: i64,
    pub order_id: String,
    pub is_done: bool,
}

/// # Errors
/// The database's.
pub async fn filled(tx: &mut Tx) -> Result<Filled, DbError> {
    let row = tx.row(FILLED, &[]).await?;
    let row = row.ok_or_else(|| DbError::Broken("how far terms were written is not known".into()))?;
    Ok(Filled {
        placed_at_ms: row.int("placed_at")?,
        order_id: row.text("order_id")?.to_owned(),
        is_done: row.int("is_done")? == 1,
    })
}

/// # Errors
/// The database's.
pub async fn set_filled(tx: &mut Tx, filled: &Filled) -> Result<(), DbError> {
    let values =
        [filled.placed_at_ms.into(), filled.order_id.as_str().into(), i64::from(filled.is_done).into()];
    tx.execute(SET_FILLED, &values).await?;
    Ok(())
}
