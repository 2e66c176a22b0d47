//! Certificates of the shop's own CA.
//!
//! Owns: which names they are for, and when the next is made: at two thirds of the life of the last, and when the names
//! change. Refuses to know: how they are signed and shown.

use crate::ca::Ca;
use crate::certificate::Pair;
use crate::folder::Folder;
use crate::name::Name;
use crate::{Fault, fault, kept};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What this machine is called now.
pub type Find = Arc<dyn Fn() -> BTreeSet<Name> + Send + Sync>;

pub struct Own {
    folder: Folder,
    pub ca: Ca,
    /// Those that somebody chose; empty: those of this machine.
    asked: BTreeSet<Name>,
    find: Find,
}

impl Own {
    /// # Errors
    /// There is no CA and none can be made, or it was not made for a name that is asked for.
    pub fn open(folder: Folder, asked: BTreeSet<Name>, find: Find, now_ms: i64) -> Result<Own, Fault> {
        let made_for = if asked.is_empty() { nameless(&find()) } else { asked.clone() };
        let ca = Ca::open(&folder, &made_for, now_ms)?;
        if let Some(name) = asked.iter().find(|name| !ca.may_sign(name)) {
            return Err(fault(format!(
                "the shop's own CA was not made for {name}; leave that name out, or delete the folder {}, start again, \
                 and trust the new CA on every device",
                folder.0.display()
            )));
        }
        Ok(Own { folder, ca, asked, find })
    }

    /// The names of the next certificate.
    fn names(&self) -> BTreeSet<Name> {
        let found = if self.asked.is_empty() { (self.find)() } else { self.asked.clone() };
        // A machine reaches itself, whatever others call it.
        let itself = ["localhost", "127.0.0.1", "::1"].into_iter().filter_map(|name| name.parse().ok());
        found.into_iter().filter(|name| self.ca.may_sign(name)).chain(itself).collect()
    }

    /// The certificate to show, when it is another than the one that is shown.
    pub(crate) fn next(&self, shown: Option<&Pair>, now_ms: i64) -> Result<Option<Pair>, Fault> {
        let names = self.names();
        let is_good = |pair: &Pair| {
            let said: BTreeSet<&str> = pair.facts.names.iter().map(String::as_str).collect();
            let wanted: Vec<String> = names.iter().map(Name::to_string).collect();
            let is_same = said == wanted.iter().map(String::as_str).collect();
            is_same && !pair.facts.is_due(now_ms) && pair.facts.valid_from_ms <= now_ms
        };
        if shown.is_some_and(is_good) {
            return Ok(None);
        }
        let kept = self.kept().filter(is_good);
        if shown.is_none() && kept.is_some() {
            return Ok(kept);
        }
        let text = self.ca.sign(&names, now_ms)?;
        self.folder.write_secret(kept::OWN, &text)?;
        Pair::read(&text, &text).map(Some)
    }

    /// Of an earlier run; what is wrong with it is mended by making another. One that another CA signed is not taken.
    fn kept(&self) -> Option<Pair> {
        let text = self.folder.read_secret(kept::OWN).ok()??;
        let pair = Pair::read(&text, &text).ok()?;
        let issuer = pair.shown.cert.get(1)?;
        (issuer.as_ref() == self.ca.der()).then_some(pair)
    }
}

/// The CA is made for the name of the machine, not for addresses that it happens to have: those of private networks it may
/// sign anyway.
fn nameless(found: &BTreeSet<Name>) -> BTreeSet<Name> {
    found.iter().filter(|name| matches!(name, Name::Dns(_))).cloned().collect()
}
