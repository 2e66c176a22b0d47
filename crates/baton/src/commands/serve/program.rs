//! How the program was started, told for people: each choice with its value, and where that comes from.
//!
//! Owns: the sources. Refuses to know: what a choice does to the program. The place of the books is not told: it may hold a
//! password.

use super::choices::{Choices, LISTEN, LISTEN_SECURELY};
use super::demo_books::ORDERS;
use web::ProgramSetting;

/// Names of a choice: for people, on the command line, in the environment.
struct Name(&'static str, &'static str, &'static str);

/// Every choice, as it was made on the command line or in the environment, in the file, and together.
pub(super) fn told(own: &Choices, file: &Choices, made: &Choices) -> Vec<ProgramSetting> {
    let listen = |of: &Choices| of.listen.map(|address| address.to_string());
    let log = |of: &Choices| of.log.map(|form| format!("{form:?}").to_lowercase());
    let cookies = |of: &Choices| of.plain_cookies.map(|plain| plain.to_string());
    let requests = |of: &Choices| of.requests_per_minute.map(|most| most.to_string());
    let https = |of: &Choices| of.https.map(|kind| format!("{kind:?}").to_lowercase());
    let securely = |of: &Choices| of.https_listen.map(|address| address.to_string());
    let hosts = |of: &Choices| Some(of.host.join(", ")).filter(|names| !names.is_empty());
    let domains = |of: &Choices| Some(of.acme_domain.join(", ")).filter(|names| !names.is_empty());
    let proxies = |of: &Choices| of.proxies.map(|many| many.to_string());
    let demo = |of: &Choices| of.demo_books.as_ref().map(|file| file.display().to_string());
    let demo_orders = |of: &Choices| of.demo_orders.map(|many| many.to_string());
    let of = |name: Name, read: &dyn Fn(&Choices) -> Option<String>, (default, explanation)| {
        let Name(name, flag, variable) = name;
        let source = match (read(own), read(file)) {
            (Some(_), _) if is_argument(flag) => "command line",
            (Some(_), _) if std::env::var_os(variable).is_some() => "environment",
            (_, Some(_)) => "file",
            _ => "default",
        };
        let default: String = default;
        ProgramSetting {
            name,
            value: read(made).unwrap_or_else(|| default.clone()),
            default,
            source,
            explanation,
        }
    };
    vec![
        of(
            Name("listen", "--listen", "BATON_LISTEN"),
            &listen,
            (LISTEN.to_string(), "The address and port at which the program answers."),
        ),
        of(Name("log", "--log", "BATON_LOG"), &log, ("text".to_owned(), "How the program writes its log.")),
        of(
            Name("plain_cookies", "--plain-cookies", "BATON_PLAIN_COOKIES"),
            &cookies,
            ("false".to_owned(), "Whether people may sign in without HTTPS, on a network of the shop's own."),
        ),
        of(
            Name("requests_per_minute", "--requests-per-minute", "BATON_REQUESTS_PER_MINUTE"),
            &requests,
            ("600".to_owned(), "How many requests each user or token may send in a minute; 0: any number."),
        ),
        of(
            Name("proxies", "--proxies", "BATON_PROXIES"),
            &proxies,
            ("0".to_owned(), "How many proxies of the shop's own stand before the program."),
        ),
        of(
            Name("https", "--https", "BATON_HTTPS"),
            &https,
            ("off".to_owned(), "Where certificates come from, so that the program speaks HTTPS."),
        ),
        of(
            Name("https_listen", "--https-listen", "BATON_HTTPS_LISTEN"),
            &securely,
            (LISTEN_SECURELY.to_string(), "The address and port for HTTPS, where there are certificates."),
        ),
        of(
            Name("host", "--host", "BATON_HOST"),
            &hosts,
            (
                "those of the machine".to_owned(),
                "Names and addresses that the shop's own certificates are for.",
            ),
        ),
        of(
            Name("acme_domain", "--acme-domain", "BATON_ACME_DOMAIN"),
            &domains,
            ("none".to_owned(), "Names for which an ACME server is asked for a certificate."),
        ),
        of(
            Name("demo_books", "--demo-books", "BATON_DEMO_BOOKS"),
            &demo,
            ("beside the books".to_owned(), "The file of the demo shop. It is never part of the books."),
        ),
        of(
            Name("demo_orders", "--demo-orders", "BATON_DEMO_ORDERS"),
            &demo_orders,
            (ORDERS.to_string(), "How many orders the 90 days of the demo shop have."),
        ),
    ]
}

fn is_argument(flag: &str) -> bool {
    std::env::args().any(|given| given.split('=').next() == Some(flag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_of_the_file_is_told_as_that_and_what_nobody_chose_as_the_default() {
        let file = Choices { proxies: Some(1), ..Choices::default() };
        let told = told(&Choices::default(), &file, &file);
        let of = |name: &str| {
            let setting = told.iter().find(|setting| setting.name == name).unwrap();
            (setting.value.as_str(), setting.source)
        };
        assert_eq!((of("proxies"), of("requests_per_minute")), (("1", "file"), ("600", "default")));
    }
}
