//! The sockets of `baton serve`, and the certificates shown there.
//!
//! Owns: which way to certificates was chosen, and asking for the next while the program runs. Refuses to know: how they
//! are come by.

use super::choices::{Choices, Kind, LISTEN, LISTEN_SECURELY, LISTEN_WIDELY, https_folder};
use super::listen;
use crate::books::now_ms;
use crate::fault::Fault;
use flow::baton::Stop;
use https::{Acme, Files, Folder, Https, Name, Own, Ports, Signer, Way, own_names};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;
use web::Doors;

/// Addresses of the machine and files change at any time; a look costs next to nothing.
const BETWEEN_LOOKS: Duration = Duration::from_secs(60);

pub(super) async fn doors(choices: &Choices, place: &str) -> Result<Doors, Fault> {
    if choices.kind() == Kind::Off {
        return Ok(listen(choices.listen.unwrap_or(LISTEN)).await?.into());
    }
    let way = way(choices, place)?;
    let first = listen(choices.listen.unwrap_or(LISTEN_WIDELY)).await?;
    let second = listen(choices.https_listen.unwrap_or(LISTEN_SECURELY)).await?;
    let ports = Ports { plain: first.local_addr()?.port(), secure: second.local_addr()?.port() };
    let is_asked_for = matches!(way, Way::Acme(_));
    let https = Https::new(way, ports).map_err(unusable)?;
    // An ACME server comes by to look, so it is asked when the program answers.
    if !is_asked_for {
        https.tend(now_ms()).await;
        if let Some(failure) = https.failure().filter(|_| !https.has_certificate()) {
            return Err(Fault::Other(failure.why));
        }
    }
    Ok(Doors { first, second: Some(second), https: Some(https) })
}

fn way(choices: &Choices, place: &str) -> Result<Way, Fault> {
    let folder = Folder(https_folder(choices.https_folder.as_deref(), place));
    Ok(match (choices.kind(), &choices.certificate, &choices.key) {
        (Kind::Files, Some(certificate), Some(key)) => {
            Way::Files(Files::new(certificate.clone(), key.clone()))
        }
        (Kind::Acme, ..) => Way::Acme(acme(choices, folder)?),
        _ => {
            let find = Arc::new(own_names);
            Way::Own(Own::open(folder, names(&choices.host)?, find, now_ms()).map_err(unusable)?)
        }
    })
}

fn acme(choices: &Choices, folder: Folder) -> Result<Acme, Fault> {
    let domain = |name: Name| match name {
        Name::Dns(name) => Ok(name),
        Name::Address(address) => {
            Err(Fault::Other(format!("--acme-domain takes names, and {address} is an address")))
        }
    };
    let domains = names(&choices.acme_domain)?.into_iter().map(domain).collect::<Result<_, _>>()?;
    let usual = Signer::default();
    let signer = Signer {
        directory: choices.acme_directory.clone().unwrap_or(usual.directory),
        root: choices.acme_root.clone(),
        contact: choices.acme_contact.clone(),
    };
    Ok(Acme::new(folder, domains, signer))
}

fn names(texts: &[String]) -> Result<BTreeSet<Name>, Fault> {
    texts.iter().map(|text| text.parse().map_err(Fault::Other)).collect()
}

fn unusable(https::Fault(why): https::Fault) -> Fault {
    Fault::Other(why)
}

/// Until the program stops.
pub(super) async fn tend(https: Https, mut stop: Stop) {
    loop {
        let look = async {
            https.tend(now_ms()).await;
            sleep(BETWEEN_LOOKS).await;
        };
        tokio::select! {
            () = look => {}
            () = stop.asked() => return,
        }
    }
}
