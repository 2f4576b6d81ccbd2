//! 八公开: what a hall tells people about an item, beside what its queues need of it.
//!
//! It stands in events (`CatalogueChanged`): fields are only added, with a default.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::Item;
use crate::words::people::{ItemTag, Tier};

/// What is published of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Published {
    /// 国家事项编码.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub national_code: Option<String>,
    /// 法定时限, in working days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statutory_working_days: Option<u16>,
    /// 俗称: what people call it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Its name in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub english_name: Option<String>,
    /// 层级 at which it can be done; empty: not said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Tier>,
    /// 四办.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<ItemTag>,
    /// 八公开.
    #[serde(skip_serializing_if = "Guide::is_empty")]
    pub guide: Guide,
}

/// 办事指南: the eight things that are made public of every item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Guide {
    /// 服务内容.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// 审批依据.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// 申报条件.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub conditions: String,
    /// 申报材料.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<String>,
    /// 办理程序.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub procedure: String,
    /// 承诺期限, in words; the working days stand with the item.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub limit: String,
    /// 收费标准.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub fees: String,
    /// 办事结果.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub result: String,
}

impl Guide {
    /// True if nothing is published.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Item {
    /// How many bytes its texts take in a record at most.
    #[must_use]
    pub fn text_bytes(&self) -> usize {
        let published = &self.published;
        let guide = &published.guide;
        let texts = [
            &self.name,
            &guide.content,
            &guide.basis,
            &guide.conditions,
            &guide.procedure,
            &guide.limit,
            &guide.fees,
            &guide.result,
        ];
        let texts = texts.into_iter().chain(&published.national_code);
        let texts = texts.chain(&published.english_name).chain(&published.aliases);
        let texts = texts.chain(&guide.materials).chain(&self.bring);
        texts.map(|text| written_bytes(text)).sum()
    }
}

/// JSON writes some characters as two and control characters as six.
fn written_bytes(text: &str) -> usize {
    let written = |byte: u8| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 2,
        0..=0x1f => 6,
        _ => 1,
    };
    // Quotes and a comma stand around each.
    text.bytes().map(written).sum::<usize>() + 3
}
