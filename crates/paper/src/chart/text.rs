//! How much room a text takes, roughly, and cutting it to the room there is.
//!
//! Owns: estimated widths for a common system font. Refuses to know: real fonts; nothing is measured.

use super::svg::{Drawing, Num, Safe};

/// Width of a drawing on a phone, in pixels, and of one on a desktop or on paper. The smaller of what may
/// come: a label that fits here fits wherever it is shown.
pub(crate) const NARROW_PX: f64 = 280.0;
pub(crate) const WIDE_PX: f64 = 640.0;

/// Estimated width in pixels.
pub(crate) fn width_px(text: &str, font_px: f64) -> f64 {
    text.chars().map(|c| if is_narrow(c) { 0.56 } else { 1.05 }).sum::<f64>() * font_px
}

/// Latin, Greek, Cyrillic, Hebrew and Arabic letters take half the room of ideographs and emoji.
fn is_narrow(c: char) -> bool {
    (c as u32) < 0x1100 || ('\u{2000}'..='\u{206f}').contains(&c)
}

/// The text, or as much of its beginning as fits, with an ellipsis.
pub(crate) fn fit(text: &str, room_px: f64, font_px: f64) -> String {
    if width_px(text, font_px) <= room_px {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut left_px = room_px - width_px("…", font_px);
    for c in text.chars() {
        left_px -= width_px(c.encode_utf8(&mut [0; 4]), font_px);
        if left_px < 0.0 {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// Where a text starts, and how it looks.
pub(crate) struct Label<'a> {
    pub text: &'a str,
    pub class: &'a str,
    pub y: f64,
    /// Room that other marks on the same line need, in pixels: on a page, on a phone.
    pub taken_px: [f64; 2],
}

const LABEL_FONT_PX: f64 = 14.0;

/// Writes a text from the left edge; once if it fits everywhere, else cut to a phone and to a page.
pub(crate) fn label(drawing: &mut Drawing, label: &Label<'_>) {
    let wide = fit(label.text, WIDE_PX - label.taken_px[0], LABEL_FONT_PX);
    let narrow = fit(label.text, NARROW_PX - label.taken_px[1], LABEL_FONT_PX);
    let (class, y) = (label.class, Num(label.y));
    if wide == narrow {
        drawing.add(format_args!("<text class=\"{class}\" x=\"0\" y=\"{y}\">{}</text>", Safe(&wide)));
        return;
    }
    for (width, text) in [("wide", wide), ("narrow", narrow)] {
        let (text, full) = (Safe(&text), Safe(label.text));
        drawing.add(format_args!(
            "<text class=\"{class} {width}\" x=\"0\" y=\"{y}\">{text}<title>{full}</title></text>"
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_cut_with_an_ellipsis() {
        assert_eq!(fit("Mall Road", 100.0, 14.0), "Mall Road");
        assert_eq!(fit("Mall Road", 60.0, 14.0), "Mall R…");
        assert_eq!(fit("倉庫倉庫倉庫", 60.0, 14.0), "倉庫倉…");
        assert_eq!(fit("anything", 0.0, 14.0), "…");
    }
}
