//! A setup, kept anywhere, builds the network that its folder builds.

mod beside;
mod scratch;

use beside::shared;
use connect::files::{BadInput, Cells, Folder, Setup};
use model::{Day, Network};
use scratch::Scratch;
use std::path::Path;

const FILES: [(&str, &str); 8] = [
    ("manifest.json", "\u{feff}{\"currency\": \"EUR\", \"zone_band_upper_km\": [100, 500]}"),
    ("settings.toml", "time_zone = \"Europe/Berlin\"\nfailed_pick = 6\n"),
    (
        "locations.csv",
        "Code;Name;Type;Latitude;lon;lanes;hours;wage;accuracy;fax\n\
         mitte;\"Berlin,\nMitte\";store;52,52;13,405;ship|pickup;Mo-Sa 10:00-19:00;15,5;98,5%;no\n\
         lager;;warehouse;51,05;13,74;;;12,00;1;\n",
    ),
    (
        "products.csv",
        "SKU,Title,weight_kg,price_usd,substitutes,components\n\
         TASSE,\"Tasse, blau\",0.4,9.50,KANNE,\nKANNE,,1.2,30,,\nSET,,1.6,35,,TASSE*2;KANNE\n",
    ),
    ("inventory.csv", "location_id,sku,on_hand\nmitte,TASSE,2\n"),
    (
        "rates.csv",
        "service,zone,max_weight_kg,rate_usd,transit_days\ndhl,1,10,5,1\ndhl,2,10,6,2\ndhl,3,10,7,3\n",
    ),
    ("zones.csv", "location_id,dest_zip3,distance_km,zone\nmitte,101,4.5,1\nlager,101,165,2\n"),
    ("orders.csv", "order_id,placed_at,dest_zip\nO1,2026-11-24T09:30:00Z,101\n"),
];

fn folder() -> Scratch {
    let lines = ("order_lines.csv", "order_id,line,sku,qty\nO1,1,TASSE,1\n");
    let folder = Scratch::new();
    for (name, text) in FILES.into_iter().chain([lines]) {
        folder.write(name, text.as_bytes());
    }
    folder
}

#[track_caller]
fn check_same(dir: &Path) {
    let problem = Folder::open(dir).unwrap_or_else(|faults| panic!("{faults}")).problem;
    let setup = Setup::of_folder(dir).unwrap_or_else(|faults| panic!("{faults}"));
    let (network, _) = setup.network(problem.first_day).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(shown(&network), shown(&problem.network));
}

/// All of it: ways, calendars and rates have no other comparison.
fn shown(network: &Network) -> String {
    format!("{network:?}")
}

fn faults(setup: &Setup) -> Vec<BadInput> {
    setup.network(Day(20_781)).map(drop).unwrap_err().0
}

#[test]
fn a_folder_with_foreign_names_commas_and_lines_in_cells_builds_the_same_network() {
    let folder = folder();
    check_same_but_for_lines(folder.path());
    let setup = Setup::of_folder(folder.path()).unwrap();
    assert_eq!(setup.locations[0]["lat_deg"], "52.52");
    assert_eq!(setup.locations[0]["record_accuracy"], "98.5%");
    assert!(!setup.locations[0].contains_key("fax") && !setup.locations[1].contains_key("hours"));
}

/// A name keeps one line.
#[track_caller]
fn check_same_but_for_lines(dir: &Path) {
    let problem = Folder::open(dir).unwrap_or_else(|faults| panic!("{faults}")).problem;
    let (network, told) = Setup::of_folder(dir).unwrap().network(problem.first_day).unwrap();
    assert_eq!(shown(&network), shown(&problem.network).replace("Berlin,\\nMitte", "Berlin, Mitte"));
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn bench_folders_build_the_same_network() {
    let Some(root) = shared("bench") else { return };
    for name in ["n5", "n25", "n25t"] {
        check_same(&root.join(name));
    }
}

#[test]
fn a_bad_cell_is_refused_where_it_stands() {
    let folder = folder();
    let mut setup = Setup::of_folder(folder.path()).unwrap();
    setup.products[2].insert("price_usd".into(), "nine".into());
    let found = faults(&setup);
    assert_eq!((found.len(), found[0].column.as_deref()), (1, Some("price_usd")), "{found:?}");
    assert_eq!(Setup::position(&found[0]), Some(2));
}

#[test]
fn a_column_or_a_file_that_is_not_known_is_refused_with_a_near_one() {
    let folder = folder();
    let mut setup = Setup::of_folder(folder.path()).unwrap();
    setup.locations[1].insert("latt_deg".into(), "1".into());
    let found = faults(&setup);
    assert_eq!(found[0].column.as_deref(), Some("latt_deg"));
    assert!(found[0].remedy.contains("lat_deg") && Setup::position(&found[0]) == Some(1), "{found:?}");
    let mut setup = Setup::default();
    setup.files.insert("orders.csv".into(), String::new());
    assert_eq!(faults(&setup)[0].file, "orders.csv");
}

#[test]
fn an_empty_setup_asks_for_a_place() {
    let found = faults(&Setup::default());
    assert!(found[0].to_string().starts_with("locations.csv"), "{found:?}");
}

#[test]
fn products_that_name_a_renamed_one_follow() {
    let cells = |pairs: &[(&str, &str)]| -> Cells {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    };
    let set = cells(&[("sku", "SET"), ("components", "OLD*2; OLDER | X")]);
    let mug = cells(&[("sku", "MUG"), ("substitutes", "OLDER;X")]);
    let mut setup = Setup { products: vec![set, mug.clone()], ..Setup::default() };
    setup.follow_rename("OLD", "NEW");
    assert_eq!(setup.products[0]["components"], "NEW*2;OLDER;X");
    assert_eq!(setup.products[1], mug);
}
