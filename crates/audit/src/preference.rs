//! What preferences with a price add to the comparison. Nobody pays it, so a difference is only suspect.
//!
//! A parcel is from one of the places where that holds for every item in it that the rule is about; where it has
//! no such item, the rule adds nothing.
//! - `prefer … worth c`: c for each parcel from another place.
//! - `prefer the nearest … worth c`: c × metres ÷ 160,934 (100 miles) for each parcel; a parcel from elsewhere
//!   counts as 4,828,032 m (3,000 miles) away.
//!
//! Where two readings of the facts disagree, or preferences were set aside, the sum is only a least value.

use crate::Finding;
use crate::case::{Case, show};
use crate::conditions::{Active, Answer};
use crate::places::fits;
use crate::travel::way;
use model::{Action, Distance, Note, Parcel, Places, Strength};

/// Metres in 100 miles.
const HUNDRED_MILES_M: i128 = 160_934;

/// How far a place outside the set of a `prefer the nearest` counts as: 3,000 miles, in metres.
const ELSEWHERE_M: i128 = 4_828_032;

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
    let (places, price, is_by_way) = match &active.rule.then {
        Action::Prefer(places, Strength::Worth(price)) => (places, i128::from(price.0), false),
        Action::PreferNearest(places, Strength::Worth(price)) => (places, i128::from(price.0), true),
        _ => return None,
    };
    let fit = is_from(case, active, (places, parcel))?;
    let metres = way(case, parcel.location).map(|(_, distance)| i128::from(distance.0));
    Some(match (fit, is_by_way, metres) {
        (Answer::No, false, _) => Due { least: price, is_exact: true },
        (Answer::No, true, _) => Due { least: price * ELSEWHERE_M / HUNDRED_MILES_M, is_exact: true },
        (Answer::Yes, false, _) => Due { least: 0, is_exact: true },
        (Answer::Yes, true, Some(metres)) if metres < i128::from(Distance::UNKNOWN.0) => {
            Due { least: price * metres / HUNDRED_MILES_M, is_exact: true }
        }
        _ => Due { least: price.min(0) * 1_000, is_exact: false },
    })
}

/// Whether a parcel is from one of the places, for every item in it that the rule is about; `None`: it has none.
fn is_from(case: &Case<'_>, active: &Active<'_>, (places, parcel): (&Places, &Parcel)) -> Option<Answer> {
    let of_item = |product| match active.covers(product) {
        Answer::No => None,
        Answer::Unclear => Some(Answer::Unclear),
        Answer::Yes => Some(fits(case, places, parcel.location, Some(product))),
    };
    case.placements(parcel).iter().filter_map(|placement| of_item(placement.product)).min()
}
