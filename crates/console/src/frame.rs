//! What is around every page: the menu, who is signed in, how it looks, what was just done.

use crate::look::Look;
use crate::rules::read_rule;
use crate::show::{self, Clock, Markup, Money};
use crate::visit::{Visit, asked, part};
use crate::words::{Locale, Words, offered};
use axum::http::Uri;
use flow::people::Role;
use model::WallClock;
use web::Line;

/// An entry of the menu.
pub(crate) struct Entry {
    /// Also the id of its message: `menu-orders`.
    pub(crate) place: &'static str,
    pub(crate) path: &'static str,
    pub(crate) icon: &'static str,
    /// Pressed after `g`.
    pub(crate) key: &'static str,
    roles: &'static [Role],
}

/// More are not told apart.
const MOST_ON_A_BELL: i64 = 99;

const ALL: &[Role] = &Role::ALL;
const MANAGERS: &[Role] = &[Role::Owner, Role::Manager];

const MENU: [Entry; 7] = [
    Entry { place: "today", path: "/", icon: "home", key: "t", roles: ALL },
    Entry { place: "orders", path: "/orders", icon: "receipt", key: "o", roles: ALL },
    Entry { place: "inventory", path: "/inventory", icon: "packages", key: "i", roles: ALL },
    Entry { place: "locations", path: "/locations", icon: "map-pin", key: "l", roles: ALL },
    Entry { place: "rules", path: "/rules", icon: "list-check", key: "r", roles: ALL },
    Entry { place: "exceptions", path: "/exceptions", icon: "alert-triangle", key: "e", roles: ALL },
    Entry { place: "settings", path: "/settings", icon: "settings", key: "s", roles: MANAGERS },
];

/// What the script says by itself; the messages are `script-…`.
const SCRIPT_WORDS: [&str; 16] = [
    "cancel",
    "close",
    "copied",
    "goes_on",
    "keys",
    "keys_next",
    "keys_open",
    "keys_previous",
    "keys_search",
    "keys_this",
    "moved",
    "no_answer",
    "nothing_found",
    "offline",
    "search",
    "selected",
];
/// Places in them that the script fills.
const SCRIPT_PLACES: [(&str, &str); 3] = [("at", "{at}"), ("all", "{all}"), ("count", "{count}")];

/// What was just done, and the way to undo it.
pub(crate) struct Toast {
    pub(crate) said: String,
    /// Where the opposite is asked for. `None`: there is none.
    pub(crate) undo: Option<Undo>,
}

/// The opposite of what was done: a form of its own.
pub(crate) struct Undo {
    pub(crate) path: String,
    pub(crate) fields: Vec<(String, String)>,
}

pub(crate) struct Frame {
    pub(crate) words: Words,
    pub(crate) look: Look,
    pub(crate) title: String,
    pub(crate) place: &'static str,
    /// Every page of the demo shop says that it is one.
    pub(crate) is_demo: bool,
    /// Who is signed in; `None`: nobody.
    pub(crate) person: Option<Person>,
    /// Somebody between the browser and here could read along.
    pub(crate) is_overheard: bool,
    /// As whom they look, in words; `None`: as themselves.
    pub(crate) viewing: Option<String>,
    pub(crate) toast: Option<Toast>,
    /// Notices that were not read yet; `None`: no bell is shown.
    pub(crate) unread: Option<i64>,
    pub(crate) clock: Clock,
    pub(crate) money: Money,
    /// This page, to come back to.
    pub(crate) here: String,
}

pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) role: Role,
}

impl Frame {
    pub(crate) fn new(visit: &Visit, title: String, place: &'static str) -> Frame {
        let settings = &visit.shop.network.settings;
        let done = asked(&visit.uri, "done");
        let toast = visit.words.maybe(&format!("done-{done}")).map(|said| Toast { said, undo: None });
        Frame {
            words: visit.words,
            look: visit.look,
            title,
            place,
            is_demo: visit.is_demo,
            person: Some(Person { name: visit.who.name.clone(), role: visit.who.role }),
            is_overheard: visit.line == Line::Plain,
            viewing: viewing(visit),
            toast,
            unread: visit.unread,
            clock: Clock { wall: settings.clock.clone(), words: visit.words, now_ms: visit.now_ms },
            money: Money { currency: visit.shop.network.currency, words: visit.words },
            here: here(&visit.uri),
        }
    }

    /// For those who are not signed in: nothing of the shop is shown.
    pub(crate) fn for_strangers((words, look): (Words, Look), title: String) -> Frame {
        Frame {
            words,
            look,
            title,
            place: "",
            is_demo: false,
            person: None,
            is_overheard: false,
            viewing: None,
            toast: None,
            unread: None,
            clock: Clock { wall: WallClock::utc(), words, now_ms: 0 },
            money: Money { currency: model::Currency::USD, words },
            here: "/".to_owned(),
        }
    }

    /// The toast undoes what was done where the page knows how.
    #[must_use]
    pub(crate) fn undone_by(mut self, undo: Option<Undo>) -> Frame {
        if let Some(toast) = &mut self.toast {
            toast.undo = undo;
        }
        self
    }

    pub(crate) fn t(&self, id: &str) -> String {
        self.words.t(id)
    }

    pub(crate) fn n(&self, id: &str, n: &i64) -> String {
        self.words.n(id, *n)
    }

    /// A message with one text in it.
    pub(crate) fn a(&self, id: &str, name: &str, text: &str) -> String {
        self.words.a(id, &[(name, text)])
    }

    /// What a code of the API is called: `reason-not-found` of `reason` and `not_found`; the code itself where it has no name.
    pub(crate) fn named(&self, kind: &str, code: &str) -> String {
        self.words.maybe(&id(kind, code)).unwrap_or_else(|| code.replace('_', " "))
    }

    /// A text of the API that has a code, in the reader's language.
    pub(crate) fn told(&self, kind: &str, code: &str, english: &str) -> String {
        self.words.told(&id(kind, code), english)
    }

    /// What the API says as it is: in English, also on a page in another language.
    pub(crate) fn of_the_api(&self) -> Markup {
        askama::filters::Safe(if self.words.has_own() {
            " lang=\"en\" dir=\"ltr\"".to_owned()
        } else {
            String::new()
        })
    }

    /// A sentence of rules in the reader's language.
    pub(crate) fn rule(&self, sentence: &str) -> String {
        read_rule(self.words, self.money, sentence)
    }

    /// Whether a code has words of this kind.
    pub(crate) fn has(&self, kind: &str, code: &str) -> bool {
        self.words.maybe(&id(kind, code)).is_some()
    }

    /// `12 of 40 parcels`.
    pub(crate) fn full_words(&self, parcels: &i64, most: &i64) -> String {
        let (parcels, most) = (self.number(parcels), self.number(most));
        self.words.a("parcels-of", &[("parcels", &parcels), ("most", &most)])
    }

    pub(crate) fn icon(&self, name: &str) -> Markup {
        show::icon(name)
    }

    pub(crate) fn pill(&self, state: &str) -> Markup {
        show::pill(self.words, state)
    }

    pub(crate) fn when(&self, at_ms: &i64) -> Markup {
        self.clock.when(*at_ms)
    }

    pub(crate) fn ago(&self, at_ms: &i64) -> Markup {
        self.clock.ago(*at_ms)
    }

    /// The time at which the page was drawn.
    pub(crate) fn now_words(&self) -> String {
        self.clock.long(self.clock.now_ms)
    }

    pub(crate) fn day(&self, iso: &str) -> String {
        self.clock.day(iso)
    }

    pub(crate) fn minor(&self, minor: &i64) -> String {
        self.money.minor(*minor)
    }

    /// What is saved, as a difference of the cost.
    pub(crate) fn saved(&self, minor: &i64) -> String {
        self.money.difference(-*minor)
    }

    pub(crate) fn number(&self, number: &i64) -> String {
        let digits = show::grouped(number.unsigned_abs(), self.words.locale().group);
        if *number < 0 { self.words.isolated(format!("−{digits}")) } else { digits }
    }

    pub(crate) fn menu(&self) -> impl Iterator<Item = &'static Entry> {
        let role = self.person.as_ref().map(|person| person.role);
        MENU.iter().filter(move |entry| role.is_some_and(|role| entry.roles.contains(&role)))
    }

    pub(crate) fn menu_words(&self, entry: &Entry) -> String {
        self.t(&format!("menu-{}", entry.place))
    }

    /// As a bell has room for it.
    pub(crate) fn unread_words(&self, unread: &i64) -> String {
        if *unread > MOST_ON_A_BELL { format!("{MOST_ON_A_BELL}+") } else { unread.to_string() }
    }

    pub(crate) fn locale(&self) -> &'static Locale {
        self.words.locale()
    }

    pub(crate) fn locales(&self) -> &'static [Locale] {
        offered()
    }

    /// Who changes things other than goods in a store.
    pub(crate) fn may_manage(&self) -> bool {
        self.person.as_ref().is_some_and(|person| MANAGERS.contains(&person.role))
    }

    /// Those who can do something about it are told.
    pub(crate) fn warns_of_line(&self) -> bool {
        self.is_overheard && self.may_manage()
    }

    pub(crate) fn role_words(&self) -> String {
        self.person.as_ref().map(|person| self.named("role", person.role.code())).unwrap_or_default()
    }

    /// As JSON, for a script element: nothing in it looks like its end.
    pub(crate) fn script_words(&self) -> String {
        let word = |name: &&str| {
            let said = self.words.a(&format!("script-{}", name.replace('_', "-")), &SCRIPT_PLACES);
            ((*name).to_owned(), serde_json::Value::from(said))
        };
        let words: serde_json::Map<String, serde_json::Value> = SCRIPT_WORDS.iter().map(word).collect();
        serde_json::Value::Object(words).to_string().replace('<', "\\u003c")
    }

    /// Whether this is the page at a path, whatever is asked of it.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        self.here.split('?').next() == Some(path)
    }

    pub(crate) fn asset(&self, name: &str) -> &'static str {
        assets::url(name)
    }

    pub(crate) fn styles(&self) -> &'static str {
        assets::url(if self.locale().direction == "rtl" { "app-rtl.css" } else { "app.css" })
    }

    /// A text as a part of a path.
    pub(crate) fn part(&self, text: &str) -> String {
        part(text)
    }
}

/// The message of a code: `state-ready-for-pickup`.
pub(crate) fn id(kind: &str, code: &str) -> String {
    format!("{kind}-{}", code.to_lowercase().replace(['_', ' ', '.'], "-"))
}

fn viewing(visit: &Visit) -> Option<String> {
    let viewing = visit.viewing.as_ref()?;
    let role = visit.t(&format!("role-{}", viewing.role.code()));
    Some(match &viewing.name {
        Some(name) => visit.words.a("viewing-person", &[("name", name), ("role", &role)]),
        None => visit.words.a("viewing-role", &[("role", &role)]),
    })
}

/// Without what tells of something done: coming back does not tell it again.
fn here(uri: &Uri) -> String {
    let kept: Vec<&str> =
        uri.query().unwrap_or_default().split('&').filter(|pair| !pair.starts_with("done=")).collect();
    let kept = kept.join("&");
    if kept.is_empty() { uri.path().to_owned() } else { format!("{}?{kept}", uri.path()) }
}
