//! How the program was started, told for people: each choice with its value, and where that comes from.
//!
//! Owns: the sources. Refuses to know: what a choice does to the program. The place of the books is not told: it may hold a
//! password.

use super::choices::{BACKUPS_KEPT, Choices, LISTEN, LISTEN_SECURELY};
use super::demo_books::ORDERS;
use web::ProgramSetting;

/// Names of a choice: for people, on the command line, in the environment.
struct Name(&'static str, &'static str, &'static str);

/// How a choice is written, where it was made.
type Read = fn(&Choices) -> Option<String>;

/// A choice, and what people are told of it.
struct Choice(Name, Read, String, &'static str);

/// Every choice, as it was made on the command line or in the environment, in the file, and together.
pub(super) fn told(own: &Choices, file: &Choices, made: &Choices) -> Vec<ProgramSetting> {
    let all = of_the_server().into_iter().chain(of_https()).chain(of_backups()).chain(of_the_demo());
    let tell = |Choice(Name(name, flag, variable), read, default, explanation)| {
        let source = match (read(own), read(file)) {
            (Some(_), _) if is_argument(flag) => "command line",
            (Some(_), _) if std::env::var_os(variable).is_some() => "environment",
            (_, Some(_)) => "file",
            _ => "default",
        };
        ProgramSetting {
            name,
            value: read(made).unwrap_or_else(|| default.clone()),
            default,
            source,
            explanation,
        }
    };
    all.map(tell).collect()
}

fn of_the_server() -> [Choice; 5] {
    [
        Choice(
            Name("listen", "--listen", "BATON_LISTEN"),
            |of| of.listen.map(|address| address.to_string()),
            LISTEN.to_string(),
            "The address and port at which the program answers.",
        ),
        Choice(
            Name("log", "--log", "BATON_LOG"),
            |of| of.log.map(|form| format!("{form:?}").to_lowercase()),
            "text".to_owned(),
            "How the program writes its log.",
        ),
        Choice(
            Name("plain_cookies", "--plain-cookies", "BATON_PLAIN_COOKIES"),
            |of| of.plain_cookies.map(|plain| plain.to_string()),
            "false".to_owned(),
            "Whether people may sign in without HTTPS, on a network of the shop's own.",
        ),
        Choice(
            Name("requests_per_minute", "--requests-per-minute", "BATON_REQUESTS_PER_MINUTE"),
            |of| of.requests_per_minute.map(|most| most.to_string()),
            "600".to_owned(),
            "How many requests each user or token may send in a minute; 0: any number.",
        ),
        Choice(
            Name("proxies", "--proxies", "BATON_PROXIES"),
            |of| of.proxies.map(|many| many.to_string()),
            "0".to_owned(),
            "How many proxies of the shop's own stand before the program.",
        ),
    ]
}

fn of_https() -> [Choice; 4] {
    [
        Choice(
            Name("https", "--https", "BATON_HTTPS"),
            |of| of.https.map(|kind| format!("{kind:?}").to_lowercase()),
            "off".to_owned(),
            "Where certificates come from, so that the program speaks HTTPS.",
        ),
        Choice(
            Name("https_listen", "--https-listen", "BATON_HTTPS_LISTEN"),
            |of| of.https_listen.map(|address| address.to_string()),
            LISTEN_SECURELY.to_string(),
            "The address and port for HTTPS, where there are certificates.",
        ),
        Choice(
            Name("host", "--host", "BATON_HOST"),
            |of| Some(of.host.join(", ")).filter(|names| !names.is_empty()),
            "those of the machine".to_owned(),
            "Names and addresses that the shop's own certificates are for.",
        ),
        Choice(
            Name("acme_domain", "--acme-domain", "BATON_ACME_DOMAIN"),
            |of| Some(of.acme_domain.join(", ")).filter(|names| !names.is_empty()),
            "none".to_owned(),
            "Names for which an ACME server is asked for a certificate.",
        ),
    ]
}

fn of_backups() -> [Choice; 3] {
    [
        Choice(
            Name("backups", "--backups", "BATON_BACKUPS"),
            |of| of.backups.as_ref().map(|folder| folder.display().to_string()),
            "backups, beside the books".to_owned(),
            "The folder in which backups lie.",
        ),
        Choice(
            Name("backups_kept", "--backups-kept", "BATON_BACKUPS_KEPT"),
            |of| of.backups_kept.map(|many| many.to_string()),
            BACKUPS_KEPT.to_string(),
            "How many of the backups that the program made stay; 0: all of them.",
        ),
        Choice(
            Name("daily_backup", "--daily-backup", "BATON_DAILY_BACKUP"),
            |of| of.daily_backup.map(|is_daily| is_daily.to_string()),
            "true".to_owned(),
            "Whether the program makes a backup every day, early in the morning.",
        ),
    ]
}

fn of_the_demo() -> [Choice; 2] {
    [
        Choice(
            Name("demo_books", "--demo-books", "BATON_DEMO_BOOKS"),
            |of| of.demo_books.as_ref().map(|file| file.display().to_string()),
            "beside the books".to_owned(),
            "The file of the demo shop. It is never part of the books.",
        ),
        Choice(
            Name("demo_orders", "--demo-orders", "BATON_DEMO_ORDERS"),
            |of| of.demo_orders.map(|many| many.to_string()),
            ORDERS.to_string(),
            "How many orders the 90 days of the demo shop have.",
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
