//! What preferences with a price add to the comparison. Nobody pays it, so a difference is only suspect.
//!
//! - `prefer … worth c`: c for each parcel from another place.
//! - `prefer the nearest … worth c`: c × metres ÷ 160,934 (100 miles) for each parcel from such a place. What a
//!   parcel from elsewhere adds is not derived; then the sum is only a least value, as it is where a rule
//!   bears on some items only, asks for stock, or preferences were set aside.

use crate::Finding;
use crate::case::{Case, show};
use crate::conditions::{Active, Answer};
use crate::places::fits;
use crate::travel::way;
use model::{Action, Note, Parcel, Places, Strength};

/// Metres in 100 miles.
const HUNDRED_MILES_M: i128 = 160_934;

/// What a parcel's preference must be.
#[derive(Clone, Copy)]
struct Due {
    least: i128,
    is_exact: bool,
}

pub(crate) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for parcel in &case.decision.parcels {
        let due = due(case, parcel);
        let stated = i128::from(parcel.preference.0);
        if stated < due.least || due.is_exact && stated != due.least {
            let (code, stated, least) = (case.code(parcel.location), show(stated), show(due.least));
            let message = format!("preference against {code} is stated as {stated}, the rules say {least}");
            findings.push(Finding::suspect("preference_differs", message));
        }
    }
    let parcels = case.decision.parcels.iter();
    let sum: i128 = parcels.map(|parcel| i128::from(parcel.preference.0)).sum();
    let stated = i128::from(case.decision.preference.0);
    if sum != stated {
        let (stated, sum) = (show(stated), show(sum));
        let message = format!("preference of the order is stated as {stated}, its parcels add up to {sum}");
        findings.push(Finding::fatal("preference_sum", message));
    }
}

fn due(case: &Case<'_>, parcel: &Parcel) -> Due {
    let mut total = Due { least: 0, is_exact: true };
    if case.decision.notes.iter().any(|note| matches!(note, Note::PreferencesSetAside { .. })) {
        return Due { least: 0, is_exact: false };
    }
    for active in case.rules.iter().filter(|active| active.holds != Answer::No) {
        if let Some(due) = due_to(case, active, parcel) {
            total.least += due.least;
            total.is_exact &= due.is_exact;
        }
    }
    total
}

fn due_to(case: &Case<'_>, active: &Active<'_>, parcel: &Parcel) -> Option<Due> {
    let is_clear = active.holds.is_yes() && active.items.is_none();
    let fit =
        |places: &Places| if is_clear { fits(case, places, parcel.location, None) } else { Answer::Unclear };
    match &active.rule.then {
        Action::Prefer(places, Strength::Worth(price)) => {
            let price = i128::from(price.0);
            Some(match fit(places) {
                Answer::Yes => Due { least: 0, is_exact: true },
                Answer::No => Due { least: price, is_exact: true },
                Answer::Unclear => Due { least: price.min(0), is_exact: false },
            })
        }
        Action::PreferNearest(places, Strength::Worth(price)) => {
            let price = i128::from(price.0);
            let metres = way(case, parcel.location).map(|(_, distance)| i128::from(distance.0));
            Some(match (fit(places), metres) {
                (Answer::Yes, Some(metres)) => {
                    Due { least: price * metres / HUNDRED_MILES_M, is_exact: true }
                }
                _ => Due { least: price.min(0) * 1_000, is_exact: false },
            })
        }
        _ => None,
    }
}
