//! What a backup holds, in a file beside it: one line of JSON, and a line with the sum of the first.

use super::{BackupError, fault, remove, rename, settle, unsound, with_ending};
use crate::tables::{Sum, hex};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// What a backup holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub made_at_ms: i64,
    pub bytes: u64,
    /// Of the whole file, hexadecimal.
    pub sha256: String,
    /// The newest step of the schema.
    pub schema: i64,
    /// What every table holds; the ledger's and the events' among them.
    pub tables: Vec<Sum>,
}

/// Bytes of a manifest: some hundred tables.
const MOST_BYTES: u64 = 1 << 20;

impl Manifest {
    pub(super) fn write(&self, file: &Path) -> Result<(), BackupError> {
        let line = serde_json::to_string(self).map_err(|error| fault(file)(error))?;
        let sum = hex(&Sha256::digest(&line));
        let beside = with_ending(file, ".part");
        remove(&beside)?;
        fs::write(&beside, format!("{line}\n{sum}\n")).map_err(|error| fault(&beside)(error))?;
        settle(&beside)?;
        rename(&beside, file)
    }

    pub(super) fn read(file: &Path) -> Result<Manifest, BackupError> {
        let bytes = fs::metadata(file).map_err(|error| fault(file)(error))?.len();
        if bytes > MOST_BYTES {
            return Err(unsound(file, "it is too long for a manifest".into()));
        }
        let text = fs::read(file).map_err(|error| fault(file)(error))?;
        let text = String::from_utf8(text).map_err(|_| unsound(file, "it is no plain text".into()))?;
        let parts = text.strip_suffix('\n').and_then(|text| text.split_once('\n'));
        let sound = parts.filter(|(line, sum)| hex(&Sha256::digest(line)) == *sum);
        let (line, _) = sound.ok_or_else(|| unsound(file, "it is not what was written".into()))?;
        serde_json::from_str(line).map_err(|error| unsound(file, error.to_string()))
    }
}
