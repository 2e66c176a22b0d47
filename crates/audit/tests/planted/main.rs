//! Decisions that are right have no finding; each planted damage is found, under its own code and no other.

mod fixture;

mod costs;
mod extremes;
mod money_of_rules;
mod outcome;
mod parcels;
mod right;
mod rules;
mod travel;
mod units;
mod world;
