//! Rules about a file as a whole and about its plain text.

use super::Finding;
use super::source::{Source, is_word_letter, words};

const FILE_LINES_MAX: usize = 600;

/// What people write by hand and read from top to bottom.
const SOURCE_EXTENSIONS: [&str; 10] = ["rs", "js", "mjs", "ts", "css", "html", "sql", "sh", "py", "toml"];

pub(super) fn long_file(source: &Source) -> Vec<Finding> {
    let lines = source.lines_without_tests();
    if lines <= FILE_LINES_MAX || !SOURCE_EXTENSIONS.contains(&source.extension()) {
        return Vec::new();
    }
    let say =
        format!("{lines} lines without tests, split the file by noun or rule ({FILE_LINES_MAX} at most)");
    vec![Finding::new(1, say)]
}

/// A file that holds nothing but `mod` and `use` needs no introduction.
pub(super) fn missing_module_doc(source: &Source) -> Vec<Finding> {
    if !source.is_rust() || source.text.trim_start().starts_with("//!") || lists_modules_only(source) {
        return Vec::new();
    }
    vec![Finding::new(1, "no module doc, begin with `//!`: what the module owns and what it refuses to know")]
}

fn lists_modules_only(source: &Source) -> bool {
    source.code.split(';').map(without_attributes).all(|item| {
        let mut words = words(item).map(|(_, word)| word).filter(|word| !matches!(*word, "pub" | "crate"));
        matches!(words.next(), None | Some("mod" | "use" | "super"))
    })
}

fn without_attributes(item: &str) -> &str {
    let mut item = item.trim_start();
    while item.starts_with('#') {
        let Some(open) = item.find('[') else { return item };
        item = item[super::source::closing(item, open)..].trim_start();
    }
    item
}

/// A macro that panics until somebody writes the rest, or a note to do so.
pub(super) fn unfinished(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, word) in source.words() {
        if matches!(word, "todo" | "unimplemented") && source.code[at + word.len()..].starts_with('!') {
            let say = format!("`{word}!` is a promise, not code: write it or leave the feature out");
            findings.push(Finding::new(source.line_at(at), say));
        }
    }
    if !SOURCE_EXTENSIONS.contains(&source.extension()) {
        return findings;
    }
    let marks = [concat!("FIX", "ME"), concat!("XX", "X")];
    for (at, word) in words(&source.text) {
        if marks.contains(&word) {
            let say = format!("a `{word}` note, settle it now or open an issue and remove the note");
            findings.push(Finding::new(source.line_at(at), say));
        }
    }
    findings
}

/// Folders that exist on one machine only. Built from parts, or this file would be a finding.
const MACHINE_FOLDERS: [&str; 3] = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];

pub(super) fn machine_path(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, line) in source.text.lines().enumerate() {
        if let Some(folder) = MACHINE_FOLDERS.iter().find(|folder| has_path_from(line, folder)) {
            let say =
                format!("`{folder}` is a folder of one machine, write the path relative to the checkout");
            findings.push(Finding::new(at + 1, say));
        }
    }
    findings
}

/// Does a path in this line start with the folder? `example.com/…` and `$DIR/…` start with something else.
fn has_path_from(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|letter| !is_word_letter(letter) && !matches!(letter, '.' | '-' | '~' | '}' | '/'))
    })
}

pub(super) fn lock_names_a_host(source: &Source) -> Vec<Finding> {
    if !source.path.ends_with("package-lock.json") {
        return Vec::new();
    }
    let say =
        "the lock names a download host, set `omit-lockfile-registry-resolved=true` in .npmrc and lock anew";
    let lines = source.text.lines().enumerate();
    lines
        .filter(|(_, line)| line.contains("\"resolved\": \"http"))
        .map(|(at, _)| Finding::new(at + 1, say))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_file_may_be_long_in_its_tests_only() {
        let lines = |count: usize| "//\n".repeat(count);
        check(long_file, "src/a.rs", &lines(600), &[]);
        check(long_file, "src/a.rs", &lines(601), &[(1, "601 lines")]);
        let tests = format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", lines(600), lines(300));
        check(long_file, "src/a.rs", &tests, &[]);
        check(long_file, "facts/prices.csv", &lines(2000), &[]);
    }

    #[test]
    fn a_module_begins_with_its_doc() {
        check(missing_module_doc, "src/a.rs", "//! Owns a.\nfn a() {}\n", &[]);
        check(missing_module_doc, "src/a.rs", "fn a() {}\n", &[(1, "no module doc")]);
        check(missing_module_doc, "src/a.rs", "// a note\nuse b::C;\nfn a() {}\n", &[(1, "no module doc")]);
        check(missing_module_doc, "README.md", "# Title\n", &[]);
    }

    #[test]
    fn a_list_of_modules_needs_no_doc() {
        let list =
            "mod a;\npub mod b;\npub(crate) mod c;\n#[cfg(test)]\nmod d;\n\nuse a::{A, B};\npub use b::C;\n";
        check(missing_module_doc, "src/lib.rs", list, &[]);
        check(missing_module_doc, "src/lib.rs", "", &[]);
    }

    #[test]
    fn unfinished_work_is_found_in_code_and_comments() {
        let fix = concat!("FIX", "ME");
        check(unfinished, "src/a.rs", "fn a() { todo!() }", &[(1, "todo!")]);
        check(unfinished, "src/a.rs", "\nfn a() { unimplemented!(\"later\") }", &[(2, "unimplemented!")]);
        check(unfinished, "src/a.rs", "fn todo() {} // todo! in prose", &[]);
        check(unfinished, "web/a.js", &format!("// {fix} later"), &[(1, fix)]);
        check(unfinished, "notes.txt", &format!("{fix} in a fixture"), &[]);
    }

    #[test]
    fn a_path_of_one_machine_is_found_anywhere() {
        let [work, root, home] = MACHINE_FOLDERS;
        check(machine_path, "README.md", &format!("fine\ncd {work}baton"), &[(2, work)]);
        check(machine_path, "a.json", &format!("\"{root}x\""), &[(1, root)]);
        check(machine_path, "a.rs", &format!("//! {home}me\n"), &[(1, home)]);
        check(machine_path, "a.md", &format!("example.com{home}x and $DIR{work}x and ~{work}x"), &[]);
    }

    #[test]
    fn a_lock_names_no_host() {
        let lock = "{\n\"resolved\": \"https://example.com/a.tgz\"\n}\n";
        check(lock_names_a_host, "web/package-lock.json", lock, &[(2, "omit-lockfile")]);
        check(lock_names_a_host, "web/fixture.json", lock, &[]);
    }
}
