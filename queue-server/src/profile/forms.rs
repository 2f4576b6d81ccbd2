//! What stands in a profile's files, as rows with fields: for whoever fills in forms, and for whoever
//! compares two profiles. What is right is said by the check alone.

pub mod compare;
mod edit;
mod known;
pub mod lines;
pub mod own;
mod read;
mod sheet;

pub use edit::{EditFault, put, remove, switch};
pub use known::FORMS;
pub use read::{Row, aside, rows, values};

/// What stands between the values of a list, as in `items.csv`.
pub const BETWEEN: char = '；';

/// One list of a profile: what its rows are called, where they stand, what they have.
#[derive(Debug)]
pub struct Form {
    /// Its word in addresses and texts.
    pub word: &'static str,
    /// The file.
    pub file: &'static str,
    /// Where the list stands in the file; empty for a sheet.
    pub list: &'static [&'static str],
    /// The field that no two rows share; empty where rows are known by their place.
    pub key: &'static str,
    /// What a row has.
    pub fields: &'static [Field],
    /// 版本和审批: a second person looks at it before it is in force.
    pub is_guarded: bool,
    /// 大厅管理员 may change it too.
    pub by_office: bool,
}

impl Form {
    /// A list that only 系统管理员 changes, and at once.
    const fn of_fields(
        word: &'static str,
        file: &'static str,
        list: &'static [&'static str],
        key: &'static str,
        fields: &'static [Field],
    ) -> Self {
        Self { word, file, list, key, fields, is_guarded: false, by_office: false }
    }

    const fn guarded(self) -> Self {
        Self { is_guarded: true, ..self }
    }

    const fn by_office(self) -> Self {
        Self { by_office: true, ..self }
    }
}

/// A field of a row.
#[derive(Debug)]
pub struct Field {
    /// Its name in the file.
    pub key: &'static str,
    /// What can stand there.
    pub shape: Shape,
    /// It must be there.
    pub must: bool,
    /// It stands in the list of the rows.
    pub listed: bool,
}

/// What can stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A few words.
    Text,
    /// Sentences.
    Long,
    /// A number.
    Number,
    /// Yes or no, and what it is when nothing is said.
    Flag(bool),
    /// A time of day.
    Time,
    /// A day, written as such.
    Date,
    /// One of these words.
    One(&'static [&'static str]),
    /// Some of these words.
    Some(&'static [&'static str]),
    /// A row of another list.
    Of(&'static str),
    /// Rows of another list.
    Many(&'static str),
    /// Texts, one a line.
    Texts,
    /// Numbers, one a line.
    Numbers,
}

impl Shape {
    /// True if it has several values.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Some(_) | Self::Many(_) | Self::Texts | Self::Numbers)
    }
}

impl Form {
    /// The form of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<&'static Self> {
        FORMS.iter().find(|form| form.word == word)
    }

    /// The form of a list of a file.
    #[must_use]
    pub fn at(file: &str, list: &[String]) -> Option<&'static Self> {
        FORMS.iter().find(|form| form.file == file && form.list == list)
    }

    /// A field of it.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// True for the catalogue.
    #[must_use]
    pub fn is_sheet(&self) -> bool {
        self.list.is_empty()
    }
}

#[cfg(test)]
mod tests;
