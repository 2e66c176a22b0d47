//! Tables that people bring, of whatever columns.
//!
//! Owns: what must hold of one that was looked at: it can be read to its end by any mapping, and what is written of its
//! rows is read back. Refuses to know: what is done with rows.

use connect::files::{Look, Reading, Sheet, SheetKind, csv_line};
use std::sync::Arc;

pub(crate) const STOCK: &str = "Handle,Title,Option1 Name,Option1 Value,SKU,Location,Available,On hand\n\
    mug,Mug,Color,Blue,MUG-B,Main St,3,3\nmug,,Color,Red,'=MUG,Main St,not stocked,not stocked\n";
pub(crate) const PRODUCTS: &str = "Handle;Title;Option1 Value;Variant SKU;Variant Grams;Variant Price\n\
    mug;Mug;Blue;MUG-B;340;9,50\nmug;;Red;MUG-R;340;9,50\n";

pub(crate) fn brought(bytes: &[u8]) {
    let bytes: Arc<[u8]> = bytes.into();
    for kind in SheetKind::ALL {
        let Ok(look) = Look::at("brought.csv", &bytes, Some(kind)) else { return };
        let _ = look.signature();
        let fields: Vec<_> = look.columns.iter().map(|column| column.field.clone()).collect();
        for reading in [Reading::Counts, Reading::Changes] {
            let sheet = Sheet::open("brought.csv", &bytes, (kind, reading), &fields);
            let mut sheet = sheet.expect("what was looked at can be opened");
            let mut rows = 0;
            while let Some((_, read)) = sheet.next() {
                rows += 1;
                let faults = read.err().unwrap_or_default();
                assert!(faults.iter().all(|fault| !fault.say.is_empty()));
                let _ = csv_line(sheet.cells(), sheet.separator());
            }
            assert_eq!(rows, look.rows);
        }
    }
}
