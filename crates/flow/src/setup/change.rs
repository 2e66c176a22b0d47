//! The verbs that change a setup.
//!
//! Owns: which cells and files a change touches, and what is told of it. Refuses to know: what a column means; the
//! readers of files say what they refuse.

use super::Books;
use super::books::plain;
use super::edit::{Edit, Kind, Subject, Told, Touched, edit, try_edit};
use crate::{Call, Refused};
use connect::files::Cells;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use store::db::Db;

/// Longest text of a file that an event holds; of longer ones it tells the length.
const MOST_TOLD: usize = 16 << 10;

/// Other cells of a place or a product.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Change {
    /// By column of `docs/formats.md`; an empty text takes a cell away, and columns that are absent stay.
    pub cells: Cells,
    /// The version that was looked at; `None`: whatever it is now.
    pub expected: Option<i64>,
    /// For those who hear of it; empty: nobody said why.
    pub reason: String,
}

/// Other texts of setup files.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct SettingsChange {
    /// By name, such as `settings.toml`; `None` takes a file away, and files that are absent stay.
    pub files: BTreeMap<String, Option<String>>,
    /// The version of the setup that was looked at; `None`: whatever it is now.
    pub expected: Option<i64>,
}

/// Adds a location; its version.
///
/// # Errors
/// There is one of this code; a cell cannot be read; the database's.
pub async fn add_location(db: &Db, call: &Call, cells: Cells) -> Result<i64, Refused> {
    add(db, call, (Kind::Location, "location.added"), cells).await
}

/// Adds a product; its version.
///
/// # Errors
/// There is one of this SKU; a cell cannot be read; the database's.
pub async fn add_product(db: &Db, call: &Call, cells: Cells) -> Result<i64, Refused> {
    add(db, call, (Kind::Product, "product.added"), cells).await
}

/// Changes cells of a location, its code among them; its version.
///
/// # Errors
/// There is none; it was changed meanwhile; a cell cannot be read; the database's.
pub async fn change_location(db: &Db, call: &Call, code: &str, change: Change) -> Result<i64, Refused> {
    alter(db, call, (Kind::Location, "location.changed", code), change).await
}

/// Changes cells of a product, its SKU among them; its version. Stock, and products that name it, follow a new SKU.
///
/// # Errors
/// There is none; it was changed meanwhile; a cell cannot be read; the database's.
pub async fn change_product(db: &Db, call: &Call, sku: &str, change: Change) -> Result<i64, Refused> {
    alter(db, call, (Kind::Product, "product.changed", sku), change).await
}

/// Longest reason, in letters.
const LONGEST_REASON: usize = 200;

/// Has a location take no orders for now, for a reason, which may be empty; its version.
///
/// # Errors
/// There is none; the reason is too long; the database's.
pub async fn pause_location(db: &Db, call: &Call, (code, reason): (&str, &str)) -> Result<i64, Refused> {
    let reason = reason.trim().to_owned();
    if reason.chars().count() > LONGEST_REASON || reason.chars().any(char::is_control) {
        return Err(Refused::invalid("/reason", format!("write a reason of up to {LONGEST_REASON} letters")));
    }
    let paused = Cells::from([("paused".to_owned(), "1".to_owned())]);
    let change = Change { cells: paused, expected: None, reason };
    alter(db, call, (Kind::Location, "location.paused", code), change).await
}

/// Has a location take orders again; its version.
///
/// # Errors
/// There is none; the database's.
pub async fn resume_location(db: &Db, call: &Call, code: &str) -> Result<i64, Refused> {
    let open = Cells::from([("paused".to_owned(), String::new())]);
    let change = Change { cells: open, ..Change::default() };
    alter(db, call, (Kind::Location, "location.resumed", code), change).await
}

/// Changes setup files; the version of the setup.
///
/// # Errors
/// The setup was changed meanwhile; a file cannot be read; the database's.
pub async fn change_settings(db: &Db, call: &Call, change: SettingsChange) -> Result<i64, Refused> {
    let (keys, ()) = edit(db, call, move |books| set_files(books, &change)).await?;
    Ok(keys.version)
}

/// Whether [`change_settings`] would be done; nothing is written.
///
/// # Errors
/// As there.
pub async fn check_settings(db: &Db, at_ms: i64, change: SettingsChange) -> Result<(), Refused> {
    try_edit(db, at_ms, move |books| set_files(books, &change)).await
}

fn set_files(books: &mut Books, change: &SettingsChange) -> Result<Edit<()>, Refused> {
    demand_version(books.keys.version, change.expected)?;
    let mut told = serde_json::Map::new();
    for (name, content) in &change.files {
        let before = books.setup.files.get(name).cloned();
        if before == *content {
            continue;
        }
        told.insert(name.clone(), json!({ "before": in_brief(before), "after": in_brief(content.clone()) }));
        match content {
            Some(content) => books.setup.files.insert(name.clone(), content.clone()),
            None => books.setup.files.remove(name),
        };
    }
    let told = Told { kind: "settings.changed", subject: Subject::Setup, facts: told.into() };
    Ok(Edit { told, touched: Touched::Files, out: () })
}

async fn add(
    db: &Db,
    call: &Call,
    (kind, event): (Kind, &'static str),
    cells: Cells,
) -> Result<i64, Refused> {
    let cells = plain(&cells);
    let code = cells.get(kind.column()).cloned().unwrap_or_default();
    if code.is_empty() {
        let say = format!("is empty; write a code for the {}", kind.what());
        return Err(Refused::invalid(&format!("/cells/{}", kind.column()), say));
    }
    let (keys, at) = edit(db, call, move |books| {
        if kind.find(&mut books.setup, &code).is_some() {
            let say = format!("there is a {} {code} already; change it, or choose another code", kind.what());
            return Err(Refused::conflict("code_taken", say));
        }
        let rows = kind.rows(&mut books.setup);
        rows.push(cells.clone());
        let at = rows.len() - 1;
        let facts = json!({ "code": code, "before": Value::Null, "after": cells });
        let told = Told { kind: event, subject: Subject::Row(kind, at), facts };
        Ok(Edit { told, touched: Touched::Row(kind, at), out: at })
    })
    .await?;
    Ok(kind.version(&keys, at))
}

async fn alter(
    db: &Db,
    call: &Call,
    (kind, event, code): (Kind, &'static str, &str),
    change: Change,
) -> Result<i64, Refused> {
    let code = code.to_owned();
    let (keys, at) = edit(db, call, move |books| {
        let at = kind.find(&mut books.setup, &code).ok_or_else(|| Refused::not_found(kind.what(), &code))?;
        demand_version(kind.version(&books.keys, at), change.expected)?;
        let before = kind.rows(&mut books.setup)[at].clone();
        let mut whole = before.clone();
        whole.extend(change.cells.clone());
        let after = plain(&whole);
        kind.rows(&mut books.setup)[at] = after.clone();
        if let (Kind::Product, Some(sku)) = (kind, after.get(kind.column())) {
            books.setup.follow_rename(&code, sku);
        }
        let (before, after) = differing(&before, &after);
        let mut facts = json!({ "code": code, "before": before, "after": after });
        if !change.reason.is_empty() {
            facts["reason"] = change.reason.clone().into();
        }
        let told = Told { kind: event, subject: Subject::Row(kind, at), facts };
        Ok(Edit { told, touched: Touched::Row(kind, at), out: at })
    })
    .await?;
    Ok(kind.version(&keys, at))
}

fn demand_version(version: i64, expected: Option<i64>) -> Result<(), Refused> {
    match expected {
        Some(expected) if expected != version => Err(Refused::Stale { version }),
        _ => Ok(()),
    }
}

/// The cells that are not the same in both.
fn differing(before: &Cells, after: &Cells) -> (Cells, Cells) {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differ: Vec<&String> =
        names.into_iter().filter(|name| before.get(*name) != after.get(*name)).collect();
    let of = |cells: &Cells| -> Cells {
        differ.iter().filter_map(|name| Some(((*name).clone(), cells.get(*name)?.clone()))).collect()
    };
    (of(before), of(after))
}

fn in_brief(content: Option<String>) -> Value {
    match content {
        Some(content) if content.len() > MOST_TOLD => json!({ "bytes": content.len() }),
        content => json!(content),
    }
}
