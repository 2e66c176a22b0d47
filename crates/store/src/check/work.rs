//! What must hold of the work at the places: units, states, parcels, and how busy the dispatches are.

use super::Invariant;

pub(super) static ALL: [Invariant; 9] = [
    // The item's own numbers, less what the ledger has under the document. Nobody else can own the same units: the
    // entries of one document are on the shelves of one place.
    Invariant {
        code: "work_is_not_what_the_ledger_has",
        says: "its units were not promised, let go or sent as the ledger tells",
        breaches: "select document || ', ' || p.sku as subject from \
                (select f.id as document, i.product_id, f.location_id, i.quantity as given, i.committed, i.shipped \
                    from fulfillment_items i join fulfillments f on f.id = i.fulfillment_id \
                union all select e.document, e.product_id, e.location_id, \
                    case when e.movement = 'commit' then -e.committed else 0 end, -e.committed, \
                    case when e.movement = 'ship' then e.on_hand else 0 end \
                    from ledger e join fulfillments f on f.id = e.document) as sides \
            join products p on p.id = sides.product_id group by document, location_id, p.sku \
            having sum(given) <> 0 or sum(committed) <> 0 or sum(shipped) <> 0 order by subject limit $1",
    },
    Invariant {
        code: "work_of_no_line",
        says: "it has units of a line that its order has not",
        breaches: "select f.id || ', line ' || i.line || ', ' || p.sku as subject from fulfillment_items i \
            join fulfillments f on f.id = i.fulfillment_id join products p on p.id = i.product_id \
            left join order_items o on o.order_id = f.order_id and o.line = i.line and o.product_id = i.product_id \
            where o.order_id is null order by subject limit $1",
    },
    Invariant {
        code: "state_of_work_is_not_that_of_its_units",
        says: "its state does not follow from where its units stand",
        breaches: "select f.id as subject from fulfillments f \
            left join (select fulfillment_id, sum(committed) as committed, sum(shipped) as shipped, \
                sum(picked) as picked, sum(case when picked > committed + shipped then 1 else 0 end) as excess \
                from fulfillment_items group by fulfillment_id) i on i.fulfillment_id = f.id \
            where i.fulfillment_id is null or i.excess > 0 \
                or (f.state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup')) <> (i.committed > 0) \
                or (f.state in ('shipped', 'collected', 'delivered')) <> (i.shipped > 0) \
                or (f.state in ('packed', 'ready_for_pickup') and i.picked <> i.committed) \
                or (f.is_held = 1 and i.committed = 0) \
                or (f.state in ('ready_for_pickup', 'collected') and f.lane <> 'pickup') \
                or (f.state = 'shipped' and f.lane = 'pickup') \
                or (f.lane = 'pickup') <> (f.pickup_code <> '') \
            order by f.id limit $1",
    },
    Invariant {
        code: "work_of_no_decision",
        says: "no decision about its order made it",
        breaches: "select f.id as subject from fulfillments f \
            left join decisions d on d.order_id = f.order_id and d.number = f.attempt \
            where d.order_id is null order by f.id limit $1",
    },
    Invariant {
        code: "parcels_are_not_where_their_work_is",
        says: "its parcels are not numbered from 1, or are not where its state says",
        breaches: "select f.id as subject from fulfillments f \
            left join (select fulfillment_id, count(*) as amount, min(number) as first, max(number) as last, \
                sum(case when state in ('packed', 'labeled') then 1 else 0 end) as here, \
                sum(case when state in ('handed_over', 'delivered') then 1 else 0 end) as gone \
                from parcels group by fulfillment_id) p on p.fulfillment_id = f.id \
            where coalesce(p.first, 1) <> 1 or coalesce(p.last, 0) <> coalesce(p.amount, 0) \
                or (f.state in ('packed', 'ready_for_pickup')) <> (coalesce(p.here, 0) > 0) \
                or (f.state in ('shipped', 'collected', 'delivered')) <> (coalesce(p.gone, 0) > 0) \
            order by f.id limit $1",
    },
    Invariant {
        code: "manifest_is_not_what_left",
        says: "the parcels on it are not as many, or not there, or not with that carrier",
        breaches: "select id as subject from \
                (select id, location_id, carrier, parcels from manifests \
                union all select p.manifest_id, f.location_id, p.carrier, -1 from parcels p \
                    join fulfillments f on f.id = p.fulfillment_id \
                    where p.manifest_id is not null and p.state in ('handed_over', 'delivered')) as sides \
            group by id, location_id, carrier having sum(parcels) <> 0 order by id limit $1",
    },
    Invariant {
        code: "dispatch_is_not_what_it_takes",
        says: "as many parcels are counted for a dispatch as no work there has",
        breaches: "select l.code || ', day ' || day || ', dispatch ' || dispatch_window as subject from \
                (select location_id, day, dispatch_window, parcels from loads where dispatch_window >= 0 \
                union all select location_id, dispatch_day, dispatch_window, -parcels from fulfillments \
                    where state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup', 'shipped', \
                        'collected', 'delivered')) as sides \
            join locations l on l.id = sides.location_id group by l.code, day, dispatch_window \
            having sum(parcels) <> 0 order by subject limit $1",
    },
    Invariant {
        code: "day_is_not_its_dispatches",
        says: "the parcels of a day at a place are not the sum of those of its dispatches",
        breaches: "select l.code || ', day ' || day as subject from loads join locations l on l.id = loads.location_id \
            group by l.code, day having sum(case when dispatch_window < 0 then parcels else -parcels end) <> 0 \
            order by subject limit $1",
    },
    Invariant {
        code: "clock_runs_after_the_work",
        says: "minutes are counted for work that is over",
        breaches: "select b.id as subject from labor b join fulfillments f on f.id = b.fulfillment_id \
            where b.stopped_at is null \
                and f.state not in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup') \
            order by b.id limit $1",
    },
];
