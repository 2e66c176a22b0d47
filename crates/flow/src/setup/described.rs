//! Every setting with what it is, what it is set to, and who set it last.
//!
//! Owns: marking what a change of the setup files touches: keys of `settings.toml` one by one, other files whole. Refuses to
//! know: what a setting does.

use super::Books;
use crate::call::Call;
use crate::refused::Refused;
use connect::files::{Described, layout, settings_described, settings_written};
use std::collections::{BTreeMap, BTreeSet};
use store::setting_marks::{self, Mark};
use store::{DbError, Tx};

const SETTINGS: &str = "settings.toml";

/// A setting, and its last change. `None`: it is as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting {
    pub described: Described,
    pub mark: Option<Mark>,
}

/// A file beside places and products.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetupFile {
    pub name: String,
    pub meaning: &'static str,
    /// `None`: there is none.
    pub bytes: Option<usize>,
    pub mark: Option<Mark>,
}

/// All that can be set in the books.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AllSettings {
    pub version: i64,
    pub settings: Vec<Setting>,
    pub files: Vec<SetupFile>,
}

impl AllSettings {
    /// # Errors
    /// The database's.
    pub async fn read(tx: &mut Tx) -> Result<AllSettings, Refused> {
        let (version, files) = (store::setup::version(tx).await?, store::setup::files(tx).await?);
        let marks: BTreeMap<String, Mark> =
            setting_marks::all(tx).await?.into_iter().map(|mark| (mark.name.clone(), mark)).collect();
        let text = files.get(SETTINGS).map_or("", String::as_str);
        let setting = |described: Described| {
            let mark = marks.get(&format!("{SETTINGS}/{}", described.key)).cloned();
            Setting { described, mark }
        };
        let meanings: BTreeMap<&str, &'static str> =
            layout().into_iter().map(|file| (file.file, file.meaning)).collect();
        let names: BTreeSet<&String> = files.keys().chain(marks.keys()).collect();
        let file = |name: &&String| SetupFile {
            name: (*name).clone(),
            meaning: meanings.get(name.as_str()).copied().unwrap_or_default(),
            bytes: files.get(*name).map(String::len),
            mark: marks.get(*name).cloned(),
        };
        let is_file = |name: &&String| name.as_str() != SETTINGS && !name.contains('/');
        Ok(AllSettings {
            version,
            settings: settings_described(text).into_iter().map(setting).collect(),
            files: names.into_iter().filter(is_file).map(|name| file(&name)).collect(),
        })
    }
}

/// Marks what differs between two setups.
pub(super) async fn mark(tx: &mut Tx, call: &Call, before: &Books, after: &Books) -> Result<(), DbError> {
    for name in changed(&before.setup.files, &after.setup.files) {
        setting_marks::set(tx, &name, &call.actor.id, call.at_ms).await?;
    }
    Ok(())
}

fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differ = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    let of = |name: &String| match name.as_str() {
        SETTINGS => keys_changed(before.get(name), after.get(name)),
        _ => vec![name.clone()],
    };
    differ.flat_map(of).collect()
}

fn keys_changed(before: Option<&String>, after: Option<&String>) -> Vec<String> {
    let [before, after] = [before, after].map(|text| settings_written(text.map_or("", String::as_str)));
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differ = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
    differ.map(|key| format!("{SETTINGS}/{key}")).collect()
}

#[cfg(test)]
mod tests {
    use super::changed;
    use std::collections::BTreeMap;

    fn files(settings: &str, rates: &str) -> BTreeMap<String, String> {
        BTreeMap::from([("settings.toml".into(), settings.into()), ("rates.csv".into(), rates.into())])
    }

    #[test]
    fn of_settings_the_keys_that_differ_are_marked_and_of_other_files_the_file() {
        let before = files("box_fill = 0.7\npromise_days = 4\n", "a");
        let after = files("# tidied\npromise_days = 3\nbox_fill = 0.7\n", "a");
        assert_eq!(changed(&before, &after), ["settings.toml/promise_days"]);
        assert_eq!(
            changed(&after, &files("box_fill = 0.7", "b")),
            ["rates.csv", "settings.toml/promise_days"]
        );
        assert!(changed(&before, &before).is_empty());
    }
}
