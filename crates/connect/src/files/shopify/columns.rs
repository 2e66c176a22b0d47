//! The columns of Shopify's exports that are read, under all names they have had.
//!
//! Owns: those names. Refuses to know: names, e-mail and street addresses of customers: they are never read.

use crate::files::folder::layout::{Column, optional, required};

pub(super) static ORDERS: &[Column] = &[
    required("Name", "", "number of the order, such as #1001"),
    required("Created at", "time", ""),
    required("Lineitem quantity", "units", ""),
    required("Lineitem name", "", ""),
    optional("Lineitem sku", "", "", ""),
    optional("Lineitem price", "0", "money", ""),
    optional("Lineitem requires shipping", "true", "", ""),
    optional("Currency", "USD", "", ""),
    optional("Financial Status", "", "", ""),
    optional("Fulfillment Status", "", "", ""),
    optional("Cancelled at", "", "time", ""),
    optional("Shipping Method", "", "", ""),
    optional("Shipping Zip", "", "", ""),
    optional("Shipping Province", "", "", ""),
    optional("Shipping Country", "", "", ""),
    optional("Tags", "", "", ""),
    optional("Source", "", "", ""),
    optional("Location", "", "", ""),
];

pub(super) static INVENTORY: &[Column] = &[
    optional("Handle", "", "", "").or(&["URL handle"]),
    optional("Title", "", "", ""),
    optional("Option1 Name", "", "", ""),
    optional("Option1 Value", "", "", ""),
    optional("Option2 Name", "", "", ""),
    optional("Option2 Value", "", "", ""),
    optional("Option3 Name", "", "", ""),
    optional("Option3 Value", "", "", ""),
    required("SKU", "", ""),
    optional("HS Code", "", "", ""),
    optional("COO", "", "", ""),
    optional("Location", "", "", "absent where each location is a column"),
    optional("Bin name", "", "", ""),
    optional("Incoming", "0", "units", "").or(&["Incoming (not editable)"]),
    optional("Unavailable", "0", "units", "").or(&["Unavailable (not editable)"]),
    optional("Committed", "0", "units", "").or(&["Committed (not editable)"]),
    optional("Available", "0", "units", "").or(&["Available (not editable)"]),
    optional("On hand", "Available", "units", "").or(&["On hand (current)"]),
    optional("On hand (new)", "", "units", ""),
];

pub(super) static PRODUCTS: &[Column] = &[
    required("Handle", "", "").or(&["URL handle"]),
    optional("Title", "", "", ""),
    optional("Type", "", "", ""),
    optional("Tags", "", "", ""),
    optional("Option1 Value", "", "", ""),
    optional("Option2 Value", "", "", ""),
    optional("Option3 Value", "", "", ""),
    required("Variant SKU", "", "").or(&["SKU"]),
    optional("Variant Grams", "unknown", "g", "").or(&["Weight value (grams)"]),
    optional("Variant Price", "0", "money", "").or(&["Price"]),
    optional("Cost per item", "unknown", "money", ""),
];

/// What one of Shopify's files is, by its header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Export {
    Orders,
    Inventory,
    Products,
}

impl Export {
    pub(super) fn of_header(header: &[String]) -> Option<Export> {
        let has = |name: &str| header.iter().any(|column| column.trim().eq_ignore_ascii_case(name));
        if has("Lineitem name") && has("Lineitem quantity") {
            return Some(Export::Orders);
        }
        if has("Variant SKU") || has("URL handle") && has("SKU") && has("Price") {
            return Some(Export::Products);
        }
        (has("Handle") && has("SKU") && (has("COO") || has("Location"))).then_some(Export::Inventory)
    }
}
