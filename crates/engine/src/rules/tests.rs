//! The language as a whole: whatever can be said reads back to the same rule and the same bytes.

use super::grammar::values::MONEY_MAX;
use super::*;
use model::rules::{MAX_RULES, MAX_TIERS};
use model::{
    BasisPoints, Compare, Condition, Cost, Handling, ItemTest, Lane, PlaceKind, PlaceTest, Places, Reach,
    RuleSet, ServiceLevel, Strength, Velocity, Weight,
};
use proptest::prelude::*;
use proptest::sample::select;

/// A sentence reads back as it was written.
#[track_caller]
pub(super) fn check(text: &str) {
    let rule = read_sentence(text, Currency::USD).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(sentence(&rule, Currency::USD), text);
}

#[track_caller]
pub(super) fn check_fault(text: &str, problem: &str) {
    let error = read_sentence(text, Currency::USD).expect_err(text);
    assert_eq!(error.problem, problem, "{text}");
}

#[test]
fn capitals_spaces_and_the_full_stop_are_free_in_a_sentence() {
    let exact = "When an item is fragile and the item is priced over $1,000, only from warehouses.";
    let loose = "  WHEN an item is  Fragile and an item is priced over USD 1000 , only from Warehouses ";
    let rule = read_sentence(loose, Currency::USD).unwrap();
    assert_eq!(sentence(&rule, Currency::USD), exact);
}

#[test]
fn a_condition_at_the_end_is_told_to_come_first() {
    let error = read_sentence("Only from stores, when the order is for pickup.", Currency::USD).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1, column 17: the condition comes first; write 'When …, ' before what to do"
    );
}

#[test]
fn a_second_sentence_on_a_line_is_told_to_stand_on_its_own() {
    let error = read_sentence("Never from stores. Prefer warehouses, always.", Currency::USD).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1, column 20: a second sentence begins here; write one sentence per line: put it on a line of its own"
    );
    check("Hold because \"look. Then ask.\".");
}

#[test]
fn a_forgotten_comma_is_told() {
    check_fault("Prefer warehouses worth $1.50 a parcel.", "a comma is missing before 'worth'");
    check_fault("Prefer stores in OR always.", "a comma is missing before 'always'");
}

#[test]
fn unfinished_sentences_are_told_how_they_go_on() {
    check_fault("", "the sentence ends where a way to begin a sentence belongs");
    check_fault("When", "the sentence ends where a condition belongs");
    check_fault("When an item", "the sentence ends where something that an item can be belongs");
    check_fault("When an item is fragile,", "the sentence ends where something to do belongs");
    check_fault(
        "When an item is fragile only from stores.",
        "after a condition comes a comma and what to do, or 'and' with one more condition",
    );
}

#[test]
fn every_kind_has_its_own_code_and_opening() {
    for (i, kind) in KINDS.iter().enumerate() {
        let twin = KINDS[..i].iter().find(|other| other.code == kind.code || other.opening == kind.opening);
        assert!(twin.is_none(), "{}", kind.code);
        let rule = read_sentence(kind.example, Currency::USD).unwrap();
        assert_eq!(kind_of(&rule.then).code, kind.code);
        assert!(!practice(&rule.then, Currency::USD).is_empty());
    }
}

#[test]
fn a_sentence_is_one_line_whatever_its_names_hold() {
    let rule = Rule { when: Vec::new(), then: Action::Hold { why: "a\nb\u{7}".to_owned() } };
    assert_eq!(sentence(&rule, Currency::USD), "Hold because \"a b \".");
}

fn a_name() -> impl Strategy<Value = String> {
    let plain = "[A-Za-z0-9_.,#'\\\\\"-]{1,12}( [a-zé\u{201c}\u{201d}…]{1,6})?";
    prop_oneof![
        plain,
        select(vec!["and", "or", "OR", "when", "stores", "always", "# x", "\\", "\""])
            .prop_map(str::to_owned)
    ]
}

fn names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(a_name(), 1..4)
}

fn codes() -> impl Strategy<Value = Vec<String>> {
    let code = prop_oneof![
        select(vec!["OR", "AND", "WA", "972", "UTC"]).prop_map(str::to_owned),
        "[A-Z0-9-]{1,10}",
        a_name()
    ];
    prop::collection::vec(code, 1..4)
}

fn comparison() -> impl Strategy<Value = Compare> {
    select(vec![Compare::Over, Compare::Under, Compare::AtLeast, Compare::AtMost])
}

fn money() -> impl Strategy<Value = Cost> {
    prop_oneof![
        (0..100_000i64).prop_map(Cost),
        (0..100i64).prop_map(|dollars| Cost(dollars * 10_000)),
        (0..=MONEY_MAX.0).prop_map(Cost)
    ]
}

fn price() -> impl Strategy<Value = Cost> {
    money().prop_map(|cost| cost.max(Cost(1)))
}

fn weight() -> impl Strategy<Value = Weight> {
    prop_oneof![
        (1..500i64).prop_map(|pounds| Weight(pounds * Weight::POUND)),
        (1..500i64).prop_map(Weight::from_ounces),
        (1..50_000i64).prop_map(Weight::from_grams),
        (1..=Weight::MAX.0).prop_map(Weight),
    ]
}

fn share() -> impl Strategy<Value = BasisPoints> {
    (0..=10_000u16).prop_map(BasisPoints)
}

fn item_test() -> impl Strategy<Value = ItemTest> {
    prop_oneof![
        select(Handling::ALL.to_vec()).prop_map(ItemTest::Needs),
        a_name().prop_map(ItemTest::Category),
        a_name().prop_map(ItemTest::Tag),
        select(vec![Velocity::A, Velocity::B, Velocity::C]).prop_map(ItemTest::Velocity),
        a_name().prop_map(ItemTest::Sku),
        (comparison(), weight()).prop_map(|(than, weight)| ItemTest::Weight(than, weight)),
        (comparison(), money()).prop_map(|(than, price)| ItemTest::Price(than, price)),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    prop_oneof![
        select(Lane::ALL.to_vec()).prop_map(Condition::Lane),
        select(ServiceLevel::ALL.to_vec()).prop_map(Condition::Service),
        a_name().prop_map(Condition::Channel),
        a_name().prop_map(Condition::OrderTag),
        (comparison(), money()).prop_map(|(than, value)| Condition::Value(than, value)),
        (comparison(), 1..=10_000u32).prop_map(|(than, units)| Condition::Units(than, units)),
        (comparison(), 1..=10_000u32).prop_map(|(than, lines)| Condition::Lines(than, lines)),
        (comparison(), weight()).prop_map(|(than, weight)| Condition::OrderWeight(than, weight)),
        codes().prop_map(Condition::Region),
        codes().prop_map(Condition::Postal),
        (0..1_440u16).prop_map(Condition::PlacedAfter),
        (0..1_440u16).prop_map(Condition::PlacedBefore),
        (1..128u8).prop_map(Condition::Weekday),
        item_test().prop_map(Condition::Item),
        item_test().prop_map(Condition::Item),
    ]
}

fn place_test() -> impl Strategy<Value = PlaceTest> {
    prop_oneof![
        a_name().prop_map(PlaceTest::Class),
        a_name().prop_map(PlaceTest::Tag),
        codes().prop_map(PlaceTest::Region),
        Just(PlaceTest::SameRegion),
        (1..=12_500u32).prop_map(|miles| PlaceTest::Within(Reach::Miles(miles))),
        (1..=20_000u32).prop_map(|km| PlaceTest::Within(Reach::Km(km))),
        (1..=20u8).prop_map(PlaceTest::ZoneAtMost),
        (1..=10_000u32).prop_map(PlaceTest::OnHandAtLeast),
        share().prop_map(PlaceTest::AccuracyAtLeast),
        share().prop_map(PlaceTest::CapacityLeftAtLeast),
        (1..=3_650u32).prop_map(PlaceTest::AgedAtLeast),
        Just(PlaceTest::OpenNow),
    ]
}

fn places() -> impl Strategy<Value = Places> {
    let kind = prop_oneof![
        Just(PlaceKind::Anywhere),
        Just(PlaceKind::Stores),
        Just(PlaceKind::Warehouses),
        Just(PlaceKind::Vendors),
        names().prop_map(PlaceKind::Named),
        Just(PlaceKind::ChosenStore),
    ];
    (kind, prop::collection::vec(place_test(), 0..3)).prop_map(|(kind, tests)| Places { kind, tests })
}

fn strength() -> impl Strategy<Value = Strength> {
    prop_oneof![Just(Strength::Always), price().prop_map(Strength::Worth)]
}

fn action() -> impl Strategy<Value = Action> {
    let units = 1..=10_000u32;
    prop_oneof![
        places().prop_map(Action::Only),
        places().prop_map(Action::Never),
        (places(), strength()).prop_map(|(places, strength)| Action::Prefer(places, strength)),
        (places(), strength()).prop_map(|(places, strength)| Action::PreferNearest(places, strength)),
        (units.clone(), places()).prop_map(|(units, places)| Action::Keep { units, places }),
        (units.clone(), places()).prop_map(|(units, places)| Action::NeedOnHand { units, places }),
        (1..=100u32).prop_map(Action::MaxParcels),
        price().prop_map(Action::MinParcelValue),
        (0..=90u8).prop_map(|days| Action::DeliverWithin { days }),
        (-MONEY_MAX.0..=MONEY_MAX.0).prop_map(|margin| Action::MinMargin(Cost(margin))),
        a_name().prop_map(|why| Action::Hold { why }),
        units.prop_map(|below| Action::FlagLowStock { below }),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    let rule =
        (prop::collection::vec(condition(), 0..4), action()).prop_map(|(when, then)| Rule { when, then });
    rule.prop_filter("longer than a sentence may be", |rule| {
        sentence(rule, Currency::USD).chars().count() <= MAX_SENTENCE - 8
    })
}

fn currency() -> impl Strategy<Value = Currency> {
    select(vec!["USD", "EUR", "JPY", "KWD", "BRL", "CHF"]).prop_map(|code| Currency::from_code(code).unwrap())
}

fn is_tier(rule: &Rule) -> bool {
    matches!(rule.then, Action::Prefer(_, Strength::Always) | Action::PreferNearest(_, Strength::Always))
}

pub(crate) fn rule_set() -> impl Strategy<Value = RuleSet> {
    let name = prop_oneof![Just(String::new()), "[A-Za-z0-9#\".:]{1,10}( [a-z]{1,8})?"];
    let rules = || prop::collection::vec(rule(), 0..MAX_RULES / 10);
    (name, rules(), rules()).prop_map(|(name, mut guardrails, mut rules)| {
        guardrails.retain(|rule| rule.then.is_hard());
        let mut tiers = 0;
        rules.retain(|rule| {
            tiers += usize::from(is_tier(rule));
            !is_tier(rule) || tiers <= MAX_TIERS
        });
        RuleSet { name, number: 0, guardrails, rules }
    })
}

/// Blank lines and comments between the lines of a text, and spaces and comments around them.
fn decorated(text: &str, marks: &[(u8, String)]) -> String {
    let decorate = |(i, line): (usize, &str)| {
        let Some((kind, note)) = marks.get(i) else { return line.to_owned() };
        let is_name = line.starts_with("Rule set:");
        match kind % 6 {
            0 => format!("# {note}\n{line}"),
            1 => format!("\n  \n{line}"),
            2 if !is_name => format!("\t {line}  "),
            3 if !is_name => format!("{line} # {note}"),
            4 => format!("  #{note}\n{line}"),
            _ => line.to_owned(),
        }
    };
    text.split('\n').enumerate().map(decorate).collect::<Vec<String>>().join("\n")
}

proptest! {
    #[test]
    fn every_sentence_reads_back_to_its_rule(rule in rule(), currency in currency()) {
        let text = sentence(&rule, currency);
        prop_assert_eq!(read_sentence(&text, currency), Ok(rule), "{}", text);
    }

    #[test]
    fn every_file_reads_back_to_its_set_and_its_bytes(
        set in rule_set(),
        currency in currency(),
        marks in prop::collection::vec((any::<u8>(), "[ -~é]{0,20}"), 0..20),
    ) {
        let file = RuleFile::new(set.clone());
        let text = file.write(currency);
        prop_assert_eq!(RuleFile::read(&text, currency), Ok(file));
        let text = decorated(&text, &marks);
        let read = RuleFile::read(&text, currency);
        prop_assert!(read.is_ok(), "{}\n{:?}", text, read);
        let read = read.unwrap();
        prop_assert_eq!(&read.set, &set);
        prop_assert_eq!(read.write(currency), text.clone());
        prop_assert_eq!(RuleFile::tidy(&text.replace('\n', "\r\n"), currency).map(|file| file.set), Ok(set));
    }

    #[test]
    fn tidied_text_is_accepted_as_it_is(set in rule_set(), marks in prop::collection::vec((any::<u8>(), "[ -~]{0,20}"), 0..20)) {
        let text = decorated(&RuleFile::new(set).write(Currency::USD), &marks);
        let tidy = RuleFile::tidy(&text, Currency::USD).unwrap().write(Currency::USD);
        prop_assert_eq!(RuleFile::read(&tidy, Currency::USD).map(|file| file.write(Currency::USD)), Ok(tidy));
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,60}", words in prop::collection::vec(select(vec![
        "When", "an item", "is", "the order", "fragile", "worth", "over", "$5", ",", "and", "only from", "stores", "with at least",
        "2", "20%", "on hand", "\"x\"", "\"", "\\", ".", "#", "prefer", "always", "in", "OR", "or", "at most", "parcels", "\n", "14:00",
        "case a\n", "order", "expect", "to", "1 lb", "Guardrails\n", "Rule set:",
    ]), 0..20)) {
        for text in [text, words.join(" ")] {
            let _ = read_sentence(&text, Currency::USD);
            let _ = RuleFile::tidy(&text, Currency::USD);
            let _ = read_cases(&text, Currency::USD);
            if let Ok(understood) = RuleFile::understand(&text, Currency::USD) {
                let kept = understood.file.write(Currency::USD);
                let read = RuleFile::read(&kept, Currency::USD).map(|file| file.set);
                prop_assert_eq!(read, Ok(understood.file.set), "{}", kept);
            }
            if let Ok(file) = RuleFile::read(&text, Currency::USD) {
                prop_assert_eq!(file.write(Currency::USD), text);
            }
        }
    }
}

#[test]
fn a_carriage_return_is_a_line_end_only_before_a_line_feed() {
    assert!(RuleFile::read("Keep at least 1 at stores.\r\n", Currency::USD).is_ok());
    for text in ["\r", "Keep at least 1 at stores.\r", "\r\r\n"] {
        let errors = RuleFile::read(text, Currency::USD).expect_err(text);
        assert!(errors[0].problem.contains("control character"), "{text:?}: {errors:?}");
    }
}
