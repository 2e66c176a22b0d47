//! What is written at the end of a transaction, all of it in one statement.
//!
//! Owns: what waits, and the one text that is made of the statements. A statement is a way to the server and back, with what
//! it locks in its hands; what nobody reads before the end needs no way of its own. Refuses to know: where the text is run.

use super::Value;
use std::fmt::Write;

/// Rows of one table in one statement: few enough that orders alike make texts alike, which are prepared once.
const MOST_OF_A_TABLE: usize = 8;
/// Changes in one statement.
const MOST_CHANGES: usize = 16;

/// What waits, in the order in which it came: a row stands behind what it refers to.
#[derive(Default, Debug)]
pub(super) struct Later {
    changes: Vec<Change>,
    tables: Vec<Rows>,
}

/// A statement that is to change so many rows.
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

/// One statement for all that waited.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
    /// It answers with one number, `met`: 1 where every change changed as many rows as it was to.
    pub(super) has_answer: bool,
}

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
        waiting.chain(self.tables.iter().map(|rows| rows.sql)).any(|waits| sql.contains(stem(waits)))
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
            parts.push(part + " returning 1");
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
        let has_answer = !met.is_empty();
        let last = match has_answer {
            true => format!("select case when {} then 1 else 0 end as met", met.join(" and ")),
            false => parts.pop().unwrap_or_default(),
        };
        let mut sql = String::new();
        for (i, part) in parts.iter().enumerate() {
            let _ = write!(sql, "{} w{i} as ({part})", if i == 0 { "with" } else { "," });
        }
        sql.push_str(if sql.is_empty() { "" } else { " " });
        sql.push_str(&last);
        Made { sql, values, has_answer }
    }
}

/// `insert into t (…) values ` and `(…)`.
fn split(sql: &'static str) -> (&'static str, &'static str) {
    const VALUES: &str = "values ";
    sql.rfind(VALUES).map_or((sql, ""), |at| sql.split_at(at + VALUES.len()))
}

/// The name of the table that a statement changes, in the singular: what its things are called in columns of others.
fn stem(sql: &'static str) -> &'static str {
    let rest = sql.strip_prefix("insert into ").or_else(|| sql.strip_prefix("update "));
    let name = rest.and_then(|rest| rest.split(' ').next()).unwrap_or(sql);
    name.strip_suffix('s').unwrap_or(name)
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
        assert_eq!((made.values, made.has_answer), (ints(&[1, 2, 3, 4]), false));
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
    fn changes_come_before_rows_and_are_counted() {
        let mut later = Later::default();
        assert!(later.add(B, &ints(&[1])) && later.change(C, &ints(&[2, 3, 4]), 1));
        let made = later.take();
        let expected = "with w0 as (update stock set on_hand = on_hand + $3 where id = $1 and place = $2 returning 1), \
            w1 as (insert into order_items (c) values ($4)) \
            select case when (select count(*) from w0) = 1 then 1 else 0 end as met";
        assert_eq!(made.sql, expected);
        assert_eq!((made.values, made.has_answer), (ints(&[2, 3, 4, 1]), true));
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
        assert!(!later.concerns(C) && later.change(C, &[], 1) && later.concerns("select 1 from stock"));
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
