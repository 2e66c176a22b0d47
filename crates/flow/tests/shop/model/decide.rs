//! What follows from a decision: it may choose places, and nothing else.

use super::{Key, Model, Outcome, Task, Units, impossible, no};
use std::collections::{BTreeMap, BTreeSet};

/// A decision as the program wrote it down.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Decided {
    /// Why nothing is placed.
    pub(crate) hold: Option<String>,
    pub(crate) chosen: Vec<Chosen>,
    pub(crate) left: Vec<Left>,
}

/// What one place got.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Chosen {
    pub(crate) place: String,
    pub(crate) parcels: i64,
    pub(crate) units: BTreeMap<Key, i64>,
    pub(crate) due: i64,
    pub(crate) ready_by: i64,
    pub(crate) dispatch: (i64, i64),
}

/// What no place got, as it was asked for: of a bundle, or of a component.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Left {
    pub(crate) line: i64,
    pub(crate) sku: String,
    pub(crate) units: i64,
    pub(crate) remedy: String,
    pub(crate) is_about_stock: bool,
}

const REFUSED: [&str; 3] = ["rejected", "expired", "short"];

impl Model {
    /// Decides what of an order is open, of which places may be asked only one, or all that have not refused.
    pub(super) fn decide(&mut self, name: &str, only: Option<&str>) -> Outcome {
        if self.order(name).items.values().all(|item| item.open == 0) {
            self.settle(name);
            return Ok(());
        }
        self.order(name).attempts += 1;
        let number = self.order(name).attempts;
        let decided = self.decided.get(&(name.to_owned(), number)).cloned();
        let decided = decided.ok_or_else(|| impossible(format!("{name} has no decision {number}")))?;
        if let Some(reason) = &decided.hold {
            let kind = if reason == "address_unknown" { "address_hold" } else { "unroutable" };
            self.open_exception(kind, name);
            let order = self.order(name);
            order.state = "held".into();
            order.hold.clone_from(reason);
            self.settle(name);
            return Ok(());
        }
        self.demand_all_is_decided(name, &decided)?;
        for chosen in &decided.chosen {
            self.demand_may_be_asked((name, only), chosen)?;
            self.give(name, number, chosen)?;
        }
        self.leave(name, &decided.left);
        self.settle(name);
        Ok(())
    }

    /// Semantics 1: whatever the path, a split adds up.
    fn demand_all_is_decided(&mut self, name: &str, decided: &Decided) -> Outcome {
        let mut sums: BTreeMap<Key, i64> = BTreeMap::new();
        for (key, units) in decided.chosen.iter().flat_map(|chosen| &chosen.units) {
            *sums.entry(key.clone()).or_default() += units;
        }
        for left in &decided.left {
            for (key, units) in self.items_of(name, left) {
                *sums.entry(key).or_default() += units;
            }
        }
        let open = self.order(name).items.iter().filter(|(_, item)| item.open > 0);
        let open: BTreeMap<Key, i64> = open.map(|(key, item)| (key.clone(), item.open)).collect();
        if sums == open { Ok(()) } else { Err(impossible(format!("{open:?} is open, {sums:?} decided"))) }
    }

    fn demand_may_be_asked(&mut self, (name, only): (&str, Option<&str>), chosen: &Chosen) -> Outcome {
        let refused: BTreeSet<&str> = self
            .tasks
            .iter()
            .filter(|task| task.order == name && REFUSED.contains(&task.state))
            .map(|task| task.place.as_str())
            .collect();
        let order = &self.orders[name];
        let is_asked = match only {
            Some(place) => place == chosen.place,
            None => !refused.contains(chosen.place.as_str()),
        };
        let is_store = order.lane != "pickup" || order.pickup_at == chosen.place;
        match is_asked && is_store && self.places[&chosen.place].contains(&order.lane) {
            true => Ok(()),
            false => Err(impossible(format!("{} may not be asked", chosen.place))),
        }
    }

    fn give(&mut self, name: &str, attempt: i64, chosen: &Chosen) -> Outcome {
        for ((line, sku), units) in &chosen.units {
            if !self.promise((sku, &chosen.place), *units) {
                return Err(impossible(format!("{} has no {units} {sku} left", chosen.place)));
            }
            let item = self.order(name).items.get_mut(&(*line, sku.clone())).expect("an item");
            item.open -= units;
            item.allocated += units;
        }
        let given = |units: &i64| Units { quantity: *units, committed: *units, ..Units::default() };
        let lane = self.order(name).lane.clone();
        self.tasks.push(Task {
            order: name.to_owned(),
            place: chosen.place.clone(),
            lane,
            state: "open",
            held_at: None,
            due: chosen.due,
            ready_by: chosen.ready_by,
            attempt,
            dispatch: chosen.dispatch,
            parcels: chosen.parcels,
            items: chosen.units.iter().map(|(key, units)| (key.clone(), given(units))).collect(),
            packed: [0; 3],
        });
        self.load(self.tasks.len() - 1, 1);
        Ok(())
    }

    /// Parcels of a task that its dispatch has, or has no longer.
    pub(super) fn load(&mut self, id: usize, sign: i64) {
        let task = &self.tasks[id];
        let key = (task.place.clone(), task.dispatch.0, task.dispatch.1);
        *self.loads.entry(key).or_default() += sign * task.parcels;
    }

    /// Items behind units of a line: of a bundle, all that it is made of.
    fn items_of(&mut self, name: &str, left: &Left) -> Vec<(Key, i64)> {
        let key = (left.line, left.sku.clone());
        let items = &self.order(name).items;
        if items.contains_key(&key) {
            return vec![(key, left.units)];
        }
        let of_line = items.iter().filter(|((line, _), _)| *line == left.line);
        of_line.map(|(key, item)| (key.clone(), item.per_unit * left.units)).collect()
    }

    fn leave(&mut self, name: &str, all: &[Left]) {
        let mut is_stuck = false;
        for left in all {
            for (key, units) in self.items_of(name, left) {
                let item = self.order(name).items.get_mut(&key).expect("an item");
                match left.remedy.as_str() {
                    "backorder" if left.is_about_stock => {
                        item.open -= units;
                        item.backordered += units;
                    }
                    "cancel" => {
                        item.open -= units;
                        item.cancelled += units;
                    }
                    _ => is_stuck = true,
                }
            }
        }
        match is_stuck {
            true => self.open_exception("unroutable", name),
            false => self.settle_exceptions(&["unroutable", "oversold"], name),
        }
    }

    /// The state of an order follows from where its units stand.
    pub(super) fn settle(&mut self, name: &str) {
        let order = self.order(name);
        let sum = |of: fn(&super::Stands) -> i64| order.items.values().map(of).sum::<i64>();
        let waiting = sum(|item| item.open + item.backordered + item.allocated);
        let shipped = sum(|item| item.shipped);
        if waiting > 0 {
            if order.state != "held" {
                order.state = "open".into();
            }
            return;
        }
        order.state = if shipped > 0 { "fulfilled" } else { "cancelled" }.into();
        order.hold.clear();
    }

    /// Other places for what is open now; a pickup waits for its customer.
    pub(super) fn route_again(&mut self, name: &str) -> Outcome {
        let order = self.order(name);
        if order.state != "open" {
            self.settle(name);
            return Ok(());
        }
        if order.lane != "pickup" {
            return self.decide(name, None);
        }
        order.state = "held".into();
        order.hold = "pickup_choice".into();
        self.open_exception("pickup_choice", name);
        self.settle(name);
        Ok(())
    }

    pub(super) fn demand_place(&self, code: &str, at: &str) -> Outcome {
        if self.places.contains_key(code) { Ok(()) } else { no(&format!("invalid {at}")) }
    }
}
