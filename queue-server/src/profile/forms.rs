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
    /// Where it stands in the file; empty for a sheet and for what stands at the head of a file.
    pub list: &'static [&'static str],
    /// How it stands there.
    pub layout: Layout,
    /// Which of [`AREAS`] it is of.
    pub area: &'static str,
    /// The field that no two rows share; empty where rows are known by their place.
    pub key: &'static str,
    /// What a row has.
    pub fields: &'static [Field],
    /// 版本和审批: a second person looks at it before it is in force.
    pub is_guarded: bool,
    /// 大厅管理员 may change it too.
    pub by_office: bool,
}

/// How a list stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A row of a sheet each.
    Sheet,
    /// A `[[list]]` each.
    Tables,
    /// A `[[list]]` each, in a row of the list of this word; its first field names that row.
    Within(&'static str),
    /// `[list]`, or the head of the file: settings, which are one row.
    Settings,
    /// `[list]`: a name and a value each.
    Pairs,
}

/// What lists are about, in the order in which people look for them.
pub const AREAS: &[&str] =
    &["catalogue", "hall", "calendar", "people", "devices", "screens", "voice", "map"];

impl Form {
    /// A list that only 系统管理员 changes, and at once.
    const fn of_fields(
        word: &'static str,
        file: &'static str,
        list: &'static [&'static str],
        key: &'static str,
        fields: &'static [Field],
    ) -> Self {
        Self {
            word,
            file,
            list,
            layout: Layout::Tables,
            area: AREAS[0],
            key,
            fields,
            is_guarded: false,
            by_office: false,
        }
    }

    /// Settings that are one row.
    const fn settings(
        word: &'static str,
        file: &'static str,
        list: &'static [&'static str],
        fields: &'static [Field],
    ) -> Self {
        Self { layout: Layout::Settings, ..Self::of_fields(word, file, list, "", fields) }
    }

    const fn standing(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    const fn about(self, area: &'static str) -> Self {
        Self { area, ..self }
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
        self.layout == Layout::Sheet
    }

    /// True for settings, which are one row that always is there.
    #[must_use]
    pub fn is_settings(&self) -> bool {
        self.layout == Layout::Settings
    }

    /// The list in whose rows its own stand, and the field that names such a row.
    #[must_use]
    pub fn owner(&self) -> Option<(&'static Self, &'static str)> {
        let Layout::Within(word) = self.layout else { return None };
        Self::of(word).zip(self.fields.first().map(|field| field.key))
    }
}

#[cfg(test)]
mod tests;
