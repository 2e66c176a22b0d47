-- Stock that can be trusted and promised: classes, pools, holds of carts, feeds, arrivals, counts and what they prove.

-- The class of a product: the retailer's category, and A, B or C by velocity. Empty: not known.
create table product_classes (
    product_id {int} not null primary key references products (id),
    category text not null,
    velocity text not null check (velocity in ('', 'A', 'B', 'C'))
) {strict};

create table pools (
    id {serial},
    code text not null unique,
    name text not null,
    -- How a shelf counts of which no gate has decided yet.
    unproven text not null check (unproven in ('open', 'closed'))
) {strict};

create table pool_locations (
    pool_id {int} not null references pools (id),
    location_id {int} not null references locations (id),
    primary key (pool_id, location_id)
) {strict};

-- No row: every class. An empty velocity: every velocity of the category.
create table pool_classes (
    pool_id {int} not null references pools (id),
    category text not null,
    velocity text not null,
    primary key (pool_id, category, velocity)
) {strict};

-- What a channel is not offered: so many units of each product, or so many hundredths of what is available.
create table channel_buffers (
    pool_id {int} not null references pools (id),
    channel text not null,
    kind text not null check (kind in ('units', 'percent')),
    amount {int} not null check (amount >= 0),
    primary key (pool_id, channel),
    check (kind = 'units' or amount <= 100)
) {strict};

-- Whoever promises a product out of several shelves takes its turn here first, so that nobody sums them up meanwhile.
create table promise_turns (
    product_id {int} not null primary key references products (id),
    turn {int} not null
) {strict};

-- Units kept for a cart. A hold ends once.
create table holds (
    id text not null primary key,
    cart text not null,
    pool_id {int} not null references pools (id),
    channel text not null,
    state text not null check (state in ('open', 'confirmed', 'released', 'expired')),
    at {int} not null,
    expires_at {int} not null,
    ended_at {int},
    order_id text,
    check ((state = 'open') = (ended_at is null)),
    check ((state = 'confirmed') = (order_id is not null))
) {strict};

create unique index holds_of_cart on holds (cart) where state = 'open';
create index holds_due on holds (expires_at, id) where state = 'open';

-- The shelves that a hold's units are committed on. Stays when it ends: it tells where they were.
create table hold_units (
    hold_id text not null references holds (id),
    product_id {int} not null,
    location_id {int} not null,
    units {int} not null check (units > 0),
    primary key (hold_id, product_id, location_id),
    foreign key (product_id, location_id) references stock (product_id, location_id)
) {strict};

create index hold_units_of_shelf on hold_units (product_id, location_id);

-- The newest absolute count of a shelf, by a feed or a person: what happened up to then is in it.
create table baselines (
    product_id {int} not null,
    location_id {int} not null,
    as_of {int} not null,
    units {int} not null check (units >= 0),
    source text not null,
    primary key (product_id, location_id),
    foreign key (product_id, location_id) references stock (product_id, location_id)
) {strict};

-- How old what a feed tells of a location is.
create table feeds (
    location_id {int} not null references locations (id),
    source text not null,
    as_of {int} not null,
    heard_at {int} not null,
    primary key (location_id, source)
) {strict};

create index ledger_by_time on ledger (product_id, location_id, at);

-- Units that are gone though they are promised: they leave the books as soon as the promise does.
create table missing_units (
    product_id {int} not null,
    location_id {int} not null,
    units {int} not null check (units > 0),
    at {int} not null,
    primary key (product_id, location_id),
    foreign key (product_id, location_id) references stock (product_id, location_id)
) {keyed};

-- What is on its way to a location: from another one (a transfer), or from a supplier.
create table arrivals (
    id text not null primary key,
    kind text not null check (kind in ('transfer', 'purchase')),
    origin_id {int} references locations (id),
    supplier text not null,
    target_id {int} not null references locations (id),
    state text not null check (state in ('draft', 'sent', 'closed', 'cancelled')),
    -- When it is expected.
    due_at {int},
    reason text not null,
    at {int} not null,
    sent_at {int},
    ended_at {int},
    check ((kind = 'transfer') = (origin_id is not null)),
    check (origin_id is null or origin_id <> target_id)
) {strict};

create index arrivals_at on arrivals (target_id, state, id);

create table arrival_lines (
    arrival_id text not null references arrivals (id),
    product_id {int} not null references products (id),
    announced {int} not null check (announced >= 0),
    received {int} not null check (received >= 0),
    -- Of the received: not for sale.
    damaged {int} not null check (damaged >= 0 and damaged <= received),
    primary key (arrival_id, product_id)
) {strict};

create table counts (
    id text not null primary key,
    location_id {int} not null references locations (id),
    kind text not null check (kind in ('cycle', 'full', 'spot')),
    view text not null check (view in ('blind', 'open')),
    state text not null check (state in ('open', 'review', 'posted', 'cancelled')),
    -- Units by which a line may differ and still be right.
    tolerance {int} not null check (tolerance >= 0),
    reason text not null,
    opened_by text not null,
    at {int} not null,
    ended_at {int}
) {strict};

create index counts_at on counts (location_id, state, id);

-- What is to be counted. The scans of the line's round are what was counted.
create table count_lines (
    count_id text not null references counts (id),
    product_id {int} not null references products (id),
    assignee text not null,
    round {int} not null check (round > 0),
    state text not null check (state in ('open', 'posted')),
    counted {int},
    expected {int},
    primary key (count_id, product_id),
    check ((state = 'posted') = (counted is not null and expected is not null))
) {strict};

create table count_scans (
    number {serial},
    count_id text not null,
    -- Given by the device: a scan that is sent again is the same scan.
    client_id text not null,
    product_id {int} not null,
    round {int} not null,
    units {int} not null check (units >= 0),
    device text not null,
    actor text not null,
    at {int} not null,
    -- What the books said at this moment, and the last entry that had made it so.
    books {int} not null,
    entry {int} not null,
    unique (count_id, client_id),
    foreign key (count_id, product_id) references count_lines (count_id, product_id)
) {strict};

create index count_scans_of_line on count_scans (count_id, product_id, round, number);

-- One counted line: evidence of how right the books are. An empty channel is evidence for every channel.
create table accuracy_lines (
    number {serial},
    at {int} not null,
    location_id {int} not null references locations (id),
    product_id {int} not null references products (id),
    category text not null,
    velocity text not null,
    channel text not null,
    expected {int} not null,
    counted {int} not null,
    is_within {int} not null check (is_within in (0, 1)),
    document text not null
) {strict};

create index accuracy_of_cell on accuracy_lines (location_id, category, velocity, at);

-- Whether the books of a class at a location are trusted on a channel, the evidence, and who says otherwise until when.
create table gates (
    location_id {int} not null references locations (id),
    category text not null,
    velocity text not null,
    channel text not null,
    state text not null check (state in ('open', 'closed')),
    reason text not null,
    lines {int} not null,
    within {int} not null,
    lower_bp {int} not null,
    upper_bp {int} not null,
    judged_at {int} not null,
    changed_at {int} not null,
    override_state text check (override_state in ('open', 'closed')),
    override_until {int},
    override_by text,
    override_reason text,
    primary key (location_id, category, velocity, channel),
    check ((override_state is null) = (override_until is null)),
    check ((override_state is null) = (override_by is null)),
    check ((override_state is null) = (override_reason is null))
) {strict};
