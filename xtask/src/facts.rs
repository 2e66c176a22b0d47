//! The small tables of facts that Baton carries, made from the shared data folder next to the checkout.
//!
//! Owns: the layout of the tables and the origin written at their head. A fact is transcribed, never
//! estimated: a cell that the source lacks stays empty, a row that contradicts itself stops the command.

mod decimal;
mod outlines;
mod usps;
mod zip3;

use std::fs;
use std::path::{Path, PathBuf};

/// Where the shared data folder is looked for, seen from the root of the checkout.
const SHARED_DATA: &str = "../shared/data";

/// One table: where it lies, which files it is made from, and how.
struct Table {
    path: &'static str,
    sources: &'static [&'static str],
    /// From the texts of the sources, in their order.
    make: fn(&[String]) -> Result<String, String>,
}

const TABLES: [Table; 3] = [
    Table {
        path: "crates/connect/facts/zip3.csv",
        sources: &["geo/us_zip3.csv", "geo/us_zcta5_census2021.csv"],
        make: zip3::table,
    },
    Table {
        path: "crates/connect/facts/usps_2025-10-05.csv",
        sources: &["carriers/usps_rates_2025-10-05.csv"],
        make: |texts| usps::table(&texts[0]),
    },
    Table {
        path: "crates/paper/facts/outlines.csv",
        sources: &["geo/us_states_10m.topo.json", "geo/world_countries_110m.topo.json"],
        make: outlines::table,
    },
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Write,
    Check,
}

/// What the command line asked for.
pub(crate) struct Request {
    pub(crate) from: PathBuf,
    mode: Mode,
}

impl Request {
    /// The comparison that CI makes.
    pub(crate) fn check(root: &Path) -> Request {
        Request { from: root.join(SHARED_DATA), mode: Mode::Check }
    }

    /// Reads `[--check] [--from DIR]`, in any order.
    pub(crate) fn read(words: &[&str], root: &Path) -> Result<Request, String> {
        let mut request = Request { from: root.join(SHARED_DATA), mode: Mode::Write };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match (*word, words.as_slice()) {
                ("--check", _) => request.mode = Mode::Check,
                ("--from", [dir, ..]) => {
                    request.from = PathBuf::from(dir);
                    words.next();
                }
                ("--from", []) => return Err("--from needs a folder".to_string()),
                (other, _) => return Err(format!("facts does not know `{other}`")),
            }
        }
        Ok(request)
    }
}

/// Writes the tables, or compares them with what is on disk.
pub(crate) fn run(root: &Path, request: &Request) -> Result<(), String> {
    let mut wrong = Vec::new();
    for table in &TABLES {
        let made = make(table, &request.from)?;
        let path = root.join(table.path);
        match request.mode {
            Mode::Write => {
                write(&path, &made)?;
                println!("wrote {} ({} lines)", table.path, made.lines().count());
            }
            Mode::Check => {
                let on_disk = fs::read_to_string(&path).unwrap_or_default();
                wrong.extend(first_difference(&made, &on_disk).map(|line| differs(table.path, line)));
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    if request.mode == Mode::Check {
        println!("facts: {} tables match {}", TABLES.len(), request.from.display());
    }
    Ok(())
}

fn make(table: &Table, from: &Path) -> Result<String, String> {
    let read = |source: &&str| {
        let path = from.join(source);
        fs::read_to_string(&path).map_err(|error| {
            format!("cannot read {}: {error}; name the shared data folder with --from", path.display())
        })
    };
    let texts = table.sources.iter().map(read).collect::<Result<Vec<String>, String>>()?;
    (table.make)(&texts).map_err(|say| format!("{}: {say}", table.sources.join(", ")))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let cannot = |error| format!("cannot write {}: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(cannot)?;
    }
    fs::write(path, text).map_err(cannot)
}

fn differs(path: &str, line: usize) -> String {
    format!(
        "{path}:{line}: differs from what its source gives, run `cargo xtask facts` and look at the change"
    )
}

/// The first line (from 1) where two texts differ.
fn first_difference(made: &str, on_disk: &str) -> Option<usize> {
    if made == on_disk {
        return None;
    }
    let same = made.lines().zip(on_disk.lines()).take_while(|(left, right)| left == right).count();
    Some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_read_in_any_order() {
        let root = Path::new("checkout");
        let request = Request::read(&["--from", "data", "--check"], root).expect("a good command line");
        assert_eq!((request.from, request.mode), (PathBuf::from("data"), Mode::Check));
        let request = Request::read(&[], root).expect("a good command line");
        assert_eq!((request.from, request.mode), (root.join(SHARED_DATA), Mode::Write));
        assert!(Request::read(&["--from"], root).is_err());
        assert!(Request::read(&["--form", "data"], root).is_err());
    }

    #[test]
    fn a_difference_is_found_on_its_line() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\nb\n", "a\n"), Some(2));
        assert_eq!(first_difference("a\n", ""), Some(1));
    }
}
