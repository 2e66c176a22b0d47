//! All tables alike: which there are, how their rows are read one after the other, and a sum over each.
//!
//! Owns: what the schema says of itself. Refuses to know: what a table is for. What copies or compares whole books is
//! written here once instead of once for each table, and so never forgets a new one.

use crate::db::{DbError, Dialect, Row, Tx, Value};
use crate::migrations;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A table of the schema.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Its place in the primary key, from 1; 0: it is no part of it.
    key: i64,
    /// The database itself gives its numbers.
    pub(crate) is_serial: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Int,
    Text,
    Bytes,
}

/// What a table holds: two with the same sum hold the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sum {
    pub table: String,
    pub rows: i64,
    /// SHA-256 over every cell in the order of the primary key, hexadecimal.
    pub sha256: String,
}

/// Rows read at once.
pub(crate) const PAGE: i64 = 500;

const COLUMNS_SQLITE: &str = "select name, lower(type) as kind, pk as key, \
    case when pk = 1 and lower(type) = 'integer' and exists (select 1 from sqlite_master m \
        where m.name = $1 and lower(m.sql) like '%autoincrement%') then 1 else 0 end as is_serial \
    from pragma_table_info($1) order by cid";

const COLUMNS_POSTGRES: &str = "select cast(c.column_name as text) as name, cast(c.data_type as text) as kind, \
    cast(coalesce(k.ordinal_position, 0) as bigint) as key, \
    cast(case when c.is_identity = 'YES' then 1 else 0 end as bigint) as is_serial \
    from information_schema.columns c left join (information_schema.key_column_usage k \
        join information_schema.table_constraints t on t.constraint_name = k.constraint_name \
        and t.table_schema = k.table_schema and t.table_name = k.table_name \
        and t.constraint_type = 'PRIMARY KEY') \
    on k.table_schema = c.table_schema and k.table_name = c.table_name and k.column_name = c.column_name \
    where c.table_schema = current_schema() and c.table_name = $1 order by c.ordinal_position";

/// The statements of this module, one text for each database, for the test that prepares them.
pub const STATEMENTS_OF: [(Dialect, &str); 2] =
    [(Dialect::Sqlite, COLUMNS_SQLITE), (Dialect::Postgres, COLUMNS_POSTGRES)];

/// Every table of the books, each behind those it refers to. The list of schema steps is no part of the books.
pub(crate) async fn all(tx: &mut Tx) -> Result<Vec<Table>, DbError> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => COLUMNS_SQLITE,
        Dialect::Postgres => COLUMNS_POSTGRES,
    };
    let mut tables = Vec::new();
    for name in migrations::tables() {
        let columns = tx.rows(sql, &[name.into()]).await?;
        let columns: Vec<Column> = columns.iter().map(Column::of).collect::<Result<_, _>>()?;
        // An older copy does not have the newest tables.
        if !columns.is_empty() {
            tables.push(Table { name: name.to_owned(), columns });
        }
    }
    Ok(tables)
}

/// What every table holds.
///
/// # Errors
/// The database's.
pub async fn sums(tx: &mut Tx) -> Result<Vec<Sum>, DbError> {
    let mut sums = Vec::new();
    for table in all(tx).await? {
        let mut adding = Adding::default();
        let mut last = None;
        loop {
            let rows = table.page(tx, last.as_deref(), PAGE).await?;
            for row in &rows {
                adding.add(row.cells());
            }
            last = rows.last().map(|row| table.key_of(row));
            if (rows.len() as i64) < PAGE {
                break;
            }
        }
        sums.push(adding.sum(&table.name));
    }
    Ok(sums)
}

/// How many rows every table has.
///
/// # Errors
/// The database's.
pub async fn counts(tx: &mut Tx) -> Result<Vec<(String, u64)>, DbError> {
    let mut counts = Vec::new();
    for table in all(tx).await? {
        let rows = table.count(tx).await?;
        counts.push((table.name, rows));
    }
    Ok(counts)
}

/// A sum under way.
#[derive(Default)]
pub(crate) struct Adding {
    rows: i64,
    hash: Sha256,
}

impl Adding {
    pub(crate) fn add<'v>(&mut self, cells: impl Iterator<Item = Option<&'v Value>>) {
        self.rows += 1;
        for cell in cells {
            // Each cell with its kind and length before it, so that no two rows add up alike.
            let (kind, bytes) = match cell {
                None | Some(Value::NoInt | Value::NoText | Value::NoBytes) => (0, Vec::new()),
                Some(Value::Int(number)) => (1, number.to_be_bytes().to_vec()),
                Some(Value::Text(text)) => (2, text.as_bytes().to_vec()),
                Some(Value::Bytes(bytes)) => (3, bytes.clone()),
            };
            self.hash.update([kind]);
            self.hash.update((bytes.len() as u64).to_be_bytes());
            self.hash.update(bytes);
        }
    }

    pub(crate) fn sum(self, table: &str) -> Sum {
        Sum { table: table.to_owned(), rows: self.rows, sha256: hex(&self.hash.finalize()) }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Table {
    /// The next rows in the order of the primary key, behind the one with the key `after`.
    pub(crate) async fn page(
        &self,
        tx: &mut Tx,
        after: Option<&[Value]>,
        limit: i64,
    ) -> Result<Vec<Row>, DbError> {
        let order = self.order(tx.dialect());
        let columns = self.names().collect::<Vec<_>>().join(", ");
        let (from, mut values) = match after {
            None => (String::new(), Vec::new()),
            Some(key) => {
                let places: Vec<String> = (1..=key.len()).map(|place| format!("${place}")).collect();
                (format!(" where ({}) > ({})", order.join(", "), places.join(", ")), key.to_vec())
            }
        };
        values.push(limit.into());
        let (name, order, last) = (&self.name, order.join(", "), values.len());
        let sql = format!("select {columns} from {name}{from} order by {order} limit ${last}");
        tx.rows_made(sql, &values).await
    }

    /// The key of the last row.
    pub(crate) async fn last_key(&self, tx: &mut Tx) -> Result<Option<Vec<Value>>, DbError> {
        let columns = self.names().collect::<Vec<_>>().join(", ");
        let order: Vec<String> =
            self.order(tx.dialect()).iter().map(|column| format!("{column} desc")).collect();
        let (name, order) = (&self.name, order.join(", "));
        let row = tx.rows_made(format!("select {columns} from {name} order by {order} limit 1"), &[]).await?;
        Ok(row.first().map(|row| self.key_of(row)))
    }

    pub(crate) async fn count(&self, tx: &mut Tx) -> Result<u64, DbError> {
        let rows = tx.rows_made(format!("select count(*) as rows from {}", self.name), &[]).await?;
        let count = rows.first().map_or(Ok(0), |row| row.int("rows"))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    pub(crate) fn key_names(&self) -> Vec<&str> {
        self.key().map(|(_, column)| column.name.as_str()).collect()
    }

    pub(crate) fn key_of(&self, row: &Row) -> Vec<Value> {
        let cells: Vec<Option<&Value>> = row.cells().collect();
        self.key().filter_map(|(at, _)| cells[at].cloned()).collect()
    }

    /// The columns of the primary key with their places in the table.
    fn key(&self) -> impl Iterator<Item = (usize, &Column)> {
        let mut key: Vec<(usize, &Column)> =
            self.columns.iter().enumerate().filter(|(_, column)| column.key > 0).collect();
        key.sort_by_key(|(_, column)| column.key);
        key.into_iter()
    }

    /// Texts in the order of their bytes: the same in both databases.
    fn order(&self, dialect: Dialect) -> Vec<String> {
        let column = |column: &Column| match (dialect, column.kind) {
            (Dialect::Postgres, Kind::Text) => format!("{} collate \"C\"", column.name),
            _ => column.name.clone(),
        };
        self.key().map(|(_, key)| column(key)).collect()
    }
}

impl Column {
    pub(crate) fn is_of_key(&self) -> bool {
        self.key > 0
    }

    fn of(row: &Row) -> Result<Column, DbError> {
        let kind = match row.text("kind")? {
            "integer" | "bigint" => Kind::Int,
            "text" => Kind::Text,
            "blob" | "bytea" => Kind::Bytes,
            other => return Err(DbError::Broken(format!("a column of type {other}"))),
        };
        let name = row.text("name")?.to_owned();
        Ok(Column { name, kind, key: row.int("key")?, is_serial: row.int("is_serial")? == 1 })
    }
}
