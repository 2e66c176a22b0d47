//! A decision as one line of JSON: what `route`, `explain` and `replay` write, byte for byte the same.
//!
//! Amounts are decimal strings in the major unit with four decimals; places and products go by code.

use model::{
    Cause, Considered, Decision, HoldReason, Leftover, Network, Note, Order, Outcome, Parcel, PartCosts,
    Reason, Remedy, RuleRef, RuleSet, Verdict,
};
use std::fmt::{Display, Write};

/// Writes the decision with keys in a fixed order.
pub fn decision_json(network: &Network, rules: &RuleSet, order: &Order, decision: &Decision) -> String {
    let mut json = Json::default();
    let view = View { network, order, decision };
    json.object(|json| {
        json.text("order", &order.id);
        json.text("outcome", decision.outcome.code());
        if let Outcome::Held(reason) = &decision.outcome {
            json.key("hold", |json| json.object(|json| hold(json, reason)));
        }
        json.text("decided_at", &decision.decided_at.to_string());
        json.text("rule_set", &rules.name);
        json.number("rule_set_version", decision.rule_set);
        json.text("lane", order.lane.code());
        json.text("landed_cost", &decision.landed_cost().decimal());
        json.key("costs", |json| costs(json, &decision.costs));
        json.text("preference", &decision.preference.decimal());
        json.list("parcels", &decision.parcels, |json, of| parcel(json, &view, of));
        json.list("leftovers", &decision.leftovers, |json, of| leftover(json, &view, of));
        json.key("proof", |json| {
            json.object(|json| {
                json.text("bound", &decision.proof.bound.decimal());
                json.text("gap", &decision.proof.gap.decimal());
                json.number("steps", decision.proof.steps);
            });
        });
        json.list("applied", &decision.applied, |json, rule| json.string(&rule_code(*rule)));
        json.list("notes", &decision.notes, |json, of| json.object(|json| note(json, network, of)));
        json.list("considered", &decision.considered, |json, of| considered(json, &view, of));
    });
    json.line
}

struct View<'v> {
    network: &'v Network,
    order: &'v Order,
    decision: &'v Decision,
}

impl View<'_> {
    fn line_number(&self, line: u16) -> u32 {
        self.order.lines[usize::from(line)].number
    }
}

/// `guardrail 2`, `rule 1`: counted from 1, as people do.
pub fn rule_code(rule: RuleRef) -> String {
    match rule {
        RuleRef::Guardrail(i) => format!("guardrail {}", u32::from(i) + 1),
        RuleRef::Rule(i) => format!("rule {}", u32::from(i) + 1),
    }
}

fn costs(json: &mut Json, costs: &PartCosts) {
    json.object(|json| {
        for (part, cost) in costs.iter() {
            json.text(part.code(), &cost.decimal());
        }
    });
}

fn parcel(json: &mut Json, view: &View<'_>, parcel: &Parcel) {
    let network = view.network;
    json.object(|json| {
        json.text("location", &network.location(parcel.location).code);
        if let Some(service) = parcel.service {
            json.text("service", &network.rates.services[usize::from(service.0)].code);
        }
        if let Some(zone) = parcel.zone {
            json.number("zone", zone.0);
        }
        if parcel.distance.is_known() {
            json.number("distance_m", parcel.distance.0);
        }
        json.number("weight_g", parcel.weight.grams_up());
        json.text("dispatch_day", &parcel.dispatch.day.to_string());
        json.number("dispatch_window", parcel.dispatch.window + 1);
        json.text("arrives", &parcel.arrives.to_string());
        if let Some(ready_at) = parcel.ready_at {
            json.text("ready_at", &ready_at.to_string());
        }
        json.text("cost", &parcel.costs.total().decimal());
        json.key("costs", |json| costs(json, &parcel.costs));
        json.text("preference", &parcel.preference.decimal());
        json.list("units", view.decision.placements_of(parcel), |json, placement| {
            json.object(|json| {
                json.number("line", view.line_number(placement.line));
                json.text("sku", &network.product(placement.product).sku);
                json.number("quantity", placement.quantity);
            });
        });
    });
}

fn leftover(json: &mut Json, view: &View<'_>, leftover: &Leftover) {
    let line = &view.order.lines[usize::from(leftover.line)];
    json.object(|json| {
        json.number("line", line.number);
        json.text("sku", &view.network.product(line.product).sku);
        json.number("quantity", leftover.quantity);
        json.text("remedy", leftover.remedy.code());
        match leftover.remedy {
            Remedy::Substitute { product, location } => {
                json.text("substitute_sku", &view.network.product(product).sku);
                json.text("location", &view.network.location(location).code);
            }
            // Other causes do not wait for stock.
            Remedy::Backorder { expected: Some(day) }
                if leftover.cause.is_none_or(|c| c.is_about_stock()) =>
            {
                json.text("expected", &day.to_string());
            }
            _ => {}
        }
        if let Some(cause) = &leftover.cause {
            json.text("cause", cause.code());
            match cause {
                Cause::Out(reason) => reason_facts(json, reason),
                Cause::Mostly(reason) => {
                    json.key("others_differ", |json| json.line.push_str("true"));
                    reason_facts(json, reason);
                }
                Cause::NoParcelLeft { rule } | Cause::Outweighed { rule } => {
                    json.text("rule", &rule_code(*rule));
                }
                _ => {}
            }
        }
    });
}

fn considered(json: &mut Json, view: &View<'_>, considered: &Considered) {
    json.object(|json| {
        json.text("location", &view.network.location(considered.location).code);
        json.text("verdict", considered.verdict.code());
        match considered.verdict {
            Verdict::Lost { by } => json.text("by", &by.decimal()),
            Verdict::Part { units, of } => {
                json.number("units", units);
                json.number("of", of);
            }
            Verdict::Out(reason) => reason_facts(json, &reason),
            Verdict::Chosen => {}
        }
        if considered.distance.is_known() {
            json.number("distance_m", considered.distance.0);
        }
        if considered.alone != PartCosts::default() {
            json.text("cost_alone", &considered.alone.total().decimal());
            json.key("costs_alone", |json| costs(json, &considered.alone));
        }
        let item_outs = view.decision.item_outs_of(considered);
        if !item_outs.is_empty() {
            json.list("items_out", item_outs, |json, out| {
                json.object(|json| {
                    json.text("sku", &view.network.product(out.product).sku);
                    json.text("reason", out.reason.code());
                    reason_facts(json, &out.reason);
                });
            });
        }
        if view.decision.item_shorts_of(considered).next().is_some() {
            let shorts: Vec<_> = view.decision.item_shorts_of(considered).collect();
            json.list("items_short", &shorts, |json, short| {
                json.object(|json| {
                    json.text("sku", &view.network.product(short.product).sku);
                    json.number("units", short.units);
                    json.number("wanted", short.wanted);
                    json.text("reason", short.reason.code());
                    reason_facts(json, &short.reason);
                });
            });
        }
    });
}

/// The numbers behind a reason.
fn reason_facts(json: &mut Json, reason: &Reason) {
    match *reason {
        Reason::Paused
        | Reason::RejectedBefore
        | Reason::NotChosenStore
        | Reason::Closed
        | Reason::NoService
        | Reason::NoStockRecord => {}
        Reason::LaneOff { lane } => json.text("lane", lane.code()),
        Reason::SlotMissed { ready_at } => json.text("ready_at", &ready_at.to_string()),
        Reason::AccuracyGate { accuracy, need } => {
            json.text("accuracy", &accuracy.to_string());
            json.text("need", &need.to_string());
        }
        Reason::StaleFeed { age_minutes, limit_minutes } => {
            json.number("age_minutes", age_minutes);
            json.number("limit_minutes", limit_minutes);
        }
        Reason::CapacityFull { capacity } | Reason::WindowFull { capacity } => {
            json.number("capacity", capacity);
        }
        Reason::TooFar { limit, .. } => json.number("limit_m", limit.0),
        Reason::PromiseMissed { earliest, promised, rule } => {
            if let Some(rule) = rule {
                json.text("rule", &rule_code(rule));
            }
            json.text("earliest", &earliest.to_string());
            json.text("promised", &promised.to_string());
        }
        Reason::ExcludedBy { rule } => json.text("rule", &rule_code(rule)),
        Reason::NotCertified { missing } => {
            let names: Vec<&str> = missing.iter().map(model::Handling::code).collect();
            json.list("missing", &names, |json, name| json.string(name));
        }
        Reason::TooHeavy { weight, limit } => {
            json.number("unit_weight_g", weight.grams_up());
            json.number("limit_g", limit.grams_up());
        }
        Reason::NoStock { on_hand } => json.number("on_hand", on_hand),
        Reason::KeptBack { rule, keep, available } => {
            json.text("rule", &rule_code(rule));
            json.number("keep", keep);
            json.number("available", available);
        }
        Reason::TooFewOnHand { rule, need, available } => {
            json.text("rule", &rule_code(rule));
            json.number("need", need);
            json.number("available", available);
        }
    }
}

fn hold(json: &mut Json, reason: &HoldReason) {
    json.text("reason", reason.code());
    match reason {
        HoldReason::Rule(rule) => json.text("rule", &rule_code(*rule)),
        HoldReason::MarginTooLow { rule, margin, need } => {
            json.text("rule", &rule_code(*rule));
            json.text("margin", &model::Cost(*margin).decimal());
            json.text("need", &model::Cost(*need).decimal());
        }
        _ => {}
    }
}

fn note(json: &mut Json, network: &Network, note: &Note) {
    json.text("note", note.code());
    match note {
        Note::LowStock { location, product, left, below, .. } => {
            json.text("location", &network.location(*location).code);
            json.text("sku", &network.product(*product).sku);
            json.number("left", left);
            json.number("below", below);
        }
        Note::NoCoordinates { location } => json.text("location", &network.location(*location).code),
        Note::PreferencesSetAside { guardrail } => json.text("rule", &rule_code(*guardrail)),
        Note::SearchLimit => {}
    }
}

/// Writes JSON text; commas are its business alone.
#[derive(Default)]
struct Json {
    line: String,
    needs_comma: bool,
}

impl Json {
    fn object(&mut self, fill: impl FnOnce(&mut Json)) {
        self.comma();
        self.line.push('{');
        self.needs_comma = false;
        fill(self);
        self.line.push('}');
        self.needs_comma = true;
    }

    fn key(&mut self, key: &str, value: impl FnOnce(&mut Json)) {
        self.string(key);
        self.line.push(':');
        self.needs_comma = false;
        value(self);
        self.needs_comma = true;
    }

    fn text(&mut self, key: &str, value: &str) {
        self.key(key, |json| json.string(value));
    }

    fn number(&mut self, key: &str, value: impl Display) {
        self.key(key, |json| {
            let _ = write!(json.line, "{value}");
        });
    }

    fn list<T>(&mut self, key: &str, values: &[T], mut write_one: impl FnMut(&mut Json, &T)) {
        self.key(key, |json| {
            json.line.push('[');
            for value in values {
                write_one(json, value);
            }
            json.line.push(']');
        });
    }

    fn string(&mut self, text: &str) {
        self.comma();
        self.line.push('"');
        for character in text.chars() {
            match character {
                '"' => self.line.push_str("\\\""),
                '\\' => self.line.push_str("\\\\"),
                '\n' => self.line.push_str("\\n"),
                '\r' => self.line.push_str("\\r"),
                '\t' => self.line.push_str("\\t"),
                control if control < ' ' => {
                    let _ = write!(self.line, "\\u{:04x}", u32::from(control));
                }
                other => self.line.push(other),
            }
        }
        self.line.push('"');
        self.needs_comma = true;
    }

    fn comma(&mut self) {
        if self.needs_comma {
            self.line.push(',');
        }
    }
}
