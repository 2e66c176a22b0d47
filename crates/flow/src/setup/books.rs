//! The setup as the books hold it: cells and files with the keys of their rows.
//!
//! Owns: turning rows into cells and back. Refuses to know: who changes a setup, and why.

use connect::files::{Cells, Setup};
use model::LocationKind;
use store::db::DbError;
use store::places::{self, LocationKey, ProductKey};
use store::pools::{self, SkuClass};
use store::{Tx, setup};

/// A setup, and the rows that it was read from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Books {
    /// As read: places by code, products by SKU. Invariant: none is removed or moved; what lies beyond the keys is new.
    pub setup: Setup,
    pub keys: Keys,
}

/// The rows of a setup, each with its version.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Keys {
    /// How often the setup was changed.
    pub version: i64,
    pub locations: Vec<(LocationKey, i64)>,
    pub products: Vec<(ProductKey, i64)>,
}

impl Books {
    /// # Errors
    /// The database's.
    pub async fn read(tx: &mut Tx) -> Result<Books, DbError> {
        let (mut keys, mut setup) = (Keys::default(), Setup::default());
        keys.version = setup::version(tx).await?;
        for kept in places::locations(tx).await? {
            keys.locations.push((kept.key, kept.version));
            setup.locations.push(cells_of_location(&kept.row)?);
        }
        for kept in places::products(tx).await? {
            keys.products.push((kept.key, kept.version));
            setup.products.push(cells_of_product(&kept.row)?);
        }
        setup.files = setup::files(tx).await?;
        Ok(Books { setup, keys })
    }

    /// Writes what differs from `before`, and gives new rows their keys; the version of the setup is moved on already.
    pub(super) async fn write(&self, tx: &mut Tx, before: &Books) -> Result<Keys, DbError> {
        let mut keys = self.keys.clone();
        keys.version += 1;
        for (i, cells) in self.setup.locations.iter().enumerate() {
            match keys.locations.get_mut(i) {
                Some(_) if before.setup.locations[i] == *cells => {}
                Some((key, version)) => {
                    places::set_location(tx, *key, &row_of_location(cells)?).await?;
                    *version += 1;
                }
                None => {
                    let key = places::insert_location(tx, &row_of_location(cells)?).await?;
                    keys.locations.push((key, 1));
                }
            }
        }
        for (i, cells) in self.setup.products.iter().enumerate() {
            match keys.products.get_mut(i) {
                Some(_) if before.setup.products[i] == *cells => {}
                Some((key, version)) => {
                    places::set_product(tx, *key, &row_of_product(cells)?).await?;
                    if class(cells) != class(&before.setup.products[i]) {
                        pools::classify(tx, *key, &class(cells)).await?;
                    }
                    *version += 1;
                }
                None => {
                    let key = places::insert_product(tx, &row_of_product(cells)?).await?;
                    if class(cells) != SkuClass::default() {
                        pools::classify(tx, key, &class(cells)).await?;
                    }
                    keys.products.push((key, 1));
                }
            }
        }
        self.write_files(tx, before).await?;
        Ok(keys)
    }

    async fn write_files(&self, tx: &mut Tx, before: &Books) -> Result<(), DbError> {
        for name in before.setup.files.keys().filter(|name| !self.setup.files.contains_key(*name)) {
            setup::set_file(tx, name, None).await?;
        }
        for (name, content) in &self.setup.files {
            if before.setup.files.get(name) != Some(content) {
                setup::set_file(tx, name, Some(content)).await?;
            }
        }
        Ok(())
    }
}

/// Trimmed, in one line, and without those that say nothing.
pub(crate) fn plain(cells: &Cells) -> Cells {
    let plain =
        cells.iter().map(|(name, text)| (name.clone(), text.replace(['\r', '\n'], " ").trim().to_owned()));
    plain.filter(|(_, text)| !text.is_empty()).collect()
}

/// A location as a row of `locations.csv`.
///
/// # Errors
/// What the books hold of it cannot be read.
pub fn cells_of_location(row: &places::Location) -> Result<Cells, DbError> {
    let mut cells = cells(&row.facts)?;
    let name = (row.name != row.code).then(|| row.name.clone());
    let kind = (row.kind != LocationKind::Store).then(|| row.kind.code().to_owned());
    for (column, text) in [("name", name), ("type", kind)] {
        if let Some(text) = text {
            cells.entry(column.to_owned()).or_insert(text);
        }
    }
    cells.insert("location_id".to_owned(), row.code.clone());
    Ok(cells)
}

/// A product as a row of `products.csv`.
///
/// # Errors
/// What the books hold of it cannot be read.
pub fn cells_of_product(row: &places::Product) -> Result<Cells, DbError> {
    let mut cells = cells(&row.facts)?;
    if !row.title.is_empty() && row.title != row.sku {
        cells.entry("name".to_owned()).or_insert_with(|| row.title.clone());
    }
    cells.insert("sku".to_owned(), row.sku.clone());
    Ok(cells)
}

fn row_of_location(cells: &Cells) -> Result<places::Location, DbError> {
    let code = text(cells, "location_id");
    let kind = LocationKind::from_code(&text(cells, "type").to_lowercase()).unwrap_or(LocationKind::Store);
    let name = cells.get("name").unwrap_or(&code).clone();
    Ok(places::Location { name, kind, facts: json(cells)?, code })
}

fn row_of_product(cells: &Cells) -> Result<places::Product, DbError> {
    let sku = text(cells, "sku");
    let title = cells.get("name").unwrap_or(&sku).clone();
    Ok(places::Product { title, gtin: text(cells, "gtin"), facts: json(cells)?, sku })
}

/// What gates and pools take it for.
fn class(cells: &Cells) -> SkuClass {
    let velocity = text(cells, "velocity").to_uppercase();
    SkuClass { category: text(cells, "category"), velocity }
}

fn text(cells: &Cells, column: &str) -> String {
    cells.get(column).cloned().unwrap_or_default()
}

fn cells(facts: &str) -> Result<Cells, DbError> {
    serde_json::from_str(facts).map_err(|error| DbError::Broken(format!("the cells of a row: {error}")))
}

fn json(cells: &Cells) -> Result<String, DbError> {
    serde_json::to_string(cells).map_err(|error| DbError::Broken(error.to_string()))
}
