//! Destinations as dots, their areas proportional to their orders.
//!
//! Owns: joining dots that would be drawn over each other, which also bounds the size of the file.

use std::collections::BTreeMap;

use super::super::svg::{Drawing, Num, Safe};
use super::MapInput;
use super::frame::Frame;

/// More dots than this say no more, and make the file heavy.
const MOST_DOTS: usize = 900;
const SMALLEST_RADIUS: f64 = 2.2;
const LARGEST_RADIUS: f64 = 15.0;

/// Writes the dots and answers how many orders lie beyond the edge.
pub(crate) fn write_dots(drawing: &mut Drawing, frame: &Frame, input: &MapInput<'_>) -> u64 {
    let placed: Vec<((f64, f64), u64)> = input.dots.iter().map(|dot| (frame.at(dot.0), dot.1)).collect();
    let (inside, beyond): (Vec<_>, Vec<_>) = placed.into_iter().partition(|dot| frame.holds(dot.0));
    let cells = joined(&inside);
    let most = cells.values().map(|cell| cell.orders).max().unwrap_or(1).max(1);
    drawing.add(format_args!("<g class=\"dots\">"));
    for cell in cells.values() {
        let (x, y) = cell.center();
        let radius = (LARGEST_RADIUS * (cell.orders as f64 / most as f64).sqrt()).max(SMALLEST_RADIUS);
        let said = (input.say_orders)(cell.orders);
        let (x, y, r, tip) = (round(x), round(y), round(radius), Safe(&said));
        drawing.add(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"><title>{tip}</title></circle>"));
    }
    drawing.add(format_args!("</g>"));
    beyond.iter().fold(0u64, |sum, dot| sum.saturating_add(dot.1))
}

#[derive(Default)]
struct Cell {
    orders: u64,
    /// Sums of the positions, weighted by orders.
    x: f64,
    y: f64,
}

impl Cell {
    fn center(&self) -> (f64, f64) {
        let weight = (self.orders as f64).max(1.0);
        (self.x / weight, self.y / weight)
    }
}

/// Joins dots in the same square of a grid, as coarse as it must be.
fn joined(dots: &[((f64, f64), u64)]) -> BTreeMap<(i32, i32), Cell> {
    let mut side = 4.0;
    loop {
        let mut cells: BTreeMap<(i32, i32), Cell> = BTreeMap::new();
        for &((x, y), orders) in dots.iter().filter(|dot| dot.1 > 0) {
            let cell = cells.entry(((y / side) as i32, (x / side) as i32)).or_default();
            cell.orders = cell.orders.saturating_add(orders);
            cell.x += x * orders as f64;
            cell.y += y * orders as f64;
        }
        if cells.len() <= MOST_DOTS {
            return cells;
        }
        side *= 1.4;
    }
}

fn round(value: f64) -> Num {
    Num((value * 10.0).round() / 10.0)
}
