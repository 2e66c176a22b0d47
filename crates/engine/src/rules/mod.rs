//! Rules as sentences: one closed vocabulary, read into the rule tree and written back to the same bytes.
//!
//! Owns: the registry of what a rule can do, one file per kind, and the text forms of rule sets and cases.
//! Refuses to know: orders and stock. Nothing here decides whether a rule applies.
//!
//! A sentence is `<Action>.` or `When <condition> and <condition>, <action>.` Reading is loose about
//! capitals, spaces and the full stop; a rule file is not: there each sentence stands exactly as it would be
//! written, so that the file and the page always show the same.

mod cases;
mod deliver_within;
mod error;
mod file;
mod flag_low_stock;
pub(crate) mod grammar;
mod hold;
mod keep;
mod manual;
mod max_parcels;
mod min_margin;
mod min_parcel_value;
mod need_on_hand;
mod never;
mod only;
mod prefer;
mod prefer_nearest;
mod starter;
#[cfg(test)]
pub(crate) mod tests;
mod tiles;

pub use cases::{Case, CaseOrder, CaseStock, CaseTime, Expect, MAX_CASES, Pick, read_cases};
pub use error::{MAX_ERRORS, RuleError};
pub use file::{FileLine, MAX_FILE, RuleFile, Understood};
pub use grammar::Phrase;
pub use grammar::reader::MAX_SENTENCE;
pub use manual::{manual, phrases};
pub use starter::{cost_only, starter};
pub use tiles::{Group, Laid, LaidPlaces, LaidSentence, Piece as TilePiece, Tile, lay, say, tiles};

use error::Fault;
use grammar::lexer::Shape;
use grammar::{Read, Reader, conditions};
use model::{Action, Currency, Rule, RuleRef, RuleSet};

/// One thing that a rule can do: how it is said, and what it means.
#[derive(Clone, Copy)]
pub struct RuleKind {
    /// Stable, part of the API: `max_parcels`.
    pub code: &'static str,
    /// The words that it begins with, in small letters.
    pub opening: &'static str,
    /// How it is said, with `…` and `<places>` where something stands.
    pub form: &'static str,
    /// What it does, as the end of "this rule …".
    pub summary: &'static str,
    /// The form as tiles: see [`tiles`]. One pattern for each way on.
    pub patterns: &'static [&'static str],
    /// A whole sentence, as it is written.
    pub example: &'static str,
    /// What follows the opening.
    pub(crate) read: fn(&mut Reader) -> Read<Action>,
    /// The phrase without capital and full stop. `None` for actions of another kind.
    pub(crate) write: fn(&Action, Currency) -> Option<String>,
    /// What it means in practice, as a sentence. `None` for actions of another kind.
    pub(crate) practice: fn(&Action, Currency) -> Option<String>,
}

impl RuleKind {
    /// Its row in the manual.
    pub(crate) fn phrase(&self) -> Phrase {
        let RuleKind { form, patterns, example, summary: means, .. } = *self;
        Phrase { form, patterns, example, means }
    }
}

/// Everything that a rule can do, in the order in which people meet it.
pub const KINDS: &[RuleKind] = &[
    only::KIND,
    never::KIND,
    prefer::KIND,
    prefer_nearest::KIND,
    keep::KIND,
    need_on_hand::KIND,
    max_parcels::KIND,
    min_parcel_value::KIND,
    deliver_within::KIND,
    min_margin::KIND,
    hold::KIND,
    flag_low_stock::KIND,
];

/// The kind of an action.
pub fn kind_of(action: &Action) -> &'static RuleKind {
    match action {
        Action::Only(_) => &only::KIND,
        Action::Never(_) => &never::KIND,
        Action::Prefer(..) => &prefer::KIND,
        Action::PreferNearest(..) => &prefer_nearest::KIND,
        Action::Keep { .. } => &keep::KIND,
        Action::NeedOnHand { .. } => &need_on_hand::KIND,
        Action::MaxParcels(_) => &max_parcels::KIND,
        Action::MinParcelValue(_) => &min_parcel_value::KIND,
        Action::DeliverWithin { .. } => &deliver_within::KIND,
        Action::MinMargin(_) => &min_margin::KIND,
        Action::Hold { .. } => &hold::KIND,
        Action::FlagLowStock { .. } => &flag_low_stock::KIND,
    }
}

/// A rule as its sentence: `When an item is fragile, only from warehouses.`
///
/// Invariant: always one line; [`read_sentence`] reads it back to the same rule as long as its values are in
/// the ranges of the vocabulary.
pub fn sentence(rule: &Rule, currency: Currency) -> String {
    let sentence =
        format!("{}{}.", conditions::write_all(&rule.when, currency), phrase(&rule.then, currency));
    model::words::capitalized(&sentence)
}

/// A number that follows from the sentences of a set (FNV-1a, 32 bits): the same sentences in the same order, the same
/// number. 0: no sentence.
pub fn fingerprint(set: &RuleSet, currency: Currency) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for (reference, rule) in set.all() {
        let kind = if matches!(reference, RuleRef::Guardrail(_)) { "!" } else { "" };
        for byte in format!("{kind}{}\n", sentence(rule, currency)).bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    if set.all().next().is_none() { 0 } else { hash }
}

/// What an action does, without capital and full stop.
pub(crate) fn phrase(action: &Action, currency: Currency) -> String {
    (kind_of(action).write)(action, currency).unwrap_or_default()
}

/// What an action means in practice.
pub(crate) fn practice(action: &Action, currency: Currency) -> String {
    (kind_of(action).practice)(action, currency).unwrap_or_default()
}

/// Reads one sentence, whatever its capitals and spaces, with or without its full stop.
pub fn read_sentence(text: &str, currency: Currency) -> Result<Rule, RuleError> {
    let indent = text.chars().take_while(|letter| letter.is_whitespace()).count();
    read_rule(text.trim(), currency).map_err(|fault| fault.on_line(1, indent))
}

fn read_rule(text: &str, currency: Currency) -> Read<Rule> {
    let mut reader = Reader::new(text, currency)?;
    one_sentence(&reader)?;
    let mut openings: Vec<&str> = KINDS.iter().map(|kind| kind.opening).collect();
    let mut when = Vec::new();
    if reader.take("when") {
        when = conditions::read_all(&mut reader)?;
    } else {
        openings.push("when");
    }
    let what = if when.is_empty() { "a way to begin a sentence" } else { "something to do" };
    let kind = reader.choose(what, &openings)?;
    let Some(kind) = KINDS.get(kind) else { return Err(reader.is_not("a condition", "")) };
    let then = (kind.read)(&mut reader)?;
    condition_comes_first(&reader)?;
    reader.finish()?;
    Ok(Rule { when, then })
}

/// A full stop inside of a line, outside of quotes: a second sentence follows.
fn one_sentence(reader: &Reader) -> Read<()> {
    let is_word = |ahead| reader.peek(ahead).filter(|piece| piece.shape == Shape::Word);
    let ends = |ahead| is_word(ahead).is_some_and(|piece| piece.text.ends_with('.'));
    let begins = |ahead| is_word(ahead).is_some_and(|piece| piece.text.starts_with(char::is_alphabetic));
    let mut ahead = 0;
    while let Some(piece) = reader.peek(ahead) {
        if ends(ahead) && begins(ahead + 1) {
            let next = reader.peek(ahead + 1).map_or(piece.at, |next| next.at);
            return Err(Fault::new(
                next,
                "a second sentence begins here",
                "write one sentence per line: put it on a line of its own",
            ));
        }
        ahead += 1;
    }
    Ok(())
}

/// `Only from warehouses, when …` is how many people would begin.
fn condition_comes_first(reader: &Reader) -> Read<()> {
    let is_when = |ahead| reader.peek(ahead).is_some_and(|piece| piece.text.eq_ignore_ascii_case("when"));
    if is_when(0) || is_when(1) {
        return Err(reader.fault("the condition comes first", "write 'When …, ' before what to do"));
    }
    Ok(())
}
