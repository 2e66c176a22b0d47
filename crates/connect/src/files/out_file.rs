//! Files that are written: whole, or not at all.
//!
//! Owns: writing beside the target and renaming at the end, pipes and standard output, and refusing to overwrite what
//! was read.
//! Refuses to know: what is written.

use super::bad_input::{BadInput, plain_words};
use super::folder::{RULE_FILES, layout};
use super::shopify::is_export;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Bytes gathered before they are written.
const BUFFER: usize = 256 * 1024;
/// Links that are followed from a name to its file; systems stop at as many.
const MAX_LINKS: usize = 40;
/// The names of standard output, besides `-`.
const STANDARD_OUTPUT: [&str; 3] = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// A file being written. Until [`OutFile::finish`] nothing stands under its name; dropped before, nothing ever does.
///
/// A symbolic link is followed, and the file that it leads to is replaced. What is no regular file (a pipe, a device,
/// standard output as `-`) is written as it comes: there is no name to keep free.
pub struct OutFile {
    writer: Option<BufWriter<Sink>>,
    /// Where it is written, and where it is renamed to; `None` for what is written as it comes.
    rename: Option<(PathBuf, PathBuf)>,
    path: PathBuf,
}

enum Sink {
    File(File),
    Standard(io::Stdout),
}

impl OutFile {
    /// Begins a file. `inputs` are the files and folders that are being read.
    ///
    /// # Errors
    /// When `path` is an input, or cannot be written.
    pub fn create(path: &Path, inputs: &[&Path]) -> Result<OutFile, BadInput> {
        if is_standard_output(path) {
            return Ok(OutFile::over(Sink::Standard(io::stdout()), path));
        }
        let shown = path.display().to_string();
        let is_stream = |there: fs::Metadata| !there.is_dir() && (!there.is_file() || is_open_file(path));
        if fs::metadata(path).is_ok_and(is_stream) {
            let file = OpenOptions::new().append(true).open(path).map_err(|error| cannot(path, &error))?;
            return Ok(OutFile::over(Sink::File(file), path));
        }
        let target = followed(path);
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some(name) = name.filter(|_| !target.is_dir()) else {
            return Err(BadInput::of_file(&shown, "is no name for a file", "name a file to write"));
        };
        if inputs.iter().any(|input| is_input(&target, input)) {
            let remedy = "choose another name for what is written";
            return Err(BadInput::of_file(&shown, "is one of the files that are read", remedy));
        }
        remove_leftovers(&target, &name);
        let unfinished = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let file = File::create(&unfinished).map_err(|error| cannot(path, &error))?;
        if let Ok(there) = fs::metadata(&target) {
            // Who may read the file stays so. Where that cannot be set, it is as for any new file.
            let _ = fs::set_permissions(&unfinished, there.permissions());
        }
        let mut out = OutFile::over(Sink::File(file), path);
        out.rename = Some((unfinished, target));
        Ok(out)
    }

    fn over(sink: Sink, path: &Path) -> OutFile {
        let writer = Some(BufWriter::with_capacity(BUFFER, sink));
        OutFile { writer, rename: None, path: path.to_owned() }
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
        let Some(mut writer) = self.writer.take() else { return Ok(()) };
        writer.flush()?;
        let (Some((unfinished, target)), Sink::File(file)) = (&self.rename, writer.get_ref()) else {
            return Ok(());
        };
        file.sync_all()?;
        drop(writer);
        fs::rename(unfinished, target)
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::File(file) => file.write(bytes),
            Sink::Standard(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::File(file) => file.flush(),
            Sink::Standard(out) => out.flush(),
        }
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
        // What is still gathered belongs to no finished file.
        if let Some(writer) = self.writer.take() {
            let _ = writer.into_parts();
        }
        if let Some((unfinished, _)) = self.rename.as_ref().filter(|(unfinished, _)| unfinished.exists()) {
            // Nothing can be done about a file that cannot be removed.
            let _ = fs::remove_file(unfinished);
        }
    }
}

/// The name stands for a file that some process holds open, such as `/dev/stderr`.
fn is_open_file(path: &Path) -> bool {
    path == Path::new("/dev/stderr") || path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd")
}

/// The name stands for standard output.
pub fn is_standard_output(path: &Path) -> bool {
    path == Path::new("-") || STANDARD_OUTPUT.iter().any(|name| path == Path::new(name))
}

/// Refuses results that would be written over each other.
///
/// # Errors
/// When two of the paths lead to the same file.
pub fn demand_different(paths: &[&Path]) -> Result<(), BadInput> {
    for (i, path) in paths.iter().enumerate() {
        if let Some(other) = paths[..i].iter().find(|other| leads_to(other) == leads_to(path)) {
            let problem = match other == path {
                true => "is named for two results".to_owned(),
                false => format!("is the same file as {}", other.display()),
            };
            let remedy = "name another file for one of them";
            return Err(BadInput::of_file(&path.display().to_string(), problem, remedy));
        }
    }
    Ok(())
}

/// The file behind a name, in one spelling.
fn leads_to(path: &Path) -> PathBuf {
    if is_standard_output(path) {
        return PathBuf::from("-");
    }
    let target = followed(path);
    let parent = parent(&target).canonicalize();
    match (parent, target.file_name()) {
        (Ok(parent), Some(name)) => parent.join(name),
        _ => target,
    }
}

/// Follows symbolic links, also to a file that is not there yet.
fn followed(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(next) = fs::read_link(&target) else { break };
        // A link counts from the folder in which it lies.
        target = parent(&target).join(next);
    }
    target
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Removes what a process that was stopped in the middle left beside the target. Only where the system lists its
/// processes is it known that nobody writes there any more.
fn remove_leftovers(target: &Path, name: &str) {
    let processes = Path::new("/proc");
    if !processes.join("self").exists() {
        return;
    }
    let begins = format!(".{name}.");
    for entry in fs::read_dir(parent(target)).into_iter().flatten().flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        let id = file.strip_prefix(&begins).and_then(|rest| rest.strip_suffix(".tmp"));
        let is_gone = |id: &str| id.parse::<u32>().is_ok() && !processes.join(id).exists();
        if id.is_some_and(is_gone) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn cannot(path: &Path, error: &io::Error) -> BadInput {
    let shown = path.display().to_string();
    let remedy = match error.kind() {
        io::ErrorKind::NotFound => "make the folder first, or name another",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room, and run again",
        _ => "check the folder, its permissions and free space",
    };
    BadInput::of_file(&shown, format!("cannot be written: {}", plain_words(error)), remedy)
}

/// `path` is the input file, or a file of the layout or an export of a shop within the input folder.
fn is_input(path: &Path, input: &Path) -> bool {
    let same = |a: &Path, b: &Path| matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b);
    if !input.is_dir() {
        return same(path, input);
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.strip_suffix(".zst").unwrap_or(&name);
    let is_named = RULE_FILES.contains(&name) || layout().iter().any(|layout| layout.file == name);
    (is_named || is_export(path)) && same(parent(path), input)
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
    #[test]
    fn a_shops_exports_are_never_overwritten_under_any_name() {
        let orders = "Name,Created at,Lineitem quantity,Lineitem name\n";
        let dir = Scratch::new(&[("november.csv", orders), ("old.csv", "a,b\n")]);
        let path = |name: &str| dir.path().join(name);
        assert!(OutFile::create(&path("november.csv"), &[dir.path()]).is_err());
        assert!(OutFile::create(&path("old.csv"), &[dir.path()]).is_ok());
    }

    #[test]
    fn two_results_are_not_written_to_one_file() {
        let dir = Scratch::new(&[]);
        let (plain, other) = (dir.path().join("a.csv"), dir.path().join("b.csv"));
        fs::create_dir(dir.path().join("sub")).unwrap();
        let roundabout = dir.path().join("sub/../a.csv");
        assert!(demand_different(&[&plain, &other]).is_ok());
        assert!(demand_different(&[&plain, &plain]).unwrap_err().problem.contains("two results"));
        assert!(
            demand_different(&[&plain, &roundabout]).unwrap_err().problem.contains("is the same file as")
        );
        assert!(demand_different(&[Path::new("-"), Path::new("/dev/stdout")]).is_err());
    }

    #[test]
    fn what_a_stopped_run_left_is_removed_by_the_next() {
        let dir = Scratch::new(&[(".out.csv.4294967295.tmp", "half"), (".out.csv.mine.tmp", "kept")]);
        if !Path::new("/proc/self").exists() {
            return;
        }
        OutFile::create(&dir.path().join("out.csv"), &[]).unwrap().finish().unwrap();
        assert!(!dir.path().join(".out.csv.4294967295.tmp").exists());
        assert!(dir.path().join(".out.csv.mine.tmp").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_its_file_gets_the_content() {
        let dir = Scratch::new(&[("real.csv", "old")]);
        let path = |name: &str| dir.path().join(name);
        std::os::unix::fs::symlink("real.csv", path("link.csv")).unwrap();
        std::os::unix::fs::symlink("new.csv", path("ahead.csv")).unwrap();
        for (link, real) in [("link.csv", "real.csv"), ("ahead.csv", "new.csv")] {
            let mut out = OutFile::create(&path(link), &[]).unwrap();
            out.write_all(b"new").unwrap();
            out.finish().unwrap();
            assert_eq!(fs::read_to_string(path(real)).unwrap(), "new");
            assert!(fs::symlink_metadata(path(link)).unwrap().is_symlink());
        }
        std::os::unix::fs::symlink("orders.csv", path("trap.csv")).unwrap();
        fs::write(path("orders.csv"), "").unwrap();
        assert!(OutFile::create(&path("trap.csv"), &[dir.path()]).is_err(), "a link to an input is an input");
    }
}
