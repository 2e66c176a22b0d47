//! Imports as they look on the wire.

use crate::problem::Problem;
use crate::words;
use flow::sheet_import::{Field, KEPT_MS, Kept, KeptQuirk, Mode, Plan, SheetKind};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use store::sheet_imports::{ImportRow, ShelfTrace, State as Stage};
use utoipa::ToSchema;
use utoipa::openapi::Schema;

/// An import of a table.
#[derive(Serialize, ToSchema)]
pub(super) struct SheetImport {
    #[schema(example = "imp_0192…")]
    pub(super) id: String,
    /// Of the file.
    name: String,
    /// `stock` or `products`.
    kind: String,
    /// `draft`, `checking`, `checked`, `running`, `done`, `failed`, `cancelled`, `reverting` or `reverted`.
    #[schema(schema_with = stages)]
    state: &'static str,
    /// Where the file comes from: `shopify_inventory`, `shopify_inventory_new`, `shopify_inventory_by_place`,
    /// `shopify_products`, `shopify_products_new`, `square_items`, `woocommerce_products`, `baton_stock`,
    /// `baton_products` or `unknown`.
    layout: String,
    bytes: i64,
    /// Rows that are dealt with by the dry run or the import,
    #[schema(minimum = 0)]
    done: i64,
    /// of so many.
    #[schema(minimum = 0)]
    total: i64,
    /// How many ended how: `new`, `changed`, `same`, `bad`, `skipped`, `short`; after a revert `reverted` and `conflicts`.
    tally: BTreeMap<String, i64>,
    /// Why it stopped; null where it did not.
    failure: Option<String>,
    created_by: String,
    created_at: i64,
    started_at: Option<i64>,
    ended_at: Option<i64>,
    reverted_at: Option<i64>,
    /// Until when it can be taken back; null: there is nothing to take back.
    revertible_until: Option<i64>,
}

impl SheetImport {
    pub(super) fn of(row: ImportRow) -> Result<SheetImport, Problem> {
        let kept = Kept::read(&row)?;
        let tally = serde_json::from_str(&row.tally).map_err(|error| Problem::defect(error.to_string()))?;
        let is_over = matches!(row.state, Stage::Done | Stage::Failed | Stage::Cancelled);
        let ended = row.ended_at_ms.filter(|_| is_over && row.started_at_ms.is_some());
        Ok(SheetImport {
            id: row.id,
            name: row.name,
            kind: row.kind,
            state: row.state.code(),
            layout: kept.layout,
            bytes: row.bytes,
            done: row.reached,
            total: row.total,
            tally,
            failure: Some(row.failure).filter(|why| !why.is_empty()),
            created_by: row.created_by,
            created_at: row.created_at_ms,
            started_at: row.started_at_ms,
            ended_at: row.ended_at_ms,
            reverted_at: row.reverted_at_ms,
            revertible_until: ended.map(|at| at + KEPT_MS),
        })
    }
}

fn stages() -> Schema {
    words::schema(Stage::ALL.map(Stage::code))
}

/// An import with its columns, its plan, and what the dry run found.
#[derive(Serialize, ToSchema)]
pub(super) struct SheetImportInFull {
    #[serde(flatten)]
    import: SheetImport,
    /// `utf-8`, `utf-8-bom`, `utf-16` or `windows-1252`.
    encoding: String,
    /// `,`, `;`, `|` or a tab.
    separator: char,
    /// The line of the header, from 1.
    header_row: u64,
    columns: Vec<ImportColumn>,
    /// Every field that a column may have; beside them, in stock, `units_at:` and the code of a location.
    fields: Vec<String>,
    /// What a dry run still needs: codes of fields, or `location`.
    needs: Vec<&'static str>,
    /// Why the columns are mapped so: `names`, `remembered` or `hand`.
    mapped_by: String,
    /// Code of the location of all rows, where no column says it.
    location: Option<String>,
    as_of: i64,
    /// `set` or `add`.
    mode: &'static str,
    warnings: Vec<ImportWarning>,
    /// What the dry run found; null: it was not tried. `{new, changed, same, bad, skipped, warnings: [{code, rows, say}],
    /// bad_rows: [{row, column, value, say}], stock: {units_up, units_down, largest: [{location, sku, from, to}]}}`.
    result: Option<Value>,
}

#[derive(Serialize, ToSchema)]
struct ImportColumn {
    /// From 0.
    index: usize,
    name: String,
    /// The first different cells.
    samples: Vec<String>,
    /// What it means; null: it is not read.
    field: Option<String>,
}

/// Something that is wrong in many cells of a column, or may be.
#[derive(Serialize, ToSchema)]
struct ImportWarning {
    /// `scientific_number`, `lost_leading_zeros`, `decimal_comma`, `not_stocked` or `below_zero`.
    code: String,
    column: String,
    rows: u64,
    first_row: u64,
    sample: String,
    say: String,
}

impl From<KeptQuirk> for ImportWarning {
    fn from(quirk: KeptQuirk) -> ImportWarning {
        let KeptQuirk { code, column, rows, first_row, sample, say } = quirk;
        ImportWarning { code, column, rows, first_row, sample, say }
    }
}

impl SheetImportInFull {
    pub(super) fn of(row: ImportRow) -> Result<SheetImportInFull, Problem> {
        let (kept, plan) = (Kept::read(&row)?, Plan::read(&row)?);
        let kind = SheetKind::of(&row.kind).ok_or_else(|| Problem::defect("an import of no known kind"))?;
        let read =
            |text: &String| serde_json::from_str(text).map_err(|error| Problem::defect(error.to_string()));
        let result = row.checked.as_ref().map(read).transpose()?;
        let needs = plan.needs(kind);
        let columns = kept.columns.into_iter().zip(plan.mapping).enumerate();
        let columns = columns.map(|(index, (column, field))| ImportColumn {
            index,
            name: column.name,
            samples: column.samples,
            field,
        });
        Ok(SheetImportInFull {
            columns: columns.collect(),
            fields: Field::all(kind).iter().map(Field::code).collect(),
            needs,
            encoding: kept.encoding,
            separator: kept.separator,
            header_row: kept.header_row,
            mapped_by: plan.mapped_by,
            location: plan.location,
            as_of: plan.as_of,
            mode: match plan.mode {
                Mode::Set => "set",
                Mode::Add => "add",
            },
            warnings: kept.warnings.into_iter().map(ImportWarning::from).collect(),
            result,
            import: SheetImport::of(row)?,
        })
    }
}

/// A shelf that a revert left as it is.
#[derive(Serialize, ToSchema)]
pub(super) struct ImportConflict {
    sku: String,
    location: String,
    /// By how much the import had changed it.
    moved: i64,
    /// `counted`: it was counted since. `changed`: somebody corrected it or stated it anew since. `promised`: the units are
    /// promised since.
    why: String,
}

impl From<ShelfTrace> for ImportConflict {
    fn from(trace: ShelfTrace) -> ImportConflict {
        ImportConflict { sku: trace.sku, location: trace.location, moved: trace.moved, why: trace.outcome }
    }
}
