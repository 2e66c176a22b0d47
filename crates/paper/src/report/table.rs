//! Tables of figures: on their own, or as the readable form of a chart.
//!
//! Owns: their rows. On a small screen a table of many columns becomes a list: every row a block, every figure
//! below the name of its column. So nothing is cut off, and nobody has to guess that a table can be pushed.

use askama::Template;

use crate::chart::{Mark, swatch};

#[derive(Template)]
#[template(path = "report/table.html")]
pub(super) struct Table {
    pub caption: String,
    /// The first column's heading, then those of the figures.
    pub head: Vec<String>,
    pub rows: Vec<Row>,
}

pub(super) struct Row {
    pub look: Look,
    pub name: String,
    /// One plain line below the name; empty for most.
    pub note: &'static str,
    pub figures: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    /// The heading of the rows that follow, without figures.
    Group,
    Subtotal,
    Total,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Look::Plain => "plain",
            Look::Group => "group",
            Look::Subtotal => "subtotal",
            Look::Total => "total",
        }
    }
}

impl Row {
    pub(super) fn new(look: Look, name: &str, figures: Vec<String>) -> Row {
        Row { look, name: name.to_owned(), note: "", figures }
    }
}

/// Columns that still fit beside each other on a phone.
const MOST_NARROW: usize = 3;

impl Table {
    /// Of plain rows, each of which begins with its heading.
    pub(super) fn new(caption: &str, head: Vec<String>, rows: Vec<Vec<String>>) -> Table {
        let row = |cells: Vec<String>| {
            let mut cells = cells.into_iter();
            let name = cells.next().unwrap_or_default();
            Row { look: Look::Plain, name, note: "", figures: cells.collect() }
        };
        Table::of(caption, head, rows.into_iter().map(row).collect())
    }

    pub(super) fn of(caption: &str, head: Vec<String>, rows: Vec<Row>) -> Table {
        Table { caption: caption.to_owned(), head, rows }
    }

    fn class(&self) -> &'static str {
        match self.head.len().saturating_sub(1) {
            figures if figures < MOST_NARROW => "stands",
            figures if figures.is_multiple_of(3) => "stacks three",
            _ => "stacks",
        }
    }

    /// Of the figure at this position.
    fn column(&self, figure: &usize) -> &str {
        self.head.get(figure + 1).map_or("", String::as_str)
    }
}

/// A drawing with its legend and its figures.
#[derive(Template)]
#[template(path = "report/chart.html")]
pub(super) struct Chart {
    pub legend: Vec<Key>,
    pub svg: String,
    /// `None` where the figures stand beside it anyway.
    pub table: Option<Table>,
}

/// A line of a legend.
pub(super) struct Key {
    pub swatch: String,
    pub text: String,
}

/// Samples of the variants' marks, in their order; none when there is nothing to tell apart.
pub(super) fn variant_keys(names: &[String], mark: Mark) -> Vec<Key> {
    if names.len() < 2 {
        return Vec::new();
    }
    let key = |(i, name): (usize, &String)| Key { swatch: swatch(mark, i), text: name.clone() };
    names.iter().enumerate().map(key).collect()
}
