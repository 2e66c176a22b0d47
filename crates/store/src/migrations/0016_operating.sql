-- What the shop is judged by, kept by day so that weeks are sums of few rows.

-- Fulfillment orders that left a place, or were collected there, and when: written after the events that tell it.
create table departures (
    fulfillment_id text not null primary key references fulfillments (id),
    order_id text not null references orders (id),
    location_id {int} not null references locations (id),
    lane text not null check (lane in ('ship', 'pickup', 'local_delivery')),
    left_at {int} not null
) {strict};

create index departures_of_order on departures (order_id, left_at, fulfillment_id);
create index departures_by_time on departures (left_at, order_id);
create index labor_of_fulfillment on labor (fulfillment_id);

-- A measure of one day by the shop's clock: what its rate is made of. Location 0: what is of no one place.
create table measure_days (
    day {int} not null,
    measure text not null,
    location_id {int} not null,
    lane text not null,
    numerator {int} not null,
    denominator {int} not null,
    primary key (day, measure, location_id, lane)
) {keyed};

-- One row: the place of the last event that the days have in them, and when it happened.
create table measure_progress (
    id {int} not null primary key check (id = 1),
    place {int} not null,
    at {int} not null
) {strict};

insert into measure_progress (id, place, at) values (1, 0, 0);

-- What weeks are compared with: the four before a day. The last row holds.
create table measure_baselines (
    number {serial},
    -- Days since 1970.
    before_day {int} not null,
    by_whom text not null,
    at {int} not null
) {strict};

-- What people do about a kind of exception: a JSON list of sentences; null: as Baton comes.
alter table exception_policies add column steps text;

-- Who changed a setting last: a key of settings.toml, as settings.toml/box_fill, or a whole file.
create table setting_marks (
    name text not null primary key,
    changed_by text not null,
    changed_at {int} not null
) {strict};

-- What a user wants to hear of, as JSON; no row: what the role comes with.
create table notice_settings (
    user_id text not null primary key references users (id),
    settings text not null,
    changed_at {int} not null
) {strict};

-- An event that a user is told of, by its place.
create table notices (
    user_id text not null references users (id),
    place {int} not null,
    topic text not null,
    at {int} not null,
    -- Not shown before: quiet hours.
    due_at {int} not null,
    read_at {int},
    primary key (user_id, place)
) {strict};

create index notices_unread on notices (user_id, due_at) where read_at is null;
create index notices_by_age on notices (at);

-- One row: the place of the last event that was told.
create table notice_progress (
    id {int} not null primary key check (id = 1),
    place {int} not null
) {strict};

insert into notice_progress (id, place) values (1, 0);
