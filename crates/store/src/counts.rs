//! Counts by people: what is to be counted, what was scanned, and what the books said at that moment.
//!
//! Owns: their rows, and what a counted line makes of a shelf. Refuses to know: who may review.
//!
//! Each scan keeps what the books said when it came, and the last entry of the ledger that made it so. What is sold, sent
//! or received afterwards has a later entry and still counts; a sale that is told later and happened before the scan is
//! taken as seen. So a shelf is counted while the shop is open. All units that the location has are counted, those that
//! are promised or already picked among them.

use crate::db::{DbError, Row, Tx, Value};
use crate::feeds::{self, Count as Absolute};
use crate::places::{LocationKey, ProductKey};
use crate::pools::SkuClass;
use crate::stock::{self, Entry, Shelf};

const ADD: &str = "insert into counts (id, location_id, kind, view, state, tolerance, reason, opened_by, at) \
    values ($1, $2, $3, $4, 'open', $5, $6, $7, $8)";
const FIND: &str = "select c.id as id, c.location_id as location_id, l.code as code, c.kind as kind, c.view as view, \
    c.state as state, c.tolerance as tolerance, c.reason as reason, c.opened_by as opened_by, c.at as at, \
    c.ended_at as ended_at from counts c join locations l on l.id = c.location_id where c.id = $1";
const AT: &str = "select c.id as id, c.location_id as location_id, l.code as code, c.kind as kind, c.view as view, \
    c.state as state, c.tolerance as tolerance, c.reason as reason, c.opened_by as opened_by, c.at as at, \
    c.ended_at as ended_at from counts c join locations l on l.id = c.location_id \
    where c.location_id = $1 and c.state = $2 and c.id > $3 order by c.id limit $4";
/// How far a count is: its lines, and those that somebody has counted in their round.
macro_rules! progress {
    ($count:literal) => {
        concat!(
            "(select count(*) from count_lines i where i.count_id = ",
            $count,
            ") as lines, (select count(*) from count_lines i where i.count_id = ",
            $count,
            " and (i.state = 'posted' or exists (select 1 from count_scans s where s.count_id = i.count_id \
              and s.product_id = i.product_id and s.round = i.round))) as counted"
        )
    };
}
const NEWEST: &str = concat!(
    "select c.id as id, c.location_id as location_id, l.code as code, c.kind as kind, c.view as view, \
     c.state as state, c.tolerance as tolerance, c.reason as reason, c.opened_by as opened_by, c.at as at, \
     c.ended_at as ended_at, ",
    progress!("c.id"),
    " from counts c join locations l on l.id = c.location_id where c.state = $1 \
     and ($2 = 0 or c.location_id = $2) and ($3 = '' or c.id < $3) order by c.id desc limit $4"
);
const PROGRESS: &str = concat!("select ", progress!("$1"));
const LOCK: &str = "update counts set state = state where id = $1";
const SET_STATE: &str = "update counts set state = $2, ended_at = $3 where id = $1 and state = $4";
const ADD_LINE: &str = "insert into count_lines (count_id, product_id, assignee, round, state) \
    values ($1, $2, $3, 1, 'open') on conflict (count_id, product_id) do nothing";
const ADD_SHELVES: &str = "insert into count_lines (count_id, product_id, assignee, round, state) \
    select $1, product_id, '', 1, 'open' from stock where location_id = $2 order by product_id";
/// Of a class: an empty category is every category, an empty velocity every velocity.
const ADD_OF_CLASS: &str = "insert into count_lines (count_id, product_id, assignee, round, state) \
    select $1, s.product_id, $5, 1, 'open' from stock s join product_classes c on c.product_id = s.product_id \
    where s.location_id = $2 and ($3 = '' or c.category = $3) and ($4 = '' or c.velocity = $4) order by s.product_id";
const ASSIGN: &str =
    "update count_lines set assignee = $3 where count_id = $1 and product_id = $2 and state = 'open'";
const AGAIN: &str = "update count_lines set round = round + 1 where count_id = $1 and product_id = $2 \
    and state = 'open'";
const POSTED: &str = "update count_lines set state = 'posted', counted = $3, expected = $4 \
    where count_id = $1 and product_id = $2 and state = 'open'";
const ROUND: &str =
    "select round from count_lines where count_id = $1 and product_id = $2 and state = 'open'";
const SCAN: &str = "insert into count_scans (count_id, client_id, product_id, round, units, device, actor, at, books, \
    entry) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (count_id, client_id) do nothing";
const LAST_ENTRY: &str = "select coalesce(max(number), 0) as number from ledger \
    where product_id = $1 and location_id = $2";
/// Entries with a source have the time of their source.
const TOLD_LATE: &str = "select cast(coalesce(sum(on_hand), 0) as bigint) as units from ledger \
    where product_id = $1 and location_id = $2 and number > $3 and at <= $4 and source is not null";

/// The newest spot count of a shelf that is being made.
const SPOT: &str = "select c.id as id from counts c join count_lines l on l.count_id = c.id \
    where c.location_id = $2 and c.state = 'open' and c.kind = 'spot' and l.product_id = $1 \
    order by c.id desc limit 1";
/// What was put aside for counts to settle, up to an entry, less what they have settled.
const SUSPECTED: &str = "select cast(coalesce(sum(quality_control), 0) as bigint) as units from ledger \
    where product_id = $1 and location_id = $2 and (quality_control < 0 or number <= $3) \
    and document in (select id from counts where location_id = $2)";

/// The scans of each line's round as sums; then what the first and the last of them saw.
const LINES: &str = "select t.product_id as product_id, t.sku as sku, t.assignee as assignee, t.round as round, \
    t.state as state, t.counted as counted, t.expected as expected, t.units as units, t.scans as scans, \
    l.books as books, l.entry as entry, l.at as at, f.books as first_books from \
    (select i.product_id, p.sku, i.assignee, i.round, i.state, i.counted, i.expected, \
        cast(coalesce(sum(s.units), 0) as bigint) as units, count(s.number) as scans, \
        min(s.number) as first, max(s.number) as last \
        from count_lines i join products p on p.id = i.product_id left join count_scans s \
        on s.count_id = i.count_id and s.product_id = i.product_id and s.round = i.round \
        where i.count_id = $1 and i.product_id > $2 and i.product_id <= $3 \
        group by i.product_id, p.sku, i.assignee, i.round, i.state, i.counted, i.expected \
        order by i.product_id limit $4) as t \
    left join count_scans l on l.number = t.last left join count_scans f on f.number = t.first order by t.product_id";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 20] = [
    ADD,
    ADD_OF_CLASS,
    NEWEST,
    PROGRESS,
    FIND,
    AT,
    LOCK,
    SET_STATE,
    ADD_LINE,
    ADD_SHELVES,
    ASSIGN,
    AGAIN,
    POSTED,
    ROUND,
    SCAN,
    LAST_ENTRY,
    TOLD_LATE,
    SPOT,
    SUSPECTED,
    LINES,
];

/// What is counted. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CountKind {
    /// Some products.
    Cycle,
    /// All that the location stocks.
    Full,
    /// One product.
    Spot,
}

/// Whether who counts sees what the books say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum View {
    Blind,
    Open,
}

/// How far a count is. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CountState {
    Open,
    /// Counted; its variances wait for a manager.
    Review,
    Posted,
    Cancelled,
}

macro_rules! codes {
    ($name:ident: $($variant:ident = $code:literal),+) => {
        impl $name {
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            /// # Errors
            /// There is no such code.
            pub fn from_code(code: &str) -> Result<$name, DbError> {
                match code {
                    $($code => Ok($name::$variant),)+
                    other => Err(DbError::Broken(format!("no count has {other}"))),
                }
            }
        }
    };
}

codes!(CountKind: Cycle = "cycle", Full = "full", Spot = "spot");
codes!(View: Blind = "blind", Open = "open");
codes!(CountState: Open = "open", Review = "review", Posted = "posted", Cancelled = "cancelled");

/// A count. It is bound to its location.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Count {
    pub id: String,
    pub location: LocationKey,
    pub location_code: String,
    pub kind: CountKind,
    pub view: View,
    pub state: CountState,
    /// Units by which a line may differ and still be right.
    pub tolerance: i64,
    pub reason: String,
    pub opened_by: String,
    pub at_ms: i64,
    pub ended_at_ms: Option<i64>,
}

/// Units that a device saw.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scan<'a> {
    pub count_id: &'a str,
    /// Given by the device.
    pub client_id: &'a str,
    pub shelf: Shelf,
    /// 0: looked, and there are none.
    pub units: i64,
    pub device: &'a str,
    pub actor: &'a str,
    pub at_ms: i64,
}

/// How a scan was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scanned {
    Taken,
    /// It came before.
    Before,
    /// The count has no open line of the product.
    NotInCount,
}

/// What the scans of a line's round add up to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    pub units: i64,
    /// When the last of them came, and what the books said then.
    pub at_ms: i64,
    pub books: i64,
    /// The last entry of the ledger that the books had then.
    pub entry: i64,
    /// The shelf changed between the first and the last scan: some units may have been seen twice, or not at all.
    pub is_disturbed: bool,
}

/// A line of a count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountLine {
    pub product: ProductKey,
    pub sku: String,
    pub assignee: String,
    /// From 1; a recount begins another.
    pub round: i64,
    /// `None`: nobody has counted it in this round.
    pub seen: Option<Seen>,
    /// What was counted and expected when it was posted.
    pub posted: Option<(i64, i64)>,
}

/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, count: &Count) -> Result<(), DbError> {
    let values: [Value; 8] = [
        count.id.as_str().into(),
        count.location.0.into(),
        count.kind.code().into(),
        count.view.code().into(),
        count.tolerance.into(),
        count.reason.as_str().into(),
        count.opened_by.as_str().into(),
        count.at_ms.into(),
    ];
    tx.execute(ADD, &values).await.map(drop)
}

/// # Errors
/// The database's.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Count>, DbError> {
    tx.row(FIND, &[id.into()]).await?.as_ref().map(Count::of).transpose()
}

/// A count as it stands; every other writer of it waits until this transaction ends.
///
/// # Errors
/// The database's.
pub async fn hold_still(tx: &mut Tx, id: &str) -> Result<Option<Count>, DbError> {
    tx.execute(LOCK, &[id.into()]).await?;
    find(tx, id).await
}

/// Counts of a location in a state, by id after `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn at(
    tx: &mut Tx,
    (location, state): (LocationKey, CountState),
    after: &str,
    limit: i64,
) -> Result<Vec<Count>, DbError> {
    let values = [location.0.into(), state.code().into(), after.into(), limit.into()];
    tx.rows(AT, &values).await?.iter().map(Count::of).collect()
}

/// How far a count is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Progress {
    pub lines: i64,
    /// Counted in their round, or posted.
    pub counted: i64,
}

impl Progress {
    fn of(row: &Row) -> Result<Progress, DbError> {
        Ok(Progress { lines: row.int("lines")?, counted: row.int("counted")? })
    }
}

/// Counts in a state, of a location or with `None` of all, the newest first, before the id `before` (empty: from the
/// newest on), at most `limit`.
///
/// # Errors
/// The database's.
pub async fn newest(
    tx: &mut Tx,
    (location, state): (Option<LocationKey>, CountState),
    before: &str,
    limit: i64,
) -> Result<Vec<(Count, Progress)>, DbError> {
    let location = location.map_or(0, |key| key.0);
    let values = [state.code().into(), location.into(), before.into(), limit.into()];
    let read = |row: &Row| Ok((Count::of(row)?, Progress::of(row)?));
    tx.rows(NEWEST, &values).await?.iter().map(read).collect()
}

/// # Errors
/// The database's.
pub async fn progress(tx: &mut Tx, id: &str) -> Result<Progress, DbError> {
    let row = tx.row(PROGRESS, &[id.into()]).await?;
    row.as_ref().map_or_else(|| Ok(Progress::default()), Progress::of)
}

/// Moves a count from one state to another. `false`: it was not in the first.
///
/// # Errors
/// The database's.
pub async fn set_state(
    tx: &mut Tx,
    id: &str,
    (from, to): (CountState, CountState),
    at_ms: i64,
) -> Result<bool, DbError> {
    let ended_at = matches!(to, CountState::Posted | CountState::Cancelled).then_some(at_ms);
    let values = [id.into(), to.code().into(), ended_at.into(), from.code().into()];
    Ok(tx.execute(SET_STATE, &values).await? == 1)
}

/// Adds a line; it stays as it is where there is one.
///
/// # Errors
/// The database's.
pub async fn add_line(tx: &mut Tx, id: &str, product: ProductKey, assignee: &str) -> Result<(), DbError> {
    tx.execute(ADD_LINE, &[id.into(), product.0.into(), assignee.into()]).await.map(drop)
}

/// Adds a line for everything that a location stocks; how many.
///
/// # Errors
/// The database's.
pub async fn add_shelves(tx: &mut Tx, id: &str, location: LocationKey) -> Result<u64, DbError> {
    tx.execute(ADD_SHELVES, &[id.into(), location.0.into()]).await
}

/// Adds a line for everything of a class that a location stocks; how many. An empty category is every category, an empty
/// velocity every velocity.
///
/// # Errors
/// The database's.
pub async fn add_class(
    tx: &mut Tx,
    (id, assignee): (&str, &str),
    (location, class): (LocationKey, &SkuClass),
) -> Result<u64, DbError> {
    let (category, velocity) = (class.category.as_str(), class.velocity.as_str());
    let values = [id.into(), location.0.into(), category.into(), velocity.into(), assignee.into()];
    tx.execute(ADD_OF_CLASS, &values).await
}

/// Gives a line to somebody. `false`: there is no such line that is open.
///
/// # Errors
/// The database's.
pub async fn assign(tx: &mut Tx, id: &str, product: ProductKey, assignee: &str) -> Result<bool, DbError> {
    Ok(tx.execute(ASSIGN, &[id.into(), product.0.into(), assignee.into()]).await? == 1)
}

/// Has a line counted again from none. `false`: there is no such line that is open.
///
/// # Errors
/// The database's.
pub async fn count_again(tx: &mut Tx, id: &str, product: ProductKey) -> Result<bool, DbError> {
    Ok(tx.execute(AGAIN, &[id.into(), product.0.into()]).await? == 1)
}

/// Takes what a device saw, once.
///
/// # Errors
/// The location does not stock the product; fewer than no units; the database's.
pub async fn scan(tx: &mut Tx, scan: &Scan<'_>) -> Result<Scanned, DbError> {
    let [product, location] = scan.shelf.values();
    let Some(line) = tx.row(ROUND, &[scan.count_id.into(), product.clone()]).await? else {
        return Ok(Scanned::NotInCount);
    };
    let there = stock::hold_still(tx, scan.shelf).await?;
    let there = there.ok_or_else(|| DbError::Refused("the location does not stock the product".into()))?;
    let books = there.on_hand - stock::missing(tx, scan.shelf).await?.units;
    let entry = tx.row(LAST_ENTRY, &[product.clone(), location]).await?;
    let values: [Value; 10] = [
        scan.count_id.into(),
        scan.client_id.into(),
        product,
        line.int("round")?.into(),
        scan.units.into(),
        scan.device.into(),
        scan.actor.into(),
        scan.at_ms.into(),
        books.into(),
        entry.map_or(Ok(0), |row| row.int("number"))?.into(),
    ];
    Ok(if tx.execute(SCAN, &values).await? == 1 { Scanned::Taken } else { Scanned::Before })
}

/// The lines of a count by product, after `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn lines(tx: &mut Tx, id: &str, after: ProductKey, limit: i64) -> Result<Vec<CountLine>, DbError> {
    let values = [id.into(), after.0.into(), i64::MAX.into(), limit.into()];
    tx.rows(LINES, &values).await?.iter().map(CountLine::of).collect()
}

/// One line of a count.
///
/// # Errors
/// The database's.
pub async fn line(tx: &mut Tx, id: &str, product: ProductKey) -> Result<Option<CountLine>, DbError> {
    let values = [id.into(), (product.0 - 1).into(), product.0.into(), 1.into()];
    tx.row(LINES, &values).await?.as_ref().map(CountLine::of).transpose()
}

/// What the books should have had for a line: what they said at the scan, and what was told later of the time before.
///
/// # Errors
/// The database's.
pub async fn expected(tx: &mut Tx, shelf: Shelf, seen: &Seen) -> Result<i64, DbError> {
    let [product, location] = shelf.values();
    let row = tx.row(TOLD_LATE, &[product, location, seen.entry.into(), seen.at_ms.into()]).await?;
    Ok(seen.books + row.map_or(Ok(0), |row| row.int("units"))?)
}

/// The spot count of a shelf that is being made, the newest where there are several.
///
/// # Errors
/// The database's.
pub async fn spot_of(tx: &mut Tx, shelf: Shelf) -> Result<Option<String>, DbError> {
    let row = tx.row(SPOT, &shelf.values()).await?;
    row.map(|row| Ok(row.text("id")?.to_owned())).transpose()
}

/// Units in quality control that counts put aside before a scan: the scan settles them. Such an entry of the ledger has
/// the count as its document.
///
/// # Errors
/// The database's.
pub async fn suspected(tx: &mut Tx, shelf: Shelf, seen: &Seen) -> Result<i64, DbError> {
    let [product, location] = shelf.values();
    let row = tx.row(SUSPECTED, &[product, location, seen.entry.into()]).await?;
    row.map_or(Ok(0), |row| row.int("units")).map(|units| units.max(0))
}

/// How a line was posted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Posted {
    /// The shelf is as it was counted, and what has moved since. Units that are missing though promised.
    Done { expected: i64, missing: i64 },
    /// A newer count is in the books: the line is evidence, and changes nothing.
    Outdated { expected: i64 },
    /// It was posted before.
    Before,
}

/// Posts a line as counted: the shelf changes by what it differs.
///
/// # Errors
/// The location does not stock the product; the database's.
pub async fn post(
    tx: &mut Tx,
    (count_id, shelf): (&str, Shelf),
    seen: &Seen,
    entry: &Entry,
) -> Result<Posted, DbError> {
    let there = stock::hold_still(tx, shelf).await?;
    let there = there.ok_or_else(|| DbError::Refused("the location does not stock the product".into()))?;
    let expected = expected(tx, shelf, seen).await?;
    let values: [Value; 4] = [count_id.into(), shelf.product.0.into(), seen.units.into(), expected.into()];
    if tx.execute(POSTED, &values).await? == 0 {
        return Ok(Posted::Before);
    }
    if feeds::baseline(tx, shelf).await?.is_some_and(|(as_of_ms, _)| as_of_ms > seen.at_ms) {
        return Ok(Posted::Outdated { expected });
    }
    let believed = there.on_hand - stock::missing(tx, shelf).await?.units;
    let target = (believed + seen.units - expected).max(0);
    let entry = Entry { at_ms: seen.at_ms, ..entry.clone() };
    let corrected = stock::set_to(tx, shelf, target, &entry).await?.unwrap_or_default();
    let count = Absolute { units: seen.units, as_of_ms: seen.at_ms, source: count_id };
    feeds::set_baseline(tx, shelf, &count).await?;
    Ok(Posted::Done { expected, missing: corrected.missing })
}

impl Count {
    fn of(row: &Row) -> Result<Count, DbError> {
        Ok(Count {
            id: row.text("id")?.to_owned(),
            location: LocationKey(row.int("location_id")?),
            location_code: row.text("code")?.to_owned(),
            kind: CountKind::from_code(row.text("kind")?)?,
            view: View::from_code(row.text("view")?)?,
            state: CountState::from_code(row.text("state")?)?,
            tolerance: row.int("tolerance")?,
            reason: row.text("reason")?.to_owned(),
            opened_by: row.text("opened_by")?.to_owned(),
            at_ms: row.int("at")?,
            ended_at_ms: row.some_int("ended_at")?,
        })
    }
}

impl CountLine {
    fn of(row: &Row) -> Result<CountLine, DbError> {
        let seen = match row.some_int("at")? {
            None => None,
            Some(at_ms) => Some(Seen {
                units: row.int("units")?,
                at_ms,
                books: row.int("books")?,
                entry: row.int("entry")?,
                is_disturbed: row.int("books")? != row.int("first_books")?,
            }),
        };
        Ok(CountLine {
            product: ProductKey(row.int("product_id")?),
            sku: row.text("sku")?.to_owned(),
            assignee: row.text("assignee")?.to_owned(),
            round: row.int("round")?,
            seen,
            posted: row.some_int("counted")?.zip(row.some_int("expected")?),
        })
    }
}
