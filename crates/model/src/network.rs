//! The network: locations, products, rates and the ways between places. Slow to change, built once, shared.

use crate::amount::Currency;
use crate::calendar::Day;
use crate::location::{Location, LocationId};
use crate::measure::{Distance, Point};
use crate::product::{Product, ProductId};
use crate::rates::{RateBook, Zone};
use crate::settings::{Settings, TransitDays};
use std::collections::BTreeMap;

/// A destination that the network knows: a postal prefix, usually.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlaceId(pub u32);

/// Most locations of a network.
pub const MAX_LOCATIONS: usize = 4_000;

/// The ways from every location to one destination, by location.
#[derive(Clone, Copy, Debug)]
pub struct Ways<'a> {
    pub zones: &'a [Zone],
    pub distances: &'a [Distance],
}

#[derive(Clone, Debug)]
pub struct Network {
    pub currency: Currency,
    /// Sorted by code.
    pub locations: Vec<Location>,
    /// Sorted by SKU.
    pub products: Vec<Product>,
    pub rates: RateBook,
    pub settings: Settings,
    places: BTreeMap<String, PlaceId>,
    place_points: Vec<Option<Point>>,
    zones: Vec<Zone>,
    distances: Vec<Distance>,
}

/// What is missing for a [`Network`]; see [`Network::new`].
#[derive(Clone, Debug)]
pub struct NetworkParts {
    pub currency: Currency,
    pub locations: Vec<Location>,
    pub products: Vec<Product>,
    pub rates: RateBook,
    pub settings: Settings,
}

impl Network {
    /// Sorts locations by code and products by SKU; later entries of the same code are dropped, so readers
    /// report duplicates before. Ids inside products (substitutes, components) must already be those of
    /// sorted order.
    pub fn new(mut parts: NetworkParts) -> Network {
        parts.locations.sort_by(|a, b| a.code.cmp(&b.code));
        parts.locations.dedup_by(|b, a| a.code == b.code);
        parts.locations.truncate(MAX_LOCATIONS);
        parts.products.sort_by(|a, b| a.sku.cmp(&b.sku));
        parts.products.dedup_by(|b, a| a.sku == b.sku);
        Network {
            currency: parts.currency,
            locations: parts.locations,
            products: parts.products,
            rates: parts.rates,
            settings: parts.settings,
            places: BTreeMap::new(),
            place_points: Vec::new(),
            zones: Vec::new(),
            distances: Vec::new(),
        }
    }

    pub fn location(&self, id: LocationId) -> &Location {
        &self.locations[id.index()]
    }

    pub fn product(&self, id: ProductId) -> &Product {
        &self.products[id.index()]
    }

    pub fn location_by_code(&self, code: &str) -> Option<LocationId> {
        let found = self.locations.binary_search_by(|location| location.code.as_str().cmp(code));
        found.ok().map(|i| LocationId(i as u16))
    }

    pub fn product_by_sku(&self, sku: &str) -> Option<ProductId> {
        let found = self.products.binary_search_by(|product| product.sku.as_str().cmp(sku));
        found.ok().map(|i| ProductId(i as u32))
    }

    pub fn location_ids(&self) -> impl Iterator<Item = LocationId> + use<> {
        (0..self.locations.len() as u16).map(LocationId)
    }

    pub fn place(&self, name: &str) -> Option<PlaceId> {
        self.places.get(name).copied()
    }

    pub fn place_point(&self, place: PlaceId) -> Option<Point> {
        self.place_points[place.0 as usize]
    }

    pub fn place_count(&self) -> usize {
        self.place_points.len()
    }

    /// Adds a destination with the ways to it from every location, in location order, or returns the one
    /// that has this name already.
    ///
    /// # Panics
    /// When `ways` does not have exactly one entry per location.
    pub fn add_place(&mut self, name: &str, point: Option<Point>, ways: &[(Zone, Distance)]) -> PlaceId {
        assert_eq!(ways.len(), self.locations.len(), "one way per location");
        if let Some(known) = self.place(name) {
            return known;
        }
        let id = PlaceId(self.place_points.len() as u32);
        self.places.insert(name.to_owned(), id);
        self.place_points.push(point);
        self.zones.extend(ways.iter().map(|way| way.0));
        self.distances.extend(ways.iter().map(|way| way.1));
        id
    }

    /// Adds a destination whose zones follow from its distance to each location.
    pub fn add_place_at(&mut self, name: &str, point: Point) -> PlaceId {
        let ways: Vec<(Zone, Distance)> =
            self.locations.iter().map(|location| self.way(location, point)).collect();
        self.add_place(name, Some(point), &ways)
    }

    /// Zone and distance from a location to a point. A location without coordinates is as far as can be.
    pub fn way(&self, location: &Location, to: Point) -> (Zone, Distance) {
        let distance = location.point.map_or(Distance::UNKNOWN, |from| from.distance_to(to));
        (self.rates.zone_for(distance), distance)
    }

    pub fn ways(&self, place: PlaceId) -> Ways<'_> {
        let count = self.locations.len();
        let start = place.0 as usize * count;
        Ways { zones: &self.zones[start..start + count], distances: &self.distances[start..start + count] }
    }

    /// Transit days that fit between handing over on `dispatch` and arriving on `by`; negative when `by` is before.
    pub fn transit_days_between(&self, dispatch: Day, by: Day) -> i32 {
        match &self.settings.transit {
            TransitDays::Calendar => by.0 - dispatch.0,
            TransitDays::Working { .. } if by >= dispatch => {
                (dispatch.0 + 1..=by.0).filter(|&day| self.is_transit_day(Day(day))).count() as i32
            }
            TransitDays::Working { .. } => {
                -((by.0 + 1..=dispatch.0).filter(|&day| self.is_transit_day(Day(day))).count() as i32)
            }
        }
    }

    /// The day on which a parcel handed over on `dispatch` arrives after `transit_days`.
    pub fn arrival(&self, dispatch: Day, transit_days: u8) -> Day {
        let mut day = dispatch;
        let mut left = transit_days;
        while left > 0 {
            day = Day(day.0 + 1);
            if self.is_transit_day(day) {
                left -= 1;
            }
        }
        day
    }

    fn is_transit_day(&self, day: Day) -> bool {
        match &self.settings.transit {
            TransitDays::Calendar => true,
            // A week without a single working day would never end: it counts as all working.
            TransitDays::Working { weekdays, holidays } => {
                weekdays & 0x7f == 0 || weekdays >> day.weekday() & 1 == 1 && !holidays.contains(&day)
            }
        }
    }
}
