//! What narrows a list, as the address of the page has it.

use crate::visit::{Visit, part};

/// Fields and what was asked of each.
pub(crate) struct Asked(Vec<(&'static str, String)>);

impl Asked {
    pub(crate) fn of(visit: &Visit, fields: &[&'static str]) -> Asked {
        Asked(fields.iter().map(|name| (*name, visit.asked(name))).collect())
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        if let Some((_, kept)) = self.0.iter_mut().find(|(field, _)| *field == name) {
            value.clone_into(kept);
        }
    }

    pub(crate) fn is(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn says(&self, name: &str, value: &str) -> bool {
        self.is(name) == value
    }

    pub(crate) fn is_narrowed(&self) -> bool {
        self.0.iter().any(|(_, value)| !value.is_empty())
    }

    /// With an `&` at its end, where it is not empty.
    pub(crate) fn query(&self) -> String {
        let asked = self.0.iter().filter(|(_, value)| !value.is_empty());
        asked.map(|(field, value)| format!("{field}={}&", part(value))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn a_query_has_what_was_asked_and_nothing_else() {
        let mut asked = Asked(vec![("search", "red mug".into()), ("like", String::new())]);
        assert_eq!(asked.query(), "search=red%20mug&");
        asked.set("like", "low");
        assert_eq!(asked.query(), "search=red%20mug&like=low&");
        assert!(asked.says("like", "low") && asked.is_narrowed());
    }
}
