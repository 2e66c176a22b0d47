//! The text form of a rule set: one sentence per line, with headings, comments and blank lines.
//!
//! Owns: which line is what, and writing an accepted text back to the same bytes. A byte order mark and
//! Windows line ends are accepted and become plain ones. Refuses to know: what a sentence says.

use super::error::{Fault, MAX_ERRORS, RuleError};
use super::grammar::lexer::comment_start;
use super::grammar::nearest::nearest;
use super::{kind_of, read_rule, sentence};
use model::rules::{MAX_RULES, MAX_TIERS};
use model::{Action, Currency, Rule, RuleRef, RuleSet, Strength};

/// Longest rule file, in bytes: every rule at its longest, with as much of comments.
pub const MAX_FILE: usize = 100_000;
/// Longest name of a rule set, in characters.
const MAX_NAME: usize = 80;

const NAME: &str = "Rule set:";
const GUARDRAILS: &str = "Guardrails";
const RULES: &str = "Rules";

/// A rule set and the text around its sentences.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleFile {
    pub set: RuleSet,
    layout: Vec<Line>,
}

/// One line: what it is, between the spaces before it and the spaces or the comment after it.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Line {
    before: String,
    body: Body,
    after: String,
}

/// A line of a file. What stands around it: the spaces before it, and the spaces or the comment after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FileLine<'f> {
    /// A comment or a blank line.
    Note(String),
    Name(String),
    Heading {
        is_hard: bool,
        around: (String, String),
    },
    Sentence {
        is_hard: bool,
        rule: &'f Rule,
        around: (String, String),
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Body {
    /// A comment or a blank line, which `before` holds as it is.
    Nothing,
    Name,
    Heading(Section),
    /// The next sentence of its section.
    Sentence(Section),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Section {
    Guardrails,
    Rules,
}

/// How closely a text must look like what would be written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// To the byte.
    Exact,
    /// In meaning, with all that stands around the sentences as it is.
    Understood,
    /// In meaning.
    Loose,
}

/// A file as it was meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Understood {
    pub file: RuleFile,
    /// Lines that are not spelled as they are kept. Writing the file spells them so.
    pub respelled: Vec<RuleError>,
}

impl RuleFile {
    /// A file of this set with headings and no comments.
    pub fn new(set: RuleSet) -> RuleFile {
        let layout = plain_layout(&set);
        RuleFile { set, layout }
    }

    /// Reads a file in which everything is spelled exactly as it would be written. Reports every line that
    /// is not understood, or is understood but spelled differently, up to [`MAX_ERRORS`].
    pub fn read(text: &str, currency: Currency) -> Result<RuleFile, Vec<RuleError>> {
        FileReader::new(currency, Spelling::Exact).read(text).map(|understood| understood.file)
    }

    /// Reads what is understood, and says which lines are spelled differently: what people type by hand.
    pub fn understand(text: &str, currency: Currency) -> Result<Understood, Vec<RuleError>> {
        FileReader::new(currency, Spelling::Understood).read(text)
    }

    /// Reads a file whatever its capitals and spaces. Writing it gives the spelling that [`RuleFile::read`]
    /// accepts, comments kept.
    pub fn tidy(text: &str, currency: Currency) -> Result<RuleFile, Vec<RuleError>> {
        FileReader::new(currency, Spelling::Loose).read(text).map(|understood| understood.file)
    }

    /// The file line by line, for a page that shows sentences as tiles and loses nothing around them.
    pub fn lines(&self) -> Vec<FileLine<'_>> {
        let (mut guardrails, mut rules) = (self.set.guardrails.iter(), self.set.rules.iter());
        let line = |line: &Line| {
            let around = (line.before.clone(), line.after.clone());
            match line.body {
                Body::Nothing => Some(FileLine::Note(line.before.clone())),
                Body::Name => Some(FileLine::Name(clean_name(&self.set.name))),
                Body::Heading(section) => {
                    Some(FileLine::Heading { is_hard: section == Section::Guardrails, around })
                }
                Body::Sentence(section) => {
                    let is_hard = section == Section::Guardrails;
                    let next = if is_hard { guardrails.next() } else { rules.next() };
                    next.map(|rule| FileLine::Sentence { is_hard, rule, around })
                }
            }
        };
        self.layout.iter().filter_map(line).collect()
    }

    /// The line on which a sentence stands, from 1, in the text as it was read.
    pub fn line_of(&self, rule: RuleRef) -> Option<usize> {
        let (section, at) = match rule {
            RuleRef::Guardrail(at) => (Section::Guardrails, at),
            RuleRef::Rule(at) => (Section::Rules, at),
        };
        let lines = self.layout.iter().enumerate();
        let sentences = lines.filter(|(_, line)| line.body == Body::Sentence(section));
        sentences.map(|(i, _)| i + 1).nth(usize::from(at))
    }

    /// The text: the bytes that were read, where the set still is what was read. After sentences were added
    /// or taken out of the set, or a name given or taken, the comments come first.
    pub fn write(&self, currency: Currency) -> String {
        if is_layout_of(&self.layout, &self.set) {
            return write_lines(&self.layout, &self.set, currency);
        }
        let is_comment = |line: &&Line| line.body == Body::Nothing && line.before.contains('#');
        let mut lines: Vec<Line> = self.layout.iter().filter(is_comment).cloned().collect();
        lines.extend(plain_layout(&self.set));
        write_lines(&lines, &self.set, currency)
    }
}

fn line(body: Body) -> Line {
    Line { before: String::new(), body, after: String::new() }
}

/// Name, guardrails and rules, each apart from the next by a blank line. The last line is empty: the text
/// ends with a line end.
fn plain_layout(set: &RuleSet) -> Vec<Line> {
    let mut blocks: Vec<Vec<Line>> = Vec::new();
    if !clean_name(&set.name).is_empty() {
        blocks.push(vec![line(Body::Name)]);
    }
    for (section, rules) in [(Section::Guardrails, &set.guardrails), (Section::Rules, &set.rules)] {
        if !rules.is_empty() {
            let sentences = rules.iter().map(|_| line(Body::Sentence(section)));
            blocks.push(std::iter::once(line(Body::Heading(section))).chain(sentences).collect());
        }
    }
    let mut lines = blocks.join(&line(Body::Nothing));
    lines.push(line(Body::Nothing));
    lines
}

fn is_layout_of(layout: &[Line], set: &RuleSet) -> bool {
    let count = |body: Body| layout.iter().filter(|line| line.body == body).count();
    count(Body::Sentence(Section::Guardrails)) == set.guardrails.len()
        && count(Body::Sentence(Section::Rules)) == set.rules.len()
        && count(Body::Name) == usize::from(!clean_name(&set.name).is_empty())
}

fn write_lines(lines: &[Line], set: &RuleSet, currency: Currency) -> String {
    let (mut guardrails, mut rules) = (set.guardrails.iter(), set.rules.iter());
    let mut write = |line: &Line| {
        let body = match line.body {
            Body::Nothing => String::new(),
            Body::Name => name_line(&set.name),
            Body::Heading(section) => heading(section).to_owned(),
            Body::Sentence(section) => {
                let next = if section == Section::Guardrails { guardrails.next() } else { rules.next() };
                next.map_or(String::new(), |rule| sentence(rule, currency))
            }
        };
        format!("{}{body}{}", line.before, line.after)
    };
    lines.iter().map(&mut write).collect::<Vec<String>>().join("\n")
}

fn name_line(name: &str) -> String {
    format!("{NAME} {}", clean_name(name))
}

/// A name is one line without spaces at its sides.
fn clean_name(name: &str) -> String {
    name.replace(char::is_control, " ").trim().to_owned()
}

fn heading(section: Section) -> &'static str {
    match section {
        Section::Guardrails => GUARDRAILS,
        Section::Rules => RULES,
    }
}

struct FileReader {
    currency: Currency,
    spelling: Spelling,
    file: RuleFile,
    section: Section,
    tiers: usize,
    /// Of the line at hand: spelled otherwise than it is kept.
    differs: Option<Fault>,
    respelled: Vec<RuleError>,
    errors: Vec<RuleError>,
}

impl FileReader {
    fn new(currency: Currency, spelling: Spelling) -> FileReader {
        let file = RuleFile { set: RuleSet::default(), layout: Vec::new() };
        FileReader {
            currency,
            spelling,
            file,
            section: Section::Rules,
            tiers: 0,
            differs: None,
            respelled: Vec::new(),
            errors: Vec::new(),
        }
    }

    fn read(mut self, text: &str) -> Result<Understood, Vec<RuleError>> {
        if text.len() > MAX_FILE {
            let problem = format!("the file has {} bytes, {MAX_FILE} are the most", text.len());
            return Err(vec![Fault::new(0, problem, "take comments out").on_line(1, 0)]);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let last = text.matches('\n').count();
        for (i, text) in text.split('\n').enumerate() {
            // A line end of Windows; a carriage return elsewhere is none, and is refused below.
            let text = text.strip_suffix('\r').filter(|_| i < last).unwrap_or(text);
            let indent = text.chars().take_while(|letter| matches!(letter, ' ' | '\t')).count();
            match self.read_line(text) {
                Ok(line) => self.file.layout.push(line),
                Err(fault) => self.errors.push(fault.on_line(i + 1, indent)),
            }
            self.respelled.extend(self.differs.take().map(|fault| fault.on_line(i + 1, indent)));
            if self.errors.len() >= MAX_ERRORS {
                break;
            }
        }
        match self.errors.is_empty() {
            true => Ok(Understood { file: self.file, respelled: self.respelled }),
            false => Err(self.errors),
        }
    }

    fn read_line(&mut self, text: &str) -> Result<Line, Fault> {
        let (before, body, after) = split_line(text);
        if let Some(at) =
            text[before.len()..].chars().position(|letter| letter.is_control() && letter != '\t')
        {
            return Err(Fault::new(at, "a control character has no place in a rule file", "take it out"));
        }
        let kind = match body {
            "" => Body::Nothing,
            _ if starts_loosely(body, NAME) => {
                // A name may hold a '#', so nothing of its line is a comment.
                let name = text.trim_matches([' ', '\t']);
                self.read_name(name)?;
                let after = &text[before.len() + name.len()..];
                return Ok(self.spaced(Line {
                    before: before.into(),
                    body: Body::Name,
                    after: after.into(),
                }));
            }
            _ => match section_of(body) {
                Some(section) => self.read_heading(section, body)?,
                None => self.read_sentence(body)?,
            },
        };
        let line = match kind {
            Body::Nothing => Line { before: text.into(), body: kind, after: String::new() },
            _ => Line { before: before.into(), body: kind, after: after.into() },
        };
        Ok(self.spaced(line))
    }

    /// Loose reading drops the spaces around a line, and keeps its comment.
    fn spaced(&self, line: Line) -> Line {
        if self.spelling != Spelling::Loose {
            return line;
        }
        let after = match line.after.trim_matches([' ', '\t']) {
            "" => String::new(),
            comment => format!("  {comment}"),
        };
        let before = line.before.trim_matches([' ', '\t']).to_owned();
        Line { before, after, ..line }
    }

    fn read_name(&mut self, body: &str) -> Result<(), Fault> {
        let name = body[NAME.len()..].trim_matches([' ', '\t']);
        let length = name.chars().count();
        if name.is_empty() || length > MAX_NAME {
            let problem = format!("the name of a rule set has 1 to {MAX_NAME} characters");
            return Err(Fault::new(NAME.len(), problem, format!("write '{NAME} Spring pilot'")));
        }
        if self.file.layout.iter().any(|line| line.body != Body::Nothing) {
            return Err(Fault::new(0, "the name comes once, before everything else", "move it to the top"));
        }
        if name.trim() != name {
            return Err(Fault::new(NAME.len(), "the name has an unusual space at its side", "take it out"));
        }
        self.must_be(body, &name_line(name))?;
        self.file.set.name = clean_name(name);
        Ok(())
    }

    fn read_heading(&mut self, section: Section, body: &str) -> Result<Body, Fault> {
        self.must_be(body, heading(section))?;
        let kind = Body::Heading(section);
        if self.file.layout.iter().any(|line| line.body == kind) {
            let problem = format!("'{}' stands here a second time", heading(section));
            return Err(Fault::new(0, problem, "move its sentences under the first"));
        }
        self.section = section;
        Ok(kind)
    }

    fn read_sentence(&mut self, body: &str) -> Result<Body, Fault> {
        let rule = read_rule(body, self.currency).map_err(|fault| or_heading(body, fault))?;
        self.must_be(body, &sentence(&rule, self.currency))?;
        self.check_limits(&rule)?;
        match self.section {
            Section::Guardrails => self.file.set.guardrails.push(rule),
            Section::Rules => self.file.set.rules.push(rule),
        }
        Ok(Body::Sentence(self.section))
    }

    fn check_limits(&mut self, rule: &Rule) -> Result<(), Fault> {
        if self.section == Section::Guardrails && !rule.then.is_hard() {
            let problem =
                format!("'{}' is no hard limit, so it cannot be a guardrail", kind_of(&rule.then).opening);
            return Err(Fault::new(0, problem, format!("move it under '{RULES}'")));
        }
        if self.file.set.guardrails.len() + self.file.set.rules.len() >= MAX_RULES {
            let problem = format!("a rule set has {MAX_RULES} sentences at most");
            return Err(Fault::new(0, problem, "take some out: nobody can explain so many"));
        }
        if let Action::Prefer(_, Strength::Always) | Action::PreferNearest(_, Strength::Always) = rule.then {
            self.tiers += 1;
            if self.tiers > MAX_TIERS {
                let problem = format!("a rule set has {MAX_TIERS} preferences with 'always' at most");
                return Err(Fault::new(0, problem, "say what this one is worth instead"));
            }
        }
        Ok(())
    }

    fn must_be(&mut self, found: &str, canonical: &str) -> Result<(), Fault> {
        if found == canonical {
            return Ok(());
        }
        let differs = found.chars().zip(canonical.chars()).take_while(|(found, right)| found == right);
        let at = differs.count();
        let fault = Fault::new(
            at,
            "this is understood, but not spelled as it is kept",
            format!("write: {canonical}"),
        );
        match self.spelling {
            Spelling::Exact => Err(fault),
            Spelling::Understood | Spelling::Loose => {
                self.differs = Some(fault);
                Ok(())
            }
        }
    }
}

/// A single unknown word may have been meant as a heading.
fn or_heading(body: &str, fault: Fault) -> Fault {
    match nearest(body.trim_end_matches(':'), [GUARDRAILS, RULES]) {
        Some(heading) => Fault { remedy: format!("did you mean '{heading}'?"), ..fault },
        None => fault,
    }
}

fn starts_loosely(body: &str, words: &str) -> bool {
    body.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words))
}

fn section_of(body: &str) -> Option<Section> {
    let is = |heading: &str| body.strip_suffix(':').unwrap_or(body).eq_ignore_ascii_case(heading);
    [Section::Guardrails, Section::Rules].into_iter().find(|section| is(heading(*section)))
}

/// Spaces, what stands between, and the spaces or the comment behind it. A comment begins at a `#` outside of
/// quotes.
fn split_line(text: &str) -> (&str, &str, &str) {
    let body = text.trim_start_matches([' ', '\t']);
    let (before, _) = text.split_at(text.len() - body.len());
    let body = &body[..comment_start(body)];
    let body = body.trim_end_matches([' ', '\t']);
    (before, body, &text[before.len() + body.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const USD: Currency = Currency::USD;

    #[track_caller]
    fn check_same(text: &str) -> RuleFile {
        let file = RuleFile::read(text, USD).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
        assert_eq!(file.write(USD), text);
        file
    }

    #[track_caller]
    fn check_errors(text: &str, expect: &[&str]) {
        let errors = RuleFile::read(text, USD).unwrap_err();
        let said: Vec<String> = errors.iter().map(RuleError::to_string).collect();
        assert_eq!(said, expect, "{text}");
    }

    #[test]
    fn comments_blank_lines_and_spaces_are_kept() {
        let file = check_same(
            "# Spring\n\nRule set: Spring # 2\n \t\nGuardrails # hard\n  At most 3 parcels.  # why\n\nRules\n\
             Only from \"a # b\".\t# \"c\n# end",
        );
        assert_eq!(
            (file.set.name.as_str(), file.set.guardrails.len(), file.set.rules.len()),
            ("Spring # 2", 1, 1)
        );
    }

    #[test]
    fn without_headings_all_sentences_are_rules() {
        let file = check_same("At most 3 parcels.\nOnly from stores.");
        assert_eq!((file.set.guardrails.len(), file.set.rules.len()), (0, 2));
        check_same("");
        check_same("\n\n");
    }

    #[test]
    fn headings_come_in_any_order() {
        let file =
            check_same("Only from stores.\nRules\nAt most 2 parcels.\nGuardrails\nAt most 3 parcels.\n");
        assert_eq!((file.set.guardrails.len(), file.set.rules.len()), (1, 2));
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_become_plain() {
        let file = RuleFile::read("\u{feff}Rules\r\nAt most 3 parcels.\r\n", USD).unwrap();
        assert_eq!(file.write(USD), "Rules\nAt most 3 parcels.\n");
    }

    #[test]
    fn every_line_that_is_not_understood_is_reported() {
        check_errors(
            "Rules\nPrefer warehuses, always.\n  Sell everything.\nAt most 3 parcels.\nGuardrail\n",
            &[
                "line 2, column 8: 'warehuses' is not a place; did you mean 'warehouses'?",
                "line 3, column 3: 'Sell' is not a way to begin a sentence; write one of 'only from', 'never from', \
                 'prefer', 'prefer the nearest of', 'keep at least', 'need at least', 'at most', 'split only when \
                 each parcel is worth at least', 'deliver within', 'earn at least', 'hold because', 'flag low stock \
                 when fewer than', 'when'",
                "line 5, column 1: 'Guardrail' is not a way to begin a sentence; did you mean 'Guardrails'?",
            ],
        );
    }

    #[test]
    fn another_spelling_is_refused_with_the_right_one_and_can_be_tidied() {
        check_errors(
            "only  from stores",
            &[
                "line 1, column 1: this is understood, but not spelled as it is kept; write: Only from stores.",
            ],
        );
        check_errors(
            "Earn at least $1500 of margin.",
            &[
                "line 1, column 17: this is understood, but not spelled as it is kept; write: Earn at least $1,500 of margin.",
            ],
        );
        let loose = "  rule set:  Spring\nGUARDRAILS:\n\tonly  from stores # why\n  # end  ";
        let tidy = "Rule set: Spring\nGuardrails\nOnly from stores.  # why\n# end";
        assert_eq!(RuleFile::tidy(loose, USD).map(|file| file.write(USD)), Ok(tidy.to_owned()));
        check_same(tidy);
    }

    #[test]
    fn what_people_type_is_understood_and_told_and_written_as_it_is_kept() {
        let typed = "# ours\nrules:\n  prefer warehouses, worth $3.00 a parcel.  # they pack better\n\n\
                     Never from stores\n";
        let understood = RuleFile::understand(typed, USD).unwrap();
        let said: Vec<String> = understood.respelled.iter().map(RuleError::to_string).collect();
        assert_eq!(
            said,
            [
                "line 2, column 1: this is understood, but not spelled as it is kept; write: Rules",
                "line 3, column 3: this is understood, but not spelled as it is kept; write: Prefer warehouses, worth \
                 $3 a parcel.",
                "line 5, column 18: this is understood, but not spelled as it is kept; write: Never from stores.",
            ]
        );
        let kept = "# ours\nRules\n  Prefer warehouses, worth $3 a parcel.  # they pack better\n\nNever from stores.\n";
        assert_eq!(understood.file.write(USD), kept);
        assert_eq!(check_same(kept).set, understood.file.set);
        assert_eq!(RuleFile::understand(kept, USD).map(|understood| understood.respelled), Ok(Vec::new()));
    }

    #[test]
    fn a_sentence_knows_its_line() {
        let file = check_same(
            "# why\nGuardrails\nAt most 3 parcels.\n\nRules\nOnly from stores.\n# x\nAt most 2 parcels.\n",
        );
        let lines = [RuleRef::Guardrail(0), RuleRef::Rule(0), RuleRef::Rule(1), RuleRef::Rule(2)];
        assert_eq!(lines.map(|rule| file.line_of(rule)), [Some(3), Some(6), Some(8), None]);
    }

    #[test]
    fn preferences_are_no_guardrails() {
        check_errors(
            "Guardrails\nPrefer stores, always.\nFlag low stock when fewer than 2 are left.\n",
            &[
                "line 2, column 1: 'prefer' is no hard limit, so it cannot be a guardrail; move it under 'Rules'",
                "line 3, column 1: 'flag low stock when fewer than' is no hard limit, so it cannot be a guardrail; \
                 move it under 'Rules'",
            ],
        );
    }

    #[test]
    fn names_and_headings_stand_once_in_their_place() {
        check_errors(
            "Rule set:\nRules\nRules\nRule set: x\n",
            &[
                "line 1, column 10: the name of a rule set has 1 to 80 characters; write 'Rule set: Spring pilot'",
                "line 3, column 1: 'Rules' stands here a second time; move its sentences under the first",
                "line 4, column 1: the name comes once, before everything else; move it to the top",
            ],
        );
    }

    #[test]
    fn limits_are_told() {
        let errors = RuleFile::read(&"At most 3 parcels.\n".repeat(MAX_RULES + 1), USD).unwrap_err();
        assert_eq!((errors.len(), errors[0].line), (1, MAX_RULES + 1));
        let errors = RuleFile::read(&"Prefer stores, always.\n".repeat(MAX_TIERS + 1), USD).unwrap_err();
        assert_eq!((errors.len(), errors[0].line), (1, MAX_TIERS + 1));
        let errors = RuleFile::read(&"?\n".repeat(200), USD).unwrap_err();
        assert_eq!(errors.len(), MAX_ERRORS);
        assert_eq!(RuleFile::read(&"#".repeat(MAX_FILE + 1), USD).unwrap_err().len(), 1);
        assert_eq!(RuleFile::read("# a\rb", USD).unwrap_err()[0].column, 4);
    }

    #[test]
    fn a_changed_set_is_written_under_its_comments() {
        let mut file = check_same("# why\nOnly from stores.\n");
        file.set.rules.clear();
        file.set.name = "Bare".to_owned();
        assert_eq!(file.write(USD), "# why\nRule set: Bare\n");
        let mut file = check_same("# why\nAt most 2 parcels. # many\n");
        file.set.rules[0].then = Action::MaxParcels(1);
        assert_eq!(file.write(USD), "# why\nAt most 1 parcel. # many\n");
    }
}
