//! What can be chosen for `baton serve`: on the command line, in the environment, in the file of settings.
//!
//! Owns: the names, and which choices go together. Refuses to know: what they do.

use super::log::LogForm;
use crate::argument;
use crate::commands::backup::backups_folder;
use crate::fault::Fault;
use clap::{Args, ValueEnum};
use flow::backups::Backups;
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use store::db::is_postgres;
use web::{Cookies, Settings};

pub(crate) const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8_080);
/// With HTTPS phones come in, too.
pub(super) const LISTEN_WIDELY: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 8_080);
pub(super) const LISTEN_SECURELY: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 8_443);

/// Where certificates come from.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// A CA of the shop's own, which each device trusts once
    Own,
    /// --certificate and --key
    Files,
    /// An ACME server, for --acme-domain
    Acme,
    /// Plain HTTP
    #[default]
    Off,
}

/// Two weeks of days.
pub(super) const BACKUPS_KEPT: u32 = 14;

/// What can be chosen, wherever it is chosen.
#[derive(Args, Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Choices {
    /// Read by [`Books`](crate::books::Books); here so that it is a known setting.
    #[arg(skip)]
    #[serde(rename = "database")]
    pub(super) _database: Option<String>,
    /// Address and port to answer at [default: 127.0.0.1:8080; with --https 0.0.0.0:8080]
    #[arg(long, env = "BATON_LISTEN", value_name = "ADDRESS")]
    pub(super) listen: Option<SocketAddr>,
    /// text, or json for machines [default: text]
    #[arg(long, env = "BATON_LOG", value_name = "FORM")]
    pub(super) log: Option<LogForm>,
    /// Let people sign in over plain HTTP, too: for a shop's own network without certificates
    #[arg(long, env = "BATON_PLAIN_COOKIES", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub(super) plain_cookies: Option<bool>,
    /// Requests that each user or token may send in a minute; 0: as many as they like [default: 600]
    #[arg(long, env = "BATON_REQUESTS_PER_MINUTE", value_name = "NUMBER")]
    pub(super) requests_per_minute: Option<u32>,
    /// Proxies of your own between the outside and Baton [default: 0]
    #[arg(long, env = "BATON_PROXIES", value_name = "NUMBER")]
    pub(super) proxies: Option<usize>,
    /// File of the demo shop that the console makes; it is never part of your books [default: beside them]
    #[arg(long, env = "BATON_DEMO_BOOKS", value_name = "FILE")]
    pub(super) demo_books: Option<PathBuf>,
    /// Orders in the 90 days of the demo shop; fewer are made faster [default: 3000]
    #[arg(long, env = "BATON_DEMO_ORDERS", value_name = "NUMBER", value_parser = argument::whole::<u32>(100..=1_000_000))]
    pub(super) demo_orders: Option<u32>,
    /// Folder of the backups [default: backups, beside the books]
    #[arg(long, env = "BATON_BACKUPS", value_name = "DIR")]
    pub(super) backups: Option<PathBuf>,
    /// So many backups made by the program stay, the newest; 0: all of them [default: 14]
    #[arg(long, env = "BATON_BACKUPS_KEPT", value_name = "NUMBER", value_parser = argument::whole::<u32>(0..=1_000))]
    pub(super) backups_kept: Option<u32>,
    /// Make a backup every day, early in the morning [default: true]
    #[arg(long, env = "BATON_DAILY_BACKUP", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub(super) daily_backup: Option<bool>,
    /// Serve over HTTPS, with certificates from here [default: off]
    #[arg(long, env = "BATON_HTTPS", value_name = "FROM")]
    pub(super) https: Option<Kind>,
    /// Address and port for HTTPS [default: 0.0.0.0:8443]
    #[arg(long, env = "BATON_HTTPS_LISTEN", value_name = "ADDRESS")]
    pub(super) https_listen: Option<SocketAddr>,
    /// Where keys and certificates are kept [default: beside the books]
    #[arg(long, env = "BATON_HTTPS_FOLDER", value_name = "FOLDER")]
    pub(super) https_folder: Option<PathBuf>,
    /// With --https own: a name or address that the certificate is for [default: those of this machine]
    #[arg(long, env = "BATON_HOST", value_name = "NAME", value_delimiter = ',')]
    pub(super) host: Vec<String>,
    /// With --https files: the certificate and those above it, as PEM
    #[arg(long, env = "BATON_CERTIFICATE", value_name = "FILE")]
    pub(super) certificate: Option<PathBuf>,
    /// With --https files: its key, as PEM
    #[arg(long, env = "BATON_KEY", value_name = "FILE")]
    pub(super) key: Option<PathBuf>,
    /// With --https acme: a name that the certificate is for
    #[arg(long, env = "BATON_ACME_DOMAIN", value_name = "NAME", value_delimiter = ',')]
    pub(super) acme_domain: Vec<String>,
    /// With --https acme: an address of e-mail that the ACME server may write to
    #[arg(long, env = "BATON_ACME_CONTACT", value_name = "EMAIL")]
    pub(super) acme_contact: Option<String>,
    /// With --https acme: the directory of the ACME server [default: the one of Let's Encrypt]
    #[arg(long, env = "BATON_ACME_DIRECTORY", value_name = "URL")]
    pub(super) acme_directory: Option<String>,
    /// With --https acme: what an ACME server of your own is trusted by, as PEM
    #[arg(long, env = "BATON_ACME_ROOT", value_name = "FILE")]
    pub(super) acme_root: Option<PathBuf>,
}

impl Choices {
    /// What is chosen here, else what the other says.
    pub(super) fn or(self, other: Choices) -> Choices {
        let list = |own: Vec<String>, other| if own.is_empty() { other } else { own };
        Choices {
            _database: None,
            listen: self.listen.or(other.listen),
            log: self.log.or(other.log),
            plain_cookies: self.plain_cookies.or(other.plain_cookies),
            requests_per_minute: self.requests_per_minute.or(other.requests_per_minute),
            proxies: self.proxies.or(other.proxies),
            demo_books: self.demo_books.or(other.demo_books),
            demo_orders: self.demo_orders.or(other.demo_orders),
            backups: self.backups.or(other.backups),
            backups_kept: self.backups_kept.or(other.backups_kept),
            daily_backup: self.daily_backup.or(other.daily_backup),
            https: self.https.or(other.https),
            https_listen: self.https_listen.or(other.https_listen),
            https_folder: self.https_folder.or(other.https_folder),
            host: list(self.host, other.host),
            certificate: self.certificate.or(other.certificate),
            key: self.key.or(other.key),
            acme_domain: list(self.acme_domain, other.acme_domain),
            acme_contact: self.acme_contact.or(other.acme_contact),
            acme_directory: self.acme_directory.or(other.acme_directory),
            acme_root: self.acme_root.or(other.acme_root),
        }
    }

    /// Where certificates are, for who looks at them.
    pub(super) fn looked(&self) -> Looked {
        let Choices { https_folder, certificate, key, .. } = self.clone();
        Looked { https_folder, certificate, key }
    }

    /// What is kept of the books at a place.
    pub(super) fn kept_of(&self, place: &str) -> Backups {
        Backups {
            folder: backups_folder(self.backups.as_deref(), place),
            books: (!is_postgres(place)).then(|| PathBuf::from(place)),
            kept: self.backups_kept.unwrap_or(BACKUPS_KEPT) as usize,
            is_daily: self.daily_backup.unwrap_or(true),
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.https.unwrap_or_default()
    }

    /// # Errors
    /// Two choices contradict each other, or one lacks another.
    pub(super) fn must_fit(&self) -> Result<(), Fault> {
        let refused = |say: &str| Err(Fault::Other(say.to_owned()));
        match self.kind() {
            Kind::Off => Ok(()),
            _ if self.plain_cookies == Some(true) => {
                refused("--plain-cookies is for a network without HTTPS; with --https leave it out")
            }
            Kind::Files if self.certificate.is_none() || self.key.is_none() => {
                refused("--https files needs --certificate and --key")
            }
            Kind::Acme if self.acme_domain.is_empty() => refused("--https acme needs --acme-domain"),
            _ => Ok(()),
        }
    }

    pub(super) fn settings(&self) -> Settings {
        let usual = Settings::default();
        Settings {
            cookies: if self.plain_cookies == Some(true) { Cookies::Plain } else { Cookies::Secure },
            requests_per_minute: match self.requests_per_minute {
                Some(0) => None,
                chosen => chosen.or(usual.requests_per_minute),
            },
            proxies: self.proxies.unwrap_or(usual.proxies),
            ..usual
        }
    }
}

/// Where certificates are, for those who look at them.
#[derive(Args, Clone, Default, Debug, Deserialize)]
#[serde(default)]
pub(crate) struct Looked {
    /// Where keys and certificates are kept [default: beside the books]
    #[arg(long, env = "BATON_HTTPS_FOLDER", value_name = "FOLDER")]
    pub(crate) https_folder: Option<PathBuf>,
    /// The certificate of --https files
    #[arg(long, env = "BATON_CERTIFICATE", value_name = "FILE")]
    pub(crate) certificate: Option<PathBuf>,
    /// Its key
    #[arg(long, env = "BATON_KEY", value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
}

/// Where keys and certificates are kept: beside a file of books; for books on a server, where the program was started.
pub(crate) fn https_folder(chosen: Option<&Path>, place: &str) -> PathBuf {
    match chosen {
        Some(folder) => folder.to_owned(),
        None if is_postgres(place) => PathBuf::from("baton-https"),
        None => PathBuf::from(format!("{place}-https")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(choices: Choices) -> Option<String> {
        choices.must_fit().err().map(|fault| fault.to_string())
    }

    #[test]
    fn cookies_over_plain_http_and_https_exclude_each_other() {
        let both = Choices { https: Some(Kind::Own), plain_cookies: Some(true), ..Choices::default() };
        assert!(refusal(both).unwrap().contains("--plain-cookies"));
        let one = Choices { plain_cookies: Some(true), ..Choices::default() };
        assert_eq!(refusal(one), None);
    }

    #[test]
    fn a_way_that_lacks_something_says_what() {
        let of = |kind| refusal(Choices { https: Some(kind), ..Choices::default() });
        assert!(of(Kind::Files).unwrap().contains("--certificate and --key"));
        assert!(of(Kind::Acme).unwrap().contains("--acme-domain"));
        assert_eq!((of(Kind::Own), of(Kind::Off)), (None, None));
    }

    #[test]
    fn keys_lie_beside_a_file_of_books_and_never_in_a_place_with_a_password() {
        assert_eq!(https_folder(None, "/srv/shop.sqlite"), PathBuf::from("/srv/shop.sqlite-https"));
        assert_eq!(https_folder(None, "postgres://baton:secret@host/db"), PathBuf::from("baton-https"));
        assert_eq!(https_folder(Some(Path::new("/etc/k")), "x"), PathBuf::from("/etc/k"));
    }
}
