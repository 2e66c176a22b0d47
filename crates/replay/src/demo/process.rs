//! What the retailer did by hand: the warehouse first, else the nearest store that has it.

use super::goods::Good;
use super::shelves::Shelves;
use super::sites::Site;
use super::{DemoActual, DemoOrder};
use model::Lane;

/// Sends what can be sent and takes it out of stock. What nobody has is not sent.
pub(super) fn fulfill(
    (sites, goods): (&[Site], &[Good]),
    order: &DemoOrder,
    position: usize,
    stock: &mut Shelves,
) -> Vec<DemoActual> {
    let mut sent = Vec::new();
    let mut send = |stock: &mut Shelves, site: usize, (line, good, units): (usize, usize, u32)| {
        if units > 0 {
            stock.take(site, good, units);
            sent.push(DemoActual { order: position, line: line as u16 + 1, good, units, site });
        }
    };
    let by_way = by_way(sites, order);
    match order.lane {
        // All of it from the chosen store, or nothing.
        Lane::Pickup => {
            if let Some(site) = order.pickup_at.filter(|site| stock.has_all(*site, &order.lines)) {
                for (i, line) in order.lines.iter().enumerate() {
                    send(stock, site, (i, line.good, line.units));
                }
            }
        }
        // One van: from the nearest store that has all of it.
        Lane::LocalDelivery => {
            let nearest = by_way.first().copied().filter(|site| stock.has_all(*site, &order.lines));
            for (i, line) in order.lines.iter().enumerate().filter(|_| nearest.is_some()) {
                send(stock, nearest.unwrap_or(0), (i, line.good, line.units));
            }
        }
        Lane::Ship => {
            for (i, line) in order.lines.iter().enumerate() {
                let mut left = line.units;
                for site in std::iter::once(0).chain(by_way.iter().copied()) {
                    let units = if handles(&sites[site], &goods[line.good]) {
                        stock.available(site, line.good)
                    } else {
                        0
                    };
                    send(stock, site, (i, line.good, units.min(left)));
                    left -= units.min(left);
                }
            }
        }
    }
    sent
}

/// Whether a site may handle a good at all, in any lane.
pub(super) fn handles(site: &Site, good: &Good) -> bool {
    match good.handling {
        "fragile" => site.ships_fragile,
        "oversize" => site.ships_oversized,
        _ => true,
    }
}

/// Stores, nearest first.
fn by_way(sites: &[Site], order: &DemoOrder) -> Vec<usize> {
    let mut stores: Vec<usize> = (0..sites.len()).filter(|&site| !sites[site].is_warehouse).collect();
    stores.sort_by_key(|&site| (sites[site].point.distance_to(order.point), site));
    stores
}
