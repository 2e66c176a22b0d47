//! What a shop sells, gathered from all exports.
//!
//! Owns: telling variants apart, by SKU or else by name, and what is known of each. Refuses to know: stock.

use super::columns;
use crate::files::bad_input::{BadInput, BadInputs, Faults};
use crate::files::cell::Cell;
use crate::files::folder::products::{DEFAULT_WEIGHT, LookAlikes, MAX_PRODUCTS};
use crate::files::table::{At, Table};
use model::words::part_of;
use model::{Cost, Product, Weight};
use std::collections::HashMap;
use std::path::Path;

#[derive(Default)]
pub(super) struct Catalog {
    products: Vec<Product>,
    positions: HashMap<String, usize>,
    /// Variants without a SKU, known by name.
    nameless: usize,
    /// A variant found no room.
    is_full: bool,
    /// A products export names some of them.
    pub(super) has_export: bool,
}

/// Products sorted by SKU, and where each position of the catalog went.
pub(super) struct Sorted {
    pub(super) products: Vec<Product>,
    pub(super) moved_to: Vec<u32>,
}

impl Catalog {
    /// The variant of a SKU, or of a name where it has none; added when it is new.
    pub(super) fn variant(&mut self, sku: &str, name: &str) -> Option<usize> {
        let key = if sku.is_empty() { name } else { sku };
        if key.is_empty() {
            return None;
        }
        if let Some(known) = self.positions.get(key) {
            return Some(*known);
        }
        if self.products.len() >= MAX_PRODUCTS {
            self.is_full = true;
            return None;
        }
        let position = self.products.len();
        let mut product = Product::new(key);
        if !name.is_empty() {
            product.title = name.to_owned();
        }
        self.nameless += usize::from(sku.is_empty());
        self.products.push(product);
        self.positions.insert(key.to_owned(), position);
        Some(position)
    }

    /// Refuses a shop of more products than there may be: what found no room would be missing without a word.
    pub(super) fn demand_room(&self) -> Result<(), BadInput> {
        if !self.is_full {
            return Ok(());
        }
        let problem = format!("hold more than the {MAX_PRODUCTS} products that there may be");
        Err(BadInput::of_file("the exports", problem, "leave out products that are no longer sold"))
    }

    pub(super) fn product(&mut self, position: usize) -> &mut Product {
        &mut self.products[position]
    }

    /// Reads a products export.
    pub(super) fn read(&mut self, path: &Path) -> Result<(), BadInputs> {
        let mut table = Table::open(path, columns::PRODUCTS)?;
        let mut faults = Faults::default();
        let mut current = Parent::default();
        while table.next_row(&mut faults)? {
            faults.keep(self.take_row(&table, &mut current))?;
        }
        self.has_export |= !self.products.is_empty();
        faults.into_result()
    }

    fn take_row(&mut self, table: &Table, current: &mut Parent) -> Result<(), BadInput> {
        let text = |name| table.get(name).text();
        if text("Handle") != current.handle || !text("Title").is_empty() {
            *current = Parent {
                handle: text("Handle").to_owned(),
                title: text("Title").to_owned(),
                category: text("Type").to_owned(),
                tags: tags(&table.get("Tags")),
            };
        }
        let price = table.get("Variant Price").filled();
        // Rows of further pictures have neither.
        if price.is_none() && text("Variant SKU").is_empty() {
            return Ok(());
        }
        let options = ["Option1 Value", "Option2 Value", "Option3 Value"].map(|name| table.at(name));
        let name = variant_name(&current.title, table, options);
        let Some(position) = self.variant(plain_sku(text("Variant SKU")), &name) else { return Ok(()) };
        let product = &mut self.products[position];
        product.category.clone_from(&current.category);
        product.tags.clone_from(&current.tags);
        if let Some(price) = price {
            product.price = price.price()?;
        }
        if let Some(grams) = table.get("Variant Grams").filled() {
            product.weight = grams.weight(Weight::GRAM)?;
        }
        if let Some(cost) = table.get("Cost per item").filled() {
            product.gross_margin = product.price - cost.price()?;
        }
        Ok(())
    }

    /// Sorts by SKU and fills in what nobody stated.
    pub(super) fn sorted(mut self, assumptions: &mut Vec<String>) -> Sorted {
        let mut look_alikes = LookAlikes::default();
        let mut unweighed = 0;
        let mut unpriced = 0;
        for product in &mut self.products {
            look_alikes.see(&product.sku);
            unpriced += usize::from(product.gross_margin == Cost::ZERO);
            product.unfilled_cost = product.gross_margin.max(Cost::ZERO);
            if product.weight == Weight(0) {
                unweighed += 1;
                product.weight = DEFAULT_WEIGHT;
            }
        }
        let total = self.products.len();
        assumptions.extend(look_alikes.sentence());
        let mut note = |count: usize, one: &str, more: &str| {
            if count > 0 {
                assumptions.push(part_of((count as u64, total as u64), "product", (one, more)));
            }
        };
        note(self.nameless, "has no SKU and is known by name", "have no SKU and are told apart by name");
        note(unweighed, "states no weight and counts as 16 oz", "state no weight and count as 16 oz");
        note(
            unpriced,
            "states no cost, so that its margin counts as nothing",
            "state no cost, so that their margin counts as nothing",
        );
        let mut order: Vec<u32> = (0..total as u32).collect();
        order.sort_by(|a, b| self.products[*a as usize].sku.cmp(&self.products[*b as usize].sku));
        let mut moved_to = vec![0; total];
        for (new, old) in order.iter().enumerate() {
            moved_to[*old as usize] = new as u32;
        }
        self.products.sort_by(|a, b| a.sku.cmp(&b.sku));
        Sorted { products: self.products, moved_to }
    }
}

/// What continuation rows leave out.
#[derive(Default)]
struct Parent {
    handle: String,
    title: String,
    category: String,
    tags: Vec<String>,
}

/// Most tags of a product or order.
const MAX_TAGS: usize = 50;

/// Shopify separates tags by commas.
pub(super) fn tags(cell: &Cell<'_>) -> Vec<String> {
    let tags = cell.text().split(',').map(str::trim).filter(|tag| !tag.is_empty());
    tags.take(MAX_TAGS).map(str::to_owned).collect()
}

/// As order lines name a variant: `Classic Top - Small / Red`.
pub(super) fn variant_name(title: &str, table: &Table, options: [At; 3]) -> String {
    let values = options.map(|at| table.cell(at).text());
    let named: Vec<&str> =
        values.into_iter().filter(|value| !value.is_empty() && *value != "Default Title").collect();
    if named.is_empty() { title.to_owned() } else { format!("{title} - {}", named.join(" / ")) }
}

/// Spreadsheets and exports put an apostrophe before what looks like a number.
pub(super) fn plain_sku(text: &str) -> &str {
    text.trim_start_matches('\'').trim()
}
