//! What a file is, and what is to be done with it, as the books keep both.
//!
//! Owns: their JSON, and what a plan still needs before anything can be done. Refuses to know: how rows are read.

use crate::refused::{Refused, broken};
use connect::files::{Field, Look, REASON, Reading, SheetKind};
use serde::{Deserialize, Serialize};
use store::sheet_imports::ImportRow;

/// What a file is, as it was looked at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Kept {
    pub encoding: String,
    pub separator: char,
    pub header_row: u64,
    pub rows: u64,
    pub layout: String,
    pub signature: String,
    pub columns: Vec<KeptColumn>,
    pub warnings: Vec<KeptQuirk>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct KeptColumn {
    pub name: String,
    pub samples: Vec<String>,
}

/// Something that many cells of a column have.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct KeptQuirk {
    pub code: String,
    pub column: String,
    pub rows: u64,
    pub first_row: u64,
    pub sample: String,
    pub say: String,
}

/// What is done with the units of a table of stock.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// They are what stands on the shelf.
    #[default]
    Set,
    /// They come, or go where they are below zero.
    Add,
}

/// What is to be done with a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// The code of each column's field.
    pub mapping: Vec<Option<String>>,
    /// `names`, `remembered` or `hand`.
    pub mapped_by: String,
    /// The place of the whole file, where its rows name none.
    pub location: Option<String>,
    /// When its counts were true.
    pub as_of: i64,
    pub mode: Mode,
}

impl Kept {
    pub(super) fn of(look: &Look) -> Kept {
        let columns = look.columns.iter();
        let quirks = look.quirks.iter();
        Kept {
            encoding: look.encoding.to_owned(),
            separator: look.separator,
            header_row: look.header_row,
            rows: look.rows,
            layout: look.layout.to_owned(),
            signature: look.signature(),
            columns: columns
                .map(|column| KeptColumn { name: column.name.clone(), samples: column.samples.clone() })
                .collect(),
            warnings: quirks
                .map(|quirk| KeptQuirk {
                    code: quirk.code.to_owned(),
                    column: quirk.column.clone(),
                    rows: quirk.rows,
                    first_row: quirk.first_row,
                    sample: quirk.sample.clone(),
                    say: quirk.say.to_owned(),
                })
                .collect(),
        }
    }

    /// # Errors
    /// The books hold what is none.
    pub fn read(row: &ImportRow) -> Result<Kept, Refused> {
        serde_json::from_str(&row.look).map_err(|error| broken(&error))
    }
}

impl Plan {
    /// # Errors
    /// The books hold what is none.
    pub fn read(row: &ImportRow) -> Result<Plan, Refused> {
        serde_json::from_str(&row.plan).map_err(|error| broken(&error))
    }

    /// The fields, column by column.
    pub(super) fn fields(&self, kind: SheetKind) -> Vec<Option<Field>> {
        let field = |code: &Option<String>| code.as_deref().and_then(|code| Field::of(kind, code));
        self.mapping.iter().map(field).collect()
    }

    pub(super) fn reading(&self) -> Reading {
        match self.mode {
            Mode::Set => Reading::Counts,
            Mode::Add => Reading::Changes,
        }
    }

    /// What is missing before it can be tried: codes of fields, `location` where no place is named.
    pub fn needs(&self, kind: SheetKind) -> Vec<&'static str> {
        let fields: Vec<Field> = self.fields(kind).into_iter().flatten().collect();
        let has = |field: &Field| fields.contains(field);
        let mut needs = Vec::new();
        if !has(&Field::Sku) && !has(&Field::Title) {
            needs.push("sku");
        }
        if kind == SheetKind::Products {
            return needs;
        }
        let is_by_place = fields.iter().any(|field| matches!(field, Field::UnitsAt(_)));
        let is_by_row = has(&Field::Units) || has(&Field::NewUnits);
        if !is_by_row && !is_by_place {
            needs.push("units");
        }
        if is_by_row && !has(&Field::Location) && self.location.is_none() {
            needs.push("location");
        }
        needs
    }
}

/// A mapping without columns of reasons: with them or not, files of the same columns are mapped alike.
pub(super) fn without_reasons(kept: &Kept, mapping: &[Option<String>]) -> Vec<Option<String>> {
    let columns = kept.columns.iter().zip(mapping);
    columns.filter(|(column, _)| !is_reason(&column.name)).map(|(_, code)| code.clone()).collect()
}

/// The same for the columns of this file; `None`: it does not fit.
pub(super) fn with_reasons(kept: &Kept, mapping: Vec<Option<String>>) -> Option<Vec<Option<String>>> {
    let mut codes = mapping.into_iter();
    let of = |column: &KeptColumn| if is_reason(&column.name) { Some(None) } else { codes.next() };
    let whole: Option<Vec<Option<String>>> = kept.columns.iter().map(of).collect();
    whole.filter(|_| codes.next().is_none())
}

fn is_reason(name: &str) -> bool {
    name.eq_ignore_ascii_case(REASON)
}

/// The kind of a row of the books.
pub(super) fn kind_of(row: &ImportRow) -> Result<SheetKind, Refused> {
    SheetKind::of(&row.kind).ok_or_else(|| broken(&"an import of no known kind"))
}

/// As the books keep it.
pub(super) fn json(value: &impl Serialize) -> Result<String, Refused> {
    serde_json::to_string(value).map_err(|error| broken(&error))
}
