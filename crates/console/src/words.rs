//! What pages say, in each language.
//!
//! Owns: the catalogs under `locales/`, one file for each part of the console and language, in the form of Project Fluent,
//! with plurals as each language has them; and the order in which a reader's language is chosen. Refuses to know: pages.
//! Invariant: a message that a language lacks is said in English; a test says that none lacks any.
//!
//! # How to add a message
//!
//! One line in `locales/en/…ftl`, the same in each language, and `{{ f.t("its-id") }}` where it is said.
//!
//! # How to add a language
//!
//! A folder beside `locales/en` with the same files, and a line in [`LOCALES`]. Tests say what is missing in it. One file has no
//! English one beside it: `api.ftl` says what the API and the engine say in English, such as why something was refused.
//!
//! The last language is nobody's: English whose letters bear accents and whose words are longer, for those who look whether a
//! page has room for other languages, and says nothing that is not in the catalogs. The cookie of how pages look chooses it.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

/// A language that the console speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Locale {
    /// As the `lang` of a page: `en`.
    pub(crate) code: &'static str,
    /// What it calls itself.
    pub(crate) name: &'static str,
    /// `ltr` or `rtl`.
    pub(crate) direction: &'static str,
    /// Between a number and its decimals.
    pub(crate) decimal: &'static str,
    /// Between groups of three digits.
    pub(crate) group: &'static str,
    /// The sign of a currency stands before the amount.
    pub(crate) sign_goes_first: bool,
    /// Between the members of a list.
    pub(crate) comma: &'static str,
    /// From what was to what is.
    pub(crate) arrow: &'static str,
    /// Between a number and its percent sign.
    percent_gap: &'static str,
    /// Its texts are English with accents.
    is_accented: bool,
    files: &'static [&'static str],
}

/// The files of a language; `api.ftl` is named where it is one of them.
macro_rules! catalog {
    ($code:literal $(, $more:literal)?) => {
        &[
            $(include_str!(concat!("../locales/", $code, "/", $more)),)?
            include_str!(concat!("../locales/", $code, "/frame.ftl")),
            include_str!(concat!("../locales/", $code, "/terms.ftl")),
            include_str!(concat!("../locales/", $code, "/entry.ftl")),
            include_str!(concat!("../locales/", $code, "/demo.ftl")),
            include_str!(concat!("../locales/", $code, "/today.ftl")),
            include_str!(concat!("../locales/", $code, "/orders.ftl")),
            include_str!(concat!("../locales/", $code, "/why.ftl")),
            include_str!(concat!("../locales/", $code, "/inventory.ftl")),
            include_str!(concat!("../locales/", $code, "/rules.ftl")),
            include_str!(concat!("../locales/", $code, "/welcome.ftl")),
            include_str!(concat!("../locales/", $code, "/https.ftl")),
            include_str!(concat!("../locales/", $code, "/exceptions.ftl")),
            include_str!(concat!("../locales/", $code, "/imports.ftl")),
            include_str!(concat!("../locales/", $code, "/locations.ftl")),
            include_str!(concat!("../locales/", $code, "/settings.ftl")),
        ]
    };
}

/// What sets a text in a message apart from the direction of what is around it.
pub(crate) const ISOLATES: [char; 2] = ['\u{2068}', '\u{2069}'];

/// What most languages have; each says where it differs.
const USUAL: Locale = Locale {
    code: "en",
    name: "English",
    direction: "ltr",
    decimal: ".",
    group: ",",
    sign_goes_first: true,
    comma: ", ",
    arrow: "→",
    percent_gap: "\u{a0}",
    is_accented: false,
    files: catalog!("en"),
};

/// English first: what others lack is said in it.
pub(crate) static LOCALES: [Locale; 5] = [
    USUAL,
    Locale { code: "es", name: "Español", files: catalog!("es", "api.ftl"), ..USUAL },
    Locale {
        code: "de",
        name: "Deutsch",
        decimal: ",",
        group: ".",
        sign_goes_first: false,
        files: catalog!("de", "api.ftl"),
        ..USUAL
    },
    Locale {
        code: "ar",
        name: "العربية",
        direction: "rtl",
        comma: "، ",
        arrow: "←",
        percent_gap: "",
        files: catalog!("ar", "api.ftl"),
        ..USUAL
    },
    Locale { code: "zz", name: "Accents", is_accented: true, ..USUAL },
];

/// Those that people are offered.
pub(crate) fn offered() -> &'static [Locale] {
    LOCALES.split_last().map_or(&[], |(_, offered)| offered)
}

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: OnceLock<Vec<Bundle>> = OnceLock::new();

/// The words of one language. Cheap to copy.
#[derive(Clone, Copy, Default)]
pub(crate) struct Words {
    index: usize,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.locale().code)
    }
}

impl Words {
    /// `None`: it is not spoken here.
    pub(crate) fn of(code: &str) -> Option<Words> {
        LOCALES.iter().position(|locale| locale.code == code).map(|index| Words { index })
    }

    /// The first language of an `Accept-Language` that is spoken here; else English.
    pub(crate) fn accepted(header: &str) -> Words {
        let offered = |tag: &String| offered().iter().any(|locale| locale.code == *tag);
        let wanted = header.split(',').filter_map(|part| part.split(';').next());
        let language = |tag: &str| tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        wanted.map(language).find(offered).and_then(|tag| Words::of(&tag)).unwrap_or_default()
    }

    pub(crate) fn locale(self) -> &'static Locale {
        LOCALES.get(self.index).unwrap_or(&LOCALES[0])
    }

    /// A text that is read from the left wherever it stands: an amount, a number with its sign.
    pub(crate) fn isolated(self, text: String) -> String {
        match self.locale().direction {
            "rtl" => format!("\u{2066}{text}\u{2069}"),
            _ => text,
        }
    }

    /// Tenths of a percent: `8.3 %`.
    pub(crate) fn percent(self, tenths: i64) -> String {
        let (locale, value) = (self.locale(), tenths.unsigned_abs());
        let sign = if tenths < 0 { "−" } else { "" };
        let (whole, decimal) = (value / 10, value % 10);
        self.isolated(format!("{sign}{whole}{}{decimal}{}%", locale.decimal, locale.percent_gap))
    }

    pub(crate) fn t(self, id: &str) -> String {
        self.say(id, &FluentArgs::new())
    }

    /// With a number: `n` in the message, which chooses its plural.
    pub(crate) fn n(self, id: &str, n: impl Into<i64>) -> String {
        self.say(id, &FluentArgs::from_iter([("n", FluentValue::from(n.into()))]))
    }

    /// With texts in its places.
    pub(crate) fn a(self, id: &str, texts: &[(&str, &str)]) -> String {
        let mut said = FluentArgs::new();
        for (name, text) in texts {
            said.set((*name).to_owned(), FluentValue::from((*text).to_owned()));
        }
        self.say(id, &said)
    }

    pub(crate) fn say(self, id: &str, said: &FluentArgs<'_>) -> String {
        self.found(id, said).unwrap_or_else(|| id.to_owned())
    }

    /// `None`: there is no such message, in English either.
    pub(crate) fn maybe(self, id: &str) -> Option<String> {
        self.found(id, &FluentArgs::new())
    }

    /// What the API says in English, as this language has it in `api.ftl`; else as the API says it.
    pub(crate) fn told(self, id: &str, english: &str) -> String {
        self.told_with(id, english, &[])
    }

    /// The same with texts in its places.
    pub(crate) fn told_with(self, id: &str, english: &str, texts: &[(&str, &str)]) -> String {
        let said = FluentArgs::from_iter(texts.iter().map(|(name, text)| (*name, FluentValue::from(*text))));
        if self.locale().is_accented {
            return accented(english).into_owned();
        }
        self.own(id, &said).unwrap_or_else(|| english.to_owned())
    }

    /// Whether it has words of its own for what the API says.
    pub(crate) fn has_own(self) -> bool {
        self.index > 0 && !self.locale().is_accented
    }

    /// In this language alone. `None`: it has no such message, or it is English, in which the API speaks.
    pub(crate) fn own(self, id: &str, said: &FluentArgs<'_>) -> Option<String> {
        (self.index > 0).then(|| Words::in_bundle(self.index, id, said)).flatten()
    }

    fn found(self, id: &str, said: &FluentArgs<'_>) -> Option<String> {
        [self.index, 0].into_iter().find_map(|index| Words::in_bundle(index, id, said))
    }

    fn in_bundle(index: usize, id: &str, said: &FluentArgs<'_>) -> Option<String> {
        let bundles = BUNDLES.get_or_init(|| LOCALES.iter().map(bundle).collect());
        let bundle = bundles.get(index)?;
        let pattern = bundle.get_message(id)?.value()?;
        Some(bundle.format_pattern(pattern, Some(said), &mut Vec::new()).into_owned())
    }
}

fn bundle(locale: &Locale) -> Bundle {
    let id: LanguageIdentifier = locale.code.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Where writing runs from the right, names and numbers keep their own direction.
    bundle.set_use_isolating(locale.direction == "rtl");
    if locale.is_accented {
        bundle.set_transform(Some(accented));
    }
    for text in locale.files {
        let resource = match FluentResource::try_new((*text).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// `Ship it` becomes `Šhííp íít`: longer by about a third, and still to be read.
fn accented(text: &str) -> Cow<'_, str> {
    let mut longer = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        match letter {
            'a' => longer.push_str("áá"),
            'e' => longer.push_str("éé"),
            'i' => longer.push_str("íí"),
            'o' => longer.push_str("óó"),
            'u' => longer.push_str("úú"),
            'c' => longer.push('č'),
            'n' => longer.push('ñ'),
            's' => longer.push('š'),
            'A' => longer.push('Á'),
            'E' => longer.push('É'),
            'I' => longer.push('Í'),
            'O' => longer.push('Ó'),
            'S' => longer.push('Š'),
            other => longer.push(other),
        }
    }
    Cow::Owned(longer)
}

#[cfg(test)]
mod tests;
