//! Writing SVG text.
//!
//! Owns: escaping and the form of numbers. Refuses to know: any chart.

use std::fmt;

/// A drawing that grows downwards.
pub(crate) struct Drawing {
    body: String,
}

impl Drawing {
    pub(crate) fn new() -> Drawing {
        Drawing { body: String::new() }
    }

    pub(crate) fn add(&mut self, mark: fmt::Arguments<'_>) {
        // Writing into a string cannot fail.
        let _ = fmt::Write::write_fmt(&mut self.body, mark);
    }

    /// The whole drawing, as wide as its box and `height` pixels high. `label` is what a screen reader says.
    pub(crate) fn finish(self, class: &str, label: &str, height: f64) -> String {
        let label = Safe(label);
        let height = Num(height);
        format!(
            "<svg class=\"chart {class}\" role=\"img\" aria-label=\"{label}\" width=\"100%\" height=\"{height}\">{}</svg>",
            self.body
        )
    }

    /// The marks alone, to be put inside another drawing.
    pub(crate) fn into_marks(self) -> String {
        self.body
    }
}

/// Text as SVG and HTML can carry it, in content and in attributes.
pub(crate) struct Safe<'a>(pub &'a str);

impl fmt::Display for Safe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}

/// A share of the width, 0 to 100. What lies outside, or is no number, is drawn at the edge.
pub(crate) struct Pct(pub f64);

impl fmt::Display for Pct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = if self.0.is_finite() { self.0.clamp(0.0, 100.0) } else { 0.0 };
        write!(f, "{}%", Num(value))
    }
}

/// A number with at most two decimals.
pub(crate) struct Num(pub f64);

impl fmt::Display for Num {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.2}", if self.0.is_finite() { self.0 } else { 0.0 });
        let text = text.trim_end_matches('0').trim_end_matches('.');
        f.write_str(if text == "-0" { "0" } else { text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_stay_inside() {
        assert_eq!(Num(12.0).to_string(), "12");
        assert_eq!(Num(-0.001).to_string(), "0");
        assert_eq!(Num(0.506).to_string(), "0.51");
        assert_eq!(Pct(250.0).to_string(), "100%");
        assert_eq!(Pct(f64::NAN).to_string(), "0%");
    }

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(Safe("<a href='x'>\"&").to_string(), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
    }
}
