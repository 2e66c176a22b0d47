//! The layouts and names of columns that are known without asking.
//!
//! Owns: those names, and which field each proposes. Refuses to know: cells.

use super::field::{Field, SheetKind};
use crate::files::folder::layout::PRODUCTS;
use crate::files::shopify::Export;

/// Where a table comes from, by its header. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Layout {
    /// A row for each place.
    ShopifyInventory,
    /// A row for each place, and a column for new counts.
    ShopifyInventoryNew,
    /// A column for each place.
    ShopifyInventoryByPlace,
    ShopifyProducts,
    /// With its columns renamed.
    ShopifyProductsNew,
    SquareItems,
    WooProducts,
    BatonStock,
    BatonProducts,
    Unknown,
}

impl Layout {
    pub(super) fn code(self) -> &'static str {
        match self {
            Layout::ShopifyInventory => "shopify_inventory",
            Layout::ShopifyInventoryNew => "shopify_inventory_new",
            Layout::ShopifyInventoryByPlace => "shopify_inventory_by_place",
            Layout::ShopifyProducts => "shopify_products",
            Layout::ShopifyProductsNew => "shopify_products_new",
            Layout::SquareItems => "square_items",
            Layout::WooProducts => "woocommerce_products",
            Layout::BatonStock => "baton_stock",
            Layout::BatonProducts => "baton_products",
            Layout::Unknown => "unknown",
        }
    }

    pub(super) fn of(header: &[String]) -> Layout {
        let has = |name: &str| header.iter().any(|own| plain(own) == name);
        let begins = |word: &str| header.iter().any(|own| plain(own).starts_with(word));
        match Export::of_header(header) {
            Some(Export::Products) if has("variant sku") => return Layout::ShopifyProducts,
            Some(Export::Products) => return Layout::ShopifyProductsNew,
            Some(Export::Inventory) if !has("location") => return Layout::ShopifyInventoryByPlace,
            Some(Export::Inventory) if has("on hand new") => return Layout::ShopifyInventoryNew,
            Some(Export::Inventory) => return Layout::ShopifyInventory,
            Some(Export::Orders) | None => {}
        }
        if has("token") && has("item name") || begins("current quantity") && has("variation name") {
            return Layout::SquareItems;
        }
        if has("regular price") && (has("in stock?") || has("published") || has("visibility in catalog")) {
            return Layout::WooProducts;
        }
        let is_own = |name: &str| PRODUCTS.columns.iter().any(|column| plain(column.name) == name);
        match (has("sku"), has("location id") || has("location"), has("units") || has("on hand units")) {
            (true, true, true) => Layout::BatonStock,
            (true, false, false) if header.iter().all(|name| is_own(&plain(name))) => Layout::BatonProducts,
            _ => Layout::Unknown,
        }
    }

    /// What its rows are for most who bring it.
    pub(super) fn kind(self) -> Option<SheetKind> {
        match self {
            Layout::ShopifyInventory
            | Layout::ShopifyInventoryNew
            | Layout::ShopifyInventoryByPlace
            | Layout::BatonStock => Some(SheetKind::Stock),
            Layout::ShopifyProducts
            | Layout::ShopifyProductsNew
            | Layout::SquareItems
            | Layout::WooProducts
            | Layout::BatonProducts => Some(SheetKind::Products),
            Layout::Unknown => None,
        }
    }
}

/// Lower case, one blank between words, no marks: `On hand (new)` and `on_hand_new` are the same.
pub(super) fn plain(name: &str) -> String {
    let name = name.to_lowercase();
    let words = name.split([' ', '_', '-', '(', ')', '.', ':', '/']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

const STOCK: [(&str, Field); 29] = [
    ("sku", Field::Sku),
    ("variant sku", Field::Sku),
    ("item sku", Field::Sku),
    ("article number", Field::Sku),
    ("item number", Field::Sku),
    ("product code", Field::Sku),
    ("location", Field::Location),
    ("location id", Field::Location),
    ("location name", Field::Location),
    ("store", Field::Location),
    ("warehouse", Field::Location),
    ("branch", Field::Location),
    ("on hand new", Field::NewUnits),
    ("on hand", Field::Units),
    ("on hand current", Field::Units),
    ("on hand units", Field::Units),
    ("units", Field::Units),
    ("quantity", Field::Units),
    ("qty", Field::Units),
    ("stock", Field::Units),
    ("stock quantity", Field::Units),
    ("stock on hand", Field::Units),
    ("inventory quantity", Field::Units),
    ("variant inventory qty", Field::Units),
    ("count", Field::Units),
    // Where nothing says what is on hand.
    ("available", Field::Units),
    ("available not editable", Field::Units),
    ("handle", Field::Handle),
    ("url handle", Field::Handle),
];

const PRODUCT: [(&str, Field); 35] = [
    ("sku", Field::Sku),
    ("variant sku", Field::Sku),
    ("item sku", Field::Sku),
    ("article number", Field::Sku),
    ("handle", Field::Handle),
    ("url handle", Field::Handle),
    ("title", Field::Title),
    ("item name", Field::Title),
    ("variation name", Field::Option),
    ("option1 value", Field::Option),
    ("option2 value", Field::Option),
    ("option3 value", Field::Option),
    ("gtin", Field::Product("gtin")),
    ("variant barcode", Field::Product("gtin")),
    ("ean", Field::Product("gtin")),
    ("upc", Field::Product("gtin")),
    ("name", Field::Product("name")),
    ("product name", Field::Product("name")),
    ("category", Field::Product("category")),
    ("categories", Field::Product("category")),
    ("type", Field::Product("category")),
    ("product type", Field::Product("category")),
    ("price", Field::Product("price_usd")),
    ("variant price", Field::Product("price_usd")),
    ("regular price", Field::Product("price_usd")),
    ("cost per item", Field::Product("cost_usd")),
    ("cost", Field::Product("cost_usd")),
    ("default unit cost", Field::Product("cost_usd")),
    ("variant grams", Field::Product("weight_g")),
    ("weight value grams", Field::Product("weight_g")),
    ("weight lb", Field::Product("weight_lb")),
    ("weight lbs", Field::Product("weight_lb")),
    ("weight oz", Field::Product("weight_oz")),
    ("weight g", Field::Product("weight_g")),
    ("weight kg", Field::Product("weight_kg")),
];

/// The field that each column proposes.
pub(super) fn proposed(kind: SheetKind, layout: Layout, header: &[String]) -> Vec<Option<Field>> {
    let mut fields: Vec<Option<Field>> = vec![None; header.len()];
    let names: Vec<String> = header.iter().map(|name| plain(name)).collect();
    // In the order of the table: the best name of a field first.
    for (alias, field) in table(kind, layout) {
        let Some(at) = names.iter().position(|name| *name == alias).filter(|at| fields[*at].is_none()) else {
            continue;
        };
        if field.has_room(fields.iter().flatten().filter(|taken| **taken == field).count()) {
            fields[at] = Some(field);
        }
    }
    if kind == SheetKind::Stock && !fields.contains(&Some(Field::Units)) {
        each_place(layout, header, &mut fields);
    }
    fields
}

fn table(kind: SheetKind, layout: Layout) -> Vec<(String, Field)> {
    let alias = |(name, field): &(&str, Field)| (plain(name), field.clone());
    match kind {
        SheetKind::Stock => {
            let mut all: Vec<_> = STOCK.iter().map(alias).collect();
            let variant = [("title", Field::Title), ("option1 value", Field::Option)];
            let others = [("option2 value", Field::Option), ("option3 value", Field::Option)];
            all.extend(variant.iter().chain(&others).map(alias));
            all
        }
        SheetKind::Products => {
            // WooCommerce calls `simple` or `variable` a type.
            let is_meant = |(name, _): &&(&str, Field)| layout != Layout::WooProducts || *name != "type";
            let mut all: Vec<_> = PRODUCT.iter().filter(is_meant).map(alias).collect();
            let own = PRODUCTS.columns.iter().filter(|column| column.name != "sku");
            all.extend(own.flat_map(|column| {
                let names = std::iter::once(&column.name).chain(column.aliases);
                names.map(|name| (plain(name), Field::Product(column.name)))
            }));
            all
        }
    }
}

/// Columns that are places themselves.
fn each_place(layout: Layout, header: &[String], fields: &mut [Option<Field>]) {
    for (name, field) in header.iter().zip(fields) {
        let place = match layout {
            Layout::ShopifyInventoryByPlace if !is_of_shopify(name) => Some(name.as_str()),
            Layout::SquareItems => name.strip_prefix("Current Quantity "),
            _ => None,
        };
        if let Some(place) = place.map(str::trim).filter(|place| !place.is_empty() && field.is_none()) {
            *field = Some(Field::UnitsAt(place.to_owned()));
        }
    }
}

fn is_of_shopify(name: &str) -> bool {
    const OWN: [&str; 13] = [
        "handle",
        "url handle",
        "title",
        "option1 name",
        "option1 value",
        "option2 name",
        "option2 value",
        "option3 name",
        "option3 value",
        "sku",
        "hs code",
        "coo",
        super::REASON,
    ];
    OWN.contains(&plain(name).as_str())
}
