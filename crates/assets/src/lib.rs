//! What a browser loads: script, stylesheets, icons and fonts, in memory, each under a name that says its content.
//!
//! Owns: the names, and how files are sent: for ever, as brotli or gzip where the browser takes it. Knows nothing of any
//! page, nor of the rest of Baton. `build.rs` says where the files come from.

mod files;
mod serve;

pub use files::{file, icons, is_plain, url};
pub use serve::router;
