-- Finding orders: by what people type, and by the work that is left to do.

-- What an order is found by: a kind in one letter (see store::order_terms) and a value. The newest orders of a term lie
-- together, in the order in which lists show them. Nothing refers to the order: it would be looked for with every term,
-- and orders are never removed.
create table order_terms (
    term {bytewise} not null,
    placed_at {int} not null,
    order_id text not null,
    primary key (term, placed_at, order_id)
) {keyed};

-- One row: how far terms were written for orders that are older than this table.
create table order_terms_filled (
    id {int} not null primary key check (id = 1),
    placed_at {int} not null,
    order_id text not null,
    is_done {int} not null check (is_done in (0, 1))
) {strict};

insert into order_terms_filled (id, placed_at, order_id, is_done) values (1, -9223372036854775807, '', 0);

-- With the words that lists are narrowed by, so that a list is found without a look at each order.
drop index orders_by_time;
create index orders_by_time on orders (placed_at, id, lane, channel);
drop index orders_by_state;
create index orders_by_state on orders (state, placed_at, id, lane, channel);

-- When its order was placed: work is listed in the order of its orders, too.
alter table fulfillments add column placed_at {int} not null default 0;

update fulfillments set placed_at = (select o.placed_at from orders o where o.id = fulfillments.order_id);

create index fulfillments_in_work on fulfillments (placed_at, order_id, state, is_held, location_id, due_at)
    where state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup');

create index order_items_open on order_items (order_id) where open > 0;

create index exceptions_of_open_orders on exceptions (order_id) where state = 'open' and order_id is not null;

-- Code under the bars of a product, as it is scanned; empty: none.
alter table products add column gtin text not null default '';

create index products_by_gtin on products (gtin) where gtin <> '';
