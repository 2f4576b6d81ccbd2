//! 16-bit PCM in a WAV: as much of the format as clips need.

/// A sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// Samples a second.
    pub rate: u32,
    /// Channels, interleaved.
    pub channels: u16,
    /// The samples.
    pub samples: Vec<i16>,
}

impl Sound {
    /// The same, as loud as this, in hundredths of itself.
    #[must_use]
    pub fn at(mut self, volume_percent: u8) -> Self {
        let percent = i32::from(volume_percent.min(100));
        for sample in &mut self.samples {
            *sample = (i32::from(*sample) * percent / 100) as i16;
        }
        self
    }
}

/// The WAV of a sound.
pub fn write(sound: &Sound) -> Vec<u8> {
    let data = u32::try_from(sound.samples.len() * 2).unwrap_or(u32::MAX);
    let frame = sound.channels * 2;
    let mut bytes = Vec::with_capacity(44 + sound.samples.len() * 2);
    bytes.extend(b"RIFF");
    bytes.extend((data.saturating_add(36)).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    bytes.extend(1_u16.to_le_bytes());
    bytes.extend(sound.channels.to_le_bytes());
    bytes.extend(sound.rate.to_le_bytes());
    bytes.extend((sound.rate * u32::from(frame)).to_le_bytes());
    bytes.extend(frame.to_le_bytes());
    bytes.extend(16_u16.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend(data.to_le_bytes());
    bytes.extend(sound.samples.iter().flat_map(|sample| sample.to_le_bytes()));
    bytes
}

/// Reads a WAV; the reason in words if it is none of ours.
pub fn read(bytes: &[u8]) -> Result<Sound, &'static str> {
    if bytes.get(..4) != Some(b"RIFF") || bytes.get(8..12) != Some(b"WAVE") {
        return Err("it is no WAV");
    }
    let mut format = None;
    let mut rest = &bytes[12..];
    while let Some((head, after)) = rest.split_at_checked(8) {
        let size = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        // Some recorders leave the last chunk's size open.
        let body = &after[..size.min(after.len())];
        match &head[..4] {
            b"fmt " => format = Some(read_format(body)?),
            b"data" => {
                let (rate, channels) = format.ok_or("its format stands after its sound")?;
                let pairs = body.chunks_exact(2);
                let samples = pairs.map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
                return Ok(Sound { rate, channels, samples });
            }
            _ => {}
        }
        // Chunks begin at even places.
        rest = after.get(size + size % 2..).unwrap_or_default();
    }
    Err("it has no sound")
}

fn read_format(body: &[u8]) -> Result<(u32, u16), &'static str> {
    let word = |at: usize| body.get(at..at + 2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let [Some(coding), Some(channels), Some(low), Some(high), Some(bits)] =
        [word(0), word(2), word(4), word(6), word(14)]
    else {
        return Err("its format is cut off");
    };
    if (coding, bits) != (1, 16) || channels == 0 {
        return Err("it is not 16-bit PCM");
    }
    Ok((u32::from(low) | u32::from(high) << 16, channels))
}
