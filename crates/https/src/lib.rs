//! Certificates for serving over HTTPS: from a CA of one's own, from files, or from an ACME server.
//!
//! Owns: keys and certificates, where they are kept, when they are renewed, and what people are told of them. Refuses to
//! know: sockets that answer, what is served, and the clock: the time is handed in. Invariant: a key is in a file that its
//! owner alone may read, and nowhere else: not in the books, not in a log, not in a message.
//!
//! `ca` signs names; `own`, `files` and `acme` each are a way to a certificate; `https` shows the newest of one way to
//! whoever comes, and asks the way again from time to time.

mod acme;
mod acme_client;
mod ca;
mod certificate;
mod files;
mod folder;
mod https;
mod name;
mod own;
mod profile;

pub use acme::{Acme, PUBLIC_DIRECTORY, Signer};
pub use ca::Ca;
pub use certificate::{Facts, Pair};
pub use files::Files;
pub use folder::{Folder, is_private};
pub use https::{Failure, Https, Ports, State, Way};
pub use name::{Name, outward, own_names};
pub use own::{Find, Own};
pub use profile::profile;

use std::fmt;

/// Files of the folder that another program reads, to look at them.
pub mod kept {
    pub const CA: &str = "ca.crt";
    pub const CA_KEY: &str = "ca.key";
    /// A certificate and its key, of one's own CA.
    pub const OWN: &str = "own.pem";
    /// The same from an ACME server.
    pub const ACME: &str = "acme.pem";
    pub const ACCOUNT: &str = "acme-account.json";
    /// Those with a key in them.
    pub const SECRETS: [&str; 4] = [CA_KEY, OWN, ACME, ACCOUNT];
}

/// Why there is no certificate, in words for whoever runs the program. Nothing of a key is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault(pub String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

pub(crate) fn fault(say: impl Into<String>) -> Fault {
    Fault(say.into())
}
