//! The certificate that is shown, and how it stands with the next.
//!
//! Owns: showing the newest, asking its way for another, when to try again after a failure, and what people are told.
//! Refuses to know: how a certificate is come by, and sockets. Invariant: a failure never takes away what is shown.

use crate::acme::Acme;
use crate::ca::Ca;
use crate::certificate::{Facts, Pair};
use crate::files::Files;
use crate::name::{Name, outward};
use crate::own::Own;
use crate::{Fault, fault};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

const MINUTE_MS: i64 = 60_000;
/// After the first failure of an ACME server: those allow few in an hour.
const FIRST_WAIT_MS: i64 = 5 * MINUTE_MS;
/// From then on twice as long each time, up to this.
const LONGEST_WAIT_MS: i64 = 12 * 60 * MINUTE_MS;

/// Where certificates come from.
#[expect(clippy::large_enum_variant, reason = "a process has one of them")]
pub enum Way {
    Own(Own),
    Files(Files),
    Acme(Acme),
}

impl Way {
    /// What is asked for, before there is a certificate.
    fn first_name(&self) -> Option<String> {
        match self {
            Way::Acme(acme) => acme.domains.first().cloned(),
            Way::Own(_) | Way::Files(_) => None,
        }
    }

    pub fn code(&self) -> &'static str {
        match self {
            Way::Own(_) => "own",
            Way::Files(_) => "files",
            Way::Acme(_) => "acme",
        }
    }
}

/// Where the program answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ports {
    pub plain: u16,
    pub secure: u16,
}

/// The last try failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    pub why: String,
    pub at_ms: i64,
    pub again_ms: i64,
    /// So many in a row.
    pub tries: u32,
}

impl Failure {
    /// A clock that was set back must not make anybody wait for ever.
    fn is_to_wait(&self, now_ms: i64) -> bool {
        (1..=LONGEST_WAIT_MS).contains(&(self.again_ms - now_ms))
    }
}

/// How it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct State {
    pub way: &'static str,
    /// `None`: there is no certificate yet.
    pub shown: Option<Facts>,
    pub failure: Option<Failure>,
    /// Of the shop's own CA, for comparing on a device.
    pub ca: Option<Facts>,
    /// The address of the page on which a device gets the CA.
    pub trust_url: Option<String>,
    /// The address of the console, as it is or will be.
    pub url: Option<String>,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Https(Arc<Inner>);

struct Inner {
    way: Way,
    ports: Ports,
    shown: Arc<Shown>,
    failure: Mutex<Option<Failure>>,
    config: Arc<ServerConfig>,
}

impl Https {
    /// # Errors
    /// The library of TLS cannot be set up.
    pub fn new(way: Way, ports: Ports) -> Result<Https, Fault> {
        let shown = Arc::new(Shown::default());
        let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder
            .with_safe_default_protocol_versions()
            .map_err(|error| fault(format!("TLS cannot be used: {error}")))?;
        let mut config =
            builder.with_no_client_auth().with_cert_resolver(shown.clone() as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let failure = Mutex::default();
        Ok(Https(Arc::new(Inner { way, ports, shown, failure, config: Arc::new(config) })))
    }

    /// For whoever shakes hands.
    pub fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.0.config)
    }

    pub fn ports(&self) -> Ports {
        self.0.ports
    }

    pub fn has_certificate(&self) -> bool {
        self.0.shown.now().is_some()
    }

    /// Looks whether another certificate is due, and gets it. A failure is told and tried again, for ever.
    pub async fn tend(&self, now_ms: i64) {
        if self.failure().is_some_and(|failure| failure.is_to_wait(now_ms)) {
            return;
        }
        let shown = self.0.shown.now();
        let next = match &self.0.way {
            Way::Own(own) => own.next(shown.as_ref(), now_ms),
            Way::Files(files) => files.next(),
            Way::Acme(acme) => acme.next(shown.as_ref(), now_ms).await,
        };
        match next {
            Ok(next) => {
                if let Some(pair) = next {
                    tracing::info!(
                        names = pair.facts.names.join(" "),
                        "another certificate is shown from now on"
                    );
                    self.0.shown.show(pair);
                }
                *self.0.failure.lock().unwrap_or_else(PoisonError::into_inner) = None;
            }
            Err(why) => self.note(&why, now_ms),
        }
    }

    fn note(&self, Fault(why): &Fault, now_ms: i64) {
        let mut failure = self.0.failure.lock().unwrap_or_else(PoisonError::into_inner);
        let tries = failure.as_ref().map_or(0, |before| before.tries) + 1;
        let wait_ms = match &self.0.way {
            Way::Acme(_) => wait_ms(tries),
            Way::Own(_) | Way::Files(_) => MINUTE_MS,
        };
        tracing::warn!(why, tries, "there is no new certificate");
        *failure = Some(Failure { why: why.clone(), at_ms: now_ms, again_ms: now_ms + wait_ms, tries });
    }

    pub fn failure(&self) -> Option<Failure> {
        self.0.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn state(&self) -> State {
        let shown = self.0.shown.now().map(|pair| pair.facts);
        let name = shown.as_ref().and_then(best_name).or_else(|| self.0.way.first_name());
        let ca = self.ca().map(|ca| ca.facts.clone());
        let trust_url = ca.as_ref().and(name.as_deref()).map(|name| {
            let port = port(self.0.ports.plain, 80);
            format!("http://{name}{port}/trust")
        });
        let url = name.map(|name| format!("https://{name}{}", port(self.0.ports.secure, 443)));
        State { way: self.0.way.code(), shown, failure: self.failure(), ca, trust_url, url }
    }

    /// The shop's own.
    pub fn ca(&self) -> Option<&Ca> {
        match &self.0.way {
            Way::Own(own) => Some(&own.ca),
            Way::Files(_) | Way::Acme(_) => None,
        }
    }

    /// What an ACME server asks for at `/.well-known/acme-challenge/TOKEN`.
    pub fn challenge(&self, token: &str) -> Option<String> {
        match &self.0.way {
            Way::Acme(acme) => acme.challenge(token),
            Way::Own(_) | Way::Files(_) => None,
        }
    }

    /// The address under which a page is there over HTTPS: with the name that was asked for if the certificate is for it.
    pub fn instead_of(&self, host: Option<&str>, path: &str) -> Option<String> {
        let facts = self.0.shown.now()?.facts;
        let asked = host.and_then(without_port).and_then(|name| name.parse::<Name>().ok());
        let name = match asked.filter(|name| facts.is_for(name)) {
            Some(name) => name.in_url(),
            None => best_name(&facts)?,
        };
        Some(format!("https://{name}{}{path}", port(self.0.ports.secure, 443)))
    }
}

/// The name by which others reach this machine: its address where it has one, since every device can use that.
fn best_name(facts: &Facts) -> Option<String> {
    let names: Vec<Name> = facts.names.iter().filter_map(|name| name.parse().ok()).collect();
    let is_foreign = |name: &&Name| match name {
        Name::Address(address) => !address.is_loopback(),
        Name::Dns(name) => name != "localhost",
    };
    let out =
        outward().map(Name::Address).filter(|name| names.contains(name)).filter(|name| is_foreign(&name));
    let v4 =
        || names.iter().filter(is_foreign).find(|name| matches!(name, Name::Address(IpAddr::V4(_)))).cloned();
    let any = || names.iter().find(is_foreign).cloned();
    out.or_else(v4).or_else(any).or_else(|| names.first().cloned()).map(|name| name.in_url())
}

fn without_port(host: &str) -> Option<&str> {
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => host.split(':').next(),
    }
}

fn port(port: u16, usual: u16) -> String {
    if port == usual { String::new() } else { format!(":{port}") }
}

/// How long after so many failures in a row.
fn wait_ms(tries: u32) -> i64 {
    let doubled = 1_i64.checked_shl(tries.saturating_sub(1).min(20)).unwrap_or(i64::MAX);
    FIRST_WAIT_MS.saturating_mul(doubled).min(LONGEST_WAIT_MS)
}

/// What a handshake is given: one certificate for all names.
#[derive(Default, Debug)]
struct Shown(RwLock<Option<Pair>>);

impl Shown {
    fn now(&self) -> Option<Pair> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn show(&self, pair: Pair) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(pair);
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.now().map(|pair| pair.shown)
    }
}

#[cfg(test)]
mod tests;
