//! How a command ends.

use connect::files::{BadInput, BadInputs};
use engine::rules::RuleError;
use std::fmt;
use std::io;

/// A command that ran to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    Fine,
    /// Something was found that a person must look at.
    LookAtIt,
}

/// What keeps a command from running.
#[derive(Debug)]
pub(crate) enum Fault {
    Inputs(BadInputs),
    /// Name of the file of rules, and what is wrong in it.
    Rules(String, Vec<RuleError>),
    Replay(replay::ReplayError),
    /// What happened, and what to do.
    Other(String),
    /// Nobody reads our output any more: a closed pipe, which is no fault of anybody.
    Closed,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Inputs(inputs) => write!(f, "{inputs}"),
            Fault::Rules(file, errors) => {
                let lines: Vec<String> = errors.iter().map(|error| format!("{file}, {error}")).collect();
                f.write_str(&lines.join("\n"))
            }
            Fault::Replay(error) => match std::error::Error::source(error) {
                Some(cause) => write!(f, "{cause}"),
                None => write!(f, "{error}"),
            },
            Fault::Other(what) => f.write_str(what),
            Fault::Closed => Ok(()),
        }
    }
}

impl From<BadInputs> for Fault {
    fn from(inputs: BadInputs) -> Fault {
        Fault::Inputs(inputs)
    }
}

impl From<BadInput> for Fault {
    fn from(input: BadInput) -> Fault {
        Fault::Inputs(BadInputs(vec![input]))
    }
}

impl From<replay::ReplayError> for Fault {
    fn from(error: replay::ReplayError) -> Fault {
        Fault::Replay(error)
    }
}

/// Standard output that cannot be written to.
impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Fault::Closed,
            _ => Fault::Other(format!("the output cannot be written: {}", plain_words(&error))),
        }
    }
}

/// Why the system refused, in plain words: `there is no such file`, not `(os error 2)`.
pub(crate) fn plain_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::InvalidData => "it is not text in UTF-8".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

/// Writes a line to standard output.
pub(crate) fn say(line: impl fmt::Display) -> Result<(), Fault> {
    use std::io::Write;
    writeln!(io::stdout().lock(), "{line}")?;
    Ok(())
}
