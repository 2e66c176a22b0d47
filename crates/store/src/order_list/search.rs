//! What somebody typed, as what is looked up.

use super::sql::Sql;
use crate::order_terms::{ABOVE, Term};

/// Orders that all of the words lead to, or all of the text as one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search {
    /// At least one.
    pub words: Vec<Probe>,
    /// Where the text has several words: it may be one number with blanks in it.
    pub whole: Option<Probe>,
}

/// What one word may be: an order has to be found by one of these.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Probe {
    pub terms: Vec<Term>,
    /// A term that begins so.
    pub beginning: Option<Term>,
    /// Tracking numbers of parcels.
    pub trackings: Vec<String>,
}

impl Search {
    /// A query of `placed_at` and `order_id`, each order once.
    pub(super) fn hits(&self, sql: &mut Sql) -> String {
        let words: Vec<String> =
            self.words.iter().map(|word| format!("select * from ({}) as word", word.hits(sql))).collect();
        let words = words.join(" intersect ");
        match &self.whole {
            None => words,
            Some(whole) => {
                format!("select * from ({words}) as words union select * from ({}) as whole", whole.hits(sql))
            }
        }
    }
}

impl Probe {
    fn hits(&self, sql: &mut Sql) -> String {
        let mut ways = Vec::new();
        if !self.terms.is_empty() {
            let terms: Vec<String> = self.terms.iter().map(|term| sql.bind(term.text())).collect();
            ways.push(format!(
                "select placed_at, order_id from order_terms where term in ({})",
                terms.join(", ")
            ));
        }
        if let Some(beginning) = &self.beginning {
            let (from, to) = (sql.bind(beginning.text()), sql.bind(format!("{}{ABOVE}", beginning.text())));
            ways.push(format!(
                "select placed_at, order_id from order_terms where term >= {from} and term < {to}"
            ));
        }
        if !self.trackings.is_empty() {
            let numbers: Vec<String> =
                self.trackings.iter().map(|number| sql.bind(number.as_str())).collect();
            ways.push(format!(
                "select f.placed_at, f.order_id from parcels p join fulfillments f on f.id = p.fulfillment_id \
                 where p.tracking <> '' and p.tracking in ({})",
                numbers.join(", ")
            ));
        }
        match &ways[..] {
            [] => "select placed_at, order_id from order_terms where term = ''".to_owned(),
            // Of several terms one order may have two.
            [only] if self.terms.len() != 1 => only.replacen("select ", "select distinct ", 1),
            _ => ways.join(" union "),
        }
    }
}
