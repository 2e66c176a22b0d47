//! What people ask of an import: another plan, a dry run, to carry it out, to cancel it, to take it back.
//!
//! Owns: which of that may be asked when. Refuses to know: how it is done.

use super::plan::{Kept, Mode, Plan, json, kind_of, without_reasons};
use super::take::{self, NewImport};
use super::{KEPT_MS, job};
use crate::call::{Call, What};
use crate::id;
use crate::inventory::in_one;
use crate::refused::{FieldFault, Refused};
use connect::files::{Field, Look, SheetKind};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::db::Db;
use store::sheet_imports::{self, ImportRow, ShelfTrace, State};
use store::stock::Shelf;
use store::{Tx, places};

/// Another plan; what is `None` stays.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct PlanChange {
    /// Its columns are proposed anew then.
    pub kind: Option<SheetKind>,
    /// By column, from 0: the code of its field, or `None` for a column that is not read.
    pub mapping: BTreeMap<usize, Option<String>>,
    /// `Some(None)`: rows name their places.
    pub location: Option<Option<String>>,
    pub as_of: Option<i64>,
    pub mode: Option<Mode>,
}

/// Imports, the newest first, older than `before`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn imports(db: &Db, before: Option<&str>, limit: i64) -> Result<Vec<ImportRow>, Refused> {
    let before: Option<Arc<str>> = before.map(Arc::from);
    db.read(move |tx| {
        let before = before.clone();
        Box::pin(async move { Ok(sheet_imports::newest(tx, before.as_deref(), limit).await?) })
    })
    .await
}

/// # Errors
/// There is none; the database's.
pub async fn import(db: &Db, id: &str) -> Result<ImportRow, Refused> {
    let id: Arc<str> = id.into();
    db.read(move |tx| {
        let id = Arc::clone(&id);
        Box::pin(async move { get(tx, &id).await })
    })
    .await
}

/// Shelves that were not taken back because others have changed them, after `last`, at most `limit`.
///
/// # Errors
/// There is no such import; the database's.
pub async fn conflicts(db: &Db, id: &str, last: Shelf, limit: i64) -> Result<Vec<ShelfTrace>, Refused> {
    let id: Arc<str> = id.into();
    db.read(move |tx| {
        let id = Arc::clone(&id);
        Box::pin(async move {
            get(tx, &id).await?;
            Ok(sheet_imports::conflicts(tx, &id, last, limit).await?)
        })
    })
    .await
}

async fn get(tx: &mut Tx, id: &str) -> Result<ImportRow, Refused> {
    sheet_imports::get(tx, id).await?.ok_or_else(|| Refused::not_found("import", id))
}

/// The file of an import.
pub(super) async fn bytes_of(db: &Db, id: &str) -> Result<Arc<[u8]>, Refused> {
    let id: Arc<str> = id.into();
    let read = db.read::<_, Refused>(move |tx| {
        let id = Arc::clone(&id);
        Box::pin(async move { Ok(sheet_imports::file(tx, &id).await?) })
    });
    let bytes = read.await?;
    if bytes.is_empty() {
        let say = "its file is not kept any more, 30 days after it ended; import the file again";
        return Err(Refused::conflict("file_removed", say));
    }
    Ok(bytes.into())
}

/// The file of an import as it came, to be read as something else.
///
/// # Errors
/// There is no such import; its file is not kept any more; the database's.
pub async fn file_of(db: &Db, id: &str) -> Result<NewImport, Refused> {
    let name = import(db, id).await?.name;
    Ok(NewImport { name, kind: None, bytes: bytes_of(db, id).await? })
}

/// Changes the plan of a draft, and remembers what its columns mean.
///
/// # Errors
/// There is none, or it is no draft; a field or place that there is not; the database's.
pub async fn change_plan(
    db: &Db,
    call: &Call,
    (id, change): (&str, PlanChange),
) -> Result<ImportRow, Refused> {
    let anew = match change.kind {
        Some(kind) => {
            let name = import(db, id).await?.name;
            let bytes = bytes_of(db, id).await?;
            Some(take::look(&NewImport { name, kind: Some(kind), bytes }).await?)
        }
        None => None,
    };
    let asked = (call.clone(), id.to_owned(), (change, anew));
    in_one(db, asked, |tx, (call, id, (change, anew))| {
        Box::pin(set_plan(tx, call, (id, change, anew.as_ref())))
    })
    .await
}

async fn set_plan(
    tx: &mut Tx,
    call: &Call,
    (id, change, anew): (&str, &PlanChange, Option<&Look>),
) -> Result<ImportRow, Refused> {
    let row = get(tx, id).await?;
    let (kind, kept, mut plan) = match anew {
        Some(look) => {
            let first = take::first_plan(tx, look, call.at_ms).await?;
            let before = Plan::read(&row)?;
            (look.kind, Kept::of(look), Plan { as_of: before.as_of, mode: before.mode, ..first })
        }
        None => (kind_of(&row)?, Kept::read(&row)?, Plan::read(&row)?),
    };
    if let Some(mode) = change.mode {
        plan.mode = mode;
    }
    if let Some(as_of) = change.as_of {
        plan.as_of = as_of.clamp(0, call.at_ms);
    }
    if let Some(location) = &change.location {
        plan.location = place(tx, location.as_deref()).await?;
    }
    if !change.mapping.is_empty() {
        map(&mut plan, kind, &change.mapping)?;
        let mapping = json(&without_reasons(&kept, &plan.mapping))?;
        sheet_imports::remember(tx, (&kept.signature, &mapping), (&call.actor.id, call.at_ms)).await?;
    }
    let (look, text) = (json(&kept)?, json(&plan)?);
    if !sheet_imports::set_plan(tx, id, (kind.code(), &look, &text)).await? {
        return Err(not_so(&row, "only a draft can be changed"));
    }
    let what = What { kind: "import.planned", subject: id, order_id: None };
    let facts =
        json!({ "mapping": plan.mapping, "location": plan.location, "as_of": plan.as_of, "mode": plan.mode });
    call.tell(tx, what, &facts).await?;
    get(tx, id).await
}

async fn place(tx: &mut Tx, code: Option<&str>) -> Result<Option<String>, Refused> {
    let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else { return Ok(None) };
    match places::location(tx, code).await? {
        Some(_) => Ok(Some(code.to_owned())),
        None => Err(Refused::invalid(
            "/location",
            format!("there is no location {code}; choose one that there is"),
        )),
    }
}

/// Gives columns their fields. A field that a column gets, another one loses.
fn map(plan: &mut Plan, kind: SheetKind, changes: &BTreeMap<usize, Option<String>>) -> Result<(), Refused> {
    let mut faults = Vec::new();
    for (column, code) in changes {
        let at = format!("/mapping/{column}");
        let Some(slot) = plan.mapping.get(*column) else {
            faults.push(FieldFault { at, say: "there is no such column".to_owned() });
            continue;
        };
        if slot == code {
            continue;
        }
        let field = code.as_deref().map(|code| Field::of(kind, code));
        if field == Some(None) {
            let all: Vec<String> = Field::all(kind).iter().map(Field::code).collect();
            faults.push(FieldFault { at, say: format!("is no field; choose one of {}", all.join(", ")) });
            continue;
        }
        if let Some(field) = field.flatten() {
            let taken = plan.mapping.iter().filter(|own| own.as_deref() == code.as_deref()).count();
            let is_named = |own: &&mut Option<String>| own.as_deref() == code.as_deref();
            if !field.has_room(taken)
                && !changes.iter().any(|(other, wanted)| other < column && wanted == code)
                && let Some(other) = plan.mapping.iter_mut().find(is_named)
            {
                *other = None;
            } else if !field.has_room(taken) {
                faults.push(FieldFault {
                    at,
                    say: "another column has this field; choose one of them".to_owned(),
                });
                continue;
            }
        }
        plan.mapping[*column].clone_from(code);
    }
    plan.mapped_by = "hand".to_owned();
    if faults.is_empty() { Ok(()) } else { Err(Refused::Invalid(faults)) }
}

/// What a job is to do with an import.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AskKind {
    DryRun,
    Confirm,
    Revert,
}

/// Asks for work on an import.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskImport {
    pub id: String,
    pub what: AskKind,
}

/// Hands an import to a job.
///
/// # Errors
/// There is none; it is not in the state for it, or lacks something; the database's.
pub async fn entrust_import(db: &Db, call: &Call, asked: AskImport) -> Result<ImportRow, Refused> {
    in_one(db, (call.clone(), asked), |tx, (call, asked)| Box::pin(entrust(tx, call, asked))).await
}

async fn entrust(tx: &mut Tx, call: &Call, asked: &AskImport) -> Result<ImportRow, Refused> {
    let row = get(tx, &asked.id).await?;
    let (from, to, event, else_say) = match asked.what {
        AskKind::DryRun => {
            demand_whole(&row)?;
            let from = [State::Draft, State::Checked, State::Checked];
            (from, State::Checking, "import.check_asked", "only a draft can be tried")
        }
        AskKind::Confirm => {
            let from = [State::Checked; 3];
            (from, State::Running, "import.confirmed", "try it first; only what was tried is carried out")
        }
        AskKind::Revert => {
            demand_young(&row, call.at_ms)?;
            let from = [State::Done, State::Failed, State::Cancelled];
            (from, State::Reverting, "import.revert_asked", "only what was carried out can be taken back")
        }
    };
    let job_id = id::new("job", call.at_ms);
    if !sheet_imports::entrust(tx, (&row.id, &job_id), (from, to), call.at_ms).await? {
        return Err(not_so(&row, else_say));
    }
    job::enqueue(tx, (&row.id, &job_id), call).await?;
    let what = What { kind: event, subject: &row.id, order_id: None };
    call.tell(tx, what, &json!({ "name": row.name, "kind": row.kind })).await?;
    get(tx, &row.id).await
}

fn demand_whole(row: &ImportRow) -> Result<(), Refused> {
    let needs = Plan::read(row)?.needs(kind_of(row)?);
    let say = |need: &&str| match *need {
        "location" => FieldFault {
            at: "/location".to_owned(),
            say: "the rows name no place; say which column does, or choose the place of the whole file"
                .to_owned(),
        },
        other => FieldFault {
            at: "/mapping".to_owned(),
            say: format!("no column has the field {other}; choose one"),
        },
    };
    match needs.is_empty() {
        true => Ok(()),
        false => Err(Refused::Invalid(needs.iter().map(say).collect())),
    }
}

fn demand_young(row: &ImportRow, now_ms: i64) -> Result<(), Refused> {
    if row.started_at_ms.is_none() {
        return Err(not_so(row, "nothing of it was carried out"));
    }
    match row.ended_at_ms {
        Some(ended) if now_ms - ended > KEPT_MS => {
            let say = "it ended more than 30 days ago; correct the shelves, or import what is right now";
            Err(Refused::conflict("too_late", say))
        }
        _ => Ok(()),
    }
}

/// Cancels a draft, a dry run, or the rest of one that is carried out.
///
/// # Errors
/// There is none; it is over; the database's.
pub async fn cancel_import(db: &Db, call: &Call, id: &str) -> Result<ImportRow, Refused> {
    in_one(db, (call.clone(), id.to_owned()), |tx, (call, id)| Box::pin(cancel(tx, call, id))).await
}

async fn cancel(tx: &mut Tx, call: &Call, id: &str) -> Result<ImportRow, Refused> {
    let row = get(tx, id).await?;
    if !sheet_imports::cancel(tx, id, call.at_ms).await? {
        return Err(not_so(&row, "only what waits or runs is cancelled"));
    }
    let what = What { kind: "import.cancelled", subject: id, order_id: None };
    call.tell(tx, what, &json!({ "name": row.name, "reached": row.reached, "total": row.total })).await?;
    get(tx, id).await
}

fn not_so(row: &ImportRow, say: &str) -> Refused {
    Refused::conflict("import_state", format!("the import is {}; {say}", row.state.code()))
}
