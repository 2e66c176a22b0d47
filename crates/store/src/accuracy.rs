//! How right the books are: counted lines as evidence, and the gates that rest on it.
//!
//! Owns: their rows. Refuses to know: when a gate opens; see the verb that judges. A *cell* is a class of products at a
//! location on a channel; an empty channel is all of them, and its lines are evidence for each.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::{LocationKey, ProductKey};
use crate::pools::{Gate, SkuClass};

const RECORD: &str = "insert into accuracy_lines (at, location_id, product_id, category, velocity, channel, expected, \
    counted, is_within, document) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

const EVIDENCE: &str = "select count(*) as lines, cast(coalesce(sum(is_within), 0) as bigint) as within \
    from accuracy_lines where location_id = $1 and category = $2 and velocity = $3 and channel in ('', $4) \
    and at > $5 and at <= $6";

const EVIDENCE_AT: &str = "select count(*) as lines, cast(coalesce(sum(is_within), 0) as bigint) as within \
    from accuracy_lines where location_id = $1 and at > $2 and at <= $3";

const LINES: &str = "select a.number as number, a.at as at, p.sku as sku, a.expected as expected, a.counted as counted, \
    a.is_within as is_within, a.document as document from accuracy_lines a join products p on p.id = a.product_id \
    where a.location_id = $1 and a.category = $2 and a.velocity = $3 and a.channel in ('', $4) \
    and a.at > $5 and a.at <= $6 and a.number < $7 order by a.number desc limit $8";

/// Every cell that has evidence or a gate.
const CELLS: &str = "select location_id, category, velocity, channel from \
    (select location_id, category, velocity, channel from accuracy_lines where at > $5 \
    union select location_id, category, velocity, channel from gates) as cells \
    where (location_id, category, velocity, channel) > ($1, $2, $3, $4) \
    order by location_id, category, velocity, channel limit $6";

const GATE: &str = "select location_id, category, velocity, channel, state, reason, lines, within, lower_bp, upper_bp, \
    judged_at, changed_at, override_state, override_until, override_by, override_reason from gates \
    where location_id = $1 and category = $2 and velocity = $3 and channel = $4";

const GATES: &str = "select location_id, category, velocity, channel, state, reason, lines, within, lower_bp, upper_bp, \
    judged_at, changed_at, override_state, override_until, override_by, override_reason from gates \
    where (location_id, category, velocity, channel) > ($1, $2, $3, $4) \
    order by location_id, category, velocity, channel limit $5";

/// `$5` is 1 at the beginning: the first cell may have no class at all.
const GATES_AT: &str = "select location_id, category, velocity, channel, state, reason, lines, within, lower_bp, \
    upper_bp, judged_at, changed_at, override_state, override_until, override_by, override_reason from gates \
    where location_id = $1 and ($5 = 1 or (category, velocity, channel) > ($2, $3, $4)) \
    order by category, velocity, channel limit $6";

const JUDGE: &str = "insert into gates (location_id, category, velocity, channel, state, reason, lines, within, \
    lower_bp, upper_bp, judged_at, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
    on conflict (location_id, category, velocity, channel) do update set state = excluded.state, \
    reason = excluded.reason, lines = excluded.lines, within = excluded.within, lower_bp = excluded.lower_bp, \
    upper_bp = excluded.upper_bp, judged_at = excluded.judged_at, changed_at = excluded.changed_at \
    where gates.judged_at <= excluded.judged_at";

const OVERRIDE: &str = "update gates set override_state = $5, override_until = $6, override_by = $7, \
    override_reason = $8 where location_id = $1 and category = $2 and velocity = $3 and channel = $4";

const OVERDUE: &str = "select location_id, category, velocity, channel from gates \
    where override_until <= $1 order by location_id, category, velocity, channel limit $2";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 11] =
    [GATES_AT, RECORD, EVIDENCE, EVIDENCE_AT, LINES, CELLS, GATE, GATES, JUDGE, OVERRIDE, OVERDUE];

/// A class of products at a location on a channel.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Cell {
    pub location: LocationKey,
    pub class: SkuClass,
    /// Empty: all channels.
    pub channel: String,
}

impl Cell {
    /// Before every cell.
    pub fn start() -> Cell {
        Cell { location: LocationKey(0), class: SkuClass::default(), channel: String::new() }
    }

    fn values(&self) -> [Value; 4] {
        [
            self.location.0.into(),
            self.class.category.as_str().into(),
            self.class.velocity.as_str().into(),
            self.channel.as_str().into(),
        ]
    }

    fn of(row: &Row) -> Result<Cell, DbError> {
        Ok(Cell {
            location: LocationKey(row.int("location_id")?),
            class: SkuClass::of(row)?,
            channel: row.text("channel")?.to_owned(),
        })
    }
}

/// One counted line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line<'a> {
    pub at_ms: i64,
    pub cell: &'a Cell,
    pub product: ProductKey,
    pub expected: i64,
    pub counted: i64,
    pub tolerance: i64,
    pub document: &'a str,
}

impl Line<'_> {
    /// Whether the books were right enough.
    pub fn is_within(&self) -> bool {
        (self.counted - self.expected).abs() <= self.tolerance
    }
}

/// Lines counted in a window, and those that were right.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Evidence {
    pub lines: i64,
    pub within: i64,
}

/// A counted line, to show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    pub number: i64,
    pub at_ms: i64,
    pub sku: String,
    pub expected: i64,
    pub counted: i64,
    pub is_within: bool,
    pub document: String,
}

/// What was judged of a cell, and from what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judged {
    pub cell: Cell,
    pub gate: Gate,
    pub reason: String,
    pub evidence: Evidence,
    /// Between which the accuracy lies, in hundredths of a percent.
    pub lower_bp: i64,
    pub upper_bp: i64,
    pub judged_at_ms: i64,
    /// Since when the gate is as it is.
    pub changed_at_ms: i64,
    pub overridden: Option<Override>,
}

/// Somebody says otherwise, until a date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Override {
    pub gate: Gate,
    pub until_ms: i64,
    pub by: String,
    pub reason: String,
}

impl Judged {
    /// How the gate is taken at a moment: as overridden while that lasts, else as judged.
    pub fn at(&self, now_ms: i64) -> Gate {
        let overridden = self.overridden.as_ref().filter(|said| said.until_ms > now_ms);
        overridden.map_or(self.gate, |said| said.gate)
    }

    fn of(row: &Row) -> Result<Judged, DbError> {
        let overridden = match row.some_text("override_state")? {
            None => None,
            Some(state) => Some(Override {
                gate: Gate::from_code(state)?,
                until_ms: row.int("override_until")?,
                by: row.text("override_by")?.to_owned(),
                reason: row.text("override_reason")?.to_owned(),
            }),
        };
        Ok(Judged {
            cell: Cell::of(row)?,
            gate: Gate::from_code(row.text("state")?)?,
            reason: row.text("reason")?.to_owned(),
            evidence: Evidence { lines: row.int("lines")?, within: row.int("within")? },
            lower_bp: row.int("lower_bp")?,
            upper_bp: row.int("upper_bp")?,
            judged_at_ms: row.int("judged_at")?,
            changed_at_ms: row.int("changed_at")?,
            overridden,
        })
    }
}

/// Keeps a counted line as evidence.
///
/// # Errors
/// The database's.
pub async fn record(tx: &mut Tx, line: &Line<'_>) -> Result<(), DbError> {
    let [location, category, velocity, channel] = line.cell.values();
    let values: [Value; 10] = [
        line.at_ms.into(),
        location,
        line.product.0.into(),
        category,
        velocity,
        channel,
        line.expected.into(),
        line.counted.into(),
        i64::from(line.is_within()).into(),
        line.document.into(),
    ];
    tx.execute(RECORD, &values).await.map(drop)
}

/// What was counted of a cell after the first moment and until the second.
///
/// # Errors
/// The database's.
pub async fn evidence(
    tx: &mut Tx,
    cell: &Cell,
    (after_ms, until_ms): (i64, i64),
) -> Result<Evidence, DbError> {
    let values = [&cell.values()[..], &[after_ms.into(), until_ms.into()]].concat();
    let row = tx.row(EVIDENCE, &values).await?;
    row.map_or(Ok(Evidence::default()), |row| {
        Ok(Evidence { lines: row.int("lines")?, within: row.int("within")? })
    })
}

/// What was counted at a location, of whatever class, after the first moment and until the second.
///
/// # Errors
/// The database's.
pub async fn evidence_at(
    tx: &mut Tx,
    location: LocationKey,
    (after_ms, until_ms): (i64, i64),
) -> Result<Evidence, DbError> {
    let row = tx.row(EVIDENCE_AT, &[location.0.into(), after_ms.into(), until_ms.into()]).await?;
    row.map_or(Ok(Evidence::default()), |row| {
        Ok(Evidence { lines: row.int("lines")?, within: row.int("within")? })
    })
}

/// The lines behind [`evidence`], the newest first, before number `before`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn lines(
    tx: &mut Tx,
    cell: &Cell,
    (after_ms, until_ms): (i64, i64),
    (before, limit): (i64, i64),
) -> Result<Vec<Shown>, DbError> {
    let window = [after_ms.into(), until_ms.into(), before.into(), limit.into()];
    let read = |row: &Row| {
        Ok(Shown {
            number: row.int("number")?,
            at_ms: row.int("at")?,
            sku: row.text("sku")?.to_owned(),
            expected: row.int("expected")?,
            counted: row.int("counted")?,
            is_within: row.int("is_within")? == 1,
            document: row.text("document")?.to_owned(),
        })
    };
    tx.rows(LINES, &[&cell.values()[..], &window].concat()).await?.iter().map(read).collect()
}

/// Cells with evidence since a moment or with a gate, after `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn cells(tx: &mut Tx, after: &Cell, since_ms: i64, limit: i64) -> Result<Vec<Cell>, DbError> {
    let values = [&after.values()[..], &[since_ms.into(), limit.into()]].concat();
    tx.rows(CELLS, &values).await?.iter().map(Cell::of).collect()
}

/// # Errors
/// The database's.
pub async fn gate(tx: &mut Tx, cell: &Cell) -> Result<Option<Judged>, DbError> {
    tx.row(GATE, &cell.values()).await?.as_ref().map(Judged::of).transpose()
}

/// Gates after the cell `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn gates(tx: &mut Tx, after: &Cell, limit: i64) -> Result<Vec<Judged>, DbError> {
    let values = [&after.values()[..], &[limit.into()]].concat();
    tx.rows(GATES, &values).await?.iter().map(Judged::of).collect()
}

/// Gates of a location after the cell `after` of it, or from the first on, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn gates_at(
    tx: &mut Tx,
    (location, after): (LocationKey, Option<&Cell>),
    limit: i64,
) -> Result<Vec<Judged>, DbError> {
    let is_first = i64::from(after.is_none());
    let start = Cell { location, ..Cell::start() };
    let [_, category, velocity, channel] = after.unwrap_or(&start).values();
    let values = [location.0.into(), category, velocity, channel, is_first.into(), limit.into()];
    tx.rows(GATES_AT, &values).await?.iter().map(Judged::of).collect()
}

/// Keeps a judgment, unless a newer one is there. An override stays.
///
/// # Errors
/// The database's.
pub async fn judge(tx: &mut Tx, judged: &Judged) -> Result<bool, DbError> {
    let verdict: [Value; 8] = [
        judged.gate.code().into(),
        judged.reason.as_str().into(),
        judged.evidence.lines.into(),
        judged.evidence.within.into(),
        judged.lower_bp.into(),
        judged.upper_bp.into(),
        judged.judged_at_ms.into(),
        judged.changed_at_ms.into(),
    ];
    Ok(tx.execute(JUDGE, &[&judged.cell.values()[..], &verdict].concat()).await? == 1)
}

/// Cells of which somebody said otherwise until a moment that is over, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn overdue(tx: &mut Tx, now_ms: i64, limit: i64) -> Result<Vec<Cell>, DbError> {
    tx.rows(OVERDUE, &[now_ms.into(), limit.into()]).await?.iter().map(Cell::of).collect()
}

/// Says otherwise than was judged, or with `None` no longer. `false`: nothing has been judged of the cell.
///
/// # Errors
/// The database's.
pub async fn set_override(tx: &mut Tx, cell: &Cell, said: Option<&Override>) -> Result<bool, DbError> {
    let said: [Value; 4] = [
        said.map(|said| said.gate.code()).into(),
        said.map(|said| said.until_ms).into(),
        said.map(|said| said.by.as_str()).into(),
        said.map(|said| said.reason.as_str()).into(),
    ];
    Ok(tx.execute(OVERRIDE, &[&cell.values()[..], &said].concat()).await? == 1)
}
