//! Named cases: small orders with the outcome that a team expects, to test a rule set with.
//!
//! Owns: their text form, read only. Refuses to know: the network. Locations and SKUs are names here, and
//! nothing is decided.
//!
//! ```text
//! case Two mugs go to the mall
//! order MUG 2, TEE 1 to 97201 in OR placed 2026-11-24 09:30
//! stock mall MUG 2
//! expect mall MUG 2, TEE 1
//! expect 1 parcel
//! ```

use super::error::{Fault, MAX_ERRORS, RuleError};
use super::file::MAX_FILE;
use super::grammar::lexer::{Shape, comment_start};
use super::grammar::values::{PARCELS, UNITS, count, money, time, unit};
use super::grammar::{Read, Reader, lists};
use model::order::MAX_UNITS;
use model::{Cost, Currency, Day, Lane, ServiceLevel};

/// Most cases in one file.
pub const MAX_CASES: usize = 200;
/// Most lines of one order, stock lines and expectations of one case.
const MAX_LINES: usize = 50;

/// One case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    pub name: String,
    /// Line of its `case`, from 1.
    pub line: usize,
    pub order: CaseOrder,
    /// Stock that differs from the network's.
    pub stock: Vec<CaseStock>,
    /// At least one.
    pub expects: Vec<Expect>,
}

/// Units of one item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pick {
    pub sku: String,
    pub units: u32,
}

/// What `order …` says. `None`: as the one who runs the case decides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseOrder {
    pub lines: Vec<Pick>,
    pub postal: Option<String>,
    /// State or province code.
    pub region: Option<String>,
    pub lane: Lane,
    /// Code of the chosen store; set for pickup only.
    pub pickup_at: Option<String>,
    pub service: ServiceLevel,
    pub channel: Option<String>,
    pub tags: Vec<String>,
    pub placed: Option<CaseTime>,
    /// What the customer pays for the goods, instead of the products' prices.
    pub worth: Option<Cost>,
}

/// A minute of a day by the shop's clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CaseTime {
    pub day: Day,
    pub minute: u16,
}

/// So many units of an item at a location, on hand and available.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseStock {
    pub location: String,
    pub sku: String,
    pub units: u32,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expect {
    /// `expect mall MUG 2, TEE 1`: all that this location sends.
    From { location: String, picks: Vec<Pick> },
    /// `expect not from mall`.
    NotFrom(String),
    /// `expect unfilled MUG 1`.
    Unfilled(Pick),
    /// `expect hold`.
    Hold,
    /// `expect 2 parcels`.
    Parcels(u32),
    /// `expect cost at most $9`: the whole landed cost.
    CostAtMost(Cost),
}

/// Reads a file of cases. Reports every line that is not understood, up to [`MAX_ERRORS`].
pub fn read_cases(text: &str, currency: Currency) -> Result<Vec<Case>, Vec<RuleError>> {
    if text.len() > MAX_FILE {
        let problem = format!("the file has {} bytes, {MAX_FILE} are the most", text.len());
        return Err(vec![Fault::new(0, problem, "split it").on_line(1, 0)]);
    }
    let mut file = CaseFile { currency, drafts: Vec::new(), errors: Vec::new() };
    for (i, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
        file.read_line(i + 1, line);
        if file.errors.len() >= MAX_ERRORS {
            break;
        }
    }
    file.finish()
}

/// A case while it is read.
struct Draft {
    name: String,
    line: usize,
    order: Option<CaseOrder>,
    /// Its order line was not understood, which is told already.
    is_broken: bool,
    stock: Vec<CaseStock>,
    expects: Vec<Expect>,
}

struct CaseFile {
    currency: Currency,
    drafts: Vec<Draft>,
    errors: Vec<RuleError>,
}

impl CaseFile {
    fn read_line(&mut self, number: usize, line: &str) {
        let indent = line.chars().take_while(|letter| letter.is_whitespace()).count();
        let line = line.trim();
        let body = line[..comment_start(line)].trim_end();
        let (word, rest) = body.split_once([' ', '\t']).unwrap_or((body, ""));
        let read = match word {
            "" => Ok(()),
            "case" => self.open(number, line["case".len()..].trim()),
            "order" | "stock" | "expect" => self.add(word, rest),
            _ => Err(Fault::new(
                0,
                format!("'{word}' is not a way to begin a line of a case"),
                "write one of 'case', 'order', 'stock', 'expect'",
            )),
        };
        if let Err(fault) = read {
            self.errors.push(fault.on_line(number, indent));
        }
    }

    fn open(&mut self, line: usize, name: &str) -> Read<()> {
        if name.is_empty() {
            return Err(Fault::new(0, "a case needs a name", "write 'case Two mugs go to the mall'"));
        }
        if self.drafts.len() >= MAX_CASES {
            return Err(Fault::new(0, format!("a file has {MAX_CASES} cases at most"), "split it"));
        }
        if let Some(twin) = self.drafts.iter().find(|draft| draft.name == name) {
            let problem = format!("the case on line {} has the same name", twin.line);
            return Err(Fault::new(0, problem, "give each case its own"));
        }
        let (name, order) = (name.to_owned(), None);
        self.drafts.push(Draft {
            name,
            line,
            order,
            is_broken: false,
            stock: Vec::new(),
            expects: Vec::new(),
        });
        Ok(())
    }

    /// `rest` follows the word and one space.
    fn add(&mut self, word: &str, rest: &str) -> Read<()> {
        let shift = |fault: Fault| Fault { at: fault.at + word.len() + 1, ..fault };
        let Some(draft) = self.drafts.last_mut() else {
            return Err(Fault::new(
                0,
                format!("'{word}' stands before any case"),
                "begin with 'case' and a name",
            ));
        };
        let mut reader = Reader::new(rest, self.currency).map_err(shift)?;
        match word {
            "order" if draft.order.is_some() => {
                Err(Fault::new(0, "a case has one order", "begin another case"))
            }
            "order" => {
                let order = read_order(&mut reader).map_err(shift);
                draft.is_broken |= order.is_err();
                draft.order = Some(order?);
                Ok(())
            }
            "stock" => add_all(&mut draft.stock, read_stock(&mut reader).map_err(shift)?),
            _ => add_all(&mut draft.expects, vec![read_expect(&mut reader).map_err(shift)?]),
        }
    }

    fn finish(mut self) -> Result<Vec<Case>, Vec<RuleError>> {
        let mut cases = Vec::new();
        for draft in self.drafts {
            let line = draft.line;
            let lacks =
                |what: &str| Fault::new(0, format!("the case has no {what}"), format!("add '{what} …'"));
            match draft.order {
                None if draft.is_broken => {}
                None => self.errors.push(lacks("order").on_line(line, 0)),
                Some(_) if draft.expects.is_empty() => self.errors.push(lacks("expect").on_line(line, 0)),
                Some(order) => {
                    let Draft { name, line, stock, expects, .. } = draft;
                    cases.push(Case { name, line, order, stock, expects });
                }
            }
        }
        self.errors.sort_by_key(|error| (error.line, error.column));
        if self.errors.is_empty() { Ok(cases) } else { Err(self.errors) }
    }
}

fn add_all<T>(known: &mut Vec<T>, more: Vec<T>) -> Read<()> {
    known.extend(more);
    if known.len() > MAX_LINES {
        return Err(Fault::new(
            0,
            format!("a case has {MAX_LINES} of these lines at most"),
            "split the case",
        ));
    }
    Ok(())
}

/// A bare word or a quoted name.
fn code(reader: &mut Reader, what: &str) -> Read<String> {
    if reader.next_is(Shape::Quoted) {
        return lists::name(reader, what);
    }
    let Some(word) = reader.word().map(str::to_owned) else { return Err(reader.is_not(what, "")) };
    reader.step();
    Ok(word)
}

/// `MUG 2, TEE 1`.
fn picks(reader: &mut Reader, least: u32) -> Read<Vec<Pick>> {
    let mut picks = Vec::new();
    loop {
        let sku = code(reader, "a SKU")?;
        picks.push(Pick { sku, units: count(reader, least..=MAX_UNITS)? });
        if picks.len() > MAX_LINES {
            return Err(reader.fault(format!("a case has {MAX_LINES} items at most"), "leave some out"));
        }
        if !reader.take_shape(Shape::Comma) {
            return Ok(picks);
        }
    }
}

/// What may follow the items of an order, in any order.
const CLAUSES: [&str; 13] = [
    "to",
    "in",
    "for shipping",
    "for local delivery",
    "by pickup at",
    "standard",
    "expedited",
    "next-day",
    "same-day",
    "placed",
    "worth",
    "from channel",
    "tagged",
];

fn read_order(reader: &mut Reader) -> Read<CaseOrder> {
    let mut order = CaseOrder {
        lines: picks(reader, *UNITS.start())?,
        postal: None,
        region: None,
        lane: Lane::Ship,
        pickup_at: None,
        service: ServiceLevel::Standard,
        channel: None,
        tags: Vec::new(),
        placed: None,
        worth: None,
    };
    let mut seen: Vec<&str> = Vec::new();
    while reader.next_is(Shape::Word) {
        let at = reader.peek(0).map_or(0, |piece| piece.at);
        let clause = reader.choose("something that an order can say", &CLAUSES)?;
        let group = match clause {
            2..=4 => "the lane",
            5..=8 => "the service",
            _ => CLAUSES[clause],
        };
        if group != "tagged" && seen.contains(&group) {
            return Err(Fault::new(at, format!("'{group}' is said twice"), "say it once"));
        }
        seen.push(group);
        read_clause(reader, CLAUSES[clause], &mut order)?;
    }
    if order.postal.is_none() && order.lane != Lane::Pickup {
        return Err(reader.fault("the order goes nowhere", "add 'to' and a postal code"));
    }
    reader.finish()?;
    Ok(order)
}

fn read_clause(reader: &mut Reader, clause: &str, order: &mut CaseOrder) -> Read<()> {
    match clause {
        "to" => order.postal = Some(code(reader, "a postal code")?),
        "in" => order.region = Some(code(reader, "a state or province code")?),
        "for shipping" => order.lane = Lane::Ship,
        "for local delivery" => order.lane = Lane::LocalDelivery,
        "by pickup at" => {
            order.lane = Lane::Pickup;
            order.pickup_at = Some(code(reader, "a location's code")?);
        }
        "placed" => {
            let day = reader.word().and_then(Day::from_iso);
            let Some(day) = day else { return Err(reader.is_not("a day", "write it as '2026-11-24'")) };
            reader.step();
            order.placed = Some(CaseTime { day, minute: time(reader)? });
        }
        "worth" => order.worth = Some(money(reader, Cost::ZERO)?),
        "from channel" => order.channel = Some(code(reader, "a channel")?),
        "tagged" => order.tags.push(code(reader, "a tag")?),
        level => {
            let known = ServiceLevel::ALL.into_iter().find(|known| known.words() == level);
            order.service = known.unwrap_or(ServiceLevel::Standard);
        }
    }
    Ok(())
}

fn read_stock(reader: &mut Reader) -> Read<Vec<CaseStock>> {
    let location = code(reader, "a location's code")?;
    let picks = picks(reader, 0)?;
    reader.finish()?;
    let at = |pick: Pick| CaseStock { location: location.clone(), sku: pick.sku, units: pick.units };
    Ok(picks.into_iter().map(at).collect())
}

fn read_expect(reader: &mut Reader) -> Read<Expect> {
    let is_unit = |word: &str| word.eq_ignore_ascii_case("parcels") || word.eq_ignore_ascii_case("parcel");
    let expect = if reader.take("hold") {
        Expect::Hold
    } else if reader.take("not from") {
        Expect::NotFrom(code(reader, "a location's code")?)
    } else if reader.take("cost at most") {
        Expect::CostAtMost(money(reader, Cost::ZERO)?)
    } else if reader.take("unfilled") {
        let sku = code(reader, "a SKU")?;
        Expect::Unfilled(Pick { sku, units: count(reader, UNITS)? })
    } else if reader.peek(1).is_some_and(|piece| is_unit(&piece.text)) {
        let parcels = count(reader, 0..=*PARCELS.end())?;
        unit(reader, "parcel")?;
        Expect::Parcels(parcels)
    } else {
        let location = code(reader, "something to expect")?;
        Expect::From { location, picks: picks(reader, *UNITS.start())? }
    };
    reader.finish()?;
    Ok(expect)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_errors(text: &str, expect: &[&str]) {
        let errors = read_cases(text, Currency::USD).unwrap_err();
        let said: Vec<String> = errors.iter().map(RuleError::to_string).collect();
        assert_eq!(said, expect, "{text}");
    }

    fn order(text: &str) -> CaseOrder {
        let text = format!("case a\norder {text}\nexpect hold\n");
        read_cases(&text, Currency::USD).unwrap_or_else(|errors| panic!("{errors:?}")).remove(0).order
    }

    #[test]
    fn cases_are_read_whole() {
        let text = "\
            # Mall first\n\ncase Two mugs go to the mall # 1\norder MUG 2, \"TEE XL\" 1 to 97201\nstock mall MUG 2, \
            TEE 0 # few\n  expect mall MUG 2, \"TEE XL\" 1\nexpect not from \"depot 2\"\nexpect 1 parcel\nexpect cost \
            at most $9\nexpect unfilled MUG 1\r\n\ncase Held\norder MUG 1 to 97201\nexpect hold\n";
        let cases = read_cases(text, Currency::USD).unwrap();
        assert_eq!(cases.len(), 2);
        assert_eq!((cases[0].name.as_str(), cases[0].line), ("Two mugs go to the mall # 1", 3));
        assert_eq!((cases[1].name.as_str(), cases[1].line), ("Held", 12));
        let pick = |sku: &str, units| Pick { sku: sku.to_owned(), units };
        assert_eq!(cases[0].order.lines, [pick("MUG", 2), pick("TEE XL", 1)]);
        let stock = |sku: &str, units| CaseStock { location: "mall".to_owned(), sku: sku.to_owned(), units };
        assert_eq!(cases[0].stock, [stock("MUG", 2), stock("TEE", 0)]);
        let expects = [
            Expect::From { location: "mall".to_owned(), picks: vec![pick("MUG", 2), pick("TEE XL", 1)] },
            Expect::NotFrom("depot 2".to_owned()),
            Expect::Parcels(1),
            Expect::CostAtMost(Cost(90_000)),
            Expect::Unfilled(pick("MUG", 1)),
        ];
        assert_eq!(cases[0].expects, expects);
    }

    #[test]
    fn an_order_says_as_much_as_it_needs() {
        let pickup = order("MUG 1 by pickup at mall same-day");
        assert_eq!((pickup.lane, pickup.pickup_at.as_deref()), (Lane::Pickup, Some("mall")));
        assert_eq!((pickup.service, pickup.postal), (ServiceLevel::SameDay, None));
        let local = order("MUG 1 to \"SW1A 1AA\" for local delivery placed 2026-11-24 09:30");
        assert_eq!((local.lane, local.postal.as_deref()), (Lane::LocalDelivery, Some("SW1A 1AA")));
        let placed = CaseTime { day: Day::from_iso("2026-11-24").unwrap(), minute: 570 };
        assert_eq!(local.placed, Some(placed));
        let rest =
            order("MUG 1 to 97201 in OR worth $120.50 from channel web tagged vip tagged \"gift wrap\"");
        assert_eq!((rest.worth, rest.region.as_deref()), (Some(Cost(1_205_000)), Some("OR")));
        assert_eq!((rest.channel.as_deref(), rest.tags.len()), (Some("web"), 2));
    }

    #[test]
    fn every_line_that_is_not_understood_is_reported() {
        check_errors(
            "order MUG 1 to 1\ncase a\ncase a\norder MUG to 97201\nexpect hold\ncase b\norder MUG 1\n\
             case c\norder MUG 1 to 1 to 2\ncase d\norder MUG 1 to 1\ncase e\nexpects hold\ncase\n",
            &[
                "line 1, column 1: 'order' stands before any case; begin with 'case' and a name",
                "line 3, column 1: the case on line 2 has the same name; give each case its own",
                "line 4, column 11: 'to' is not a whole number from 1 to 10000",
                "line 7, column 12: the order goes nowhere; add 'to' and a postal code",
                "line 9, column 18: 'to' is said twice; say it once",
                "line 10, column 1: the case has no expect; add 'expect …'",
                "line 12, column 1: the case has no order; add 'order …'",
                "line 13, column 1: 'expects' is not a way to begin a line of a case; write one of 'case', 'order', \
                 'stock', 'expect'",
                "line 14, column 1: a case needs a name; write 'case Two mugs go to the mall'",
            ],
        );
    }

    #[test]
    fn limits_are_told() {
        let cases: String =
            (0..=MAX_CASES).map(|i| format!("case {i}\norder A 1 to 1\nexpect hold\n")).collect();
        assert!(read_cases(&cases, Currency::USD).unwrap_err()[0].problem.contains("200 cases at most"));
        let expects = format!("case a\norder A 1 to 1\n{}", "expect hold\n".repeat(MAX_LINES + 1));
        assert_eq!(read_cases(&expects, Currency::USD).unwrap_err().len(), 1);
        assert!(read_cases(&"#".repeat(MAX_FILE + 1), Currency::USD).is_err());
    }
}
