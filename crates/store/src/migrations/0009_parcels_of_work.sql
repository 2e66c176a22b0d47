-- How many parcels of its dispatch a fulfillment order takes: what the loads of a place are the sum of.
alter table fulfillments add column parcels {int} not null default 1 check (parcels >= 1);
