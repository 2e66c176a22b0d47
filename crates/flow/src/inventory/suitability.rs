//! How suited a store is to fulfill orders: which ones first, and which not.
//!
//! Owns: a score from 0 to 100 with a reason for each of its parts. A pure function of what is known. A part that nobody
//! knows counts half: it neither helps nor sinks a store, and is named so that somebody finds out. Refuses to know: what
//! is done with the score.

use model::BasisPoints;
use model::location::SuitabilityFacts;
use store::accuracy::Evidence;

use super::interval::{interval, share_bp};

/// What the score is made of, the heaviest first. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    Accuracy,
    BackRoom,
    Staffing,
    FootTraffic,
    Shrink,
    Adjustments,
}

impl Part {
    pub const ALL: [Part; 6] =
        [Part::Accuracy, Part::BackRoom, Part::Staffing, Part::FootTraffic, Part::Shrink, Part::Adjustments];

    pub fn code(self) -> &'static str {
        match self {
            Part::Accuracy => "accuracy",
            Part::BackRoom => "back_room",
            Part::Staffing => "staffing",
            Part::FootTraffic => "foot_traffic",
            Part::Shrink => "shrink",
            Part::Adjustments => "adjustments",
        }
    }

    /// Points of 100.
    pub fn most(self) -> i64 {
        match self {
            Part::Accuracy => 40,
            Part::BackRoom | Part::Staffing => 15,
            Part::FootTraffic | Part::Shrink | Part::Adjustments => 10,
        }
    }

    /// From the value that earns nothing to the value that earns everything.
    fn scale(self) -> (i64, i64) {
        match self {
            // Hundredths of a percent: below nine of ten a customer notices.
            Part::Accuracy => (9_000, 9_800),
            // Square metres: a packing table needs ten.
            Part::BackRoom => (5, 25),
            // Hundredths of a percent who left in a year.
            Part::Staffing => (10_000, 3_000),
            // Visitors per hour: a full shop has no hands to pick.
            Part::FootTraffic => (120, 20),
            // Hundredths of a percent of sales.
            Part::Shrink => (300, 50),
            // Corrections per month.
            Part::Adjustments => (60, 5),
        }
    }
}

/// Points of one part, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartScore {
    pub part: Part,
    pub points: i64,
    /// Square metres, visitors per hour, corrections per month; shares in hundredths of a percent. `None`: not known.
    pub value: Option<i64>,
    pub reason: String,
}

/// How suited a store is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suitability {
    /// 0 to 100.
    pub score: i64,
    /// In the order of [`Part::ALL`].
    pub parts: Vec<PartScore>,
}

/// Scores a store from what is known of it and from its counted lines. Of the accuracy the lower bound counts.
pub fn suitability(facts: &SuitabilityFacts, counted: Evidence) -> Suitability {
    let parts: Vec<PartScore> = Part::ALL.into_iter().map(|part| score(part, facts, counted)).collect();
    Suitability { score: parts.iter().map(|part| part.points).sum(), parts }
}

fn score(part: Part, facts: &SuitabilityFacts, counted: Evidence) -> PartScore {
    let value = match part {
        Part::Accuracy => (counted.lines > 0).then(|| interval(counted).0),
        Part::BackRoom => facts.back_room_m2.map(i64::from),
        Part::Staffing => facts.staff_turnover.map(basis_points),
        Part::FootTraffic => facts.foot_traffic_per_hour.map(i64::from),
        Part::Shrink => facts.shrink.map(basis_points),
        Part::Adjustments => facts.adjustments_per_month.map(i64::from),
    };
    let most = part.most();
    let (points, reason) = match value {
        None => (most / 2, unknown(part).to_owned()),
        Some(value) => (points(part, value), say(part, value, counted)),
    };
    PartScore { part, points, value, reason }
}

/// Along the scale, rounded down, from none to all of the part's points.
fn points(part: Part, value: i64) -> i64 {
    let (none, all) = part.scale();
    let (way, whole) = if all > none { (value - none, all - none) } else { (none - value, none - all) };
    part.most() * way.clamp(0, whole) / whole
}

fn basis_points(share: BasisPoints) -> i64 {
    i64::from(share.0)
}

fn percent(bp: i64) -> String {
    u16::try_from(bp).map_or_else(|_| format!("{bp} bp"), |bp| BasisPoints(bp).to_string())
}

fn say(part: Part, value: i64, counted: Evidence) -> String {
    match part {
        Part::Accuracy => format!(
            "{} of {} counted lines were right ({}); that proves at least {}",
            counted.within,
            counted.lines,
            percent(share_bp(counted)),
            percent(value)
        ),
        Part::BackRoom => format!("{value} m² of back room"),
        Part::Staffing => format!("{} of the staff left in 12 months", percent(value)),
        Part::FootTraffic => format!("{value} visitors per hour"),
        Part::Shrink => format!("{} of sales is lost without being sold", percent(value)),
        Part::Adjustments => format!("{value} corrections of stock per month"),
    }
}

fn unknown(part: Part) -> &'static str {
    match part {
        Part::Accuracy => "nothing has been counted; count some shelves",
        Part::BackRoom => "the size of the back room is not known; enter it",
        Part::Staffing => "how many of the staff left is not known; enter it",
        Part::FootTraffic => "the number of visitors is not known; enter it",
        Part::Shrink => "what is lost without being sold is not known; enter it",
        Part::Adjustments => "how often stock is corrected is not known; enter it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(values: [u32; 5]) -> SuitabilityFacts {
        let [room, left, visitors, shrink, corrections] = values;
        let share = |bp: u32| Some(BasisPoints(u16::try_from(bp).unwrap()));
        SuitabilityFacts {
            back_room_m2: Some(room),
            staff_turnover: share(left),
            foot_traffic_per_hour: Some(visitors),
            shrink: share(shrink),
            adjustments_per_month: Some(corrections),
        }
    }

    fn counted(lines: i64, within: i64) -> Evidence {
        Evidence { lines, within }
    }

    #[test]
    fn the_parts_add_up_to_a_hundred_points() {
        assert_eq!(Part::ALL.iter().map(|part| part.most()).sum::<i64>(), 100);
        let best = suitability(&facts([25, 3_000, 20, 50, 5]), counted(2_000, 2_000));
        assert_eq!(best.score, 100, "{best:?}");
        assert_eq!(suitability(&facts([5, 10_000, 120, 300, 60]), counted(10, 0)).score, 0);
        assert_eq!(suitability(&facts([0, 65_000, 9_999, 65_000, 9_999]), counted(10, 0)).score, 0);
    }

    #[test]
    fn each_part_goes_from_none_to_all_along_its_scale() {
        for (part, value, expected) in [
            (Part::Accuracy, 9_400, 20),
            (Part::BackRoom, 15, 7),
            (Part::BackRoom, 500, 15),
            (Part::Staffing, 6_500, 7),
            (Part::FootTraffic, 70, 5),
            (Part::Shrink, 175, 5),
            (Part::Adjustments, 0, 10),
        ] {
            assert_eq!(points(part, value), expected, "{part:?} {value}");
        }
    }

    #[test]
    fn what_is_not_known_counts_half_and_is_named() {
        let unknown = suitability(&SuitabilityFacts::default(), Evidence::default());
        assert_eq!(unknown.score, 20 + 7 + 7 + 5 + 5 + 5);
        assert_eq!(unknown.parts[0].reason, "nothing has been counted; count some shelves");
    }

    #[test]
    fn few_counts_earn_less_than_many_of_the_same_share() {
        let score =
            |lines| suitability(&facts([15, 5_000, 50, 100, 20]), counted(lines, lines)).parts[0].clone();
        assert!(score(10).points < score(100).points && score(100).points < score(1_000).points);
        assert_eq!(
            score(100).reason,
            "100 of 100 counted lines were right (100%); that proves at least 96.3%"
        );
    }
}
