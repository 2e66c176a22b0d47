-- Tables of stock or products that somebody brings: the file, what it means, how far it is in, and what it changed.
create table sheet_imports (
    id text not null primary key,
    name text not null,
    kind text not null check (kind in ('stock', 'products')),
    state text not null check (state in ('draft', 'checking', 'checked', 'running', 'done', 'failed', 'cancelled',
        'reverting', 'reverted')),
    -- JSON: what the file is; what is to be done with it.
    look text not null,
    plan text not null,
    bytes {int} not null check (bytes >= 0),
    -- Rows that are dealt with, of all there are.
    reached {int} not null check (reached >= 0),
    total {int} not null check (total >= 0),
    -- JSON: how many rows ended how.
    tally text not null,
    -- JSON: what the dry run found.
    checked text,
    -- The job that works on it, and the fence of its lease: what others say does not count.
    job_id text not null,
    fence {int} not null,
    -- Why it stopped; empty where it did not.
    failure text not null,
    created_by text not null,
    created_at {int} not null,
    started_at {int},
    ended_at {int},
    reverted_at {int}
) {strict};

create index sheet_imports_at_work on sheet_imports (state, id) where state in ('checking', 'running', 'reverting');

-- The file, in parts. They are removed some time after it is over.
create table sheet_parts (
    import_id text not null references sheet_imports (id),
    number {int} not null,
    bytes {bytes} not null,
    primary key (import_id, number)
) {strict};

-- What the columns of such a file mean here, as somebody said last.
create table sheet_mappings (
    signature text not null primary key,
    -- JSON.
    mapping text not null,
    changed_by text not null,
    changed_at {int} not null
) {strict};

-- Rows that were left out, cell by cell, by the line on which they begin.
create table sheet_bad_rows (
    import_id text not null references sheet_imports (id),
    line {int} not null,
    number {int} not null,
    column_name text not null,
    value text not null,
    say text not null,
    primary key (import_id, line, number)
) {strict};

-- Shelves that it changed, with what is needed to take that back.
create table sheet_shelves (
    import_id text not null references sheet_imports (id),
    product_id {int} not null,
    location_id {int} not null,
    -- By how much what is really there changed: units on hand less those that are missing.
    moved {int} not null,
    missing_before {int} not null,
    -- The last entry of the shelf in the ledger when it was done.
    entry {int} not null,
    -- The count that held before it; null: none.
    base_as_of {int},
    base_units {int},
    base_source text,
    -- What became of it when the import was taken back: reverted, or why not.
    outcome text not null check (outcome in ('', 'reverted', 'counted', 'changed', 'promised')),
    primary key (import_id, product_id, location_id),
    foreign key (product_id, location_id) references stock (product_id, location_id)
) {strict};

-- Products that it added or changed; their keys, for they may be removed.
create table sheet_products (
    import_id text not null references sheet_imports (id),
    product_id {int} not null,
    sku text not null,
    -- JSON: the cells before; null: it was added. The cells after.
    cells_before text,
    cells_after text not null,
    outcome text not null check (outcome in ('', 'reverted', 'changed', 'in_use')),
    primary key (import_id, product_id)
) {strict};
