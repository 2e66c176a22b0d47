//! Orders as CSV: a row for each line, the rows of an order beneath one another.
//!
//! Owns: which column is which field, and which rows are one order. Refuses to know: what a field may be: an order is read
//! from JSON, whatever it came in.

use crate::problem::Problem;
use axum::http::StatusCode;
use serde_json::{Map, Value};

/// Columns of a line.
const OF_LINE: [&str; 5] = ["line", "sku", "quantity", "unit_price", "when_short"];

/// Columns of an order, under the names that its fields have in JSON.
const OF_ORDER: [&str; 27] = [
    "channel",
    "external_id",
    "name",
    "lane",
    "service",
    "placed_at",
    "deliver_by",
    "currency",
    "customer.name",
    "customer.email",
    "customer.phone",
    "ship_to.name",
    "ship_to.line1",
    "ship_to.line2",
    "ship_to.city",
    "ship_to.region",
    "ship_to.postal",
    "ship_to.country",
    "ship_to.latitude",
    "ship_to.longitude",
    "ship_to.is_residential",
    "pickup_at",
    "split",
    "tags",
    "shipping",
    "cart",
    "source_version",
];

/// One order, or what is wrong with its rows, and the row of the file in which it begins; the header is row 1.
pub(super) type Read = (usize, Result<Value, String>);

/// The orders of a file, in the order of their first rows.
///
/// # Errors
/// It is no CSV, or has a column that no order has, or lacks one that every order has.
pub(super) fn orders(body: &[u8]) -> Result<Vec<Read>, Problem> {
    let not_csv =
        |error: csv::Error| Problem::bad_request("not_csv", format!("the body is not CSV: {error}"));
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(body);
    let columns: Vec<String> = reader.headers().map_err(not_csv)?.iter().map(str::to_owned).collect();
    must_be_known(&columns)?;
    let mut read: Vec<(usize, Row)> = Vec::new();
    let mut faults: Vec<Option<String>> = Vec::new();
    for (i, record) in reader.records().enumerate() {
        let number = i + 2;
        let row = Row::of(&columns, &record.map_err(not_csv)?);
        match read.last_mut().filter(|(_, order)| order.is_of(&row)) {
            Some((first, order)) => {
                let fault = order.join(row, (*first, number)).err();
                if let (Some(last), Some(fault)) = (faults.last_mut(), fault) {
                    last.get_or_insert(fault);
                }
            }
            None => {
                read.push((number, row));
                faults.push(None);
            }
        }
    }
    let told = read.into_iter().zip(faults);
    Ok(told.map(|((number, row), fault)| (number, fault.map_or_else(|| Ok(row.order()), Err))).collect())
}

fn refused(code: &'static str, detail: String) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
}

fn must_be_known(columns: &[String]) -> Result<(), Problem> {
    let is_known = |column: &str| OF_LINE.contains(&column) || OF_ORDER.contains(&column);
    if let Some(unknown) = columns.iter().find(|column| !is_known(column)) {
        let detail =
            format!("no order has a column “{unknown}”; leave it out, or use the names of docs/api.md");
        return Err(refused("unknown_column", detail));
    }
    for needed in ["channel", "external_id", "sku", "quantity"] {
        if !columns.iter().any(|column| column == needed) {
            let detail = format!("there is no column “{needed}”, which every order needs");
            return Err(refused("missing_column", detail));
        }
    }
    Ok(())
}

/// A row, or several of one order.
struct Row {
    /// By column.
    order: Map<String, Value>,
    lines: Vec<Value>,
}

impl Row {
    /// Empty cells are left out.
    fn of(columns: &[String], record: &csv::StringRecord) -> Row {
        let (mut order, mut line) = (Map::new(), Map::new());
        for (column, cell) in columns.iter().zip(record).filter(|(_, cell)| !cell.is_empty()) {
            let into = if OF_LINE.contains(&column.as_str()) { &mut line } else { &mut order };
            into.insert(column.clone(), value(column, cell));
        }
        Row { order, lines: vec![Value::Object(line)] }
    }

    fn is_of(&self, other: &Row) -> bool {
        ["channel", "external_id"].iter().all(|column| self.order.get(*column) == other.order.get(*column))
    }

    /// Takes the lines of a later row, which says the same of the order or nothing.
    fn join(&mut self, later: Row, (first, number): (usize, usize)) -> Result<(), String> {
        for (column, cell) in &later.order {
            if self.order.get(column).is_some_and(|known| known != cell) {
                return Err(format!(
                    "row {number} has another {column} than row {first}; rows of one order say the same, or nothing"
                ));
            }
        }
        self.order.extend(later.order);
        self.lines.extend(later.lines);
        Ok(())
    }

    fn order(self) -> Value {
        let mut order = Map::new();
        for (column, cell) in self.order {
            match column.split_once('.') {
                None => drop(order.insert(column, cell)),
                Some((outer, inner)) => {
                    let inside = order.entry(outer).or_insert_with(|| Value::Object(Map::new()));
                    if let Value::Object(inside) = inside {
                        inside.insert(inner.to_owned(), cell);
                    }
                }
            }
        }
        order.insert("lines".to_owned(), Value::Array(self.lines));
        Value::Object(order)
    }
}

/// A cell as JSON has it; what is no number stays a text, and is refused as one.
fn value(column: &str, cell: &str) -> Value {
    let text = || Value::String(cell.to_owned());
    match column {
        "line" | "quantity" | "source_version" => cell.parse::<i64>().map_or_else(|_| text(), Value::from),
        "ship_to.is_residential" => cell.parse::<bool>().map_or_else(|_| text(), Value::from),
        "tags" => cell.split(';').map(|tag| Value::from(tag.trim())).collect(),
        _ => text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> Vec<Read> {
        orders(text.as_bytes()).unwrap_or_else(|problem| panic!("{}", problem.detail))
    }

    #[test]
    fn rows_beneath_one_another_are_lines_of_one_order() {
        let read = read(
            "channel,external_id,ship_to.postal,tags,sku,quantity\n\
             web,1,97201,gift; vip,MUG,2\nweb,1,,,TEE,1\nweb,2,97202,,MUG,1\n",
        );
        let first = json!({ "channel": "web", "external_id": "1", "ship_to": { "postal": "97201" },
            "tags": ["gift", "vip"], "lines": [{ "sku": "MUG", "quantity": 2 }, { "sku": "TEE", "quantity": 1 }] });
        let second = json!({ "channel": "web", "external_id": "2", "ship_to": { "postal": "97202" },
            "lines": [{ "sku": "MUG", "quantity": 1 }] });
        assert_eq!(read, [(2, Ok(first)), (4, Ok(second))]);
    }

    #[test]
    fn rows_of_one_order_that_differ_are_refused_with_both_rows() {
        let read = read(
            "channel,external_id,ship_to.postal,sku,quantity\nweb,1,97201,MUG,2\nweb,1,97202,TEE,1\nweb,2,1,MUG,x\n",
        );
        let say = read[0].1.as_ref().unwrap_err();
        assert!(say.contains("row 3 has another ship_to.postal than row 2"), "{say}");
        assert_eq!(read[1].1.as_ref().unwrap()["lines"][0]["quantity"], "x");
    }

    #[test]
    fn a_column_too_many_or_too_few_is_named() {
        for (header, code) in [
            ("channel,external_id,sku,quantity,colour", "unknown_column"),
            ("channel,external_id,sku,quantity,lines", "unknown_column"),
            ("channel,external_id,sku", "missing_column"),
            ("", "missing_column"),
        ] {
            assert_eq!(orders(header.as_bytes()).unwrap_err().code, code, "{header}");
        }
    }
}
