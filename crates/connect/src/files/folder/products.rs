//! `products.csv`: what is sold.
//!
//! Owns: what each column says about a product, and that substitutes and components are products too.
//! Refuses to know: where a product lies.

use super::super::bad_input::{BadInput, BadInputs, Faults, quoted};
use super::super::cell::Whole;
use super::super::hash::{NameIndex, Seen, hash};
use super::super::table::{At, Table};
use super::Opening;
use super::layout::PRODUCTS;
use super::manifest::{Format, Manifest};
use model::words::counted;
use model::{Component, Cost, Dimensions, HandlingSet, Product, ProductId, Velocity, Weight};
use std::collections::HashMap;

/// Most products of a folder.
pub(crate) const MAX_PRODUCTS: usize = 5_000_000;
/// Weight of a product that states none.
pub(crate) const DEFAULT_WEIGHT: Weight = Weight(16 * Weight::OUNCE);
/// Most substitutes or components of one product.
const MAX_REFERENCES: usize = 50;
/// Most units of a component in a bundle.
const MAX_IN_BUNDLE: u32 = 1_000;
/// Look-alikes that are named.
const MAX_LOOK_ALIKES: usize = 5;
/// Longest side of a product, 10 m.
const MAX_SIDE_MM: i64 = 10_000;

/// A list of SKUs that is resolved when all products are known.
struct Reference {
    sku: String,
    at: At,
    row: u64,
    names: Vec<(String, u32)>,
}

struct Columns {
    sku: At,
    name: At,
    gtin: At,
    category: At,
    handling_class: At,
    weights: [(At, i64); 4],
    /// Length, width and height, with micrometres in one unit.
    sides: [([At; 3], i64); 3],
    price: At,
    cost: At,
    margin: At,
    unfilled: At,
    velocity: At,
    tags: At,
    substitutes: At,
    components: At,
}

impl Columns {
    fn of(table: &Table) -> Columns {
        let at = |name| table.at(name);
        Columns {
            sku: at("sku"),
            name: at("name"),
            gtin: at("gtin"),
            category: at("category"),
            handling_class: at("handling_class"),
            weights: [
                (at("weight_oz"), Weight::OUNCE),
                (at("weight_lb"), Weight::POUND),
                (at("weight_g"), Weight::GRAM),
                (at("weight_kg"), 1_000 * Weight::GRAM),
            ],
            sides: [
                ([at("length_in"), at("width_in"), at("height_in")], 25_400),
                ([at("length_mm"), at("width_mm"), at("height_mm")], 1_000),
                ([at("length_cm"), at("width_cm"), at("height_cm")], 10_000),
            ],
            price: at("price_usd"),
            cost: at("cost_usd"),
            margin: at("gross_margin_usd"),
            unfilled: at("cancel_penalty_usd_per_unit"),
            velocity: at("velocity"),
            tags: at("tags"),
            substitutes: at("substitutes"),
            components: at("components"),
        }
    }
}

/// The products, sorted by SKU.
pub(super) fn read(open: &mut Opening) -> Result<Vec<Product>, BadInputs> {
    let Some(mut table) = Table::find(&open.dir, &PRODUCTS)? else { return Ok(Vec::new()) };
    let columns = Columns::of(&table);
    let mut reading = Reading::default();
    while table.next_row(&mut reading.faults)? {
        reading.take_row(&table, &columns, &open.manifest)?;
    }
    reading.products.sort_by(|a, b| a.sku.cmp(&b.sku));
    reading.resolve(&table)?;
    reading.faults.into_result()?;
    open.finish(&table);
    open.assumptions.extend(reading.look_alikes.sentence());
    if reading.unweighed > 0 {
        open.assumptions.push(counted(
            reading.unweighed as u64,
            "product states no weight and counts as 16 oz",
            "products state no weight and count as 16 oz",
        ));
    }
    Ok(reading.products)
}

#[derive(Default)]
struct Reading {
    products: Vec<Product>,
    references: Vec<Reference>,
    seen: Seen,
    look_alikes: LookAlikes,
    unweighed: usize,
    faults: Faults,
}

impl Reading {
    fn take_row(&mut self, table: &Table, columns: &Columns, manifest: &Manifest) -> Result<(), BadInputs> {
        let read = self.faults.keep(product(table, columns, manifest))?;
        let Some((mut product, is_weighed)) = read else { return Ok(()) };
        if !self.seen.insert(hash(product.sku.as_bytes())) {
            let problem = format!("{} stood already above", quoted(&product.sku));
            let fault = table.cell(columns.sku).fault(&problem, "keep one row for each SKU");
            return self.faults.add(fault);
        }
        if self.products.len() >= MAX_PRODUCTS {
            let problem = format!("is beyond the {MAX_PRODUCTS} products that a folder may have");
            return Err(table.row_fault_of(&problem, "leave out products that are not sold").into());
        }
        self.look_alikes.see(&product.sku);
        if !is_weighed && manifest.format == Format::Baton {
            self.unweighed += 1;
            product.weight = DEFAULT_WEIGHT;
        }
        for at in [columns.substitutes, columns.components] {
            if let Some(reference) = self.faults.keep(reference(table, at, &product.sku))?.flatten() {
                self.references.push(reference);
            }
        }
        self.products.push(product);
        Ok(())
    }

    fn resolve(&mut self, table: &Table) -> Result<(), BadInputs> {
        if self.references.is_empty() {
            return Ok(());
        }
        let index = NameIndex::new(self.products.iter().map(|product| product.sku.as_str()));
        let components = table.at("components");
        let bundles: HashMap<String, u64> = self
            .references
            .iter()
            .filter(|reference| reference.at == components)
            .map(|reference| (reference.sku.clone(), reference.row))
            .collect();
        for reference in std::mem::take(&mut self.references) {
            let find = |sku: &str| index.find(sku, |i| self.products[i].sku == sku);
            let mut found: Vec<Component> = Vec::new();
            for (sku, quantity) in &reference.names {
                let problem = match find(sku) {
                    Some(_) if reference.at == components && bundles.contains_key(sku) => {
                        format!("{} is a bundle itself", quoted(sku))
                    }
                    Some(id) => {
                        found.push(Component { product: ProductId(id), quantity: *quantity });
                        continue;
                    }
                    None => format!("{} is not a SKU of this file", quoted(sku)),
                };
                let name = if reference.at == components { "components" } else { "substitutes" };
                let fault =
                    BadInput::of_file(table.file(), problem, "name products that have a row of their own");
                self.faults.add(fault.at_row(reference.row).in_column(name))?;
            }
            if let Some(owner) = find(&reference.sku) {
                let product = &mut self.products[owner as usize];
                if reference.at == components {
                    product.components = found;
                } else {
                    product.substitutes = found.into_iter().map(|component| component.product).collect();
                }
            }
        }
        Ok(())
    }
}

/// The product, and whether it states a weight.
fn product(table: &Table, columns: &Columns, manifest: &Manifest) -> Result<(Product, bool), BadInput> {
    let cell = |at| table.cell(at);
    let money = |at| cell(at).filled().map(|cell| cell.price()).transpose();
    let mut product = Product::new(cell(columns.sku).some_text("a code for the product")?);
    if let Some(name) = cell(columns.name).filled() {
        product.title = name.text().to_owned();
    }
    if let Some(gtin) = cell(columns.gtin).filled().filter(|cell| !is_gtin(cell.text())) {
        return Err(
            gtin.is_not("a GTIN, EAN or UPC", "write the 8 to 14 digits under the bars, without blanks")
        );
    }
    product.category = cell(columns.category).text().to_owned();
    product.needs = needs(table, columns.handling_class, manifest)?;
    product.tags = cell(columns.tags).list().map(str::to_owned).collect();
    product.price = money(columns.price)?.unwrap_or(Cost::ZERO);
    let bought_for = money(columns.cost)?;
    let margin = cell(columns.margin).filled().map(|cell| cell.cost()).transpose()?;
    product.gross_margin = margin.unwrap_or(bought_for.map_or(Cost::ZERO, |cost| product.price - cost));
    product.unfilled_cost = money(columns.unfilled)?.unwrap_or(product.gross_margin.max(Cost::ZERO));
    if let Some(velocity) = cell(columns.velocity).filled() {
        let letter = Velocity::from_letter(&velocity.text().to_uppercase());
        product.velocity = Some(letter.ok_or_else(|| velocity.is_not("a velocity", "write A, B or C"))?);
    }
    product.dimensions = dimensions(table, columns)?;
    let weight = weight(table, columns)?;
    product.weight = weight.unwrap_or_default();
    Ok((product, weight.is_some()))
}

pub(crate) fn is_gtin(text: &str) -> bool {
    (8..=14).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn needs(table: &Table, at: At, manifest: &Manifest) -> Result<HandlingSet, BadInput> {
    let cell = table.cell(at);
    let mut needs = HandlingSet::NONE;
    for class in cell.list() {
        let one = manifest.handling(class).map_err(|near| {
            let remedy = match near {
                Some(near) => format!("write {near}"),
                None => "write standard, fragile, oversize, hazmat, age_restricted or perishable".to_owned(),
            };
            cell.is_not("a handling class", &remedy)
        })?;
        needs = HandlingSet(needs.0 | one.0);
    }
    Ok(needs)
}

fn weight(table: &Table, columns: &Columns) -> Result<Option<Weight>, BadInput> {
    for (at, unit) in columns.weights {
        if let Some(cell) = table.cell(at).filled() {
            return cell.weight(unit).map(Some);
        }
    }
    Ok(None)
}

fn dimensions(table: &Table, columns: &Columns) -> Result<Dimensions, BadInput> {
    const SIDE: Whole = Whole::new("a length", 0, MAX_SIDE_MM);
    for (sides, micrometres) in columns.sides {
        let cells = sides.map(|at| table.cell(at));
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let mut mm = [0u32; 3];
        for (side, cell) in mm.iter_mut().zip(cells) {
            let Some(cell) = cell.filled() else {
                return Err(cell.fault("is empty beside other sides", "write all three sides or none"));
            };
            let length_um = cell.measure(3, &SIDE)? * micrometres / 1_000;
            *side = ((length_um + 500) / 1_000).min(MAX_SIDE_MM) as u32;
        }
        return Ok(Dimensions::new(mm[0], mm[1], mm[2]));
    }
    Ok(Dimensions::default())
}

/// `SKU*2; SKU2`: names with a count, 1 where none is given.
fn reference(table: &Table, at: At, sku: &str) -> Result<Option<Reference>, BadInput> {
    let cell = table.cell(at);
    let refused = || {
        let remedy =
            format!("write up to {MAX_REFERENCES} SKUs with ; between, each with * and a count if need be");
        cell.is_not("a list of SKUs", &remedy)
    };
    let mut names = Vec::new();
    for entry in cell.list() {
        let (name, count) = match entry.rsplit_once('*') {
            Some((name, count)) => (name.trim(), count.trim().parse::<u32>().ok()),
            None => (entry, Some(1)),
        };
        let count = count.filter(|count| (1..=MAX_IN_BUNDLE).contains(count)).ok_or_else(refused)?;
        names.push((name.to_owned(), count));
        if names.len() > MAX_REFERENCES {
            return Err(refused());
        }
    }
    let row = table.row();
    Ok((!names.is_empty()).then(|| Reference { sku: sku.to_owned(), at, row, names }))
}

/// SKUs that differ in case or leading zeros alone: compared exactly, but told.
#[derive(Default)]
pub(crate) struct LookAlikes {
    seen: Seen,
    count: usize,
    named: Vec<String>,
}

impl LookAlikes {
    pub(crate) fn see(&mut self, sku: &str) {
        let plain = sku.trim_start_matches('0').to_lowercase();
        if !self.seen.insert(hash(plain.as_bytes())) {
            self.count += 1;
            if self.named.len() < MAX_LOOK_ALIKES {
                self.named.push(sku.to_owned());
            }
        }
    }

    pub(crate) fn sentence(&self) -> Option<String> {
        let more = if self.count > self.named.len() { ", …" } else { "" };
        (self.count > 0).then(|| {
            let named = self.named.join(", ");
            let alike = counted(
                self.count as u64,
                "SKU looks like another but for case or leading zeros and is kept apart",
                "SKUs look like others but for case or leading zeros and are kept apart",
            );
            format!("{alike}: {named}{more}")
        })
    }
}
