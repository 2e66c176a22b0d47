//! Tables of figures: on their own, or as the readable form of a chart.

use askama::Template;

use crate::chart::{Mark, swatch};

#[derive(Template)]
#[template(path = "report/table.html")]
pub(super) struct Table {
    pub caption: String,
    /// The first column's heading, then those of the figures.
    pub head: Vec<String>,
    /// Each row begins with its heading.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(caption: &str, head: Vec<String>, rows: Vec<Vec<String>>) -> Table {
        Table { caption: caption.to_owned(), head, rows }
    }
}

/// A drawing with its legend and its figures.
#[derive(Template)]
#[template(path = "report/chart.html")]
pub(super) struct Chart {
    pub legend: Vec<Key>,
    pub svg: String,
    pub table: Table,
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
