//! What is done at the places.

use super::{Key, MINUTE, Model, Outcome, Task, Units, no};

const UNDER_WAY: [&str; 5] = ["open", "accepted", "picking", "packed", "ready_for_pickup"];
/// Where parcels of a task are: here, gone, void.
const HERE: usize = 0;
const GONE: usize = 1;
const VOID: usize = 2;

impl Task {
    pub(crate) fn is_under_way(&self) -> bool {
        UNDER_WAY.contains(&self.state)
    }

    fn must_be(&self, states: &[&str]) -> Outcome {
        if self.held_at.is_some() {
            return no("held");
        }
        if states.contains(&self.state) { Ok(()) } else { no("wrong_state") }
    }

    fn work_due(&self, now: i64) -> i64 {
        let slack = if self.lane == "pickup" { 0 } else { 120 };
        (self.ready_by + slack * MINUTE).max(now + 60 * MINUTE)
    }
}

impl Model {
    pub(super) fn task_verb(&mut self, verb: &str, id: usize, rest: &[&str]) -> Outcome {
        match (verb, rest) {
            ("accept", []) => self.step(id, (&["open"], "accepted")),
            ("start", []) => self.step(id, (&["open", "accepted"], "picking")),
            ("pick", [line, sku, units]) => self.pick(id, (line, sku), units.parse().unwrap()),
            ("pack", []) => self.pack(id),
            ("ship", from) => self.ship(id, from.first().copied()),
            ("ready", []) => self.ready(id),
            ("collect", [code]) => self.collect(id, code),
            ("giveup", []) => self.give_up(id),
            ("deliver", []) => self.step(id, (&["shipped"], "delivered")),
            ("hold", []) => {
                self.tasks[id].must_be(&UNDER_WAY)?;
                self.tasks[id].held_at = Some(self.at_ms);
                Ok(())
            }
            ("release", []) => {
                let now = self.at_ms;
                let task = &mut self.tasks[id];
                let Some(held_at) = task.held_at.take() else { return no("not_held") };
                task.due += now - held_at;
                Ok(())
            }
            ("undo", []) => self.undo(id),
            ("move", [to]) => self.move_to(id, to),
            ("reject", [reason, skus @ ..]) => self.reject(id, reason, skus),
            ("short", [line, sku, units, reason]) => {
                self.short(id, (line, sku), (units.parse().unwrap(), reason))
            }
            other => panic!("{other:?}"),
        }
    }

    fn step(&mut self, id: usize, (from, to): (&[&str], &'static str)) -> Outcome {
        let now = self.at_ms;
        let task = &mut self.tasks[id];
        task.must_be(from)?;
        if task.state == "open" {
            task.due = task.work_due(now);
        }
        task.state = to;
        Ok(())
    }

    fn item(&mut self, id: usize, (line, sku): (&str, &str)) -> Result<&mut Units, String> {
        let key: Key = (line.parse().unwrap(), sku.to_owned());
        self.tasks[id].items.get_mut(&key).ok_or_else(|| "invalid /sku".to_owned())
    }

    fn pick(&mut self, id: usize, at: (&str, &str), units: i64) -> Outcome {
        self.tasks[id].must_be(&["picking"])?;
        let item = self.item(id, at)?;
        if units > item.committed - item.picked {
            return no("invalid /units");
        }
        item.picked += units;
        Ok(())
    }

    fn pack(&mut self, id: usize) -> Outcome {
        let task = &mut self.tasks[id];
        task.must_be(&["picking"])?;
        let is_scanned = task.items.values().any(|item| item.picked > 0);
        let is_complete = task.items.values().all(|item| item.picked >= item.committed);
        if is_scanned && !is_complete {
            return no("not_all_picked");
        }
        for item in task.items.values_mut() {
            item.picked = item.committed;
        }
        task.packed[HERE] += 1;
        task.state = "packed";
        Ok(())
    }

    fn ship(&mut self, id: usize, from: Option<&str>) -> Outcome {
        let task = &self.tasks[id];
        task.must_be(&["packed"])?;
        let (lane, place, order) = (task.lane.clone(), task.place.clone(), task.order.clone());
        self.may_leave(&order)?;
        if lane == "pickup" {
            return no("is_pickup");
        }
        if from.is_some_and(|from| from != place) {
            return no("other_location");
        }
        self.leave_the_building(id, "shipped");
        Ok(())
    }

    fn ready(&mut self, id: usize) -> Outcome {
        let now = self.at_ms;
        let task = &mut self.tasks[id];
        task.must_be(&["packed"])?;
        if task.lane != "pickup" {
            return no("not_a_pickup");
        }
        task.due = now + 7 * 24 * 60 * MINUTE;
        task.state = "ready_for_pickup";
        Ok(())
    }

    fn collect(&mut self, id: usize, code: &str) -> Outcome {
        self.tasks[id].must_be(&["ready_for_pickup"])?;
        self.may_leave(&self.tasks[id].order.clone())?;
        if code != "code" {
            return no("invalid /code");
        }
        self.leave_the_building(id, "collected");
        Ok(())
    }

    fn may_leave(&mut self, order: &str) -> Outcome {
        if self.order(order).is_said_to_wait() { no("order_held") } else { Ok(()) }
    }

    /// Shelf and promise fall together.
    fn leave_the_building(&mut self, id: usize, state: &'static str) {
        let task = self.tasks[id].clone();
        for (key, item) in &task.items {
            let shelf = self.shelf(&key.1, &task.place);
            shelf.on_hand -= item.committed;
            shelf.committed -= item.committed;
            let of_order = self.order(&task.order).items.get_mut(key).unwrap();
            of_order.allocated -= item.committed;
            of_order.shipped += item.committed;
            let own = self.tasks[id].items.get_mut(key).unwrap();
            own.shipped += item.committed;
            own.committed = 0;
        }
        let packed = &mut self.tasks[id].packed;
        packed[GONE] += packed[HERE];
        packed[HERE] = 0;
        self.end(id, state);
        self.settle(&task.order);
    }

    fn give_up(&mut self, id: usize) -> Outcome {
        self.tasks[id].must_be(&["ready_for_pickup"])?;
        let task = self.tasks[id].clone();
        self.let_go_of_all(id);
        for (key, item) in &task.items {
            let of_order = self.order(&task.order).items.get_mut(key).unwrap();
            of_order.open -= item.committed;
            of_order.cancelled += item.committed;
        }
        self.end(id, "cancelled");
        self.settle(&task.order);
        Ok(())
    }

    fn undo(&mut self, id: usize) -> Outcome {
        let task = &mut self.tasks[id];
        let before = match task.state {
            "accepted" => "open",
            "picking" => "accepted",
            "packed" => "picking",
            "ready_for_pickup" => "packed",
            "shipped" | "collected" | "delivered" => return no("has_left"),
            _ => return no("let_go"),
        };
        task.must_be(&UNDER_WAY)?;
        if task.state == "packed" {
            task.packed[VOID] += task.packed[HERE];
            task.packed[HERE] = 0;
        }
        task.state = before;
        Ok(())
    }

    fn move_to(&mut self, id: usize, to: &str) -> Outcome {
        let task = self.tasks[id].clone();
        task.must_be(&["open", "accepted"])?;
        self.demand_place(to, "/to")?;
        if to == task.place {
            return no("same_location");
        }
        if !self.places[to].contains(&task.lane) {
            return no("lane_off");
        }
        let promised =
            |item: &Units| Units { quantity: item.committed, committed: item.committed, ..Units::default() };
        let items = task.items.iter().filter(|(_, item)| item.committed > 0);
        let items: std::collections::BTreeMap<Key, Units> =
            items.map(|(key, item)| (key.clone(), promised(item))).collect();
        for (key, item) in &items {
            if !self.promise((&key.1, to), item.committed) {
                return no("too_few_there");
            }
            self.shelf(&key.1, &task.place).committed -= item.committed;
            let own = self.tasks[id].items.get_mut(key).unwrap();
            (own.committed, own.picked) = (0, 0);
        }
        self.load(id, -1);
        self.end(id, "moved");
        let due = task.due.max(self.at_ms + 60 * MINUTE);
        self.tasks.push(Task { place: to.to_owned(), state: "open", due, items, packed: [0; 3], ..task });
        self.load(self.tasks.len() - 1, 1);
        Ok(())
    }

    fn reject(&mut self, id: usize, reason: &str, skus: &[&str]) -> Outcome {
        let task = self.tasks[id].clone();
        task.must_be(&["open", "accepted", "picking"])?;
        let has = |sku: &str| task.items.keys().any(|key| key.1 == sku);
        if let Some(i) = skus.iter().position(|sku| !has(sku)) {
            return no(&format!("invalid /skus/{i}"));
        }
        for (key, item) in task.items.iter().filter(|(_, item)| item.committed > 0) {
            self.let_go(id, key);
            if skus.is_empty() || skus.contains(&key.1.as_str()) {
                self.doubt((&key.1, &task.place), reason, item.committed);
            }
        }
        self.load(id, -1);
        self.end(id, "rejected");
        self.route_again(&task.order)
    }

    fn short(&mut self, id: usize, at: (&str, &str), (units, reason): (i64, &str)) -> Outcome {
        self.tasks[id].must_be(&["accepted", "picking"])?;
        if units > self.item(id, at)?.committed {
            return no("invalid /units");
        }
        let task = self.tasks[id].clone();
        let key: Key = (at.0.parse().unwrap(), at.1.to_owned());
        self.let_go_of(id, &key, units);
        self.doubt((at.1, &task.place), if reason == "wrong_item" { "not_found" } else { reason }, units);
        self.open_exception("short_pick", &self.name_of(id));
        if self.tasks[id].items.values().all(|item| item.committed == 0) {
            self.load(id, -1);
            self.end(id, "short");
        }
        self.route_again(&task.order)?;
        if self.order(&task.order).items.values().all(|item| item.open + item.backordered == 0) {
            self.settle_exceptions(&["short_pick"], &self.name_of(id));
        }
        Ok(())
    }

    /// Semantics 20: the reason decides the effect on stock.
    fn doubt(&mut self, (sku, place): (&str, &str), reason: &str, units: i64) {
        let shelf = self.shelf(sku, place);
        match reason {
            "not_found" => {
                shelf.doubtful += (shelf.on_hand - shelf.committed - shelf.damaged - shelf.doubtful).max(0);
                self.open_exception("inventory_mismatch", &format!("{place}/{sku}"));
            }
            "damaged" => {
                shelf.damaged += units;
                self.open_exception("damaged", &format!("{place}/{sku}"));
            }
            _ => {}
        }
    }

    pub(super) fn let_go(&mut self, id: usize, key: &Key) {
        let units = self.tasks[id].items[key].committed;
        self.let_go_of(id, key, units);
    }

    fn let_go_of(&mut self, id: usize, key: &Key, units: i64) {
        let (order, place) = (self.tasks[id].order.clone(), self.tasks[id].place.clone());
        let item = self.tasks[id].items.get_mut(key).unwrap();
        item.committed -= units;
        item.picked = item.picked.min(item.committed);
        self.shelf(&key.1, &place).committed -= units;
        let of_order = self.order(&order).items.get_mut(key).unwrap();
        of_order.allocated -= units;
        of_order.open += units;
    }

    /// Every promise of a task ends, and its room in the dispatch is free.
    pub(super) fn let_go_of_all(&mut self, id: usize) {
        for key in self.tasks[id].items.keys().cloned().collect::<Vec<_>>() {
            self.let_go(id, &key);
        }
        self.load(id, -1);
    }

    pub(super) fn end(&mut self, id: usize, state: &'static str) {
        let task = &mut self.tasks[id];
        task.state = state;
        task.held_at = None;
        task.packed[VOID] += task.packed[HERE];
        task.packed[HERE] = 0;
        self.settle_exceptions(&["late_pick", "late_pickup", "short_pick"], &self.name_of(id));
    }

    /// Time itself: work that nobody accepts goes elsewhere, late work and pickups are told.
    pub(super) fn pass_deadlines(&mut self) -> Outcome {
        let is_due = |task: &Task, at: i64| task.is_under_way() && task.held_at.is_none() && task.due <= at;
        let at = self.at_ms;
        let mut due: Vec<usize> = (0..self.tasks.len()).filter(|id| is_due(&self.tasks[*id], at)).collect();
        due.sort_by_key(|id| (self.tasks[*id].due, *id));
        for id in due {
            if is_due(&self.tasks[id], at) {
                self.whole(|model| model.pass_deadline(id))?;
            }
        }
        Ok(())
    }

    fn pass_deadline(&mut self, id: usize) -> Outcome {
        let (name, order) = (self.name_of(id), self.tasks[id].order.clone());
        if self.order(&order).is_said_to_wait() {
            self.tasks[id].due = self.at_ms + 60 * MINUTE;
            return Ok(());
        }
        let is_held = self.order(&order).state == "held";
        match self.tasks[id].state {
            "open" if !is_held => {
                self.let_go_of_all(id);
                self.end(id, "expired");
                self.open_exception("late_pick", &name);
                self.route_again(&order)
            }
            "ready_for_pickup" => {
                self.open_exception("late_pickup", &name);
                self.tasks[id].due = self.at_ms + 24 * 60 * MINUTE;
                Ok(())
            }
            _ => {
                self.open_exception("late_pick", &name);
                self.tasks[id].due = self.at_ms + 60 * MINUTE;
                Ok(())
            }
        }
    }

    /// `A@mall.2`: the second that this order had there.
    pub(super) fn name_of(&self, id: usize) -> String {
        let task = &self.tasks[id];
        let same = |other: &&Task| other.order == task.order && other.place == task.place;
        let number = self.tasks[..=id].iter().filter(same).count();
        format!("{}@{}.{number}", task.order, task.place)
    }
}
