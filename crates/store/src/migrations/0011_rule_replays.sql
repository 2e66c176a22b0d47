-- What a rule set would have made of orders that are past: asked for, worked out beside everything else, and told.
create table rule_replays (
    id text not null primary key,
    -- The version that is tried.
    rule_set {int} not null references rule_sets (number),
    -- The version that it is compared with; null: the lowest cost, where none was ever published.
    against {int} references rule_sets (number),
    -- Orders placed from the first moment on and before the second.
    from_at {int} not null,
    to_at {int} not null,
    with_worth {int} not null check (with_worth in (0, 1)),
    state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
    -- Orders read, of all there are to read.
    done {int} not null check (done >= 0),
    total {int} not null check (total >= 0),
    job_id text not null,
    -- Of the job's lease: what an earlier holder says does not count.
    fence {int} not null,
    asked_by text not null,
    asked_at {int} not null,
    started_at {int},
    ended_at {int},
    -- Why it failed; empty where it did not.
    failure text not null,
    -- JSON, once it is done.
    result text,
    check (from_at < to_at),
    check ((state = 'done') = (result is not null)),
    check ((state in ('waiting', 'running')) = (ended_at is null))
) {strict};

create index rule_replays_open on rule_replays (state, id) where state in ('waiting', 'running');
