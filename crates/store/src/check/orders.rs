//! What must hold of orders: their units, their state, their decisions and their returns.

use super::Invariant;

pub(super) static ALL: [Invariant; 6] = [
    Invariant {
        code: "line_does_not_add_up",
        says: "its units stand nowhere, or in two places at once",
        breaches: "select order_id || ', line ' || line || ', ' || p.sku as subject from order_items i \
            join products p on p.id = i.product_id \
            where ordered <> open + backordered + allocated + shipped + cancelled or returned > shipped or open < 0 \
                or backordered < 0 or allocated < 0 or shipped < 0 or cancelled < 0 or returned < 0 \
            order by subject limit $1",
    },
    Invariant {
        code: "bundle_is_not_whole",
        says: "its products were not ordered in the numbers that the bundle has of them",
        breaches: "select order_id || ', line ' || line as subject from order_items group by order_id, line \
            having min(ordered / per_unit) <> max(ordered / per_unit) or sum(ordered % per_unit) <> 0 \
            order by subject limit $1",
    },
    Invariant {
        code: "line_is_not_what_places_have",
        says: "its promised, sent or returned units are not those of its places and returns",
        breaches: "select order_id || ', line ' || line || ', ' || p.sku as subject from \
                (select order_id, line, product_id, allocated, shipped, returned from order_items \
                union all select f.order_id, i.line, i.product_id, -i.committed, -i.shipped, 0 \
                    from fulfillment_items i join fulfillments f on f.id = i.fulfillment_id \
                union all select order_id, line, product_id, 0, 0, -units from returns) as sides \
            join products p on p.id = sides.product_id group by order_id, line, p.sku \
            having sum(allocated) <> 0 or sum(shipped) <> 0 or sum(returned) <> 0 order by subject limit $1",
    },
    Invariant {
        code: "state_of_order_is_not_that_of_its_units",
        says: "its state does not follow from where its units stand",
        breaches: "select o.id as subject from orders o \
            left join (select order_id, sum(open + backordered + allocated) as waiting, sum(shipped) as shipped \
                from order_items group by order_id) u on u.order_id = o.id \
            where u.order_id is null or (o.state in ('open', 'held')) <> (u.waiting > 0) \
                or (o.state = 'fulfilled') <> (u.waiting = 0 and u.shipped > 0) \
                or (o.state = 'held') <> (o.hold <> '') \
            order by o.id limit $1",
    },
    Invariant {
        code: "decisions_are_not_numbered",
        says: "a decision about it is missing, or there is one too many",
        breaches: "select o.id as subject from orders o \
            left join (select order_id, count(*) as amount, min(number) as first, max(number) as last \
                from decisions group by order_id) d on d.order_id = o.id \
            where coalesce(d.amount, 0) <> o.attempts or coalesce(d.last, 0) <> o.attempts \
                or coalesce(d.first, 1) <> 1 \
            order by o.id limit $1",
    },
    Invariant {
        code: "return_is_not_what_came_back",
        says: "what came back to the shelf is not what the return says",
        breaches: "select id as subject from \
                (select id, product_id, location_id, units, case when is_damaged = 1 then units else 0 end as damaged \
                    from returns \
                union all select r.id, e.product_id, e.location_id, \
                    case when e.movement in ('return', 'return_damaged') then -e.on_hand else 0 end, -e.damaged \
                    from ledger e join returns r on r.id = e.document) as sides \
            group by id, product_id, location_id having sum(units) <> 0 or sum(damaged) <> 0 order by id limit $1",
    },
];
