//! A PostgreSQL server for the tests: made, started and ended here.
//!
//! Owns: finding the programs, a cluster in a folder of its own on a port of its own, on loopback alone.
//! Refuses to know: what is tested. Where the tests are given a server by hand, that one is used.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Names a server for the tests.
const SERVER: &str = "BATON_TEST_POSTGRES";
/// Where Debian keeps the programs of each version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// The user whom Debian makes for it: the server refuses to run as root.
const USER: &str = "postgres";

/// A running server; it ends with this value.
pub(crate) struct Server {
    programs: PathBuf,
    folder: TempDir,
    is_root: bool,
    /// As [`SERVER`] takes it.
    pub(crate) place: String,
}

/// Starts one. `None`, with a word on why: the programs are not installed, or a server is named already.
pub(crate) fn start() -> Result<Option<Server>, String> {
    if std::env::var_os(SERVER).is_some() {
        return Ok(None);
    }
    let Some(programs) = programs() else {
        println!("no PostgreSQL is installed: tests run on SQLite alone");
        return Ok(None);
    };
    let folder =
        TempDir::new_in(in_memory()).map_err(|error| format!("no folder for PostgreSQL: {error}"))?;
    let port = free_port()?;
    let is_root = is_root();
    let place = format!("postgres://baton@127.0.0.1:{port}/postgres");
    let server = Server { programs, folder, is_root, place };
    if is_root {
        run(Command::new("chown").arg(USER).arg(server.folder.path()))?;
    }
    let data = server.folder.path().join("data").display().to_string();
    run(&mut server
        .program("initdb", &["-D", &data, "-A", "trust", "-U", "baton", "--locale=C", "-E", "UTF8"]))?;
    let flags = format!(
        "-p {port} -k {} -c listen_addresses=127.0.0.1 -c max_connections=300",
        server.folder.path().display()
    );
    let log = server.folder.path().join("log").display().to_string();
    run(&mut server.program("pg_ctl", &["-D", &data, "-o", &flags, "-l", &log, "-w", "start"]))?;
    Ok(Some(server))
}

impl Server {
    /// Tells a command of the server.
    pub(crate) fn tell(&self, command: &mut Command) {
        command.env(SERVER, &self.place);
    }

    fn program(&self, name: &str, args: &[&str]) -> Command {
        let path = self.programs.join(name);
        let mut command = if self.is_root {
            let mut command = Command::new("runuser");
            command.args(["-u", USER, "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.args(args).current_dir(self.folder.path());
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.path().join("data").display().to_string();
        if let Err(say) = run(&mut self.program("pg_ctl", &["-D", &data, "-m", "immediate", "stop"])) {
            eprintln!("{say}");
        }
    }
}

/// A folder in memory, where there is one: hundreds of databases are made and dropped, and their flushes would be most of
/// the tests' time.
fn in_memory() -> PathBuf {
    let shared = PathBuf::from("/dev/shm");
    if shared.is_dir() { shared } else { std::env::temp_dir() }
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let done = done.and_then(std::process::Child::wait_with_output);
    match done {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("`{name}` failed: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(error) => Err(format!("`{name}` did not start: {error}")),
    }
}

/// The folder of the newest version.
fn programs() -> Option<PathBuf> {
    let versions =
        std::fs::read_dir(DEBIAN).into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let mut found: Vec<PathBuf> = versions.filter(|bin| has_programs(bin)).collect();
    found.sort();
    let on_path = std::env::var_os("PATH")?;
    found.pop().or_else(|| std::env::split_paths(&on_path).find(|bin| has_programs(bin)))
}

fn has_programs(bin: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres"].iter().all(|name| bin.join(name).is_file())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == "0")
}

/// A port that nobody listens on now.
fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    listener.map(|address| address.port()).map_err(|error| format!("no free port: {error}"))
}
