//! Whether a location belongs to the places that a rule names.

use crate::case::Case;
use crate::conditions::Answer;
use crate::travel;
use model::{BasisPoints, Location, LocationId, LocationKind, PlaceKind, PlaceTest, Places, ProductId};

/// `item`: what the place is asked about; tests of stock are unclear without one.
pub(crate) fn fits(
    case: &Case<'_>,
    places: &Places,
    location: LocationId,
    item: Option<ProductId>,
) -> Answer {
    let spot = Spot { case, location, place: case.network.location(location), item };
    let tests = places.tests.iter().map(|test| spot.answer(test)).min().unwrap_or(Answer::Yes);
    tests.min(Answer::from(spot.is_of(&places.kind)))
}

struct Spot<'a> {
    case: &'a Case<'a>,
    location: LocationId,
    place: &'a Location,
    item: Option<ProductId>,
}

impl Spot<'_> {
    fn is_of(&self, kind: &PlaceKind) -> bool {
        match kind {
            PlaceKind::Anywhere => true,
            PlaceKind::Stores => self.place.kind == LocationKind::Store,
            PlaceKind::Warehouses => self.place.kind == LocationKind::Warehouse,
            PlaceKind::Vendors => self.place.kind == LocationKind::Vendor,
            PlaceKind::Named(codes) => codes.contains(&self.place.code),
            PlaceKind::ChosenStore => self.case.order.pickup_at == Some(self.location),
        }
    }

    fn answer(&self, test: &PlaceTest) -> Answer {
        match test {
            PlaceTest::Class(class) => Answer::from(self.place.class == *class),
            PlaceTest::Tag(tag) => Answer::from(self.place.tags.contains(tag)),
            PlaceTest::Region(regions) => Answer::from(regions.contains(&self.place.region)),
            PlaceTest::SameRegion => self.same_region(),
            PlaceTest::Within(reach) => {
                self.by_way(|(_, distance)| distance.is_known() && distance <= reach.distance())
            }
            PlaceTest::ZoneAtMost(most) => self.by_way(|(zone, _)| zone.0 <= *most),
            PlaceTest::OnHandAtLeast(units) => self.on_hand(i64::from(*units)),
            PlaceTest::AccuracyAtLeast(need) => {
                self.place.accuracy.map_or(Answer::Unclear, |accuracy| Answer::from(accuracy >= *need))
            }
            PlaceTest::CapacityLeftAtLeast(share) => self.capacity_left(*share),
            PlaceTest::AgedAtLeast(days) => self.aged(*days),
            PlaceTest::OpenNow => Answer::from(self.place.calendar.is_open(self.case.now)),
        }
    }

    fn same_region(&self) -> Answer {
        let there = &self.case.order.destination.region;
        match (self.place.region.as_str(), there.as_str()) {
            ("", "") => Answer::Unclear,
            (here, there) => Answer::from(here == there),
        }
    }

    fn by_way(&self, test: impl Fn((model::Zone, model::Distance)) -> bool) -> Answer {
        travel::way(self.case, self.location).map_or(Answer::Unclear, |way| Answer::from(test(way)))
    }

    fn on_hand(&self, units: i64) -> Answer {
        let Some(item) = self.item else { return Answer::Unclear };
        let record = self.case.stock.record(item, self.location);
        let available = record.map_or(0, |record| i64::from(self.case.stock.available(record)));
        Answer::from(available >= units)
    }

    fn aged(&self, days: u32) -> Answer {
        let Some(item) = self.item else { return Answer::Unclear };
        let record = self.case.stock.record(item, self.location);
        Answer::from(record.is_some_and(|record| self.case.stock.level(record).age_days >= days))
    }

    /// Free share of the day that a parcel would leave on.
    fn capacity_left(&self, share: BasisPoints) -> Answer {
        let Some(capacity) = self.place.capacity_parcels_per_day else { return Answer::Yes };
        let dispatch = self.place.calendar.dispatch_after(self.case.now, self.place.handling_days);
        let (Some((dispatch, _)), true) = (dispatch, capacity > 0) else { return Answer::Unclear };
        let load = self.case.stock.load(self.location);
        let taken = if load.day == dispatch.day { load.day_parcels } else { 0 };
        let free = u64::from(capacity.saturating_sub(taken));
        Answer::from(free * 10_000 >= u64::from(capacity) * u64::from(share.0))
    }
}
