-- What the shop itself says of a kind of exception; a kind without a row is handled as Baton comes.
create table exception_policies (
    kind text not null primary key,
    owner text not null,
    -- Until it is passed on.
    minutes {int} not null check (minutes >= 1),
    -- Who gets it after its owner, in turn: words with blanks between.
    escalation text not null,
    version {int} not null,
    changed_at {int} not null
) {strict};
