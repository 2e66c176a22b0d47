//! One statement for a question, out of constant pieces, with its values beside it.
//!
//! A `+` before a column, or `|| ''` behind it, keeps its index out of it: SQLite knows nothing of how many rows a value
//! has, and another index leads here. A `cross join` keeps the tables in the order in which they are written. A count above 0
//! is asked of each order, where PostgreSQL would turn an `exists` round and read all there is.

use super::work::HAS_SOME;
use super::{Question, Work};
use crate::db::Value;
use crate::order_terms::Term;

/// A text with the values of its parameters.
#[derive(Default)]
pub(super) struct Sql {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl Sql {
    /// The name of a parameter of this value.
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// The names of parameters of these values; at least one.
    fn bind_all(&mut self, values: &[&str]) -> String {
        let names: Vec<String> = values.iter().map(|value| self.bind(*value)).collect();
        names.join(", ")
    }
}

/// Which part of a question leads to its orders.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lead {
    Name,
    Search,
    Work,
    Tag,
    Location,
    State,
    Time,
}

/// Where orders come from: their time and id there, and what must hold there.
struct From {
    tables: String,
    placed: &'static str,
    id: &'static str,
    holds: Vec<String>,
    /// Of an order there may be several rows.
    is_many: bool,
    /// The row of the order is there.
    has_order: bool,
}

impl From {
    fn new(
        tables: impl Into<String>,
        (placed, id): (&'static str, &'static str),
        holds: Vec<String>,
    ) -> From {
        From { tables: tables.into(), placed, id, holds, is_many: false, has_order: false }
    }

    fn orders(holds: Vec<String>) -> From {
        From { has_order: true, ..From::new("orders o", ("o.placed_at", "o.id"), holds) }
    }

    fn term(term: &Term, sql: &mut Sql) -> From {
        let holds = vec![format!("t.term = {}", sql.bind(term.text()))];
        From::new("order_terms t", ("t.placed_at", "t.order_id"), holds)
    }
}

/// Orders before a moment and an id, at most so many.
pub(super) fn page(question: &Question, lead: Lead, (before, limit): ((i64, &str), i64)) -> Sql {
    let mut sql = Sql::default();
    let mut from = narrowed(question, lead, &mut sql);
    let (at, id) = (sql.bind(before.0), sql.bind(before.1));
    from.holds.push(format!("({}, {}) < ({at}, {id})", from.placed, from.id));
    let limit = sql.bind(limit);
    let (placed, id) = (from.placed, from.id);
    let found = format!("{} order by {placed} desc, {id} desc limit {limit}", select(&from));
    sql.text = format!(
        "select o.id as id, o.channel as channel, o.external_id as external_id, o.name as name, o.state as state, \
         o.hold as hold, o.lane as lane, o.placed_at as placed_at, o.document as document, \
         o.source_version as source_version, o.attempts as attempts, o.version as version, o.taken_at as taken_at, \
         o.changed_at as changed_at from ({found}) as found cross join orders o where o.id = found.order_id \
         order by found.placed_at desc, found.order_id desc"
    );
    sql
}

/// Ids of the newest orders, at most so many.
pub(super) fn ids(question: &Question, lead: Lead, most: i64) -> Sql {
    let mut sql = Sql::default();
    let from = narrowed(question, lead, &mut sql);
    let (most, placed, id) = (sql.bind(most), from.placed, from.id);
    sql.text = format!("{} order by {placed} desc, {id} desc limit {most}", select(&from));
    sql
}

/// How many orders, at most so many.
pub(super) fn count(question: &Question, lead: Lead, most: i64) -> Sql {
    let mut sql = Sql::default();
    let from = narrowed(question, lead, &mut sql);
    counted(sql, &from, most)
}

/// How many orders a part of the question leads to, at most so many.
pub(super) fn look(question: &Question, lead: Lead, most: i64) -> Sql {
    let mut sql = Sql::default();
    let from = From { is_many: false, ..led(question, lead, &mut sql) };
    counted(sql, &from, most)
}

/// The work at places of these orders.
pub(super) fn at_places(orders: &[&str]) -> Sql {
    let mut sql = Sql::default();
    let ids = sql.bind_all(orders);
    sql.text = format!(
        "select f.order_id as order_id, f.location_id as location_id, f.state as state, f.due_at as due_at \
         from fulfillments f where f.order_id in ({ids}) and {HAS_SOME} order by f.order_id, f.id"
    );
    sql
}

/// Ids of those of these orders that need attention.
pub(super) fn in_need(orders: &[&str]) -> Sql {
    let mut sql = Sql::default();
    let ids = sql.bind_all(orders);
    let holds = Work::NeedsAttention.holds_of("o.id").unwrap_or_default();
    sql.text = format!("select o.id as id from orders o where o.id in ({ids}) and {holds} order by o.id");
    sql
}

fn counted(mut sql: Sql, from: &From, most: i64) -> Sql {
    let most = sql.bind(most);
    sql.text = format!("select count(*) as amount from ({} limit {most}) as counted", select(from));
    sql
}

fn select(from: &From) -> String {
    let From { tables, placed, id, holds, is_many, .. } = from;
    let holds = if holds.is_empty() { String::new() } else { format!(" where {}", holds.join(" and ")) };
    let once = if *is_many { format!(" group by {placed}, {id}") } else { String::new() };
    format!("select {placed} as placed_at, {id} as order_id from {tables}{holds}{once}")
}

/// What a part of the question leads to.
fn led(question: &Question, lead: Lead, sql: &mut Sql) -> From {
    match lead {
        Lead::Time => From::orders(Vec::new()),
        Lead::State => {
            let state = sql.bind(question.state.as_deref().unwrap_or_default());
            From::orders(vec![format!("o.state = {state}")])
        }
        Lead::Name => {
            let name = sql.bind(question.name.as_deref().unwrap_or_default());
            From::orders(vec![format!("o.name = {name}")])
        }
        Lead::Search => {
            let hits = question.search.as_ref().map(|search| search.hits(sql)).unwrap_or_default();
            From::new(format!("({hits}) as h"), ("h.placed_at", "h.order_id"), Vec::new())
        }
        Lead::Tag => From::term(&question.term_of_tag().unwrap_or(Term::tag("")), sql),
        Lead::Location => match question.location {
            Some(key) => From::term(&Term::location(key), sql),
            None => From::orders(Vec::new()),
        },
        Lead::Work => led_by_work(question, sql),
    }
}

fn led_by_work(question: &Question, sql: &mut Sql) -> From {
    let Some(work) = question.work else { return From::orders(Vec::new()) };
    if let Some(holds) = work.of_place(question.now_ms, sql) {
        let from = From::new("fulfillments f", ("f.placed_at", "f.order_id"), vec![holds]);
        return From { is_many: true, ..from };
    }
    match work.orders() {
        Some(ids) => {
            let tables = format!("(select distinct order_id from ({ids}) as due) as d cross join orders o");
            From { tables, ..From::orders(vec!["o.id = d.order_id".to_owned()]) }
        }
        None => From::term(&Term::split(), sql),
    }
}

/// What a part leads to, and of it what all of the question asks for.
fn narrowed(question: &Question, lead: Lead, sql: &mut Sql) -> From {
    let mut from = led(question, lead, sql);
    let (placed, id) = (from.placed, from.id);
    for (moment, sign) in [(question.from_ms, ">="), (question.to_ms, "<")] {
        if let Some(moment) = moment {
            from.holds.push(format!("{placed} {sign} {}", sql.bind(moment)));
        }
    }
    let words = [
        ("o.name", &question.name, Lead::Name),
        ("o.state", &question.state, Lead::State),
        ("o.lane", &question.lane, Lead::Time),
        ("o.channel || ''", &question.channel, Lead::Time),
    ];
    for (column, word, leads) in words {
        if let Some(word) = word.as_deref().filter(|_| leads != lead || leads == Lead::Time) {
            with_order(&mut from);
            from.holds.push(format!("{column} = {}", sql.bind(word)));
        }
    }
    if let Some(term) = question.term_of_tag().filter(|_| lead != Lead::Tag) {
        let term = sql.bind(term.text());
        from.holds.push(format!(
            "exists (select 1 from order_terms a where a.term = {term} and a.placed_at = {placed} and a.order_id = {id})"
        ));
    }
    narrow_by_work(question, (lead, &mut from), sql);
    from
}

/// Brings in the row of the order, behind what leads to it.
fn with_order(from: &mut From) {
    if !from.has_order {
        from.tables.push_str(" cross join orders o");
        from.holds.push(format!("o.id = {}", from.id));
        from.has_order = true;
    }
}

/// Work and location: with both, the work is that of this place.
fn narrow_by_work(question: &Question, (lead, from): (Lead, &mut From), sql: &mut Sql) {
    let id = from.id;
    let there = question.location.map(|key| format!("+f.location_id = {}", sql.bind(key.0)));
    let of_place = match lead {
        // It is asked of each row already.
        Lead::Work => None,
        _ => question.work.and_then(|work| work.of_place(question.now_ms, sql)),
    };
    let is_of_place = question.work.is_some_and(Work::is_of_place);
    if lead == Lead::Work && is_of_place {
        from.holds.extend(there);
        return;
    }
    if let Some(of_place) = of_place {
        let there = there.map(|there| format!(" and {there}")).unwrap_or_default();
        from.holds.push(format!(
            "(select count(*) from fulfillments f where f.order_id = {id} and {of_place}{there}) > 0"
        ));
        return;
    }
    if let Some(there) = there {
        from.holds.push(format!(
            "(select count(*) from fulfillments f where f.order_id = {id} and {HAS_SOME} and {there}) > 0"
        ));
    }
    // A term says that an order may be split; whether it is, its work says.
    if let Some(work) = question.work.filter(|work| lead != Lead::Work || *work == Work::Split) {
        from.holds.extend(work.holds_of(id));
    }
}
