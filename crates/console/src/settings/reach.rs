//! Which locations somebody works at, and which roles can be given: the part that forms of people and of tokens share.

use crate::form::Form;
use crate::visit::Visit;
use flow::people::Role;

/// What can be chosen, and what is.
pub(crate) struct Choice {
    pub(crate) roles: Vec<(&'static str, bool)>,
    pub(crate) is_all: bool,
    /// Code, name, and whether it is ticked.
    pub(crate) places: Vec<(String, String, bool)>,
}

impl Choice {
    pub(crate) fn of(visit: &Visit, role: Option<&str>, locations: Option<&[String]>) -> Choice {
        // A new one begins as what there are most of.
        let chosen = role.unwrap_or("associate");
        let roles = Role::ALL.into_iter().filter(|role| visit.who.role.may_grant(*role));
        let is_ticked = |code: &String| locations.is_some_and(|listed| listed.contains(code));
        let places = visit.shop.network.locations.iter();
        Choice {
            roles: roles.map(|role| (role.code(), role.code() == chosen)).collect(),
            is_all: locations.is_none(),
            places: places
                .map(|place| (place.code.clone(), place.name.clone(), is_ticked(&place.code)))
                .collect(),
        }
    }
}

/// The codes that a form lists; `None`: all.
pub(crate) fn chosen(form: &Form) -> Option<Vec<String>> {
    (form.text("reach") == "listed").then(|| form.all("location").map(str::to_owned).collect())
}

/// Codes of locations as their names.
pub(crate) fn names(visit: &Visit, codes: Option<&[String]>) -> String {
    let network = &visit.shop.network;
    let name = |code: &String| {
        network.location_by_code(code).map_or_else(|| code.clone(), |id| network.location(id).name.clone())
    };
    codes.map_or_else(
        || visit.t("reach-all"),
        |codes| codes.iter().map(name).collect::<Vec<_>>().join(visit.words.locale().comma),
    )
}
