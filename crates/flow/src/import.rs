//! A folder into the books: places, products, setup files, and what stands on the shelves.
//!
//! Owns: that everything is read and found sound before anything is written, and that the same folder again changes
//! nothing. Refuses to know: layouts of files; orders and rules, of which it hands back the text.

mod shelves;

use crate::setup::{Books, Edit, Kind, Subject, Told, Touched, edit, off_the_way};
use crate::{Call, FieldFault, Refused};
use connect::files::{BadInputs, Cells, Folder, Problem, Setup};
use serde_json::json;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use store::db::Db;

/// What an import did.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Imported {
    /// Added or changed.
    pub locations: usize,
    pub products: usize,
    pub files: usize,
    /// Shelves on which something changed.
    pub shelves: usize,
    /// Shelves that were left as they are, because the books cannot follow the file there.
    pub left: usize,
    /// What had to be assumed, what somebody should look at, and the first shelves that were left, as sentences.
    pub notes: Vec<String>,
    /// Name and text of the folder's file of rules.
    pub rules: Option<(String, String)>,
}

/// What a folder holds.
struct Brought {
    problem: Problem,
    setup: Setup,
}

/// Brings a folder in. What it does not mention stays as it is. Broken off, it may be done again.
///
/// # Errors
/// Every fault of the folder's files, and then nothing is written; the database's.
pub async fn import_folder(db: &Db, call: &Call, dir: &Path) -> Result<Imported, Refused> {
    let dir = dir.to_owned();
    let brought = off_the_way(move || brought(&dir)).await?.map_err(refused)?;
    let brought = Arc::new(brought);
    let mut imported = bring_setup(db, call, brought.clone()).await?;
    let problem = &brought.problem;
    imported.notes.extend(problem.assumptions.iter().chain(&problem.notes).cloned());
    imported.rules.clone_from(&problem.rules_text);
    shelves::bring(db, call, &brought.problem, imported).await
}

fn brought(dir: &Path) -> Result<Brought, BadInputs> {
    Ok(Brought { problem: Folder::open(dir)?.problem, setup: Setup::of_folder(dir)? })
}

fn refused(BadInputs(faults): BadInputs) -> Refused {
    let one = |fault: connect::files::BadInput| FieldFault {
        at: format!("/{}", fault.file),
        say: fault.to_string(),
    };
    Refused::Invalid(faults.into_iter().map(one).collect())
}

async fn bring_setup(db: &Db, call: &Call, brought: Arc<Brought>) -> Result<Imported, Refused> {
    // The request is carried out when the stock is in, too.
    let call = Call { once: None, ..call.clone() };
    let (_, imported) = edit(db, &call, move |books| {
        let imported = merge(books, &brought.setup);
        let Imported { locations, products, files, .. } = imported;
        let facts = json!({ "locations": locations, "products": products, "files": files });
        let told = Told { kind: "setup.imported", subject: Subject::Setup, facts };
        Ok(Edit { told, touched: Touched::Files, out: imported })
    })
    .await?;
    Ok(imported)
}

/// Sets what the folder has, and counts what that changes.
fn merge(books: &mut Books, brought: &Setup) -> Imported {
    let locations = merge_rows(Kind::Location, books, &brought.locations);
    let products = merge_rows(Kind::Product, books, &brought.products);
    let mut files = 0;
    for (name, content) in &brought.files {
        let before = books.setup.files.insert(name.clone(), content.clone());
        files += usize::from(before.as_ref() != Some(content));
    }
    Imported { locations, products, files, ..Imported::default() }
}

fn merge_rows(kind: Kind, books: &mut Books, brought: &[Cells]) -> usize {
    let code = |cells: &Cells| cells.get(kind.column()).cloned().unwrap_or_default();
    let rows = kind.rows(&mut books.setup);
    let known: HashMap<String, usize> =
        rows.iter().enumerate().map(|(at, cells)| (code(cells), at)).collect();
    let mut changed = 0;
    for cells in brought.iter().map(crate::setup::plain) {
        match known.get(&code(&cells)) {
            Some(at) if rows[*at] == cells => continue,
            Some(at) => rows[*at] = cells,
            None => rows.push(cells),
        }
        changed += 1;
    }
    changed
}
