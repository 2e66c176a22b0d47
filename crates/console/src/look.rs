//! How somebody likes pages to look: colours, density, language, keys. Kept in the browser that they like it in.
//!
//! Owns: the cookie and the form that sets it. Refuses to know: who they are.

use crate::answer::Answered;
use crate::form::Form;
use crate::visit::here_only;
use crate::words::{LOCALES, Words};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;

/// A year.
const LASTS_S: i64 = 365 * 24 * 60 * 60;
const COOKIE: &str = "baton-look";

/// What somebody has chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Look {
    /// `auto`, `light` or `dark`.
    pub(crate) theme: &'static str,
    /// `roomy` or `dense`.
    pub(crate) density: &'static str,
    /// Single keys act: `on` or `off`.
    pub(crate) keys: &'static str,
    /// Code of a language; empty: as the browser says.
    pub(crate) language: &'static str,
}

const THEMES: [&str; 3] = ["auto", "light", "dark"];
const DENSITIES: [&str; 2] = ["roomy", "dense"];
const KEYS: [&str; 2] = ["on", "off"];

impl Default for Look {
    fn default() -> Look {
        Look { theme: THEMES[0], density: DENSITIES[0], keys: KEYS[0], language: "" }
    }
}

fn languages() -> impl Iterator<Item = &'static str> {
    LOCALES.iter().map(|locale| locale.code)
}

fn known(given: &str, among: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    among.into_iter().find(|one| *one == given)
}

impl Look {
    pub(crate) fn of(headers: &HeaderMap) -> Look {
        let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| *name == COOKIE).map_or_else(Look::default, |(_, kept)| Look::read(kept))
    }

    /// `dark.dense.on.en`; what is not known is as usual.
    fn read(kept: &str) -> Look {
        let usual = Look::default();
        let mut parts = kept.split('.');
        let mut next = || parts.next().unwrap_or_default();
        Look {
            theme: known(next(), THEMES).unwrap_or(usual.theme),
            density: known(next(), DENSITIES).unwrap_or(usual.density),
            keys: known(next(), KEYS).unwrap_or(usual.keys),
            language: known(next(), languages()).unwrap_or(usual.language),
        }
    }

    fn written(self) -> String {
        let Look { theme, density, keys, language } = self;
        format!("{COOKIE}={theme}.{density}.{keys}.{language}; Path=/; Max-Age={LASTS_S}; SameSite=Lax")
    }

    /// The language: as chosen, else as the browser says.
    pub(crate) fn words(self, headers: &HeaderMap) -> Words {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Words::of(self.language).unwrap_or_else(|| Words::accepted(accepted.unwrap_or_default()))
    }

    /// What a form says instead of what was.
    fn changed(self, form: &Form) -> Look {
        let said = |name: &str| form.text(name);
        Look {
            theme: known(said("theme"), THEMES).unwrap_or(self.theme),
            density: known(said("density"), DENSITIES).unwrap_or(self.density),
            keys: known(said("keys"), KEYS).unwrap_or(self.keys),
            language: known(said("language"), languages()).unwrap_or(self.language),
        }
    }
}

/// Changes how pages look, and goes back to where that was asked for.
pub(crate) async fn change(headers: HeaderMap, form: Form) -> Answered {
    let look = Look::of(&headers).changed(&form);
    let cookie = HeaderValue::try_from(look.written()).unwrap_or(HeaderValue::from_static(""));
    let back = here_only(form.text("back"));
    Ok(([(header::SET_COOKIE, cookie)], axum::response::Redirect::to(&back)).into_response())
}

#[cfg(test)]
mod tests {
    use super::Look;

    #[test]
    fn what_is_chosen_is_read_back_and_what_is_not_known_is_as_usual() {
        let look = Look { theme: "dark", density: "dense", keys: "off", language: "en" };
        let written = look.written();
        let kept = written.split([';', '=']).nth(1).unwrap();
        assert_eq!(Look::read(kept), look);
        assert_eq!(Look::read("<script>.x..xx"), Look::default());
    }
}
