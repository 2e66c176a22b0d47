//! The USPS price list, commercial tier: one row per service and weight step, one column per zone.

use std::collections::BTreeMap;

use super::decimal::scaled;

const HEAD: &str = "\
# USPS Ground Advantage and Priority Mail, commercial prices by weight and zone.
# columns: z1..z9 are US dollars for zone 1..9; a row holds for a weight of at most max_weight_oz
#          and above the row before it (15.999 is USPS's own step below one pound, 1 lb is 16 oz)
# source: USPS Notice 123 (price list), effective October 05, 2025
# licence: prices are facts; the layout is Baton's own
# date: 2025-10-05
# made by: cargo xtask facts
";

/// The order of the services in the table.
const SERVICES: [&str; 2] = ["ground_advantage", "priority_mail"];
const ZONES: usize = 9;
/// Weights are compared in 1/1,000 oz, so that 15.999 oz keeps its place.
const OUNCE_E3: i64 = 1_000;
const POUND_E3: i64 = 16 * OUNCE_E3;

/// Prices in cents by zone; `None` where the list has no price.
type Prices = [Option<i64>; ZONES];

pub(super) fn table(source: &str) -> Result<String, String> {
    let mut steps: BTreeMap<(usize, i64), Prices> = BTreeMap::new();
    let mut oversized: Prices = [None; ZONES];
    let mut reader = csv::Reader::from_reader(source.as_bytes());
    for row in reader.deserialize() {
        let [service, tier, weight, unit, zone, price]: [String; 6] =
            row.map_err(|error| error.to_string())?;
        let Some(service_at) = SERVICES.iter().position(|known| *known == service) else { continue };
        if tier != "commercial" {
            continue;
        }
        let at = format!("{service} {weight} {unit} zone {zone}");
        let prices = match weight_e3(&weight, &unit) {
            Some(Weight::UpTo(weight)) => steps.entry((service_at, weight)).or_default(),
            Some(Weight::Oversized) => &mut oversized,
            None => return Err(format!("{at}: no weight")),
        };
        let zone = zone.parse::<usize>().ok().and_then(|zone| prices.get_mut(zone.wrapping_sub(1)));
        let cell = zone.ok_or_else(|| format!("{at}: no such zone"))?;
        let cents = scaled(&price, 2).filter(|cents| *cents > 0);
        if cell.replace(cents.ok_or_else(|| format!("{at}: no price in `{price}`"))?).is_some() {
            return Err(format!("{at}: comes twice"));
        }
    }
    Ok(print(&steps, &oversized))
}

enum Weight {
    /// In 1/1,000 oz.
    UpTo(i64),
    Oversized,
}

fn weight_e3(weight: &str, unit: &str) -> Option<Weight> {
    match unit {
        "" if weight == "oversized" => Some(Weight::Oversized),
        "oz" => scaled(weight, 3).map(Weight::UpTo),
        "lb" => scaled(weight, 3).map(|pounds_e3| Weight::UpTo(pounds_e3 * POUND_E3 / 1_000)),
        _ => None,
    }
}

fn print(steps: &BTreeMap<(usize, i64), Prices>, oversized: &Prices) -> String {
    let mut table = HEAD.to_string();
    table.push_str("# left out: ground_advantage oversized (length plus girth over 108 up to 130 inches): ");
    table.push_str(&format!("{}\n", cells(oversized)));
    table.push_str("service,max_weight_oz,z1,z2,z3,z4,z5,z6,z7,z8,z9\n");
    for ((service, weight), prices) in steps {
        table.push_str(&format!("{},{},{}\n", SERVICES[*service], ounces(*weight), cells(prices)));
    }
    table
}

fn ounces(weight_e3: i64) -> String {
    match weight_e3 % OUNCE_E3 {
        0 => (weight_e3 / OUNCE_E3).to_string(),
        part => format!("{}.{part:03}", weight_e3 / OUNCE_E3),
    }
}

fn cells(prices: &Prices) -> String {
    let cell = |cents: &Option<i64>| cents.map(|cents| format!("{}.{:02}", cents / 100, cents % 100));
    prices.iter().map(|cents| cell(cents).unwrap_or_default()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rows: &str, expect: Result<&str, &str>) {
        let made = table(&format!("service,price_tier,weight_not_over,weight_unit,zone,price_usd\n{rows}"));
        let rows = made.map(|table| {
            let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
            rows.collect::<Vec<_>>().join("\n")
        });
        assert_eq!(rows.as_deref().map_err(String::as_str), expect);
    }

    #[test]
    fn weights_become_ounces_in_order() {
        check(
            "priority_mail,commercial,1,lb,1,8.9\n\
             priority_mail,commercial,0.5,lb,1,8.10\n\
             ground_advantage,commercial,70,lb,1,60\n\
             ground_advantage,commercial,15.999,oz,1,6.05\n",
            Ok("ground_advantage,15.999,6.05,,,,,,,,\n\
                ground_advantage,1120,60.00,,,,,,,,\n\
                priority_mail,8,8.10,,,,,,,,\n\
                priority_mail,16,8.90,,,,,,,,"),
        );
    }

    #[test]
    fn other_tiers_and_services_stay_out() {
        check("ground_advantage,retail,4,oz,1,7.20\nmedia_mail,commercial,1,lb,1,4.00\n", Ok(""));
    }

    #[test]
    fn the_oversized_row_is_told_in_the_head_only() {
        let rows = "ground_advantage,commercial,oversized,,2,108.68\n";
        check(rows, Ok(""));
        let made = table(&format!("service,price_tier,weight_not_over,weight_unit,zone,price_usd\n{rows}"));
        assert!(made.expect("a good table").contains("130 inches): ,108.68,,"));
    }

    #[test]
    fn a_row_that_cannot_be_stops_the_table() {
        check("priority_mail,commercial,1,kg,1,8.9\n", Err("priority_mail 1 kg zone 1: no weight"));
        check("priority_mail,commercial,1,lb,0,8.9\n", Err("priority_mail 1 lb zone 0: no such zone"));
        check("priority_mail,commercial,1,lb,10,8.9\n", Err("priority_mail 1 lb zone 10: no such zone"));
        check("priority_mail,commercial,1,lb,1,free\n", Err("priority_mail 1 lb zone 1: no price in `free`"));
        check(
            "priority_mail,commercial,1,lb,1,8.9\npriority_mail,commercial,1,lb,1,8.9\n",
            Err("priority_mail 1 lb zone 1: comes twice"),
        );
    }
}
