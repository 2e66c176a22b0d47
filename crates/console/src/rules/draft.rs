//! A draft of the rules as the editor's form carries it, line by line, in the order in which it stands on the page.
//!
//! Owns: reading the form, and what its buttons do to the draft. Refuses to know: the words of the language: tiles come from
//! the API, and the API says what a draft means. Invariant: what nobody touches goes back as it came, comments, too.

use super::words::{Laid, LaidPlaces, LaidSentence, Line, Tile, begin};
use crate::form::Form;
use std::ops::Range;

/// One line; a sentence with the number by which buttons name it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Row {
    pub(super) id: usize,
    pub(super) line: Line,
    /// It was added just now: the cursor goes there.
    pub(super) is_new: bool,
}

/// What is being written.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Draft {
    pub(super) rows: Vec<Row>,
}

impl Draft {
    pub(super) fn of(lines: Vec<Line>) -> Draft {
        let row = |(id, line)| Row { id, line, is_new: false };
        Draft { rows: lines.into_iter().enumerate().map(row).collect() }
    }

    pub(super) fn lines(&self) -> Vec<&Line> {
        self.rows.iter().map(|row| &row.line).collect()
    }

    pub(super) fn read(form: &Form, tiles: &[Tile]) -> Draft {
        let mut reading = Reading { tiles, draft: Draft::default(), skips: Skips::default() };
        for (name, value) in form.fields_raw() {
            reading.field(name, value);
        }
        reading.draft
    }

    /// Does what a button says: `add:hard`, `up:3`, `uncond:3:0`. Others change nothing.
    pub(super) fn act(&mut self, said: &str, tiles: &[Tile]) {
        let mut parts = said.split(':');
        let (verb, whom) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let nth = parts.next().and_then(|part| part.parse::<usize>().ok()).unwrap_or(usize::MAX);
        if verb == "add" {
            return self.add(whom == "hard", tiles);
        }
        let Some(at) = whom.parse().ok().and_then(|id| self.place_of(id)) else {
            return;
        };
        match verb {
            "drop" => self.drop_sentence(at),
            "up" => self.shift(at, Way::Up),
            "down" => self.shift(at, Way::Down),
            _ => {
                let Some(sentence) = self.rows.get_mut(at).and_then(|row| row.line.tiles.as_mut()) else {
                    return;
                };
                change(sentence, (verb, nth), tiles);
            }
        }
    }

    /// A sentence with the comments right above it.
    fn with_comments(&self, at: usize) -> Range<usize> {
        let above = self.rows[..at].iter().rev().take_while(|row| row.line.is_comment()).count();
        at - above..at + 1
    }

    fn drop_sentence(&mut self, at: usize) {
        self.rows.drain(self.with_comments(at));
    }

    /// Changes places with the sentence of its list before or after it.
    fn shift(&mut self, at: usize, way: Way) {
        let is_hard = self.rows[at].line.is_hard;
        let is_like = |row: &Row| row.line.is_sentence() && row.line.is_hard == is_hard;
        let other = match way {
            Way::Up => self.rows[..at].iter().rposition(is_like),
            Way::Down => self.rows[at + 1..].iter().position(is_like).map(|further| at + 1 + further),
        };
        let Some(other) = other else { return };
        let (first, second) = (self.with_comments(at.min(other)), self.with_comments(at.max(other)));
        let rest = self.rows.split_off(second.end);
        let later = self.rows.split_off(second.start);
        let between = self.rows.split_off(first.end);
        let earlier = self.rows.split_off(first.start);
        self.rows.extend(later.into_iter().chain(between).chain(earlier).chain(rest));
    }

    fn add(&mut self, is_hard: bool, tiles: &[Tile]) {
        let first = tiles.iter().find(|tile| tile.group == "action" && (tile.can_be_hard || !is_hard));
        let then = first.map(|tile| tile.begins.clone()).unwrap_or_default();
        let line = Line {
            is: "sentence".to_owned(),
            is_hard,
            tiles: Some(LaidSentence { when: Vec::new(), then }),
            ..Line::default()
        };
        let at = self.place_for(is_hard);
        let id = self.free_id();
        self.rows.insert(at, Row { id, line, is_new: true });
    }

    fn place_of(&self, id: usize) -> Option<usize> {
        self.rows.iter().position(|row| row.line.is_sentence() && row.id == id)
    }

    fn free_id(&self) -> usize {
        let sentences = self.rows.iter().filter(|row| row.line.is_sentence());
        sentences.map(|row| row.id + 1).max().unwrap_or(0)
    }

    /// Behind the last of its list; where there is no such list yet, its heading is made.
    fn place_for(&mut self, is_hard: bool) -> usize {
        let is_of_list =
            |row: &Row| row.line.is_hard == is_hard && (row.line.is_sentence() || row.line.is_heading());
        if let Some(last) = self.rows.iter().rposition(is_of_list) {
            return last + 1;
        }
        let is_other = |row: &Row| row.line.is_sentence() || row.line.is_heading();
        if is_hard {
            let at = self.rows.iter().position(is_other).unwrap_or(self.rows.len());
            let needs_heading = self.rows.get(at).is_some_and(|row| row.line.is_sentence());
            if needs_heading {
                self.put(at, Line::heading());
            }
            self.put(at, Line::default());
            self.put(at, Line::hard_heading());
            return at + 1;
        }
        let end = self.rows.iter().rposition(|row| !row.line.is_blank()).map_or(0, |last| last + 1);
        let heading = if end > 0 {
            self.put(end, Line::default());
            end + 1
        } else {
            end
        };
        self.put(heading, Line::heading());
        heading + 1
    }

    fn put(&mut self, at: usize, line: Line) {
        self.rows.insert(at, Row { line, ..Row::default() });
    }
}

#[derive(Clone, Copy)]
enum Way {
    Up,
    Down,
}

fn change(sentence: &mut LaidSentence, (verb, nth): (&str, usize), tiles: &[Tile]) {
    let first = |group: &str| tiles.iter().find(|tile| tile.group == group).map(|tile| tile.begins.clone());
    match verb {
        "cond" => sentence.when.extend(first("order")),
        "uncond" if nth < sentence.when.len() => drop(sentence.when.remove(nth)),
        "test" => {
            if let (Some(places), Some(test)) = (&mut sentence.then.places, first("place_test")) {
                places.tests.push(test);
            }
        }
        "untest" => {
            if let Some(places) = sentence.then.places.as_mut().filter(|places| nth < places.tests.len()) {
                places.tests.remove(nth);
            }
        }
        _ => {}
    }
}

/// Fields that belong to a tile which was just chosen anew are those of the tile before it.
#[derive(Clone, Copy, Default)]
struct Skips {
    values: bool,
    place_values: bool,
    places: bool,
}

/// Where a value goes.
struct Reading<'t> {
    tiles: &'t [Tile],
    draft: Draft,
    skips: Skips,
}

impl Reading<'_> {
    fn field(&mut self, name: &str, value: &str) {
        match name {
            "note" => self.line(Line { text: value.to_owned(), ..Line::default() }),
            "name" if !value.trim().is_empty() => {
                self.line(Line { is: "name".to_owned(), text: value.trim().to_owned(), ..Line::default() });
            }
            "head" if value == "hard" => self.line(Line::hard_heading()),
            "head" => self.line(Line::heading()),
            "row" => self.row(value),
            "before" => self.last(|line| line.before = value.to_owned()),
            "after" => self.last(|line| line.after = value.to_owned()),
            "when" | "then" | "places" | "test" => self.tile(name, value),
            "was" => self.was(value, Level::Sentence),
            "pwas" => self.was(value, Level::Places),
            "v" | "d" if !self.skips.values => {
                if let Some(laid) = self.sentence().and_then(LaidSentence::last) {
                    put(&mut laid.values, (name == "d", value));
                }
            }
            "pv" | "pd" if !(self.skips.place_values || self.skips.places) => {
                if let Some(places) = self.places() {
                    let values = places.tests.last_mut().map(|test| &mut test.values);
                    put(values.unwrap_or(&mut places.values), (name == "pd", value));
                }
            }
            _ => {}
        }
    }

    fn line(&mut self, line: Line) {
        self.draft.rows.push(Row { line, ..Row::default() });
    }

    /// `3:hard`
    fn row(&mut self, value: &str) {
        let (id, list) = value.split_once(':').unwrap_or((value, ""));
        let line = Line {
            is: "sentence".to_owned(),
            is_hard: list == "hard",
            tiles: Some(LaidSentence::default()),
            ..Line::default()
        };
        let id = id.parse().ok().filter(|id| self.draft.place_of(*id).is_none());
        let id = id.unwrap_or_else(|| self.draft.free_id());
        self.draft.rows.push(Row { id, line, is_new: false });
        self.skips = Skips::default();
    }

    fn last(&mut self, change: impl FnOnce(&mut Line)) {
        if let Some(row) = self.draft.rows.last_mut() {
            change(&mut row.line);
        }
    }

    fn sentence(&mut self) -> Option<&mut LaidSentence> {
        self.draft.rows.last_mut()?.line.tiles.as_mut()
    }

    fn places(&mut self) -> Option<&mut LaidPlaces> {
        self.sentence()?.then.places.as_mut()
    }

    fn tile(&mut self, name: &str, code: &str) {
        let laid = Laid { tile: code.to_owned(), ..Laid::default() };
        match name {
            "when" | "then" => {
                self.skips = Skips::default();
                let Some(sentence) = self.sentence() else { return };
                if name == "when" { sentence.when.push(laid) } else { sentence.then = laid }
            }
            "places" => {
                self.skips.place_values = false;
                // An action that is not about places has none, whatever stood there before it was chosen.
                let is_about_none = self.skips.places;
                if let Some(sentence) = self.sentence().filter(|_| !is_about_none) {
                    sentence.then.places =
                        Some(LaidPlaces { tile: code.to_owned(), ..LaidPlaces::default() });
                }
            }
            _ => {
                self.skips.place_values = false;
                let is_about_none = self.skips.places;
                if let Some(places) = self.places().filter(|_| !is_about_none) {
                    places.tests.push(laid);
                }
            }
        }
    }

    /// The tile that stood there when the page was made: where it is another, the new one begins.
    fn was(&mut self, was: &str, level: Level) {
        let tiles = self.tiles;
        match level {
            Level::Sentence => {
                let Some(laid) = self.sentence().and_then(LaidSentence::last) else { return };
                if laid.tile == was {
                    return;
                }
                *laid = begin(tiles, &laid.tile);
                let keeps_places = laid.places.is_some();
                self.skips = Skips { values: true, place_values: false, places: !keeps_places };
            }
            Level::Places => {
                let Some(places) = self.places() else { return };
                let tile = places.tests.last().map_or(&places.tile, |test| &test.tile);
                if tile == was {
                    return;
                }
                let begun = begin(tiles, tile);
                let values = places.tests.last_mut().map(|test| &mut test.values);
                *values.unwrap_or(&mut places.values) = begun.values;
                self.skips.place_values = true;
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Level {
    Sentence,
    Places,
}

/// One more value, or one more of several that stand in one place.
fn put(values: &mut Vec<Vec<String>>, (is_another, value): (bool, &str)) {
    match values.last_mut().filter(|_| is_another) {
        Some(several) => several.push(value.to_owned()),
        None => values.push(vec![value.to_owned()]),
    }
}

#[cfg(test)]
mod tests;
