//! Rules broken on purpose: what is changed where. The product itself holds no trace of it.

use std::{fs, path::Path};

use serde::Deserialize;

/// The list.
const LIST: &str = include_str!("../mutations.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    mutation: Vec<Mutation>,
}

/// One rule broken.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mutation {
    /// What is wrong then.
    pub name: String,
    /// The words of `cargo test` for the tests nearest to it.
    pub proof: String,
    /// The places.
    pub edit: Vec<Edit>,
}

/// One place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The file, from the house on.
    pub file: String,
    /// What stands there, exactly once.
    pub find: String,
    /// What stands there instead.
    pub put: String,
}

/// Every rule that is broken on purpose.
///
/// # Panics
/// If the list cannot be read.
#[must_use]
pub fn all() -> Vec<Mutation> {
    let list: List = toml::from_str(LIST).unwrap_or_else(|error| panic!("mutations.toml: {error}"));
    list.mutation
}

impl Edit {
    /// The file's text with the rule broken.
    ///
    /// # Errors
    /// If what is to be changed does not stand there exactly once: the code has moved on.
    pub fn made(&self, house: &Path) -> Result<String, String> {
        let text = fs::read_to_string(house.join(&self.file))
            .map_err(|error| format!("{}: {error}", self.file))?;
        match text.matches(&self.find).count() {
            1 => Ok(text.replacen(&self.find, &self.put, 1)),
            count => Err(format!("{}: `{}` stands there {count} times", self.file, self.find)),
        }
    }
}
