//! The books once more, without a database: what every line of a script must do to them.
//!
//! Owns: units on shelves, orders and their units, the work at the places, what is open for people. It takes from the
//! program only which places a decision chose and by when they are to act; all that follows it works out itself, in the
//! plainest way, and compares. Refuses to know: how the program does any of it.

mod decide;
mod order;
mod task;
mod told;

pub(crate) use decide::{Chosen, Decided, Left};

use std::collections::{BTreeMap, BTreeSet};

pub(crate) const MINUTE: i64 = 60_000;

/// Outcome of a line: nothing, or the code of the refusal.
pub(crate) type Outcome = Result<(), String>;
/// A line of an order and a product of it.
pub(crate) type Key = (i64, String);

#[derive(Clone, Default)]
pub(crate) struct Shelf {
    pub(crate) on_hand: i64,
    pub(crate) committed: i64,
    pub(crate) safety: i64,
    pub(crate) damaged: i64,
    pub(crate) doubtful: i64,
}

impl Shelf {
    fn available(&self) -> i64 {
        self.on_hand - self.committed - self.safety - self.damaged - self.doubtful
    }

    fn is_sound(&self) -> bool {
        self.committed >= 0
            && self.damaged >= 0
            && self.committed + self.damaged + self.doubtful <= self.on_hand
    }
}

#[derive(Clone, Default)]
pub(crate) struct Stands {
    pub(crate) per_unit: i64,
    pub(crate) ordered: i64,
    pub(crate) open: i64,
    pub(crate) backordered: i64,
    pub(crate) allocated: i64,
    pub(crate) shipped: i64,
    pub(crate) cancelled: i64,
    pub(crate) returned: i64,
}

#[derive(Clone, Default)]
pub(crate) struct Order {
    pub(crate) state: String,
    pub(crate) hold: String,
    pub(crate) lane: String,
    pub(crate) pickup_at: String,
    pub(crate) attempts: i64,
    pub(crate) source_version: i64,
    pub(crate) items: BTreeMap<Key, Stands>,
}

#[derive(Clone, Default)]
pub(crate) struct Units {
    pub(crate) quantity: i64,
    pub(crate) picked: i64,
    pub(crate) committed: i64,
    pub(crate) shipped: i64,
}

#[derive(Clone)]
pub(crate) struct Task {
    pub(crate) order: String,
    pub(crate) place: String,
    pub(crate) lane: String,
    pub(crate) state: &'static str,
    pub(crate) held_at: Option<i64>,
    pub(crate) due: i64,
    pub(crate) ready_by: i64,
    pub(crate) attempt: i64,
    /// Day and window of its dispatch, and parcels that it takes of it.
    pub(crate) dispatch: (i64, i64),
    pub(crate) parcels: i64,
    pub(crate) items: BTreeMap<Key, Units>,
    /// Packed and here, gone, void.
    pub(crate) packed: [i64; 3],
}

#[derive(Clone, Default)]
pub(crate) struct Model {
    pub(crate) at_ms: i64,
    /// Lanes by place.
    pub(crate) places: BTreeMap<String, Vec<String>>,
    /// Components by product; a product without is itself.
    pub(crate) products: BTreeMap<String, Vec<(String, i64)>>,
    /// By SKU and place.
    pub(crate) shelves: BTreeMap<(String, String), Shelf>,
    pub(crate) orders: BTreeMap<String, Order>,
    /// Names of orders as they came.
    pub(crate) came: Vec<String>,
    /// As they were made.
    pub(crate) tasks: Vec<Task>,
    /// Parcels by place, day and window.
    pub(crate) loads: BTreeMap<(String, i64, i64), i64>,
    /// Kind and subject.
    pub(crate) exceptions: BTreeSet<(String, String)>,
    /// What the program decided, by order and number.
    pub(crate) decided: BTreeMap<(String, i64), Decided>,
}

/// What both sides call wrong in the model itself, never in the program's answer.
pub(crate) fn impossible(what: impl Into<String>) -> String {
    format!("impossible: {}", what.into())
}

fn no(code: &str) -> Outcome {
    Err(code.to_owned())
}

impl Model {
    /// Reads a shop as a script sets it up: places, products, stock.
    pub(crate) fn of_shop(script: &str, at_ms: i64) -> Model {
        let mut model = Model { at_ms, ..Model::default() };
        for line in script.lines().map(str::trim) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                ["location", code, _, ref rest @ ..] => {
                    let lanes = rest.iter().find_map(|word| word.strip_prefix("lanes=")).unwrap_or("ship");
                    let lanes = lanes.split(',').map(str::to_owned).collect();
                    model.places.insert(code.to_owned(), lanes);
                }
                ["product", sku, of] => {
                    let part = |part: &str| {
                        let (sku, units) = part.split_once('*').unwrap_or((part, "1"));
                        (sku.to_owned(), units.parse().unwrap())
                    };
                    let of = of.strip_prefix("of=").expect("only bundles");
                    model.products.insert(sku.to_owned(), of.split('+').map(part).collect());
                }
                ["stock", place, sku, units, ref rest @ ..] => {
                    let safety = rest.iter().find_map(|word| word.strip_prefix("safety="));
                    let safety = safety.map_or(0, |units| units.parse().unwrap());
                    let shelf = Shelf { on_hand: units.parse().unwrap(), safety, ..Shelf::default() };
                    model.shelves.insert((sku.to_owned(), place.to_owned()), shelf);
                }
                _ => {}
            }
        }
        model
    }

    /// Does a line, or refuses and leaves no trace.
    pub(crate) fn act(&mut self, line: &str) -> Outcome {
        self.at_ms += 1;
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["wait", minutes] => {
                self.at_ms += minutes.parse::<i64>().unwrap() * MINUTE;
                self.pass_deadlines()
            }
            ["receive", place, sku, units] => {
                self.shelf(sku, place).on_hand += units.parse::<i64>().unwrap();
                self.release_backorders(sku)
            }
            ["sell", place, sku, units] => self.change_on_hand((sku, place), -units.parse::<i64>().unwrap()),
            ["adjust", place, sku, units] => self.change_on_hand((sku, place), units.parse().unwrap()),
            [verb, at, ref rest @ ..] if at.contains('@') => {
                let (order, place) = at.split_once('@').unwrap();
                let (place, number) =
                    place.split_once('.').map_or((place, None), |(place, n)| (place, Some(n)));
                let is_meant = |id: &usize| self.tasks[*id].order == order && self.tasks[*id].place == place;
                let ids: Vec<usize> = (0..self.tasks.len()).filter(is_meant).collect();
                let at = number.map_or(ids.len(), |number| number.parse().unwrap());
                let id = ids[at - 1];
                self.whole(|model| model.task_verb(verb, id, rest))
            }
            [verb, name, ref rest @ ..] => self.whole(|model| model.order_verb(verb, name, rest)),
            _ => panic!("{line}"),
        }
    }

    /// All of it or nothing.
    fn whole(&mut self, deed: impl FnOnce(&mut Model) -> Outcome) -> Outcome {
        let mut after = self.clone();
        let outcome = deed(&mut after);
        if outcome.is_ok() {
            *self = after;
        }
        outcome
    }

    fn shelf(&mut self, sku: &str, place: &str) -> &mut Shelf {
        self.shelves.entry((sku.to_owned(), place.to_owned())).or_default()
    }

    /// Promises units, where so many are free.
    fn promise(&mut self, (sku, place): (&str, &str), units: i64) -> bool {
        let shelf = self.shelf(sku, place);
        let is_free = shelf.available() >= units;
        if is_free {
            shelf.committed += units;
        }
        is_free
    }

    fn change_on_hand(&mut self, (sku, place): (&str, &str), units: i64) -> Outcome {
        let shelf = self.shelf(sku, place);
        let changed = Shelf { on_hand: shelf.on_hand + units, ..shelf.clone() };
        if !changed.is_sound() {
            return no("too_few");
        }
        *shelf = changed;
        Ok(())
    }

    fn order(&mut self, name: &str) -> &mut Order {
        self.orders.get_mut(name).expect("a script names orders that there are")
    }

    fn open_exception(&mut self, kind: &str, subject: &str) {
        self.exceptions.insert((kind.to_owned(), subject.to_owned()));
    }

    fn settle_exceptions(&mut self, kinds: &[&str], subject: &str) {
        for kind in kinds {
            self.exceptions.remove(&((*kind).to_owned(), subject.to_owned()));
        }
    }
}
