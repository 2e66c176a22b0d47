//! A PostgreSQL server of a test's own, which the test may restart.
//!
//! The server for ordinary tests belongs to all of them: nobody restarts that one.

use crate::place::is_postgres_required;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Where Debian keeps the programs of each version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// The user whom Debian makes for it: the server refuses to run as root.
const USER: &str = "postgres";

/// A running server on a free port of loopback; it ends with this value.
pub(crate) struct Cluster {
    programs: PathBuf,
    folder: TempDir,
    is_root: bool,
    flags: String,
    pub(crate) place: String,
}

impl Cluster {
    /// Starts one; `None`, with a word on why: the programs are not installed.
    pub(crate) fn start() -> Option<Cluster> {
        let Some(programs) = programs() else {
            assert!(!is_postgres_required(), "no PostgreSQL is installed, and everything is to be tried");
            eprintln!("no PostgreSQL is installed: its restart is not tested");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let id = Command::new("id").arg("-u").output().unwrap();
        let is_root = id.stdout.trim_ascii() == b"0";
        if is_root {
            run(Command::new("chown").arg(USER).arg(folder.path()));
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let flags = format!("-p {port} -k {} -c listen_addresses=127.0.0.1", folder.path().display());
        let place = format!("postgres://baton@127.0.0.1:{port}/postgres");
        let cluster = Cluster { programs, folder, is_root, flags, place };
        cluster.do_with("initdb", &["-A", "trust", "-U", "baton", "--locale=C", "-E", "UTF8"]);
        cluster.control("start", "fast");
        Some(cluster)
    }

    /// `fast`: it says goodbye to everybody; `immediate`: as after a crash, and it recovers from its log.
    pub(crate) fn restart(&self, mode: &str) {
        self.control("restart", mode);
    }

    fn control(&self, what: &str, mode: &str) {
        let log = self.folder.path().join("log").display().to_string();
        let said = ["-l", &log, "-w", "-m", mode, what];
        match what {
            "stop" => self.do_with("pg_ctl", &said[2..]),
            _ => self.do_with("pg_ctl", &[&["-o", &self.flags], &said[..]].concat()),
        }
    }

    fn do_with(&self, program: &str, arguments: &[&str]) {
        let path = self.programs.join(program);
        let mut command = match self.is_root {
            true => Command::new("runuser"),
            false => Command::new(&path),
        };
        if self.is_root {
            command.args(["-u", USER, "--"]).arg(path);
        }
        let data = self.folder.path().join("data");
        run(command.arg("-D").arg(data).args(arguments).current_dir(self.folder.path()));
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.control("stop", "immediate");
    }
}

/// Its output goes nowhere: a server that it starts would keep a pipe open.
fn run(command: &mut Command) {
    let done = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(done.success(), "{command:?}: {done}");
}

/// The folder of the newest version.
fn programs() -> Option<PathBuf> {
    let has_programs = |bin: &PathBuf| ["initdb", "pg_ctl"].iter().all(|name| bin.join(name).is_file());
    let versions = Path::new(DEBIAN).read_dir().into_iter().flatten().flatten();
    let newest = versions.map(|version| version.path().join("bin")).filter(has_programs).max();
    let on_path = std::env::var_os("PATH")?;
    newest.or_else(|| std::env::split_paths(&on_path).find(has_programs))
}
