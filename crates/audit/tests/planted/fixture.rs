//! Three decisions over the small network of [`crate::world`], worked out by hand: every number is derived
//! in a comment.

pub(crate) use crate::world::*;
use audit::{Facts, Finding, check};
use model::*;

pub(crate) struct Scene {
    pub(crate) network: Network,
    pub(crate) stock: Stock,
    pub(crate) rules: RuleSet,
    pub(crate) order: Order,
    pub(crate) now: Timestamp,
    pub(crate) decision: Decision,
}

impl Scene {
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let facts = Facts {
            network: &self.network,
            stock: &self.stock,
            rules: &self.rules,
            order: &self.order,
            now: self.now,
        };
        check(&facts, &self.decision)
    }

    pub(crate) fn record(&self, product: ProductId, location: LocationId) -> RecordId {
        self.stock.record(product, location).expect("a record of the fixture")
    }

    pub(crate) fn relevel(&mut self, product: ProductId, location: LocationId, on_hand: i32) {
        let record = self.record(product, location);
        let level = StockLevel { on_hand, ..*self.stock.level(record) };
        self.stock.set_level(record, level);
    }

    /// Adds to a part of a parcel, and keeps the order's sums and the proof in step with it.
    pub(crate) fn charge(&mut self, parcel: usize, part: CostPart, cost: i64) {
        self.decision.parcels[parcel].costs.add(part, Cost(cost));
        self.charge_order(part, cost);
    }

    /// Adds to a part of the order and keeps the proof in step with it.
    pub(crate) fn charge_order(&mut self, part: CostPart, cost: i64) {
        self.decision.costs.add(part, Cost(cost));
        self.decision.proof.bound += Cost(cost);
    }

    /// Takes a part out of all sums.
    pub(crate) fn discharge(&mut self, part: CostPart) {
        for i in 0..self.decision.parcels.len() {
            let cost = self.decision.parcels[i].costs.get(part);
            self.charge(i, part, -cost.0);
        }
        let rest = self.decision.costs.get(part);
        self.charge_order(part, -rest.0);
    }

    pub(crate) fn prefer(&mut self, parcel: usize, cost: i64) {
        self.decision.parcels[parcel].preference += Cost(cost);
        self.decision.preference += Cost(cost);
        self.decision.proof.bound += Cost(cost);
    }

    /// Adds a rule whose conditions hold.
    pub(crate) fn rule(&mut self, when: Vec<Condition>, then: Action) {
        self.decision.applied.push(RuleRef::Rule(self.rules.rules.len() as u8));
        self.rules.rules.push(Rule { when, then });
    }
}

/// The distinct codes found, sorted; those that are only suspect with a question mark.
/// `start` must be right before the damage.
pub(crate) fn codes(start: fn() -> Scene, damage: impl FnOnce(&mut Scene)) -> String {
    let mut scene = start();
    assert_eq!(scene.findings(), [], "the decision is right before the damage");
    damage(&mut scene);
    let findings = scene.findings();
    let mark = |finding: &Finding| if finding.is_fatal() { "" } else { "?" };
    let mut codes: Vec<String> =
        findings.iter().map(|finding| format!("{}{}", finding.code, mark(finding))).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.join(" ")
}

fn order(lane: Lane, lines: &[(ProductId, u32, i64)]) -> Order {
    let line = |(i, &(product, quantity, cents)): (usize, &(ProductId, u32, i64))| OrderLine {
        number: i as u32 + 1,
        product,
        quantity,
        unit_price: Cost(cents * 100),
        when_short: None,
    };
    Order {
        id: "ord_1".into(),
        channel: "web".into(),
        lane,
        placed_at: at(17),
        deliver_by: Some(day("2026-11-28")),
        destination: Destination {
            postal: "97201".into(),
            region: "OR".into(),
            place: Some(PlaceId(0)),
            is_residential: true,
            ..Destination::default()
        },
        lines: lines.iter().enumerate().map(line).collect(),
        ..Order::empty()
    }
}

pub(crate) fn costs(parts: &[(CostPart, i64)]) -> PartCosts {
    let mut costs = PartCosts::default();
    parts.iter().for_each(|&(part, cost)| costs.add(part, Cost(cost)));
    costs
}

fn low_stock(stock: &Stock, product: ProductId, location: LocationId) -> Note {
    let record = stock.record(product, location).expect("a record");
    Note::LowStock { record, location, product, left: 0, below: 2 }
}

/// What is common to the three: the plan's sums, which are those of its parcels and `extra`.
fn summed(decision: Decision, extra: &[(CostPart, i64)]) -> Decision {
    let mut sum = costs(extra);
    decision.parcels.iter().for_each(|parcel| sum.add_all(&parcel.costs));
    let preference = decision.parcels.iter().map(|parcel| parcel.preference).sum();
    let proof = Proof { bound: sum.total() + preference, gap: Cost::ZERO, steps: 1 };
    Decision { decided_at: at(18), rule_set: 7, costs: sum, preference, proof, ..decision }
}

fn guardrails(which: &[u8], rules: &[u8]) -> Vec<RuleRef> {
    let guardrails = which.iter().map(|&i| RuleRef::Guardrail(i));
    guardrails.chain(rules.iter().map(|&i| RuleRef::Rule(i))).collect()
}

fn scene(order: Order, decide: impl Fn(&Stock) -> Decision) -> Scene {
    let network = network();
    let stock = stock(&network);
    let decision = decide(&stock);
    Scene { network, stock, rules: rules(), order, now: at(18), decision }
}

/// Four mugs, a set (2 mugs and a tee) and two lamps: the depot sends 3 mugs, the tee and its only lamp, the
/// mall 3 mugs; one lamp waits for the mall's receipt on 30 November.
pub(crate) fn split() -> Scene {
    scene(order(Lane::Ship, &[(MUG, 4, 1_500), (SET, 1, 5_000), (LAMP, 2, 8_000)]), |stock| {
        let take = |line, product, location, quantity| Placement {
            line,
            product,
            record: stock.record(product, location).expect("a record"),
            quantity,
        };
        let decision = Decision {
            outcome: Outcome::PartlyPlaced,
            parcels: vec![from_depot(), from_mall()],
            placements: vec![
                take(0, MUG, DEPOT, 1),
                take(1, MUG, DEPOT, 2),
                take(1, TEE, DEPOT, 1),
                take(2, LAMP, DEPOT, 1),
                take(0, MUG, MALL, 3),
            ],
            leftovers: vec![Leftover {
                line: 2,
                quantity: 1,
                remedy: Remedy::Backorder { expected: Some(day("2026-11-30")) },
                cause: None,
            }],
            notes: vec![low_stock(stock, LAMP, DEPOT), low_stock(stock, MUG, DEPOT)],
            applied: guardrails(&[0, 1, 2, 3], &[0, 1, 2, 3, 4]),
            ..Decision::default()
        };
        // One parcel beyond the first.
        summed(decision, &[(CostPart::Split, 15_000)])
    })
}

/// Always open, one day of handling: leaves on the 25th, arrives two days later.
fn from_depot() -> Parcel {
    Parcel {
        location: DEPOT,
        service: Some(ServiceId(0)),
        zone: Some(Zone(1)),
        distance: Distance(50_000),
        // 3 × 400 + 200 + 2,000 g.
        weight: Weight::from_grams(3_400),
        dispatch: Dispatch { cutoff: at(24), day: day("2026-11-25"), window: 0 },
        arrives: day("2026-11-27"),
        ready_at: None,
        costs: costs(&[
            // 3 × 1,000 + 1,200 + 54,000 = 58,200 cm³ of goods, 72,750 cm³ packed: billed as 14.55 kg.
            (CostPart::Postage, 200_000),
            // 600 mm long 4.00, residential 0.50.
            (CostPart::Surcharge, 45_000),
            (CostPart::Packaging, 6_000),
            // 1.20 + 5 × 0.30.
            (CostPart::Labor, 27_000),
            // 1 % wrong × 8.00: the last unit 75 % 0.06, then 30 % 0.024, 10 % 0.008. Mugs 3, 2, 1; lamp 1.
            (CostPart::Risk, 80 + 240 + 600 + 600),
            (CostPart::Opportunity, 30_000),
            // Lamp, 100 days: 5 % of 80.00.
            (CostPart::Markdown, -40_000),
        ]),
        preference: Cost::ZERO,
        first_placement: 0,
        placement_count: 4,
    }
}

/// Ten in the morning: the noon window of the same day, arrives two days later.
fn from_mall() -> Parcel {
    Parcel {
        location: MALL,
        service: Some(ServiceId(0)),
        zone: Some(Zone(2)),
        distance: Distance(120_000),
        weight: Weight::from_grams(1_200),
        dispatch: Dispatch { cutoff: at(20), day: day("2026-11-24"), window: 0 },
        arrives: day("2026-11-26"),
        ready_at: None,
        costs: costs(&[
            (CostPart::Postage, 90_000),
            (CostPart::Surcharge, 5_000),
            (CostPart::Packaging, 8_000),
            // 1.50 + 3 × 0.40.
            (CostPart::Labor, 27_000),
            // The fifth, fourth and third last: 3 % × 8.00 × 10 % for the third last alone.
            (CostPart::Risk, 240),
            (CostPart::Opportunity, 5_000 + 10_000),
            (CostPart::Markdown, -3_000),
            (CostPart::Scarcity, 1_500),
        ]),
        // Not from a warehouse.
        preference: Cost(15_000),
        first_placement: 4,
        placement_count: 1,
    }
}

/// The pier's one parcel; 10:00 to 18:00 local time, one dispatch at closing.
fn from_pier(parts: &[(CostPart, i64)], grams: i64) -> Parcel {
    Parcel {
        location: PIER,
        service: None,
        zone: None,
        distance: Distance(7_300),
        weight: Weight::from_grams(grams),
        dispatch: Dispatch { cutoff: at(26), day: day("2026-11-24"), window: 0 },
        arrives: day("2026-11-24"),
        ready_at: None,
        costs: costs(parts),
        preference: Cost(15_000),
        first_placement: 0,
        placement_count: 1,
    }
}

/// Two cups, the last ones, to be collected at the pier after two hours of work.
pub(crate) fn pickup() -> Scene {
    let order = Order { pickup_at: Some(PIER), ..order(Lane::Pickup, &[(CUP, 2, 1_200)]) };
    scene(order, |stock| {
        let record = stock.record(CUP, PIER).expect("a record");
        // 1.00 + 2 × 0.20.
        let parcel = Parcel { ready_at: Some(at(20)), ..from_pier(&[(CostPart::Labor, 14_000)], 600) };
        let decision = Decision {
            outcome: Outcome::Placed,
            parcels: vec![parcel],
            placements: vec![Placement { line: 0, product: CUP, record, quantity: 2 }],
            notes: vec![low_stock(stock, CUP, PIER)],
            applied: guardrails(&[0, 1, 3], &[2, 3, 4]),
            ..Decision::default()
        };
        summed(decision, &[])
    })
}

/// Two tees, driven from the pier to the customer.
pub(crate) fn delivery() -> Scene {
    scene(order(Lane::LocalDelivery, &[(TEE, 2, 2_500)]), |stock| {
        let record = stock.record(TEE, PIER).expect("a record");
        let parts = [
            // 5.00 + 8 km × 0.50: 7.3 km begin an eighth.
            (CostPart::Postage, 90_000),
            (CostPart::Packaging, 7_000),
            (CostPart::Labor, 14_000),
        ];
        let decision = Decision {
            outcome: Outcome::Placed,
            parcels: vec![from_pier(&parts, 400)],
            placements: vec![Placement { line: 0, product: TEE, record, quantity: 2 }],
            applied: guardrails(&[0, 1, 3], &[2, 3, 4]),
            ..Decision::default()
        };
        summed(decision, &[])
    })
}
