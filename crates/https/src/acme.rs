//! Certificates of an ACME server (RFC 8555), which comes by over plain HTTP to see that a name is ours (HTTP-01).
//!
//! Owns: the account, what is answered to the server while it looks, and the order of a certificate. Refuses to know: when
//! to try again. The key of the account and those of certificates are made here and are kept in the folder.

use crate::acme_client::Client;
use crate::certificate::Pair;
use crate::folder::Folder;
use crate::name::Name;
use crate::{Fault, fault, kept};
use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, ChallengeType, Identifier, NewAccount, NewOrder, Order,
    OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, DistinguishedName, KeyPair};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::timeout;

/// Free of charge, for names that the public net knows.
pub const PUBLIC_DIRECTORY: &str = "https://acme-v02.api.letsencrypt.org/directory";
/// An order as a whole: the server looks at each name in seconds.
const LONGEST_ORDER: Duration = Duration::from_secs(180);
/// Until the server has looked, and until it has signed.
const LONGEST_STEP: Duration = Duration::from_secs(60);

/// Who signs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signer {
    /// Where it tells what it can do.
    pub directory: String,
    /// What the server itself is trusted by. `None`: the public roots.
    pub root: Option<PathBuf>,
    /// An address of e-mail that it may write to.
    pub contact: Option<String>,
}

impl Default for Signer {
    fn default() -> Signer {
        Signer { directory: PUBLIC_DIRECTORY.to_owned(), root: None, contact: None }
    }
}

pub struct Acme {
    folder: Folder,
    pub(crate) domains: BTreeSet<String>,
    signer: Signer,
    /// What is answered, by token.
    asked: Mutex<BTreeMap<String, String>>,
}

/// An account is of one server.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    directory: String,
    credentials: T,
}

impl Acme {
    pub fn new(folder: Folder, domains: BTreeSet<String>, signer: Signer) -> Acme {
        Acme { folder, domains, signer, asked: Mutex::default() }
    }

    pub(crate) fn challenge(&self, token: &str) -> Option<String> {
        self.asked().get(token).cloned()
    }

    fn asked(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The certificate to show, when it is another than the one that is shown.
    pub(crate) async fn next(&self, shown: Option<&Pair>, now_ms: i64) -> Result<Option<Pair>, Fault> {
        if let (None, Some(kept)) = (shown, self.kept(now_ms)?) {
            return Ok(Some(kept));
        }
        if shown.is_some_and(|pair| !pair.facts.is_due(now_ms)) {
            return Ok(None);
        }
        let ordered = timeout(LONGEST_ORDER, self.order()).await;
        self.asked().clear();
        let text = ordered.map_err(|_| fault("the ACME server took longer than anybody waits"))??;
        let pair = Pair::read(&text, &text)?;
        self.folder.write_secret(kept::ACME, &text)?;
        Ok(Some(pair))
    }

    /// Of an earlier run, while it is for these names and not over.
    fn kept(&self, now_ms: i64) -> Result<Option<Pair>, Fault> {
        let Some(text) = self.folder.read_secret(kept::ACME)? else { return Ok(None) };
        let is_good = |pair: &Pair| {
            let is_for = |domain: &String| pair.facts.is_for(&Name::Dns(domain.clone()));
            now_ms < pair.facts.valid_until_ms && self.domains.iter().all(is_for)
        };
        Ok(Pair::read(&text, &text).ok().filter(is_good))
    }

    /// A chain and its key, in one text.
    async fn order(&self) -> Result<String, Fault> {
        let account = self.account().await?;
        let names: Vec<Identifier> = self.domains.iter().cloned().map(Identifier::Dns).collect();
        let mut order = account.new_order(&NewOrder::new(&names)).await.map_err(refused)?;
        self.prove(&mut order).await?;
        let steps = RetryPolicy::new().timeout(LONGEST_STEP);
        match order.poll_ready(&steps).await.map_err(refused)? {
            OrderStatus::Ready | OrderStatus::Valid => {}
            _ => return Err(fault(why_not(&mut order).await)),
        }
        let (key, request) =
            self.request().map_err(|error| fault(format!("no request can be made: {error}")))?;
        order.finalize_csr(&request).await.map_err(refused)?;
        let chain = order.poll_certificate(&steps).await.map_err(refused)?;
        Ok(format!("{chain}\n{key}"))
    }

    /// Tells the server where to look, for each name that it has not seen lately.
    async fn prove(&self, order: &mut Order) -> Result<(), Fault> {
        let mut authorizations = order.authorizations();
        while let Some(next) = authorizations.next().await {
            let mut authorization = next.map_err(refused)?;
            match authorization.status {
                AuthorizationStatus::Valid => continue,
                AuthorizationStatus::Pending => {}
                other => return Err(fault(format!("the ACME server says {other:?} of a name at once"))),
            }
            let mut challenge = authorization
                .challenge(ChallengeType::Http01)
                .ok_or_else(|| fault("the ACME server does not look by HTTP, and Baton has no other way"))?;
            let answer = challenge.key_authorization().as_str().to_owned();
            self.asked().insert(challenge.token.clone(), answer);
            challenge.set_ready().await.map_err(refused)?;
        }
        Ok(())
    }

    fn request(&self) -> Result<(String, Vec<u8>), rcgen::Error> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(self.domains.iter().cloned().collect::<Vec<_>>())?;
        params.distinguished_name = DistinguishedName::new();
        let request = params.serialize_request(&key)?;
        Ok((key.serialize_pem(), request.der().to_vec()))
    }

    async fn account(&self) -> Result<Account, Fault> {
        let client = || {
            Client::new(self.signer.root.as_deref())
                .map(|client| Account::builder_with_http(Box::new(client)))
        };
        let kept = self.folder.read_secret(kept::ACCOUNT)?;
        let kept = kept.and_then(|text| serde_json::from_str::<Kept<AccountCredentials>>(&text).ok());
        if let Some(kept) = kept.filter(|kept| kept.directory == self.signer.directory) {
            return client()?.from_credentials(kept.credentials).await.map_err(refused);
        }
        let contact: Vec<String> =
            self.signer.contact.iter().map(|address| format!("mailto:{address}")).collect();
        let contact: Vec<&str> = contact.iter().map(String::as_str).collect();
        let new =
            NewAccount { contact: &contact, terms_of_service_agreed: true, only_return_existing: false };
        let (account, credentials) =
            client()?.create(&new, self.signer.directory.clone(), None).await.map_err(refused)?;
        let kept = Kept { directory: self.signer.directory.clone(), credentials: &credentials };
        let text = serde_json::to_string(&kept).map_err(|_| fault("the account cannot be written"))?;
        self.folder.write_secret(kept::ACCOUNT, &text)?;
        Ok(account)
    }
}

/// What the server saw when it looked.
async fn why_not(order: &mut Order) -> String {
    let mut seen = Vec::new();
    let mut authorizations = order.authorizations();
    while let Some(Ok(mut authorization)) = authorizations.next().await {
        // What was known before it looked says nothing.
        if authorization.refresh().await.is_err() {
            continue;
        }
        let name = authorization.identifier().to_string();
        let errors = authorization.challenges.iter().filter_map(|challenge| challenge.error.as_ref());
        seen.extend(errors.map(|error| format!("{name}: {error}")));
    }
    if seen.is_empty() {
        return "the ACME server did not find the names to be ours".to_owned();
    }
    format!("the ACME server did not find the names to be ours: {}", seen.join("; "))
}

fn refused(error: instant_acme::Error) -> Fault {
    fault(format!("the ACME server: {error}"))
}
