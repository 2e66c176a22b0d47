-- Orders, what is decided about them, the work at the places, and what needs somebody.

create table orders (
    id text not null primary key,
    channel text not null,
    external_id text not null,
    -- What people call it: #1043.
    name text not null,
    state text not null check (state in ('open', 'held', 'fulfilled', 'cancelled')),
    -- Why it is held; empty while it is not.
    hold text not null,
    lane text not null check (lane in ('ship', 'pickup', 'local_delivery')),
    placed_at {int} not null,
    -- JSON: what was ordered, by whom, where to, for how much. The channel's own version of it is source_version.
    document text not null,
    source_version {int} not null,
    -- Number of the last decision; 0: none yet.
    attempts {int} not null,
    version {int} not null,
    taken_at {int} not null,
    changed_at {int} not null,
    unique (channel, external_id)
) {strict};

create index orders_by_time on orders (placed_at, id);
create index orders_by_state on orders (state, placed_at, id);
create index orders_by_name on orders (name, id);

-- The books of an order: where each of its units stands. A line of a bundle has a row for each component, in units of it.
create table order_items (
    order_id text not null references orders (id),
    line {int} not null,
    product_id {int} not null references products (id),
    -- Units of the product in one unit of the line; at least 1.
    per_unit {int} not null check (per_unit >= 1),
    ordered {int} not null check (ordered >= 1),
    -- Not decided yet, or to be decided again.
    open {int} not null check (open >= 0),
    backordered {int} not null check (backordered >= 0),
    -- With a place that has not handed them over yet.
    allocated {int} not null check (allocated >= 0),
    shipped {int} not null check (shipped >= 0),
    cancelled {int} not null check (cancelled >= 0),
    returned {int} not null check (returned >= 0),
    primary key (order_id, line, product_id),
    check (ordered = open + backordered + allocated + shipped + cancelled),
    check (returned <= shipped)
) {keyed};

create index order_items_waiting on order_items (product_id, order_id) where open > 0 or backordered > 0;

create table decisions (
    order_id text not null references orders (id),
    number {int} not null,
    decided_at {int} not null,
    rule_set {int} not null,
    network_version {int} not null,
    outcome text not null,
    -- JSON: the decision as it is told, and what it was made from.
    decision text not null,
    inputs text not null,
    primary key (order_id, number)
) {strict};

create table fulfillments (
    id text not null primary key,
    order_id text not null references orders (id),
    location_id {int} not null references locations (id),
    lane text not null check (lane in ('ship', 'pickup', 'local_delivery')),
    state text not null check (state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup', 'shipped',
        'collected', 'delivered', 'rejected', 'expired', 'moved', 'cancelled', 'short')),
    is_held {int} not null check (is_held in (0, 1)),
    -- The decision that made it.
    attempt {int} not null,
    -- By when its next step is due.
    due_at {int} not null,
    service text not null,
    dispatch_day {int} not null,
    dispatch_window {int} not null,
    arrives_day {int} not null,
    -- What the customer shows at the counter; empty for other lanes.
    pickup_code text not null,
    -- JSON: reasons, who collected, proof.
    facts text not null,
    version {int} not null,
    created_at {int} not null,
    changed_at {int} not null
) {strict};

create index fulfillments_of_order on fulfillments (order_id, id);
create index fulfillments_at_location on fulfillments (location_id, state, due_at, id);
create index fulfillments_due on fulfillments (due_at, id)
    where state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup');

create table fulfillment_items (
    fulfillment_id text not null references fulfillments (id),
    line {int} not null,
    product_id {int} not null references products (id),
    quantity {int} not null check (quantity >= 1),
    picked {int} not null check (picked >= 0),
    -- Still promised here: neither handed over nor let go.
    committed {int} not null check (committed >= 0),
    shipped {int} not null check (shipped >= 0),
    primary key (fulfillment_id, line, product_id),
    check (committed + shipped <= quantity),
    check (picked <= quantity)
) {keyed};

create index fulfillment_items_committed on fulfillment_items (product_id, fulfillment_id) where committed > 0;

create table parcels (
    id text not null primary key,
    fulfillment_id text not null references fulfillments (id),
    number {int} not null,
    state text not null check (state in ('packed', 'labeled', 'handed_over', 'delivered', 'void')),
    carrier text not null,
    service text not null,
    tracking text not null,
    weight_g {int} not null check (weight_g >= 0),
    cost_minor {int} not null,
    manifest_id text,
    created_at {int} not null,
    changed_at {int} not null,
    unique (fulfillment_id, number)
) {strict};

create index parcels_by_tracking on parcels (tracking) where tracking <> '';

create table manifests (
    id text not null primary key,
    location_id {int} not null references locations (id),
    carrier text not null,
    parcels {int} not null,
    created_by text not null,
    created_at {int} not null
) {strict};

create table labor (
    id text not null primary key,
    fulfillment_id text not null references fulfillments (id),
    step text not null check (step in ('pick', 'pack', 'hand_over', 'other')),
    person text not null,
    started_at {int} not null,
    stopped_at {int},
    check (stopped_at is null or stopped_at >= started_at)
) {strict};

create unique index labor_running on labor (fulfillment_id, step, person) where stopped_at is null;

-- Parcels that a place has taken for a dispatch; dispatch -1 is the whole day.
create table loads (
    location_id {int} not null references locations (id),
    day {int} not null,
    dispatch_window {int} not null check (dispatch_window >= -1),
    parcels {int} not null check (parcels >= 0),
    primary key (location_id, day, dispatch_window)
) {keyed};

create table exceptions (
    id text not null primary key,
    kind text not null,
    state text not null check (state in ('open', 'resolved')),
    -- What it is about, once for each kind: a second cause joins the first.
    subject text not null,
    order_id text,
    location_id {int},
    owner text not null,
    due_at {int} not null,
    -- How often it was passed on because nobody acted.
    escalations {int} not null,
    facts text not null,
    resolution text not null,
    version {int} not null,
    opened_at {int} not null,
    changed_at {int} not null
) {strict};

create unique index exceptions_open on exceptions (kind, subject) where state = 'open';
create index exceptions_by_due on exceptions (state, due_at, id);
create index exceptions_of_order on exceptions (order_id) where order_id is not null;

-- Customer's answers about substitutes, returns with their money.
create table substitutions (
    id text not null primary key,
    order_id text not null references orders (id),
    line {int} not null,
    product_id {int} not null references products (id),
    substitute_id {int} not null references products (id),
    units {int} not null check (units >= 1),
    state text not null check (state in ('offered', 'accepted', 'declined', 'lapsed')),
    answer_by {int} not null,
    created_at {int} not null,
    changed_at {int} not null
) {strict};

create index substitutions_of_order on substitutions (order_id, id);

create table returns (
    id text not null primary key,
    order_id text not null references orders (id),
    line {int} not null,
    product_id {int} not null references products (id),
    location_id {int} not null references locations (id),
    units {int} not null check (units >= 1),
    is_damaged {int} not null check (is_damaged in (0, 1)),
    refund_minor {int} not null check (refund_minor >= 0),
    reason text not null,
    created_at {int} not null
) {strict};

create index returns_of_order on returns (order_id, id);
