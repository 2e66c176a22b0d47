//! One variant at work: its stock, its router, its sums.
//!
//! Owns: the step from one order to the next: morning, decision, audit, watch, tally, commit.
//! Refuses to know: other variants and threads.

use crate::inspect::{Findings, Inspector};
use crate::orders::{Batch, Failure};
use crate::outcome::OrderOutcome;
use crate::plan::{OnDecision, Policy, ReplayPlan, Unfit, WatchDetail};
use crate::priced::{self, Pricer};
use crate::replenish::{Shelves, Supply};
use crate::stats::{DaySum, DaySums};
use crate::tally::Tally;
use model::{Day, Network, Order, Outcome, RuleSet, Stock};
use std::collections::BTreeMap;

enum Decider<'a> {
    Router { router: Box<engine::Router<'a>>, rules: &'a RuleSet },
    Actual(Box<Pricer<'a>>),
}

/// A variant while it runs.
pub(crate) struct Runner<'a> {
    network: &'a Network,
    unfit: Unfit,
    left_out: BTreeMap<&'static str, u64>,
    orders_without_actual: u64,
    stock: Stock,
    shelves: Shelves<'a>,
    decider: Decider<'a>,
    tally: Tally,
    inspector: Inspector,
    watch: Option<(WatchDetail, &'a mut OnDecision<'a>)>,
    units_beyond_records: u64,
    days: DaySums,
}

/// What a variant leaves behind.
pub(crate) struct Finished {
    pub(crate) tally: Tally,
    pub(crate) days: Vec<DaySum>,
    pub(crate) findings: Findings,
    pub(crate) units_beyond_records: u64,
    pub(crate) orders_without_actual: u64,
    pub(crate) left_out: BTreeMap<&'static str, u64>,
}

impl<'a> Runner<'a> {
    pub(crate) fn new(
        plan: &ReplayPlan<'a>,
        supply: &'a Supply,
        policy: Policy<'a>,
        watch: Option<(WatchDetail, &'a mut OnDecision<'a>)>,
    ) -> Runner<'a> {
        let decider = match policy {
            Policy::Rules(rules) => {
                Decider::Router { router: Box::new(engine::Router::new(plan.network, rules)), rules }
            }
            Policy::Actual(book) => Decider::Actual(Box::new(Pricer::new(plan.network, book))),
        };
        Runner {
            network: plan.network,
            unfit: plan.unfit,
            left_out: BTreeMap::new(),
            orders_without_actual: 0,
            stock: plan.stock.clone(),
            shelves: Shelves::new(supply, plan.network, plan.stock),
            decider,
            tally: Tally::new(plan.network),
            inspector: Inspector::new(plan.audit),
            watch,
            units_beyond_records: 0,
            days: DaySums::default(),
        }
    }

    /// Decides a batch. `outcomes` gets one entry per order, or stays empty where nothing is compared.
    pub(crate) fn run(
        &mut self,
        batch: &Batch,
        outcomes: Option<&mut Vec<OrderOutcome>>,
    ) -> Result<(), Failure> {
        let mut slots = outcomes.map(|outcomes| {
            outcomes.resize_with(batch.orders().len(), OrderOutcome::default);
            outcomes.iter_mut()
        });
        for (order, &day) in batch.orders().iter().zip(batch.days()) {
            self.shelves.open((day, order.placed_at), &mut self.stock);
            self.decide((order, day), slots.as_mut().and_then(Iterator::next))?;
        }
        Ok(())
    }

    fn decide(
        &mut self,
        (order, day): (&Order, Day),
        slot: Option<&mut OrderOutcome>,
    ) -> Result<(), Failure> {
        let now = order.placed_at;
        let Runner { network, stock, decider, tally, inspector, watch, days, .. } = self;
        let left_out = match self.unfit {
            Unfit::Counted => None,
            Unfit::LeftOut => engine::unfit(network, order),
        };
        let is_actual = matches!(decider, Decider::Actual(_));
        let detail = watch.as_ref().map_or(WatchDetail::Plan, |(detail, _)| *detail);
        let decision = match decider {
            Decider::Router { router, rules } => {
                let outcome = router.decide(stock, order, now).outcome;
                let decision = match detail == WatchDetail::Explained || is_short(outcome) {
                    true => router.explain_decided(stock, order, now),
                    false => router.decided(),
                };
                if left_out.is_none() {
                    inspector.look((network, rules), (stock, order), decision);
                }
                decision
            }
            Decider::Actual(pricer) => {
                pricer.decide(stock, order, now);
                self.orders_without_actual += u64::from(!pricer.is_known() && left_out.is_none());
                pricer.decided()
            }
        };
        if let Some((_, each)) = watch {
            each(stock, order, decision)?;
        }
        if let Some(slot) = slot {
            slot.read(network, order, decision);
            slot.is_left_out = left_out.is_some();
        }
        if let Some(reason) = left_out {
            *self.left_out.entry(reason.code()).or_default() += 1;
        } else {
            let cost_before = tally.cost_with_unfilled();
            tally.add(network, order, decision);
            tally.add_reason(decision);
            days.add(day, tally.cost_with_unfilled() - cost_before);
        }
        if is_actual {
            self.units_beyond_records += priced::take(stock, decision);
        } else {
            engine::commit(stock, decision);
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Finished {
        Finished {
            tally: self.tally,
            days: self.days.days().to_vec(),
            findings: self.inspector.findings,
            units_beyond_records: self.units_beyond_records,
            orders_without_actual: self.orders_without_actual,
            left_out: self.left_out,
        }
    }
}

/// Where something is left over, the histogram of reasons wants to know why.
fn is_short(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::PartlyPlaced | Outcome::NotPlaced)
}
