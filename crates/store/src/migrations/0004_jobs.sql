-- Work to be done later, in the transaction of its cause; periodic tasks; and the head of the sealed log of events.

create table jobs (
    id text not null primary key,
    kind text not null check (kind <> ''),
    -- What it is about: the id of an order, a fulfillment, a location, …
    subject text not null,
    -- JSON, for who does it.
    payload text not null,
    -- Two jobs of one kind never have the same key: asked for twice is done once.
    key text,
    -- When somebody may take it. Of a leased job: when its lease ends.
    due_at {int} not null,
    state text not null check (state in ('ready', 'leased', 'done', 'dead')),
    attempts {int} not null check (attempts >= 0),
    most_attempts {int} not null check (most_attempts >= 1),
    lease_owner text,
    -- Grows with every lease: what an earlier holder still says no longer counts.
    fence {int} not null,
    last_error text,
    created_at {int} not null,
    done_at {int},
    unique (kind, key),
    check ((state = 'leased') = (lease_owner is not null)),
    check ((state = 'done') = (done_at is not null))
) {strict};

create index jobs_due on jobs (due_at, id) where state in ('ready', 'leased');
create index jobs_done on jobs (done_at, id) where state = 'done';
create index jobs_by_state on jobs (state, id);

create table timers (
    name text not null primary key,
    every_ms {int} not null check (every_ms > 0),
    next_at {int} not null,
    owner text,
    fence {int} not null,
    lease_until {int} not null,
    last_done_at {int},
    last_error text
) {strict};

-- One row. Whoever seals events holds it, so that there is one chain.
create table event_head (
    id {int} not null primary key check (id = 1),
    place {int} not null,
    seal text not null
) {strict};

insert into event_head (id, place, seal) values (1, 0, '');

-- One row in books that were copied from another database: of which, and whether the copy is whole.
create table copies (
    id {int} not null primary key check (id = 1),
    source text not null,
    began_at {int} not null,
    done_at {int}
) {strict};
