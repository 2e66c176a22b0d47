//! Under construction.

pub struct Demo;
pub struct DemoPlan;
pub struct ZipPoint;
