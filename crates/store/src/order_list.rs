//! Lists of orders: narrowed by everything that people narrow them by, the newest first.
//!
//! Owns: which index leads to the orders of a question. Each part of it that could lead is looked at first, up to a
//! limit; what has the fewest leads, and the other parts are asked of each order that it leads to. Refuses to know: how a
//! text becomes a [`Search`]. A statement is put together from constant pieces: all that are possible would be thousands,
//! and one for all of them could use no index.

mod search;
mod sql;
mod work;

pub use search::{Probe, Search};
pub use work::Work;

use crate::db::{DbError, Row, Tx};
use crate::order_terms::Term;
use crate::orders::OrderRow;
use crate::places::LocationKey;
use sql::{Lead, Sql};

/// What is asked for; `None`: whatever it is.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Question {
    pub search: Option<Search>,
    /// What people call it, exactly.
    pub name: Option<String>,
    pub state: Option<String>,
    pub lane: Option<String>,
    pub channel: Option<String>,
    pub tag: Option<String>,
    /// A place that has some of it, or has handed it over.
    pub location: Option<LocationKey>,
    /// With a location, the work there.
    pub work: Option<Work>,
    /// Placed at this moment or later,
    pub from_ms: Option<i64>,
    /// and before this one.
    pub to_ms: Option<i64>,
    /// What is late is late at this moment.
    pub now_ms: i64,
}

/// Rows of a part of the question that are looked at to find the shortest way.
const MOST_LOOKED_AT: i64 = 5_000;

/// Orders before a moment and an id, the newest first; of one moment by id. At most `limit`.
///
/// # Errors
/// The database's.
pub async fn page(
    tx: &mut Tx,
    question: &Question,
    before: (i64, &str),
    limit: i64,
) -> Result<Vec<OrderRow>, DbError> {
    let lead = shortest(tx, question).await?;
    let Sql { text, values } = sql::page(question, lead, (before, limit));
    tx.rows_made(text, &values).await?.iter().map(OrderRow::of).collect()
}

/// Ids of the newest, at most `most`.
///
/// # Errors
/// The database's.
pub async fn ids(tx: &mut Tx, question: &Question, most: i64) -> Result<Vec<String>, DbError> {
    let lead = shortest(tx, question).await?;
    let Sql { text, values } = sql::ids(question, lead, most);
    let rows = tx.rows_made(text, &values).await?;
    rows.iter().map(|row| row.text("order_id").map(str::to_owned)).collect()
}

/// How many there are, but no more than `most`.
///
/// # Errors
/// The database's.
pub async fn count(tx: &mut Tx, question: &Question, most: i64) -> Result<i64, DbError> {
    let lead = shortest(tx, question).await?;
    let Sql { text, values } = sql::count(question, lead, most);
    tx.rows_made(text, &values).await?.first().map_or(Ok(0), |row| row.int("amount"))
}

/// Who has some of an order, and how far it is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AtPlace {
    pub order_id: String,
    pub location: LocationKey,
    /// Of the fulfillment order.
    pub state: String,
    pub due_at_ms: i64,
}

/// Which places have some of these orders, or have handed it over; of one order in the order in which they were asked.
///
/// # Errors
/// The database's.
pub async fn at_places(tx: &mut Tx, orders: &[&str]) -> Result<Vec<AtPlace>, DbError> {
    let Sql { text, values } = sql::at_places(orders);
    let read = |row: &Row| {
        Ok(AtPlace {
            order_id: row.text("order_id")?.to_owned(),
            location: LocationKey(row.int("location_id")?),
            state: row.text("state")?.to_owned(),
            due_at_ms: row.int("due_at")?,
        })
    };
    tx.rows_made(text, &values).await?.iter().map(read).collect()
}

/// Those of these orders that need attention.
///
/// # Errors
/// The database's.
pub async fn in_need(tx: &mut Tx, orders: &[&str]) -> Result<Vec<String>, DbError> {
    let Sql { text, values } = sql::in_need(orders);
    let rows = tx.rows_made(text, &values).await?;
    rows.iter().map(|row| row.text("id").map(str::to_owned)).collect()
}

/// The part of the question that leads to the fewest orders.
async fn shortest(tx: &mut Tx, question: &Question) -> Result<Lead, DbError> {
    let leads = leads(question);
    let [first, _, ..] = leads[..] else { return Ok(leads.first().copied().unwrap_or(Lead::Time)) };
    let mut best = (i64::MAX, first);
    for lead in leads {
        let Sql { text, values } = sql::look(question, lead, best.0.min(MOST_LOOKED_AT));
        let there = tx.rows_made(text, &values).await?.first().map_or(Ok(0), |row| row.int("amount"))?;
        if there < best.0 {
            best = (there, lead);
        }
    }
    Ok(best.1)
}

/// Those that are possible, the likeliest first.
fn leads(question: &Question) -> Vec<Lead> {
    let work = question.work.map(|_| Lead::Work);
    let state = question.state.as_ref().map(|_| Lead::State);
    let tag = question.tag.as_ref().map(|_| Lead::Tag);
    let location = question.location.map(|_| Lead::Location);
    // Few orders have one name, and few are found by what was typed: nothing is shorter.
    match (&question.name, &question.search) {
        (_, Some(_)) => vec![Lead::Search],
        (Some(_), None) => vec![Lead::Name],
        (None, None) => [work, tag, location, state].into_iter().flatten().collect(),
    }
}

impl Question {
    fn term_of_tag(&self) -> Option<Term> {
        self.tag.as_deref().map(Term::tag)
    }
}

/// Statements of questions with one part and with two, for the test that prepares them.
pub fn samples() -> Vec<String> {
    let text = || Some("x".to_owned());
    let probe = Probe {
        terms: vec![Term::identifier("1")],
        beginning: Some(Term::word("ma")),
        trackings: vec!["1".to_owned()],
    };
    let search = Search { words: vec![probe.clone(), probe.clone()], whole: Some(probe) };
    let mut parts = vec![
        Question { search: Some(search), ..Question::default() },
        Question { name: text(), ..Question::default() },
        Question { state: text(), ..Question::default() },
        Question { lane: text(), ..Question::default() },
        Question { channel: text(), ..Question::default() },
        Question { tag: text(), ..Question::default() },
        Question { location: Some(LocationKey(1)), ..Question::default() },
        Question { from_ms: Some(1), to_ms: Some(2), ..Question::default() },
    ];
    parts.extend(Work::ALL.map(|work| Question { work: Some(work), ..Question::default() }));
    let pairs = parts.iter().flat_map(|one| parts.iter().map(move |other| both(one, other)));
    let mut texts: Vec<String> = pairs.flat_map(|question| texts(&question)).collect();
    texts.extend([sql::at_places(&["x"]).text, sql::in_need(&["x"]).text]);
    texts.sort_unstable();
    texts.dedup();
    texts
}

fn both(one: &Question, other: &Question) -> Question {
    let (one, other) = (one.clone(), other.clone());
    Question {
        search: one.search.or(other.search),
        name: one.name.or(other.name),
        state: one.state.or(other.state),
        lane: one.lane.or(other.lane),
        channel: one.channel.or(other.channel),
        tag: one.tag.or(other.tag),
        location: one.location.or(other.location),
        work: one.work.or(other.work),
        from_ms: one.from_ms.or(other.from_ms),
        to_ms: one.to_ms.or(other.to_ms),
        now_ms: 0,
    }
}

fn texts(question: &Question) -> Vec<String> {
    let mut leads = leads(question);
    if leads.is_empty() {
        leads.push(Lead::Time);
    }
    let of = |lead| {
        let page = sql::page(question, lead, ((0, ""), 1)).text;
        let ids = sql::ids(question, lead, 1).text;
        [page, ids, sql::count(question, lead, 1).text, sql::look(question, lead, 1).text]
    };
    leads.into_iter().flat_map(of).collect()
}
