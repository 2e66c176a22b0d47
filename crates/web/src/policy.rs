//! Who may use a route.
//!
//! Owns: the form in which a route says it. Refuses to know: which routes there are.

use flow::people::{Role, Scope, Who};

pub const OWNERS: &[Role] = &[Role::Owner];
pub const MANAGERS: &[Role] = &[Role::Owner, Role::Manager];
/// Who works with goods.
pub const STAFF: &[Role] = &[Role::Owner, Role::Manager, Role::Associate];
pub const EVERYONE: &[Role] = &[Role::Owner, Role::Manager, Role::Associate, Role::Viewer];

/// A body that an API call needs. Files need more and say so.
const MOST_BYTES: usize = 1 << 20;

/// What strangers may send: sign-ins and links are short.
const FROM_STRANGERS: usize = 16 << 10;

/// Who may use a route, and what is special about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Policy {
    pub access: Access,
    /// Larger bodies are refused before they are read to the end.
    pub most_bytes: usize,
    pub answer: Keep,
    /// Whether it gives others access: from a session it is done by those who said their password lately.
    pub gives_access: bool,
    /// Whether it is done also by somebody who looks as somebody else, who changes nothing: ending that, and signing out.
    pub ends_viewing: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Anybody, also without saying who.
    Open,
    /// Anybody; but what is tried there can be guessed, so each address is slowed.
    Guessed,
    /// People of these roles, and tokens of these roles made for this.
    Only { roles: &'static [Role], scope: Scope },
}

/// Whether the answer to a request with a key is kept for those who ask again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keep {
    Answer,
    /// The answer has a secret in it, told once: who asks again hears that it is done, and on what.
    DeedOnly,
    /// A key is refused: the answer goes out while the work is done, in many steps that may be sent again, or the request
    /// is a password, of which nothing is kept.
    Nothing,
}

impl Policy {
    pub const OPEN: Policy = Policy {
        access: Access::Open,
        most_bytes: FROM_STRANGERS,
        answer: Keep::Answer,
        gives_access: false,
        ends_viewing: false,
    };
    pub const GUESSED: Policy = Policy { access: Access::Guessed, ..Policy::OPEN };

    pub const fn of(roles: &'static [Role], scope: Scope) -> Policy {
        Policy { access: Access::Only { roles, scope }, most_bytes: MOST_BYTES, ..Policy::OPEN }
    }

    /// Bodies up to so many bytes.
    pub const fn with_body(self, most_bytes: usize) -> Policy {
        Policy { most_bytes, ..self }
    }

    /// It gives others access.
    pub const fn that_gives_access(self) -> Policy {
        Policy { gives_access: true, ..self }
    }

    /// It ends looking as somebody else, or the session with it.
    pub const fn that_ends_viewing(self) -> Policy {
        Policy { ends_viewing: true, ..self }
    }

    /// The answer has a secret in it.
    pub const fn with_secret_answer(self) -> Policy {
        Policy { answer: Keep::DeedOnly, ..self }
    }

    /// Nothing of it is kept.
    pub const fn without_key(self) -> Policy {
        Policy { answer: Keep::Nothing, ..self }
    }

    /// Whom it lets in, and tokens made for what; `None`: anybody.
    pub fn roles_and_scope(&self) -> Option<(&'static [Role], Scope)> {
        match self.access {
            Access::Open | Access::Guessed => None,
            Access::Only { roles, scope } => Some((roles, scope)),
        }
    }

    /// Why somebody may not, in words; `None`: they may.
    pub(crate) fn refusal(&self, who: &Who) -> Option<String> {
        let Access::Only { roles, scope } = self.access else { return None };
        if !roles.contains(&who.role) {
            let may: Vec<&str> = roles.iter().map(|role| role.code()).collect();
            return Some(format!(
                "this is for {}, and {} is {}; ask one of them",
                may.join(", "),
                who.name,
                who.role.code()
            ));
        }
        if !who.has_scope(scope) {
            let code = scope.code();
            return Some(format!(
                "the token {} was not made for {code}; make one that has this scope",
                who.name
            ));
        }
        None
    }

    /// For the description of the API.
    pub(crate) fn in_words(&self) -> String {
        match self.access {
            Access::Open | Access::Guessed => "For anybody.".to_owned(),
            Access::Only { roles, scope } => {
                let roles: Vec<&str> = roles.iter().map(|role| role.code()).collect();
                let keyless = match self.answer {
                    Keep::Nothing => " It takes no `Idempotency-Key`.",
                    Keep::Answer | Keep::DeedOnly => "",
                };
                let fresh = match self.gives_access {
                    true => {
                        " From a session it needs the password within the last 30 minutes; else the answer is 403 \
                         `password_needed`: send it to `POST /v1/session/proof`."
                    }
                    false => "",
                };
                let (roles, scope) = (roles.join(", "), scope.code());
                format!("For {roles}. Tokens need the scope `{scope}`.{keyless}{fresh}")
            }
        }
    }
}
