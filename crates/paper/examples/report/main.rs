//! Prints the report of a made-up retailer: `cargo run -p baton-paper --example report > report.html`.
//! A word after `--` chooses another case: see `cases::CASES`.

mod cases;
mod retailer;
mod towns;

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_else(|| "saves".to_owned());
    match cases::CASES.iter().find(|case| case.0 == wanted) {
        Some((_, report)) => println!("{}", paper::report::assessment_html(&report())),
        None => {
            let names: Vec<&str> = cases::CASES.iter().map(|case| case.0).collect();
            eprintln!("no such case; there are: {}", names.join(", "));
        }
    }
}
