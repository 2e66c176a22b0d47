//! What is written at the end of a transaction, all of it in one statement.
//!
//! Owns: what waits, and the one text that is made of the statements. A statement is a way to the server and back, with what
//! it locks in its hands; what nobody reads before the end needs no way of its own. Refuses to know: where the text is run.

use super::Value;
use std::fmt::Write;

/// Rows of one table in one statement: few enough that orders alike make texts alike, which are prepared once.
const MOST_OF_A_TABLE: usize = 16;
/// Changes in one statement.
const MOST_CHANGES: usize = 16;

/// What waits. A row may refer to another one: references are looked at when the whole statement is done.
#[derive(Default, Debug)]
pub(super) struct Later {
    changes: Vec<Change>,
    tables: Vec<Rows>,
}

/// A statement that is to change, or find, so many rows.
#[derive(Debug)]
struct Change {
    sql: &'static str,
    values: Vec<Value>,
    rows: usize,
}

/// Rows of one `insert into … values (…)`.
#[derive(Debug)]
struct Rows {
    sql: &'static str,
    rows: Vec<Vec<Value>>,
}

/// One statement for all that waited. It fails with [`UNMET`] where a change did not change as many rows as it was to.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

/// SQLSTATE of a division by zero. No other statement divides.
pub(super) const UNMET: &str = "22012";

impl Later {
    /// `false`: as many rows of its table wait as fit; nothing is added.
    pub(super) fn add(&mut self, sql: &'static str, row: &[Value]) -> bool {
        match self.tables.iter_mut().find(|rows| rows.sql == sql) {
            Some(rows) if rows.rows.len() == MOST_OF_A_TABLE => return false,
            Some(rows) => rows.rows.push(row.to_vec()),
            None => self.tables.push(Rows { sql, rows: vec![row.to_vec()] }),
        }
        true
    }

    /// `false`: as many changes wait as fit, or one of what may be the same row, by its first two values: a row is changed
    /// once in a statement. Nothing is added.
    pub(super) fn change(&mut self, sql: &'static str, values: &[Value], rows: usize) -> bool {
        let key = |values: &[Value]| [values.first().cloned(), values.get(1).cloned()];
        let is_same = |other: &Change| other.sql == sql && key(&other.values) == key(values);
        if self.changes.len() == MOST_CHANGES || self.changes.iter().any(is_same) {
            return false;
        }
        self.changes.push(Change { sql, values: values.to_vec(), rows });
        true
    }

    /// Whether a statement may read what waits, or refer to it: it names the table, or one of its things.
    pub(super) fn concerns(&self, sql: &str) -> bool {
        let waiting = self.changes.iter().map(|change| change.sql);
        waiting.chain(self.tables.iter().map(|rows| rows.sql)).any(|waits| names(sql, table(waits)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.tables.is_empty()
    }

    /// Nothing waits any more.
    pub(super) fn take(&mut self) -> Made {
        let Later { changes, tables } = std::mem::take(self);
        let mut values = Vec::new();
        let mut parts = Vec::with_capacity(changes.len() + tables.len());
        let mut met = Vec::with_capacity(changes.len());
        for change in changes {
            let mut part = String::new();
            renumber(&mut part, change.sql, values.len());
            met.push(format!("(select count(*) from w{}) = {}", parts.len(), change.rows));
            if !is_look(change.sql) {
                part.push_str(" returning 1");
            }
            parts.push(part);
            values.extend(change.values);
        }
        for Rows { sql, rows } in tables {
            let (head, tuple) = split(sql);
            let mut part = head.to_owned();
            for (i, row) in rows.into_iter().enumerate() {
                part.push_str(if i == 0 { "" } else { ", " });
                renumber(&mut part, tuple, values.len());
                values.extend(row);
            }
            parts.push(part);
        }
        let last = match met.is_empty() {
            true => parts.pop().unwrap_or_default(),
            false => format!("select 1 / case when {} then 1 else 0 end", met.join(" and ")),
        };
        let mut sql = String::new();
        for (i, part) in parts.iter().enumerate() {
            let _ = write!(sql, "{} w{i} as ({part})", if i == 0 { "with" } else { "," });
        }
        sql.push_str(if sql.is_empty() { "" } else { " " });
        sql.push_str(&last);
        Made { sql, values }
    }
}

/// `insert into t (…) values ` and `(…)`.
fn split(sql: &'static str) -> (&'static str, &'static str) {
    const VALUES: &str = "values ";
    sql.rfind(VALUES).map_or((sql, ""), |at| sql.split_at(at + VALUES.len()))
}

/// Whether a statement changes nothing.
pub(super) fn is_look(sql: &str) -> bool {
    sql.starts_with("select ")
}

/// The name of the table of a statement.
fn table(sql: &'static str) -> &'static str {
    let written = sql.strip_prefix("insert into ").or_else(|| sql.strip_prefix("update "));
    let rest = written.or_else(|| sql.split_once(" from ").map(|(_, rest)| rest));
    rest.and_then(|rest| rest.split(' ').next()).unwrap_or(sql)
}

/// Whether a statement names a table, or what belongs to one of its things: `orders`, `order_id`, `order_items`.
fn names(sql: &str, table: &str) -> bool {
    let thing = table.strip_suffix('s').unwrap_or(table);
    sql.match_indices(thing).any(|(at, _)| {
        let behind = &sql[at + thing.len()..];
        behind.starts_with('_') || (sql[at..].starts_with(table) && !sql[at + table.len()..].starts_with('_'))
    })
}

/// Writes a text whose `$1` stands behind so many values.
fn renumber(text: &mut String, sql: &str, before: usize) {
    let mut pieces = sql.split('$');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let digits = piece.find(|c: char| !c.is_ascii_digit()).unwrap_or(piece.len());
        let (number, rest) = piece.split_at(digits);
        let number: usize = number.parse().unwrap_or_default();
        let _ = write!(text, "${}{rest}", before + number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "insert into orders (id, a, b) values ($1, $2, $2, 0)";
    const B: &str = "insert into order_items (c) values ($1)";
    const C: &str = "update stock set on_hand = on_hand + $3 where id = $1 and place = $2";

    fn ints(values: &[i64]) -> Vec<Value> {
        values.iter().map(|&value| value.into()).collect()
    }

    #[test]
    fn rows_of_one_table_are_one_insert() {
        let mut later = Later::default();
        assert!(later.add(A, &ints(&[1, 2])) && later.add(A, &ints(&[3, 4])));
        let made = later.take();
        assert_eq!(made.sql, "insert into orders (id, a, b) values ($1, $2, $2, 0), ($3, $4, $4, 0)");
        assert_eq!(made.values, ints(&[1, 2, 3, 4]));
        assert!(later.is_empty());
    }

    #[test]
    fn tables_are_written_in_the_order_they_came() {
        let mut later = Later::default();
        assert!(later.add(B, &ints(&[1])) && later.add(A, &ints(&[2, 3])) && later.add(B, &ints(&[4])));
        let made = later.take();
        let expected = "with w0 as (insert into order_items (c) values ($1), ($2)) \
            insert into orders (id, a, b) values ($3, $4, $4, 0)";
        assert_eq!(made.sql, expected);
        assert_eq!(made.values, ints(&[1, 4, 2, 3]));
    }

    #[test]
    fn changes_come_before_rows_and_must_be_met() {
        let mut later = Later::default();
        assert!(later.add(B, &ints(&[1])) && later.change(C, &ints(&[2, 3, 4]), 1));
        let made = later.take();
        let expected = "with w0 as (update stock set on_hand = on_hand + $3 where id = $1 and place = $2 returning 1), \
            w1 as (insert into order_items (c) values ($4)) \
            select 1 / case when (select count(*) from w0) = 1 then 1 else 0 end";
        assert_eq!(made.sql, expected);
        assert_eq!(made.values, ints(&[2, 3, 4, 1]));
    }

    #[test]
    fn what_must_be_there_is_looked_for_with_the_rest() {
        let mut later = Later::default();
        assert!(later.change("select 1 from setup where version = $1", &ints(&[7]), 1));
        assert!(later.concerns("update setup set version = 8") && !later.concerns(C));
        let expected = "with w0 as (select 1 from setup where version = $1) \
            select 1 / case when (select count(*) from w0) = 1 then 1 else 0 end";
        assert_eq!(later.take().sql, expected);
    }

    #[test]
    fn a_row_is_changed_once_in_a_statement() {
        let mut later = Later::default();
        assert!(later.change(C, &ints(&[1, 2, 3]), 1) && later.change(C, &ints(&[1, 3, 3]), 1));
        assert!(!later.change(C, &ints(&[1, 2, 9]), 1));
    }

    #[test]
    fn a_statement_that_names_a_table_or_its_things_concerns_it() {
        let mut later = Later::default();
        assert!(!later.concerns("select 1 from orders") && later.add(A, &[]));
        for sql in
            ["select id from orders", "insert into holds (order_id) values ($1)", "delete from order_items"]
        {
            assert!(later.concerns(sql), "{sql}");
        }
        assert!(!later.concerns(C) && !later.concerns("select id from products order by id"));
        assert!(later.change(C, &[], 1) && later.concerns("select 1 from stock"));
    }

    #[test]
    fn a_table_takes_so_many_and_no_more() {
        let mut later = Later::default();
        assert!((0..MOST_OF_A_TABLE as i64).all(|i| later.add(B, &ints(&[i]))));
        assert!(!later.add(B, &ints(&[9])) && later.add(A, &ints(&[1, 2])));
        assert!((0..MOST_CHANGES as i64).all(|i| later.change(C, &ints(&[i, 0, 1]), 1)));
        assert!(!later.change(C, &ints(&[99, 0, 1]), 1));
    }
}
