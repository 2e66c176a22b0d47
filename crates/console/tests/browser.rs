//! That no page of the console is forgotten in a browser: each route that answers GET is named in `browser/pages.mjs`, with
//! the pages that are looked at or, with what it answers instead, among those that are none.

use axum::http::Method;
use std::path::Path;

#[test]
fn every_page_is_looked_at_in_a_browser_or_said_to_be_none() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../browser/pages.mjs");
    let named = std::fs::read_to_string(file).unwrap();
    let pages = console::pages();
    let routes = pages.table().iter().filter(|entry| entry.method == Method::GET);
    let paths: Vec<&str> = routes.map(|entry| entry.path.as_str()).collect();
    assert!(paths.len() > 40, "{} pages", paths.len());
    let forgotten: Vec<&&str> = paths.iter().filter(|path| !named.contains(&format!("'{path}'"))).collect();
    assert!(forgotten.is_empty(), "browser/pages.mjs has no line for {forgotten:?}");
}
