//! Every way in which carriers' tables can be wrong, with the sentence that says so.

mod scratch;

use connect::files::Folder;
use scratch::Scratch;

const GOOD: [(&str, &str); 4] = [
    ("locations.csv", "location_id,zip\nmall,97201\n"),
    ("products.csv", "sku\nMUG\n"),
    ("inventory.csv", "location_id,sku,on_hand_units\nmall,MUG,2\n"),
    ("rates.csv", "service,price_tier,max_weight_lb,zone,rate_usd\nvan,day,9,1,3\nmail,day,9,2,4\n"),
];

/// The faults of the good folder with these files replaced.
#[track_caller]
fn check(replaced: &[(&str, &str)], expect: &str) {
    let dir = Scratch::new();
    for (name, text) in GOOD.iter().chain(replaced) {
        dir.write(name, text.as_bytes());
    }
    let faults = Folder::open(dir.path()).map_or_else(|faults| faults.to_string(), |_| "none".to_owned());
    assert_eq!(faults, expect);
}

#[test]
fn the_good_folder_is_good() {
    check(&[], "none");
}

#[test]
fn price_tiers_must_be_chosen() {
    let two = "service,price_tier,weight_lb,zone,price\nmail,retail,1,1,5\nmail,commercial,1,1,4\n";
    check(
        &[("rates.csv", two)],
        "rates.csv, column price_tier: has prices of 2 tiers: retail, commercial; say in manifest.json which one you are charged, as in \"price_tier\": \"retail\"",
    );
    check(
        &[("rates.csv", two), ("manifest.json", "{\"price_tier\": \"cubic\"}")],
        "manifest.json, column price_tier: 'cubic' is no price tier of rates.csv; write one of retail, commercial",
    );
    check(
        &[
            ("rates.csv", "service,weight_lb,zone,price\nmail,1,1,5\n"),
            ("manifest.json", "{\"price_tier\": \"retail\"}"),
        ],
        "manifest.json, column price_tier: 'retail' is no price tier of rates.csv; remove it; the rates there have no tiers",
    );
    let many: String = (0..17).map(|n| format!("mail,tier {n},1,1,5\n")).collect();
    check(
        &[("rates.csv", &format!("service,price_tier,weight_lb,zone,price\n{many}"))],
        "rates.csv, row 18, column price_tier: 'tier 16' is beyond the 16 tiers that there may be; keep those that you could be charged",
    );
}

#[test]
fn a_tier_is_not_chosen_of_the_built_in_tariff() {
    let dir = Scratch::new();
    for (name, text) in GOOD.iter().filter(|(name, _)| *name != "rates.csv") {
        dir.write(name, text.as_bytes());
    }
    dir.write("manifest.json", b"{\"price_tier\": \"retail\"}");
    assert_eq!(
        Folder::open(dir.path()).unwrap_err().to_string(),
        "manifest.json, column price_tier: chooses a price tier without a rates.csv; add that file, or remove price_tier"
    );
}

#[test]
fn weights_of_a_published_table() {
    let table = |rows: &str| format!("service,weight_not_over,weight_unit,zone,price_usd\n{rows}");
    check(
        &[("rates.csv", &table("mail,4,stone,1,5\nmail,4,,1,5\nmail,heavy,lb,1,5\nmail,,lb,1,5\n"))],
        "rates.csv, row 2, column weight_unit: 'stone' is not a unit of weight; write oz, lb, g or kg\n\
         rates.csv, row 3, column weight_unit: '' is not a unit of weight; write oz, lb, g or kg\n\
         rates.csv, row 4, column weight_not_over: 'heavy' is not a weight; write a number of the column's unit, 0 or more and at most 10 tonnes\n\
         rates.csv, row 5: has no weight; fill one of max_weight_oz, max_weight_lb, max_weight_g, max_weight_kg, weight_lb or weight_not_over",
    );
    check(
        &[("rates.csv", &table("mail,16,oz,1,5\nmail,1,lb,1,6\n"))],
        "rates.csv: service mail, zone 1 has two rows for 16 oz; keep one of them",
    );
    check(
        &[("rates.csv", &table("mail,1,lb,1,5\nmail,oversized,,1,6\nmail,Oversized,,1,7\n"))],
        "rates.csv: service mail, zone 1 has two rows for oversized; keep one of them",
    );
    check(
        &[("rates.csv", &table("mail,1,lb,1,5\nvan,oversized,,1,6\n"))],
        "rates.csv: 'van' has an oversized price and none by weight; add its prices by weight",
    );
    check(
        &[("rates.csv", &table("mail,1,lb,1,5\nmail_oversized,1,lb,1,5\nmail,oversized,,1,6\n"))],
        "rates.csv: 'mail_oversized' is the name of oversized prices, too; give that service another name",
    );
    check(
        &[(
            "rates.csv",
            "service,weight_lb,zone,price_usd\nmail,1,0,5\nmail,1,21,5\nmail,1,2,-5\nmail,1,2,free\n",
        )],
        "rates.csv, row 2, column zone: '0' is not a zone; write a whole number from 1 to 20\n\
         rates.csv, row 3, column zone: '21' is not a zone; write a whole number from 1 to 20\n\
         rates.csv, row 4, column rate_usd: '-5' is not a price; write 0 or more; what is paid cannot be negative\n\
         rates.csv, row 5, column rate_usd: 'free' is not an amount of money; write digits with at most 4 decimals and no currency sign, such as 12.50",
    );
    let many: String = (0..9).map(|n| format!("m{n},1,lb,1,5\nm{n},oversized,,1,6\n")).collect();
    check(
        &[("rates.csv", &table(&many))],
        "rates.csv: has more than 16 services, oversized prices counted; remove services that are never used",
    );
}

#[test]
fn terms_of_services() {
    check(
        &[("services.csv", "service,transit_days\nvann,2\nbarge,2\nvan,2\nvan,3\n,2\n")],
        "services.csv, row 2, column service: 'vann' is no service that has rates; write van\n\
         services.csv, row 3, column service: 'barge' is no service that has rates; write one of van, mail\n\
         services.csv, row 5, column service: 'van' stood already above; keep one row for each service\n\
         services.csv, row 6, column service: is empty; write the name of a service",
    );
    check(
        &[("services.csv", "service,transit_days\nvan,two\nmail,1;61\n")],
        "services.csv, row 2, column transit_days: 'two' is not a list of days; write one number from 0 to 60, or up to 20 of them with ; between, by zone from 1\n\
         services.csv, row 3, column transit_days: '1;61' is not a list of days; write one number from 0 to 60, or up to 20 of them with ; between, by zone from 1",
    );
    check(
        &[("services.csv", "service,dim_divisor,max_longest_in\nvan,5000,\nmail,139,-2\n")],
        "services.csv, row 2, column dim_in3_per_lb: '5000' is not a dimensional divisor; write a whole number from 50 to 1000\n\
         services.csv, row 3, column max_longest_in: '-2' is not a length; write a number from 1 to 10000",
    );
    let two_ways = "mixes two ways to tell dimensional weight, or tells half of one; fill dim_in3_per_lb and dim_over_in3, or dim_cm3_per_kg and dim_over_cm3";
    check(
        &[(
            "services.csv",
            "service,dim_in3_per_lb,dim_over_in3,dim_cm3_per_kg\nvan,139,,5000\nmail,,1728,\n",
        )],
        &format!("services.csv, row 2: {two_ways}\nservices.csv, row 3: {two_ways}"),
    );
}

#[test]
fn surcharges_that_are_never_due() {
    let table = |rows: &str| format!("service,when,over,up_to,unit,zone_from,zone_to,amount_usd\n{rows}");
    check(
        &[(
            "surcharges.csv",
            &table(
                "bus,always,,,,,,1\nvan,sunday,,,,,,1\nvan,always,5,,,,,1\nvan,always,,,,3,2,1\nvan,always,,,,,,-1\n",
            ),
        )],
        "surcharges.csv, row 2, column service: 'bus' is no service that has rates; write one of van, mail\n\
         surcharges.csv, row 3, column when: 'sunday' is not a reason for a surcharge; write longest_side, volume, weight, residential or always\n\
         surcharges.csv, row 4, column over: is filled where nothing is measured; empty it, or correct when\n\
         surcharges.csv, row 5, column zone_to: is nearer than zone_from; write the nearer zone into zone_from\n\
         surcharges.csv, row 6, column amount_usd: '-1' is not a price; write 0 or more; what is paid cannot be negative",
    );
    check(
        &[(
            "surcharges.csv",
            &table(
                "van,longest_side,22,,ft,,,1\nvan,longest side,30,22,in,,,1\nvan,longest_side,,22,in,,,1\nvan,volume,2,,in,,,1\nvan,weight,50,70,lb,,,1\nvan,weight,50,,,,,1\n",
            ),
        )],
        "surcharges.csv, row 2, column unit: 'ft' is not a unit of length; write in, cm or mm\n\
         surcharges.csv, row 3, column up_to: is not above over; write the longer side into up_to\n\
         surcharges.csv, row 4, column over: is empty; write above what the surcharge is due\n\
         surcharges.csv, row 5, column unit: 'in' is not a unit of volume; write in3, ft3 or cm3\n\
         surcharges.csv, row 6, column up_to: is for longest_side alone; remove it; of rows for rising volumes or weights all that are due are added up\n\
         surcharges.csv, row 7, column unit: '' is not a unit of weight; write oz, lb, g or kg",
    );
    check(
        &[("surcharges.csv", &table(&"van,always,,,,,,1\n".repeat(101)))],
        "surcharges.csv, row 102: is beyond the 100 surcharges that a service may have; remove those that are never due",
    );
}

#[test]
fn pairs_of_prefixes() {
    check(
        &[(
            "zone_pairs.csv",
            "origin_zip3,dest_zip3,zone\n97201,021,8\n972,O21,8\n972,021,0\n972,021,8\n972,021,8\n972,21,7\n,021,8\n",
        )],
        "zone_pairs.csv, row 2, column origin_zip3: '97201' is not the beginning of a ZIP code; write its first three digits\n\
         zone_pairs.csv, row 3, column dest_zip3: 'O21' is not the beginning of a ZIP code; write its first three digits\n\
         zone_pairs.csv, row 4, column zone: '0' is not a zone; write a whole number from 1 to 20\n\
         zone_pairs.csv, row 7: stood already above with zone 8; keep one zone for each pair\n\
         zone_pairs.csv, row 8, column origin_zip3: '' is not the beginning of a ZIP code; write its first three digits",
    );
    check(
        &[("zone_pairs.csv", "origin_zip3,zone\n972,8\n")],
        "zone_pairs.csv, row 1: column dest_zip3 is missing; found are origin_zip3, zone; add the column dest_zip3",
    );
}
