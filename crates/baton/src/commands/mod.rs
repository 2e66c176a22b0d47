//! One file per command.

pub(crate) mod assess;
pub(crate) mod basis;
pub(crate) mod bench;
pub(crate) mod demo;
pub(crate) mod explain;
pub(crate) mod figures;
pub(crate) mod formats;
pub(crate) mod grid;
pub(crate) mod import;
pub(crate) mod oracle;
pub(crate) mod replay;
pub(crate) mod report;
pub(crate) mod route;
pub(crate) mod rule_cases;
pub(crate) mod rules;
pub(crate) mod serve;
pub(crate) mod shortfall;
