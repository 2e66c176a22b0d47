//! The file of an import, in parts; and what was said of the columns of such files.

use crate::db::{DbError, Tx, Value};

/// Bytes of a part: what reads all tables alike reads many rows at once.
const PART: usize = 64 << 10;
/// Parts read at once.
const PAGE: i64 = 64;

const KEEP: &str = "insert into sheet_parts (import_id, number, bytes) values ($1, $2, $3)";

const PARTS: &str =
    "select number, bytes from sheet_parts where import_id = $1 and number > $2 order by number limit $3";

/// What is kept only to take an import back, or to mend it: of imports that ended, or were left as drafts, so long ago.
macro_rules! forget {
    ($table:literal) => {
        concat!(
            "delete from ",
            $table,
            " where import_id in (select id from sheet_imports where state not in ('checking', 'running', 'reverting') \
             and coalesce(ended_at, created_at) < $1)"
        )
    };
}
const FORGET: [&str; 4] =
    [forget!("sheet_parts"), forget!("sheet_bad_rows"), forget!("sheet_shelves"), forget!("sheet_products")];

const MAPPING: &str = "select mapping from sheet_mappings where signature = $1";

const REMEMBER: &str = "insert into sheet_mappings (signature, mapping, changed_by, changed_at) values ($1, $2, $3, $4) \
    on conflict (signature) do update set mapping = excluded.mapping, changed_by = excluded.changed_by, \
    changed_at = excluded.changed_at";

pub(super) const STATEMENTS: [&str; 8] =
    [KEEP, PARTS, FORGET[0], FORGET[1], FORGET[2], FORGET[3], MAPPING, REMEMBER];

/// # Errors
/// The database's.
pub async fn keep_file(tx: &mut Tx, id: &str, bytes: &[u8]) -> Result<(), DbError> {
    for (number, part) in (1_i64..).zip(bytes.chunks(PART)) {
        tx.execute(KEEP, &[id.into(), number.into(), Value::Bytes(part.to_vec())]).await?;
    }
    Ok(())
}

/// The whole file; empty where it was removed.
///
/// # Errors
/// The database's.
pub async fn file(tx: &mut Tx, id: &str) -> Result<Vec<u8>, DbError> {
    let (mut bytes, mut last) = (Vec::new(), 0);
    loop {
        let page = tx.rows(PARTS, &[id.into(), last.into(), PAGE.into()]).await?;
        for row in &page {
            bytes.extend_from_slice(row.bytes("bytes")?);
            last = row.int("number")?;
        }
        if (page.len() as i64) < PAGE {
            return Ok(bytes);
        }
    }
}

/// Removes files, bad rows and traces of imports that ended, or were left as drafts, before.
///
/// # Errors
/// The database's.
pub async fn forget_files(tx: &mut Tx, before_ms: i64) -> Result<(), DbError> {
    for sql in FORGET {
        tx.execute(sql, &[before_ms.into()]).await?;
    }
    Ok(())
}

/// What was said last of files with these columns.
///
/// # Errors
/// The database's.
pub async fn mapping(tx: &mut Tx, signature: &str) -> Result<Option<String>, DbError> {
    let row = tx.row(MAPPING, &[signature.into()]).await?;
    row.map(|row| row.text("mapping").map(str::to_owned)).transpose()
}

/// # Errors
/// The database's.
pub async fn remember(
    tx: &mut Tx,
    (signature, mapping): (&str, &str),
    (by, at_ms): (&str, i64),
) -> Result<(), DbError> {
    tx.execute(REMEMBER, &[signature.into(), mapping.into(), by.into(), at_ms.into()]).await.map(drop)
}
