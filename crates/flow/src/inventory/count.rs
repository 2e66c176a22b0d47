//! Counts in a shop: opened, given out, scanned by several devices at once.
//!
//! Owns: what may be scanned where and by whom it was. A count is bound to its location: a device that has been carried to
//! another one, or switched to it, is refused and nothing of it is lost in the wrong count. A scan that is sent again is
//! the same scan. In a blind count nobody who counts sees what the books say. What becomes of it is in `review`.

use super::correct::reason;
use crate::call::{Call, What};
use crate::id;
use crate::refused::Refused;
use serde_json::json;
use store::Tx;
use store::counts::{self, Count, CountKind, CountLine, CountState, Scanned, View};
use store::db::Db;
use store::places::{self, ProductKey};
use store::pools::SkuClass;
use store::stock::{self, Shelf};

/// Products named for one count, and scans of one sending.
pub const MOST_AT_ONCE: usize = 500;
/// Lines of one page.
pub const PAGE: i64 = 250;

/// A count that is to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewCount {
    /// Code of the location.
    pub location: String,
    pub kind: CountKind,
    pub view: View,
    /// Units by which a line may differ and still be right.
    pub tolerance: i64,
    pub reason: String,
    /// What to count; for a full count none: everything.
    pub skus: Vec<String>,
    /// In place of SKUs, for a cycle count: everything of a class that the location stocks. An empty category is every
    /// category, an empty velocity every velocity.
    pub class: Option<SkuClass>,
    /// Who is to count it; empty: whoever comes.
    pub assignee: String,
}

/// What a device saw.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewScan {
    /// Given by the device: sent again, it is the same scan.
    pub client_id: String,
    pub sku: String,
    /// 0: looked, and there are none.
    pub units: i64,
}

/// A device that counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Device {
    pub count: String,
    /// Code of the location that the device is set to.
    pub location: String,
    pub device: String,
}

/// How a scan ended. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScanEnd {
    Taken,
    /// It came before.
    Before,
    UnknownSku,
    /// The count does not ask for it, or it is posted.
    NotInCount,
    /// Not between 0 and 1,000,000.
    NoCount,
}

impl ScanEnd {
    pub fn code(self) -> &'static str {
        match self {
            ScanEnd::Taken => "taken",
            ScanEnd::Before => "before",
            ScanEnd::UnknownSku => "unknown_sku",
            ScanEnd::NotInCount => "not_in_count",
            ScanEnd::NoCount => "no_count",
        }
    }
}

/// Opens a count; its id.
///
/// # Errors
/// No reason; the wrong products for its kind; no such location or SKU; the database's.
pub async fn open_count(db: &Db, call: &Call, asked: NewCount) -> Result<String, Refused> {
    super::in_one(db, (call.clone(), asked), |tx, (call, asked)| Box::pin(open(tx, call, asked))).await
}

/// [`open_count`], in a transaction of the caller: a rejection opens a spot count.
///
/// # Errors
/// As [`open_count`].
pub async fn open(tx: &mut Tx, call: &Call, asked: &NewCount) -> Result<String, Refused> {
    let reason = reason(&asked.reason)?;
    must_fit(asked)?;
    if !(0..=1_000_000).contains(&asked.tolerance) {
        return Err(Refused::invalid("/tolerance", "write by how many units a line may differ, from 0"));
    }
    let location = super::location(tx, &asked.location).await?;
    let count = Count {
        id: id::new("cnt", call.at_ms),
        location,
        location_code: asked.location.trim().to_owned(),
        kind: asked.kind,
        view: asked.view,
        state: CountState::Open,
        tolerance: asked.tolerance,
        reason: reason.to_owned(),
        opened_by: call.actor.id.clone(),
        at_ms: call.at_ms,
        ended_at_ms: None,
    };
    counts::add(tx, &count).await?;
    if asked.kind == CountKind::Full {
        counts::add_shelves(tx, &count.id, location).await?;
    }
    for sku in &asked.skus {
        let product = super::product(tx, sku).await?;
        stock::open(tx, Shelf { product, location }).await?;
        counts::add_line(tx, &count.id, product, asked.assignee.trim()).await?;
    }
    if let Some(class) = &asked.class
        && counts::add_class(tx, (&count.id, asked.assignee.trim()), (location, class)).await? == 0
    {
        let say = "the location stocks nothing of this class; choose another class, or name SKUs";
        return Err(Refused::invalid("/class", say));
    }
    let facts = json!({ "kind": asked.kind.code(), "view": asked.view.code(), "location": asked.location,
        "skus": asked.skus.len(), "reason": reason });
    tell(tx, call, "count.opened", (&count.id, facts)).await?;
    Ok(count.id)
}

/// What is named must be enough for its kind, and not too much.
fn must_fit(asked: &NewCount) -> Result<(), Refused> {
    let named = asked.skus.len();
    let fits = match (asked.kind, &asked.class) {
        (CountKind::Full, None) => named == 0,
        (CountKind::Cycle, None) => (1..=MOST_AT_ONCE).contains(&named),
        (CountKind::Spot, None) => named == 1,
        (CountKind::Cycle, Some(_)) => named == 0,
        (CountKind::Full | CountKind::Spot, Some(_)) => false,
    };
    if fits {
        return Ok(());
    }
    let say = "a full count names none, a spot count one SKU, a cycle count 1 to 500 or a class";
    Err(Refused::invalid("/skus", say))
}

/// Gives lines of an open count to somebody.
///
/// # Errors
/// There is no such count, SKU or line, or it is not open; the database's.
pub async fn assign_lines(
    db: &Db,
    call: &Call,
    (count, skus, assignee): (&str, &[String], &str),
) -> Result<(), Refused> {
    let asked = (call.clone(), count.to_owned(), skus.to_vec(), assignee.to_owned());
    super::in_one(db, asked, |tx, (call, id, skus, assignee)| {
        Box::pin(async move {
            in_state(tx, id, CountState::Open).await?;
            for sku in skus {
                let product = super::product(tx, sku).await?;
                if !counts::assign(tx, id, product, assignee.trim()).await? {
                    return Err(Refused::not_found("open line", sku));
                }
            }
            tell(tx, call, "count.assigned", (id, json!({ "skus": skus, "assignee": assignee }))).await
        })
    })
    .await
}

/// Takes what a device saw, each scan once, with an outcome for each.
///
/// # Errors
/// There is no such count, or it is not open; the device is set to another location; too many at once; the database's.
pub async fn take_scans(
    db: &Db,
    call: &Call,
    (device, scans): (Device, Vec<NewScan>),
) -> Result<Vec<ScanEnd>, Refused> {
    if scans.len() > MOST_AT_ONCE {
        return Err(Refused::invalid("/scans", "send at most 500 at once"));
    }
    super::in_one(db, (call.clone(), device, scans), |tx, (call, device, scans)| {
        Box::pin(async move {
            let count = in_state(tx, &device.count, CountState::Open).await?;
            let here = super::location(tx, &device.location).await?;
            if here != count.location {
                let say = format!(
                    "this count is of another location than {}; switch the device back, and send the scans again",
                    device.location
                );
                return Err(Refused::conflict("other_location", say));
            }
            // In the order of products, so that two devices do not wait for each other in a circle.
            let mut order = Vec::with_capacity(scans.len());
            for (i, scan) in scans.iter().enumerate() {
                order.push((places::product(tx, scan.sku.trim()).await?, i));
            }
            order.sort_unstable();
            let mut ends = vec![ScanEnd::UnknownSku; scans.len()];
            for (product, i) in order {
                if let Some(product) = product {
                    ends[i] = take(tx, call, (&count, device), (product, &scans[i])).await?;
                }
            }
            Ok(ends)
        })
    })
    .await
}

async fn take(
    tx: &mut Tx,
    call: &Call,
    (count, device): (&Count, &Device),
    (product, scan): (ProductKey, &NewScan),
) -> Result<ScanEnd, Refused> {
    if !(0..=1_000_000).contains(&scan.units) || scan.client_id.trim().is_empty() {
        return Ok(ScanEnd::NoCount);
    }
    let shelf = Shelf { product, location: count.location };
    if count.kind == CountKind::Full {
        // What nobody knew to be here is found by a full count.
        stock::open(tx, shelf).await?;
        counts::add_line(tx, &count.id, product, "").await?;
    }
    let scan = counts::Scan {
        count_id: &count.id,
        client_id: scan.client_id.trim(),
        shelf,
        units: scan.units,
        device: &device.device,
        actor: &call.actor.id,
        at_ms: call.at_ms,
    };
    Ok(match counts::scan(tx, &scan).await? {
        Scanned::Taken => ScanEnd::Taken,
        Scanned::Before => ScanEnd::Before,
        Scanned::NotInCount => ScanEnd::NotInCount,
    })
}

/// A line as who counts may see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SheetLine {
    pub product: ProductKey,
    pub sku: String,
    pub assignee: String,
    /// `None`: not counted yet.
    pub counted: Option<i64>,
    /// `None`: not counted yet, or the count is blind.
    pub books: Option<i64>,
}

/// A page of what is to be counted, by product after `after`, at most `limit`.
///
/// # Errors
/// There is no such count; the database's.
pub async fn count_sheet(
    db: &Db,
    (count, after): (&str, ProductKey),
    limit: i64,
) -> Result<(Count, Vec<SheetLine>), Refused> {
    let count = count.to_owned();
    db.read(move |tx| {
        let count = count.clone();
        Box::pin(async move {
            let count = find(tx, &count).await?;
            let shown = |line: CountLine| SheetLine {
                product: line.product,
                sku: line.sku,
                assignee: line.assignee,
                counted: line.seen.map(|seen| seen.units),
                books: line.seen.filter(|_| count.view == View::Open).map(|seen| seen.books),
            };
            let lines = counts::lines(tx, &count.id, after, limit).await?.into_iter().map(shown).collect();
            Ok((count, lines))
        })
    })
    .await
}

pub(super) async fn find(tx: &mut Tx, id: &str) -> Result<Count, Refused> {
    counts::find(tx, id).await?.ok_or_else(|| Refused::not_found("count", id))
}

/// A count that stands still, and is in the state that a verb needs.
pub(super) async fn in_state(tx: &mut Tx, id: &str, state: CountState) -> Result<Count, Refused> {
    let count = counts::hold_still(tx, id).await?.ok_or_else(|| Refused::not_found("count", id))?;
    if count.state == state {
        return Ok(count);
    }
    let is = match count.state {
        CountState::Open => "is being counted",
        CountState::Review => "is counted and waits for review",
        CountState::Posted => "is posted",
        CountState::Cancelled => "is cancelled",
    };
    Err(Refused::conflict("wrong_state", format!("the count {is}; open another one if it is needed")))
}

pub(super) async fn tell(
    tx: &mut Tx,
    call: &Call,
    kind: &str,
    (id, facts): (&str, serde_json::Value),
) -> Result<(), Refused> {
    Ok(call.tell(tx, What { kind, subject: id, order_id: None }, &facts).await?)
}
