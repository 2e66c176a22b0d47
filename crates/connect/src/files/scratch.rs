//! For tests: a folder of its own, gone when the test ends.

use std::fs;
use std::path::Path;
use tempfile::TempDir;

pub(crate) struct Scratch(TempDir);

impl Scratch {
    /// A folder with these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Scratch {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        Scratch::of_bytes(&files)
    }

    pub(crate) fn of_bytes(files: &[(&str, &[u8])]) -> Scratch {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            fs::write(dir.path().join(name), bytes).unwrap();
        }
        Scratch(dir)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}
