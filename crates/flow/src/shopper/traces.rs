//! What names a shopper outside of their orders: views, batches, imports, jobs, exceptions and events about other things,
//! and answers that are kept for those who ask again.
//!
//! Owns: looking through all of it page by page, so that nobody waits for it, and writing over what is found, a few rows in
//! one transaction. Refuses to know: which tables there are; `store::erasing` does.

use super::erase::Why;
use super::person::{Of, Person};
use crate::baton::Baton;
use crate::call::{Call, What};
use crate::refused::Refused;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::erasing::{self, At, Books, KeptAnswer, Texts};
use store::events::{self, Event, Vouched};
use store::{Db, Tx, sheet_imports};

/// Rows written over in one transaction.
const AT_ONCE: usize = 100;
/// Answers and files read at once.
const PAGE: i64 = 100;
/// Tables whose rows of the shopper's own orders are written over with the order.
const WITH_THE_ORDER: [&str; 5] = ["events", "exceptions", "fulfillments", "orders", "returns"];

/// Tables of which one column alone is what people write.
const ONE_COLUMN: [(&str, &str); 3] = [("events", "facts"), ("ledger", "reason"), ("orders", "hold")];

/// A row that names the shopper: column, text, and the text without.
pub(super) struct Trace {
    pub(super) row: Texts,
    pub(super) changes: Vec<(String, String, String)>,
}

/// Whom it is about: what they are known by, and the ids of their orders.
pub(super) type Sought<'a> = (&'a Arc<Person>, &'a Arc<BTreeSet<String>>);

/// Writes over everything outside of the orders that names the shopper; how many rows.
pub(super) async fn erase(
    baton: &Baton,
    call: &Call,
    (asked, why): (&str, Why),
    sought: Sought<'_>,
) -> Result<usize, Refused> {
    let mut erased = remove_files(&baton.db, sought.0).await?;
    let books = books(&baton.db).await?;
    let mut at = Some(At::default());
    while let Some(from) = at.take() {
        let (found, next) = look(&baton.db, (&books, from), sought).await?;
        for some in found.chunks(AT_ONCE) {
            let some: Arc<Vec<(Texts, Vec<_>)>> =
                Arc::new(some.iter().map(|trace| (trace.row.clone(), trace.changes.clone())).collect());
            erased += write_over(&baton.db, call, (asked, why), (&books, some)).await?;
        }
        at = next;
    }
    Ok(erased + forget_answers(&baton.db, sought).await?)
}

/// The tables that are looked through.
pub(super) async fn books(db: &Db) -> Result<Arc<Books>, Refused> {
    let read = db.read::<_, Refused>(|tx| Box::pin(async move { Ok(erasing::books(tx).await?) }));
    Ok(Arc::new(read.await?))
}

/// The next page of rows that name the shopper.
pub(super) async fn look(
    db: &Db,
    (books, from): (&Arc<Books>, At),
    (person, own): Sought<'_>,
) -> Result<(Vec<Trace>, Option<At>), Refused> {
    let asked = Arc::new((Arc::clone(books), from));
    let read = db.read::<_, Refused>(move |tx| {
        let asked = Arc::clone(&asked);
        Box::pin(async move { Ok(erasing::texts(tx, &asked.0, &asked.1).await?) })
    });
    let (rows, next) = read.await?;
    Ok((rows.into_iter().filter_map(|row| trace(row, person, own)).collect(), next))
}

fn trace(row: Texts, person: &Person, own: &BTreeSet<String>) -> Option<Trace> {
    let of = match &row.order_id {
        Some(id) if !own.contains(id) => Of::Others,
        Some(_) if WITH_THE_ORDER.contains(&row.table.as_str()) => return None,
        // Why units of an order moved is written over with it.
        None if row.table == "ledger" && is_of_an_order(row.cell("document")) => Of::Others,
        _ => Of::Nobody,
    };
    // The rest of such rows is ids and words of the trade.
    let only = ONE_COLUMN.iter().find(|(table, _)| *table == row.table).map(|(_, column)| *column);
    let cells = row.cells.iter().filter(|(column, _)| only.is_none_or(|only| only == column));
    let changed = cells.filter_map(|(column, text)| {
        let without = person.taken_out(text, of)?;
        // No two jobs of one kind have the same key.
        let without = if column == "key" { format!("{without}{}", row.id()) } else { without };
        Some((column.clone(), text.clone(), without))
    });
    let changes: Vec<_> = changed.collect();
    (!changes.is_empty()).then_some(Trace { row, changes })
}

pub(super) fn is_of_an_order(document: &str) -> bool {
    ["ord_", "ful_", "ret_"].iter().any(|prefix| document.starts_with(prefix))
}

type Changes = (Texts, Vec<(String, String, String)>);

async fn write_over(
    db: &Db,
    call: &Call,
    (asked, why): (&str, Why),
    (books, some): (&Arc<Books>, Arc<Vec<Changes>>),
) -> Result<usize, Refused> {
    let (call, asked, books) = (call.clone(), asked.to_owned(), Arc::clone(books));
    db.write(move |tx| {
        let (call, asked, books, some) = (call.clone(), asked.clone(), Arc::clone(&books), Arc::clone(&some));
        Box::pin(async move {
            events::hold(tx).await?;
            let (mut vouched, mut rows) = (Vec::new(), 0);
            for (row, changes) in some.iter() {
                let is_done = match row.event() {
                    None => erasing::write_over(tx, &books, (row, changes)).await?,
                    Some(number) => {
                        let said = erase_event(tx, number, (changes, &asked)).await?;
                        let is_done = said.is_some();
                        vouched.extend(said);
                        is_done
                    }
                };
                rows += usize::from(is_done);
            }
            if rows == 0 {
                return Ok(0);
            }
            let what = What { kind: events::ERASED, subject: &asked, order_id: Some(&asked) };
            let facts = json!({ "reason": why.code(), "traces": rows, "events": vouched });
            call.tell(tx, what, &facts).await?;
            Ok(rows)
        })
    })
    .await
}

async fn erase_event(
    tx: &mut Tx,
    number: i64,
    (changes, asked): (&[(String, String, String)], &str),
) -> Result<Option<Vouched>, Refused> {
    let found = events::newest(tx, number + 1, 1).await?.pop();
    let Some(event) = found.filter(|event: &Event| event.number == number) else { return Ok(None) };
    let Some((_, was, is)) = changes.first().filter(|(_, was, _)| *was == event.facts) else {
        return Ok(None);
    };
    debug_assert_ne!(was, is, "a change that changes nothing");
    Ok(events::erase(tx, &event, is, asked).await?)
}

/// Answers about the shopper's orders go whole: they may tell what the order no longer does, such as an earlier address.
async fn forget_answers(db: &Db, (person, own): Sought<'_>) -> Result<usize, Refused> {
    let (mut last, mut forgotten) = ((String::new(), String::new()), 0);
    loop {
        let after = Arc::new(last.clone());
        let page = db.read::<_, Refused>(move |tx| {
            let after = Arc::clone(&after);
            Box::pin(async move { Ok(erasing::answers(tx, (&after.0, &after.1), PAGE).await?) })
        });
        let page = page.await?;
        let Some(end) = page.last() else { return Ok(forgotten) };
        last = (end.scope.clone(), end.key.clone());
        let is_about = |answer: &KeptAnswer| {
            own.contains(&answer.effect)
                || own.iter().any(|id| answer.text.contains(id.as_str()))
                || person.is_in(&answer.text, Of::Others)
        };
        let is_named = |answer: &KeptAnswer| person.is_in(&answer.key, Of::Nobody);
        let about = page.into_iter().map(|answer| (is_named(&answer), answer));
        let about = about.filter(|(is_named, answer)| *is_named || is_about(answer));
        let about: Arc<Vec<(KeptAnswer, bool)>> =
            Arc::new(about.map(|(named, answer)| (answer, named)).collect());
        if about.is_empty() {
            continue;
        }
        forgotten += about.len();
        db.write::<_, Refused>(move |tx| {
            let about = Arc::clone(&about);
            Box::pin(async move {
                for (answer, is_key_named) in about.iter() {
                    match is_key_named {
                        true => erasing::forget_request(tx, answer).await?,
                        false => erasing::forget_answer(tx, answer).await?,
                    }
                }
                Ok(())
            })
        })
        .await?;
    }
}

/// Files of imports that name the shopper go whole, as they do by themselves some time after the import.
async fn remove_files(db: &Db, person: &Arc<Person>) -> Result<usize, Refused> {
    let (mut last, mut removed) = (String::new(), 0);
    loop {
        let after = last.clone();
        let page = db.read::<_, Refused>(move |tx| {
            let after = after.clone();
            Box::pin(async move { Ok(erasing::imports_with_files(tx, &after, PAGE).await?) })
        });
        let page = page.await?;
        let Some((end, _)) = page.last() else { return Ok(removed) };
        last.clone_from(end);
        for (import, _) in page {
            removed += usize::from(remove_file(db, &import, person).await?);
        }
    }
}

async fn remove_file(db: &Db, import: &str, person: &Arc<Person>) -> Result<bool, Refused> {
    let id: Arc<str> = import.into();
    let of = Arc::clone(&id);
    let read = db.read::<_, Refused>(move |tx| {
        let id = Arc::clone(&of);
        Box::pin(async move { Ok(sheet_imports::file(tx, &id).await?) })
    });
    if !texts_of(&read.await?).iter().any(|text| person.is_in(text, Of::Nobody)) {
        return Ok(false);
    }
    let of = Arc::clone(&id);
    let removed = db.write::<_, Refused>(move |tx| {
        let id = Arc::clone(&of);
        Box::pin(async move { Ok(erasing::remove_file(tx, &id).await?) })
    });
    match removed.await? {
        true => Ok(true),
        false => {
            let say = format!(
                "the file of import {import} names the shopper, and it is being read; erase when it is done"
            );
            Err(Refused::conflict("import_under_way", say))
        }
    }
}

/// A file as it may be meant: UTF-8, UTF-16, or one letter for each byte.
fn texts_of(bytes: &[u8]) -> Vec<String> {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        String::from_utf16_lossy(&units.collect::<Vec<_>>())
    };
    let mut texts = vec![String::from_utf8_lossy(bytes).into_owned()];
    match bytes {
        [0xff, 0xfe, ..] => texts.push(wide(u16::from_le_bytes)),
        [0xfe, 0xff, ..] => texts.push(wide(u16::from_be_bytes)),
        _ => texts.push(bytes.iter().map(|byte| char::from(*byte)).collect()),
    }
    texts
}
