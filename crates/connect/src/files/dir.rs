//! A folder's files by their names: on disk, or held in memory.
//!
//! Owns: where the bytes of a file come from. Refuses to know: what they say; the readers are the same for both.

use super::bad_input::{BadInput, plain_words};
use super::table::path_of;
use super::text::{Progress, TextSource};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Largest manifest, settings or rules file.
pub(crate) const MAX_SMALL_FILE: u64 = 1 << 20;

#[derive(Clone, Debug)]
pub(crate) enum Dir {
    OnDisk(PathBuf),
    /// By name; never packed.
    Held(BTreeMap<String, Arc<[u8]>>),
}

impl From<&Path> for Dir {
    fn from(path: &Path) -> Dir {
        Dir::OnDisk(path.to_owned())
    }
}

impl Dir {
    pub(crate) fn has(&self, file: &str) -> bool {
        match self {
            Dir::OnDisk(dir) => path_of(dir, file).is_some(),
            Dir::Held(files) => files.contains_key(file),
        }
    }

    /// The name under which a file is there, and its text; `None` where it is absent.
    pub(crate) fn open(&self, file: &str) -> Option<(String, io::Result<(TextSource, Progress)>)> {
        match self {
            Dir::OnDisk(dir) => path_of(dir, file).map(|path| (name_of(&path), TextSource::open(&path))),
            Dir::Held(files) => files.get(file).map(|bytes| (file.to_owned(), Ok(TextSource::held(bytes)))),
        }
    }

    /// The text of a small file. `None` when it is absent.
    pub(crate) fn read_small(&self, file: &str) -> Result<Option<String>, BadInput> {
        let text = match self {
            Dir::OnDisk(dir) => on_disk(&dir.join(file), file)?,
            Dir::Held(files) => files.get(file).map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
        };
        if text.as_ref().is_some_and(|text| text.len() as u64 > MAX_SMALL_FILE) {
            return Err(too_large(file));
        }
        Ok(text.map(|text| text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
    }
}

pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn on_disk(path: &Path, file: &str) -> Result<Option<String>, BadInput> {
    let size = match std::fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(file, &error)),
    };
    if size > MAX_SMALL_FILE {
        return Err(too_large(file));
    }
    std::fs::read_to_string(path).map(Some).map_err(|error| unreadable(file, &error))
}

fn too_large(file: &str) -> BadInput {
    BadInput::of_file(file, "is larger than 1 MiB", "remove what does not belong there")
}

fn unreadable(file: &str, error: &io::Error) -> BadInput {
    let remedy = match error.kind() {
        io::ErrorKind::IsADirectory => "put the file itself there",
        io::ErrorKind::InvalidData => "save it as text in UTF-8",
        _ => "check its permissions",
    };
    BadInput::of_file(file, format!("cannot be opened: {}", plain_words(error)), remedy)
}
