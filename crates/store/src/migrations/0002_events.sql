-- Everything that happened, in the words of the field. Append only: the timeline of an order, the log of changes, what
-- live pages hear and what is told outside are all read from here.

create table events (
    number {serial},
    at {int} not null,
    -- Who: usr_…, tok_…, or the program itself.
    actor text not null,
    -- By which way: api, page, file, job, command.
    via text not null,
    kind text not null,
    -- What it is about: the id of an order, a fulfillment, a location, a user, …
    subject text not null,
    -- The order it belongs to, where it belongs to one.
    order_id text,
    -- JSON: what changed, from what to what, and why.
    facts text not null,
    -- Its place in the order in which everybody hears of events, and the seal over it and all before it: given after the
    -- fact, by one process at a time, so that no event is ever heard before one with a smaller place.
    place {int} unique,
    seal text
) {strict};

create index events_of_order on events (order_id, number) where order_id is not null;
create index events_of_subject on events (subject, number);
create index events_unsealed on events (number) where place is null;
