//! The files and their names.

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// A file as it was built.
pub(crate) struct File {
    /// What pages call it: `app.js`.
    pub(crate) name: &'static str,
    /// Where it is served; another content is another path.
    pub(crate) url: &'static str,
    /// Its media type.
    pub(crate) kind: &'static str,
    pub(crate) plain: &'static [u8],
    pub(crate) br: Option<&'static [u8]>,
    pub(crate) gz: Option<&'static [u8]>,
}

/// The path of a file: `/assets/app-5WRWAMYE.js` for `app.js`.
///
/// # Panics
/// No file has the name: names are written in templates, and the tests of pages find out.
#[must_use]
pub fn url(name: &str) -> &'static str {
    named(name).map_or_else(|| panic!("no file is called `{name}`"), |file| file.url)
}

/// The path of the icons: `<svg class="icon"><use href="{icons}#i-truck"/></svg>`.
#[must_use]
pub fn icons() -> &'static str {
    url("icons.svg")
}

/// What a file holds.
#[must_use]
pub fn file(name: &str) -> Option<&'static [u8]> {
    named(name).map(|file| file.plain)
}

/// Was it built without Node, so that there is neither style nor script?
#[must_use]
pub const fn is_plain() -> bool {
    IS_PLAIN
}

fn named(name: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.name == name)
}

/// The file that is served at a path.
pub(crate) fn at(path: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.url == path)
}

#[cfg(test)]
mod tests {
    use super::{FILES, file, icons, is_plain, url};

    /// What every page loads.
    const ALWAYS: [&str; 2] = ["app.js", "theme.js"];
    const MOST_SCRIPT_GZ: usize = 120 * 1024;

    #[test]
    fn every_name_that_pages_use_has_a_path_that_says_its_content() {
        for name in ["app.js", "theme.js", "app.css", "app-rtl.css", "icons.svg", "icon.svg"] {
            let (stem, ending) = name.split_once('.').unwrap();
            let path = url(name);
            assert!(path.starts_with("/assets/") && path.ends_with(ending), "{path}");
            assert!(is_plain() || path.len() == format!("/assets/{stem}-12345678.{ending}").len(), "{path}");
            assert!(file(name).is_some_and(|bytes| is_plain() || !bytes.is_empty()), "{name}");
        }
    }

    #[test]
    fn a_name_that_no_file_has_has_no_content() {
        assert_eq!(file("app.ts"), None);
    }

    #[test]
    fn every_icon_that_pages_may_use_is_there_and_none_twice() {
        if is_plain() {
            return eprintln!("built without Node: there are no icons");
        }
        let sprite = str::from_utf8(file("icons.svg").unwrap()).unwrap();
        let listed = include_str!("../web/icons.txt").lines().filter(|line| !line.starts_with('#'));
        for name in listed {
            assert_eq!(sprite.matches(&format!("id=\"i-{name}\"")).count(), 1, "{name}");
        }
        assert!(icons().starts_with("/assets/icons-"));
    }

    #[test]
    fn what_every_page_loads_stays_within_its_budget() {
        if is_plain() {
            return eprintln!("built without Node: there is no script to weigh");
        }
        let always = FILES.iter().filter(|file| ALWAYS.contains(&file.name));
        let weight: usize = always.map(|file| file.gz.unwrap().len()).sum();
        assert!(weight <= MOST_SCRIPT_GZ, "{weight} bytes of script as gzip, {MOST_SCRIPT_GZ} are allowed");
    }

    #[test]
    fn nothing_that_is_served_asks_for_anything_from_elsewhere() {
        for file in FILES.iter().filter(|file| file.kind.starts_with("text/css")) {
            let text = str::from_utf8(file.plain).unwrap();
            assert!(!text.contains("url(http") && !text.contains("url(//"), "{}", file.name);
            assert!(!text.contains("@import"), "{}", file.name);
        }
    }
}
