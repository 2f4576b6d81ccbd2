//! 16-bit PCM in a WAV: as much of the format as clips need.

use std::time::Duration;

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

/// The loudest that is ever played, a little under full scale: what is louder would be cut off.
const PEAK_MAX: f32 = 32_000.0;

impl Sound {
    /// The same, as loud as this, in hundredths of itself; never so loud that it is cut off.
    #[must_use]
    pub fn at(mut self, volume_percent: u16) -> Self {
        let wanted = f32::from(volume_percent.min(200)) / 100.0;
        let most = PEAK_MAX / f32::from(self.peak().max(1));
        let gain = wanted.min(most);
        for sample in &mut self.samples {
            *sample = (f32::from(*sample) * gain) as i16;
        }
        self
    }

    /// The farthest from silence.
    #[must_use]
    pub fn peak(&self) -> u16 {
        self.samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0)
    }

    /// How long it is heard.
    #[must_use]
    pub fn lasts(&self) -> Duration {
        let frames = self.samples.len() / usize::from(self.channels.max(1));
        Duration::from_secs_f64(frames as f64 / f64::from(self.rate.max(1)))
    }

    /// The same in one channel at another rate.
    #[must_use]
    pub fn in_mono(self, rate: u32) -> Self {
        let channels = usize::from(self.channels.max(1));
        let mean = |frame: &[i16]| {
            let sum: i32 = frame.iter().map(|sample| i32::from(*sample)).sum();
            (sum / channels as i32) as i16
        };
        let mono: Vec<i16> = self.samples.chunks_exact(channels).map(mean).collect();
        if rate == self.rate || mono.is_empty() {
            return Self { rate, channels: 1, samples: mono };
        }
        let step = f64::from(self.rate) / f64::from(rate.max(1));
        let count = (mono.len() as f64 / step) as usize;
        let between = |n: usize| {
            let place = n as f64 * step;
            let (first, part) = (place as usize, place.fract());
            let one = f64::from(mono[first.min(mono.len() - 1)]);
            let next = f64::from(mono[(first + 1).min(mono.len() - 1)]);
            (one + (next - one) * part) as i16
        };
        Self { rate, channels: 1, samples: (0..count).map(between).collect() }
    }
}

/// The WAV of a sound.
#[must_use]
pub fn write(sound: &Sound) -> Vec<u8> {
    let mut bytes = head(sound.rate, sound.channels, sound.samples.len());
    bytes.extend(sound.samples.iter().flat_map(|sample| sample.to_le_bytes()));
    bytes
}

/// What stands before so many samples in a WAV.
#[must_use]
pub fn head(rate: u32, channels: u16, samples: usize) -> Vec<u8> {
    let data = u32::try_from(samples * 2).unwrap_or(u32::MAX);
    let frame = channels * 2;
    let mut bytes = Vec::with_capacity(44);
    bytes.extend(b"RIFF");
    bytes.extend((data.saturating_add(36)).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    bytes.extend(1_u16.to_le_bytes());
    bytes.extend(channels.to_le_bytes());
    bytes.extend(rate.to_le_bytes());
    bytes.extend((rate * u32::from(frame)).to_le_bytes());
    bytes.extend(frame.to_le_bytes());
    bytes.extend(16_u16.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend(data.to_le_bytes());
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
