//! What the shop is judged by.
//!
//! Owns: the list of measures, one file each with its formula, unit and source, and how they are kept and compared. Each is
//! a rate of two integers that add up over days, places and lanes; it is divided once, at the end. Refuses to know: how a
//! page draws it.
//!
//! A measure is of an *order*: either of one whose first part left on a day (`Sent`), counted at the place and lane of that
//! part; or of one that was placed on a day (`Placed`), counted at no one place. Days are those of the shop's clock.

mod baseline;
mod behind;
mod fill_rate;
mod keep;
mod labor;
mod late;
mod rate;
mod shipping_cost;
mod split;
mod time_to_leave;
mod weeks;

pub use baseline::{Baseline, ChooseBaseline};
pub use behind::{Behind, behind};
pub use keep::{RecountMeasures, keep_up, timer};
pub use rate::{Better, Measure, Of, Share, Unit};
pub use weeks::{Asked, MOST_WEEKS, Number, Numbers, Quantiles, Trend, Value, numbers, week_of};

/// The five numbers of the week.
pub const FIVE: [&Measure; 5] =
    [&shipping_cost::MEASURE, &split::MEASURE, &fill_rate::MEASURE, &late::MEASURE, &labor::MEASURE];

/// The measure of a code, among the five.
pub fn of_code(code: &str) -> Option<&'static Measure> {
    FIVE.into_iter().find(|measure| measure.code == code)
}
