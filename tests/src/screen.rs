//! A screen of its own for a window: an X server without a monitor, touched and photographed.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use x11rb::{
    connection::Connection,
    protocol::{
        xproto::{
            BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ClientMessageEvent, ConnectionExt as _,
            EventMask, ImageFormat, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT,
            Window,
        },
        xtest::ConnectionExt as _,
    },
    rust_connection::RustConnection,
};

const PROGRAM: &str = "Xvfb";

/// The button that a finger presses.
const FIRST_BUTTON: u8 = 1;

/// An X server with one screen and nobody who manages windows, as in a kiosk.
pub struct Screen {
    process: Child,
    connection: RustConnection,
    root: Window,
    size: (u16, u16),
    /// Its name: ":37".
    pub display: String,
}

impl Screen {
    /// Opens a screen of this size under a number that nobody uses; none if it is not installed.
    ///
    /// # Panics
    /// If it is installed and does not start.
    #[must_use]
    pub fn open(width: u16, height: u16) -> Option<Self> {
        let spawned = Command::new(PROGRAM)
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut process) = spawned else {
            eprintln!("{PROGRAM} is not installed; tests/run installs it");
            return None;
        };
        let out = process.stdout.take().expect("its output is ours");
        let mut number = String::new();
        BufReader::new(out).read_line(&mut number).expect("the screen says its number");
        let display = format!(":{}", number.trim());
        let connected = x11rb::connect(Some(&display));
        let (connection, at) =
            connected.unwrap_or_else(|error| panic!("no screen at {display}: {error}"));
        let root = connection.setup().roots[at].root;
        Some(Self { process, connection, root, size: (width, height), display })
    }

    /// Width and height in pixels.
    #[must_use]
    pub const fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Touches a place and lets go.
    ///
    /// # Panics
    /// If the screen is gone.
    pub fn touch(&self, x: i16, y: i16) {
        self.press_button(FIRST_BUTTON, (x, y), Duration::ZERO);
    }

    /// Presses another button than a finger has, or holds one for a while.
    ///
    /// # Panics
    /// If the screen is gone.
    pub fn press_button(&self, button: u8, (x, y): (i16, i16), held: Duration) {
        self.fake(MOTION_NOTIFY_EVENT, 0, (x, y));
        self.fake(BUTTON_PRESS_EVENT, button, (x, y));
        thread::sleep(held);
        self.fake(BUTTON_RELEASE_EVENT, button, (x, y));
    }

    /// Presses keys together, by their X names' numbers, and lets go. A key that the keyboard does not
    /// have is left out.
    ///
    /// # Panics
    /// If the screen is gone.
    pub fn keys(&self, together: &[u32]) {
        let codes: Vec<u8> = together.iter().filter_map(|key| self.code_of(*key)).collect();
        codes.iter().for_each(|code| self.fake(KEY_PRESS_EVENT, *code, (0, 0)));
        codes.iter().rev().for_each(|code| self.fake(KEY_RELEASE_EVENT, *code, (0, 0)));
    }

    fn fake(&self, kind: u8, detail: u8, (x, y): (i16, i16)) {
        let sent = self.connection.xtest_fake_input(kind, detail, 0, self.root, x, y, 0);
        sent.expect("the screen can be touched").check().expect("the touch is taken");
    }

    fn code_of(&self, key: u32) -> Option<u8> {
        let setup = self.connection.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let asked = self.connection.get_keyboard_mapping(first, last - first + 1);
        let map = asked.expect("the screen has keys").reply().expect("it tells its keys");
        let each = usize::from(map.keysyms_per_keycode);
        let at = map.keysyms.chunks(each).position(|syms| syms.contains(&key))?;
        u8::try_from(usize::from(first) + at).ok()
    }

    /// Asks every window to close, as a window manager does for its close button and its keys.
    ///
    /// # Panics
    /// If the screen is gone.
    #[must_use]
    pub fn ask_windows_to_close(&self) -> usize {
        let tree = self.connection.query_tree(self.root).expect("the screen has windows");
        let windows = tree.reply().expect("it tells its windows").children;
        let atom = |name: &str| {
            let asked = self.connection.intern_atom(false, name.as_bytes());
            asked.expect("the screen knows names").reply().expect("it tells them").atom
        };
        let (protocols, delete) = (atom("WM_PROTOCOLS"), atom("WM_DELETE_WINDOW"));
        for window in &windows {
            let event = ClientMessageEvent::new(32, *window, protocols, [delete, 0, 0, 0, 0]);
            let sent = self.connection.send_event(false, *window, EventMask::NO_EVENT, event);
            sent.expect("a window can be asked").check().expect("it is asked");
        }
        windows.len()
    }

    /// Red, green and blue of every pixel, row by row.
    ///
    /// # Panics
    /// If the screen is gone.
    #[must_use]
    pub fn pixels(&self) -> Vec<[u8; 3]> {
        let (width, height) = self.size;
        let asked = self.connection.get_image(
            ImageFormat::Z_PIXMAP,
            self.root,
            0,
            0,
            width,
            height,
            u32::MAX,
        );
        let image = asked.expect("the screen can be seen").reply().expect("it has a picture");
        // A screen of 24 bits keeps each pixel in four bytes: blue, green, red, nothing.
        image.data.chunks_exact(4).map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect()
    }

    /// The colour of one place.
    #[must_use]
    pub fn colour(&self, x: i16, y: i16) -> Option<[u8; 3]> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        self.pixels().get(y * usize::from(self.size.0) + x).copied()
    }

    /// Keeps what is on the screen as a picture.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn picture(&self, path: &Path) {
        let file = BufWriter::new(File::create(path).expect("a picture can be written"));
        let (width, height) = self.size;
        let mut encoder = png::Encoder::new(file, width.into(), height.into());
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().expect("a picture can be written");
        writer.write_image_data(&self.pixels().concat()).expect("a picture can be written");
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
