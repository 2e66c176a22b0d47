-- Rule sets: versions that never change, and which of them holds from when on.

create table rule_sets (
    number {int} not null primary key,
    name text not null,
    -- As people write it.
    content text not null,
    author text not null,
    comment text not null,
    created_at {int} not null
) {strict};

-- Publishing, scheduling and rolling back are one thing: from a moment on, a version holds.
create table rule_publications (
    number {serial},
    rule_set {int} not null references rule_sets (number),
    live_from {int} not null,
    by_whom text not null,
    comment text not null,
    created_at {int} not null,
    -- Taken back before it held.
    is_withdrawn {int} not null check (is_withdrawn in (0, 1))
) {strict};

create index rule_publications_by_time on rule_publications (live_from, number);
