//! Places as people call them on the command line: by code or by name, whatever the capitals, or by the beginning or a
//! word that only one of them has.

use crate::fault::Fault;
use model::{LocationId, Network};

/// Most places that a message lists.
const MAX_LISTED: usize = 30;

/// The location of this code or name.
///
/// # Errors
/// There is none, or several are called so; the message lists them.
pub(crate) fn called(network: &Network, asked: &str) -> Result<LocationId, Fault> {
    if let Some(exact) = network.location_by_code(asked) {
        return Ok(exact);
    }
    let wanted = asked.trim().to_lowercase();
    let is_code = |id: &LocationId| network.location(*id).code.to_lowercase() == wanted;
    let is_name = |id: &LocationId| network.location(*id).name.trim().to_lowercase() == wanted;
    let begins = |id: &LocationId| {
        let location = network.location(*id);
        [&location.code, &location.name]
            .into_iter()
            .any(|text| text.trim().to_lowercase().starts_with(&wanted))
    };
    let has_word = |id: &LocationId| {
        let name = network.location(*id).name.to_lowercase();
        name.split(|c: char| !c.is_alphanumeric()).any(|word| word == wanted)
    };
    let ways: [&dyn Fn(&LocationId) -> bool; 4] = [&is_code, &is_name, &begins, &has_word];
    let found = ways.into_iter().map(|way| network.location_ids().filter(way).collect::<Vec<_>>());
    let found = found.take_while(|_| !wanted.is_empty()).find(|found| !found.is_empty()).unwrap_or_default();
    match found.as_slice() {
        [only] => Ok(*only),
        [] => {
            let names = network.locations.iter().flat_map(|location| [&location.name, &location.code]);
            let meant = match model::nearest::nearest(asked.trim(), names.map(String::as_str)) {
                Some(near) => format!("did you mean '{near}'?"),
                None => known(network),
            };
            Err(Fault::Other(format!("'{asked}' is not a place of this shop; {meant}")))
        }
        several => {
            let codes = several.iter().take(MAX_LISTED).map(|id| network.location(*id).code.as_str());
            Err(Fault::Other(format!(
                "several places are called '{asked}'; give the code of one: {}",
                codes.collect::<Vec<_>>().join(", ")
            )))
        }
    }
}

/// `known are PEARL (Pearl District), COLUMBUS (Columbus warehouse)`.
pub(crate) fn known(network: &Network) -> String {
    let told = network.locations.iter().take(MAX_LISTED).map(|location| {
        if location.name == location.code {
            location.code.clone()
        } else {
            format!("{} ({})", location.code, location.name)
        }
    });
    let more = if network.locations.len() > MAX_LISTED { ", …" } else { "" };
    format!("known are {}{more}", told.collect::<Vec<_>>().join(", "))
}
