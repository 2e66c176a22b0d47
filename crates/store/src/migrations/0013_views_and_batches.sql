-- Views that people keep, and verbs that are done to many orders beside everything else.

create table views (
    id text not null primary key,
    page text not null check (page in ('orders', 'inventory', 'exceptions')),
    name text not null,
    -- As it stands behind the question mark of an address.
    query text not null,
    is_shared {int} not null check (is_shared in (0, 1)),
    -- Who made it.
    owner text not null,
    created_at {int} not null,
    changed_at {int} not null
) {strict};

create index views_of_owner on views (owner, id);
create index views_shared on views (id) where is_shared = 1;

create table order_batches (
    id text not null primary key,
    action text not null check (action in ('hold', 'release', 'cancel', 'route')),
    reason text not null,
    -- JSON: by which words its orders were found; null: they were named.
    criteria text,
    -- The batch whose effect this one takes back.
    reverts text references order_batches (id),
    state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
    total {int} not null check (total >= 1),
    -- Orders it was done to,
    done {int} not null check (done >= 0),
    -- and orders that refused it.
    failed {int} not null check (failed >= 0),
    job_id text not null,
    -- Of the job's lease: what an earlier holder does is not kept.
    fence {int} not null,
    asked_by text not null,
    asked_at {int} not null,
    started_at {int},
    ended_at {int},
    -- Why it failed; empty where it did not.
    failure text not null,
    check (done + failed <= total),
    check ((state in ('waiting', 'running')) = (ended_at is null))
) {strict};

create index order_batches_open on order_batches (state, id) where state in ('waiting', 'running');
-- A batch is taken back once.
create unique index order_batches_reverting on order_batches (reverts) where reverts is not null;

create table order_batch_rows (
    batch_id text not null references order_batches (id),
    number {int} not null,
    order_id text not null,
    outcome text not null check (outcome in ('waiting', 'done', 'failed')),
    -- The hold that it is given, or that was lifted; empty: the reason of the batch.
    hold text not null,
    -- Why it failed, in words; empty where it did not.
    reason text not null,
    at {int},
    primary key (batch_id, number),
    check ((outcome = 'waiting') = (at is null))
) {keyed};

create index order_batch_rows_by_outcome on order_batch_rows (batch_id, outcome, number);
