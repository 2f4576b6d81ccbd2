//! How many bytes follow the names of commands that are passed over.

/// Says how many bytes follow ESC and a name, if the name is known.
pub(super) fn esc(name: u8) -> Option<usize> {
    match name {
        b'<' | b'L' | b'S' => Some(0),
        b'-' | b' ' | b'%' | b'?' | b'G' | b'K' | b'M' | b'R' | b'T' | b'V' | b'e' | b'r'
        | b't' | b'u' | b'{' | b'=' => Some(1),
        b'$' | b'\\' | b'B' | b'c' => Some(2),
        b'p' => Some(3),
        b'W' => Some(8),
        _ => None,
    }
}

/// Says how many bytes follow FS and a name, if the name is known.
pub(super) fn fs(name: u8) -> Option<usize> {
    match name {
        b'!' | b'-' | b'W' | b'C' => Some(1),
        b'S' | b'p' => Some(2),
        _ => None,
    }
}

/// Says how many bytes follow GS and a name, if the name is known.
pub(super) fn gs(name: u8) -> Option<usize> {
    match name {
        b':' => Some(0),
        b'/' | b'H' | b'T' | b'b' | b'f' | b'h' | b'w' => Some(1),
        b'$' | b'\\' | b'P' => Some(2),
        b'^' => Some(3),
        _ => None,
    }
}
