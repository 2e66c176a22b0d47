//! Large books for benchmarks: four cells for each order; half of the orders are sent, half are promised.

use store::db::{Db, DbError, Value};

pub(crate) const CELLS_OF_AN_ORDER: i64 = 4;
const LOCATIONS: i64 = 100;

macro_rules! numbered {
    ($into:literal, $select:literal) => {
        concat!(
            "with recursive n(i) as (select cast(0 as bigint) union all select i + 1 from n where i + 1 < $1) insert into ",
            $into,
            " select ",
            $select
        )
    };
}

/// What an order and its cell, both of number `i`, leave in every table; `$1`: how many there are.
const OF_LOCATIONS: &str = numbered!("locations (code, name, kind)", "'L' || i, 'L', 'store' from n");
const OF_PRODUCTS: &str = numbered!("products (sku, title)", "'P' || i, 'P' from n");
const OF_CELLS: [&str; 2] = [
    numbered!(
        "stock (product_id, location_id, on_hand, committed, safety_stock, damaged, quality_control, showroom, incoming, \
         version)",
        "1 + i / 100, 1 + i % 100, 5, 0, 0, 0, 0, 0, 0, 1 from n"
    ),
    numbered!(
        "ledger (at, product_id, location_id, movement, on_hand, committed, safety_stock, damaged, quality_control, \
         showroom, incoming, actor, reason, document, source)",
        "1, 1 + i / 100, 1 + i % 100, 'receive', 5, 0, 0, 0, 0, 0, 0, 'usr_1', 'made', 'made', 'made:' || i from n"
    ),
];
const OF_ORDERS: [&str; 10] = [
    numbered!(
        "orders (id, channel, external_id, name, state, hold, lane, placed_at, document, source_version, attempts, \
         version, taken_at, changed_at)",
        "'ord_' || i, case when i % 5000 = 7 then 'market' when i % 4 = 0 then 'till' else 'web' end, '' || i, '#' || i, \
         case when i % 2 = 0 then 'fulfilled' else 'open' end, '', case when i % 25000 = 24999 then 'local_delivery' \
         when i % 8 = 3 then 'pickup' else 'ship' end, i, \
         '{\"service\":\"standard\",\"currency\":\"USD\",\"customer\":{\"name\":\"' || \
         trim(substr('Maria Julia PeterTomasEmilyAidenZoe  Li   MarthaJosephOmar Nina ', cast(1 + i % 12 * 5 as integer), 5)) || ' ' || \
         trim(substr('Garcia Miller NakamuraOkafor Petrov Lindqvist', cast(1 + i / 12 % 6 * 7 as integer), 7)) || (i / 72 % 500) || \
         '\",\"email\":\"person' || (i % 90001) || '@example.com\",\"phone\":\"+1 503 ' || (1000000 + i * 7919 % 9000000) || \
         '\"},\"ship_to\":{\"postal\":\"97201\",\"country\":\"US\"},\"split\":\"allowed\",\"tags\":[' || \
         case when i % 6 = 0 then '\"gift\"' when i % 5000 = 11 then '\"vip\"' else '' end || \
         '],\"lines\":[{\"line\":1,\"sku\":\"P' || (i / 100) || '\",\"quantity\":1,\"unit_price_minor\":1200}],\"shipping_minor\":0}', \
         0, 1, 1, i, i from n"
    ),
    numbered!(
        "order_items (order_id, line, product_id, per_unit, ordered, open, backordered, allocated, shipped, cancelled, \
         returned)",
        "'ord_' || i, 1, 1 + i / 100, 1, 1, 0, 0, i % 2, 1 - i % 2, 0, 0 from n"
    ),
    numbered!(
        "decisions (order_id, number, decided_at, rule_set, network_version, outcome, decision, inputs)",
        "'ord_' || i, 1, i, 1, 1, 'placed', '{}', '{}' from n"
    ),
    numbered!(
        "fulfillments (id, order_id, location_id, lane, state, is_held, attempt, due_at, service, dispatch_day, \
         dispatch_window, arrives_day, parcels, pickup_code, facts, version, created_at, changed_at, placed_at)",
        "'ful_' || i, 'ord_' || i, 1 + i % 100, 'ship', case when i % 2 = 0 then 'shipped' when i % 5000 = 9 then 'picking' \
         else 'open' end, 0, 1, i, 'ground', 1, 0, 2, 1, '', '{}', 1, i, i, i from n"
    ),
    numbered!(
        "fulfillment_items (fulfillment_id, line, product_id, quantity, picked, committed, shipped)",
        "'ful_' || i, 1, 1 + i / 100, 1, 1 - i % 2, i % 2, 1 - i % 2 from n"
    ),
    numbered!(
        "parcels (id, fulfillment_id, number, state, carrier, service, tracking, weight_g, cost_minor, created_at, \
         changed_at)",
        "'par_' || i, 'ful_' || i, 1, 'handed_over', 'ups', '', '1Z' || i, 0, 0, i, i from n where i % 2 = 0"
    ),
    numbered!(
        "loads (location_id, day, dispatch_window, parcels)",
        "1 + i % 100, 1, 0, count(*) from n group by 1 + i % 100"
    ),
    numbered!(
        "events (at, actor, via, kind, subject, order_id, facts)",
        "i, 'usr_1', 'api', k.kind, k.prefix || i, 'ord_' || i, '{}' from n cross join \
         (select 'order.taken' as kind, 'ord_' as prefix, 2 as every union all select 'order.decided', 'ord_', 2 \
         union all select 'fulfillment.accepted', 'ful_', 1 union all select 'fulfillment.picking', 'ful_', 1 \
         union all select 'fulfillment.packed', 'ful_', 1 union all select 'fulfillment.shipped', 'ful_', 1) k \
         where k.every = 2 or i % 2 = 0 order by i, k.every desc, case when k.kind = 'fulfillment.shipped' then 2 else 1 end"
    ),
    numbered!(
        "ledger (at, product_id, location_id, movement, on_hand, committed, safety_stock, damaged, quality_control, \
         showroom, incoming, actor, reason, document, source)",
        "i, 1 + i / 100, 1 + i % 100, 'commit', 0, 1, 0, 0, 0, 0, 0, 'usr_1', 'order', 'ful_' || i, null from n"
    ),
    numbered!(
        "ledger (at, product_id, location_id, movement, on_hand, committed, safety_stock, damaged, quality_control, \
         showroom, incoming, actor, reason, document, source)",
        "i, 1 + i / 100, 1 + i % 100, 'ship', -1, -1, 0, 0, 0, 0, 0, 'usr_1', 'sent', 'ful_' || i, null from n \
         where i % 2 = 0"
    ),
];
/// The shelves as the ledger has them; `$1`: how many orders there are.
const ADD_UP: &str = "update stock set version = case when location_id % 2 = 1 then 3 else 2 end, \
    committed = case when location_id % 2 = 1 then 0 else 1 end, \
    on_hand = case when location_id % 2 = 1 then 4 else 5 end \
    where (product_id - 1) * 100 + location_id - 1 < $1";

/// Fills books that are empty: 100 locations `L0`…, products `P0`…, all their cells, and so many orders.
pub(crate) async fn fill(db: &Db, orders: i64) -> Result<(), DbError> {
    let cells = orders * CELLS_OF_AN_ORDER;
    write(db, OF_LOCATIONS, LOCATIONS).await?;
    write(db, OF_PRODUCTS, cells / LOCATIONS).await?;
    for sql in OF_CELLS {
        write(db, sql, cells).await?;
    }
    for sql in OF_ORDERS.into_iter().chain([ADD_UP]) {
        write(db, sql, orders).await?;
    }
    Ok(())
}

async fn write(db: &Db, sql: &'static str, most: i64) -> Result<(), DbError> {
    db.write(move |tx| Box::pin(async move { tx.execute(sql, &[Value::from(most)]).await.map(drop) })).await
}
