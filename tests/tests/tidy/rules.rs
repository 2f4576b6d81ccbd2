//! Which words may stand where, and what to do instead.

use super::code::Source;

/// Rooms whose every word for people is in `assets/texts/`.
pub const SPEAKING_ROOMS: &[&str] =
    &["kiosk/src", "display/src", "queue-server/src", "look/src", "firmware-bridge/src"];

/// Sample data for pictures of the screens, in the language of the halls.
pub const SAMPLES: &[&str] = &["kiosk/src/gallery", "display/src/gallery"];

/// Where colours are made: the hand of the screens, the hand of the pages.
pub const COLOURS: &[&str] = &["look/", "assets/web/tokens.css"];

/// Where one developer's machine shows. (Written apart, so that this file does not tell of one.)
pub const MACHINE_PATHS: &[&str] =
    &[concat!("/wo", "rk/"), concat!("/ho", "me/"), concat!("/ro", "ot/")];

/// Words that may stand only in some files.
pub struct Rule {
    /// Any of these. One that begins or ends with a letter is a whole word.
    pub words: &'static [&'static str],
    /// Paths that begin so may have them.
    pub only_in: &'static [&'static str],
    /// Whether tests are free to.
    pub free_in_tests: bool,
    /// What to do.
    pub instead: &'static str,
}

/// Every rule of words.
pub const WORDS: &[Rule] = &[
    Rule {
        words: &["serialport"],
        only_in: &["firmware-bridge/src/port", "paper/src/transport"],
        free_in_tests: true,
        instead: "only firmware-bridge/src/port.rs and paper's transports open a serial line: pass bytes through them",
    },
    Rule {
        words: &["sled"],
        only_in: &["queue-server/src/store"],
        free_in_tests: true,
        instead: "only queue-server/src/store.rs knows the store: ask it",
    },
    Rule {
        words: &["mqtt5"],
        // main.rs names it once more: it is too talkative for the log.
        only_in: &["queue-server/src/broker", "queue-server/src/main.rs"],
        free_in_tests: true,
        instead: "only queue-server/src/broker.rs knows the embedded broker: ask it",
    },
    Rule {
        words: &["sync_data", "fdatasync"],
        only_in: &["journal/", "tests/tests/tidy"],
        free_in_tests: false,
        instead: "only the journal syncs: append to a journal, and sync that",
    },
    Rule {
        words: &["\"hall/"],
        only_in: &["wire/src/topics"],
        free_in_tests: true,
        instead: "topics are spelled in wire/src/topics.rs only: build it there",
    },
    Rule {
        words: &["decide(&", ".decide("],
        only_in: &["hall/", "queue-server/src/engine", "queue-server/src/forecast"],
        free_in_tests: true,
        instead: "only the engine decides: send it the command",
    },
    Rule {
        words: &["Color32::", "Rgba::"],
        only_in: &["look/src"],
        free_in_tests: true,
        instead: "colours of screens live in look: take one from there, or add it there by what it means",
    },
    Rule {
        words: &["todo!", "unimplemented!", "dbg!", "#[ignore", "#[should_panic", "FIXME", "XXX"],
        only_in: &["tests/tests/tidy"],
        free_in_tests: false,
        instead: "unfinished: finish it, or open an issue and write TODO(#number) with a whole sentence",
    },
    Rule {
        words: &["HashMap", "HashSet"],
        only_in: &["tests/tests/tidy"],
        free_in_tests: false,
        instead: "its order differs from run to run: use BTreeMap or BTreeSet",
    },
    Rule {
        words: &["#[serde(untagged)]", "serde(flatten"],
        only_in: &[],
        free_in_tests: true,
        instead: "such a message cannot say what is wrong with it: name the variants and fields",
    },
];

impl Rule {
    /// Says where a file breaks it.
    pub fn check<'s>(&'s self, source: &'s Source) -> impl Iterator<Item = String> + 's {
        let free = self.only_in.iter().any(|place| source.path.starts_with(place))
            || self.free_in_tests && source.is_test();
        let lines = source.code_lines().filter(move |_| !free);
        lines.filter_map(|(number, line)| {
            let word = self.words.iter().find(|word| stands_in(word, line))?;
            Some(source.at(number, &format!("`{word}` may not stand here: {}", self.instead)))
        })
    }
}

/// Returns whether the word stands in the line by itself: "sled" does not in "misled".
fn stands_in(word: &str, line: &str) -> bool {
    let joins = |letter: Option<char>| letter.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        let begins = joins(word.chars().next()) && joins(line[..at].chars().next_back());
        let goes_on =
            joins(word.chars().next_back()) && joins(line[at + word.len()..].chars().next());
        !begins && !goes_on
    })
}
