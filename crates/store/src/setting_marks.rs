//! Who changed a setting last, and when.
//!
//! Owns: its rows. Refuses to know: which settings there are; `flow::setup` names them.

use crate::db::{DbError, Row, Tx};

/// The last change of a setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    pub name: String,
    pub by: String,
    /// What `by` is called; `None`: the program, or somebody who is not in the books.
    pub by_name: Option<String>,
    pub at_ms: i64,
}

const SET: &str = "insert into setting_marks (name, changed_by, changed_at) values ($1, $2, $3) \
    on conflict (name) do update set changed_by = excluded.changed_by, changed_at = excluded.changed_at";

const ALL: &str = "select m.name as name, m.changed_by as changed_by, u.name as by_name, m.changed_at as changed_at \
    from setting_marks m left join users u on u.id = m.changed_by order by m.name limit $1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 2] = [SET, ALL];

/// More settings than there are keys and files.
const MOST: i64 = 1_000;

/// # Errors
/// The database's.
pub async fn set(tx: &mut Tx, name: &str, by: &str, at_ms: i64) -> Result<(), DbError> {
    tx.execute(SET, &[name.into(), by.into(), at_ms.into()]).await.map(drop)
}

/// Every mark, by name.
///
/// # Errors
/// The database's.
pub async fn all(tx: &mut Tx) -> Result<Vec<Mark>, DbError> {
    let read = |row: &Row| {
        Ok(Mark {
            name: row.text("name")?.to_owned(),
            by: row.text("changed_by")?.to_owned(),
            by_name: row.some_text("by_name")?.map(str::to_owned),
            at_ms: row.int("changed_at")?,
        })
    };
    tx.rows(ALL, &[MOST.into()]).await?.iter().map(read).collect()
}
