//! How a command ends.

use connect::files::{BadInput, BadInputs, is_standard_output, plain_words};
use engine::rules::RuleError;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::OnceLock;

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
        if input.is_closed_pipe() { Fault::Closed } else { Fault::Inputs(BadInputs(vec![input])) }
    }
}

impl From<replay::ReplayError> for Fault {
    fn from(error: replay::ReplayError) -> Fault {
        let input = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<BadInput>());
        if input.is_some_and(BadInput::is_closed_pipe) {
            return Fault::Closed;
        }
        if let replay::ReplayError::OutOfOrder { earlier, later, minutes } = &error {
            let minutes = model::words::count(minutes.unsigned_abs(), "minute");
            let problem =
                format!("order {later} was placed {minutes} before order {earlier}, which comes first");
            return BadInput::of_file("orders.csv", problem, "correct placed_at, or sort the orders by it")
                .into();
        }
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

/// Set once a result is written to standard output: what is said besides would spoil it.
static RESULT_ON_STANDARD_OUTPUT: OnceLock<()> = OnceLock::new();

/// Leaves standard output to results, where one of their paths names it.
pub(crate) fn leave_output_to(paths: &[&Path]) {
    if paths.iter().any(|path| is_standard_output(path)) {
        RESULT_ON_STANDARD_OUTPUT.get_or_init(|| ());
    }
}

/// Writes a line to standard output; to standard error where the other holds a result.
pub(crate) fn say(line: impl fmt::Display) -> Result<(), Fault> {
    use std::io::Write;
    match RESULT_ON_STANDARD_OUTPUT.get() {
        Some(()) => writeln!(io::stderr().lock(), "{line}")?,
        None => writeln!(io::stdout().lock(), "{line}")?,
    }
    Ok(())
}

/// A sentence of the system without its number: `permission denied (os error 13)`.
pub(crate) fn without_numbers(text: &str) -> String {
    match text.split_once(" (os error ") {
        Some((before, after)) => format!("{before}{}", after.split_once(')').map_or("", |(_, rest)| rest)),
        None => text.to_owned(),
    }
}
