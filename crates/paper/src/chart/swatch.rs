//! Small samples of a mark, for legends.

use std::fmt::Arguments;

/// What a legend explains.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A part of a stacked bar, with its number.
    Part,
    /// A bar of a variant.
    Bar,
    /// A line of a variant.
    Line,
}

/// The sample of the mark with this number, from 0.
pub(crate) fn swatch(mark: Mark, number: usize) -> String {
    match mark {
        Mark::Part => drawn(format_args!(
            "<rect class=\"p{number}\" width=\"20\" height=\"16\" rx=\"3\"/><text class=\"key k{number}\" x=\"10\" y=\"12.5\">{}</text>",
            number + 1
        )),
        Mark::Bar => drawn(format_args!(
            "<rect class=\"v{number}\" x=\"1\" y=\"2\" width=\"18\" height=\"12\" rx=\"2\"/>"
        )),
        Mark::Line => drawn(format_args!(
            "<polyline class=\"l{number}\" points=\"0,8 20,8\"/><circle class=\"m{number}\" cx=\"10\" cy=\"8\" r=\"4\"/>"
        )),
    }
}

fn drawn(mark: Arguments<'_>) -> String {
    format!("<svg class=\"swatch\" width=\"20\" height=\"16\" aria-hidden=\"true\">{mark}</svg>")
}
