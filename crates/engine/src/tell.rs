//! A decision in sentences, for a page, a terminal or a phone.
//!
//! Owns: the outcome, parcels, notes, and the order of the sentences. Refuses to know: how a decision is made.

mod counted;
mod leftovers;
mod others;
mod reasons;

pub use counted::{because, in_common};

use crate::words;
use model::{
    Action, Considered, Cost, Currency, Day, Decision, HoldReason, Lane, LocationId, Network, Note, Order,
    Outcome, Parcel, PartCosts, ProductId, RuleRef, RuleSet, Timestamp, Verdict,
};

/// What the sentences may look up.
#[derive(Clone, Copy)]
struct Teller<'t> {
    network: &'t Network,
    rules: &'t RuleSet,
    order: &'t Order,
    decision: &'t Decision,
}

/// A decision as sentences, by what they are about.
#[derive(Clone, Default)]
pub struct Told {
    pub outcome: String,
    pub parcels: Vec<String>,
    pub leftovers: Vec<String>,
    /// Every location that is not in the plan.
    pub others: Vec<String>,
    pub notes: Vec<String>,
}

pub fn told(network: &Network, rules: &RuleSet, order: &Order, decision: &Decision) -> Told {
    let teller = Teller { network, rules, order, decision };
    let mut told = Told {
        outcome: teller.outcome(),
        parcels: decision.parcels.iter().map(|parcel| teller.parcel(parcel)).collect(),
        notes: decision.notes.iter().map(|note| teller.note(note)).collect(),
        ..Told::default()
    };
    if !matches!(decision.outcome, Outcome::Held(_)) {
        told.leftovers = decision.leftovers.iter().map(|left| teller.leftover(left)).collect();
        let losers = decision.considered.iter().filter(|considered| considered.verdict != Verdict::Chosen);
        told.others = losers.map(|considered| teller.considered(considered)).collect();
    }
    told
}

/// All of it, one sentence after the other.
pub fn sentences(network: &Network, rules: &RuleSet, order: &Order, decision: &Decision) -> Vec<String> {
    let Told { outcome, parcels, leftovers, others, notes } = told(network, rules, order, decision);
    [vec![outcome], parcels, leftovers, others, notes].concat()
}

/// Why one location did not get the order, or that it did.
pub fn why_not(
    network: &Network,
    rules: &RuleSet,
    (order, decision): (&Order, &Decision),
    location: LocationId,
) -> String {
    let teller = Teller { network, rules, order, decision };
    if matches!(decision.outcome, Outcome::Held(_)) {
        return format!("{} So no place got it.", teller.outcome());
    }
    match decision.considered.iter().find(|considered| considered.location == location) {
        Some(considered) if considered.verdict == Verdict::Chosen => teller.got_it(considered),
        Some(considered) => teller.considered(considered),
        None => format!("{} was not looked at.", teller.name(location)),
    }
}

impl Teller<'_> {
    fn money(&self, cost: Cost) -> String {
        cost.show(self.network.currency).to_string()
    }

    fn name(&self, location: LocationId) -> &str {
        &self.network.location(location).name
    }

    fn currency(&self) -> Currency {
        self.network.currency
    }

    /// The day of the decision, by the shop's clock.
    fn today(&self) -> Day {
        self.network.settings.clock.day(self.decision.decided_at)
    }

    fn day(&self, day: Day) -> String {
        words::day(day, self.today())
    }

    /// By the clock of the place.
    fn time(&self, location: LocationId, at: Timestamp) -> String {
        let clock = self.network.location(location).calendar.clock();
        words::moment(at, clock, self.today())
    }

    /// `2 × MUG (Blue mug)`, without a title that only repeats the SKU.
    fn units(&self, quantity: u32, product: ProductId) -> String {
        format!("{quantity} × {}", self.product(product))
    }

    fn product(&self, product: ProductId) -> String {
        let product = self.network.product(product);
        let title = product.title.trim();
        if title.is_empty() || title == product.sku {
            product.sku.clone()
        } else {
            format!("{} ({title})", product.sku)
        }
    }

    fn outcome(&self) -> String {
        let id = &self.order.id;
        let parcels = self.decision.parcels.len();
        let cost = self.money(self.decision.landed_cost());
        match self.decision.outcome {
            Outcome::Placed if parcels == 1 => {
                let from = self.name(self.decision.parcels[0].location);
                format!("Order {id} goes to {from} for {cost}.")
            }
            Outcome::Placed => format!("Order {id} goes out in {parcels} parcels for {cost}."),
            Outcome::PartlyPlaced => {
                format!("Order {id} is filled in part, in {} for {cost}.", count(parcels, "parcel"))
            }
            Outcome::NotPlaced => format!("No place can fill order {id}. Someone has to look at it."),
            Outcome::Held(reason) => format!("Order {id} is held: {}", self.hold(&reason)),
        }
    }

    fn got_it(&self, considered: &Considered) -> String {
        let id = &self.order.id;
        let parcels = self.decision.parcels.iter().filter(|parcel| parcel.location == considered.location);
        let told: Vec<String> = parcels.map(|parcel| self.parcel(parcel)).collect();
        format!("{} did get order {id}. {}", self.name(considered.location), told.join(" "))
    }

    fn hold(&self, reason: &HoldReason) -> String {
        match reason {
            HoldReason::AddressUnknown => self.address_unknown(),
            HoldReason::TooLarge => {
                "it has more lines or units than one order may have. Split it by hand.".into()
            }
            HoldReason::Empty => {
                "it has no lines, or a line without units. Check the order in the shop.".into()
            }
            HoldReason::NoStoreChosen => {
                "it is for pickup, and no store is chosen. Ask the customer which.".into()
            }
            HoldReason::Rule(rule) => match self.rules.get(*rule).map(|rule| &rule.then) {
                Some(Action::Hold { why }) => {
                    format!("{why} ({} says so).", crate::json::rule_code(*rule))
                }
                _ => format!("{} says so.", self.rule(*rule)),
            },
            HoldReason::MarginTooLow { rule, margin, need } => format!(
                "the best way to fill it would earn {}, and {} asks for {} at least.",
                self.money(Cost(*margin)),
                self.rule(*rule),
                self.money(Cost(*need))
            ),
        }
    }

    /// A postal code is to blame only where the order stays in the country whose codes are looked up, and not where it
    /// is one of military post: those are handed over at a gateway, and no table says where.
    fn address_unknown(&self) -> String {
        let to = &self.order.destination;
        let country = to.country.trim();
        let is_home = ["US", "USA", "UNITED STATES"].iter().any(|home| country.eq_ignore_ascii_case(home));
        let is_of_forces =
            ["AA", "AE", "AP"].iter().any(|region| to.region.trim().eq_ignore_ascii_case(region));
        let zip = to.postal.trim().split('-').next().filter(|zip| matches!(zip.len(), 4 | 5));
        let prefix = zip.and_then(|zip| zip.parse::<u32>().ok()).map(|zip| zip / 100);
        let is_military = is_of_forces || matches!(prefix, Some(90..=98 | 340 | 962..=966));
        if is_military && (is_home || country.is_empty()) {
            "it goes to military post, whose zones are not known. Add zones for its prefix, or send it by hand.".into()
        } else if country.is_empty() {
            "its address cannot be found. Check the postal code; if the order goes abroad, add zones and rates \
             for that country, or send it by hand."
                .into()
        } else if is_home {
            "its postal code is not known. Check it in the order.".into()
        } else if self.currency() == Currency::USD {
            format!(
                "it goes abroad ({country}), and no rates are known for that. Add zones and rates, or send it by hand."
            )
        } else {
            format!(
                "its address in {country} lies in no zone that is known. Check the postal code, or add the zone."
            )
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
        let units = self.units_of(parcel).join(", ");
        let from = self.name(parcel.location);
        let way = match (parcel.service, self.order.lane) {
            (Some(service), _) => format!(
                "sends {units} by {}, leaves {}, arrives {}",
                self.network.rates.services[usize::from(service.0)].code,
                self.day(parcel.dispatch.day),
                self.day(parcel.arrives)
            ),
            (None, Lane::Pickup) => {
                let ready = parcel
                    .ready_at
                    .map_or_else(|| self.day(parcel.arrives), |at| self.time(parcel.location, at));
                format!("keeps {units} ready for pickup from {ready}")
            }
            (None, _) => format!("delivers {units} on {}", self.day(parcel.arrives)),
        };
        format!("{from} {way}: {}.", self.parts(&parcel.costs))
    }

    fn units_of(&self, parcel: &Parcel) -> Vec<String> {
        let mut units: Vec<(ProductId, u32)> = Vec::new();
        for placement in self.decision.placements_of(parcel) {
            match units.iter_mut().find(|(product, _)| *product == placement.product) {
                Some((_, quantity)) => *quantity += placement.quantity,
                None => units.push((placement.product, placement.quantity)),
            }
        }
        units.into_iter().map(|(product, quantity)| self.units(quantity, product)).collect()
    }

    fn parts(&self, costs: &PartCosts) -> String {
        let parts: Vec<String> =
            costs.iter().map(|(part, cost)| format!("{} {}", part.words(), self.money(cost))).collect();
        if parts.is_empty() { "no cost".into() } else { parts.join(", ") }
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

fn count(number: usize, noun: &str) -> String {
    model::words::count(number as u64, noun)
}

#[cfg(test)]
mod tests;
