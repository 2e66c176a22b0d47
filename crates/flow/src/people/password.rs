//! Passwords: which may be chosen, and how they are kept.
//!
//! Owns: Argon2id with 19 MiB, two passes, one lane (OWASP's first recommendation), its results in their own notation, so
//! that stronger settings can come later beside what is there. Refuses to know: whose they are.

use super::common_passwords::COMMON;
use crate::Refused;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use store::db::DbError;
use tokio::sync::Semaphore;

/// In characters.
pub const SHORTEST_PASSWORD: usize = 12;
/// In characters: a passphrase fits, and nobody keeps the machine busy with a book.
pub const LONGEST_PASSWORD: usize = 128;

const MEMORY_KIB: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashed at the same time: each takes [`MEMORY_KIB`] and a processor.
static TURNS: Semaphore = Semaphore::const_new(2);

/// # Errors
/// It is too short, too long, or one that many people choose; `at` is where it was written.
pub(super) fn check(at: &str, password: &str) -> Result<(), Refused> {
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        let say =
            format!("this password has {length} characters; choose one with {SHORTEST_PASSWORD} or more");
        return Err(Refused::invalid(at, say));
    }
    if length > LONGEST_PASSWORD {
        let say =
            format!("this password has {length} characters; choose one with {LONGEST_PASSWORD} or fewer");
        return Err(Refused::invalid(at, say));
    }
    let lower = password.to_lowercase();
    let core = lower.trim_matches(|c: char| !c.is_alphabetic());
    if core.is_empty() || COMMON.contains(&core) || COMMON.contains(&lower.as_str()) || repeats(&lower) {
        let say = "many people choose a password like this one, so it is tried first; choose four words that have \
                   nothing to do with each other";
        return Err(Refused::invalid(at, say));
    }
    Ok(())
}

/// A short piece, over and over.
fn repeats(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    (1..=letters.len() / 3).any(|n| letters.iter().zip(letters.iter().skip(n)).all(|(one, next)| one == next))
}

/// # Errors
/// The machine has no memory or no random numbers left.
pub(super) async fn hashed(password: &str) -> Result<String, Refused> {
    let password = password.to_owned();
    busy(move || {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|error| DbError::Unavailable(error.to_string()))?;
        let hash = hasher()?.hash_password_with_salt(password.as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|error| DbError::Broken(error.to_string()))
    })
    .await
}

/// Whether a password is the one that was hashed. Without a hash it takes as long and says no: how long an answer takes
/// must not tell who is known.
///
/// # Errors
/// The machine has no memory left.
pub(super) async fn is_right(password: &str, hash: Option<&str>) -> Result<bool, Refused> {
    let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
    busy(move || match hash {
        Some(hash) => Ok(hasher()?.verify_password(password.as_bytes(), hash.as_str()).is_ok()),
        None => {
            let _ = hasher()?.hash_password_with_salt(password.as_bytes(), &[0; 16]);
            Ok(false)
        }
    })
    .await
}

fn hasher() -> Result<Argon2<'static>, DbError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None);
    let params = params.map_err(|error| DbError::Broken(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Work that keeps a processor busy, away from the threads that answer requests.
async fn busy<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DbError> + Send + 'static,
) -> Result<T, Refused> {
    let turn = TURNS.acquire().await.map_err(|error| DbError::Broken(error.to_string()))?;
    let done = tokio::task::spawn_blocking(work).await;
    drop(turn);
    Ok(done.map_err(|error| DbError::Broken(error.to_string()))??)
}

#[cfg(test)]
mod tests {
    use super::{check, hashed, is_right};

    #[test]
    fn a_password_is_long_enough_and_not_one_that_everybody_takes() {
        for good in [
            "lantern moss ferry dice",
            "nettle-okra-19-quartz",
            "ein Löffel voll Regen",
            &"ab1".repeat(3),
            "x",
        ] {
            let is_short = good.chars().count() < 12;
            assert_eq!(check("/password", good).is_err(), is_short, "{good}");
        }
        for bad in [
            "Password1234!",
            "123456789012",
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabc",
            "qwertyuiop12",
            "!!Welcome2026!!",
            "CorrectHorseBatteryStaple",
            &"long ".repeat(40),
        ] {
            assert!(check("/password", bad).is_err(), "{bad}");
        }
    }

    #[tokio::test]
    async fn a_hash_knows_its_password_and_no_other() {
        let hash = hashed("lantern moss ferry dice").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_eq!(is_right("lantern moss ferry dice", Some(&hash)).await, Ok(true));
        assert_eq!(is_right("lantern moss ferry dicE", Some(&hash)).await, Ok(false));
        assert_eq!(is_right("lantern moss ferry dice", None).await, Ok(false));
    }
}
