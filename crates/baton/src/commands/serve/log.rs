//! What the running program tells of itself, on standard error.

use clap::ValueEnum;
use serde::Deserialize;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// For whom it is written.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LogForm {
    #[default]
    Text,
    Json,
}

/// Starts the log. `RUST_LOG` chooses what is told; without it, what is worth a look.
pub(super) fn start(form: LogForm) {
    let filter = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).from_env_lossy();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // An error: somebody started one before, and that one stays.
    let _ = match form {
        LogForm::Text => log.compact().try_init(),
        LogForm::Json => log.json().try_init(),
    };
}
