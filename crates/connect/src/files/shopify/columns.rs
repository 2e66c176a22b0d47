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
    optional("Payment Method", "", "", ""),
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

/// What one of Shopify's files is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Export {
    Orders,
    Inventory,
    Products,
}

impl Export {
    /// By the header. An export whose columns were partly renamed is one still: what is missing is then told of it.
    pub(crate) fn of_header(header: &[String]) -> Option<Export> {
        let count = |is_it: &dyn Fn(&str) -> bool| header.iter().filter(|name| is_it(name.trim())).count();
        let has = |name: &str| count(&|column| column.eq_ignore_ascii_case(name)) > 0;
        let begins = |word: &str| count(&|column| column.to_lowercase().starts_with(word));
        if begins("lineitem ") >= 2 {
            return Some(Export::Orders);
        }
        if has("Variant SKU") || begins("variant ") >= 2 || has("URL handle") && has("SKU") && has("Price") {
            return Some(Export::Products);
        }
        let is_marked = has("COO") || has("Location") || has("HS Code");
        let is_named = [has("Handle"), has("Title"), has("Option1 Name"), has("SKU")];
        let is_shopifys = has("Handle") || has("Option1 Name");
        let named = is_named.into_iter().filter(|has| *has).count();
        (is_marked && is_shopifys && named >= 2).then_some(Export::Inventory)
    }

    /// By the name that Shopify gives its files, for those whose header cannot be read or is another.
    pub(super) fn of_name(name: &str) -> Option<Export> {
        let name = name.to_lowercase();
        let kinds = [
            ("orders_export", Export::Orders),
            ("inventory_export", Export::Inventory),
            ("products_export", Export::Products),
        ];
        kinds.into_iter().find(|(begins, _)| name.starts_with(begins)).map(|(_, kind)| kind)
    }

    /// As messages call it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Export::Orders => "orders export",
            Export::Inventory => "inventory export",
            Export::Products => "products export",
        }
    }

    /// Where it is made in Shopify's admin.
    pub(super) fn made_under(self) -> &'static str {
        match self {
            Export::Orders => "Orders, Export, as a plain CSV file",
            Export::Inventory => "Products, Inventory, Export, for all locations",
            Export::Products => "Products, Export, as a plain CSV file",
        }
    }
}
