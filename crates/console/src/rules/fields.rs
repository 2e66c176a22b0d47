//! Sentences as rows of choices and fields.
//!
//! Owns: which field a typed place has, and what can be chosen in it. Refuses to know: any phrase; what it shows is what
//! the API describes.

use super::draft::{Draft, Row};
use super::words::{Laid, LaidPlaces, Line, Piece, Tile};
use super::words_around;
use crate::frame::Frame;
use crate::visit::Visit;
use std::collections::BTreeSet;

/// More names than that are found faster by typing.
const MOST_KNOWN: usize = 500;

/// A stretch of the page: lines that are kept as they are, or a list of sentences.
pub(super) enum Block {
    Kept(Box<Line>),
    List(List),
}

pub(super) struct List {
    pub(super) is_hard: bool,
    pub(super) rows: Vec<RowShown>,
}

/// A sentence with the comments above it.
pub(super) struct RowShown {
    pub(super) id: usize,
    pub(super) is_new: bool,
    pub(super) notes: Vec<String>,
    pub(super) line: Line,
    pub(super) when: Vec<TileShown>,
    pub(super) then: TileShown,
    pub(super) places: Option<PlacesShown>,
    /// Where it stands, so that buttons can say which sentence they move.
    pub(super) at: usize,
}

/// A choice among phrases, and the fields of the one that is chosen.
pub(super) struct TileShown {
    pub(super) code: String,
    pub(super) groups: Vec<Choices>,
    pub(super) means: String,
    pub(super) fields: Vec<Field>,
}

pub(super) struct Choices {
    pub(super) label: String,
    pub(super) options: Vec<Choice>,
}

pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_on: bool,
}

pub(super) struct PlacesShown {
    pub(super) kind: TileShown,
    pub(super) tests: Vec<TileShown>,
}

/// What stands in a phrase behind its first words.
pub(super) struct Field {
    /// As the API calls it: `words`, `choice`, `number`, …
    pub(super) is: String,
    pub(super) label: String,
    pub(super) words: String,
    pub(super) value: String,
    pub(super) options: Vec<Choice>,
    pub(super) least: u32,
    pub(super) most: u32,
    /// The list of names that are known; empty: there is none.
    pub(super) known: String,
}

/// Makes rows of drafts of one shop.
pub(super) struct Shower<'a> {
    pub(super) visit: &'a Visit,
    pub(super) f: &'a Frame,
    pub(super) tiles: &'a [Tile],
}

impl Shower<'_> {
    /// Both lists, also where one of them has no sentence.
    pub(super) fn blocks(&self, draft: &Draft) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut notes: Vec<Line> = Vec::new();
        for row in &draft.rows {
            let line = &row.line;
            if line.is_note() {
                notes.push(line.clone());
                continue;
            }
            if line.is_sentence() {
                let list = open_list(&mut blocks, line.is_hard, &mut notes);
                let notes = notes.drain(..).map(|note| note.text).collect();
                let at = list.rows.len() + 1;
                list.rows.push(self.row(row, notes, at));
                continue;
            }
            blocks.extend(notes.drain(..).map(|line| Block::Kept(Box::new(line))));
            if line.is_heading() {
                blocks.push(Block::Kept(Box::new(line.clone())));
                blocks.push(Block::List(List { is_hard: line.is_hard, rows: Vec::new() }));
            }
        }
        blocks.extend(notes.drain(..).map(|line| Block::Kept(Box::new(line))));
        let has = |is_hard: bool| {
            blocks.iter().any(|block| matches!(block, Block::List(list) if list.is_hard == is_hard))
        };
        let (has_hard, has_soft) = (has(true), has(false));
        let empty = |is_hard: bool| Block::List(List { is_hard, rows: Vec::new() });
        if !has_hard {
            let first = blocks.iter().position(|block| matches!(block, Block::List(_)));
            let above = first.map_or(blocks.len(), |at| above_heading(&blocks, at));
            blocks.insert(above, empty(true));
        }
        if !has_soft {
            blocks.push(empty(false));
        }
        blocks
    }

    fn row(&self, row: &Row, notes: Vec<String>, at: usize) -> RowShown {
        let sentence = row.line.tiles.clone().unwrap_or_default();
        let actions: &[&str] = &["action"];
        let is_hard = row.line.is_hard;
        RowShown {
            id: row.id,
            is_new: row.is_new,
            notes,
            when: sentence.when.iter().map(|laid| self.tile((laid, &["order", "item"]), false)).collect(),
            then: self.tile((&sentence.then, actions), is_hard),
            places: sentence.then.places.as_ref().map(|places| self.places(places)),
            line: row.line.clone(),
            at,
        }
    }

    fn places(&self, places: &LaidPlaces) -> PlacesShown {
        let kind = Laid { tile: places.tile.clone(), values: places.values.clone(), places: None };
        PlacesShown {
            kind: self.tile((&kind, &["places"]), false),
            tests: places.tests.iter().map(|test| self.tile((test, &["place_test"]), false)).collect(),
        }
    }

    /// `must_be_hard`: among those that can be guardrails alone.
    fn tile(&self, (laid, groups): (&Laid, &[&str]), must_be_hard: bool) -> TileShown {
        let choices = |group: &&str| Choices {
            label: self.f.named("rules-group", group),
            options: self
                .tiles
                .iter()
                .filter(|tile| tile.group == **group && (tile.can_be_hard || !must_be_hard))
                .map(|tile| Choice {
                    value: tile.code.clone(),
                    label: phrase(&self.pieces(tile)),
                    is_on: tile.code == laid.tile,
                })
                .collect(),
        };
        let tile = self.tiles.iter().find(|tile| tile.code == laid.tile);
        TileShown {
            code: laid.tile.clone(),
            groups: groups.iter().map(choices).collect(),
            means: tile.map(|tile| self.f.told("tile-means", &tile.code, &tile.means)).unwrap_or_default(),
            fields: tile.map(|tile| self.fields(tile, laid)).unwrap_or_default(),
        }
    }

    /// In the reader's language, each place where it is in English among the others.
    fn pieces(&self, tile: &Tile) -> Vec<Piece> {
        let places: Vec<&Piece> = tile.pieces.iter().filter(|piece| piece.is != "words").collect();
        let Some(around) = words_around(self.f.words, &tile.code, places.len()) else {
            let said = |piece: &Piece| Piece { words: self.f.words.told("", &piece.words), ..piece.clone() };
            return tile.pieces.iter().map(said).collect();
        };
        let words = |words: String| Piece { is: "words".to_owned(), words, ..Piece::default() };
        let mut places = places.into_iter().cloned();
        let each = around.into_iter().flat_map(|said| {
            let said = Some(said).filter(|said| !said.is_empty()).map(words);
            said.into_iter().chain(places.next())
        });
        each.collect()
    }

    /// The first words stand in the choice already.
    fn fields(&self, tile: &Tile, laid: &Laid) -> Vec<Field> {
        let mut values = laid.values.iter();
        let is_first_words = |(at, piece): &(usize, &Piece)| *at == 0 && piece.is == "words";
        let mut fields = Vec::new();
        let pieces = self.pieces(tile);
        for (at, piece) in pieces.iter().enumerate() {
            if is_first_words(&(at, piece)) {
                continue;
            }
            let own: &[String] = match piece.is.as_str() {
                "words" | "places" => &[],
                _ => values.next().map_or(&[], Vec::as_slice),
            };
            fields.push(self.field(piece, own));
        }
        fields
    }

    fn field(&self, piece: &Piece, values: &[String]) -> Field {
        let has = |option: &str| values.iter().any(|value| value == option);
        let label = |(at, option): (usize, &String)| match piece.is.as_str() {
            "weekdays" => self.f.t(&format!("weekday-{at}")),
            _ => self.f.told("tile-option", option, option),
        };
        let option = |(at, option): (usize, &String)| Choice {
            value: option.clone(),
            label: label((at, option)),
            is_on: has(option),
        };
        let place = |place: &model::Location| Choice {
            value: place.code.clone(),
            label: place.name.clone(),
            is_on: has(&place.code),
        };
        let network = &self.visit.shop.network;
        let options = match piece.is.as_str() {
            "locations" => network.locations.iter().map(place).collect(),
            _ => piece.options.iter().enumerate().map(option).collect(),
        };
        let kind = if piece.of.is_empty() { &piece.is } else { &piece.of };
        let filled: Vec<&str> = values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
        Field {
            is: piece.is.clone(),
            label: self.f.named("rules-field", kind),
            words: piece.words.trim_start_matches([',', '،']).trim().to_owned(),
            value: filled.join(", "),
            options,
            least: piece.least,
            most: piece.most,
            known: if KNOWN.contains(&kind.as_str()) { format!("known-{kind}") } else { String::new() },
        }
    }
}

/// Kinds of names of which the shop has some.
const KNOWN: [&str; 6] = ["category", "product_tag", "sku", "class", "location_tag", "regions"];

/// Names that the shop has, by the list that they are in.
pub(super) fn known(visit: &Visit) -> Vec<(String, Vec<String>)> {
    let network = &visit.shop.network;
    let of = |kind: &str| -> BTreeSet<String> {
        let products = network.products.iter();
        let places = network.locations.iter();
        match kind {
            "category" => products.map(|product| product.category.clone()).collect(),
            "product_tag" => products.flat_map(|product| product.tags.clone()).collect(),
            "sku" => products.map(|product| product.sku.clone()).take(MOST_KNOWN).collect(),
            "class" => places.map(|place| place.class.clone()).collect(),
            "location_tag" => places.flat_map(|place| place.tags.clone()).collect(),
            _ => places.map(|place| place.region.clone()).collect(),
        }
    };
    let list = |kind: &str| {
        let names = of(kind).into_iter().filter(|name| !name.is_empty()).take(MOST_KNOWN).collect();
        (format!("known-{kind}"), names)
    };
    KNOWN.into_iter().map(list).collect()
}

/// The list that a sentence belongs to: the last one, or one that begins with it.
fn open_list<'b>(blocks: &'b mut Vec<Block>, is_hard: bool, notes: &mut Vec<Line>) -> &'b mut List {
    let is_open = matches!(blocks.last(), Some(Block::List(list)) if list.is_hard == is_hard);
    if !is_open {
        blocks.extend(notes.drain(..).map(|line| Block::Kept(Box::new(line))));
        blocks.push(Block::List(List { is_hard, rows: Vec::new() }));
    }
    match blocks.last_mut() {
        Some(Block::List(list)) => list,
        _ => unreachable!("a list was put there"),
    }
}

/// Above the heading of a list.
fn above_heading(blocks: &[Block], list: usize) -> usize {
    let is_heading = |block: &Block| matches!(block, Block::Kept(line) if line.is_heading());
    if list > 0 && is_heading(&blocks[list - 1]) { list - 1 } else { list }
}

/// A phrase as a choice shows it: `the order is worth …`, `prefer … , worth … a parcel`.
fn phrase(pieces: &[Piece]) -> String {
    let mut words = String::new();
    for piece in pieces {
        let next = if piece.is == "words" { piece.words.as_str() } else { "…" };
        if !(words.is_empty() || next.starts_with([',', '،']) || next == "…" && words.ends_with('…')) {
            words.push(' ');
        }
        if !(next == "…" && words.ends_with('…')) {
            words.push_str(next);
        }
    }
    words
}
