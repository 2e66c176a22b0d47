//! Charts as inline SVG.
//!
//! Owns: where marks go. Widths are percentages and heights pixels, so that a chart fills a desktop page
//! and a phone alike while its text keeps its size; what depends on the width (which labels fit) is
//! written twice, classed `wide` and `narrow`, and the style sheet shows one of them.
//! Refuses to know: colors, which are classes of the page's style sheet, and what the figures mean.
//! Invariant: every text is escaped here, and no mark lies outside its drawing.

mod bars;
mod line;
mod map;
mod range;
mod scale;
mod stack;
mod svg;
mod swatch;
mod text;

pub(crate) use bars::{Bar, BarRow, grouped_bars};
pub(crate) use line::{LineChart, Series, line_chart};
pub(crate) use map::{Arc, DrawnMap, Goal, Linked, MapInput, Place, draw_map, draw_places, marker_shape};
pub(crate) use range::{Range, RangeEnds, range_bar, range_with_ends};
pub(crate) use stack::{Segment, Stack, stacked_bars};
pub(crate) use swatch::{Mark, swatch};
