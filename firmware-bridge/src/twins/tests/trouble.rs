//! Lines with trouble: noise, wrong speeds, a thread that fails.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

/// Ends the noise, also when a test fails.
struct Silence<'a>(&'a AtomicBool);

impl Drop for Silence<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Puts noise on the line while something is done.
fn amid_noise<T>(twins: &TwinLine, noise: &[u8], every: Duration, act: impl FnOnce() -> T) -> T {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                twins.say(noise);
                std::thread::park_timeout(every);
            }
        });
        let _silence = Silence(&done);
        act()
    })
}

#[test]
fn noise_that_never_ends_holds_up_no_strip_and_no_key() {
    for (noise, every) in [(&[0xFF][..], 50), (&[0xA0], 50), (&[0xFF, 0x68, 0x03], 40)] {
        let mut hall = hall(false);
        hall.waits_for_state("pad-1", Health::Online, "");
        let Hall { twins, worker, events, .. } = &hall;
        amid_noise(twins, noise, Duration::from_millis(every), || {
            for revision in 1..=3 {
                let began = Instant::now();
                let text = format!("A00{revision} 正在办理");
                let face = Face::Strip { text: text.clone(), tone: Tone::Steady };
                let wanted = Box::new(Wanted { revision, face });
                let order = LineOrder::Wanted(id("strip-1"), wanted);
                assert!(worker.as_ref().unwrap().try_order(order).is_ok());
                let shows = |twins: &[Twin], _: &_| twins[0].picture().text() == Some(&*text);
                assert!(twins.wait_until(LONG, shows), "{noise:02X?}");
                // A frame that noise has spoiled on the way back is sent again.
                let took = began.elapsed();
                assert!(took < Duration::from_secs(8), "{noise:02X?}: {took:?}");
            }
            twins.press(id("pad-1"), "call").unwrap().unwrap();
            let heard = |event: LineEvent| {
                matches!(event, LineEvent::Happened(_, Happening::Pressed(PadKey::CallNext)))
            };
            while !heard(events.recv_timeout(LONG).expect("the key is heard")) {}
        });
    }
}
