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
            "More units would have been filled: 99.1% instead of 98.7%.",
            "Per order, in cash: $1.10 less. In estimated effects: $0.12 more.",
        ],
    );
}

#[test]
fn a_loss_is_said_as_plainly() {
    let html = html("costs");
    check_says(
        &html,
        &[
            "Baton would have cost",
            "$5,828 more",
            "$0.31 more per order, or 3.5%",
            "the true extra cost lies between $0.12 and $0.49",
            "Worse: 4.1 more of every 100 orders.",
            "Look closely: fewer units would have been filled, 97% instead of 98.7%, mostly (96 of 177 orders) because nothing was left anywhere.",
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
    report.headline.saved_per_order = Cost(-500);
    report.headline.interval = Some(Interval { low: Cost(-900), high: Cost(-100) });
    check_says(&comparison_html(&report), &["“Rules 7” would have cost"]);
}

#[test]
fn the_figures_of_every_part_are_on_the_page() {
    check_says(
        &html("saves"),
        &[
            "Shipping, $1.21 less per order, saves most. Lost counter sales, $0.34 more per order, costs most.",
            "Lakeside would have 18.8 hours a week more. Reno Warehouse would have 36.2 hours a week less.",
            "On the busiest day, too much would go to Canal Walk.",
            ">⚠ 15% → 109%<tspan class=\"wide\"> on the busiest day</tspan>",
            "4,213 of 18,801 orders (22.4%) would have left from other places.",
            "1 · Reno Warehouse → Lakeside",
            "Reno Warehouse → not filled",
            "#104233",
            "Reno Warehouse would cost $21.40 more than Lakeside: shipping +$22.85, labor −\u{2060}$1.45.",
            "4,208 more orders would have left from other places.",
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
fn the_headline_repeats_what_the_money_table_says_of_cash_estimates_and_units_not_filled() {
    let mut report = case("saves");
    report.variants[1].unfilled_cost_per_order = Cost(5_500);
    report.variants[1].cost_per_order = Cost(84_900);
    report.headline.saved_per_order = Cost(5_500);
    let html = assessment_html(&report);
    check_says(
        &html,
        &[
            "In estimated effects: $0.12 more. For units not filled: $0.43 more.",
            "Per order, in cash: $1.10 less.",
        ],
    );
    let change = |heading: &str| cells(&html, heading)[3].clone();
    assert_eq!(["Cash together", "Estimated effects together"].map(change), ["−$1.10", "+$0.12"]);
    assert_eq!(["Units not filled", "Cost in all"].map(change), ["+$0.43", "−$0.55"]);
    check_never_says(&self::html("saves"), &["For units not filled"]);
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
    check_never_says(&html, &["As many units would have been filled"]);
}

#[test]
fn every_chart_can_be_heard_and_read_as_a_table() {
    let html = html("saves");
    let charts = html.matches("role=\"img\"").count();
    assert_eq!(charts, html.matches("role=\"img\" aria-label=\"").count());
    assert_eq!(charts, 1 + 1 + 1 + 1 + 5 + 1, "headline, money, work, map, rules, weeks");
    assert_eq!(html.matches("Show the figures").count(), 3, "work, rules and weeks; money shows its table");
    assert_eq!(html.matches("Cost, part by part").count(), 2, "one table, named twice");
    assert!(!html.contains("aria-label=\"\""));
}

#[test]
fn bars_are_as_long_as_their_figures() {
    let html = html("saves");
    let width = |tip: &str| markup::widths(&html, tip)[0];
    let (before, after) = (width("Reno Warehouse, Today: "), width("Reno Warehouse, With Baton: "));
    assert!((before / after - 1_860.0 / 1_384.0).abs() < 0.02, "{before} {after}");
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
    check_says(
        &html,
        &["The largest part is shipping: $6.03 per order.", "Reno Warehouse has the most to do"],
    );
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
            "\u{2068}متجر الرياض الرئيسي في شارع الملك فهد\u{2069} would have",
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

#[test]
fn cash_stands_apart_from_estimates_and_every_part_is_explained() {
    let text = markup::text(&html("saves"));
    let place = |said: &str| text.find(said).unwrap_or_else(|| panic!("the page does not say: {said}"));
    let order = [
        "Cash: what you pay",
        "Postage of the parcels, by weight and distance.",
        "Cash together",
        "Estimated effects: what tends to follow",
        "A gain, so it is below zero",
        "Estimated effects together",
        "Landed cost per order",
    ];
    assert!(order[..6].windows(2).all(|pair| place(pair[0]) < place(pair[1])));
    check_says(&html("saves"), &["data-column=\"Change\">−$1.10<", "data-column=\"Change\">+$0.12<"]);
}

#[test]
fn less_and_more_never_stand_with_a_negative_figure() {
    for (name, report) in cases::CASES {
        let text = markup::text(&assessment_html(&report()));
        for sentence in text.split(['.', ';', '\n']).filter(|s| s.contains(" less") || s.contains(" more ")) {
            assert!(!sentence.contains("−$") && !sentence.contains("-$"), "{name}: {sentence}");
        }
    }
}

#[test]
fn less_markdown_avoided_is_said_as_less_though_it_costs() {
    let mut report = case("saves");
    for (variant, avoided) in report.variants.iter_mut().zip([-18_800, -12_500]) {
        variant.cost_parts.retain(|part| part.0 == "shipping");
        variant.cost_parts.push(("markdown avoided".into(), Cost(avoided)));
    }
    check_says(&assessment_html(&report), &["Markdown avoided, $0.63 less per order, costs most."]);
}

#[test]
fn what_differs_between_two_sets_stands_before_the_money() {
    let mut report = case("saves");
    let set = |sentences: &[&str]| sentences.iter().map(|&s| s.to_owned()).collect::<Vec<_>>();
    report.rule_sets = Some([set(&["Keep at least 1 at stores."]), set(&["Keep at least 2 at stores."])]);
    let html = comparison_html(&report);
    check_says(&html, &["1 difference.", "<del>1</del>", "<ins>2</ins>"]);
    assert!(html.find("<del>1</del>") < html.find("Where the money goes"));
}

#[test]
fn less_than_a_cent_per_order_is_no_saving() {
    let mut report = case("saves");
    report.headline.saved_total = Cost(4_700);
    report.headline.saved_per_order = Cost(39);
    report.headline.interval = Some(Interval { low: Cost(4), high: Cost(74) });
    let html = assessment_html(&report);
    check_says(&html, &["Would Baton have paid?", "Next to nothing", "is no more than $0.01 per order."]);
    check_never_says(&html, &["You would have saved", "$0.00 less"]);
}

#[test]
fn today_s_overload_is_told_as_well() {
    let mut report = case("saves");
    report.locations[0].work[0].busiest_day_bp = Some(11_690);
    report.locations[0].work[1].busiest_day_bp = Some(9_810);
    for location in &mut report.locations[1..] {
        location.work.iter_mut().for_each(|work| work.busiest_day_bp = Some(5_000));
    }
    check_says(
        &assessment_html(&report),
        &[
            "On its busiest day Reno Warehouse had more to pack than it can (117%); that would end (98%).",
            ">⚠ 117% → 98%<tspan",
        ],
    );
}

#[test]
fn what_was_never_measured_is_not_shown_as_zero() {
    let mut report = case("saves");
    for work in report.locations.iter_mut().flat_map(|location| &mut location.work) {
        work.labor_minutes = 0;
        work.busiest_day_bp = None;
    }
    let html = assessment_html(&report);
    check_says(&html, &["Your files state no minutes for picking and packing"]);
    check_never_says(&html, &["hours a week", "usiest day"]);
}

#[test]
fn long_order_numbers_are_short_in_the_list_and_whole_in_the_details() {
    let mut report = case("saves");
    report.moved[0].order_id = "e481f51cbdc54678b7cc49136f2d6af7".into();
    check_says(
        &assessment_html(&report),
        &["<bdi>e481f51cbd…</bdi>", "Order <bdi>e481f51cbdc54678b7cc49136f2d6af7</bdi>"],
    );
}

#[test]
fn an_order_tells_cash_apart_and_counts_the_places_it_does_not_name() {
    check_says(
        &html("saves"),
        &[
            "From Lakeside it costs $9.10 in cash, less $12.40 in estimated gains.",
            "Of the other places, 4 do not stock it.",
        ],
    );
}

#[test]
fn the_legend_explains_only_what_is_drawn() {
    let mut report = case("saves");
    report.destinations.clear();
    report.moves.clear();
    let html = assessment_html(&report);
    check_says(&html, &["<svg class=\"chart map\"", "class=\"coast\""]);
    check_never_says(&html, &["where orders go; larger is more", "numbered as below"]);
}

#[test]
fn places_close_together_have_a_map_of_their_own() {
    let mut report = case("saves");
    for (i, location) in report.locations.iter_mut().enumerate().skip(1).take(4) {
        location.point = Some(Point { lat_e4: 407_000 + 500 * i as i32, lon_e4: -740_000 });
    }
    let html = assessment_html(&report);
    check_says(&html, &["<figcaption><bdi>Around Mall Road</bdi></figcaption>"]);
    assert_eq!(html.matches("class=\"chart map\"").count(), 2);
    check_never_says(&self::html("saves"), &["<figcaption>"]);
}

#[test]
fn figures_of_a_stacked_table_carry_the_name_of_their_column() {
    check_says(&html("saves"), &["data-column=\"Saved per order\">$5.76<", "scope=\"rowgroup\""]);
}

#[test]
fn fragments_become_sentences_and_names_are_written_as_names() {
    let mut report = case("saves");
    report.locations[2].name = "sao jose dos campos".into();
    report.variants[1].name = "nearest with two on hand".into();
    report.headline.candidate_name = report.variants[1].name.clone();
    report.assumptions[0].sentence = "1 product states no weight".into();
    report.assumptions[1].sentence = "no zones.csv: zones follow from distances".into();
    check_says(
        &assessment_html(&report),
        &["Sao Jose dos Campos", "Nearest with two on hand", "No zones.csv: zones follow from distances."],
    );
}
