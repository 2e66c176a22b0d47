-- Places, products, what stands on the shelves, and every change of it.

create table locations (
    id {serial},
    code text not null unique,
    name text not null,
    kind text not null check (kind in ('store', 'warehouse', 'vendor'))
) {strict};

create table products (
    id {serial},
    sku text not null unique,
    title text not null
) {strict};

-- One row for each shelf. The numbers are the sums of the ledger's entries; the checks are what no statement may break.
create table stock (
    product_id {int} not null references products (id),
    location_id {int} not null references locations (id),
    on_hand {int} not null check (on_hand >= 0),
    committed {int} not null check (committed >= 0),
    safety_stock {int} not null check (safety_stock >= 0),
    damaged {int} not null check (damaged >= 0),
    quality_control {int} not null check (quality_control >= 0),
    showroom {int} not null check (showroom >= 0),
    incoming {int} not null check (incoming >= 0),
    version {int} not null,
    primary key (product_id, location_id),
    check (committed + damaged + quality_control <= on_hand)
) {keyed};

-- Append only: what changed, by whom, why, and by which document. Two entries never have one source.
create table ledger (
    number {serial},
    at {int} not null,
    product_id {int} not null,
    location_id {int} not null,
    movement text not null,
    on_hand {int} not null,
    committed {int} not null,
    safety_stock {int} not null,
    damaged {int} not null,
    quality_control {int} not null,
    showroom {int} not null,
    incoming {int} not null,
    actor text not null,
    reason text not null,
    document text not null,
    source text unique,
    foreign key (product_id, location_id) references stock (product_id, location_id)
) {strict};

create index ledger_of_shelf on ledger (product_id, location_id, number);
