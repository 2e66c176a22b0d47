//! Who may look at the demo: an owner with a password, and a token for programs.
//!
//! Owns: making both, and the words that tell how to use them. Refuses to know: where they are shown.

use crate::fault::Fault;
use flow::demo::EMAIL;
use flow::people::{
    NewOwner, NewToken, Proof, ReachChoice, Role, Scope, SignIn, end_session, make_setup_link, make_token,
    set_up_owner, sign_in, who_is,
};
use flow::{Baton, Refused};

/// What lets somebody in. Shown once.
pub(crate) struct Keys {
    pub(crate) password: String,
    pub(crate) token: String,
}

/// Makes the owner of the demo, and a token for everything.
pub(crate) async fn make(baton: &Baton) -> Result<Keys, Fault> {
    let (db, call) = (&baton.db, baton.call());
    let link = make_setup_link(db, &call).await?;
    let password = password()?;
    let owner = NewOwner {
        secret: link.reveal().to_owned(),
        name: "Demo owner".to_owned(),
        email: EMAIL.to_owned(),
        password: password.clone(),
    };
    set_up_owner(db, &call, owner).await?;
    let token = token(baton, &password).await?;
    Ok(Keys { password, token })
}

/// Tokens are made by people: the owner signs in for it, and out again.
async fn token(baton: &Baton, password: &str) -> Result<String, Refused> {
    let (db, call) = (&baton.db, baton.call());
    let asked = SignIn { email: EMAIL.to_owned(), password: password.to_owned(), location: None };
    let signed_in = sign_in(db, &call, asked).await?;
    let proof = Proof::Session(signed_in.secret.reveal().to_owned());
    let who = who_is(db, &proof, call.at_ms).await?;
    let new = NewToken {
        name: "Demo".to_owned(),
        role: Role::Owner,
        scopes: Scope::ALL.to_vec(),
        reach: ReachChoice::default(),
        expires_at_ms: None,
    };
    let made = make_token(db, &call, &who, new).await?;
    end_session(db, &call, &who.id, &signed_in.session.id).await?;
    Ok(made.secret.reveal().to_owned())
}

/// Twelve syllables: 72 bits that can be typed.
fn password() -> Result<String, Fault> {
    const FIRST: &[u8; 16] = b"bdfghjklmnprstvz";
    const THEN: &[u8; 4] = b"aeiu";
    let mut random = [0; 12];
    getrandom::fill(&mut random)
        .map_err(|error| Fault::Other(format!("the system has no random numbers: {error}")))?;
    let syllable = |byte: &u8| {
        let (first, then) = (usize::from(byte & 0x0f), usize::from(byte >> 4 & 0x03));
        [char::from(FIRST[first]), char::from(THEN[then])]
    };
    let groups: Vec<String> =
        random.chunks(3).map(|group| group.iter().flat_map(syllable).collect()).collect();
    Ok(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use super::password;

    #[test]
    fn a_password_can_be_typed_is_long_enough_and_never_the_same() {
        let (one, other) = (password().unwrap(), password().unwrap());
        assert_ne!(one, other);
        assert!(one.len() >= flow::people::SHORTEST_PASSWORD, "{one}");
        assert!(one.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-'), "{one}");
    }
}
