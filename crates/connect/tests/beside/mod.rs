//! The shared data folder beside a checkout.

use std::path::{Path, PathBuf};

/// A path in the shared folder, or `None` with a word about it.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if root.is_dir() {
        return Some(root.join(path));
    }
    assert!(std::env::var("BATON_REQUIRE_SHARED").as_deref() != Ok("1"), "the shared folder is required");
    println!("skipped: no shared folder beside the checkout");
    None
}
