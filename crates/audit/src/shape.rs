//! Whether a decision points at things that exist. Everything else relies on it.

use crate::{Facts, Finding};
use model::{Decision, LocationId, Parcel, Placement, ProductId, Remedy};

pub(crate) fn check(facts: &Facts<'_>, decision: &Decision) -> Vec<Finding> {
    let mut shape = Shape { facts, findings: Vec::new() };
    shape.check_facts();
    for (i, parcel) in decision.parcels.iter().enumerate() {
        shape.check_parcel(i, parcel);
    }
    for placement in &decision.placements {
        shape.check_placement(placement);
    }
    for leftover in &decision.leftovers {
        shape.need_line(leftover.line, "a leftover");
        if let Remedy::Substitute { product, location } = leftover.remedy {
            shape.need_product(product, "a substitute");
            shape.need_location(location, "a substitute");
        }
    }
    shape.check_ranges(decision);
    shape.findings
}

struct Shape<'a> {
    facts: &'a Facts<'a>,
    findings: Vec<Finding>,
}

impl Shape<'_> {
    fn check_facts(&mut self) {
        let facts = self.facts;
        let (places, loads) = (facts.network.locations.len(), facts.stock.loads().len());
        if places != loads {
            let message = format!("the stock was built for {loads} locations, the network has {places}");
            self.findings.push(Finding::fatal("stock_of_other_network", message));
        }
        for line in &facts.order.lines {
            self.need_product(line.product, "an order line");
            for component in
                facts.network.products.get(line.product.index()).iter().flat_map(|p| &p.components)
            {
                self.need_product(component.product, "a bundle");
            }
        }
        if let Some(store) = facts.order.pickup_at {
            self.need_location(store, "the order");
        }
    }

    fn check_parcel(&mut self, index: usize, parcel: &Parcel) {
        self.need_location(parcel.location, "a parcel");
        if let Some(service) = parcel.service {
            let known = self.facts.network.rates.services.len();
            self.need("unknown_service", "a parcel", (usize::from(service.0), known));
        }
        if parcel.placement_count == 0 {
            let message = format!("parcel {} holds 0 placements, at least 1 is due", index + 1);
            self.findings.push(Finding::fatal("empty_parcel", message));
        }
    }

    fn check_placement(&mut self, placement: &Placement) {
        self.need_line(placement.line, "a placement");
        self.need_product(placement.product, "a placement");
        let known = self.facts.stock.record_count();
        self.need("unknown_record", "a placement", (placement.record.0 as usize, known));
    }

    /// Each placement is in exactly one parcel.
    fn check_ranges(&mut self, decision: &Decision) {
        let mut ranges: Vec<(usize, usize)> =
            decision.parcels.iter().map(|p| (p.first_placement.into(), p.placement_count.into())).collect();
        ranges.sort_unstable();
        let mut next = 0;
        for (first, count) in ranges {
            if first != next {
                let message = format!("a parcel's placements begin at {first}, {next} is due");
                self.findings.push(Finding::fatal("placement_ranges", message));
                return;
            }
            next = first + count;
        }
        if next != decision.placements.len() {
            let message =
                format!("the parcels hold {next} placements, there are {}", decision.placements.len());
            self.findings.push(Finding::fatal("placement_ranges", message));
        }
    }

    fn need_location(&mut self, location: LocationId, owner: &str) {
        self.need("unknown_location", owner, (location.index(), self.facts.network.locations.len()));
    }

    fn need_product(&mut self, product: ProductId, owner: &str) {
        self.need("unknown_product", owner, (product.index(), self.facts.network.products.len()));
    }

    fn need_line(&mut self, line: u16, owner: &str) {
        self.need("unknown_line", owner, (line.into(), self.facts.order.lines.len()));
    }

    fn need(&mut self, code: &'static str, owner: &str, (index, known): (usize, usize)) {
        if index >= known {
            let message = format!("{owner} points at number {index}, there are {known}");
            self.findings.push(Finding::fatal(code, message));
        }
    }
}
