//! The report as a reader gets it: well-formed, complete, escaped, self-contained, bounded.

#[path = "../examples/report/cases.rs"]
mod cases;
mod markup;
#[path = "../examples/report/retailer.rs"]
mod retailer;
#[path = "../examples/report/towns.rs"]
mod towns;

use model::{Cost, Point};
use paper::report::{Dot, Interval, Report, assessment_html, comparison_html};

fn case(name: &str) -> Report {
    cases::CASES.iter().find(|case| case.0 == name).map(|case| case.1()).unwrap()
}

fn html(name: &str) -> String {
    assessment_html(&case(name))
}

#[track_caller]
fn check_says(html: &str, expected: &[&str]) {
    for text in expected {
        assert!(html.contains(text), "the page does not say: {text}");
    }
}

#[track_caller]
fn check_never_says(html: &str, forbidden: &[&str]) {
    for text in forbidden {
        assert!(!html.contains(text), "the page says: {text}");
    }
}

#[test]
fn every_case_is_well_formed_small_and_self_contained() {
    for (name, report) in cases::CASES {
        for html in [assessment_html(&report()), comparison_html(&report())] {
            assert_eq!(markup::faults(&html), [""; 0], "{name}");
            assert!(html.len() < 400_000, "{name} has {} bytes", html.len());
            for link in ["http", "//www", "src=", "href=", "url(", "@import", "<script", "<link", "<iframe"] {
                let is_named = *name == "long_names" && link == "src=";
                assert!(is_named || !html.contains(link), "{name} contains {link}");
            }
        }
    }
}

#[test]
fn no_page_uses_words_that_only_we_know() {
    for (name, report) in cases::CASES {
        let text = markup::text(&assessment_html(&report())).to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        for jargon in ["atp", "null", "none", "nan", "inf", "broker", "basis", "bp", "sku", "variant", "api"]
        {
            let is_plain = jargon == "none" && text.contains("units that found none");
            assert!(is_plain || !words.contains(&jargon), "{name}: {jargon}");
        }
    }
}

#[test]
fn a_saving_is_the_first_thing_one_reads() {
    check_says(
        &html("saves"),
        &[
            "You would have saved",
            ">$18,425<",
            "$0.98 less per order, or 10.8%, over 18,801 orders.",
            "We are 95% sure that the true saving lies between $0.71 and $1.25 per order.",
            "<span class=\"before\">$9.04</span>",
            "<strong>$8.06</strong>",
            "Better: 6.1 fewer of every 100 orders.",
            "More units would have found a place: 99.1% instead of 98.7%.",
        ],
    );
}

#[test]
fn a_loss_is_said_as_plainly() {
    let html = html("costs");
    check_says(
        &html,
        &[
            "Orchestration would NOT have paid",
            "$5,828 more",
            "$0.31 more per order, or 3.5%",
            "the true extra cost lies between $0.12 and $0.49",
            "Worse: 4.1 more of every 100 orders.",
            "Look closely: fewer units would have found a place, 97% instead of 98.7%.",
        ],
    );
    check_never_says(&html, &["You would have saved"]);
}

#[test]
fn an_interval_around_zero_is_no_answer() {
    check_says(
        &html("unclear"),
        &["Not enough data to say", "between $0.51 per order lost and $0.74 saved", "That may be chance."],
    );
    let mut report = case("saves");
    report.headline.interval = None;
    check_says(&assessment_html(&report), &["Not enough data to say", "There is too little data to tell"]);
}

#[test]
fn a_comparison_of_rules_names_the_rules() {
    let mut report = case("saves");
    report.headline.candidate_name = "Rules 7".into();
    report.variants[1].name = "Rules 7".into();
    check_says(&comparison_html(&report), &["“Rules 7” would have saved"]);
    report.headline.interval = Some(Interval { low: Cost(-9), high: Cost(-1) });
    check_says(&comparison_html(&report), &["“Rules 7” would NOT have paid"]);
}

#[test]
fn the_figures_of_every_part_are_on_the_page() {
    check_says(
        &html("saves"),
        &[
            "Shipping would fall by $1.21 per order, the most of all. Lost counter sales would rise by $0.34.",
            "Lakeside would work 18.8 hours a week more. Reno Warehouse would work 36.2 hours a week less.",
            "On its busiest day, too much would go to Canal Walk.",
            "busiest day 15% → 108.4% full",
            "4,213 of 18,801 orders (22.4%) would have come from other places.",
            "1 · Reno Warehouse → Lakeside",
            "Reno Warehouse → no place found",
            "#104233",
            "Reno Warehouse lost to Lakeside by $21.40: shipping −$22.85, labor +$1.45.",
            "4,208 more orders would have moved.",
            "Saves $0.27 per order",
            "Costs $0.16 per order",
            "No clear effect",
            "There was something to save in 12 of 13 weeks.",
            "The scale starts at $7.50, not at zero.",
            "A separate program checked 37,602 decisions",
            "baton assess --orders orders.csv",
        ],
    );
}

/// Cells of the table row that begins with this heading.
fn cells(html: &str, heading: &str) -> Vec<String> {
    let text = markup::rows(html).into_iter().find(|row| row.first().is_some_and(|cell| cell == heading));
    text.unwrap_or_else(|| panic!("no row {heading}"))
}

#[test]
fn the_money_table_ends_in_what_the_headline_says() {
    let html = html("saves");
    assert_eq!(cells(&html, "Landed cost"), ["Landed cost", "$8.92", "$7.94", "−$0.98", "−$18,423.27"]);
    assert_eq!(cells(&html, "Units not filled"), ["Units not filled", "$0.12", "$0.12", "$0.00", "−$1.71"]);
    assert_eq!(cells(&html, "Cost in all"), ["Cost in all", "$9.04", "$8.06", "−$0.98", "−$18,424.98"]);
}

#[test]
fn moves_lead_from_all_that_moved_to_the_headline_and_equal_costs_stand_apart() {
    let html = html("saves");
    assert_eq!(cells(&html, "All other moves")[1], "8");
    assert_eq!(
        cells(&html, "Reno Warehouse → Canal Walk"),
        ["Reno Warehouse → Canal Walk", "30", "same cost", "–"]
    );
    assert_eq!(cells(&html, "All other moves at the same cost")[1], "2");
    assert_eq!(cells(&html, "All orders that moved")[1..3], ["4,213", "$18,400.10"]);
    assert_eq!(cells(&html, "Orders that stayed where they were")[1..3], ["14,588", "$24.88"]);
    assert_eq!(cells(&html, "All orders")[1..], ["18,801", "$18,424.98", "$0.98"]);
}

#[test]
fn a_run_that_placed_next_to_nothing_does_not_look_like_a_success() {
    let mut report = case("nothing_moves");
    report.warnings = vec!["None of 51 orders could be placed under With Baton.".into()];
    for variant in &mut report.variants {
        variant.unit_fill_bp = 0;
    }
    let html = assessment_html(&report);
    check_says(&html, &["None of 51 orders could be placed", "Look closely: only 0% of the units"]);
    check_never_says(&html, &["As many units would have found a place"]);
}

#[test]
fn every_chart_can_be_heard_and_read_as_a_table() {
    let html = html("saves");
    let charts = html.matches("role=\"img\"").count();
    assert_eq!(charts, html.matches("role=\"img\" aria-label=\"").count());
    assert_eq!(charts, 1 + 2 + 1 + 1 + 5 + 1, "headline, money, work, map, rules, weeks");
    assert_eq!(
        html.matches("<figure>").count() + 1,
        html.matches("Show the figures").count(),
        "rules share one"
    );
    assert!(!html.contains("aria-label=\"\""));
}

#[test]
fn bars_are_as_long_as_their_figures() {
    let html = html("saves");
    let widths = markup::widths(&html, "Today, shipping: ");
    let (shipping, labor) = (widths[0], markup::widths(&html, "Today, labor: ")[0]);
    assert!((shipping / labor - 6.03 / 1.12).abs() < 0.02, "{shipping} {labor}");
}

#[test]
fn nothing_that_moved_is_said_in_words() {
    let html = html("nothing_moves");
    check_says(&html, &["No order would have moved."]);
    check_never_says(&html, &["Orders that changed most", "The commonest moves"]);
}

#[test]
fn of_a_thousand_places_the_busiest_are_shown_and_the_page_says_so() {
    let html = html("thousand_places");
    check_says(&html, &["The busiest 25 of 1,000 places are shown.", "Place number 999", "Place number 975"]);
    check_never_says(&html, &["Place number 974"]);
}

#[test]
fn without_coordinates_there_is_no_map_and_the_page_says_so() {
    let html = html("no_coordinates");
    check_says(
        &html,
        &["There is no map: neither places nor destinations have coordinates.", "The commonest moves"],
    );
    check_never_says(&html, &["<svg class=\"chart map\""]);
}

#[test]
fn one_place_off_the_map_is_named() {
    let mut report = case("saves");
    report.locations[2].point = Some(Point { lat_e4: 0, lon_e4: 0 });
    check_says(&assessment_html(&report), &["Lakeside has no coordinates and is not on the map."]);
}

#[test]
fn one_way_alone_is_described_but_not_compared() {
    let html = html("one_variant");
    check_says(&html, &["The largest part is shipping: $6.03 per order.", "Reno Warehouse works the most"]);
    check_never_says(&html, &["Change</bdi>", "class=\"before\""]);
}

#[test]
fn of_fifty_rules_the_strongest_come_first() {
    let html = html("fifty_rules");
    check_says(&html, &["Show 42 more with a smaller effect"]);
    let place = |rule: &str| html.find(rule).unwrap();
    assert!(place("Rule 0: ") < place("Rule 10: "), "by the size of the effect");
}

#[test]
fn names_are_text_wherever_they_stand() {
    let html = html("long_names");
    check_says(
        &html,
        &[
            "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Sons&quot;",
            "&#34;&#62;&#60;img src=x onerror=alert(1)&#62;evil",
            "TRAIL",
            "🏪 Emoji Corner",
            "\u{2068}متجر الرياض الرئيسي في شارع الملك فهد\u{2069} would work",
        ],
    );
    check_never_says(&html, &["<script", "<img", "\u{202e}"]);
}

#[test]
fn brazil_is_drawn_taller_than_the_united_states() {
    let shape = |html: &str| -> f64 {
        let tail = html.split("aspect-ratio:1000/").nth(1).unwrap();
        tail.split(';').next().unwrap().parse().unwrap()
    };
    let (brazil, states) = (html("brazil"), html("saves"));
    assert!(shape(&brazil) > 900.0 && shape(&states) < 650.0);
    check_says(&brazil, &["R$8,122.40", "Kilometers that a parcel travels"]);
}

#[test]
fn many_destinations_are_joined() {
    let mut report = case("saves");
    report.destinations = (0..60_000)
        .map(|i| Dot {
            point: Point { lat_e4: 300_000 + i % 300 * 500, lon_e4: -1_200_000 + i / 300 * 2_000 },
            orders: 1,
        })
        .collect();
    let html = assessment_html(&report);
    assert!(html.len() < 300_000, "{} bytes", html.len());
}
