//! What is done to orders.

use super::{Model, Order, Outcome, Stands, impossible, no};

impl Model {
    pub(super) fn order_verb(&mut self, verb: &str, name: &str, rest: &[&str]) -> Outcome {
        match (verb, rest) {
            ("take", rest) => self.take(name, rest),
            ("cancel", lines) => {
                let lines: Vec<i64> = lines.iter().map(|line| line.parse().unwrap()).collect();
                self.cancel(name, &lines)
            }
            ("edit", ["line", line, units]) => {
                self.edit_line(name, (line.parse().unwrap(), units.parse().unwrap()), None)
            }
            ("edit", ["version", version, "line", line, units]) => {
                let wanted = (line.parse().unwrap(), units.parse().unwrap());
                self.edit_line(name, wanted, Some(version.parse().unwrap()))
            }
            ("edit", ["pickup", store]) => self.edit_lane(name, ("pickup", store)),
            ("edit", ["ship"]) => self.edit_lane(name, ("ship", "")),
            ("hold", [reason]) => self.hold(name, reason),
            ("lift", []) => self.lift(name),
            ("route", to) => self.route(name, to.first().copied()),
            ("return", [line, sku, units, place, rest @ ..]) => {
                let units = units.parse().unwrap();
                self.take_back(name, (line.parse().unwrap(), sku), (units, place, !rest.is_empty()))
            }
            other => panic!("{other:?}"),
        }
    }

    fn take(&mut self, name: &str, rest: &[&str]) -> Outcome {
        if self.orders.contains_key(name) {
            return Ok(());
        }
        let mut order = Order { state: "open".into(), lane: "ship".into(), ..Order::default() };
        let mut line = 0;
        for pair in rest.chunks(2) {
            match *pair {
                ["pickup", store] => {
                    order.lane = "pickup".into();
                    order.pickup_at = store.to_owned();
                }
                // How to split and what to do with what is short is the router's to know.
                ["split" | "short", _] => {}
                [sku, units] => {
                    line += 1;
                    let units: i64 = units.parse().unwrap();
                    let itself = vec![(sku.to_owned(), 1)];
                    for (sku, per_unit) in self.products.get(sku).unwrap_or(&itself) {
                        let ordered = per_unit * units;
                        let item =
                            Stands { per_unit: *per_unit, ordered, open: ordered, ..Stands::default() };
                        order.items.insert((line, sku.clone()), item);
                    }
                }
                _ => panic!("{rest:?}"),
            }
        }
        self.came.push(name.to_owned());
        self.orders.insert(name.to_owned(), order);
        self.decide(name, None)
    }

    fn cancel(&mut self, name: &str, lines: &[i64]) -> Outcome {
        let is_meant = |line: i64| lines.is_empty() || lines.contains(&line);
        for id in 0..self.tasks.len() {
            let task = &self.tasks[id];
            let promised = |meant: bool| {
                let mut of_task = task.items.iter().filter(|(_, item)| item.committed > 0);
                of_task.any(|((line, _), _)| is_meant(*line) == meant)
            };
            if task.order != name || !task.is_under_way() || !promised(true) {
                continue;
            }
            let goes_on = promised(false);
            for key in self.tasks[id].items.keys().cloned().collect::<Vec<_>>() {
                if is_meant(key.0) {
                    self.let_go(id, &key);
                }
            }
            if !goes_on {
                self.load(id, -1);
                self.end(id, "cancelled");
            }
        }
        let mut cancelled = 0;
        for ((line, _), item) in &mut self.order(name).items {
            if is_meant(*line) {
                cancelled += item.open + item.backordered;
                item.cancelled += item.open + item.backordered;
                (item.open, item.backordered) = (0, 0);
            }
        }
        if cancelled == 0 {
            return no("nothing_to_cancel");
        }
        if lines.is_empty() {
            let kinds = ["unroutable", "address_hold", "payment_hold", "pickup_choice", "oversold"];
            self.settle_exceptions(&kinds, name);
        }
        self.settle(name);
        Ok(())
    }

    fn edit_line(&mut self, name: &str, (line, units): (i64, i64), version: Option<i64>) -> Outcome {
        let order = self.order(name);
        if version.is_some_and(|version| version <= order.source_version) {
            return Ok(());
        }
        if order.is_closed() {
            return no("order_closed");
        }
        let more = |item: &Stands| units * item.per_unit - (item.ordered - item.cancelled);
        let of_line = |key: &super::Key| key.0 == line;
        if order.items.iter().any(|(key, item)| of_line(key) && more(item) > 0) {
            self.let_go_of_what_has_not_started(name);
        }
        for key in self.order(name).items.keys().filter(|key| of_line(key)).cloned().collect::<Vec<_>>() {
            let change = more(&self.order(name).items[&key]);
            if change < 0 {
                self.take_out(name, &key, -change)?;
            } else {
                let item = self.order(name).items.get_mut(&key).unwrap();
                item.ordered += change;
                item.open += change;
            }
        }
        let order = self.order(name);
        order.source_version = version.unwrap_or(order.source_version);
        self.decide_if_open(name)
    }

    fn take_out(&mut self, name: &str, key: &super::Key, units: i64) -> Outcome {
        let waiting = |model: &Model| {
            let item = &model.orders[name].items[key];
            item.open + item.backordered
        };
        if waiting(self) < units {
            self.let_go_of_what_has_not_started(name);
        }
        if waiting(self) < units {
            return no("already_started");
        }
        let item = self.order(name).items.get_mut(key).unwrap();
        let from_open = item.open.min(units);
        item.open -= from_open;
        item.backordered -= units - from_open;
        item.cancelled += units;
        Ok(())
    }

    fn edit_lane(&mut self, name: &str, (lane, store): (&str, &str)) -> Outcome {
        let order = self.order(name);
        if order.is_closed() {
            return no("order_closed");
        }
        if lane == "pickup" {
            self.demand_place(store, "/pickup_at")?;
        }
        let order = self.order(name);
        let is_elsewhere = order.lane != lane || order.pickup_at != store;
        order.lane = lane.to_owned();
        order.pickup_at = store.to_owned();
        if is_elsewhere {
            self.let_go_of_what_has_not_started(name);
        }
        let order = self.order(name);
        let is_answered = match order.hold.as_str() {
            "pickup_choice" => true,
            "address" | "address_unknown" => lane == "ship",
            _ => false,
        };
        if is_answered {
            self.lift_quietly(name);
        }
        self.decide_if_open(name)
    }

    fn hold(&mut self, name: &str, reason: &str) -> Outcome {
        let order = self.order(name);
        if order.state != "open" {
            return no("order_not_open");
        }
        order.state = "held".into();
        order.hold = reason.to_owned();
        match reason {
            "payment" => self.open_exception("payment_hold", name),
            "address" => self.open_exception("address_hold", name),
            _ => {}
        }
        Ok(())
    }

    fn lift(&mut self, name: &str) -> Outcome {
        if self.order(name).state != "held" {
            return no("not_held");
        }
        self.lift_quietly(name);
        self.decide(name, None)
    }

    fn lift_quietly(&mut self, name: &str) {
        self.settle_exceptions(&["payment_hold", "address_hold", "unroutable", "pickup_choice"], name);
        let order = self.order(name);
        order.state = "open".into();
        order.hold.clear();
    }

    fn route(&mut self, name: &str, to: Option<&str>) -> Outcome {
        if let Some(code) = to {
            self.demand_place(code, "/to")?;
        }
        if self.order(name).is_closed() {
            return no("order_closed");
        }
        if self.order(name).is_said_to_wait() {
            return no("order_held");
        }
        self.let_go_of_what_has_not_started(name);
        self.lift_quietly(name);
        self.decide(name, to)
    }

    fn take_back(
        &mut self,
        name: &str,
        (line, sku): (i64, &str),
        (units, place, is_damaged): (i64, &str, bool),
    ) -> Outcome {
        let Some(item) = self.order(name).items.get_mut(&(line, sku.to_owned())) else {
            return no("invalid /line");
        };
        if units > item.shipped - item.returned {
            return no("invalid /units");
        }
        item.returned += units;
        let shelf = self.shelf(sku, place);
        shelf.on_hand += units;
        shelf.damaged += if is_damaged { units } else { 0 };
        Ok(())
    }

    fn decide_if_open(&mut self, name: &str) -> Outcome {
        if self.order(name).state == "open" {
            return self.decide(name, None);
        }
        self.settle(name);
        Ok(())
    }

    fn let_go_of_what_has_not_started(&mut self, name: &str) {
        for id in 0..self.tasks.len() {
            let task = &self.tasks[id];
            let has_not_started = matches!(task.state, "open" | "accepted") && task.held_at.is_none();
            if task.order == name && has_not_started {
                self.let_go_of_all(id);
                self.end(id, "cancelled");
            }
        }
    }

    /// Orders that wait for a product, the oldest first, as long as a shelf has some of it. An order that gains nothing
    /// is left as it was.
    pub(super) fn release_backorders(&mut self, sku: &str) -> Outcome {
        let waits = |order: &Order| {
            let mut items = order.items.iter();
            order.state == "open" && items.any(|((_, of), item)| of == sku && item.backordered > 0)
        };
        let waiting: Vec<String> =
            self.came.iter().filter(|name| waits(&self.orders[*name])).cloned().collect();
        for name in waiting {
            if !self.shelves.iter().any(|((of, _), shelf)| of == sku && shelf.available() > 0) {
                return Ok(());
            }
            // Whether something that is there serves it is the router's to know.
            let number = self.orders[&name].attempts + 1;
            if self.decided.contains_key(&(name.clone(), number)) {
                self.whole(|model| model.release(&name, sku))?;
            }
        }
        Ok(())
    }

    fn release(&mut self, name: &str, sku: &str) -> Outcome {
        let before = self.without_a_place(name);
        for ((_, of), item) in &mut self.order(name).items {
            if of == sku {
                item.open += item.backordered;
                item.backordered = 0;
            }
        }
        self.let_go_of_what_has_not_started(name);
        self.decide(name, None)?;
        match self.without_a_place(name) < before {
            true => Ok(()),
            false => Err(impossible(format!("{name} was decided and gained nothing"))),
        }
    }

    fn without_a_place(&self, name: &str) -> i64 {
        self.orders[name].items.values().map(|item| item.open + item.backordered).sum()
    }
}

impl Order {
    pub(crate) fn is_closed(&self) -> bool {
        matches!(self.state.as_str(), "fulfilled" | "cancelled")
    }

    /// Somebody holds it: the words of the scripts for that are these.
    pub(crate) fn is_said_to_wait(&self) -> bool {
        self.state == "held" && matches!(self.hold.as_str(), "payment" | "address" | "fraud")
    }
}
