//! The rows that were left out, as a file: the columns of the original and a last one with the reasons.
//!
//! Owns: that it comes in again as it is once it is mended. Refuses to know: why a row is bad.

use super::ask::{bytes_of, import};
use super::plan::{Plan, kind_of};
use crate::refused::{Refused, broken};
use crate::setup::off_the_way;
use connect::files::{REASON, Sheet, csv_line};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::db::Db;
use store::sheet_imports::{self, BadCell};

/// Cells read at once.
const PAGE: i64 = 1_000;

/// The file as text, in the separator of the original.
///
/// # Errors
/// There is no such import, or its file is not kept any more; the database's.
pub async fn bad_rows_file(db: &Db, id: &str) -> Result<String, Refused> {
    let row = import(db, id).await?;
    let reasons = reasons(db, id).await?;
    let bytes = bytes_of(db, id).await?;
    let (kind, plan) = (kind_of(&row)?, Plan::read(&row)?);
    let fields = plan.fields(kind);
    let written = off_the_way(move || {
        let sheet = Sheet::open(&row.name, &bytes, (kind, plan.reading()), &fields);
        sheet.map(|sheet| written(sheet, &reasons)).map_err(|faults| broken(&faults))
    });
    written.await?
}

/// By line.
async fn reasons(db: &Db, id: &str) -> Result<BTreeMap<u64, String>, Refused> {
    let (id, mut after) = (Arc::<str>::from(id), (0, 0));
    let mut reasons: BTreeMap<u64, String> = BTreeMap::new();
    loop {
        let of = Arc::clone(&id);
        let page = db.read::<_, Refused>(move |tx| {
            let id = Arc::clone(&of);
            Box::pin(async move { Ok(sheet_imports::bad(tx, &id, after, PAGE).await?) })
        });
        let page = page.await?;
        for cell in &page {
            let reason = reasons.entry(u64::try_from(cell.line).unwrap_or(0)).or_default();
            if !reason.is_empty() {
                reason.push_str(" | ");
            }
            reason.push_str(&said(cell));
            after = (cell.line, cell.number);
        }
        if (page.len() as i64) < PAGE {
            return Ok(reasons);
        }
    }
}

fn said(cell: &BadCell) -> String {
    if cell.column.is_empty() { cell.say.clone() } else { format!("{}: {}", cell.column, cell.say) }
}

fn written(mut sheet: Sheet, reasons: &BTreeMap<u64, String>) -> String {
    let separator = sheet.separator();
    let is_kept: Vec<bool> = sheet.header().iter().map(|name| !name.eq_ignore_ascii_case(REASON)).collect();
    let of = |cells: Vec<&str>, last: &str| {
        let own = cells.into_iter().zip(&is_kept).filter(|(_, is_kept)| **is_kept).map(|(cell, _)| cell);
        csv_line(own.chain([last]), separator)
    };
    let mut text = of(sheet.header().iter().map(String::as_str).collect(), REASON);
    while let Some((line, _)) = sheet.next() {
        if let Some(reason) = reasons.get(&line) {
            text.push_str(&of(sheet.cells().collect(), reason));
        }
    }
    text
}
