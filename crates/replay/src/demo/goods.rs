//! What the demonstration sells: 300 goods of 13 kinds.

use crate::chance::Chance;

/// A good. Amounts are in cents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Good {
    pub sku: String,
    pub name: String,
    pub category: &'static str,
    /// `standard`, `fragile` or `oversize`.
    pub handling: &'static str,
    pub weight_oz: i64,
    pub price_cents: i64,
    pub margin_cents: i64,
    /// Longest first.
    pub sides_mm: [u32; 3],
    /// How often it is bought, relative to the others.
    pub popularity: u64,
}

/// A size that a kind comes in.
struct Size {
    name: &'static str,
    weight_oz: i64,
    price_cents: i64,
    sides_mm: [u32; 3],
}

struct Kind {
    prefix: &'static str,
    noun: &'static str,
    category: &'static str,
    handling: &'static str,
    margin_percent: i64,
    popularity: u64,
    names: &'static [&'static str],
    sizes: &'static [Size],
}

const fn size(name: &'static str, weight_oz: i64, price_cents: i64, sides_mm: [u32; 3]) -> Size {
    Size { name, weight_oz, price_cents, sides_mm }
}

const ORIGINS: [&str; 14] = [
    "Huehuetenango",
    "Yirgacheffe",
    "Antigua",
    "Tarrazu",
    "Narino",
    "Sidamo",
    "Mandheling",
    "Kona",
    "Cerrado",
    "Cajamarca",
    "Gayo",
    "Nyeri",
    "Marcala",
    "Boquete",
];
const TEAS: [&str; 12] = [
    "Assam",
    "Darjeeling",
    "Uji",
    "Keemun",
    "Yunnan",
    "Dimbula",
    "Anxi",
    "Nilgiri",
    "Cederberg",
    "Shizuoka",
    "Wuyi",
    "Kandy",
];
const COLORS: [&str; 12] =
    ["Slate", "Moss", "Sand", "Rust", "Fog", "Indigo", "Clay", "Snow", "Ink", "Ochre", "Fern", "Plum"];
const PLACES: [&str; 12] = [
    "Cannon Beach",
    "Hood River",
    "Astoria",
    "Marfa",
    "Luckenbach",
    "Leadville",
    "Ouray",
    "Salida",
    "Red Hook",
    "Cape May",
    "Yellow Springs",
    "Hocking Hills",
];

const KINDS: [Kind; 13] = [
    Kind {
        prefix: "COF",
        noun: "coffee",
        category: "coffee",
        handling: "standard",
        margin_percent: 46,
        popularity: 9,
        names: &ORIGINS,
        sizes: &[
            size("12 oz", 13, 1_700, [230, 90, 70]),
            size("2 lb", 34, 3_900, [300, 130, 90]),
            size("5 lb", 83, 8_400, [420, 190, 120]),
        ],
    },
    Kind {
        prefix: "TEA",
        noun: "tea",
        category: "tea",
        handling: "standard",
        margin_percent: 55,
        popularity: 4,
        names: &TEAS,
        sizes: &[size("tin", 6, 1_400, [110, 80, 80]), size("pouch", 17, 3_200, [260, 160, 90])],
    },
    Kind {
        prefix: "MUG",
        noun: "mug",
        category: "mugs",
        handling: "fragile",
        margin_percent: 58,
        popularity: 5,
        names: first_ten(),
        sizes: &[
            size("8 oz", 14, 1_800, [130, 110, 100]),
            size("12 oz", 18, 2_200, [140, 120, 110]),
            size("espresso pair", 16, 2_600, [170, 100, 90]),
        ],
    },
    Kind {
        prefix: "GLS",
        noun: "glasses",
        category: "glassware",
        handling: "fragile",
        margin_percent: 54,
        popularity: 3,
        names: first_eight(),
        sizes: &[
            size("pair", 22, 2_400, [220, 120, 110]),
            size("set of four", 44, 4_400, [240, 220, 120]),
            size("carafe", 38, 3_600, [280, 140, 140]),
        ],
    },
    Kind {
        prefix: "POR",
        noun: "pour-over",
        category: "brewing",
        handling: "fragile",
        margin_percent: 50,
        popularity: 3,
        names: first_ten(),
        sizes: &[size("one cup", 19, 2_900, [150, 140, 120]), size("six cup", 41, 5_200, [260, 170, 170])],
    },
    Kind {
        prefix: "GRI",
        noun: "grinder",
        category: "brewing",
        handling: "standard",
        margin_percent: 38,
        popularity: 2,
        names: first_eight(),
        sizes: &[size("hand", 26, 6_900, [220, 90, 90]), size("electric", 118, 16_900, [370, 200, 160])],
    },
    Kind {
        prefix: "KET",
        noun: "kettle",
        category: "brewing",
        handling: "standard",
        margin_percent: 41,
        popularity: 2,
        names: first_eight(),
        sizes: &[size("stovetop", 36, 5_400, [300, 210, 170]), size("electric", 64, 11_900, [330, 250, 220])],
    },
    Kind {
        prefix: "FIL",
        noun: "filters",
        category: "supplies",
        handling: "standard",
        margin_percent: 62,
        popularity: 7,
        names: first_ten(),
        sizes: &[size("100", 6, 700, [190, 150, 50]), size("400", 21, 2_300, [200, 160, 160])],
    },
    Kind {
        prefix: "LIN",
        noun: "linen",
        category: "linen",
        handling: "standard",
        margin_percent: 57,
        popularity: 2,
        names: &COLORS,
        sizes: &[
            size("towel", 7, 1_600, [250, 180, 30]),
            size("napkins", 12, 3_400, [250, 250, 40]),
            size("tablecloth", 29, 7_800, [330, 270, 60]),
        ],
    },
    Kind {
        prefix: "CAN",
        noun: "candle",
        category: "home",
        handling: "standard",
        margin_percent: 60,
        popularity: 3,
        names: &PLACES,
        sizes: &[size("travel", 8, 1_500, [90, 80, 60]), size("large", 21, 3_400, [120, 110, 110])],
    },
    Kind {
        prefix: "BSK",
        noun: "furniture",
        category: "furniture",
        handling: "oversize",
        margin_percent: 44,
        popularity: 1,
        names: first_eight(),
        sizes: &[size("basket", 96, 8_900, [610, 460, 410]), size("stool", 210, 15_900, [660, 420, 420])],
    },
    Kind {
        prefix: "ESP",
        noun: "espresso machine",
        category: "machines",
        handling: "oversize",
        margin_percent: 28,
        popularity: 1,
        names: first_four(),
        sizes: &[size("single", 420, 54_900, [480, 420, 390]), size("dual", 640, 94_900, [560, 500, 460])],
    },
    Kind {
        prefix: "SYR",
        noun: "syrup",
        category: "pantry",
        handling: "fragile",
        margin_percent: 52,
        popularity: 3,
        names: &PLACES,
        sizes: &[size("8 oz", 19, 1_300, [210, 70, 70]), size("25 oz", 47, 2_700, [310, 90, 90])],
    },
];

const fn first_ten() -> &'static [&'static str] {
    COLORS.split_at(10).0
}

const fn first_eight() -> &'static [&'static str] {
    COLORS.split_at(8).0
}

const fn first_four() -> &'static [&'static str] {
    COLORS.split_at(4).0
}

/// All goods, by kind, name and size. Prices and popularity vary a little within a kind.
pub(super) fn all(chance: &mut Chance) -> Vec<Good> {
    let mut goods = Vec::new();
    for kind in &KINDS {
        for (i, name) in kind.names.iter().enumerate() {
            for (size, letter) in kind.sizes.iter().zip("ABC".chars()) {
                let price_cents = size.price_cents * chance.between(92, 112) / 100;
                // A few sell ten times as often as most, the larger sizes less.
                let rank = 1 + chance.below(kind.names.len() as u64);
                let size_rank = 1 + u64::from(letter as u32 - 'A' as u32);
                goods.push(Good {
                    sku: format!("{}-{:02}{letter}", kind.prefix, i + 1),
                    name: format!("{name} {}, {}", kind.noun, size.name),
                    category: kind.category,
                    handling: kind.handling,
                    weight_oz: size.weight_oz,
                    price_cents,
                    margin_cents: price_cents * kind.margin_percent / 100,
                    sides_mm: size.sides_mm,
                    popularity: kind.popularity * 1_000 / rank / size_rank,
                });
            }
        }
    }
    goods
}
