//! The linter: what is wrong with a rule set before any order meets it.
//!
//! Owns: findings that follow from the rules and the network alone: sentences that contradict each other,
//! never apply, change nothing, or leave no place for some goods. Refuses to know: orders and stock, so what
//! depends on them (distance, what is on hand, opening hours) counts as possible, never as certain.

mod alone;
mod pairs;
mod places;
mod scope;
#[cfg(test)]
mod soundness;
#[cfg(test)]
mod tests;
mod unknown;
mod whole;

use crate::rules::grammar::conditions::lane_words;
use model::{Action, Lane, Network, Places, Product, Rule, RuleRef, RuleSet};
use places::PlaceSet;
use scope::Scope;

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Some orders can have no place, or a name does not exist.
    Error,
    /// A sentence does not do what its author thinks.
    Warning,
    /// A sentence could be shorter.
    Hint,
}

impl Severity {
    pub fn code(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// Something to look at before publishing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub severity: Severity,
    /// The sentence that it is about. `None`: the set as a whole.
    pub rule: Option<RuleRef>,
    /// The sentence that it collides with.
    pub other: Option<RuleRef>,
    /// One of [`CODES`].
    pub code: &'static str,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do, as a sentence.
    pub remedy: String,
}

/// Every code that a finding can have. Stable, part of the API.
pub const CODES: [&str; 14] = [
    "contradiction",
    "unservable",
    "never_fires",
    "shadowed",
    "duplicate",
    "no_effect",
    "always_true",
    "over_budget",
    "unknown_location",
    "unknown_class",
    "unknown_tag",
    "unknown_region",
    "unknown_category",
    "unknown_sku",
];

/// All findings, the worst first, then in the order of the sentences.
pub fn lint(set: &RuleSet, network: &Network) -> Vec<Finding> {
    let known: Vec<Known<'_>> =
        set.all().map(|(reference, rule)| Known::new(reference, rule, network)).collect();
    let mut findings = Vec::new();
    let mut sound: Vec<&Known<'_>> = Vec::new();
    for rule in &known {
        let unknown = unknown::look(rule, network);
        let broken = if unknown.is_empty() { alone::broken(rule, network) } else { Vec::new() };
        if unknown.is_empty() && broken.is_empty() {
            findings.extend(alone::idle(rule, network));
            sound.push(rule);
        }
        findings.extend(unknown);
        findings.extend(broken);
    }
    findings.extend(pairs::look(&sound));
    findings.extend(whole::look(set, &sound, network));
    findings.sort_by_key(|finding| {
        (finding.severity, finding.rule.is_none(), finding.rule, finding.code, finding.other)
    });
    findings
}

/// A rule with everything that can be worked out about it without an order.
struct Known<'a> {
    reference: RuleRef,
    rule: &'a Rule,
    scope: Scope<'a>,
    /// `None`: the action names no places, or there are no locations yet.
    places: Option<PlaceSet<'a>>,
    /// By product: it passes all tests of an item. `None`: the rule has none, or nothing is sold yet.
    products: Option<Vec<bool>>,
    /// By location: it offers a lane that the conditions allow.
    serves: Vec<bool>,
}

impl<'a> Known<'a> {
    fn new(reference: RuleRef, rule: &'a Rule, network: &Network) -> Known<'a> {
        let scope = Scope::of(&rule.when);
        let has_tests = scope.item.is_some() && !network.products.is_empty();
        // A bundle is served by its components, and so judged by them.
        let meets = |product: &Product| !product.is_bundle() && scope.meets(product);
        let products = has_tests.then(|| network.products.iter().map(meets).collect());
        let named = places_of(&rule.then).filter(|_| !network.locations.is_empty());
        let places = named.map(|places| PlaceSet::of(places, network));
        let lanes = scope.lanes();
        let offers = |i: usize| lanes.iter().any(|lane| network.locations[i].lanes.has(*lane));
        let serves = (0..network.locations.len()).map(offers).collect();
        Known { reference, rule, scope, places, products, serves }
    }

    fn name(&self) -> String {
        name(self.reference)
    }

    /// By location: it is certainly left out where the rule applies. `None`: the rule leaves nothing out.
    fn barred(&self) -> Option<Vec<bool>> {
        let places = self.places.as_ref()?;
        match self.rule.then {
            Action::Only(_) => Some(places.may.iter().map(|may| !may).collect()),
            Action::Never(_) => Some(places.must.clone()),
            _ => None,
        }
    }

    /// By location: it may be left where the rule applies, if it offers the lane at all.
    fn left(&self) -> Option<Vec<bool>> {
        let barred = self.barred()?;
        Some(barred.iter().zip(&self.serves).map(|(barred, serves)| *serves && !barred).collect())
    }

    /// Some order, and where both test items some product, may meet both rules.
    fn overlaps(&self, other: &Known<'_>) -> bool {
        let share_product = match (&self.products, &other.products) {
            (Some(mine), Some(theirs)) => mine.iter().zip(theirs).any(|(mine, theirs)| *mine && *theirs),
            _ => true,
        };
        share_product && self.scope.overlaps(&other.scope)
    }

    fn finding(&self, severity: Severity, code: &'static str, says: (String, String)) -> Finding {
        let (message, remedy) = says;
        Finding { severity, rule: Some(self.reference), other: None, code, message, remedy }
    }
}

/// `Guardrail 1`, `Rule 2`.
fn name(reference: RuleRef) -> String {
    match reference {
        RuleRef::Guardrail(i) => format!("Guardrail {}", u16::from(i) + 1),
        RuleRef::Rule(i) => format!("Rule {}", u16::from(i) + 1),
    }
}

/// The places that an action names.
fn places_of(action: &Action) -> Option<&Places> {
    match action {
        Action::Only(places)
        | Action::Never(places)
        | Action::Prefer(places, _)
        | Action::PreferNearest(places, _)
        | Action::Keep { places, .. }
        | Action::NeedOnHand { places, .. } => Some(places),
        Action::MaxParcels(_)
        | Action::MinParcelValue(_)
        | Action::DeliverWithin { .. }
        | Action::MinMargin(_)
        | Action::Hold { .. }
        | Action::FlagLowStock { .. } => None,
    }
}

/// `shipping or pickup`.
fn lanes_words(lanes: &[Lane]) -> String {
    lanes.iter().map(|lane| lane_words(*lane)).collect::<Vec<&str>>().join(" or ")
}
