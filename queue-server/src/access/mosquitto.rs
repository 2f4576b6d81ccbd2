//! What mosquitto keeps of a secret: PBKDF2 with HMAC-SHA-512, written as its own
//! `mosquitto_passwd` writes it. A secret is known only when it is made, so this is made with it.

use base64::{Engine, engine::general_purpose::STANDARD};
use pbkdf2::pbkdf2_hmac_array;
use sha2::Sha512;

use super::Fault;

/// How often it is hashed: as often as `mosquitto_passwd` does. A secret has 256 random bits, so
/// nobody gets further by guessing faster.
const ITERATIONS: u32 = 101;

/// Bytes of salt, as in `mosquitto_passwd`.
const SALT_BYTES: usize = 12;

/// Bytes of the hash: one block of SHA-512.
const HASH_BYTES: usize = 64;

/// The second column of mosquitto's password file, `$7$iterations$salt$hash` (mosquitto 2.0).
///
/// # Errors
/// If the system gives no random bytes.
pub fn hash(secret: &str) -> Result<String, Fault> {
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt).map_err(|error| Fault::Random(error.to_string()))?;
    Ok(written(secret, &salt))
}

fn written(secret: &str, salt: &[u8]) -> String {
    let hash = pbkdf2_hmac_array::<Sha512, HASH_BYTES>(secret.as_bytes(), salt, ITERATIONS);
    format!("$7${ITERATIONS}${}${}", STANDARD.encode(salt), STANDARD.encode(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_written_as_mosquitto_passwd_writes_it() {
        // `mosquitto_passwd -b -c file bridge-1 secret` of mosquitto 2.0.11.
        const LINE: &str = "$7$101$7dLhxUkwW5aLvqpx$HRcAXHfGt6HmhULfFZKuoJXjp9cryruja7rEBSXiBzvpTNG5U60zg3q1dwtTQSyMFO9bZvtqw0Tj0Ng6NnEyiA==";
        let salt = LINE.split('$').nth(3).unwrap();
        assert_eq!(written("secret", &STANDARD.decode(salt).unwrap()), LINE);
    }

    #[test]
    fn a_salt_is_never_used_twice() {
        assert_ne!(hash("secret").unwrap(), hash("secret").unwrap());
    }
}
