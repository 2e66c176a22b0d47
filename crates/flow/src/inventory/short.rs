//! Units that are gone though they are promised: who is hit.
//!
//! Owns: telling it. The units leave the books by themselves as soon as a promise on them ends (`store::stock`), so
//! nobody is promised them again meanwhile. Refuses to know: which promise is broken; that is for whoever owns the
//! exception.

use super::At;
use crate::call::{Call, What};
use crate::exception::{self, About, Kind};
use crate::refused::Refused;
use serde_json::json;
use store::Tx;
use store::stock::{self, Commitment, Shelf};

/// A shelf that has fewer units than it has promised.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Short {
    /// Units that are promised, damaged or in quality control, and not there.
    pub missing: i64,
    /// Who counts on the shelf, the newest first: orders' fulfillments (`ful_…`) and carts' holds (`hld_…`).
    pub commitments: Vec<Commitment>,
}

/// Tells which promises are hit, where units are missing.
pub(super) async fn tell(
    tx: &mut Tx,
    call: &Call,
    (at, shelf): (&At, Shelf),
    missing: i64,
) -> Result<Option<Short>, Refused> {
    if missing == 0 {
        return Ok(None);
    }
    let short = Short { missing, commitments: stock::commitments(tx, shelf).await? };
    let documents: Vec<&str> = short.commitments.iter().map(|promise| promise.document.as_str()).collect();
    let facts =
        json!({ "sku": at.sku, "location": at.location, "missing": missing, "promised_to": documents });
    let subject = at.subject();
    call.tell(tx, What { kind: "stock.short", subject: &subject, order_id: None }, &facts).await?;
    let about = About { subject, order_id: None, location: Some(shelf.location), facts };
    exception::open(tx, call, Kind::Oversold, &about).await?;
    Ok(Some(short))
}
