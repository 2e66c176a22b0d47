//! Tests of an item: what must hold of one of an order's items.
//!
//! Owns: their phrases, one row each. Refuses to know: that several tests are about the same item.

use super::lexer::quote;
use super::lists::name;
use super::values::{compare, money, weight, write_compare, write_money, write_weight};
use super::{Phrase, Read, Reader};
use model::{Cost, Currency, Handling, ItemTest, Velocity};

/// `an item` the first time, `the item` when it is spoken of again.
#[derive(Clone, Copy)]
pub(crate) enum Article {
    An,
    The,
}

pub(crate) struct ItemKind {
    opening: &'static str,
    pub(crate) phrase: Phrase,
    read: fn(&mut Reader) -> Read<ItemTest>,
}

pub(crate) const ITEMS: &[ItemKind] = &[
    ItemKind {
        opening: "is fragile",
        phrase: Phrase {
            form: "an item is fragile",
            patterns: &["an item is fragile"],
            example: "When an item is fragile, only from warehouses.",
            means: "by the product's handling needs",
        },
        read: |_| Ok(ItemTest::Needs(Handling::Fragile)),
    },
    ItemKind {
        opening: "is oversized",
        phrase: Phrase {
            form: "an item is oversized",
            patterns: &["an item is oversized"],
            example: "When an item is oversized, never from stores.",
            means: "by the product's handling needs",
        },
        read: |_| Ok(ItemTest::Needs(Handling::Oversized)),
    },
    ItemKind {
        opening: "is hazmat",
        phrase: Phrase {
            form: "an item is hazmat",
            patterns: &["an item is hazmat"],
            example: "When an item is hazmat, only from places tagged \"hazmat room\".",
            means: "by the product's handling needs",
        },
        read: |_| Ok(ItemTest::Needs(Handling::Hazmat)),
    },
    ItemKind {
        opening: "is age-restricted",
        phrase: Phrase {
            form: "an item is age-restricted",
            patterns: &["an item is age-restricted"],
            example: "When an item is age-restricted and the order goes to UT, hold because \"sale to Utah needs a check\".",
            means: "by the product's handling needs",
        },
        read: |_| Ok(ItemTest::Needs(Handling::AgeRestricted)),
    },
    ItemKind {
        opening: "is perishable",
        phrase: Phrase {
            form: "an item is perishable",
            patterns: &["an item is perishable"],
            example: "When an item is perishable, only from places in the customer's region.",
            means: "by the product's handling needs",
        },
        read: |_| Ok(ItemTest::Needs(Handling::Perishable)),
    },
    ItemKind {
        opening: "is in category",
        phrase: Phrase {
            form: "an item is in category \"…\"",
            patterns: &["an item is in category {category}"],
            example: "When an item is in category \"Glassware\", at most 1 parcel.",
            means: "the product's category, exactly",
        },
        read: |reader| Ok(ItemTest::Category(name(reader, "a category")?)),
    },
    ItemKind {
        opening: "is tagged",
        phrase: Phrase {
            form: "an item is tagged \"…\"",
            patterns: &["an item is tagged {product tag}"],
            example: "When an item is tagged \"made to order\", only from \"workshop\".",
            means: "the product carries this tag, exactly",
        },
        read: |reader| Ok(ItemTest::Tag(name(reader, "a tag")?)),
    },
    ItemKind {
        opening: "is in velocity class",
        phrase: Phrase {
            form: "an item is in velocity class A | B | C",
            patterns: &["an item is in velocity class {A|B|C}"],
            example: "When an item is in velocity class C, prefer places with stock at least 90 days old, worth $0.50 a parcel.",
            means: "A sells fastest",
        },
        read: |reader| {
            let class = reader.choose("a velocity class", &["A", "B", "C"])?;
            Ok(ItemTest::Velocity([Velocity::A, Velocity::B, Velocity::C][class]))
        },
    },
    ItemKind {
        opening: "is SKU",
        phrase: Phrase {
            form: "an item is SKU \"…\"",
            patterns: &["an item is SKU {sku}"],
            example: "When an item is SKU \"MUG-BLUE\", keep at least 4 at stores.",
            means: "the product's SKU, exactly",
        },
        read: |reader| Ok(ItemTest::Sku(name(reader, "a SKU")?)),
    },
    ItemKind {
        opening: "weighs",
        phrase: Phrase {
            form: "an item weighs over | under | at least | at most … lb | oz | kg | g",
            patterns: &["an item weighs {over|under|at least|at most} {weight} {lb|oz|kg|g}"],
            example: "When an item weighs at least 20 kg, only from warehouses.",
            means: "weight of one unit",
        },
        read: |reader| Ok(ItemTest::Weight(compare(reader)?, weight(reader)?)),
    },
    ItemKind {
        opening: "is priced",
        phrase: Phrase {
            form: "an item is priced over | under | at least | at most $…",
            patterns: &["an item is priced {over|under|at least|at most} {money}"],
            example: "When an item is priced over $200, only from places with accuracy of at least 98.5%.",
            means: "price of one unit",
        },
        read: |reader| Ok(ItemTest::Price(compare(reader)?, money(reader, Cost::ZERO)?)),
    },
];

/// What follows `an item` or `the item`.
pub(crate) fn read(reader: &mut Reader) -> Read<ItemTest> {
    let openings: Vec<&str> = ITEMS.iter().map(|kind| kind.opening).collect();
    let kind = reader.choose("something that an item can be", &openings)?;
    (ITEMS[kind].read)(reader)
}

pub(crate) fn write(test: &ItemTest, article: Article, currency: Currency) -> String {
    let item = match article {
        Article::An => "an item",
        Article::The => "the item",
    };
    match test {
        ItemTest::Needs(handling) => format!("{item} is {}", handling.words()),
        ItemTest::Category(category) => format!("{item} is in category {}", quote(category)),
        ItemTest::Tag(tag) => format!("{item} is tagged {}", quote(tag)),
        ItemTest::Velocity(velocity) => format!("{item} is in velocity class {}", velocity.letter()),
        ItemTest::Sku(sku) => format!("{item} is SKU {}", quote(sku)),
        ItemTest::Weight(than, weight) => {
            format!("{item} weighs {} {}", write_compare(*than), write_weight(*weight))
        }
        ItemTest::Price(than, price) => {
            format!("{item} is priced {} {}", write_compare(*than), write_money(*price, currency))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) {
        let mut reader = Reader::new(text, Currency::USD).unwrap();
        assert!(reader.take("an item"));
        let test = read(&mut reader).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        assert_eq!(write(&test, Article::An, Currency::USD), text);
        assert!(reader.finish().is_ok(), "{text}");
    }

    #[test]
    fn every_test_of_an_item_reads_back_as_it_was_written() {
        for handling in Handling::ALL {
            check(&format!("an item is {}", handling.words()));
        }
        check("an item is in category \"Glass & Co\"");
        check("an item is tagged \"gift\"");
        check("an item is in velocity class B");
        check("an item is SKU \"MUG 2\"");
        check("an item weighs at most 12 oz");
        check("an item is priced under $19.99");
    }
}
