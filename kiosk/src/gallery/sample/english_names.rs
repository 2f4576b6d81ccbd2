//! What the county hall of the gallery is called in English, by letters and codes.

use std::collections::BTreeMap;

/// Papers that people bring.
const PAPERS: [(&str, &str); 13] = [
    ("身份证原件（全体股东）", "ID cards of all shareholders"),
    ("住所使用证明", "Proof of use of the address"),
    ("公司章程", "Articles of association"),
    ("身份证原件", "ID card (original)"),
    ("经营场所证明", "Proof of the place of business"),
    ("居民户口簿原件", "Household register (original)"),
    ("原居民身份证（换领时交回）", "The old ID card (handed in)"),
    ("本人到场，现场拍照、采集指纹", "Yourself, for photo and prints"),
    ("房屋产权证明", "Proof that you own the home"),
    ("出生医学证明", "Medical certificate of birth"),
    ("父母户口簿、身份证", "Parents' registers and ID cards"),
    ("结婚证", "Marriage certificate"),
    ("居住证明", "Proof of residence"),
];

pub fn papers() -> BTreeMap<String, String> {
    PAPERS.iter().map(|(name, english)| ((*name).to_owned(), (*english).to_owned())).collect()
}

pub fn item(code: &str) -> &'static str {
    match code {
        "A01" => "Company registration",
        "A02" => "Sole trader registration",
        "L01" => "Identity card",
        "L02" => "Household registration",
        "L03" => "Birth registration",
        _ => "Residence permit",
    }
}

pub fn zone(letter: &str) -> &'static str {
    match letter {
        "A" => "Business",
        "B" => "Projects",
        "C" => "Welfare",
        "G" => "Guide desk",
        "X" => "Facilities",
        _ => "Daily life",
    }
}

pub fn zone_label(letter: &str) -> String {
    match letter {
        "G" => "Guide".to_owned(),
        "X" => "Other".to_owned(),
        _ => format!("Area {letter}"),
    }
}

pub fn queue(letter: &str) -> &'static str {
    match letter {
        "A" => "Starting a business",
        "B" => "Business permits",
        "C" => "Tax services",
        "D" => "Investment projects",
        "E" => "Property registration",
        "F" => "Social insurance",
        "G" => "Jobs & talent",
        "H" => "Health insurance",
        "J" => "Civil affairs",
        "K" => "General services",
        "L" => "Household & ID cards",
        "M" => "Passports & visas",
        "N" => "Housing provident fund",
        "P" => "Water, power & gas",
        "R" => "Collect documents",
        _ => "Unresolved matters",
    }
}

/// The department of a queue.
pub fn department(letter: &str) -> &'static str {
    match letter {
        "A" | "B" => "Market Regulation",
        "C" => "Taxation",
        "E" => "Natural Resources",
        "F" | "G" => "Labour & Social Security",
        "H" => "Healthcare Security",
        "J" => "Civil Affairs",
        "L" | "M" => "Police",
        "N" => "Housing Provident Fund",
        "P" => "Water, Power & Gas",
        _ => "Government Service Centre",
    }
}
