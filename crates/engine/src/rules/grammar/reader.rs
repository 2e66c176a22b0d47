//! The reader: a place in a sentence, and the ways to step forward.
//!
//! Owns: matching words whatever their case, and saying what was expected where nothing matches.
//! Refuses to know: values and phrases.

use super::lexer::{Piece, Shape, cut};
use super::nearest::nearest;
use crate::rules::error::Fault;
use model::Currency;

pub(crate) type Read<T> = Result<T, Fault>;

/// Longest sentence, in characters: what can still be read aloud.
pub const MAX_SENTENCE: usize = 400;
/// Most ways on that an error lists.
const MAX_LISTED: usize = 16;

pub(crate) struct Reader {
    pieces: Vec<Piece>,
    next: usize,
    /// Characters of the whole sentence.
    length: usize,
    pub(crate) currency: Currency,
}

impl Reader {
    pub(crate) fn new(text: &str, currency: Currency) -> Read<Reader> {
        let length = text.chars().count();
        if length > MAX_SENTENCE {
            let problem = format!("the sentence has {length} characters, {MAX_SENTENCE} are the most");
            return Err(Fault::new(MAX_SENTENCE, problem, "say it in two sentences"));
        }
        Ok(Reader { pieces: cut(text)?, next: 0, length, currency })
    }

    pub(crate) fn peek(&self, ahead: usize) -> Option<&Piece> {
        self.pieces.get(self.next + ahead)
    }

    pub(crate) fn next_is(&self, shape: Shape) -> bool {
        self.peek(0).is_some_and(|piece| piece.shape == shape)
    }

    /// The word that comes next, if it is one.
    pub(crate) fn word(&self) -> Option<&str> {
        self.peek(0).filter(|piece| piece.shape == Shape::Word).map(|piece| piece.text.as_str())
    }

    pub(crate) fn step(&mut self) {
        self.next += 1;
    }

    /// How many of these words come next, from the first.
    fn matched(&self, words: &str) -> usize {
        let is_next = |(ahead, word): (usize, &str)| {
            let piece = self.peek(ahead).filter(|piece| piece.shape == Shape::Word);
            piece.is_some_and(|piece| piece.text.eq_ignore_ascii_case(word))
        };
        words.split(' ').enumerate().take_while(|each| is_next(*each)).count()
    }

    pub(crate) fn says(&self, words: &str) -> bool {
        self.matched(words) == words.split(' ').count()
    }

    /// Steps over these words if they come next.
    pub(crate) fn take(&mut self, words: &str) -> bool {
        let says = self.says(words);
        if says {
            self.next += words.split(' ').count();
        }
        says
    }

    pub(crate) fn take_shape(&mut self, shape: Shape) -> bool {
        let is_next = self.next_is(shape);
        self.next += usize::from(is_next);
        is_next
    }

    pub(crate) fn expect(&mut self, words: &str) -> Read<()> {
        self.choose(&format!("'{words}'"), &[words]).map(|_| ())
    }

    /// Steps over the longest of these phrases that comes next, and says which it was.
    pub(crate) fn choose(&mut self, what: &str, phrases: &[&str]) -> Read<usize> {
        let length = |i: usize| phrases[i].split(' ').count();
        let found = (0..phrases.len()).filter(|&i| self.says(phrases[i])).max_by_key(|&i| length(i));
        let Some(found) = found else { return Err(self.none_of(what, phrases)) };
        self.next += length(found);
        Ok(found)
    }

    /// Nothing may follow but the full stop.
    pub(crate) fn finish(&mut self) -> Read<()> {
        let is_stopped = self.take_shape(Shape::Stop);
        match self.peek(0) {
            None => Ok(()),
            Some(piece) if is_stopped => Err(Fault::new(
                piece.at,
                "the sentence is over at its full stop",
                "write one sentence per line",
            )),
            Some(piece) => {
                let problem = format!("'{}' is more than the sentence needs", piece.text);
                Err(Fault::new(piece.at, problem, "end the sentence before it"))
            }
        }
    }

    /// A fault at the piece that comes next.
    pub(crate) fn fault(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault::new(self.at(0), problem, remedy)
    }

    /// `'x' is not <what>`, or that the sentence ends too early.
    pub(crate) fn is_not(&self, what: &str, remedy: impl Into<String>) -> Fault {
        match self.shown(0) {
            Some(text) => self.fault(format!("'{text}' is not {what}"), remedy),
            None => self.fault(format!("the sentence ends where {what} belongs"), remedy),
        }
    }

    fn at(&self, ahead: usize) -> usize {
        self.peek(ahead).map_or(self.length, |piece| piece.at)
    }

    /// `None` at the end of the sentence.
    fn shown(&self, ahead: usize) -> Option<&str> {
        self.peek(ahead).filter(|piece| piece.shape != Shape::Stop).map(|piece| piece.text.as_str())
    }

    fn none_of(&self, what: &str, phrases: &[&str]) -> Fault {
        let matched = phrases.iter().map(|phrase| self.matched(phrase)).max().unwrap_or(0);
        let open = phrases.iter().filter(|phrase| self.matched(phrase) == matched);
        let mut words: Vec<&str> = Vec::new();
        let mut ways: Vec<&str> = Vec::new();
        for phrase in open {
            let rest = phrase.splitn(matched + 1, ' ').last().unwrap_or(phrase);
            let word = rest.split(' ').next().unwrap_or(rest);
            ways.push(rest);
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let remedy = match self.shown(matched).and_then(|text| nearest(text, words.iter().copied())) {
            Some(near) => format!("did you mean '{near}'?"),
            None => one_of(&ways),
        };
        Fault::new(self.at(matched), self.misfit(what, matched), remedy)
    }

    fn misfit(&self, what: &str, matched: usize) -> String {
        let context = self.words_before(matched);
        match self.shown(matched) {
            None if matched == 0 => format!("the sentence ends where {what} belongs"),
            None => format!("the sentence ends after '{context}'"),
            Some(text) if matched == 0 => format!("'{text}' is not {what}"),
            Some(text) => format!("'{text}' cannot follow '{context}'"),
        }
    }

    /// Up to four words before a piece, as they were written.
    fn words_before(&self, ahead: usize) -> String {
        let end = (self.next + ahead).min(self.pieces.len());
        let words = self.pieces[..end].iter().rev().take(4);
        let words = words.take_while(|piece| piece.shape == Shape::Word);
        let mut words: Vec<&str> = words.map(|piece| piece.text.as_str()).collect();
        words.reverse();
        words.join(" ")
    }
}

/// `write 'a'`, `write one of 'a', 'b'`.
fn one_of(ways: &[&str]) -> String {
    let listed: Vec<String> = ways.iter().take(MAX_LISTED).map(|way| format!("'{way}'")).collect();
    match ways.len() {
        1 => format!("write {}", listed.join("")),
        count if count > MAX_LISTED => format!("write one of {}, …", listed.join(", ")),
        _ => format!("write one of {}", listed.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(text: &str) -> Reader {
        Reader::new(text, Currency::USD).unwrap()
    }

    #[test]
    fn the_longest_phrase_wins_whatever_its_case() {
        let mut reader = reader("In The customer's region, always");
        assert_eq!(reader.choose("a test", &["in", "in the customer's region"]), Ok(1));
        assert!(reader.take_shape(Shape::Comma));
        assert!(reader.take("always"));
        assert_eq!(reader.finish(), Ok(()));
    }

    #[test]
    fn a_slip_is_answered_with_the_nearest_way_on() {
        let fault =
            reader("the order is for pikup").choose("a condition", &["the order is for pickup", "an item"]);
        let fault = fault.unwrap_err();
        assert_eq!((fault.at, fault.problem.as_str()), (17, "'pikup' cannot follow 'the order is for'"));
        assert_eq!(fault.remedy, "did you mean 'pickup'?");
    }

    #[test]
    fn an_unknown_word_is_answered_with_all_ways_on() {
        let fault = reader("dogs").choose("a place", &["stores", "the chosen store"]).unwrap_err();
        assert_eq!(fault.problem, "'dogs' is not a place");
        assert_eq!(fault.remedy, "write one of 'stores', 'the chosen store'");
        let fault = reader("the").choose("a place", &["stores", "the chosen store"]).unwrap_err();
        assert_eq!(fault.problem, "the sentence ends after 'the'");
        assert_eq!(fault.remedy, "write 'chosen store'");
    }

    #[test]
    fn a_sentence_has_a_longest_length() {
        assert!(Reader::new(&"a".repeat(MAX_SENTENCE), Currency::USD).is_ok());
        assert!(Reader::new(&"a".repeat(MAX_SENTENCE + 1), Currency::USD).is_err());
    }

    #[test]
    fn nothing_follows_the_full_stop() {
        assert!(reader(".").finish().is_ok());
        assert!(reader("more.").finish().unwrap_err().problem.contains("'more' is more than"));
        let mut two = reader("a. b.");
        two.step();
        assert!(two.finish().is_err());
    }
}
