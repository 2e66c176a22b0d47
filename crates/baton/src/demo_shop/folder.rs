//! The folder of the demo: what the demo may write over, what it wrote, and how that goes away again.
//!
//! Owns: the names of everything a demo makes. Refuses to know: what is in its books.

use crate::fault::Fault;
use connect::files::{OutFile, plain_words};
use replay::Demo as Retailer;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Rules that the demo's team keeps: enough to see what a rule is worth.
const RULES: &str = "\
# The demo retailer's rules. Change a sentence, then:
#   baton rules check demo/rules.txt --data demo
#   baton replay --data demo --rules lowest-cost --rules demo/rules.txt --worth
Rule set: House rules

Guardrails
At most 3 parcels.

Rules
When the order is for shipping, keep at least 1 at stores.
When an item is fragile, prefer warehouses, worth $1.50 a parcel.
Flag low stock when fewer than 2 are left.
";

const RULES_FILE: &str = "rules.txt";

const ABOUT: &str = "\
# Demo retailer

Made by `baton demo`: the retailer is made up, the cities are real. `baton demo` replaces these files, but for
rules.txt where somebody has changed it. `baton demo --remove` takes them away again.
";

/// Marks a folder that the demo may write over.
const MARK: &str = "README.md";
const MARKED_BY: &str = "# Demo retailer";
const BOOKS: &str = "demo.sqlite";
const TOKEN: &str = "token.txt";
const REPORT: &str = "report.html";
/// At the end of the name of a secret that is being written.
const UNFINISHED: &str = ".new";
/// What SQLite and the lock put beside the books.
const BESIDE_BOOKS: [&str; 4] = ["", "-wal", "-shm", ".lock"];

/// Where a demo is.
#[derive(Clone, Debug)]
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn report(&self) -> PathBuf {
        self.path(REPORT)
    }

    pub(crate) fn books(&self) -> PathBuf {
        self.path(BOOKS)
    }

    pub(crate) fn token(&self) -> PathBuf {
        self.path(TOKEN)
    }

    /// A demo has been here before.
    pub(crate) fn is_marked(&self) -> bool {
        std::fs::read_to_string(self.path(MARK)).is_ok_and(|text| text.starts_with(MARKED_BY))
    }

    /// Makes the folder, unless it holds what is not a demo's.
    pub(crate) fn make_room(&self) -> Result<(), Fault> {
        let dir = self.0.display();
        if self.0.exists() && !self.0.is_dir() {
            return Err(Fault::Other(format!("{dir} is a file; name a folder with --dir")));
        }
        let is_free = std::fs::read_dir(&self.0).map_or(true, |mut entries| entries.next().is_none());
        if !is_free && !self.is_marked() {
            return Err(Fault::Other(format!(
                "{dir} holds files that are not a demo's; name another folder with --dir"
            )));
        }
        std::fs::create_dir_all(&self.0)
            .map_err(|error| Fault::Other(format!("{dir} cannot be made: {}", plain_words(&error))))
    }

    /// Writes the retailer's files; whether rules of an earlier demo were changed, and are kept.
    pub(crate) fn write(&self, retailer: &Retailer) -> Result<bool, Fault> {
        let is_kept = self.has_own_rules();
        let rules = (!is_kept).then(|| (RULES_FILE.to_owned(), RULES.to_owned()));
        // First the mark: what is broken off half-way can be written over.
        let mark = [(MARK.to_owned(), ABOUT.to_owned())];
        for (name, contents) in mark.into_iter().chain(retailer.files()).chain(rules) {
            self.write_file(&name, &contents)?;
        }
        Ok(is_kept)
    }

    pub(crate) fn rules(&self) -> PathBuf {
        self.path(RULES_FILE)
    }

    /// Says beside the files how to sign in, with the password.
    pub(crate) fn write_sign_in(&self, words: &str) -> Result<(), Fault> {
        self.write_secret(MARK, &format!("{ABOUT}\n{words}"))
    }

    pub(crate) fn write_token(&self, secret: &str) -> Result<(), Fault> {
        self.write_secret(TOKEN, &format!("{secret}\n"))
    }

    /// Nobody else on this machine reads it.
    fn write_secret(&self, name: &str, contents: &str) -> Result<(), Fault> {
        use std::os::unix::fs::OpenOptionsExt;
        let path = self.path(name);
        let unwritten =
            |error: std::io::Error| Fault::Other(format!("{}: {}", path.display(), plain_words(&error)));
        // Beside its name first: an old file would keep the permissions it has, and the mark must never be missing.
        let beside = self.path(&format!("{name}{UNFINISHED}"));
        forget(&beside)?;
        let mut file =
            File::options().write(true).create_new(true).mode(0o600).open(&beside).map_err(unwritten)?;
        file.write_all(contents.as_bytes()).map_err(unwritten)?;
        std::fs::rename(&beside, &path).map_err(unwritten)
    }

    fn write_file(&self, name: &str, contents: &str) -> Result<(), Fault> {
        let mut file = OutFile::create(&self.path(name), &[])?;
        file.write_all(contents.as_bytes()).map_err(|error| file.fault(&error))?;
        Ok(file.finish()?)
    }

    /// The rules of an earlier demo were changed: somebody's work.
    fn has_own_rules(&self) -> bool {
        std::fs::read(self.rules()).is_ok_and(|text| text != RULES.as_bytes())
    }

    /// The books go, and what lies beside them.
    pub(crate) fn forget_books(&self) -> Result<(), Fault> {
        forget_books(&self.books())
    }

    /// Everything that a demo made goes; the folder, too, where nothing else is in it. Whether it is gone.
    pub(crate) fn remove(&self) -> Result<bool, Fault> {
        self.forget_books()?;
        // Rules that somebody changed are theirs.
        let own_rules = self.has_own_rules();
        let files = Retailer::FILES.iter().copied().chain((!own_rules).then_some(RULES_FILE));
        // The mark goes last: what is broken off half-way can be done again.
        for secret in [TOKEN, MARK] {
            forget(&self.path(&format!("{secret}{UNFINISHED}")))?;
        }
        for name in files.chain([REPORT, TOKEN, MARK]) {
            forget(&self.path(name))?;
        }
        Ok(std::fs::remove_dir(&self.0).is_ok())
    }

    /// The books are open in another process.
    pub(crate) fn is_in_use(&self) -> bool {
        let lock = File::open(self.path(&format!("{BOOKS}.lock")));
        lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(std::fs::TryLockError::WouldBlock)))
    }
}

/// The books in this file go, and what lies beside them.
pub(crate) fn forget_books(file: &Path) -> Result<(), Fault> {
    let file = file.as_os_str();
    BESIDE_BOOKS.iter().try_for_each(|end| {
        let mut name = file.to_os_string();
        name.push(end);
        forget(Path::new(&name))
    })
}

fn forget(path: &Path) -> Result<(), Fault> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Fault::Other(format!("{} cannot be deleted: {}", path.display(), plain_words(&error))))
        }
        _ => Ok(()),
    }
}
