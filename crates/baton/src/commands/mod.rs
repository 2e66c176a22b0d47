//! One file per command.

pub(crate) mod assess;
pub(crate) mod backup;
pub(crate) mod basis;
pub(crate) mod bench;
pub(crate) mod check;
pub(crate) mod copy;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod figures;
pub(crate) mod formats;
pub(crate) mod grid;
pub(crate) mod import;
pub(crate) mod migrate;
pub(crate) mod oracle;
pub(crate) mod publish;
pub(crate) mod replay;
pub(crate) mod report;
pub(crate) mod route;
pub(crate) mod rule_cases;
pub(crate) mod rules;
pub(crate) mod serve;
pub(crate) mod shortfall;
pub(crate) mod token;
pub(crate) mod user;
