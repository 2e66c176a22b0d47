//! Tables that people bring: which layout they have, what their columns propose, and how their rows are read.

mod beside;

use connect::files::{Field, Look, Reading, Sheet, SheetKind, SheetRow};
use std::sync::Arc;

fn look(bytes: &[u8]) -> (Arc<[u8]>, Look) {
    let bytes: Arc<[u8]> = bytes.into();
    let look = Look::at("brought.csv", &bytes, None).unwrap();
    (bytes, look)
}

/// Layout, kind, and the code of each column's field.
fn check(header: &str, expect: (&str, SheetKind, &str)) {
    let (_, look) = look(format!("{header}\n").as_bytes());
    let fields: Vec<String> =
        look.columns.iter().map(|column| column.field.as_ref().map_or("-".to_owned(), Field::code)).collect();
    assert_eq!((look.layout, look.kind, fields.join(" ").as_str()), expect, "{header}");
}

#[test]
fn layouts_are_known_by_their_columns_and_nothing_is_left_to_map() {
    check(
        "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Incoming,Unavailable,Committed,Available,On hand",
        ("shopify_inventory", SheetKind::Stock, "handle title - option sku - - location - - - - units"),
    );
    check(
        "Handle,Title,Option1 Value,SKU,HS Code,COO,Location,Bin name,Available (not editable),On hand (current),On hand (new)",
        (
            "shopify_inventory_new",
            SheetKind::Stock,
            "handle title option sku - - location - - units new_units",
        ),
    );
    check(
        "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Main St,Depot",
        (
            "shopify_inventory_by_place",
            SheetKind::Stock,
            "handle title - option sku - - units_at:Main St units_at:Depot",
        ),
    );
    check(
        "Handle,Title,Type,Option1 Value,Variant SKU,Variant Grams,Variant Price,Variant Barcode",
        ("shopify_products", SheetKind::Products, "handle title category option sku weight_g price_usd gtin"),
    );
    check(
        "Title,URL handle,SKU,Barcode,Price,Cost per item,Weight value (grams)",
        ("shopify_products_new", SheetKind::Products, "title handle sku gtin price_usd cost_usd weight_g"),
    );
    check(
        "Token,Item Name,Variation Name,SKU,Category,GTIN,Weight (lb),Price,Default Unit Cost",
        (
            "square_items",
            SheetKind::Products,
            "- title option sku category gtin weight_lb price_usd cost_usd",
        ),
    );
    check(
        "ID,Type,SKU,Name,Published,Stock,Weight (kg),Regular price,Categories",
        ("woocommerce_products", SheetKind::Products, "- - sku name - - weight_kg price_usd category"),
    );
    check("sku,location,units", ("baton_stock", SheetKind::Stock, "sku location units"));
    check("Ref,Wo,Bestand", ("unknown", SheetKind::Products, "- - -"));
}

fn rows(bytes: &[u8]) -> Vec<Result<SheetRow, String>> {
    let (bytes, look) = look(bytes);
    let fields: Vec<_> = look.columns.iter().map(|column| column.field.clone()).collect();
    let mut sheet = Sheet::open("brought.csv", &bytes, (look.kind, Reading::Counts), &fields).unwrap();
    let mut rows = Vec::new();
    while let Some((_, read)) = sheet.next() {
        rows.push(read.map_err(|faults| faults[0].say.clone()));
    }
    rows
}

fn units(row: &Result<SheetRow, String>) -> Vec<(String, i64)> {
    match row {
        Ok(SheetRow::Stock { sku, counts }) => counts
            .iter()
            .map(|count| (format!("{sku}@{}", count.location.as_deref().unwrap_or("")), count.units))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_count_holds_before_the_old_one_and_not_stocked_is_nothing() {
    let text = "Handle,Title,SKU,Location,On hand (current),On hand (new)\nmug,Mug,MUG,mall,3,5\nmug,,TEE,mall,3,\n\
                mug,,CAP,mall,not stocked,\n";
    let rows = rows(text.as_bytes());
    assert_eq!(units(&rows[0]), [("MUG@mall".to_owned(), 5)]);
    assert_eq!(units(&rows[1]), [("TEE@mall".to_owned(), 3)]);
    assert_eq!(rows[2], Ok(SheetRow::Nothing));
}

#[test]
fn a_column_for_each_place_gives_a_count_for_each_and_variants_without_a_sku_go_by_their_name() {
    let text = "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Main St,Depot\nmug,Mug,Color,Blue,,,,3,not stocked\n\
                mug,,Color,Red,MUG-R,,,0,7\n";
    let rows = rows(text.as_bytes());
    assert_eq!(units(&rows[0]), [("Mug - Blue@Main St".to_owned(), 3)]);
    assert_eq!(units(&rows[1]), [("MUG-R@Main St".to_owned(), 0), ("MUG-R@Depot".to_owned(), 7)]);
}

#[test]
fn codings_and_separators_are_found() {
    let text = "sku;location;units\nM\u{dc}G;mall;3\n";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for (bytes, encoding) in
        [(utf16, "utf-16"), (latin, "windows-1252"), (marked, "utf-8-bom"), (text.into(), "utf-8")]
    {
        let (_, look) = look(&bytes);
        assert_eq!((look.encoding, look.separator, look.rows), (encoding, ';', 1));
        assert_eq!(look.columns[0].samples, ["M\u{dc}G"], "{encoding}");
    }
}

#[test]
fn real_exports_of_shopify_are_known_with_nothing_left_to_map() {
    let Some(shopify) = beside::shared("data/exports/shopify") else { return };
    let products =
        ["apparel.csv", "home-and-garden.csv", "jewelery.csv"].map(|file| format!("products/{file}"));
    for file in products.iter().map(String::as_str).chain(["inventory_export_2023_layout_devstore.csv"]) {
        let bytes = std::fs::read(shopify.join(file)).unwrap();
        let (_, look) = look(&bytes);
        assert!(look.layout.starts_with("shopify_"), "{file}: {}", look.layout);
        let has = |field: &Field| look.columns.iter().any(|column| column.field.as_ref() == Some(field));
        assert!(has(&Field::Sku), "{file}");
        assert!(look.kind == SheetKind::Products || has(&Field::Units) && has(&Field::Location), "{file}");
        let all = rows(&bytes);
        let bad: Vec<_> = all.iter().filter(|row| row.is_err()).collect();
        assert!(bad.is_empty() && !all.is_empty(), "{file}: {bad:?}");
    }
}
