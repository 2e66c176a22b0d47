//! Stock: what a decision takes is there, and the books agree with themselves.

use crate::Finding;
use crate::case::Case;
use model::{Network, ProductId, Stock, StockLevel};

pub(crate) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for parcel in &case.decision.parcels {
        for placement in case.placements(parcel) {
            let due = case.stock.record(placement.product, parcel.location);
            if due != Some(placement.record) {
                let (sku, code) = (case.sku(placement.product), case.code(parcel.location));
                let due = due.map_or("none".to_owned(), |record| record.0.to_string());
                let message = format!(
                    "{sku} at {code} is taken from record {}, its record is {due}",
                    placement.record.0
                );
                findings.push(Finding::fatal("wrong_record", message));
            }
        }
    }
    for (&record, taken) in &case.taken {
        let (sku, code) = (case.sku(taken.product), case.code(taken.location));
        let available = i64::from(case.stock.available(record));
        if taken.units > available {
            let message = format!("{} {sku} are taken at {code}, {available} are available", taken.units);
            findings.push(Finding::fatal("overdrawn", message));
        }
        let level = case.stock.level(record);
        let left = free(level) - taken.units;
        let safety = i64::from(level.safety_stock);
        if safety > 0 && left < safety {
            let message = format!("{left} {sku} would be left at {code}, safety stock is {safety}");
            findings.push(Finding::fatal("safety_stock_touched", message));
        }
    }
}

/// On the shelf and not spoken for; safety stock is still in it.
fn free(level: &StockLevel) -> i64 {
    let away = [level.committed, level.damaged, level.quality_control, level.showroom];
    i64::from(level.on_hand) - away.into_iter().map(i64::from).sum::<i64>()
}

/// A stock record as the books have it.
struct Shelf {
    product: ProductId,
    location: usize,
    available: i32,
    level: StockLevel,
}

/// Whether stock agrees with itself: records in order and once each, what is available follows from the
/// states, nothing is negative. Empty when it does.
pub fn check_books(network: &Network, stock: &Stock) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (places, loads) = (network.locations.len(), stock.loads().len());
    if places != loads {
        let message = format!("the stock was built for {loads} locations, the network has {places}");
        findings.push(Finding::fatal("stock_of_other_network", message));
    }
    let shelves = read_shelves(network, stock, &mut findings);
    check_order(network, &shelves, &mut findings);
    for shelf in &shelves {
        check_shelf(network, shelf, &mut findings);
    }
    findings
}

/// The records of each product in turn. Runs that do not follow each other are told and left out.
fn read_shelves(network: &Network, stock: &Stock, findings: &mut Vec<Finding>) -> Vec<Shelf> {
    let mut shelves = Vec::with_capacity(stock.record_count());
    for product in (0..network.products.len() as u32).map(ProductId) {
        let run = stock.records(product);
        if run.start != shelves.len() || run.end < run.start || run.end > stock.record_count() {
            let sku = &network.product(product).sku;
            let message = format!("records of {sku} begin at {}, {} is due", run.start, shelves.len());
            findings.push(Finding::fatal("records_out_of_order", message));
            return shelves;
        }
        for record in run {
            let id = model::RecordId(record as u32);
            let location = stock.locations(record..record + 1)[0].index();
            let (available, level) = (stock.available(id), *stock.level(id));
            shelves.push(Shelf { product, location, available, level });
        }
    }
    if shelves.len() != stock.record_count() {
        let message =
            format!("{} records belong to products, there are {}", shelves.len(), stock.record_count());
        findings.push(Finding::fatal("records_out_of_order", message));
    }
    shelves
}

fn check_order(network: &Network, shelves: &[Shelf], findings: &mut Vec<Finding>) {
    for pair in shelves.windows(2).filter(|pair| pair[0].product == pair[1].product) {
        let sku = &network.product(pair[0].product).sku;
        let (first, second) = (code(network, &pair[0]), code(network, &pair[1]));
        if pair[0].location == pair[1].location {
            let message = format!("{sku} at {first} has 2 records, 1 is due");
            findings.push(Finding::fatal("duplicate_record", message));
        } else if pair[0].location > pair[1].location {
            let message = format!("the record of {sku} at {first} stands before that at {second}");
            findings.push(Finding::fatal("records_out_of_order", message));
        }
    }
}

fn check_shelf(network: &Network, shelf: &Shelf, findings: &mut Vec<Finding>) {
    let sku = &network.product(shelf.product).sku;
    let place = code(network, shelf);
    if shelf.location >= network.locations.len() {
        let known = network.locations.len();
        let message = format!("a record of {sku} points at location {}, there are {known}", shelf.location);
        findings.push(Finding::fatal("unknown_location", message));
    }
    if shelf.available < 0 {
        let message = format!("{} {sku} are available at {place}, 0 is the least", shelf.available);
        findings.push(Finding::fatal("negative_available", message));
    }
    let due = (free(&shelf.level) - i64::from(shelf.level.safety_stock)).max(0);
    if i64::from(shelf.available) != due {
        let message = format!("{} {sku} are available at {place}, its states say {due}", shelf.available);
        findings.push(Finding::fatal("available_differs", message));
    }
    for (state, units) in states(&shelf.level).into_iter().filter(|&(_, units)| units < 0) {
        let message = format!("{state} of {sku} at {place} is {units}, 0 is the least");
        findings.push(Finding::suspect("negative_state", message));
    }
}

fn states(level: &StockLevel) -> [(&'static str, i32); 7] {
    [
        ("on_hand", level.on_hand),
        ("committed", level.committed),
        ("safety_stock", level.safety_stock),
        ("damaged", level.damaged),
        ("quality_control", level.quality_control),
        ("showroom", level.showroom),
        ("incoming", level.incoming),
    ]
}

fn code<'a>(network: &'a Network, shelf: &Shelf) -> &'a str {
    network.locations.get(shelf.location).map_or("an unknown place", |location| &location.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        Location, LocationKind, NetworkParts, Product, RateBook, ServiceChoice, Settings, StockEntry,
    };

    fn network() -> Network {
        Network::new(NetworkParts {
            currency: model::Currency::USD,
            locations: ["DEPOT", "MALL"].map(|code| Location::new(code, LocationKind::Store)).into(),
            products: ["MUG", "TEE"].map(Product::new).into(),
            rates: RateBook { services: vec![], choice: ServiceChoice::InOrder, band_upper: vec![] },
            settings: Settings::default(),
        })
    }

    fn shelves() -> Vec<Shelf> {
        let level = StockLevel { on_hand: 5, committed: 1, safety_stock: 1, ..StockLevel::default() };
        let shelf = |product, location| Shelf { product: ProductId(product), location, available: 3, level };
        vec![shelf(0, 0), shelf(0, 1), shelf(1, 1)]
    }

    fn finds(damage: impl Fn(&mut Vec<Shelf>), codes: &[&str]) {
        let mut shelves = shelves();
        damage(&mut shelves);
        let mut findings = Vec::new();
        check_order(&network(), &shelves, &mut findings);
        for shelf in &shelves {
            check_shelf(&network(), shelf, &mut findings);
        }
        let found: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(found, codes, "{findings:#?}");
    }

    fn stock(on_hand: i32) -> Stock {
        let level = StockLevel { on_hand, ..StockLevel::default() };
        let entry = |product, location| StockEntry {
            product: ProductId(product),
            location: model::LocationId(location),
            level,
        };
        Stock::new(&network(), vec![entry(1, 1), entry(0, 1), entry(0, 0)], model::Day(0))
    }

    #[test]
    fn books_that_agree_have_no_finding() {
        finds(|_| (), &[]);
        let mut stock = stock(4);
        stock.commit(model::RecordId(1), 3);
        assert_eq!(check_books(&network(), &stock), []);
    }

    #[test]
    fn an_available_that_its_states_deny_is_found() {
        finds(|shelves| shelves[1].available = 4, &["available_differs"]);
        finds(|shelves| shelves[2].level.damaged = 1, &["available_differs"]);
    }

    #[test]
    fn a_negative_available_is_found() {
        finds(|shelves| shelves[0].available = -1, &["negative_available", "available_differs"]);
    }

    #[test]
    fn a_second_record_of_one_shelf_is_found() {
        finds(|shelves| shelves[1].location = 0, &["duplicate_record"]);
    }

    #[test]
    fn records_out_of_order_are_found() {
        finds(|shelves| shelves.swap(0, 1), &["records_out_of_order"]);
    }

    #[test]
    fn a_record_of_no_place_is_found() {
        finds(|shelves| shelves[2].location = 9, &["unknown_location"]);
    }

    #[test]
    fn a_negative_state_is_suspect() {
        let findings = check_books(&network(), &stock(-2));
        assert_eq!(findings.len(), 3);
        assert!(findings.iter().all(|f| f.code == "negative_state" && !f.is_fatal()));
        assert_eq!(findings[0].message, "on_hand of MUG at DEPOT is -2, 0 is the least");
    }

    #[test]
    fn stock_of_another_network_is_found() {
        let mut other = network();
        other.products.truncate(1);
        other.locations.truncate(1);
        let codes: Vec<&str> = check_books(&other, &stock(4)).iter().map(|f| f.code).collect();
        assert_eq!(codes, ["stock_of_other_network", "records_out_of_order", "unknown_location"]);
    }
}
