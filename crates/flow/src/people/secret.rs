//! Random numbers that prove something, and their hashes.
//!
//! Owns: making and hashing them. Refuses to know: what they prove.

use crate::Refused;
use sha2::{Digest, Sha256};
use std::fmt;
use store::db::DbError;

/// 256 bits from the system, as hexadecimal digits behind a word that tells what it is. It is shown once and not kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// # Errors
    /// The system has no random numbers.
    pub(crate) fn new(word: &str) -> Result<Secret, Refused> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| DbError::Unavailable(error.to_string()))?;
        Ok(Secret(format!("{word}_{}", hexadecimal(&bytes))))
    }

    /// For the answer to whom it belongs, and nowhere else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn hash(&self) -> String {
        hash_of(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// SHA-256 is enough: 256 random bits cannot be guessed, so hashing them need not be slow.
pub(crate) fn hash_of(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{Secret, hash_of};

    #[test]
    fn a_secret_is_256_bits_and_does_not_show_itself() {
        let (one, other) = (Secret::new("tok").unwrap(), Secret::new("tok").unwrap());
        assert_eq!(one.reveal().len(), 4 + 64);
        assert_ne!(one, other);
        assert!(!format!("{one:?}").contains(&one.reveal()[4..]));
        assert_eq!(hash_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
