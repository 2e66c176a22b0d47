//! Which locations somebody reaches: all of them, or those listed.

use super::role::Role;
use crate::{FieldFault, Refused};
use serde::Serialize;
use store::Tx;
use store::people::{self, MOST_LOCATIONS, Reached};
use store::places::{self, LocationKey};

/// The locations that a caller reaches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Places {
    /// All, also those to come.
    All,
    /// By code.
    Listed(Vec<Reached>),
}

impl Places {
    pub fn has(&self, location: LocationKey) -> bool {
        match self {
            Places::All => true,
            Places::Listed(listed) => listed.iter().any(|reached| reached.key == location),
        }
    }

    /// Those that are in both.
    #[must_use]
    pub fn common_with(&self, others: &Places) -> Places {
        match (self, others) {
            (Places::All, others) => others.clone(),
            (own, Places::All) => own.clone(),
            (Places::Listed(own), others) => {
                Places::Listed(own.iter().filter(|reached| others.has(reached.key)).cloned().collect())
            }
        }
    }

    /// The codes, where they are listed.
    pub fn codes(&self) -> Option<Vec<&str>> {
        match self {
            Places::All => None,
            Places::Listed(listed) => Some(listed.iter().map(|reached| reached.code.as_str()).collect()),
        }
    }

    /// Nothing but this one, and not even that where it was out of reach.
    pub(super) fn only(self, location: Reached) -> Places {
        match self.has(location.key) {
            true => Places::Listed(vec![location]),
            false => Places::Listed(Vec::new()),
        }
    }

    pub(super) fn code(&self) -> &'static str {
        match self {
            Places::All => "all",
            Places::Listed(_) => "listed",
        }
    }

    /// Whether these are no more than those.
    pub(super) fn are_within(&self, others: &Places) -> bool {
        match self {
            Places::All => *others == Places::All,
            Places::Listed(listed) => listed.iter().all(|reached| others.has(reached.key)),
        }
    }

    pub(super) async fn of(tx: &mut Tx, actor: &str, reach: &str) -> Result<Places, Refused> {
        match reach {
            "all" => Ok(Places::All),
            _ => Ok(Places::Listed(people::reached(tx, actor).await?)),
        }
    }

    pub(super) async fn keep(&self, tx: &mut Tx, actor: &str) -> Result<(), Refused> {
        let keys = match self {
            Places::All => Vec::new(),
            Places::Listed(listed) => listed.iter().map(|reached| reached.key).collect(),
        };
        Ok(people::limit_reach(tx, actor, &keys).await?)
    }
}

/// Who manages others: what they may do themselves, since nobody gives more than they have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct By {
    pub role: Role,
    pub places: Places,
}

impl By {
    /// Whoever runs the program.
    pub fn the_house() -> By {
        By { role: Role::Owner, places: Places::All }
    }

    pub(super) fn must_grant(&self, role: Role) -> Result<(), Refused> {
        match self.role.may_grant(role) {
            true => Ok(()),
            false => {
                let say = format!(
                    "a user of role {} does not manage those of role {}",
                    self.role.code(),
                    role.code()
                );
                Err(Refused::Forbidden { say })
            }
        }
    }

    pub(super) fn must_reach(&self, places: &Places) -> Result<(), Refused> {
        match places.are_within(&self.places) {
            true => Ok(()),
            false => Err(Refused::invalid(
                "/locations",
                "these are more locations than you reach yourself; list some of yours",
            )),
        }
    }

    /// Somebody whom they may manage, as they are now.
    pub(super) fn must_manage(&self, role: Role, places: &Places) -> Result<(), Refused> {
        self.must_grant(role)?;
        match places.are_within(&self.places) {
            true => Ok(()),
            false => {
                let say =
                    "this user works at locations that are not yours; ask somebody who reaches them all";
                Err(Refused::Forbidden { say: say.to_owned() })
            }
        }
    }
}

/// The locations that somebody is to reach, by code; `None`: all.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize)]
pub struct ReachChoice(pub Option<Vec<String>>);

impl ReachChoice {
    /// # Errors
    /// A location is not known, or there are too many.
    pub(super) async fn find(&self, tx: &mut Tx) -> Result<Places, Refused> {
        let Some(codes) = &self.0 else { return Ok(Places::All) };
        if codes.len() as i64 > MOST_LOCATIONS {
            let say = format!("{} locations; list {MOST_LOCATIONS} or fewer, or none for all", codes.len());
            return Err(Refused::invalid("/locations", say));
        }
        let (mut listed, mut faults) = (Vec::new(), Vec::new());
        for (i, code) in codes.iter().enumerate() {
            match places::location(tx, code).await? {
                Some(key) => listed.push(Reached { key, code: code.clone() }),
                None => {
                    let say = format!("there is no location {code}; take a code from the list of locations");
                    faults.push(FieldFault { at: format!("/locations/{i}"), say });
                }
            }
        }
        listed.sort_by(|one, other| one.code.cmp(&other.code));
        listed.dedup();
        if faults.is_empty() { Ok(Places::Listed(listed)) } else { Err(Refused::Invalid(faults)) }
    }
}
