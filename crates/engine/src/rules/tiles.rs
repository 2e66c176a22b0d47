//! Sentences as tiles: each phrase of the vocabulary as words and typed places, taken apart and put together again.
//!
//! Owns: reading the patterns of the registry, and filling them. Refuses to know: what a phrase means, and which phrases
//! there are: the registry alone says that, so a new kind of rule is a new tile. Invariant: what [`lay`] takes apart
//! [`say`] puts together to a sentence that reads back to the same rule.

mod fit;
mod slot;

use super::grammar::{Phrase, conditions, items, places};
use super::{KINDS, read_sentence};
use fit::fit;
use model::{Action, Condition, Currency, Places, Rule};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

pub use slot::Piece;

/// Where a tile can stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// After `When`: a test of the order.
    Order,
    /// After `When`: a test of an item.
    Item,
    /// What is done.
    Action,
    /// Which places.
    Places,
    /// What such a place must be.
    PlaceTest,
}

/// One phrase of the vocabulary.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tile {
    /// The words of it that are always there: `the_order_is_worth`.
    pub code: String,
    pub group: Group,
    pub pieces: Vec<Piece>,
    pub means: String,
    /// A whole sentence that uses its phrase.
    pub example: String,
    /// Of an action: it can be a guardrail.
    pub can_be_hard: bool,
    /// As it begins when somebody chooses it.
    pub begins: Laid,
}

/// A tile with what stands in its places, in the order of its pattern; several where a place takes several.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Laid {
    pub tile: String,
    /// Without the places that a rule is about.
    pub values: Vec<Vec<String>>,
    pub places: Option<LaidPlaces>,
}

/// The places that a rule is about.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct LaidPlaces {
    pub tile: String,
    pub values: Vec<Vec<String>>,
    pub tests: Vec<Laid>,
}

/// A sentence as tiles.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct LaidSentence {
    pub when: Vec<Laid>,
    pub then: Laid,
}

/// Every tile, in the order in which people meet them.
pub fn tiles() -> &'static [Tile] {
    static TILES: OnceLock<Vec<Tile>> = OnceLock::new();
    TILES.get_or_init(|| {
        let bare = all_bare();
        let begun = |tile: &Tile| begins(&bare, tile);
        bare.iter().map(|tile| Tile { begins: begun(tile), ..tile.clone() }).collect()
    })
}

fn all_bare() -> Vec<Tile> {
    let order = conditions::CONDITIONS.iter().map(|kind| (Group::Order, kind.phrase));
    let item = items::ITEMS.iter().map(|kind| (Group::Item, kind.phrase));
    let action = KINDS.iter().map(|kind| (Group::Action, kind.phrase()));
    let kinds = places::KINDS.iter().map(|(_, phrase)| *phrase).chain([places::NAMED]);
    let tests = places::TESTS.iter().map(|kind| kind.phrase).chain([places::CAPACITY]);
    let place = kinds.map(|phrase| (Group::Places, phrase));
    let test = tests.map(|phrase| (Group::PlaceTest, phrase));
    let all = order.chain(item).chain(action).chain(place).chain(test);
    all.flat_map(|(group, phrase)| of_phrase(group, phrase)).collect()
}

fn of_phrase(group: Group, phrase: Phrase) -> impl Iterator<Item = Tile> {
    let example = read_sentence(phrase.example, Currency::USD).ok();
    let can_be_hard = group == Group::Action && example.is_some_and(|rule| rule.then.is_hard());
    phrase.patterns.iter().map(move |pattern| Tile {
        code: slot::code(pattern),
        group,
        pieces: slot::pieces(pattern),
        means: phrase.means.to_owned(),
        example: phrase.example.to_owned(),
        can_be_hard,
        begins: Laid::default(),
    })
}

/// As its example has it; where the example has another way on, with something of each kind.
fn begins(tiles: &[Tile], tile: &Tile) -> Laid {
    let example =
        read_sentence(&tile.example, Currency::USD).map(|rule| lay_among(tiles, &rule, Currency::USD));
    let LaidSentence { when, then } = example.unwrap_or_default();
    let found = all_laid(when, &then).into_iter().find(|laid| laid.tile == tile.code);
    found.unwrap_or_else(|| Laid {
        tile: tile.code.clone(),
        values: tile.pieces.iter().filter_map(Piece::begins).collect(),
        places: then.places.filter(|_| tile.pieces.contains(&Piece::Places)),
    })
}

/// Every tile of a sentence, those of places, too.
fn all_laid(when: Vec<Laid>, then: &Laid) -> Vec<Laid> {
    let of_places = |places: &LaidPlaces| {
        let kind = Laid { tile: places.tile.clone(), values: places.values.clone(), places: None };
        std::iter::once(kind).chain(places.tests.clone()).collect::<Vec<Laid>>()
    };
    let places = then.places.as_ref().map(of_places).unwrap_or_default();
    when.into_iter().chain([then.clone()]).chain(places).collect()
}

/// A rule as tiles.
pub fn lay(rule: &Rule, currency: Currency) -> LaidSentence {
    lay_among(tiles(), rule, currency)
}

fn lay_among(tiles: &[Tile], rule: &Rule, currency: Currency) -> LaidSentence {
    let condition = |condition: &Condition| {
        let words = conditions::phrases(std::slice::from_ref(condition), currency).concat();
        found(tiles, &[Group::Order, Group::Item], (&words, currency))
    };
    LaidSentence {
        when: rule.when.iter().map(condition).collect(),
        then: lay_action(tiles, &rule.then, currency),
    }
}

fn lay_action(tiles: &[Tile], action: &Action, currency: Currency) -> Laid {
    let laid = found(tiles, &[Group::Action], (&super::phrase(action, currency), currency));
    let about = match action {
        Action::Only(places)
        | Action::Never(places)
        | Action::Prefer(places, _)
        | Action::PreferNearest(places, _)
        | Action::Keep { places, .. }
        | Action::NeedOnHand { places, .. } => Some(places),
        _ => None,
    };
    Laid { places: about.map(|places| lay_places(tiles, places, currency)), ..laid }
}

fn lay_places(tiles: &[Tile], places: &Places, currency: Currency) -> LaidPlaces {
    let words = places::write(places);
    let kind = Places { kind: places.kind.clone(), tests: Vec::new() };
    let kind = found(tiles, &[Group::Places], (&places::write(&kind), currency));
    let is_bare_word = kind.tile == "all_places" && !words.starts_with("all places");
    let tile = if is_bare_word { "places".to_owned() } else { kind.tile };
    let test =
        |test: &model::PlaceTest| found(tiles, &[Group::PlaceTest], (&places::write_test(test), currency));
    LaidPlaces { tile, values: kind.values, tests: places.tests.iter().map(test).collect() }
}

/// The tile whose words these are. One without a code where none is: a sentence that nobody can write.
fn found(tiles: &[Tile], groups: &[Group], (words, currency): (&str, Currency)) -> Laid {
    let among = tiles.iter().filter(|tile| groups.contains(&tile.group));
    let mut fitting = among.filter_map(|tile| {
        let values = fit(&tile.pieces, words, currency)?;
        Some(Laid { tile: tile.code.clone(), values, places: None })
    });
    fitting.next().unwrap_or_default()
}

/// The sentence of its tiles, as far as they are filled; whether it can be read is for [`read_sentence`] to say.
pub fn say(sentence: &LaidSentence, currency: Currency) -> String {
    let when: Vec<String> = sentence.when.iter().map(|laid| say_laid(laid, currency)).collect();
    let then = say_laid(&sentence.then, currency);
    let whole = match when.is_empty() {
        true => format!("{then}."),
        false => format!("When {}, {then}.", when.join(" and ")),
    };
    model::words::capitalized(&whole)
}

fn say_laid(laid: &Laid, currency: Currency) -> String {
    let places = laid.places.as_ref().map(|places| say_places(places, currency)).unwrap_or_default();
    let Some(tile) = tiles().iter().find(|tile| tile.code == laid.tile) else { return String::new() };
    let mut values = laid.values.iter();
    let mut words = String::new();
    for piece in &tile.pieces {
        let next = match piece {
            Piece::Words { words } => words.clone(),
            Piece::Places => places.clone(),
            place => place.said(values.next().map_or(&[], Vec::as_slice), currency),
        };
        if !(words.is_empty() || next.starts_with(',')) {
            words.push(' ');
        }
        words.push_str(&next);
    }
    words
}

fn say_places(places: &LaidPlaces, currency: Currency) -> String {
    let kind = Laid { tile: places.tile.clone(), values: places.values.clone(), places: None };
    let tests: Vec<String> = places.tests.iter().map(|test| say_laid(test, currency)).collect();
    let joint = if tests.is_empty() { "" } else { " " };
    format!("{}{joint}{}", say_laid(&kind, currency), tests.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{phrases, sentence};
    use std::collections::BTreeSet;

    #[test]
    fn every_example_is_taken_apart_into_tiles_and_put_together_to_the_same_rule() {
        for code in ["USD", "KWD", "EUR"] {
            let currency = Currency::from_code(code).unwrap();
            for phrase in phrases() {
                let rule = read_sentence(phrase.example, Currency::USD).unwrap();
                let laid = lay(&rule, currency);
                let all = all_laid(laid.when.clone(), &laid.then);
                assert!(all.iter().all(|laid| !laid.tile.is_empty()), "{}: {all:?}", phrase.example);
                let said = say(&laid, currency);
                let again = read_sentence(&said, currency).unwrap_or_else(|error| panic!("{said}: {error}"));
                assert_eq!(sentence(&again, currency), sentence(&rule, currency), "{said}");
            }
        }
    }

    #[test]
    fn every_tile_has_a_code_of_its_own_and_begins_as_a_sentence_that_can_be_read() {
        let codes: BTreeSet<&str> = tiles().iter().map(|tile| tile.code.as_str()).collect();
        assert_eq!(codes.len(), tiles().len());
        let only = tiles().iter().find(|tile| tile.code == "only_from").unwrap();
        for tile in tiles() {
            let mut sentence = LaidSentence { when: Vec::new(), then: only.begins.clone() };
            let begins = tile.begins.clone();
            match tile.group {
                Group::Order | Group::Item => sentence.when.push(begins),
                Group::Action => sentence.then = begins,
                Group::Places => {
                    let LaidPlaces { tests, .. } = LaidPlaces::default();
                    let Laid { tile, values, .. } = begins;
                    sentence.then.places = Some(LaidPlaces { tile, values, tests });
                }
                Group::PlaceTest => sentence.then.places.as_mut().unwrap().tests.push(begins),
            }
            let said = say(&sentence, Currency::USD);
            assert!(read_sentence(&said, Currency::USD).is_ok(), "{}: {said}", tile.code);
        }
    }

    #[test]
    fn every_kind_of_rule_and_every_phrase_that_stands_alone_is_a_tile() {
        for kind in KINDS {
            assert!(!kind.patterns.is_empty(), "{}", kind.code);
        }
        for phrase in phrases().iter().filter(|phrase| !phrase.form.starts_with('…')) {
            assert!(!phrase.patterns.is_empty(), "{}", phrase.form);
        }
    }

    #[test]
    fn what_people_fill_in_is_said_as_it_is_kept() {
        let laid = |tile: &str, values: &[&[&str]]| Laid {
            tile: tile.to_owned(),
            values: values.iter().map(|each| each.iter().map(|text| (*text).to_owned()).collect()).collect(),
            places: None,
        };
        let then = laid("hold_because", &[&["a \"new\" one"]]);
        let when = vec![
            laid("the_order_is_worth", &[&["over"], &["$1,500"]]),
            laid("the_order_goes_to", &[&["oregon, wa"]]),
            laid("the_order_is_placed_on", &[&["Monday", "Friday"]]),
        ];
        assert_eq!(
            say(&LaidSentence { when, then: then.clone() }, Currency::USD),
            "When the order is worth over $1500 and the order goes to OR or WA and the order is placed on Monday or \
             Friday, hold because \"a \\\"new\\\" one\"."
        );
        let empty = LaidSentence { when: vec![laid("the_order_is_worth", &[])], then };
        assert!(read_sentence(&say(&empty, Currency::USD), Currency::USD).is_err());
    }
}
