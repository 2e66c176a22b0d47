//! Settings of a folder: the bench's fixed ones, or those of `settings.toml`.
//!
//! Owns: what each key means. Refuses to know: how the engine uses them.

use super::super::bad_input::BadInputs;
use super::Opening;
use super::manifest::{Format, Manifest};
use model::{CostPart, Lateness, ParcelsPerLocation, PartSwitches, Settings, ShortChoice, TransitDays, UnfilledWeight};

pub(super) fn read(open: &mut Opening) -> Result<Settings, BadInputs> {
    match open.manifest.format {
        Format::Bench => Ok(bench(&open.manifest)),
        Format::Baton => {
            let default = Settings::default();
            Ok(Settings { split_penalty: open.manifest.split_penalty.unwrap_or(default.split_penalty), ..default })
        }
    }
}

/// The cost of a placement as `oobench-1` defines it: one parcel per order and place, postage, handling,
/// picking, a price per extra parcel, stated markdown and stated opportunity; unfilled units are priced.
fn bench(manifest: &Manifest) -> Settings {
    let default = Settings::default();
    Settings {
        parts: PartSwitches::ALL_ON.without(CostPart::Risk).without(CostPart::Lateness),
        split_penalty: manifest.split_penalty.unwrap_or_default(),
        lateness: Lateness::Never,
        promise_days: None,
        transit: TransitDays::Calendar,
        markdown: Vec::new(),
        unfilled: UnfilledWeight::Priced,
        parcels: ParcelsPerLocation::One,
        when_short: vec![ShortChoice::Cancel],
        ..default
    }
}
