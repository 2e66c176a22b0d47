-- People and programs that use the books: who they are, what they may do, and the proofs they carry. A proof (a session, a
-- token, a link) is a random number; only its SHA-256 is here, so that a copy of the books opens nothing.

create table users (
    id text not null primary key,
    name text not null,
    -- What they sign in with, in lower case.
    email text not null unique,
    role text not null check (role in ('owner', 'manager', 'associate', 'viewer')),
    -- all: every location, also those to come; listed: those in actor_locations.
    reach text not null check (reach in ('all', 'listed')),
    -- Argon2id in its own notation. None: they have not chosen a password yet.
    password text,
    created_at {int} not null,
    disabled_at {int},
    -- Tries to sign in since the last that went through; the next one is looked at no earlier than next_try_at.
    tries {int} not null check (tries >= 0),
    wait_ms {int} not null check (wait_ms >= 0),
    next_try_at {int} not null,
    version {int} not null
) {strict};

create table tokens (
    id text not null primary key,
    name text not null,
    hash text not null unique,
    role text not null check (role in ('owner', 'manager', 'associate', 'viewer')),
    reach text not null check (reach in ('all', 'listed')),
    -- Codes of scopes, sorted, with a space between.
    scopes text not null,
    made_by text not null references users (id),
    made_at {int} not null,
    expires_at {int},
    revoked_at {int},
    used_at {int}
) {strict};

-- The locations of users and tokens whose reach is listed.
create table actor_locations (
    actor text not null,
    location_id {int} not null references locations (id),
    primary key (actor, location_id)
) {strict};

create table sessions (
    id text not null primary key,
    hash text not null unique,
    user_id text not null references users (id),
    -- A phone that stays in one store: nothing else can be done with it, whoever signs in.
    location_id {int} references locations (id),
    made_at {int} not null,
    seen_at {int} not null,
    -- When the password was said last: what gives others access asks for it again.
    proven_at {int} not null,
    expires_at {int} not null
) {strict};

create index sessions_of_user on sessions (user_id, id);

-- Links that let somebody in once: `owner` for the first of all, else the id of a user who chooses a password. A new link
-- takes the place of the one before, so there is one for each at most. The row of the owner stays: it tells that the
-- books have been set up, and changes of owners lock it.
create table setup_links (
    subject text not null primary key,
    hash text not null unique,
    made_at {int} not null,
    expires_at {int} not null,
    used_at {int}
) {strict};

-- Requests that came with a key of the sender, so that none is carried out twice. See store::once.
create table requests (
    scope text not null,
    key text not null,
    -- SHA-256 of method, path and body.
    fingerprint text not null,
    -- Who is carrying it out; changes when somebody takes over.
    claim text not null,
    claimed_at {int} not null,
    -- What it was done to, written in the transaction of the deed. None: nothing is done yet.
    effect text,
    -- The answer, written after the deed. None: not answered yet.
    status {int},
    headers text,
    body text,
    primary key (scope, key)
) {strict};

create index requests_by_age on requests (claimed_at, scope, key);
