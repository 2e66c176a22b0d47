-- What is left of a person can be taken out of what happened, without a break in the sealed log.

-- Random, and part of the seal: with it goes what could prove a guess about the facts that were there.
alter table events add column salt text;
-- Whose erasure wrote over its facts: the subject of the event that vouches for what stands there now.
alter table events add column erased_by text;
