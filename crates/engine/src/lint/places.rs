//! The locations that a phrase names, as far as the network alone tells.
//!
//! Owns: which locations may be meant and which are for certain. Refuses to know: distance, stock and hours,
//! which make a location possible and never certain.

use model::rates::MAX_ZONES;
use model::{Lane, Location, LocationKind, Network, PlaceKind, PlaceTest, Places};

pub(super) struct PlaceSet<'a> {
    places: &'a Places,
    /// By location: some order may find it among them.
    pub(super) may: Vec<bool>,
    /// By location: every order finds it among them.
    pub(super) must: Vec<bool>,
}

/// What the network alone says about a test.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    /// It depends on the order, the stock or the time.
    Open,
}

impl Answer {
    fn of(holds: bool) -> Answer {
        if holds { Answer::Yes } else { Answer::No }
    }
}

impl<'a> PlaceSet<'a> {
    pub(super) fn of(places: &'a Places, network: &Network) -> PlaceSet<'a> {
        let answers = network.locations.iter().map(|location| answer(places, location));
        let answers: Vec<Answer> = answers.collect();
        let may = answers.iter().map(|answer| *answer != Answer::No).collect();
        let must = answers.iter().map(|answer| *answer == Answer::Yes).collect();
        PlaceSet { places, may, must }
    }

    pub(super) fn is_surely_empty(&self) -> bool {
        !self.may.contains(&true)
    }

    pub(super) fn is_surely_everything(&self) -> bool {
        !self.must.contains(&false)
    }

    /// Whatever the order, each of these places is one of `other`.
    pub(super) fn is_within(&self, other: &PlaceSet<'_>) -> bool {
        let by_network = self.may.iter().zip(&other.must).all(|(may, must)| !may || *must);
        by_network || is_said_within(self.places, other.places)
    }

    /// Whatever the order, no place is in both.
    pub(super) fn is_apart_from(&self, other: &PlaceSet<'_>) -> bool {
        self.may.iter().zip(&other.may).all(|(mine, theirs)| !(*mine && *theirs))
    }
}

fn answer(places: &Places, location: &Location) -> Answer {
    let of_kind = match &places.kind {
        PlaceKind::Anywhere => Answer::Yes,
        PlaceKind::Stores => Answer::of(location.kind == LocationKind::Store),
        PlaceKind::Warehouses => Answer::of(location.kind == LocationKind::Warehouse),
        PlaceKind::Vendors => Answer::of(location.kind == LocationKind::Vendor),
        PlaceKind::Named(codes) => Answer::of(codes.contains(&location.code)),
        PlaceKind::ChosenStore if location.lanes.has(Lane::Pickup) => Answer::Open,
        PlaceKind::ChosenStore => Answer::No,
    };
    let answers = places.tests.iter().map(|test| test_answer(test, location));
    answers.fold(of_kind, |all, one| match (all, one) {
        (Answer::No, _) | (_, Answer::No) => Answer::No,
        (Answer::Yes, Answer::Yes) => Answer::Yes,
        _ => Answer::Open,
    })
}

fn test_answer(test: &PlaceTest, location: &Location) -> Answer {
    match test {
        PlaceTest::Class(class) => Answer::of(location.class == *class),
        PlaceTest::Tag(tag) => Answer::of(location.tags.contains(tag)),
        PlaceTest::Region(regions) => Answer::of(regions.contains(&location.region)),
        PlaceTest::SameRegion if location.region.is_empty() => Answer::No,
        PlaceTest::Within(_) if location.point.is_none() => Answer::Open,
        PlaceTest::AccuracyAtLeast(least) => {
            Answer::of(location.accuracy.is_some_and(|known| known >= *least))
        }
        PlaceTest::CapacityLeftAtLeast(_) if location.capacity_parcels_per_day.is_none() => Answer::Yes,
        _ if is_always_true(test) => Answer::Yes,
        _ => Answer::Open,
    }
}

/// The test holds wherever it is asked.
pub(super) fn is_always_true(test: &PlaceTest) -> bool {
    match test {
        PlaceTest::OnHandAtLeast(least) | PlaceTest::AgedAtLeast(least) => *least == 0,
        PlaceTest::CapacityLeftAtLeast(least) => least.0 == 0,
        PlaceTest::ZoneAtMost(most) => usize::from(*most) >= MAX_ZONES,
        _ => false,
    }
}

/// The words alone say that one set is within the other: the same kind, and at least as strict.
fn is_said_within(narrow: &Places, wide: &Places) -> bool {
    let is_kind_within = wide.kind == PlaceKind::Anywhere || wide.kind == narrow.kind;
    let is_implied = |test: &PlaceTest| narrow.tests.iter().any(|given| implies(given, test));
    is_kind_within && wide.tests.iter().all(is_implied)
}

fn implies(given: &PlaceTest, asked: &PlaceTest) -> bool {
    match (given, asked) {
        (PlaceTest::Region(given), PlaceTest::Region(asked)) => {
            given.iter().all(|region| asked.contains(region))
        }
        (PlaceTest::Within(given), PlaceTest::Within(asked)) => given.distance() <= asked.distance(),
        (PlaceTest::ZoneAtMost(given), PlaceTest::ZoneAtMost(asked)) => given <= asked,
        (PlaceTest::OnHandAtLeast(given), PlaceTest::OnHandAtLeast(asked))
        | (PlaceTest::AgedAtLeast(given), PlaceTest::AgedAtLeast(asked)) => given >= asked,
        (PlaceTest::AccuracyAtLeast(given), PlaceTest::AccuracyAtLeast(asked))
        | (PlaceTest::CapacityLeftAtLeast(given), PlaceTest::CapacityLeftAtLeast(asked)) => given >= asked,
        _ => given == asked,
    }
}
