//! How large something is, in the reader's words.

use crate::frame::Frame;

const UNITS: [(&str, i64); 3] = [("size-gb", 1 << 30), ("size-mb", 1 << 20), ("size-kb", 1 << 10)];

/// One decimal below ten: `1.4 MB`, `21 MB`.
pub(super) fn size(f: &Frame, bytes: i64) -> String {
    let (id, unit) = UNITS.into_iter().find(|(_, unit)| bytes >= *unit).unwrap_or(("size-bytes", 1));
    let tenths = bytes / unit * 10 + bytes % unit * 10 / unit;
    let number = match tenths {
        tenths if tenths >= 100 || unit == 1 => f.number(&(bytes / unit)),
        tenths => format!("{}{}{}", tenths / 10, f.locale().decimal, tenths % 10),
    };
    f.a(id, "number", &number)
}
