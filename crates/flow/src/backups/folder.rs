//! The folder of the backups: which lie there, and how each is put back.
//!
//! Owns: that a backup is found by its name in this folder and nowhere else, whatever the name that is asked for says.
//! Refuses to know: who made which; the log tells that.

use super::form::Form;
use std::fs;
use std::path::{Path, PathBuf};
use store::backup::manifest_of;

/// Files of a folder that are looked at for backups.
const MOST_FILES: usize = 10_000;

/// Where backups lie, and what is done about them by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Backups {
    pub folder: PathBuf,
    /// The file of the books; `None`: they are on a server.
    pub books: Option<PathBuf>,
    /// So many of those made by the program stay; 0: all.
    pub kept: usize,
    /// One is made by itself every day.
    pub is_daily: bool,
}

/// A backup in the folder, as it says of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    pub name: String,
    pub form: Form,
    pub bytes: u64,
    pub made_at_ms: i64,
    pub schema: i64,
}

impl Backups {
    /// Those that there are, the newest first; none where there is no such folder.
    pub fn list(&self) -> Vec<Kept> {
        list(&self.folder)
    }

    /// The one of this name; `None`: there is none in the folder.
    pub fn find(&self, name: &str) -> Option<Kept> {
        self.list().into_iter().find(|kept| kept.name == name)
    }

    /// Where one lies: its name comes from the folder.
    pub fn path(&self, kept: &Kept) -> PathBuf {
        self.folder.join(&kept.name)
    }

    /// What puts this backup back, to be typed while the program is stopped.
    pub fn restore_command(&self, kept: &Kept) -> String {
        let file = in_full(&self.path(kept));
        let into = match (&self.books, kept.form) {
            (None, _) => "postgres://USER@HOST/EMPTY_DATABASE".to_owned(),
            (Some(books), Form::File) => typed(&in_full(books)),
            (Some(books), Form::Text) => typed(&in_full(&books.with_extension("restored.sqlite"))),
        };
        format!("baton restore {} --database {into}", typed(&file))
    }

    /// Removes a backup and what belongs to it.
    pub(super) fn remove(&self, kept: &Kept) -> std::io::Result<()> {
        let file = self.path(kept);
        fs::remove_file(&file)?;
        // A text has none.
        let _ = fs::remove_file(manifest_of(&file));
        Ok(())
    }
}

/// The backups in a folder, the newest first.
fn list(folder: &Path) -> Vec<Kept> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_FILES);
    let mut all: Vec<Kept> = entries.filter_map(|entry| kept(&entry.path())).collect();
    all.sort_by(|a, b| b.made_at_ms.cmp(&a.made_at_ms).then_with(|| b.name.cmp(&a.name)));
    all
}

/// When the newest backup in a folder was made; `None`: there is none.
pub fn newest_in(folder: &Path) -> Option<i64> {
    list(folder).first().map(|kept| kept.made_at_ms)
}

fn kept(file: &Path) -> Option<Kept> {
    let form = Form::of_name(file)?;
    let name = file.file_name()?.to_str()?.to_owned();
    let label = form.label(file)?;
    let bytes = fs::metadata(file).ok()?.len();
    Some(Kept { name, form, bytes, made_at_ms: label.made_at_ms, schema: label.schema })
}

/// Of a relative path nobody knows where the command is typed.
fn in_full(file: &Path) -> PathBuf {
    std::path::absolute(file).unwrap_or_else(|_| file.to_owned())
}

/// As a shell takes it for one word.
fn typed(file: &Path) -> String {
    let text = file.display().to_string();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-".contains(letter);
    if text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(form: Form) -> Kept {
        Kept { name: format!("b.{}", form.ending()), form, bytes: 1, made_at_ms: 1, schema: 1 }
    }

    #[test]
    fn the_command_puts_the_file_back_where_the_books_are_and_tells_no_password() {
        let books = Some(PathBuf::from("/srv/it's a shop.sqlite"));
        let of = Backups { folder: PathBuf::from("/srv/backups"), books, kept: 14, is_daily: true };
        let said = of.restore_command(&kept(Form::File));
        assert_eq!(said, r"baton restore /srv/backups/b.sqlite --database '/srv/it'\''s a shop.sqlite'");
        let said = of.restore_command(&kept(Form::Text));
        assert!(said.ends_with(r"shop.restored.sqlite'"), "{said}");
        let on_server = Backups { books: None, ..of };
        let said = on_server.restore_command(&kept(Form::Text));
        assert_eq!(
            said,
            "baton restore /srv/backups/b.ndjson --database postgres://USER@HOST/EMPTY_DATABASE"
        );
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("secret.ndjson"), "{\"baton_books\":1,\"made_at_ms\":1,\"schema\":1}\n")
            .unwrap();
        let folder = dir.path().join("backups");
        fs::create_dir(&folder).unwrap();
        fs::copy(dir.path().join("secret.ndjson"), folder.join("own.ndjson")).unwrap();
        let of = Backups { folder, books: None, kept: 14, is_daily: true };
        assert!(of.find("own.ndjson").is_some());
        for name in ["../secret.ndjson", "secret.ndjson", "./own.ndjson", ""] {
            assert_eq!(of.find(name), None, "{name}");
        }
    }
}
