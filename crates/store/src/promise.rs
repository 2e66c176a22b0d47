//! What a pool can promise.
//!
//! Owns: which shelves of a pool count, and what they add up to: for many products in one statement, and shelf by shelf
//! for one; and the units that orders want and nobody has routed yet. Sum and shelves are made of the same pieces of text,
//! so that a number and its explanation cannot differ. Refuses to know: what is kept back of it.
//!
//! A shelf counts when its product is of a class of the pool, and its gate is open: that of the channel, else that for
//! all channels, else as the pool takes what is not proven; a gate with too few lines has not decided. An override that has not ended stands before each of them.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::{LocationKey, ProductKey};
use crate::pools::{Gate, PoolKey, SkuClass};
use crate::shelves::Stocked;
use crate::stock::Units;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// `$1` the pool, `$2` the channel, `$3` the time; the pool is `o`, its locations `m`, the shelf `s`, its class `c`.
macro_rules! of_shelf {
    (available) => {
        "(s.on_hand - s.committed - s.safety_stock - s.damaged - s.quality_control - s.showroom)"
    };
    // Too few lines prove neither: nothing has been decided then.
    (decided) => {
        "case when g.override_until > $3 then g.override_state when g.reason <> 'too_few_lines' then g.state end, \
         case when a.override_until > $3 then a.override_state when a.reason <> 'too_few_lines' then a.state end"
    };
    (gate) => {
        concat!("coalesce(", of_shelf!(decided), ", o.unproven)")
    };
    (in_class) => {
        "(not exists (select 1 from pool_classes k where k.pool_id = $1) or exists (select 1 from pool_classes k \
         where k.pool_id = $1 and k.category = coalesce(c.category, '') \
         and k.velocity in ('', coalesce(c.velocity, ''))))"
    };
    (gates) => {
        " left join gates g on g.location_id = m.location_id and g.channel = $2 \
         and g.category = coalesce(c.category, '') and g.velocity = coalesce(c.velocity, '') \
         left join gates a on a.location_id = m.location_id and a.channel = '' \
         and a.category = coalesce(c.category, '') and a.velocity = coalesce(c.velocity, '') "
    };
    // Backordered units are the first that what arrives is for.
    (not_routed) => {
        "(select cast(coalesce(sum(i.open + i.backordered), 0) as bigint) from order_items i \
         where i.product_id = p.id and (i.open > 0 or i.backordered > 0))"
    };
}

const SUM: &str = concat!(
    "select p.sku as sku, cast(sum(case when ",
    of_shelf!(available),
    " > 0 and ",
    of_shelf!(gate),
    " = 'open' and ",
    of_shelf!(in_class),
    " then ",
    of_shelf!(available),
    " else 0 end) as bigint) as available, ",
    of_shelf!(not_routed),
    " as not_routed from products p join pools o on o.id = $1 \
     left join product_classes c on c.product_id = p.id left join pool_locations m on m.pool_id = o.id \
     left join stock s on s.location_id = m.location_id and s.product_id = p.id",
    of_shelf!(gates),
    "where p.sku in (",
);

/// Products in one look: a page of a storefront.
pub const MOST_PRODUCTS: usize = 250;

static SUMS: LazyLock<String> = LazyLock::new(|| {
    let products: Vec<String> = (0..MOST_PRODUCTS).map(|i| format!("${}", i + 4)).collect();
    format!("{SUM}{}) group by p.id, p.sku order by p.sku", products.join(", "))
});

const SHELVES: &str = concat!(
    "select l.id as location_id, l.code as code, l.name as name, s.on_hand as on_hand, s.committed as committed, \
     s.safety_stock as safety_stock, s.damaged as damaged, s.quality_control as quality_control, \
     s.showroom as showroom, s.incoming as incoming, ",
    of_shelf!(gate),
    " as gate, case when ",
    of_shelf!(in_class),
    " then 1 else 0 end as in_class, coalesce(c.category, '') as category, coalesce(c.velocity, '') as velocity, \
     case when g.override_until > $3 then g.override_reason when g.state is not null then g.reason \
         when a.override_until > $3 then a.override_reason else a.reason end as gate_reason, \
     (select cast(coalesce(sum(u.units), 0) as bigint) from hold_units u join holds h on h.id = u.hold_id \
         where u.product_id = $4 and u.location_id = m.location_id and h.state = 'open') as held, \
     (select w.units from missing_units w where w.product_id = $4 and w.location_id = m.location_id) as missing, \
     (select b.as_of from baselines b where b.product_id = $4 and b.location_id = m.location_id) as counted_as_of, \
     (select max(f.as_of) from feeds f where f.location_id = m.location_id) as feed_as_of \
     from pools o join pool_locations m on m.pool_id = o.id join locations l on l.id = m.location_id \
     left join stock s on s.location_id = m.location_id and s.product_id = $4 \
     left join product_classes c on c.product_id = $4",
    of_shelf!(gates),
    "where o.id = $1 order by l.code",
);

/// The shelves of some products, and whether nobody is to be served from them: their gate is closed, or none has decided and
/// no pool of the location takes what is not proven. So whatever a pool counts can be placed, too.
const OFFERED: &str = concat!(
    "select m.product_id as product_id, m.location_id as location_id, m.on_hand as on_hand, m.committed as committed, \
     m.safety_stock as safety_stock, m.damaged as damaged, m.quality_control as quality_control, \
     m.showroom as showroom, m.incoming as incoming, m.facts as facts, case when coalesce(",
    of_shelf!(decided),
    ", (select max(o.unproven) from pools o join pool_locations n on n.pool_id = o.id \
     where n.location_id = m.location_id), 'open') = 'closed' then 1 else 0 end as is_gated \
     from stock m left join product_classes c on c.product_id = m.product_id",
    of_shelf!(gates),
    "where m.product_id in ($1, $4, $5, $6, $7, $8, $9, $10) order by m.product_id, m.location_id",
);

/// Products in one look at the shelves: more are looked at in turns.
const IN_ONE_LOOK: usize = 8;

const NOT_ROUTED: &str =
    concat!("select ", of_shelf!(not_routed), " as units from products p where p.id = $1");

const TURN: &str = "insert into promise_turns (product_id, turn) values ($1, 1) \
    on conflict (product_id) do update set turn = promise_turns.turn + 1";

/// Every statement of this module, for the test that prepares them.
pub fn statements() -> impl Iterator<Item = &'static str> {
    [SUMS.as_str(), SHELVES, OFFERED, NOT_ROUTED, TURN].into_iter()
}

/// Who asks for availability: a channel of a pool, at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked<'a> {
    pub pool: PoolKey,
    pub channel: &'a str,
    pub at_ms: i64,
}

/// What a pool has of a product.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Sum {
    /// Available on the shelves that count.
    pub available: i64,
    /// Units that orders want, of whatever pool, and nobody has routed yet.
    pub not_routed: i64,
}

/// One location of a pool and what it has of a product.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PoolShelf {
    pub location: LocationKey,
    pub code: String,
    pub name: String,
    /// `None`: the location does not stock the product.
    pub units: Option<Units>,
    pub gate: Gate,
    /// Why the gate is as it is; `None`: it has not been judged.
    pub gate_reason: Option<String>,
    pub is_in_class: bool,
    pub class: SkuClass,
    /// Of the committed: for carts.
    pub held: i64,
    /// Gone though promised.
    pub missing: i64,
    /// When the shelf was last counted, by a feed or a person.
    pub counted_as_of_ms: Option<i64>,
    /// The newest word of a feed about the location.
    pub feed_as_of_ms: Option<i64>,
}

impl PoolShelf {
    /// What it adds to the pool.
    pub fn available(&self) -> i64 {
        let counts = self.gate == Gate::Open && self.is_in_class;
        self.units.filter(|_| counts).map_or(0, |units| units.available().max(0))
    }

    fn of(row: &Row) -> Result<PoolShelf, DbError> {
        let is_stocked = row.some_int("on_hand")?.is_some();
        Ok(PoolShelf {
            location: LocationKey(row.int("location_id")?),
            code: row.text("code")?.to_owned(),
            name: row.text("name")?.to_owned(),
            units: is_stocked.then(|| Units::of(row)).transpose()?,
            gate: Gate::from_code(row.text("gate")?)?,
            gate_reason: row.some_text("gate_reason")?.map(str::to_owned),
            is_in_class: row.int("in_class")? == 1,
            class: SkuClass::of(row)?,
            held: row.int("held")?,
            missing: row.some_int("missing")?.unwrap_or(0),
            counted_as_of_ms: row.some_int("counted_as_of")?,
            feed_as_of_ms: row.some_int("feed_as_of")?,
        })
    }
}

/// What the shelves of a pool that count add up to, for each of up to [`MOST_PRODUCTS`] SKUs, in one statement. In the
/// order asked; `None` where there is no such SKU.
///
/// # Errors
/// More SKUs; the database's.
pub async fn available(tx: &mut Tx, asked: Asked<'_>, skus: &[&str]) -> Result<Vec<Option<Sum>>, DbError> {
    let Some(last) = skus.last() else { return Ok(Vec::new()) };
    if skus.len() > MOST_PRODUCTS {
        return Err(DbError::Refused(format!("at most {MOST_PRODUCTS} products in one look")));
    }
    let mut values: Vec<Value> = vec![asked.pool.0.into(), asked.channel.into(), asked.at_ms.into()];
    // The places that are left over ask for the last one again, which changes nothing.
    let padded = skus.iter().chain(std::iter::repeat(last)).take(MOST_PRODUCTS);
    values.extend(padded.map(|sku| Value::from(*sku)));
    let rows = tx.rows(SUMS.as_str(), &values).await?;
    let mut sums = BTreeMap::new();
    for row in &rows {
        let sum = Sum { available: row.int("available")?, not_routed: row.int("not_routed")? };
        sums.insert(row.text("sku")?, sum);
    }
    Ok(skus.iter().map(|sku| sums.get(sku).copied()).collect())
}

/// Every location of a pool and what it has of a product, by code.
///
/// # Errors
/// The database's.
pub async fn shelves(tx: &mut Tx, asked: Asked<'_>, product: ProductKey) -> Result<Vec<PoolShelf>, DbError> {
    let values: [Value; 4] =
        [asked.pool.0.into(), asked.channel.into(), asked.at_ms.into(), product.0.into()];
    tx.rows(SHELVES, &values).await?.iter().map(PoolShelf::of).collect()
}

/// A shelf as routing sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offered {
    pub stocked: Stocked,
    /// Its books are not trusted on this channel: no order is routed there.
    pub is_gated: bool,
}

/// The shelves of some products for a channel at a time, by product and location.
///
/// # Errors
/// The database's.
pub async fn offered(
    tx: &mut Tx,
    products: &[ProductKey],
    (channel, at_ms): (&str, i64),
) -> Result<Vec<Offered>, DbError> {
    let mut offered = Vec::new();
    for some in products.chunks(IN_ONE_LOOK) {
        // A product that stands twice in the list is found once.
        let key = |i: usize| -> Value { some.get(i).unwrap_or(&some[0]).0.into() };
        let mut values: Vec<Value> = vec![key(0), channel.into(), at_ms.into()];
        values.extend((1..IN_ONE_LOOK).map(key));
        for row in tx.rows(OFFERED, &values).await? {
            offered.push(Offered { stocked: Stocked::of(&row)?, is_gated: row.int("is_gated")? == 1 });
        }
    }
    Ok(offered)
}

/// Units of a product that orders want and nobody has routed yet.
///
/// # Errors
/// There is no such product; the database's.
pub async fn not_routed(tx: &mut Tx, product: ProductKey) -> Result<i64, DbError> {
    let row = tx.row(NOT_ROUTED, &[product.0.into()]).await?;
    row.ok_or_else(|| DbError::Refused("there is no such product".into()))?.int("units")
}

/// Waits for everybody who is promising the product out of several shelves, and makes the next one wait until this
/// transaction ends. Of several products, in the order of their keys.
///
/// Invariant: turns are taken before shelves, and shelves before the loads of places.
///
/// # Errors
/// There is no such product; the database's.
pub async fn take_turn(tx: &mut Tx, product: ProductKey) -> Result<(), DbError> {
    tx.execute(TURN, &[product.0.into()]).await.map(drop)
}
