//! Offers of another product for units that no place has.
//!
//! Owns: their rows. Refuses to know: who answers, and what an answer does.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::ProductKey;

/// An offer as its row has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfferRow {
    pub id: String,
    pub order_id: String,
    pub line: i64,
    pub product: ProductKey,
    pub substitute: ProductKey,
    pub units: i64,
    /// `offered`, `accepted`, `declined`, `lapsed`.
    pub state: String,
    pub answer_by_ms: i64,
    pub created_at_ms: i64,
}

const INSERT: &str = "insert into substitutions (id, order_id, line, product_id, substitute_id, units, state, answer_by, \
    created_at, changed_at) values ($1, $2, $3, $4, $5, $6, 'offered', $7, $8, $8)";

const GET: &str = "select id, order_id, line, product_id, substitute_id, units, state, answer_by, created_at \
    from substitutions where id = $1";

const OF_ORDER: &str = "select id, order_id, line, product_id, substitute_id, units, state, answer_by, created_at \
    from substitutions where order_id = $1 order by id limit $2";

/// Once: of two answers the second changes nothing.
const ANSWER: &str =
    "update substitutions set state = $2, changed_at = $3 where id = $1 and state = 'offered'";

const LAPSED: &str = "select id, order_id, line, product_id, substitute_id, units, state, answer_by, created_at \
    from substitutions where state = 'offered' and answer_by <= $1 and (answer_by, id) > ($2, $3) \
    order by answer_by, id limit $4";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 5] = [INSERT, GET, OF_ORDER, ANSWER, LAPSED];

/// # Errors
/// The database's.
pub async fn insert(tx: &mut Tx, row: &OfferRow) -> Result<(), DbError> {
    let values: [Value; 8] = [
        row.id.as_str().into(),
        row.order_id.as_str().into(),
        row.line.into(),
        row.product.0.into(),
        row.substitute.0.into(),
        row.units.into(),
        row.answer_by_ms.into(),
        row.created_at_ms.into(),
    ];
    tx.execute(INSERT, &values).await?;
    Ok(())
}

/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<OfferRow>, DbError> {
    tx.row(GET, &[id.into()]).await?.as_ref().map(OfferRow::of).transpose()
}

/// # Errors
/// The database's.
pub async fn of_order(tx: &mut Tx, order_id: &str, limit: i64) -> Result<Vec<OfferRow>, DbError> {
    tx.rows(OF_ORDER, &[order_id.into(), limit.into()]).await?.iter().map(OfferRow::of).collect()
}

/// `false`: it was answered already.
///
/// # Errors
/// The database's.
pub async fn answer(tx: &mut Tx, id: &str, state: &str, at_ms: i64) -> Result<bool, DbError> {
    Ok(tx.execute(ANSWER, &[id.into(), state.into(), at_ms.into()]).await? == 1)
}

/// Offers that nobody has answered in time.
///
/// # Errors
/// The database's.
pub async fn overdue(
    tx: &mut Tx,
    at_ms: i64,
    after: (i64, &str),
    limit: i64,
) -> Result<Vec<OfferRow>, DbError> {
    let values: [Value; 4] = [at_ms.into(), after.0.into(), after.1.into(), limit.into()];
    tx.rows(LAPSED, &values).await?.iter().map(OfferRow::of).collect()
}

impl OfferRow {
    fn of(row: &Row) -> Result<OfferRow, DbError> {
        Ok(OfferRow {
            id: row.text("id")?.to_owned(),
            order_id: row.text("order_id")?.to_owned(),
            line: row.int("line")?,
            product: ProductKey(row.int("product_id")?),
            substitute: ProductKey(row.int("substitute_id")?),
            units: row.int("units")?,
            state: row.text("state")?.to_owned(),
            answer_by_ms: row.int("answer_by")?,
            created_at_ms: row.int("created_at")?,
        })
    }
}
