//! When a run is to be looked at: it placed nothing, or the independent check refuses what it placed.

use crate::fault::Verdict;
use replay::Report;
use replay::shortfall::placed;

/// A way that placed nothing must be looked at, and so must what the independent check refuses.
pub(crate) fn verdict(report: &Report) -> Verdict {
    let is_sound = |variant: &replay::VariantReport| {
        variant.findings.fatal == 0 && (variant.tally.orders == 0 || placed(&variant.tally) > 0)
    };
    let is_told = report.orders > 0 || report.left_out.is_empty();
    if is_told && report.variants.iter().all(is_sound) { Verdict::Fine } else { Verdict::LookAtIt }
}
