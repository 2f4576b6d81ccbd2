//! The signature of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, one for each secret, so
//! that a secret is changed without a gap.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// What a secret may begin with.
const PREFIX: &str = "whsec_";

/// Bytes of a secret: what the standard asks for.
const SECRET_BYTES_MIN: usize = 24;
const SECRET_BYTES_MAX: usize = 64;

/// A secret that only the receiver knows too.
pub type Secret = Zeroizing<Vec<u8>>;

/// The secrets of a file, a line each: the one in use, and the one before while both are known.
pub fn secrets(text: &str) -> Option<Vec<Secret>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let secrets: Option<Vec<Secret>> = lines.map(secret).collect();
    secrets.filter(|secrets| (1..=2).contains(&secrets.len()))
}

fn secret(line: &str) -> Option<Secret> {
    let text = line.strip_prefix(PREFIX).unwrap_or(line);
    let bytes = STANDARD.decode(text).ok().map(Zeroizing::new)?;
    (SECRET_BYTES_MIN..=SECRET_BYTES_MAX).contains(&bytes.len()).then_some(bytes)
}

/// The header `webhook-signature`.
pub fn signature(secrets: &[Secret], id: &str, timestamp: i64, body: &str) -> String {
    let one = |secret: &Secret| {
        let mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        let signed = mac.chain_update(format!("{id}.{timestamp}.{body}")).finalize();
        Some(format!("v1,{}", STANDARD.encode(signed.into_bytes())))
    };
    secrets.iter().filter_map(one).collect::<Vec<_>>().join(" ")
}
