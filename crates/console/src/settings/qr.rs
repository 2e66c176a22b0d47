//! A text as a QR code.

use crate::show::{Markup, escaped};
use askama::filters::Safe;
use qrcode::{Color, EcLevel, QrCode};

/// The empty edge that readers need, in modules.
const QUIET: usize = 4;

/// An SVG of the code; `None`: the text is too long for one.
pub(super) fn of(text: &str, says: &str) -> Option<Markup> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (i, color) in colors.iter().enumerate() {
        if *color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", i % width + QUIET, i / width + QUIET));
        }
    }
    let side = width + 2 * QUIET;
    let says = escaped(says);
    Some(Safe(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{says}\" shape-rendering=\"crispEdges\">\
         <path d=\"{path}\"/></svg>"
    )))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_link_becomes_a_square_with_its_three_corners() {
        let svg = of("https://shop.example/join?secret=join_0123456789abcdef", "\"QR\"").unwrap().to_string();
        assert!(
            svg.starts_with("<svg class=\"qr\" viewBox=\"0 0 ")
                && svg.contains("aria-label=\"&#34;QR&#34;\"")
        );
        // The finder pattern at the upper left: seven dark modules in a row, then a light one.
        assert!((4..11).all(|x| svg.contains(&format!("M{x} 4h1"))) && !svg.contains("M11 4h1"), "{svg}");
    }

    #[test]
    fn what_is_too_long_has_no_code() {
        assert!(of(&"x".repeat(5_000), "").is_none());
    }
}
