//! Policies of exceptions: whose each kind is, by when, and who hears of it next.
//!
//! Owns: that what the shop says goes before what Baton comes with, and which policies can be. Refuses to know: what
//! happens by itself; that is part of each kind.

use super::{Kind, playbook};
use crate::call::{Call, What};
use crate::refused::{FieldFault, Refused, broken};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::exception_policies::{self, PolicyRow};
use store::{Db, Tx};

/// The longest that an exception may wait before it is passed on, in minutes: 30 days.
pub const MOST_MINUTES: u32 = 30 * 24 * 60;

/// Who deals with an exception. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Owner {
    Store,
    CustomerService,
    Manager,
    Owner,
}

impl Owner {
    pub const ALL: [Owner; 4] = [Owner::Store, Owner::CustomerService, Owner::Manager, Owner::Owner];

    pub fn code(self) -> &'static str {
        match self {
            Owner::Store => "store",
            Owner::CustomerService => "customer_service",
            Owner::Manager => "manager",
            Owner::Owner => "owner",
        }
    }

    pub fn from_code(code: &str) -> Option<Owner> {
        Owner::ALL.into_iter().find(|owner| owner.code() == code)
    }
}

/// What holds of a kind of exception.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    pub owner: Owner,
    /// Minutes until it is passed on, each time.
    pub minutes: u32,
    /// Who gets it after `owner`, in turn; the last one keeps it. Empty: nobody else.
    pub escalation: Vec<Owner>,
}

impl Policy {
    /// Who gets it after somebody has not acted. Whoever the policy does not name gives it to its owner.
    pub fn next(&self, after: &str) -> Owner {
        let steps: Vec<Owner> = [self.owner].into_iter().chain(self.escalation.iter().copied()).collect();
        match steps.iter().position(|step| step.code() == after) {
            Some(at) => steps[(at + 1).min(steps.len() - 1)],
            None => self.owner,
        }
    }

    fn of(row: &PolicyRow) -> Result<Policy, Refused> {
        let owner = |code: &str| Owner::from_code(code).ok_or_else(|| broken(&format!("owner {code}")));
        Ok(Policy {
            owner: owner(&row.owner)?,
            minutes: u32::try_from(row.minutes).map_err(|error| broken(&error))?,
            escalation: row.escalation.split_whitespace().map(owner).collect::<Result<_, _>>()?,
        })
    }

    fn told(&self) -> Value {
        let escalation: Vec<&str> = self.escalation.iter().map(|step| step.code()).collect();
        json!({ "owner": self.owner.code(), "minutes": self.minutes, "escalation": escalation })
    }
}

/// A policy in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InForce {
    pub policy: Policy,
    /// What people do about it, in turn.
    pub steps: Vec<String>,
    /// How often the shop has changed it; 0: as Baton comes.
    pub version: i64,
}

impl InForce {
    fn of(kind: Kind, row: Option<&PolicyRow>) -> Result<InForce, Refused> {
        match row {
            Some(row) => Ok(InForce {
                policy: Policy::of(row)?,
                steps: match &row.steps {
                    Some(steps) => serde_json::from_str(steps).map_err(|error| broken(&error))?,
                    None => own_steps(kind),
                },
                version: row.version,
            }),
            None => Ok(InForce { policy: kind.default_policy(), steps: own_steps(kind), version: 0 }),
        }
    }

    fn told(&self) -> Value {
        let mut told = self.policy.told();
        told["steps"] = json!(self.steps);
        told
    }
}

/// The steps that Baton comes with.
fn own_steps(kind: Kind) -> Vec<String> {
    kind.default_steps().iter().map(|&step| step.to_owned()).collect()
}

/// What holds of a kind.
pub(super) async fn in_force(tx: &mut Tx, kind: Kind) -> Result<InForce, Refused> {
    InForce::of(kind, exception_policies::get(tx, kind.code()).await?.as_ref())
}

/// What holds of every kind.
pub(super) async fn all_in_force(tx: &mut Tx) -> Result<BTreeMap<Kind, InForce>, Refused> {
    let rows = exception_policies::all(tx).await?;
    let of = |kind: Kind| {
        let row = rows.iter().find(|row| row.kind == kind.code());
        Ok((kind, InForce::of(kind, row)?))
    };
    Kind::ALL.into_iter().map(of).collect()
}

/// What holds of every kind.
///
/// # Errors
/// The database's.
pub async fn policies(db: &Db) -> Result<BTreeMap<Kind, InForce>, Refused> {
    db.read(|tx| Box::pin(all_in_force(tx))).await
}

/// A policy as somebody wants it, by the codes of its owners.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewPolicy {
    pub owner: String,
    pub minutes: i64,
    pub escalation: Vec<String>,
    /// `None`: as they are; none of them: as Baton comes.
    pub steps: Option<Vec<String>>,
    /// The version that was looked at; `None`: whatever it is now.
    pub expected: Option<i64>,
}

impl NewPolicy {
    /// # Errors
    /// Every field that is not right.
    fn read(&self) -> Result<(Policy, Option<Vec<String>>), Refused> {
        let mut faults = Vec::new();
        let owner = owner("/owner", &self.owner, &mut faults);
        let minutes = u32::try_from(self.minutes).ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes));
        if minutes.is_none() {
            let say = format!("{} is not possible; write 1 to {MOST_MINUTES} minutes", self.minutes);
            faults.push(FieldFault { at: "/minutes".to_owned(), say });
        }
        let mut escalation = Vec::new();
        for (i, code) in self.escalation.iter().enumerate().take(Owner::ALL.len()) {
            let at = format!("/escalation/{i}");
            let Some(step) = self::owner(&at, code, &mut faults) else { continue };
            if Some(step) == owner || escalation.contains(&step) {
                let say = format!("{code} has it already by then; name everybody once");
                faults.push(FieldFault { at, say });
            }
            escalation.push(step);
        }
        if self.escalation.len() >= Owner::ALL.len() {
            let say = format!("has {} steps; {} is the most", self.escalation.len(), Owner::ALL.len() - 1);
            faults.push(FieldFault { at: "/escalation".to_owned(), say });
        }
        let steps = self.steps.as_ref().map(|steps| playbook::read(steps, &mut faults));
        match (owner, minutes) {
            (Some(owner), Some(minutes)) if faults.is_empty() => {
                Ok((Policy { owner, minutes, escalation }, steps))
            }
            _ => Err(Refused::Invalid(faults)),
        }
    }
}

fn owner(at: &str, code: &str, faults: &mut Vec<FieldFault>) -> Option<Owner> {
    let found = Owner::from_code(code);
    if found.is_none() {
        let codes = Owner::ALL.map(Owner::code).join(", ");
        let say = format!("“{code}” is not known here; write one of {codes}");
        faults.push(FieldFault { at: at.to_owned(), say });
    }
    found
}

/// Changes what holds of a kind, for exceptions that are opened or passed on from then on.
///
/// # Errors
/// There is no such kind; it was changed meanwhile; a field is not right; the database's.
pub async fn change_policy(db: &Db, call: &Call, kind: &str, new: NewPolicy) -> Result<InForce, Refused> {
    let kind = Kind::from_code(kind).ok_or_else(|| Refused::not_found("kind of exception", kind))?;
    let (call, expected, wanted) = (call.clone(), new.expected, new.read()?);
    db.write(move |tx| {
        let (call, wanted) = (call.clone(), wanted.clone());
        Box::pin(async move { change(tx, &call, kind, (wanted, expected)).await })
    })
    .await
}

async fn change(
    tx: &mut Tx,
    call: &Call,
    kind: Kind,
    ((policy, steps), expected): ((Policy, Option<Vec<String>>), Option<i64>),
) -> Result<InForce, Refused> {
    let before = in_force(tx, kind).await?;
    if expected.is_some_and(|expected| expected != before.version) {
        return Err(Refused::Stale { version: before.version });
    }
    let escalation: Vec<&str> = policy.escalation.iter().map(|step| step.code()).collect();
    let steps = match steps {
        None => before.steps.clone(),
        Some(steps) if steps.is_empty() => own_steps(kind),
        Some(steps) => steps,
    };
    let own = (steps != own_steps(kind)).then(|| json!(steps).to_string());
    let row = PolicyRow {
        steps: own,
        kind: kind.code().to_owned(),
        owner: policy.owner.code().to_owned(),
        minutes: i64::from(policy.minutes),
        escalation: escalation.join(" "),
        version: before.version,
    };
    if !exception_policies::set(tx, &row, call.at_ms).await? {
        let version = in_force(tx, kind).await?.version;
        return Err(Refused::Stale { version });
    }
    let what = What { kind: "exception_policy.changed", subject: kind.code(), order_id: None };
    let after = InForce { policy, steps, version: before.version + 1 };
    call.tell(tx, what, &json!({ "before": before.told(), "after": after.told() })).await?;
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_says_everything_that_is_wrong_with_it() {
        let escalation = ["manager", "nobody", "manager", "store"].map(str::to_owned).to_vec();
        let wanted = NewPolicy { owner: "boss".into(), minutes: 0, escalation, steps: None, expected: None };
        let Err(Refused::Invalid(faults)) = wanted.read() else { panic!("{wanted:?} was taken") };
        let at: Vec<&str> = faults.iter().map(|fault| fault.at.as_str()).collect();
        assert_eq!(at, ["/owner", "/minutes", "/escalation/1", "/escalation/2", "/escalation"]);
        let most = NewPolicy { minutes: i64::from(MOST_MINUTES), ..like(&Kind::LatePick.default_policy()) };
        assert!(most.read().is_ok());
        assert!(NewPolicy { minutes: most.minutes + 1, ..most }.read().is_err());
    }

    #[test]
    fn what_baton_comes_with_can_be_written_back() {
        for kind in Kind::ALL {
            let policy = kind.default_policy();
            assert_eq!(like(&policy).read(), Ok((policy, None)), "{kind:?}");
        }
    }

    #[test]
    fn the_last_one_keeps_it_and_who_is_not_named_gives_it_to_its_owner() {
        let policy = Policy { owner: Owner::Store, minutes: 5, escalation: vec![Owner::Owner] };
        let next = ["store", "owner", "manager"].map(|after| policy.next(after).code());
        assert_eq!(next, ["owner", "owner", "store"]);
    }

    fn like(policy: &Policy) -> NewPolicy {
        NewPolicy {
            owner: policy.owner.code().to_owned(),
            minutes: i64::from(policy.minutes),
            escalation: policy.escalation.iter().map(|step| step.code().to_owned()).collect(),
            steps: None,
            expected: None,
        }
    }
}
