//! Files that are written: whole, or not at all.
//!
//! Owns: writing beside the target and renaming at the end, and refusing to overwrite what was read.
//! Refuses to know: what is written.

use super::bad_input::BadInput;
use super::folder::{RULE_FILES, layout};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Bytes gathered before they are written.
const BUFFER: usize = 256 * 1024;

/// A file being written. Until [`OutFile::finish`] nothing stands under its name; dropped before, nothing ever does.
pub struct OutFile {
    writer: Option<BufWriter<File>>,
    unfinished: PathBuf,
    path: PathBuf,
}

impl OutFile {
    /// Begins a file. `inputs` are the files and folders that are being read.
    ///
    /// # Errors
    /// When `path` is an input, or cannot be written.
    pub fn create(path: &Path, inputs: &[&Path]) -> Result<OutFile, BadInput> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some(name) = name.filter(|_| !path.is_dir()) else {
            let shown = path.display().to_string();
            return Err(BadInput::of_file(&shown, "is no name for a file", "name a file to write"));
        };
        if inputs.iter().any(|input| is_input(path, input)) {
            let remedy = "choose another name for what is written";
            return Err(BadInput::of_file(
                &path.display().to_string(),
                "is one of the files that are read",
                remedy,
            ));
        }
        let unfinished = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let file = File::create(&unfinished).map_err(|error| cannot(path, &error))?;
        let writer = Some(BufWriter::with_capacity(BUFFER, file));
        Ok(OutFile { writer, unfinished, path: path.to_owned() })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes what is left, and gives the file its name.
    pub fn finish(mut self) -> Result<(), BadInput> {
        self.settle().map_err(|error| cannot(&self.path, &error))
    }

    /// How a failed write is told.
    pub fn fault(&self, error: &io::Error) -> BadInput {
        cannot(&self.path, error)
    }

    fn settle(&mut self) -> io::Result<()> {
        let Some(writer) = self.writer.take() else { return Ok(()) };
        let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&self.unfinished, &self.path)
    }
}

impl Write for OutFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Some(writer) => writer.write(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for OutFile {
    fn drop(&mut self) {
        if self.unfinished.exists() {
            // Nothing can be done about a file that cannot be removed.
            let _ = fs::remove_file(&self.unfinished);
        }
    }
}

fn cannot(path: &Path, error: &io::Error) -> BadInput {
    let shown = path.display().to_string();
    BadInput::of_file(
        &shown,
        format!("cannot be written: {error}"),
        "check the folder, its permissions and free space",
    )
}

/// `path` is the input file, or a file of the layout within the input folder.
fn is_input(path: &Path, input: &Path) -> bool {
    let same = |a: &Path, b: &Path| matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b);
    if !input.is_dir() {
        return same(path, input);
    }
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.strip_suffix(".zst").unwrap_or(&name);
    let is_named = RULE_FILES.contains(&name) || layout().iter().any(|layout| layout.file == name);
    is_named && same(parent, input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::scratch::Scratch;

    #[test]
    fn a_file_appears_when_it_is_whole() {
        let dir = Scratch::new(&[("old.csv", "old")]);
        let path = dir.path().join("old.csv");
        let mut out = OutFile::create(&path, &[]).unwrap();
        out.write_all(b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        out.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn a_dropped_file_leaves_nothing() {
        let dir = Scratch::new(&[]);
        drop(OutFile::create(&dir.path().join("out.csv"), &[]).unwrap());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn inputs_are_never_overwritten() {
        let dir = Scratch::new(&[("orders.csv", ""), ("export.csv", "")]);
        let path = |name: &str| dir.path().join(name);
        let refused = |name: &str, input: &Path| OutFile::create(&path(name), &[input]).is_err();
        assert!(refused("orders.csv", dir.path()));
        assert!(refused("products.csv", dir.path()));
        assert!(refused("export.csv", &path("export.csv")));
        assert!(!refused("assignments.csv", dir.path()));
    }
}
