//! Rules as the API tells them: lines, tiles, remarks.

use serde::{Deserialize, Serialize};

/// One line of a rule set.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Line {
    /// `note`, `name`, `heading` or `sentence`.
    pub(super) is: String,
    pub(super) text: String,
    pub(super) is_hard: bool,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) tiles: Option<LaidSentence>,
}

impl Line {
    /// Above guardrails.
    pub(super) fn hard_heading() -> Line {
        Line { is_hard: true, ..Line::heading() }
    }

    /// Above rules.
    pub(super) fn heading() -> Line {
        Line { is: "heading".to_owned(), ..Line::default() }
    }

    pub(super) fn is_sentence(&self) -> bool {
        self.is == "sentence"
    }

    pub(super) fn is_heading(&self) -> bool {
        self.is == "heading"
    }

    pub(super) fn is_note(&self) -> bool {
        self.is == "note" || self.is.is_empty()
    }

    pub(super) fn is_comment(&self) -> bool {
        self.is_note() && self.text.contains('#')
    }

    pub(super) fn is_blank(&self) -> bool {
        self.is_note() && self.text.trim().is_empty()
    }

    /// As the API takes it.
    pub(super) fn sent(&self) -> Line {
        let is = if self.is.is_empty() { "note".to_owned() } else { self.is.clone() };
        Line { is, ..self.clone() }
    }
}

/// A sentence as tiles.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LaidSentence {
    pub(super) when: Vec<Laid>,
    pub(super) then: Laid,
}

impl LaidSentence {
    /// What is done, or the last condition where that is not read yet.
    pub(super) fn last(&mut self) -> Option<&mut Laid> {
        if self.then.tile.is_empty() { self.when.last_mut() } else { Some(&mut self.then) }
    }
}

/// A tile with what stands in its places.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Laid {
    pub(super) tile: String,
    pub(super) values: Vec<Vec<String>>,
    pub(super) places: Option<LaidPlaces>,
}

/// The places that a rule is about.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LaidPlaces {
    pub(super) tile: String,
    pub(super) values: Vec<Vec<String>>,
    pub(super) tests: Vec<Laid>,
}

#[derive(Deserialize)]
pub(super) struct Words {
    pub(super) tiles: Vec<Tile>,
}

/// A phrase of the language.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Tile {
    pub(super) code: String,
    /// `order`, `item`, `action`, `places` or `place_test`.
    pub(super) group: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) means: String,
    pub(super) can_be_hard: bool,
    pub(super) begins: Laid,
}

/// Words, or a place with what can stand in it.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(default)]
pub(super) struct Piece {
    pub(super) is: String,
    pub(super) words: String,
    pub(super) of: String,
    pub(super) options: Vec<String>,
    pub(super) least: u32,
    pub(super) most: u32,
}

/// A tile as it begins when somebody chooses it.
pub(super) fn begin(tiles: &[Tile], code: &str) -> Laid {
    let found = tiles.iter().find(|tile| tile.code == code);
    found.map_or_else(|| Laid { tile: code.to_owned(), ..Laid::default() }, |tile| tile.begins.clone())
}

/// A draft as the API has looked it over.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Checked {
    pub(super) content: String,
    pub(super) lines: Vec<Line>,
    pub(super) remarks: Vec<Remark>,
    pub(super) is_understood: bool,
    pub(super) is_sound: bool,
}

/// Something to look at.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Remark {
    pub(super) line: Option<usize>,
    pub(super) severity: String,
    pub(super) rule: Option<String>,
    pub(super) say: String,
    pub(super) remedy: String,
}

impl Remark {
    /// Colour and icon: none is told by its colour alone.
    pub(super) fn colour(&self) -> &'static str {
        match self.severity.as_str() {
            "error" => "danger",
            "warning" => "warning",
            _ => "info",
        }
    }

    pub(super) fn icon(&self) -> &'static str {
        match self.severity.as_str() {
            "error" => "circle-x",
            "warning" => "alert-triangle",
            _ => "bulb",
        }
    }
}
