//! A certificate with its key, and what it says of itself.
//!
//! Owns: reading them, and when a certificate is due for the next. Refuses to know: where they come from.

use crate::name::Name;
use crate::{Fault, fault};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::sync::Arc;
use x509_parser::prelude::{FromDer, GeneralName, ParsedExtension, X509Certificate};

/// The longest chain that is read.
const MOST_IN_CHAIN: usize = 10;

/// What a certificate says of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// Names and addresses, as they stand in it.
    pub names: Vec<String>,
    /// Milliseconds since 1970, UTC, as all times here.
    pub valid_from_ms: i64,
    pub valid_until_ms: i64,
    /// SHA-256 of the whole certificate: `AB:CD:…`.
    pub fingerprint: String,
}

impl Facts {
    /// Of the first certificate of a text.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn of_pem(pem: &str) -> Result<Facts, Fault> {
        let der = CertificateDer::from_pem_slice(pem.as_bytes());
        Facts::of(
            &der.map_err(|_| fault("there is no certificate in it; it must begin with BEGIN CERTIFICATE"))?,
        )
    }

    pub(crate) fn of(der: &CertificateDer<'_>) -> Result<Facts, Fault> {
        let read = X509Certificate::from_der(der);
        let (_, certificate) =
            read.map_err(|error| fault(format!("the certificate cannot be read: {error}")))?;
        let mut names = Vec::new();
        for extension in certificate.extensions() {
            if let ParsedExtension::SubjectAlternativeName(all) = extension.parsed_extension() {
                names.extend(all.general_names.iter().filter_map(name));
            }
        }
        let validity = certificate.validity();
        let ms = |seconds: i64| seconds.saturating_mul(1_000);
        Ok(Facts {
            names,
            valid_from_ms: ms(validity.not_before.timestamp()),
            valid_until_ms: ms(validity.not_after.timestamp()),
            fingerprint: fingerprint(der),
        })
    }

    /// At two thirds of its life: then a third is left to try again.
    pub fn is_due(&self, now_ms: i64) -> bool {
        now_ms >= self.due_ms()
    }

    pub fn due_ms(&self) -> i64 {
        self.valid_from_ms + (self.valid_until_ms - self.valid_from_ms) / 3 * 2
    }

    pub fn is_for(&self, name: &Name) -> bool {
        self.names.iter().any(|pattern| name.is_covered_by(pattern))
    }
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some(name.to_ascii_lowercase()),
        GeneralName::IPAddress(bytes) => {
            let v4 = <[u8; 4]>::try_from(*bytes).map(IpAddr::from);
            let v6 = <[u8; 16]>::try_from(*bytes).map(IpAddr::from);
            v4.or(v6).ok().map(|address| address.to_string())
        }
        _ => None,
    }
}

fn fingerprint(der: &CertificateDer<'_>) -> String {
    let bytes: Vec<String> = Sha256::digest(der).iter().map(|byte| format!("{byte:02X}")).collect();
    bytes.join(":")
}

/// A chain and its key, ready to be shown.
#[derive(Clone, Debug)]
pub struct Pair {
    pub facts: Facts,
    pub(crate) shown: Arc<CertifiedKey>,
}

impl Pair {
    /// The chain from one text, the key from another; both may be the same.
    ///
    /// # Errors
    /// One of them cannot be read, or the key is of another certificate.
    pub fn read(chain: &str, key: &str) -> Result<Pair, Fault> {
        let chain: Result<Vec<_>, _> =
            CertificateDer::pem_slice_iter(chain.as_bytes()).take(MOST_IN_CHAIN).collect();
        let chain = chain.map_err(|_| fault("the certificate is no PEM text"))?;
        let first = chain
            .first()
            .ok_or_else(|| fault("there is no certificate in it; it must begin with BEGIN CERTIFICATE"))?;
        let facts = Facts::of(first)?;
        // What is wrong with a key is not told in detail: it would be of the key.
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|_| {
            fault("there is no key in it; it must begin with BEGIN PRIVATE KEY, without a password")
        })?;
        let shown = CertifiedKey::from_der(chain, key, &ring::default_provider())
            .map_err(|_| fault("the key is not of this certificate, or of a kind that is not known"))?;
        Ok(Pair { facts, shown: Arc::new(shown) })
    }
}
