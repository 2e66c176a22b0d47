//! What every handler can reach.

use crate::backups::Downloads;
use crate::demo_shop::DemoShop;
use crate::metrics::Metrics;
use crate::pages::ShowRefusal;
use crate::rate::Rates;
use crate::stream::Listeners;
use flow::Baton;
use flow::backups::Backups;
use flow::doctor::Checkup;
use flow::live::Live;
use https::Https;
use std::sync::{Arc, OnceLock};
use store::Db;

/// Milliseconds since 1970, UTC. The binary brings the real one.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Who asks, from the outside, of a browser.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cookies {
    /// Only over HTTPS, as it should be. Browsers let `localhost` pass too.
    Secure,
    /// Also over HTTP: for a shop's own network without certificates.
    Plain,
}

/// Whose books are answered for.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Kept {
    /// The shop's own.
    #[default]
    Own,
    /// Those of the demo shop beside them: its sessions have a cookie of their own, and open nothing else.
    Demo,
}

/// What an installation chooses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    pub cookies: Cookies,
    pub kept: Kept,
    /// Requests that each user or token may send in a minute. `None`: as many as they like.
    pub requests_per_minute: Option<u32>,
    /// Tries to sign in or to use a link that each address may make in a minute.
    pub tries_per_minute: Option<u32>,
    /// Proxies of one's own between the outside and here: so many addresses at the end of `X-Forwarded-For` are trusted.
    pub proxies: usize,
    /// Where backups lie. `None`: none are made, as of a demo.
    pub backups: Option<Arc<Backups>>,
    /// How the program was started, for people to see.
    pub program: Vec<ProgramSetting>,
}

/// A setting that whoever starts the program chooses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProgramSetting {
    pub name: &'static str,
    pub value: String,
    pub default: String,
    /// `command line`, `environment`, `file` or `default`.
    pub source: &'static str,
    pub explanation: &'static str,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            cookies: Cookies::Secure,
            kept: Kept::Own,
            requests_per_minute: Some(600),
            tries_per_minute: Some(20),
            proxies: 0,
            backups: None,
            program: Vec::new(),
        }
    }
}

/// The books, the time and the settings. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    /// For verbs.
    pub baton: Baton,
    /// Where events are told live. `None`: they are not.
    pub(crate) live: Option<Live>,
    pub settings: Arc<Settings>,
    /// What is looked at when somebody asks how it stands.
    pub(crate) checkup: Arc<Checkup>,
    pub(crate) started_ms: i64,
    pub(crate) downloads: Arc<Downloads>,
    /// The certificates that are shown. `None`: the program itself speaks plain HTTP.
    pub https: Option<Https>,
    pub(crate) rates: Arc<Rates>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) listeners: Arc<Listeners>,
    /// The description of the API as JSON, made once.
    pub(crate) description: Arc<OnceLock<String>>,
    /// Writes refusals for people. `None`: there are no pages.
    pub(crate) show_refusal: Option<ShowRefusal>,
    /// The demo shop beside these books. `None`: none is kept.
    pub(crate) demo_shop: Option<Arc<dyn DemoShop>>,
}

impl App {
    /// An app of one node over these books.
    pub fn new(db: Db, clock: Clock, settings: Settings) -> App {
        let node = flow::id::new("nod", clock());
        App::over(Baton::new(db, &node, clock), settings)
    }

    pub fn over(baton: Baton, settings: Settings) -> App {
        App {
            db: baton.db.clone(),
            live: None,
            downloads: Arc::default(),
            rates: Arc::new(Rates::new(&settings)),
            settings: Arc::new(settings),
            checkup: Arc::new(Checkup::of_the_books()),
            started_ms: baton.now_ms(),
            baton,
            https: None,
            metrics: Arc::default(),
            listeners: Arc::default(),
            description: Arc::default(),
            show_refusal: None,
            demo_shop: None,
        }
    }

    /// Tells events as they happen, too.
    #[must_use]
    pub fn telling(self, live: Live) -> App {
        App { live: Some(live), ..self }
    }

    /// A demo shop is kept beside these books.
    #[must_use]
    pub fn beside(self, demo_shop: Arc<dyn DemoShop>) -> App {
        App { demo_shop: Some(demo_shop), ..self }
    }

    /// This is looked at when somebody asks how it stands.
    #[must_use]
    pub fn looking_at(self, checkup: Checkup) -> App {
        App { checkup: Arc::new(checkup), ..self }
    }

    /// Whether these are the books of a demo shop.
    pub fn is_demo(&self) -> bool {
        self.settings.kept == Kept::Demo
    }

    pub fn now_ms(&self) -> i64 {
        self.baton.now_ms()
    }
}
