-- What there is to do is counted on every look at the first page: each count reads one short index.

create index fulfillments_at_work on fulfillments (state, location_id, is_held, due_at)
    where state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup');
create index exceptions_at_work on exceptions (location_id, due_at) where state = 'open';
create index orders_of_channel on orders (channel, taken_at);
