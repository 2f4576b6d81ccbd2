//! A real `kiosk` process on a screen of its own, and a finger that finds its buttons.
//!
//! The finger knows where to touch because a second copy of the product's own screens, fed with the
//! same catalogue and the same touches, is asked where it draws a label ([`Twin`]). That both are on
//! the same page is heard: the kiosk speaks each page's sentence, and the twin knows which it is.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use egui::{Pos2, Rect};
use kiosk::{
    ledger::disk::DiskBook,
    limits,
    model::message::{Msg, Touch},
};

use crate::{
    kiosk::twin::Twin,
    log_to,
    printer::{PROFILE, Printer},
    program,
    screen::Screen,
    show_if_failed, wait_until,
};

pub mod twin;

/// The screen, upright: half as fine as the design, which a software renderer draws four times
/// faster.
const SCREEN: (u16, u16) = (540, 960);

/// What takes a second on a quiet machine.
const SOON: Duration = Duration::from_secs(60);

/// Where the kiosk finds things.
pub struct Places<'a> {
    /// The test's folder.
    pub folder: &'a Path,
    /// The server.
    pub server: &'a str,
    /// Its credential.
    pub credential: &'a str,
    /// The printer.
    pub printer: &'a Printer,
}

/// A running kiosk.
pub struct Kiosk {
    process: Child,
    screen: Screen,
    twin: Twin,
    folder: PathBuf,
    heard: usize,
    /// Until then the product takes a touch for the second half of a double tap.
    deaf_until: Instant,
}

impl Kiosk {
    /// Starts it over the whole screen; none if there is no X server for it.
    ///
    /// # Panics
    /// If it does not show its start page.
    #[must_use]
    pub fn start(places: &Places) -> Option<Self> {
        let screen = Screen::open(SCREEN.0, SCREEN.1)?;
        let folder = places.folder.join("kiosk");
        let config = configure(&folder, places);
        let process = Command::new(program("kiosk"))
            .arg("--config")
            .arg(&config)
            .env("DISPLAY", &screen.display)
            // One thread draws: the machine has others to serve.
            .env("LP_NUM_THREADS", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log_to(&folder.join("log")))
            .spawn()
            .expect("the kiosk starts");
        let twin = Twin::new(&config, places.server, places.credential);
        let deaf_until = Instant::now();
        let mut kiosk = Self { process, screen, twin, folder, heard: 0, deaf_until };
        kiosk.is_at_rest();
        Some(kiosk)
    }

    /// Touches a button by the words on it, and waits until the kiosk says the sentence of the page
    /// that this leads to.
    ///
    /// # Panics
    /// If there is no such button, or the page does not come.
    pub fn touch(&mut self, label: &str) {
        let before = self.twin.sentence();
        let picture = self.screen.pixels();
        self.press(label);
        let sentence = self.twin.sentence();
        if sentence == before {
            // Another part of the same page: nothing is said, but it looks different.
            wait_until(&format!("{label} changes the picture"), SOON, || {
                let changed = self.screen.pixels() != picture;
                if changed { Ok(()) } else { Err("the same picture".to_owned()) }
            });
            self.page_came();
        } else {
            self.hear(&sentence);
        }
    }

    /// Touches a button after which the world decides what comes: the sentence that begins so.
    pub fn touch_and_hear(&mut self, label: &str, beginning: &str) -> String {
        self.press(label);
        self.hear(beginning)
    }

    /// Waits until the kiosk has numbers in hand for when nobody answers.
    ///
    /// # Panics
    /// If it gets none.
    pub fn has_numbers(&self) {
        wait_until("the kiosk has numbers in hand", SOON, || {
            let hand = kiosk::alone::kept::numbers(&self.folder.join("data"));
            hand.map(drop).ok_or_else(|| "none yet".to_owned())
        });
    }

    /// Waits until its record of slips has nothing open, by a copy of what is on its disk.
    ///
    /// # Panics
    /// If something stays open.
    pub fn has_nothing_open(&self) {
        let record = self.folder.join("data");
        wait_until("the record of slips has nothing open", SOON, || {
            let copy = tempfile::tempdir().map_err(|error| error.to_string())?;
            for file in fs::read_dir(&record).map_err(|error| error.to_string())?.flatten() {
                fs::copy(file.path(), copy.path().join(file.file_name())).ok();
            }
            let (_, open) = DiskBook::open(copy.path()).map_err(|error| error.to_string())?;
            if open.is_empty() { Ok(()) } else { Err(format!("{open:#?}")) }
        });
    }

    /// Touches 首页, where nothing is said, and waits for it.
    pub fn leave(&mut self) {
        let home = self.twin.words("kiosk.home");
        self.press(&home);
        self.is_at_rest();
    }

    /// Waits until the kiosk says a sentence that begins so; the sentence.
    ///
    /// # Panics
    /// If it does not.
    pub fn hear(&mut self, beginning: &str) -> String {
        let (at, sentence) = wait_until(&format!("the kiosk says {beginning}"), SOON, || {
            let said = self.said();
            let new = said.iter().enumerate().skip(self.heard);
            let mut fitting = new.filter(|(_, sentence)| sentence.starts_with(beginning));
            let found = fitting.next().map(|(at, sentence)| (at, sentence.clone()));
            found.ok_or_else(|| format!("{:#?}", &said[self.heard.min(said.len())..]))
        });
        self.heard = at + 1;
        self.page_came();
        sentence
    }

    /// Waits for the start page that nobody has touched, by its main button.
    ///
    /// # Panics
    /// If it does not come.
    pub fn is_at_rest(&mut self) {
        self.twin.begin_anew();
        let button = self.twin.place_of(&self.twin.words("kiosk.take"));
        // Beside the words and the picture on it.
        let (x, y) = self.pixel(Pos2::new(button.left() + 24.0, button.center().y));
        let brand = look::colour::BRAND.to_srgba_unmultiplied();
        wait_until("the start page is shown", SOON, || {
            let colour = self.screen.colour(x, y);
            let shown = colour.is_some_and(|colour| colour == brand[..3]);
            if shown { Ok(()) } else { Err(format!("{colour:?} at {x},{y}")) }
        });
        self.page_came();
    }

    /// The world told the kiosk something that leads to another page: so it is with the twin.
    pub fn twin(&mut self) -> &mut Twin {
        &mut self.twin
    }

    /// Where the operator's code is kept, for a kiosk that starts in this folder.
    #[must_use]
    pub fn code_file(folder: &Path) -> PathBuf {
        folder.join("kiosk").join("operator.code")
    }

    /// Its screen.
    #[must_use]
    pub const fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Touches the corner of the operator so often, and waits for the keys.
    ///
    /// # Panics
    /// If they do not come.
    pub fn ask_for_code(&mut self) {
        let (x, y) = self.pixel(Pos2::new(40.0, 40.0));
        for _ in 0..limits::CORNER_TOUCHES {
            self.screen.touch(x, y);
            self.twin.tell(Msg::Touch(Touch::Corner));
        }
        let sentence = self.twin.sentence();
        self.hear(&sentence);
    }

    /// How it ended by itself; none while it runs.
    pub fn ended(&mut self) -> Option<i32> {
        self.process.try_wait().ok().flatten().and_then(|status| status.code())
    }

    /// Ends it as a power cut does; where it keeps its record of slips.
    pub fn kill(mut self) -> PathBuf {
        self.process.kill().ok();
        self.process.wait().ok();
        self.folder.join("data")
    }

    /// The process.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Touches a button, whatever comes of it.
    ///
    /// # Panics
    /// If there is no such button.
    pub fn press(&mut self, label: &str) {
        let (x, y) = self.pixel(self.twin.place_of(label).center());
        thread::sleep(self.deaf_until.saturating_duration_since(Instant::now()));
        self.screen.touch(x, y);
        self.twin.touch(label);
    }

    /// What is on the screen below the head, in which a clock runs.
    #[must_use]
    pub fn page_seen(&self) -> Vec<[u8; 3]> {
        let (width, height) = self.screen.size();
        let head = (look::bars::HEADER / twin::PAGE.y * f32::from(height)).ceil() as usize;
        self.screen.pixels().split_off(usize::from(width) * head)
    }

    /// What it said since it was last listened to: another page says its sentence.
    #[must_use]
    pub fn unheard(&self) -> Vec<String> {
        self.said().split_off(self.heard)
    }

    /// The sentences said so far.
    fn said(&self) -> Vec<String> {
        let text = fs::read_to_string(self.folder.join("said")).unwrap_or_default();
        text.lines().map(ToOwned::to_owned).collect()
    }

    fn page_came(&mut self) {
        self.deaf_until = Instant::now() + Duration::from_millis(limits::DEAF_MILLIS);
    }

    fn pixel(&self, place: Pos2) -> (i16, i16) {
        let page = Rect::from_min_size(Pos2::ZERO, twin::PAGE);
        let (width, height) = self.screen.size();
        let x = place.x / page.width() * f32::from(width);
        let y = place.y / page.height() * f32::from(height);
        (x as i16, y as i16)
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        if thread::panicking() {
            let picture = program("kiosk").with_file_name("kiosk-last-seen.png");
            self.screen.picture(&picture);
            eprintln!("the kiosk's screen is kept in {}", picture.display());
            eprintln!("it said {:#?}", self.said());
        }
        show_if_failed(&self.folder.join("log"));
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Writes the kiosk's own file, as an electrician would, and a voice that writes down what it says.
fn configure(folder: &Path, places: &Places) -> PathBuf {
    fs::create_dir_all(folder).expect("a folder for a test");
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).expect("a file for a test");
        path
    };
    let said = folder.join("said");
    let voice = write(
        "voice.sh",
        &format!(
            "#!/bin/sh\nfor word; do :; done\nprintf '%s\\n' \"$word\" >> '{}'\n",
            said.display()
        ),
    );
    fs::set_permissions(&voice, fs::Permissions::from_mode(0o755)).expect("a program for a test");
    write("credential", places.credential);
    write(
        "kiosk.toml",
        &format!(
            "[server]\nurl = \"{}\"\ncredential_file = \"credential\"\n[printer]\nprofile = \"{}\"\n\
             place = \"{}\"\n[kiosk]\nname = \"1号取号机\"\ndata = \"data\"\n\
             operator_code_file = \"operator.code\"\nticket_secs = 5\n[voice]\n\
             program = \"{}\"\n",
            places.server,
            PROFILE,
            places.printer.place(),
            voice.display()
        ),
    )
}
