-- What the network is built from: the cells of each place and product under the names of docs/formats.md, and the files
-- beside them. Their changes are numbered, so that whoever holds a network knows whether it still stands.

alter table locations add column facts text not null default '{}';
alter table locations add column version {int} not null default 1;

alter table products add column facts text not null default '{}';
alter table products add column version {int} not null default 1;

-- JSON: what is known of a shelf besides its units, such as how fast it sells. Nothing where nothing is known.
alter table stock add column facts text;

-- settings.toml, rates.csv and the like, as text.
create table setup_files (
    name text not null primary key,
    content text not null
) {strict};

-- One row: how often the setup was changed. Who changes it moves this number on from the one that was read, so that of
-- two changes at the same time one is made again upon the other.
create table setup (
    id {int} not null primary key check (id = 1),
    version {int} not null
) {strict};

insert into setup (id, version) values (1, 0);

-- Counts of whole shelves that were brought in: the last one says what a second look at the same counts may not repeat.
create table stock_imports (
    number {serial},
    -- A hash of what was brought.
    content text not null,
    begun_at {int} not null,
    finished_at {int}
) {strict};
