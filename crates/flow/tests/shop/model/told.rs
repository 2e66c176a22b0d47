//! The model's books as lines of text, as those of a database are told.

use super::Model;

impl Model {
    /// Sorted.
    pub(crate) fn told(&self) -> Vec<String> {
        let mut told = Vec::new();
        for ((sku, place), s) in &self.shelves {
            told.push(format!(
                "shelf {place} {sku}: {} {} {} {} {}",
                s.on_hand, s.committed, s.safety, s.damaged, s.doubtful
            ));
        }
        for (name, order) in &self.orders {
            let (state, hold, lane) = (&order.state, &order.hold, &order.lane);
            told.push(format!(
                "order {name}: {state} ({hold}) {lane} {} {}",
                order.attempts, order.source_version
            ));
            for ((line, sku), i) in &order.items {
                told.push(format!(
                    "item {name} {line} {sku}: {} of {} = {} {} {} {} {}, {} back",
                    i.ordered,
                    i.per_unit,
                    i.open,
                    i.backordered,
                    i.allocated,
                    i.shipped,
                    i.cancelled,
                    i.returned
                ));
            }
        }
        for (id, task) in self.tasks.iter().enumerate() {
            let name = self.name_of(id);
            let (here, gone, void) = (task.packed[0], task.packed[1], task.packed[2]);
            told.push(format!(
                "task {name}: {} {} held {} due {} attempt {} parcels {}, {here} here {gone} gone {void} void",
                task.state,
                task.lane,
                i64::from(task.held_at.is_some()),
                task.due,
                task.attempt,
                task.parcels
            ));
            for ((line, sku), i) in &task.items {
                let units = format!("{} {} {} {}", i.quantity, i.picked, i.committed, i.shipped);
                told.push(format!("units {name} {line} {sku}: {units}"));
            }
        }
        for ((place, day, window), parcels) in self.loads.iter().filter(|(_, parcels)| **parcels != 0) {
            told.push(format!("load {place} {day} {window}: {parcels}"));
        }
        for (kind, subject) in &self.exceptions {
            told.push(format!("open {kind}: {subject}"));
        }
        told.sort();
        told
    }
}
