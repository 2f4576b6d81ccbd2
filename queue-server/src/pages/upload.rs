//! A file that a form sends: `multipart/form-data`, as browsers write it, and no more of it.

/// One field of a form.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'b> {
    /// Its name.
    pub name: String,
    /// The file's own name; none for a plain field.
    pub file: Option<String>,
    /// What was sent.
    pub bytes: &'b [u8],
}

/// Fields of one form; ours have four.
const PARTS_MAX: usize = 16;

/// The fields of a form; none if it is not one.
pub fn parts<'b>(content_type: &str, body: &'b [u8]) -> Option<Vec<Part<'b>>> {
    let (kind, rest) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = rest.split(';').find_map(|each| each.trim().strip_prefix("boundary="))?;
    let boundary = boundary.trim_matches('"');
    if boundary.is_empty() {
        return None;
    }
    let opening = format!("--{boundary}").into_bytes();
    let between = format!("\r\n--{boundary}").into_bytes();
    let mut rest = &body[find(body, &opening)? + opening.len()..];
    let mut parts = Vec::new();
    while let Some(whole) = rest.strip_prefix(b"\r\n") {
        if parts.len() == PARTS_MAX {
            return None;
        }
        let end = find(whole, &between)?;
        parts.extend(part(&whole[..end]));
        rest = &whole[end + between.len()..];
    }
    rest.starts_with(b"--").then_some(parts)
}

fn part(whole: &[u8]) -> Option<Part<'_>> {
    let head_ends = find(whole, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&whole[..head_ends]);
    let mut lines = head.lines();
    let said = lines.find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let value = |key: &str| {
        let mut values = said.split(';').map(str::trim);
        let found = values.find_map(|each| each.strip_prefix(key)?.strip_prefix('='))?;
        Some(found.trim_matches('"').to_owned())
    };
    Some(Part { name: value("name")?, file: value("filename"), bytes: &whole[head_ends + 4..] })
}

fn find(within: &[u8], sought: &[u8]) -> Option<usize> {
    within.windows(sought.len()).position(|window| window == sought)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_with_a_file_is_read_and_anything_else_is_none() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"way\"\r\n\r\nmerge\r\n\
            --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\
            Content-Type: text/csv\r\n\r\na,b\r\n1,2\r\n\r\n--x--\r\n";
        let found = parts("multipart/form-data; boundary=x", body).unwrap();
        assert_eq!((found[0].name.as_str(), found[0].bytes), ("way", b"merge".as_slice()));
        assert_eq!(found[1].file.as_deref(), Some("a.csv"));
        assert_eq!(found[1].bytes, b"a,b\r\n1,2\r\n");
        assert_eq!(parts("application/json", body), None);
        assert_eq!(parts("multipart/form-data; boundary=", body), None);
        assert_eq!(parts("multipart/form-data; boundary=y", body), None);
        assert_eq!(parts("multipart/form-data; boundary=x", &body[..60]), None);
    }
}
