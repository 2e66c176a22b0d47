//! Starts the cargo that started us.
//!
//! Owns: a clean environment for the inner cargo, and passing its output on line by line.

use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// `cargo <args>` at the root of the checkout, ready to run.
///
/// The variables that the outer `cargo run` sets for this very package are taken away again: build scripts
/// of dependencies watch some of them and would otherwise run anew on every change between `cargo xtask`
/// and plain `cargo`.
pub(crate) fn cargo(root: &Path, args: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = command(root, Path::new(&program));
    command.args(args);
    command
}

/// A program that starts a cargo of its own, at the root of the checkout: without the same variables.
pub(crate) fn command(root: &Path, program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_set_for_the_package) {
            command.env_remove(name);
        }
    }
    command
}

fn is_set_for_the_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_")
        || name.starts_with("CARGO_MANIFEST_")
        || matches!(name, "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "OUT_DIR")
}

/// Is this cargo subcommand installed?
pub(crate) fn has(root: &Path, subcommand: &str) -> bool {
    let mut probe = cargo(root, &[subcommand, "--version"]);
    probe.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

/// Runs a command with its output going straight to ours. The error names the command.
pub(crate) fn pass_through(mut command: Command) -> Result<(), String> {
    let said = name_of(&command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{said}` failed ({status})")),
        Err(error) => Err(format!("`{said}` did not start: {error}")),
    }
}

/// A finished run whose lines were shown as they came and kept as well.
pub(crate) struct Heard {
    /// The command as a person would type it.
    pub(crate) said: String,
    pub(crate) succeeded: bool,
    /// Both streams; the order between them is not kept.
    pub(crate) lines: Vec<String>,
}

/// Runs a command, shows its output at once and keeps its lines.
pub(crate) fn listen(mut command: Command) -> Result<Heard, String> {
    let said = name_of(&command);
    if std::io::stdout().is_terminal() && std::env::var_os("CARGO_TERM_COLOR").is_none() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("`{said}` did not start: {error}"))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let lines = thread::scope(|scope| {
        let from_out = scope.spawn(|| out.map(|pipe| copy_lines(pipe, std::io::stdout())));
        let from_err = scope.spawn(|| err.map(|pipe| copy_lines(pipe, std::io::stderr())));
        let mut lines = from_out.join().ok().flatten().unwrap_or_default();
        lines.extend(from_err.join().ok().flatten().unwrap_or_default());
        lines
    });
    let status = child.wait().map_err(|error| format!("`{said}` was lost: {error}"))?;
    Ok(Heard { said, succeeded: status.success(), lines })
}

/// A closed output on our side (`| head`) must not stop the runner, so writing may fail in silence.
fn copy_lines(from: impl Read, mut to: impl Write) -> Vec<String> {
    let mut from = BufReader::new(from);
    let mut lines = Vec::new();
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let _ = to.write_all(&line).and_then(|()| to.flush());
        lines.push(String::from_utf8_lossy(&line).trim_end().to_string());
        line.clear();
    }
    lines
}

fn name_of(command: &Command) -> String {
    let args: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy()).collect();
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    format!("{program} {}", args.join(" "))
}
