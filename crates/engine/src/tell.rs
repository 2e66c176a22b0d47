//! A decision in sentences, for a page, a terminal or a phone.

use model::{
    Considered, Cost, CostPart, Decision, Distance, HoldReason, Lane, LocationId, Network, Note, Order,
    Outcome, Parcel, PartCosts, Reason, Remedy, RuleRef, RuleSet, Timestamp, Verdict,
};

/// What the sentences may look up.
#[derive(Clone, Copy)]
struct Teller<'t> {
    network: &'t Network,
    rules: &'t RuleSet,
    order: &'t Order,
    decision: &'t Decision,
}

/// A decision as sentences, the outcome first, then parcels, leftovers, every other location, and notes.
pub fn sentences(network: &Network, rules: &RuleSet, order: &Order, decision: &Decision) -> Vec<String> {
    let teller = Teller { network, rules, order, decision };
    let mut told = vec![teller.outcome()];
    told.extend(decision.parcels.iter().map(|parcel| teller.parcel(parcel)));
    if !matches!(decision.outcome, Outcome::Held(_)) {
        told.extend(decision.leftovers.iter().map(|left| teller.leftover(left)));
        let losers = decision.considered.iter().filter(|considered| considered.verdict != Verdict::Chosen);
        told.extend(losers.map(|considered| teller.considered(considered)));
    }
    told.extend(decision.notes.iter().map(|note| teller.note(note)));
    told
}

/// Why one location did not get the order, in one sentence; `None` when it did or nothing was recorded.
pub fn why_not(
    network: &Network,
    rules: &RuleSet,
    (order, decision): (&Order, &Decision),
    location: &str,
) -> Option<String> {
    let id = network.location_by_code(location)?;
    let considered = decision.considered.iter().find(|considered| considered.location == id)?;
    let teller = Teller { network, rules, order, decision };
    (considered.verdict != Verdict::Chosen).then(|| teller.considered(considered))
}

impl Teller<'_> {
    fn money(&self, cost: Cost) -> String {
        cost.show(self.network.currency).to_string()
    }

    /// By the clock of the place.
    fn time(&self, location: LocationId, at: Timestamp) -> String {
        self.network.location(location).calendar.clock().show(at).to_string()
    }

    fn name(&self, location: LocationId) -> &str {
        &self.network.location(location).name
    }

    fn outcome(&self) -> String {
        let id = &self.order.id;
        let parcels = self.decision.parcels.len();
        match self.decision.outcome {
            Outcome::Placed if parcels == 1 => {
                let from = self.name(self.decision.parcels[0].location);
                format!("Order {id} goes to {from} for {}.", self.money(self.decision.landed_cost()))
            }
            Outcome::Placed => {
                format!(
                    "Order {id} goes out in {parcels} parcels for {}.",
                    self.money(self.decision.landed_cost())
                )
            }
            Outcome::PartlyPlaced => {
                format!(
                    "Order {id} is filled in part, in {} for {}.",
                    count(parcels, "parcel"),
                    self.money(self.decision.landed_cost())
                )
            }
            Outcome::NotPlaced => format!("No place can fill order {id}. Someone has to look at it."),
            Outcome::Held(reason) => format!("Order {id} is held: {}", self.hold(&reason)),
        }
    }

    fn hold(&self, reason: &HoldReason) -> String {
        match reason {
            HoldReason::AddressUnknown => "its address cannot be found. Check the postal code.".into(),
            HoldReason::TooLarge => {
                "it has more lines or units than one order may have. Split it by hand.".into()
            }
            HoldReason::Empty => {
                "it has no lines, or a line without units. Check the order in the shop.".into()
            }
            HoldReason::NoStoreChosen => {
                "it is for pickup, and no store is chosen. Ask the customer which.".into()
            }
            HoldReason::Rule(rule) => format!("{} says so.", self.rule(*rule)),
            HoldReason::MarginTooLow { rule, margin, need } => format!(
                "the best way to fill it would earn {}, and {} asks for {} at least.",
                self.money(Cost(*margin)),
                self.rule(*rule),
                self.money(Cost(*need))
            ),
        }
    }

    /// `guardrail 1 ("At most 3 parcels.")`.
    fn rule(&self, reference: RuleRef) -> String {
        let code = crate::json::rule_code(reference);
        match self.rules.get(reference) {
            Some(rule) => format!("{code} (\"{}\")", crate::rules::sentence(rule, self.network.currency)),
            None => code,
        }
    }

    fn parcel(&self, parcel: &Parcel) -> String {
        let units: Vec<String> = self.units_of(parcel);
        let from = self.name(parcel.location);
        let way = match (parcel.service, self.order.lane) {
            (Some(service), _) => format!(
                "sends {} by {}, leaves {}, arrives {}",
                units.join(", "),
                self.network.rates.services[usize::from(service.0)].code,
                parcel.dispatch.day,
                parcel.arrives
            ),
            (None, Lane::Pickup) => {
                let ready =
                    parcel.ready_at.map_or(parcel.arrives.to_string(), |at| self.time(parcel.location, at));
                format!("keeps {} ready for pickup from {ready}", units.join(", "))
            }
            (None, _) => format!("delivers {} on {}", units.join(", "), parcel.arrives),
        };
        format!("{from} {way}: {}.", self.parts(&parcel.costs))
    }

    fn units_of(&self, parcel: &Parcel) -> Vec<String> {
        let mut units: Vec<(model::ProductId, u32)> = Vec::new();
        for placement in self.decision.placements_of(parcel) {
            match units.iter_mut().find(|(product, _)| *product == placement.product) {
                Some((_, quantity)) => *quantity += placement.quantity,
                None => units.push((placement.product, placement.quantity)),
            }
        }
        units
            .into_iter()
            .map(|(product, quantity)| format!("{quantity} × {}", self.network.product(product).sku))
            .collect()
    }

    fn parts(&self, costs: &PartCosts) -> String {
        let parts: Vec<String> =
            costs.iter().map(|(part, cost)| format!("{} {}", part.words(), self.money(cost))).collect();
        if parts.is_empty() { "no cost".into() } else { parts.join(", ") }
    }

    fn leftover(&self, left: &model::Leftover) -> String {
        let line = &self.order.lines[usize::from(left.line)];
        let what = format!("{} × {}", left.quantity, self.network.product(line.product).sku);
        match left.remedy {
            Remedy::Substitute { product, location } => format!(
                "{what} cannot be filled: offer {} instead, which {} has.",
                self.network.product(product).sku,
                self.name(location)
            ),
            Remedy::Backorder { expected: Some(day) } => {
                format!("{what} waits for the next receipt, expected {day}.")
            }
            Remedy::Backorder { expected: None } => format!("{what} waits; no receipt is announced yet."),
            Remedy::Hold => format!("{what} cannot be filled and is kept for a person to decide."),
            Remedy::Cancel => format!("{what} cannot be filled and is cancelled."),
        }
    }

    fn considered(&self, considered: &Considered) -> String {
        let name = self.name(considered.location);
        match considered.verdict {
            Verdict::Chosen => format!("{name} was chosen."),
            Verdict::Lost { by } => self.lost(name, considered, by),
            Verdict::Part { units, of } => match self.first_out(considered) {
                Some(why) => format!("{name} could send {units} of {of} units only: {why}."),
                None => format!("{name} could send {units} of {of} units only."),
            },
            Verdict::Out(reason) => format!("{name} is out: {}.", self.reason(considered.location, &reason)),
        }
    }

    fn lost(&self, name: &str, considered: &Considered, by: Cost) -> String {
        let winner = match self.decision.parcels.as_slice() {
            [parcel] => self.name(parcel.location).to_owned(),
            parcels => format!("the plan of {} parcels", parcels.len()),
        };
        let differences = self.differences(considered);
        match by.0 {
            0 => format!(
                "{name} costs the same as {winner}; fewer parcels, the shorter way, then the code decide."
            ),
            _ if by < Cost::ZERO => {
                format!(
                    "{name} would cost {} less than {winner}, but a rule prefers other places.",
                    self.money(-by)
                )
            }
            _ => format!("{name} lost to {winner} by {}: {differences}.", self.money(by)),
        }
    }

    /// The plan's parts less those of another way: what choosing the plan saved (−) and added (+).
    fn differences(&self, other: &Considered) -> String {
        let plan = &self.decision.costs;
        let mut differences: Vec<(&str, Cost)> = CostPart::ALL
            .into_iter()
            .map(|part| (part.words(), plan.get(part) - other.alone.get(part)))
            .collect();
        differences.push(("rules that prefer others", self.decision.preference - other.alone_preference));
        differences.retain(|(_, cost)| cost.0.abs() >= 50);
        differences.sort_by_key(|(_, cost)| std::cmp::Reverse(cost.0.abs()));
        let signed = |(words, cost): &(&str, Cost)| {
            let sign = if *cost < Cost::ZERO { "−" } else { "+" };
            format!("{words} {sign}{}", self.money(Cost(cost.0.abs())))
        };
        differences.iter().map(signed).collect::<Vec<_>>().join(", ")
    }

    fn first_out(&self, considered: &Considered) -> Option<String> {
        let out = self.decision.item_outs_of(considered).first()?;
        Some(format!(
            "{}, {}",
            self.network.product(out.product).sku,
            self.reason(considered.location, &out.reason)
        ))
    }

    fn reason(&self, location: LocationId, reason: &Reason) -> String {
        match *reason {
            Reason::Paused => "it is paused".into(),
            Reason::RejectedBefore => "it refused this order before".into(),
            Reason::LaneOff { lane } => format!("it does not offer {}", lane_words(lane)),
            Reason::NotChosenStore => "the customer chose another store".into(),
            Reason::Closed => "it is closed".into(),
            Reason::SlotMissed { ready_at } => {
                let ready = self.time(location, ready_at);
                format!("it would be ready {ready} only, after the time the customer chose")
            }
            Reason::AccuracyGate { accuracy, need } => {
                format!("its stock records are right {accuracy} of the time, and {need} are needed")
            }
            Reason::StaleFeed { age_minutes, limit_minutes } => {
                format!(
                    "its stock was last reported {age_minutes} minutes ago, and {limit_minutes} are allowed"
                )
            }
            Reason::CapacityFull { capacity } => format!("its {capacity} parcels for the day are taken"),
            Reason::WindowFull { capacity } => {
                format!("the {capacity} parcels of its packing window are taken")
            }
            Reason::TooFar { distance, limit } => {
                format!("the customer is {} away, and it delivers within {}", way(distance), way(limit))
            }
            Reason::NoService => "no carrier goes from there to the customer".into(),
            Reason::PromiseMissed { earliest, promised } => {
                format!("it would arrive {earliest} at the earliest, and {promised} is promised")
            }
            Reason::ExcludedBy { rule } => format!("{} excludes it", self.rule(rule)),
            Reason::NotCertified { missing } => {
                let names: Vec<&str> = missing.iter().map(model::Handling::words).collect();
                format!("it may not handle {} items", names.join(" and "))
            }
            Reason::TooHeavy { weight, limit } => {
                format!(
                    "one unit weighs {} g, and no carrier there takes it (the most is {} g)",
                    weight.grams_up(),
                    limit.grams_up()
                )
            }
            Reason::NoStockRecord => "it does not stock it".into(),
            Reason::NoStock { on_hand } if on_hand > 0 => format!("its {on_hand} on hand are all spoken for"),
            Reason::NoStock { .. } => "it has none left".into(),
            Reason::KeptBack { rule, keep, available } => {
                format!("it has {available}, and {} keeps {keep} there", self.rule(rule))
            }
            Reason::TooFewOnHand { rule, need, available } => {
                format!("it has {available}, and {} asks for {need} at least", self.rule(rule))
            }
        }
    }

    fn note(&self, note: &Note) -> String {
        match note {
            Note::LowStock { location, product, left, below, .. } => format!(
                "Low stock: {} keeps {left} of {} after this order, fewer than {below}.",
                self.name(*location),
                self.network.product(*product).sku
            ),
            Note::NoCoordinates { location } => {
                format!(
                    "{} has no coordinates, so it counted as the farthest. Add them to its settings.",
                    self.name(*location)
                )
            }
            Note::PreferencesSetAside { guardrail } => {
                format!("Preferences were set aside, because following them broke {}.", self.rule(*guardrail))
            }
            Note::SearchLimit => format!(
                "The search stopped at its limit: a better plan may exist, but not by more than {}.",
                self.money(self.decision.proof.gap)
            ),
        }
    }
}

fn lane_words(lane: Lane) -> &'static str {
    match lane {
        Lane::Ship => "shipping",
        Lane::Pickup => "pickup",
        Lane::LocalDelivery => "local delivery",
    }
}

fn way(distance: Distance) -> String {
    match distance.miles() {
        _ if !distance.is_known() => "an unknown way".into(),
        0..=2 => format!("{} m", distance.0),
        miles => format!("{miles} miles"),
    }
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
