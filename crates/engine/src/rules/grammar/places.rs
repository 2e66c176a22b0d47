//! Places: the phrases that say which locations a rule is about.
//!
//! Owns: the kinds of places and their tests, one row each. Refuses to know: which locations those are.

use super::lexer::{Shape, quote};
use super::lists::{codes, name, names, write_codes, write_names};
use super::values::{SHELF_DAYS, UNITS, count, reach, share, unit, write_count, write_reach};
use super::{Phrase, Read, Reader, strengths};
use model::rates::MAX_ZONES;
use model::{PlaceKind, PlaceTest, Places};

/// The kinds of places but those that are named in quotes.
pub(crate) const KINDS: &[(&str, Phrase)] = &[
    (
        "stores",
        Phrase {
            form: "stores",
            patterns: &["stores"],
            example: "Only from stores.",
            means: "every location that is a store",
        },
    ),
    (
        "warehouses",
        Phrase {
            form: "warehouses",
            patterns: &["warehouses"],
            example: "Prefer warehouses, worth $1.50 a parcel.",
            means: "every location that is a warehouse",
        },
    ),
    (
        "vendors",
        Phrase {
            form: "vendors",
            patterns: &["vendors"],
            example: "Never from vendors.",
            means: "every location that ships for us from its own stock",
        },
    ),
    (
        "the chosen store",
        Phrase {
            form: "the chosen store",
            patterns: &["the chosen store"],
            example: "When the order is for pickup and the order is same-day, only from the chosen store.",
            means: "where the customer wants to collect",
        },
    ),
    (
        "all places",
        Phrase {
            form: "all places",
            patterns: &["all places"],
            example: "Prefer the nearest of all places, always.",
            means: "every location; with tests it is said 'places'",
        },
    ),
    (
        "places",
        Phrase {
            form: "places …",
            patterns: &["places"],
            example: "Prefer places within 50 miles, always.",
            means: "every location that passes the tests",
        },
    ),
];

pub(crate) const NAMED: Phrase = Phrase {
    form: "\"…\", \"…\" and \"…\"",
    patterns: &["{locations}"],
    example: "Never from \"mall\" and \"airport\".",
    means: "locations by their codes",
};

pub(crate) struct TestKind {
    opening: &'static str,
    pub(crate) phrase: Phrase,
    read: fn(&mut Reader) -> Read<PlaceTest>,
}

pub(crate) const TESTS: &[TestKind] = &[
    TestKind {
        opening: "of class",
        phrase: Phrase {
            form: "of class \"…\"",
            patterns: &["of class {class}"],
            example: "Keep at least 2 at stores of class \"hub\".",
            means: "the location's class, exactly",
        },
        read: |reader| Ok(PlaceTest::Class(name(reader, "a class")?)),
    },
    TestKind {
        opening: "tagged",
        phrase: Phrase {
            form: "tagged \"…\"",
            patterns: &["tagged {location tag}"],
            example: "Never from places tagged \"renovation\".",
            means: "the location carries this tag, exactly",
        },
        read: |reader| Ok(PlaceTest::Tag(name(reader, "a tag")?)),
    },
    TestKind {
        opening: "in",
        phrase: Phrase {
            form: "in …, … or …",
            patterns: &["in {regions}"],
            example: "Prefer stores in OR or WA, worth $1 a parcel.",
            means: "the location lies in any of these states or provinces",
        },
        read: |reader| Ok(PlaceTest::Region(codes(reader, "a state or province code")?)),
    },
    TestKind {
        opening: "in the customer's region",
        phrase: Phrase {
            form: "in the customer's region",
            patterns: &["in the customer's region"],
            example: "Prefer places in the customer's region, worth $0.80 a parcel.",
            means: "the location lies in the state or province that the order goes to",
        },
        read: |_| Ok(PlaceTest::SameRegion),
    },
    TestKind {
        opening: "within",
        phrase: Phrase {
            form: "within … miles | km",
            patterns: &["within {length} {miles|km}"],
            example: "Only from places within 300 km.",
            means: "as the crow flies, to the customer",
        },
        read: |reader| Ok(PlaceTest::Within(reach(reader)?)),
    },
    TestKind {
        opening: "up to zone",
        phrase: Phrase {
            form: "up to zone …",
            patterns: &["up to zone {zone}"],
            example: "Prefer places up to zone 4, always.",
            means: "the carrier's zone from the location to the customer",
        },
        read: |reader| Ok(PlaceTest::ZoneAtMost(count(reader, 1..=MAX_ZONES as u32)? as u8)),
    },
    TestKind {
        opening: "with at least",
        phrase: Phrase {
            form: "with at least … on hand",
            patterns: &["with at least {units} on hand"],
            example: "Prefer the nearest of stores with at least 2 on hand, always.",
            means: "units of the item that are available there before this order",
        },
        read: on_hand_or_capacity,
    },
    TestKind {
        opening: "with accuracy of at least",
        phrase: Phrase {
            form: "with accuracy of at least …%",
            patterns: &["with accuracy of at least {share}"],
            example: "Only from places with accuracy of at least 97%.",
            means: "share of stock records that match the shelf",
        },
        read: |reader| Ok(PlaceTest::AccuracyAtLeast(share(reader)?)),
    },
    TestKind {
        opening: "with stock at least",
        phrase: Phrase {
            form: "with stock at least … days old",
            patterns: &["with stock at least {shelf days} days old"],
            example: "Prefer stores with stock at least 120 days old, worth $2 a parcel.",
            means: "how long the item has been there",
        },
        read: |reader| {
            let days = count(reader, SHELF_DAYS)?;
            unit(reader, "day")?;
            reader.expect("old")?;
            Ok(PlaceTest::AgedAtLeast(days))
        },
    },
    TestKind {
        opening: "open now",
        phrase: Phrase {
            form: "open now",
            patterns: &["open now"],
            example: "Prefer stores open now, always.",
            means: "by the location's own hours, when the order is decided",
        },
        read: |_| Ok(PlaceTest::OpenNow),
    },
];

/// Shares its opening with the test of what is on hand.
pub(crate) const CAPACITY: Phrase = Phrase {
    form: "with at least …% of capacity left",
    patterns: &["with at least {share} of capacity left"],
    example: "Prefer places with at least 20% of capacity left, worth $1 a parcel.",
    means: "of the day's parcels; a location without a limit passes",
};

fn on_hand_or_capacity(reader: &mut Reader) -> Read<PlaceTest> {
    if reader.word().is_some_and(|word| word.ends_with('%')) {
        let left = share(reader)?;
        reader.expect("of capacity left")?;
        return Ok(PlaceTest::CapacityLeftAtLeast(left));
    }
    let units = count(reader, UNITS)?;
    reader.expect("on hand")?;
    Ok(PlaceTest::OnHandAtLeast(units))
}

/// Places, and all that is said about them.
pub(crate) fn read(reader: &mut Reader) -> Read<Places> {
    let kind = read_kind(reader)?;
    let mut tests = Vec::new();
    let openings: Vec<&str> = TESTS.iter().map(|kind| kind.opening).collect();
    // How strong a preference is comes behind the places, with a comma that is easily forgotten.
    while reader.next_is(Shape::Word) && !strengths::is_next(reader) {
        // The first test follows the kind at once, the others are joined to it.
        if !tests.is_empty() && !reader.take("and") {
            return Err(
                reader.is_not("'and' with one more thing about the place", "write ' and ' between them")
            );
        }
        let test = reader.choose("something that a place can be", &openings)?;
        tests.push((TESTS[test].read)(reader)?);
    }
    Ok(Places { kind, tests })
}

fn read_kind(reader: &mut Reader) -> Read<PlaceKind> {
    if reader.next_is(Shape::Quoted) {
        return Ok(PlaceKind::Named(names(reader, "a location's code")?));
    }
    let openings: Vec<&str> = KINDS.iter().map(|(opening, _)| *opening).collect();
    let mut singular = openings.clone();
    singular.extend(["store", "warehouse", "vendor"]);
    let is_slip = singular[openings.len()..].iter().any(|word| reader.says(word));
    if is_slip {
        let word = reader.word().unwrap_or("").to_ascii_lowercase();
        return Err(reader.is_not("a place", format!("did you mean '{word}s'?")));
    }
    Ok(match reader.choose("a place", &openings)? {
        0 => PlaceKind::Stores,
        1 => PlaceKind::Warehouses,
        2 => PlaceKind::Vendors,
        3 => PlaceKind::ChosenStore,
        _ => PlaceKind::Anywhere,
    })
}

pub(crate) fn write(places: &Places) -> String {
    let kind = match &places.kind {
        PlaceKind::Anywhere if places.tests.is_empty() => "all places".to_owned(),
        PlaceKind::Anywhere => "places".to_owned(),
        PlaceKind::Stores => "stores".to_owned(),
        PlaceKind::Warehouses => "warehouses".to_owned(),
        PlaceKind::Vendors => "vendors".to_owned(),
        // Nobody can write it: a set that the program makes prices every parcel with it.
        PlaceKind::Named(codes) if codes.is_empty() => "no place".to_owned(),
        PlaceKind::Named(codes) => write_names(codes),
        PlaceKind::ChosenStore => "the chosen store".to_owned(),
    };
    let tests: Vec<String> = places.tests.iter().map(write_test).collect();
    if tests.is_empty() { kind } else { format!("{kind} {}", tests.join(" and ")) }
}

pub(crate) fn write_test(test: &PlaceTest) -> String {
    match test {
        PlaceTest::Class(class) => format!("of class {}", quote(class)),
        PlaceTest::Tag(tag) => format!("tagged {}", quote(tag)),
        PlaceTest::Region(regions) => format!("in {}", write_codes(regions)),
        PlaceTest::SameRegion => "in the customer's region".to_owned(),
        PlaceTest::Within(reach) => format!("within {}", write_reach(*reach)),
        PlaceTest::ZoneAtMost(zone) => format!("up to zone {zone}"),
        PlaceTest::OnHandAtLeast(units) => format!("with at least {units} on hand"),
        PlaceTest::AccuracyAtLeast(share) => format!("with accuracy of at least {share}"),
        PlaceTest::CapacityLeftAtLeast(share) => format!("with at least {share} of capacity left"),
        PlaceTest::AgedAtLeast(days) => format!("with stock at least {} old", write_count(*days, "day")),
        PlaceTest::OpenNow => "open now".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Currency;

    #[track_caller]
    fn check(text: &str) {
        let mut reader = Reader::new(text, Currency::USD).unwrap();
        let places = read(&mut reader).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        assert_eq!(write(&places), text);
        assert!(reader.finish().is_ok(), "{text}");
    }

    #[track_caller]
    fn check_fault(text: &str, problem: &str, remedy: &str) {
        let fault = read(&mut Reader::new(text, Currency::USD).unwrap()).unwrap_err();
        assert_eq!((fault.problem.as_str(), fault.remedy.as_str()), (problem, remedy));
    }

    #[test]
    fn every_kind_and_test_of_a_place_reads_back_as_it_was_written() {
        for text in [
            "stores",
            "warehouses",
            "vendors",
            "the chosen store",
            "all places",
            "\"mall\"",
            "\"mall\", \"a \\\"b\\\"\" and \"depot\" open now",
            "places of class \"hub\"",
            "places tagged \"x\" and in OR, WA or CA and in the customer's region",
            "stores within 1 mile and within 80 km and up to zone 4",
            "stores with at least 2 on hand and with accuracy of at least 98.5%",
            "stores with at least 20% of capacity left and with stock at least 1 day old and open now",
        ] {
            check(text);
        }
    }

    #[test]
    fn slips_are_answered() {
        check_fault("warehuses", "'warehuses' is not a place", "did you mean 'warehouses'?");
        check_fault("Warehouse", "'Warehouse' is not a place", "did you mean 'warehouses'?");
        check_fault(
            "stores witin 5 miles",
            "'witin' is not something that a place can be",
            "did you mean 'within'?",
        );
        check_fault(
            "stores with accuracy of at least 98",
            "'98' is not a share from 0% to 100%",
            "write it as '98%' or '98.5%'",
        );
        check_fault(
            "stores open now within 5 km",
            "'within' is not 'and' with one more thing about the place",
            "write ' and ' between them",
        );
    }
}
