//! The checker of the books: what must be true of them whatever happened.
//!
//! Owns: the invariants that the database itself can tell, one statement each. Refuses to know: how a breach came
//! about, and how it is mended. It trusts nobody: it looks at the rows and not at what wrote them.

mod inventory;

use crate::db::{DbError, Tx};

/// What is broken, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Breach {
    pub invariant: &'static str,
    pub sku: String,
    pub location: String,
}

/// An invariant: its code, and a statement that finds the shelves that break it.
struct Invariant {
    code: &'static str,
    breaches: &'static str,
}

/// Breaches told of each invariant: where there are more, the first tell enough.
pub const MOST_TOLD: i64 = 100;

static ALL: [Invariant; 4] = [
    Invariant {
        code: "state_is_not_the_sum_of_its_entries",
        breaches: "select p.sku as sku, l.code as location from stock s \
            join products p on p.id = s.product_id join locations l on l.id = s.location_id \
            left join (select product_id, location_id, cast(sum(on_hand) as bigint) as on_hand, \
                cast(sum(committed) as bigint) as committed, cast(sum(safety_stock) as bigint) as safety_stock, \
                cast(sum(damaged) as bigint) as damaged, cast(sum(quality_control) as bigint) as quality_control, \
                cast(sum(showroom) as bigint) as showroom, cast(sum(incoming) as bigint) as incoming \
                from ledger group by product_id, location_id) e \
                on e.product_id = s.product_id and e.location_id = s.location_id \
            where s.on_hand <> coalesce(e.on_hand, 0) or s.committed <> coalesce(e.committed, 0) \
                or s.safety_stock <> coalesce(e.safety_stock, 0) or s.damaged <> coalesce(e.damaged, 0) \
                or s.quality_control <> coalesce(e.quality_control, 0) or s.showroom <> coalesce(e.showroom, 0) \
                or s.incoming <> coalesce(e.incoming, 0) \
            order by p.sku, l.code limit $1",
    },
    Invariant {
        code: "fewer_than_none",
        breaches: "select p.sku as sku, l.code as location from stock s \
            join products p on p.id = s.product_id join locations l on l.id = s.location_id \
            where s.on_hand < 0 or s.committed < 0 or s.safety_stock < 0 or s.damaged < 0 \
                or s.quality_control < 0 or s.showroom < 0 or s.incoming < 0 \
            order by p.sku, l.code limit $1",
    },
    Invariant {
        code: "promised_more_than_there_is",
        breaches: "select p.sku as sku, l.code as location from stock s \
            join products p on p.id = s.product_id join locations l on l.id = s.location_id \
            where s.committed + s.damaged + s.quality_control > s.on_hand order by p.sku, l.code limit $1",
    },
    Invariant {
        code: "changes_without_entries",
        breaches: "select p.sku as sku, l.code as location from stock s \
            join products p on p.id = s.product_id join locations l on l.id = s.location_id \
            where s.version <> (select count(*) from ledger e \
                where e.product_id = s.product_id and e.location_id = s.location_id) \
            order by p.sku, l.code limit $1",
    },
];

fn all() -> impl Iterator<Item = &'static Invariant> {
    ALL.iter().chain(&inventory::ALL)
}

/// Every statement of this module, for the test that prepares them.
pub fn statements() -> impl Iterator<Item = &'static str> {
    all().map(|invariant| invariant.breaches)
}

/// What is broken, by invariant, SKU and location; at most [`MOST_TOLD`] of each invariant.
///
/// # Errors
/// The database's.
pub async fn breaches(tx: &mut Tx) -> Result<Vec<Breach>, DbError> {
    let mut found = Vec::new();
    for invariant in all() {
        for row in tx.rows(invariant.breaches, &[MOST_TOLD.into()]).await? {
            found.push(Breach {
                invariant: invariant.code,
                sku: row.text("sku")?.to_owned(),
                location: row.text("location")?.to_owned(),
            });
        }
    }
    Ok(found)
}
