//! The manual of the rule language: every phrase with an example.
//!
//! Owns: the text of `docs/rules.md`, made from the same rows that read the phrases, so that it cannot lag
//! behind. Refuses to know: how a phrase is read.

use super::KINDS;
use super::grammar::{Phrase, conditions, items, places, strengths};

const OPENING: &str = "\
# The rule language

A rule is one English sentence on one line, from a closed vocabulary. A file reads back to the same rules
and is written back to the same bytes, comments and blank lines included. The console reads a rule out in the language of
whoever looks, and builds it of tiles in that language; what is kept is the English sentence.

```
# What we try in spring.
Rule set: Spring pilot

Guardrails
At most 3 parcels.
When the order is for shipping and an item is fragile, only from warehouses.

Rules
Prefer the nearest of stores with at least 2 on hand, always.
Prefer warehouses, worth $1.50 a parcel.  # they pack better
```

- A sentence says what to do, or `When <condition> and <condition>, <what to do>.` All conditions must hold.
- The first test of an item says `an item`, further ones say `the item`: all are about the same item, and
  the rule is about the items that pass them all. Without a test of an item it is about the whole order.
- A preference about some items is about the parcels that carry one: such a parcel is from one of its places where
  that holds for every such item in it. With `prefer the nearest`, a place outside the set counts as 3,000 miles away.
- Sentences under `Guardrails` are hard limits; preferences and flags cannot stand there. Sentences under
  `Rules`, or under no heading, are rules. Their order matters only among preferences with `always`.
- What follows a `#` outside of quotes is a comment.
- Names stand in double quotes. Inside, `\\\"` is a quote and `\\\\` a backslash. State, province and postal codes of
  capitals, digits and hyphens need no quotes.
- Money stands with the sign or the code of the network's currency: `$1.50`, `€2`, `KWD 1.250`. Weights stand in
  whole pounds if they are whole, else in whole ounces, else in kilograms, else in grams.
- Times of day and weekdays are those of the shop's own clock, daylight saving included, and so is the day from
  which `deliver within` counts. The clock is that of `time_zone` in `settings.toml`.
- In a file each sentence is kept in exactly this spelling. Another one that is understood (`$3.00` for `$3`, `20 lbs`
  for `20 lb`, other capitals) runs, and every run says on standard error which line it took for what;
  `baton rules check FILE --data DIR --fix` rewrites these sentences and leaves comments and blank lines alone. A byte
  order mark and Windows line ends are accepted, and are not written back.
- Every command that runs a file looks it over first. A contradiction or a place that does not exist stops it (exit
  code 2); what is merely odd is told on standard error, with its line.
- A set has 60 sentences at most, 4 preferences with `always`; a sentence has 400 characters at most.

";

const CASES: &str = "
Several tests of a place are joined by `and`: all must hold.

## Cases

A file of cases says what a team expects of some orders; `baton rules test` tells which of them hold. SKUs,
codes and tags that hold spaces stand in quotes.

```
case Two mugs go to the mall
order MUG 2, TEE 1 to 97201 in OR placed 2026-11-24 09:30
stock mall MUG 2, TEE 1
expect mall MUG 2, TEE 1
expect 1 parcel
expect cost at most $9.00

case A fragile item never ships from a store
order VASE 1 to 10001 same-day worth $120 from channel web tagged vip
expect not from mall

case The chosen store has none
order MUG 1 by pickup at main
stock main MUG 0
expect unfilled MUG 1

case An order for fraud review waits
order MUG 1 to 97201 for local delivery tagged \"fraud check\"
expect hold
```

- An order has items, and where it goes (`to`), or `by pickup at` a store. Whatever else it says comes in any
  order, each once: `in`, `for shipping`, `for local delivery`, `standard`, `expedited`, `next-day`, `same-day`,
  `placed` (by the shop's clock), `worth`, `from channel`, and `tagged` as often as needed.
- `stock` replaces what the network has of these items at this location.
- `expect <location> <items>` is everything that the location sends.
";

/// The whole manual, in Markdown.
pub fn manual() -> String {
    let mut text = OPENING.to_owned();
    let actions: Vec<Phrase> = KINDS.iter().map(|kind| kind.phrase()).collect();
    let chapters = [
        ("What a rule can do", actions),
        ("How strong a preference is", strengths::STRENGTHS.to_vec()),
        ("Conditions of the order", conditions::CONDITIONS.iter().map(|kind| kind.phrase).collect()),
        ("Conditions of an item", items::ITEMS.iter().map(|kind| kind.phrase).collect()),
        ("Places", places_phrases()),
        ("What places can be", tests_of_places()),
    ];
    for (i, (title, phrases)) in chapters.iter().enumerate() {
        let gap = if i == 0 { "" } else { "\n" };
        text.push_str(&format!("{gap}## {title}\n\n| phrase | example | meaning |\n|---|---|---|\n"));
        text.extend(phrases.iter().map(row));
    }
    text.push_str(CASES);
    text
}

/// Every phrase of the vocabulary, for a page that offers them.
pub fn phrases() -> Vec<Phrase> {
    let actions = KINDS.iter().map(|kind| kind.phrase());
    let conditions = conditions::CONDITIONS.iter().map(|kind| kind.phrase);
    let items = items::ITEMS.iter().map(|kind| kind.phrase);
    let strengths = strengths::STRENGTHS.into_iter();
    let places = places_phrases().into_iter().chain(tests_of_places());
    actions.chain(strengths).chain(conditions).chain(items).chain(places).collect()
}

fn places_phrases() -> Vec<Phrase> {
    places::KINDS.iter().map(|(_, phrase)| *phrase).chain([places::NAMED]).collect()
}

fn tests_of_places() -> Vec<Phrase> {
    places::TESTS.iter().map(|kind| kind.phrase).chain([places::CAPACITY]).collect()
}

/// A bar would end the cell, even inside code.
fn row(phrase: &Phrase) -> String {
    format!("| `{}` | `{}` | {} |\n", phrase.form.replace('|', "\\|"), phrase.example, phrase.means)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{RuleFile, read_cases, read_sentence, sentence};
    use model::Currency;

    #[test]
    fn every_example_reads_back_as_it_was_written() {
        for phrase in phrases() {
            let rule = read_sentence(phrase.example, Currency::USD)
                .unwrap_or_else(|error| panic!("{}: {error}", phrase.example));
            assert_eq!(sentence(&rule, Currency::USD), phrase.example);
        }
    }

    #[test]
    fn every_example_uses_its_phrase() {
        for phrase in phrases() {
            let end = phrase.form.find(['…', '<', '|', '"']).unwrap_or(phrase.form.len());
            let start = phrase.form[..end].trim().trim_end_matches(" over").trim_end_matches(" A");
            let example = phrase.example.to_lowercase();
            assert!(example.contains(&start.to_lowercase()), "{}: {}", phrase.form, phrase.example);
        }
    }

    #[test]
    fn the_manual_in_docs_is_this_one() {
        let written = include_str!("../../../../docs/rules.md");
        assert!(written == manual(), "docs/rules.md should be:\n{}", manual());
    }

    #[test]
    fn the_cases_in_the_manual_are_read() {
        let cases = CASES.split("```\n").nth(1).unwrap();
        assert_eq!(read_cases(cases, Currency::USD).map(|cases| cases.len()), Ok(4));
    }

    #[test]
    fn the_file_in_the_manual_reads_back_to_the_same_bytes() {
        let manual = manual();
        let file = manual.split("```\n").nth(1).unwrap();
        assert_eq!(RuleFile::read(file, Currency::USD).unwrap().write(Currency::USD), file);
    }
}
