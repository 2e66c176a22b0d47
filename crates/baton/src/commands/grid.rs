//! A table of figures on the terminal: one row for each figure, one column for each rule set.
//!
//! Owns: how wide it may be. Refuses to know: what the figures are.

use crate::fault::{Fault, say};
use comfy_table::{CellAlignment, Table, presets};

/// Characters of a line where no terminal says.
const USUAL_WIDTH: usize = 80;

pub(crate) struct Grid {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    /// Columns of these names.
    pub(crate) fn of(names: Vec<String>) -> Grid {
        Grid { names, rows: Vec::new() }
    }

    /// A figure, whose name says its unit.
    pub(crate) fn row(&mut self, name: &str, cells: impl Iterator<Item = String>) {
        self.rows.push(std::iter::once(name.to_owned()).chain(cells).collect());
    }

    /// Prints it. Where it would be wider than the terminal, columns have numbers, and their names stand above.
    pub(crate) fn print(&self) -> Result<(), Fault> {
        for line in self.lines(Table::new().width().map_or(USUAL_WIDTH, usize::from)) {
            say(line)?;
        }
        Ok(())
    }

    fn lines(&self, width: usize) -> Vec<String> {
        let whole = self.laid_out(&self.names);
        if whole.iter().all(|line| line.chars().count() <= width) {
            return whole;
        }
        let numbers: Vec<String> = (1..=self.names.len()).map(|number| format!("({number})")).collect();
        let legend = numbers.iter().zip(&self.names).map(|(number, name)| format!("{number} {name}"));
        legend.chain(self.laid_out(&numbers)).collect()
    }

    fn laid_out(&self, names: &[String]) -> Vec<String> {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table.set_header(std::iter::once(String::new()).chain(names.iter().cloned()));
        for row in &self.rows {
            table.add_row(row);
        }
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        table.to_string().lines().map(|line| line.trim_end().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(names: &[&str]) -> Grid {
        let mut grid = Grid::of(names.iter().map(|name| (*name).to_owned()).collect());
        grid.row("landed cost per order", names.iter().map(|_| "$9.50".to_owned()));
        grid.row("orders split", names.iter().map(|_| "12.00 %".to_owned()));
        grid
    }

    #[test]
    fn a_figure_takes_one_line_and_its_name_says_the_unit() {
        let lines = grid(&["today", "rules"]).lines(80);
        assert_eq!(lines.len(), 3, "{lines:#?}");
        assert!(lines[1].contains("landed cost per order") && lines[1].ends_with("$9.50"), "{lines:#?}");
    }

    #[test]
    fn names_that_are_too_wide_stand_above_their_numbers() {
        let names =
            ["Today (warehouse first)", "Nearest, then two", "House rules", "Lowest cost", "Strict rules"];
        let lines = grid(&names).lines(80);
        assert_eq!(lines.len(), 5 + 3, "{lines:#?}");
        assert_eq!(lines[1], "(2) Nearest, then two");
        assert!(lines.iter().all(|line| line.chars().count() <= 80), "{lines:#?}");
    }
}
