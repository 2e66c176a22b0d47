//! Secrets that people type: a line of standard input, not shown while it is typed.
//!
//! Owns: the prompt. Refuses to know: what the secret is for. Invariant: no secret is an argument, which other users of
//! the machine could read.

use crate::fault::Fault;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use std::io::{self, BufRead, IsTerminal, Read};

/// Bytes of a line that are read: longer than any password may be.
const MOST_BYTES: u64 = 4_096;

/// Asks for a secret; from a pipe its first line is read without a word.
pub(crate) fn secret(what: &str) -> Result<String, Fault> {
    let input = io::stdin();
    if !input.is_terminal() {
        return line(&input);
    }
    eprint!("{what}: ");
    let hidden = Hidden::begin(&input);
    let line = line(&input);
    drop(hidden);
    eprintln!();
    line
}

fn line(input: &io::Stdin) -> Result<String, Fault> {
    let mut line = String::new();
    input.lock().take(MOST_BYTES).read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// While it lives, the terminal does not show what is typed.
struct Hidden<'i> {
    input: &'i io::Stdin,
    before: Termios,
}

impl Hidden<'_> {
    /// `None`: it is no terminal that can hide.
    fn begin(input: &io::Stdin) -> Option<Hidden<'_>> {
        let before = tcgetattr(input).ok()?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        tcsetattr(input, OptionalActions::Now, &quiet).ok()?;
        Some(Hidden { input, before })
    }
}

impl Drop for Hidden<'_> {
    fn drop(&mut self) {
        // Nothing can be done about a terminal that is gone.
        let _ = tcsetattr(self.input, OptionalActions::Now, &self.before);
    }
}
