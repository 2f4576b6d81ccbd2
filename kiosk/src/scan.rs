//! A scanner of codes types like a keyboard: what comes fast and ends with Enter is a code.

use crate::{limits, moment::Moment};

/// The code that is being typed.
#[derive(Debug, Default)]
pub struct Scan {
    text: String,
    last: Moment,
}

impl Scan {
    /// Characters came; what came before a pause is a hand on a keyboard and is forgotten.
    pub fn typed(&mut self, text: &str, now: Moment) {
        if self.last.millis_until(now) > limits::SCAN_PAUSE_MILLIS {
            self.text.clear();
        }
        self.last = now;
        let room = limits::SCAN_CHARS_MAX.saturating_sub(self.text.chars().count());
        self.text.extend(text.chars().filter(|each| !each.is_control()).take(room));
    }

    /// Enter came: answers the code, if there is one.
    pub fn ended(&mut self, now: Moment) -> Option<String> {
        let fast = self.last.millis_until(now) <= limits::SCAN_PAUSE_MILLIS;
        let code = std::mem::take(&mut self.text);
        (fast && !code.is_empty()).then_some(code)
    }
}

/// True of a character that a slip's secret may have, written large: none that looks like another.
#[must_use]
pub const fn is_of_token(key: char) -> bool {
    key.is_ascii_digit() || (key.is_ascii_uppercase() && !matches!(key, 'I' | 'L' | 'O' | 'U'))
}

/// The secret of a slip's code: the last part of its address, or the secret alone.
#[must_use]
pub fn token(code: &str) -> Option<String> {
    let code = code.trim();
    let last = match code.rsplit_once("/t/") {
        Some((_, last)) => last.split(['?', '#', '/']).next().unwrap_or_default(),
        // What has no letter is the code of some goods.
        None if code.bytes().all(|byte| byte.is_ascii_digit()) => return None,
        None => code,
    };
    let last = last.to_ascii_lowercase();
    last.parse::<wire::ids::Token>().is_ok().then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_fast_and_ends_with_enter_is_a_code() {
        let at = |millis: u64| Moment(10_000 + millis);
        let mut scan = Scan::default();
        scan.typed("http://hall/t/", at(0));
        scan.typed("7k3m9qf2x4w8a", at(20));
        assert_eq!(scan.ended(at(30)).as_deref(), Some("http://hall/t/7k3m9qf2x4w8a"));
        assert_eq!(scan.ended(at(40)), None, "a code is read once");
        scan.typed("abc", at(1_000));
        assert_eq!(scan.ended(at(3_000)), None, "nobody's scanner waits that long");
        scan.typed("x", at(5_000));
        scan.typed("y", at(7_000));
        assert_eq!(scan.ended(at(7_010)).as_deref(), Some("y"));
        for n in 0..1_000 {
            scan.typed("0123456789", at(9_000 + n));
        }
        assert_eq!(scan.ended(at(10_000)).map(|code| code.len()), Some(limits::SCAN_CHARS_MAX));
    }

    #[test]
    fn a_slip_is_known_by_its_address_or_by_its_secret() {
        let known = Some("7k3m9qf2x4w8a".to_owned());
        for code in [
            "http://192.168.1.10:8080/t/7k3m9qf2x4w8a",
            "https://hall.example/t/7k3m9qf2x4w8a?lang=en",
            "HTTP://HALL/t/7K3M9QF2X4W8A",
            " 7k3m9qf2x4w8a ",
        ] {
            assert_eq!(token(code), known, "{code}");
        }
        for code in ["", "A012", "http://elsewhere/x", "6901234567892", "/t/"] {
            assert_eq!(token(code), None, "{code}");
        }
    }
}
