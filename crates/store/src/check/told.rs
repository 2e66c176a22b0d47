//! What must hold of what was told: events, exceptions, offers, and work for later.

use super::Invariant;

pub(super) static ALL: [Invariant; 7] = [
    Invariant {
        code: "order_was_not_told_once",
        says: "no event tells that it came in, or more than one does",
        breaches: "select o.id as subject from orders o \
            left join (select subject, count(*) as amount from events where kind = 'order.taken' group by subject) e \
                on e.subject = o.id \
            where coalesce(e.amount, 0) <> 1 order by o.id limit $1",
    },
    // Replaying the events of a fulfillment order leads to its state.
    Invariant {
        code: "work_is_not_where_its_events_lead",
        says: "its state is not the last that was told of it",
        breaches: "select f.id as subject from fulfillments f \
            left join (select subject, max(number) as number from events where kind in ('fulfillment.open', \
                'fulfillment.accepted', 'fulfillment.picking', 'fulfillment.packed', 'fulfillment.ready_for_pickup', \
                'fulfillment.shipped', 'fulfillment.collected', 'fulfillment.delivered', 'fulfillment.rejected', \
                'fulfillment.expired', 'fulfillment.moved', 'fulfillment.cancelled', 'fulfillment.short') \
                group by subject) last on last.subject = f.id \
            left join events e on e.number = last.number \
            where 'fulfillment.' || f.state <> coalesce(e.kind, 'fulfillment.open') order by f.id limit $1",
    },
    Invariant {
        code: "event_of_no_order",
        says: "events tell of an order that there is not",
        breaches: "select e.order_id as subject from (select distinct order_id from events where order_id is not null) e \
            left join orders o on o.id = e.order_id where o.id is null order by e.order_id limit $1",
    },
    Invariant {
        code: "exception_of_nothing",
        says: "it is about an order or a location that there is not, or is resolved without a word",
        breaches: "select x.id as subject from exceptions x left join orders o on o.id = x.order_id \
            left join locations l on l.id = x.location_id \
            where (x.order_id is not null and o.id is null) or (x.location_id is not null and l.id is null) \
                or (x.state = 'resolved') <> (x.resolution <> '') or x.escalations < 0 order by x.id limit $1",
    },
    Invariant {
        code: "exception_opened_twice",
        says: "two exceptions of one kind are open about it",
        breaches: "select subject || ', ' || kind as subject from exceptions where state = 'open' \
            group by kind, exceptions.subject having count(*) > 1 order by subject limit $1",
    },
    Invariant {
        code: "offer_of_no_line",
        says: "another product is offered for units that its order has not",
        breaches: "select s.id as subject from substitutions s left join order_items i \
                on i.order_id = s.order_id and i.line = s.line and i.product_id = s.product_id \
            where i.order_id is null or s.units > i.ordered or s.substitute_id = s.product_id order by s.id limit $1",
    },
    Invariant {
        code: "job_is_neither_alive_nor_dead",
        says: "its state, its attempts and its lease contradict each other",
        breaches: "select id as subject from jobs \
            where (state = 'leased') <> (lease_owner is not null) or (state = 'done') <> (done_at is not null) \
                or attempts > most_attempts or fence < attempts or (state in ('leased', 'done') and attempts < 1) \
                or (state = 'dead' and last_error is null) or (state = 'ready' and attempts >= most_attempts) \
            order by id limit $1",
    },
];
