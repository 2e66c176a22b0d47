//! A certificate and a key that somebody else puts into files, and puts there again when they are renewed.
//!
//! Owns: noticing that they changed. Refuses to know: who renews them. One that cannot be used leaves the last in place.

use crate::certificate::Pair;
use crate::folder::read;
use crate::{Fault, fault};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::Mutex;

pub struct Files {
    certificate: PathBuf,
    key: PathBuf,
    /// Of what was used last.
    seen: Mutex<Option<[u8; 32]>>,
}

impl Files {
    pub fn new(certificate: PathBuf, key: PathBuf) -> Files {
        Files { certificate, key, seen: Mutex::default() }
    }

    /// The certificate to show, when it is another than the one that is shown.
    pub(crate) fn next(&self) -> Result<Option<Pair>, Fault> {
        let (certificate, key) = (read(&self.certificate)?, read(&self.key)?);
        let now = Sha256::new().chain_update(&certificate).chain_update(&key).finalize().into();
        let mut seen = self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if *seen == Some(now) {
            return Ok(None);
        }
        let pair = Pair::read(&certificate, &key).map_err(|why| {
            fault(format!("{} with {}: {why}", self.certificate.display(), self.key.display()))
        })?;
        *seen = Some(now);
        Ok(Some(pair))
    }
}
