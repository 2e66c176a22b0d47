//! The locations that are not in the plan, each in one sentence.
//!
//! Owns: what a place would cost beside the plan, with one sign: + is dearer than what was chosen; and what it
//! lacks of the order. Refuses to know: the words of a single reason.

use super::{Teller, count};
use model::{Action, Cause, Considered, Cost, CostPart, Strength, Verdict};

/// Half a cent, where amounts are told to the cent.
const TOLD: i64 = 50;

impl Teller<'_> {
    pub(super) fn considered(&self, considered: &Considered) -> String {
        let name = self.name(considered.location);
        match considered.verdict {
            Verdict::Chosen => format!("{name} was chosen."),
            Verdict::Lost { by } => self.lost(name, considered, by),
            Verdict::Part { units, of } => self.part(name, considered, (units, of)),
            Verdict::Out(reason) => {
                let outs = self.decision.item_outs_of(considered);
                match outs.iter().any(|out| out.reason.code() != reason.code()) {
                    true => format!("{name} can send none of it; missing: {}.", self.missing(considered)),
                    false => {
                        let items = if outs.len() > 1 { "them" } else { "it" };
                        format!("{name} is out: {}.", self.reason(considered.location, &reason, items))
                    }
                }
            }
        }
    }

    fn lost(&self, name: &str, considered: &Considered, by: Cost) -> String {
        let winner = match self.decision.parcels.as_slice() {
            [parcel] => self.name(parcel.location).to_owned(),
            parcels => format!("the plan of {}", count(parcels.len(), "parcel")),
        };
        match by.0 {
            0 if self.loses_by_rule(considered) => {
                format!("{name} costs the same as {winner}, but {} other places.", self.what_prefers())
            }
            0 => format!(
                "{name} costs the same as {winner}; fewer parcels, the shorter way, then the code decide."
            ),
            _ if by < Cost::ZERO => format!(
                "{name} would cost {} less than {winner}, but {} other places.",
                self.money(-by),
                self.what_prefers()
            ),
            1..TOLD => format!("{name} would cost less than a cent more than {winner}."),
            _ => {
                let (differences, counted) = self.differences(considered);
                format!("{name} would cost {} more than {winner}{counted}: {differences}.", self.money(by))
            }
        }
    }

    /// At the same cost it would have won by parcels, way or code: a preference before cost decided.
    fn loses_by_rule(&self, considered: &Considered) -> bool {
        let [parcel] = self.decision.parcels.as_slice() else { return self.has_tier() };
        let key = |distance: model::Distance, location| (distance.km(), location);
        let other = key(considered.distance, considered.location);
        self.has_tier() && other < key(parcel.distance, parcel.location)
    }

    fn has_tier(&self) -> bool {
        self.decision.applied.iter().any(|rule| self.rules.get(*rule).is_some_and(|rule| is_tier(&rule.then)))
    }

    /// The preference before cost that was in force, if there was one alone.
    fn what_prefers(&self) -> String {
        let mut tiers = self
            .decision
            .applied
            .iter()
            .filter(|rule| self.rules.get(**rule).is_some_and(|rule| is_tier(&rule.then)));
        match (tiers.next(), tiers.next()) {
            (Some(only), None) => format!("{} prefers", self.rule(*only)),
            _ => "the rules prefer".to_owned(),
        }
    }

    /// The other way's parts less those of the plan, the largest first, and what to add where preferences are
    /// among them: nobody pays those.
    fn differences(&self, other: &Considered) -> (String, &'static str) {
        let plan = &self.decision.costs;
        let mut differences: Vec<(&str, Cost)> = CostPart::ALL
            .into_iter()
            // What either way leaves over is the same.
            .filter(|part| *part != CostPart::Unfilled)
            .map(|part| (part.words(), other.alone.get(part) - plan.get(part)))
            .collect();
        let preference = other.alone_preference - self.decision.preference;
        differences.push(("preferences", preference));
        differences.retain(|(_, cost)| cost.0.abs() >= TOLD);
        differences.sort_by_key(|(_, cost)| std::cmp::Reverse(cost.0.abs()));
        let signed = |(words, cost): &(&str, Cost)| {
            let sign = if *cost < Cost::ZERO { "−" } else { "+" };
            format!("{words} {sign}{}", self.money(Cost(cost.0.abs())))
        };
        let told = differences.iter().map(signed).collect::<Vec<_>>().join(", ");
        (told, if preference.0.abs() >= TOLD { ", preferences counted" } else { "" })
    }

    fn part(&self, name: &str, considered: &Considered, (units, of): (u32, u32)) -> String {
        if units >= of {
            let why = self.decision.leftovers.iter().find_map(|left| match left.cause? {
                Cause::TooDear => Some("to send them costs more than to leave them".to_owned()),
                Cause::Outweighed { rule } => {
                    Some(format!("{} counts for more than to leave them", self.rule(rule)))
                }
                _ => None,
            });
            let why = why.unwrap_or_else(|| "no plan within the limits sends them from there".to_owned());
            return format!("{name} has all {of}, but {why}.");
        }
        let missing = self.missing(considered);
        if !self.sends_as_much(considered, units) {
            return format!("{name} has {units} of {of}; missing: {missing}.");
        }
        // As much as the plan: what is left over costs the same either way.
        let alone = considered.alone.total() + considered.alone_preference;
        let plan = self.decision.costs.total() - self.decision.costs.get(CostPart::Unfilled);
        let name = format!("{name} has {units} of {of}, too (missing: {missing}); it");
        self.lost(&name, considered, alone - plan - self.decision.preference)
    }

    /// It could send the very units that the plan sends, no fewer and no more.
    fn sends_as_much(&self, considered: &Considered, units: u32) -> bool {
        let placements = &self.decision.placements;
        let sent = |product| -> u32 {
            placements.iter().filter(|sent| sent.product == product).map(|sent| sent.quantity).sum()
        };
        let is_out =
            |product| self.decision.item_outs_of(considered).iter().any(|out| out.product == product);
        let has = |product| {
            let mut shorts = self.decision.item_shorts_of(considered);
            shorts.find(|short| short.product == product).is_none_or(|short| short.units >= sent(product))
        };
        let all: u32 = placements.iter().map(|sent| sent.quantity).sum();
        all > 0 && units == all && placements.iter().all(|one| !is_out(one.product) && has(one.product))
    }

    /// `COF-13B (not stocked), TEA-2 (1 of 3)`.
    fn missing(&self, considered: &Considered) -> String {
        let sku = |product| &self.network.product(product).sku;
        let outs = self.decision.item_outs_of(considered).iter();
        let outs = outs.map(|out| {
            (out.product, format!("{} ({})", sku(out.product), self.short(considered.location, &out.reason)))
        });
        let shorts = self.decision.item_shorts_of(considered);
        let shorts = shorts.map(|short| {
            let kept = self.kept_back(&short.reason);
            (short.product, format!("{} ({} of {}{kept})", sku(short.product), short.units, short.wanted))
        });
        let mut all: Vec<_> = outs.chain(shorts).collect();
        all.sort();
        all.into_iter().map(|(_, told)| told).collect::<Vec<_>>().join(", ")
    }
}

fn is_tier(action: &Action) -> bool {
    matches!(action, Action::Prefer(_, Strength::Always) | Action::PreferNearest(_, Strength::Always))
}
