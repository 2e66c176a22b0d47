//! A new file: looked at to its end, with what its columns propose, and kept as a draft.
//!
//! Owns: that nothing is kept that cannot be read. Refuses to know: what becomes of it.

use super::plan::{Kept, Mode, Plan, json, with_reasons};
use super::{MOST_BYTES, MOST_OPEN, MOST_ROWS};
use crate::call::{Call, What};
use crate::id;
use crate::refused::{FieldFault, Refused};
use crate::setup::off_the_way;
use connect::files::{BadInputs, Field, Look, SheetKind};
use serde_json::json;
use std::sync::Arc;
use store::db::Db;
use store::sheet_imports::{self, ImportRow, State};
use store::{Tx, places};

/// Longest name of a file.
const LONGEST_NAME: usize = 200;

/// A file as it came.
#[derive(Clone, Debug)]
pub struct NewImport {
    /// Empty: nobody gave it one.
    pub name: String,
    /// What its rows are; `None`: what its columns say.
    pub kind: Option<SheetKind>,
    pub bytes: Arc<[u8]>,
}

/// Looks at a file and keeps it as a draft.
///
/// # Errors
/// It is too large, or no table that can be read to its end; too many are open; the database's.
pub async fn take_import(db: &Db, call: &Call, new: NewImport) -> Result<ImportRow, Refused> {
    if new.bytes.len() > MOST_BYTES {
        let say = format!("the file has more than {} MiB; send it in parts", MOST_BYTES >> 20);
        return Err(Refused::invalid("", say));
    }
    let name: String = new.name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let new = NewImport { name: if name.is_empty() { "pasted.csv".to_owned() } else { name }, ..new };
    let look = look(&new).await?;
    let asked = (call.clone(), new, look);
    crate::inventory::in_one(db, asked, |tx, (call, new, look)| Box::pin(keep(tx, call, (new, look)))).await
}

/// Reads the whole table, where it keeps nobody waiting.
pub(super) async fn look(new: &NewImport) -> Result<Look, Refused> {
    let NewImport { name, kind, bytes } = new.clone();
    let look =
        off_the_way(move || Look::at(&name, &bytes, kind)).await?.map_err(|faults| unreadable(&faults))?;
    if look.rows > MOST_ROWS {
        let say = format!("the file has {} rows, more than {MOST_ROWS}; send it in parts", look.rows);
        return Err(Refused::invalid("", say));
    }
    Ok(look)
}

fn unreadable(BadInputs(faults): &BadInputs) -> Refused {
    Refused::Invalid(
        faults.iter().map(|fault| FieldFault { at: String::new(), say: fault.to_string() }).collect(),
    )
}

async fn keep(tx: &mut Tx, call: &Call, (new, look): (&NewImport, &Look)) -> Result<ImportRow, Refused> {
    if sheet_imports::open(tx).await? >= MOST_OPEN {
        let say = format!("{MOST_OPEN} imports are open already; carry one of them out, or cancel it");
        return Err(Refused::conflict("too_many_open", say));
    }
    let row = ImportRow {
        id: id::new("imp", call.at_ms),
        name: new.name.clone(),
        kind: look.kind.code().to_owned(),
        state: State::Draft,
        look: json(&Kept::of(look))?,
        plan: json(&first_plan(tx, look, call.at_ms).await?)?,
        bytes: i64::try_from(new.bytes.len()).unwrap_or(i64::MAX),
        reached: 0,
        total: i64::try_from(look.rows).unwrap_or(i64::MAX),
        tally: "{}".to_owned(),
        checked: None,
        job_id: String::new(),
        fence: 0,
        failure: String::new(),
        created_by: call.actor.id.clone(),
        created_at_ms: call.at_ms,
        started_at_ms: None,
        ended_at_ms: None,
        reverted_at_ms: None,
    };
    sheet_imports::add(tx, &row).await?;
    sheet_imports::keep_file(tx, &row.id, &new.bytes).await?;
    let what = What { kind: "import.taken", subject: &row.id, order_id: None };
    let facts = json!({ "name": row.name, "kind": row.kind, "layout": look.layout, "rows": row.total });
    call.tell(tx, what, &facts).await?;
    Ok(row)
}

/// What was said of such columns last, or else what their names propose.
pub(super) async fn first_plan(tx: &mut Tx, look: &Look, at_ms: i64) -> Result<Plan, Refused> {
    let remembered = match sheet_imports::mapping(tx, &look.signature()).await? {
        Some(text) => serde_json::from_str::<Vec<Option<String>>>(&text).ok(),
        None => None,
    };
    let names = || look.columns.iter().map(|column| column.field.as_ref().map(Field::code)).collect();
    let fits = remembered.and_then(|mapping| with_reasons(&Kept::of(look), mapping));
    let mapped_by = if fits.is_some() { "remembered" } else { "names" };
    let mapping: Vec<Option<String>> = fits.unwrap_or_else(names);
    Ok(Plan {
        mapping,
        mapped_by: mapped_by.to_owned(),
        location: only_place(tx).await?,
        as_of: at_ms,
        mode: Mode::Set,
    })
}

/// The one place there is.
async fn only_place(tx: &mut Tx) -> Result<Option<String>, Refused> {
    let mut places = places::locations(tx).await?;
    Ok(if places.len() == 1 { places.pop().map(|kept| kept.row.code) } else { None })
}
