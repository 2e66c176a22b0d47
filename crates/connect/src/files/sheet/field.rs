//! What a column can mean.
//!
//! Owns: the meanings and their codes, which are permanent: they are remembered for the next file. Refuses to know:
//! names of columns in files.

use crate::files::folder::layout::PRODUCTS;

/// What the rows of a table are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SheetKind {
    Stock,
    Products,
}

impl SheetKind {
    pub const ALL: [SheetKind; 2] = [SheetKind::Stock, SheetKind::Products];

    pub fn code(self) -> &'static str {
        match self {
            SheetKind::Stock => "stock",
            SheetKind::Products => "products",
        }
    }

    pub fn of(code: &str) -> Option<SheetKind> {
        SheetKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// The meaning of a column.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    Sku,
    /// Code or name of the place.
    Location,
    /// Units in the row's place.
    Units,
    /// Units that hold in place of [`Field::Units`] where the cell is filled.
    NewUnits,
    /// Units in the place of this code or name: a column for each place.
    UnitsAt(String),
    /// What rows of one article share.
    Handle,
    /// Of the article; rows after its first may leave it out.
    Title,
    /// A variant is told apart by it: three at most.
    Option,
    /// A column of `products.csv`.
    Product(&'static str),
}

/// Begins the code of [`Field::UnitsAt`].
const UNITS_AT: &str = "units_at:";
/// Columns of a kind that several may have.
const MOST_OPTIONS: usize = 3;

impl Field {
    pub fn code(&self) -> String {
        match self {
            Field::Sku => "sku".to_owned(),
            Field::Location => "location".to_owned(),
            Field::Units => "units".to_owned(),
            Field::NewUnits => "new_units".to_owned(),
            Field::UnitsAt(place) => format!("{UNITS_AT}{place}"),
            Field::Handle => "handle".to_owned(),
            Field::Title => "title".to_owned(),
            Field::Option => "option".to_owned(),
            Field::Product(column) => (*column).to_owned(),
        }
    }

    /// The field of a code among those of a kind.
    pub fn of(kind: SheetKind, code: &str) -> Option<Field> {
        if let Some(place) = code.strip_prefix(UNITS_AT).filter(|_| kind == SheetKind::Stock) {
            return (!place.is_empty()).then(|| Field::UnitsAt(place.to_owned()));
        }
        Field::all(kind).into_iter().find(|field| field.code() == code)
    }

    /// Every field of a kind but those of single places.
    pub fn all(kind: SheetKind) -> Vec<Field> {
        let mut all = vec![Field::Sku, Field::Handle, Field::Title, Field::Option];
        match kind {
            SheetKind::Stock => all.extend([Field::Location, Field::Units, Field::NewUnits]),
            SheetKind::Products => {
                let others = PRODUCTS.columns.iter().filter(|column| column.name != "sku");
                all.extend(others.map(|column| Field::Product(column.name)));
            }
        }
        all
    }

    /// Whether a mapping that has it so often already has room for one more.
    pub fn has_room(&self, taken: usize) -> bool {
        taken < if *self == Field::Option { MOST_OPTIONS } else { 1 }
    }

    /// Whether its cells are numbers.
    pub(super) fn is_number(&self) -> bool {
        match self {
            Field::Units | Field::NewUnits | Field::UnitsAt(_) => true,
            Field::Product(name) => {
                let column = PRODUCTS.columns.iter().find(|column| column.name == *name);
                column.is_some_and(|column| {
                    !matches!(column.unit, "" | "A/B/C") && !column.unit.starts_with("list")
                })
            }
            _ => false,
        }
    }

    pub(super) fn is_units(&self) -> bool {
        matches!(self, Field::Units | Field::NewUnits | Field::UnitsAt(_))
    }
}
