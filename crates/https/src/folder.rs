//! The folder in which keys and certificates are kept, beside the books.
//!
//! Owns: that a file is whole or absent, and who may read it. Refuses to know: what is in it.

use crate::{Fault, fault};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The largest file that is read: a chain of certificates is far below.
const MOST_BYTES: u64 = 1 << 20;
const OWNER_ALONE: u32 = 0o600;
const OWNER_ALONE_ENTERS: u32 = 0o700;
const EVERYBODY_READS: u32 = 0o644;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// `None`: there is none of this name.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub fn read(&self, name: &str) -> Result<Option<String>, Fault> {
        let path = self.path(name);
        match path.try_exists() {
            Ok(false) => Ok(None),
            _ => read(&path).map(Some),
        }
    }

    /// A file with a key in it is used only while nobody else may read it.
    ///
    /// # Errors
    /// It cannot be read, or others can read it, too.
    pub(crate) fn read_secret(&self, name: &str) -> Result<Option<String>, Fault> {
        let text = self.read(name)?;
        let path = self.path(name);
        match text.is_none() || is_private(&path) {
            true => Ok(text),
            false => Err(fault(format!(
                "others may read {}, which holds a key: run chmod 600 on it; if somebody may have read it, delete it \
                 and let a new one be made",
                path.display()
            ))),
        }
    }

    pub(crate) fn write_secret(&self, name: &str, text: &str) -> Result<(), Fault> {
        self.write(name, text, OWNER_ALONE)
    }

    pub(crate) fn write_open(&self, name: &str, text: &str) -> Result<(), Fault> {
        self.write(name, text, EVERYBODY_READS)
    }

    /// Written beside its name, flushed, and renamed.
    fn write(&self, name: &str, text: &str, mode: u32) -> Result<(), Fault> {
        let (path, beside) = (self.path(name), self.path(&format!(".{name}.new")));
        let unwritten =
            |error: std::io::Error| fault(format!("{} cannot be written: {error}", path.display()));
        fs::DirBuilder::new().recursive(true).mode(OWNER_ALONE_ENTERS).create(&self.0).map_err(unwritten)?;
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(unwritten(error)),
            _ => {}
        }
        let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&beside);
        let mut file = file.map_err(unwritten)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(unwritten)?;
        fs::rename(&beside, &path).map_err(unwritten)?;
        fs::File::open(&self.0).and_then(|folder| folder.sync_all()).map_err(unwritten)
    }
}

pub(crate) fn read(path: &Path) -> Result<String, Fault> {
    let unread = |why: String| fault(format!("{} cannot be read: {why}", path.display()));
    let size = fs::metadata(path).map_err(|error| unread(error.to_string()))?.len();
    if size > MOST_BYTES {
        return Err(unread("it is too large for a certificate or a key".to_owned()));
    }
    fs::read_to_string(path).map_err(|error| unread(error.to_string()))
}

/// Whether its owner alone may read or change it.
pub fn is_private(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.mode() & 0o077 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_written_for_its_owner_alone_and_not_used_when_others_may_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder(dir.path().join("https"));
        folder.write_secret("ca.key", "secret").unwrap();
        let path = folder.path("ca.key");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&folder.0).unwrap().mode() & 0o777, 0o700);
        assert_eq!(folder.read_secret("ca.key").unwrap().as_deref(), Some("secret"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let refused = folder.read_secret("ca.key").unwrap_err().0;
        assert!(refused.contains("chmod 600") && !refused.contains("secret"), "{refused}");
    }

    #[test]
    fn what_another_left_half_written_is_written_anew() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder(dir.path().to_owned());
        fs::write(folder.path(".ca.key.new"), "half").unwrap();
        folder.write_secret("ca.key", "whole").unwrap();
        assert_eq!(folder.read("ca.key").unwrap().as_deref(), Some("whole"));
        assert!(!folder.path(".ca.key.new").exists());
    }
}
