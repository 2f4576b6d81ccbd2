//! What the county hall of the gallery is called in English, by letters and codes.

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
